"""The reports: full citation, what is known of their date, and the numbers that each prints."""

import streamlit as st

from analysis import words
from app_pages.parts import filters, ledger, lineage, page_shell, show, tables
from app_pages.parts.plain import escape_markdown
from exports.citations import as_text, report

claims = tables.chosen()
dataset = tables.dataset()
sources = dataset.table("sources").sort_values("published", ascending=False)
sources = sources[sources["source_id"].isin(claims["source_id"].unique())]
publishers = dataset.table("organisations").set_index("organisation_id")["name"]

by_report = claims.groupby("source_id", sort=False)

page_shell.head("Where the numbers were printed")
st.write(
    "Each card is one report: how to cite it, notes on its date and text, and whose numbers it prints. "
    "Who said a number is often not who printed it."
)
if sources.empty:
    filters.empty_state("reports")
else:
    lineage.whose_numbers(claims)
    st.header("The reports")
for _, source in show.page_of(sources, "sources", size=20).iterrows():
    rows = by_report.get_group(source["source_id"])
    with st.container(border=True):
        st.subheader(escape_markdown(source["short_name"]))
        st.text(as_text(report(source.to_dict(), publishers[source["publisher_id"]])))
        if isinstance(source["note"], str):
            st.text(f"Notes on date and text: {source['note']}")
        st.link_button("Open the report", source["url"], icon=":material/open_in_new:")
        speakers = rows["said_by"].value_counts()
        st.markdown(
            f"**{words.count(len(rows), 'claim')}**, by who said {'it' if len(rows) == 1 else 'them'}: "
            + "; ".join(f"{escape_markdown(name)} ({count})" for name, count in speakers.items())
        )
        ledger.account(source["source_id"])
        with st.expander("The claim of this report" if len(rows) == 1 else f"The {len(rows):,} claims of this report"):
            show.claims_table(rows, source["source_id"])
