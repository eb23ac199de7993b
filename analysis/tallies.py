"""Which published counts are drawn over time, and which stand in a table.

Why: an event has single counts, counts of parts of it, of families, and running ones; only the last make a line. A total of
the whole war must not be drawn twice, once as it was published and once as it was corrected. Here: choosing among the
published counts (`counts.py`). Not here: drawing them (`figures/reference.py`), comparing them with claims (`comparison.py`).
"""

import pandas as pd

from analysis.counts import SAME_START, is_broken_without_date, is_whole_year
from analysis.selection import with_those_within
from validation.reference_rules import GRACE
from validation.vocabulary import CUMULATIVE, PEOPLE, PERIOD, VAGUE

MAX_GAP = 370
"""Days without a value that a line passes over: a year."""
ALIKE = 1.15
"""Periods are of one length where the longer is at most so many times the shorter: months and years are, a quarter and a year are not."""


def of_event(counts: pd.DataFrame, events: pd.DataFrame, event_id: str) -> pd.DataFrame:
    """Return the counts of an event and of the events within it; `events` is the table."""
    return counts[counts["event_id"].isin(with_those_within([event_id], events, "event_id"))]


def over_time(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the values of people of the counts that have two or more dates; words, and what is for judging size only, are left out."""
    people = counts[(counts["unit"] == PEOPLE) & counts["use"].isna() & (counts["bound"] != VAGUE)]
    return people[people.groupby("run")["day"].transform("nunique") > 1]


def in_lines(counts: pd.DataFrame, by: str = "series_id") -> pd.DataFrame:
    """Sort the values of each series as a line goes through them, and add `goes_on`: whether it joins a value to the one before.

    `by`: the column whose values have a line each. It joins values from one start, and periods of one length that follow on one
    another. It stops at a break, where a year or more has no value, and where a count that runs on falls; a series whose breaks have
    no date has none.
    """
    rows = counts.assign(
        _series=counts.groupby(by, sort=False).ngroup(),
        _days=(counts["end_last"] - counts["start_first"]).dt.days + 1,
    )
    runs_on = rows.groupby(["_series", "run"])["end_last"].transform("nunique") > 1
    rows = rows.assign(_period=(rows["measure"] == PERIOD) & rows["_days"].notna() & (~runs_on | is_whole_year(rows)))
    rows = rows.sort_values(["_series", "_period", "_days"], kind="stable")
    longer = rows["_days"] > ALIKE * rows.groupby(["_series", "_period"])["_days"].shift()
    rows = rows.assign(_line=longer.cumsum().where(rows["_period"], rows["run"]))
    line = ["_series", "_period", "_line"]
    rows = rows.sort_values([*line, "end_last", "published_day"], kind="stable", na_position="first")
    rows = rows.assign(_number=rows["value"].astype("float64").mask(rows["bound"] == VAGUE))
    before = rows.groupby(line)[["end_last", "_days", "_number"]].shift()
    ratio = rows["_days"] / before["_days"]
    between = (rows["start_first"] - before["end_last"]).dt.days - 1
    falls = (rows["_number"] < before["_number"]) & rows["measure"].isin([CUMULATIVE, PERIOD])
    near = (rows["end_last"] - before["end_last"]).dt.days <= MAX_GAP
    follows = ((between.abs() <= SAME_START.days) & ratio.between(1 / ALIKE, ALIKE)).where(
        rows["_period"], near & ~falls
    )
    broken = pd.Series([
        any(one < pd.Timestamp(date) - GRACE <= other for date, _ in dated)
        for one, other, dated in zip(before["end_last"], rows["end_last"], rows["dated_breaks"], strict=True)
    ], rows.index, dtype="bool")  # fmt: skip
    goes_on = follows & ~broken & ~is_broken_without_date(rows)
    return rows.assign(goes_on=goes_on).drop(columns=[*line, "_days", "_number"])


def catalogue(counts: pd.DataFrame) -> pd.DataFrame:
    """Return one row a series, and one a single count: who counts, whom, where, how many values, from when to when, the last.

    Columns: those of its last value, `values` (how many), `first_end` and `last_end` (the days of the first and the last),
    `is_series`. Sorted by publisher and title.
    """
    ordered = counts.sort_values("day", kind="stable")
    of_series = ordered.groupby("series_id")["period_end"]
    last = ordered.drop_duplicates("series_id", keep="last").set_index("series_id", drop=False)
    last = last.assign(
        values=of_series.size(),
        first_end=of_series.first(),
        last_end=of_series.last(),
        is_series=last["series_id"] != last["observation_id"],
    )
    return last.sort_values(["organisation", "title"], kind="stable").reset_index(drop=True)


def only_series(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a catalogue that are series."""
    return listed[listed["is_series"]]


def last_totals(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the last value of each total since the war began, the largest first."""
    last = current(counts[counts["measure"] == CUMULATIVE]).sort_values("day").drop_duplicates("series_id", keep="last")
    return last.sort_values("value", ascending=False, kind="stable")


def current(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of people that are of today: no release of which a newer one is among them, none for judging size only."""
    superseded = counts["release_of"].isin(counts["series_id"].unique())
    return counts[(counts["unit"] == PEOPLE) & counts["use"].isna() & ~superseded]
