"""Places the claims are about: claims on a map of governorates and towns, and those that no map can place."""

import streamlit as st

from analysis import words
from app_pages.parts import filters, mapping, page_shell, show, tables
from app_pages.parts.plain import escape_markdown

claims = tables.chosen(without="place")
chosen = tables.chosen()
page_shell.head("Places the claims are about")
st.write(
    f"Dots and colours count claims, not people: a {mapping.admin1()} without a dot has no claim here, which does not mean that nobody was "
    "killed or displaced there. Click a place to filter; click again to clear."
)
if claims.empty:
    filters.empty_state("claims")
else:
    beside = st.container(horizontal=True, gap="medium")
    with beside.container(width=450):
        mapping.governorates(claims)
    with beside.container(width=300):
        mapping.beside(claims)
    with st.container(width=450):
        mapping.of_towns(claims)
    mapping.names(claims)
    picked = tables.choice()["place"]
    if chosen.empty:
        filters.empty_state("claims about this place")
    else:
        labels = tables.offered()["place"]
        where = " or ".join(labels.get(place, place) for place in picked)
        st.header(f"{words.count(len(chosen), 'claim')} about {escape_markdown(where)}" if picked else "All claims")
        show.claims_table(chosen, "places")
        show.sources(chosen)
