"""Whatever bytes stand in a table give findings with file, line and column, never an exception."""

import pandera.pandas as pa
import pytest

from tests.support import small
from validation import Finding, load
from validation.findings import first
from validation.models import SCHEMAS

HEADER = b"word,low,high\n"


def findings_for(folder, data):
    small.write(folder)
    (folder / "vague_quantities.csv").write_bytes(data)
    return small.places_of(load(folder).findings)


BAD = {
    "empty": (b"", (1, "", "file.empty")),
    "byte order mark": (b"\xef\xbb\xbf" + HEADER, (1, "1", "file.bom")),
    "not utf-8": (HEADER + b"hundreds,200,999\ncaf\xe9,1,2\n", (3, "4", "file.encoding")),
    "not utf-8 after arabic": (HEADER + "إدلب".encode() + b"\xff,1,2\n", (2, "5", "file.encoding")),
    "lone surrogate": (HEADER + b"\xed\xa0\x80,1,2\n", (2, "1", "file.encoding")),
    "nul": (HEADER + b"hundreds,2\x0000,999\n", (2, "11", "file.nul")),
    "windows line ends": (b"word,low,high\r\nhundreds,200,999\r\n", (1, "14", "file.line_ends")),
    "quoted line break": (HEADER + b'"hund\nreds",200,999\n', (2, "", "file.line_break")),
    "open quote": (HEADER + b'"hundreds,200,999\n', (2, "", "file.quotes")),
    "text after quote": (HEADER + b'"hundreds"x,200,999\n', (2, "", "file.quotes")),
    "huge cell": (HEADER + b"hundreds,200,999\n" + b"z" * 200_000 + b",1,2\n", (3, "word", "cell.long")),
    "too many cells": (HEADER + b"hundreds,200,999,1\n", (2, "", "file.cells")),
    "too few cells": (HEADER + b"hundreds,200\n", (2, "", "file.cells")),
    "blank line": (HEADER + b"\nhundreds,200,999\n", (2, "", "file.cells")),
    "column missing": (b"word,low\nhundreds,200\n", (1, "high", "file.column_missing")),
    "column extra": (b"word,low,high,note\nhundreds,200,999,x\n", (1, "note", "file.column_extra")),
    "columns in another order": (b"low,word,high\n200,hundreds,999\n", (1, "", "file.column_order")),
    "cut off in the last line": (HEADER + b"hundreds,200,999", (2, "", "file.no_end")),
    "cut off before the last cell": (HEADER + b"hundreds,200", (2, "", "file.cells")),
    "a mark that turns Arabic text": (
        HEADER + "hundreds,200,999\nscores\u061c,40,99\n".encode(),
        (3, "word", "cell.invisible"),
    ),
    "an invisible tag": (HEADER + "hundreds,200,999\nscores\U000e0041,40,99\n".encode(), (3, "word", "cell.invisible")),
    "binary": (bytes(range(128, 256)) * 20, (1, "1", "file.encoding")),
}


@pytest.mark.parametrize(("data", "expected"), BAD.values(), ids=BAD)
def test_a_broken_file_is_one_finding_at_its_place(tmp_path, data, expected):
    assert findings_for(tmp_path, data) == [("vague_quantities.csv", *expected)]


@pytest.mark.parametrize("value", ["1e400", '"1,000"', "1.5", "-3", "٣", "1_000", " 5", "0x10", "NaN", "9" * 40])
def test_a_count_that_is_not_plain_digits_is_refused(tmp_path, value):
    data = HEADER + f"hundreds,{value},999\n".encode()
    assert findings_for(tmp_path, data) == [("vague_quantities.csv", 2, "low", "cell.number")]


def test_a_missing_file_is_named(tmp_path):
    small.write(tmp_path)
    (tmp_path / "events.csv").unlink()
    assert small.places_of(load(tmp_path).findings) == [("events.csv", 0, "", "file.missing")]


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    small.write(tmp_path)
    (tmp_path / "events.csv").unlink()
    (tmp_path / "events.csv").mkdir()
    assert small.places_of(load(tmp_path).findings) == [("events.csv", 0, "", "file.unreadable")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused(tmp_path, start):
    found = small.dataset(tmp_path, caveats=[f"period_unclear,Period,{start}1+1,,"]).findings
    assert small.places_of(found) == [("caveats.csv", 2, "definition", "cell.formula")]


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\x1b", "\u2028", "\ufeff"])
def test_marks_that_hide_or_reorder_text_are_refused(tmp_path, mark):
    found = small.dataset(tmp_path, caveats=[f"period_unclear,Period,evil{mark}text,,"]).findings
    assert small.places_of(found) == [("caveats.csv", 2, "definition", "cell.invisible")]


def test_spaces_around_a_cell_are_refused(tmp_path):
    found = small.dataset(tmp_path, caveats=["period_unclear,Period ,Meaning,,"]).findings
    assert small.places_of(found) == [("caveats.csv", 2, "label", "cell.spaces")]


def test_a_finding_says_what_is_wrong_and_what_to_do(tmp_path):
    small.write(tmp_path)
    (tmp_path / "vague_quantities.csv").write_bytes(HEADER + b"hundreds,1e400,999\n")
    assert [str(finding) for finding in load(tmp_path).findings] == [
        "vague_quantities.csv:2 low: “1e400” is not a whole number. "
        "Write digits only, no separators; leave unknown blank. [cell.number]"
    ]


def test_where_one_finding_is_named_it_is_the_cause_and_not_what_follows_from_it():
    def found(file, line, rule):
        return Finding(file, line, "", rule, "", "")

    follows = found("claim_caveats.csv", 2, "references.resolve")
    between = found("changes.csv", 2, "dates.calendar")
    for cause in (
        found("vague_quantities.csv", 9, "column.isin"),
        found("sources.csv", 9, "cell.number"),
        found("sources.csv", 0, "file.missing"),
    ):
        assert first([follows, between, cause]) == cause
    assert first([follows, between]) == between
    assert first([found("sources.csv", 3, "cell.number"), found("sources.csv", 2, "cell.number")]).line == 2


def test_every_column_that_was_read_has_the_type_of_its_model_which_no_check_asks_for_again(tmp_path):
    small.write(tmp_path, vague_quantities=["hundreds,1e400,999"])
    read = load(), load(tmp_path)
    for name, model in SCHEMAS.items():
        columns = {each: pa.Column(column.dtype, nullable=True) for each, column in model.columns.items()}
        for table in (dataset.table(name) for dataset in read):
            assert pa.DataFrameSchema(columns).validate(table).equals(table)
