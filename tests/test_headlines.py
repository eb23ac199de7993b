"""Headlines and the published counts beside them: chosen by rule, compared by rule, the bound of a number never lost on the way."""

import pytest

from analysis.headlines import beside_counts, headlines, how_sure
from analysis.view import claims_view
from figures.layout import PALE
from figures.multiples import multiples
from figures.palette import DARK, LIGHT
from tests import small


def dataset_of(folder, *claims, counts=()):
    rows = [small.claim(claim_id=f"paper-2019-07-12-{at:02}", **cells) for at, cells in enumerate(claims, start=1)]
    observed = [small.count(observation_id=f"c-{at}", series_id="", **cells) for at, cells in enumerate(counts)]
    dataset = small.dataset(folder, claims=rows, claim_caveats=[], observations=observed)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


def view(folder, *claims):
    return claims_view(dataset_of(folder, *claims))


TOTAL = {
    "wording": "5,000 dead",
    "measure": "cumulative",
    "period_start": "2011-03",
    "low": 5000,
    "best": 5000,
    "high": 5000,
    "place_id": "syria",
}
SMALLER = TOTAL | {"wording": "4,000 dead", "low": 4000, "best": 4000, "high": 4000}
INCIDENT = {"wording": "7 people", "low": 7, "best": 7, "high": 7}
FLED = {"wording": "800 fled", "indicator": "displaced", "low": 800, "best": 800, "high": 800}
FAMILIES = FLED | {"wording": "9,000 families", "unit": "families", "low": 9000, "best": 9000, "high": 9000}
FLOOR = TOTAL | {"wording": "over 5,000 dead", "bound": "at_least", "high": ""}
WORD = TOTAL | {"wording": "hundreds dead", "bound": "vague", "low": 200, "best": "", "high": 999}


def wordings(rows):
    return rows["wording"].tolist()


def test_totals_come_first_then_the_largest_number_killed_and_displaced_in_one_period(tmp_path):
    rows = view(tmp_path, INCIDENT, {}, SMALLER, FLED, TOTAL)
    assert wordings(headlines(rows)) == ["5,000 dead", "4,000 dead", "900 people", "800 fled"]


def test_families_make_no_headline_beside_people(tmp_path):
    assert wordings(headlines(view(tmp_path, {}, FAMILIES))) == ["900 people"]


def test_nothing_chosen_makes_no_headlines(tmp_path):
    assert headlines(view(tmp_path, {}).head(0)).empty


def test_how_sure_names_bound_evidence_and_doubts_and_never_says_true(tmp_path):
    rows = view(tmp_path, {"bound": "at_least", "high": "", "wording": "at least 900"})
    assert how_sure(rows.iloc[0].to_dict()) == "At least · Quote not checked · no known limitation"
    doubted = rows.iloc[0].to_dict() | {"caveats": "Unclear who is counted; Place not stated exactly"}
    assert how_sure(doubted).endswith("· 2 limitations")


def count(value, **cells):
    """Return the cells of a count of what `TOTAL` counts, on the same days."""
    known = {"period_end": "2019-06-30", "published": "2019-07-01", "low": value, "best": value, "high": value}
    return known | {"organisation_id": "post"} | cells


def beside(folder, *claims, counts):
    dataset = dataset_of(folder, *claims, counts=counts)
    return beside_counts(dataset, claims_view(dataset))


TIMES = ["times_low", "times", "times_high"]


def test_a_claim_is_a_multiple_of_each_count_of_the_same_thing_and_hollow_where_the_days_are_others(tmp_path):
    counts = [count(4000), count(2000, organisation_id="paper", period_start="2011-09", period_end="2019-12-31")]
    found = beside(tmp_path, TOTAL, counts=counts)
    assert found[["wording", "relation", "organisation", "counted", "counted_day", *TIMES]].to_numpy().tolist() == [
        ["5,000 dead", "same", "The Post", "4,000", "2019-06-30", 1.25, 1.25, 1.25],
        ["5,000 dead", "near", "The Paper", "2,000", "2019-12-31", 2.5, 2.5, 2.5],
    ]
    assert found["comparison"].nunique() == 1
    assert "The Post" in found["comparison"].iloc[0]
    marks = multiples(found, LIGHT).data[-1]
    assert (list(marks.x), list(marks.marker.symbol)) == ([1.25, 2.5], ["circle", "circle-open"])


