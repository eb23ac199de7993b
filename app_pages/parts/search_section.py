"""The search: claims, published counts and organisations that fit the words of a reader.

Why: what no report says may still be counted by somebody. Not here: what fits (`analysis/selection.py`).
"""

import pandas as pd
import streamlit as st

from analysis import words
from analysis.selection import search, search_counts, search_organisations
from app_pages.parts import show, tables
from validation.models import SCHEMAS

MAX_COUNTS = 20
HEADINGS = {
    "said": st.column_config.TextColumn("Value"),
    "title": st.column_config.TextColumn("What and who is counted"),
    "organisation": st.column_config.TextColumn("Published by"),
    "days": st.column_config.TextColumn("Days"),
    "url": st.column_config.LinkColumn("Link"),
}


def box() -> None:
    """Ask for words, in the row of the filters."""
    st.text_input(
        "Search",
        key="search",
        bind="query-params",
        placeholder="Word, place, organisation",
        help="Looks in the claims that match your filters, in all published counts and in all organisations; places in any spelling.",
    )


def found(claims: pd.DataFrame) -> None:
    """Show what fits the words that were asked for: of these claims, of all published counts, of all organisations."""
    asked = str(st.session_state.get("search") or "")
    if not asked.strip():
        return
    dataset = tables.dataset()
    with st.spinner("Searching…"):
        fitting = tables.once(search, claims, asked, dataset)
        counts = tables.once(search_counts, dataset, asked)
        organisations = tables.once(search_organisations, dataset, asked)
    st.caption(f"{words.count(len(fitting), 'claim')} found")
    if len(fitting):
        show.claims_table(fitting, "search")
    first = f", {MAX_COUNTS} shown: first what is named so, the newest first" if len(counts) > MAX_COUNTS else ""
    st.caption(f"{words.count(len(counts), 'published count')} found{first}")
    if len(counts):
        show.grid(tables.once(_first, counts), HEADINGS, "Published counts that fit the words, one a row")
    st.caption(f"{words.count(len(organisations), 'organisation')} found")
    if len(organisations):
        alt = "Organisations that fit the words"
        show.table(organisations, SCHEMAS["organisations"], alt, ["name", "note"], key="search")


def _first(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.head(MAX_COUNTS)
