"""The ledger: is every number of every archived text a claim or dismissed with a reason?

Why: a selection of numbers can mislead as much as a wrong one; nothing in a text is passed over in silence. Here: which
numbers of a text are covered, and the account of each report. Not here: whether a claim is right (`evidence.py`). A
finding here is shown and never blocks the tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

import pandas as pd

from validation import numbers
from validation.evidence import MAX_CHECKS, Text, occurrences, one_holds, vague_words
from validation.findings import Finding, shown
from validation.rules import MAX_WORDING
from validation.vocabulary import INCIDENT, INDICATORS, LIVING, VAGUE, contained

Span = tuple[int, int]
Quote = tuple[int, str]
"""A paragraph (from 1) and the words quoted from it."""
MAX_ACCOUNTS = 2_000
"""Texts whose account is kept in memory."""


NEEDS = ("claims", "sources", "dismissed", "vague_quantities")
"""The tables that `check` reads."""


def check(tables: Mapping[str, pd.DataFrame], texts: Mapping[str, Text]) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the account of each source, and what is not accounted for.

    The frame has `source_id`, `met` (numbers met: counted in the text where it is available, else in the wordings of
    claims and dismissals), `claims`, `dismissed` (rows) and `open` (numbers not accounted for; blank: text not at
    hand).
    """
    vague = vague_words(tables)
    findings: list[Finding] = []
    frame = pd.DataFrame({"source_id": tables["sources"]["source_id"].dropna().drop_duplicates()})
    rows = {name: tables[name][["source_id", "wording"]] for name in ("claims", "dismissed")}
    quoted = pd.concat(rows.values()).dropna()
    met = numbers.how_many(quoted["wording"].str[:MAX_WORDING], vague).clip(lower=1).groupby(quoted["source_id"]).sum()
    frame["met"] = frame["source_id"].map(met)
    for name, table in rows.items():
        frame[name] = frame["source_id"].map(table["source_id"].value_counts())
    frame = frame.fillna(0).assign(open=None).astype(dict.fromkeys(("met", "claims", "dismissed", "open"), "Int64"))
    found, missed = {}, {}
    quotes = {name: _quotes(tables[name], set(texts)) for name in rows}
    words = tuple(vague.items())
    for source_id in frame.loc[frame["source_id"].isin(list(texts)), "source_id"]:
        lines, not_used = quotes["dismissed"].get(source_id, ((), ()))
        _, claimed = quotes["claims"].get(source_id, ((), ()))
        account = _account(source_id, texts[source_id], claimed, not_used, words)
        found[source_id], missed[source_id] = account.met, len(account.gaps)
        findings += account.gaps
        findings += [replace(fault, line=lines[at]) for at, fault in account.faults]
        if account.met == 0:
            problem, action = "the text holds no number", "Check that the right text was archived"
            findings.append(Finding(f"{source_id}.txt", 0, "", "ledger.no_number", problem, action))
    findings += [*_quoted_twice(tables["claims"], texts, words), *_printed_again(tables["claims"])]
    frame["met"] = frame["source_id"].map(found).astype("Int64").fillna(frame["met"])
    frame["open"] = frame["source_id"].map(missed).astype("Int64")
    return frame, findings


def _quotes(table: pd.DataFrame, source_ids: set[str]) -> dict[str, tuple[tuple[int, ...], tuple[Quote, ...]]]:
    """Return for each source the lines of its rows and their quotes; rows without paragraph or wording are left out."""
    rows = table.loc[table["source_id"].isin(source_ids), ["source_id", "paragraph", "wording"]].dropna()
    found: dict[str, tuple[list[int], list[Quote]]] = {}
    cells = rows.astype("object").to_numpy().tolist()
    for line, (source_id, number, wording) in zip(rows.index.tolist(), cells, strict=True):
        lines, quotes = found.setdefault(source_id, ([], []))
        lines.append(line)
        quotes.append((number, wording))
    return {source_id: (tuple(lines), tuple(quotes)) for source_id, (lines, quotes) in found.items()}


