"""Reading a report from a file: plain text, a web page or a PDF; its paragraphs and what it says of itself.

Why: a report is found as a page or a PDF, and copying it by hand loses numbers. What cannot be a report is refused here with what to
do: a page that only asks for consent, a scan without text, a broken file. Here: which reader a file needs, and the refusals that
all share. Not here: the readers of pages (`webpages.py`) and PDFs (`pdfs.py`), and what the tables know (`sources.py`).
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from validation import evidence
from validation.evidence import Text
from validation.findings import Finding

ENDINGS = (".txt", ".html", ".htm", ".pdf")
MAX_BYTES = 20_000_000
MAX_WORDS_OF_A_WALL = 120
MAX_WORDS_OF_A_TEASER = 250


@dataclass(frozen=True)
class ReadText:
    """A report as read from a file; what it does not say of itself is blank.

    `data` is the text to archive, a paragraph a line; `original` the page or PDF that it was taken from, with its `ending`,
    None for plain text. `published_from` says where the date of publication stands, or what is known of it where none can be taken.
    """

    paragraphs: tuple[str, ...]
    data: bytes
    original: bytes | None = None
    ending: str = ".txt"
    title: str = ""
    authors: str = ""
    published: str = ""
    published_from: str = ""
    url: str = ""
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True)
class _Wall:
    """A kind of page that stands before a report: the words that it is known by, and what to do."""

    rule: str
    what: str
    words: re.Pattern[str]
    action: str
    max_words: int = MAX_WORDS_OF_A_WALL


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


WALLS = (
    _Wall(
        "robot", "the page only checks for robots or asks for JavaScript",
        _words(
            r"(?:enable|turn on|requires?|activate) java\s?script", r"java\s?script (?:is|to be) (?:disabled|enabled|required)", r"not a robot",
            r"(?:verify|confirm)\w* (?:that )?you(?:’re|'re| are) (?:a )?human", r"checking your browser", r"unusual traffic", r"captcha",
            r"java\s?script.{0,40}(?:aktivieren|einschalten|aktiviert|benötigt)", r"aktivieren sie.{0,20}java\s?script", r"kein(?:en)? roboter",
            r"browser wird überprüft", r"activ(?:er|ez).{0,20}java\s?script", r"java\s?script (?:est )?(?:désactivé|requis|nécessaire)",
            r"pas un robot", r"vérifi\w+ (?:de )?(?:votre navigateur|que vous êtes humain)",
        ),
        "Open the page in a browser, wait for the report, and save the page then",
    ),
    _Wall(
        "consent", "the page only asks for consent",
        _words(
            r"accept (?:all|cookies)", r"we (?:and our partners )?(?:use|store).{0,30}cookies", r"value your privacy",
            r"cookie (?:settings|policy|preferences)",
            r"alle akzeptieren", r"cookies? (?:zu|akzeptieren|zustimmen|verwenden)", r"ihre (?:zustimmung|einwilligung|privatsphäre)",
            r"datenschutz-?einstellungen", r"verwenden.{0,20}cookies", r"(?:tout )?accepter (?:les cookies|et continuer)", r"tout accepter",
            r"votre (?:consentement|vie privée)", r"utilis\w+ (?:des|les) cookies", r"respect de votre vie",
        ),
        "Consent or refuse in a browser, and save the page with the report",
    ),
    _Wall(
        "login", "the page shows the report to subscribers only",
        _words(
            r"(?:log|sign) in (?:to|or|with|here)", r"please (?:log|sign) in", r"subscribe (?:to|now|for)",
            r"already a (?:subscriber|member)", r"forgot (?:your )?password",
            r"(?:bitte |jetzt )(?:anmelden|einloggen|abonnieren)", r"melden sie sich an", r"passwort vergessen", r"bereits abonnent", r"jetzt testen",
            r"connectez-vous", r"se connecter", r"abonnez-vous", r"déjà abonné", r"mot de passe", r"identifiez-vous",
        ),
        "Log in where you may read it, and save the page with the whole report",
    ),
    _Wall(
        "login", "the page shows only the beginning of the report",
        _words(
            r"to (?:continue|keep) reading", r"(?:continue|keep) reading (?:with|for|by)", r"article is (?:for|reserved)", r"subscribers only",
            r"um weiterzulesen", r"weiterlesen mit", r"exklusiv für abonnent", r"nur für abonnent",
            r"réservée?s? aux? abonnés", r"il vous reste .{1,20} à (?:lire|découvrir)", r"pour (?:continuer|poursuivre) (?:la|votre) lecture",
        ),
        "Log in where you may read it, and save the page with the whole report", MAX_WORDS_OF_A_TEASER,
    ),
)  # fmt: skip
"""Pages that stand before a report, in English, German and French."""


def read(path: Path) -> ReadText | Finding:
    """Read a report from a file, by the ending of its name; a Finding says why it cannot be one and what to do."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        problem = f"{path.suffix or 'a name without ending'} is no ending of a report"
        return _fault(path, "ending", problem, f"Save it as one of: {', '.join(ENDINGS)}")
    data = _bytes(path, evidence.MAX_BYTES if ending == ".txt" else MAX_BYTES)
    if isinstance(data, Finding):
        return data
    if (kind := _disguised(data, ending)) is not None:
        return _fault(
            path,
            "not_as_named",
            f"the file is {kind}",
            "Give its name the ending of what it is, or save the report anew",
        )
    if ending == ".txt":
        return _plain(path)
    if not data.strip():
        return _fault(path, "empty", "the file is empty", "Save the page or the file anew")
    found = _pdf(path, data) if ending == ".pdf" else _page(path, data)
    if isinstance(found, ReadText) and len(found.data) > evidence.MAX_BYTES:
        problem = f"the text is larger than {evidence.MAX_BYTES // 1_000_000} MB"
        return _fault(path, "text_large", problem, "Archive the report alone, without what is around it")
    return found


