"""What counts as a number in English text, and its value: digits, words, and both together.

Why: the closed list of the codebook is a question of spelling, and its patterns must run in linear time on any text. Here:
the patterns, and the value of what they match. Not here: qualifiers, ranges, shares and rates (`numbers.py`).
"""

import re
import unicodedata

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
    "lakh": 100_000,
    "lac": 100_000,
    "crore": 10_000_000,
    "dozen": 12,
    "score": 20,
}
SHORT = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "mil": 1_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
}
DECIMAL_POINT = str.maketrans("٫·．", "...")
DASH = "[-‐‑‒–—―−]"
MAX_DIGITS = 15
"""A longer value is no number of people, and beyond what a float holds exactly: it has no value."""

small = rf"(?:(?:{_TENS.replace(' ', '|')})(?:[-‐‑\s](?:{'|'.join(_UNITS.split()[:9])})\b)?|(?:{_UNITS.replace(' ', '|')}))\b"
scale = rf"(?:{'|'.join(SCALES)})\b"
short = rf"(?:{'|'.join(SHORT)})\b"
_group = rf"{scale}(?:[-\s]+{scale})*(?:[-\s]+(?:and[-\s]+)?{small})?"
_words = rf"(?:(?:an?\s+(?={scale})|{small}[-\s]+(?={scale}))?{_group}(?:[-\s]+{_group})*|{small})"
_space = r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]"
digits = (
    r"(?:(?<![\d,.])\d{1,3},\d{1,2}(?=\s?(?:million|billion|mln|bln|mn|bn|m)\b)|(?<!\d)\d{1,3}(?:[,٬،，_]\d{3})+(?!\d)|(?<!\d)\d{1,3}(?:['’]\d{3})+(?!\d)|(?<!\d)\d{1,2}(?:,\d{2}){1,5},\d{3}(?!\d)"
    rf"|(?<![\d,.])\d{{1,3}}(?:{_space}\d{{3}})+(?![\d,])|\d+)(?:[.٫．]\d+|·\d{{1,2}}(?!\d))?"
)
"""Digits of any script with the thousands marks in use: 1,200, 1 200, 1'200, 2,00,000, ١٬٢٠٠; and a decimal point, or 1,4 million."""
_half = (
    rf"(?:half[-\s](?:an?[-\s])?{scale}|(?:(?:an?|three)[-\s])?quarters?[-\s](?:of\s+)?(?:an?\s+)?{scale}"
    rf"|(?:{digits}|{small})[-\s]and[-\s](?:half|(?:an?|one|three)[-\s](?:half|quarters?))[-\s]{scale}"
    rf"|(?:an?|{digits}|{small})\s+{scale}\s+and\s+a\s+half\b)"
)
_part = r"(?:quarter|third|fifth|sixth|seventh|eighth|ninth|tenth)"
_fraction = (
    r"(?:(?<!first )(?<!second )(?<!latter )half(?=\s+(?:of|an?|the|its|their|his|her|this|that|all|were|are)\b)"
    rf"|one\s+in\s+(?:every\s+)?(?:an?\s+(?={scale}))?(?:\d+|[a-z]+)\b|(?:\d+|[a-z]+)\s+and\s+a\s+half\b"
    rf"|(?:an?|one)[-\s]{_part}(?=\s+(?:of|were|are)\b|\s*\()|one-{_part}\b"
    rf"|(?:two|three|four|five|six|seven|eight|nine)[-\s]{_part}s\b"
    rf"|(?:couple|pair)\s+of\s+{scale})"
)
THOUSANDS_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_mixed = (
    rf"(?:\d{{1,3}}\s[1-9][/⁄][2-9](?!\d)|\d+(?:[:/⁄]\d+)+(?!\d))(?:\s+{scale})?|\d\d?-\d\d?-\d{{2,4}}(?!\d)|0\d{{2,}}|\d{{1,3}}(?:,\d{{3}})*s\b|\d{{4}}s\b|\d+(?:\.\d+){{2,}}"
    rf"|\d{{1,3}}·\d{{3}}(?!\d)|\d+(?:\.\d+)?\s[Mm](?=\s*(?:[|;)]|\Z))|\d{{1,3}}\.\d{{3}}(?!\d)(?!\s*(?:{'|'.join(SCALES)}|{'|'.join(SHORT)})\b)"
    r"|(?:19|20)\d\d[-–]\d\d?(?!\d)(?:-\d\d?)?(?![\d,])"
)
"""Digits that stand for no whole number, or for one that cannot be known: 04:30, 1/2 million, 1990s, 250.000, 26 m, 2017-18."""
_ordinal = (
    r"\d+(?:st|nd|rd|th)\b|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)

_counted = (
    r"(?:people|persons?|individuals|residents|inhabitants|refugees|returnees|IDPs?|displaced|children|civilians)"
)
_counted_scale = rf"(?:{scale}|(?:lakh|lac|crore)s\b)"
MENTION = re.compile(
    r"(?=[\d¼-¾⅐-⅞]|\b[a-z])(?:"
    rf"(?P<ordinal>{_ordinal})|(?P<half>\b{_half})"
    rf"|(?P<fraction>\b{_fraction}|(?:\d+\s?)?[¼-¾⅐-⅞](?:\s+(?:of\s+)?(?:an?\s+)?{scale})?)|(?P<mixed>{_mixed})"
    rf"|(?P<decimal>{digits}(?!\d)(?:\s?(?:mln|bln|mil|mn|bn)\b|\s?[mk](?=\s+{_counted}\b)|{short}"
    rf"|(?:\+?[-\s]?{_counted_scale}(?:[-\s]{scale})*)?))"
    rf"|(?P<words>\b{_words})|(?P<plural>\b(?:{'|'.join(SCALES)})s\b)|(?P<digits>\d+))",
    re.IGNORECASE,
)
"""Finds a number, alternatives in order: what is left to `digits` is read as no value."""
SHARE_WORDS = re.compile(rf"half|one\s+in\s.*|(?:an?|one)[-\s]{_part}|\w+[-\s]{_part}s", re.IGNORECASE)
"""What of the fractions is a share of something; "two and a half" and "a couple of thousand" are none."""

_harm_noun = (
    r"(?:casualt\w+|injur(?:y|ies)|wounds|deaths?|dead|fatalit\w+|victims?|toll|loss(?:es)?|carnage|massacres?|bloodshed"
    r"|displacements?|exodus|graves?|killings?|bod(?:y|ies)|corpses?|martyrs)"
)
_harmed = r"(?:injured|wound\w*|died|dying|kill\w*|slain|maimed|displaced?|missing)"
_link = r"(?:\s|-){1,3}"
_between = r"(?!(?:where|which|when|after|as|to|that|since|with|and|or|in|on|from|before|but|while)\b)[\w’']{1,30}"
UNCOUNTED = re.compile(
    rf"\b(?<!how )(?:many|several|numerous)\b(?:{_link}{_between}){{0,3}}?{_link}(?:{_harm_noun}|{_harmed})\b"
    rf"|\b(?:heavy|mass|massive|widespread)\b(?:{_link}(?!\w{{1,20}}ing\b){_between}){{0,2}}?{_link}(?:{_harm_noun}|displaced)\b"
    rf"|\b(?P<among>(?:many|several)\s{{1,3}}of\s{{1,3}}(?:them|whom)\b)",
    re.IGNORECASE,
)
"""Finds casualty wording without a number; "many of them" is such wording only beside a word of harm."""
HARM = re.compile(rf"\b(?:{_harm_noun}|{_harmed})\b", re.IGNORECASE)


_letter = r"[^\W\d_²³¹⁰-⁹₀-₉]"
_CUT_OFF = re.compile(rf"(?!(?:ish|odd)\b){_letter}|\s[kb]\b|(?<=\b10)[²³⁴-⁹]", re.IGNORECASE)
"""What stands right behind digits that are not the whole of something: 155mm, 5万, 5 b, 10³."""
_WORD_BEFORE = re.compile(rf"(?<!\w)(?P<word>{_letter}+)[-‐‑]\Z|(?P<glued>{_letter})\Z|(?P<point>(?<!\w)[.٫·．])\Z")
"""What stands right before the digits of a name or of a longer word: T-72, M4, COVID-19, fourty-two; or of .5."""
_NAMED = re.compile(
    r"\b(?:Resolutions?|Route|Highway|Article|Annex|Chapter|Paragraph|Page|Flight|Channel|Nos?\.)\s*\Z|№\s*\Z|#\Z"
)
_NO_COUNT = re.compile(
    r"[-‐‑\s]*(?:years?|months?|weeks?|days?)[-‐‑\s]*olds?\b|\s+years?\s+of\s+age\b|\s*[ap]\.?m\b|\s*o[’']clock\b",
    re.IGNORECASE,
)
"""What makes a number an age or a time of day."""
_AGED = re.compile(
    r"\baged\s+\Z|\b(?:girl|boy|man|woman|child|son|daughter|mother|father|brother|sister|teenager|student|soldier),\s+\Z",
    re.IGNORECASE,
)


def value(match: re.Match[str], dotted: bool) -> int | None:
    """Return the value of a match of MENTION, None where it has none; `dotted`: the text writes 14.000 for thousands."""
    text = match.group().lower()
    if _counts_nothing(match, text):
        return None
    if match.lastgroup == "mixed" and THOUSANDS_DOTS.fullmatch(text) and (dotted or text.count(".") > 1):
        return whole(amount(text.replace(".", "")))
    if match.lastgroup == "half":
        return whole(_half_amount(text))
    return whole(amount(text)) if match.lastgroup in ("decimal", "words") else None


def _counts_nothing(match: re.Match[str], text: str) -> bool:
    """Whether a number is a part of a word, a name, an age or a time, or is written in a way that nobody would read alike."""
    string, start, end = match.string, match.start(), match.end()
    before = string[max(0, start - 30) : start]
    if (part := _WORD_BEFORE.search(before)) and (part["word"] or "").lower() not in SMALL.keys() | SCALES.keys():
        return True
    if (text[-1].isdigit() and _CUT_OFF.match(string, end)) or _NO_COUNT.match(string, end) or _NAMED.search(before):
        return True
    if _AGED.search(before) and (before.rstrip()[-1:] != "," or string[end : end + 1] in (",", ".")):
        return True
    if not text[0].isdigit():
        return False
    scripts = {ord(figure) - unicodedata.decimal(figure) for figure in text if figure.isdecimal()}
    return len(scripts) > 1 or (unicodedata.decimal(text[0]) == 0 and bool(re.match(r"\d+[^\w.٫·．]\d{3}", text)))


def whole(number: float) -> int | None:
    """Return a whole number of at most MAX_DIGITS digits as such; None for any other."""
    return int(number) if number < 10**MAX_DIGITS and number == int(number) else None


def amount(text: str) -> float:
    """Return the value of digits, words or both, in lower case; "two thousand three million" is no number."""
    total, current, last = 0.0, 0.0, float("inf")
    for part in re.findall(r"\d(?:[\d,٬،，_'’]|\s\d)*(?:[.٫．·]\d+)?|[a-z]+", text):
        if part[0].isdigit():
            pointed = re.sub(r"\A(\d{1,3}),(?=\d{1,2}\Z)", r"\1.", part).translate(DECIMAL_POINT)
            current += float(re.sub(r"[,٬،，_'’\s]", "", pointed))
        elif part in SMALL:
            current += SMALL[part]
        elif factor := SHORT.get(part) or SCALES.get(part) or SCALES.get(part.removesuffix("s")):
            if factor < 1_000:
                current = (current or 1.0) * factor
                continue
            if current and factor > last:
                return float("nan")
            total = total + (current or 1.0) * factor if current or not total else total * factor
            current, last = 0.0, factor
    return round(total + current, 6)


def _half_amount(text: str) -> float:
    """Return the value of half a million, a quarter of a million, one and a half million, a million and a half."""
    first, _, part = text.replace("-", " ").rpartition(" and ")
    factor = next(SCALES[word] for word in reversed(re.findall(r"[a-z]+", text)) if word in SCALES)
    more = 0.5 if "half" in part else 0.75 if "three" in part else 0.25
    before = amount(first) / (factor if re.search(scale, first) else 1)
    return (before + more) * factor // 1
