"""The rules of reference series and their observations.

Why: a reader compares a claim with the official record, so the record must be as honest as the claims: one way of
counting a series, bounds as published, no fall of a cumulative count that nobody explains. Here: rules that concern
`series.csv` and `observations.csv`; their violation blocks the comparison alone. Not here: what may be compared
with what (`analysis/comparison.py`).
"""

from collections.abc import Iterator

import pandas as pd

from validation import dates
from validation.claim_rules import bounds_agree_with_values
from validation.rules import Wrong, is_one_of, rule
from validation.vocabulary import CUMULATIVE, INCIDENT, PERIOD, SERIES_INDICATORS, STOCK, sum_of


@rule("observations.bound", "observations")
def published_bounds_agree_with_values(observations: pd.DataFrame) -> Iterator[Wrong]:
    """As published: bounds as those of claims, but what is not printed may be blank (reference, how to read)."""
    yield from bounds_agree_with_values(observations, loose=True)


@rule("observations.period", "observations", "series")
def observations_have_the_dates_of_their_measure(observations: pd.DataFrame, series: pd.DataFrame) -> Iterator[Wrong]:
    """A stock has no start, everything else has one, and no period runs backwards (codebook, period_start)."""
    measure = observations["series_id"].map(series.drop_duplicates("series_id").set_index("series_id")["measure"])
    stock, start = measure == STOCK, observations["period_start"]
    yield Wrong("period_start", stock & start.notna(), "a stock has no beginning", "Leave it blank")
    wrong, problem = measure.notna() & ~stock & start.isna(), "period_start is blank, the series is {measure}"
    yield Wrong("period_start", wrong, problem, "Fill in the beginning", observations.assign(measure=measure))
    backwards = dates.first_day(start) > dates.last_day(observations["period_end"])
    yield Wrong("period_end", backwards, "{period_start} is after {period_end}", "Correct one of the dates")


@rule("observations.falls", "observations", "series", "breaks")
def cumulative_series_fall_only_with_a_reason(
    observations: pd.DataFrame, series: pd.DataFrame, breaks: pd.DataFrame
) -> Iterator[Wrong]:
    """A cumulative count does not fall without a break that says why (reference, what the tables hold)."""
    measure = observations["series_id"].map(series.drop_duplicates("series_id").set_index("series_id")["measure"])
    rows = observations[measure == CUMULATIVE]
    rows = rows.assign(day=dates.last_day(rows["period_end"]), value=rows["best"].fillna(rows["low"]))
    rows = rows.sort_values(["series_id", "day", "value"], kind="stable")
    rows = rows.assign(before=rows.groupby("series_id")["value"].shift())
    wrong = (rows["value"] < rows["before"]) & ~is_one_of(rows["series_id"], breaks["series_id"])
    problem = "{value} is less than {before} before it, and {series_id} has no break"
    yield Wrong("best", wrong, problem, "Explain it in breaks.csv", rows)


@rule("series.measure", "series")
def series_measure_what_they_can(series: pd.DataFrame) -> Iterator[Wrong]:
    """Deaths are no stock; the tally of an event is an incident or a period (codebook, measure)."""
    for term in SERIES_INDICATORS:
        wrong = (series["indicator"] == term.code) & series["measure"].notna() & ~series["measure"].isin(term.measures)
        yield Wrong("measure", wrong, "{indicator} cannot be {measure}", f"Use {' or '.join(term.measures)}")
    wrong = series["event_id"].notna() & ~series["measure"].isin([INCIDENT, PERIOD])
    problem = "a tally of {event_id} cannot be {measure}"
    yield Wrong("measure", wrong, problem, "Use incident or period, or leave event_id blank")


@rule("series.adds_to", "series")
def series_add_to_what_counts_others(series: pd.DataFrame) -> Iterator[Wrong]:
    """States at a date of one publisher, place and group are added, of what one indicator takes in (codebook, rules 6 and 11)."""
    known = series.drop_duplicates("series_id").set_index("series_id")
    rows = series[is_one_of(series["adds_to"], series["series_id"])]
    others = known.loc[rows["adds_to"]].set_index(rows.index)
    alike = ["organisation_id", "measure", "place_id", "population_group", "counts"]
    same = (rows[alike] == others[alike]).all(axis=1)
    pairs = zip(rows["indicator"], others["indicator"], strict=True)
    parts = pd.Series([part != other and sum_of(part, other) is not None for part, other in pairs], rows.index, bool)
    wrong = ~same | (rows["measure"] != STOCK) | ~parts
    problem = (
        "{series_id} and {adds_to} are not two parts of one indicator, at a date, of one publisher, place and group"
    )
    yield Wrong("adds_to", wrong, problem, "Leave it blank", rows)
    twice = is_one_of(rows["adds_to"], rows["series_id"])
    problem = "{series_id} adds to {adds_to}, which adds to another"
    yield Wrong("adds_to", twice, problem, "Let one of them be blank", rows)


@rule("series.observed", "observations")
def observations_are_distinct(observations: pd.DataFrame) -> Iterator[Wrong]:
    """Two observations of one series do not give two values for the same day of count and the same publication."""
    same = ["series_id", "period_start", "period_end", "publication"]
    twice = observations.duplicated(same) & ~observations.duplicated([*same, "best", "low"])
    problem = "{series_id} has another value for {period_end} in the same publication"
    yield Wrong("period_end", twice, problem, "Split the series, or add what differs")
