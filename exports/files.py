"""Tables as files: CSV, JSON, Parquet and XLSX, each with types, meanings and the data version.

Why: a number that leaves the dashboard takes its source, its doubts and the data version with it. A column means in
every format what its pandera model says. CSV is UTF-8 without BOM with the line ends of RFC 4180; cells are never
escaped, because validation refuses what a spreadsheet would run. Not here: what is said of a number (`citations.py`),
several tables in one archive (`package.py`).
"""

import datetime
import io
import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pandas as pd
import pandera.pandas as pa

from analysis import words
from analysis.comparison_words import comparisons
from analysis.selection import Choice, describe, in_use, slugs
from exports.addresses import table_address
from exports.citations import as_text, changed, data_set
from exports.formats import Format, by_ending
from validation import Dataset
from validation.dictionary import TYPES
from validation.models import COUNTS_BESIDE, READERS_CLAIMS, SCHEMAS, key

MAX_ROWS_OF_XLSX = 1_048_575
"""Rows that a sheet holds beneath its header (Microsoft, Excel specifications and limits)."""

ABOUT_SHEET = "About this file"

_NO_FORMULAS_NO_LINKS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Export:
    """Rows of a table of the record, and what a file says of them; `url`: where the data set is served.

    Rows of claims have the columns of `readers_claims`; `choice`: the filter that left them.
    """

    dataset: Dataset
    name: str
    rows: pd.DataFrame
    url: str = ""
    choice: Choice = field(default_factory=dict)

    @property
    def schema(self) -> pa.DataFrameSchema:
        """Return what the columns mean."""
        return READERS_CLAIMS if self.name == "claims" else SCHEMAS[self.name]

    @property
    def citation(self) -> str:
        """Return how to cite the data set in this version."""
        return as_text(data_set(self.dataset, self.url))

    def about(self, ending: str) -> dict[str, str]:
        """Return what a reader of the file alone should know: what it is, the filter, how many rows of how many, how to cite."""
        about, parts = self.dataset.about, urlsplit(self.url)
        origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        return {
            "What this is": f"{SCHEMAS[self.name].title} of {words.quoted(about.title)}. {about.description}",
            "Filter": describe(self.dataset, self.name, self.choice) or "none, all rows",
            "Rows": f"{len(self.rows):,} of {len(self.dataset.table(self.name)):,}",
            "Last update": words.date(changed(self.dataset) or None),
            "Data version": self.dataset.version,
            "Licence": about.licence or "none chosen yet",
            "How to cite": self.citation,
        } | ({"Address of these rows": table_address(origin, self.name, in_use(self.choice), ending)} if origin else {})

    @property
    def source_table(self) -> str:
        """Return the name of the table that says where the rows come from."""
        return "series" if "series_id" in self.rows else "sources"

    @property
    def sources(self) -> pd.DataFrame:
        """Return where the rows come from: reports, or series of the reference; empty where the rows name none."""
        sources, [column] = self.dataset.table(self.source_table), key(self.source_table)
        return sources[sources[column].isin(self.rows[column])] if column in self.rows else sources.head(0)


def file_name(dataset: Dataset, what: str, ending: str, choice: Choice | None = None) -> str:
    """Name a file so that what the data are about, the filter of its claims and the version stay with it: syria-chart-places-2018-….csv."""
    parts = [dataset.about.file_prefix, what, slugs(dataset, "claims", choice or {}), dataset.version]
    return f"{'-'.join(filter(None, parts))}.{ending}"


def name_of_rows(dataset: Dataset, table: str, choice: Choice, rows: int, ending: str) -> str:
    """Name a file of rows of a table so that its filter and their number stay with it: syria-claims-2018-idlib-9-rows-…csv."""
    parts = [table, slugs(dataset, table, choice), f"{rows}-row{'' if rows == 1 else 's'}"]
    return file_name(dataset, "-".join(filter(None, parts)), ending)


