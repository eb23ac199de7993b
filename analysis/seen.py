"""Titles that say what is seen, made from the rows by rule; where the rows say nothing clear, what is drawn is said instead.

Why: a reader takes the title away, so it is never a judgement. Here: pure functions over rows that return a sentence. Not here: which rows
are drawn (`figures`), how dates and numbers are said (`words.py`).
"""

import pandas as pd

from analysis import words
from validation.vocabulary import (
    ALL_FIRE,
    FIRE_NOT_STATED,
    FIRES,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    by_code,
    labels,
)

MIN_YEARS = 3
"""Years that make a publisher's highest one worth a title."""


def last_counts(tallied: pd.DataFrame) -> str:
    """Return the last counts of the group that most organisations count, the lowest and the highest of them, each with who and when.

    `tallied` (published counts of one indicator) is not empty. Of an organisation, the largest of its last counts is taken.
    """
    of_all = tallied["by_fire"].isin([ALL_FIRE, FIRE_NOT_STATED]) | tallied["by_fire"].isna()
    rows = tallied.assign(side=tallied["by_fire"].mask(of_all, ""))
    last = (
        rows.sort_values("day", kind="stable").drop_duplicates("run", keep="last").sort_values("value", kind="stable")
    )
    largest = last.drop_duplicates(["population_group", "side", "organisation_id"], keep="last")
    groups = largest.groupby(["population_group", "side"], sort=False)["value"].agg(["size", "max"]).reset_index()
    top = groups.sort_values(["size", "side", "max"], ascending=[False, True, False], kind="stable").iloc[0]
    drawn = largest[(largest["population_group"] == top["population_group"]) & (largest["side"] == top["side"])]
    several = by_code(POPULATION_GROUPS)[top["population_group"]].several
    whom = by_code(SERIES_INDICATORS)[drawn["indicator"].iloc[0]].noun.format(several)
    by = f" by {labels(FIRES)[top['side']]}" if top["side"] else ""
    ends = [
        f"{row['said']} ({row['organisation']}, {words.date(row['period_end'])})"
        for row in (drawn.iloc[0], drawn.iloc[-1])[: len(drawn)]
    ]
    return f"Last count{'s' * (len(ends) > 1)} of {whom}{by}: {' to '.join(ends)}"


def deadliest(rows: pd.DataFrame, otherwise: str) -> str:
    """Return in which year deaths were highest; `rows`: yearly counts (`analysis.by_year`), the main publisher first.

    A publisher with no count for the year of another has no say in it. Where publishers differ, each is named with its year.
    """
    peaks: dict[str, int] = {}
    for name, counts in rows.groupby("in_text", sort=False):
        highest = counts.loc[counts["value"] == counts["value"].max(), "year"]
        if len(highest) == 1 and counts["year"].nunique() >= MIN_YEARS:
            peaks[str(name)] = int(highest.iloc[0])
    main = rows["in_text"].iloc[0] if len(rows) else None
    if main not in peaks:
        return otherwise
    judges = set(rows.loc[rows["year"] == peaks[main], "in_text"])
    found = {name: year for name, year in peaks.items() if name in judges}
    if len(set(found.values())) == 1:
        return f"Deaths were highest in {peaks[main]}"
    return "Deaths were highest " + words.listed([f"in {year} as {name} counts" for name, year in found.items()])


def without_count(rows: pd.DataFrame) -> str:
    """Return which publisher has no count for which of the years from the first to the last; blank where none is missing."""
    if rows.empty:
        return ""
    every = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    gaps = {str(name): sorted(set(every) - set(counts["year"])) for name, counts in rows.groupby("in_text", sort=False)}
    found = [f"by {name} for {words.listed(_spans(years))}" for name, years in gaps.items() if years]
    return f"We found no count {'; none '.join(found)}." if found else ""


def _spans(years: list[int]) -> list[str]:
    """Return years in words, three and more that follow one another as a span: 2011, 2013 to 2015."""
    runs = [list(run) for _, run in pd.Series(years).groupby(pd.Series(years).diff().ne(1).cumsum())]
    long = [[f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(year) for year in run] for run in runs]
    return [span for spans in long for span in spans]
