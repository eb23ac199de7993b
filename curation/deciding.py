"""Decisions on numbers become rows: claims, their limitations and the numbers not used, all in one write or none.

Why: whoever decides on a number must not care which tables it touches, and the same decisions handed in twice must change
nothing. `write_decisions` is the only way in to claims.csv and dismissed.csv: `apply`, `add-claims`, `dismiss` and a desk all
hand it rows of a triage table. Here: what becomes of each row, and where a fault is in the curator's own rows. Not here: the
form of the rows (`handed_in.py`), suggestions (`triage.py`), what a good table is (`validation`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from curation.handed_in import (
    CLAIM_COLUMNS,
    PlaceOf,
    dismissals,
    form,
    in_text_order,
    limitations,
    other_numbers,
    refuse,
    wholes,
    with_ids,
    wrong_ids,
)
from curation.refusals import FaultyTablesError, cells_of, changed_texts, checked
from validation import Dataset, Finding, load
from validation.evidence import occurrences, vague_words
from validation.findings import JUDGED, unreadable
from validation.models import SCHEMAS, key
from validation.numbers import Mention, mentions
from validation.vocabulary import CLAIM, CONTRADICTED, VERIFIED
from validation.writing import write_tables, writer


@dataclass(frozen=True)
class Applied:
    """What a set of decisions changed, and the state of evidence of each claim that it names."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    dismissed: int
    taken_back: int
    states: Mapping[str, str]

    def __str__(self) -> str:
        """Return it as one plain line."""
        claims = [
            f"{len(ids)} {'claim' if len(ids) == 1 else 'claims'} {verb} ({', '.join(ids)})"
            for ids, verb in ((self.added, "added"), (self.changed, "changed"), (self.removed, "removed"))
            if ids
        ]
        rows = [
            f"{count} {'number' if count == 1 else 'numbers'} {what}"
            for count, what in (
                (self.dismissed, "listed as not used"),
                (self.taken_back, "no longer listed as not used"),
            )
            if count
        ]
        doubt = doubts([self.states[claim_id] for claim_id in (*self.added, *self.changed)])
        return " ".join([(", ".join([*claims, *rows]) or "Nothing changed") + ".", *doubt])


def doubts(states: Sequence[str]) -> list[str]:
    """Return what to say of claims that were written and are not verified, from their states of evidence."""
    unlike = states.count(CONTRADICTED)
    unchecked = sum(state not in (VERIFIED, CONTRADICTED) for state in states)
    return [
        *([f"{unchecked} could not be checked: the archived text is not available."] * bool(unchecked)),
        *(
            [
                f"{unlike} may count something else than the words of the text name: `python -m curation check` says what."
            ]
            * bool(unlike)
        ),
    ]


def write_decisions(
    folder: Path,
    reports: Path | None,
    rows: pd.DataFrame,
    place_of: PlaceOf,
    *,
    may_change: bool = True,
) -> Applied:
    """Write what the decided rows of a triage table say; rows without a decision stay open.

    `rows`: typed as TRIAGE; `place_of` gives for an index where the row stands, for findings. A claim that is there already is
    given the limitations that it lacks, so that a command that was interrupted can be run again; one with the claim id of
    another is a change of it, if `may_change`. Raises RefusedError with findings in the curator's rows: faults of form,
    broken rules, a number that its archived text contradicts.
    """
    decided = rows[rows["decision"].notna()]
    refuse(form(decided, place_of))
    given = limitations(decided[decided["decision"] == CLAIM], place_of)
    with writer(folder):
        concerned = set(decided["source_id"])
        dataset = load(folder, reports, only=concerned)
        if unreadable(dataset.findings):
            raise FaultyTablesError(list(dataset.findings))
        decided = decided.loc[in_text_order(decided, dataset.texts)]
        claims = with_ids(decided[decided["decision"] == CLAIM], dataset)
        claims = claims.assign(part_of=wholes(claims, place_of))
        refuse(
            [*wrong_ids(claims, dataset, place_of, may_change=may_change), *other_numbers(decided, dataset, place_of)]
        )
        dismissed = dismissals(decided[decided["decision"] != CLAIM], dataset)
        change = _Change.of(dataset, claims, given, dismissed)
        after = checked(folder, reports, change.tables, concerned) if change.tables else dataset
        faults = _faults(after, change.tables, claims, dismissed, place_of)
        if faults and not dataset.good:
            raise FaultyTablesError(list(dataset.findings))
        refuse(faults)
        write_tables(folder, change.tables)
    states = after.states().set_index("claim_id")["state"]
    return Applied(
        added=tuple(sorted(change.added)),
        changed=tuple(sorted(change.changed)),
        removed=tuple(sorted(change.removed)),
        dismissed=change.dismissed,
        taken_back=change.taken_back,
        states={claim_id: states[claim_id] for claim_id in claims["claim_id"]},
    )


