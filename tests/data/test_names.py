"""New organisations and places: rows as all rows, and no second row for a name that is there in another spelling."""

import pandas as pd
import pytest

from curation.names import like
from tests.support import small
from tests.support.curation import Desk
from validation import load

ALIKE = [
    ("TheHill News", "The Hill News"),
    ("the hill-news", "The Hill News"),
    ("Le Journal d'Ete", "Le Journal d’Été"),
    ("Al-Bab", "Bab (town)"),
    ("Sarreck Monitor", "Sarrek Monitor"),
    ("أبو الظهور", "ابو الظهور"),
    ("الجزيره", "الجزيرة"),
    ("جزيرة", "الجزيرة"),
]


@pytest.mark.parametrize(("name", "known"), ALIKE)
def test_one_name_in_two_spellings_is_alike(name, known):
    assert like(name, pd.DataFrame({"name": ["Another", known]})) == [known]


@pytest.mark.parametrize(
    ("name", "known"),
    [("The Times", "The Post"), ("North Vell", "South Vell"), ("!", "?"), ("", "The"), ("Mare", "Maarrat")],
)
def test_two_names_are_not_alike(name, known):
    assert like(name, pd.DataFrame({"name": [known]})) == []


def test_a_place_is_known_by_any_of_its_names_and_the_likest_comes_first():
    places = pd.DataFrame(
        {
            "name": ["Bridge End", "Bridge Ends", "Sea"],
            "name_ocha": [pd.NA, "Jisr", "Bahr"],
            "name_ar": [pd.NA, "جسر", pd.NA],
        },
        dtype="str",
    )
    assert like("Bridge Ends", places) == ["Bridge Ends", "Bridge End"]
    assert like("Jisr", places) == like("جسر", places) == ["Bridge Ends"]


@pytest.fixture
def desk(tmp_path, capsys):
    return Desk(tmp_path, capsys)


def test_an_organisation_is_added_as_a_row(desk):
    options = ["--name", "Sarrek Rescuers", "--kind", "rescue_service", "--in-text", "the Sarrek Rescuers"]
    assert desk.run("add-organisation", *options) == (0, "sarrekrescuers\n")
    row = load(desk.tables).table("organisations").set_index("organisation_id").loc["sarrekrescuers"]
    assert row[["name", "kind", "in_text"]].tolist() == ["Sarrek Rescuers", "rescue_service", "the Sarrek Rescuers"]


def test_a_place_is_added_as_a_row(desk):
    options = [
        "--name",
        "Sarrek Bridge (town)",
        "--within",
        "north",
        "--latitude",
        "35.25",
        "--longitude",
        "36",
        "--name-ar",
        "جسر",
    ]
    assert desk.run("add-place", *options) == (0, "sarrek-bridge\n")
    dataset = load(desk.tables)
    row = dataset.table("places").set_index("place_id").loc["sarrek-bridge"]
    assert row[["name", "kind", "within", "latitude", "longitude", "name_ar"]].tolist() == [
        "Sarrek Bridge (town)", "town", "north", 35.25, 36.0, "جسر",
    ]  # fmt: skip
    assert dataset.good
    assert desk.run("add-place", "--name", "Eastmark (district)", "--within", "syria", "--kind", "district") == (
        0,
        "eastmark-district\n",
    )


REFUSED = {
    "an organisation like a known one": (("add-organisation", "--name", "ThePaper"), "curation.like_name"),
    "a place like a known one": (("add-place", "--name", "Al-Town", "--within", "syria"), "curation.like_name"),
    "a place like a known one in Arabic": (("add-place", "--name", "Sham", "--name-ar", "سُورِيَا", "--within", "syria"), "curation.like_name"),
    "within nothing": (("add-place", "--name", "Sarrek", "--within", "nowhere"), "references.resolve"),
    "a latitude of no place": (("add-place", "--name", "Sarrek", "--within", "north", "--latitude", "99", "--longitude", "1"), "column.in_range"),
    "a name without Latin letters": (("add-organisation", "--name", "جريدة"), "curation.no_id"),
    "a name that is a formula": (("add-organisation", "--name", "=Sarrek"), "cell.formula"),
    "an id that is taken": (("add-organisation", "--name", "Sarrek", "--organisation-id", "paper"), "column.field_uniqueness"),
}  # fmt: skip


@pytest.mark.parametrize(("command", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_bad_row_is_refused_and_nothing_is_written(desk, command, rule):
    before = desk.state()
    status, printed = desk.run(*command)
    assert (status, printed.startswith("Nothing was written."), f"[{rule}]" in printed) == (1, True, True), printed
    assert desk.state() == before


def test_a_name_that_is_like_another_is_added_where_it_is_meant(desk):
    assert desk.run("add-organisation", "--name", "The Papers", "--anyway") == (0, "thepapers\n")
    assert desk.run("add-place", "--name", "Towns", "--within", "syria", "--anyway") == (0, "towns\n")


@pytest.mark.parametrize("number", ["north", "nan", "inf"])
def test_a_latitude_that_is_no_number_is_refused(desk, number):
    before = desk.state()
    try:
        status, _ = desk.run(
            "add-place", "--name", "Sarrek", "--within", "north", "--latitude", number, "--longitude", "1"
        )
    except SystemExit as stopped:
        status = stopped.code
    assert (status in (1, 2), desk.state() == before) == (True, True)


def test_tables_with_a_fault_are_not_built_on(desk):
    small.write(desk.tables, events=[])
    (desk.tables / "events.csv").write_bytes(b"")
    assert "[file.empty]" in desk.run("add-organisation", "--name", "Sarrek Rescuers")[1]
