"""`make bench`: measure the dashboard against plain ones on this machine, in one run and in turn; write `results.md`.

Why: these machines are shared and noisy, so only ratios of what was measured side by side say something. Timings are never
the condition of a test. Traffic goes to 127.0.0.1 only and is bounded in number.
"""

import argparse
import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import api, pages, records

RESULTS = Path(__file__).parent / "results.md"
PARTS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "interaction": ("Interaction, against a plain page with the same table", pages.interaction),
    "first_look": ("First look, in Chromium with an empty cache", lambda: pages.first_look(20)),
    "api": ("The data API, against Datasette", api.answers),
    "files": ("Files of a hundred thousand claims", lambda: api.large_files(100_000)),
    "validation": ("Reading and checking", lambda: records.validation(100_000, 1_000_000)),
    "changes": ("Changes taken up while a server runs", lambda: records.changes(100_000)),
    "comparison": ("Claims beside published counts", lambda: records.comparison(100_000)),
    "growth": ("A hundred thousand claims and a thousand series", lambda: pages.growth(100_000, 1_000)),
    "soak": ("Memory", lambda: pages.soak(3_000)),
    "desk": ("The desk, among five hundred reports", records.desk),
}


def main() -> None:
    """Measure the parts asked for and put them into `results.md`, each with its day; other parts stay as they are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"what to measure, of {', '.join(PARTS)} (default: everything)")
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := sorted(set(asked) - set(PARTS)):
        parser.error(f"there is no part {', '.join(unknown)}")
    for name in asked:
        title, measure = PARTS[name]
        measured = "\n".join([f"Measured on {datetime.datetime.now(datetime.UTC):%Y-%m-%d}.", "", *measure()])
        sys.stdout.write(f"\n## {title}\n\n{measured}\n")
        sys.stdout.flush()
        _put(title, measured)


def _put(title: str, measured: str) -> None:
    """Put a part into `results.md` in the order of the parts."""
    kept = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:] if RESULTS.exists() else []
    parts = {heading: body.strip() for heading, _, body in (part.partition("\n") for part in kept)} | {title: measured}
    head = (
        f"# Measured\n\nMade by `make bench` on {os.cpu_count()} processors that the clients of the measurement share. Each part is one run, what is "
        "compared in it was measured in turn; only ratios say something, and no test depends on them.\n"
    )
    ordered = [f"## {heading}\n\n{parts[heading]}\n" for heading, _ in PARTS.values() if heading in parts]
    RESULTS.write_text("\n".join([head, *ordered]), encoding="utf-8")


if __name__ == "__main__":
    main()
