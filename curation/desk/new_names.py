"""A name that the tables do not have yet: an organisation that speaks, a place that numbers are about.

Why: a report names somebody new, and whoever reads it should not have to leave it. Not here: what is like a name (`curation/names.py`).
"""

import streamlit as st

from curation.desk import state
from curation.names import USUAL_PLACE, add_organisation, add_place
from validation import Dataset, datasets_folder
from validation.vocabulary import ORGANISATION_KINDS, PLACE_KINDS, USUAL_PUBLISHER, labels

A_PLACE = "a place"


def ask(tables: Dataset) -> None:
    """Let the reader add a name; one that is like a known one must be said to be another."""
    with st.expander("A name that is not in the lists", on_change="rerun", key="names") as folded:
        if not folded.open:
            return
        kinds_of = ["an organisation", A_PLACE]
        place = st.segmented_control("It is", kinds_of, default=kinds_of[0], key="name of") == A_PLACE
        name = st.text_input("Name", key="new name", live=True).strip()
        kinds = labels(PLACE_KINDS if place else ORGANISATION_KINDS)
        usual = USUAL_PLACE if place else USUAL_PUBLISHER
        st.selectbox(
            "Kind", list(kinds), index=list(kinds).index(usual), format_func=kinds.__getitem__, key=f"kind {place}"
        )
        rows = tables.table("places").set_index("place_id")["name"].to_dict()
        if place:
            st.selectbox("Within", ["", *rows], format_func=lambda one: rows.get(one, "—"), key="within")
        st.checkbox("It is another one than those of like name", key="another")
        st.button("Add this name", disabled=not name, on_click=state.step, args=(add,))


def add() -> None:
    """Add the name as it stands in the fields now."""
    now = st.session_state
    place = now["name of"] == A_PLACE
    cells = {
        "name": now["new name"].strip(),
        "kind": now.get(f"kind {place}", USUAL_PLACE if place else USUAL_PUBLISHER),
    }
    if place:
        add_place(datasets_folder(), cells | {"within": now.get("within", "")}, anyway=now["another"])
    else:
        add_organisation(datasets_folder(), cells, anyway=now["another"])
