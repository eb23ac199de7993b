"""The published counts beside the claims: read once, one figure and one table of them, and the part of the claim card."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis import tallies, words
from analysis.comparison import APART, counts_beside, every_count
from analysis.comparison_words import beside, comparisons, why
from analysis.counts import published_counts
from analysis.order import LARGEST_FIRST
from analysis.selection import Choice
from analysis.view import claims_view
from app_pages.parts import open_card, show, tables
from app_pages.parts.plain import escape_markdown, fault
from app_pages.parts.width import medium, wide
from exports import files
from figures.palette import Palette
from figures.reference import reference as reference_figure
from validation import Dataset
from validation.findings import first
from validation.vocabulary import (
    CONTEXT_ONLY,
    FIRES,
    PEOPLE,
    POPULATION_GROUPS,
    RELATIONS,
    SERIES_INDICATORS,
    SERIES_KINDS,
    VAGUE,
    WHOLE,
    labels,
)

COUNTS = {
    "relation_label": "How it relates",
    "said": "Value",
    "organisation": "Who counted",
    "who": "Who counted",
    "address": "Link",
    "whom": "Whom",
    "fire": "Whose attacks",
    "place_name": "Where",
    "days": "Days",
    "period_start": "From",
    "period_end": "To",
    "published_said": "Published",
    "why": "In what it differs",
    "judging": "Use",
    "title": "What is counted",
    "last_end": "Last value of",
    "first_end": "First value of",
    "values": "Values",
    "organisation_kind": "Kind of organisation",
    "kind_label": "How it was reached",
    "definition": "What is counted",
    "excludes": "What is left out",
    "url": "Address",
}
"""What is shown of published counts, with its heading, in this order."""
BESIDE = (
    "said", "who", "relation_label", "days", "whom", "place_name", "fire", "published_said", "address", "why",
)  # fmt: skip
OF_EVENT = (
    "said",
    "organisation",
    "whom",
    "place_name",
    "fire",
    "period_start",
    "period_end",
    "published_said",
    "judging",
    "url",
)
CATALOGUE = (
    "title", "said", "last_end", "organisation", "organisation_kind", "whom", "place_name", "fire", "kind_label", "values", "first_end",
)  # fmt: skip
NARROW_TITLE = 190
"""Width of what is counted on a phone, so that the value is seen beside it, in pixels."""
WHO_COUNTS_WHOM = (
    "organisation",
    "said",
    "period_end",
    "whom",
    "fire",
    "kind_label",
    "definition",
    "excludes",
    "address",
)
VALUES = {
    "organisation": "Published by",
    "title": "What is counted",
    "said": "Value",
    "period_end": "At",
    "publication": "Publication",
    "published": "Published",
    "definition": "Definition",
    "excludes": "Leaves out",
    "note": "Note",
    "url": "Address",
}


MEASURED = (
    "Published counts are those of the organisations named; a diamond is a claim of a report. Solid lines and filled dots are documented "
    "counts, dashed lines and hollow dots estimates. At a count ↑ means “at least”, ↓ “at most” and ~ “about”; a claim has an arrow for the "
    "first two and is hollow for the third. A bar is a range without a number of its own. "
    "A pale band is a word such as “hundreds”, whose ends are our convention. A line stops "
    "where the way of counting changed, where a total falls, and where a year or more has no value; it joins periods of one length that "
    "follow on one another. Counts differ in who, which dates and whose attacks they cover: the table says of each what is "
    "counted and what is left out."
)
MAX_CLAIMS = 12
"""Claims in a figure of published counts: each is written out in words beside its mark."""
MAX_SENTENCE = 1_000
"""Characters of a sentence that are shown."""
IN_CARD = 670
"""Width of a saved picture of a chart in a card: that of the chart on a wide page."""
MAX_OTHERS = 100
"""Counts that are not comparable with a claim, shown on its card."""


def view() -> pd.DataFrame:
    """Return the published counts as one table, the same object for all of a record; empty where it is missing or holds a fault."""
    return tables.kept("counts", lambda: published_counts(tables.dataset()))


def of_event(name: str | None) -> pd.DataFrame:
    """Return the published counts of the event with this name and of those within it; none for a topic that is no event."""
    return tables.once(_of_event, view(), tables.table("events"), name)


def _of_event(counts: pd.DataFrame, events: pd.DataFrame, name: str | None) -> pd.DataFrame:
    named = events.loc[events["name"] == name, "event_id"]
    return tallies.of_event(counts, events, named.iloc[0]) if len(named) else counts.head(0)


def faulty() -> bool:
    """Whether the counts hold a fault; shows it where they do: what is not shown must not look as if there were nothing."""
    findings = tables.dataset().reference_findings
    if findings:
        st.warning(f"The published counts hold a fault and are not shown. {fault(first(findings))}")
    return bool(findings)


def missing() -> bool:
    """Whether all published counts are missing; shows of what there are none."""
    if faulty():
        return True
    series, observed = tables.table("series"), tables.table("observations")
    if observed.empty:
        st.caption("These tables hold no published counts.")
    elif silent := tables.once(_without_values, series, observed):
        st.caption(f"We have no values of these published counts: {escape_markdown('; '.join(silent))}.")
    return bool(observed.empty)


def _without_values(series: pd.DataFrame, observed: pd.DataFrame) -> tuple[str, ...]:
    """Return the titles of the series that have no values."""
    return tuple(series.loc[~series["series_id"].isin(observed["series_id"]), "title"])


def figure(
    observations: pd.DataFrame,
    claims: pd.DataFrame,
    key: str,
    title: str,
    *,
    subtitle: str = "",
    measured: str = MEASURED,
    choice: Choice | None = None,
    in_card: bool = False,
) -> None:
    """Draw published counts with claims on top, their sources in the picture, then the table of the same values.

    Of more claims than `MAX_CLAIMS` the largest are drawn, and none without a date: the source line says so. Without counts nothing is
    drawn. `choice`: the filters that left the claims (default: those of the page).
    """
    if observations.empty:
        st.caption("These tables hold no published count of this.")
        return

    def build(colours: Palette) -> show.Built:
        top = largest(claims, MAX_CLAIMS)
        summary = words.in_short(top, title) if len(top) else f"{title}."
        summary += f" Last published counts: {words.latest(observations)}."
        return show.Built(reference_figure(observations, top, colours), source_line(observations, top, claims), summary)

    show.chart(
        show.Chart(
            f"counts-{key}",
            title,
            (observations, claims),
            build,
            lambda _: values(observations, key, title),
            lambda: files.readers_counts(observations),
            measured,
            subtitle,
            choice=tables.choice() if choice is None else choice,
            width=IN_CARD if in_card else show.PICTURE,
            in_card=in_card,
        )
    )


def values(observations: pd.DataFrame, key: str, title: str) -> None:
    """Show the values of published counts as a table, after where their way of counting changed."""
    for row in observations.drop_duplicates("series_id").dropna(subset=["breaks"]).itertuples():
        st.markdown(f"- **{escape_markdown(row.title)}**: {escape_markdown(row.breaks, 1000)}")
    shown = show.page_of(tables.once(_by_publisher, observations), f"values-{key}")
    show.grid(shown, VALUES | {"url": st.column_config.LinkColumn(VALUES["url"])}, f"Values: {title}")


def _by_publisher(observations: pd.DataFrame) -> pd.DataFrame:
    return observations.sort_values(["organisation", "title", "day"])


def publishers(rows: pd.DataFrame) -> str:
    """Name the publishers of counts: "A", "A and B", "A, B and C"."""
    return words.listed(sorted(rows["organisation"].unique()))


def largest(claims: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the claims that are drawn on an axis of time: the largest of those that have a date."""
    return LARGEST_FIRST.first(LARGEST_FIRST.arrange(claims[claims["to_day"].notna()]), most)


