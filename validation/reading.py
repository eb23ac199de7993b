"""Reading one CSV file, and everything that can be wrong with it before its meaning is looked at.

Why: people edit these files by hand and with spreadsheets; whatever arrives must give a clear finding, never a
traceback, and never a silently repaired value. Here: bytes to a typed frame, with the faults of encoding, shape,
header and cell types. Not here: allowed values (`models.py`), rules between columns and tables (`rules.py`).
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
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
TEXT, NUMBERS = "str", ("Int64", "Float64")
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
        cells = pd.DataFrame(rows, columns=list(schema.columns), dtype="str").replace("", None)
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
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(columns, arrow.string()), null_values=[""], strings_can_be_null=True
            ),
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


@dataclass(frozen=True)
class _Fault:
    """What can be wrong with a cell: the rule, which values it finds, and what is said of them."""

    rule: str
    found: Callable[[pd.Series], pd.Series]
    problem: str
    action: str


_INVISIBLE = _Fault(
    "invisible",
    lambda values: values.str.contains(INVISIBLE, regex=True),
    "holds a control or direction mark",
    "Delete the mark",
)
_FAULTS = {
    "Int64": (
        _Fault(
            "number",
            lambda values: ~values.str.match(WHOLE),
            "is not a whole number",
            "Write digits only, no separators; leave unknown blank",
        ),
    ),
    "Float64": (
        _Fault(
            "number",
            lambda values: ~values.str.match(DECIMAL),
            "is not a decimal number",
            "Write such as 35.44, without zeros at the end; leave unknown blank",
        ),
    ),
    TEXT: (
        _Fault(
            "formula",
            lambda values: values.str.startswith(FORMULA),
            "begins like a spreadsheet formula",
            "Begin it with another character",
        ),
        _INVISIBLE,
        _Fault(
            "long",
            lambda values: values.str.len() > LONGEST,
            f"is longer than {LONGEST:,} characters",
            "Shorten it",
        ),
        _Fault(
            "spaces",
            lambda values: values != values.str.strip(),
            "begins or ends with a space",
            "Delete the space",
        ),
    ),
}
"""By the type of a column, in the order in which they are said."""


def _typed(
    cells: pd.DataFrame, schema: pa.DataFrameSchema, name: str, *, suspect: bool
) -> tuple[pd.DataFrame, list[Finding]]:
    """Type the cells as the model says; what cannot be typed becomes blank and a finding.

    `cells`: text, blank cells missing. `suspect`: an invisible mark stands somewhere in the file, so every cell is looked at.
    """
    frame = cells.set_axis(pd.RangeIndex(2, len(cells) + 2, name="line"))
    findings: list[Finding] = []
    types = pd.Series({column: str(described.dtype) for column, described in schema.columns.items()})
    kinds = types.where(types.isin(NUMBERS), TEXT)
    for kind, faults in _FAULTS.items():
        columns = kinds.index[kinds == kind].tolist()
        if not columns:
            continue
        # The values of all these columns at once, each of a column once, however many cells hold it.
        values = [pd.Series(frame[column].array.unique(), dtype="str") for column in columns]
        distinct = pd.concat(values, keys=columns).droplevel(1).dropna()
        for fault in faults if suspect else [fault for fault in faults if fault is not _INVISIBLE]:
            for column, wrong in distinct[fault.found(distinct)].groupby(level=0, sort=False):
                bad = frame[column].isin(wrong.tolist())
                listed = [
                    Finding(
                        name,
                        int(str(line)),
                        str(column),
                        f"cell.{fault.rule}",
                        f"{shown(value)} {fault.problem}",
                        fault.action,
                    )
                    for line, value in frame[column][bad].head(MAX_ALIKE).items()
                ]
                findings += with_rest(listed, int(bad.sum()))
        if kind in NUMBERS:
            plain = distinct[~faults[0].found(distinct)].drop_duplicates()
            values_of, dtype = pd.to_numeric(plain).set_axis(plain), pd.api.types.pandas_dtype(kind)
            frame = frame.assign(**{column: frame[column].map(values_of).astype(dtype) for column in columns})
    return frame, sorted(findings, key=lambda finding: list(kinds.index).index(finding.column))
