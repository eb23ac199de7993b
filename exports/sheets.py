"""Sheets of a workbook that hold many rows: their XML is made column by column, a cell at a time takes five times as long.

Why: whoever asks for a hundred thousand claims should not wait for a minute, nor make others wait. Workbook, headings, widths and
properties are XlsxWriter's; here is only how the rows stand in the sheet (ECMA-376, part 1, 18.3.1.4 `c`, 18.3.1.53 `is`). Not here:
which sheets a file has (`files.py`).
"""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

CHUNK = 10_000
"""Rows whose XML is in memory at once."""
MAX_CHARACTERS = 32_767
"""Characters that a cell holds (Microsoft, Excel specifications and limits)."""
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NO_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""Characters that XML cannot hold."""


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are written at once; XlsxWriter writes all else of it."""

    def hold(self, rows: pd.DataFrame, head: Format | None = None) -> None:
        """Take rows to write, under their columns' names: numbers as numbers, all else as text, what is missing as no cell."""
        for at, name in enumerate(rows.columns):
            self.write_string(0, at, name, head)
        self._rows = rows
        self.dim_rowmax = len(rows)

    def _write_rows(self) -> None:
        super()._write_rows()
        for start in range(0, len(self._rows), CHUNK):
            rows = self._rows.iloc[start : start + CHUNK]
            self.fh.write("".join(_xml(rows, first=start + 2).to_pylist()))


def _xml(rows: pd.DataFrame, first: int) -> pa.Array:
    """Return the XML of each row; `first`: the number of the first in its sheet, from 1."""
    numbers = pc.cast(pa.array(range(first, first + len(rows))), pa.string())
    cells = [_cells(rows[name], xl_col_to_name(at), numbers) for at, name in enumerate(rows.columns)]
    return pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")


def _cells(column: pd.Series, letters: str, numbers: pa.Array) -> pa.Array:
    """Return the XML of each cell of a column, nothing for one that is missing."""
    if str(column.dtype) in ("Int64", "Float64"):
        value = pc.cast(pa.array(column), pa.string())
        cells = pc.binary_join_element_wise(f'<c r="{letters}', numbers, '"><v>', value, "</v></c>", "")
    else:
        value = pc.utf8_slice_codeunits(pa.array(column, pa.string(), from_pandas=True), 0, MAX_CHARACTERS)
        value = pc.replace_substring_regex(value, _NO_XML, "")
        for sign, escaped in _ESCAPED.items():
            value = pc.replace_substring(value, sign, escaped)
        opened = '" t="inlineStr"><is><t xml:space="preserve">'
        cells = pc.binary_join_element_wise(f'<c r="{letters}', numbers, opened, value, "</t></is></c>", "")
    return pc.fill_null(cells, "")
