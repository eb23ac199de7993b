"""Names of published counts: at the ends of their lines on a wide page alone, none over another; what a line means is said."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from analysis.counts import published_counts
from analysis.view import claims_view
from figures.labels import spread
from figures.line_names import GAP
from figures.palette import LIGHT
from figures.reference import reference
from tests.support import small

NO_CLAIMS = claims_view(small.record()).head(0)
WIDE = replace(LIGHT, wide=True)


@pytest.fixture
def counts():
    """Return what makes published counts of series: title to its last day, value and changed cells."""

    def make(**series):
        rows, named = [], []
        for title, (day, value, cells) in series.items():
            series_id = f"s-{title.lower().replace('_', '-')}"
            named.append(small.series(series_id=series_id, title=title.replace("_", " ")))
            common = {"series_id": series_id, "published": "2022"} | cells
            for at, end in enumerate(("2012-01-31", "2012-06-30", day)):
                number = value - 2 + at
                found = {"observation_id": f"{series_id}-{at}", "period_end": end, "low": number, "best": number}
                rows.append(small.count(**(found | {"high": number} | common)))
        dataset = small.record(series=sorted(named), observations=sorted(rows))
        assert (dataset.findings, dataset.reference_findings) == ((), ())
        return published_counts(dataset)

    return make


def texts(figure):
    return {note.text.replace("<br>", " ") for note in figure.layout.annotations if note.text}


def test_names_stand_at_line_ends_in_their_colour_on_a_wide_page_and_letters_and_a_list_on_a_phone(counts):
    rows = counts(First=("2019-03-31", 900, {}), Second=("2013-03-31", 300, {}))
    wide, narrow = reference(rows, NO_CLAIMS, WIDE), reference(rows, NO_CLAIMS, LIGHT)
    assert {"First", "Second"} <= texts(wide)
    assert texts(narrow) & {"First", "Second"} == set()
    assert {"<b>A</b>", "<b>B</b>"} <= texts(narrow)
    assert (wide.layout.showlegend, narrow.layout.showlegend) == (False, True)
    [line, *_] = [trace.line.color for trace in wide.data if trace.name]
    assert {note.font.color for note in wide.layout.annotations if note.text in ("First", "Second")} == {line}


def test_a_count_that_ends_early_is_named_beside_its_mark_and_one_that_goes_on_in_the_margin(counts):
    rows = counts(First=("2019-03-31", 900, {}), Second=("2013-03-31", 300, {}))
    at = {note.text: (note.xref, note.x) for note in reference(rows, NO_CLAIMS, WIDE).layout.annotations}
    assert at["First"] == ("paper", 1)
    assert at["Second"][1] == "2013-03-31"


def test_a_name_that_moved_has_a_line_to_its_mark(counts):
    rows = counts(**{f"Count_{at}": ("2019-03-31", 900 + at, {}) for at in range(4)})
    figure = reference(rows, NO_CLAIMS, WIDE)
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert {shape.y0 for shape in lines} <= {900.0, 901.0, 902.0, 903.0}
    assert len(lines) >= 3
    names = sorted(note.y for note in figure.layout.annotations if note.text.startswith("Count"))
    assert len(set(names)) == 4


def boxes(middles, heights):
    return [(middle - height / 2, middle + height / 2) for middle, height in zip(middles, heights, strict=True)]


@pytest.mark.parametrize(
    "middles", [[10.0, 10.0, 10.0], [390.0, 395.0, 400.0], [0.0, 200.0, 400.0], [5.0, 6.0, 399.0], []],
    ids=["at the top", "at the foot", "apart", "both", "none"],
)  # fmt: skip
def test_no_two_names_overlap_and_none_leaves_the_plot(middles):
    heights = [30.0, 15.0, 30.0][: len(middles)]
    found = boxes(spread(middles, heights, 400.0, GAP), heights)
    assert all(low >= 0 and high <= 400 for low, high in found)
    assert all(one[1] + GAP <= other[0] + 0.01 for one, other in pairwise(found))


def test_names_that_have_room_stay_at_their_marks():
    assert spread([50.0, 200.0], [30.0, 30.0], 400.0, GAP) == [50.0, 200.0]


def test_a_figure_of_many_counts_grows_until_every_name_has_room(counts):
    rows = counts(**{f"Count_{at}": ("2019-03-31", 900 + at, {}) for at in range(40)})
    figure = reference(rows, NO_CLAIMS, WIDE)
    named = [note.text for note in figure.layout.annotations if note.text.startswith("Count")]
    assert len(set(named)) == 40
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert plot >= 40 * (15 + GAP)


def test_estimates_are_dashed_documented_counts_solid_and_the_key_says_so(counts):
    rows = counts(First=("2019-03-31", 900, {}), Second=("2019-03-31", 300, {"kind": "estimate"}))
    for palette in (WIDE, LIGHT):
        figure = reference(rows, NO_CLAIMS, palette)
        dashes = {trace.legendgroup: trace.line.dash for trace in figure.data if trace.name}
        assert [trace.line.dash for trace in figure.data if trace.name] == ["solid", "dash"], dashes
        assert "Solid: documented count · dashed, hollow: estimate" in texts(figure)
    alone = reference(rows[rows["kind"] == "documented"], NO_CLAIMS, WIDE)
    assert [text for text in texts(alone) if "documented count" in text] == []


def test_the_key_names_the_mark_of_a_claim_and_the_band_of_a_word_where_they_are_drawn(counts):
    rows = counts(First=("2019-03-31", 900, {}))
    word = small.claim(wording="hundreds", bound="vague", low=200, best="", high=999)
    claims = claims_view(small.record(claims=[word], claim_caveats=[]))
    found = texts(reference(rows, claims, WIDE))
    assert (
        "Solid: documented count · diamond: claim of a report · pale band: a word such as “hundreds”, ends by our convention"
        in found
    )
    assert [text for text in found if "200 to 999: our convention" in text] != []


def test_words_of_claims_without_room_are_numbered_and_written_in_lines_beneath_on_a_wide_page(counts):
    rows = counts(First=("2019-03-31", 900, {}))
    claims = [
        small.claim(claim_id=f"paper-2019-07-12-{at:02}", wording=f"{880 + at} people with some more words here", low=880 + at,
                    best=880 + at, high=880 + at)
        for at in range(1, 40)
    ]  # fmt: skip
    view = claims_view(small.record(claims=claims, claim_caveats=[]))
    figure = reference(rows, view, WIDE)
    [beneath] = [text for text in texts(figure) if text.startswith("Claims: 1 ")]
    [diamonds] = [trace for trace in figure.data if trace.customdata is not None]
    numbers = [text for text in diamonds.text if text]
    assert len(numbers) == beneath.count("“") > 0
    assert pd.Series(numbers).astype(int).tolist() == list(range(1, len(numbers) + 1))
