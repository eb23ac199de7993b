"""Numbers in English text: where they stand, what they say, and how their words bind them.

Why: every number of a report must be accounted for, and a claim must say exactly what the words say. Here: the closed list
of what counts as a number (codebook), and the reading of a phrase as bound, low, best and high. Not here: which
numbers are claims (a person decides, `curation`), and the bounds of words such as "hundreds", which are data
(`datasets/vague_quantities.csv`) and passed in. docs/evidence.md compares this reader with libraries.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_UNITS.split(), start=1)} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "dozen": 12,
    "score": 20,
}
SHORT = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000, "bln": 1_000_000_000}

_small = rf"(?:(?:{_TENS.replace(' ', '|')})(?:[-‑\s](?:{'|'.join(_UNITS.split()[:9])})\b)?|(?:{_UNITS.replace(' ', '|')}))\b"
_scale = rf"(?:{'|'.join(SCALES)})\b"
_group = rf"{_scale}(?:[-\s]+{_scale})*(?:[-\s]+(?:and\s+)?{_small})?"
_words = rf"(?:(?:an?\s+(?={_scale})|{_small}[-\s]+(?={_scale}))?{_group}(?:[-\s]+{_group})*|{_small})"
_digits = r"(?:(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)|(?<![\d,.])\d{1,3}(?: \d{3})+(?![\d,])|\d+)(?:\.\d+)?"
_half = (
    rf"(?:half[-\s](?:an?\s+)?{_scale}|(?:(?:an?|three)[-\s])?quarters?[-\s](?:of\s+)?(?:an?\s+)?{_scale}"
    rf"|(?:{_digits}|{_small})[-\s]and[-\s]a[-\s]half[-\s]{_scale}|(?:an?|one)\s+{_scale}\s+and\s+a\s+half\b)"
)
_fraction = (
    r"(?:half(?=\s+(?:of|an?|the|its|their|his|her|this|that|all)\b)"
    r"|one\s+in\s+(?:\d+|[a-z]+)\b|(?:\d+|[a-z]+)\s+and\s+a\s+half\b"
    r"|(?:an?|one)[-\s](?:quarter|third|fifth|sixth|tenth)(?=\s+of\b)"
    r"|(?:two|three|four|five|nine)[-\s](?:quarters|thirds|fifths|sixths|tenths)\b"
    rf"|(?:couple|pair)\s+of\s+{_scale})"
)
_mixed = (
    rf"\d+(?:[:/]\d+)+(?!\d)(?:\s+{_scale})?|0\d{{2,}}|[\d,]*\ds\b|\d+(?:\.\d+){{2,}}"
    rf"|\d{{1,3}}\.\d{{3}}(?!\d)(?!\s*(?:{'|'.join(SCALES)}|{'|'.join(SHORT)})\b)"
    r"|(?:19|20)\d\d[-–]\d\d?(?!\d)(?:-\d\d?)?(?![\d,])"
)
"""Digits that stand for no whole number, or for one that cannot be told: 04:30, 1/2 million, 1990s, 250.000, 2017-18."""
_ordinal = (
    r"\d+(?:st|nd|rd|th)\b|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)
_plural = rf"(?:{'|'.join(SCALES)})s\b"

MENTION = re.compile(
    rf"(?P<ordinal>{_ordinal})|(?P<half>\b{_half})|(?P<fraction>\b{_fraction}|[¼-¾⅐-⅞](?:\s+{_scale})?)"
    rf"|(?P<mixed>{_mixed})|(?P<decimal>{_digits}(?!\d)(?:\s?(?:mln|bln|mn|bn)\b|(?:{'|'.join(SHORT)})\b|(?:[-\s]{_scale})*))"
    rf"|(?P<words>\b{_words})|(?P<plural>\b{_plural})|(?P<digits>\d+)",
    re.IGNORECASE,
)
"""Finds a number, alternatives in order: what is left to `digits` is read as no value."""

_harm = (
    r"(?:casualt\w+|injur\w+|wound\w*|deaths?|dead|died|kill\w*|fatalit\w+|victims?|toll|loss(?:es)?|carnage|massacres?"
    r"|bloodshed|displace\w*|exodus|graves?)"
)
UNCOUNTED = re.compile(
    rf"\b(?:many|several|numerous|heavy|mass|massive|widespread)\b(?:[-\s]+[\w’']+){{0,2}}?[-\s]+{_harm}\b",
    re.IGNORECASE,
)
"""Finds casualty wording without a number."""

FLOOR = (
    "more than|over|upwards of|upward of|no fewer than|not fewer than|no less than|not less than|at least|in excess of"
    "|exceeding|exceeded|a minimum of|minimum of|above|greater than|surpassing|surpassed|top|tops|topped|topping"
)
CEILING = "up to|upto|fewer than|less than|at most|at the most|no more than|not more than|as many as|under|below|a maximum of|maximum of|as much as"
ABOUT = (
    "an estimated|estimated|some|around|nearly|close to|about|approximately|approx.|roughly|almost|circa|approaching"
    "|an approximate|in the region of|on the order of|the estimated"
)
KINDS = {
    word: kind
    for kind, words in (("at_least", FLOOR), ("up_to", CEILING), ("about", ABOUT))
    for word in words.split("|")
}
_any = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(KINDS, key=len, reverse=True))
_QUALIFIER = re.compile(rf"\b(?:{_any})(?!\w)|\bc\.|[~≈>≥<≤]", re.IGNORECASE)
SIGNS = {"~": "about", "≈": "about", "c.": "about", ">": "at_least", "≥": "at_least", "<": "up_to", "≤": "up_to"}
LONE_DIGITS = r"[^0-9]*[0-9]{1,3}(?:,[0-9]{3})*[^0-9]*"
"""One plain number in digits and no other: which digits they are does not change how many numbers are met."""
QUALIFIED = re.compile(rf"(?:\b(?:{_any})\s+|\bc\.\s*|[~≈>≥<≤]\s*)+(?:the\s+)?\Z", re.IGNORECASE)
AFTER = re.compile(
    r"(?:\+|-plus\b|-(?P<odd>odd)\b|-?(?P<ish>ish)\b|\s+(?P<least>at\s+least)(?=\s*(?:[.,;:)]|\Z))"
    r"|\s+(?:people\s+|persons\s+)?or\s+(?P<word>more|fewer|less|so)\b)",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s*[-–—]\s*|\s+to\s+|\s+and\s+|\s+or\s+", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:rose|risen|rising|rises|up|down|fell|fallen|falling|falls|gr[eo]w\w*|increas\w+|decreas\w+|drop\w*|jump\w*|climb\w*|went|gone)\s+\Z",
    re.IGNORECASE,
)
"""Words that make "from N to M" a change and not a range."""
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]*)"
DATE = re.compile(
    rf"\b{MONTH}\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?\b|\b\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b|\b{MONTH},?\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """What words say: how they bind the number, and the values as the codebook fills them; None is blank."""

    bound: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True)
class Mention:
    """A number in a text: where it stands and its value, None where it has none (a fraction, a time, a word)."""

    start: int
    end: int
    value: int | None


@dataclass(frozen=True)
class Quantity:
    """A number with the words that bind it: one phrase, one reading (None: it stands for no whole number)."""

    start: int
    end: int
    reading: Reading | None


def mentions(text: str, vague: Mapping[str, tuple[int, int]]) -> list[Mention]:
    """Find every number of the closed list, in order: what the ledger must account for."""
    return [mention for mention, _ in _found(text, vague)]


def quantities(text: str, vague: Mapping[str, tuple[int, int]]) -> list[Quantity]:
    """Find every number with its qualifier; the two ends of a range, and the parts of a date, are one quantity."""
    dates = [match.span() for match in DATE.finditer(text)]
    found: list[Quantity] = [Quantity(start, end, None) for start, end in dates]
    numbers = [each for each in _found(text, vague) if not any(s <= each[0].start < e for s, e in dates)]
    at = 0
    while at < len(numbers):
        mention, word = numbers[at]
        joined = _range(text, mention, numbers[at + 1][0]) if at + 1 < len(numbers) and not word else None
        if joined is not None:
            found.append(joined)
            at += 2
            continue
        found.append(_one(text, mention, vague.get(word)))
        at += 1
    return sorted(found, key=lambda quantity: quantity.start)


def read(wording: str, vague: Mapping[str, tuple[int, int]]) -> Reading | None:
    """Read a wording that holds one quantity; None where it holds none, several, or no whole number."""
    found = quantities(wording, vague)
    return found[0].reading if len(found) == 1 else None


def how_many(texts: pd.Series, vague: Mapping[str, tuple[int, int]]) -> pd.Series:
    """Count the numbers of the closed list in each text; blank has none. Texts that are read alike are read once."""
    alike = texts.fillna("")
    alone = alike.str.fullmatch(LONE_DIGITS).astype(bool)
    alike = alike.mask(alone, alike.str.replace(r"[0-9][0-9,]*", "9", regex=True))
    counts = {text: len(mentions(text, vague)) for text in alike.unique()}
    return alike.map(counts).astype("int64")


@lru_cache(maxsize=8)
def _vague_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = [re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)


def _found(text: str, vague: Mapping[str, tuple[int, int]]) -> Iterator[tuple[Mention, str]]:
    """Yield mentions in order, each with the vague word that it is, or ""."""
    words = list(_vague_pattern(tuple(vague)).finditer(text)) if vague else []
    taken = [match.span() for match in words]
    found = [(Mention(match.start(), match.end(), None), " ".join(match.group().lower().split())) for match in words]
    for match in MENTION.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if not inside and match.lastgroup != "ordinal" and not _lone_one(match):
            found.append((Mention(match.start(), match.end(), _value(match)), ""))
            taken.append(match.span())
    found += [
        (Mention(match.start(), match.end(), None), "")
        for match in UNCOUNTED.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    yield from sorted(found, key=lambda each: each[0].start)


def _lone_one(match: re.Match[str]) -> bool:
    """Say whether this is "one" by itself, which the codebook does not count; "one or two" is a range."""
    rest = match.string[match.end() :]
    return match.group().lower() == "one" and not re.match(r"\s+(?:or|to)\s+(?:two|three)\b", rest, re.IGNORECASE)


def _value(match: re.Match[str]) -> int | None:
    if match.lastgroup not in ("decimal", "words", "half"):
        return None
    text = match.group().lower()
    if match.lastgroup == "half":
        return _half_value(text)
    return _whole(text)


def _half_value(text: str) -> int | None:
    """Read half a million, a quarter of a million, one and a half million, a million and a half."""
    text = text.replace("-", " ")
    scale = next(SCALES[word] for word in reversed(re.findall(r"[a-z]+", text)) if word in SCALES)
    if "quarter" in text:
        return scale * (3 if text.startswith("three") else 1) // 4
    if "and" not in text.split():
        return scale // 2
    whole = 1.0 if text.startswith(("a ", "an ", "one ")) else _amount(text.split(" and ", maxsplit=1)[0])
    return int((whole + 0.5) * scale)


def _amount(text: str) -> float:
    """Give the value of digits, words or both."""
    total, current = 0.0, 0.0
    for part in re.findall(r"\d[\d, ]*(?:\.\d+)?|[a-z]+", text):
        if part[0].isdigit():
            current += float(part.replace(",", "").replace(" ", ""))
        elif part in SMALL:
            current += SMALL[part]
        elif part in SHORT or part in SCALES:
            scale = SHORT.get(part) or SCALES[part]
            if scale < 1_000:
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
    return round(total + current, 6)


def _whole(text: str) -> int | None:
    """Give the value of digits, words or both; None where it is no whole number."""
    value = _amount(text)
    return int(value) if value == int(value) else None


def _one(text: str, mention: Mention, bounds: tuple[int, int] | None) -> Quantity:
    """Read one number with the qualifiers before and after it."""
    before = QUALIFIED.search(text[: mention.start])
    start = before.start() if before else mention.start
    after = AFTER.match(text, mention.end)
    end = after.end() if after else mention.end
    if bounds is not None:
        return Quantity(start, mention.end, Reading("vague", bounds[0], None, bounds[1]))
    if mention.value is None:
        return Quantity(start, mention.end, None)
    said = before.group().lower() if before else ""
    if after:
        word = (after.group("word") or after.group("odd") or after.group("ish") or "more").lower()
        said += {"more": " at least", "so": " about", "odd": " about", "ish": " about"}.get(word, " up to")
    return Quantity(start, end, _bound(said, mention.value))


def _kinds(said: str) -> set[str]:
    """Give the bounds that the qualifiers of a phrase imply."""
    found = (" ".join(match.group().lower().split()) for match in _QUALIFIER.finditer(said))
    return {KINDS.get(word) or SIGNS[word] for word in found}


def _bound(said: str, value: int) -> Reading:
    """Bind a value by the qualifiers said: a floor or a ceiling outweighs an approximation."""
    kinds = _kinds(said)
    if "up_to" in kinds:
        return Reading("up_to", None, value, value)
    if "at_least" in kinds:
        return Reading("at_least", value, value, None)
    return Reading("about", None, value, None) if kinds else Reading("exact", value, value, value)


def _range(text: str, first: Mention, second: Mention) -> Quantity | None:
    """Read two numbers as one range: between N and M, from N to M, N to M, N-M, two or three."""
    between = text[first.end : second.start]
    if not JOINED.fullmatch(between) or second.value is None:
        return None
    lead = re.search(r"\b(?P<word>between|from)\s+(?:an?\s+estimated\s+)?\Z", text[: first.start], re.IGNORECASE)
    if lead and CHANGE.search(text[: lead.start()]):
        return None
    said, high = text[first.start : first.end].lower(), second.value
    low = _amount(said) if first.value is None and re.fullmatch(_digits, said) else first.value
    if low is None:
        return None
    joint = between.strip().lower()
    if joint == "and" and not (lead and lead.group("word").lower() == "between"):
        return None
    if joint == "or" and high != low + 1:
        return None
    scale = re.search(rf"(?:{_scale}|(?:{'|'.join(SHORT)})\b)\Z", text[second.start : second.end].lower())
    if scale and low < 1_000 and not re.search(_scale, said):
        factor = SHORT.get(scale.group()) or SCALES[scale.group()]
        low = low * factor if low * factor < high else low
    if low >= high or low != int(low):
        return None
    before = QUALIFIED.search(text[: lead.start() if lead else first.start])
    start = lead.start() if lead else before.start() if before else first.start
    bounded = before is not None and bool(_kinds(before.group()) & {"at_least", "up_to"})
    return Quantity(start, second.end, None if bounded else Reading("range", int(low), None, high))
