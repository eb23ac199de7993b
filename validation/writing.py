"""Writing tables so that nothing is lost: whole files, one writer at a time.

Why: a write may be interrupted at any moment, and two people may write at once. Each file is written beside the old one, brought to
the disk and put in its place in one step. A set of several tables counts as written with one step too: the list of its new
files. From then on readers take the new files, and the next writer puts in place what an interrupted one left. A lock makes the
second writer wait, or refuses it with a sentence. Here: the write alone. Not here: whether the rows are good (`record.py`).
"""

import io
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from validation.models import SCHEMAS, key

SECONDS_TO_WAIT = 10.0
LIST = ".writing.json"
"""Names the new files of a set of tables while they are put in their places: table to file."""
NEW = re.compile(r"\.[a-z_]+-[A-Za-z0-9_]+\.new")


class BusyError(Exception):
    """Another writer holds the tables."""


@contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Hold the tables of a folder for one writer; waits 10 seconds for another one, then raises BusyError.

    Reading for a change, checking and writing all belong inside, or a row of another writer could be lost.
    """
    try:
        with FileLock(folder / ".lock", timeout=SECONDS_TO_WAIT):
            _put_in_place(folder)
            _clear(folder)
            yield
    except Timeout as busy:
        raise BusyError("another program is writing to the tables; try again when it has ended") from busy


def csv_text(name: str, table: pd.DataFrame) -> str:
    """Write a table as its file stands: columns and order of the model, sorted by its key, LF, blank for unknown."""
    columns = list(SCHEMAS[name].columns)
    text = io.StringIO()
    table.sort_values(key(name), kind="stable")[columns].to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables over those of the folder: first all beside the old ones, then each in its place in one step."""
    staged = {name: _staged(folder, name, csv_text(name, table).encode("utf-8")) for name, table in tables.items()}
    listed = json.dumps({name: path.name for name, path in staged.items()})
    _staged(folder, "list", listed.encode("utf-8")).replace(folder / LIST)
    _to_disk(folder)
    _put_in_place(folder)


def written(folder: Path) -> dict[str, Path]:
    """Give the file of each table that counts as written but does not stand in its place yet; none as a rule."""
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
        names = {str(name): str(file) for name, file in listed.items() if name in SCHEMAS}
    except (OSError, ValueError, AttributeError):
        return {}
    return {name: folder / file for name, file in names.items() if NEW.fullmatch(file)}


def _put_in_place(folder: Path) -> None:
    """Put every new file of the list in its place, then forget the list; goes on where another was interrupted."""
    if not (folder / LIST).exists():
        return
    for name, path in written(folder).items():
        if path.exists():
            path.replace(folder / f"{name}.csv")
    _to_disk(folder)
    (folder / LIST).unlink()


def _clear(folder: Path) -> None:
    """Delete what an interrupted writer left beside the tables; only the holder of the lock may."""
    for path in folder.glob(".*.new"):
        if NEW.fullmatch(path.name):
            path.unlink(missing_ok=True)


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
