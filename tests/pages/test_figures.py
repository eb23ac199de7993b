"""Figures: one mark a claim, each with its provenance; nothing that a table holds becomes markup."""

import re
from dataclasses import replace
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis import order
from analysis.counts import published_counts
from analysis.view import claims_view
from figures.composition import composition
from figures.hover import alike_once, provenance, whole_facts
from figures.intervals import intervals
from figures.layout import PALE, in_numbers, nice_steps
from figures.palette import DARK, LIGHT
from figures.reference import reference
from tests.support import small
from validation.vocabulary import POPULATION_GROUPS, SERIES_INDICATORS, codes

BOUNDS = [
    {"claim_id": "paper-2019-07-12-01"},
    {"claim_id": "paper-2019-07-12-02", "wording": "more than 90", "bound": "at_least", "low": 90, "best": 90, "high": ""},
    {"claim_id": "paper-2019-07-12-03", "wording": "some 43", "bound": "about", "low": "", "best": 43, "high": ""},
    {"claim_id": "paper-2019-07-12-04", "wording": "up to 50", "bound": "up_to", "low": "", "best": 50, "high": 50},
    {"claim_id": "paper-2019-07-12-05", "wording": "30 to 40", "bound": "range", "low": 30, "best": "", "high": 40},
    {"claim_id": "paper-2019-07-12-06", "wording": "hundreds", "bound": "vague", "low": 200, "best": "", "high": 999},
    {"claim_id": "paper-2019-07-12-07", "wording": "zero, or 0", "low": 0, "best": 0, "high": 0},
]  # fmt: skip
NO_CLAIMS, NO_COUNTS = claims_view(small.record()).head(0), published_counts(small.record()).head(0)
EVIL = "<script>alert(1)</script><b>2"


@pytest.fixture
def rows():
    dataset = small.record(claims=[small.claim(**cells) for cells in BOUNDS], claim_caveats=[])
    assert dataset.findings == ()
    return order.by_event(claims_view(dataset))