NO_MEASURE = {
    "another place": count(4000, place_id="north"),
    "a part": count(4000, population_group="civilians"),
    "a whole": count(4000, indicator="casualties"),
    "a part on other days": count(4000, population_group="civilians", period_start="2011-09", period_end="2019-12-31"),
    "another unit": count(4000, unit="movements", indicator="displaced", by_fire=""),
    "nobody": count(0),
    "a word": count("", bound="vague", low=200, high=999),
}


@pytest.mark.parametrize("of_another_thing", NO_MEASURE.values(), ids=NO_MEASURE)
def test_a_count_of_another_thing_of_nobody_or_in_a_word_is_no_measure_of_a_claim(tmp_path, of_another_thing):
    found = beside(tmp_path, TOTAL, counts=[of_another_thing])
    assert found.empty
    assert {"claim_id", "relation", "comparison", *TIMES} <= set(found)
    assert len(multiples(found, LIGHT).data[-1].x) == 0


def test_the_largest_claims_are_shown_and_no_more_than_asked_for(tmp_path):
    dataset = dataset_of(tmp_path, SMALLER, TOTAL, {}, counts=[count(4000)])
    rows = claims_view(dataset)
    assert wordings(beside_counts(dataset, rows)) == ["5,000 dead", "4,000 dead"]
    assert wordings(beside_counts(dataset, rows, most=1)) == ["5,000 dead"]
    assert wordings(beside_counts(dataset, rows.head(1))) == ["4,000 dead"]
    assert beside_counts(dataset, rows.head(0)).empty


def test_a_floor_has_no_upper_multiple_and_a_word_no_multiple_but_bounds(tmp_path):
    found = beside(tmp_path, FLOOR, WORD, counts=[count(400)])[TIMES].astype("str").fillna("none")
    assert found.to_numpy().tolist() == [["12.5", "12.5", "none"], ["0.5", "none", "2.4975"]]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_floor_keeps_one_arrow_however_many_counts_stand_beside_it(tmp_path, palette):
    counts = [count(4000), count(8000, organisation_id="paper")]
    figure = multiples(beside(tmp_path, FLOOR, counts=counts), palette)
    [marks] = [trace for trace in figure.data if trace.customdata is not None]
    assert sorted(marks.x) == [0.625, 1.25]
    assert [round(10**note.x, 2) for note in figure.layout.annotations if note.showarrow] == [1.25]


def test_a_word_is_one_pale_band_between_its_bounds_beside_all_counts_and_its_marks_are_not_seen(tmp_path):
    counts = [count(400), count(800, organisation_id="paper")]
    figure = multiples(beside(tmp_path, WORD, counts=counts), LIGHT)
    [bar] = [trace for trace in figure.data if trace.mode == "lines"]
    assert (list(bar.x), bar.opacity, bar.line.dash) == ([0.25, 2.4975], PALE, None)
    assert list(figure.data[-1].marker.opacity) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (4000, ["half", "the same", "twice"]),
        (1000, ["half", "the same", "twice", "5 times"]),
        (50, ["the same", "10 times", "100 times"]),
        (50_000_000, ["0.0001 times", "0.001 times", "0.01 times", "0.1 times", "the same"]),
    ],
)
def test_an_axis_names_as_many_multiples_as_a_phone_has_room_for(tmp_path, value, named):
    axis = multiples(beside(tmp_path, TOTAL, counts=[count(value)]), LIGHT).layout.xaxis
    assert list(axis.ticktext) == named


def test_none_is_drawn_as_0_times_a_count(tmp_path):
    found = beside(tmp_path, TOTAL, counts=[count(4000)]).assign(times_low=0.0, times=0.0, times_high=0.0)
    figure = multiples(found, LIGHT)
    axis = figure.layout.xaxis
    assert (list(axis.ticktext), list(figure.data[-1].x)) == (["0", "half", "the same", "twice"], [axis.tickvals[0]])
    assert 10 ** axis.range[0] < axis.tickvals[0] < axis.tickvals[1]


def test_words_of_tables_are_never_markup(tmp_path):
    found = beside(tmp_path, TOTAL, counts=[count(4000)])
    evil = multiples(found.assign(wording="<script>x", organisation="<script>y", comparison="<script>z"), LIGHT)
    assert "<script>" not in evil.to_json()
