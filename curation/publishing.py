"""Before it is public: decisions tried on a copy of the tables, what would change as rows, and the write, if nothing moved meanwhile.

Why: whoever publishes must see what becomes of the tables first, and two people may publish at once; the second is told and loses
nothing. Readers see a row of changes.csv for it, and who decided what is kept in curation.csv. Here: the proposal and the write. Not
here: what becomes of a decision (`deciding.py`), the rows of curation.csv (`agreement.py`).
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from curation import triage
from curation.handed_in import ONE_CLAIM
from curation.refusals import FILES, RefusedError, cells_of, copy_tables, typed
from validation import Dataset, Finding, evidence, load
from validation.columns import plain_title
from validation.findings import JUDGED
from validation.models import SCHEMAS, TRIAGE, key
from validation.vocabulary import CLAIM, CONTRADICTED, VERIFIED
from validation.writing import write_tables, writer

REPORT_ADDED, CLAIM_ADDED = "Report added", "Claim added"
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
DECIDED = ("claims", "claim_caveats", "dismissed")
"""Tables that decisions change."""
FIRST_WRITTEN = ("changes", "curation")
"""Tables that say what happens: where a write is interrupted, only these can no longer be made from what there is."""
WRITTEN = (*FIRST_WRITTEN, *DECIDED, "evidence")


class MovedOnError(RefusedError):
    """Nothing was written: the tables are not those that the proposal was made for."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What would be published.

    `rows`: `table`, `row` (its key), `change` (added, changed, removed), `column`, `old`, `new`. `changes`: the rows for
    changes.csv. `tables`: those that would be others, whole. `stamp`: of the files that it was made for.
    """

    rows: pd.DataFrame
    changes: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    stamp: str


def propose(
    folder: Path, reports: Path, source_id: str, decided: pd.DataFrame, readings: pd.DataFrame, reason: str, today: str
) -> Proposal:
    """Return what the decisions of a triage table would change; a decision on what is a claim already is a change of that claim.

    `readings`: rows of curation.csv that take the place of those of the same number and reading. `reason`: for the readers of
    changes.csv. Raises RefusedError with what is wrong, at the number that it concerns.
    """
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        copy_tables(folder, copy)
        stamp = stamp_of(copy)
        before = load(copy, reports)
        triage.apply(copy, reports, _beside_the_tables(decided, before, triage.find(before, source_id).held))
        after = load(copy, reports)
        rows = pd.concat([_differences(table, before, after) for table in DECIDED], ignore_index=True)
        changes = _changes(source_id, rows, before, after, reason.strip(), today)
        more = {
            "curation": _instead(before.table("curation"), readings, key("curation")),
            "evidence": _evidence(source_id, before, after, today),
            "changes": _instead(_without_today(before.table("changes"), source_id, changes), changes, key("changes")),
        }
        write_tables(copy, more)
        whole = load(copy, reports)
        if refused := _new_faults(before, whole):
            raise RefusedError(refused)
        rows = pd.concat([rows, _differences("curation", before, whole)], ignore_index=True)
        held = {file: _bytes(folder / f"{file}.csv") for file in WRITTEN}
        tables = {table: whole.table(table) for table in WRITTEN if _bytes(copy / f"{table}.csv") != held[table]}
        return Proposal(rows, changes, tables, stamp)


def publish(folder: Path, proposal: Proposal) -> None:
    """Write a proposal, or raise MovedOnError where the tables are others than those that it was made for."""
    with writer(folder):
        if stamp_of(folder) != proposal.stamp:
            problem, action = (
                "the tables moved on since this was prepared",
                "Look at what would change now, and publish then",
            )
            raise MovedOnError([Finding(str(folder), 0, "", "publishing.moved_on", problem, action)])
        for at_once in (FIRST_WRITTEN, set(WRITTEN).difference(FIRST_WRITTEN)):
            write_tables(folder, {name: table for name, table in proposal.tables.items() if name in at_once})


def stamp_of(folder: Path) -> str:
    """Return a hash of all files of the tables."""
    found = hashlib.sha256()
    for name in FILES:
        found.update(hashlib.sha256(_bytes(folder / name)).digest())
    return found.hexdigest()


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _beside_the_tables(decided: pd.DataFrame, before: Dataset, held: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions that differ from the tables, with the ids of the claims that they change; wholes by those ids too.

    A claim is known by its id, else by quote and what it counts, else by its number where that is of one claim. The tables are
    asked, not whoever decided: a second reader does not know the ids, and a first one may have published meanwhile.
    """
    rows = _as_text(decided.reindex(columns=list(TRIAGE.columns))).reset_index(drop=True)
    claims = _as_text(before.table("claims"))
    rows["claim_id"] = rows["claim_id"].where(rows["claim_id"].isin(claims["claim_id"]), "")
    same = claims.drop_duplicates(ONE_CLAIM, keep=False).set_index(ONE_CLAIM)["claim_id"]
    found = same.reindex(pd.MultiIndex.from_frame(rows[ONE_CLAIM])).fillna("").set_axis(rows.index)
    rows["claim_id"] = rows["claim_id"].where((rows["claim_id"] != "") | found.isin(rows["claim_id"]), found)
    held = _as_text(held)
    of_one = held[held["decision"] == CLAIM].drop_duplicates("claim_id", keep=False)
    numbered = of_one.drop_duplicates("number_id", keep=False).set_index("number_id")["claim_id"]
    by_number = rows["number_id"].map(lambda number: str(numbered.get(number, "")))
    rows["claim_id"] = rows["claim_id"].where((rows["claim_id"] != "") | by_number.isin(rows["claim_id"]), by_number)
    known = rows[(rows["claim_id"] != "") & (rows["number_id"] != "")].set_index("number_id")["claim_id"].to_dict()
    wholes = numbered.to_dict() | known
    rows["part_of"] = rows["part_of"].map(lambda whole: wholes.get(whole, whole))
    told = [name for name in TRIAGE.columns if name not in (triage.FOR_THE_READER, "number_id")]
    return rows[~pd.MultiIndex.from_frame(rows[told]).isin(pd.MultiIndex.from_frame(held[told]))]


