"""Evidence: does the archived text say what the claim says?

Why: each number is checked by machine against the text it came from, and a clone without the texts can still say what
was checked and when. Here: reading the texts, the state of each claim, the record of the last check. Not here: numbers
that no claim covers (`coverage.py`). A finding here is shown and never blocks the tables.
"""

import hashlib
import os
import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from validation import dates, numbers, persons, said
from validation.findings import Finding, shown
from validation.quantity import Phrase, Quantity
from validation.vocabulary import CONTRADICTED, EXACT, RECORDED, UNCHECKED, VERIFIED

_CELLS = ("bound", "low", "best", "high")
_CODES = ("indicator", "population_group", "unit")
CHECKED = ["source_id", "paragraph", "wording", *_CELLS, *_CODES]
"""The columns of a claim that a check speaks for."""
MAX_BYTES = 5_000_000
MAX_CHECKS = 100_000
"""Checks of a claim against its paragraph that are kept in memory."""
ORIGINAL_ENDINGS = (".html", ".pdf")
"""Kinds of files that a text is taken from and that are kept beside it."""


def reports_folder() -> Path | None:
    """Return the folder of the archived texts: REPORTS_DIR where it is set, else None."""
    named = os.environ.get("REPORTS_DIR")
    return Path(named) if named else None


@dataclass(frozen=True)
class Text:
    """An archived text: its paragraphs (non-empty lines, spaces folded) and the SHA-256 of its bytes."""

    paragraphs: tuple[str, ...]
    sha256: str


def fold(text: str) -> str:
    """Make every run of spaces, no-break spaces included, one space; all other characters stay."""
    return " ".join(text.split())


def read_text(path: Path) -> Text | Finding:
    """Read an archived text, from memory where the file is as it was, or say what is wrong with it; over 5 MB it is refused."""
    try:
        status = path.stat()
    except OSError:
        return _read_text(path)
    state = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    kept = _texts.get(path)
    if kept is not None and kept[0] == state:
        return kept[1]
    text = _read_text(path)
    if isinstance(text, Text):
        _texts[path] = (state, text)
    return text


_texts: dict[Path, tuple[tuple[int, ...], Text]] = {}
"""Texts with the state of their files when they were read: a server loads often."""


def _read_text(path: Path) -> Text | Finding:

    def fault(rule: str, problem: str, action: str, line: int = 0) -> Finding:
        return Finding(path.name, line, "", f"evidence.{rule}", problem, action)

    try:
        if path.stat().st_size > MAX_BYTES:
            problem = f"the text is larger than {MAX_BYTES // 1_000_000} MB"
            return fault("text_large", problem, "Archive the report alone, without the page around it")
        data = path.read_bytes()
    except FileNotFoundError:
        return fault(
            "text_missing", "the archived text is missing", f"Put it in the folder of the reports as {path.name}"
        )
    except OSError as error:
        return fault("text_unreadable", f"the text cannot be read ({error.strerror})", "Make it a readable file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return fault("text_encoding", f"byte 0x{data[error.start]:02x} is not UTF-8", "Save the text as UTF-8", line)
    lines = tuple(folded for line in text.split("\n") if (folded := fold(line)))
    return Text(lines, hashlib.sha256(data).hexdigest())


def original_name(source_id: str, ending: str) -> str:
    """Return the name under which the page or PDF that a text was taken from is kept beside it."""
    return f"{source_id}.original{ending}"


def changed_originals(sources: pd.DataFrame, archive: Path, available: Collection[str]) -> list[Finding]:
    """Name the originals that are missing or have another hash than the one kept; `available`: sources whose text is there."""
    found = []
    with_original = sources[sources["original_sha256"].notna() & sources["source_id"].isin(list(available))]
    for line, row in _lines(with_original):
        source_id = row["source_id"]
        paths = [path for ending in ORIGINAL_ENDINGS if (path := archive / original_name(source_id, ending)).exists()]
        if row["original_sha256"] in map(_sha256_of, paths):
            continue
        rule, what, action = (
            (
                "evidence.original_changed",
                "has another hash than the one kept",
                "Put back the file that the text was taken from",
            )
            if paths
            else (
                "evidence.original_missing",
                "is not in the folder of the reports",
                f"Put it there as {original_name(source_id, ORIGINAL_ENDINGS[0])} or .pdf",
            )
        )
        found.append(
            Finding("sources.csv", line, "original_sha256", rule, f"the original of {source_id} {what}", action)
        )
    return found


def _sha256_of(path: Path) -> str:
    """Return the hash of a file, from memory where the file is as it was; "" where it cannot be read."""
    try:
        state = path.stat()
        key = (path, state.st_mtime_ns, state.st_size)
        if key not in _hashes:
            _hashes[key] = hashlib.sha256(path.read_bytes()).hexdigest()
        return _hashes[key]
    except OSError:
        return ""


_hashes: dict[tuple[Path, int, int], str] = {}
"""Hashes of originals by path, time and size: they are large, and a server loads often."""


def occurrences(wording: str, paragraph: str) -> list[tuple[int, int]]:
    """Return where a wording stands in a folded paragraph as whole words: "20 deaths" is not in "120 deaths"."""
    quoted = fold(wording)
    found = []
    start = paragraph.find(quoted)
    while start >= 0:
        end = start + len(quoted)
        whole = _BEGINS.match(paragraph, start) and _ENDS.match(paragraph, end)
        found += [(start, end)] if whole else []
        start = paragraph.find(quoted, max(end, start + 1) if whole else start + 1)
    return found


_BEGINS = re.compile(r"(?<!\w)(?<!\d[.,])")
_ENDS = re.compile(r"(?!\w)(?![.,]\d)")
"""What stands before and behind whole words. They are two patterns for all quotes: a pattern of each takes 0.2 ms to make."""


def one_holds(one: str, other: str) -> bool:
    """Whether one of two wordings holds the other as whole words."""
    return bool(occurrences(one, fold(other)) or occurrences(other, fold(one)))


def claim_hashes(claims: pd.DataFrame) -> pd.Series:
    """Hash what a check of each claim speaks for; blank cells count as empty."""
    cells = claims[CHECKED].apply(lambda column: column.astype("str").fillna(""))
    first, *rest = (cells[name] for name in CHECKED)
    spoken_for: pd.Series = first.str.cat(rest, sep="\x1f")
    return spoken_for.map(_sha256)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def vague_words(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int, int]]:
    """Return the words for quantities with their bounds."""
    rows = tables["vague_quantities"].dropna()
    return {str(word): (int(low), int(high)) for word, low, high in rows.to_numpy().tolist()}


