"""Titles of charts that say what is seen, by rule over the rows drawn; never a judgement.

Here: rows to one sentence. Not here: which rows are drawn, how dates and numbers are said (`words.py`).
"""

import pandas as pd

from analysis import words
from validation.vocabulary import ABOUT, DISPLACEMENT, EXACT, PEOPLE, SERIES_INDICATORS, by_code

MIN_YEARS_SEEN = 3
"""Values of a count of which one can be called the largest."""


def most_at_year_ends(counts: pd.DataFrame) -> str:
    """Return at the end of which year each kind of people peaked, where all who counted them agree; "" where none is known.

    `counts`: published counts at the end of years (`analysis.year_ends`). Sums of ours, floors and words cannot say it.
    """
    ranked = counts[~counts["ours"] & counts["bound"].isin([EXACT, ABOUT]).groupby(counts["run"]).transform("all")]
    by_run = ranked.groupby("run")["value"]
    top = ranked[(ranked["value"] == by_run.transform("max")) & (by_run.transform("size") >= MIN_YEARS_SEEN)]
    years = top.assign(year=top["day"].dt.year).groupby("indicator")["year"].unique()
    agreed = {name: years[name][0] for name in DISPLACEMENT if name in years.index and len(years[name]) == 1}
    if not agreed:
        return ""
    nouns = (by_code(SERIES_INDICATORS)[name].noun.format(PEOPLE) for name in agreed)
    first, *others = (f"{noun} at the end of {year}" for noun, year in zip(nouns, agreed.values(), strict=True))
    peaked = first.replace(" at the end", " peaked at the end", 1)
    return ", ".join([f"{peaked[:1].upper()}{peaked[1:]}", *others])


def most_hosted(hosts: pd.DataFrame) -> str:
    """Return which of the countries counted had the most refugees at the end of the last year; "" where two are as large.

    `hosts`: published counts of refugees by country of asylum at the end of years.
    """
    last = hosts[hosts["day"] == hosts["day"].max()].sort_values("value", ascending=False, kind="stable")
    largest = last.drop_duplicates("place_id")
    if len(largest) < 2 or largest["value"].iloc[0] == largest["value"].iloc[1]:
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