def readers_claims(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the claims view with the columns that readers download, how published counts relate to them among these."""
    compared = comparisons(dataset).loc[rows["claim_id"]].set_axis(rows.index)
    return rows.assign(**{str(name): compared[name] for name in compared})[list(READERS_CLAIMS.columns)]


def readers_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """Return published counts (`analysis.counts.published_counts`) with the columns that readers download."""
    named = counts.rename(columns={"place_name": "place", "population_group": "group"})
    return named[[name for name in COUNTS_BESIDE.columns if name in named]]


def as_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV; blank means unknown."""
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def as_json(export: Export) -> bytes:
    """Write rows as JSON: data version, citation, count, filter (parameter of the API to ids), records; unknown is null."""
    about = {"data_version": export.dataset.version, "citation": export.citation, "count": len(export.rows)}
    about |= {"filter": in_use(export.choice)}
    head = json.dumps(about, ensure_ascii=False)
    records = export.rows.to_json(orient="records", force_ascii=False, double_precision=15)
    return f'{head.removesuffix("}")}, "records": {records}}}'.encode()


def as_parquet(export: Export) -> bytes:
    """Write rows as Parquet: title, meaning and unit are metadata of each column, version, citation and filter of the file."""
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
        for name, described in export.schema.columns.items()
    ]
    about = {"data_version": export.dataset.version, "citation": export.citation}
    about["description"] = str(export.schema.description).strip()
    about["filter"] = json.dumps(in_use(export.choice), ensure_ascii=False)
    arrow = pyarrow.Table.from_pandas(export.rows, schema=pyarrow.schema(fields), preserve_index=False)
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(arrow.replace_schema_metadata(about), buffer, compression="zstd")
    return buffer.getvalue()


def as_xlsx(export: Export) -> bytes:
    """Write a workbook with four sheets: about the file, the rows, their sources, what each column means.

    It gives the day of the newest change as its own, so that the same rows give the same bytes.
    Raises ValueError for more rows than a sheet holds.
    """
    import xlsxwriter

    from exports.sheets import Sheet

    if len(export.rows) > MAX_ROWS_OF_XLSX:
        raise ValueError(
            f"a sheet holds {MAX_ROWS_OF_XLSX:,} rows, not {len(export.rows):,}: narrow the filters or take CSV"
        )
    citation = export.citation
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True} | _NO_FORMULAS_NO_LINKS)
    book.set_properties({
        "title": citation.split(".", maxsplit=1)[0], "comments": citation,
        "created": datetime.datetime.fromisoformat(changed(export.dataset) or "1980-01-01"),
    })  # fmt: skip
    head = book.add_format({"bold": True})
    columns = pd.DataFrame(
        [
            (sheet, name, str(column.title), str(column.description), TYPES.get(str(column.dtype), "text"))
            for sheet, schema in (("data", export.schema), ("sources", SCHEMAS[export.source_table]))
            for name, column in schema.columns.items()
        ],
        columns=["sheet", "column", "title", "description", "type"],
    )
    about = pd.DataFrame(export.about("xlsx").items(), columns=["about", "text"])
    sheets = {ABOUT_SHEET: about, "data": export.rows, "sources": export.sources, "columns": columns}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name, worksheet_class=Sheet)
        sheet.freeze_panes(1, 0)
        sheet.hold(rows, head)
        for at, column in enumerate(rows.columns):
            sheet.set_column(at, at, _width(rows[column]))
    book.close()
    return buffer.getvalue()


def _width(cells: pd.Series) -> int:
    """Return a width, in characters, that shows short cells whole."""
    known = cells.dropna().astype("str").str.len()
    widths: list[int] = [*known.tail(1000), len(str(cells.name)), 6]
    return min(max(widths), 48) + 2


FORMATS: tuple[Format[Export, bytes], ...] = (
    Format("csv", "CSV", "text/csv; charset=utf-8", lambda export: as_csv(export.rows)),
    Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx, slow=True),
    Format("parquet", "Parquet", "application/vnd.apache.parquet", as_parquet),
    Format("json", "JSON", "application/json", as_json),
)
"""Every format of a table, in the order in which readers meet them."""


def as_file(
    dataset: Dataset, name: str, rows: pd.DataFrame, ending: str, url: str = "", choice: Choice | None = None
) -> bytes:
    """Write rows of a table of the record in a format of `FORMATS`; see `Export`.

    Raises ValueError for more rows than the format holds.
    """
    return by_ending(FORMATS)[ending].write(Export(dataset, name, rows, url, choice or {}))