def marks(figure):
    """Return claim id to the x, y of its mark, from the one trace that carries ids."""
    [trace] = [trace for trace in figure.data if trace.customdata is not None]
    return {row[0]: (x, y) for row, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_claim_has_one_mark_at_its_number(rows, palette):
    drawn = {claim: x * 1000 for claim, (x, _) in marks(intervals(rows, palette)).items()}
    assert drawn == pytest.approx(
        {
            "paper-2019-07-12-01": 900, "paper-2019-07-12-02": 90, "paper-2019-07-12-03": 43, "paper-2019-07-12-04": 50,
            "paper-2019-07-12-05": 1200**0.5, "paper-2019-07-12-06": (200 * 999) ** 0.5, "paper-2019-07-12-07": 0,
        }
    )  # fmt: skip


def test_floors_point_up_ceilings_down_ranges_are_bars_and_words_pale_bands(rows):
    figure = intervals(rows, LIGHT)
    arrows = [(round(note.x * 1000), note.ax) for note in figure.layout.annotations if note.showarrow]
    assert arrows == [(90, -26), (50, 26)]
    bars = [(list(bar.base), list(bar.x)) for bar in figure.data if bar.type == "bar"]
    assert (bars, bands(figure, "x")) == ([([0.03], [pytest.approx(0.01)])], [[0.2, 0.999]])


def bands(figure, along):
    """Return the bounds of the pale bands of words."""
    return [list(trace[along]) for trace in figure.data if trace.opacity == PALE]


def test_a_word_is_a_pale_band_with_no_mark_that_can_be_seen_and_one_that_can_be_picked(rows):
    word = rows[rows["bound"] == "vague"]
    whole = word.assign(claim_id="whole", wording="thousands", low=2000, high=9999, value=4472.0)
    parts = pd.concat([whole, word.assign(part_of="whole")])
    drawn = {
        "x": [intervals(word, LIGHT), composition(parts, LIGHT)],
        "y": [reference(NO_COUNTS, word, LIGHT)],
    }
    found = [bands(figure, along) for along, figures in drawn.items() for figure in figures]
    assert found == [[[0.2, 0.999]], [[2000, 9999], [200, 999]], [[200, 999]]]
    for figure in [figure for figures in drawn.values() for figure in figures]:
        assert {trace.mode for trace in figure.data if trace.opacity == PALE} == {"lines"}
        [picked] = [trace for trace in figure.data if trace.customdata is not None]
        seen = picked.marker.opacity
        assert seen == 0 or set(seen) == {0.0}
        others = [trace for trace in figure.data if trace.opacity != PALE and trace is not picked]
        assert [trace.y for trace in others if trace.y is not None and set(trace.y) - {None}] == []


def scale(figure, heading=0):
    """Return the numbers of the scale of a heading: what is written to where it stands."""
    at = sorted({note.y for note in figure.layout.annotations if note.xanchor == "center"})[heading]
    return {note.text: note.x for note in figure.layout.annotations if note.xanchor == "center" and note.y == at}


def test_each_heading_has_a_scale_of_its_own_that_begins_at_0_and_ends_above_its_largest_number(rows):
    one = rows.assign(heading=["few" if row == BOUNDS[3]["claim_id"] else "many" for row in rows["claim_id"]])
    drawn = intervals(one.sort_values("heading", kind="stable"), LIGHT)
    assert (scale(drawn, 0), scale(drawn, 1)) == (
        {"0": 0, "20": 1 / 3, "40": 2 / 3, "60": 1},
        {"0": 0, "500": 0.5, "1,000": 1},
    )
    at = {claim: x for claim, (x, _) in marks(drawn).items()}
    assert (at["paper-2019-07-12-04"], at["paper-2019-07-12-01"], at["paper-2019-07-12-07"]) == (50 / 60, 0.9, 0)


def test_numbers_that_are_all_0_have_a_scale_from_0_to_1(rows):
    zero = rows[rows["claim_id"] == "paper-2019-07-12-07"]
    figure = intervals(zero, LIGHT)
    assert (scale(figure), marks(figure)["paper-2019-07-12-07"][0]) == ({"0": 0, "1": 1}, 0)


def test_on_a_wide_page_words_stand_left_of_the_marks_and_the_number_at_each(rows):
    wide, narrow = intervals(rows, replace(LIGHT, wide=True)), intervals(rows, LIGHT)
    at_marks = [
        note.text
        for note in wide.layout.annotations
        if note.font.size in (12, 13) and note.xanchor == "left" and note.xref != "paper"
    ]
    convention = "200 to 999: our convention".replace(" ", "\u00a0")
    assert sorted(at_marks) == sorted(
        ["900", "at least 90", "about 43", "at most 50", "between 30 and 40", convention, "0"]
    )
    assert (wide.layout.margin.l, narrow.layout.margin.l) == (400, 20)
    assert wide.layout.height < narrow.layout.height
    assert any(convention in note.text for note in narrow.layout.annotations)


def test_a_part_begins_at_0_and_a_word_between_its_bounds(rows):
    whole = rows.head(1).assign(claim_id="whole", value=2000.0)
    parts = rows[rows["claim_id"].isin([BOUNDS[1]["claim_id"], BOUNDS[5]["claim_id"]])].assign(part_of="whole")
    figure = composition(pd.concat([whole, parts]), LIGHT)
    [bars] = [trace for trace in figure.data if trace.type == "bar" and len(trace.x)]
    assert (list(zip(bars.base, bars.x, strict=True)), bands(figure, "x")) == ([(0, 2000), (0, 90)], [[200, 999]])


PART = {
    "claim_id": "paper-2019-07-12-02",
    "wording": "40 women",
    "population_group": "women",
    "part_of": "paper-2019-07-12-01",
}
OF_WHOLE_WAR = {"measure": "cumulative", "period_start": "2011-03", "place_id": "syria", "indicator": "idps"}
STATE = {"indicator": "idps", "measure": "stock", "period_start": "", "by_fire": ""}


def texts_of(figure):
    """Return the words of a figure without markup, each line break a space."""
    return [
        re.sub(r"<br>", " ", re.sub(r"<(?!br)[^>]*>", "", note.text)) for note in figure.layout.annotations if note.text
    ]


@pytest.mark.parametrize("palette", [LIGHT, replace(LIGHT, wide=True)], ids=["phone", "desk"])
@pytest.mark.parametrize("named", ["both", "the part alone"])
def test_a_part_says_of_what_it_is_one_and_a_whole_says_nothing(palette, named):
    few = {"low": 40, "best": 40, "high": 40}
    dataset = small.record(claims=[small.claim(), small.claim(**PART, **few)], claim_caveats=[])
    assert dataset.findings == ()
    view = claims_view(dataset)
    rows = order.by_event(view if named == "both" else view[view["part_of"].notna()])
    said = texts_of(intervals(rows, palette))
    assert [text.startswith("40 women") for text in said if "part of “900 people”" in text] == [True]
    hovered = {
        row: " · part of “900 people”" in text for row, text in zip(rows["claim_id"], provenance(rows), strict=True)
    }
    assert hovered == {claim: claim == PART["claim_id"] for claim in rows["claim_id"]}


@pytest.mark.parametrize("claims", [1, 9], ids=["beside its mark", "in the list"])
@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ([STATE | {"period_end": f"2019-0{at}-30"} for at in (4, 6)], True),
        ([OF_WHOLE_WAR | {"by_fire": "", "period_end": f"2019-0{at}-30"} for at in (4, 6)], False),
    ],
    ids=["states", "totals"],
)
def test_a_total_since_the_war_began_says_so_among_states_and_not_among_totals(claims, counted, said):
    rows = [
        small.claim(**OF_WHOLE_WAR, claim_id=f"paper-2019-07-12-{at:02}", paragraph=at) for at in range(1, claims + 1)
    ]
    observed = [
        small.count(observation_id=f"c-{at}", series_id="", published="2019-07", **cells)
        for at, cells in enumerate(counted)
    ]
    caveats = [f"paper-2019-07-12-{at:02},stock_or_flow,Ever displaced." for at in range(1, claims + 1)]
    dataset = small.record(claims=rows, claim_caveats=caveats, observations=observed)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    figure = reference(published_counts(dataset), claims_view(dataset), LIGHT)
    listed = [trace.name for trace in figure.data if trace.legendgroup == "claims"]
    words = " ".join([*texts_of(figure), *listed]).replace("\u00a0", "").replace("<br>", " ")
    assert words.count("since the war began") == (claims if said else 0)


