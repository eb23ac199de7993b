"""Web pages: the paragraphs of the report on a page, and what the page says of itself.

Why: a number that is lost or changed on the way from the page to the archive is found by nobody. trafilatura says where on
the page the report is; what stands between its first and its last paragraph is written out here, as a reader sees it.
Here: bytes to blocks, the choice of blocks, the metadata. Not here: whether it is a report at all (`texts.py`).
"""

import codecs
import copy
import datetime
import email.utils
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from validation.evidence import fold

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
UNSEEN = (
    "script", "style", "template", "svg", "noscript", "head", "title", "button", "select", "textarea", "iframe", "object", "audio", "video",
    "canvas", "map",
)  # fmt: skip
BESIDE = frozenset(("nav", "aside", "footer", "menu"))
MIN_ANCHOR = 20
"""Letters and digits of a paragraph by which the report is found again on its page."""
MAX_BLOCKS = 20_000
"""Paragraphs of a page in which the report is looked for; of a longer one all is taken."""
MAX_CELL = 400
"""Characters of a cell; a table with longer ones arranges a page and holds no data."""
DATED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date",
)  # fmt: skip
"""Names under which pages state the date of publication; never those of a later change."""
_DROPPED = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\x00-\x08\x0e-\x1f]")
_JOINERS = re.compile(r"(?<=\d)[\u200c\u200d]+(?=\d)")
LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Block:
    """A paragraph of a page; `weak` where it is nothing but links or stands beside the report."""

    text: str
    heading: bool
    weak: bool

    @property
    def key(self) -> str:
        """Its letters and digits."""
        return _key(self.text)


@dataclass(frozen=True)
class Page:
    """What a page says, and what it says of itself; `published_from`: where the date stands."""

    paragraphs: tuple[str, ...]
    notice: str
    title: str = ""
    authors: str = ""
    published: str = ""
    published_from: str = ""
    url: str = ""
    publisher: str = ""
    language: str = ""


def visible(text: str) -> str:
    """Return a text without the characters that nobody sees, its ligatures as letters, its spaces folded."""
    return fold(_JOINERS.sub("", _DROPPED.sub("", text)).translate(LIGATURES))


def decoded(data: bytes) -> str | None:
    """Return the text of a page by its byte order mark, as UTF-8, or as the page declares; None where none of them fits."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _decoded(data, name)
    declared = re.search(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", data[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    # Browsers read these names as the larger set of Windows.
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}.get(name, name)
    text = _decoded(data, "utf-8")
    return text if text is not None else _decoded(data, name)


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


class BrokenError(Exception):
    """The page cannot be read whole."""


def page(text: str) -> Page | None:
    """Read a page; None where it is no web page at all. Raises BrokenError with what is wrong."""
    # lxml takes no text that declares its encoding, and a NUL ends a page for it.
    text = re.sub(r"\A\s*<\?xml[^>]*>", "", text).replace("\0", "")
    parser = html.HTMLParser(huge_tree=True)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if tree.tag != "html" or not len(tree):
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise BrokenError("its parts stand too deep in each other")
    stated = _stated(tree)
    notice = visible(" ".join(" ".join(found.itertext()) for found in tree.iter("noscript")))
    whole = copy.deepcopy(tree)
    blocks = list(_blocks(tree))
    main = _main_text(whole) if len(blocks) <= MAX_BLOCKS else ""
    return Page(tuple(block.text for block in _chosen(blocks, main)), notice, **stated)


def _main_text(tree: html.HtmlElement) -> str:
    """Return the letters and digits of what trafilatura takes for the report; "" where it finds none."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            tree, favor_recall=True, include_tables=True, include_comments=False, with_metadata=False
        )
    except Exception:  # whatever a broken page does to it, the page is still read whole
        return ""
    body = getattr(found, "body", None)
    return "" if body is None else _key("".join(body.itertext()))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, visible(text)))