def open_numbers(
    text: Text, claimed: Iterable[Quote], dismissed: Iterable[Quote], vague: Mapping[str, Span]
) -> list[tuple[int, Span]]:
    """Return the numbers of a text that nothing covers, as paragraph (from 1) and place in it."""
    covered = _places([*claimed, *dismissed], text)
    return [
        (number, (mention.start, mention.end))
        for number, paragraph in enumerate(text.paragraphs, start=1)
        for mention in numbers.mentions(paragraph, vague)
        if not any(start <= mention.start and mention.end <= end for start, end in covered.get(number, ()))
    ]


def _places(quotes: Iterable[Quote], text: Text) -> dict[int, list[Span]]:
    """Return where quotes stand, by paragraph."""
    places: dict[int, list[Span]] = {}
    for number, wording in quotes:
        if 1 <= number <= len(text.paragraphs):
            places.setdefault(number, []).extend(occurrences(wording, text.paragraphs[number - 1]))
    return places


def _quoted_twice(
    claims: pd.DataFrame, texts: Mapping[str, Text], words: tuple[tuple[str, Span], ...]
) -> Iterator[Finding]:
    """Name claims of the same people that quote one number of a text; words within words are a fault of the tables (`claims.twice`)."""
    rows = claims.loc[claims["source_id"].isin(list(texts)), _QUOTED].dropna(subset=_QUOTED[:-1])
    rows = rows[rows.duplicated(["source_id", "paragraph"], keep=False)].astype({"paragraph": "int64"})
    quoted: dict[tuple[str, int, int], list[_Claim]] = {}
    for line, *cells in rows.itertuples(name=None):
        claim = _Claim(*cells)
        paragraphs, at = texts[claim.source_id].paragraphs, claim.paragraph - 1
        start = _number_at(claim.wording, paragraphs[at], words) if at < len(paragraphs) else None
        if start is None:
            continue
        before = quoted.setdefault((claim.source_id, at, start), [])
        if other := next((each.claim_id for each in before if claim.counts_those_of(each)), ""):
            problem = f"{shown(claim.wording)} is the number that {other} quotes"
            yield Finding("claims.csv", line, "wording", "ledger.twice", problem, "Delete one of the rows")
        before.append(claim)


class _Claim(NamedTuple):
    """What tells whether two claims that quote one number count the same people."""

    claim_id: str
    source_id: str
    paragraph: int
    wording: str
    indicator: str
    population_group: str
    part_of: object

    def counts_those_of(self, other: "_Claim") -> bool:
        """Whether the other one counts the same people; where that is a fault of the tables, it is not named again."""
        if self.indicator == other.indicator:
            apart = self.population_group != other.population_group or not one_holds(self.wording, other.wording)
            return apart or self.part_of == other.claim_id or other.part_of == self.claim_id
        return any(part in _WITHIN.get(whole, ()) for part, whole in permutations((self.indicator, other.indicator)))


_QUOTED = list(_Claim._fields)
_WITHIN = contained(term for term in INDICATORS if term.topic is not LIVING)
"""What indicators take in; those who live in a place may be those who are displaced, killed or missing."""


@lru_cache(maxsize=MAX_CHECKS)
def _number_at(wording: str, paragraph: str, words: tuple[tuple[str, Span], ...]) -> int | None:
    """Return where the number of a quote begins in its paragraph, None where that is not known."""
    found = occurrences(wording, paragraph)
    if len(found) != 1:
        return None
    start, end = found[0]
    within = [
        phrase.start for phrase in numbers.phrases(paragraph, dict(words)) if phrase.start < end and start < phrase.end
    ]
    return within[0] if len(within) == 1 else None if within else start


