"""The chosen rows as a table, and files to take away."""

import streamlit as st

from analysis import words
from app_pages.parts import adding, filters, show, tables
from exports.files import claims_csv, file_name, tables_zip

claims = tables.chosen()
record = tables.record()
st.title("The numbers as a table")
st.write(
    "Every claim that the filters leave, with all its columns; "
    "hover a heading for its meaning, select a row for the claim card, several to see whether they may be added. Blank means unknown, never zero."
)
if claims.empty:
    filters.nothing_left("claims")
else:
    adding.table(claims)
    show.sources(claims)

st.subheader("Download")
with st.container(horizontal=True):
    st.download_button(
        f"{words.count(len(claims), 'claim')} as CSV",
        data=lambda: claims_csv(claims),
        file_name=file_name("claims", record.version, "csv"),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        disabled=claims.empty,
    )
    st.download_button(
        "All tables as CSV (ZIP)",
        data=lambda: tables_zip(record),
        file_name=file_name("tables", record.version, "zip"),
        mime="application/zip",
        on_click="ignore",
        icon=":material/folder_zip:",
    )
st.write(
    "Each row of the CSV carries who said the number, who printed it and where, its caveats and the data version. "
    "The file name carries the data version too, so that a number can be traced to the tables it came from."
)
