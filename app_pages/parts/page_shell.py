"""Around every page: finding the pages, what to show when the tables hold a fault, what the words mean, and the footer."""

import datetime
import html
import threading
from base64 import b64encode
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import words
from app_pages.parts import downloads, filters, tables
from app_pages.parts.plain import escape_markdown, fault
from validation.current import current
from validation.findings import first

Listed = tuple[tuple[str, str, str, str, str], ...]


@lru_cache(maxsize=1)
def _found(listed: Listed, moved: tuple[str, ...]) -> Sequence[st.Page]:
    """Find the pages: Streamlit looks for the file of each with every page that is made (a tenth of a rerun)."""
    return [
        *(
            st.Page(
                f"app_pages/{file}.py",
                title=title,
                icon=f":material/{icon}:",
                url_path=address or None,
                default=not address,
                help=about,
            )
            for file, title, icon, address, about in listed
        ),
        *(st.Page(f"app_pages/{file}.py", url_path=file, visibility="hidden") for file in moved),
    ]


def pages(listed: Listed, moved: tuple[str, ...]) -> list[st.Page]:
    """Return the pages for one run, which marks the one that it shows: `listed` and `moved` as in `dashboard.py`."""
    return [copy(page) for page in _found(listed, moved)]


@lru_cache(maxsize=1)
def icon() -> str:
    """Return the icon as an address that holds it: one by name would be fetched from another host, a file read with every run."""
    picture = (Path(__file__).parents[1] / "icon.png").read_bytes()
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def title() -> str:
    """Return the title of the window: what the tables are about."""
    state = current()
    return (state.dataset or state.latest).about.title


def require_tables() -> None:
    """Show what is wrong with the tables; go on with the last good version, or stop where there was none yet."""
    state = tables.pin_for_run()
    if state.latest.good:
        return
    if state.dataset is not None:
        problem = fault(first(state.latest.findings))
        st.warning(f"The newest data has an error, so the last good version is shown. {problem}")
        return
    st.title("The tables cannot be shown")
    st.write("The data files have errors. Correct them; this page recovers by itself on the next visit.")
    for finding in state.latest.findings[:50]:
        st.markdown(f"- {fault(finding)}")
    st.stop()


DOCS = Path(__file__).parents[2] / "docs"
SMALL = 'style="font-size: 14px; margin: 0; max-width: 720px"'
"""The look of the line at the foot."""


@lru_cache(maxsize=1)
def glossary() -> str:
    """Return what the words on the pages mean, as Markdown."""
    return (DOCS / "glossary.md").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def glossary_table() -> pd.DataFrame:
    """Return what the words on the pages mean, as a table of Markdown."""
    rows = [line.removeprefix("- **").partition("**: ")[::2] for line in glossary().splitlines()]
    return pd.DataFrame(rows, columns=["Word", "Meaning"])


@lru_cache(maxsize=1)
def method() -> dict[str, str]:
    """Return the parts of the method: heading to text, as Markdown."""
    parts = (DOCS / "rules.md").read_text(encoding="utf-8").split("## ")[1:]
    return {heading: text.strip() for heading, _, text in (part.partition("\n") for part in parts)}


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the one stylesheet as Streamlit takes it."""
    return f"<style>{(Path(__file__).parents[1] / 'page.css').read_text(encoding='utf-8')}</style>"


def style() -> None:
    """Add what Streamlit's own style lacks; takes no room on the page."""
    st.html(_style())


_held = threading.local()
"""The place of the title in the run of a page: Streamlit runs each in one thread from beginning to end."""


def make_room_for_title() -> None:
    """Keep a place above the filters for what the page says it is."""
    _held.title = st.container()


def head(name: str) -> None:
    """Show the title of a page, above the filters."""
    _held.title.title(name)


def footer() -> None:
    """Show what is chosen, what the numbers are and the version of the data.

    In print and inside another page the filters cannot be seen, so the choice is said in words. A page inside another one
    links to the whole dashboard with the same choice.
    """
    with st.container(key="footer"):
        _footer()


def _footer() -> None:
    if chosen := filters.describe_choice():
        st.caption(f"Chosen here: {escape_markdown(chosen, 1000)}.")
    dataset = tables.dataset()
    version = f"Data version {html.escape(dataset.version)}"
    today = words.date(datetime.datetime.now(datetime.UTC).date().isoformat())
    st.html(f'<p class="on-paper">{html.escape(downloads.link())} · {today} · {version}</p>')
    st.caption(
        "Claims are quoted as published, with who said them. Published counts are those of the organisations named. "
        "We do not judge which is right."
    )
    if st.context.is_embedded:
        st.html(f"<p {SMALL}>{version}</p>")
        st.link_button("Open in the dashboard", downloads.address(), icon=":material/open_in_new:")
        return
    links = {
        "/about": "About",
        "/about#licence": f"Licence: {dataset.about.licence or 'none chosen yet'}",
        "/about#how-to-cite": "How to cite",
        "/about#report-an-error": "Report an error",
    }
    line = " · ".join(
        [version, *(f'<a href="{to}" style="color: inherit">{html.escape(label)}</a>' for to, label in links.items())]
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="about-this"):
        st.html(f"<p {SMALL}>{line}</p>", width="content")
        link = st.popover("Link to this page", icon=":material/link:", on_change="rerun")
        if link.open:
            link.caption("With your filters and the data version")
            link.code(downloads.link(), language=None, wrap_lines=True)
        meanings = st.popover("What the words mean", icon=":material/menu_book:", on_change="rerun")
        if meanings.open:
            meanings.markdown(glossary())
        st.segmented_control(
            "Chart download format",
            ["PNG", "SVG"],
            default="PNG",
            required=True,
            key="picture",
            help="What the camera above each chart saves: PNG for print and screens, SVG for further work. "
            "Title, sources and data version stand in the picture.",
        )
