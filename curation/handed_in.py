"""Rows that a curator hands in: what is wrong with them by themselves, and what they mean beside the tables.

Why: a fault must be said in the curator's own words and rows before anything is built on it. Here: the form of a row, ids, the
order of a text, which number a row is about. Not here: what the rows change (`deciding.py`), the rules of the tables
(`validation`).
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from curation.quoting import quoted
from curation.refusals import RefusedError
from curation.suggest import Candidate, candidates
from validation import Dataset, Finding
from validation.evidence import Text, occurrences, vague_words
from validation.findings import shown
from validation.models import NEW_CLAIMS, SCHEMAS
from validation.rules import MAX_DISMISSED_WORDS
from validation.vocabulary import CLAIM, DECISIONS, DISMISSALS, codes

CLAIM_COLUMNS = list(SCHEMAS["claims"].columns)
ONE_CLAIM = ["source_id", "paragraph", "wording", "indicator", "population_group"]
"""What no two claims share (codebook, one row per quantity, group and indicator)."""
NUMBER = re.compile(r"p[0-9]{1,6}-(?P<by_hand>h?)[0-9]{1,8}")
"""The id of a number: where it begins in the text, or with h which one of those that a reader added by hand."""
SEPARATOR = re.compile(r"; (?=[a-z]+(?:_[a-z]+)*(?:: |; |\Z))")
"""What stands between two limitations of a cell; a detail may have a semicolon of its own."""


class Place(NamedTuple):
    """Where a row stands in what the curator handed in."""

    file: str
    line: int


PlaceOf = Callable[[Hashable], Place]


def refuse(faults: list[Finding]) -> None:
    """Raise RefusedError where there is a fault."""
    if faults:
        raise RefusedError(faults)


def form(decided: pd.DataFrame, place_of: PlaceOf) -> list[Finding]:
    """Name decisions that are none, and rows without a source."""
    unknown = decided.loc[~decided["decision"].isin(codes(DECISIONS)), "decision"]
    action = f"Use {CLAIM}, or one of: {', '.join(codes(DISMISSALS))}; leave it blank to keep the number open"
    found = [
        Finding(*place_of(at), "decision", "curation.decision", f"{shown(cell)} is no decision", action)
        for at, cell in unknown.items()
    ]
    action = f"Fill it: {NEW_CLAIMS.columns['source_id'].description}"
    return found + [
        Finding(*place_of(at), "source_id", "column.not_nullable", "it is blank", action)
        for at in decided.index[decided["source_id"].isna()]
    ]


def limitations(claims: pd.DataFrame, place_of: PlaceOf) -> pd.DataFrame:
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


def in_text_order(rows: pd.DataFrame, texts: Mapping[str, Text]) -> pd.Index:
    """Return the index of rows by source, paragraph and place in it: where the number is, else its wording, else the row."""

    def start(row: pd.Series) -> int:
        text, wording = texts.get(row["source_id"]), row["wording"]
        if _is_found(row["number_id"]):
            return int(row["number_id"].partition("-")[2])
        if text is None or pd.isna(wording) or pd.isna(row["paragraph"]):
            return 0
        paragraph = text.paragraphs[row["paragraph"] - 1] if 1 <= row["paragraph"] <= len(text.paragraphs) else ""
        return next((span[0] for span in occurrences(wording, paragraph)), 0)

    order = rows[["source_id", "paragraph"]].assign(start=[start(row) for _, row in rows.iterrows()])
    return order.sort_values(["source_id", "paragraph", "start"], kind="stable").index


def _is_found(number_id: object) -> bool:
    """Whether it is the id of a number that was found in the text, not of one that was added by hand."""
    number = NUMBER.fullmatch(number_id) if isinstance(number_id, str) else None
    return number is not None and not number["by_hand"]


def with_ids(claims: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
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


def wrong_ids(claims: pd.DataFrame, dataset: Dataset, place_of: PlaceOf, *, may_change: bool) -> Iterator[Finding]:
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


def other_numbers(decided: pd.DataFrame, dataset: Dataset, place_of: PlaceOf) -> Iterator[Finding]:
    """Name rows whose number is not in the text, or whose quote stands elsewhere than their number."""
    named = decided.loc[[at for at, number_id in decided["number_id"].items() if _is_found(number_id)]]
    found = _numbers(dataset, set(named["source_id"]))
    for at, row in named.iterrows():
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


def wholes(claims: pd.DataFrame, place_of: PlaceOf) -> pd.Series:
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


def dismissals(rows: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Return rows as those of dismissed.csv; a quote that is too long and was left as found becomes the number itself."""
    long = rows["wording"].str.count(r"\S+") > MAX_DISMISSED_WORDS
    long &= rows["number_id"].notna()
    found = _numbers(dataset, set(rows.loc[long, "source_id"]))
    wording = {}
    for at, row in rows[long].iterrows():
        if number := found.get(row["source_id"], {}).get(row["number_id"]):
            paragraph = dataset.texts[row["source_id"]].paragraphs[number.paragraph - 1]
            if row["wording"] == quoted(paragraph, number):
                alone = replace(
                    number, wording=paragraph[number.start : number.end], indicator="", dismissal=row["decision"]
                )
                wording[at] = quoted(paragraph, alone)
    shorter = pd.Series(wording, dtype="str").reindex(rows.index).fillna(rows["wording"])
    return rows.assign(wording=shorter, reason=rows["decision"])[[*SCHEMAS["dismissed"].columns, "claim_id"]]
