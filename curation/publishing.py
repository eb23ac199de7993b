"""Before it is public: decisions tried on a copy of the tables, what would change as rows, and the write, if nothing moved meanwhile.

Why: whoever publishes must see what becomes of the tables first, and two people may publish at once; the second is told and loses
nothing. Readers see a row of changes.csv for it, and who decided what is kept in curation.csv. Here: the proposal and the write. Not
here: what becomes of a decision (`deciding.py`), the rows of curation.csv (`agreement.py`).
"""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from curation import triage
from curation.refusals import FILES, RefusedError, typed
from validation import Dataset, Finding, evidence, load
from validation.models import SCHEMAS, key
from validation.writing import write_tables, writer

REPORT_ADDED, ADDED, CHANGED, REMOVED = "Report added", "added", "changed", "removed"
DECIDED = ("claims", "claim_caveats", "dismissed")
"""Tables that decisions change."""
WRITTEN = (*DECIDED, "curation", "evidence", "changes")


class MovedOnError(RefusedError):
    """Nothing was written: the tables are not those that the proposal was made for."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What would be published.

    `rows`: `table`, `row` (its key), `change` (added, changed, removed), `column`, `old`, `new`. `changes`: the rows for
    changes.csv. `tables`: the files as they would be. `stamp`: of the files that it was made for.
    """

    rows: pd.DataFrame
    changes: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    stamp: str


def propose(
    folder: Path, reports: Path, source_id: str, decided: pd.DataFrame, readings: pd.DataFrame, reason: str, today: str
) -> Proposal:
    """Return what the decisions of a triage table would change.

    `readings`: rows of curation.csv that take the place of those of the same number and reading. Raises RefusedError with what
    is wrong, at the number that it concerns.
    """
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        stamp = stamp_of(folder)
        for file in FILES:
            if (folder / file).exists():
                shutil.copy(folder / file, copy)
        before = load(copy, reports)
        triage.apply(copy, reports, decided)
        after = load(copy, reports)
        rows = pd.concat([_differences(table, before, after) for table in DECIDED], ignore_index=True)
        changes = _changes(source_id, rows, before, reason.strip(), today)
        more = {
            "curation": _instead(before.table("curation"), readings, key("curation")),
            "evidence": evidence.renewed({table: after.table(table) for table in SCHEMAS}, after.states(), today),
            "changes": pd.concat([before.table("changes"), changes], ignore_index=True),
        }
        write_tables(copy, more)
        whole = load(copy, reports)
        known = {*before.findings, *before.evidence_findings}
        refused = [fault for fault in (*whole.findings, *whole.evidence_findings) if fault not in known]
        if refused:
            raise RefusedError([replace(fault, line=0) for fault in refused])
        rows = pd.concat([rows, _differences("curation", before, whole)], ignore_index=True)
        return Proposal(rows, changes, {table: whole.table(table) for table in WRITTEN}, stamp)


def publish(folder: Path, proposal: Proposal) -> None:
    """Write a proposal, or raise MovedOnError where the tables are others than those that it was made for."""
    with writer(folder):
        if stamp_of(folder) != proposal.stamp:
            problem, action = (
                "the tables moved on since this was prepared",
                "Look at what would change now, and publish then",
            )
            raise MovedOnError([Finding(str(folder), 0, "", "publishing.moved_on", problem, action)])
        write_tables(folder, proposal.tables)


def stamp_of(folder: Path) -> str:
    """Return a hash of all files of the tables."""
    found = hashlib.sha256()
    for name in FILES:
        data = (folder / name).read_bytes() if (folder / name).exists() else b""
        found.update(hashlib.sha256(data).digest())
    return found.hexdigest()


def _differences(table: str, before: Dataset, after: Dataset) -> pd.DataFrame:
    """Return what two versions of a table differ in: a row for each one added or removed, and for each cell changed."""
    columns, ids = list(SCHEMAS[table].columns), key(table)
    one, other = (_as_text(dataset.table(table)).set_index(ids, drop=False) for dataset in (before, after))
    index = ["table", "row", "change", "column", "old", "new"]
    found = []
    for change, rows in ((ADDED, other[~other.index.isin(one.index)]), (REMOVED, one[~one.index.isin(other.index)])):
        said = (
            rows[columns].apply(lambda row: "; ".join(filter(None, row)), axis="columns") if len(rows) else rows[ids[0]]
        )
        blank = pd.Series("", rows.index)
        old, new = (blank, said) if change == ADDED else (said, blank)
        found.append(pd.DataFrame({"row": _names(rows, ids), "change": change, "column": "", "old": old, "new": new}))
    both = one.index.intersection(other.index)
    for column in columns:
        old, new = one.loc[both, column], other.loc[both, column]
        rows = other.loc[both][(old != new).to_numpy()]
        pair = {"old": old[rows.index], "new": new[rows.index]}
        found.append(pd.DataFrame({"row": _names(rows, ids), "change": CHANGED, "column": column, **pair}))
    return pd.concat(found).assign(table=table)[index].reset_index(drop=True)


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype("object").where(rows.notna(), "").astype("str")


def _names(rows: pd.DataFrame, ids: list[str]) -> pd.Series:
    """Return the key of each row as one text."""
    return rows[ids].agg(", ".join, axis="columns") if len(rows) else pd.Series(dtype="str")


def _changes(source_id: str, rows: pd.DataFrame, before: Dataset, reason: str, today: str) -> pd.DataFrame:
    """Return the rows that readers see of it: the report, where nothing was known of it, else each claim and each of its cells."""
    known = any((before.table(table)["source_id"] == source_id).any() for table in ("claims", "dismissed"))
    listed = rows[rows["table"].isin(list(TITLES))]
    whole = {
        "table": "sources",
        "row_id": source_id,
        "what": "Numbers not used: listed anew" if known else REPORT_ADDED,
    }
    if rows.empty:
        shown = pd.DataFrame(columns=list(whole))
    elif not known or listed.empty:
        shown = pd.DataFrame([whole])
    else:
        cell = listed["change"] == CHANGED
        titles = {name: str(column.title) for table in TITLES for name, column in SCHEMAS[table].columns.items()}
        what = listed["column"].map(titles).where(cell, listed["table"].map(TITLES) + " " + listed["change"])
        row_ids = listed["row"].str.split(", ").str[0]
        shown = listed[["table"]].assign(
            row_id=row_ids, what=what, old=listed["old"].where(cell), new=listed["new"].where(cell)
        )
    shown = shown.assign(date=today, reason=reason).reindex(columns=list(SCHEMAS["changes"].columns))
    return typed(shown, SCHEMAS["changes"]).drop_duplicates(key("changes"))


TITLES = {"claims": "Claim", "claim_caveats": "Limitation"}
"""Tables whose changes each get a row of changes.csv, and what a row of them is."""


def _instead(old: pd.DataFrame, new: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Return the rows of a table with new ones in the place of those of the same key."""
    kept = old[~pd.MultiIndex.from_frame(old[ids]).isin(pd.MultiIndex.from_frame(new[ids]))] if len(new) else old
    return pd.concat([kept, new], ignore_index=True) if len(new) else kept