@pytest.mark.parametrize("top", [1, 2, 3, 5, 9, 11, 12, 999, 1_300_000, 11_000_000, 420_000_000])
@pytest.mark.parametrize("most", [3, 4, 6])
def test_an_axis_of_numbers_says_where_its_lines_stand_and_nothing_twice(top, most):
    steps = nice_steps(top, most)
    names = [in_numbers(step) for step in steps]
    assert len(set(names)) == len(names)
    assert [
        float(name.removesuffix(" million").replace(",", "")) * (1e6 if "million" in name else 1) for name in names
    ] == steps
    assert steps[-2] < top <= steps[-1]


def test_the_axis_of_few_people_names_whole_numbers_once():
    few = [
        {"low": value, "best": value, "high": value, "period_end": f"2019-0{at}-30"} for at, value in ((4, 0), (6, 2))
    ]
    dataset = small.record(observations=[
        small.count(observation_id=f"c-{at}", series_id="", published="2019-07", **cells) for at, cells in enumerate(few)
    ])  # fmt: skip
    axis = reference(published_counts(dataset), NO_CLAIMS, LIGHT).layout.yaxis
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {0: "0", 1: "1", 2: "2"}


def test_a_count_that_is_a_word_is_a_band_and_breaks_the_line():
    counted = [
        small.count(observation_id=f"c-{at}", series_id="", published="2020", period_end=f"2019-0{at}-30", **cells)
        for at, cells in enumerate(
            [{"low": 5, "best": 5, "high": 5}, {"low": 6, "best": 6, "high": 6},
             {"bound": "vague", "low": 200, "best": "", "high": 999}, {"low": 7, "best": 7, "high": 7}], start=4)
    ]  # fmt: skip
    dataset = small.record(observations=counted)
    assert dataset.reference_findings == ()
    figure = reference(published_counts(dataset), NO_CLAIMS, LIGHT)
    [line] = [trace for trace in figure.data if trace.name]
    assert (list(line.y), bands(figure, "y")) == ([5, 6, None, 7], [[200, 999]])
    [picked] = [trace for trace in figure.data if isinstance(trace.marker.opacity, int) and len(trace.y)]
    assert (picked.marker.opacity, list(picked.y)) == (0, [599.5])
    assert picked.hovertext[0].startswith("<b>“hundreds” (between 200 and 999), ")


