"""The triage table: every number of a text that waits for a decision, a row each, with a suggestion for every column.

Why: a curator who goes through a text confirms or corrects; choosing and typing each cell takes ten times as long and leaves
more mistakes. The table is the same for a spreadsheet, a desk and two readers. Here: making it, and reading it when it comes
back edited. Not here: what is suggested (`suggest.py`, `context.py`), what becomes of a decision (`deciding.py`).
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from curation.context import Reader
from curation.deciding import Applied, write_decisions
from curation.handed_in import Place, PlaceOf
from curation.refusals import RefusedError, changed_texts, typed
from curation.suggest import Candidate, candidates
from validation import Dataset, Finding, reading
from validation.coverage import Span, around, open_numbers
from validation.evidence import Text, occurrences, vague_words
from validation.findings import unreadable
from validation.models import TRIAGE
from validation.reading import BYTE_ORDER_MARK, FORMULA
from validation.vocabulary import CLAIM

MAX_WORDS_AROUND = 10
FIRST_LINE = 2
"""The line of the first row of a file, below the header."""
FOR_THE_READER = "words"
"""The column that nobody reads back."""


@dataclass(frozen=True, eq=False)
class Found:
    """The numbers of a text in order, which of them nothing accounts for, and what the tables hold of the others.

    `held`: triage table; a number has a row for each claim that quotes it, else one for each time it is listed as not used.
    """

    text: Text
    numbers: list[Candidate]
    open_ids: frozenset[str]
    held: pd.DataFrame


def find(dataset: Dataset, source_id: str) -> Found:
    """Return the numbers of a source.

    Raises RefusedError where there is no such source, the tables cannot be read, or the text is missing, holds no number or is
    not the archived one.
    """
    known = dataset.table("sources")["source_id"]
    if source_id not in set(known):
        problem, action = f"there is no source {source_id}", "Use one of: " + ", ".join(known)
        raise RefusedError([Finding("sources.csv", 0, "source_id", "curation.unknown", problem, action)])
    # Not every fault: a set that was interrupted while it was written is finished by whoever reads it.
    faults = [*unreadable(dataset.findings), *changed_texts(dataset, {source_id})]
    file = f"{source_id}.txt"
    text = dataset.texts.get(source_id)
    if text is None and not faults:
        action = "Say where the archived texts are: REPORTS_DIR"
        missing = Finding(file, 0, "", "evidence.text_missing", "the archived text is missing", action)
        faults = [fault for fault in dataset.evidence_findings if fault.file == file] or [missing]
    faults += [fault for fault in dataset.ledger_findings if (fault.file, fault.rule) == (file, "ledger.no_number")]
    if faults or text is None:
        raise RefusedError(faults)
    quotes = (_of(dataset, name, source_id)[["paragraph", "wording"]] for name in ("claims", "dismissed"))
    claims, dismissed = (list(rows.dropna().itertuples(index=False, name=None)) for rows in quotes)
    vague = vague_words({"vague_quantities": dataset.table("vague_quantities")})
    left: dict[int, list[Span]] = {}
    for paragraph, span in open_numbers(text, claims, dismissed, vague):
        left.setdefault(paragraph, []).append(span)
    numbers = candidates(text.paragraphs, vague, dataset.about.people)
    waiting = (number for number in numbers if _touches(left.get(number.paragraph, []), number.start, number.end))
    open_ids = frozenset(number.number_id for number in waiting)
    known_ones = [number for number in numbers if number.number_id not in open_ids]
    return Found(text, numbers, open_ids, _held(dataset, source_id, text, known_ones))


def _of(dataset: Dataset, table: str, source_id: str) -> pd.DataFrame:
    rows = dataset.table(table)
    return rows[rows["source_id"] == source_id]


def _touches(spans: list[Span], start: int, end: int) -> bool:
    """Whether one of the spans, in order, shares a character with the stretch from start to end."""
    at = bisect_left(spans, (end, 0))
    return at > 0 and start < spans[at - 1][1]


def triage(dataset: Dataset, source_id: str, *, only_open: bool = True) -> pd.DataFrame:
    """Return the triage table of a source, typed as TRIAGE: its numbers in order, each with what is suggested.

    `only_open`: without the numbers that the tables account for; else those have the decision and the cells that the tables
    hold. Raises RefusedError as `find` does.
    """
    found = find(dataset, source_id)
    table = suggested(dataset, source_id, found)
    table = table[table["number_id"].isin(found.open_ids)].reset_index(drop=True)
    if only_open:
        return table
    order = {number.number_id: at for at, number in enumerate(found.numbers)}
    both = pd.concat([table, found.held])
    return both.sort_values("number_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def suggested(dataset: Dataset, source_id: str, found: Found) -> pd.DataFrame:
    """Return the triage table of all numbers of a source, each with what is suggested, as if the tables held none of them."""
    suggestions = zip(found.numbers, Reader(dataset, source_id).suggestions(found.numbers), strict=True)
    rows = [cells | _of_the_text(source_id, found.text, number) for number, cells in suggestions]
    return typed(pd.DataFrame(rows, columns=list(TRIAGE.columns)), TRIAGE)


def _of_the_text(source_id: str, text: Text, number: Candidate) -> dict[str, object]:
    """Return the cells of a number that hang on the text alone."""
    words = _words(text.paragraphs[number.paragraph - 1], number)
    return {"number_id": number.number_id, FOR_THE_READER: words, "source_id": source_id}


def _held(dataset: Dataset, source_id: str, text: Text, numbers: list[Candidate]) -> pd.DataFrame:
    """Return what the tables hold of numbers of a text; of one that is a claim, the claims."""
    decided, rows = _decided(dataset, source_id), []
    for number in numbers:
        paragraph = text.paragraphs[number.paragraph - 1]
        mine = [
            row
            for row in decided.get(number.paragraph, [])
            if any(
                low < number.end and number.start < high for low, high in occurrences(str(row["wording"]), paragraph)
            )
        ]
        claims = [row for row in mine if row["decision"] == CLAIM]
        rows += [row | _of_the_text(source_id, text, number) for row in claims or mine]
    return typed(pd.DataFrame(rows, columns=list(TRIAGE.columns)), TRIAGE)


def _decided(dataset: Dataset, source_id: str) -> dict[int, list[dict[str, object]]]:
    """Return by paragraph what the tables hold of a source, as rows of a triage table."""
    claims, dismissed = (_of(dataset, name, source_id) for name in ("claims", "dismissed"))
    marks = dataset.table("claim_caveats")
    said = (marks["caveat_id"] + ": " + marks["detail"]).groupby(marks["claim_id"]).agg("; ".join)
    both = pd.concat(
        [
            claims.assign(decision=CLAIM, caveats=claims["claim_id"].map(said)),
            dismissed.assign(decision=dismissed["reason"]),
        ]
    ).reindex(columns=list(TRIAGE.columns))
    rows = both.astype("object").where(both.notna(), None).to_dict("records")
    by_paragraph: dict[int, list[dict[str, object]]] = {}
    for row in rows:
        by_paragraph.setdefault(int(row["paragraph"]), []).append({str(name): cell for name, cell in row.items()})
    return by_paragraph


def _words(paragraph: str, number: Candidate) -> str:
    """Return a number in brackets with words on either side, safe for a spreadsheet."""
    said = paragraph[number.start : number.end]
    reach = 40 * MAX_WORDS_AROUND
    before = paragraph[max(0, number.start - reach) : number.start]
    marked = f"{before}[{said}]{paragraph[number.end : number.end + reach]}"
    shown = around(marked, len(before), len(before) + len(said) + 2, MAX_WORDS_AROUND)
    return f"… {shown}" if shown.startswith(FORMULA) else shown


def apply(folder: Path, reports: Path | None, handed_in: Path | pd.DataFrame) -> Applied:
    """Write the decisions of a triage table, a CSV file or a frame with its columns: all or nothing (`write_decisions`).

    A finding names the line of the file, or the number id of the row of a frame.
    """
    if isinstance(handed_in, Path):
        data = reading.contents(handed_in)
        if isinstance(data, Finding):
            raise RefusedError([replace(data, file=str(handed_in))])

        def place_of(line: Hashable) -> Place:
            return Place(str(handed_in), int(str(line)))
    else:
        table = handed_in.reindex(columns=list(TRIAGE.columns)).convert_dtypes()
        data = table.to_csv(index=False, lineterminator="\n").encode("utf-8")
        named = table["number_id"].astype("object").fillna(table["wording"]).fillna("row without a number")

        def place_of(line: Hashable) -> Place:
            at = int(str(line)) - FIRST_LINE
            return Place(str(named.iloc[at]) if 0 <= at < len(named) else "decisions", 0)

    return write_decisions(folder, reports, typed(_parsed(data, place_of), TRIAGE), place_of)


def _parsed(data: bytes, place_of: PlaceOf) -> pd.DataFrame:
    """Read a triage table as a spreadsheet leaves it: a byte order mark, CRLF, empty lines at the end, columns left out or moved."""
    plain = data.removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n")
    plain = re.sub(rb"\n(?:[, \t]*\n)+\Z", b"\n", plain)
    try:
        header = next(csv.reader([plain.partition(b"\n")[0].decode("utf-8", "replace")]), [])
    except csv.Error:
        header = []
    columns = [name for name in dict.fromkeys(header) if name in TRIAGE.columns]
    needed = [name for name, column in TRIAGE.columns.items() if not column.nullable and name not in columns]
    frame, faults = reading.parse(plain, "", TRIAGE.select_columns([*columns, *needed]))
    faults = [fault for fault in faults if fault.column != FOR_THE_READER or frame is None]
    if frame is None or faults:
        places = (place_of(fault.line) for fault in faults)
        raise RefusedError(
            [replace(fault, file=at.file, line=at.line) for fault, at in zip(faults, places, strict=True)]
        )
    return frame.dropna(how="all")
