"""PDF files: their paragraphs, joined from the lines of their pages, and what the file says of itself.

Why: a PDF knows no paragraphs, only lines; a wording that runs over a line end must stand in one paragraph to be quoted. What
is not sure stays as it is: a hyphen, a header, a number. Here: lines to paragraphs, the metadata. Not here: text from the
picture of a page (OCR).
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from curation.webpages import visible

MAX_PAGES = 2_000
MIN_PAGES_OF_A_HEADER = 3
FULL_LINE = 0.8
"""A line shorter than this part of a usual full one may be the last of its paragraph."""
SHORT_LINE = 0.6
"""A line shorter than this part is a row or an item where the next begins with a capital."""
NOTE_SIZE = 0.85
"""Digits smaller than this part of those right before them are the mark of a note."""
WIDE_GAP = 1.35
"""Lines further apart than this many times the usual are of two paragraphs."""
_ENDS = re.compile(r"[.!?:;…][”\"’')\]]*\Z")
_BULLET = re.compile(r"(?:[•‣▪◦●–—*-]|\(?[0-9]{1,2}[.)])\s")
_SUSPENDS = frozenset(["and", "or", "und", "oder", "et", "ou", "y", "o"])
"""Words before which a hyphen stands for what is left out: “mid- and long-term”."""
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Document:
    """What a PDF says, and what it says of itself; `made_on`: when the file was made, which is no date of publication."""

    paragraphs: tuple[str, ...]
    title: str = ""
    authors: str = ""
    language: str = ""
    made_on: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a page; `apart` where a gap stands before it."""

    text: str
    apart: bool = False


class EncryptedError(Exception):
    """The PDF cannot be read without its password."""


class BrokenError(Exception):
    """The PDF cannot be read."""


def document(data: bytes) -> Document:
    """Read a PDF. Raises EncryptedError, and BrokenError with what is wrong."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedError
        if len(reader.pages) > MAX_PAGES:
            raise BrokenError(f"it has more than {MAX_PAGES:,} pages")
        pages = [_lines(page) for page in reader.pages]
        said = reader.metadata
        language = str(reader.root_object.get("/Lang", ""))
        made = said.creation_date_raw or "" if said else ""
        stated = (str(said.title or ""), str(said.author or "")) if said else ("", "")
        text = paragraphs(pages)
    except (EncryptedError, BrokenError):
        raise
    except Exception as error:  # pypdf raises whatever a broken file leads to
        if "cryptography" in str(error):
            raise EncryptedError from error
        raise BrokenError(str(error).splitlines()[0][:120] if str(error) else type(error).__name__) from error
    day = re.match(r"D:([0-9]{4})([0-9]{2})([0-9]{2})", str(made))
    code = re.match(r"[a-z]{2}(?=[-_]|\Z)", language.lower())
    title, authors = map(visible, stated)
    made_on = "-".join(day.groups()) if day else ""
    return Document(text, title, authors, code[0] if code else "", made_on)


def _lines(page: object) -> list[Line]:
    """Return the lines of a page in its own order, with the gaps between them."""
    texts: list[str] = [""]
    at = [0.0]
    size = 0.0

    def take(text: str, matrix: Sequence[float], text_matrix: Sequence[float], _: object, points: float) -> None:
        nonlocal size
        before, size = size, points * abs(matrix[3] * text_matrix[3]) if text.strip() else size
        if size < NOTE_SIZE * before and texts[-1][-1:].isdigit() and (note := re.match(r"[0-9]+", text)):
            text = f" [{note[0]}]{text[note.end() :]}"
        height = matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]
        for number, part in enumerate(text.split("\n")):
            if number:
                texts.append("")
                at.append(0.0)
            if not texts[-1].strip():
                at[-1] = height
            texts[-1] += part

    page.extract_text(visitor_text=take)  # type: ignore[attr-defined]
    found = [(text, height) for text, height in zip(texts, at, strict=True) if text.strip()]
    heights = [height for _, height in found]
    drops = [round(above - below, 1) for above, below in pairwise(heights) if above > below]
    usual = Counter(drops).most_common(1)[0][0] if drops else 0.0
    return [
        Line(text, apart=above - height > WIDE_GAP * usual > 0)
        for above, (text, height) in zip([float("-inf"), *heights], found, strict=False)
    ]


def paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """Return the paragraphs that the lines of these pages make."""
    lines = [line for page in _without_headers(pages) for line in page]
    text = "\n".join(line.text for line in lines)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", visible(text.replace("\n", " ")).lower()))
    lengths = sorted(len(line.text.strip()) for line in lines)
    full = FULL_LINE * lengths[len(lengths) * 9 // 10] if lengths else 0
    spaced = any(line.apart for line in lines)
    made: list[str] = []
    for before, line in pairwise([Line(""), *lines]):
        if not made or line.apart or _ends(before.text.strip(), line.text.strip(), full, spaced=spaced):
            made.append(line.text.strip())
        else:
            made[-1] = _joined(made[-1], line.text.strip(), words)
    return tuple(filter(None, map(visible, made)))


def _ends(before: str, following: str, full: float, *, spaced: bool) -> bool:
    """Whether a paragraph ends between these two lines; `spaced`: gaps part the paragraphs, headings among them."""
    if _BULLET.match(following):
        return bool(_ENDS.search(before)) or len(before) < full
    if len(before) >= full or before.endswith(("-", "\u00ad", ",")):
        return False
    short = not spaced or len(before) < full * SHORT_LINE / FULL_LINE
    return bool(_ENDS.search(before)) or (short and following[:1].isupper())


def _joined(before: str, following: str, words: Counter[str]) -> str:
    """Join two lines; a word that a hyphen breaks is made whole only where the text has it whole elsewhere."""
    if before.endswith("\u00ad"):
        return before[:-1] + following
    broken = re.search(r"([^\W\d_]+)-\Z", before)
    rest = re.match(r"[^\W\d_]+", following)
    if broken and rest and rest[0][0].islower():
        whole, hyphened = (f"{broken[1]}{mark}{rest[0]}".lower() for mark in ("", "-"))
        if words[whole] and not words[hyphened]:
            return before[:-1] + following
        return before + (" " if rest[0].lower() in _SUSPENDS else "") + following
    if re.search(r"\w[-–/]\Z", before) and re.match(r"\w", following):
        return before + following
    return f"{before} {following}"


def _without_headers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out the first and last lines that every page has, alike or with its own page number; others stay."""
    kept = [list(page) for page in pages if page]
    for end in (0, -1):
        while len(kept) >= MIN_PAGES_OF_A_HEADER and all(len(page) > 1 for page in kept):
            lines = [visible(page[end].text) for page in kept]
            numbers = [re.findall(r"[0-9]+", line) for line in lines]
            if len({re.sub(r"[0-9]+", "#", line) for line in lines}) > 1:
                break
            columns = [[int(number) for number in column] for column in zip(*numbers, strict=True)]
            counted = [len(set(column)) == 1 or _counts_pages(column) for column in columns]
            if not all(counted):
                break
            for page in kept:
                del page[end]
    return kept


def _counts_pages(column: Sequence[int]) -> bool:
    return [number - column[0] for number in column] == list(range(len(column)))