def test_an_approximation_is_hollow_and_carries_a_tilde(rows):
    figure = intervals(rows, LIGHT)
    [trace] = [trace for trace in figure.data if trace.customdata is not None]
    signs = dict(
        zip([row[0] for row in trace.customdata], zip(trace.text, trace.marker.symbol, strict=True), strict=True)
    )
    assert signs["paper-2019-07-12-03"] == ("~", "circle-open")
    assert signs["paper-2019-07-12-01"] == ("", "circle")


def test_families_and_people_never_share_an_axis():
    dataset = small.record()
    with pytest.raises(ValueError, match="different units"):
        intervals(order.by_event(claims_view(dataset)), LIGHT)


def test_a_total_is_drawn_with_its_parts_beneath_it_each_from_0_and_not_added():
    whole = {
        "claim_id": "paper-2019-07-12-01",
        "indicator": "displaced",
        "low": 11,
        "best": 11,
        "bound": "at_least",
        "high": "",
    }
    parts = [
        {
            "claim_id": f"paper-2019-07-12-0{n}",
            "indicator": kind,
            "low": v,
            "best": v,
            "high": v,
            "part_of": whole["claim_id"],
        }
        for n, kind, v in ((2, "idps", 5), (3, "refugees", 6))
    ]
    dataset = small.record(claims=[small.claim(**cells) for cells in (whole, *parts)], claim_caveats=[])
    figure = composition(claims_view(dataset), LIGHT)
    [bars] = [trace for trace in figure.data if trace.type == "bar"]
    assert list(zip(bars.base, bars.x, strict=True)) == [(0.0, 11.0), (0.0, 6.0), (0.0, 5.0)]


@pytest.mark.parametrize("build", [intervals, composition, partial(intervals, colour_by="indicator")])
def test_no_claims_give_an_empty_figure_and_not_an_error(rows, build):
    figure = build(rows.head(0), LIGHT)
    assert [trace for trace in figure.data if trace.customdata is not None and len(trace.customdata)] == []


def test_markup_in_a_table_stays_text():
    dataset = small.record(claims=[small.claim(wording=EVIL)], claim_caveats=[])
    rows = order.by_event(claims_view(dataset))
    for palette in (LIGHT, replace(LIGHT, wide=True)):
        text = intervals(rows, palette).to_json()
        assert "<script" not in text.replace("\\u003c", "<")
        assert "&lt;script&gt;" in text.replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&")


def test_hover_names_wording_speaker_printer_and_caveats_in_lines_that_fit():
    rows = claims_view(small.record())
    assert provenance(rows)[2].split("<br>") == [
        "<b>“hundreds of families”</b>",
        "Displaced · All people · Town",
        "until January 2020 (start not given) (one event)",
        "Said by: The Post",
        "Printed by: The Post, 5 January 2020, paragraph 1",
        "Quote not checked",
        "Limitations: Period not stated",
    ]


