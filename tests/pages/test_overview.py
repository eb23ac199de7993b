"""The Overview: which counts stand beside a claim, and that a reader sees both on one scale, the bound of a number never lost.

All cases are rows of one record, each about a town of its own, where the claims and counts of no other case are.
"""

from dataclasses import replace
from functools import cache

import pytest

from analysis.overview import beside_counts, how_many_compare, which_are_ruled_out
from analysis.view import claims_view
from figures.beside import LATER
from figures.beside import beside as draw
from figures.layout import PALE
from figures.palette import DARK, LIGHT
from tests.support import small

TOTAL = {
    "wording": "5,000 dead",
    "measure": "cumulative",
    "period_start": "2011-03",
    "low": 5000,
    "best": 5000,
    "high": 5000,
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


ON_OTHER_DAYS = {"measure": "period", "period_start": "2011-09", "period_end": "2019-12-31"}
CIVILIANS, CASUALTIES = {"population_group": "civilians"}, {"indicator": "casualties"}
NOBODY = {"wording": "zero dead", "low": 0, "best": 0, "high": 0}
BY_PAPER = {"organisation_id": "paper"}
CASES = {
    "one": ([TOTAL], [count(4000)]),
    "no count": ([TOTAL, WORD], []),
    "all relations": (
        [TOTAL],
        [count(4000), count(2000, **BY_PAPER, **ON_OTHER_DAYS), count(90, **CIVILIANS), count(9000, **CASUALTIES)],
    ),
    "a part before a whole": ([TOTAL], [count(90, **CIVILIANS), count(9000, **CASUALTIES)]),
    "a part": ([TOTAL], [count(4000, **CIVILIANS)]),
    "a whole": ([TOTAL], [count(9000, **CASUALTIES)]),
    "other days": ([TOTAL], [count(2000, **ON_OTHER_DAYS)]),
    "the speaker's own of other days too": ([TOTAL], [count(70, **ON_OTHER_DAYS, organisation_id="monitor"), count(4000)]),
    "another thing": ([TOTAL], [count(4000, indicator="displaced", by_fire="")]),
    "a part on other days": ([TOTAL], [count(4000, **CIVILIANS, **ON_OTHER_DAYS)]),
    "another unit": ([TOTAL], [count(4000, unit="movements", indicator="displaced", by_fire="")]),
    "a word": ([TOTAL], [count("", bound="vague", low=200, high=999)]),
    "three claims": ([SMALLER, TOTAL, {}], [count(4000)]),
    "the same thing": ([TOTAL, WORD], [count(4000)]),
    "below a part": ([TOTAL, WORD], [count(6000, **CIVILIANS)]),
    "an estimate": ([TOTAL], [count(4000), count(10_000, **BY_PAPER, kind="estimate")]),
    "nobody counted": ([TOTAL], [count(0)]),
    "nobody counted by one": ([TOTAL], [count(0), count(10_000, **BY_PAPER)]),
    "nobody claimed": ([TOTAL | NOBODY], [count(4000)]),
    "nobody at all": ([TOTAL | NOBODY], [count(0)]),
    "published later": ([TOTAL], [count(4000), count(4500, **BY_PAPER, published="2025")]),
    "two claims": ([TOTAL, SMALLER], [count(1000)]),
    "a floor": ([FLOOR], [count(4000), count(8000, **BY_PAPER)]),
    "a claim in a word": ([WORD], [count(400)]),
    "two numbers that touch": ([TOTAL], [count(4000), count(4100, **BY_PAPER)]),
    "two numbers apart": ([TOTAL], [count(1000), count(4000, **BY_PAPER)]),
    "two large numbers": ([TOTAL], [count(12_762_243), count(12_762_400, **BY_PAPER)]),
}  # fmt: skip
"""The claims and the published counts of each case."""


@cache
def record():
    claims, counts, places = [], [], []
    for at, (claimed, counted) in enumerate(CASES.values()):
        town = {"place_id": f"town-{at:02}"}
        places.append(small.place(town["place_id"], "town", "north"))
        claims += [cells | town for cells in claimed]
        counts += [cells | town for cells in counted]
    rows = [
        small.claim(claim_id=f"paper-2019-07-12-{at:02}", paragraph=at, **cells)
        for at, cells in enumerate(claims, start=1)
    ]
    observed = [small.count(observation_id=f"c-{at:02}", series_id="", **cells) for at, cells in enumerate(counts)]
    dataset = small.record(
        claims=rows, claim_caveats=[], observations=observed, places=sorted([*small.ROWS["places"], *places])
    )
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


def view(case):
    """Return the claims of a case."""
    rows = claims_view(record())
    return rows[rows["place_id"] == f"town-{list(CASES).index(case):02}"]


def beside(case):
    return beside_counts(record(), view(case))


SHOWN = ["wording", "relation", "organisation", "counted", "counted_day", "documented", "later"]


def test_beside_a_claim_stand_the_counts_of_the_closest_relation_alone():
    found = beside("all relations")
    assert found[SHOWN].to_numpy().tolist() == [["5,000 dead", "same", "The Post", "4,000", "2019-06-30", True, False]]
    assert "The Post" in found["comparison"].iloc[0]


@pytest.mark.parametrize(
    ("case", "shown"),
    [
        ("a part before a whole", [("90", "part")]),
        ("a whole", [("9,000", "whole")]),
        ("other days", [("2,000", "near")]),
        ("the speaker's own of other days too", [("70", "near"), ("4,000", "same")]),
    ],
)
def test_without_the_same_a_part_a_whole_or_other_days_stand_in(case, shown):
    found = beside(case)
    assert list(zip(found["counted"], found["relation"], strict=True)) == shown


@pytest.mark.parametrize("case", ["another thing", "a part on other days", "another unit", "a word"])
def test_a_count_of_another_thing_or_in_a_word_stands_on_no_scale(case):
    found = beside(case)
    assert found.empty
    assert {"claim_id", "relation", "comparison", "counted_value"} <= set(found)
    assert [trace for trace in draw(found, LIGHT).data if trace.x is not None and len(trace.x)] == []


def test_the_largest_claims_are_shown_and_no_more_than_asked_for():
    dataset, rows = record(), view("three claims")
    assert wordings(beside_counts(dataset, rows)) == ["5,000 dead", "4,000 dead"]
    assert wordings(beside_counts(dataset, rows, most=1)) == ["5,000 dead"]
    assert wordings(beside_counts(dataset, rows.head(1))) == ["4,000 dead"]
    assert beside_counts(dataset, rows.head(0)).empty


def test_the_title_counts_what_has_the_same_a_part_or_a_whole_beside_it_and_nothing_near():
    for case, said in (
        ("one", "1 of 1 claim has a comparable published count"),
        ("a part", "1 of 1 claim has a comparable published count"),
        ("other days", "0 of 1 claim has a comparable published count"),
    ):
        assert how_many_compare(record(), view(case)) == said


TOGETHER = (
    "By our rules every claim can hold together with the published counts; the sentences say how far apart they are."
)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("the same thing", TOGETHER),
        ("below a part", "By our rules, 1 claim cannot hold together with a published count: “5,000 dead”."),
        ("no count", TOGETHER),
    ],
)
def test_a_claim_is_ruled_out_by_a_larger_part_and_not_by_another_count_of_the_same(case, said):
    assert which_are_ruled_out(record(), view(case)) == said


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


