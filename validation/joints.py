"""Numbers that stand in one another: what joins two of them to one that is read as a whole or not at all.

Why: "1,2000", "5 to more than 10" and "a third of a million" each hold two numbers for a machine and one for a reader; half of
one is no number of the text. Here: what may stand between two numbers of one phrase. Not here: ranges and ratios that are read
(`numbers.py`), what one number by itself is (`number_words.py`).
"""

import re
from dataclasses import dataclass

from validation.number_words import DASH, SCALES, SMALL
from validation.qualifiers import LOOK_BACK, before
from validation.quantity import Phrase, Quantity
from validation.vocabulary import AT_LEAST, EXACT, RANGE, SHARE, UP_TO, VAGUE

MAX_BETWEEN = 40
LEAD = re.compile(r"\b(?P<word>between|from)\s+(?:an?\s+(?:estimated\s+)?)?\Z", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:rose|risen|rising|rises|up|down|fell|fallen|falling|falls|gr[eo]w\w*|increas\w+|decreas\w+|drop\w*|jump\w*|climb\w*"
    r"|doubl\w+|tripl\w+|quadrupl\w+|went|gone)"
    r"(?:\s+[a-z]+){0,3}\s+\Z",
    re.IGNORECASE,
)
"""Words that make "from N to M" a change and not a range."""
_REACHED = re.compile(r"\b(?:to|at|of)\s+\Z", re.IGNORECASE)
"""What stands between a change and what it leads to: rose to 100 to 200."""
_unseen = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
_GLUE = re.compile(rf"{_unseen}*(?:[.,;:'’‘´`ʼ′·˙‚،、，٬．•×*^/⁄²³¹⁰-⁹]|{DASH}|\+/-)?{_unseen}*")
"""What stands between the digits of one number, whatever it may mean."""
_MARGIN = re.compile(r"\s*\(?\s*(?:±|\+?/[-−])\s*")
_OR = re.compile(r"[-\s]+\(?or[-\s]+(?:an?\s+)?", re.IGNORECASE)
_TO = re.compile(rf"[-\s]+(?:up\s+)?to[-\s]+(?:an?\s+)?|\s+(?:through|thru)\s+|\s*{DASH}\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:an?\s+)?", re.IGNORECASE)
_FRACTION = re.compile(r"\d[/⁄]\d|[¼-¾⅐-⅞]")
_DECIMALS = re.compile(r"\d+[.,]\d+")
_SUSPENDED = re.compile(rf"{DASH}\s+(?:to|or|and)\s+|-(?:in|out-of)-", re.IGNORECASE)
_IF_NOT = re.compile(r",?\s+(?:if\s+not|or\s+(?:even|possibly))\s+", re.IGNORECASE)
_AGAIN = re.compile(r"\s+(?:and|upon|after)\s+", re.IGNORECASE)
_BOTH_ENDS = re.compile(r",?\s+(?:(?:and|but|or)\s+)?", re.IGNORECASE)
_BRACKET = re.compile(r"(?:\s+[a-z]+){0,2}\s*\(", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_OTHERS = re.compile(
    r"\s+(?:of|were|was|are|have|had|in|others?|more|wounded|injured|killed|dead|missing|displaced)\b", re.I
)
"""What shows that a second number counts somebody else."""
_SOMEBODY = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:people|persons|civilians|families|children|refugees|residents|fighters|soldiers|IDPs)\b", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LARGE = {word: factor for word, factor in SCALES.items() if factor >= 1_000}
_PLURALS = {f"{word}s" for word in SCALES}


@dataclass(frozen=True)
class _Part(Phrase):
    """A phrase with its last words, in lower case."""

    said: str = ""

    @property
    def ends(self) -> tuple[int, int]:
        """Return the smallest and the largest value; 0 and a very large one where they are not known."""
        values = [] if self.quantity is None else [self.quantity.low, self.quantity.best, self.quantity.high]
        known = [value for value in values if value is not None]
        return (min(known), max(known)) if known else (0, 10**15)


def changed(text: str, start: int) -> bool:
    """Whether the words before a number make "N to M" a change from one number to the other, or by one to the other."""
    lead = before(LEAD, text, start)
    if lead:
        return lead["word"].lower() == "from" and before(CHANGE, text, lead.start()) is not None
    return before(CHANGE, text, start) is not None and before(_REACHED, text, start) is None


