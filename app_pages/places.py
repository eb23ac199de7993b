"""Places the claims are about: one map of governorates and towns with the list of places beside it, and the claims about the place chosen."""

import streamlit as st

from app_pages.parts import filters, mapping, page_shell, tables

claims = tables.chosen(without="place")
chosen = tables.chosen()
page_shell.head("Places the claims are about")
counts = mapping.switch()
if claims.empty and not counts:
    filters.empty_state("claims")
else:
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=mapping.MAP_WIDTH):
            mapping.draw(claims, counts)
        with st.container(width=mapping.LIST_WIDTH):
            mapping.beside(claims)
    if chosen.empty:
        filters.empty_state("claims about this place")
    else:
        mapping.claims_of_choice(claims, chosen)
