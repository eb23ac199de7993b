"""The table of claims of the Data page: one row selected opens its card, several show their sum or why there is none."""

import pandas as pd
import streamlit as st

from analysis import listing, words
from analysis.arithmetic import Verdict, describe_sum, total
from app_pages.parts import data_tables, downloads, open_card, show, tables
from app_pages.parts.plain import escape_markdown
from exports.files import readers_claims
from validation import Dataset
from validation.models import READERS_CLAIMS


def table(claims: pd.DataFrame) -> None:
    """Offer the claims as files and show them, a hundred rows at a time; rows of one page can be selected together."""
    with st.container(horizontal=True, vertical_alignment="center"):
        dataset = tables.dataset()
        downloads.offer("claims", len(claims), lambda: readers_claims(dataset, claims), tables.choice())
        codes = data_tables.asks_for_codes()
    page = show.page_of(claims, "data")
    shown = tables.once(_shown, dataset, page, codes)
    event = show.grid(
        shown,
        show.headings(shown, READERS_CLAIMS) if codes else data_tables.headings(shown),
        "Claims, one a row; select rows to open a card or to ask for their sum",
        key=open_card.fresh("table-data"),
        on_select="rerun",
        selection_mode="multi-row",
    )
    selected = [row for row in event.selection.rows if row < len(page)]
    if len(selected) == 1:
        claim = page.iloc[selected[0]]
        st.button(
            f"Details of {escape_markdown(words.quoted(claim['wording']))}",
            on_click=open_card.ask_for,
            args=(claim["claim_id"],),
        )
    elif selected:
        chosen = page.iloc[selected]
        result = total(chosen, dataset.table("places"))
        text = escape_markdown(describe_sum(chosen, result), 3000)
        if isinstance(result, Verdict):
            st.warning(text, icon=":material/block:")
        else:
            st.info(text, icon=":material/functions:")
    else:
        st.caption("Select one row for its details, two or more to see if they can be added.")


def _shown(dataset: Dataset, claims: pd.DataFrame, codes: bool) -> pd.DataFrame:
    return (readers_claims(dataset, claims) if codes else listing.claims(claims)).reset_index(drop=True)
