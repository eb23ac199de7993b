"""Tables that change under a running dashboard: ways to break them, and what readers must be shown meanwhile."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import small
from tests.support.server import Served, Told, of, serving, text_of
from validation import load
from validation.models import SCHEMAS


@contextmanager
def watching(tables: Path, log: Path, **environment: str) -> Iterator[Served]:
    """Start a dashboard that looks at its tables whenever it is asked."""
    with serving(tables, log, environment={"SECONDS_BETWEEN_LOOKS": "0"} | environment) as server:
        yield server


def settled(server: Served, folder: Path) -> str:
    """Wait until the server shows the tables of the folder; give their version."""
    version = load(folder).version
    for _ in range(50):
        health = server.ask("/api/v1/health").json()
        if (health["data_version"], health["findings"]) == (version, 0):
            return version
        time.sleep(0.1)
    raise AssertionError(health)


def shown_version(told: Told) -> set[str]:
    return set(re.findall(r"Data version (v[0-9a-f]{12})", text_of(told)))


def edition(number: int) -> list[str]:
    """Return the rows of `changes.csv` for the n-th edition, to tell one good version from another."""
    return [*small.ROWS["changes"], f"2026-02-{number % 28 + 1:02},claims,,Edition {number},,,More"]


CLAIMS = ",".join(SCHEMAS["claims"].columns).encode()
COLUMNS = len(SCHEMAS["claims"].columns)
BANNER = "The newest data has an error, so the last good version is shown. "
BREAKS: dict[str, tuple[str, Callable[[bytes], bytes] | None, str]] = {
    "cut off in its last cell": (
        "claims.csv", lambda data: data[:-3],
        "claims.csv, line 4: the last line has no end, as if the file were cut off. See whether its last cell is whole",
    ),
    "truncated": (
        "claims.csv", lambda data: data.rsplit(b",", 2)[0],
        f"claims.csv, line 4: the row has {COLUMNS - 2} cells, the header has {COLUMNS}.",
    ),
    "empty": ("claims.csv", lambda data: b"", "claims.csv, line 1: the file is empty."),
    "binary": (
        "places.csv", lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        "places.csv, line 1, 1: byte 0x89 is not UTF-8.",
    ),
    "other header": (
        "vague_quantities.csv", lambda data: data.replace(b"word,", b"Wort,"),
        "vague_quantities.csv, line 1, Wort: the column “Wort” is not known.",
    ),
    "latin-1": (
        "sources.csv", lambda data: data.replace(b"A title", b"Un caf\xe9"),
        "sources.csv, line 2, 53: byte 0xe9 is not UTF-8.",
    ),
    "utf-16": (
        "events.csv", lambda data: data.decode().encode("utf-16"),
        "events.csv, line 1, 1: byte 0xff is not UTF-8.",
    ),
    "deleted": (
        "events.csv", None,
        "events.csv: the file is missing.",
    ),
    "half written": (
        "claims.csv", lambda data: CLAIMS + b'\npaper-2019-07-12-01,paper-2019-07-12,3,"900 peo',
        "claims.csv, line 2: the quoted cell does not end.",
    ),
    "a reference that does not hold": (
        "claims.csv", lambda data: data.replace(b",monitor,", b",nobody,"),
        "claims.csv, line 2, attributed_to: “nobody” is not in organisations.csv.",
    ),
}  # fmt: skip


def broken(folder: Path, name: str, change: Callable[[bytes], bytes] | None) -> Callable[[], object]:
    """Break a table; give what mends it."""
    path = folder / name
    kept = path.read_bytes()
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(kept))
    return lambda: path.write_bytes(kept)


def assert_last_good_version_stays(served: Served, tables: Path, way: str) -> None:
    """Tables broken in this way leave the last good version under a banner until they are mended."""
    name, change, fault = BREAKS[way]
    version = settled(served, tables)
    with served.visit() as visit:
        before = served.ask("/api/v1/claims.csv")
        assert (of(visit.run(), "warning"), before.status) == ([], 200)

        mend = broken(tables, name, change)
        told, after = visit.run(), served.ask("/api/v1/claims.csv")
        health = served.ask("/api/v1/health")
        mend()
        [warning] = of(told, "warning")
        assert warning[: len(BANNER + fault)] == BANNER + fault
        assert shown_version(told) == {version}
        assert "Showing all 3 claims" in text_of(told)
        assert (after.status, after.body, after.headers["etag"]) == (200, before.body, before.headers["etag"])
        assert (health.status, health.json()["data_version"], health.json()["findings"] > 0) == (200, version, True)

        small.write(tables, changes=edition(list(BREAKS).index(way)))
        mended = load(tables).version
        told = visit.run()
        assert (of(told, "warning"), shown_version(told)) == ([], {mended})
        assert served.ask("/api/v1/claims.csv").headers["etag"].startswith(f'"{mended}-')
        assert mended != version
