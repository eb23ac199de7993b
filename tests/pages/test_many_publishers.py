"""More publishers than colours: in no figure do two of them look the same, and where one colour is of several, words say whose it is."""

from collections import Counter
from dataclasses import replace

import pytest

from analysis import by_year, year_ends
from analysis.counts import published_counts
from analysis.view import claims_view
from figures.composition import composition
from figures.palette import DARK, LIGHT
from figures.reference import reference
from figures.small_multiples import small_multiples
from figures.year_ends import year_ends as drawing
from figures.yearly import yearly
from tests.support import small

MANY = 4 * len(LIGHT.publishers) + 1
STATE = {"indicator": "refugees", "measure": "stock", "by_fire": "", "period_start": ""}
PALETTES = {"desk": replace(LIGHT, wide=True), "dark phone": DARK}


def counted(years=((2015, 2016, 2017), (2013, 2014, 2015)), **cells):
    """Return the small tables with a count of some years by each of many publishers; the odd ones have other years."""
    names = range(MANY)
    rows = []
    for number in names:
        for year in years[number % 2]:
            value = 1_000 + number * 5 + year - 2013
            found = {"observation_id": f"o-{number:02}-{year}", "series_id": f"s-{number:02}", "published": "2021"}
            found |= {"organisation_id": f"publisher-{number:02}", "period_end": f"{year}-12-31"}
            found |= {"low": value, "best": value, "high": value} | cells
            begins = {"period_start": f"{year}-01-01"} if found.get("measure") == "period" else {}
            rows.append(small.count(**(begins | found)))
    organisations = [small.organisation(f"publisher-{n:02}", f"Publisher {n:02}", "monitor") for n in names]
    dataset = small.record(
        organisations=sorted([*small.ROWS["organisations"], *organisations]),
        series=[small.series(series_id=f"s-{n:02}", title=f"Count of publisher {n:02}") for n in names],
        observations=sorted(rows),
    )
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


def looks(figure):
    """Return how the counts look, drawn one a trace, and how often each look is there."""
    counts = [trace for trace in figure.data if trace.hovertext is not None and trace.customdata is None]
    return Counter((trace.type, trace.marker.color, trace.marker.symbol, trace.line.color) if trace.type == "scatter"
                   else (trace.type, trace.marker.color) for trace in counts)  # fmt: skip


def assert_all_differ(figure):
    found = looks(figure)
    assert (len(found), set(found.values())) == (MANY, {1})


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_no_two_publishers_of_counts_over_time_look_the_same(palette):
    dataset = counted()
    figure = reference(published_counts(dataset), claims_view(dataset).head(0), palette)
    assert_all_differ(figure)
    listed = " ".join(trace.name.replace("<br>", " ") for trace in figure.data if trace.name)
    assert [n for n in range(MANY) if f"Count of publisher {n:02}" not in listed] == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_no_two_publishers_of_deaths_by_year_look_the_same_and_the_key_names_all(palette):
    totals = by_year.totals(published_counts(counted(measure="period")))
    figure = yearly(totals, totals.head(0), palette)
    assert_all_differ(figure)
    [key] = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
    assert [n for n in range(MANY) if f"Publisher {n:02}" not in key] == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_no_two_publishers_at_the_end_of_years_look_the_same_and_all_are_named(palette):
    dataset = counted(**STATE)
    counts = year_ends.of_country(published_counts(dataset), "syria")
    figure = drawing(counts, claims_view(dataset).head(0), palette)
    assert_all_differ(figure)
    notes = " ".join(note.text.replace("<br>", " ") for note in figure.layout.annotations)
    assert [n for n in range(MANY) if f"Count of publisher {n:02}" not in notes] == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_no_two_publishers_of_a_panel_look_the_same_and_each_is_named_at_its_end(palette):
    counts = year_ends.of_country(published_counts(counted(**STATE)), "syria")
    figure = small_multiples(counts, palette)
    assert_all_differ(figure)
    notes = " ".join(note.text for note in figure.layout.annotations)
    assert [n for n in range(MANY) if f"Publisher {n:02}" not in notes] == []


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_each_of_many_publishers_beside_a_part_of_a_total_has_a_tick_and_a_line_of_words_of_its_own(palette):
    dataset = counted(**STATE)
    claims = claims_view(dataset)
    counts = published_counts(dataset).drop_duplicates("organisation_id", keep="last")
    figure = composition(claims, palette, counts.assign(claim_id="paper-2019-07-12-02", later=False))
    [ticks] = [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "line-ns-open"]
    assert (len(ticks.x), len(set(ticks.y))) == (MANY, MANY)
    notes = " ".join(note.text for note in figure.layout.annotations)
    assert [notes.count(f"Publisher {n:02},") for n in range(MANY)] == [1] * MANY
