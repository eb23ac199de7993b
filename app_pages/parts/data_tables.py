"""The tables of the Data page that are not of claims: published counts, numbers not used, reports, changes.

Why: each is shown in words first, with ids and codes on a switch, its downloads above it, and says which filters it obeys. Here:
headings, sentences, widgets. Not here: rows to words (`analysis/listing.py`), the table of claims (`sum_of_selection.py`).
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis import listing, words
from analysis.counts import published_counts
from app_pages.parts import downloads, reference, show, tables
from validation import Dataset
from validation.models import SCHEMAS

HEADINGS: dict[str, tuple[str, str]] = {
    "wording": ("Quote", "The words as printed."),
    "number": ("Number", "The value with how exact it is: “at least”, “about”, or the range that we draw for a word."),
    "said": ("Value", "The value as published, with how exact it is."),
    "counted": ("What and who is counted", "What happened, and to whom."),
    "organisation": ("Published by", "The organisation, and what kind it is."),
    "period": ("Period", "The days that the number covers, apart from the day on which it was printed."),
    "place_name": ("Place", "As narrow as stated; for refugees the place that they left."),
    "said_by": ("Said by", "Who the number comes from, as the report says."),
    "printed": ("Printed by", "The report, its date and the paragraph."),
    "caveats": ("Limitations", "What to keep in mind; the Method page has definitions."),
    "fire": ("By whose attacks", "Whose attacks harmed those counted; blank where nobody was harmed."),
    "kind": ("How it was reached", "A documented count, an estimate or a model; never mixed."),
    "excludes": ("Leaves out", "What is not counted."),
    "publication": ("Publication", "Where it was published."),
    "published": ("Published", "When, as precisely as we know."),
    "reason": ("Why", "The reason."),
    "report": ("Report", "The report that printed it."),
    "paragraph": ("Paragraph", "Where it stands in the report."),
    "note": ("Note", "What a reader should know."),
    "title": ("Report", "Its title as printed."),
    "publisher": ("Printed by", "Who published it."),
    "authors": ("Authors", "As printed."),
    "found": ("Numbers found", "Numbers in its text; one phrase may hold several, such as a date."),
    "used": ("Claims", "Claims that we took from it."),
    "not_used": ("Phrases not used", "Phrases with numbers that are not claims."),
    "date": ("Date", "When the data changed."),
    "about": ("Table", "What changed: claims, published counts and so on."),
    "what": ("What changed", "The change in words."),
    "old": ("Before", "The value before."),
    "new": ("Since", "The value since."),
}
"""Columns in words, each with its heading and its help."""


def headings(shown: pd.DataFrame) -> dict[str, Any]:
    """Return headings and help for a table in words."""
    config: dict[str, Any] = {}
    for name in shown.columns:
        if name == "url":
            config[name] = st.column_config.LinkColumn("Address", help="Where it was published.", display_text="Open")
        elif str(shown[name].dtype) == "Int64":
            config[name] = st.column_config.NumberColumn(HEADINGS[name][0], help=HEADINGS[name][1], format="localized")
        else:
            config[name] = st.column_config.TextColumn(HEADINGS[name][0], help=HEADINGS[name][1])
    return config


def asks_for_codes() -> bool:
    """Return whether the reader wants the ids and codes too."""
    return st.toggle("Show ids and codes", key="codes", help="All columns as they are downloaded.")


def published() -> None:
    """Show all published counts, the newest first."""
    if reference.faulty():
        return
    rows = tables.once(_newest_first, tables.table("observations"), "period_end", "observation_id")
    st.write(
        f"All {words.count(len(rows), 'published count')}, the newest first. Your filters choose claims, so they do not apply here."
    )

    _show("observations", rows, _counts_in_words, tables.dataset())
    with st.expander(
        "Read it from another program", key="program-observations", icon=":material/terminal:", on_change="rerun"
    ) as program:
        if program.open:
            downloads.by_address("observations", {})


def _counts_in_words(dataset: Dataset, page: pd.DataFrame) -> pd.DataFrame:
    return listing.counts(published_counts(dataset).set_index("observation_id").loc[page["observation_id"]])


def not_used() -> None:
    """Show the numbers of the reports that became no claim, under the filter of sources."""
    rows = tables.once(_of_sources, tables.table("dismissed"), tuple(tables.choice()["source"]))
    st.write(f"{_obeying('phrase', rows, 'dismissed')} with numbers that are not claims, and why we did not use them.")
    _show("dismissed", rows, listing.not_used, tables.dataset())


def reports() -> None:
    """Show the reports, the newest first, under the filter of sources."""
    chosen = tables.once(_of_sources, tables.table("sources"), tuple(tables.choice()["source"]))
    rows = tables.once(_newest_first, chosen, "published")
    st.write(f"{_obeying('report', rows, 'sources')}, the newest first, with how many numbers of each we used.")
    _show("sources", rows, listing.reports, tables.dataset())


def changes() -> None:
    """Show all changes of the data, the newest first."""
    rows = tables.once(_newest_first, tables.table("changes"), "date")
    st.write(f"All {words.count(len(rows), 'change')} of the data, the newest first. Your filters do not apply here.")
    _show("changes", rows, listing.changes)


def _newest_first(rows: pd.DataFrame, date: str, then: str = "") -> pd.DataFrame:
    """Return rows by a column of dates, the last first; rows of one date by another column, or as they stand."""
    by = [date, then] if then else [date]
    return rows.sort_values(by, ascending=[column != date for column in by], kind="stable")


def _of_sources(rows: pd.DataFrame, chosen: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of the sources that are chosen; all where none is."""
    return rows[rows["source_id"].isin(chosen)] if chosen else rows


def _obeying(noun: str, rows: pd.DataFrame, name: str) -> str:
    """Say how many rows the filter of sources leaves, and that no other filter counts."""
    every = len(tables.table(name))
    others = any(keys for key, keys in tables.choice().items() if key != "source")
    hint = "Of your filters only “Source” applies here. " if others else ""
    how_many = (
        f"All {words.count(every, noun)}" if len(rows) == every else f"{len(rows):,} of {words.count(every, noun)}"
    )
    return hint + how_many


def _show(name: str, rows: pd.DataFrame, in_words: Callable[..., pd.DataFrame], *whence: Dataset) -> None:
    """Offer rows of a table as files, and show them in words (what `in_words` makes of `whence` and them), or with ids and codes."""
    choice = {"source": tables.choice()["source"]} if "source_id" in rows else {}
    with st.container(horizontal=True, vertical_alignment="center"):
        downloads.offer(name, len(rows), lambda: rows, choice, whole=name not in ("dismissed", "sources", "changes"))
        codes = asks_for_codes()
    if rows.empty:
        st.info("No rows match the filter “Source”." if choice.get("source") else "There are none yet.")
        return
    page = show.page_of(rows, name)
    title = TITLES[name]
    if codes:
        show.grid(page, show.headings(page, SCHEMAS[name]), title)
    else:
        shown = tables.once(in_words, *whence, page)
        show.grid(shown, headings(shown), title, placeholder="")


TITLES = {
    "observations": "Published counts, one a row",
    "dismissed": "Numbers of the reports that we did not use, and why",
    "sources": "Reports, one a row",
    "changes": "Changes of the data, one a row",
}
"""What each table is, for those who do not see it."""

SHOWN: dict[str, Callable[[], None]] = {
    "Published counts": published,
    "Numbers not used": not_used,
    "Reports": reports,
    "Changes": changes,
}
"""What each tab shows; its name stands in links."""