def _evidence(source_id: str, before: Dataset, after: Dataset, today: str) -> pd.DataFrame:
    """Return evidence.csv with the verified claims of one report as checked today, and no row of a claim that is gone or contradicted."""
    states, claims = after.states(), after.table("claims")
    verified = claims.loc[(claims["source_id"] == source_id) & (states["state"] == VERIFIED), "claim_id"]
    fresh = evidence.renewed({table: after.table(table) for table in SCHEMAS}, states, today)
    old = before.table("evidence")
    kept = old[old["claim_id"].isin(claims.loc[states["state"] != CONTRADICTED, "claim_id"])]
    return _instead(kept, fresh[fresh["claim_id"].isin(verified)], key("evidence"))


def _new_faults(before: Dataset, after: Dataset) -> list[Finding]:
    """Return what is wrong that was not wrong before, wherever its line is now."""
    old, new = (
        Counter(
            replace(fault, line=0)
            for fault in (*tables.findings, *tables.evidence_findings)
            if fault.rule not in JUDGED
        )
        for tables in (before, after)
    )
    return sorted((new - old).elements())


def _differences(table: str, before: Dataset, after: Dataset) -> pd.DataFrame:
    """Return what two versions of a table differ in: a row for each one added or removed, and for each cell changed."""
    columns, ids = list(SCHEMAS[table].columns), key(table)
    one, other = (_by_key(dataset.table(table)[columns], ids) for dataset in (before, after))
    found = [
        (table, row, ADDED, "", "", "; ".join(filter(None, cells))) for row, cells in other.items() if row not in one
    ]
    found += [
        (table, row, REMOVED, "", "; ".join(filter(None, cells)), "") for row, cells in one.items() if row not in other
    ]
    found += [
        (table, row, CHANGED, column, old, new)
        for row, cells in one.items()
        for column, old, new in zip(columns, cells, other.get(row, cells), strict=True)
        if old != new
    ]
    return pd.DataFrame(found, columns=["table", "row", "change", "column", "old", "new"], dtype="str")


def _by_key(rows: pd.DataFrame, ids: list[str]) -> dict[str, list[str]]:
    """Return the cells of rows as text, by their keys as one text."""
    return dict(zip(_names(rows, ids), cells_of(rows), strict=True))


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype("str").fillna("")


def _names(rows: pd.DataFrame, ids: list[str]) -> pd.Series:
    """Return the key of each row as one text."""
    return pd.Series([", ".join(row) for row in cells_of(rows[ids])], rows.index, dtype="str")


