"""`python -m validation`: print what is wrong with the tables, the evidence and the ledger.

Exit status: 0 clean, 1 findings, 2 bad usage. Findings are printed here and nowhere else.
"""

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from validation.evidence import renewed, reports_folder
from validation.findings import Finding, for_programs
from validation.record import Record, datasets_folder, load
from validation.writing import BusyError, write_tables, writer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m validation", description="Check the tables.")
    parser.add_argument(
        "--datasets", type=Path, metavar="DIR", help="folder of the tables (default: DATASETS_DIR, else datasets/)"
    )
    parser.add_argument(
        "--reports", type=Path, metavar="DIR", help="folder of the archived texts (default: REPORTS_DIR, else none)"
    )
    parser.add_argument("--record", action="store_true", help="write what was verified to evidence.csv")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    options = parser.parse_args(arguments)
    folder, reports = options.datasets or datasets_folder(), options.reports or reports_folder()
    for named in (folder, reports):
        if named is not None and not named.is_dir():
            parser.error(f"there is no folder {named}")
    if options.record and reports is None:
        parser.error("--record needs the archived texts: give --reports DIR")
    record = _recorded(folder, reports) if options.record else load(folder, reports)
    print(_json(record) if options.json else _table(record))
    return 1 if _all(record) else 0


def _recorded(folder: Path, reports: Path | None) -> Record:
    """Write what was verified to evidence.csv and load again; where it would lose rows, say so and write nothing."""
    with writer(folder):
        record = load(folder, reports)
        unreadable = [
            finding
            for finding in record.evidence_findings
            if finding.rule.startswith(("file.", "cell.", "column.")) or finding.rule == "evidence.future"
        ]
        if not record.good or unreadable:
            why = "the tables hold findings" if not record.good else "evidence.csv holds findings that would lose rows"
            print(f"Nothing was recorded: {why}. Correct them first.", file=sys.stderr)
            return record
        tables = {name: record.table(name) for name in ("claims", "sources")}
        write_tables(folder, {"evidence": renewed(tables, record.states(), datetime.date.today().isoformat())})
        return load(folder, reports)


def _json(record: Record) -> str:
    summary = {
        "data_version": record.version,
        "rows": dict(record.rows),
        "checks": record.checks,
        "skipped": list(record.skipped),
        "evidence": _states(record),
        "ledger": record.accounts().astype("object").where(record.accounts().notna(), None).to_dict("records"),
    }
    return for_programs(summary, _all(record))


def _all(record: Record) -> list[Finding]:
    return [*record.findings, *record.reference_findings, *record.evidence_findings, *record.ledger_findings]


def _states(record: Record) -> dict[str, int]:
    return {str(state): int(count) for state, count in record.states()["state"].value_counts().sort_index().items()}


def _table(record: Record) -> str:
    lines = [f"Data version {record.version}", "", "Tables"]
    lines += [f"  {name:<18}{count:>7,} rows" for name, count in record.rows.items()]
    lines += _listed(record.findings)
    if record.skipped:
        lines.append(f"  {len(record.skipped)} rules did not run, because a table that they need cannot be read.")
    if record.reference_findings:
        lines += ["", "Reference", *_listed(record.reference_findings)]
    lines += ["", "Evidence"]
    lines += [f"  {state:<18}{count:>7,} claims" for state, count in _states(record).items()]
    lines += _listed(record.evidence_findings)
    lines += ["", "Ledger"]
    for source_id, met, claims, dismissed, left in record.accounts().to_numpy().tolist():
        left_open = "text not available" if pd.isna(left) else f"{left} open"
        lines.append(f"  {source_id}: {met} numbers met, {claims} claims, {dismissed} dismissed, {left_open}")
    lines += _listed(record.ledger_findings)
    found = len(_all(record))
    lines += ["", f"{sum(record.rows.values()):,} rows, {record.checks} checks run, {found} findings."]
    return "\n".join(lines)


def _listed(findings: Sequence[Finding]) -> list[str]:
    return [f"  {finding}" for finding in findings]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BusyError as busy:
        sys.exit(f"Nothing was recorded: {busy}.")