@dataclass(frozen=True)
class _Change:
    """The tables that decisions change, whole and sorted (column `at`: the curator's row), and what is new in them."""

    tables: dict[str, pd.DataFrame]
    added: set[str]
    changed: set[str]
    removed: set[str]
    dismissed: int
    taken_back: int

    @classmethod
    def of(cls, dataset: Dataset, claims: pd.DataFrame, given: pd.DataFrame, dismissed: pd.DataFrame) -> "_Change":
        """Return what the tables become by these claims, their limitations and these numbers not used."""
        before = {name: dataset.table(name) for name in ("claims", "claim_caveats", "dismissed")}
        ids, known = set(claims["claim_id"]), set(before["claims"]["claim_id"])
        removed = set(dismissed["claim_id"].dropna()) & known - ids
        kept = before["claims"][~before["claims"]["claim_id"].isin(ids | removed)]
        after = {"claims": pd.concat([kept, claims[CLAIM_COLUMNS].assign(at=claims.index)])}

        marks = given.assign(claim_id=claims["claim_id"].reindex(given.index), at=given.index)
        anew = set(claims.loc[claims["given"], "claim_id"]) | removed
        pair = ["claim_id", "caveat_id"]
        old = before["claim_caveats"]
        again = pd.MultiIndex.from_frame(old[pair]).isin(pd.MultiIndex.from_frame(marks[pair]))
        after["claim_caveats"] = pd.concat([old[~old["claim_id"].isin(anew) & ~again], marks])

        gone = _covered(before["dismissed"], claims, dataset, whole=False)
        gone |= _covered(before["dismissed"], dismissed, dataset, whole=True)
        fresh = (
            dismissed.drop(columns="claim_id")
            .assign(at=dismissed.index)
            .drop_duplicates(list(SCHEMAS["dismissed"].columns))
        )
        after["dismissed"] = pd.concat([before["dismissed"][~gone], fresh])

        tables = {
            name: table.astype({"at": "Int64"}).sort_values(key(name), kind="stable") for name, table in after.items()
        }
        new = {name: _rows(table[table["at"].notna()]) for name, table in tables.items()}
        old_rows = {name: _rows(before[name].drop(table.index[table["at"].isna()])) for name, table in tables.items()}
        changes = {name: new[name] ^ old_rows[name] for name in tables}
        touched = {str(row[0]) for name in ("claims", "claim_caveats") for row in changes[name]}
        return cls(
            {name: table for name, table in tables.items() if changes[name] or len(table) != len(before[name])},
            ids - known,
            touched & ids & known,
            removed,
            len(new["dismissed"] - old_rows["dismissed"]),
            len(old_rows["dismissed"] - new["dismissed"]),
        )


def _rows(table: pd.DataFrame) -> set[tuple[object, ...]]:
    """Return the rows as text, to compare them."""
    return set(map(tuple, cells_of(table.drop(columns="at", errors="ignore"))))


def _covered(table: pd.DataFrame, rows: pd.DataFrame, dataset: Dataset, *, whole: bool) -> pd.Series:
    """Whether rows of dismissed.csv quote a number that new rows quote too; `whole`: all numbers that they quote."""
    vague = vague_words({"vague_quantities": dataset.table("vague_quantities")})

    @lru_cache(maxsize=1_000)
    def numbers_of(paragraph: str) -> list[Mention]:
        return mentions(paragraph, vague)

    def quoted(source_id: str, number: int, wording: str) -> set[tuple[int, int]]:
        text = dataset.texts.get(source_id)
        paragraph = text.paragraphs[number - 1] if text and 1 <= number <= len(text.paragraphs) else ""
        spans = occurrences(wording, paragraph)
        return {
            (mention.start, mention.end)
            for mention in (numbers_of(paragraph) if spans else [])
            if any(start <= mention.start and mention.end <= end for start, end in spans)
        }

    place = ["source_id", "paragraph"]
    new = rows.dropna(subset=[*place, "wording"]).groupby(place)["wording"].agg(list)
    beside = table[pd.MultiIndex.from_frame(table[place]).isin(new.index)]
    covered = []
    for source_id, number, wording in beside[[*place, "wording"]].itertuples(index=False, name=None):
        others = new[(source_id, number)]
        if source_id not in dataset.texts:
            covered.append(any(occurrences(wording, other) for other in others))
            continue
        mine = quoted(source_id, number, wording)
        theirs = set().union(*(quoted(source_id, number, other) for other in others))
        covered.append(wording in others or (bool(mine) and (mine <= theirs if whole else bool(mine & theirs))))
    return pd.Series(covered, index=beside.index, dtype=bool).reindex(table.index, fill_value=False)


def _faults(
    after: Dataset,
    tables: Mapping[str, pd.DataFrame],
    claims: pd.DataFrame,
    dismissed: pd.DataFrame,
    place_of: PlaceOf,
) -> list[Finding]:
    """Return what is wrong with the tables as they would be, at the curator's own rows where it concerns one."""
    lines = {
        (f"{name}.csv", line): int(at)
        for name, table in tables.items()
        for line, at in table["at"].set_axis(range(2, len(table) + 2)).dropna().items()
    }
    everything = place_of(0)
    texts = changed_texts(after, {*claims["source_id"], *dismissed["source_id"]})
    beside = (*after.evidence_findings, *after.ledger_findings)
    mine = [fault for fault in beside if (fault.file, fault.line) in lines and fault.rule not in JUDGED]
    found = []
    for fault in (*after.findings, *mine, *texts):
        at = lines.get((fault.file, fault.line))
        file, line = everything if at is None else place_of(at)
        found.append(replace(fault, file=file, line=line))
    return found