def _printed_again(claims: pd.DataFrame) -> Iterator[Finding]:
    """Name numbers that a report prints a second time (codebook, repeat); two events, or two words for a quantity, may be alike."""
    own = ["claim_id", "paragraph", "wording", "summary"]
    rows = claims[claims["source_id"].notna() & ~claims["measure"].isin([INCIDENT]) & ~claims["bound"].isin([VAGUE])]
    same = [name for name in rows.columns if name not in own]
    rows = rows[rows.duplicated(same, keep=False)]
    if rows.empty:
        return
    first = rows.groupby(same, dropna=False)[["claim_id", "paragraph"]].transform("first")
    again = rows.duplicated(same) & (rows["paragraph"] != first["paragraph"]).fillna(False)
    for line, claim_id in first.loc[again, "claim_id"].items():
        problem = f"it is the same as {claim_id}, in another paragraph"
        action = "List the second printing as not used (repeat), or say in what they differ"
        yield Finding("claims.csv", int(str(line)), "claim_id", "ledger.repeat", problem, action)


@dataclass(frozen=True)
class _Account:
    """The account of a text: numbers met, a finding for every open one, and faults of dismissals by their place among them."""

    met: int
    gaps: tuple[Finding, ...]
    faults: tuple[tuple[int, Finding], ...]


@lru_cache(maxsize=MAX_ACCOUNTS)
def _account(
    source_id: str,
    text: Text,
    claimed: tuple[Quote, ...],
    dismissed: tuple[Quote, ...],
    words: tuple[tuple[str, Span], ...],
) -> _Account:
    """Return the account of a text; kept, because a text never changes and its rows seldom do."""
    vague = dict(words)
    gaps = []
    for number, (start, end) in open_numbers(text, claimed, dismissed, vague):
        paragraph = text.paragraphs[number - 1]
        phrase = shown(around(paragraph, start, end))
        problem = f"the number in {phrase}, paragraph {number}, is neither a claim nor listed as not used"
        action = "Add a claim that quotes it, or list it as not used, with a reason"
        gaps.append(Finding(f"{source_id}.txt", number, paragraph[start:end][:60], "ledger.open", problem, action))
    taken = _places(claimed, text)
    found = ((at, _dismissal_fault(quote, text, taken, vague)) for at, quote in enumerate(dismissed))
    met = sum(len(numbers.mentions(paragraph, vague)) for paragraph in text.paragraphs)
    return _Account(met, tuple(gaps), tuple((at, fault) for at, fault in found if fault))


def _dismissal_fault(
    quote: Quote, text: Text, taken: Mapping[int, list[Span]], vague: Mapping[str, Span]
) -> Finding | None:
    def fault(rule: str, problem: str, action: str) -> Finding:
        return Finding("dismissed.csv", 0, "wording", f"ledger.{rule}", problem, action)

    number, wording = quote
    paragraph = text.paragraphs[number - 1] if 1 <= number <= len(text.paragraphs) else ""
    found = occurrences(wording, paragraph)
    if not found:
        return fault("wording", f"{shown(wording)} is not in paragraph {number}", "Quote the words exactly as printed")
    if len(found) > 1:
        return fault(
            "ambiguous", f"{shown(wording)} is {len(found)} times in paragraph {number}", "Choose a longer quote"
        )
    start, end = found[0]
    inside = [
        mention for mention in numbers.mentions(paragraph, vague) if start <= mention.start and mention.end <= end
    ]
    if not inside:
        return fault("no_number", f"{shown(wording)} holds no number", "Delete the row, or quote the number")
    if any(low <= mention.start and mention.end <= high for mention in inside for low, high in taken.get(number, ())):
        return fault(
            "both",
            f"{shown(wording)} covers a number that a claim covers too",
            "Delete the row, or shorten the quote",
        )
    return None


def around(paragraph: str, start: int, end: int, words: int = 2) -> str:
    """Return a number with a few words on either side, so that it can be found and recognised."""
    before = paragraph[:start].split()[-words:] if words else []
    after = paragraph[end:].split()[:words] if words else []
    glue_before = "" if start and not paragraph[start - 1].isspace() else " "
    glue_after = "" if end < len(paragraph) and not paragraph[end].isspace() else " "
    return (" ".join(before) + glue_before + paragraph[start:end] + glue_after + " ".join(after)).strip()