def test_long_hover_text_leaves_out_whole_caveats_and_says_where_they_are():
    rows = claims_view(small.record()).assign(caveats="; ".join(["Something doubtful"] * 60))
    for text in provenance(rows):
        lines = text.split("<br>")
        assert len(lines) <= 9
        assert max(len(line) for line in lines) <= 50 + len("<b></b>")
        kept = " ".join(lines[:-1]).split("Limitations: ")[1].split("; ")
        assert (set(kept), lines[-1]) == ({"Something doubtful"}, "more in the card")
        assert len(kept) > 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["one", "two"], ["one", "two"]),
        (["one", "two", "three", "four"], ["one", "two", "three", "four"]),
        (["one", "two", "three", "four", "five"], ["one", "two", "three", "more"]),
        (["one", "word " * 60, "two"], ["one", "more"]),
    ],
)
def test_no_fact_is_cut_and_none_after_one_that_is_left_out_is_kept(facts, said):
    assert whole_facts("900", facts, 5, "more").split("<br>") == ["<b>900</b>", *said]


def test_a_first_fact_without_end_says_that_it_goes_on():
    lines = whole_facts("word " * 200, ["one"], 5, "more").split("<br>")
    assert (len(lines), lines[-2:]) == (5, ["…", "more"])


def test_hovering_a_count_drops_the_address_before_what_the_count_leaves_out():
    series = small.series(excludes=" ".join(["those who died of wounds"] * 8), definition="people counted by name")
    dataset = small.record(series=[series], observations=[small.count()])
    assert dataset.reference_findings == ()
    [line] = [trace for trace in reference(published_counts(dataset), NO_CLAIMS, LIGHT).data if trace.name]
    text = line.hovertext[0].replace("<br>", " ")
    assert "Leaves out: " + " ".join(["those who died of wounds"] * 8) in text


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_marks_stand_out_from_the_page(palette):
    words = {"text": palette.text, "quiet": palette.quiet} | dict(palette.groups)
    assert {name for name, colour in words.items() if contrast(colour, palette.page) < 4.5} == set()
    assert {name for name, colour in palette.indicators.items() if contrast(colour, palette.page) < 3} == set()


def test_every_group_and_indicator_has_a_colour_of_its_own():
    for palette in (LIGHT, DARK):
        assert list(palette.groups) == codes(POPULATION_GROUPS)
        assert list(palette.indicators) == codes(SERIES_INDICATORS)
        assert len(set(palette.groups.values())) == len(palette.groups)
        assert len(set(palette.indicators.values())) == len(palette.indicators)


def test_builders_do_not_change_their_table(rows):
    before = rows.copy(deep=True)
    intervals(rows, LIGHT)
    composition(rows, LIGHT)
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    ("texts", "sent"),
    [
        (["<b>1</b><br>A<br>B", "<b>2</b><br>A<br>B"], (["<b>1</b>", "<b>2</b>"], "%{hovertext}<br>A<br>B<extra></extra>")),
        (["<b>1</b><br>A<br>B", "<b>2</b><br>C<br>B"], (["<b>1</b><br>A", "<b>2</b><br>C"], "%{hovertext}<br>B<extra></extra>")),
        (["<b>1</b>", "<b>1</b>"], (["<b>1</b>", "<b>1</b>"], None)),  # the first line stays with its mark
        (["1<br>A", "2<br>B"], (["1<br>A", "2<br>B"], None)),
        (["1<br>A", "", "3<br>A"], (["1<br>A", "", "3<br>A"], None)),  # a mark that says nothing goes on saying nothing
        (["1<br>%{x}", "2<br>%{x}"], (["1<br>%{x}", "2<br>%{x}"], None)),  # Plotly would fill it in
        (["1<br>A"], (["1<br>A"], None)),
    ],
)  # fmt: skip
def test_what_all_marks_of_a_trace_say_alike_at_their_end_is_sent_once(texts, sent):
    [trace] = alike_once(go.Figure(go.Scatter(x=[1, 2, 3], y=[1, 2, 3], hovertext=texts))).data
    assert (list(trace.hovertext), trace.hovertemplate) == sent
