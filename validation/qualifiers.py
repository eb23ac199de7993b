"""Qualifiers: which words around a number bind it as a floor, a ceiling or an approximation.

Why: "at least", "up to" and "estimates that" are part of what was said. Here: the words, where they may stand, and the
quantity that they make of a value. Not here: where the numbers are (`numbers.py`), shares and rates (`shares.py`).
"""

import re

from validation.quantity import Quantity
from validation.vocabulary import ABOUT, AT_LEAST, EXACT, UP_TO

LOOK_BACK, LOOK_AHEAD = 80, 80
"""How many characters around a number may bind it: what keeps the reading of a long text linear."""
MAX_WORDS = 8
"""An estimate further from its number than a wording may reach does not bind it."""

FLOOR = (
    "more than|over|upwards of|upward of|no fewer than|not fewer than|no less than|not less than|at least|in excess of"
    "|exceed|exceeds|exceeding|exceeded|a minimum of|minimum of|above|greater than|higher than|larger than|north of|surpass"
    "|surpasses|surpassing|surpassed|top|tops|topped|topping|atleast|at the least|at the very least|at a minimum|at minimum|minimum|more then"
    "|no lower than|not lower than|not below|not under|at least as many as|more than or equal to|greater than or equal to"
)
CEILING = (
    "up to|upto|fewer than|less than|lower than|at most|at the most|no more than|not more than|no higher than|as many as"
    "|as high as|as much as|under|below|short of|shy of|a maximum of|maximum of|not exceeding|not exceed|never exceeded"
    "|not exceeded|without exceeding|at the very most|maximum|fewer then|less then|up to and including|never more than|no greater than"
    "|not greater than|no larger than|not larger than|not higher than|not over|not above|not as many as|fewer than or equal to|less than or equal to"
)
APPROXIMATION = (
    "an estimated|estimated|some|around|nearly|near|close to|about|approximately|approx.|approx|roughly|almost|circa|ca.|est."
    "|approaching|perhaps|maybe|an approximate|in the region of|on the order of|of the order of|in the order of|in the vicinity of"
    "|more or less|the estimated|nearing|close on|give or take|circa.|ca"
)
KINDS = {
    word: kind
    for kind, words in ((AT_LEAST, FLOOR), (UP_TO, CEILING), (ABOUT, APPROXIMATION))
    for word in words.split("|")
}
_any = "|".join(re.escape(word).replace(r"\ ", r"(?:\s+|-)") for word in sorted(KINDS, key=len, reverse=True))
_qualifier = rf"\b(?<!\bthe )(?<!\bits )(?<!\btheir )top(?!\w)|\b(?!top\b)(?:{_any})(?!\w)"
SIGNS = {"c.": ABOUT} | dict.fromkeys("~∼≈≃≅", ABOUT) | dict.fromkeys(">≥⩾≳", AT_LEAST) | dict.fromkeys("<≤⩽≲", UP_TO)
_sign = rf"[{''.join(SIGNS).replace('c.', '')}]"
_QUALIFIER = re.compile(rf"{_qualifier}|\bc\.|{_sign}", re.IGNORECASE)
QUALIFIED = re.compile(
    rf"(?:(?:{_qualifier})\s+(?:an?\s+)?|\bc\.\s*|=?{_sign}=?\s*)+(?:the\s+|another\s+|an?\s+(?:further|additional)\s+)?[“‘\"(]?\Z",
    re.IGNORECASE,
)
OPENERS = {word.split()[-1] for word in KINDS} | {
    *SIGNS,
    *'.=“‘"(',
    "the",
    "a",
    "an",
    "another",
    "further",
    "additional",
}
"""The last word or sign before a number that a qualifier can end on: other numbers need no look behind."""
_counted = r"(?:\s+(?:of\s+)?(?:people|persons|civilians|children|dead|killed|wounded|injured|fighters|soldiers|families)){0,2}"
_closed = r"(?=\s*(?:[.,;:)”]|\Z))"
AFTER = re.compile(
    r"(?:\+|[-\s]plus\b|[-\s](?P<odd>odd)\b|-?(?P<ish>ish)\b|-(?P<some>some(?:thing)?)\b"
    rf"|{_counted}(?:,\s*|\s+)(?:(?P<least>at\s+(?:the\s+)?(?:very\s+)?least|at\s+a\s+minimum|minimum|and\s+counting)"
    rf"|(?P<most>at\s+(?:the\s+)?(?:very\s+)?most|at\s+a\s+maximum|maximum)|(?P<roughly>give\s+or\s+take|more\s+or\s+less|approximately)"
    rf"|or\s+(?P<beyond>over|above|under|below)){_closed}"
    rf"|(?:{_counted}(?:,\s*|\s+)|-)(?:or|if\s+not|perhaps|maybe|possibly|probably)(?:\s+|-)(?:(?:even|possibly|perhaps|maybe|many)\s+)?"
    r"(?P<word>more|fewer|less|so|thereabouts?)\b(?!\s+than\b))",
    re.IGNORECASE,
)
PASSED = re.compile(
    r"(?P<counted>\b(?:toll|total|count|number)\s+(?:has\s+|had\s+)?)?\b(?P<verb>pass(?:ed|es)|cross(?:ed|es)|breached|past)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
MARK = re.compile(r"[-\s](?:person\s+|people\s+)?(?:mark|milestone|threshold)\b", re.IGNORECASE)

_word = r"(?!(?:and|but|while|which|who|whose|where|or)\b)[\w’'-]+"
ESTIMATE_BEFORE = re.compile(
    rf"\bestimat(?:e[sd]?|ing)(?:\s+that(?:\s+{_word}){{0,5}}|(?:\s+{_word}){{0,5}}?\s+(?:at|to(?:\s+have)?(?:\s+[a-z]+)?|as|of|with|is|was|are|were"
    r"|killed|displaced|wounded|injured)|:)?\s+\Z"
    rf"|\b(?:by|to|on)\s+(?:{_word}\s+){{0,4}}?estimates?,?\s+\Z",
    re.IGNORECASE,
)
"""An estimate in a verb or a noun before its number: "estimates that", "estimated the toll to be", "by one estimate,"."""
ESTIMATE_AFTER = re.compile(
    rf"(?:\s+{_word}){{0,4}}?\s+(?:is|are|was|were|been)\s+(?:\w+ly\s+)?estimated\b(?!\s+at\b)"
    rf"|(?:\s+{_word}){{0,5}}?,\s+(?:{_word}\s+){{1,4}}?estimate[sd]\b(?=\s*(?:[.,;”\"]|\Z))"
    rf"|\s*:?\s+estimated\s+(?:number|total|count|figure)\b"
    rf"|(?:\s+{_word}){{0,2}}?\s*\((?:est\.?|estimated?|an\s+estimate)\)",
    re.IGNORECASE,
)


def before(pattern: re.Pattern[str], text: str, start: int, last: int = 0) -> re.Match[str] | None:
    """Return the match of a pattern that ends at `start`, within the look-back and not before `last`."""
    return pattern.search(text, max(last, start - LOOK_BACK), start)


def qualified(text: str, start: int, last: int = 0) -> re.Match[str] | None:
    """Return the qualifiers that end at `start`."""
    opened = _last_word(text[max(last, start - LOOK_BACK) : start]) in OPENERS
    return before(QUALIFIED, text, start, last) if opened else None


def _last_word(text: str) -> str:
    """Return the last word of a text, or its last sign; spaces at its end are left out."""
    behind = text.rstrip().lower()
    return re.split(r"[^\w]", behind[-20:])[-1] if behind[-1:].isalnum() else behind[-1:]


def passed(text: str, start: int, end: int, last: int) -> int | None:
    """Return where "passed" of "the toll passed 500" or "passed the 500 mark" begins; None where no mark is passed."""
    match = before(PASSED, text, start, last)
    return match.start("verb") if match and (match["counted"] or MARK.match(text, end)) else None


def following(text: str, end: int) -> tuple[int, str]:
    """Return where a qualifier behind a number ends, and what it says in the words of one before it; "" for none."""
    match = AFTER.match(text, end, min(len(text), end + LOOK_AHEAD))
    if match is None:
        return end, ""
    named = match.lastgroup or "least"
    word = match[named].lower() if named in ("word", "beyond") else named
    if word in ("more", "over", "above", "least"):
        return match.end(), " at least"
    return match.end(), " up to" if word in ("fewer", "less", "under", "below", "most") else " about"


def estimate(text: str, start: int, end: int, last: int, stop: int) -> tuple[int, int, str]:
    """Return the span of a number with the estimate that binds it, and its qualifier; "" where none does."""
    near = "stimat" in text[max(last, start - LOOK_BACK) : start].lower()
    ahead = before(ESTIMATE_BEFORE, text, start, last) if near else None
    if ahead and len(text[ahead.start() : end].split()) <= MAX_WORDS:
        return ahead.start(), end, ABOUT
    near = "est" in text[end : min(end + LOOK_AHEAD, stop)].lower()
    after = ESTIMATE_AFTER.match(text, end, min(end + LOOK_AHEAD, stop)) if near else None
    if after and len(text[start : after.end()].split()) <= MAX_WORDS:
        return start, after.end(), ABOUT
    return start, end, ""


_TAKEN_BACK = re.compile(
    r"\b(?:(?<!if )not|never|hardly|scarcely|nothing\s+like|nowhere|all\s+but|except(?:\s+for)?|apart\s+from|yet\s+to(?:\s+reach)?"
    r"|(?<!more )(?<!less )than|minus|instead\s+of|as\s+(?:few|little|low)\s+as|(?:up\s+to|more|less|about|over|under|around|nearly)\s+(?:or|and))"
    r"\s+(?:even\s+|only\s+|just\s+|all\s+)?\Z"
    r"|\b(?:couple|tens|dozens|scores|hundreds|thousands)\s+of\s+\Z|\btens\s+(?:to|or|and)\s+\Z|\bor\s+so\s+\Z"
    r"|\b(?:half|(?:an?|three)\s+quarters?|an?\s+third)\s+(?:to|or|and)\s+\Z|(?<![\d\s])\s*[%٪‰]\s?\Z|[\w)]\s−\Z|±\s*\Z",
    re.IGNORECASE,
)
"""Words before a number, and its qualifiers, that deny it, or make it a part of another that cannot be read."""

_denials = "not never hardly scarcely like nowhere but except for from to reach than minus of as or and even only just all so several few couple"
_DENIALS = {*_denials.split(), *"%٪‰−±"}
"""What such words can end on: other numbers need no look behind."""
_SEVERAL = re.compile(r"\b(?:several|few|couple)\s+\Z", re.IGNORECASE)


def taken_back(text: str, start: int, vague: str) -> bool:
    """Whether the words right before a number, which may be a `vague` word, deny it, or make more of it: several million."""
    near = max(0, start - 30)
    if _last_word(text[near:start]) not in _DENIALS:
        return False
    return bool(_TAKEN_BACK.search(text, near, start) or (not vague and _SEVERAL.search(text, near, start)))


def kinds(said: str) -> set[str]:
    """Return the bounds that the qualifiers of a phrase imply."""
    found = (" ".join(re.split(r"[\s-]+", match.group().lower())) for match in _QUALIFIER.finditer(said))
    return {KINDS.get(word) or SIGNS[word] for word in found}


def bind(said: str, value: int) -> Quantity | None:
    """Bind a value by the qualifiers said: a floor or a ceiling outweighs an approximation; None where both stand there."""
    found = kinds(said)
    if {UP_TO, AT_LEAST} <= found:
        return None
    if UP_TO in found:
        return Quantity(UP_TO, None, value, value)
    if AT_LEAST in found:
        return Quantity(AT_LEAST, value, value, None)
    return Quantity(ABOUT, None, value, None) if found else Quantity(EXACT, value, value, value)
