"""Which days the words of a sentence name, resolved against the day of publication (codebook, period_start, period_end).

Why: most dates of a report are relative ("Sunday", "last week", "since February") and mean a day only beside another date.
Here: dates, ranges and spans of English text as dates of reduced precision, as precise as the words and the publication
support. Not here: which of them a number belongs to (`context.py`).
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from validation import dates

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!s)"
_YEAR = r"(?:19|20)\d\d"
_TH = r"(?:st|nd|rd|th)?"
_POINT = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?P<d0>\d{{1,2}}){_TH}\s*(?:and|to|[-–—])\s*(?P<d1>\d{{1,2}}){_TH}\s+(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|\b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?!\d){_TH}(?:\s*(?:to|[-–—])\s*(?P<d3>\d{{1,2}})(?!\d))?(?:,?\s+(?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<d4>\d{{1,2}}){_TH}\s+(?:of\s+)?(?P<m4>{_MONTH})(?:,?\s+(?P<y4>{_YEAR})\b)?"
    rf"|\b(?P<part>first|second|third|fourth|last)\s+(?P<unit>week|half|quarter)\s+of\s+(?:(?P<m5>{_MONTH})(?:,?\s+(?P<y5>{_YEAR})\b)?|(?P<y6>{_YEAR})\b)"
    rf"|\bfirst\s+(?P<count7>\w+)\s+months\s+of\s+(?P<y7>{_YEAR})\b"
    rf"|\b(?P<m8>{_MONTH})(?:\s+of)?,?\s+(?P<y8>{_YEAR})\b"
    rf"|(?<![-\d,.])(?P<y9>{_YEAR})(?![-\d]|,\d|\s+(?:people|civilians|families))"
    rf"|(?<![\w’'])(?P<m10>{_MONTH})(?![’'])",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(r",?\s+(?:of\s+)?(?P<which>this|last)\s+year\b", re.IGNORECASE)
_NEEDS_LEAD = re.compile(
    r"\b(?:in|since|of|during|until|till|by|from|to|and|through|throughout|between|early|late|mid|last|this|before|after|around)[\s-]+\Z"
    r"|\d\s*[-–—]\s*\Z",
    re.IGNORECASE,
)
"""What stands before a bare month or year; without it “May” and “2015” may be something else."""
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_N = rf"(?P<n>\d{{1,3}}|a|an|{'|'.join(_COUNTS)}|few|several|couple\s+of)"
_RELATIVE = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})\b"
    r"|\b(?P<yesterday>yesterday)\b|\b(?P<today>today|tonight|this morning|this afternoon)\b"
    r"|\b(?P<weekend>(?:at|over|during) the weekend|last weekend)\b"
    r"|\b(?P<which>last|this|(?:the\s+)?previous|the\s+past)\s+(?P<of>week|month|year)\b"
    rf"|\b(?:past|last|previous)\s+{_N}\s+(?P<span>days|weeks|months|years|hours)\b"
    rf"|\bin\s+{_N.replace('<n>', '<k>')}\s+(?P<kspan>days|weeks|months)\b"
    rf"|\b{_N.replace('<n>', '<ago>')}\s+(?P<ago_unit>days?|weeks?|months?|years?)\s+ago\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\b(?![^.;]*\bthen\b)[^.;:,]{0,90}\Z|\b(?:starting|beginning)\s+(?:in|on|from)\s+\Z", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:between|from)\s+(?:the\s+)?(?:early\s+|late\s+|mid-?\s*)?\Z", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|by|as of|up to)\s+(?:the\s+)?(?:(?:end|beginning|start)\s+of\s+|early\s+|late\s+|mid-?\s*)?\Z",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:and|to|until|till|through|[-–—])\s*(?:the\s+)?(?:early\s+|late\s+|mid-?\s*)?", re.IGNORECASE
)
_WAR = r"(?:(?!\w*\bs\b)[\w’'-]+\s+){0,3}?(?:war|conflict|uprising|revolution|hostilities)"
_WHOLE_WAR = re.compile(
    rf"\bsince\s+(?:the\s+)?(?:start|beginning|outbreak|onset|eruption)\s+of\s+(?:the\s+)?{_WAR}\b"
    rf"|\bsince\s+(?:the\s+|its\s+)?{_WAR}(?:\s+in\s+(?:the\s+)?[\w-]+)?\s+(?:first\s+)?(?:began|started|erupted|broke\s+out)\b"
    rf"|\b(?:the|this|that|civil|ensuing|year|year-old|years-long|long)[\s-]+{_WAR}(?:,[^,;.]{{1,60}},)?\s+(?:has|have|had)\s+(?:\w+\s+)?"
    rf"(?:left|killed|claimed|cost|displaced|driven|forced|uprooted|created|wounded|injured|taken)\b"
    rf"|\b(?:in|by|during|over)\s+(?:the\s+|more\s+than\s+|nearly\s+|almost\s+|over\s+)*(?:\w+|\d+)[\s-]years?(?:[\s-]old)?(?:\s+of)?\s+{_WAR}\b",
    re.IGNORECASE,
)
"""Words that count from the beginning of the war, or put the number down to the war as a whole."""


@dataclass(frozen=True)
class Stretch:
    """Days that words of a sentence name: where the words stand, first and last day ("" unknown), and how they bind a number.

    `since`: from a date until publication. `ongoing`: counted over days until publication or between two dates. `until`: up to
    a date. `whole_war`: since the war began.
    """

    start: int
    end: int
    first: str
    last: str
    since: bool = False
    ongoing: bool = False
    until: bool = False
    whole_war: bool = False


def stretches(sentence: str, published: str, began: str) -> list[Stretch]:
    """Return the days that a sentence names, in order; `published`, `began`: dates of reduced precision, "" where unknown."""
    found = [
        Stretch(match.start(), match.end(), began, published, since=True, whole_war=True)
        for match in _WHOLE_WAR.finditer(sentence)
    ]
    for stretch in (*_points(sentence, published), *_relatives(sentence, published)):
        if any(stretch.start <= other.end + 2 and other.start <= stretch.end + 2 for other in found):
            continue  # one date said twice: "Monday, 4 May"
        from_the_start = bool(began) and stretch.since and stretch.first[: len(began)] in (began, began[:4])
        found.append(replace(stretch, first=began, whole_war=True) if from_the_start else stretch)
    return sorted(found, key=lambda stretch: stretch.start)


@lru_cache(maxsize=10_000)
def ends(date: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of a date of reduced precision; None where it is no date."""
    one = pd.Series([date])
    first, last = dates.first_day(one)[0], dates.last_day(one)[0]
    return None if pd.isna(first) or pd.isna(last) else (first.date(), last.date())


