"""Which published counts are drawn over time, and which stand in a table.

Why: an event has single counts, counts of parts of it, of families, and running ones; only the last make a line. A total of
the whole war must not be drawn twice, once as it was published and once as it was corrected. Here: choosing among the
published counts (`counts.py`). Not here: drawing them (`figures/reference.py`), comparing them with claims (`comparison.py`).
"""

import pandas as pd

from analysis.selection import with_those_within
from validation.vocabulary import CUMULATIVE, PEOPLE, VAGUE


def of_event(counts: pd.DataFrame, events: pd.DataFrame, event_id: str) -> pd.DataFrame:
    """Return the counts of an event and of the events within it; `events` is the table."""
    return counts[counts["event_id"].isin(with_those_within([event_id], events, "event_id"))]


def over_time(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the values of people of the counts that have two or more dates; words, and what is for judging size only, are left out."""
    people = counts[(counts["unit"] == PEOPLE) & counts["use"].isna() & (counts["bound"] != VAGUE)]
    return people[people.groupby("run")["day"].transform("nunique") > 1]


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
