"""The last good version of the tables, for everything that runs in one server.

Why: tables may be edited while readers look at them. Pages and exports ask here for the record; files are looked at
at most once a second, and a version with findings never takes the place of a good one.
"""

import os
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from validation import about, boundaries
from validation.dataset import Dataset, checks_failed, datasets_folder, load
from validation.errors import log_error
from validation.evidence import reports_folder
from validation.models import SCHEMAS

SECONDS_BETWEEN_LOOKS = float(os.environ.get("SECONDS_BETWEEN_LOOKS", "1"))


@dataclass(frozen=True)
class Current:
    """What to show now: `record`, the last good version (None where there was none yet), and `latest`, as last read.

    `loaded`: when `latest` was read, in UTC.
    """

    dataset: Dataset | None
    latest: Dataset
    loaded: datetime


@dataclass(frozen=True)
class _Look:
    """A look at the files: when (monotonic seconds), what they looked like from outside, what was made of them."""

    at: float
    signature: tuple[object, ...]
    found: Current


_reading = threading.Lock()
_last: dict[Path, _Look] = {}


def current(folder: Path | None = None, *, look: bool = False) -> Current:
    """Return the last good version and the latest reading of a folder (default: `datasets_folder()`).

    Changed files are read by the one who comes first; others are given what stood before, and wait for nothing. `look`: look at
    the files whenever asked, as a program that writes them must.
    """
    where = folder or datasets_folder()
    fresh = None if look else known(where)
    if fresh is not None:
        return fresh
    before = _last.get(where)
    if not _reading.acquire(blocking=before is None) and before is not None:
        return before.found
    try:
        before = _last.get(where)
        signature = _signature(where)
        if before is not None and before.signature == signature:
            found = before.found
        else:
            latest = _read(where)
            last_good = before.found.dataset if before is not None else None
            found = Current(latest if latest.good else last_good, latest, datetime.now(UTC))
        _last[where] = _Look(time.monotonic(), signature, found)
        return found
    finally:
        _reading.release()


def _read(folder: Path) -> Dataset:
    """Read the tables. A fault of the checks themselves is a finding too: it must not take away the last good version."""
    try:
        return load(folder)
    except Exception as error:
        return checks_failed(log_error(error))


def known(folder: Path | None = None) -> Current | None:
    """Return what `current` would give where it needs no look at the files, else None; never waits."""
    last = _last.get(folder or datasets_folder())
    return last.found if last is not None and time.monotonic() - last.at < SECONDS_BETWEEN_LOOKS else None


def _signature(folder: Path) -> tuple[object, ...]:
    """Describe what the files look like from outside, None where there is none: which they are, size, times of change.

    The archived texts count by their folder: they are not meant to change while a server runs.
    """

    def of(path: Path) -> tuple[int, ...] | None:
        try:
            status = path.stat()
        except OSError:
            return None
        # A file of the same size and time may be another: one unpacked from an archive, or behind a link that leads elsewhere now.
        return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns

    files = [*(f"{name}.csv" for name in SCHEMAS), about.FILE, boundaries.FILE]
    return (*(of(folder / name) for name in files), of(archive) if (archive := reports_folder()) else None)
