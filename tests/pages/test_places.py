"""Places: claims are counted where their place is, once; what no governorate holds is listed; the map draws what it is given."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.places import (
    by_area,
    counted,
    describe_places,
    listed,
    most_claims,
    off_the_map,
    outlines,
    short,
    span,
    towns,
)
from figures import places as drawing
from figures.palette import DARK, LIGHT
from validation import load
from validation.boundaries import Area, Boundaries
from validation.vocabulary import ABOUT, AT_LEAST, EXACT, RANGE

COLUMNS = ["place_id", "name", "name_ocha", "name_ar", "kind", "pcode", "iso", "within", "latitude", "longitude"]
PLACES = pd.DataFrame(
    [
        ["syria", "Syria", None, "سوريا", "country", None, "SY", None, None, None],
        ["north", "North", None, None, "region", None, None, "syria", None, None],
        ["idlib", "Idlib (governorate)", "Idleb", "إدلب", "governorate", "SY07", "SY-ID", "north", None, None],
        ["homs", "Homs (governorate)", None, None, "governorate", None, "SY-HI", "syria", None, None],
        ["saraqib", "Saraqib (sub-district)", None, None, "subdistrict", None, None, "idlib", 35.8, 36.8],
        ["south", "Southern Idlib (area)", None, None, "area", None, None, "idlib", None, None],
        ["camp", "Camp (town)", None, None, "town", None, None, "elsewhere", 32.3, 36.3],
        ["elsewhere", "Elsewhere", None, None, "country", None, "EL", None, None, None],
    ],
    columns=COLUMNS,
)
PLACES["spans"] = pd.Series([None] * 8, dtype="str")
ISO = {"SY-ID", "SY-HI"}


BOUNDARIES = load(Path("datasets")).boundaries


def counted_for(view, places, drawn):
    return counted(view, places, drawn, "governorate")


def claims(*places):
    return pd.DataFrame({"place_id": pd.Series(places, dtype="str"), "publisher": "Paper", "published": "2019-07"})


def counts(rows):
    return {row.place_id if isinstance(row.place_id, str) else None: (row.own, row.claims) for row in rows.itertuples()}


def test_a_claim_counts_for_its_place_and_all_that_contain_it():
    rows = counted_for(claims("saraqib", "saraqib", "idlib", "south"), PLACES, ISO)
    assert counts(rows) == {
        "idlib": (1, 4), "north": (0, 4), "syria": (0, 4), "saraqib": (2, 2), "south": (1, 1), "homs": (0, 0),
    }  # fmt: skip


def test_claims_about_wider_areas_are_never_spread_over_governorates():
    rows = counted_for(claims("north", "syria", "syria"), PLACES, ISO)
    assert counts(rows) == {"syria": (2, 3), "north": (1, 1), "idlib": (0, 0), "homs": (0, 0)}
    assert counts(off_the_map(rows)) == {"syria": (2, 3), "north": (1, 1)}


def test_a_claim_without_a_place_is_listed_as_not_known():
    rows = off_the_map(counted_for(claims(None, "idlib"), PLACES, ISO))
    assert rows[["name", "own", "claims", "printed"]].to_numpy().tolist() == [["not known", 1, 1, "Paper (2019)"]]


def test_a_governorate_that_no_boundary_has_is_listed_beside_the_map():
    rows = counted_for(claims("idlib", "saraqib"), PLACES, {"SY-HI"})
    assert set(off_the_map(rows)["place_id"]) == {"idlib", "saraqib"}
    assert towns(rows).empty


def test_only_places_with_coordinates_inside_a_governorate_and_claims_of_their_own_are_towns():
    rows = counted_for(claims("saraqib", "south", "camp", "idlib"), PLACES, ISO)
    assert towns(rows)["place_id"].tolist() == ["saraqib"]
    assert set(off_the_map(rows)["place_id"]) == {"camp"}


def test_every_claim_is_on_the_map_or_beside_it_once():
    given = claims("saraqib", "south", "camp", "idlib", "north", "syria", None, "homs")
    rows = counted_for(given, PLACES, ISO)
    on_it = rows[rows["place_id"] == rows["area_id"]]["claims"].sum()
    assert on_it + off_the_map(rows)["own"].sum() == len(given)


def test_the_words_say_how_many_claims_stand_where():
    rows = counted_for(claims("saraqib", "idlib", "north"), PLACES, ISO)
    assert describe_places(rows, "governorate") == (
        "2 claims in 1 governorate (Idlib 2); 1 claim about wider areas, other countries or a place not known."
    )
    assert describe_places(counted_for(claims(), PLACES, ISO), "governorate").startswith(
        "0 claims in 0 governorates; 0 claims"
    )


def test_a_name_without_brackets_stays_whole():
    assert [short("Idlib (governorate)"), short("North-west Syria")] == ["Idlib", "North-west Syria"]


def test_the_boundaries_are_the_fourteen_governorates_of_the_tables_and_the_un_zone():
    iso = load(Path("datasets")).table("places").query("kind == 'governorate'")["iso"]
    assert sorted(BOUNDARIES.isos) == sorted(iso)
    assert [area.note for area in BOUNDARIES.areas if not area.iso] == ["UN zone of disengagement (UNDOF): no figures"]


def claims_map(rows, outlined=(), palette=LIGHT, boundaries=BOUNDARIES):
    return drawing.claims_map(rows, towns(rows), dict(outlined), boundaries, palette)


def marks(figure):
    """Return place id to number drawn, from the traces that carry ids."""
    traces = [trace for trace in figure.data if trace.customdata is not None]
    return {row[0]: text for trace in traces for row, text in zip(trace.customdata, trace.text, strict=True)}


def names(figure, axis="x"):
    """Return the words that a figure writes on one of its maps."""
    notes = [note for note in figure.layout.annotations if note.text and (note.xref or "x") == axis]
    return sorted(re.sub("<[^>]*>", "", note.text) for note in notes)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_only_governorates_with_claims_have_a_mark_and_a_colour(palette):
    rows = counted_for(claims("saraqib", "idlib", "north"), PLACES, ISO)
    figure = claims_map(rows, palette=palette)
    assert marks(figure) == {"idlib": "2", "saraqib": "1"}
    for axis in ("x", "x2"):
        fills = [trace.fillcolor for trace in figure.data if trace.fill == "toself" and trace.xaxis == axis]
        assert len(fills) == 15
        assert sorted(fill for fill in fills if fill not in (None, palette.counts[0])) == [palette.counts[1]]


def test_claims_of_a_part_of_the_country_are_shown_larger_with_the_whole_country_as_inset():
    figure = claims_map(counted_for(claims("saraqib"), PLACES, ISO))
    west, south, east, north = BOUNDARIES.edges
    assert (figure.layout.xaxis2.range, figure.layout.yaxis2.range) == ((west, east), (south, north))
    inside = [figure.layout.xaxis.range, figure.layout.yaxis.range]
    assert [(low, high) for low, high in inside] != [(west, east), (south, north)]
    [frame] = figure.layout.shapes
    assert [(frame.x0, frame.x1), (frame.y0, frame.y1)] == inside
    assert inside[0][0] < 36.8 < inside[0][1]
    assert inside[1][0] < 35.8 < inside[1][1]


def test_claims_all_over_the_country_are_drawn_on_the_whole_map_alone():
    far = PLACES.assign(iso=PLACES["iso"].where(PLACES["place_id"] != "homs", "SY-HA"))
    rows = counted_for(claims("saraqib", "idlib", "homs"), far, {"SY-ID", "SY-HA"})
    figure = claims_map(rows)
    west, south, east, north = BOUNDARIES.edges
    assert (figure.layout.xaxis.range, figure.layout.yaxis.range) == ((west, east), (south, north))
    assert (list(figure.layout.shapes), "xaxis2" in figure.to_plotly_json()["layout"]) == ([], False)
    assert names(figure) == ["Homs", "Idlib"]
    assert all(west < x < east and south < y < north for area in BOUNDARIES.areas if area.iso for x, y in [area.label])


def test_the_inset_is_named_only_where_there_is_room():
    rows = counted_for(claims("saraqib"), PLACES, ISO)
    assert names(claims_map(rows, palette=replace(LIGHT, wide=True)), "x2") == ["Homs", "Idlib"]
    assert names(claims_map(rows), "x2") == []
    assert names(claims_map(rows)) == ["Idlib", "Saraqib"]


def test_the_zone_without_figures_is_hatched_and_says_so():
    figure = claims_map(counted_for(claims("idlib"), PLACES, ISO))
    zones = [trace for trace in figure.data if trace.fillpattern.shape]
    assert {zone.text for zone in zones} == {"UN zone of disengagement (UNDOF): no figures"}
    assert {zone.fillcolor for zone in zones} == {None}


def test_a_chosen_place_is_outlined():
    rows = counted_for(claims("idlib", "homs", "saraqib"), PLACES, ISO)
    figure = claims_map(rows, {"idlib": "solid", "homs": "dot", "saraqib": "solid"})
    wide = sorted((trace.line.width, trace.line.dash) for trace in figure.data if trace.fill and trace.xaxis == "x")
    assert wide[-3:] == [(1, "solid"), (3, "dot"), (3, "solid")]
    [dots] = [trace for trace in figure.data if trace.customdata is not None and trace.customdata[0][0] == "saraqib"]
    assert list(dots.marker.line.width) == [3]


def test_what_shows_the_choice_is_the_place_its_governorates_or_the_one_that_holds_it():
    valley = PLACES.iloc[[5]].assign(place_id="valley", within="north", spans="idlib; homs")
    known = pd.concat([PLACES, valley])
    rows = counted_for(claims("saraqib", "south", "homs", "valley"), known, ISO)

    def shown(*chosen):
        return outlines(rows, known, chosen)

    assert shown() == {}
    assert shown("idlib") == {"idlib": "solid"}
    assert shown("north") == {"idlib": "solid"}
    assert shown("syria") == {"idlib": "solid", "homs": "solid"}
    assert shown("saraqib") == {"saraqib": "solid"}
    assert shown("south") == {"idlib": "dot"}
    assert shown("valley") == {"idlib": "dot", "homs": "dot"}
    assert shown("camp", "not known") == {}


def test_the_list_begins_with_the_country_and_keeps_governorates_before_the_places_in_them():
    given = claims("north", "north", "syria", "homs", "saraqib", "saraqib", "south", "idlib", None)
    rows = counted_for(given, PLACES, ISO)

    def shown(most):
        found = listed(rows, "syria", most)
        return list(zip(found["name"].map(short), found["level"], found["shown"], strict=True))

    wider = [("Syria", 0, 1), ("North", 0, 2), ("not known", 0, 1)]
    inside = [("Idlib", 1, 4), ("Saraqib", 2, 2), ("Southern Idlib", 2, 1), ("Homs", 1, 1)]
    assert shown(9) == [*wider, *inside]
    assert sum(number for _, level, number in shown(9) if level < 2) == len(given)
    assert shown(4) == [*wider[:2], inside[0], inside[3]]
    assert shown(2) == [wider[0], inside[0]]


def test_the_title_names_the_governorate_with_most_claims_only_where_there_is_one():
    assert most_claims(counted_for(claims("idlib", "saraqib", "homs", "syria"), PLACES, ISO), 4) == (
        "2 of 4 claims are about Idlib or places in it"
    )
    assert most_claims(counted_for(claims("idlib"), PLACES, ISO), 1) == "1 of 1 claim is about Idlib or places in it"
    assert most_claims(counted_for(claims("idlib", "homs"), PLACES, ISO), 2) == ""
    assert most_claims(counted_for(claims("syria"), PLACES, ISO), 1) == ""


COUNTED = {
    "organisation": "Monitor", "indicator": "killed", "population_group": "all", "unit": "people", "measure": "period",
    "by_fire": "all", "kind": "documented", "period_start": "2019-07-01", "period_end": "2019-07-31", "published": "2019-08",
    "use": None, "ours": False, "value": 5, "said": "5", "bound": EXACT, "day": pd.Timestamp("2019-07-31"),
}  # fmt: skip


def offered(*counts):
    rows = pd.DataFrame([COUNTED | count for count in counts])
    found = by_area(rows, PLACES, ISO, "governorate")
    return {choice: dict(zip(part["place_id"], part["value"], strict=True)) for choice, part in found.items()}


def test_counts_of_one_publisher_for_several_governorates_are_offered_together():
    assert offered({"place_id": "homs"}, {"place_id": "idlib", "value": 9}) == {
        "Monitor, July 2019: killed, all people": {"idlib": 9, "homs": 5}
    }


@pytest.mark.parametrize(
    "other",
    [
        {"place_id": "syria"},
        {"place_id": "saraqib"},
        {"organisation": "Other"},
        {"period_end": "2019-07-30"},
        {"indicator": "injured"},
        {"population_group": "civilians"},
        {"unit": "families"},
        {"by_fire": "government"},
        {"kind": "estimate"},
        {"use": "context"},
        {"value": None},
        {"ours": True},
    ],
    ids=str,
)
def test_a_count_is_never_set_beside_one_of_another_place_publisher_or_kind(other):
    assert offered({"place_id": "homs"}, {"place_id": "idlib"} | other) == {}


def test_single_incidents_make_no_map_of_counts():
    assert offered(*({"place_id": place, "measure": "incident"} for place in ("idlib", "homs"))) == {}


def test_the_latest_release_of_a_number_stands():
    later = {"place_id": "idlib", "value": 7, "published": "2019-09"}
    assert list(offered(later, {"place_id": "idlib"}, {"place_id": "homs"}).values()) == [{"idlib": 7, "homs": 5}]


def test_choices_say_in_what_they_differ():
    pairs = [{"place_id": place} for place in ("idlib", "homs")]
    kinds = [{}, {"unit": "families"}, {"by_fire": "government"}, {"kind": "estimate"}, {"period_start": "2019-07-02"}]
    assert sorted(offered(*(pair | kind for pair in pairs for kind in kinds))) == [
        "Monitor, 2 July 2019 to 31 July 2019: killed, all people",
        "Monitor, July 2019: killed, all people",
        "Monitor, July 2019: killed, all people, an estimate",
        "Monitor, July 2019: killed, all people, by the government",
        "Monitor, July 2019: killed, all people, families",
    ]


def test_only_a_whole_month_or_year_is_said_as_one():
    ends = [
        ("2019-07-01", "2019-07-31"),
        ("2017-01-01", "2017-12-31"),
        ("2019-02-01", "2019-02-27"),
        ("2017-07-01", "2019-07-31"),
    ]
    assert [span(*pair, "period") for pair in ends] == [
        "July 2019", "2017", "1 February 2019 to 27 February 2019", "1 July 2017 to 31 July 2019",
    ]  # fmt: skip
    assert span(None, "2017-12-31", "stock") == "at 31 December 2017"


def counts_map(*counts, outlined=(), selectable=("idlib",)):
    rows = pd.DataFrame([COUNTED | {"whom": "Killed", "span": "July 2019"} | count for count in counts])
    rows = rows.merge(PLACES[["place_id", "name", "iso"]], on="place_id")
    return drawing.counts_map(rows, dict(outlined), set(selectable), BOUNDARIES, LIGHT)


def test_a_governorate_without_a_published_count_has_neither_mark_nor_colour():
    figure = counts_map({"place_id": "idlib", "value": 100}, {"place_id": "homs", "value": 10})
    [marked] = [trace for trace in figure.data if trace.customdata is not None]
    assert sorted(row[0] for row in marked.customdata) == ["", "idlib"]
    fills = [trace.fillcolor for trace in figure.data if trace.fill and trace.fillcolor]
    assert sorted(LIGHT.counts.index(fill) for fill in fills) == [0] * 12 + [1, 4]
    assert names(figure) == ["Homs 10", "Idlib 100"]


def test_a_published_count_keeps_its_bound_on_the_map():
    bounds = [(EXACT, "1,000"), (ABOUT, "~1,000"), (AT_LEAST, "≥1,000"), (RANGE, "900 to 1,100")]
    rows = [{"bound": bound, "value": 1000.0, "said": "900 to 1,100"} for bound, _ in bounds]
    assert [drawing.short_count(row) for row in rows] == [said for _, said in bounds]


def test_counts_that_are_all_zero_are_drawn():
    assert names(counts_map({"place_id": "idlib", "value": 0}, {"place_id": "homs", "value": 0})) == [
        "Homs 0",
        "Idlib 0",
    ]


def test_more_claims_are_a_stronger_colour():
    shades = [drawing._shade(number, LIGHT) for number in (0, 1, 9, 10, 99, 100, 999, 1_000, 1_000_000)]
    steps = [LIGHT.counts.index(shade) for shade in shades]
    assert steps == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_names_of_places_are_never_markup():
    evil = PLACES.assign(name=PLACES["name"].where(~PLACES["place_id"].isin(["saraqib", "idlib"]), "<b>x</b><script>"))
    assert "<script>" not in claims_map(counted_for(claims("saraqib"), evil, ISO)).to_json()
    rows = pd.DataFrame(
        [COUNTED | {"place_id": "idlib", "iso": "SY-ID", "name": "<script>", "whom": "<script>", "span": "<script>"}]
    )
    assert "<script>" not in drawing.counts_map(rows, {}, set(), BOUNDARIES, LIGHT).to_json()


def test_towns_too_close_for_their_names_keep_their_marks_and_lose_names_rather_than_overlap():
    near = pd.concat([PLACES.iloc[[4]].assign(place_id=f"t{n}", name=f"Some long town {n}", within="idlib",
                                             latitude=35.8 + n / 1000) for n in range(8)])  # fmt: skip
    rows = counted_for(claims(*near["place_id"]), pd.concat([PLACES, near]), ISO)
    figure = claims_map(rows)
    assert len(marks(figure)) == 8 + 1
    assert 0 < len([name for name in names(figure) if "town" in name]) < 8


SQUARE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0))


@pytest.mark.parametrize(("label", "leaders"), [((5.0, 5.0), 0), ((-3.0, 5.0), 1), ((12.0, 5.0), 1)])
def test_only_a_mark_outside_its_area_is_joined_to_it(label, leaders):
    area = Area("SY-ID", (SQUARE,), label, "left", "")
    assert len(drawing._leader(area, LIGHT)) == leaders


def test_a_country_of_one_governorate_is_drawn_without_an_inset():
    wide = Boundaries((Area("SY-ID", (SQUARE,), (5.0, 5.0), "above", ""),), (-1.0, -2.0, 11.0, 12.0), "", "")
    rows = counted_for(claims("saraqib"), PLACES.assign(latitude=5.0, longitude=5.0), ISO)
    figure = claims_map(rows, boundaries=wide)
    assert (figure.layout.xaxis.range, figure.layout.yaxis.range) == ((-1, 11), (-2, 12))
    assert "xaxis2" not in figure.to_plotly_json()["layout"]


def test_nothing_to_draw_is_a_map_without_marks():
    assert marks(claims_map(counted_for(claims(), PLACES, ISO))) == {}


def test_no_trace_of_a_map_asks_another_host():
    figures = [claims_map(counted_for(claims("idlib"), PLACES, ISO)), counts_map({"place_id": "idlib"})]
    assert {trace["type"] for figure in figures for trace in json.loads(figure.to_json())["data"]} == {"scatter"}
