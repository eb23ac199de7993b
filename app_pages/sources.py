"""The reports: full citation, what is known of their date, and the numbers that each prints."""

import streamlit as st

from analysis import words
from analysis.lineage import in_words, paths, voices
from app_pages.parts import filters, ledger, show, tables
from app_pages.parts.plain import plain
from exports.citations import as_text, reports
from figures.lineage import lineage

claims = tables.chosen()
record = tables.record()
sources = record.table("sources").sort_values("published", ascending=False)
sources = sources[sources["source_id"].isin(claims["source_id"])]
cited = {report.key: as_text(report) for report in reports(record, claims)}

st.title("Where the numbers were printed")
st.write(
    "Each card is one report: how to cite it, what is known of its date and text, and whose numbers it prints. "
    "Who said a number is often not who printed it."
)
if sources.empty:
    filters.nothing_left("reports")
else:
    st.subheader("Whose numbers stand where")
    kinds = st.pills(
        "Who said it",
        sorted(claims["attributed_kind"].unique()),
        selection_mode="multi",
        help="Choose kinds of organisations; none chosen shows all.",
    )
    voiced = claims[claims["attributed_kind"].isin(kinds)] if kinds else claims
    found = paths(voiced)
    st.text(in_words(voices(voiced)))
    told = f"{in_words(voices(voiced))} {show.source_line(voiced)}"
    show.draw(
        lineage(found, show.palette()),
        "lineage",
        "Who said the numbers, and who printed them",
        show.source_line(voiced),
        told,
    )
    with st.expander("The same paths as a table"):
        st.dataframe(
            found,
            hide_index=True,
            alt="Who said numbers, via whom, and who printed them",
            column_config={
                "said_by": "Said by",
                "kind": "Kind",
                "via": "Via",
                "printed_by": "Printed by",
                "claims": "Claims",
            },
        )
        show.sources(voiced)
    if (voiced["caveats"].fillna("").str.contains("Party to the conflict")).any():
        st.caption(
            "A number that a party to the conflict gives for its enemy’s losses carries the caveat “Party to the conflict”."
        )
    st.subheader("The reports")
for _, source in sources.iterrows():
    rows = claims[claims["source_id"] == source["source_id"]]
    with st.container(border=True):
        st.subheader(plain(source["short_name"]))
        st.text(cited[source["source_id"]])
        if isinstance(source["note"], str):
            st.text(f"What is known of its date and text: {source['note']}")
        st.link_button("Open the report", source["url"], icon=":material/open_in_new:")
        speakers = rows["said_by"].value_counts()
        st.markdown(
            f"**{words.count(len(rows), 'claim')}**, by who said them: "
            + "; ".join(f"{plain(name)} ({count})" for name, count in speakers.items())
        )
        ledger.account(source["source_id"])
        with st.expander("The claim of this report" if len(rows) == 1 else f"The {len(rows):,} claims of this report"):
            show.claims_table(rows, source["source_id"])
