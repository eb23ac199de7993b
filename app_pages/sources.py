"""The reports: who is quoted in which, what is known of each, and which of its numbers were not used and why."""

import streamlit as st

from app_pages.parts import filters, ledger, lineage, page_shell, reports, tables

claims = tables.chosen()
page_shell.head("Where the numbers were printed")
if claims.empty:
    filters.empty_state("reports")
else:
    st.header("Who is quoted in which report")
    said = lineage.speakers_chosen(claims)
    lineage.who_is_quoted(said)
    listed = reports.table(said)
    reports.listed(listed, said)
    ledger.not_used(listed)
