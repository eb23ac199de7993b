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
    return tables.once(_of_deaths, reference.view(), tables.dataset().about.country)


def _of_deaths(counts: pd.DataFrame, country: str) -> pd.DataFrame:
    whole = tallies.current(counts[counts["place_id"] == country])
    return whole[whole["indicator"].isin(terms.DEATHS)]


def _by_year(counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the totals by year, those of the main publisher, and its kinds of violence."""
    return tables.once(_totals_and_kinds, counted)


def _totals_and_kinds(counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    totals = by_year.totals(counted[counted["population_group"].isin(terms.EVERYBODY)])
    main = totals[totals["series_id"].isin(totals["series_id"].head(1))]
    return totals, main, by_year.kinds(counted, main)


def choose_split(counted: pd.DataFrame) -> bool:
    """Let readers split deaths by year into kinds of violence, where there are such counts; return whether they do."""
    if _by_year(counted)[2].empty:
        return False
    chosen = st.segmented_control(
        "Deaths by year", SPLITS, default=SPLITS[0], required=True, key="split", bind="query-params",
        label_visibility="collapsed", on_change=filters.forget_link,
    )  # fmt: skip
    return bool(chosen == SPLITS[1])


def in_each_year(counted: pd.DataFrame, *, split: bool = False, width: int = show.PICTURE) -> None:
    """Draw deaths by year, split by kind of violence or not; `width`: see `show.Chart`."""
    totals, main, every_kind = _by_year(counted)
    if totals.empty:
        st.caption("We have no published count of deaths by year.")
        return
    drawn = tables.once(_drawn, totals, every_kind) if split else totals
    title = tables.once(seen.deadliest, tables.once(seen.with_known_peak, totals), "Deaths by year")

    def build(colours: Palette) -> show.Built:
        summary = f"{title}. Last published counts: {words.latest(drawn)}."
        kinds = every_kind if split else every_kind.head(0)
        return show.Built(yearly(totals, kinds, colours), reference.source_line(drawn), summary)

    where = main["place_name"].iloc[0]
    show.chart(
        show.Chart(
            "deaths-by-year",
            title,
            (drawn,),
            build,
            lambda _: reference.values(drawn, "deaths-by-year", title),
            lambda: files.readers_counts(drawn),
            MEASURED,
            f"People killed in {where} in each calendar year, counted by {tables.once(_publishers, totals)}",
            width=width,
        )
    )


def say_gaps(counted: pd.DataFrame) -> None:
    """Write which publisher has no count for which year."""
    if gaps := tables.once(seen.without_count, _by_year(counted)[0]):
        st.caption(gaps)


def _drawn(totals: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([totals, kinds])


def _publishers(rows: pd.DataFrame) -> str:
    """Name the publishers of counts, each with its kind."""
    named = rows.drop_duplicates("organisation_id")
    return words.listed((named["organisation"] + " (" + named["organisation_kind"].str.lower() + ")").tolist())


def since_the_war_began(counted: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Draw documented counts and estimates of deaths since the war began with the claims, and list who counts whom."""
    began = str(tables.dataset().about.began)[:4]
    documented, estimated, killed = tables.once(_totals, counted, claims)
    st.write("Documented counts are minimums. A line stops where older deaths were added to a count.")
    what = "People killed in {} since the war began, civilians and fighters, counted one by one"
    where = counted["place_name"].iloc[0] if len(counted) else ""
    title = _highest(documented, "Highest documented total", f"Documented deaths since {began}")
    reference.figure(documented, killed, "deaths-documented", title, subtitle=what.format(where))
    st.write("Each estimate adds in its own way what could not be documented; some include missing people.")
    what = "People killed in {} since the war began, deaths that nobody documented included"
    title = _highest(estimated, "Highest estimate", f"Estimated deaths since {began}")
    reference.figure(estimated, killed, "deaths-estimates", title, subtitle=what.format(where))
    if documented.empty and estimated.empty:
        return
    with st.expander("What each total counts and leaves out", key="who-counts-whom", on_change="rerun") as table:
        if table.open:
            st.write("The last value of each: whom it counts, in whose attacks, what it leaves out.")
            reference.who_counts_whom(tables.once(tallies.last_totals, counted))


def _highest(counts: pd.DataFrame, what: str, otherwise: str) -> str:
    """Return the highest of published counts as a title, where it is known."""
    return tables.once(seen.highest, tables.once(seen.with_known_highest, counts), what, otherwise)


def _totals(counted: pd.DataFrame, claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return of the totals since the war began the documented counts, the estimates, and the claims."""
    deaths = counted[(counted["measure"] == terms.CUMULATIVE) & counted["population_group"].isin(terms.EVERYBODY)]
    documented = deaths["kind"] == terms.DOCUMENTED
    killed = claims[(claims["measure"] == terms.CUMULATIVE) & claims["indicator"].isin(terms.DEATHS)]
    return deaths[documented], deaths[~documented], killed
