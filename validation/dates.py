"""Dates of reduced precision, read as intervals.

Why: a report may support only a year or a month. "2019-07" is every day of that month, so two dates contradict
each other only where their intervals cannot agree: 2019-07-07 is not after "2019-07".
Here: reading and checking such dates, and which day it is. Not here: what a date means for a claim (`rules.py`) or how it is written
for readers (`analysis/words.py`).
"""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

PATTERN = r"^(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?\Z"
"""ISO 8601 calendar date, to the year, the month or the day."""


def today() -> date:
    """Return the day in UTC: tables are written and checked in several time zones."""
    return datetime.now(UTC).date()


def latest_day() -> str:
    """Return the last day that is no day to come: tomorrow, which may have begun east of here."""
    return (today() + timedelta(days=1)).isoformat()


def first_day(dates: pd.Series) -> pd.Series:
    """Return the first day of each date: text in, datetime64 out; blank or impossible dates give NaT."""
    return _of_distinct(dates, 0)


def last_day(dates: pd.Series) -> pd.Series:
    """Return the last day of each date: text in, datetime64 out; blank or impossible dates give NaT."""
    return _of_distinct(dates, 1)


def _of_distinct(dates: pd.Series, end: int) -> pd.Series:
    """Read each distinct date once: tables repeat them, and every rule asks for those of its table."""
    codes, texts = pd.factorize(dates)
    days = np.array([*(_ends(str(text))[end] for text in texts), None], dtype="datetime64[us]")
    return pd.Series(days[codes], dates.index, name=dates.name)


@lru_cache(maxsize=20_000)
def _ends(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a date; None of what is none."""
    if not re.match(PATTERN, text):
        return None, None
    year, month, day = (int(text[at:to] or 0) for at, to in ((0, 4), (5, 7), (8, 10)))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None, None
    if day:
        return first, first
    return first, date(year, month or 12, calendar.monthrange(year, month or 12)[1])
