"""Room for words: nothing covered at any width, nothing past the edges; and colours that can be told and read."""

from dataclasses import fields

import pandas as pd
import pytest

from figures.labels import WIDTHS, LabelLayout, size_of
from figures.palette import DARK, LIGHT
from figures.reference import style_of
from figures.reference_labels import Scale, key_of, letters, of_breaks, of_claims

RIGHT, LEFT = (10.0, 0.0), (-60.0, 0.0)


def test_the_first_free_place_is_taken_and_then_taken():
    room = LabelLayout(400)
    assert room.place(0.5, 200, 50, 20, [RIGHT, LEFT]) == RIGHT
    assert room.place(0.5, 200, 50, 20, [RIGHT, LEFT]) == LEFT
    assert room.place(0.5, 200, 50, 20, [RIGHT, LEFT]) is None


def test_a_place_that_is_free_on_a_desk_and_covered_on_a_phone_is_not_free():
    room = LabelLayout(400)
    room.reserve_mark(0.65, 200, 5)
    assert 0.65 * max(WIDTHS) - 0.5 * max(WIDTHS) > 70
    assert room.place(0.5, 200, 50, 20, [RIGHT, LEFT]) == LEFT


def test_a_place_that_is_free_on_a_phone_and_covered_on_a_desk_is_not_free():
    room = LabelLayout(400)
    room.reserve_mark(0.505, 200, 1)
    assert 0.005 * min(WIDTHS) + 1 < 10 < 0.005 * max(WIDTHS) + 6
    assert room.place(0.5, 200, 50, 20, [(4.0, 0.0), LEFT]) == LEFT


@pytest.mark.parametrize(
    ("share", "down", "offer"), [(0.99, 200, RIGHT), (0.01, 200, LEFT), (0.5, 5, RIGHT), (0.5, 395, RIGHT)]
)
def test_no_words_stand_past_an_edge(share, down, offer):
    assert LabelLayout(400).place(share, down, 50, 20, [offer]) is None


def test_words_may_reach_aside_where_the_figure_has_a_margin():
    assert LabelLayout(400, aside=70).place(0.99, 200, 50, 20, [RIGHT]) == RIGHT


def test_no_lines_need_no_room():
    assert size_of([]) == (0, 0)
    assert size_of(["ab", "c"]) == (14.0, 32.0)


SERIES = pd.DataFrame(
    {"series_id": ["b", "a", "c", "b"], "organisation": ["X", "Y", "X", "X"],
     "day": pd.to_datetime(["2019-01-01", "2019-06-01", "2019-03-01", "2019-12-31"]), "value": [1.0, 2.0, 3.0, 4.0],
     "high": [None] * 4}
)  # fmt: skip
CLAIM = {"claim_id": "one", "to_day": pd.Timestamp("2019-07-01"), "value": 2.0, "wording": "some words", "bound": "exact",
         "indicator": "killed", "low": 2, "high": 2}  # fmt: skip


def test_letters_follow_the_list_publisher_by_publisher():
    assert key_of(SERIES) == {"b": "A", "c": "B", "a": "C"}
    many = pd.DataFrame({"series_id": [str(n) for n in range(60)], "organisation": "X"})
    assert len(set(key_of(many).values())) == 60


def test_a_letter_stands_at_the_last_value_of_its_series_and_is_left_out_where_there_is_no_room():
    scale, colours = Scale.of(SERIES, pd.DataFrame([CLAIM])), {"X": "x", "Y": "y"}
    [last] = [
        n for n in letters(SERIES, key_of(SERIES), colours, scale, LabelLayout(430, 26)) if n["text"] == "<b>A</b>"
    ]
    assert (last["x"], last["y"], last["font"]["color"]) == ("2019-12-31", 4.0, "x")
    full = LabelLayout(430)
    full.reserve(0.5, -1000, 1000, 0, 430)
    assert letters(SERIES, key_of(SERIES), colours, scale, full) == []


