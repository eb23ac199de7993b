"""Rows of a workbook come out as they went in, whatever stands in them."""

import io
import zipfile

import pandas as pd
import xlsxwriter

from exports.sheets import CHUNK, MAX_CHARACTERS, Sheet

HOSTILE = ["=1+1", "<b>&amp;</b>", "  two spaces  ", "line\nline", "bell\x07", "ق٣", "https://example.org", None, "x" * (MAX_CHARACTERS + 5)]  # fmt: skip


def written(rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("data", worksheet_class=Sheet).hold(rows)
    return buffer


def test_numbers_are_numbers_texts_are_texts_and_what_is_missing_is_no_cell():
    rows = pd.DataFrame({
        "text": pd.Series(HOSTILE, dtype="str"), "whole": pd.Series([0, -5, 10**12, *[None] * 6], dtype="Int64"),
        "share": pd.Series([0.25, 1e-7, 3.0, *[None] * 6], dtype="Float64"), "blank": pd.Series([None] * 9, dtype="str"),
    })  # fmt: skip
    back = pd.read_excel(written(rows), dtype=object, keep_default_na=False)
    assert back.columns.tolist() == ["text", "whole", "share", "blank"]
    expected = [*HOSTILE[:4], "bell", *HOSTILE[5:7], "", "x" * MAX_CHARACTERS]
    assert back["text"].tolist() == expected
    assert back["whole"].tolist() == [0, -5, 10**12, *[""] * 6]
    assert back["share"].tolist() == [0.25, 1e-7, 3, *[""] * 6]
    assert back["blank"].tolist() == [""] * 9
    with zipfile.ZipFile(written(rows)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert ('<dimension ref="A1:D10"/>' in sheet, "<f>" in sheet) == (True, False)


def test_more_rows_than_are_in_memory_at_once_stand_in_their_order():
    rows = pd.DataFrame({"at": pd.Series(range(CHUNK * 2 + 1), dtype="Int64")})
    assert pd.read_excel(written(rows))["at"].tolist() == list(range(CHUNK * 2 + 1))


def test_a_sheet_without_rows_has_its_headings():
    assert pd.read_excel(written(pd.DataFrame(columns=["a", "b"]))).columns.tolist() == ["a", "b"]
