"""The tables as files: the reader's CSV of claims, and all tables as they are kept.

Why: a number that leaves the dashboard takes its source, its doubts and the data version with it. CSV is UTF-8 without
BOM with the line ends of RFC 4180; cells are never escaped, because validation refuses what a spreadsheet would run.
"""

import io
import zipfile

import pandas as pd

from validation import Record
from validation.models import READERS_CLAIMS


def claims_csv(rows: pd.DataFrame) -> bytes:
    """Write rows of the claims view as the reader's CSV; blank means unknown."""
    return _csv(rows[list(READERS_CLAIMS.columns)])


def tables_zip(record: Record) -> bytes:
    """Write every table as a CSV file of its own, in one ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in record.rows:
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), _csv(record.table(name)), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def file_name(what: str, version: str, ending: str) -> str:
    """Name a file so that the version of the data stays with it."""
    return f"syria-{what}-{version}.{ending}"


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8")
