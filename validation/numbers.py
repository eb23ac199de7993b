"""Numbers in English text: where they stand, what they say, and how their words bind them.

Why: every number of a report must be accounted for, and a claim must say exactly what the words say. Here: the numbers of
a text, and the reading of a phrase. Not here: what counts as a number (`number_words.py`), the words that bind it
(`qualifiers.py`, `shares.py`), which numbers are claims (a person decides, `curation`), and the bounds of words such as
"hundreds", which are data (`datasets/vague_quantities.csv`) and passed in. docs/evidence.md compares it with libraries.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from validation import number_words, qualifiers, shares
from validation.number_words import HARM, MENTION, SCALES, SHARE_WORDS, SHORT, UNCOUNTED
from validation.qualifiers import LOOK_AHEAD
from validation.quantity import Quantity
from validation.vocabulary import AT_LEAST, EXACT, RANGE, SHARE, UP_TO, VAGUE

FIGURE = re.compile(r"[-\s](?:figure|digit)\b|\s+figures\b", re.IGNORECASE)
"""What makes "six" a word for a size and no number: "a six-figure sum"."""

JOINED = re.compile(rf"(?:{shares.percent})?(?P<joint>\s*[-–—]\s*|\s+to\s+|\s+and\s+|\s+or\s+)", re.IGNORECASE)
LEAD = re.compile(r"\b(?P<word>between|from)\s+(?:an?\s+estimated\s+)?\Z", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:rose|risen|rising|rises|up|down|fell|fallen|falling|falls|gr[eo]w\w*|increas\w+|decreas\w+|drop\w*|jump\w*|climb\w*"
    r"|doubl\w+|tripl\w+|quadrupl\w+|went|gone)"
    r"(?:\s+[a-z]+){0,3}\s+\Z",
    re.IGNORECASE,
)
"""Words that make "from N to M" a change and not a range."""
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{0,9})"
DATE = re.compile(
    rf"\b(?:between\s+\d{{1,2}}\s+and|\d{{1,2}}\s*(?:[-–]|to))\s*\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b"
    rf"|\b{MONTH}\s+\d{{1,2}}(?!\d)(?:\s*(?:[-–]|to\s)\s*\d{{1,2}}(?!\d))?(?:,?\s+(?:19|20)\d\d\b)?"
    rf"|\b\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b|\b{MONTH},?\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
LONE_DIGITS = r"[^0-9]*[0-9]{1,3}(?:,[0-9]{3})*[^0-9]*"
"""One plain number in digits and no other: which digits they are does not change how many numbers are met."""
LONE_ONE = re.compile(
    r"(?<!\bno )(?<!\bnot )\b(?:one|a\s+(?:single|lone))\s+(?:[a-z-]+\s+){0,2}?(?:person|man|woman|boy|girl|child|baby|infant|toddler"
    r"|teenager|civilian|soldier"
    r"|fighter|rebel|militant|policeman|officer|resident|refugee|doctor|nurse|medic|paramedic|journalist|reporter|worker|rescuer|family"
    r"|dead|death|fatality|killed|wounded|injured|injury|victim|body|missing)\b",
    re.IGNORECASE,
)
"""A lone "one" of people: in running text the ledger does not count it, as a wording it is a claim of 1."""
LONE_ZERO = re.compile(
    r"\bzero\s+(?:[a-z-]+\s+){0,2}?(?:people|civilians?|casualties|deaths?|fatalities|injur\w+|wounded|killed|dead|missing|victims?)\b",
    re.IGNORECASE,
)
"""A wording that claims nobody; "no one was killed" has no number word and is none."""
_LEAST = re.compile(r"(?:a\s+)?minimum\s+of\s+\Z", re.IGNORECASE)
"""What may stand before a range and leave it one: a minimum of between 10 and 20 people."""

MAX_KEPT = 4_096
"""Texts whose numbers are kept in memory: of a paragraph several questions are asked in a row."""


@dataclass(frozen=True)
class Mention:
    """A number in a text: where it stands and its value, None where it has none (a fraction, a time, a word)."""

    start: int
    end: int
    value: int | None


@dataclass(frozen=True)
class Phrase:
    """A number with the words that bind it; its quantity is None where it stands for no whole number of anything.

    `kind` is "share" (a part or a multiple of something) or "rate" (so many in a time, or to so many others), else "".
    """

    start: int
    end: int
    quantity: Quantity | None
    kind: str = ""


def mentions(text: str, vague: Mapping[str, tuple[int, int]]) -> list[Mention]:
    """Return every number of the closed list, in order: what the ledger must account for."""
    return list(_mentions(text, tuple(vague.items())))


@lru_cache(maxsize=MAX_KEPT)
def _mentions(text: str, words: tuple[tuple[str, tuple[int, int]], ...]) -> tuple[Mention, ...]:
    return tuple(mention for mention, _ in _found(text, dict(words)))


def phrases(text: str, vague: Mapping[str, tuple[int, int]]) -> list[Phrase]:
    """Return every number with its qualifier; a range, a ratio and the parts of a date are one phrase each."""
    dates = [match.span() for match in DATE.finditer(text)]
    outside = _Outside(dates)
    numbers = [(mention, word) for mention, word in _found(text, vague) if outside(mention.start, mention.start + 1)]
    found = [Phrase(start, end, None) for start, end in dates]
    at, last = 0, 0
    while at < len(numbers):
        mention, word = numbers[at]
        following = numbers[at + 1][0] if at + 1 < len(numbers) else None
        two = _two(text, mention, following) if following and not word else None
        phrase = two or _one(text, mention, vague.get(word), last, following.start if following else len(text))
        at += 2 if two else 1
        kind, last = (phrase.kind, phrase.end) if phrase.kind else shares.kind_of(text, phrase.start, phrase.end, last)
        kind = kind if phrase.quantity or kind == SHARE or phrase.kind else ""
        found.append(Phrase(phrase.start, last, None if kind else phrase.quantity, kind))
    return sorted(found, key=lambda phrase: phrase.start)


def read(wording: str, vague: Mapping[str, tuple[int, int]]) -> Quantity | None:
    """Read a wording that holds one quantity; None where it holds none, several, or no whole number.

    A wording about one person without any other number is exactly 1, one of "zero casualties" exactly 0.
    """
    found = phrases(wording, vague)
    if not found and LONE_ONE.search(wording):
        return Quantity(EXACT, 1, 1, 1)
    if not found and LONE_ZERO.search(wording):
        return Quantity(EXACT, 0, 0, 0)
    return found[0].quantity if len(found) == 1 else None


def how_many(texts: pd.Series, vague: Mapping[str, tuple[int, int]]) -> pd.Series:
    """Count the numbers in each wording; blank has none, one about one person or nobody has one. Those read alike are read once."""
    alike = texts.fillna("")
    alone = alike.str.fullmatch(LONE_DIGITS).astype(bool)
    alike = alike.mask(alone, alike.str.replace(r"[0-9][0-9,]*", "9", regex=True))
    counts = {
        text: len(mentions(text, vague)) or int(bool(LONE_ONE.search(text) or LONE_ZERO.search(text)))
        for text in alike.unique()
    }
    return alike.map(counts).astype("int64")


@lru_cache(maxsize=8)
def _vague_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = [re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)


class _Outside:
    """Whether a span touches none of many spans, which lie in order and apart."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = list(spans)
        self.starts = [start for start, _ in self.spans]

    def __call__(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, end - 1)
        return at == 0 or self.spans[at - 1][1] <= start


