"""The last good version of the tables, for everything that runs in one server.

Why: tables may be edited while readers look at them. Pages and exports ask here for the record; files are looked at
at most once a second, and a version with findings never takes the place of a good one.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from validation.evidence import reports_folder
from validation.models import SCHEMAS
from validation.record import Record, datasets_folder, load

SECONDS_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True)
class Current:
    """What to show now: `record`, the last good version (None where there was none yet), and `latest`, as last read."""

    record: Record | None
    latest: Record


_lock = threading.Lock()
_state: dict[Path, tuple[float, tuple[object, ...], Current]] = {}


def current(folder: Path | None = None) -> Current:
    """Give the last good version and the latest reading of a folder (default: `datasets_folder()`)."""
    where = folder or datasets_folder()
    with _lock:
        looked, signature, state = _state.get(where, (float("-inf"), (), None))
        now = time.monotonic()
        if state is not None and now - looked < SECONDS_BETWEEN_LOOKS:
            return state
        found = _signature(where)
        if state is None or found != signature:
            latest = load(where)
            state = Current(latest if latest.good else state.record if state else None, latest)
        _state[where] = (now, found, state)
        return state


def known(folder: Path | None = None) -> Current | None:
    """Give what `current` would give where it needs no look at the files, else None; never waits."""
    kept = _state.get(folder or datasets_folder())
    if kept is None or time.monotonic() - kept[0] >= SECONDS_BETWEEN_LOOKS:
        return None
    return kept[2]


def _signature(folder: Path) -> tuple[object, ...]:
    """Say what the files look like from outside: size and time of change, None where there is none.

    The archived texts count by their folder: they are not meant to change while a server runs.
    """

    def of(path: Path) -> tuple[int, int] | None:
        try:
            status = path.stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns

    return (*(of(folder / f"{name}.csv") for name in SCHEMAS), of(archive) if (archive := reports_folder()) else None)