def test_the_words_of_a_claim_without_room_are_given_back_and_not_lost():
    claims = pd.DataFrame([CLAIM])
    scale, full = Scale.of(SERIES, claims), LabelLayout(430)
    notes, unplaced = of_claims(claims, scale, LabelLayout(430), LIGHT)
    assert ([note["text"] for note in notes], unplaced) == (["<b>“some words”</b>"], [])
    full.reserve(0.5, -1000, 1000, 0, 430)
    assert of_claims(claims, scale, full, LIGHT) == ([], ["one"])


def test_two_breaks_of_one_day_do_not_stand_on_one_another():
    scale = Scale.of(SERIES, pd.DataFrame([CLAIM]))
    notes = of_breaks([("2019-06-01", "a new list")] * 2, scale, LabelLayout(430), LIGHT)
    assert len({(note["xanchor"], note["y"]) for note in notes}) == 2


def test_a_record_without_values_has_a_scale():
    scale = Scale.of(SERIES.head(0), pd.DataFrame([CLAIM]).head(0))
    assert 0 < scale.share(scale.first + (scale.last - scale.first) / 2) < 1
    assert scale.down(0.0) > scale.down(scale.top)


def colours_of(palette):
    """Return every colour of a palette with its name."""
    for field in fields(palette):
        value = getattr(palette, field.name)
        if isinstance(value, bool):
            continue
        named = (
            value.items()
            if hasattr(value, "items")
            else enumerate(value)
            if isinstance(value, tuple)
            else [("", value)]
        )
        yield from ((f"{field.name} {name}", colour) for name, colour in named)


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_have_a_contrast_of_4_5_and_marks_of_3_against_the_page_and_areas(palette):
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    faint = {}
    for name, colour in colours_of(palette):
        # Words are written in the colours of groups and publishers and in those of indicators beside claims; areas carry words.
        if name.startswith("counts"):
            least, against = 4.5, palette.text
        elif name.startswith(("page", "line")):
            continue
        else:
            least, against = 4.5, palette.page
        if contrast(colour, against) < least:
            faint[name] = round(contrast(colour, against), 2)
    assert faint == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_colour_of_a_publisher_of_the_record_means_nothing_else(palette):
    others = {*palette.groups.values(), *palette.indicators.values()}
    assert set(palette.publishers) & others == set()
    assert len(set(palette.publishers)) == len(palette.publishers)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_an_organisation_has_one_colour_in_every_figure_and_no_two_of_a_figure_look_the_same(palette):
    publishers = [f"publisher-{number}" for number in range(len(palette.publishers))]
    together = style_of(publishers, palette)
    alone = {publisher: style_of([publisher], palette)[publisher][0] for publisher in publishers}
    assert {publisher: colour for publisher, (colour, _) in together.items()} == alone
    assert style_of(reversed(publishers), palette) == together
    many = style_of([f"publisher-{number}" for number in range(40)], palette)
    assert len(set(many.values())) == 40
    assert len(style_of([f"publisher-{number}" for number in range(60)], palette)) == 60


def test_a_line_to_a_label_crosses_no_label_and_no_other_mark_and_goes_elsewhere_or_nowhere():
    below, beside = (-20.0, 60.0), (30.0, 0.0)
    room = LabelLayout(400, widths=[400.0])
    room.reserve_mark(0.5, 100, 9)
    assert room.place(0.5, 100, 40, 14, [below], with_leader=True) == below

    for taken in ("a mark", "a label"):
        room = LabelLayout(400, widths=[400.0])
        room.reserve_mark(0.5, 100, 9)
        if taken == "a mark":
            room.reserve_mark(0.5, 130, 5)
        else:
            assert room.place(0.5, 130, 10, 8, [(-5.0, 0.0)]) is not None
        assert room.place(0.5, 100, 40, 14, [below, beside], with_leader=True) == beside
        assert room.place(0.5, 100, 40, 14, [below], with_leader=True) is None
        assert room.place(0.5, 100, 40, 14, [below]) == below


def test_a_label_stays_off_the_line_to_another():
    room = LabelLayout(400, widths=[400.0])
    assert room.place(0.5, 100, 40, 14, [(-20.0, 80.0)], with_leader=True) is not None
    assert room.place(0.5, 150, 40, 14, [(-20.0, 0.0), (20.0, 0.0)]) == (20.0, 0.0)
