"""What the pages of the desk share: who reads, which report, its numbers, and how findings are said.

Not here: what a page shows.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from curation import agreement, drafts
from curation.refusals import FaultyTablesError, RefusedError
from curation.triage import Found, find, suggested
from validation import Dataset, Finding
from validation.current import current
from validation.evidence import reports_folder
from validation.findings import unreadable
from validation.writing import BusyError

MAX_FINDINGS = 20
Pages = dict[str, Any]


def remember(pages: Pages) -> None:
    """Keep the pages, so that one can lead to another."""
    st.session_state["pages"] = pages


def go_to(page: str, **named: str) -> None:
    """Go to a page of the desk with what is chosen there."""
    st.switch_page(st.session_state["pages"][page], query_params={"reader": reader(), **named})


def dataset() -> Dataset:
    """Return the tables as they are; refused where they cannot be read, because nothing can be built on them."""
    latest = current(look=True).latest
    if faults := unreadable(latest.findings):
        raise FaultyTablesError(faults)
    if reports_folder() is None:
        action = "Start the desk with REPORTS_DIR set to their folder"
        raise RefusedError([Finding("REPORTS_DIR", 0, "", "desk.reports", "the archived texts are not named", action)])
    return latest


def agreements(tables: Dataset) -> pd.DataFrame:
    """Return how well two readers agree on each report, counted once for the tables as they are."""
    return tables.kept("agreements", lambda: agreement.overall(tables.table("curation")))


def say(findings: Iterable[Finding]) -> None:
    """Say what is wrong and what to do."""
    listed = list(findings)
    lines = [f"{finding.advice} ({_where(finding)})" for finding in listed]
    more = [f"and {len(lines) - MAX_FINDINGS} more"] if len(lines) > MAX_FINDINGS else []
    st.error("Nothing was written.", icon=":material/block:")
    for line in [*lines[:MAX_FINDINGS], *more]:
        st.text(line)


def _where(finding: Finding) -> str:
    return ", ".join(filter(None, [finding.file, f"line {finding.line}" if finding.line else "", finding.column]))


def reader() -> str:
    """Return the name of who reads, as it stands in the address; "" where none is given."""
    return st.query_params.get("reader", "").strip()


def ask_reader() -> None:
    """Let the reader give a name; it stands in the address, so that it outlives a reload, a closed browser and this server."""
    help_ = "Kept with your decisions and published with them. Any name that you choose."
    given = st.text_input("Your name", reader(), max_chars=drafts.MAX_NAME, help=help_).strip()
    if given and given != reader():
        st.query_params["reader"] = given
        st.query_params.pop("at", None)


def ask(sources: pd.DataFrame) -> tuple[str, str]:
    """Let the reader give a name and choose a report; both stand in the address. The page ends here until both are there.

    `sources`: index source id.
    """
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    named = sources["short_name"] + ": " + sources["title"]
    with right:
        ask_reader()
    with left:
        # An option bound to the address stands there by its label; links name reports by their id.
        known, asked = list(sources.index), st.query_params.get("report")
        source_id = st.selectbox(
            "Report", known, index=known.index(asked) if asked in known else None, placeholder="Choose a report",
            format_func=lambda one: str(named.get(one, one)),
        )  # fmt: skip
        if source_id and source_id != asked:
            st.query_params["report"] = source_id
            st.query_params.pop("at", None)
    if not source_id or not reader():
        st.info("Choose a report." if reader() else "Give your name first: your decisions are kept under it.")
        st.stop()
    return str(source_id), reader()


def readers_of(source_id: str) -> list[str]:
    """Return who has a draft of this report."""
    found = drafts.listing(drafts.drafts_folder())
    return [str(name) for name in found.loc[found["source_id"] == source_id, "reader"]]


def others_read(source_id: str) -> bool:
    """Whether another reader has a draft of this report."""
    return any(name.casefold() != reader().casefold() for name in readers_of(source_id))


def step(act: Callable[..., object], *given: object) -> None:
    """Do what a press of a button asks for; what is refused is said on the page, which a callback cannot do."""
    try:
        act(*given)
    except RefusedError as refused:
        st.session_state["refused"] = refused.findings
    except BusyError as busy:
        st.session_state["refused"] = [Finding("", 0, "", "desk.busy", str(busy), "Try again")]


def say_refused() -> None:
    """Say what the last press of a button was refused for."""
    if found := st.session_state.pop("refused", None):
        say(found)


def numbers_of(source_id: str) -> tuple[Found, pd.DataFrame]:
    """Return the numbers of a report and what is suggested for all of them, as if none were decided.

    Kept for the version of the tables, because a suggestion hangs on them.
    """
    tables = dataset()
    kept = st.session_state.setdefault("numbers", {})
    key = (source_id, tables.version, tables.texts[source_id].sha256 if source_id in tables.texts else "")
    if key not in kept:
        with st.spinner("Reading the text …"):
            found = find(tables, source_id)
            rows = suggested(tables, source_id, found)
        kept.clear()
        kept[key] = found, rows.set_index("number_id", drop=False)
    found, rows = kept[key]
    return found, rows
