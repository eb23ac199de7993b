"""The data as tables: claims, published counts, numbers not used, reports and changes, with files to take away."""

import streamlit as st

from app_pages.parts import data_tables, downloads, filters, page_shell, show, sum_of_selection, tables
from exports.citations import as_text, data_set

page_shell.head("The numbers as a table")
names = ["Claims", *data_tables.SHOWN]
first, *others = st.tabs(names, key="table", bind="query-params", on_change=filters.forget_link)

if first.open:
    with first:
        claims = tables.chosen()
        if claims.empty:
            filters.empty_state("claims")
        else:
            st.write("All claims that match your filters. Blank means unknown, never zero.")
            sum_of_selection.table(claims)
            show.sources(claims)
            st.subheader("Cite")
            st.write("The reports that printed these claims, with a sentence for each claim, and this data set.")
            downloads.cite_reports(claims, "selection", tables.choice(), with_data_set=True)
            st.code(as_text(data_set(tables.dataset(), f"{downloads.origin()}/data")), language=None, wrap_lines=True)
            with st.expander(
                "Read it from another program", key="program", icon=":material/terminal:", on_change="rerun"
            ) as program:
                if program.open:
                    st.write("This address gives the claims that match your filters, now and after every change.")
                    downloads.by_address("claims", tables.choice())
for tab, show_table in zip(others, data_tables.SHOWN.values(), strict=True):
    if tab.open:
        with tab:
            show_table()
