"""Reports: how far each is, and the way in for a new one."""

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from curation import drafts, sources, texts
from curation.desk import state
from validation import Finding, datasets_folder
from validation.evidence import reports_folder

HEADINGS: dict[str, Any] = {
    "name": "Report", "published": "Published", "met": "Numbers", "claims": "Claims", "dismissed": "Not used", "open": "Open",
    "readers": "Read by", "percent": st.column_config.NumberColumn("Agreement", format="%.0f %%"),
}  # fmt: skip
ASKED = {
    "publisher": "Publisher", "title": "Title, as printed", "published": "Published (YYYY-MM-DD, or less)", "url": "Address",
    "authors": "Authors, as printed", "language": "Language (two letters)",
}  # fmt: skip


def listing() -> pd.DataFrame:
    """Return the reports with how far each is, those with most open numbers first."""
    tables = state.dataset()
    about = tables.table("sources")[["source_id", "short_name", "title", "published"]]
    rows = about.merge(tables.accounts(), on="source_id", how="left")
    found = drafts.listing(drafts.drafts_folder())
    said = found["reader"] + found["done"].map({True: " (done)", False: ""})
    said = said.where(found["done"], found["reader"] + " (" + found["decided"].astype("str") + " decided)")
    rows["readers"] = rows["source_id"].map(said.groupby(found["source_id"]).agg(", ".join)).astype("str").fillna("")
    read = state.agreements(tables)
    rows["percent"] = rows["source_id"].map(read.set_index("source_id")["percent"])
    rows["name"] = rows["short_name"] + ": " + rows["title"]
    return rows.sort_values(["open", "published"], ascending=[False, True], ignore_index=True)


def bring_in() -> None:
    """Take a file or a pasted text, show what it says of itself, and add it as a report."""
    given = st.file_uploader(
        "A web page, a PDF or a text", type=[ending.removeprefix(".") for ending in texts.ENDINGS], key="upload",
        max_upload_size=texts.MAX_BYTES // 1_000_000,
    )  # fmt: skip
    pasted = st.text_area("Or paste the text, a paragraph a line", key="pasted", height=160)
    if given is None and not pasted.strip():
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(given.name).name if given is not None else "pasted.txt")
        path.write_bytes(given.getvalue() if given is not None else pasted.encode())
        with st.spinner("Reading …"):
            read = texts.read(path)
        if isinstance(read, Finding):
            state.say([read])
            return
        st.caption(
            f"{len(read.paragraphs)} paragraphs, from “{read.paragraphs[0][:60]}” to “{read.paragraphs[-1][-60:]}”"
        )
        if read.published_from:
            st.caption(f"Date: {read.published_from}")
        columns = st.columns(2)
        said = {
            name: columns[at % 2]
            .text_input(label, getattr(read, name), key=f"new {name} {path.name} {len(read.data)}")
            .strip()
            for at, (name, label) in enumerate(ASKED.items())
        }
        anyway = st.checkbox("The publisher is another one than those of like name", key="anyway")
        blank = [label for name, label in ASKED.items() if name in sources.OPTIONS and not said[name]]
        if blank:
            st.caption(f"Still blank: {', '.join(blank)}.")
        if st.button("Add this report", type="primary", disabled=bool(blank)):
            proposal = sources.propose(path, said)
            reports = reports_folder()
            added = (
                sources.add_source(datasets_folder(), reports, path, proposal.new, text=read, anyway=anyway)
                if reports
                else ""
            )
            for key in ("upload", "pasted"):
                st.session_state.pop(key, None)
            state.go_to("reading", report=added)


st.title("Reports")
state.ask_reader()
rows = listing()
st.caption(
    f"{len(rows):,} reports, {int(rows['met'].sum()):,} numbers, {int(rows['open'].sum()):,} open. Select one to read it."
)
chosen = st.dataframe(
    rows[list(HEADINGS)], column_config=HEADINGS, hide_index=True, on_select="rerun", selection_mode="single-row", key="reports",
    placeholder="", alt="Reports with how far each is",
).selection.rows  # fmt: skip
if chosen:
    report = str(rows.loc[chosen[0], "source_id"])
    first, second, both, public = st.columns(4)
    nameless = not state.reader()
    if first.button("Read", type="primary", disabled=nameless, shortcut="Enter"):
        state.go_to("reading", report=report)
    if second.button("Second reading, blind", disabled=nameless):
        state.go_to("reading", report=report, second="yes")
    if both.button("Agreement", disabled=nameless):
        state.go_to("agreement", report=report)
    if public.button("Before it is public", disabled=nameless):
        state.go_to("public", report=report)
    if nameless:
        st.info("Give your name first: your decisions are kept under it.")
with st.expander("Bring in a report", expanded=rows.empty):
    bring_in()