def _number(said: str) -> int:
    said = " ".join(said.lower().split())
    if said.isdigit():
        return int(said)
    return _COUNTS.index(said) + 1 if said in _COUNTS else 1 if said in ("a", "an") else 0


def _month(name: str) -> int:
    return _NAMES.index(name[:3].lower()) + 1


def _dated(published: str, year: str | None, month: int, day: int | None = None) -> str:
    """Write a date; without a year the latest that does not lie after publication."""
    known = ends(published)
    if year is None and known is None:
        return ""
    number = int(year) if year else known[1].year if known else 0
    text = f"{number:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    span = ends(text)
    if year is None and known and span and span[0] > known[1]:
        text = f"{number - 1:04d}" + text[4:]
        span = ends(text)
    return text if span else ""


def _points(sentence: str, published: str) -> Iterator[Stretch]:
    """Yield what is named by the calendar: days, months, years, and ranges of them."""
    matches = [match for match in _POINT.finditer(sentence) if _is_date(match, sentence)]
    at, last_end = 0, 0
    while at < len(matches):
        match = matches[at]
        of_year = _OF_YEAR.match(sentence, match.end())
        span = _of_calendar(match, _year_said(of_year, published))
        end, following = match.end(), matches[at + 1] if at + 1 < len(matches) else None
        before = sentence[last_end : match.start()]
        joined = following is not None and _JOINT.fullmatch(sentence, match.end(), following.start())
        if span and following and joined and (_FROM.search(before) or not joined.group().strip().startswith("and")):
            until = _of_calendar(following, published)
            if until:
                if not re.search(_YEAR, match.group()):
                    span = _of_calendar(match, until[1]) or span
                yield Stretch(match.start(), following.end(), span[0], until[1], ongoing=True)
                at, last_end = at + 2, following.end()
                continue
        end = of_year.end() if of_year else end
        at, last_end = at + 1, end
        if span is None:
            continue
        if _SINCE.search(before):
            yield Stretch(match.start(), end, span[0], published, since=True)
        elif _UNTIL.search(before):
            yield Stretch(match.start(), end, "", span[1], until=True)
        elif _FROM.search(before) and re.search(r"\bfrom\s+\Z", before, re.IGNORECASE) and not match["d0"]:
            yield Stretch(match.start(), end, span[0], published, since=True)
        else:
            yield Stretch(match.start(), end, *span, ongoing=span[0] != span[1])


def _year_said(of_year: re.Match[str] | None, published: str) -> str:
    """Return the year that "last year" behind a day or month names, else the date of publication."""
    known = ends(published) if of_year else None
    return f"{known[1].year - 1:04d}" if of_year and known and of_year["which"].lower() == "last" else published


def _is_date(match: re.Match[str], sentence: str) -> bool:
    """Whether a bare month or year stands where one would; “may” and “march” are months with a capital alone."""
    month = next((match[name] for name in ("m1", "m2", "m4", "m5", "m8", "m10") if match[name]), "")
    if month and not month[0].isupper():
        return False
    if match["m10"] or match["y9"]:
        return bool(_NEEDS_LEAD.search(sentence, max(0, match.start() - 14), match.start()))
    return True


