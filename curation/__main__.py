"""`python -m curation`: the commands of a curator. Findings are printed here and nowhere else in this package.

Exit status: 0 done, 1 refused or findings, 2 bad usage.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from curation import adding, triage
from curation.adding import FaultyTablesError, NewSource, RefusedError
from curation.suggest import Candidate
from validation import Dataset, Finding, datasets_folder, load
from validation.coverage import around
from validation.evidence import reports_folder
from validation.findings import for_programs
from validation.vocabulary import (
    DISMISSALS,
    OTHER_QUANTITY,
    SOURCE_KINDS,
    USUAL_SOURCE,
    VERIFIED,
    codes,
)
from validation.writing import BusyError

MAX_WORDS_AROUND = 6
READING = ("find", "triage")
"""Commands that need the archived texts and write nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    folder = options.datasets or datasets_folder()
    reports = options.reports or reports_folder()
    if not folder.is_dir():
        parser.error(f"there is no folder {folder}")
    if reports is None and options.command in ("add-source", *READING):
        parser.error("the folder of the archived texts is needed: give --reports DIR, or set REPORTS_DIR")
    if reports is not None and not reports.is_dir() and options.command != "add-source":
        parser.error(f"there is no folder {reports}")
    try:
        return int(options.run(options, folder, reports))
    except RefusedError as refused:
        if options.command not in (*READING, "check"):
            before = " The tables had these faults before; correct them first:"
            print(f"Nothing was written.{before if isinstance(refused, FaultyTablesError) else ''}")
        print("\n".join(f"  {finding}" for finding in refused.findings))
    except BusyError as busy:
        print(f"Nothing was written: {busy}.")
    return 1


