"""The Overview: which counts stand beside a claim, and that a reader sees both on one scale, the bound of a number never lost."""

from dataclasses import replace

import pytest

from analysis.overview import beside_counts, how_many_compare, which_are_ruled_out
from analysis.view import claims_view
from figures.beside import LATER
from figures.beside import beside as draw
from figures.layout import PALE
from figures.palette import DARK, LIGHT
from tests.support import small


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
FLOOR = TOTAL | {"wording": "over 5,000 dead", "bound": "at_least", "high": ""}
WORD = TOTAL | {"wording": "hundreds dead", "bound": "vague", "low": 200, "best": "", "high": 999}


def wordings(rows):
    return rows["wording"].tolist()


def count(value, **cells):
    """Return the cells of a count of what `TOTAL` counts, on the same days."""
    known = {"period_end": "2019-06-30", "published": "2019-07-01", "low": value, "best": value, "high": value}
    return known | {"organisation_id": "post"} | cells


def beside(folder, *claims, counts):
    dataset = dataset_of(folder, *claims, counts=counts)
    return beside_counts(dataset, claims_view(dataset))


SHOWN = ["wording", "relation", "organisation", "counted", "counted_day", "documented", "later"]


def test_beside_a_claim_stand_the_counts_of_the_closest_relation_alone(tmp_path):
    counts = [
        count(4000),
        count(2000, organisation_id="paper", measure="period", period_start="2011-09", period_end="2019-12-31"),
        count(90, population_group="civilians"),
        count(9000, indicator="casualties"),
    ]
    found = beside(tmp_path, TOTAL, counts=counts)
    assert found[SHOWN].to_numpy().tolist() == [["5,000 dead", "same", "The Post", "4,000", "2019-06-30", True, False]]
    assert "The Post" in found["comparison"].iloc[0]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([count(90, population_group="civilians"), count(9000, indicator="casualties")], [("90", "part")]),
        ([count(9000, indicator="casualties")], [("9,000", "whole")]),
        ([count(2000, measure="period", period_start="2011-09", period_end="2019-12-31")], [("2,000", "near")]),
        ([count(70, organisation_id="monitor", measure="period", period_start="2011-09", period_end="2019-12-31"), count(4000)],
         [("70", "near"), ("4,000", "same")]),
    ],
    ids=["a part before a whole", "a whole", "other days", "the speaker's own of other days too"],
)  # fmt: skip
def test_without_the_same_a_part_a_whole_or_other_days_stand_in(tmp_path, counts, shown):
    found = beside(tmp_path, TOTAL, counts=counts)
    assert list(zip(found["counted"], found["relation"], strict=True)) == shown


NO_MEASURE = {
    "another thing": count(4000, indicator="displaced", by_fire=""),
    "a part on other days": count(
        4000, population_group="civilians", measure="period", period_start="2011-09", period_end="2019-12-31"
    ),
    "another unit": count(4000, unit="movements", indicator="displaced", by_fire=""),
    "a word": count("", bound="vague", low=200, high=999),
}


@pytest.mark.parametrize("of_another_thing", NO_MEASURE.values(), ids=NO_MEASURE)
def test_a_count_of_another_thing_or_in_a_word_stands_on_no_scale(tmp_path, of_another_thing):
    found = beside(tmp_path, TOTAL, counts=[of_another_thing])
    assert found.empty
    assert {"claim_id", "relation", "comparison", "counted_value"} <= set(found)
    assert [trace for trace in draw(found, LIGHT).data if trace.x is not None and len(trace.x)] == []


def test_the_largest_claims_are_shown_and_no_more_than_asked_for(tmp_path):
    dataset = dataset_of(tmp_path, SMALLER, TOTAL, {}, counts=[count(4000)])
    rows = claims_view(dataset)
    assert wordings(beside_counts(dataset, rows)) == ["5,000 dead", "4,000 dead"]
    assert wordings(beside_counts(dataset, rows, most=1)) == ["5,000 dead"]
    assert wordings(beside_counts(dataset, rows.head(1))) == ["4,000 dead"]
    assert beside_counts(dataset, rows.head(0)).empty