def _of_calendar(match: re.Match[str], published: str) -> tuple[str, str] | None:
    """Return the first and the last date that a match of _POINT names."""
    if match["iso"]:
        return (match["iso"], match["iso"]) if ends(match["iso"]) else None
    if match["d0"]:
        month = _month(match["m1"])
        pair = (
            _dated(published, match["y1"], month, int(match["d0"])),
            _dated(published, match["y1"], month, int(match["d1"])),
        )
    elif match["m2"]:
        month, year = _month(match["m2"]), match["y2"]
        first = _dated(published, year, month, int(match["d2"]))
        pair = first, _dated(published, year, month, int(match["d3"])) if match["d3"] else first
    elif match["d4"]:
        pair = (_dated(published, match["y4"], _month(match["m4"]), int(match["d4"])),) * 2
    elif match["part"]:
        pair = _part(match, published)
    elif match["count7"]:
        months = _number(match["count7"])
        pair = (f"{match['y7']}-01", f"{match['y7']}-{months:02d}") if 0 < months <= 12 else ("", "")
    elif match["m8"]:
        pair = (_dated(published, match["y8"], _month(match["m8"])),) * 2
    elif match["y9"]:
        pair = (match["y9"], match["y9"])
    else:
        pair = (_dated(published, None, _month(match["m10"])),) * 2
    return pair if all(pair) else None


def _part(match: re.Match[str], published: str) -> tuple[str, str]:
    """Return the days of a week of a month, or the months of a half or a quarter of a year."""
    order = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}[match["part"].lower()]
    unit = match["unit"].lower()
    if match["m5"]:
        month = _dated(published, match["y5"], _month(match["m5"]))
        days = ends(month)
        if days is None or unit == "quarter":
            return "", ""
        length, last = (7 if unit == "week" else 15), days[1].day
        first = last - length + 1 if order < 0 else 1 + order * length
        final = last if order < 0 or (unit == "half" and order) else first + length - 1
        return (f"{month}-{first:02d}", f"{month}-{final:02d}") if first <= last else ("", "")
    parts = {"half": 2, "quarter": 4}.get(unit, 0)
    if not parts or order >= parts:
        return "", ""
    length = 12 // parts
    first = (order % parts) * length + 1
    return f"{match['y6']}-{first:02d}", f"{match['y6']}-{first + length - 1:02d}"


def _relatives(sentence: str, published: str) -> Iterator[Stretch]:
    """Yield what is named by its distance from publication, as far as the date of publication is known."""
    known = ends(published)
    if known is None:
        return
    for match in _RELATIVE.finditer(sentence):
        span = _of_distance(match, published, known[1])
        if span is None:
            continue
        since = bool(_SINCE.search(sentence[: match.start()])) and not match["span"]
        first, last = (span[0], published) if since else span
        ongoing = bool(match["span"] or match["kspan"]) or (match["which"] or "").lower().endswith("past")
        ongoing = ongoing or (match["which"] or "").lower() == "this"
        yield Stretch(match.start(), match.end(), first, last, since=since, ongoing=ongoing)


def _of_distance(match: re.Match[str], published: str, today: datetime.date) -> tuple[str, str] | None:
    """Return the first and the last date that a match of _RELATIVE names; None where publication is not known so precisely."""
    to_the_day, to_the_month = len(published) == len("2000-01-01"), len(published) >= len("2000-01")
    unit = (match["of"] or match["span"] or match["kspan"] or match["ago_unit"] or "day").lower().rstrip("s")
    if (unit in ("day", "hour", "week") and not to_the_day) or (unit == "month" and not to_the_month):
        return None
    if match["weekday"]:
        back = (today.weekday() - _DAYS.index(match["weekday"][:3].lower())) % 7
        return (_back(today, back),) * 2
    if match["yesterday"] or match["today"]:
        return (_back(today, 1 if match["yesterday"] else 0),) * 2
    if match["weekend"]:
        back = (today.weekday() - _DAYS.index("sun")) % 7
        return _back(today, back + 1), _back(today, back)
    if match["which"]:
        return _named(unit, match["which"].lower().split()[-1], published, today)
    if match["ago_unit"]:
        count = _number(match["ago"])
        return (_earlier(unit, count, today),) * 2 if count else None
    count = _number(match["n"] or match["k"])
    return (_earlier(unit, count, today), published) if count else None


def _named(unit: str, which: str, published: str, today: datetime.date) -> tuple[str, str]:
    """Return last, this or the past week, month or year."""
    if which == "past":
        return _earlier(unit, 1, today), published
    last = which in ("last", "previous")
    if unit == "week":
        monday = today.weekday() + (7 if last else 0)
        return _back(today, monday), _back(today, monday - 6) if last else published
    one = _earlier(unit, 1, today) if last else _earlier(unit, 0, today)
    return one, one if last else published


def _back(today: datetime.date, days: int) -> str:
    return (today - datetime.timedelta(days=days)).isoformat()


def _earlier(unit: str, count: int, today: datetime.date) -> str:
    """Return the date that lies so many days, weeks, months or years before, at the precision of that unit."""
    if unit in ("day", "week", "hour"):
        return _back(today, count * {"day": 1, "week": 7, "hour": 0}[unit] + (unit == "hour"))
    if unit == "year":
        return f"{today.year - count:04d}"
    months = today.year * 12 + today.month - 1 - count
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