def whole(text: str, first: Phrase, second: Phrase) -> Phrase | None:
    """Return the number that two numbers beside each other are together; None where each stands for itself."""
    between = text[first.end : second.start]
    if len(between) > MAX_BETWEEN:
        return None
    one, other = (
        _Part(
            each.start,
            each.end,
            each.quantity,
            each.kind,
            text[max(each.start, each.end - LOOK_BACK) : each.end].lower(),
        )
        for each in (first, second)
    )
    unread = Phrase(one.start, other.end, None)
    if _same_digits(one, other, between) or _MARGIN.fullmatch(between) or _SUSPENDED.fullmatch(between):
        return unread
    if _AND.fullmatch(between) and _FRACTION.match(other.said):
        return unread
    if _OF.fullmatch(between):
        return unread if _scaled_by(one, other) else None
    if one.quantity is None and other.quantity is None:
        return None
    if _BRACKET.fullmatch(between):
        if other.said in SCALES:
            return unread
        same = text[other.end : other.end + 1] == ")" and one.ends == other.ends and one.quantity is not None
        return Phrase(one.start, other.end + 1, one.quantity) if same else None
    if _joined(text, one, other, between) or (_IF_NOT.fullmatch(between) and one.ends[0] < other.ends[1]):
        return unread
    if one.quantity is None or other.quantity is None:
        return unread if between.isspace() and _run_on(one, other, text) else None
    if one.quantity.bound == VAGUE and _AGAIN.fullmatch(between) and one.said.endswith(other.said):
        return Phrase(one.start, other.end, one.quantity)
    if _BOTH_ENDS.fullmatch(between) and (one.quantity.bound, other.quantity.bound) == (AT_LEAST, UP_TO):
        low, high = one.quantity.low, other.quantity.high
        apart = _OTHERS.match(text, other.end) or low is None or high is None or low >= high
        return None if apart else Phrase(one.start, other.end, Quantity(RANGE, low, None, high))
    if between.isspace():
        return unread if _run_on(one, other, text) else None
    return unread if between.strip() == "," and _goes_on(one, other, text) else None


def _same_digits(one: _Part, other: _Part, between: str) -> bool:
    """Whether digits go on behind a mark or an unseen character: 1,2000, 1·200·000, 10-5."""
    if not (one.said[-1].isdigit() and other.said[0].isnumeric()):
        return False
    if between in (" ", "\u00a0"):
        parts = any(re.search(r"\d\s\d", part.said) for part in (one, other))
        return parts and not _YEAR.fullmatch(one.said)
    return bool(_GLUE.fullmatch(between))


def _scaled_by(one: _Part, other: _Part) -> bool:
    """Whether a second number is the scale of the first: a third of a million, hundreds of thousand, ten of thousands."""
    scale = other.said.split()[-1] if re.match(r"an?\s", other.said) else other.said.split()[0]
    last = re.split(r"[\s-]", one.said)[-1]
    return scale in SCALES.keys() | _PLURALS and (one.kind == SHARE or last in {"ten"} | SCALES.keys() | _PLURALS)


def _joined(text: str, one: _Part, other: _Part, between: str) -> bool:
    """Whether two numbers are the ends of one statement that is no range with two plain ends."""
    if one.kind == SHARE != other.kind:
        return False
    if _OR.fullmatch(between):
        return True
    lead = before(LEAD, text, one.start)
    if _AND.fullmatch(between):
        return lead is not None and lead["word"].lower() == "between"
    if lead and between.isspace() and other.quantity is not None and other.quantity.bound == UP_TO:
        return True
    spaced_dash = between[:1].isspace() and between[-1:].isspace() and re.fullmatch(DASH, between.strip())
    if not _TO.fullmatch(between) or changed(text, one.start) or (spaced_dash and not _DECIMALS.fullmatch(one.said)):
        return False
    tight = not between[:3].strip().isalpha()
    return tight or (one.ends[0] < other.ends[1] and not (between.strip() != "to" and _YEAR.fullmatch(other.said)))


def _run_on(one: _Part, other: _Part, text: str) -> bool:
    """Whether two numbers with a space between them are one: two three, 5 thousand 200, two thousands."""
    if re.compile(r"-[^\W\d]").match(text, other.end) and not other.said[0].isdigit():
        return False
    last = re.split(r"[\s-]", one.said)[-1]
    if other.said in SCALES:
        return True
    if other.said in _PLURALS:
        return one.ends[1] < 100 or last in SCALES
    if last in _LARGE and other.said[0].isdigit():
        return other.ends[1] < _LARGE[last]
    return last in SMALL.keys() | SCALES.keys() and other.said[0].isalpha() and _is_exact(other)


def _goes_on(one: _Part, other: _Part, text: str) -> bool:
    """Whether a number goes on behind a comma: five thousand, two hundred; five, six or seven; 1, 200 people."""
    if _is_exact(one) and other.quantity is not None and other.quantity.bound == RANGE and " or " in other.said:
        return one.ends[0] + other.ends[1] - other.ends[0] == other.ends[0]
    if re.search(r"(?<![\d,.])\d{1,3}\Z", one.said) and re.fullmatch(r"\d{3}", other.said):
        return _SOMEBODY.match(text, other.end) is not None
    last = re.split(r"[\s-]", one.said)[-1]
    scaled = re.split(r"[\s-]", other.said)[-1] in SCALES
    alike = one.said[0].isalpha() if other.said[0].isalpha() else scaled
    return (
        last in _LARGE
        and alike
        and _is_exact(other)
        and other.ends[1] < _LARGE[last]
        and not _OTHERS.match(text, other.end)
    )


def _is_exact(part: _Part) -> bool:
    return part.quantity is not None and part.quantity.bound == EXACT
