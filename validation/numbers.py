"""Numbers in English text: where they stand, what they say, and how their words bind them.

Why: every number of a report must be accounted for, and a claim must say exactly what the words say. Here: the numbers of
a text, and the reading of a phrase as bound, low, best and high, or as a share or a rate. Not here: what counts as a number
(`number_words.py`), which numbers are claims (a person decides, `curation`), and the bounds of words such as "hundreds",
which are data (`datasets/vague_quantities.csv`) and passed in. docs/evidence.md compares this reader with libraries.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from validation import number_words
from validation.number_words import HARM, MENTION, SCALES, SHARE_WORDS, SHORT, UNCOUNTED
from validation.quantity import Quantity

LOOK_BACK, LOOK_AHEAD = 80, 80
"""How many characters around a number may bind it: what keeps the reading of a long text linear."""
MAX_WORDS = 8
"""An estimate further from its number than a wording may reach does not bind it."""

FLOOR = (
    "more than|over|upwards of|upward of|no fewer than|not fewer than|no less than|not less than|at least|in excess of"
    "|exceed|exceeds|exceeding|exceeded|a minimum of|minimum of|above|greater than|higher than|larger than|north of|surpass"
    "|surpasses|surpassing|surpassed|top|tops|topped|topping"
)
CEILING = (
    "up to|upto|fewer than|less than|lower than|at most|at the most|no more than|not more than|no higher than|as many as"
    "|as high as|as much as|under|below|short of|shy of|a maximum of|maximum of|not exceeding|not exceed|never exceeded"
)
ABOUT = (
    "an estimated|estimated|some|around|nearly|near|close to|about|approximately|approx.|approx|roughly|almost|circa|ca.|est."
    "|approaching|perhaps|maybe|an approximate|in the region of|on the order of|of the order of|in the vicinity of"
    "|more or less|the estimated"
)
KINDS = {
    word: kind
    for kind, words in (("at_least", FLOOR), ("up_to", CEILING), ("about", ABOUT))
    for word in words.split("|")
}
_any = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(KINDS, key=len, reverse=True))
_qualifier = rf"\b(?<!\bthe )(?<!\bits )(?<!\btheir )top(?!\w)|\b(?!top\b)(?:{_any})(?!\w)"
_QUALIFIER = re.compile(rf"{_qualifier}|\bc\.|[~≈>≥<≤]", re.IGNORECASE)
SIGNS = {"~": "about", "≈": "about", "c.": "about", ">": "at_least", "≥": "at_least", "<": "up_to", "≤": "up_to"}
QUALIFIED = re.compile(rf"(?:(?:{_qualifier})\s+(?:an?\s+)?|\bc\.\s*|[~≈>≥<≤]\s*)+(?:the\s+)?\Z", re.IGNORECASE)
OPENERS = {word.split()[-1] for word in KINDS} | {*SIGNS, ".", "the", "a", "an"}
"""The last word or sign before a number that a qualifier can end on: other numbers need no look behind."""
AFTER = re.compile(
    r"(?:\+|[-\s]plus\b|-(?P<odd>odd)\b|-?(?P<ish>ish)\b"
    r"|\s+(?P<least>at\s+(?:the\s+very\s+)?least|at\s+a\s+minimum)(?=\s*(?:[.,;:)]|\Z))"
    r"|\s+(?:people\s+|persons\s+)?or\s+(?P<word>more|fewer|less|so|thereabouts)\b)",
    re.IGNORECASE,
)
PASSED = re.compile(
    r"(?P<counted>\b(?:toll|total|count|number)\s+(?:has\s+|had\s+)?)?\b(?P<verb>pass(?:ed|es)|cross(?:ed|es)|breached|past)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
MARK = re.compile(r"[-\s](?:person\s+|people\s+)?(?:mark|milestone|threshold)\b", re.IGNORECASE)

_word = r"(?!(?:and|but|while|which|who|whose|where|or)\b)[\w’'-]+"
ESTIMATE_BEFORE = re.compile(
    rf"\bestimat(?:e[sd]?|ing)(?:\s+that(?:\s+{_word}){{0,5}}|(?:\s+{_word}){{0,5}}?\s+(?:at|to(?:\s+have)?(?:\s+[a-z]+)?|as|of|is|was|are|were"
    r"|killed|displaced|wounded|injured)|:)?\s+\Z"
    rf"|\b(?:by|to|on)\s+(?:{_word}\s+){{0,4}}?estimates?,?\s+\Z",
    re.IGNORECASE,
)
"""An estimate in a verb or a noun before its number: "estimates that", "estimated the toll to be", "by one estimate,"."""
ESTIMATE_AFTER = re.compile(
    rf"(?:\s+{_word}){{0,4}}?\s+(?:is|are|was|were|been)\s+(?:\w+ly\s+)?estimated\b(?!\s+at\b)"
    rf"|(?:\s+{_word}){{0,5}}?,\s+(?:{_word}\s+){{1,4}}?estimate[sd]\b(?=\s*(?:[.,;”\"]|\Z))"
    rf"|(?:\s+{_word}){{0,2}}?\s*\((?:est\.?|estimated?|an\s+estimate)\)",
    re.IGNORECASE,
)

_percent = r"[-\s]{0,2}(?:%|٪|‰|per[-\s]?cent(?:age\s+points?)?\b|percentage\s+points?\b|pct\b)"
PERCENT = re.compile(_percent, re.IGNORECASE)
SHARE_AFTER = re.compile(
    r"[-\s]fold\b|\s+times\s+(?:as|more|higher|larger|greater|bigger|worse|fewer|less|the|what|that)\b", re.IGNORECASE
)
RATIO = re.compile(r"\s+(?P<joint>in|out\s+of)\s+(?P<every>every\s+)?", re.IGNORECASE)
RATIO_OF = {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1_000}
NO_RATIO = re.compile(
    r"\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?|hours?|minutes?|attacks?|strikes?|airstrikes?|raids?|villages?|towns?|cities|districts?"
    r"|provinces|camps?|incidents?|places|areas|locations|sites|separate|different|governorates|regions|countries|clashes|battles)\b",
    re.IGNORECASE,
)
_time = r"(?:day|week|month|year|hour|night|minute|fortnight)"
_inside = (
    r"(?!(?:in|within|over|for|on|after|during|of|since|until|by|at|from|such|and|or|but|before|once|twice|to|with|about|around"
    r"|than|when|every|each|per|daily)\b)[a-z’'-]+"
)
RATE_AFTER = re.compile(
    rf"(?:\s+{_inside}){{0,4}}?(?:\s+(?:(?:each|every|per)\s+(?:single\s+)?{_time}\b"
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
FIGURE = re.compile(r"[-\s](?:figure|digit)\b|\s+figures\b", re.IGNORECASE)
"""What makes "six" a word for a size and no number: "a six-figure sum"."""

JOINED = re.compile(rf"(?:{_percent})?(?P<joint>\s*[-–—]\s*|\s+to\s+|\s+and\s+|\s+or\s+)", re.IGNORECASE)
LEAD = re.compile(r"\b(?P<word>between|from)\s+(?:an?\s+estimated\s+)?\Z", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:rose|risen|rising|rises|up|down|fell|fallen|falling|falls|gr[eo]w\w*|increas\w+|decreas\w+|drop\w*|jump\w*|climb\w*|went|gone)"
    r"(?:\s+[a-z]+){0,3}\s+\Z",
    re.IGNORECASE,
)
"""Words that make "from N to M" a change and not a range."""
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{0,9})"
DATE = re.compile(
    rf"\b(?:between\s+\d{{1,2}}\s+and|\d{{1,2}}\s*(?:[-–]|to))\s*\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b"
    rf"|\b{MONTH}\s+\d{{1,2}}(?!\d)(?:\s*(?:[-–]|to\s)\s*\d{{1,2}}(?!\d))?(?:,?\s+(?:19|20)\d\d\b)?|\b\d{{1,2}}\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?\b|\b{MONTH},?\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
LONE_DIGITS = r"[^0-9]*[0-9]{1,3}(?:,[0-9]{3})*[^0-9]*"
"""One plain number in digits and no other: which digits they are does not change how many numbers are met."""
LONE_ONE = re.compile(
    r"\b(?:one|a\s+(?:single|lone))\s+(?:[a-z-]+\s+){0,2}?(?:person|man|woman|boy|girl|child|baby|infant|toddler|teenager|civilian|soldier"
    r"|fighter|rebel|militant|policeman|officer|resident|refugee|doctor|nurse|medic|paramedic|journalist|reporter|worker|rescuer|family"
    r"|dead|death|fatality|killed|wounded|injured|injury|victim|body|missing)\b",
    re.IGNORECASE,
)
"""A lone "one" of people: in running text the ledger does not count it, as a wording it is a claim of 1."""


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
    return [mention for mention, _ in _found(text, vague)]


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
        found.append(phrase if phrase.kind else _with_kind(text, phrase, last))
        last = found[-1].end
    return sorted(found, key=lambda phrase: phrase.start)


def read(wording: str, vague: Mapping[str, tuple[int, int]]) -> Quantity | None:
    """Read a wording that holds one quantity; None where it holds none, several, or no whole number.

    A wording about one person without any other number is exactly 1.
    """
    found = phrases(wording, vague)
    if not found and LONE_ONE.search(wording):
        return Quantity("exact", 1, 1, 1)
    return found[0].quantity if len(found) == 1 else None


def how_many(texts: pd.Series, vague: Mapping[str, tuple[int, int]]) -> pd.Series:
    """Count the numbers in each wording; blank has none, one about one person has one. Those read alike are read once."""
    alike = texts.fillna("")
    alone = alike.str.fullmatch(LONE_DIGITS).astype(bool)
    alike = alike.mask(alone, alike.str.replace(r"[0-9][0-9,]*", "9", regex=True))
    counts = {text: len(mentions(text, vague)) or int(bool(LONE_ONE.search(text))) for text in alike.unique()}
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


def _before(pattern: re.Pattern[str], text: str, start: int, last: int = 0) -> re.Match[str] | None:
    """Return the match of a pattern that ends at `start`, within the look-back and not before `last`."""
    return pattern.search(text, max(last, start - LOOK_BACK), start)


def _qualified(text: str, start: int, last: int = 0) -> re.Match[str] | None:
    """Return the qualifiers that end at `start`."""
    behind = text[max(last, start - LOOK_BACK) : start].rstrip().lower()
    word = behind[-1:] if not behind[-1:].isalnum() else re.split(r"[^\w]", behind[-20:])[-1]
    return _before(QUALIFIED, text, start, last) if word in OPENERS else None


def _one(text: str, mention: Mention, bounds: tuple[int, int] | None, last: int, following: int) -> Phrase:
    """Read one number with the qualifiers before and after it; a word of `bounds` keeps them unless a floor or ceiling binds it.

    "At least several hundred" is at least the smallest that the word may mean, "up to several hundred" at most the largest:
    the words say no more, and a range there would add an end that they deny.
    """
    start, end = mention.start, mention.end
    before = _qualified(text, start, last)
    said = before.group().lower() if before else ""
    start = before.start() if before else start
    if not before and (passed := _before(PASSED, text, start, last)) and (passed["counted"] or MARK.match(text, end)):
        said, start = "over", passed.start("verb")
    if after := AFTER.match(text, end):
        word = (after["word"] or after["odd"] or after["ish"] or "more").lower()
        said += {"more": " at least", "so": " about", "odd": " about", "ish": " about", "thereabouts": " about"}.get(
            word, " up to"
        )
        end = after.end()
    if bounds is not None:
        word_for = Quantity("vague", bounds[0], None, bounds[1])
        at_least, up_to = _bind(said, bounds[0]), _bind(said, bounds[1])
        bound = at_least if at_least.bound == "at_least" else up_to if up_to.bound == "up_to" else word_for
        return Phrase(start, end if bound != word_for else mention.end, bound)
    if mention.value is None:
        share = SHARE_WORDS.fullmatch(text, mention.start, mention.end)
        return Phrase(start, mention.end, None, "share" if share else "")
    if not said:
        start, end, said = _estimate(text, start, end, last, following)
    return Phrase(start, end, _bind(said, mention.value))


def _estimate(text: str, start: int, end: int, last: int, following: int) -> tuple[int, int, str]:
    """Return the span of a number with the estimate that binds it, and its qualifier; "" where none does."""
    near = "stimat" in text[max(last, start - LOOK_BACK) : start].lower()
    before = _before(ESTIMATE_BEFORE, text, start, last) if near else None
    if before and len(text[before.start() : end].split()) <= MAX_WORDS:
        return before.start(), end, "about"
    near = "est" in text[end : min(end + LOOK_AHEAD, following)].lower()
    after = ESTIMATE_AFTER.match(text, end, min(end + LOOK_AHEAD, following)) if near else None
    if after and len(text[start : after.end()].split()) <= MAX_WORDS:
        return start, after.end(), "about"
    return start, end, ""


def _kinds(said: str) -> set[str]:
    """Return the bounds that the qualifiers of a phrase imply."""
    found = (" ".join(match.group().lower().split()) for match in _QUALIFIER.finditer(said))
    return {KINDS.get(word) or SIGNS[word] for word in found}


def _bind(said: str, value: int) -> Quantity:
    """Bind a value by the qualifiers said: a floor or a ceiling outweighs an approximation."""
    kinds = _kinds(said)
    if "up_to" in kinds:
        return Quantity("up_to", None, value, value)
    if "at_least" in kinds:
        return Quantity("at_least", value, value, None)
    return Quantity("about", None, value, None) if kinds else Quantity("exact", value, value, value)


def _with_kind(text: str, phrase: Phrase, last: int) -> Phrase:
    """Return the phrase as the share or the rate that the words around it make it, with its sign; else as it is."""
    if share := PERCENT.match(text, phrase.end) or SHARE_AFTER.match(text, phrase.end):
        return replace(
            phrase, end=share.end() if PERCENT.match(share.group()) else phrase.end, quantity=None, kind="share"
        )
    behind = text[max(last, phrase.start - LOOK_BACK) : phrase.start].lower()
    before = any(word in behind for word in RATE_WORDS) and _before(RATE_BEFORE, text, phrase.start, last)
    if phrase.quantity and (before or RATE_AFTER.match(text, phrase.end, phrase.end + LOOK_AHEAD)):
        return replace(phrase, quantity=None, kind="rate")
    return phrase


def _two(text: str, first: Mention, second: Mention) -> Phrase | None:
    """Read two numbers as one phrase: a ratio, or a range."""
    between = text[first.end : min(second.start, first.end + LOOK_AHEAD)]
    if second.start - first.end > LOOK_AHEAD or (first.value is None and "." not in text[first.start : first.end]):
        return None
    return _ratio(text, first, second, between) or _range(text, first, second, between)


def _ratio(text: str, first: Mention, second: Mention, between: str) -> Phrase | None:
    """Read "two out of five" and "1 in 3" as a share, "12 deaths per 10,000" as a rate."""
    before = _qualified(text, first.start)
    start = before.start() if before else first.start
    if RATE_PER.fullmatch(between):
        return Phrase(start, second.end, None, "rate")
    ratio = RATIO.fullmatch(between)
    if not ratio or first.value is None or second.value is None or first.value >= second.value:
        return None
    if ratio["every"] or (second.value in RATIO_OF and not NO_RATIO.match(text, second.end, second.end + LOOK_AHEAD)):
        return Phrase(start, second.end, None, "share")
    return None


def _range(text: str, first: Mention, second: Mention, between: str) -> Phrase | None:
    """Read two numbers as one range: between N and M, from N to M, N to M, N-M, two or three."""
    joined = JOINED.fullmatch(between)
    if not joined or (second.value is None and not PERCENT.match(text, second.end)):
        return None
    lead = _before(LEAD, text, first.start)
    if lead and _before(CHANGE, text, lead.start()):
        return None
    joint = joined["joint"].strip().lower()
    if joint == "and" and not (lead and lead["word"].lower() == "between"):
        return None
    before = _qualified(text, lead.start() if lead else first.start)
    start = lead.start() if lead else before.start() if before else first.start
    if PERCENT.match(text, second.end):
        return Phrase(start, second.end, None)
    ends = _ends(text[first.start : first.end].lower(), text[second.start : second.end].lower(), first, second, joint)
    if ends is None:
        return None
    bounded = before is not None and bool(_kinds(before.group()) & {"at_least", "up_to"})
    return Phrase(start, second.end, None if bounded else Quantity("range", ends[0], None, ends[1]))


def _ends(said: str, said_high: str, first: Mention, second: Mention, joint: str) -> tuple[int, int] | None:
    """Return both ends of a range: a scale of the second holds for the first, "2 to 3 million", "100-200,000"."""
    high = second.value
    low = number_words.amount(said) if first.value is None and re.fullmatch(number_words.digits, said) else first.value
    if low is None or high is None or (joint == "or" and high != low + 1):
        return None
    scale = re.search(rf"(?:{number_words.scale}|{number_words.short})\Z", said_high)
    factor = (SHORT.get(scale.group()) or SCALES[scale.group()]) if scale else 1
    if not scale and joint not in ("and", "or") and re.fullmatch(r"\d{1,3}", said) and re.search(r"\D000\Z", said_high):
        factor = 1_000
    if low < 1_000 and not re.search(number_words.scale, said) and low * factor < high:
        low *= factor
    whole = number_words.whole(low)
    return (whole, high) if whole is not None and whole < high else None
