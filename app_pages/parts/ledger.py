"""What became of every number: the account of a report, the numbers not used of several, and the sum of all."""

import pandas as pd
import streamlit as st

from analysis import accounts, words
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown, fault
from validation import Dataset
from validation.models import SCHEMAS
from validation.vocabulary import EVIDENCE, labels

UNUSED = ["wording", "reason", "report", "paragraph", "note"]
"""What is shown of a number not used, in this order."""


def account(report: pd.DataFrame) -> None:
    """Show what became of every number of a report (a row of `accounts.reports`)."""
    reasons = accounts.by_reason(accounts.unused(tables.dataset(), report))
    listed = ", ".join(f"{reason.lower()} {count:,}" for reason, count in reasons.items())
    named = f" Not used: {listed}." if listed else ""
    st.text(accounts.describe_account(report) + named)


def not_used(reports: pd.DataFrame) -> None:
    """Show the numbers of these reports that are no claims, with the reason; the reader may choose reasons."""
    rows = tables.once(accounts.unused, tables.dataset(), reports)
    st.header("Which numbers were not used, and why")
    st.text(tables.once(accounts.describe_account, reports))
    whole = tables.once(_shows_all_claims, reports)
    st.caption(
        (
            ""
            if whole
            else f"Counted in the whole text of {words.count(len(reports), 'report')}, with the claims not shown above. "
        )
        + "One phrase may hold several numbers, such as a date; a phrase that gives no number, such as “many casualties”, counts as one."
    )
    if unaccounted := tables.once(accounts.describe_open, reports):
        st.warning(escape_markdown(unaccounted, 2000))
    if rows.empty:
        return
    counts = tables.once(accounts.by_reason, rows)
    reasons = st.pills(
        "Why it was not used",
        list(counts),
        selection_mode="multi",
        wrap=True,
        format_func=lambda reason: f"{reason} {counts[reason]:,}",
        help="Choose reasons; none chosen shows all.",
    )
    chosen = tables.once(accounts.with_reasons, rows, tuple(reasons))
    if reasons:
        st.caption(f"{len(chosen):,} of {words.count(len(rows), 'phrase')} shown")
    shown = show.page_of(chosen, "unused")
    report = st.column_config.TextColumn("Report", help="Short name of the report that prints it.")
    heads = show.headings(shown, SCHEMAS["dismissed"], UNUSED) | {"report": report}
    show.grid(shown, heads, "Numbers that were not used, one phrase a row, and why", placeholder="")


def _shows_all_claims(reports: pd.DataFrame) -> bool:
    return bool(reports["claims"].sum() == reports["used"].sum())


def total() -> None:
    """Show how many claims are in which state of evidence, and what became of all numbers of all texts."""
    dataset = tables.dataset()
    for said in tables.once(_states_and_sums, dataset):
        st.write(said)
    for finding in (*dataset.evidence_findings, *dataset.ledger_findings)[:20]:
        st.warning(fault(finding))


def _states_and_sums(dataset: Dataset) -> tuple[str, str]:
    """Return what `total` says."""
    states = dataset.states()["state"].map(labels(EVIDENCE)).value_counts()
    named = (
        ", ".join(f"{escape_markdown(str(state).lower())} {count}" for state, count in states.items()) or "no claims"
    )
    every = dataset.accounts()
    sums = every[["met", "claims", "dismissed"]].sum()
    return (
        f"Claims by evidence: {named}. This says what the archived text says, not whether it is true.",
        f"We found {words.count(sums['met'], 'number')} in {words.count(len(every), 'report')}: "
        f"{words.count(sums['claims'], 'claim')}, and {words.count(sums['dismissed'], 'phrase')} that we did not use, each with the "
        "reason. One phrase may hold several numbers, such as a date.",
    )
