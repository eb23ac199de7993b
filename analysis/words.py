"""How numbers, dates and attributions are said to readers.

Why: a date to the month must never look like a day, and a number must never lose who said it; said once, here.
Here: values to short phrases. Not here: whole sentences about a claim, or anything that counts or compares.
"""

import calendar
import re

import pandas as pd

MONTHS = [calendar.month_name[number] for number in range(1, 13)]
NOT_KNOWN = "not known"


def date(value: object) -> str:
    """Say a date of reduced precision: 2019, July 2019, 22 June 2019; blank is "not known"."""
    if not isinstance(value, str):
        return NOT_KNOWN
    year, *rest = value.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def period(start: object, end: object, measure: str) -> str:
    """Say the period of a number, so that a state, an event and an accumulation cannot be mistaken."""
    if measure == "stock":
        return f"at {date(end)}"
    if measure == "cumulative" and isinstance(start, str):
        return f"{date(start)} to {date(end)}, since the war began"
    if not isinstance(start, str):
        return f"to {date(end)}, beginning not stated"
    return date(end) if start == end else f"{date(start)} to {date(end)}"


def number(value: float) -> str:
    """Say a whole number: 900, 200,000, 11 million. Only exact millions are shortened."""
    whole = int(value)
    if whole >= 1_000_000 and whole % 100_000 == 0:
        return f"{whole / 1_000_000:g} million"
    return f"{whole:,}"


def count(quantity: int, noun: str) -> str:
    """Say how many of something: 1 claim, 23 claims."""
    return f"{quantity:,} {noun}" + ("" if quantity == 1 else "s")


def quoted(wording: object) -> str:
    """Put a wording in quotation marks; those that it holds become single."""
    return "“" + str(wording).translate(str.maketrans('“”"', "‘’'")) + "”"


def slug(text: str) -> str:
    """Make a part of a file name or a key of a text: "Idlib offensive, winter 2017-18" is idlib-offensive-winter-2017-18."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def said_by(name: pd.Series, via: pd.Series) -> pd.Series:
    """Say who a number comes from, with the agency in between where the report names one."""
    return name.where(via.isna(), name + ", via " + via.fillna(""))


def source_line(rows: pd.DataFrame, most: int = 12) -> str:
    """Name the publishers of the rows drawn, each with its years: "TRT World (2019); The New Arab (2015)".

    `rows` needs the columns `publisher` and `published`. Of more than `most` publishers, those with most rows are named.
    """
    printed = rows.assign(printed=rows["published"].str[:4]).groupby("publisher")["printed"]
    named = printed.size().nlargest(most, keep="first").index
    listed = [
        f"{publisher} ({', '.join(sorted(of))})" for publisher, of in printed.unique().items() if publisher in named
    ]
    rest = printed.ngroups - len(listed)
    return "; ".join([*listed, *([f"and {count(rest, 'publisher')} more"] if rest else [])])


def in_short(rows: pd.DataFrame, what: str) -> str:
    """State what a figure of claims shows, for those who do not see it: how many, the smallest and the largest."""
    if rows.empty:
        return f"{what}: no claims."
    ranked = rows.sort_values("value")
    least, most = ranked.iloc[0], ranked.iloc[-1]
    ends = f"from {quoted(least['wording'])} ({least['said_by']}) to {quoted(most['wording'])} ({most['said_by']})"
    return f"{what}: {count(len(rows), 'claim')}" + (
        f", {ends}." if len(rows) > 1 else f", {quoted(most['wording'])} ({most['said_by']})."
    )


def latest(observations: pd.DataFrame, most: int = 6) -> str:
    """State the last value of each series of the reference view, the largest first, for those who do not see the figure."""
    last = observations.sort_values("day").drop_duplicates("series_id", keep="last")
    last = last.sort_values("value", ascending=False, kind="stable")
    told = [f"{row['title']}: {row['said']} at {date(row['period_end'])}" for row in last.head(most).to_dict("records")]
    rest = len(last) - len(told)
    return "; ".join([*told, *([f"and {rest:,} series more"] if rest else [])])
