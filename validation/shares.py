"""Shares and rates: numbers that count no people, though people stand beside them.

Why: "90% of the casualties", "1 in 3", "five times as many" and "40 a day" would be read as so many people. Here: the words
that make a number a part of something, or so many in a time. Not here: the span of a phrase (`numbers.py`).
"""

import re

from validation.qualifiers import LOOK_AHEAD, LOOK_BACK, before
from validation.vocabulary import RATE, SHARE

_word = r"(?!(?:and|but|while|which|who|whose|where|or)\b)[\w’'-]+"
percent = r"[-\s]{0,2}(?:%|٪|‰|per[-\s]?cent(?:age\s+points?)?\b|percentage\s+points?\b|pct\b|pc\b)"
PERCENT = re.compile(percent, re.IGNORECASE)
SHARE_AFTER = re.compile(
    r"[-\s]fold\b|\s+times\s+(?:as|more|higher|larger|greater|bigger|worse|fewer|less|the|what|that)\b", re.IGNORECASE
)
RATIO = re.compile(r"\s+(?P<joint>in|out\s+of)\s+(?P<every>every\s+)?", re.IGNORECASE)
RATIO_OF = {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1_000}
ONE_IN = re.compile(r"\bone\s+(?!of\b)(?:[a-z-]+\s+){1,2}?(?:in|out\s+of)\s+(?:every\s+)?\Z", re.IGNORECASE)
IN_WORDS = re.compile(
    r"two|three|four|five|six|seven|eight|nine|ten|twenty|(?:a |one )?hundred|[2-9]|[12]0|100", re.IGNORECASE
)
"""What makes "one person in ten" a share."""
NO_RATIO = re.compile(
    r"\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?|hours?|minutes?|attacks?|strikes?|airstrikes?|raids?|villages?|towns?|cities|districts?"
    r"|provinces|camps?|incidents?|places|areas|locations|sites|separate|different|governorates|regions|countries|clashes|battles)\b",
    re.IGNORECASE,
)
_time = r"(?:day|week|month|year|hour|night|minute|fortnight)"
_inside = (
    r"(?!(?:in|within|over|for|on|after|during|of|since|until|by|at|from|such|and|or|but|before|once|twice|to|with|about|around"
    r"|than|when|while|who|which|where|that|because|every|each|per|daily)\b)[a-z’'-]+"
)
RATE_AFTER = re.compile(
    rf"(?:\s+of)?(?:\s+(?:{_inside}|(?:and|or)(?=\s+(?:kill|wound|injur|maim|hurt|displac|detain)))){{0,7}}?(?:\s+(?:(?:each|every|per)\s+(?:single\s+)?{_time}\b"
    rf"|an?\s+{_time}\b(?!\s+(?:earlier|later|ago|before|after|apart|old|when|that|of|since|long)\b|-)"
    r"|(?:daily|weekly|monthly|annually|nightly|hourly|yearly)(?=\s*(?:[.,;:)]|\Z)|\s+(?:in|on|at|from|into|since|to|as|and|across|by|during)\b)"
    r"|per\s+(?:annum|capita|person|head|family|household|room|tent|square|km|kilomet\w+|attack|raid|incident)\b)"
    rf"|/{_time}\b)",
    re.IGNORECASE,
)
RATE_PER = re.compile(rf"(?:\s+{_inside}){{0,3}}?\s+(?:per|for\s+every|in\s+every|out\s+of\s+every)\s+", re.IGNORECASE)
RATE_BEFORE = re.compile(
    rf"\b(?:average[sd]?|averaging|rate)\s+(?:(?:was|is|stands|stood)\s+)?(?:of\s+|at\s+)?\Z|\baverage\s+(?:{_word}\s+){{1,4}}?(?:of|is|was|at)\s+\Z"
    rf"|\b(?:each|every)\s+{_time},?\s+\Z",
    re.IGNORECASE,
)
RATE_WORDS = ("averag", "rate", "each", "every")
PART = re.compile(r"\d+/\d+|[¼-¾⅐-⅞]")


def kind_of(text: str, start: int, end: int, last: int) -> tuple[str, int]:
    """Return "share" or "rate", or "", for the number at a place in a text, and where the number ends with its sign."""
    if sign := PERCENT.match(text, end):
        return SHARE, sign.end()
    if SHARE_AFTER.match(text, end) or (PART.fullmatch(text, start, end) and re.compile(r"\s+of\b").match(text, end)):
        return SHARE, end
    behind = text[max(last, start - LOOK_BACK) : start].lower()
    if (
        IN_WORDS.fullmatch(text, start, end)
        and ONE_IN.search(behind)
        and not NO_RATIO.match(text, end, end + LOOK_AHEAD)
    ):
        return SHARE, end
    rated = any(word in behind for word in RATE_WORDS) and before(RATE_BEFORE, text, start, last)
    return RATE if rated or RATE_AFTER.match(text, end, end + LOOK_AHEAD) else "", end


def in_so_many(text: str, end: int) -> bool:
    """Whether "one person" that ends here is one in so many."""
    joint = RATIO.match(text, end)
    among = joint and IN_WORDS.match(text, joint.end())
    return bool(among and not NO_RATIO.match(text, among.end(), among.end() + LOOK_AHEAD))


def ratio_of(text: str, first: int | None, second: int | None, between: str, end: int) -> str:
    """Return "share" for two values such as "two out of five", "rate" for "12 deaths per 10,000"; `end`: of the second."""
    if RATE_PER.fullmatch(between):
        return RATE
    ratio = RATIO.fullmatch(between)
    if not ratio or first is None or second is None or first >= second:
        return ""
    likely = second in RATIO_OF and not NO_RATIO.match(text, end, end + LOOK_AHEAD)
    return SHARE if ratio["every"] or likely else ""
