"""Published counts by calendar year: one total of a publisher, and its kinds of violence where these add up to the total.

Why: the deadliest year is asked for first. Here: choosing among published counts (`counts.py`). Not here: their titles (`seen.py`).
"""

import pandas as pd

from analysis.counts import widest_by_year
from validation.vocabulary import EXACT, PERIOD, RANGE

MIN_KINDS = 2
"""Kinds that make a split."""
MIN_DAYS = 300
"""Days that a total of a year spans at least: what is counted may have begun in its course."""


def totals(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the total of each publisher by `year`, the publisher with most years first; a part of a year and a change of year have none."""
    rows = _with_year(widest_by_year(counts))
    size = rows.groupby("series_id")["value"].transform("size")
    ordered = rows.assign(_size=size).sort_values(["_size", "series_id", "year"], ascending=[False, True, True])
    return ordered.drop(columns="_size")


def kinds(counts: pd.DataFrame, total: pd.DataFrame) -> pd.DataFrame:
    """Return the series of the publisher of `total` that are parts, the largest first; none where they do not add up to it.

    A part may be named as one of a count beside the total (killed civilians of one kind are a part of all civilians), so that they
    add up in every year of the total decides.
    """
    if total.empty:
        return total
    parts = counts[(counts["measure"] == PERIOD) & counts["event_id"].isna() & counts["part_of"].notna()]
    parts = _with_year(parts[parts["organisation_id"] == total["organisation_id"].iloc[0]])
    parts = parts[parts["year"].isin(total["year"])]
    exact = parts["best"].notna() & parts["bound"].isin([EXACT, RANGE])
    added = parts.groupby("year")["value"].sum().reindex(total["year"]).fillna(0).to_numpy()
    if not exact.all() or parts["series_id"].nunique() < MIN_KINDS or (added != total["value"].to_numpy()).any():
        return parts.head(0)
    size = parts.groupby("series_id")["value"].transform("sum")
    ordered = parts.assign(_size=size).sort_values(["_size", "series_id", "year"], ascending=[False, True, True])
    return ordered.drop(columns="_size")


def _with_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `year` to the counts of whole years, of each series and year the newest; a quarter is no total of its year."""
    first, last = rows["start_first"], rows["end_last"]
    whole = (
        (first.dt.year == last.dt.year)
        & ((last - first).dt.days >= MIN_DAYS)
        & (last.dt.month == 12)
        & (last.dt.day == 31)
    )
    known = rows[whole & rows["value"].notna()]
    newest = known.sort_values("published_day", kind="stable", na_position="first").drop_duplicates(
        ["series_id", "end_last"], keep="last"
    )
    years: pd.DataFrame = newest.assign(year=newest["end_last"].dt.year.astype("int64")).sort_index()
    return years
