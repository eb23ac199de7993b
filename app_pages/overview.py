"""The page for a reader in a hurry: the largest claims beside what others counted, the war in two charts, what changed last."""

import streamlit as st

from app_pages.parts import filters, overview_chart, page_shell, tables
from app_pages.parts.plain import escape_markdown

claims = tables.chosen()
page_shell.head(f"What reports say about people killed and displaced in {escape_markdown(tables.dataset().country)}")
st.write(
    "Each claim is quoted as published, with who said it, beside what others counted. We do not judge which is right. "
    "Click a dot for the full claim and how to cite it."
)
if claims.empty:
    filters.empty_state("claims")
else:
    overview_chart.compared(claims)

st.header("Recent changes", anchor="changes")
overview_chart.changes()
