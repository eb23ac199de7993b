"""Decisions on numbers become rows: claims, their limitations and the numbers not used, all in one write or none.

Why: whoever decides on a number must not care which tables it touches, and the same decisions handed in twice must change
nothing. `write_decisions` is the only way in to claims.csv and dismissed.csv: `apply`, `add-claims`, `dismiss` and a desk all
hand it rows of a triage table. Here: what becomes of each row, and where a fault is in the curator's own rows. Not here:
suggestions (`triage.py`), what a good table is (`validation`).
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from curation.refusals import FaultyTablesError, RefusedError, changed_texts, checked
from curation.suggest import Candidate, candidates
from validation import Dataset, Finding, load
from validation.claim_models import CLAIM, DECISIONS
from validation.evidence import Text, occurrences, vague_words
from validation.findings import CAUSES, shown
from validation.models import NEW_CLAIMS, SCHEMAS, key
from validation.numbers import Mention, mentions
from validation.rules import MAX_DISMISSED_WORDS
from validation.vocabulary import DISMISSALS, VERIFIED, codes
from validation.writing import write_tables, writer

CLAIM_COLUMNS = list(SCHEMAS["claims"].columns)
ONE_CLAIM = ["source_id", "paragraph", "wording", "indicator", "population_group"]
"""What no two claims share (codebook, one row per quantity, group and indicator)."""
NUMBER = re.compile(r"p[0-9]{1,6}-[0-9]{1,8}")
SEPARATOR = re.compile(r"; (?=[a-z]+(?:_[a-z]+)*(?:: |; |\Z))")
"""What stands between two limitations of a cell; a detail may have a semicolon of its own."""


class Place(NamedTuple):
    """Where a row stands in what the curator handed in."""

    file: str
    line: int


PlaceOf = Callable[[Hashable], Place]


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
        unchecked = sum(self.states[claim_id] != VERIFIED for claim_id in (*self.added, *self.changed))
        doubt = f" {unchecked} could not be checked: the archived text is not available." if unchecked else ""
        return (", ".join([*claims, *rows]) or "Nothing changed") + "." + doubt


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
    refuse(_form(decided, place_of))
    given = _limitations(decided[decided["decision"] == CLAIM.code], place_of)
    with writer(folder):
        dataset = load(folder, reports)
        if any(fault.rule.partition(".")[0] in CAUSES for fault in dataset.findings):
            raise FaultyTablesError(list(dataset.findings))
        decided = decided.loc[_in_text_order(decided, dataset.texts)]
        claims = _with_ids(decided[decided["decision"] == CLAIM.code], dataset)
        claims = claims.assign(part_of=_wholes(claims, place_of))
        refuse(
            [*_wrong_ids(claims, dataset, place_of, may_change=may_change), *_other_numbers(decided, dataset, place_of)]
        )
        dismissed = _dismissals(decided[decided["decision"] != CLAIM.code], dataset)
        change = _Change.of(dataset, claims, given, dismissed)
        after = checked(folder, reports, change.tables) if change.tables else dataset
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


def refuse(faults: list[Finding]) -> None:
    """Raise RefusedError where there is a fault."""
    if faults:
        raise RefusedError(faults)


def _form(decided: pd.DataFrame, place_of: PlaceOf) -> list[Finding]:
    """Name decisions that are none, and rows without a source."""
    unknown = decided.loc[~decided["decision"].isin(codes(DECISIONS)), "decision"]
    action = f"Use {CLAIM.code}, or one of: {', '.join(codes(DISMISSALS))}; leave it blank to keep the number open"
    found = [
        Finding(*place_of(at), "decision", "curation.decision", f"{shown(cell)} is no decision", action)
        for at, cell in unknown.items()
    ]
    action = f"Fill it: {NEW_CLAIMS.columns['source_id'].description}"
    return found + [
        Finding(*place_of(at), "source_id", "column.not_nullable", "it is blank", action)
        for at in decided.index[decided["source_id"].isna()]
    ]


def _limitations(claims: pd.DataFrame, place_of: PlaceOf) -> pd.DataFrame:
    """Return the limitations in the cells of claims as rows of claim_caveats, without claim id (index: that of the claim)."""
    found = []
    for at, cell in claims["caveats"].dropna().items():
        for part in SEPARATOR.split(cell):
            caveat_id, colon, detail = part.partition(": ")
            if not colon or not detail:
                action = "Write id: detail, several separated by “; ”"
                fault = Finding(*place_of(at), "caveats", "curation.caveats", f"“{part}” has no detail", action)
                raise RefusedError([fault])
            found.append((at, caveat_id, detail))
    return pd.DataFrame(found, columns=["at", "caveat_id", "detail"]).set_index("at")


def _in_text_order(rows: pd.DataFrame, texts: Mapping[str, Text]) -> pd.Index:
    """Return the index of rows by source, paragraph and place in it: where the number is, else its wording, else the row."""

    def start(row: pd.Series) -> int:
        text, wording = texts.get(row["source_id"]), row["wording"]
        if pd.notna(row["number_id"]) and NUMBER.fullmatch(row["number_id"]):
            return int(row["number_id"].partition("-")[2])
        if text is None or pd.isna(wording) or pd.isna(row["paragraph"]):
            return 0
        paragraph = text.paragraphs[row["paragraph"] - 1] if 1 <= row["paragraph"] <= len(text.paragraphs) else ""
        return next((span[0] for span in occurrences(wording, paragraph)), 0)

    order = rows[["source_id", "paragraph"]].assign(start=[start(row) for _, row in rows.iterrows()])
    return order.sort_values(["source_id", "paragraph", "start"], kind="stable").index


def _with_ids(claims: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Give each claim without an id that of the same claim in the tables, else the next number of its source."""
    there = dataset.table("claims")
    same = claims[ONE_CLAIM].merge(there[[*ONE_CLAIM, "claim_id"]].drop_duplicates(ONE_CLAIM), how="left", on=ONE_CLAIM)
    found = same["claim_id"].set_axis(claims.index)
    ids = claims["claim_id"].fillna(found.mask(found.duplicated()))
    known = pd.concat([there["claim_id"], dataset.table("evidence")["claim_id"], ids.dropna()])
    last = known.str.extract(r"^(?P<source>.+)-(?P<number>[0-9]{1,9})$").dropna()
    highest = last.assign(number=last["number"].astype(int)).groupby("source")["number"].max()
    blank = ids.isna()
    number = claims["source_id"].map(highest).fillna(0).astype(int)
    number += blank.groupby(claims["source_id"]).cumsum().fillna(0).astype(int)
    made = claims["source_id"] + "-" + number.astype("str").str.zfill(2)
    return claims.assign(given=claims["claim_id"].notna(), claim_id=ids.where(~blank, made))


