"""The charts of the Displacement page that set published counts beside claims, and the sentences in their place where there is none."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis import seen, words, year_ends
from analysis.comparison_words import beside
from analysis.order import BY_WHOLE
from analysis.selection import wholes_and_parts
from app_pages.parts import reference, show, tables
from app_pages.parts.plain import escape_markdown
from exports import files
from figures.composition import composition
from figures.palette import Palette
from figures.small_multiples import MAX_PANELS, small_multiples
from figures.year_ends import year_ends as year_ends_figure
from validation.vocabulary import DISPLACEMENT, NEAR, SAME

MAX_CLAIMS, MAX_WHOLES, MAX_BESIDE = 12, 60, 4
"""Claims among the counts of years, claims in a chart of totals and parts, published counts beneath one of these."""
ROW, MAX_YEARS = 35, 25
"""Height of a row of a table in pixels, and how many years are seen at once."""
LINES = "solid lines are counts, dashed ones estimates"
MEASURED = (
    "Refugees are people who left the country, internally displaced people stayed in it. "
    "Each value is the number of people at 31 December, and stands at the label of its year; ↑ means “at least”, ↓ “at most”, ~ “about”. "
    "A line stops where the way of counting changed or a year is missing. Of a count that was released again the newest value is drawn. "
    "People whose asylum claim is not decided are not among the refugees. What is called our sum is added up by us from two counts of one "
    "organisation; we add up nothing of two. "
)
POINTS = (
    "A point is a claim of a report about all who fled, since the war began or at a date; it stands at its date, between the ends of years. "
    "An arrow means “at least” (or “at most”), a hollow point with a tilde “about”. A pale band is a word such as “hundreds”: its ends are our "
    "convention. Claims of everyone displaced since the war began include people who have returned, and may be higher than a count at a date."
)
TOTALS_MEASURED = (
    "A bar is one claim of a report, quoted as published; the claims set in beneath it are its parts, already in the total. An arrow means “at "
    "least” (or “at most”), a hollow bar “about”, "
    "a pale band a word such as “hundreds”, whose ends are our convention. A tick is a published count of the same thing, of the nearest "
    "days: the same counts as on the card of the claim. Bars and ticks begin at 0 on one scale, and we do not add them up."
)


def at_year_ends(claims: pd.DataFrame, *, with_claims: bool = True, width: int = show.PICTURE) -> None:
    """Draw the published counts of all who fled at the end of each year, with the claims of `claims` about them as points or not.

    `width`: see `show.Chart`.
    """
    country = tables.dataset().about.country
    counts = tables.once(year_ends.of_country, reference.view(), country)
    fitting = tables.once(year_ends.totals, claims, country) if with_claims else tables.no_claim()
    if counts.empty:
        st.write("We have no published count of refugees or displaced people at the end of a year.")
        return

    def build(colours: Palette) -> show.Built:
        drawn = reference.largest(fitting, MAX_CLAIMS)
        return _built(
            year_ends_figure(counts, drawn, colours), title, counts, drawn, reference.how_many(drawn, fitting)
        )

    title = tables.once(seen.most_at_year_ends, counts) or "Refugees and internally displaced people, year by year"
    points = ", points claims" if len(fitting) else ""
    whom = f"Refugees from {tables.dataset().country} and people displaced in it"
    subtitle = f"{whom}, at the end of each year, by publisher: {LINES}{points}."
    table = _table_of_years(counts, "title", f"Values: {title}", fitting)
    show.chart(
        show.Chart(
            "year-ends",
            title,
            (counts, fitting),
            build,
            table,
            lambda: files.readers_counts(counts),
            MEASURED + POINTS,
            subtitle,
            width=width,
        )
    )


def by_host() -> None:
    """Draw the published counts of refugees in each country of asylum, a panel each; a sentence where there are less than two."""
    hosts = tables.once(year_ends.by_host, reference.view(), tables.dataset().about.country, tables.table("places"))
    places = tables.once(_how_many_places, hosts)
    if not places:
        st.write("We have no published count of refugees by host country.")
        return
    if places == 1:
        last = hosts.sort_values("day").iloc[-1]
        where, who = escape_markdown(last["place_name"]), escape_markdown(last["organisation"])
        st.write(
            f"We have published counts of refugees in one host country only, {where}: {last['said']} at the end of {last['day'].year} ({who})."
        )
        return
    shown = tables.once(year_ends.largest_hosts, hosts, MAX_PANELS)
    left_out = places - tables.once(_how_many_places, shown)
    title = tables.once(seen.most_hosted, hosts) or "Refugees in each host country, year by year"
    subtitle = f"Refugees from {tables.dataset().country} at the end of each year, one scale for all. " + (
        f"The largest {MAX_PANELS} are drawn, {left_out:,} more in the table."
        if left_out
        else "There are more host countries: these are those whose counts we have."
    )

    def build(colours: Palette) -> show.Built:
        return _built(small_multiples(shown, colours), title, shown, tables.no_claim())

    table = _table_of_years(hosts, "place_name", f"Values: {title}", tables.no_claim())
    show.chart(
        show.Chart("by-host", title, (hosts,), build, table, lambda: files.readers_counts(hosts), MEASURED, subtitle)
    )


def _how_many_places(counts: pd.DataFrame) -> int:
    return int(counts["place_id"].nunique())


def totals(in_whole: pd.DataFrame) -> None:
    """Draw totals with their parts, each with the published counts that stand beside it on its card."""
    claims = tables.once(_first_wholes, in_whole)
    counts = tables.once(counts_of, claims)
    title = tables.once(seen.total_and_parts, claims)

    how_many = words.count(len(in_whole), "claim")
    if len(claims) < len(in_whole):
        how_many = f"{len(claims):,} of {how_many} ({BY_WHOLE.rule})"

    def build(colours: Palette) -> show.Built:
        return _built(composition(claims, colours, counts), title, counts, claims, how_many)

    def table(shown: show.Shown) -> None:
        show.claims_table(in_whole, "composition", order=BY_WHOLE.arrange(in_whole).index)
        if len(counts):
            config = {
                "quote": "Beside the claim",
                "said": "Published count",
                "organisation": "Who counted",
                "title": "What is counted",
            }
            config |= {"period_end": "At", "why": "In what it differs"}
            show.grid(tables.once(_with_quotes, counts, claims), config, f"Published counts: {title}")

    subtitle = "People, by the words of the report; a tick is a published count of the same thing, of the nearest days."
    show.chart(
        show.Chart(
            "composition",
            title,
            (in_whole,),
            build,
            table,
            partial(files.readers_claims, tables.dataset(), in_whole),  # of this run: the file is made outside of it
            TOTALS_MEASURED,
            subtitle,
        )
    )


def _with_quotes(counts: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return counts with the words of the claim that each stands beside."""
    return counts.assign(quote=counts["claim_id"].map(claims.set_index("claim_id")["wording"]).map(words.quoted))


