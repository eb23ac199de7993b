"""What is wrong with `about.toml` or the map is a finding, whatever stands in them."""

import json

import pytest

from tests import small
from validation import about, boundaries
from validation.dataset import load

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
