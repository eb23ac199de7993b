"""The rules of published counts and of the series that some of them are values of.

Why: a reader compares a claim with what others counted, so the published counts must be as honest as the claims: one way of
counting a series, bounds as published, no fall of a cumulative count that nobody explains. Here: rules that concern
`series.csv`, `observations.csv` and `breaks.csv`; their violation blocks the comparison alone. Not here: what may be
compared with what (`analysis/comparison.py`).
"""

from collections.abc import Iterator

import pandas as pd

from validation import dates
from validation.claim_rules import bounds_agree_with_values
from validation.place_rules import Ground
from validation.rules import Wrong, is_cyclic, is_one_of, rule
from validation.vocabulary import ABOUT, CUMULATIVE, HARM, INCIDENT, PERIOD, SERIES_INDICATORS, STOCK, sum_of

COUNTED = [
    "organisation_id", "indicator", "population_group", "unit", "measure", "place_id", "event_id", "by_fire", "kind",
]  # fmt: skip
"""What a published count counts; the values of one series agree in it."""

GRACE = pd.Timedelta(days=3)
"""A break dated so shortly after a count belongs to that count: it was published then."""


@rule("observations.bound", "observations")
def published_bounds_agree_with_values(observations: pd.DataFrame) -> Iterator[Wrong]:
    """As published: bounds as those of claims, but what is not printed may be blank (reference, how to read)."""
    yield from bounds_agree_with_values(observations, loose=True)


@rule("observations.period", "observations")
def observations_have_the_dates_of_their_measure(observations: pd.DataFrame) -> Iterator[Wrong]:
    """A stock has no start, and no period runs backwards (codebook, period_start); a start may not have been printed."""
    start = observations["period_start"]
    stock = observations["measure"] == STOCK
    yield Wrong("period_start", stock & start.notna(), "a stock has no beginning", "Leave it blank")
    backwards = dates.first_day(start) > dates.last_day(observations["period_end"])
    yield Wrong("period_end", backwards, "{period_start} is after {period_end}", "Correct one of the dates")


@rule("observations.falls", "observations", "breaks")
def running_counts_fall_only_with_a_reason(observations: pd.DataFrame, breaks: pd.DataFrame) -> Iterator[Wrong]:
    """A count that runs on from one start does not fall without a break that says why (reference, what the tables hold)."""
    rows = observations[observations["measure"].isin([CUMULATIVE, PERIOD]) & observations["series_id"].notna()]
    # Of a tally only what was counted is compared: "more than 770" may follow 815, and 948 "about 950".
    total = rows["measure"] == CUMULATIVE
    counted = rows["best"].where(total | (rows["bound"] != ABOUT)).fillna(rows["low"].where(total))
    start = rows["period_start"].fillna("").where(rows["measure"] == PERIOD, "")
    rows = rows.assign(day=dates.last_day(rows["period_end"]), value=counted, start=start)
    rows = rows[rows["value"].notna()].sort_values(["series_id", "start", "day", "value"], kind="stable")
    one = rows.groupby(["series_id", "start"])
    rows = rows.assign(before=one["value"].shift(), day_before=one["day"].shift())
    wrong = (rows["value"] < rows["before"]) & ~_breaks_between(rows, breaks)
    problem = "{value} is less than {before} before it, and {series_id} has no break between the two"
    yield Wrong("best", wrong, problem, "Explain it in breaks.csv", rows)


