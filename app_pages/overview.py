"""The page for a reader in a hurry: the largest claims beside what others counted, the war in two charts, what changed last."""

import streamlit as st

from app_pages.parts import deaths, displaced, filters, overview_chart, page_shell, reference, tables
from app_pages.parts.plain import escape_markdown
from app_pages.parts.width import wide

HALF = 560
"""Width of the picture of a chart that has half of the page."""

claims = tables.chosen()
page_shell.head(f"What reports say about people killed and displaced in {escape_markdown(tables.dataset().country)}")
if claims.empty:
    filters.empty_state("claims")
else:
    overview_chart.compared(claims)

if len(reference.view()):
    left, right = st.columns(2, gap="medium") if wide() else (st.container(), st.container())
    with left:
        deaths.in_each_year(deaths.counts(), width=HALF)
    with right:
        displaced.at_year_ends(claims, with_claims=False, width=HALF)

if len(changes := overview_chart.changes()):
    st.header("Recent changes", anchor="changes")
    overview_chart.write_changes(changes)
