"""Counts at the end of years: each at the label of its year, newest releases only, claims as points; panels on one scale; titles by rule."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis import seen, year_ends
from analysis.counts import published_counts
from analysis.view import claims_view
from figures.labels import spread
from figures.layout import PALE
from figures.palette import DARK, LIGHT
from figures.small_multiples import MAX_PANELS, small_multiples
from figures.year_ends import position
from figures.year_ends import year_ends as drawing
from tests.support import small

WIDE, EVIL = replace(LIGHT, wide=True), "<script>alert(1)</script><b>2"
STATE = {"indicator": "refugees", "measure": "stock", "by_fire": "", "period_start": ""}
SERIES = {
    "new": small.series(series_id="new", title="Count new"),
    "old": small.series(series_id="old", title="Count old", release_of="new"),
    "other": small.series(series_id="other", title="Count other"),
}
PLACES = small.ROWS["places"]


def count(number, year, value, series="new", **cells):
    values = {"low": value, "best": value, "high": value}
    return small.count(
        observation_id=f"o-{number}",
        series_id=series,
        period_end=f"{year}-12-31",
        **(STATE | values | {"published": "2021"} | cells),
    )


def counts(*rows, **tables):
    """Return the small tables with these published counts and the series that they name, read; they hold no fault."""
    used = {row.split(",")[1] for row in rows}
    named = [line for name, line in SERIES.items() if name in used]
    dataset = small.record(**({"series": named, "observations": sorted(rows)} | tables))
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


def of_country(dataset):
    return year_ends.of_country(published_counts(dataset), "syria")


def lines(figure):
    """Return x and y of each line or lone tick of published counts."""
    drawn = [trace for trace in figure.data if trace.hovertext is not None and trace.customdata is None]
    return [list(zip(trace.x, trace.y, strict=True)) for trace in drawn]


@pytest.mark.parametrize("palette", [LIGHT, DARK, WIDE])
def test_a_state_at_the_end_of_a_year_stands_at_the_label_of_its_year(palette):
    dataset = counts(count(1, 2018, 5), count(2, 2019, 8), count(3, 2020, 6))
    figure = drawing(of_country(dataset), claims_view(dataset).head(0), palette)
    assert lines(figure) == [[(2018, 5), (2019, 8), (2020, 6)]]
    assert dict(zip(figure.layout.xaxis.ticktext, figure.layout.xaxis.tickvals, strict=True)) == {
        "2018": 2018,
        "2019": 2019,
        "2020": 2020,
    }


def test_any_other_day_stands_between_the_ends_of_years():
    days = pd.Series(pd.to_datetime(["2019-12-31", "2020-01-01", "2020-07-01", "2020-12-31", "2021-12-31"]))
    assert [round(at, 2) for at in position(days)] == [2019, 2019, 2019.5, 2020, 2021]


LEFT_OUT = {
    "a superseded release": {},
    "another day": {"period_end": "2019-06-30"},
    "a year without a day": {"period_end": "2019"},
    "another place": {"place_id": "north"},
    "families": {"unit": "families"},
    "a part of the people": {"population_group": "children"},
    "what is for judging size only": {"use": "context", "series_id": "", "low": 7, "best": 7, "high": 7},
    "flight over a period": {"measure": "period", "period_start": "2019-01-01"},
    "people killed": {"indicator": "killed", "measure": "cumulative", "period_start": "2011-03", "by_fire": "all"},
}


def test_what_is_no_state_of_all_at_the_end_of_a_year_is_not_drawn():
    rows, named = [], []
    for at, (case, cells) in enumerate(LEFT_OUT.items()):
        named.append(
            small.series(
                series_id=f"other-{at}", title=case, release_of="new" if case == "a superseded release" else ""
            )
        )
        known = {
            "observation_id": f"o-{case.replace(' ', '-')}",
            "series_id": f"other-{at}",
            "period_end": "2019-12-31",
            "published": "2021",
        }
        rows.append(small.count(**(STATE | known | cells)))
    dataset = counts(count(1, 2018, 6), *rows, series=[SERIES["new"], *named])
    assert list(of_country(dataset)["observation_id"]) == ["o-1"]


def test_a_value_that_was_published_again_is_drawn_once_as_published_last():
    again = [count(1, 2018, 6, series="", published="2019"), count(2, 2018, 7, series="", published="2020")]
    found = of_country(counts(*again))
    assert list(found["value"]) == [7]


def test_a_line_stops_where_a_year_is_missing_or_the_way_of_counting_changed():
    rows = [count(year, year, year) for year in (2012, 2013, 2015, 2016)]
    dataset = counts(*rows, breaks=["new,2016-06-01,Another way of counting."])
    figure = drawing(of_country(dataset), claims_view(dataset).head(0), WIDE)
    assert [[x for x, _ in line] for line in lines(figure)] == [[2012, 2013], [2015], [2016]]


CLAIM = {
    "indicator": "refugees",
    "place_id": "syria",
    "measure": "stock",
    "period_start": "",
    "period_end": "2018-12-31",
}
CLAIMS = [
    small.claim(**CLAIM, wording="more than six", bound="at_least", low=6, best=6, high=""),
    small.claim(**CLAIM, claim_id="paper-2019-07-12-02", wording="up to nine", bound="up_to", low="", best=9, high=9),
    small.claim(**CLAIM, claim_id="paper-2019-07-12-03", wording="hundreds", bound="vague", low=200, best="", high=999),
    small.claim(**(CLAIM | {"place_id": "town"}), claim_id="paper-2019-07-12-04", wording="900 of a town"),
    small.claim(
        **(CLAIM | {"measure": "period", "period_start": "2018"}),
        claim_id="paper-2019-07-12-05",
        wording="900 of a year",
    ),
    small.claim(**CLAIM, claim_id="paper-2019-07-12-06", wording="900 families", unit="families"),
]


def claimed(dataset):
    rows = claims_view(dataset)
    return year_ends.totals(rows[rows["unit"] == "people"], "syria")


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_claims_about_the_whole_country_are_points_floors_point_up_ceilings_down_and_a_word_is_a_band(palette):
    dataset = small.record(claims=CLAIMS, claim_caveats=[], series=SERIES, observations=[count(1, 2018, 500)])
    figure = drawing(of_country(dataset), claimed(dataset), palette)
    [points] = [trace for trace in figure.data if trace.customdata is not None]
    at = {
        row[0][-2:]: (x, y, seen_at)
        for row, x, y, seen_at in zip(points.customdata, points.x, points.y, points.marker.opacity, strict=True)
    }
    assert {name: (x, shown) for name, (x, _, shown) in at.items()} == {
        "01": (2018, 1),
        "02": (2018, 1),
        "03": (2018, 0),
    }
    assert (at["01"][1], at["02"][1]) == (6, 9)
    arrows = [(note.y, note.yshift > 0) for note in figure.layout.annotations if note.arrowhead == 2]
    assert sorted(arrows) == [(6, True), (9, False)]
    assert [list(trace.y) for trace in figure.data if trace.opacity == PALE] == [[200, 999]]
    text = " ".join(str(note.text) for note in figure.layout.annotations)
    assert "our convention" in re.sub(r"\s+", " ", re.sub(r"<br>|<[^>]*>", " ", text))


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_every_count_and_claim_is_named_once(palette):
    rows = [count(1, 2018, 500), count(2, 2019, 510), count(3, 2019, 505, "other"), count(4, 2018, 400, "")]
    dataset = counts(*rows, claims=CLAIMS, claim_caveats=[])
    figure = drawing(of_country(dataset), claimed(dataset), palette)
    text = re.sub(
        r"\s+", " ", re.sub(r"<br>|<[^>]*>", " ", " ".join(str(note.text) for note in figure.layout.annotations))
    )
    for name in ("Count new", "Count other", "Refugees: all people", "“more than six”", "“up to nine”", "“hundreds”"):
        assert text.count(name) == 1, name


def test_two_last_values_that_are_the_same_have_names_apart():
    assert spread([50, 50, 58], [16, 16, 16], 200) == [50, 66, 82]
    assert spread([190, 195], [16, 16], 200) == [176, 192]


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_no_counts_give_empty_figures_and_no_title(palette):
    dataset = small.record()
    none = of_country(dataset)
    assert drawing(none, claims_view(dataset).head(0), palette).layout.height > 0
    assert small_multiples(none, palette).layout.height > 0
    assert (seen.most_at_year_ends(none), seen.most_hosted(none)) == ("", "")


HOSTS = sorted([*PLACES, *(small.place(f"host-{number}", "country") for number in range(MAX_PANELS + 2))])


def in_hosts(*rows):
    dataset = counts(*rows, places=HOSTS)
    return year_ends.by_host(published_counts(dataset), "syria", dataset.table("places"))


def test_only_refugees_in_other_countries_have_panels():
    rows = [
        count(1, 2019, 5, "", place_id="host-1"), count(2, 2019, 6, "", place_id="north"), count(3, 2019, 7, "", place_id="syria"),
        count(4, 2019, 8, "", place_id="host-2", indicator="idps"),
    ]  # fmt: skip
    assert list(in_hosts(*rows)["observation_id"]) == ["o-1"]


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_panels_share_one_scale_the_largest_stand_first_and_there_are_only_so_many(palette):
    rows = [count(number, 2019, 100 + number, "", place_id=f"host-{number}") for number in range(MAX_PANELS + 2)]
    rows += [count(number + 50, 2018, 900 - number, "", place_id=f"host-{number}") for number in range(MAX_PANELS + 2)]
    shown = year_ends.largest_hosts(in_hosts(*rows), MAX_PANELS)
    figure = small_multiples(shown, palette)
    names = [note.text for note in figure.layout.annotations if note.text.startswith("<b>")]
    assert names == [f"<b>Host-{number}</b>" for number in range(MAX_PANELS + 1, 1, -1)]
    axes = [axis for name, axis in figure.to_dict()["layout"].items() if name.startswith("yaxis")]
    assert (len(axes), len({tuple(axis["range"]) for axis in axes})) == (MAX_PANELS, 1)
    values = [note.text for note in figure.layout.annotations if not note.text.startswith("<b>")]
    assert values == [str(100 + number) for number in range(MAX_PANELS + 1, 1, -1)]


def test_a_last_value_of_an_earlier_year_says_so():
    rows = [count(1, 2019, 5, "", place_id="host-1"), count(2, 2017, 9, "", place_id="host-2")]
    figure = small_multiples(in_hosts(*rows), LIGHT)
    assert {note.text for note in figure.layout.annotations} == {"<b>Host-1</b>", "5", "<b>Host-2</b>", "9 (2017)"}


def test_markup_in_a_table_stays_text():
    dataset = small.record(
        claims=[small.claim(**CLAIM, wording=EVIL)], claim_caveats=[], series=[small.series(series_id="new", title=EVIL)],
        observations=[count(1, 2018, 5)],
    )  # fmt: skip
    rows = of_country(dataset)
    for figure in (
        drawing(rows, claimed(dataset), WIDE),
        drawing(rows, claimed(dataset), LIGHT),
        small_multiples(rows.assign(place_name=EVIL, organisation=EVIL), LIGHT),
    ):
        text = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&")
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def yearly(indicator, values, series, start=2015):
    return [
        count(f"{series}-{year}", year, value, series, indicator=indicator)
        for year, value in enumerate(values, start=start)
    ]


TITLES = {
    "refugees": ([("refugees", [1, 3, 2])], "Refugees peaked at the end of 2016"),
    "both": (
        [("idps", [5, 3, 2]), ("refugees", [1, 3, 2])],
        "Refugees peaked at the end of 2016, internally displaced people at the end of 2015",
    ),
    "two who disagree": ([("refugees", [1, 3, 2]), ("refugees", [3, 2, 1])], ""),
    "two who agree": ([("refugees", [1, 3, 2]), ("refugees", [1, 4, 2])], "Refugees peaked at the end of 2016"),
    "two years as large": ([("refugees", [3, 3, 2])], ""),
    "too few years": ([("refugees", [1, 3])], ""),
}


def test_the_title_says_which_year_was_largest_only_where_that_is_sure():
    of = {case: [f"{case}-{at}".replace(" ", "-") for at in range(len(given))] for case, (given, _) in TITLES.items()}
    rows = [
        row
        for case, (given, _) in TITLES.items()
        for series, (indicator, values) in zip(of[case], given, strict=True)
        for row in yearly(indicator, values, series)
    ]
    named = [small.series(series_id=series, title=series) for case in TITLES for series in of[case]]
    known = published_counts(counts(*rows, series=sorted(named)))
    told = {
        case: seen.most_at_year_ends(year_ends.of_country(known[known["series_id"].isin(of[case])], "syria"))
        for case in TITLES
    }
    assert told == {case: title for case, (_, title) in TITLES.items()}


def test_a_floor_cannot_be_called_the_largest():
    rows = [count(1, 2015, 1), count(2, 2016, 3), count(3, 2017, 2, bound="at_least", high="")]
    assert seen.most_at_year_ends(of_country(counts(*rows))) == ""


def test_the_title_of_hosts_names_the_largest_at_the_last_year_and_none_where_two_are_as_large():
    rows = [
        count(1, 2019, 5, "", place_id="host-1"),
        count(2, 2019, 9, "", place_id="host-2"),
        count(3, 2018, 99, "", place_id="host-1"),
    ]
    hosts = in_hosts(*rows)
    assert seen.most_hosted(hosts) == "Of 2 host countries, Host-2 had the most refugees at the end of 2019: 9"
    assert seen.most_hosted(hosts.assign(value=5)) == ""
