"""How a sentence becomes a number here: rules, definitions, the dictionary, and what was checked."""

from pathlib import Path

import pandas as pd
import streamlit as st

from app_pages.parts import ledger, page_shell, show, tables
from validation.dictionary import CODES, dictionary
from validation.models import SCHEMAS

dataset = tables.dataset()
page_shell.head("How a sentence becomes a number here")
st.write(
    "These rules bind every row and every figure. They say what a number on these pages means, and what it does not."
)
st.markdown((Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8"))

st.header("Glossary", anchor="glossary")
st.write("What the words on these pages mean, from A to Z.")
st.markdown(page_shell.glossary())

st.header("What the codes mean")
for title, terms in CODES.items():
    with st.expander(title.capitalize()):
        st.table(
            pd.DataFrame(
                [(term.label, term.definition, term.code) for term in terms], columns=["Label", "Meaning", "Code"]
            ),
            hide_index=True,
            alt=f"Meanings: {title}",
        )
with st.expander("Caveats"):
    show.table(dataset.table("caveats"), SCHEMAS["caveats"], "Caveats and their meaning", ["label", "definition"])
with st.expander("Words for quantities, and the bounds drawn for them"):
    st.write(
        "A report that says “hundreds” gives no number. "
        "These bounds run from the smallest value to just under the next word; they are this project’s convention."
    )
    show.table(dataset.table("vague_quantities"), SCHEMAS["vague_quantities"], "Words for quantities with their bounds")

st.header("What was checked")
st.write(
    f"{sum(dataset.rows.values()):,} rows in {len(dataset.rows)} tables, {dataset.checks:,} checks, {len(dataset.findings):,} findings. "
    f"Data version {dataset.version}."
)
st.dataframe(
    pd.DataFrame({"Table": list(dataset.rows), "Rows": list(dataset.rows.values())}),
    hide_index=True,
    alt="Rows of each table",
    width=360,
)

st.header("What stands behind the numbers")
ledger.total()

st.header("The dictionary")
with st.expander("Every table and column"):
    st.markdown(dictionary())