def test_claim_and_counts_stand_on_one_scale_that_begins_at_0_and_estimates_are_dashed():
    figure = draw(beside("an estimate"), LIGHT)
    assert tuple(figure.layout.xaxis.range) == (0, 1)
    end = 10_000 * 1.06
    assert ticks(figure) == {"solid": [round(4000 / end, 3)], "2px,2px": [round(10_000 / end, 3)]}
    assert of_claims(figure) == [(round(5000 / end, 3), 1.0)]


@pytest.mark.parametrize(
    ("case", "marks", "drawn"),
    [
        ("nobody counted", [0.943], [0.0]),
        ("nobody counted by one", [0.472], [0.0, 0.943]),
        ("nobody claimed", [0.0], [0.943]),
        ("nobody at all", [0.0], [0.0]),
    ],
)
def test_a_zero_stands_at_0_whether_claimed_or_counted(case, marks, drawn):
    figure = draw(beside(case), LIGHT)
    assert ([x for x, _ in of_claims(figure)], ticks(figure)) == (marks, {"solid": drawn})


def test_a_count_that_was_published_after_the_report_is_pale_and_says_so_on_hovering():
    figure = draw(beside("published later"), LIGHT)
    assert ticks(figure) == {"solid": [0.755]}
    [pale] = [trace for trace in figure.data if trace.opacity == LATER]
    assert {round(x, 3) for x in pale.x} == {0.849}
    [hovered] = [trace for trace in figure.data if trace.hovertext and "Published count" in trace.hovertext[0]]
    said = {
        round(x, 3): "published later than the report" in text
        for x, text in zip(hovered.x, hovered.hovertext, strict=True)
    }
    assert said == {0.755: False, 0.849: True}