def _changes(
    source_id: str, rows: pd.DataFrame, before: Dataset, after: Dataset, reason: str, today: str
) -> pd.DataFrame:
    """Return the rows that readers see of it: one on the day on which a report is added, else one for each claim, cell and limitation.

    A cell that changed before on the same day keeps the value that it had in the morning.
    """
    known = any((before.table(table)["source_id"] == source_id).any() for table in ("claims", "dismissed"))
    old = before.table("changes")
    new_today = not known or _added(old, source_id, today).any()
    if rows.empty:
        shown = pd.DataFrame()
    elif new_today:
        name = before.table("sources").set_index("source_id")["short_name"][source_id]
        count = int((after.table("claims")["source_id"] == source_id).sum())
        what = f"{REPORT_ADDED}: {name}, {count} {'claim' if count == 1 else 'claims'}"
        shown = pd.DataFrame([{"table": "sources", "row_id": source_id, "what": what}])
    else:
        shown = pd.concat([_of_claims(rows, before, after), _of_limitations(rows, before, after, today)])
        if shown.empty and (rows["table"] == "dismissed").any():
            shown = pd.DataFrame([{"table": "sources", "row_id": source_id, "what": "Numbers not used: other rows"}])
    shown = shown.assign(date=today, reason=reason).reindex(columns=list(SCHEMAS["changes"].columns))
    shown = typed(shown, SCHEMAS["changes"]).drop_duplicates(key("changes"))
    earlier = old[[*key("changes"), "old"]].rename(columns={"old": "morning"})
    both = shown.merge(earlier, how="left", on=key("changes"), indicator="there")
    again = both["there"] == "both"
    return both.assign(old=both["old"].where(~again, both["morning"]))[list(shown.columns)]


def _added(changes: pd.DataFrame, source_id: str, today: str) -> pd.Series:
    """Whether a row says that the report was added today."""
    mine = (changes["table"] == "sources") & (changes["row_id"] == source_id) & (changes["date"] == today)
    return mine & changes["what"].str.startswith(f"{REPORT_ADDED}: ").fillna(False).astype(bool)


def _without_today(old: pd.DataFrame, source_id: str, new: pd.DataFrame) -> pd.DataFrame:
    """Return changes.csv without the row that a report was added today, where it is said anew."""
    return old[~_added(old, source_id, new["date"].iloc[0])] if len(new) else old


def _of_claims(rows: pd.DataFrame, before: Dataset, after: Dataset) -> pd.DataFrame:
    """Return rows of changes.csv for claims that were added, changed or withdrawn."""
    mine = _with_one_cell("claims", "wording", rows, before, after)
    titles = {
        name: f"Claim changed: {plain_title(column).lower()}" for name, column in SCHEMAS["claims"].columns.items()
    }
    what = mine["column"].map(titles).mask(mine["change"] == ADDED, CLAIM_ADDED)
    return mine.assign(row_id=mine["row"], what=what.mask(mine["change"] == REMOVED, "Withdrawn: " + mine["old"]))


def _of_limitations(rows: pd.DataFrame, before: Dataset, after: Dataset, today: str) -> pd.DataFrame:
    """Return rows of changes.csv for limitations of claims that were there before today and stay, each by its label."""
    mine = _with_one_cell("claim_caveats", "detail", rows, before, after)
    ids = mine["row"].str.split(", ", n=1, expand=True).reindex(columns=[0, 1]).astype("str")
    labels = before.table("caveats").set_index("caveat_id")["label"]
    mine = mine.assign(row_id=ids[0], what="Limitation " + mine["change"] + ": " + ids[1].map(labels))
    told = before.table("changes")
    new = {
        *rows.loc[rows["change"] == ADDED, "row"],
        *told.loc[(told["date"] == today) & (told["what"] == CLAIM_ADDED), "row_id"],
    }
    return mine[mine["row_id"].isin(after.table("claims")["claim_id"]) & ~mine["row_id"].isin(new)]


def _with_one_cell(table: str, cell: str, rows: pd.DataFrame, before: Dataset, after: Dataset) -> pd.DataFrame:
    """Return what differs in a table; of a whole row that was added or removed one cell says what it was."""
    mine = rows[rows["table"] == table]
    whole, shown = mine["change"] != CHANGED, {}
    for name, tables in (("old", before), ("new", after)):
        held = tables.table(table)
        shown[name] = mine[name].mask(whole, mine["row"].map(held[cell].set_axis(_names(held, key(table)))))
    return mine.assign(**shown)


def _instead(old: pd.DataFrame, new: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Return the rows of a table with new ones in the place of those of the same key."""
    kept = old[~pd.MultiIndex.from_frame(old[ids]).isin(pd.MultiIndex.from_frame(new[ids]))] if len(new) else old
    return pd.concat([kept, new], ignore_index=True) if len(new) else kept
