"""`python -m validation`: print what is wrong with the tables.

Exit status: 0 clean, 1 findings, 2 bad usage. Findings are printed here and nowhere else.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from validation.findings import for_programs
from validation.record import Record, datasets_folder, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit status."""
    parser = argparse.ArgumentParser(prog="python -m validation", description="Check the tables.")
    parser.add_argument(
        "--datasets", type=Path, metavar="DIR", help="folder of the tables (default: DATASETS_DIR, else datasets/)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    options = parser.parse_args(arguments)
    folder = options.datasets or datasets_folder()
    if not folder.is_dir():
        parser.error(f"there is no folder {folder}")
    record = load(folder)
    print(_json(record) if options.json else _table(record))
    return 0 if record.good else 1


def _json(record: Record) -> str:
    summary = {
        "data_version": record.version,
        "rows": dict(record.rows),
        "checks": record.checks,
        "skipped": list(record.skipped),
    }
    return for_programs(summary, record.findings)


def _table(record: Record) -> str:
    lines = [f"Data version {record.version}"]
    lines += [f"  {name:<18}{count:>7,} rows" for name, count in record.rows.items()]
    lines += [str(finding) for finding in record.findings]
    if record.skipped:
        lines.append(f"{len(record.skipped)} rules did not run, because a table that they need cannot be read.")
    lines.append(f"{sum(record.rows.values()):,} rows, {record.checks} checks run, {len(record.findings)} findings.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
