"""The page for a reader in a hurry: what is claimed, by whom, since when; what others counted; what changed last."""

import streamlit as st

from analysis import words
from app_pages.parts import filters, headline_cards, page_shell, search_section, show, tables
from app_pages.parts.plain import escape_markdown
from validation.models import SCHEMAS
from validation.vocabulary import FAMILIES

MAX_WRITTEN_OUT = 12
"""Headlines and numbers of families written out one by one."""
claims = tables.chosen()
changes = headline_cards.changes()
country = escape_markdown(tables.dataset().country)
page_shell.head(f"What the reports say about people killed and displaced in {country}")
st.write(
    "The totals that reports give for the whole war, and the largest numbers of one event or period. Each claim is quoted as published, "
    "with who said it. We do not judge which is right."
)

first = headline_cards.first(claims)
if first.empty:
    filters.empty_state("headline claims", headline_cards.first)
else:
    headline_cards.cards(first.head(MAX_WRITTEN_OUT))
    if len(first) > MAX_WRITTEN_OUT:
        st.caption(f"The first {MAX_WRITTEN_OUT} of {len(first):,}; the Data page has all.")
    if first["part_of"].isin(first["claim_id"]).any():
        st.caption("Refugees and internally displaced people are already in the total displaced.")
for change in changes.head(1).itertuples():
    st.text(f"Last update, {words.date(change.date)}: {change.what} ({change.reason}).")

if len(claims):
    st.header(headline_cards.TITLE)
    st.write(
        "Each row is one claim of a report; each dot shows the claim as a multiple of a published count. Filled: a count of the same thing on "
        "the same days. Hollow: a count of the same thing on other days. An arrow means “at least”, a pale band a word such as “hundreds”."
    )
    st.page_link("app_pages/counts.py", label="All published counts", query_params=None)

families = tables.chosen(unit=FAMILIES)
if len(families) > MAX_WRITTEN_OUT:
    st.caption(f"The first {MAX_WRITTEN_OUT} of {len(families):,} claims about families:")
for claim in families.head(MAX_WRITTEN_OUT).itertuples():
    st.text(
        f"Counted in families, so not on this scale: {words.quoted(claim.wording)} ({claim.said_by}, {claim.period})."
    )

st.header("Search")
search_section.ask(claims)

if len(changes):
    st.header("Recent changes")
    show.table(changes.head(5), SCHEMAS["changes"], "Recent changes", ["date", "what", "old", "new", "reason"])
