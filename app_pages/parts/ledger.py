"""The account of a report: so many numbers found, so many claims, so many not used and why; and the sum of all."""

import pandas as pd
import streamlit as st

from analysis import words
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown, fault
from validation.models import SCHEMAS
from validation.vocabulary import DISMISSALS, EVIDENCE, labels


def account(source_id: str) -> None:
    """Show what became of every number of a report, with the list of those dismissed."""
    dataset = tables.dataset()
    accounts, dismissed = dataset.accounts(), dataset.table("dismissed")
    row = accounts[accounts["source_id"] == source_id].iloc[0]
    dismissed = dismissed[dismissed["source_id"] == source_id]
    reasons = dismissed["reason"].map(labels(DISMISSALS)).value_counts()
    named = ", ".join(f"{escape_markdown(str(reason).lower())} {count}" for reason, count in reasons.items())
    met, claims = words.count(int(row["met"]), "number"), words.count(int(row["claims"]), "claim")
    st.markdown(
        f"**We found {met}**: {claims}, {words.count(int(row['dismissed']), 'phrase')} not used"
        + (f" ({named})." if named else ".")
    )
    if pd.notna(row["open"]) and row["open"]:
        st.warning(f"{words.count(int(row['open']), 'number')} of this text are not accounted for yet.")
    if len(dismissed):
        with st.expander(f"{words.count(len(dismissed), 'phrase')} not used, and why"):
            readable = dismissed.assign(reason=dismissed["reason"].map(labels(DISMISSALS)))
            show.table(
                readable,
                SCHEMAS["dismissed"],
                "Numbers of the report that are no claims, and why",
                ["paragraph", "wording", "reason", "note"],
                key=source_id,
            )


def total() -> None:
    """Show how many claims are in which state of evidence, and what became of all numbers of all texts."""
    dataset = tables.dataset()
    states = dataset.states()["state"].map(labels(EVIDENCE)).value_counts()
    named = (
        ", ".join(f"{escape_markdown(str(state).lower())} {count}" for state, count in states.items()) or "no claims"
    )
    st.write(f"Claims by evidence: {named}. This says what the archived text says, not whether it is true.")
    sums = dataset.accounts()[["met", "claims", "dismissed"]].sum()
    st.write(
        f"We found {words.count(sums['met'], 'number')} in {words.count(len(dataset.accounts()), 'report')}: "
        f"{words.count(sums['claims'], 'claim')}, and {words.count(sums['dismissed'], 'phrase')} that we did not use, each with the "
        "reason. One phrase may hold several numbers, such as a date."
    )
    for finding in (*dataset.evidence_findings, *dataset.ledger_findings)[:20]:
        st.warning(fault(finding))
