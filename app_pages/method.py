"""The method: rules, definitions, the dictionary, and what was checked."""

from pathlib import Path

import pandas as pd
import streamlit as st

from app_pages.parts import ledger, page_shell, show, tables
from validation.dictionary import CODES, dictionary
from validation.models import SCHEMAS

dataset = tables.dataset()
page_shell.head("Method")
st.write("How we collect numbers, and what a number on these pages means and does not mean.")
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
with st.expander("Limitations"):
    show.table(dataset.table("caveats"), SCHEMAS["caveats"], "Limitations and their meaning", ["label", "definition"])
with st.expander("Words for quantities, and the range drawn for them"):
    st.write(
        "A report that says “hundreds” gives no number. "
        "We draw it from its smallest value to just under the next word; that is our convention."
    )
    show.table(dataset.table("vague_quantities"), SCHEMAS["vague_quantities"], "Words for quantities with their range")

st.header("What was checked")
st.write(
    f"{sum(dataset.rows.values()):,} rows in {len(dataset.rows)} tables, {dataset.checks:,} checks, {len(dataset.findings):,} findings. "
    f"Data version {dataset.version}."
)

st.header("How many numbers we used")
ledger.total()

st.header("The dictionary")
st.write("What every table and column of the downloads holds.")
st.download_button(
    "Dictionary (Markdown)",
    data=dictionary(),
    file_name=f"{dataset.about.file_prefix}-dictionary-{dataset.version}.md",
    mime="text/markdown",
    on_click="ignore",
    icon=":material/download:",
)
