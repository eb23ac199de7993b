"""The record beside the claims: the reference read once, one figure of it, and the part of the claim card."""

import pandas as pd
import streamlit as st

from analysis import words
from analysis.comparison import NOT_COMPARABLE, compare, position, reference_view
from analysis.order import LARGEST_FIRST
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown, fault
from figures.palette import Palette
from figures.reference import reference as reference_figure
from validation.findings import first

HEADINGS = {
    "title": "Series",
    "before": "Last value by then",
    "before_day": "At",
    "ratio": "Claim as a multiple",
    "judgement": "Judgement",
    "why": "Why",
    "days": "Days before",
    "after": "First value after",
    "after_day": "At (after)",
    "publication": "Publication",
    "url": "Address",
}
VALUES = {
    "organisation": "Published by",
    "title": "Series",
    "said": "Value",
    "period_end": "At",
    "publication": "Publication",
    "published": "Published",
    "definition": "Definition",
    "excludes": "Leaves out",
    "note": "Note",
    "url": "Address",
}


MAX_CLAIMS = 12
"""Claims in a figure of the record: each is written out in words beside its mark."""


def view() -> pd.DataFrame:
    """Return the reference as one table; empty where it is missing or holds a fault."""
    rows = tables.kept("reference", lambda: reference_view(tables.dataset()), "Reading the record…")
    return rows.copy(deep=False)


def tallies_of(topic: str | None) -> pd.DataFrame:
    """Return the reference values of the event with this name; none for a topic that is no event."""
    events = tables.dataset().table("events").set_index("name")["event_id"]
    rows = view()
    return rows[rows["event_id"] == events.get(topic)]


def faulty() -> bool:
    """Whether the reference holds a fault; shows it where it does: what is not shown must not look as if there were nothing."""
    findings = tables.dataset().reference_findings
    if findings:
        st.warning(f"The record holds a fault and is not shown. {fault(first(findings))}")
    return bool(findings)


def missing() -> bool:
    """Whether all of the reference is missing; shows what is."""
    dataset = tables.dataset()
    if faulty():
        return True
    series, observed = dataset.table("series"), set(dataset.table("observations")["series_id"])
    silent = series.loc[~series["series_id"].isin(observed), "title"]
    if len(silent) or series.empty:
        st.caption(
            "No values of the record are available for: "
            + (escape_markdown("; ".join(silent)) if len(silent) else "any series")
            + "."
        )
    return bool(series.empty)


def figure(observations: pd.DataFrame, claims: pd.DataFrame, key: str, title: str) -> None:
    """Draw observations with claims on top, their sources in the picture, then the table of the same values.

    Of more claims than `MAX_CLAIMS` the largest are drawn, and the source line says so. Without observations nothing is drawn.
    """
    if observations.empty:
        st.caption("These tables hold no published count of this.")
        return

    def build(colours: Palette) -> show.Built:
        top = LARGEST_FIRST.first(LARGEST_FIRST.arrange(claims), MAX_CLAIMS)
        summary = words.in_short(top, title) if len(top) else f"{title}."
        summary += f" Last values of the series: {words.latest(observations)}."
        return show.Built(reference_figure(observations, top, colours), _line(observations, top, len(claims)), summary)

    def table(_: show.Shown) -> None:
        for row in observations.drop_duplicates("series_id").dropna(subset=["breaks"]).itertuples():
            st.markdown(f"- **{escape_markdown(row.title)}**: {escape_markdown(row.breaks, 1000)}")
        values = show.page_of(observations.sort_values(["organisation", "title", "day"])[list(VALUES)], f"values-{key}")
        config = VALUES | {"url": st.column_config.LinkColumn(VALUES["url"])}
        st.dataframe(values, hide_index=True, placeholder=words.NOT_KNOWN, alt=f"Values: {title}", column_config=config)

    heading = "The same values as a table, and where series break"
    show.chart(show.Chart(f"record-{key}", title, (observations, claims), build, heading, table))


def publishers(rows: pd.DataFrame) -> str:
    """Name the publishers of reference values: "A", "A and B", "A, B and C"."""
    names = sorted(rows["organisation"].unique())
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _line(observations: pd.DataFrame, drawn: pd.DataFrame, total: int) -> str:
    publishers = "; ".join(sorted(observations["organisation"].unique()))
    printed = f" Claims: {words.source_line(drawn)}." if len(drawn) else ""
    claims = (
        words.count(total, "claim")
        if total <= len(drawn)
        else f"{len(drawn):,} of {total:,} claims ({LARGEST_FIRST.rule})"
    )
    values = f"{words.count(len(observations), 'value')} of {observations['series_id'].nunique():,} series"
    return (
        f"Sources: {publishers}.{printed} {values}, {claims} of the reports. Data version {tables.dataset().version}."
    )


def for_card(claim: pd.Series) -> None:
    """Show what of the record a claim may be set beside, and why the rest may not."""
    st.markdown("**Compared with the record**")
    if faulty():
        return
    table = compare(claim.to_dict(), view())
    st.text(position(claim.to_dict(), table).sentence)
    usable = table[table["judgement"] != NOT_COMPARABLE]
    if len(usable):
        _show(usable)
        drawn = view()[view()["series_id"].isin(usable["series_id"])]
        what = f"{words.quoted(claim['wording'])} beside the record"
        figure(drawn, tables.one(claim["claim_id"]), str(claim["claim_id"]), what)
    rest = table[table["judgement"] == NOT_COMPARABLE]
    if len(rest):
        with st.expander(f"{len(rest)} series that may not be compared, and why"):
            _show(rest)


def _show(table: pd.DataFrame) -> None:
    columns = [name for name in HEADINGS if table[name].notna().any()]
    config = {name: HEADINGS[name] for name in columns} | {
        "ratio": st.column_config.NumberColumn(
            HEADINGS["ratio"], format="%.2f", help="The claim’s number divided by the last value by then."
        ),
        "url": st.column_config.LinkColumn(HEADINGS["url"]),
    }
    st.dataframe(
        table[columns],
        hide_index=True,
        column_config={k: v for k, v in config.items() if k in columns},
        placeholder="",
        alt="Series of the record beside the claim",
    )