NEEDS = ("claims", "sources", "evidence", "vague_quantities")
"""The tables that `check` reads."""


def check(tables: Mapping[str, pd.DataFrame], texts: Mapping[str, Text]) -> tuple[pd.DataFrame, list[Finding]]:
    """Return for each claim its state and the day of the last check, and what contradicts the texts.

    `tables`: typed, index: line in the file. `texts`: archived text by source id; a text that is not available is
    absent. The frame has `claim_id`, `state` (vocabulary, EVIDENCE), `checked_on` and the index of the claims.
    """
    claims = tables["claims"]
    sources = tables["sources"].drop_duplicates("source_id").set_index("source_id")["text_sha256"]
    recorded = tables["evidence"].drop_duplicates("claim_id").set_index("claim_id")
    text_hash = claims["source_id"].map(sources)
    unchanged = (claims["claim_id"].map(recorded["claim_sha256"]) == claim_hashes(claims)) & (
        claims["claim_id"].map(recorded["text_sha256"]) == text_hash
    )
    state = pd.Series(UNCHECKED, index=claims.index).mask(unchanged, RECORDED)
    findings = list(_changed_texts(tables["sources"], texts))
    vague = vague_words(tables)
    now: dict[int, str] = {}
    unlike = {source_id for source_id, text in texts.items() if text.sha256 != sources.get(source_id)}
    for line, row in _lines(claims.loc[claims["source_id"].isin(list(texts)), CHECKED]):
        text = texts[row["source_id"]]
        if row["source_id"] in unlike:
            now[line] = UNCHECKED
            continue
        fault = contradiction(row, text, vague)
        now[line] = CONTRADICTED if fault else VERIFIED
        findings += [replace(fault, line=line)] if fault else []
    state = pd.Series(now, index=claims.index, dtype="str").fillna(state)
    findings += _stale(tables["evidence"], claims, unchanged)
    checked_on = claims["claim_id"].map(recorded["checked_on"]).where(state == RECORDED)
    return pd.DataFrame({"claim_id": claims["claim_id"], "state": state, "checked_on": checked_on}), findings


def _lines(rows: pd.DataFrame) -> Iterator[tuple[int, dict[Hashable, Any]]]:
    """Walk through rows with their line in the file."""
    names = list(rows.columns)
    for line, cells in zip(rows.index.tolist(), rows.astype("object").to_numpy().tolist(), strict=True):
        yield line, dict(zip(names, cells, strict=True))


def _changed_texts(sources: pd.DataFrame, texts: Mapping[str, Text]) -> list[Finding]:
    found = []
    for line, row in _lines(sources.loc[sources["source_id"].isin(list(texts)), ["source_id", "text_sha256"]]):
        if pd.isna(row["text_sha256"]) or row["text_sha256"] != texts[row["source_id"]].sha256:
            problem = f"the archived text of {row['source_id']} has another hash than the one kept"
            action = "Put back the text that the claims were read from, or read them again and change the hash"
            found.append(Finding("sources.csv", line, "text_sha256", "evidence.text_changed", problem, action))
    return found


def contradiction(row: Mapping[Hashable, Any], text: Text, vague: Mapping[str, tuple[int, int]]) -> Finding | None:
    """Describe how the text contradicts a claim, or None; `row`: CHECKED; without codes the quote alone is checked."""
    if pd.isna(row["paragraph"]) or pd.isna(row["wording"]):
        return _fault("wording", "wording", "the claim has no paragraph or no quote", "Fill both")
    number = int(row["paragraph"])
    if not 1 <= number <= len(text.paragraphs):
        problem = f"the text has {len(text.paragraphs)} paragraphs, not {number}"
        return _fault("paragraph", "paragraph", problem, "Count the non-empty lines from 1")
    held, codes = (
        tuple(None if pd.isna(cell := row.get(name)) else cell for name in names) for names in (_CELLS, _CODES)
    )
    return _misread(number, text.paragraphs[number - 1], row["wording"], held, codes, tuple(vague.items()))


