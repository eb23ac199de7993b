"""A name that the tables do not have yet: an organisation that speaks, a place that numbers are about.

Why: a report names somebody new, and whoever reads it should not have to leave it. Not here: what is like a name (`curation/names.py`).
"""

import streamlit as st

from curation.desk import state
from curation.names import USUAL_PLACE, add_organisation, add_place
from validation import Dataset, datasets_folder
from validation.vocabulary import ORGANISATION_KINDS, PLACE_KINDS, USUAL_PUBLISHER, labels


def ask(tables: Dataset) -> None:
    """Let the reader add a name; one that is like a known one must be said to be another."""
    with st.expander("A name that is not in the lists", on_change="rerun", key="names") as folded:
        if not folded.open:
            return
        place = (
            st.segmented_control("It is", ["an organisation", "a place"], default="an organisation", key="name of")
            == "a place"
        )
        name = st.text_input("Name", key="new name", live=True).strip()
        kinds = labels(PLACE_KINDS if place else ORGANISATION_KINDS)
        usual = USUAL_PLACE if place else USUAL_PUBLISHER
        kind = st.selectbox(
            "Kind", list(kinds), index=list(kinds).index(usual), format_func=kinds.__getitem__, key=f"kind {place}"
        )
        rows = tables.table("places").set_index("place_id")["name"].to_dict()
        within = (
            st.selectbox("Within", ["", *rows], format_func=lambda one: rows.get(one, "—"), key="within")
            if place
            else ""
        )
        anyway = st.checkbox("It is another one than those of like name", key="another")
        cells = {"name": name, "kind": kind, "within": within} if place else {"name": name, "kind": kind}
        add = add_place if place else add_organisation
        st.button(
            "Add this name", disabled=not name, on_click=state.step,
            args=(lambda: add(datasets_folder(), cells, anyway=anyway),),
        )  # fmt: skip
