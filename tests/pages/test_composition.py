"""A total and its parts: bars from 0, with published counts as ticks on the same scale, each named once, none added."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis import seen
from analysis.counts import published_counts
from analysis.view import claims_view
from figures.composition import composition
from figures.layout import PALE
from figures.palette import DARK, LIGHT
from tests.support import small
from validation.vocabulary import CUMULATIVE

WIDE, EVIL = replace(LIGHT, wide=True), "<script>alert(1)</script><b>2"
WHOLE, FIRST, SECOND = (f"paper-2019-07-12-0{number}" for number in (1, 2, 3))
FLED = {"measure": CUMULATIVE, "period_start": "2011-03", "place_id": "syria"}
CLAIMS = [
    small.claim(**FLED, wording="more than 11", indicator="displaced", bound="at_least", low=11, best=11, high=""),
    small.claim(**FLED, claim_id=FIRST, wording="five inside", indicator="idps", low=5, best=5, high=5, part_of=WHOLE),
    small.claim(
        **FLED, claim_id=SECOND, wording="six abroad", indicator="refugees", low=6, best=6, high=6, part_of=WHOLE
    ),
]
CAVEATS = [f"{claim},stock_or_flow,Not said." for claim in (WHOLE, FIRST, SECOND)]
STATE = {
    "series_id": "",
    "indicator": "idps",
    "measure": "stock",
    "by_fire": "",
    "period_start": "",
    "published": "2019-06",
}
COUNTS = [
    small.count(**STATE, observation_id="c-1", period_end="2018-12-31", low=7, best=7, high=7),
    small.count(
        **STATE,
        observation_id="c-2",
        organisation_id="paper",
        period_end="2019-03",
        bound="at_least",
        low=4,
        best=4,
        high="",
    ),
    small.count(
        **STATE,
        observation_id="c-3",
        organisation_id="post",
        period_end="2019-03",
        bound="vague",
        low=200,
        best="",
        high=999,
    ),
]


def given(claims=CLAIMS, observations=COUNTS):
    dataset = small.record(claims=claims, claim_caveats=CAVEATS, series=[], observations=observations)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return claims_view(dataset), published_counts(dataset).assign(claim_id=FIRST, later=False)


def words_of(figure):
    joined = " ".join(str(note.text) for note in figure.layout.annotations)
    return re.sub(r"\s+", " ", re.sub(r"<br>|<[^>]*>", " ", joined))


def ticks(figure):
    """Return value and whether it is seen of each tick of a published count."""
    [drawn] = [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "line-ns-open"]
    return list(zip(drawn.x, drawn.marker.opacity, strict=True))


@pytest.mark.parametrize("palette", [LIGHT, DARK, WIDE])
def test_bars_and_ticks_begin_at_0_on_one_scale_and_are_not_added(palette):
    claims, counts = given()
    figure = composition(claims, palette, counts)
    [bars] = [trace for trace in figure.data if trace.type == "bar" and len(trace.x)]
    assert list(zip(bars.base, bars.x, strict=True)) == [(0, 11), (0, 6), (0, 5)]
    assert sorted(ticks(figure)) == [(4, 1), (7, 1), (599.5, 0)]
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.xaxis.range[1] >= 999


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_counts_stand_beneath_their_claim_before_the_next_one(palette):
    claims, counts = given()
    figure = composition(claims, palette, counts.assign(claim_id=SECOND))
    marks = next(trace for trace in figure.data if trace.customdata is not None)
    at = {row[0]: y for row, y in zip(marks.customdata, marks.y, strict=True)}
    assert list(at) == [WHOLE, SECOND, FIRST]
    [drawn] = [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "line-ns-open"]
    assert all(at[SECOND] < y < at[FIRST] for y in drawn.y)


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_each_claim_and_each_count_is_named_once_with_its_day_and_its_number(palette):
    claims, counts = given()
    text = words_of(composition(claims, palette, counts))
    for name in (
        "“more than 11”",
        "“five inside”",
        "“six abroad”",
        "The Monitor, end of 2018",
        "The Paper, March 2019",
        "at least 4",
    ):
        assert text.count(name) == 1, name
    assert text.count("200 to 999: our convention") == 1


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_a_sum_of_ours_and_a_later_count_say_so(palette):
    claims, counts = given()
    text = words_of(composition(claims, palette, counts.head(1).assign(ours=True, later=True)))
    assert "Our sum of The Monitor’s counts, end of 2018, published later" in text


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_floors_of_claims_and_counts_have_an_arrow_and_words_a_band(palette):
    claims, counts = given()
    figure = composition(claims, palette, counts)
    assert sorted(note.x for note in figure.layout.annotations if note.showarrow) == [4, 11]
    assert [list(trace.x) for trace in figure.data if trace.opacity == PALE] == [[200, 999]]


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_a_count_of_a_claim_that_is_not_drawn_is_not_drawn(palette):
    claims, counts = given()
    assert ticks(composition(claims, palette, counts.assign(claim_id="another"))) == []


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_no_totals_and_no_counts_give_an_empty_figure(palette):
    claims, counts = given()
    for figure in (
        composition(claims.head(0), palette, counts),
        composition(claims.tail(2), palette),
        composition(claims, palette, counts.head(0)),
    ):
        assert ticks(figure) == []


@pytest.mark.parametrize("palette", [LIGHT, WIDE])
def test_markup_in_a_table_stays_text(palette):
    claims, counts = given()
    evil = counts.assign(organisation=EVIL, said=EVIL, title=EVIL, publication=EVIL)
    text = composition(claims.assign(wording=EVIL), palette, evil).to_json()
    assert "<script" not in text.replace("\\u003c", "<")


def test_the_title_quotes_the_one_total_and_says_how_many_parts_it_has():
    claims, _ = given()
    assert seen.total_and_parts(claims) == "“more than 11” in 2 parts, with published counts"
    two = pd.concat([claims, claims.assign(claim_id=claims["claim_id"] + "x", part_of=claims["part_of"] + "x")])
    assert seen.total_and_parts(two) == "Totals of displaced people that reports divide"
