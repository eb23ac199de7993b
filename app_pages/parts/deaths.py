"""The published counts of deaths on the page of casualties: by year, and since the war began with the claims on top."""

import pandas as pd
import streamlit as st

from analysis import by_year, seen, tallies, words
from app_pages.parts import filters, reference, show, tables
from exports import files
from figures.palette import Palette
from figures.yearly import yearly
from validation import vocabulary as terms

SPLITS = ("All deaths", "By kind of violence")
MEASURED = (
    "Each bar is the total of one calendar year by the publisher that counts most years; the thin line goes from its low to its high "
    "estimate. Dots and other symbols are totals of other publishers. ↑ means “at least”, ↓ “at most”, ~ “about”. "
    "We draw the widest count of each. Kinds of violence are drawn "
    "where a publisher’s own kinds add up to its total. Publishers differ in whom they count: the table says what is counted and what is "
    "left out."
)


def counts() -> pd.DataFrame:
    """Return the published counts of deaths in the whole country that are of today."""

    def make() -> pd.DataFrame:
        observed = reference.view()
        whole = tallies.current(observed[observed["place_id"] == tables.dataset().about.country])
        return whole[whole["indicator"].isin(terms.DEATHS)]

    return tables.kept("counts of deaths", make, size_of=tables.bytes_of)


def _by_year(counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the totals by year, those of the main publisher, and its kinds of violence."""

    def make() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        totals = by_year.totals(counted[counted["population_group"].isin(terms.EVERYBODY)])
        main = totals[totals["series_id"].isin(totals["series_id"].head(1))]
        return totals, main, by_year.kinds(counted, main)

    return tables.kept(
        ("deaths by year", tables.key_of(counted)), make, size_of=lambda made: sum(map(tables.bytes_of, made))
    )


def choose_split(counted: pd.DataFrame) -> bool:
    """Let readers split deaths by year into kinds of violence, where there are such counts; return whether they do."""
    if _by_year(counted)[2].empty:
        return False
    filters.note_unknown("Deaths by year", st.query_params.get("split"), SPLITS)
    chosen = st.segmented_control(
        "Deaths by year", SPLITS, default=SPLITS[0], required=True, key="split", bind="query-params",
        label_visibility="collapsed", on_change=filters.forget_unknown,
    )  # fmt: skip
    return bool(chosen == SPLITS[1])


def in_each_year(counted: pd.DataFrame, *, split: bool = False, width: int = show.PICTURE) -> None:
    """Draw deaths by year, split by kind of violence or not; `width`: see `show.Chart`."""
    totals, main, kinds = _by_year(counted)
    if totals.empty:
        st.caption("We have no published count of deaths by year.")
        return
    kinds = kinds if split else kinds.head(0)
    title = seen.deadliest(seen.with_known_peak(totals), otherwise="Deaths by year")
    drawn = pd.concat([totals, kinds])

    def build(colours: Palette) -> show.Built:
        summary = f"{title}. Last published counts: {words.latest(drawn)}."
        return show.Built(yearly(totals, kinds, colours), reference.source_line(drawn), summary)

    where = main["place_name"].iloc[0]
    by = words.listed([f"{row.organisation} ({row.organisation_kind.lower()})" for row in _publishers(totals)])
    show.chart(
        show.Chart(
            "deaths-by-year",
            title,
            (totals, kinds),
            build,
            lambda _: reference.values(drawn, "deaths-by-year", title),
            lambda: files.readers_counts(drawn),
            MEASURED,
            f"People killed in {where} in each calendar year, counted by {by}",
            width=width,
        )
    )


def say_gaps(counted: pd.DataFrame) -> None:
    """Write which publisher has no count for which year."""
    if gaps := seen.without_count(_by_year(counted)[0]):
        st.caption(gaps)


def _publishers(rows: pd.DataFrame) -> list[pd.Series]:
    return [row for _, row in rows.drop_duplicates("organisation_id").iterrows()]


def since_the_war_began(counted: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Draw documented counts and estimates of deaths since the war began with the claims, and list who counts whom."""
    began = str(tables.dataset().about.began)[:4]
    deaths = counted[(counted["measure"] == terms.CUMULATIVE) & counted["population_group"].isin(terms.EVERYBODY)]
    killed = claims[(claims["measure"] == terms.CUMULATIVE) & claims["indicator"].isin(terms.DEATHS)]
    documented = deaths["kind"] == terms.DOCUMENTED
    st.write("Documented counts are minimums. A line stops where older deaths were added to a count.")
    what = "People killed in {} since the war began, civilians and fighters, counted one by one"
    where = deaths["place_name"].iloc[0] if len(deaths) else ""
    title = seen.highest(
        seen.with_known_highest(deaths[documented]), "Highest documented total", f"Documented deaths since {began}"
    )
    reference.figure(deaths[documented], killed, "deaths-documented", title, subtitle=what.format(where))
    st.write("Each estimate adds in its own way what could not be documented; some include missing people.")
    what = "People killed in {} since the war began, deaths that nobody documented included"
    title = seen.highest(
        seen.with_known_highest(deaths[~documented]), "Highest estimate", f"Estimated deaths since {began}"
    )
    reference.figure(deaths[~documented], killed, "deaths-estimates", title, subtitle=what.format(where))
    if deaths.empty:
        return
    with st.expander("What each total counts and leaves out", key="who-counts-whom", on_change="rerun") as table:
        if table.open:
            st.write("The last value of each: whom it counts, in whose attacks, what it leaves out.")
            every = counted[counted["measure"] == terms.CUMULATIVE].sort_values("day")
            reference.who_counts_whom(every.drop_duplicates("series_id", keep="last"))