def _wrong_ids(claims: pd.DataFrame, dataset: Dataset, place_of: PlaceOf, *, may_change: bool) -> Iterator[Finding]:
    """Name ids that are taken, and claims that are there with other cells where no id says that they are to be changed."""
    differing = _differing(claims, dataset.table("claims"))
    taken = claims["claim_id"].duplicated() | (
        pd.Series(not may_change, claims.index) & claims["given"] & (differing != "")
    )
    for at, claim_id in claims.loc[taken, "claim_id"].items():
        action = "Leave claim_id blank to get the next free one"
        yield Finding(*place_of(at), "claim_id", "curation.id_taken", f"“{claim_id}” is taken", action)
    there = ~claims["given"] & (differing != "") & ~taken
    for (at, claim_id), column in zip(claims.loc[there, "claim_id"].items(), differing[there], strict=True):
        problem, action = (
            f"the claim is there already, as {claim_id}, and differs here",
            "Give its claim_id to change it",
        )
        yield Finding(*place_of(at), column, "curation.claim_there", problem, action)


def _differing(claims: pd.DataFrame, there: pd.DataFrame) -> pd.Series:
    """Return for each row the first column in which the claim with its id has another cell; "" where none has."""
    before = there.drop_duplicates("claim_id").set_index("claim_id").reindex(claims["claim_id"]).set_axis(claims.index)
    known = claims["claim_id"].isin(there["claim_id"])
    columns = [name for name in CLAIM_COLUMNS if name != "claim_id"]
    differs = pd.DataFrame(
        {
            name: known & ~((claims[name] == before[name]).fillna(False) | (claims[name].isna() & before[name].isna()))
            for name in columns
        },
        index=claims.index,
    ).astype(bool)
    return differs.idxmax(axis="columns").where(differs.any(axis="columns"), "").astype("str")


def _other_numbers(decided: pd.DataFrame, dataset: Dataset, place_of: PlaceOf) -> Iterator[Finding]:
    """Name rows whose number is not in the text, or whose quote stands elsewhere than their number."""
    found = _numbers(dataset, set(decided.loc[decided["number_id"].notna(), "source_id"]))
    for at, row in decided[decided["number_id"].notna()].iterrows():
        if row["source_id"] not in found:
            continue
        number, where = found[row["source_id"]].get(row["number_id"]), place_of(at)
        if number is None:
            problem, action = (
                f"{shown(row['number_id'])} is no number of the text",
                "Leave it as triage gave it, or blank",
            )
            yield Finding(*where, "number_id", "curation.number", problem, action)
            continue
        paragraph = dataset.texts[row["source_id"]].paragraphs[number.paragraph - 1]
        spans = [] if pd.isna(row["wording"]) else occurrences(row["wording"], paragraph)
        elsewhere = len(spans) == 1 and not (spans[0][0] < number.end and number.start < spans[0][1])
        if row["paragraph"] is not pd.NA and (row["paragraph"] != number.paragraph or elsewhere):
            problem = f"{shown(row['wording'])} is not where number {row['number_id']} stands"
            action = "Quote that number, or leave number_id blank"
            yield Finding(*where, "wording", "curation.other_number", problem, action)