def _first_wholes(in_whole: pd.DataFrame) -> pd.DataFrame:
    return BY_WHOLE.first(BY_WHOLE.arrange(in_whole), MAX_WHOLES)


def divided(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return claims that hold others or are held by one, and all others."""
    in_whole = wholes_and_parts(people)
    return in_whole, people.drop(in_whole.index)


def counts_of(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the published counts beside claims that can stand on their scale: the same thing, the nearest first; `claim_id` says of which."""
    dataset = tables.dataset()
    found = [beside(dataset, row).assign(claim_id=row["claim_id"]) for row in claims.to_dict("records")]
    counts = pd.concat(found) if found else reference.view().head(0).assign(claim_id="", later=False)
    unit = counts["claim_id"].map(claims.set_index("claim_id")["unit"])
    fits = counts["relation"].isin([SAME, NEAR]) & (counts["unit"] == unit) & counts["value"].notna()
    return counts[fits].groupby("claim_id", sort=False).head(MAX_BESIDE).reset_index(drop=True)


def _built(figure: go.Figure, title: str, counts: pd.DataFrame, claims: pd.DataFrame, how_many: str = "") -> show.Built:
    """Return a figure with the line that names who counted and who printed, how many claims of how many, and the version of the data."""
    parts = ["; ".join(sorted(counts["organisation"].unique())), words.source_line(claims)]
    said = ", ".join(filter(None, [words.count(len(counts), "published count") if len(counts) else "", how_many]))
    line = f"Sources: {'. Claims: '.join(filter(None, parts))}. {said}. Data version {tables.dataset().version}."
    summary = words.in_short(claims, title) if len(claims) else f"{title}."
    return show.Built(
        figure, line, f"{summary} Last published counts: {words.latest(counts)}." if len(counts) else summary
    )


def _table_of_years(counts: pd.DataFrame, by: str, alt: str, claims: pd.DataFrame) -> Callable[[show.Shown], None]:
    """Return what shows counts as a table of years, a column each of `by`, and beneath it the claims that are drawn among them."""

    def table(_: show.Shown) -> None:
        ordered = tables.once(_by_year, counts, by)
        headed = {str(name): "End of" if name == "year" else str(name) for name in ordered}
        show.grid(ordered, headed, alt, height=ROW * (min(len(ordered), MAX_YEARS) + 1) + 2)
        if len(claims):
            show.claims_table(claims, f"claims-{by}")

    return table


def _by_year(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return counts as a table: `year`, and a column each of `by`, with who counted where several did."""
    several = counts.groupby([by, "day"])["run"].nunique().max() > 1
    named = counts[by] + (" (" + counts["organisation"] + ")" if several else "")
    # Refugees first, whose counts are the longest; sums of ours last.
    rank = counts["indicator"].map({name: at for at, name in enumerate(reversed(DISPLACEMENT))})
    rows = counts.assign(name=named, year=counts["day"].dt.year.astype("str"), rank=rank)
    values = rows.sort_values(["ours", "rank"], kind="stable").pivot_table(
        index="year", columns="name", values="said", aggfunc="last", sort=False
    )
    return values.sort_index().reset_index()
