"""Adding rows: a source, claims, a dismissal; all or nothing, and only what validation accepts.

Why: a report comes in with one command, and whatever is wrong with it is said at the curator's own file and line. Here: the
source with its text, and claims or a dismissal that are handed in by themselves. Not here: what becomes of decisions
(`deciding.py`), suggestions (`triage.py`).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from curation.deciding import write_decisions
from curation.handed_in import Place
from curation.refusals import FILES, FaultyTablesError, RefusedError, changed_texts, checked, typed
from validation import Dataset, Finding, load, numbers, reading
from validation.claim_models import CLAIM
from validation.evidence import Text, read_text
from validation.models import NEW_CLAIMS, SCHEMAS, TRIAGE
from validation.vocabulary import USUAL_PUBLISHER, USUAL_SOURCE
from validation.writing import write_file, write_tables, writer

__all__ = [
    "FILES", "FaultyTablesError", "NewSource", "RefusedError", "add_claims", "add_source", "changed_texts", "dismiss",
]  # fmt: skip


@dataclass(frozen=True)
class NewSource:
    """What a curator says of a report; blank id and short name are made from publisher and date."""

    publisher: str
    title: str
    published: str
    url: str
    source_id: str = ""
    short_name: str = ""
    authors: str = ""
    language: str = "en"
    kind: str = USUAL_SOURCE


@contextmanager
def _good_tables(folder: Path, reports: Path | None) -> Iterator[Dataset]:
    """Hold the tables for one writer and give the record; refuse to build on tables with a fault."""
    with writer(folder):
        dataset = load(folder, reports)
        if not dataset.good:
            raise FaultyTablesError(list(dataset.findings))
        yield dataset


def add_source(folder: Path, reports: Path, file: Path, new: NewSource) -> str:
    """Add a report: its row with the hash of its text, its publisher where unknown, the text as `<source_id>.txt`.

    Gives the source id. Raises RefusedError with the reasons: a text that is missing, too large, not UTF-8, without a
    number or already known; a bad date or address; an id that is taken.
    """
    text = read_text(file)
    if isinstance(text, Finding):
        raise RefusedError([replace(text, file=str(file))])
    with _good_tables(folder, reports) as dataset:
        _refuse_text(file, text, dataset)
        organisations = dataset.table("organisations")
        source_id, publisher_id = _ids(new, dataset, file)
        year = new.published[:4]
        row = {
            "source_id": source_id, "short_name": new.short_name or _free(f"{new.publisher} {year}", dataset.table("sources")["short_name"]),
            "kind": new.kind, "publisher_id": publisher_id, "title": new.title, "authors": new.authors, "published": new.published,
            "url": new.url, "language": new.language, "text_sha256": text.sha256,
        }  # fmt: skip
        tables = {}
        if publisher_id not in set(organisations["organisation_id"]):
            known = {"organisation_id": publisher_id, "name": new.publisher, "kind": USUAL_PUBLISHER}
            tables["organisations"] = pd.concat([organisations, _row("organisations", known)], ignore_index=True)
        tables["sources"] = pd.concat([dataset.table("sources"), _row("sources", row)], ignore_index=True)
        faults = checked(folder, None, tables).findings
        if faults:
            raise RefusedError(sorted({replace(fault, file=str(file), line=0) for fault in faults}))
        reports.mkdir(parents=True, exist_ok=True)
        kept = reports / f"{source_id}.txt"
        if kept.exists() and kept.read_bytes() != file.read_bytes():
            action = "Move it away, or give another --source-id"
            raise RefusedError([Finding(str(kept), 0, "", "curation.text_there", "another text has this name", action)])
        write_file(kept, file.read_bytes())
        write_tables(folder, tables)
    return source_id


def _refuse_text(file: Path, text: Text, dataset: Dataset) -> None:
    """Refuse a text without a number, and one that is in the tables already."""
    sources = dataset.table("sources")
    known = sources.loc[sources["text_sha256"] == text.sha256, "source_id"]
    if len(known):
        problem = f"this text is known already, as {known.iloc[0]}"
        raise RefusedError([Finding(str(file), 0, "", "curation.known_text", problem, "Add claims to that source")])
    if not any(numbers.mentions(paragraph, {}) for paragraph in text.paragraphs):
        problem = "the text holds no number"
        raise RefusedError(
            [Finding(str(file), 0, "", "curation.no_number", problem, "Check that it is the right text")]
        )


def _ids(new: NewSource, dataset: Dataset, file: Path) -> tuple[str, str]:
    """Return the id of the source and of its publisher."""
    organisations = dataset.table("organisations")
    same = organisations.loc[organisations["name"].str.casefold() == new.publisher.casefold(), "organisation_id"]
    plain = unicodedata.normalize("NFKD", new.publisher).encode("ascii", "ignore").decode()
    slug = same.iloc[0] if len(same) else re.sub(r"[^a-z0-9]+", "", plain.lower())
    slug = slug or re.sub(r"(?:-?[0-9]{4}(?:-[0-9]{2}){0,2}[a-z]?)?$", "", new.source_id)
    if not slug:
        problem = f"no id can be made from the publisher “{new.publisher}”"
        action = "Give --source-id in lower-case letters, for example name-2019-07-12"
        raise RefusedError([Finding(str(file), 0, "--publisher", "curation.no_id", problem, action)])
    taken = dataset.table("sources")["source_id"]
    return new.source_id or _free(f"{slug}-{new.published}", taken), slug


def _free(name: str, taken: pd.Series) -> str:
    """Return a name that is not taken, with a letter behind it where needed: b, c and so on."""
    letters = ["", *"bcdefghijklmnopqrstuvwxyz"]
    return next(f"{name}{letter}" for letter in letters if f"{name}{letter}" not in set(taken))


def _row(table: str, cells: Mapping[str, object]) -> pd.DataFrame:
    """Make a row of a table; what is not given is blank."""
    return typed(pd.DataFrame([cells]), SCHEMAS[table])


def add_claims(folder: Path, reports: Path | None, file: Path) -> dict[str, str]:
    """Add the claims of a CSV file (columns of claims.csv, then `caveats`; those that may be blank may be absent); blank ids are given.

    Returns the claim ids, each with its state of evidence; claims that are there already are given the caveats that they
    lack, so that a command that was interrupted can be run again. Raises RefusedError with findings at the lines of that
    file: faults of form, broken rules, a claim that its archived text contradicts.
    """
    rows = typed(_handed_in(file).assign(decision=CLAIM.code), TRIAGE)
    applied = write_decisions(folder, reports, rows, lambda line: Place(str(file), int(str(line))), may_change=False)
    return dict(applied.states)


def _handed_in(file: Path) -> pd.DataFrame:
    """Read a curator's file of claims (index: line).

    A column that may be blank may be left out: a file that was begun before there was such a column is good still.
    """
    columns = NEW_CLAIMS.columns
    frame, faults = reading.read(file, NEW_CLAIMS)
    absent = [
        fault.column for fault in faults if fault.rule == "file.column_missing" and columns[fault.column].nullable
    ]
    if frame is None and len(absent) == len(faults):
        frame, faults = reading.read(file, NEW_CLAIMS.remove_columns(absent))
    if frame is None or faults:
        raise RefusedError([replace(fault, file=str(file)) for fault in faults])
    if frame.empty:
        raise RefusedError(
            [Finding(str(file), 1, "", "curation.no_rows", "the file holds no claim", "Write one row a claim")]
        )
    return frame


def dismiss(folder: Path, reports: Path | None, cells: Mapping[str, object]) -> None:
    """Add a row of dismissed.csv; refused where a rule or the archived text is against it."""
    row = typed(pd.DataFrame([{**cells, "decision": cells["reason"]}]), TRIAGE)
    write_decisions(folder, reports, row, lambda _: Place("dismissal", 0))