def _fault(column: str, rule: str, problem: str, action: str) -> Finding:
    return Finding("claims.csv", 0, column, f"evidence.{rule}", problem, action)


@lru_cache(maxsize=MAX_CHECKS)
def _misread(
    number: int,
    paragraph: str,
    wording: str,
    held: tuple[Any, ...],
    codes: tuple[Any, ...],
    vague_items: tuple[tuple[str, tuple[int, int]], ...],
) -> Finding | None:
    """Describe how a quote, and the values and codes held for it, differ from a paragraph; kept, because a text never changes."""
    vague = dict(vague_items)
    found = occurrences(wording, paragraph)
    if not found:
        problem = f"{shown(wording)} is not in paragraph {number}"
        return _fault("wording", "wording", problem, "Quote the words exactly as printed, quotes and capitals included")
    if len(found) > 1:
        problem = f"{shown(wording)} is {len(found)} times in paragraph {number}"
        return _fault("wording", "ambiguous", problem, "Choose a longer quote")
    start, end = found[0]
    phrases = numbers.phrases(paragraph, vague)
    said_there = _within(phrases, start, end) or _within(persons.alone(paragraph), start, end)
    if len(said_there) == 1 and not (start <= said_there[0].start and said_there[0].end <= end):
        whole = shown(paragraph[said_there[0].start : said_there[0].end])
        problem = f"{shown(wording)} cuts off a part of the number, which is {whole}"
        return _fault("wording", "cut", problem, "Quote the number whole, with its qualifier")
    reading = persons.one_of(paragraph[start:end], said_there, start)
    if reading is None:
        problem = f"{shown(wording)} cannot be read as one number"
        return _fault("wording", "reading", problem, "Choose a quote with one number and its qualifier")
    kept = Quantity(*held)
    column = next((name for name in _CELLS if getattr(kept, name) != getattr(reading, name)), None)
    if column is None:
        other = said.misfit(paragraph, (start, end), phrases, dict(zip(_CODES, codes, strict=True)))
        if other is None:
            return None
        problem = f"the words {shown(other.words)} do not name {shown(other.label)}"
        return _fault(other.column, "named", problem, f"Correct {other.column}, or quote the words that say it")
    words, claimed = _exactly(reading), _exactly(kept)
    if words == claimed:
        words, claimed = (f"{column} {getattr(one, column) or 'blank'}" for one in (reading, kept))
    problem = f"the words {shown(wording)} say {words}, the claim says {claimed}"
    return _fault(column, "reading", problem, f"Correct {column}, or the quote")


def _within(phrases: Iterable[Phrase], start: int, end: int) -> list[Phrase]:
    return [phrase for phrase in phrases if phrase.start < end and start < phrase.end]


def _exactly(quantity: Quantity) -> str:
    """Return a quantity in words that tell an exact number from one without a bound."""
    return f"exactly {quantity.say()}" if quantity.bound == EXACT else quantity.say()


def _stale(evidence: pd.DataFrame, claims: pd.DataFrame, unchanged: pd.Series) -> list[Finding]:
    """Name rows of evidence.csv that no longer fit their claim, and those from days to come."""
    action = "Check the claims against the texts and write it again with --save-evidence"
    changed = set(claims.loc[~unchanged, "claim_id"])
    latest = dates.latest_day()
    found = []
    doubtful = evidence["claim_id"].isin(changed) | (evidence["checked_on"] > latest)
    for line, row in _lines(evidence[doubtful]):
        if row["claim_id"] in changed:
            problem = f"{row['claim_id']}, its text or its hash changed since it was checked"
            found.append(Finding("evidence.csv", line, "claim_sha256", "evidence.stale", problem, action))
        if isinstance(row["checked_on"], str) and row["checked_on"] > latest:
            problem = f"{shown(row['checked_on'])} is a day to come"
            found.append(Finding("evidence.csv", line, "checked_on", "evidence.future", problem, action))
    return found


def renewed(tables: Mapping[str, pd.DataFrame], states: pd.DataFrame, today: str) -> pd.DataFrame:
    """Return evidence.csv anew: verified claims as checked today, recorded ones as they were; no other rows."""
    claims = tables["claims"]
    hashes = tables["sources"].drop_duplicates("source_id").set_index("source_id")["text_sha256"]
    kept = states["state"].isin([VERIFIED, RECORDED])
    fresh = pd.DataFrame(
        {
            "claim_id": claims["claim_id"],
            "checked_on": states["checked_on"].where(states["state"] == RECORDED, today),
            "text_sha256": claims["source_id"].map(hashes),
            "claim_sha256": claim_hashes(claims),
        }
    )
    return fresh[kept].sort_values("claim_id")
