"""The rules of reference series and their observations.

Why: a reader compares a claim with the official record, so the record must be as honest as the claims: one way of
counting a series, bounds as published, no fall of a cumulative count that nobody explains. Here: rules that concern
`series.csv` and `observations.csv`; their violation blocks the comparison alone. Not here: what may be compared
with what (`analysis/comparison.py`).
"""

from collections.abc import Iterator

from validation import dates
from validation.findings import Finding
from validation.rules import Tables, report, rule


@rule("observations.bound", "observations")
def published_bounds_agree_with_values(tables: Tables) -> Iterator[Finding]:
    """As published: a floor has low, an approximation best alone, a range both ends (reference, how to read)."""
    rows = tables["observations"]
    low, best, high = rows["low"].notna(), rows["best"].notna(), rows["high"].notna()
    same = low & best & (rows["low"] == rows["best"]).fillna(False).astype(bool)
    fits = {
        "exact": best & (same | ~low) & (~high | (rows["high"] == rows["best"]).fillna(False).astype(bool)),
        "at_least": low & (same | ~best) & ~high,
        "about": best & ~low & ~high,
        "up_to": high & ~low,
        "range": low & high & ~((rows["low"] > rows["high"]).fillna(False).astype(bool)),
        "vague": low & high & ~best,
    }
    for bound, good in fits.items():
        wrong = (rows["bound"] == bound) & ~good
        problem = "low {low}, best {best}, high {high} do not fit the bound {bound}"
        yield from report(
            "observations.bound", "observations", "bound", rows, wrong, problem, "Mend the bound or the values"
        )
    outside = (rows["best"] < rows["low"]) | (rows["best"] > rows["high"])
    problem = "best {best} is not between low {low} and high {high}"
    yield from report("observations.bound", "observations", "best", rows, outside, problem, "Mend the values")


@rule("observations.period", "observations", "series")
def observations_have_the_dates_of_their_measure(tables: Tables) -> Iterator[Finding]:
    """A stock has no start, everything else has one, and no period runs backwards (codebook, period_start)."""
    measure = tables["series"].drop_duplicates("series_id").set_index("series_id")["measure"]
    rows = tables["observations"].assign(measure=lambda table: table["series_id"].map(measure))
    stock = rows["measure"] == "stock"
    wrong = stock & rows["period_start"].notna()
    yield from report(
        "observations.period", "observations", "period_start", rows, wrong, "a stock has no beginning", "Leave it blank"
    )
    wrong = rows["measure"].notna() & ~stock & rows["period_start"].isna()
    problem = "period_start is blank, the series is {measure}"
    yield from report("observations.period", "observations", "period_start", rows, wrong, problem, "Give the beginning")
    wrong = dates.first_day(rows["period_start"]) > dates.last_day(rows["period_end"])
    problem = "{period_start} is after {period_end}"
    yield from report(
        "observations.period", "observations", "period_end", rows, wrong, problem, "Mend one of the dates"
    )


@rule("observations.falls", "observations", "series")
def cumulative_series_fall_only_with_a_reason(tables: Tables) -> Iterator[Finding]:
    """A cumulative count does not fall without a break that says why (reference, what the tables hold)."""
    series = tables["series"].drop_duplicates("series_id").set_index("series_id")
    rows = tables["observations"]
    rows = rows[rows["series_id"].map(series["measure"]) == "cumulative"]
    rows = rows.assign(day=dates.last_day(rows["period_end"]), value=rows["best"].fillna(rows["low"]))
    rows = rows.sort_values(["series_id", "day", "value"], kind="stable")
    before = rows.groupby("series_id")["value"].shift()
    unexplained = rows["series_id"].map(series["breaks"]).isna()
    wrong = (rows["value"] < before) & unexplained
    told = rows.assign(before=before)
    problem = "{value} is less than {before} before it, and {series_id} names no break"
    yield from report(
        "observations.falls", "observations", "best", told, wrong, problem, "Say why in series.csv, breaks"
    )


@rule("series.measure", "series")
def series_measure_what_they_can(tables: Tables) -> Iterator[Finding]:
    """Deaths are no stock; the tally of an event is an incident or a period (codebook, measure)."""
    rows = tables["series"]
    wrong = rows["indicator"].isin(["killed", "injured"]) & (rows["measure"] == "stock")
    yield from report(
        "series.measure", "series", "measure", rows, wrong, "{indicator} cannot be a stock", "Mend the measure"
    )
    wrong = rows["event_id"].notna() & ~rows["measure"].isin(["incident", "period"])
    problem = "a tally of {event_id} cannot be {measure}"
    yield from report(
        "series.measure", "series", "measure", rows, wrong, problem, "Use incident or period, or leave event_id blank"
    )


@rule("series.observed", "series", "observations")
def series_are_told_apart(tables: Tables) -> Iterator[Finding]:
    """Two observations of one series do not give two values for the same day of count and the same publication."""
    rows = tables["observations"]
    same = ["series_id", "period_start", "period_end", "publication"]
    twice = rows.duplicated(same, keep="first") & ~rows.duplicated([*same, "best", "low"], keep="first")
    problem = "{series_id} has another value for {period_end} in the same publication"
    yield from report(
        "series.observed", "observations", "period_end", rows, twice, problem, "Split the series, or say what differs"
    )
