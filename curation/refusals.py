"""Refusing whole: tables with a fault are not built on, and what validation does not accept is not written.

Why: a curator's mistake must never reach the tables. New rows are written to a copy of the folder, the copy is checked as the
tables are, and only a copy without findings takes their place. Here: the refusal and the copy. Not here: which rows are
written (`adding.py`, `deciding.py`), the writing itself (`validation/writing.py`).
"""

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from validation import Dataset, Finding, about, boundaries, load
from validation.models import SCHEMAS
from validation.writing import write_tables, writer

FILES = (*(f"{name}.csv" for name in SCHEMAS), about.FILE, boundaries.FILE)
"""What a folder of tables holds."""


class RefusedError(Exception):
    """Nothing was written; `findings` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings."""
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


class FaultyTablesError(RefusedError):
    """Nothing was written, because the tables had these faults before."""


@contextmanager
def good_tables(folder: Path, reports: Path | None) -> Iterator[Dataset]:
    """Hold the tables for one writer and give the record; refuse to build on tables with a fault."""
    with writer(folder):
        dataset = load(folder, reports)
        if not dataset.good:
            raise FaultyTablesError(list(dataset.findings))
        yield dataset


def copy_tables(folder: Path, to: Path) -> None:
    """Copy the files of a folder of tables, those that there are, into another folder."""
    for name in FILES:
        if (folder / name).exists():
            shutil.copy(folder / name, to)


def checked(
    folder: Path, reports: Path | None, tables: Mapping[str, pd.DataFrame], only: Collection[str] | None = None
) -> Dataset:
    """Load a copy of the folder in which these tables take the place of the old ones; `only`: as for `load`."""
    with tempfile.TemporaryDirectory() as copy:
        copy_tables(folder, Path(copy))
        write_tables(Path(copy), tables)
        return load(copy, reports, only=only)


def kind_of(column: pa.Column) -> str:
    """Return the type that a column is read as."""
    return "Int64" if str(column.dtype) == "Int64" else "str"


def typed(rows: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return rows with all columns of a schema, typed as it says; what is not given or "" is blank."""
    given = rows.reindex(columns=list(schema.columns)).astype("object")
    filled = given.where(given.notna() & (given != ""), None)
    return filled.astype({name: kind_of(column) for name, column in schema.columns.items()})


def cells_of(rows: pd.DataFrame) -> list[list[str]]:
    """Return the cells of rows as text; blank is ""."""
    return [["" if pd.isna(cell) else str(cell) for cell in row] for row in rows.astype("object").to_numpy().tolist()]


def changed_texts(dataset: Dataset, source_ids: set[str]) -> list[Finding]:
    """Return the findings that the text available of one of these sources is not the one that was archived."""
    lines = {at for at, source_id in enumerate(dataset.table("sources")["source_id"], 2) if source_id in source_ids}
    return [
        finding
        for finding in dataset.evidence_findings
        if finding.rule == "evidence.text_changed" and finding.line in lines
    ]
