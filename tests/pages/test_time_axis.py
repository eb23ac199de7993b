"""When a count stands where on an axis of time: in its year, never under the name of the next; no name twice."""

import pandas as pd
import pytest

from analysis.counts import published_counts
from analysis.view import claims_view
from figures.palette import LIGHT
from figures.reference import reference
from figures.time_axis import time_axis
from tests.support import small

NO_CLAIMS = claims_view(small.record()).head(0)
YEARLY = {"measure": "period", "population_group": "all"}
STOCK = {
    "measure": "stock", "indicator": "idps", "place_id": "syria", "period_start": "", "by_fire": "", "organisation_id": "post",
}  # fmt: skip


@pytest.fixture
def counts():
    """Return what makes the table of published counts from cells of single counts."""

    def make(*changed):
        rows = [
            small.count(**({"observation_id": f"c-{at:02}", "series_id": ""} | cells))
            for at, cells in enumerate(changed)
        ]
        dataset = small.record(observations=rows)
        assert (dataset.findings, dataset.reference_findings) == ((), ())
        return published_counts(dataset)

    return make


def of_year(year, start="", end="", **cells):
    """Return the cells of a count of a year."""
    value = year - 2000
    days = {"period_start": start or f"{year}-01-01", "period_end": end or f"{year}-12-31", "published": "2020"}
    return YEARLY | days | {"low": value, "best": value, "high": value} | cells


def drawn(figure):
    """Return the day and value of every mark of published counts."""
    return [
        (str(pd.Timestamp(x).date()), y)
        for trace in figure.data if trace.name
        for x, y in zip(trace.x, trace.y, strict=True) if y is not None
    ]  # fmt: skip


def axis_of(figure):
    axis = figure.layout.xaxis
    return dict(zip(axis.tickvals, axis.ticktext, strict=True)), list(axis.minor.tickvals)


def test_a_total_of_a_year_stands_in_the_middle_of_its_year_under_its_name(counts):
    figure = reference(counts(*map(of_year, (2012, 2013)), of_year(2014, "2014", "2014")), NO_CLAIMS, LIGHT)
    assert drawn(figure) == [("2012-07-01", 12), ("2013-07-02", 13), ("2014-07-02", 14)]
    assert axis_of(figure) == (
        {"2012-07-01": "2012", "2013-07-02": "2013", "2014-07-02": "2014"},
        ["2013-01-01", "2014-01-01"],
    )


NO_TOTALS = {
    "from February": of_year(2014, "2014-02-01"), "not to the end": of_year(2014, end="2014-12-30"),
    "two years": of_year(2014, "2013-01-01"), "a state": of_year(2014, **STOCK),
    "since the war began": of_year(2014, "2011-03", measure="cumulative", population_group="all"),
}  # fmt: skip


def test_what_is_no_total_of_one_year_keeps_its_day(counts):
    known = counts(*NO_TOTALS.values()).set_index("observation_id", drop=False)
    found = {
        name: drawn(reference(known.loc[[f"c-{at:02}"]].reset_index(drop=True), NO_CLAIMS, LIGHT))
        for at, name in enumerate(NO_TOTALS)
    }
    assert found == {name: [(cells["period_end"], 14)] for name, cells in NO_TOTALS.items()}


def test_two_totals_of_years_are_never_named_by_months(counts):
    assert list(axis_of(reference(counts(of_year(2013), of_year(2014)), NO_CLAIMS, LIGHT))[0].values()) == [
        "2013",
        "2014",
    ]


def test_states_at_the_end_of_years_are_named_so_and_others_are_not(counts):
    ends = [of_year(year, **STOCK) for year in (2012, 2013, 2014)]
    names, lines = axis_of(reference(counts(*ends), NO_CLAIMS, LIGHT))
    assert names == {f"{year}-12-31": f"end of {year}" for year in (2012, 2013, 2014)}
    assert lines == list(names)
    others = counts(*ends, of_year(2015, end="2015-06-30", **STOCK))
    assert list(axis_of(reference(others, NO_CLAIMS, LIGHT))[0].values()) == ["2013", "2014", "2015"]


SPANS = {
    "3 days": (3, ["7 Jul 2017", "8 Jul 2017", "9 Jul 2017"]),
    "40 days": (40, ["7 Jul 2017", "21 Jul 2017", "4 Aug 2017"]),
    "1 year": (365, ["Jul 2017", "Oct 2017", "Jan 2018", "Apr 2018"]),
    "2 years": (730, ["Jul 2017", "Jan 2018", "Jul 2018", "Jan 2019"]),
    "14 years": (14 * 365, ["2018", "2020", "2022", "2024", "2026", "2028", "2030"]),
}


@pytest.mark.parametrize(("days", "names"), SPANS.values(), ids=SPANS)
def test_an_axis_names_years_months_or_days_by_its_length_and_none_twice(days, names):
    first = pd.Timestamp("2017-07-07")
    assert time_axis(first, first + pd.Timedelta(days=days), LIGHT)["ticktext"] == names


@pytest.mark.parametrize("days", range(0, 12_000, 97))
def test_no_axis_names_anything_twice_or_more_than_a_phone_has_room_for_or_nothing(days):
    first = pd.Timestamp("2015-11-30")
    for ends in (False, True):
        names = time_axis(first, first + pd.Timedelta(days=days + 40), LIGHT, year_ends=ends)["ticktext"]
        assert len(names) == len(set(names))
        assert 0 < len(names) <= 8
