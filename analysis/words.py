"""How numbers, dates and attributions are said to readers.

Why: a date to the month must never look like a day, and a number must never lose who said it; said once, here.
Here: values to short phrases. Not here: whole sentences about a claim, or anything that counts or compares.
"""

import calendar
import re

import pandas as pd

from validation.quantity import said_number
from validation.vocabulary import CUMULATIVE, STOCK

MONTHS = [calendar.month_name[month] for month in range(1, 13)]
NOT_KNOWN = "not known"
number = said_number


def date(value: object) -> str:
    """Describe a date of reduced precision: 2019, July 2019, 22 June 2019; blank is "not known"."""
    if not isinstance(value, str):
        return NOT_KNOWN
    year, *rest = value.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def period(start: object, end: object, measure: str) -> str:
    """Describe the period of a number, so that a state, an event and an accumulation cannot be mistaken."""
    if measure == STOCK:
        return f"at {date(end)}"
    if measure == CUMULATIVE and isinstance(start, str):
        return f"{date(start)} to {date(end)}, since the war began"
    if not isinstance(start, str):
        return f"until {date(end)} (start not given)" if isinstance(end, str) else NOT_KNOWN
    return date(end) if start == end else f"{date(start)} to {date(end)}"


def count(quantity: int, noun: str) -> str:
    """Count how many of something: 1 claim, 23 claims."""
    return f"{quantity:,} {noun}" + ("" if quantity == 1 else "s")


def quoted(wording: object) -> str:
    """Put a wording in quotation marks; those that it holds become single."""
    return "“" + str(wording).translate(str.maketrans('“”"', "‘’'")) + "”"


def listed(names: list[str]) -> str:
    """Join names: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def slug(text: str) -> str:
    """Make a part of a file name or a key of a text: "Idlib offensive, winter 2017-18" is idlib-offensive-winter-2017-18."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def said_by(name: pd.Series, via: pd.Series) -> pd.Series:
    """Describe who a number comes from, with the agency in between where the report names one."""
    return name.where(via.isna(), name + ", via " + via.fillna(""))


def remarks(claims: pd.DataFrame, whole_war: pd.Series) -> pd.Series:
    """Return what stands with the words of claims: that one is a total since the war began (`whole_war`), and of what it is a part."""
    both = [
        "; ".join(filter(None, ["since the war began" if total else "", part if isinstance(part, str) else ""]))
        for total, part in zip(whole_war, claims["part_of_said"], strict=True)
    ]
    return pd.Series(both, claims.index, dtype="str")


def source_line(rows: pd.DataFrame, most: int = 12) -> str:
    """Name the publishers of the rows drawn, each with its years: "TRT World (2019); The New Arab (2015)".

    `rows` needs the columns `publisher` and `published`. Of more than `most` publishers, those with most rows are named.
    """
    return str(source_lines(rows.assign(all=0), "all", most).get(0, ""))


def source_lines(rows: pd.DataFrame, by: str, most: int = 12) -> pd.Series:
    """Name the publishers of each group of rows, as `source_line` does for all: value of the column `by` to the line."""
    keys = [by, "publisher"]
    printed = rows[keys].assign(year=rows["published"].str[:4])
    counts = printed.groupby(keys).size()
    named = counts.groupby(level=0).rank(method="first", ascending=False) <= most
    years = (
        printed.drop_duplicates().set_index(keys).loc[lambda rows_of: rows_of.index.isin(named.index[named]), "year"]
    )
    years = years.sort_values().groupby(level=[0, 1]).agg(", ".join)
    lines: pd.Series = years.index.get_level_values("publisher") + " (" + years + ")"
    lines = lines.groupby(level=0).agg("; ".join)
    rest = (~named).groupby(level=0).sum()
    more = "; and " + rest[rest > 0].map(lambda left: count(left, "publisher")).astype("str") + " more"
    return lines + more.reindex(lines.index, fill_value="")


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
    """State the last value of each series of published counts, the largest first, for those who do not see the figure."""
    last = observations.sort_values("day").drop_duplicates("series_id", keep="last")
    last = last.sort_values("value", ascending=False, kind="stable")
    lines = [
        f"{row['title']}: {row['said']} at {date(row['period_end'])}" for row in last.head(most).to_dict("records")
    ]
    rest = len(last) - len(lines)
    return "; ".join([*lines, *([f"and {rest:,} more"] if rest else [])])
