"""Titles that say what is seen, made from the rows by rule; where the rows say nothing clear, what is drawn is said instead.

Why: a reader takes the title away. Here: pure functions over rows that return a sentence. Not here: what is drawn (`figures`).
"""

import pandas as pd

from analysis import words

MIN_YEARS = 3
"""Years that make a publisher's highest one worth a title."""


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