def test_the_title_counts_what_has_the_same_a_part_or_a_whole_beside_it_and_nothing_near(tmp_path):
    near = count(4000, measure="period", period_start="2011-09", period_end="2019-12-31")
    for counts, said in (
        ([count(4000)], "1 of 1 claim has a comparable published count"),
        ([count(4000, population_group="civilians")], "1 of 1 claim has a comparable published count"),
        ([near], "0 of 1 claim has a comparable published count"),
    ):
        dataset = dataset_of(tmp_path, TOTAL, counts=counts)
        assert how_many_compare(dataset, claims_view(dataset)) == said


TOGETHER = (
    "By our rules every claim can hold together with the published counts; the sentences say how far apart they are."
)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([count(4000)], TOGETHER),
        ([count(6000, population_group="civilians")], "By our rules, 1 claim cannot hold together with a published count: “5,000 dead”."),
        ([], TOGETHER),
    ],
    ids=["the same thing", "below a part", "no count"],
)  # fmt: skip
def test_a_claim_is_ruled_out_by_a_larger_part_and_not_by_another_count_of_the_same(tmp_path, counts, said):
    dataset = dataset_of(tmp_path, TOTAL, WORD, counts=counts)
    assert which_are_ruled_out(dataset, claims_view(dataset)) == said


def of_claims(figure):
    """Return the marks of the claims: x, and whether each is seen."""
    [trace] = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers+text"]
    return [(round(x, 3), seen) for x, seen in zip(trace.x, trace.marker.opacity, strict=True)]


def ticks(figure):
    """Return dash of the line to the places of the ticks along their scale."""
    return {
        trace.line.dash: sorted({round(x, 3) for x in trace.x if x is not None})
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "lines" and trace.opacity is None
    }


def test_claim_and_counts_stand_on_one_scale_that_begins_at_0_and_estimates_are_dashed(tmp_path):
    counts = [count(4000), count(10_000, organisation_id="paper", kind="estimate")]
    figure = draw(beside(tmp_path, TOTAL, counts=counts), LIGHT)
    assert tuple(figure.layout.xaxis.range) == (0, 1)
    end = 10_000 * 1.06
    assert ticks(figure) == {"solid": [round(4000 / end, 3)], "2px,2px": [round(10_000 / end, 3)]}
    assert of_claims(figure) == [(round(5000 / end, 3), 1.0)]


NOBODY = {"low": 0, "best": 0, "high": 0}


@pytest.mark.parametrize(
    ("claim", "values", "marks", "drawn"),
    [
        (TOTAL, [0], [0.943], [0.0]),
        (TOTAL, [0, 10_000], [0.472], [0.0, 0.943]),
        (TOTAL | NOBODY | {"wording": "zero dead"}, [4000], [0.0], [0.943]),
        (TOTAL | NOBODY | {"wording": "zero dead"}, [0], [0.0], [0.0]),
    ],
)
def test_a_zero_stands_at_0_whether_claimed_or_counted(tmp_path, claim, values, marks, drawn):
    counts = [count(value, organisation_id=by) for value, by in zip(values, ("post", "paper"), strict=False)]
    figure = draw(beside(tmp_path, claim, counts=counts), LIGHT)
    assert ([x for x, _ in of_claims(figure)], ticks(figure)) == (marks, {"solid": drawn})


