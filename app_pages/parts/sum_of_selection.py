"""The table of the Data page: one row selected opens its card, several show their sum or why there is none."""

import pandas as pd
import streamlit as st

from analysis import words
from analysis.arithmetic import Verdict, describe_sum, total
from app_pages.parts import open_card, show, tables
from app_pages.parts.plain import escape_markdown
from exports.files import readers_claims
from validation.models import READERS_CLAIMS


def table(claims: pd.DataFrame) -> None:
    """Show all columns of the claims, a hundred rows at a time; rows of one page can be selected together."""
    claims = show.page_of(claims, "data")
    shown = readers_claims(tables.dataset(), claims).reset_index(drop=True)
    event = st.dataframe(
        shown,
        hide_index=True,
        key=open_card.fresh("table-data"),
        on_select="rerun",
        selection_mode="multi-row",
        column_config=show.headings(shown, READERS_CLAIMS),
        placeholder="not known",
        alt="Claims, one a row; select rows to open a card or to ask for their sum",
    )
    chosen = claims.iloc[[row for row in event.selection.rows if row < len(claims)]]
    if len(chosen) == 1:
        claim = chosen.iloc[0]
        st.button(
            f"Details of {escape_markdown(words.quoted(claim['wording']))}",
            on_click=open_card.ask_for,
            args=(claim["claim_id"],),
        )
    elif len(chosen) > 1:
        result = total(chosen, tables.dataset().table("places"))
        text = escape_markdown(describe_sum(chosen, result), 3000)
        if isinstance(result, Verdict):
            st.warning(text, icon=":material/block:")
        else:
            st.info(text, icon=":material/functions:")
    else:
        st.caption("Select one row for its details, two or more to see if they can be added.")