def _chosen(blocks: list[Block], main: str) -> list[Block]:
    """Return the blocks from the title, or the first paragraph of the report, to its last; without what stands beside them."""
    ahead, anchors = 0, []
    for at, block in enumerate(blocks):
        key = block.key
        if block.weak or len(key) < MIN_ANCHOR:
            continue
        # A part of a paragraph may be left out there: its beginning or its end is enough.
        if (found := main.find(key[: 2 * MIN_ANCHOR], ahead)) >= 0:
            anchors.append(at)
            ahead = found + 1
        elif main.find(key[-2 * MIN_ANCHOR :], ahead) >= 0:
            anchors.append(at)
    if not anchors:
        return [block for block in blocks if not block.weak and (block.key in main or not main)]
    first, last = anchors[0], anchors[-1]
    titles = [at for at, block in enumerate(blocks[:first]) if block.heading and not block.weak]
    rest = main[ahead:]
    while last + 1 < len(blocks) and (key := blocks[last + 1].key) and key in rest:
        rest = rest[rest.find(key) + len(key) :]
        last += 1
    first = titles[-1] if titles else first
    return [block for block in blocks[first : last + 1] if not block.weak or block.key in main]


def _blocks(tree: html.HtmlElement) -> Iterator[Block]:
    """Yield every paragraph, heading, item and row of a page that a reader sees, in order."""
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    hidden = "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"
    for element in [*tree.iter(*UNSEEN), *tree.xpath(hidden)]:
        if element.getparent() is not None:
            element.drop_tree()
    writer = _Writer()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            yield from writer.start(element)
            writer.say(element.text)
        else:
            yield from writer.end(element)
            writer.say(element.tail if element is not tree else None)
    yield from writer.flush()


