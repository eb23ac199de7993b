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
from math import prod

import pandas as pd

from validation import joints, number_words, persons, qualifiers, shares
from validation.joints import LEAD
from validation.number_words import DASH, HARM, MENTION, SCALES, SHARE_WORDS, SHORT, UNCOUNTED
from validation.qualifiers import LOOK_AHEAD, LOOK_BACK
from validation.quantity import Phrase, Quantity
from validation.vocabulary import AT_LEAST, RANGE, SHARE, UP_TO, VAGUE

FIGURE = re.compile(rf"(?:{DASH}\s*|\s+)(?:figures?|digits?)\b", re.IGNORECASE)
"""What makes "six" a word for a size and no number: "a six-figure sum"."""

JOINED = re.compile(
    rf"(?:{shares.percent})?(?P<joint>\s*{DASH}\s*|[~～〜]|[-\s]+to[-\s]+|\s+and\s+|[-\s]+or[-\s]+)", re.IGNORECASE
)
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|(?-i:M)ar(?:ch|\.)?|Apr(?:il|\.)?|(?-i:M)ay|Jun[e.]?|Jul[y.]?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_day = rf"\d{{1,2}}(?!\d|[,.'’٬]\d{{3}}(?!\d)|\s000(?!\d)|[-\s]?{number_words.scale}|\s?(?:{number_words.short}|%))"
"""A day of a month, which is no beginning of a larger number: in May 20,000 people fled, in May 5 million."""
DATE = re.compile(
    rf"\b(?:between\s+\d{{1,2}}\s+and|\d{{1,2}}\s*(?:[-–]|to))\s*\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b"
    rf"|\b{MONTH}\s+{_day}(?:\s*(?:[-–]|to\s)\s*{_day})?(?:,?\s+(?:19|20)\d\d\b)?"
    rf"|\b\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b|\b{MONTH},?\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
LONE_DIGITS = r"[^0-9]*[0-9]{1,3}(?:,[0-9]{3})*[^0-9]*"
"""One plain number in digits and no other: which digits they are does not change how many numbers are met."""
_ONE_TO = re.compile(r"(?:[-\s]+(?:to|or)[-\s]+|[-–]|(?P<and>\s+and\s+)|\s+out\s+of\s+)(?:every\s+)?", re.IGNORECASE)
"""What joins "one" to a number behind it, which makes it one too."""
_SCALED = re.compile(rf"[-\s]+{number_words.scale}", re.IGNORECASE)
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
    found: list[Phrase] = []
    at, last = 0, 0
    while at < len(numbers):
        mention, word = numbers[at]
        following = numbers[at + 1][0] if at + 1 < len(numbers) else None
        two = _two(text, mention, following) if following and not word else None
        phrase = two or _one(text, mention, vague.get(word), last, following.start if following else len(text))
        at += 2 if two else 1
        kind, last = (phrase.kind, phrase.end) if phrase.kind else shares.kind_of(text, phrase.start, phrase.end, last)
        kind = kind if phrase.quantity or kind == SHARE or phrase.kind else ""
        unread = kind or qualifiers.taken_back(text, phrase.start, word)
        phrase = Phrase(phrase.start, last, None if unread else phrase.quantity, kind)
        if found and (whole := joints.whole(text, found[-1], phrase)):
            phrase = whole
            found.pop()
        found.append(phrase)
    return sorted([*found, *(Phrase(start, end, None) for start, end in dates)], key=lambda phrase: phrase.start)


def read(wording: str, vague: Mapping[str, tuple[int, int]]) -> Quantity | None:
    """Read a wording that holds one quantity; None where it holds none, several, or no whole number.

    A wording about one person without any other number is exactly 1, one of "zero casualties" exactly 0.
    """
    return persons.one_of(wording, phrases(wording, vague) or persons.alone(wording))


def how_many(texts: pd.Series, vague: Mapping[str, tuple[int, int]]) -> pd.Series:
    """Count the numbers in each wording; blank has none, one about one person or nobody has one. Those read alike are read once."""
    alike = texts.fillna("")
    alone = alike.str.fullmatch(LONE_DIGITS).astype(bool)
    alike = alike.mask(alone, alike.str.replace(r"[0-9][0-9,]*", "9", regex=True))
    counts = {
        text: len(mentions(text, vague)) or int(any(phrase.quantity for phrase in persons.alone(text)))
        for text in alike.unique()
    }
    return alike.map(counts).astype("int64")


@lru_cache(maxsize=8)
def _vague_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = [re.escape(word).replace(r"\ ", r"[-\s]+") for word in sorted(words, key=len, reverse=True)]
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
    found = [(Mention(*match.span(), None), " ".join(re.split(r"[-\s]+", match.group().lower()))) for match in words]
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
    joint = _ONE_TO.match(match.string, match.end())
    between = joint and joint["and"] and not LEAD.search(match.string, max(0, match.start() - LOOK_BACK), match.start())
    other = MENTION.match(match.string, joint.end()) if joint and not between else None
    return other is None or other.group().lower() == "one" or other.lastgroup not in ("decimal", "words", "half")


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
    said += " at least" if "+" in text[mention.start : mention.end] else ""
    if bounds is not None:
        if scaled := _SCALED.match(text, mention.end):
            return Phrase(start, scaled.end(), None)
        word_for = Quantity(VAGUE, bounds[0], None, bounds[1])
        bound = qualifiers.bind(said, bounds[0])
        if bound is not None and bound.bound not in (AT_LEAST, UP_TO):
            return Phrase(start, mention.end, word_for)
        return Phrase(start, end, qualifiers.bind(said, bounds[1]) if bound and bound.bound == UP_TO else bound)
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
    share = shares.PERCENT.match(text, second.end)
    if not joined or (second.value is None and not share):
        return None
    if shares.PERCENT.match(text, first.end) and not share:
        return None
    lead = qualifiers.before(LEAD, text, first.start)
    joint = joined["joint"].strip(" -").lower()
    if (lead or (joint == "to" and not share)) and joints.changed(text, first.start):
        return None
    if joint == "and" and not (lead and lead["word"].lower() == "between"):
        return None
    before = qualifiers.qualified(text, lead.start() if lead else first.start)
    start = lead.start() if lead else before.start() if before else first.start
    if share:
        return Phrase(start, second.end, None)
    ends = _ends(text[first.start : first.end].lower(), text[second.start : second.end].lower(), first, second, joint)
    if ends is None:
        return None
    end, behind = qualifiers.following(text, second.end)
    said = (before.group() if before and not _LEAST.match(before.group()) else "") + behind
    bounded = bool(qualifiers.kinds(said) & {AT_LEAST, UP_TO}) or "+" in text[second.start : second.end]
    return Phrase(start, end, None if bounded else Quantity(RANGE, ends[0], None, ends[1]))


def _ends(said: str, said_high: str, first: Mention, second: Mention, joint: str) -> tuple[int, int] | None:
    """Return both ends of a range: a scale of the second holds for the first, "2 to 3 million", "100-200,000"."""
    high = second.value
    low = number_words.amount(said) if first.value is None and re.fullmatch(number_words.digits, said) else first.value
    if low is None or high is None:
        return None
    factor = 1
    if low < 1_000 and not re.search(number_words.scale, said):
        if (shared := _shared(said_high, low, high, joint)) is None:
            return None
        factor, low = shared, low * shared
    if joint == "or" and (high <= low or not _next_to(int(low), high, factor)):
        return None
    whole = number_words.whole(low)
    return (whole, high) if whole is not None and whole < high else None


def _next_to(low: int, high: int, factor: int) -> bool:
    """Whether "N or M" are two neighbours, which a range says: six or seven, 30 or 40, two or three dozen."""
    step = high - low
    return step in (1, factor) or (low % step == 0 and str(step).rstrip("0") in ("1", "2", "5"))


def _shared(said_high: str, low: float, high: int, joint: str) -> int | None:
    """Return what of the upper end holds for the lower one too, 1 for nothing; None where it can be read in two ways."""
    if scales := re.search(
        rf"(?:{number_words.scale}(?:[-\s]+{number_words.scale})*|{number_words.short})\Z", said_high
    ):
        words = re.findall(r"[a-z]+", scales.group())
        factors = [prod(SHORT.get(word) or SCALES[word] for word in words[at:]) for at in range(len(words))]
        fitting = [factor for factor in factors if low * factor < high]
        return fitting[0] if fitting else None if factors[-1] > 1_000 else 1
    if low * 1_000 >= high:
        return 1
    round_number = re.fullmatch(r"(\d{1,3})((?:\D0{2,3})+)", said_high)
    if round_number is None or joint == "and" or low != int(low):
        return None
    return 10 ** len(re.sub(r"\D", "", round_number[2])) if low < int(round_number[1]) else 1
