"""Dates of reduced precision, read as intervals.

Why: a report may support only a year or a month. "2019-07" is every day of that month, so two dates contradict
each other only where their intervals cannot agree: 2019-07-07 is not after "2019-07".
Here: reading and checking such dates, and which day it is. Not here: what a date means for a claim (`rules.py`) or how it is written
for readers (`analysis/words.py`).
"""

from datetime import UTC, date, datetime, timedelta

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
    text = dates.astype("str")
    padded = text.where(text.str.len() != 4, text + "-01")
    padded = padded.where(padded.str.len() != 7, padded + "-01")
    return pd.to_datetime(padded, format="%Y-%m-%d", errors="coerce")


def last_day(dates: pd.Series) -> pd.Series:
    """Return the last day of each date: text in, datetime64 out; blank or impossible dates give NaT."""
    first = first_day(dates)
    length = dates.astype("str").str.len()
    day = pd.Timedelta(days=1)
    year_end = first + pd.DateOffset(years=1) - day
    month_end = first + pd.DateOffset(months=1) - day
    return first.mask(length == 4, year_end).mask(length == 7, month_end)
