"""Tables as files: CSV, JSON, Parquet and XLSX, each with types, meanings and the data version.

Why: a number that leaves the dashboard takes its source, its doubts and the data version with it. A column means in
every format what its pandera model says. CSV is UTF-8 without BOM with the line ends of RFC 4180; cells are never
escaped, because validation refuses what a spreadsheet would run. Not here: what is said of a number (`citations.py`),
several tables in one archive (`package.py`).
"""

import datetime
import io
import json
from collections.abc import Mapping

import pandas as pd
import pandera.pandas as pa

from exports.citations import as_text, changed, data_set
from validation import Record
from validation.dictionary import TYPES
from validation.models import READERS_CLAIMS, SCHEMAS

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a file to its media type."""

MOST_ROWS_OF_XLSX = 1_048_575
"""Rows that a sheet holds beneath its header (Microsoft, Excel specifications and limits)."""

_NO_FORMULAS_NO_LINKS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def file_name(what: str, version: str, ending: str) -> str:
    """Name a file so that the version of the data stays with it."""
    return f"syria-{what}-{version}.{ending}"


def readers_claims(rows: pd.DataFrame) -> pd.DataFrame:
    """Give rows of the claims view with the columns that readers download."""
    return rows[list(READERS_CLAIMS.columns)]


def as_file(record: Record, name: str, rows: pd.DataFrame, ending: str, url: str = "") -> bytes:
    """Write rows of a table of the record in a format of `MEDIA_TYPES`; `url`: where the data set is served.

    `rows` of claims have the columns of `readers_claims`. Raises ValueError for more rows than the format holds.
    """
    schema = READERS_CLAIMS if name == "claims" else SCHEMAS[name]
    citation = as_text(data_set(record, url))
    if ending == "csv":
        return as_csv(rows)
    if ending == "json":
        return as_json(rows, record.version, citation)
    if ending == "parquet":
        return as_parquet(rows, schema, record.version, citation)
    where, column = ("series", "series_id") if name in ("series", "observations") else ("sources", "source_id")
    printed = record.table(where)
    printed = printed[printed[column].isin(rows[column])] if column in rows else printed.head(0)
    return as_xlsx(rows, schema, printed, SCHEMAS[where], citation, changed(record))


def as_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV; blank means unknown."""
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def as_json(table: pd.DataFrame, version: str, citation: str) -> bytes:
    """Write a table as JSON: data version, citation, count, records; unknown is null."""
    head = json.dumps({"data_version": version, "citation": citation, "count": len(table)}, ensure_ascii=False)
    records = table.to_json(orient="records", force_ascii=False, double_precision=15)
    return f'{head.removesuffix("}")}, "records": {records}}}'.encode()


def as_parquet(table: pd.DataFrame, schema: pa.DataFrameSchema, version: str, citation: str) -> bytes:
    """Write a table as Parquet: title, meaning and unit are metadata of each column, version and citation of the file."""
    import pyarrow
    import pyarrow.parquet

    kinds = {"Int64": pyarrow.int64(), "Float64": pyarrow.float64()}
    fields = [
        pyarrow.field(
            name,
            kinds.get(str(described.dtype), pyarrow.string()),
            metadata={"title": str(described.title), "description": str(described.description)}
            | ({"unit": described.metadata["unit"]} if "unit" in (described.metadata or {}) else {}),
        )
        for name, described in schema.columns.items()
    ]
    about = {"data_version": version, "citation": citation, "description": str(schema.description).strip()}
    arrow = pyarrow.Table.from_pandas(table, schema=pyarrow.schema(fields), preserve_index=False)
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(arrow.replace_schema_metadata(about), buffer, compression="zstd")
    return buffer.getvalue()


def as_xlsx(
    table: pd.DataFrame, schema: pa.DataFrameSchema, sources: pd.DataFrame, sources_schema: pa.DataFrameSchema,
    citation: str, day: str,
) -> bytes:  # fmt: skip
    """Write a workbook with three sheets: the rows, the sources of the rows, what each column means.

    `day` (YYYY-MM-DD, "" where not known) is the day that the workbook gives as its own, so that the same rows give the
    same bytes.
    Raises ValueError for more rows than a sheet holds.
    """
    import xlsxwriter

    if len(table) > MOST_ROWS_OF_XLSX:
        raise ValueError(
            f"a sheet holds {MOST_ROWS_OF_XLSX:,} rows, not {len(table):,}: narrow the filters or take CSV"
        )
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True} | _NO_FORMULAS_NO_LINKS)
    book.set_properties({
        "title": citation.split(".", maxsplit=1)[0], "comments": citation,
        "created": datetime.datetime.fromisoformat(day or "1980-01-01"),
    })  # fmt: skip
    head = book.add_format({"bold": True})
    columns = pd.DataFrame(
        [("data", name, str(c.title), str(c.description), _kind(c)) for name, c in schema.columns.items()]
        + [("sources", name, str(c.title), str(c.description), _kind(c)) for name, c in sources_schema.columns.items()],
        columns=["sheet", "column", "title", "description", "type"],
    )
    about = pd.DataFrame([("", "", "Citation", citation, "")], columns=columns.columns)
    for name, rows in (("data", table), ("sources", sources), ("columns", pd.concat([columns, about]))):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(rows.columns):
            sheet.write_string(0, at, column, head)
            write = sheet.write_number if str(rows[column].dtype) in ("Int64", "Float64") else sheet.write_string
            sheet.set_column(at, at, _width(rows[column]))
            for line, value in enumerate(rows[column], start=1):
                if pd.notna(value):
                    write(line, at, value)
    book.close()
    return buffer.getvalue()


def _kind(described: pa.Column) -> str:
    return TYPES.get(str(described.dtype), "text")


def _width(cells: pd.Series) -> int:
    """Give a width, in characters, that shows short cells whole."""
    known = cells.dropna().astype("str").str.len()
    return min(max([*known.tail(1000), len(str(cells.name)), 6]), 48) + 2