def _breaks_between(rows: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """Whether the series of each count has a break after `day_before` that is dated no more than some days after `day`, or one without a date."""
    pairs = rows[["series_id", "day_before", "day"]].reset_index(names="row").merge(breaks, on="series_id")
    after, by = (
        dates.last_day(pairs["date"]) > pairs["day_before"],
        dates.first_day(pairs["date"]) <= pairs["day"] + GRACE,
    )
    return pd.Series(rows.index.isin(pairs.loc[pairs["date"].isna() | (after & by), "row"]), rows.index)


@rule("observations.twice", "observations")
def no_count_stands_twice(observations: pd.DataFrame) -> Iterator[Wrong]:
    """One published count is one row, wherever it was seen; two series, or two releases of one, may have one value (codebook, rule 11)."""
    title, day, address = (observations[name].fillna("") for name in ("publication", "published", "url"))
    page, single = title + "\x1f" + day + "\x1f" + address, observations["series_id"].isna()
    rows = observations.assign(
        start=dates.first_day(observations["period_start"]),
        day=dates.last_day(observations["period_end"]),
        page=page,
        # Two raids of a day may have one number of dead: only an event, or the same page, says that they are one.
        seen=page.where((observations["measure"] == INCIDENT) & observations["event_id"].isna()),
    )
    same = [*COUNTED, "start", "day", "bound", "low", "best", "high"]
    first = rows.groupby([*same, "seen"], dropna=False)["observation_id"].transform("first")
    one_is_single = single | first.isin(rows.loc[single, "observation_id"])
    wrong = (rows.duplicated([*same, "seen"]) & one_is_single) | rows.duplicated([*same, "page", "series_id"])
    problem = "{observation_id} is the same count as {first}"
    yield Wrong("observation_id", wrong, problem, "Delete one of them", rows.assign(first=first))


@rule("observations.measure", "observations")
def counts_measure_what_they_can(observations: pd.DataFrame) -> Iterator[Wrong]:
    """Deaths are no stock; the tally of an event is an incident or a period (codebook, measure)."""
    for term in SERIES_INDICATORS:
        counted = observations["indicator"] == term.code
        wrong = counted & observations["measure"].notna() & ~observations["measure"].isin(term.measures)
        yield Wrong("measure", wrong, "{indicator} cannot be {measure}", f"Use {' or '.join(term.measures)}")
    wrong = observations["event_id"].notna() & ~observations["measure"].isin([INCIDENT, PERIOD])
    problem = "a count of {event_id} cannot be {measure}"
    yield Wrong("measure", wrong, problem, "Use incident or period, or leave event_id blank")


@rule("observations.by_fire", "observations")
def counts_of_harm_say_by_whose_fire(observations: pd.DataFrame) -> Iterator[Wrong]:
    """By whose fire is part of what is counted, where people were harmed, and of nothing else (docs/comparison.md)."""
    harm = observations["indicator"].isin([term.code for term in SERIES_INDICATORS if term.topic is HARM])
    blank = observations["by_fire"].isna()
    yield Wrong("by_fire", harm & blank, "it is blank, and people were harmed", "Say whose attacks, or not_stated")
    known = observations["indicator"].notna() & ~harm & ~blank
    yield Wrong("by_fire", known, "{indicator} happens in nobody’s attacks", "Leave it blank")


@rule("observations.series", "observations")
def values_of_a_series_count_the_same(observations: pd.DataFrame) -> Iterator[Wrong]:
    """A series is one publisher counting one thing in one way (reference, what the tables hold)."""
    rows = observations[observations["series_id"].notna()]
    firsts = rows.drop_duplicates("series_id").set_index("series_id")[COUNTED]
    first = firsts.loc[rows["series_id"]].set_index(rows.index)
    for name in COUNTED:
        differs = rows[name].fillna("") != first[name].fillna("")
        problem = f"another value of {{series_id}} has {{first}}, this one {{{name}}}"
        yield Wrong(name, differs, problem, "Correct it, or split the series", rows.assign(first=first[name]))


@rule("series.adds_to", "series", "observations")
def series_add_to_what_counts_others(series: pd.DataFrame, observations: pd.DataFrame) -> Iterator[Wrong]:
    """States at a date of one publisher, place and group are added, of what one indicator takes in (codebook, rules 6 and 11)."""
    counted = observations.drop_duplicates("series_id").set_index("series_id")[COUNTED]
    rows = series[is_one_of(series["adds_to"], observations["series_id"])]
    rows = rows[is_one_of(rows["series_id"], observations["series_id"])]
    own, others = (counted.loc[rows[name]].set_index(rows.index) for name in ("series_id", "adds_to"))
    alike = ["organisation_id", "measure", "place_id", "population_group", "unit"]
    pairs = zip(own["indicator"], others["indicator"], strict=True)
    parts = pd.Series([part != other and sum_of(part, other) is not None for part, other in pairs], rows.index, bool)
    wrong = ~(own[alike] == others[alike]).all(axis=1) | (own["measure"] != STOCK) | ~parts
    problem = (
        "{series_id} and {adds_to} are not two parts of one indicator, at a date, of one publisher, place and group"
    )
    yield Wrong("adds_to", wrong, problem, "Leave it blank", rows)
    twice = is_one_of(series["adds_to"], series.loc[series["adds_to"].notna(), "series_id"])
    problem = "{series_id} adds to {adds_to}, which adds to another"
    yield Wrong("adds_to", twice, problem, "Let one of them be blank")


@rule("series.related", "series", "observations")
def related_series_are_of_one_publisher(series: pd.DataFrame, observations: pd.DataFrame) -> Iterator[Wrong]:
    """A part and an earlier release are of their publisher and unit; a release counts the same (docs/comparison.md)."""
    counted = observations.drop_duplicates("series_id").set_index("series_id")
    for name, alike in (("part_of", ["organisation_id", "unit"]), ("release_of", COUNTED)):
        yield Wrong(name, is_cyclic(series, "series_id", name), f"{{series_id}} leads back to itself by {name}", "Break the circle")  # fmt: skip
        rows = series[is_one_of(series[name], observations["series_id"])]
        rows = rows[is_one_of(rows["series_id"], observations["series_id"])]
        own, others = (counted.loc[rows[column], alike].set_index(rows.index) for column in ("series_id", name))
        wrong = (own.fillna("") != others.fillna("")).any(axis=1)
        yield Wrong(name, wrong, f"{{series_id}} and {{{name}}} do not agree in {', '.join(alike)}", "Leave it blank", rows)  # fmt: skip


@rule("series.part_place", "series", "observations", "places")
def series_lie_in_the_place_of_their_whole(
    series: pd.DataFrame, observations: pd.DataFrame, places: pd.DataFrame
) -> Iterator[Wrong]:
    """What is counted in a place is no part of what is counted in another one (docs/comparison.md)."""
    values = observations.dropna(subset="series_id").drop_duplicates("series_id").set_index("series_id")
    rows = series.join(values[["place_id", "indicator"]], on="series_id")
    rows = rows.assign(whole_place_id=rows["part_of"].map(values["place_id"])).dropna(
        subset=["place_id", "whole_place_id"]
    )
    outside = Ground.of(places).not_held(rows)
    problem = "{place_id} is not within {whole_place_id}, the place of {part_of}"
    yield Wrong("part_of", outside, problem, "Leave it blank", rows)


@rule("series.observed", "observations")
def observations_are_distinct(observations: pd.DataFrame) -> Iterator[Wrong]:
    """Two observations of one series do not give two values for the same day of count and the same publication."""
    same = ["series_id", "period_start", "period_end", "publication"]
    twice = observations.duplicated(same) & ~observations.duplicated([*same, "best", "low"])
    wrong = twice & observations["series_id"].notna()
    problem = "{series_id} has another value for {period_end} in the same publication"
    yield Wrong("period_end", wrong, problem, "Split the series, or add what differs")