class _Writer:
    """Writes out a page: pieces of the paragraph that is being read, and what it stands in."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.unlinked = False
        self.depth = {"a": 0, "pre": 0, "h1": 0, "beside": 0}
        self.row: list[str] | None = None
        self.spans: dict[int, int] = {}
        self.marks: list[bool] = []

    def say(self, text: str | None) -> None:
        """Take up a piece of text; only a line end that a reader sees stays one."""
        if text:
            seen = _DROPPED.sub("", text)
            self.pieces.append(seen if self.depth["pre"] else re.sub(r"[ \t\r\n\f]+", " ", seen))
            self.unlinked |= not self.depth["a"] and any(map(str.isalnum, seen))

    def start(self, element: html.HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if tag == "br":
            self.pieces.append("\n")
        elif tag in ("sup", "sub"):
            before = next((piece[-1] for piece in reversed(self.pieces) if piece), "")
            inside = "".join(element.itertext()).strip()
            joined = before.isdigit() or (tag == "sup" and before.isalpha())
            self.marks.append(joined and inside[:1].isdigit())
            self.pieces.append(" [" if self.marks[-1] else "")
        elif tag == "table":
            self.spans = {}
        if tag in BLOCKS:
            yield from self.flush()
        if tag == "tr" and self.row is None and _holds_data(element):
            self.row = []
            self._blanks()
        self._count(element, 1)

    def end(self, element: html.HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if tag in ("sup", "sub"):
            self.pieces.append("]" if self.marks.pop() else "")
        if self.row is not None and tag in ("td", "th"):
            self._cell(element)
        elif self.row is not None and tag == "tr":
            cells, self.row = self.row, None
            self.pieces = [" | ".join(cells) if any(cells) else ""]
            yield from self.flush()
        elif tag in BLOCKS:
            yield from self.flush()
        self._count(element, -1)

    def flush(self) -> Iterator[Block]:
        """End a paragraph; in a row of data only its words end. Two line ends that are seen are the end of a paragraph."""
        if self.row is not None:
            self.pieces.append(" ")
            return
        beside = bool(self.depth["beside"]) or not self.unlinked
        for part in re.split(r"\n\s*\n", "".join(self.pieces)):
            if text := visible(part):
                yield Block(text, bool(self.depth["h1"]), beside)
        self.pieces, self.unlinked = [], False

    def _count(self, element: html.HtmlElement, step: int) -> None:
        for name in {element.tag, "beside" if element.tag in BESIDE else ""} & self.depth.keys():
            self.depth[name] += step

    def _cell(self, element: html.HtmlElement) -> None:
        row = self.row if self.row is not None else []
        wide, high = (_span(element, name) for name in ("colspan", "rowspan"))
        self.spans |= {len(row) + at: high - 1 for at in range(wide) if high > 1}
        row += [visible("".join(self.pieces)), *[""] * (wide - 1)]
        self.pieces = []
        self._blanks()

    def _blanks(self) -> None:
        """Leave blank the cells that one of a row above covers."""
        row = self.row if self.row is not None else []
        while self.spans.get(len(row), 0) > 0:
            self.spans[len(row)] -= 1
            row.append("")


def _span(element: html.HtmlElement, name: str) -> int:
    value = str(element.get(name, "1")).strip()
    return min(int(value), 100) if re.fullmatch(r"[1-9][0-9]{0,4}", value) else 1


def _holds_data(row: html.HtmlElement) -> bool:
    """Whether a row of a table is one of cells; else the table arranges a page."""
    arranged = row.xpath("boolean(.//table | .//h1 | .//h2 | .//h3 | .//article | .//li)")
    return not arranged and all(len("".join(cell.itertext())) <= MAX_CELL for cell in row.iter("td", "th"))


def _stated(tree: html.HtmlElement) -> dict[str, str]:
    """Return what a page says of itself."""
    from trafilatura.metadata import extract_metadata

    try:
        found: Any = extract_metadata(copy.deepcopy(tree), extensive=False)  # the date is read below
    except Exception:  # metadata that break the reader are no metadata
        found = None
    said = {name: visible(str(getattr(found, key, None) or "")) for key, name in _NAMES.items()}
    published, where = _published(tree)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    code = re.match(r"[a-z]{2}(?=[-_]|\Z)", language.strip().lower())
    return said | {"published": published, "published_from": where, "language": code[0] if code else ""}


_NAMES = {"title": "title", "author": "authors", "url": "url", "sitename": "publisher"}


def _published(tree: html.HtmlElement) -> tuple[str, str]:
    """Return the date of publication that the page states, and where; where it states several, no date and all of them."""
    found: dict[str, str] = {}
    for date, where in _dates(tree):
        if (day := _day(date)) and not any(known.startswith(day) for known in found):
            # “2020” beside “2020-05-04” is less of the same.
            found = {known: at for known, at in found.items() if not day.startswith(known)} | {day: where}
    if len(found) == 1:
        return next(iter(found.items()))
    return "", "; ".join(f"{day} ({where})" for day, where in found.items())


def _dates(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in DATED:
            yield str(meta.get("content", "")), f"meta {name}"
    for element in tree.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield str(element.get("datetime", "")), "time datePublished"
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                waiting += [thing["@graph"]] if "@graph" in thing else []
                if re.search("Article|Posting|Report|WebPage", str(thing.get("@type", ""))):
                    yield str(thing.get("datePublished", "")), "JSON-LD datePublished"


def _day(said: str) -> str:
    """Return a date that a page states as YYYY-MM-DD, YYYY-MM or YYYY, as it stands there: in its own time zone."""
    said = said.strip()
    if match := re.match(r"([0-9]{4})([-/]?)([0-9]{2})\2([0-9]{2})(?![0-9])", said):
        day = f"{match[1]}-{match[3]}-{match[4]}"
    elif match := re.fullmatch(r"[0-9]{4}(?:-[0-9]{2})?", said):
        day = said
    else:
        parts = email.utils.parsedate(said)
        day = "{:04}-{:02}-{:02}".format(*parts[:3]) if parts else ""
    try:
        datetime.date.fromisoformat((day + "-01-01")[:10])
    except ValueError:
        return ""
    return day
