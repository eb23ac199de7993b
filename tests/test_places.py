"""Places: claims are counted where their place is, once; what no governorate holds is listed; the map draws what it is given."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.places import counted, describe_places, off_the_map, short, towns
from figures import places as drawing
from figures.palette import DARK, LIGHT
from validation import load
from validation.boundaries import Area, Boundaries

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


def marks(figure):
    """Return place id to number drawn, from the one trace that carries ids."""
    [trace] = [trace for trace in figure.data if trace.customdata is not None]
    return {row[0]: text for row, text in zip(trace.customdata, trace.text, strict=True)}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_only_governorates_with_claims_have_a_mark_and_a_colour(palette):
    rows = counted_for(claims("saraqib", "idlib", "north"), PLACES, ISO)
    figure = drawing.governorates(rows, frozenset(), BOUNDARIES, palette)
    assert marks(figure) == {"idlib": "2"}
    fills = [trace.fillcolor for trace in figure.data if trace.fill == "toself"]
    assert len(fills) == 15
    assert sorted(fill for fill in fills if fill not in (None, palette.counts[0])) == [palette.counts[1]]


def test_the_map_takes_in_the_whole_country_and_every_mark_lies_on_it():
    figure = drawing.governorates(counted_for(claims("idlib"), PLACES, ISO), frozenset(), BOUNDARIES, LIGHT)
    west, south, east, north = BOUNDARIES.edges
    assert (figure.layout.xaxis.range, figure.layout.yaxis.range) == ((west, east), (south, north))
    assert all(west < x < east and south < y < north for area in BOUNDARIES.areas if area.iso for x, y in [area.label])


def test_the_zone_without_figures_is_hatched_and_says_so():
    figure = drawing.governorates(counted_for(claims("idlib"), PLACES, ISO), frozenset(), BOUNDARIES, LIGHT)
    [zone] = [trace for trace in figure.data if trace.fillpattern.shape]
    assert zone.text == "UN zone of disengagement (UNDOF): no figures"
    assert zone.fillcolor is None


def test_a_chosen_place_is_outlined():
    rows = counted_for(claims("idlib", "homs"), PLACES, ISO)
    wide = [
        trace.line.width
        for trace in drawing.governorates(rows, frozenset({"idlib"}), BOUNDARIES, LIGHT).data
        if trace.fill
    ]
    assert sorted(wide, reverse=True)[:2] == [3, 1]


def test_more_claims_are_a_stronger_colour():
    shades = [drawing._shade(number, LIGHT) for number in (0, 1, 9, 10, 99, 100, 999, 1_000, 1_000_000)]
    steps = [LIGHT.counts.index(shade) for shade in shades]
    assert steps == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_names_of_places_are_never_markup():
    evil = PLACES.assign(name=PLACES["name"].where(PLACES["place_id"] != "saraqib", "<b>x</b><script>"))
    rows = counted_for(claims("saraqib"), evil, ISO)
    for figure in (
        drawing.governorates(rows, frozenset(), BOUNDARIES, LIGHT),
        drawing.towns(towns(rows), BOUNDARIES, LIGHT),
    ):
        assert "<script>" not in figure.to_json()


def test_towns_too_close_for_their_names_keep_their_marks_and_lose_names_rather_than_overlap():
    near = pd.concat([PLACES.iloc[[4]].assign(place_id=f"t{n}", name=f"Some long town {n}", within="idlib",
                                             latitude=35.8 + n / 1000) for n in range(8)])  # fmt: skip
    rows = counted_for(claims(*near["place_id"]), pd.concat([PLACES, near]), ISO)
    figure = drawing.towns(towns(rows), BOUNDARIES, LIGHT)
    assert len(marks(figure)) == 8
    assert 0 < len(figure.layout.annotations) < 8


SQUARE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0))


@pytest.mark.parametrize(("label", "leaders"), [((5.0, 5.0), 0), ((-3.0, 5.0), 1), ((12.0, 5.0), 1)])
def test_only_a_mark_outside_its_area_is_joined_to_it(label, leaders):
    area = Area("SY-ID", (SQUARE,), label, "left", "")
    assert len(drawing._leader(area, LIGHT)) == leaders


def test_a_town_far_from_every_outline_is_drawn_on_the_whole_map():
    wide = Boundaries((Area("SY-ID", (SQUARE,), (5.0, 5.0), "above", ""),), (-1.0, -2.0, 11.0, 12.0), "", "")
    town = PLACES.assign(latitude=5.0, longitude=5.0)
    rows = towns(counted_for(claims("saraqib"), town, ISO))
    figure = drawing.towns(rows, wide, LIGHT)
    assert (figure.layout.xaxis.range, figure.layout.yaxis.range) == ((-1, 11), (-2, 12))


def test_nothing_to_draw_is_a_map_without_marks():
    rows = counted_for(claims(), PLACES, ISO)
    assert marks(drawing.governorates(rows, frozenset(), BOUNDARIES, LIGHT)) == {}
    assert marks(drawing.towns(towns(rows), BOUNDARIES, LIGHT)) == {}


def test_no_trace_of_a_map_asks_another_host():
    rows = counted_for(claims("idlib"), PLACES, ISO)
    kinds = {
        trace["type"]
        for trace in json.loads(drawing.governorates(rows, frozenset(), BOUNDARIES, LIGHT).to_json())["data"]
    }
    assert kinds == {"scatter"}
