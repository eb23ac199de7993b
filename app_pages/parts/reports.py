"""The reports as a table, and beneath it the one that the reader chooses: citation, notes, its numbers, its claims."""

import pandas as pd
import streamlit as st

from analysis import accounts, words
from app_pages.parts import downloads, ledger, open_card, show, tables
from app_pages.parts.plain import escape_markdown
from exports.citations import as_text
from exports.citations import report as cited

HEADINGS = {
    "short_name": st.column_config.TextColumn("Report", pinned=True, help="Short name of the report."),
    "claims": st.column_config.NumberColumn("Claims", help="Claims shown here that the report prints."),
    "own": st.column_config.NumberColumn(
        "Own voice", help="Claims in the publisher’s own voice: nobody else is named as their origin."
    ),
    "quoted": st.column_config.NumberColumn("Quoted", help="Claims that the report quotes from others."),
    "compared": st.column_config.NumberColumn(
        "With a count",
        help="Claims with a published count of the same thing, of a part of it or of a whole, on the same days.",
    ),
    "dismissed": st.column_config.NumberColumn(
        "Not used", help="Phrases with numbers in the whole report that are no claims."
    ),
    "date": st.column_config.TextColumn("Published", help="Date of publication."),
    "known_to": st.column_config.TextColumn("Date known to", help="How precisely the date of publication is known."),
    "publisher": st.column_config.TextColumn("Publisher", help="Who published the report."),
    "url": st.column_config.LinkColumn("Link", display_text="Open", help="Where it was published."),
}
"""What is shown of a report, with its heading, in this order."""


def listed(reports: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Show reports (rows of `accounts.reports`), one a row; selecting one shows all of it, a single one is shown at once."""
    st.header("The reports")
    shown = show.page_of(reports, "reports")
    key = open_card.fresh(f"reports-{hash(tuple(shown['source_id']))}")

    def picked() -> None:
        rows = st.session_state[key].selection.rows
        st.session_state["report"] = shown["short_name"].iloc[rows[0]] if rows else None

    show.grid(
        shown,
        HEADINGS,
        "Reports, one a row; select a row for its citation and its claims",
        key=key,
        on_select=picked,
        selection_mode="single-row",
    )
    every = reports["short_name"].tolist()
    if len(every) == 1:
        _whole(reports, claims)
        return
    if st.session_state.get("report") not in every:
        st.session_state["report"] = None
    name = st.selectbox("Report", every, key="report", index=None, placeholder="Choose one, here or in the table")
    if name:
        _whole(reports[reports["short_name"] == name], claims)


def _whole(report: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Show a report (one row): how to cite it, notes on its date and text, what became of its numbers, its claims."""
    row = report.iloc[0]
    rows = claims[claims["source_id"] == row["source_id"]]
    with st.container(border=True):
        st.subheader(escape_markdown(row["short_name"]))
        st.text(as_text(cited(row.to_dict(), row["publisher"])))
        if isinstance(row["note"], str):
            st.text(f"Notes on date and text: {row['note']}")
        with st.container(horizontal=True):
            st.link_button("Open the report", row["url"], icon=":material/open_in_new:")
            downloads.cite_reports(rows, f"report-{row['source_id']}", tables.choice(), with_data_set=False)
        ledger.account(report)
        if len(rows):
            st.markdown(f"**{words.count(len(rows), 'claim')}**")
            show.claims_table(rows, row["source_id"])


def table(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the reports of these claims; made once for a choice."""
    return tables.once(accounts.reports, tables.dataset(), claims)
