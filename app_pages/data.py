"""The chosen rows as a table, and files to take away."""

import streamlit as st

from app_pages.parts import downloads, filters, page_shell, show, sum_of_selection, tables
from exports.citations import as_text, data_set

claims = tables.chosen()
page_shell.head("The numbers as a table")
st.write(
    "Every claim that the filters leave, with all its columns; "
    "hover a heading for its meaning, select a row for the claim card, several to see whether they may be added. Blank means unknown, never zero."
)
if claims.empty:
    filters.empty_state("claims")
else:
    sum_of_selection.table(claims)
    show.sources(claims)

st.header("Download")
downloads.offer(claims)
st.caption(
    "Each row carries who said the number, who printed it and where, its caveats and the data version. "
    "The file name carries the filter, the number of rows and the data version, so that a number can be traced to the tables it "
    "came from; the first sheet of an Excel file says the same in words."
)

st.header("Cite")
st.write(
    "The reports that printed these numbers, each with a sentence for every claim, and this data set in its version."
)
downloads.cite_reports(claims, "selection", with_data_set=True)
st.caption("This data set")
st.code(as_text(data_set(tables.dataset(), f"{downloads.origin()}/data")), language=None, wrap_lines=True)

st.header("Read it from another program")
st.write("This address gives exactly the claims that the filters leave, now and after every change of the data.")
downloads.by_address()
