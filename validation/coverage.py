"""The ledger: is every number of every archived text a claim or dismissed with a reason?

Why: a selection of numbers can mislead as much as a wrong one; nothing in a text is passed over in silence. Here: which
numbers of a text are covered, and the account of each report. Not here: whether a claim is right (`evidence.py`). A
finding here is shown and never blocks the tables.
"""

from collections.abc import Mapping

import pandas as pd

from validation import numbers
from validation.evidence import Text, occurrences, vague_words
from validation.findings import Finding, shown
from validation.rules import MAX_WORDING

Span = tuple[int, int]


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
    for index, source_id in frame.loc[frame["source_id"].isin(list(texts)), "source_id"].items():
        text = texts[source_id]
        claims, dismissed = (tables[name][tables[name]["source_id"] == source_id] for name in rows)
        found, missed = _account(source_id, text, claims, vague, findings, dismissed)
        if found == 0:
            problem, action = "the text holds no number", "Check that the right text was archived"
            findings.append(Finding(f"{source_id}.txt", 0, "", "ledger.no_number", problem, action))
        frame.loc[index, ["met", "open"]] = [found, missed]
    return frame.reset_index(drop=True), findings


def open_numbers(
    text: Text, claims: pd.DataFrame, dismissed: pd.DataFrame, vague: Mapping[str, Span]
) -> list[tuple[int, Span]]:
    """Return the numbers of a text that nothing covers, as paragraph (from 1) and place in it."""
    found = []
    for number, paragraph in enumerate(text.paragraphs, start=1):
        covered = [
            span
            for rows in (claims, dismissed)
            for wording in rows.loc[rows["paragraph"] == number, "wording"].dropna()
            for span in occurrences(wording, paragraph)
        ]
        found += [
            (number, (mention.start, mention.end))
            for mention in numbers.mentions(paragraph, vague)
            if not any(start <= mention.start and mention.end <= end for start, end in covered)
        ]
    return found


def _account(
    source_id: str,
    text: Text,
    claims: pd.DataFrame,
    vague: Mapping[str, Span],
    findings: list[Finding],
    dismissed: pd.DataFrame,
) -> tuple[int, int]:
    """Count the numbers met and those not accounted for; add a finding for each fault."""
    missed = open_numbers(text, claims, dismissed, vague)
    for number, (start, end) in missed:
        paragraph = text.paragraphs[number - 1]
        phrase = shown(around(paragraph, start, end))
        problem = f"the number in {phrase}, paragraph {number}, is neither a claim nor listed as not used"
        action = "Add a claim that quotes it, or list it as not used, with a reason"
        findings.append(Finding(f"{source_id}.txt", number, paragraph[start:end][:60], "ledger.open", problem, action))
    findings += [
        fault
        for line, row in dismissed.iterrows()
        if (fault := _dismissal_fault(row, text, claims, int(str(line)), vague))
    ]
    return sum(len(numbers.mentions(paragraph, vague)) for paragraph in text.paragraphs), len(missed)


def _dismissal_fault(
    row: pd.Series, text: Text, claims: pd.DataFrame, line: int, vague: Mapping[str, Span]
) -> Finding | None:
    def fault(rule: str, problem: str, action: str) -> Finding:
        return Finding("dismissed.csv", line, "wording", f"ledger.{rule}", problem, action)

    if pd.isna(row["paragraph"]) or pd.isna(row["wording"]):
        return None
    number, wording = int(row["paragraph"]), row["wording"]
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
    taken = [
        span
        for claimed in claims.loc[claims["paragraph"] == number, "wording"].dropna()
        for span in occurrences(claimed, paragraph)
    ]
    if any(low <= mention.start and mention.end <= high for mention in inside for low, high in taken):
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
