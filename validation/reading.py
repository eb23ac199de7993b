"""Reading one CSV file, and everything that can be wrong with it before its meaning is looked at.

Why: people edit these files by hand and with spreadsheets; whatever arrives must give a clear finding, never a
traceback, and never a silently repaired value. Here: bytes to a typed frame, with the faults of encoding, shape,
header and cell types. Not here: allowed values (`models.py`), rules between columns and tables (`rules.py`).
"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
import pyarrow.csv as arrow_csv

from validation.findings import MAX_ALIKE, Finding, shown, with_rest

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet would run as a formula (OWASP, CSV injection)."""
INVISIBLE = (
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
"""Control characters and marks that reorder or hide text."""
LONGEST = 32_000
"""Characters of a cell; a spreadsheet holds 32,767 and drops the rest without a word."""
csv.field_size_limit(2**31 - 1)  # a long cell is a finding of its own (`LONGEST`), not an end of the reading
NUMBERS = ("Int64", "Float64")
QUOTED = re.compile(r'"(?<=[,\n]")[^"\n]*(?:""[^"\n]*)*"(?=[,\n]|\Z)')
"""A quoted cell of one line (RFC 4180)."""
WHOLE = r"^[0-9]{1,15}\Z"
DECIMAL = r"^-?[0-9]{1,3}(?:\.[0-9]{0,7}[1-9])?\Z"
"""Without zeros at the end, so that a number is written out again as it was read."""


def read(path: Path, schema: pa.DataFrameSchema) -> tuple[pd.DataFrame | None, list[Finding]]:
    """Read a table: a frame typed as its schema says, and the findings; see `parse`."""
    data = contents(path)
    return (None, [data]) if isinstance(data, Finding) else parse(data, path.name, schema)


def contents(path: Path) -> bytes | Finding:
    """Return the bytes of a file, or why they cannot be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        action = "Put it back, or make one with the header only"
        return Finding(path.name, 0, "", "file.missing", "the file is missing", action)
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        return Finding(path.name, 0, "", "file.unreadable", problem, "Make it a readable file")


def parse(data: bytes, name: str, schema: pa.DataFrameSchema) -> tuple[pd.DataFrame | None, list[Finding]]:
    """Read the bytes of the file of that name: a frame typed as its schema says, and the findings.

    The frame's index is the line in the file. It is None where the bytes cannot be read as that table; a cell of
    the wrong type becomes blank and is a finding.
    """

    def fault(line: int, column: str, rule: str, problem: str, action: str) -> Finding:
        return Finding(name, line, column, f"file.{rule}", problem, action)

    if not data:
        return None, [fault(1, "", "empty", "the file is empty", "Write the header, then the rows")]
    if data.startswith(BYTE_ORDER_MARK):
        problem = "the file begins with a byte order mark"
        return None, [fault(1, "1", "bom", problem, "Save it as UTF-8 without BOM")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        problem = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return None, [fault(before.count(b"\n") + 1, str(column), "encoding", problem, "Save the file as UTF-8")]
    for char, rule, what, action in (
        ("\0", "nul", "a NUL character", "Delete it"),
        ("\r", "line_ends", "a carriage return", "Save the file with LF line ends"),
    ):
        if (at := text.find(char)) >= 0:
            column = at - text.rfind("\n", 0, at)
            return None, [fault(text.count("\n", 0, at) + 1, str(column), rule, f"there is {what}", action)]
    cells = _quickly(data, text, list(schema.columns))
    shape: list[Finding] = []
    if cells is None:
        rows, shape = _rows(text, fault, list(schema.columns))
        if rows is None:
            return None, shape
        cells = pd.DataFrame(rows, columns=list(schema.columns), dtype="str")
    if not shape and not text.endswith("\n"):
        problem = "the last line has no end, as if the file were cut off"
        action = "See whether its last cell is whole, then end it with a line feed"
        shape = [fault(text.count("\n") + 1, "", "no_end", problem, action)]
    frame, faults = _typed(cells, schema, name, suspect=bool(re.search(INVISIBLE, text.replace("\n", ""))))
    return frame, shape + faults


def _quickly(data: bytes, text: str, columns: list[str]) -> pd.DataFrame | None:
    """Read a file without a fault in its shape; None where only `_rows`, which is exact and slow, can say what is wrong.

    Arrow forgives what must not be forgiven, so lines are counted, and quotes must stand around whole cells.
    """
    try:
        table = arrow_csv.read_csv(
            arrow.BufferReader(data),
            arrow_csv.ReadOptions(use_threads=False, block_size=len(data) + 1),
            arrow_csv.ParseOptions(ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(columns, arrow.string()), strings_can_be_null=False),
        )
    except (arrow.ArrowInvalid, OverflowError):
        return None
    blank_line = text.startswith("\n") or "\n\n" in text
    if table.column_names != columns or blank_line or text.count("\n") - text.endswith("\n") != table.num_rows:
        return None
    if not table.num_rows:
        return pd.DataFrame(columns=columns, dtype="str")
    return None if '"' in text and '"' in QUOTED.sub("", text) else table.to_pandas().astype("str")


def _rows(text: str, fault: Callable[..., Finding], columns: list[str]) -> tuple[list[list[str]] | None, list[Finding]]:
    """Split text into rows of as many cells as there are columns; every row must stand on one line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    findings: list[Finding] = []
    line = left = 0
    try:
        for row in reader:
            line += 1
            if reader.line_num != line:
                action = "Write the cell on one line"
                return None, [fault(line, "", "line_break", "a quoted cell goes on over the end of the line", action)]
            if line == 1:
                if row != columns:
                    return None, _header(row, columns, fault)
            elif len(row) != len(columns) and len(findings) >= MAX_ALIKE:
                left += 1
            elif len(row) != len(columns):
                problem = f"the row has {len(row)} cells, the header has {len(columns)}"
                findings.append(fault(line, "", "cells", problem, "Correct the commas or the quotes of this line"))
            else:
                rows.append(row)
    except csv.Error as error:
        broken = "the quoted cell does not end" if "unexpected end" in str(error) else f"the line is not CSV ({error})"
        return None, [fault(line + 1, "", "quotes", broken, "Correct the quotes")]
    return (None if findings else rows), with_rest(findings, len(findings) + left)


def _header(row: list[str], columns: list[str], fault: Callable[..., Finding]) -> list[Finding]:
    found = [
        fault(1, c, "column_missing", f"the column {c} is missing", "Add it to the header")
        for c in columns
        if c not in row
    ]
    found += [
        fault(
            1,
            c[:60],
            "column_extra",
            f"the column {shown(c)} is not known",
            "Delete it, or describe it in validation/models.py",
        )
        for c in row
        if c not in columns
    ]
    action = "Write the header as: " + ",".join(columns)
    return found or [fault(1, "", "column_order", "the columns are in another order, or one is there twice", action)]


def _typed(
    cells: pd.DataFrame, schema: pa.DataFrameSchema, name: str, *, suspect: bool
) -> tuple[pd.DataFrame, list[Finding]]:
    """Type the cells as the model says; what cannot be typed becomes blank and a finding.

    `cells`: text, "" where blank. `suspect`: an invisible mark stands somewhere in the file, so every cell is looked at.
    """
    frame = cells.set_index(pd.RangeIndex(2, len(cells) + 2, name="line"))
    findings: list[Finding] = []

    def report(column: str, is_bad: Callable[[pd.Series], pd.Series], rule: str, problem: str, action: str) -> None:
        """Find bad cells; every value is looked at once, however many cells hold it."""
        values = distinct[is_bad(distinct)]
        if len(values):
            bad = frame.loc[frame[column].isin(values.tolist()), column]
            listed = [
                Finding(name, int(str(line)), column, f"cell.{rule}", f"{shown(value)} {problem}", action)
                for line, value in bad.head(MAX_ALIKE).items()
            ]
            findings.extend(with_rest(listed, len(bad)))

    for column, described in schema.columns.items():
        text = frame[column]
        distinct = pd.Series(text.array.unique(), dtype="str")
        kind = str(described.dtype)
        if kind in NUMBERS:
            pattern = WHOLE if kind == "Int64" else DECIMAL
            what, how = (
                ("a whole number", "digits only, no separators")
                if kind == "Int64"
                else ("a decimal number", "such as 35.44, without zeros at the end")
            )

            def is_bad(values: pd.Series, pattern: str = pattern) -> pd.Series:
                return ~values.str.match(pattern) & (values != "")

            report(column, is_bad, "number", f"is not {what}", f"Write {how}; leave unknown blank")
            good = distinct[~is_bad(distinct) & (distinct != "")]
            values: pd.Series = pd.to_numeric(good).astype(described.dtype.type)
            frame[column] = text.map(values.set_axis(good)).astype(described.dtype.type)
            continue
        report(
            column,
            lambda values: values.str.startswith(FORMULA),
            "formula",
            "begins like a spreadsheet formula",
            "Begin it with another character",
        )
        if suspect:
            report(
                column,
                lambda values: values.str.contains(INVISIBLE, regex=True),
                "invisible",
                "holds a control or direction mark",
                "Delete the mark",
            )
        too_long = f"is longer than {LONGEST:,} characters"
        report(column, lambda values: values.str.len() > LONGEST, "long", too_long, "Shorten it")
        spaces = "begins or ends with a space"
        report(column, lambda values: values != values.str.strip(), "spaces", spaces, "Delete the space")
        if (distinct == "").any():
            frame[column] = text.mask(text == "")
    return frame, findings
