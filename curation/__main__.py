"""`python -m curation`: the commands of a curator. Findings are printed here and nowhere else in this package.

Exit status: 0 done, 1 refused or findings, 2 bad usage.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from curation import adding, agreement, deciding, names, triage
from curation.handed_in import refuse
from curation.refusals import FaultyTablesError, RefusedError
from curation.sources import Proposal, add_source, propose
from curation.suggest import Candidate
from curation.texts import ENDINGS
from validation import Dataset, Finding, datasets_folder, load
from validation.coverage import around
from validation.evidence import reports_folder
from validation.findings import for_programs, shown
from validation.vocabulary import (
    DISMISSALS,
    ORGANISATION_KINDS,
    OTHER_QUANTITY,
    PLACE_KINDS,
    SOURCE_KINDS,
    USUAL_PUBLISHER,
    USUAL_SOURCE,
    codes,
)
from validation.writing import BusyError

MAX_WORDS_AROUND = 6
OF_ONE_REPORT = ("title", "published", "url", "source_id", "short_name", "authors")
"""Options of add-source that say something of one report, and of no other."""
PAGE = Path(__file__).resolve().parent.parent / "docs" / "curation.md"
"""The page that says how well readers agree."""
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

    _add_parsers_of_sources(commands, folders)
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

    agreed = commands.add_parser(
        "agreement", parents=[folders], help="write how well two readers agree into docs/curation.md"
    )
    agreed.add_argument("--check", action="store_true", help="write nothing; fail when the page is stale")
    agreed.set_defaults(run=_agreement)

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


def _add_parsers_of_sources(commands: Any, folders: argparse.ArgumentParser) -> None:
    source = commands.add_parser(
        "add-source", parents=[folders], help="add reports and keep their texts",
        description="Add reports and keep their texts. What a web page or a PDF says of itself is shown and confirmed; options go before it.",
    )  # fmt: skip
    source.add_argument(
        "files", type=Path, nargs="+", metavar="FILE",
        help="web pages, PDFs, texts (UTF-8, a paragraph a line), or a folder of them",
    )  # fmt: skip
    source.add_argument(
        "--publisher", default="", metavar="NAME", help="name of an organisation; a new name becomes one"
    )
    source.add_argument("--title", default="", help="as printed")
    source.add_argument("--published", default="", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD")
    source.add_argument("--url", default="", metavar="ADDRESS", help="where it was published")
    source.add_argument("--source-id", default="", metavar="ID", help="default: publisher and date")
    source.add_argument("--short-name", default="", metavar="NAME", help="default: publisher and year")
    source.add_argument("--author", default="", dest="authors", help="as printed; several separated by “; ”")
    source.add_argument(
        "--language", default="", metavar="CODE", help="two letters (default: as the page says, else en)"
    )
    source.add_argument("--kind", default=USUAL_SOURCE, choices=codes(SOURCE_KINDS))
    source.add_argument("--yes", action="store_true", help="add what was read without asking")
    source.add_argument("--anyway", action="store_true", help="add a publisher whose name is like a known one")
    source.set_defaults(run=_add_source, fail=source.error)

    organisation = commands.add_parser("add-organisation", parents=[folders], help="add who says or prints numbers")
    organisation.add_argument("--name", required=True, help="as readers see it")
    organisation.add_argument("--kind", default=USUAL_PUBLISHER, choices=codes(ORGANISATION_KINDS))
    organisation.add_argument("--in-text", default="", metavar="NAME", help="inside a sentence (default: the name)")
    organisation.add_argument("--note", default="", help="what a reader should know about it, in own words")
    organisation.add_argument("--organisation-id", default="", metavar="ID", help="default: made from the name")
    organisation.add_argument("--anyway", action="store_true", help="add it though its name is like a known one")
    organisation.set_defaults(run=_add_organisation)

    place = commands.add_parser("add-place", parents=[folders], help="add a place that numbers are about")
    place.add_argument("--name", required=True, help="unique, in the common English spelling")
    place.add_argument("--within", required=True, metavar="PLACE_ID", help="the place that contains it")
    place.add_argument("--kind", default=names.USUAL_PLACE, choices=codes(PLACE_KINDS))
    place.add_argument("--name-ocha", default="", metavar="NAME", help="spelling used by OCHA")
    place.add_argument("--name-ar", default="", metavar="NAME", help="name in Arabic")
    place.add_argument("--pcode", default="", help="OCHA’s place code")
    place.add_argument("--latitude", type=float, help="north, WGS 84; towns and sub-districts only")
    place.add_argument("--longitude", type=float, help="east, WGS 84; towns and sub-districts only")
    place.add_argument("--place-id", default="", metavar="ID", help="default: made from the name")
    place.add_argument("--anyway", action="store_true", help="add it though its name is like a known one")
    place.set_defaults(run=_add_place)


def _add_source(options: argparse.Namespace, folder: Path, reports: Path) -> int:
    """Add each report as a unit of its own: the good ones are added, the others listed with the reason."""
    files = [file for path in options.files for file in (_reports_in(path) if path.is_dir() else [path])]
    given = {name: getattr(options, name).strip() for name in (*OF_ONE_REPORT, "publisher", "language", "kind")}
    if len(files) > 1 and (of_one := [name for name in OF_ONE_REPORT if given[name]]):
        options.fail(
            f"--{of_one[0].replace('_', '-').removesuffix('s')} says something of one report, and there are {len(files)}"
        )
    refused: list[Finding] = []
    added = left = 0
    for file in files:
        try:
            proposal = propose(file, given)
            if not _confirmed(proposal, given, yes=options.yes):
                left += 1
                continue
            print(add_source(folder, reports, file, proposal.new, text=proposal.text, anyway=options.anyway))
            added += 1
        except RefusedError as error:
            if len(files) == 1 or isinstance(error, FaultyTablesError):
                raise
            refused += error.findings
        except BusyError as busy:
            if len(files) == 1:
                raise
            refused.append(Finding(str(file), 0, "", "curation.busy", str(busy), "Add this report again"))
    if len(files) > 1:
        listed = ["Not added:", *(f"  {finding}" for finding in refused)] if refused else []
        print("\n".join([*listed, f"{added} of {len(files)} reports added."]))
    elif left:
        print("Nothing was written.")
    return int(added < len(files))


def _reports_in(folder: Path) -> list[Path]:
    """Return the reports of a folder by name, without those of its folders."""
    found = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith(".")
    )
    if not found:
        action = f"Save reports there as {', '.join(ENDINGS)}"
        raise RefusedError([Finding(str(folder), 0, "", "curation.no_reports", "the folder holds no report", action)])
    return found


def _confirmed(proposal: Proposal, given: dict[str, str], *, yes: bool) -> bool:
    """Show what was read from a page and ask whether to add it; without a terminal `--yes` must be given."""
    if not proposal.to_confirm:
        return True
    values = {
        name: shown(getattr(proposal.new, name))
        for name in ("publisher", "title", "authors", "published", "url", "language")
    }
    values["published"] += f" from {proposal.text.published_from}" if "published" in proposal.read_from_it else ""
    values["language"] += "" if given["language"] or proposal.text.language else ", which the file does not state"
    values["text"] = (
        f"{len(proposal.text.paragraphs)} paragraphs, from {shown(proposal.text.paragraphs[0])} to {shown(proposal.text.paragraphs[-1])}"
    )
    if not yes and not sys.stdin.isatty():
        read = "; ".join(
            f"{name} {value}" for name, value in values.items() if name in (*proposal.read_from_it, "text")
        )
        action = "Check it against the page and add --yes, or give what is wrong as an option"
        problem = f"nobody has confirmed what was read from the file: {read}"
        raise RefusedError([Finding(str(proposal.file), 0, "", "curation.unconfirmed", problem, action)])
    print(proposal.file)
    for name, value in values.items():
        print(f"  {name:<10}{value}{' (given)' if given.get(name) else ''}")
    if yes:
        return True
    try:
        return input("Add this report? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _add_organisation(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    cells = {name: getattr(options, name).strip() for name in ("organisation_id", "name", "kind", "in_text", "note")}
    print(names.add_organisation(folder, cells, anyway=options.anyway))
    return 0


def _add_place(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    columns = ("place_id", "name", "name_ocha", "name_ar", "kind", "pcode", "within", "latitude", "longitude")
    print(names.add_place(folder, {name: getattr(options, name) for name in columns}, anyway=options.anyway))
    return 0


def _add_claims(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    added = adding.add_claims(folder, reports, options.file)
    print("\n".join(added))
    for doubt in deciding.doubts(list(added.values())):
        print(doubt, file=sys.stderr)
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
    found = triage.find(load(folder, reports, only=[options.source_id]), options.source_id)
    numbers = [number for number in found.numbers if number.number_id in found.open_ids]
    (_print_json if options.json else _print_words)(options.source_id, numbers, found.text.paragraphs)
    return 0


def _triage(options: argparse.Namespace, folder: Path, reports: Path) -> int:
    table = triage.triage(load(folder, reports, only=[options.source_id]), options.source_id)
    table.to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0


def _apply(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    print(triage.apply(folder, reports, options.file))
    return 0


def _agreement(options: argparse.Namespace, folder: Path, reports: Path | None) -> int:
    """Write the table of agreement, or say whether it is stale; nothing is made from readings with a fault."""
    dataset = load(folder, reports)
    refuse([fault for fault in dataset.evidence_findings if fault.file == f"{agreement.TABLE}.csv"])
    stale = agreement.write_page(PAGE, dataset.table(agreement.TABLE), check=options.check)
    if options.check:
        print(f"docs/{PAGE.name} is {'stale: run `python -m curation agreement`' if stale else 'fresh'}.")
    return int(options.check and stale)


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
    source_id = options.source_id
    dataset = load(folder, reports, only=[source_id])
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
