"""Around every page: what to show when the tables hold a fault, and the footer."""

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


def footer() -> None:
    """Name the version of the data and what every number here is."""
    st.caption(
        f"Every number here is what a report said, with the words it used; none is a verdict. "
        f"Data version {tables.record().version}. How numbers are read: see Method."
    )