def how_many(drawn: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Say how many of the claims are drawn on an axis of time, and why not the others; "" where there are no claims."""
    if len(drawn) == len(claims):
        return words.count(len(claims), "claim") if len(claims) else ""
    undated = int(claims["to_day"].isna().sum())
    reasons = [LARGEST_FIRST.rule] if len(drawn) + undated < len(claims) else []
    reasons += [f"{undated:,} without a date cannot be drawn"] if undated else []
    return f"{len(drawn):,} of {words.count(len(claims), 'claim')} ({'; '.join(reasons)})"


def source_line(
    observations: pd.DataFrame, drawn: pd.DataFrame | None = None, claims: pd.DataFrame | None = None
) -> str:
    """Name the publishers of the counts and of the claims drawn, how many of `claims` these are, the version of the data."""
    publishers = "; ".join(sorted(observations["organisation"].unique()))
    shown = len(drawn) if drawn is not None else 0
    printed = f" Claims: {words.source_line(drawn)}." if drawn is not None and shown else ""
    said = how_many(drawn, claims) if drawn is not None and claims is not None else ""
    counted = words.count(len(observations), "published count") + (f", {said} of the reports" if said else "")
    return f"Sources: {publishers}.{printed} {counted}. Data version {tables.dataset().version}."


def listed(counts: pd.DataFrame, alt: str, key: str) -> None:
    """Show published counts that are not drawn, by date, those for judging size only marked."""
    page = show.page_of(tables.once(_by_date, counts), key)
    _table(tables.once(_in_words, page, OF_EVENT), alt)


def _by_date(counts: pd.DataFrame) -> pd.DataFrame:
    ordered = counts.sort_values(["day", "from_day", "organisation"], kind="stable")
    judging = pd.Series("for judging size only", ordered.index).where(ordered["use"] == CONTEXT_ONLY)
    return ordered.assign(judging=judging, published_said=ordered["published"])


def of_series(counts: pd.DataFrame, series_id: str) -> pd.DataFrame:
    """Return the values of a series."""
    return counts[counts["series_id"] == series_id]


def of_place(claims: pd.DataFrame, place_id: str, measure: str) -> pd.DataFrame:
    """Return the claims about a place and of a measure."""
    return claims[(claims["place_id"] == place_id) & (claims["measure"] == measure)]


def ids_and_values(catalogue: pd.DataFrame) -> tuple[dict[str, str], int]:
    """Return the id of each series by its title, and how many values they have together."""
    return dict(zip(catalogue["title"], catalogue["series_id"], strict=True)), int(catalogue["values"].sum())


def catalogue(rows: pd.DataFrame) -> None:
    """List published counts, one row each; selecting a row chooses it."""
    key = open_card.fresh(f"catalogue-{len(rows)}")

    def picked() -> None:
        if chosen := st.session_state[key].selection.rows:
            st.session_state["count"] = rows["title"].iloc[chosen[0]]

    alt = "Published counts, one a row; select a row for its chart"
    _table(tables.once(_in_words, rows, CATALOGUE), alt, key=key, on_select=picked)


def who_counts_whom(rows: pd.DataFrame) -> None:
    """List totals with whom they count, by whose fire and what they leave out."""
    _table(tables.once(_in_words, rows, WHO_COUNTS_WHOM), "Totals of the whole war: who counts whom")


def published_beside(claim: pd.Series) -> pd.DataFrame:
    """Return the published counts beside a claim that can be cited: what we computed from others has no publication."""
    found = tables.once(_beside, tables.dataset(), str(claim["claim_id"]))
    return found[~found["ours"]].drop_duplicates("observation_id")


def _beside(dataset: Dataset, claim_id: str) -> pd.DataFrame:
    return beside(dataset, _row(dataset, claim_id))


def _row(dataset: Dataset, claim_id: str) -> dict[Hashable, Any]:
    view = claims_view(dataset)
    row: dict[Hashable, Any] = view[view["claim_id"] == claim_id].iloc[0].to_dict()
    return row


def for_card(claim: pd.Series) -> None:
    """Show how a claim compares with published counts: the sentence, the counts beside it, and how all others differ."""
    if faulty():
        return
    dataset, claim_id = tables.dataset(), str(claim["claim_id"])
    st.markdown(f"**{escape_markdown(comparisons(dataset)['comparison'][claim_id], MAX_SENTENCE)}**")
    found = tables.once(_beside, dataset, claim_id)
    if len(found):
        _table(tables.once(_released_in_words, found, BESIDE), "Published counts beside the claim")
    runs = tables.once(_drawn_beside, view(), found, claim["unit"])
    if len(runs):
        with st.expander("Chart of these counts", key=f"drawn-{claim_id}", on_change="rerun") as chart:
            if chart.open:
                what = f"{words.quoted(claim['wording'])} and published counts"
                figure(runs, tables.one(claim_id), claim_id, what, choice={}, in_card=True)
    with st.expander("Other counts, and how they differ", key=f"others-{claim_id}", on_change="rerun") as others:
        if others.open:
            how_many, top = tables.once(_others, dataset, claim_id, found)
            first = f", the first {MAX_OTHERS}" if how_many > MAX_OTHERS else ""
            st.caption(f"{words.count(how_many, 'other count')}{first}")
            columns = tuple(name for name in BESIDE if name != "relation_label")
            _table(tables.once(_released_in_words, top, columns), "Other published counts, and how they differ")


def _others(dataset: Dataset, claim_id: str, found: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """Return how many counts are not comparable, and the first of them with the reason; `found`: those that are."""
    claim = _row(dataset, claim_id)
    others = every_count(dataset, claim)
    others = others[(others["relation"] == APART) & ~others["count"].isin(found["count"])]
    top = others.head(MAX_OTHERS).join(counts_beside(dataset), on="count")
    return len(others), top.assign(why=[why(claim, count) for count in top.to_dict("records")])


def _drawn_beside(counts: pd.DataFrame, found: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return the values of the counts beside a claim that are drawn with it; counts that take it in are of another size."""
    runs = found.loc[(found["unit"] == unit) & (found["relation"] != WHOLE) & (found["run"] >= 0), "run"]
    drawn = counts[counts["run"].isin(runs) & counts["value"].notna() & (counts["bound"] != VAGUE)]
    return drawn if len(drawn["day"].unique()) > 1 else drawn.head(0)


def _released_in_words(counts: pd.DataFrame, columns: tuple[str, ...]) -> pa.Table:
    """Return published counts in words, with when they were published, those after the report marked."""
    published = counts["published"].map(words.date)
    said = published.mask(counts["later"], published + " (later than the report)")
    return _in_words(counts.assign(published_said=said), columns)


def _in_words(counts: pd.DataFrame, columns: tuple[str, ...]) -> pa.Table:
    """Return published counts in words; columns that say nothing of any are left out."""
    unit = (", counted in " + counts["unit"]).where(counts["unit"] != PEOPLE, "")
    group = counts["population_group"].map(labels(POPULATION_GROUPS)).str.lower()
    said = counts.assign(
        whom=counts["indicator"].map(labels(SERIES_INDICATORS)) + ": " + group + unit,
        place_name=counts["where"],
        fire=counts["by_fire"].map(labels(FIRES)),
        kind_label=counts["kind"].map(labels(SERIES_KINDS)),
        days=[
            words.period(*row)
            for row in counts[["period_start", "period_end", "measure"]].itertuples(index=False, name=None)
        ],
    )
    if "relation" in counts:
        said["relation_label"] = counts["relation"].map(labels(RELATIONS))
    own = said["own"] if "own" in said else pd.Series(False, said.index)
    by = said["organisation"] + " (" + said["organisation_kind"].str.lower() + ")"
    said = said.assign(who=by.mask(own, said["organisation"] + " (the speaker itself)"), address=said["url"])
    shown = said[list(columns)].replace("", None).dropna(axis="columns", how="all")
    return pa.Table.from_pandas(shown, preserve_index=False)


def _table(shown: pa.Table, alt: str, **options: Any) -> None:
    """Show published counts that are in words."""
    config = COUNTS | {
        "title": st.column_config.TextColumn(COUNTS["title"], width=None if wide() or medium() else NARROW_TITLE),
        "url": st.column_config.LinkColumn(COUNTS["url"]),
        "address": st.column_config.LinkColumn(COUNTS["address"], display_text="Open"),
    }
    selecting = {"selection_mode": "single-row"} | options if options else {}
    show.grid(shown, config, alt, **({"placeholder": ""} | selecting))
