"""What a folder of tables is about, and its map: whatever stands in the two files gives findings that help, never a traceback."""

import json

import pytest

from tests.support import small
from validation import about, boundaries, load
from validation.about import About


def faults(text):
    """Give line, key and rule of each fault of an `about.toml`."""
    data = text if isinstance(text, bytes) else text.encode()
    return sorted((finding.line, finding.column, finding.rule) for finding in about.read(data)[1])


def test_a_good_file_is_read_whole():
    found, findings = about.read(small.about_toml(keywords=["war", "deaths"], licence="CC BY 4.0").encode())
    assert findings == []
    assert (found.title, found.keywords, found.licence, found.name) == (
        "Numbers of a small war", ("war", "deaths"), "CC BY 4.0", "numbers-of-a-small-war",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "line", "key", "rule"),
    [
        ({"title": None}, 0, "title", "about.key_missing"),
        ({"title": " "}, 1, "title", "about.blank"),
        ({"title": 5}, 1, "title", "about.type"),
        ({"title": "a\u202eb"}, 1, "title", "about.value"),
        ({"title": "a\nb"}, 1, "title", "about.value"),
        ({"file_prefix": "a" * 201}, 2, "file_prefix", "about.value"),
        ({"file_prefix": "../up"}, 2, "file_prefix", "about.value"),
        ({"keywords": "war"}, 4, "keywords", "about.type"),
        ({"keywords": [""]}, 4, "keywords", "about.type"),
        ({"began": "spring 2011"}, 6, "began", "about.value"),
        ({"people": "("}, 7, "people", "about.value"),
        ({"admin1": "canton"}, 8, "admin1", "about.value"),
        ({"pcode": "["}, 9, "pcode", "about.value"),
        ({"colour": "red"}, 13, "colour", "about.unknown"),
    ],
)
def test_a_key_that_cannot_be_used_is_named_with_its_line(changed, line, key, rule):
    assert faults(small.about_toml(**changed)) == [(line, key, rule)]


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("title = \n", 1, "about.toml"),
        (b"\xff", 0, "about.encoding"),
        ("a = 1\na = 2\n", 2, "about.toml"),
        ("x" * 1_000, 0, "about.toml"),
    ],
)
def test_a_file_that_is_no_toml_is_one_finding(text, line, rule):
    assert [fault for fault in faults(text) if fault[2] != "about.key_missing"] == [(line, "", rule)]


def test_a_missing_file_and_a_country_that_no_place_is_make_the_tables_unfit_to_show(tmp_path):
    small.write(tmp_path)
    (tmp_path / about.FILE).write_text(small.about_toml(country="nowhere"), encoding="utf-8")
    assert [(f.file, f.column, f.rule) for f in load(tmp_path).findings] == [("about.toml", "country", "about.country")]
    (tmp_path / about.FILE).unlink()
    assert [(f.file, f.rule) for f in load(tmp_path).findings] == [("about.toml", "file.missing")]
    assert load(tmp_path).about == About()


def test_a_p_code_of_another_form_than_that_of_the_country_is_found(tmp_path):
    small.write(tmp_path, places=[small.place("north", "region", "syria", pcode="SY7"), *small.ROWS["places"][1:]])
    (tmp_path / about.FILE).write_text(
        small.about_toml(pcode="SY(?:[0-9]{2})?", pcode_example="SY07"), encoding="utf-8"
    )
    [finding] = load(tmp_path).findings
    assert (finding.file, finding.line, finding.column, finding.action) == (
        "places.csv",
        2,
        "pcode",
        "Use a P-code such as SY07",
    )


def test_an_admin_1_area_that_lies_in_no_country_is_found(tmp_path):
    small.write(tmp_path, places=[small.place("north", "governorate"), *small.ROWS["places"][1:]])
    [finding] = load(tmp_path).findings
    assert (finding.file, finding.line, finding.column, finding.problem) == (
        "places.csv", 2, "within", "“north”, a governorate, lies in no country",
    )  # fmt: skip


RING = [[1, 1], [2, 1], [2, 2], [1, 1]]
AREA = {
    "type": "Feature",
    "properties": {"iso": "SY-ID", "label": [1.5, 1.5], "side": "above"},
    "geometry": {"type": "Polygon", "coordinates": [RING]},
}


def drawn(**changed):
    return {"type": "FeatureCollection", "bbox": [0, 0, 3, 3], "features": [AREA], "credit": "By hand."} | changed


def area(**changed):
    return drawn(features=[AREA | changed])


