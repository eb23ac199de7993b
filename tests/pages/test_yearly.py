"""Deaths by year: each total at its year with its low to high, and kinds of violence only where they add up to the total."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import by_year
from analysis.counts import published_counts
from figures.palette import LIGHT
from figures.yearly import yearly
from tests.support import small

PERIOD = {"measure": "period", "place_id": "syria", "published": "2020"}
SERIES = [
    small.series(series_id="s-front", title="Deaths at fronts", part_of="s-total"),
    small.series(series_id="s-other", title="Deaths elsewhere", part_of="s-side"),
    small.series(series_id="s-post", title="Deaths by year (Post)"),
    small.series(series_id="s-side", title="Deaths of another kind"),
    small.series(series_id="s-total", title="Deaths by year (Monitor)"),
]
TOTAL = {2011: 10, 2012: 30, 2013: 20, 2014: 5}


@pytest.fixture
def counts():
    """Return what makes the published counts of totals by year, of parts, and of changed cells of any of them."""

    def make(front, other, **changed):
        values = {"s-total": TOTAL, "s-front": front, "s-other": other, "s-post": {2011: 8, 2012: 33, 2014: 6}}
        rows = []
        for series_id, by in values.items():
            for year, value in by.items():
                cells = PERIOD | {"observation_id": f"{series_id}-{year}", "series_id": series_id}
                cells |= {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
                cells |= {"low": value, "best": value, "high": value}
                if series_id == "s-total":
                    cells |= {"bound": "range", "low": value - 1, "high": value + 2, "kind": "estimate"}
                if series_id == "s-post":
                    cells |= {"organisation_id": "post"}
                rows.append(small.count(**(cells | changed.get(f"{series_id}-{year}".replace("-", "_"), {}))))
        dataset = small.record(series=SERIES, observations=sorted(rows))
        assert (dataset.findings, dataset.reference_findings) == ((), ())
        found = published_counts(dataset)
        totals = by_year.totals(found[found["part_of"].isna()])
        main = totals[totals["series_id"] == totals["series_id"].iloc[0]]
        return totals, by_year.kinds(found, main)

    return make


FRONT, OTHER = {2011: 7, 2012: 20, 2013: 20, 2014: 1}, {2011: 3, 2012: 10, 2014: 4}


def marks(figure, kind):
    return {
        trace.name: dict(zip(trace.x.tolist(), trace.y.tolist(), strict=True))
        for trace in figure.data
        if trace.type == kind and trace.name
    }


def test_the_mark_of_a_year_stands_at_the_label_of_its_year(counts):
    totals, kinds = counts(FRONT, OTHER)
    figure = yearly(totals, kinds.head(0), LIGHT)
    axis = figure.layout.xaxis
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {year: str(year) for year in TOTAL}
    assert marks(figure, "bar") == {"Deaths by year (Monitor)": TOTAL}
    assert marks(figure, "scatter") == {"Deaths by year (Post)": {2011: 8, 2012: 33, 2014: 6}}


def test_a_count_that_begins_in_the_year_stands_in_it_and_one_over_two_years_in_none(counts):
    totals, _ = counts(
        FRONT, OTHER, s_post_2011={"period_start": "2011-03"}, s_post_2014={"period_start": "2013-06-01"}
    )
    assert totals.loc[totals["organisation_id"] == "post", "year"].tolist() == [2011, 2012]


PARTS_OF_A_YEAR = {
    "a quarter": {"period_end": "2014-03-31"},
    "from October": {"period_start": "2014-10-01"},
    "to November": {"period_end": "2014-11-30"},
}


@pytest.mark.parametrize("days", PARTS_OF_A_YEAR.values(), ids=PARTS_OF_A_YEAR)
def test_a_part_of_a_year_is_no_total_of_it(counts, days):
    totals, _ = counts(FRONT, OTHER, s_total_2014=days)
    assert totals.loc[totals["organisation_id"] == "monitor", "year"].tolist() == [2011, 2012, 2013]


def test_a_total_that_was_published_again_stands_once_as_published_last(counts):
    twice = {"period_start": "2013-01-01", "period_end": "2013-12-31", "publication": "Again", "published": "2021"}
    totals, _ = counts(FRONT, OTHER, s_total_2014=twice)
    own = totals[totals["organisation_id"] == "monitor"]
    assert list(zip(own["year"], own["value"], strict=True)) == [(2011, 10), (2012, 30), (2013, 5)]


def test_a_line_goes_from_the_low_to_the_high_estimate(counts):
    totals, kinds = counts(FRONT, OTHER)
    [interval] = [trace.error_y for trace in yearly(totals, kinds, LIGHT).data if trace.error_y.array is not None]
    assert (interval.array.tolist(), interval.arrayminus.tolist()) == ([2.0] * 4, [1.0] * 4)


def test_kinds_that_add_up_are_stacked_in_place_of_the_total_the_largest_first(counts):
    totals, kinds = counts(FRONT, OTHER)
    figure = yearly(totals, kinds, LIGHT)
    assert figure.layout.barmode == "stack"
    assert list(marks(figure, "bar").items()) == [("Deaths at fronts", FRONT), ("Deaths elsewhere", OTHER)]


@pytest.mark.parametrize(
    ("front", "other"),
    [(FRONT, OTHER | {2014: 3}), (FRONT, {}), (FRONT, {2011: 3, 2012: 10})],
    ids=["one too few", "one kind", "a year without a kind"],
)
def test_kinds_that_do_not_add_up_to_the_total_in_every_year_are_none(counts, front, other):
    assert counts(front, other)[1].empty


def test_the_key_names_publishers_and_the_interval_in_lines_that_fit(counts):
    totals, kinds = counts(FRONT, OTHER)
    for wide, lines in ((True, 1), (False, 2)):
        [note] = yearly(totals, kinds.head(0), replace(LIGHT, wide=wide)).layout.annotations
        assert note.text.count("<br>") + 1 == lines
        for named in ("The Monitor, estimate", "low to high estimate", "The Post, documented"):
            assert named in note.text


def test_a_phone_names_many_years_short_and_few_in_full(counts):
    totals, kinds = counts(FRONT, OTHER)
    many = pd.concat([totals.head(4).assign(year=range(start, start + 4)) for start in (2001, 2005, 2009)])
    for wide, rows, first in ((True, many, "2001"), (False, many, "’01"), (False, totals, "2011")):
        assert yearly(rows, kinds.head(0), replace(LIGHT, wide=wide)).layout.xaxis.ticktext[0] == first


def test_no_counts_give_an_empty_figure(counts):
    totals, kinds = counts(FRONT, OTHER)
    assert len(yearly(totals.head(0), kinds.head(0), LIGHT).data) == 0
    assert by_year.kinds(totals, totals.head(0)).empty