def test_each_claim_has_a_scale_of_its_own():
    figure = draw(beside("two claims"), LIGHT)
    assert of_claims(figure) == [(round(1 / 1.06, 3), 1.0)] * 2
    assert ticks(figure)["solid"] == [round(1000 / 5000 / 1.06, 3), round(1000 / 4000 / 1.06, 3)]


@pytest.mark.parametrize("palette", [LIGHT, DARK, replace(LIGHT, wide=True)], ids=["light", "dark", "wide"])
def test_a_floor_keeps_one_arrow_however_many_counts_stand_beside_it(palette):
    figure = draw(beside("a floor"), palette)
    assert [round(note.x, 3) for note in figure.layout.annotations if note.showarrow] == [round(5000 / 8000 / 1.06, 3)]


def test_a_word_is_a_pale_band_with_no_mark_that_is_seen_and_its_bounds_are_called_a_convention():
    figure = draw(beside("a claim in a word"), LIGHT)
    [band] = [trace for trace in figure.data if trace.opacity == PALE]
    assert [round(x, 3) for x in band.x] == [round(200 / 999 / 1.06, 3), round(999 / 999 / 1.06, 3)]
    assert [seen for _, seen in of_claims(figure)] == [0.0]
    assert any("200 to 999: our convention" in note.text for note in figure.layout.annotations)


def words_of(figure, start):
    """Return where each text that begins so stands: its anchor along the paper and its top."""
    return [(note.x, note.y) for note in figure.layout.annotations if note.text and start in note.text]


def test_words_stand_left_of_the_scale_and_the_sentence_right_of_it_where_there_is_room_else_above():
    found = beside("one")
    wide, narrow = draw(found, replace(LIGHT, wide=True)), draw(found, LIGHT)
    sentence = found["comparison"].iloc[0][:20]
    assert (words_of(wide, "5,000 dead")[0][0], words_of(wide, sentence)[0][0]) == (0, 1)
    assert words_of(narrow, "5,000 dead") == words_of(narrow, sentence) == [(0, 0)]
    assert wide.layout.margin.l > 200 > narrow.layout.margin.l


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("one", ["0", "4,000"]),
        ("two numbers that touch", ["0", "4,000 to 4,100"]),
        ("two numbers apart", ["0", "1,000", "4,000"]),
        ("two large numbers", ["0", "12.8 million"]),
    ],
)
def test_the_numbers_beneath_a_scale_do_not_touch(case, said):
    figure = draw(beside(case), LIGHT)
    numbers = sorted((note.x, note.text) for note in figure.layout.annotations if note.font.size == 11)
    first = [] if numbers[0][1] == "0" else ["0"]
    assert [*first, *(text for _, text in numbers)] == said


def test_words_of_tables_are_never_markup():
    found = beside("one")
    evil = draw(found.assign(wording="<script>x", organisation="<script>y", comparison="<script>z"), LIGHT)
    assert "<script>" not in evil.to_json()
