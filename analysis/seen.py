"""Titles that say what is seen, made from the rows by rule; where the rows say nothing clear, what is drawn is said instead.

Why: a reader takes the title away, so it is never a judgement. Here: pure functions over rows that return a sentence. Not here: which rows
are drawn (`figures`), how dates and numbers are said (`words.py`).
"""

import pandas as pd

from analysis import words
from validation.quantity import has_no_number
from validation.vocabulary import (
    ABOUT,
    ALL_FIRE,
    AT_LEAST,
    DISPLACEMENT,
    EXACT,
    FIRE_NOT_STATED,
    FIRES,
    PEOPLE,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    UP_TO,
    VAGUE,
    by_code,
    labels,
)

MIN_YEARS = 3
"""Years of which one can be called the highest."""


def last_counts(tallied: pd.DataFrame) -> str:
    """Return the last counts of the group that most organisations count, the lowest and the highest of them, each with who and when.

    `tallied` (published counts of one indicator) is not empty. Of an organisation, the largest of its last counts is taken. Where
    one published count is drawn, it is said what it counts: others of the event may count something else since.
    """
    if (tallied["run"] == tallied["run"].iloc[0]).all():
        only = tallied.sort_values("day", kind="stable").iloc[-1]
        return f"{only['title']}: {only['said']}, {words.date(only['period_end'])}"
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


def highest(counts: pd.DataFrame, what: str, otherwise: str) -> str:
    """Return the highest of published counts, who published it and when: "`what`: 5 (A, 1 June 2019)"; words such as "hundreds" cannot be."""
    ranked = counts[counts["bound"] != VAGUE].sort_values(["value", "day"], ascending=[False, True], kind="stable")
    if ranked.empty:
        return otherwise
    top = ranked.iloc[0]
    return f"{what}: {top['said']} ({top['organisation']}, {words.date(top['period_end'])})"


def with_known_highest(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the published counts that may be the highest: no ceiling, range or word; none where a ceiling or a range may be higher."""
    unsure = _is_unsure(counts)
    known = counts[~unsure]
    beyond = counts.loc[unsure & (counts["bound"] != VAGUE), "high"] > known["value"].max()
    return known.head(0) if known.empty or beyond.any() else known


def with_known_peak(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly counts of the publishers that give a number for every year; none where the first publisher does not."""
    unsure = rows.loc[_is_unsure(rows), "in_text"]
    return rows.head(0) if rows["in_text"].head(1).isin(unsure).any() else rows[~rows["in_text"].isin(unsure)]


def _is_unsure(counts: pd.DataFrame) -> pd.Series:
    """Whether each is a ceiling, a range without a best or a word: what it comes to may be far less than it says."""
    return has_no_number(counts) | (counts["bound"] == UP_TO)


def last_value(counts: pd.DataFrame) -> str:
    """Return the last value of a published count, and for when it is; `counts` is not empty."""
    last = counts.sort_values("day", kind="stable").iloc[-1]
    return f"Last value: {last['said']} ({words.date(last['period_end'])})"


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


def most_at_year_ends(counts: pd.DataFrame) -> str:
    """Return at the end of which year each kind of people peaked, where all who counted them agree; "" where none is known.

    `counts`: published counts at the end of years (`analysis.year_ends`). Sums of ours, floors and words cannot say it.
    """
    ranked = counts[~counts["ours"] & counts["bound"].isin([EXACT, ABOUT]).groupby(counts["run"]).transform("all")]
    by_run = ranked.groupby("run")["value"]
    top = ranked[(ranked["value"] == by_run.transform("max")) & (by_run.transform("size") >= MIN_YEARS)]
    years = top.assign(year=top["day"].dt.year).groupby("indicator")["year"].unique()
    agreed = {name: years[name][0] for name in DISPLACEMENT if name in years.index and len(years[name]) == 1}
    if not agreed:
        return ""
    nouns = (by_code(SERIES_INDICATORS)[name].noun.format(PEOPLE) for name in agreed)
    first, *others = (f"{noun} at the end of {year}" for noun, year in zip(nouns, agreed.values(), strict=True))
    peaked = first.replace(" at the end", " peaked at the end", 1)
    return ", ".join([f"{peaked[:1].upper()}{peaked[1:]}", *others])


def first_is_largest(counts: pd.DataFrame) -> bool:
    """Whether the first of published counts is larger than any other can be: nobody knows where a floor, a range or a word ends."""
    number = counts["best"].where(~counts["bound"].isin([AT_LEAST, UP_TO]))
    least = number.fillna(counts["low"]).fillna(0).iloc[0]
    most = number.fillna(counts["high"]).iloc[1:]
    return bool(most.notna().all() and (most < least).all())


def most_hosted(hosts: pd.DataFrame) -> str:
    """Return which of the countries counted had the most refugees at the end of the last year; "" where another may be as large.

    `hosts`: published counts of refugees by country of asylum at the end of years.
    """
    last = hosts[hosts["day"] == hosts["day"].max()].sort_values("value", ascending=False, kind="stable")
    largest = last.drop_duplicates("place_id")
    if len(largest) < 2 or not first_is_largest(largest):
        return ""
    top = largest.iloc[0]
    return f"Of {len(largest)} host countries, {top['place_name']} had the most refugees at the end of {top['day'].year}: {top['said']}"


def total_and_parts(claims: pd.DataFrame) -> str:
    """Return what a chart of totals with their parts shows; `claims`: the claims view, wholes and parts."""
    wholes = claims[claims["claim_id"].isin(claims["part_of"])]
    if len(wholes) != 1:
        return "Totals of displaced people that reports divide"
    whole = wholes.iloc[0]
    parts = words.count(int((claims["part_of"] == whole["claim_id"]).sum()), "part")
    return f"{words.quoted(whole['wording'])} in {parts}, with published counts"