def _found(text: str, vague: Mapping[str, tuple[int, int]]) -> Iterator[tuple[Mention, str]]:
    """Yield mentions in order, each with the vague word that it is, or ""."""
    words = list(_vague_pattern(tuple(vague)).finditer(text)) if vague else []
    found = [(Mention(*match.span(), None), " ".join(match.group().lower().split())) for match in words]
    outside = _Outside(match.span() for match in words)
    dotted = sum(1 for _ in re.finditer(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d,]|\.\d)", text)) > 1
    dotted = dotted and not re.search(r"\d\.\d{1,2}(?!\d)|\d,\d{3}(?!\d)", text)
    for match in _numbers(text):
        if outside(*match.span()) and match.lastgroup != "ordinal" and not _lone_one(match):
            figure = FIGURE.match(text, match.end())
            found.append((Mention(*match.span(), None if figure else number_words.value(match, dotted)), ""))
    found.sort(key=lambda mention_and_word: mention_and_word[0].start)
    outside = _Outside((mention.start, mention.end) for mention, _ in found)
    uncounted = [
        (Mention(*match.span(), None), "")
        for match in UNCOUNTED.finditer(text)
        if outside(*match.span()) and (not match["among"] or _beside_harm(match))
    ]
    yield from sorted([*found, *uncounted], key=lambda mention_and_word: mention_and_word[0].start)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of MENTION; a day of a date does not run on into the digits behind it: May 20 500 people."""
    start = 0
    for date in DATE.finditer(text):
        yield from MENTION.finditer(text, start, date.start())
        yield from MENTION.finditer(text, date.start(), date.end())
        start = date.end()
    yield from MENTION.finditer(text, start)


def _lone_one(match: re.Match[str]) -> bool:
    """Whether this is "one" by itself, which the codebook does not count; "one or two" is a range."""
    if match.group().lower() != "one":
        return False
    return not re.compile(r"\s+(?:or|to|out\s+of)\s+(?:every\s+)?(?:two|three|four|five|ten)\b", re.I).match(
        match.string, match.end()
    )


def _beside_harm(match: re.Match[str]) -> bool:
    start = max(0, match.start() - 120)
    before = re.split(r"[.;!?]\s", match.string[start : match.start()])[-1]
    return bool(HARM.search(before) or HARM.search(match.string[match.end() : match.end() + 40]))


def _one(text: str, mention: Mention, bounds: tuple[int, int] | None, last: int, stop: int) -> Phrase:
    """Read one number with the qualifiers before and after it; a word of `bounds` keeps them unless a floor or ceiling binds it.

    "At least several hundred" is at least the smallest that the word may mean, "up to several hundred" at most the largest:
    the words say no more, and a range there would add an end that they deny.
    """
    before = qualifiers.qualified(text, mention.start, last)
    passed = None if before else qualifiers.passed(text, mention.start, mention.end, last)
    start = before.start() if before else mention.start if passed is None else passed
    end, behind = qualifiers.following(text, mention.end)
    said = (before.group().lower() if before else "over" if passed is not None else "") + behind
    if bounds is not None:
        word_for = Quantity(VAGUE, bounds[0], None, bounds[1])
        at_least, up_to = qualifiers.bind(said, bounds[0]), qualifiers.bind(said, bounds[1])
        bound = at_least if at_least.bound == AT_LEAST else up_to if up_to.bound == UP_TO else word_for
        return Phrase(start, end if bound != word_for else mention.end, bound)
    if mention.value is None:
        share = SHARE_WORDS.fullmatch(text, mention.start, mention.end)
        return Phrase(start, mention.end, None, SHARE if share else "")
    if not said:
        start, end, said = qualifiers.estimate(text, start, end, last, stop)
    return Phrase(start, end, qualifiers.bind(said, mention.value))


def _two(text: str, first: Mention, second: Mention) -> Phrase | None:
    """Read two numbers as one phrase: a ratio, or a range."""
    between = text[first.end : min(second.start, first.end + LOOK_AHEAD)]
    if second.start - first.end > LOOK_AHEAD or (first.value is None and "." not in text[first.start : first.end]):
        return None
    return _ratio(text, first, second, between) or _range(text, first, second, between)


def _ratio(text: str, first: Mention, second: Mention, between: str) -> Phrase | None:
    """Read "two out of five" and "1 in 3" as a share, "12 deaths per 10,000" as a rate."""
    kind = shares.ratio_of(text, first.value, second.value, between, second.end)
    before = qualifiers.qualified(text, first.start)
    return Phrase(before.start() if before else first.start, second.end, None, kind) if kind else None


def _range(text: str, first: Mention, second: Mention, between: str) -> Phrase | None:
    """Read two numbers as one range: between N and M, from N to M, N to M, N-M, two or three."""
    joined = JOINED.fullmatch(between)
    if not joined or (second.value is None and not shares.PERCENT.match(text, second.end)):
        return None
    if shares.PERCENT.match(text, first.end) and not shares.PERCENT.match(text, second.end):
        return None
    lead = qualifiers.before(LEAD, text, first.start)
    if lead and qualifiers.before(CHANGE, text, lead.start()):
        return None
    joint = joined["joint"].strip().lower()
    if joint == "and" and not (lead and lead["word"].lower() == "between"):
        return None
    before = qualifiers.qualified(text, lead.start() if lead else first.start)
    start = lead.start() if lead else before.start() if before else first.start
    if shares.PERCENT.match(text, second.end):
        return Phrase(start, second.end, None)
    ends = _ends(text[first.start : first.end].lower(), text[second.start : second.end].lower(), first, second, joint)
    if ends is None:
        return None
    bounded = (
        before is not None
        and not _LEAST.match(before.group())
        and bool(qualifiers.kinds(before.group()) & {AT_LEAST, UP_TO})
    )
    return Phrase(start, second.end, None if bounded else Quantity(RANGE, ends[0], None, ends[1]))


def _ends(said: str, said_high: str, first: Mention, second: Mention, joint: str) -> tuple[int, int] | None:
    """Return both ends of a range: a scale of the second holds for the first, "2 to 3 million", "100-200,000"."""
    high = second.value
    low = number_words.amount(said) if first.value is None and re.fullmatch(number_words.digits, said) else first.value
    if low is None or high is None:
        return None
    scale = re.search(rf"(?:{number_words.scale}|{number_words.short})\Z", said_high)
    factor = (SHORT.get(scale.group()) or SCALES[scale.group()]) if scale else 1
    if not scale and joint not in ("and", "or") and re.fullmatch(r"\d{1,3}", said) and re.search(r"\D000\Z", said_high):
        factor = 1_000
    if low < 1_000 and not re.search(number_words.scale, said) and low * factor < high:
        low *= factor
    if joint == "or" and high - low not in (1, factor):
        return None
    whole = number_words.whole(low)
    return (whole, high) if whole is not None and whole < high else None
