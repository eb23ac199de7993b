"""Around every page: which pages there are, what to show when the tables hold a fault, what the words mean, and the footer."""

from base64 import b64encode
from copy import copy
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from analysis.selection import TITLES
from app_pages.parts import downloads, filters, tables
from app_pages.parts.plain import escape_markdown, fault
from validation.findings import first


@lru_cache(maxsize=1)
def _pages() -> list[st.Page]:
    """Give the pages, found once: Streamlit looks for the file of each with every page that is made."""
    return [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/home:",
            default=True,
            help="The totals that the reports give for the whole war, and every number on one time axis.",
        ),
        st.Page(
            "app_pages/casualties.py",
            title="Casualties",
            icon=":material/person_off:",
            url_path="casualties",
            help="Every number of people killed or injured, event by event.",
        ),
        st.Page(
            "app_pages/displacement.py",
            title="Displacement",
            icon=":material/directions_walk:",
            url_path="displacement",
            help="Every number of people or families displaced, with totals and their parts.",
        ),
        st.Page(
            "app_pages/comparison.py",
            title="Comparison",
            icon=":material/compare_arrows:",
            url_path="comparison",
            help="All numbers about one event or topic, side by side by who said them.",
        ),
        st.Page(
            "app_pages/places.py",
            title="Places",
            icon=":material/map:",
            url_path="places",
            help="Which governorates and towns the numbers speak of, and which numbers no map can place.",
        ),
        st.Page(
            "app_pages/sources.py",
            title="Sources",
            icon=":material/article:",
            url_path="sources",
            help="The reports, what is known of them, and the numbers that each prints.",
        ),
        st.Page(
            "app_pages/data.py",
            title="Data",
            icon=":material/table:",
            url_path="data",
            help="The table of the numbers chosen, and downloads with their provenance.",
        ),
        st.Page(
            "app_pages/method.py",
            title="Method",
            icon=":material/rule:",
            url_path="method",
            help="How a sentence becomes a number here, what the words mean, and what was checked.",
        ),
    ]


def pages() -> list[st.Page]:
    """Give the pages for one run, which marks the one that it shows."""
    return [copy(page) for page in _pages()]


@lru_cache(maxsize=1)
def icon() -> str:
    """Give the icon as an address that holds it: one by name would be fetched from another host, a file read with every run."""
    picture = (Path(__file__).parents[1] / "icon.png").read_bytes()
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def require_tables() -> None:
    """Say what is wrong with the tables; go on with the last good version, or stop where there was none yet."""
    state = tables.pin_for_run()
    if state.latest.good:
        return
    if state.record is not None:
        told = fault(first(state.latest.findings))
        st.warning(f"The tables were changed and hold a fault, so the last good version is shown. {told}")
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


@lru_cache(maxsize=1)
def _style() -> str:
    """Give the one stylesheet as Streamlit takes it."""
    return f"<style>{(Path(__file__).parents[1] / 'page.css').read_text(encoding='utf-8')}</style>"


def style() -> None:
    """Add what Streamlit's own style lacks; takes no room on the page."""
    st.html(_style())


def glossary_popover() -> None:
    """Offer the glossary beside every page, so that no word on it needs a search."""
    meanings = st.sidebar.popover(
        "What the words mean", icon=":material/menu_book:", width="stretch", on_change="rerun"
    )
    if meanings.open:
        meanings.markdown(glossary())


def footer() -> None:
    """Say what is chosen, name the version of the data and what every number here is.

    In print and inside another page the filters cannot be seen, so the choice is said in words. A page inside another one
    links to the whole dashboard with the same choice.
    """
    if chosen := filters.in_words():
        st.caption(f"Chosen here: {escape_markdown(chosen, 1000)}.")
    st.caption(
        f"Every number here is what a report said, with the words it used; none is a verdict. "
        f"Data version {tables.record().version}."
    )
    if st.context.is_embedded:
        asked = {name: st.query_params.get_all(name) for name in (*TITLES, "event") if name in st.query_params}
        address = f"{downloads.origin()}{urlsplit(st.context.url or '').path}?{urlencode(asked, doseq=True)}"
        st.link_button("Open in the dashboard", address.rstrip("?"), icon=":material/open_in_new:")
    else:
        st.page_link(
            "app_pages/method.py", label="How numbers are read, and what the words mean", icon=":material/rule:"
        )