def _numbers(dataset: Dataset, source_ids: set[str]) -> dict[str, dict[str, Candidate]]:
    """Return the numbers of the texts available, by source and number id."""
    vague = vague_words({"vague_quantities": dataset.table("vague_quantities")})
    return {
        source_id: {number.number_id: number for number in candidates(text.paragraphs, vague, dataset.about.people)}
        for source_id, text in dataset.texts.items()
        if source_id in source_ids
    }


def _wholes(claims: pd.DataFrame, place_of: PlaceOf) -> pd.Series:
    """Return the claim that each claim is part of, where it names a row of the same file its claim id."""
    named = claims["part_of"].str.fullmatch(NUMBER.pattern).fillna(False).astype(bool)
    numbered = claims[claims["number_id"].notna()]
    once = numbered[~numbered.duplicated(["source_id", "number_id"], keep=False)]
    ids = once.set_index(["source_id", "number_id"])["claim_id"]
    wanted = pd.MultiIndex.from_frame(claims.loc[named, ["source_id", "part_of"]])
    found = ids.reindex(wanted).set_axis(claims.index[named])
    action = "Name the number id of a row that is a claim, or a claim id, or leave it blank"
    refuse(
        [
            Finding(
                *place_of(at), "part_of", "curation.part_of", f"{shown(name)} is not one claim of this file", action
            )
            for at, name in claims["part_of"].reindex(found.index[found.isna()]).items()
        ]
    )
    return claims["part_of"].mask(named, found.reindex(claims.index))


def _dismissals(rows: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Return rows as those of dismissed.csv; a quote that is too long and was left as found becomes the number itself."""
    long = rows["wording"].str.count(r"\S+") > MAX_DISMISSED_WORDS
    long &= rows["number_id"].notna()
    found = _numbers(dataset, set(rows.loc[long, "source_id"]))
    wording = {}
    for at, row in rows[long].iterrows():
        number = found.get(row["source_id"], {}).get(row["number_id"])
        if number and row["wording"] == number.wording:
            wording[at] = dataset.texts[row["source_id"]].paragraphs[number.paragraph - 1][number.start : number.end]
    shorter = pd.Series(wording, dtype="str").reindex(rows.index).fillna(rows["wording"])
    return rows.assign(wording=shorter, reason=rows["decision"])[[*SCHEMAS["dismissed"].columns, "claim_id"]]


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
        changes = {name: _rows(tables[name]) ^ _rows(before[name]) for name in tables}
        touched = {str(row[0]) for name in ("claims", "claim_caveats") for row in changes[name]}
        new, old_rows = _rows(tables["dismissed"]), _rows(before["dismissed"])
        return cls(
            {name: table for name, table in tables.items() if changes[name] or len(table) != len(before[name])},
            ids - known,
            touched & ids & known,
            removed,
            len(new - old_rows),
            len(old_rows - new),
        )


def _rows(table: pd.DataFrame) -> set[tuple[object, ...]]:
    """Return the rows as text, to compare them."""
    cells = table.drop(columns="at", errors="ignore").astype("object").fillna("").astype("str")
    return set(cells.itertuples(index=False, name=None))


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
    covered = []
    for source_id, number, wording in table[[*place, "wording"]].itertuples(index=False, name=None):
        others = new.get((source_id, number), [])
        if source_id not in dataset.texts:
            covered.append(any(occurrences(wording, other) for other in others))
            continue
        mine = quoted(source_id, number, wording) if others else set()
        theirs = set().union(*(quoted(source_id, number, other) for other in others))
        covered.append(wording in others or (bool(mine) and (mine <= theirs if whole else bool(mine & theirs))))
    return pd.Series(covered, index=table.index, dtype=bool)


CURATORS_COLUMN = {"reason": "decision"}
"""How a column of the tables is called in the curator's rows, where it has another name."""


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
        for line, at in enumerate(table["at"], 2)
        if pd.notna(at)
    }
    everything = place_of(0)
    texts = changed_texts(after, {*claims["source_id"], *dismissed["source_id"]})
    mine = [fault for fault in (*after.evidence_findings, *after.ledger_findings) if (fault.file, fault.line) in lines]
    found = []
    for fault in (*after.findings, *mine, *texts):
        at = lines.get((fault.file, fault.line))
        file, line = everything if at is None else place_of(at)
        column = CURATORS_COLUMN.get(fault.column, fault.column) if fault.file == "dismissed.csv" else fault.column
        found.append(replace(fault, file=file, line=line, column=column))
    return found
