"""Headlines and the record beside them: chosen by rule, compared by rule, the bound of a number never lost on the way."""

import pandas as pd
import pytest

from analysis.comparison import reference_view
from analysis.headlines import beside_the_record, headlines, how_sure, without_record
from analysis.view import claims_view
from figures.multiples import multiples
from figures.palette import DARK, LIGHT
from tests import small


def view(folder, *claims):
    rows = [small.claim(claim_id=f"paper-2019-07-12-{at:02}", **cells) for at, cells in enumerate(claims, start=1)]
    dataset = small.dataset(folder, claims=rows, claim_caveats=[], **small.PUBLISHED)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return claims_view(dataset), reference_view(dataset)


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


def wordings(rows):
    return rows["wording"].tolist()


def test_totals_come_first_then_the_largest_number_killed_and_displaced_in_one_period(tmp_path):
    rows, _ = view(tmp_path, INCIDENT, {}, SMALLER, FLED, TOTAL)
    assert wordings(headlines(rows)) == ["5,000 dead", "4,000 dead", "900 people", "800 fled"]


def test_families_make_no_headline_beside_people(tmp_path):
    rows, _ = view(tmp_path, {}, FAMILIES)
    assert wordings(headlines(rows)) == ["900 people"]


def test_nothing_chosen_makes_no_headlines(tmp_path):
    rows, _ = view(tmp_path, {})
    assert headlines(rows.head(0)).empty


def test_how_sure_names_bound_evidence_and_doubts_and_never_says_true(tmp_path):
    rows, _ = view(tmp_path, {"bound": "at_least", "high": "", "wording": "at least 900"})
    assert how_sure(rows.iloc[0].to_dict()) == "At least · evidence: Unchecked · no caveat recorded"
    doubted = rows.iloc[0].to_dict() | {"caveats": "Group not clear; Place not stated exactly"}
    assert how_sure(doubted).endswith("· 2 caveats")


def test_a_claim_about_another_place_or_without_one_is_set_beside_nothing(tmp_path):
    rows, reference = view(tmp_path, {"place_id": "town"}, INCIDENT | {"place_id": ""})
    compared = beside_the_record(rows, reference)
    assert compared.empty
    assert {"claim_id", "series", "times", "times_low", "times_high", "judgement"} <= set(compared)
    assert without_record(rows, compared) == ["Paper 2019"]


@pytest.fixture
def compared(tmp_path):
    rows, reference = view(tmp_path, TOTAL)
    found = reference.iloc[:1].assign(
        indicator="killed", population_group="all", place_id="syria", measure="cumulative", value=4000.0, said="4,000",
        day=pd.Timestamp("2019-06-30"), period_end="2019-06-30", published_day=pd.NaT, breaks=None, dated_breaks=[()], excludes=None, counts="people",
    )  # fmt: skip
    return rows, found


def test_a_claim_is_given_as_a_multiple_of_each_value_that_it_may_be_compared_with(compared):
    rows, reference = compared
    found = beside_the_record(rows, reference)
    assert found[["wording", "record", "record_day", "times", "times_low", "times_high"]].to_numpy().tolist() == [
        ["5,000 dead", "4,000", "2019-06-30", 1.25, 1.25, 1.25]
    ]
    assert without_record(rows, found) == []


def test_a_floor_has_no_upper_multiple_and_a_word_no_multiple_but_bounds(compared):
    rows, reference = compared
    floor = rows.assign(bound="at_least", high=pd.array([pd.NA], dtype="Int64"))
    word = rows.assign(bound="vague", best=pd.array([pd.NA], dtype="Int64"), low=2000, high=9999)
    [up] = beside_the_record(floor, reference)[["times_low", "times", "times_high"]].to_numpy().tolist()
    [bounds] = beside_the_record(word, reference)[["times_low", "times", "times_high"]].to_numpy().tolist()
    assert up[:2] == [1.25, 1.25]
    assert pd.isna(up[2])
    assert (bounds[0], bounds[2]) == (0.5, 2.49975)
    assert pd.isna(bounds[1])


def test_a_value_of_zero_is_no_measure_of_anything(compared):
    rows, reference = compared
    assert beside_the_record(rows, reference.assign(value=0.0)).empty


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_floor_keeps_one_arrow_however_many_series_stand_beside_it(compared, palette):
    rows, reference = compared
    more = pd.concat(
        [reference, reference.assign(series_id="other", title="Other", value=8000.0, organisation_id="post")]
    )
    floor = rows.assign(bound="at_least", high=pd.array([pd.NA], dtype="Int64"))
    figure = multiples(beside_the_record(floor, more), palette)
    [marks] = [trace for trace in figure.data if trace.customdata is not None]
    assert sorted(marks.x) == [0.625, 1.25]
    assert [round(10**note.x, 2) for note in figure.layout.annotations if note.showarrow] == [1.25]


def test_a_word_is_a_bar_between_its_bounds_and_its_mark_is_not_seen(compared):
    rows, reference = compared
    word = rows.assign(bound="vague", best=pd.array([pd.NA], dtype="Int64"), low=2000, high=9999)
    figure = multiples(beside_the_record(word, reference), LIGHT)
    [bar] = [trace for trace in figure.data if trace.mode == "lines"]
    assert (list(bar.x), bar.line.dash) == ([0.5, 2.49975], "dot")
    assert list(figure.data[-1].marker.opacity) == [0.0]


def test_words_of_tables_are_never_markup_and_nothing_is_an_empty_figure(compared):
    rows, reference = compared
    evil = multiples(beside_the_record(rows.assign(wording="<script>x"), reference.assign(title="<script>y")), LIGHT)
    assert "<script>" not in evil.to_json()
    assert len(multiples(beside_the_record(rows.head(0), reference), LIGHT).data[-1].x) == 0