def test_a_count_that_was_published_after_the_report_is_pale_and_says_so_on_hovering(tmp_path):
    counts = [count(4000), count(4500, organisation_id="paper", published="2025")]
    figure = draw(beside(tmp_path, TOTAL, counts=counts), LIGHT)
    assert ticks(figure) == {"solid": [0.755]}
    [pale] = [trace for trace in figure.data if trace.opacity == LATER]
    assert {round(x, 3) for x in pale.x} == {0.849}
    [hovered] = [trace for trace in figure.data if trace.hovertext and "Published count" in trace.hovertext[0]]
    said = {
        round(x, 3): "published later than the report" in text
        for x, text in zip(hovered.x, hovered.hovertext, strict=True)
    }
    assert said == {0.755: False, 0.849: True}


def test_each_claim_has_a_scale_of_its_own(tmp_path):
    figure = draw(beside(tmp_path, TOTAL, SMALLER, counts=[count(1000)]), LIGHT)
    assert of_claims(figure) == [(round(1 / 1.06, 3), 1.0)] * 2
    assert ticks(figure)["solid"] == [round(1000 / 5000 / 1.06, 3), round(1000 / 4000 / 1.06, 3)]


@pytest.mark.parametrize("palette", [LIGHT, DARK, replace(LIGHT, wide=True)], ids=["light", "dark", "wide"])
def test_a_floor_keeps_one_arrow_however_many_counts_stand_beside_it(tmp_path, palette):
    counts = [count(4000), count(8000, organisation_id="paper")]
    figure = draw(beside(tmp_path, FLOOR, counts=counts), palette)
    assert [round(note.x, 3) for note in figure.layout.annotations if note.showarrow] == [round(5000 / 8000 / 1.06, 3)]


def test_a_word_is_a_pale_band_with_no_mark_that_is_seen_and_its_bounds_are_called_a_convention(tmp_path):
    figure = draw(beside(tmp_path, WORD, counts=[count(400)]), LIGHT)
    [band] = [trace for trace in figure.data if trace.opacity == PALE]
    assert [round(x, 3) for x in band.x] == [round(200 / 999 / 1.06, 3), round(999 / 999 / 1.06, 3)]
    assert [seen for _, seen in of_claims(figure)] == [0.0]
    assert any("200 to 999: our convention" in note.text for note in figure.layout.annotations)


def words_of(figure, start):
    """Return where each text that begins so stands: its anchor along the paper and its top."""
    return [(note.x, note.y) for note in figure.layout.annotations if note.text and start in note.text]


def test_words_stand_left_of_the_scale_and_the_sentence_right_of_it_where_there_is_room_else_above(tmp_path):
    found = beside(tmp_path, TOTAL, counts=[count(4000)])
    wide, narrow = draw(found, replace(LIGHT, wide=True)), draw(found, LIGHT)
    sentence = found["comparison"].iloc[0][:20]
    assert (words_of(wide, "5,000 dead")[0][0], words_of(wide, sentence)[0][0]) == (0, 1)
    assert words_of(narrow, "5,000 dead") == words_of(narrow, sentence) == [(0, 0)]
    assert wide.layout.margin.l > 200 > narrow.layout.margin.l


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((4000,), ["0", "4,000"]),
        ((4000, 4100), ["0", "4,000 to 4,100"]),
        ((1000, 4000), ["0", "1,000", "4,000"]),
        ((12_762_243, 12_762_400), ["0", "12.8 million"]),
    ],
)
def test_the_numbers_beneath_a_scale_do_not_touch(tmp_path, values, said):
    organisations = ["post", "paper"]
    counts = [count(value, organisation_id=organisations[at]) for at, value in enumerate(values)]
    figure = draw(beside(tmp_path, TOTAL, counts=counts), LIGHT)
    numbers = sorted((note.x, note.text) for note in figure.layout.annotations if note.font.size == 11)
    first = [] if numbers[0][1] == "0" else ["0"]
    assert [*first, *(text for _, text in numbers)] == said


def test_words_of_tables_are_never_markup(tmp_path):
    found = beside(tmp_path, TOTAL, counts=[count(4000)])
    evil = draw(found.assign(wording="<script>x", organisation="<script>y", comparison="<script>z"), LIGHT)
    assert "<script>" not in evil.to_json()