def _parser() -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument(
        "--datasets", type=Path, metavar="DIR", help="folder of the tables (default: DATASETS_DIR, else datasets/)"
    )
    folders.add_argument(
        "--reports", type=Path, metavar="DIR", help="folder of the archived texts (default: REPORTS_DIR)"
    )
    parser = argparse.ArgumentParser(prog="python -m curation", description="Bring a new report in.")
    commands = parser.add_subparsers(dest="command", required=True)

    source = commands.add_parser("add-source", parents=[folders], help="add a report and keep its text")
    source.add_argument("file", type=Path, help="the text of the report, UTF-8, a paragraph a line")
    source.add_argument("--publisher", required=True, help="name of an organisation; a new name becomes one")
    source.add_argument("--title", required=True, help="as printed")
    source.add_argument("--published", required=True, metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD")
    source.add_argument("--url", required=True, help="where it was published")
    source.add_argument("--source-id", default="", metavar="ID", help="default: publisher and date")
    source.add_argument("--short-name", default="", metavar="NAME", help="default: publisher and year")
    source.add_argument("--author", default="", help="as printed; several separated by “; ”")
    source.add_argument("--language", default="en", help="two-letter code (default: en)")
    source.add_argument("--kind", default=USUAL_SOURCE, choices=codes(SOURCE_KINDS))
    source.set_defaults(run=_add_source)

    find = commands.add_parser("find", parents=[folders], help="list the numbers of a text that are not accounted for")
    find.add_argument("source_id")
    find.add_argument("--json", action="store_true", help="print JSON for programs")
    find.set_defaults(run=_find)

    table = commands.add_parser("triage", parents=[folders], help="print a row for each such number, with suggestions")
    table.add_argument("source_id")
    table.set_defaults(run=_triage)

    decisions = commands.add_parser(
        "apply", parents=[folders], help="write the decisions of that table, all or nothing"
    )
    decisions.add_argument("file", type=Path)
    decisions.set_defaults(run=_apply)

    check = commands.add_parser("check", parents=[folders], help="validate one source")
    check.add_argument("source_id")
    check.add_argument("--json", action="store_true", help="print JSON for programs")
    check.set_defaults(run=_check)

    claims = commands.add_parser("add-claims", parents=[folders], help="add the claims of a CSV file, all or nothing")
    claims.add_argument("file", type=Path)
    claims.set_defaults(run=_add_claims)

    dismissal = commands.add_parser("dismiss", parents=[folders], help="say why a number is no claim")
    dismissal.add_argument("source_id")
    dismissal.add_argument("paragraph", type=int, choices=range(1, 100_000), metavar="paragraph")
    dismissal.add_argument("wording")
    dismissal.add_argument("reason", choices=codes(DISMISSALS))
    dismissal.add_argument("--note", default="")
    dismissal.set_defaults(run=_dismiss)
    return parser


def _add_source(options: argparse.Namespace, folder: Path, reports: Path) -> int:
    new = NewSource(
        publisher=options.publisher.strip(), title=options.title.strip(), published=options.published, url=options.url,
        source_id=options.source_id, short_name=options.short_name, authors=options.author, language=options.language, kind=options.kind,
    )  # fmt: skip
    print(adding.add_source(folder, reports, options.file, new))
    return 0


def _add_claims(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    added = adding.add_claims(folder, reports, options.file)
    print("\n".join(added))
    if unproven := sum(state != VERIFIED for state in added.values()):
        print(f"{unproven} of them could not be checked: the archived text is not available.", file=sys.stderr)
    return 0


def _dismiss(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    adding.dismiss(
        folder,
        reports,
        {name: getattr(options, name) for name in ("source_id", "paragraph", "wording", "reason", "note")},
    )
    return 0


def _unknown(dataset: Dataset, source_id: str) -> Finding | None:
    known = dataset.table("sources")["source_id"]
    if source_id in set(known):
        return None
    return Finding(
        "sources.csv",
        0,
        "source_id",
        "curation.unknown",
        f"there is no source {source_id}",
        "Use one of: " + ", ".join(known),
    )


def _find(options: argparse.Namespace, folder: Path, reports: Path) -> int:
    found = triage.find(load(folder, reports), options.source_id)
    numbers = [number for number in found.numbers if number.number_id in found.open_ids]
    (_print_json if options.json else _print_words)(options.source_id, numbers, found.text.paragraphs)
    return 0


def _triage(options: argparse.Namespace, folder: Path, reports: Path) -> int:
    table = triage.triage(load(folder, reports), options.source_id)
    table.to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0


def _apply(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    print(triage.apply(folder, reports, options.file))
    return 0


def _values(candidate: Candidate) -> dict[str, object]:
    quantity = candidate.quantity
    return {
        "paragraph": candidate.paragraph, "wording": candidate.wording, "bound": quantity.bound if quantity else None,
        "low": quantity.low if quantity else None, "best": quantity.best if quantity else None, "high": quantity.high if quantity else None,
        "indicator": candidate.indicator or None, "population_group": candidate.population_group or None,
        "dismissal": candidate.dismissal or None,
    }  # fmt: skip


def _print_json(source_id: str, found: list[Candidate], paragraphs: Sequence[str]) -> None:
    print(json.dumps([_values(candidate) for candidate in found], ensure_ascii=False, indent=2))


def _print_words(source_id: str, found: list[Candidate], paragraphs: Sequence[str]) -> None:
    """Print two lines per number: the words around it, within the terminal, and what is suggested."""
    if not found:
        print(f"Every number of {source_id} is accounted for.")
        return
    width = max(40, shutil.get_terminal_size().columns)
    for candidate in found:
        place = f"{candidate.paragraph}: "
        unread = "no reading, a word for a quantity must stand in vague_quantities.csv; "
        quantity = unread if candidate.dismissal == OTHER_QUANTITY else ""
        quantity = f"{candidate.quantity.say()}; " if candidate.quantity else quantity
        claim = f"claim: {candidate.indicator}, {candidate.population_group}"
        print(place + _in_its_words(candidate, paragraphs[candidate.paragraph - 1], width - len(place)))
        print(f"    {quantity}{claim if candidate.indicator else f'no claim: {candidate.dismissal}'}")
    claims = sum(bool(candidate.indicator) for candidate in found)
    print(
        f"{len(found)} numbers of {source_id} are not accounted for: {claims} may be claims, {len(found) - claims} may be "
        "no claims. These are guesses."
    )


def _in_its_words(candidate: Candidate, paragraph: str, width: int) -> str:
    """Return a number in brackets with at most six words on either side, as many as fit."""
    start, end = candidate.start, candidate.end
    before = paragraph[max(0, start - width) : start]
    marked = f"{before}[{paragraph[start:end]}]{paragraph[end : end + width]}"
    shown = (
        around(marked, len(before), len(before) + end - start + 2, words) for words in range(MAX_WORDS_AROUND, 0, -1)
    )
    return next((words for words in shown if len(words) <= width), f"[{paragraph[start:end]}]"[:width])


def _check(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    dataset = load(folder, reports)
    source_id = options.source_id
    if (unknown := _unknown(dataset, source_id)) is not None:
        raise RefusedError([unknown])
    found = [
        finding
        for finding in (*dataset.findings, *dataset.evidence_findings, *dataset.ledger_findings)
        if _concerns(finding, source_id, dataset)
    ]
    account = dataset.accounts().set_index("source_id").loc[source_id]
    states = dataset.states()[dataset.table("claims")["source_id"] == source_id]["state"].value_counts()
    if options.json:
        summary = {
            "source_id": source_id,
            "data_version": dataset.version,
            "evidence": {str(k): int(v) for k, v in states.items()},
        }
        print(for_programs(summary, found))
    else:
        evidence = ", ".join(f"{count} {state}" for state, count in states.items()) or "no claims"
        account_of = (
            f"{account['met']} numbers found, {evidence}, {account['dismissed']} not used, {len(found)} findings."
        )
        print("\n".join([*map(str, found), f"{source_id}: {account_of}"]))
    return 1 if found else 0


def _concerns(finding: Finding, source_id: str, dataset: Dataset) -> bool:
    """Whether a finding is about this source or about what all sources share."""
    if finding.file.endswith(".txt"):
        return finding.file == f"{source_id}.txt"
    name = finding.file.removesuffix(".csv")
    columns = {
        "sources": "source_id",
        "claims": "source_id",
        "dismissed": "source_id",
        "claim_caveats": "claim_id",
        "evidence": "claim_id",
    }
    if name not in columns or finding.line < 2:
        return True
    table = dataset.table(name)
    if finding.line - 2 >= len(table):
        return True
    cell = str(table.iloc[finding.line - 2][columns[name]])
    return (cell.rsplit("-", 1)[0] if columns[name] == "claim_id" else cell) == source_id


if __name__ == "__main__":
    sys.exit(main())