def _fault(path: Path, rule: str, problem: str, action: str) -> Finding:
    return Finding(str(path), 0, "", f"texts.{rule}", problem, action)


def _bytes(path: Path, limit: int) -> bytes | Finding:
    """Return the bytes of a file, or why they cannot be had."""
    try:
        if path.stat().st_size > limit:
            problem, action = (
                f"the file is larger than {limit // 1_000_000} MB",
                "Save the report alone, without pictures",
            )
            return _fault(path, "large", problem, action)
        return path.read_bytes()
    except FileNotFoundError:
        return _fault(path, "no_file", "there is no such file", "Check the name")
    except OSError as error:
        return _fault(path, "unreadable", f"the file cannot be read ({error.strerror})", "Make it a readable file")


def _disguised(data: bytes, ending: str) -> str | None:
    """Say what a file is whose name says something else, None where it may be what its name says."""
    start = data[:1024].lstrip()
    if b"%PDF-" in data[:1024]:
        return None if ending == ".pdf" else "a PDF"
    if ending == ".pdf" and data.strip():
        return "no PDF"
    if start.startswith(
        (b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"Rar!", b"\x1f\x8b")
    ):
        return "a picture, an archive or an office document"
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data and not (utf16 and ending != ".txt"):
        return "no text"
    if ending == ".txt" and re.match(rb"(?i)(?:\xef\xbb\xbf)?(?:<!doctype html|<html)", start):
        return "a web page"
    return None


def _plain(path: Path) -> ReadText | Finding:
    """Read a text that is archived as it is."""
    text = evidence.read_text(path)
    if isinstance(text, Text) and not text.paragraphs:
        return _fault(path, "empty", "the text is empty", "Save the text of the report anew")
    return ReadText(text.paragraphs, path.read_bytes()) if isinstance(text, Text) else replace(text, file=str(path))


def _page(path: Path, data: bytes) -> ReadText | Finding:
    from curation import webpages

    text = webpages.decoded(data)
    if text is None:
        problem = "the encoding of the page is not the one that it declares, and not UTF-8"
        return _fault(path, "encoding", problem, "Open the page in a browser and save it anew, as UTF-8")
    try:
        page = webpages.page(text) if "<" in text else None
    except webpages.BrokenError as error:
        return _fault(path, "broken", f"the page cannot be read ({error})", "Save it as .txt, a paragraph a line")
    if page is None:
        return _fault(
            path, "not_as_named", "the file is no web page", "Save it as .txt if it is the text of the report"
        )
    if (wall := _wall(page.paragraphs, page.notice)) is not None:
        return _fault(path, wall.rule, wall.what, wall.action)
    if not page.paragraphs:
        return _fault(
            path, "empty", "the page holds no text", "Open the page in a browser and save it when the report is there"
        )
    return ReadText(
        page.paragraphs, _archived(page.paragraphs), data, ".html", page.title, page.authors, page.published, page.published_from,
        page.url, page.publisher, page.language,
    )  # fmt: skip


def _wall(paragraphs: tuple[str, ...], notice: str) -> _Wall | None:
    """Return what stands before the report, where the text is short and has the words of it."""
    text = " ".join(paragraphs)
    text = text if len(text.split()) > MAX_WORDS_OF_A_WALL // 3 else f"{text} {notice}"
    length = len(text.split())
    return next((wall for wall in WALLS if length <= wall.max_words and wall.words.search(text)), None)


def _pdf(path: Path, data: bytes) -> ReadText | Finding:
    from curation import pdfs

    try:
        found = pdfs.document(data)
    except pdfs.EncryptedError:
        return _fault(path, "encrypted", "the PDF is locked with a password", "Save a copy without password")
    except pdfs.BrokenError as error:
        return _fault(path, "broken", f"the PDF cannot be read ({error})", "Fetch it again; its end may be missing")
    if not any(map(str.isalnum, "".join(found.paragraphs))):
        problem = "the PDF holds no text, only pictures of pages"
        return _fault(
            path, "scan", problem, "Have the text recognised first (OCR), and check every number against the picture"
        )
    known = f"the file was made on {found.made_on}, which may be another day" if found.made_on else ""
    return ReadText(
        found.paragraphs, _archived(found.paragraphs), data, ".pdf", found.title, found.authors, published_from=known, language=found.language
    )  # fmt: skip


def _archived(paragraphs: tuple[str, ...]) -> bytes:
    return "".join(f"{paragraph}\n" for paragraph in paragraphs).encode("utf-8", "replace")
