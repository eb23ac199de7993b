"""Suggestions for a curator: which indicator and which group a number may be about.

Why: most numbers of a text are dates and distances; a guess saves looking, a person decides. The guess is made from
the words of the same sentence nearest to the number. Not here: reading the number itself (`validation/numbers.py`).
"""

import re
from dataclasses import dataclass

from validation.numbers import Quantity, Reading

_STEMS = {
    "killed": r"kill\w*|dead\b|died\b|deaths?\b|dying|perish\w*|fatalit\w+|massacre\w*|bodies|slain|lives\b|toll\b",
    "injured": r"injur\w*|wound\w*|hurt\b|maimed",
    "refugees": r"refugees?\b|fle\w+ abroad|abroad\b|crossed (?:the border )?into|across the border|asylum",
    "idps": r"internally displaced|IDPs?\b|displaced (?:inside|within|internally)|camps?\b|shelters?\b|host communities",
    "displaced": r"displac\w+|fled\b|flee\w*|uprooted|homeless|evacuat\w+|left (?:their|the|for)|driven (?:out|from)",
    "population": r"home to|population|inhabitants|residents\b|live[sd]? in\b|living in|people of|trapped|besieged",
}
_GROUPS = {
    "civilians_and_fighters": r"civilians and (?:fighters|combatants|militants|rebels)|fighters and civilians",
    "children": r"child\w*|minors?\b|boys?\b|girls?\b|infants?|bab(?:y|ies)\b|toddlers?",
    "women": r"wom[ae]n\b|mothers?\b|females?\b",
    "pro_government": r"pro-(?:regime|government)|soldiers?\b|troops\b|(?:regime|government|army) (?:forces|fighters|troops|soldiers)|loyalists?",
    "opposition_fighters": r"militants?\b|rebels?\b|insurgents?\b|jihadi\w*|opposition fighters|gunmen|fighters\b",
    "civilians": r"civilians?\b|non-combatants?",
}
_NOT_PEOPLE = re.compile(
    r"[\s‑-]*(?:%|percent|per cent|kilomet|km\b|miles?\b|met(?:er|re)s?\b|hectares?|acres?|years?|months?|weeks?|days?|hours?|minutes?|min\b"
    r"|times\b|a\.m|p\.m|towns?|villages?|cities|dollars|euros|tons?\b|tonnes?|hospitals?|schools?\b|strikes?|raids?|attacks?|air ?strikes?"
    r"|tanks?|vehicles?|missiles?|rockets?|bombs?|shells?|countries|parties|stages|front)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$€£]|US\$)\s*\Z")
_PEOPLE = re.compile(
    r"(?:people|persons?|civilians?|children|women|men\b|famil\w+|households?|residents?|refugees?|soldiers?|fighters?|militants?|rebels?"
    r"|displaced|Syrians?|dead|deaths?|injur\w+|wounded|killed|IDPs?|casualties|victims?|troops|forces|loyalists|internally|fleeing)",
    re.IGNORECASE,
)
MOST_WORDS = 8


@dataclass(frozen=True)
class Candidate:
    """A number that waits for a decision: where it stands, what it says, and what it may be about ("" for no guess)."""

    paragraph: int
    wording: str
    reading: Reading | None
    indicator: str
    population_group: str


def candidate(number: int, paragraph: str, quantity: Quantity) -> Candidate:
    """Make a candidate of a quantity in a folded paragraph, with a wording of at most 8 words and guesses."""
    end = _with_noun(paragraph, quantity)
    wording = " ".join(paragraph[quantity.start : end].split()[:MOST_WORDS])
    indicator = _indicator(paragraph, quantity)
    group = _group(paragraph, quantity) if indicator else ""
    return Candidate(number, wording, quantity.reading, indicator, group)


def _with_noun(paragraph: str, quantity: Quantity) -> int:
    """Give where the wording ends: after the first word for people within four words, else after the number."""
    rest = re.match(r"(?:[^\w.;:!?]{0,2}[\w’'-]+){0,4}", paragraph[quantity.end :])
    noun = _PEOPLE.search(rest.group()) if rest else None
    if noun is None or re.search(r"[,;:(]|\band\b", rest.group()[: noun.start()] if rest else ""):
        return quantity.end
    return quantity.end + noun.end()


def _sentence(paragraph: str, quantity: Quantity) -> tuple[int, int]:
    """Give the bounds of the sentence that holds the quantity."""
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s+[“\"A-Z(]|\Z)|;", paragraph)]
    start = max((end for end in ends if end <= quantity.start), default=0)
    return start, min((end for end in ends if end >= quantity.end), default=len(paragraph))


def _indicator(paragraph: str, quantity: Quantity) -> str:
    """Guess what is counted from the nearest word of the sentence; "" for what counts no people."""
    after = paragraph[quantity.end :]
    if quantity.reading is None or _NOT_PEOPLE.match(after) or _MONEY.search(paragraph[: quantity.start]):
        return ""
    people = bool(_PEOPLE.search(" ".join(after.split()[:4])))
    year = quantity.reading.bound == "exact" and 1900 <= (quantity.reading.best or 0) <= 2100
    if year and not people:
        return ""
    near = _nearest(_STEMS, paragraph, quantity, within=160 if people else 45)
    return near


def _group(paragraph: str, quantity: Quantity) -> str:
    """Guess who is counted from the words right after the number; all people where they name nobody."""
    words = " ".join(paragraph[quantity.end :].split()[:4])
    words = re.split(r"[,;(]|\band\b(?! (?:fighters|combatants|militants|rebels|civilians))", words)[0]
    return next((code for code, pattern in _GROUPS.items() if re.search(pattern, words, re.IGNORECASE)), "all")


def _nearest(patterns: dict[str, str], paragraph: str, quantity: Quantity, within: int) -> str:
    """Give the code whose word stands nearest in the sentence; words after the number weigh twice as near."""
    start, end = _sentence(paragraph, quantity)
    found = []
    for code, pattern in patterns.items():
        for match in re.finditer(rf"\b(?:{pattern})", paragraph[start:end], re.IGNORECASE):
            at = start + match.start()
            gap = (at - quantity.end) / 2 if at >= quantity.end else quantity.start - (start + match.end())
            if 0 <= gap <= within:
                found.append((gap, code))
    return min(found)[1] if found else ""
