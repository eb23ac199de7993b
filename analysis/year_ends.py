"""Which published counts are states at the end of a year, and which claims stand beside them.

Why: a state at a 31 December belongs to the label of its year; one of another day, a newer release of the same count or a count of
a part of the people would lie over it. Here: choosing rows. Not here: drawing them (`figures/year_ends.py`,
`figures/small_multiples.py`), titles (`seen.py`).
"""

import pandas as pd

from analysis.tallies import current
from validation.vocabulary import CUMULATIVE, DISPLACEMENT, EVERYBODY, REFUGEES, STOCK

COUNTRY, YEAR_END = "country", "-12-31"


def of_country(counts: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return the counts of all who fled a country at the end of a year (`analysis.counts`), of each count and year the newest."""
    return _year_ends(counts, DISPLACEMENT, [country])


def by_host(counts: pd.DataFrame, country: str, places: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of refugees at the end of a year in each country of asylum; `places` is the table."""
    hosts = places.loc[(places["kind"] == COUNTRY) & (places["place_id"] != country), "place_id"]
    return _year_ends(counts, [REFUGEES], hosts)


def largest_hosts(hosts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the counts of the host countries with the largest last values, at most so many, these first."""
    last = hosts.sort_values("day", kind="stable").drop_duplicates(["place_id", "run"], keep="last")
    largest = last.groupby("place_id")["value"].max().sort_values(ascending=False, kind="stable").head(most)
    kept = hosts[hosts["place_id"].isin(largest.index)]
    rank = kept["place_id"].map({place: rank for rank, place in enumerate(largest.index)})
    return kept.assign(rank=rank).sort_values(["rank", "run", "day"], kind="stable").drop(columns="rank")


def totals(claims: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return the claims (the claims view) about all who fled a country, since the war began or at a date."""
    fits = claims["indicator"].isin(DISPLACEMENT) & claims["measure"].isin([CUMULATIVE, STOCK])
    fits &= (claims["place_id"] == country) & claims["population_group"].isin(EVERYBODY)
    return claims[fits & claims["value"].notna()]


def _year_ends(
    counts: pd.DataFrame, indicators: list[str] | tuple[str, ...], places: list[str] | pd.Series
) -> pd.DataFrame:
    rows = current(counts)
    fits = rows["indicator"].isin(indicators) & (rows["measure"] == STOCK) & rows["place_id"].isin(places)
    fits &= rows["population_group"].isin(EVERYBODY) & rows["period_end"].str.endswith(YEAR_END) & rows["value"].notna()
    newest = rows[fits].sort_values("published_day", kind="stable", na_position="first")
    return newest.drop_duplicates(["run", "period_end"], keep="last").sort_values(["run", "day"], kind="stable")
