"""Writing tables so that nothing is lost: whole files, one writer at a time.

Why: a write may be interrupted at any moment, and two people may write at once. Each file is written beside the old one, brought to
the disk and put in its place in one step; of several tables first those that others refer to. A set that was interrupted holds every
row that it held before, is valid or has findings that name what is missing, and the same command finishes it. A lock makes the
second writer wait, or refuses it with a sentence. Here: the write alone. Not here: whether the rows are good (`dataset.py`).
"""

import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from validation.models import SCHEMAS, key, metadata

SECONDS_TO_WAIT = 10.0


def _needs(table: str) -> set[str]:
    targets = (metadata(table, column).get("references", "").split(".")[0] for column in SCHEMAS[table].columns)
    return {target for target in targets if target not in ("", table)}


ORDER = tuple(TopologicalSorter({name: sorted(_needs(name)) for name in SCHEMAS}).static_order())
"""Every table after those that it refers to."""


class BusyError(Exception):
    """Another writer holds the tables."""


@contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Hold the tables of a folder for one writer; waits 10 seconds for another one, then raises BusyError.

    Reading for a change, checking and writing all belong inside, or a row of another writer could be lost.
    """
    try:
        with FileLock(folder / ".lock", timeout=SECONDS_TO_WAIT):
            for left in (path for name in SCHEMAS for path in folder.glob(f".{name}-*.new")):
                # Left by a writer that was killed: only the holder of the lock makes such files.
                left.unlink(missing_ok=True)
            yield
    except Timeout as busy:
        raise BusyError("another program is writing to the tables; try again when it has ended") from busy


def csv_text(name: str, table: pd.DataFrame) -> str:
    """Return the text of the file of a table: columns and order of the model, sorted by its key (blank first), LF, blank for unknown."""
    columns = list(SCHEMAS[name].columns)
    text = io.StringIO()
    table.sort_values(key(name), kind="stable", na_position="first")[columns].to_csv(
        text, index=False, lineterminator="\n", float_format="%.15g"
    )
    return text.getvalue()


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables over those of the folder: first all beside the old ones, then each in its place in one step."""
    names = [name for name in ORDER if name in tables]
    new = {name: _staged(folder, name, csv_text(name, tables[name]).encode("utf-8")) for name in names}
    for name, path in new.items():
        path.replace(folder / f"{name}.csv")
        _to_disk(folder)


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole: beside its place first, then in its place in one step."""
    _staged(path.parent, path.stem, data).replace(path)
    _to_disk(path.parent)


def _staged(folder: Path, name: str, data: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{name}-", suffix=".new", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    path = Path(file.name)
    path.chmod(0o644)
    return path


def _to_disk(folder: Path) -> None:
    """Bring the names of the folder to the disk, where the system can do that for a folder."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
