"""`python -m validation`: print what is wrong with the tables, the evidence and the ledger.

Exit status: 0 clean, 1 findings, 2 bad usage. Findings are printed here and nowhere else.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from validation import dates
from validation.dataset import Dataset, datasets_folder, load
from validation.evidence import renewed, reports_folder
from validation.findings import Finding, for_programs
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
    parser.add_argument(
        "--save-evidence", "--record", action="store_true", help="write what was verified to evidence.csv"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    options = parser.parse_args(arguments)
    folder, reports = options.datasets or datasets_folder(), options.reports or reports_folder()
    for named in (folder, reports):
        if named is not None and not named.is_dir():
            parser.error(f"there is no folder {named}")
    if options.save_evidence and reports is None:
        parser.error("--save-evidence needs the archived texts: give --reports DIR")
    dataset = _recorded(folder, reports) if options.save_evidence else load(folder, reports)
    print(_json(dataset) if options.json else _table(dataset))
    return 1 if _all(dataset) else 0


def _recorded(folder: Path, reports: Path | None) -> Dataset:
    """Write what was verified to evidence.csv and load again; where it would lose rows, say so and write nothing."""
    with writer(folder):
        dataset = load(folder, reports)
        unreadable = [
            finding
            for finding in dataset.evidence_findings
            if finding.file == "evidence.csv"
            and (finding.rule.startswith(("file.", "cell.", "column.")) or finding.rule == "evidence.future")
        ]
        if not dataset.good or unreadable:
            why = "the tables hold findings" if not dataset.good else "evidence.csv holds findings that would lose rows"
            print(f"Nothing was written: {why}. Correct them first.", file=sys.stderr)
            return dataset
        tables = {name: dataset.table(name) for name in ("claims", "sources")}
        write_tables(folder, {"evidence": renewed(tables, dataset.states(), dates.today().isoformat())})
        return load(folder, reports)


def _json(dataset: Dataset) -> str:
    summary = {
        "data_version": dataset.version,
        "rows": dict(dataset.rows),
        "checks": dataset.checks,
        "skipped": list(dataset.skipped),
        "evidence": _states(dataset),
        "ledger": dataset.accounts().astype("object").where(dataset.accounts().notna(), None).to_dict("records"),
    }
    return for_programs(summary, _all(dataset))


def _all(dataset: Dataset) -> list[Finding]:
    return [*dataset.findings, *dataset.reference_findings, *dataset.evidence_findings, *dataset.ledger_findings]


def _states(dataset: Dataset) -> dict[str, int]:
    return {str(state): int(count) for state, count in dataset.states()["state"].value_counts().sort_index().items()}


def _table(dataset: Dataset) -> str:
    lines = [f"Data version {dataset.version}", "", "Tables"]
    lines += [f"  {name:<18}{count:>7,} rows" for name, count in dataset.rows.items()]
    lines += _listed(dataset.findings)
    if dataset.skipped:
        lines.append(f"  {len(dataset.skipped)} rules did not run, because a table that they need cannot be read.")
    if dataset.reference_findings:
        lines += ["", "Reference", *_listed(dataset.reference_findings)]
    lines += ["", "Evidence"]
    lines += [f"  {state:<18}{count:>7,} claims" for state, count in _states(dataset).items()]
    lines += _listed(dataset.evidence_findings)
    lines += ["", "Ledger"]
    for source_id, met, claims, dismissed, left in dataset.accounts().to_numpy().tolist():
        left_open = "text not available" if pd.isna(left) else f"{left} open"
        lines.append(f"  {source_id}: {met} numbers found, {claims} claims, {dismissed} not used, {left_open}")
    lines += _listed(dataset.ledger_findings)
    found = len(_all(dataset))
    lines += ["", f"{sum(dataset.rows.values()):,} rows, {dataset.checks} checks run, {found} findings."]
    return "\n".join(lines)


def _listed(findings: Sequence[Finding]) -> list[str]:
    return [f"  {finding}" for finding in findings]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BusyError as busy:
        sys.exit(f"Nothing was written: {busy}.")
