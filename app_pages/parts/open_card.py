"""Picking a claim: from a mark, a table row or a button to the card that the address names.

Why: figures and tables must open the card without knowing it. The address `/?claim=<id>` is the one place that says which
card is open. Here: callbacks and keys. Not here: the card itself (`card.py`).
"""

from collections.abc import Sequence

import streamlit as st


def ask_for(claim_id: str) -> None:
    """Open the card of a claim with this run; for callbacks."""
    st.query_params["claim"] = claim_id


def mark_picked(key: str) -> None:
    """Open the card of the mark that was selected in a figure."""
    if claim_id := marked(key):
        ask_for(claim_id)


def marked(key: str) -> str | None:
    """Return the id that the selected mark of a figure carries; none where nothing is selected."""
    points = st.session_state[key].selection.points
    return str(points[0]["customdata"][0]) if points and points[0].get("customdata") else None


def row_picked(key: str, claim_ids: Sequence[str]) -> None:
    """Open the card of the row that was selected in a table."""
    if rows := st.session_state[key].selection.rows:
        ask_for(claim_ids[rows[0]])


def fresh(key: str) -> str:
    """Return a widget key that changes when a card is closed, so that the same mark can be selected again."""
    return f"{key}-{st.session_state.get('cards_closed', 0)}"


def closed() -> None:
    """Forget the card that was open, and every selection."""
    st.query_params.pop("claim", None)
    st.session_state["cards_closed"] = st.session_state.get("cards_closed", 0) + 1
