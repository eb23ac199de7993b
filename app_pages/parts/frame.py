"""Around every page: what to show when the tables hold a fault, what the words mean, and the footer."""

from functools import lru_cache
from pathlib import Path

import streamlit as st

from app_pages.parts import tables
from app_pages.parts.plain import fault


def stop_without_tables() -> None:
    """Say what is wrong with the tables; go on with the last good version, or stop where there was none yet."""
    state = tables.hold()
    if state.latest.good:
        return
    if state.record is not None:
        first = state.latest.findings[0]
        st.warning(f"The tables were changed and hold a fault, so the last good version is shown. {fault(first)}")
        return
    st.title("The tables cannot be shown")
    st.write(
        "The files in the folder of the tables hold faults. Mend them; this page recovers by itself on the next visit."
    )
    for finding in state.latest.findings[:50]:
        st.markdown(f"- {fault(finding)}")
    st.stop()


@lru_cache(maxsize=1)
def glossary() -> str:
    """Give what the words on the pages mean, as Markdown."""
    return (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")


def words_one_click_away() -> None:
    """Offer the glossary beside every page, so that no word on it needs a search."""
    with st.sidebar.popover("What the words mean", icon=":material/menu_book:", width="stretch"):
        st.markdown(glossary())


def footer() -> None:
    """Name the version of the data and what every number here is."""
    st.caption(
        f"Every number here is what a report said, with the words it used; none is a verdict. "
        f"Data version {tables.record().version}."
    )
    st.page_link("app_pages/method.py", label="How numbers are read, and what the words mean", icon=":material/rule:")