def test_a_good_map_is_read_whole():
    found = boundaries.read(json.dumps(drawn()).encode())
    assert (found.isos, found.edges, found.credit, found.note) == (["SY-ID"], (0, 0, 3, 3), "By hand.", "")
    assert found.areas[0].rings == (((1, 1), (2, 1), (2, 2), (1, 1)),)


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ([], "features"),
        ({}, "features"),
        (drawn(features=[]), "features"),
        (drawn(features={"a": 1}), "features"),
        (drawn(bbox=[3, 0, 0, 3]), "bbox"),
        (drawn(bbox=[0, 0, 3]), "bbox"),
        (drawn(bbox=[0, 0, float("nan"), 3]), "bbox"),
        (drawn(features=[AREA, AREA]), "iso"),
        (drawn(features=["area"]), "feature 1"),
        (area(geometry=None), "feature 1"),
        (area(geometry={"type": "Point", "coordinates": [1, 1]}), "feature 1"),
        (area(geometry={"type": "Polygon", "coordinates": [[[1, 1]]]}), "feature 1"),
        (area(geometry={"type": "Polygon", "coordinates": [[["a", 1]] * 4]}), "feature 1"),
        (area(geometry={"type": "Polygon", "coordinates": 5}), "feature 1"),
        (area(geometry={"type": "MultiPolygon", "coordinates": [RING]}), "feature 1"),
        (area(properties={"iso": "SY-ID"}), "feature 1"),
        (area(properties={}), "feature 1"),
        (area(properties={"iso": "SY-ID", "note": "both"}), "feature 1"),
        (area(properties={"iso": "SY-ID", "label": [1.5, 1.5], "side": "below"}), "feature 1"),
        (area(properties={"iso": "SY-ID", "label": [True, 1], "side": "above"}), "feature 1"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_found_at_its_feature(given, column):
    assert [(finding.file, finding.column) for finding in boundaries.read(json.dumps(given).encode())] == [
        ("map.geojson", column)
    ]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b'{"features": [1], "bbox": [0, 0, 1e999, 1]}'])
def test_a_file_that_is_no_json_is_one_finding(data):
    [finding] = boundaries.read(data)
    assert (finding.file, finding.rule, bool(finding.action)) == ("map.geojson", "map.geojson", True)


def test_a_folder_without_a_map_is_good_and_one_with_a_broken_map_is_not(tmp_path):
    small.write(tmp_path)
    assert (load(tmp_path).findings, load(tmp_path).boundaries) == ((), None)
    (tmp_path / boundaries.FILE).write_text("{", encoding="utf-8")
    assert [finding.rule for finding in load(tmp_path).findings] == ["map.geojson"]
    (tmp_path / boundaries.FILE).write_text(json.dumps(drawn()), encoding="utf-8")
    assert load(tmp_path).boundaries.isos == ["SY-ID"]


SQUARE = [[1, 1], [2, 1], [2, 2], [1, 1]]


@pytest.mark.parametrize(
    ("key", "value"),
    {
        "huge repetition": ("people", "a{99999999999}"),
        "too deep": ("people", "(" * 5000 + ")" * 5000),
        "no pattern of what matches P-codes": ("pcode", "X{2000}"),
        "no day": ("began", "2019-02-30"),
        "hidden mark in a keyword": ("keywords", ["one\u202etwo"]),
    }.values(),
)
def test_a_value_that_cannot_be_used_is_a_finding_at_its_key(key, value):
    subject, findings = about.read(small.about_toml(**{key: value}).encode())
    assert [(finding.column, finding.rule) for finding in findings] == [(key, "about.value")]
    assert getattr(subject, key) == getattr(about.About(), key)


@pytest.mark.parametrize("text", ["title = " + "9" * 5000, "title = " + "[" * 100_000, "\ufefftitle = ''"])
def test_what_is_no_toml_is_one_finding(text):
    assert [finding.rule for finding in about.read(text.encode())[1]] == ["about.toml"]


def test_a_title_without_a_latin_letter_leaves_a_name_for_programs():
    assert about.About(title="حرب", file_prefix="other-war").name == "other-war"


def a_map(points=SQUARE, **changed):
    properties = {"iso": "SY-ID", "label": [1, 1], "side": "left"}
    feature = {"geometry": {"type": "Polygon", "coordinates": [points]}, "properties": properties}
    return {"bbox": [0, 0, 3, 3], "features": [feature], "credit": "", "note": ""} | changed


def test_a_square_is_a_map_heights_are_left_out():
    read = boundaries.read(json.dumps(a_map([[*point, 100] for point in SQUARE])).encode())
    assert read.areas[0].rings == (((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)),)


@pytest.mark.parametrize(
    "changed",
    [
        a_map([[float("nan"), 1]] * 4), a_map([[float("inf"), 1]] * 4), a_map(["12"] * 4), a_map([[True, False]] * 4),
        a_map([[5000, 1]] * 4), a_map([[10**400, 1]] * 4), a_map([[1]] * 4), a_map({"a": 1}), a_map(credit=None),
        a_map(note={"a": 1}), a_map(note="hidden\u202e"), a_map(note="\ud800"), a_map(bbox=[float("nan")] * 4), a_map(features=[1]),
    ],
)  # fmt: skip
def test_what_is_no_map_is_a_finding(changed):
    assert {finding.rule for finding in boundaries.read(json.dumps(changed).encode())} == {"map.geojson"}


@pytest.mark.parametrize("text", ['{"a": ' + "9" * 5000 + "}", "[" * 1_000_000, "", "1"])
def test_what_is_no_json_is_one_finding(text):
    assert [finding.rule for finding in boundaries.read(text.encode())] == ["map.geojson"]


@pytest.mark.parametrize("name", [about.FILE, boundaries.FILE])
def test_a_folder_in_place_of_the_file_is_a_finding(tmp_path, name):
    folder = small.write(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    assert [(finding.file, finding.rule) for finding in load(folder).findings] == [(name, "file.unreadable")]
