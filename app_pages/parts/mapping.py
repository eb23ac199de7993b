"""The map of the Places page: which places the claims are about, what is published by governorate, and choosing a place.

Why: a place chosen here, by its mark, its row or its button, is the shared filter "Place", so that every other page and every link
keeps it. Map and list count the claims under all filters but this one: what was chosen can be changed where it was chosen.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis import seen, words
from analysis.places import (
    by_area,
    counted,
    describe_counts,
    describe_places,
    listed,
    most_claims,
    outlines,
    short,
    towns,
)
from analysis.selection import with_those_within
from app_pages.parts import filters, open_card, reference, show, tables
from app_pages.parts.plain import arabic, escape_markdown
from exports import files
from figures import places as drawing
from figures.palette import Palette
from validation.boundaries import Boundaries
from validation.vocabulary import PLACE_KINDS, by_code

MAX_TOWNS, MAX_LISTED = 30, 12
MAP_WIDTH, LIST_WIDTH, BUTTON_WIDTH = 740, 400, {0: 222, 1: 222, 2: 190}
CLAIMS, COUNTS = "Claims", "Published counts"
COLUMNS = {
    "name": "Place",
    "claims": "Claims",
    "own": "About exactly this place",
    "name_ar": "In Arabic",
    "name_ocha": "OCHA’s spelling",
    "kind": "Kind",
    "pcode": "P-code",
    "printed": "Printed by",
}
MEASURED = (
    "A claim counts for the place that it is about, and for every place that holds it: one about a town counts for its {area} too. "
    "Claims about wider areas are never spread over the map; they come first in the list. Colours and dots count claims, not people. "
    "Colours change at 1, 10, 100 and 1,000 claims. A thick outline shows the place chosen, a dotted one the {area} that holds it or a "
    "part of it."
)
COUNTS_MEASURED = (
    "Each number is what the publisher gives for the {area}, for one month, year or other period, or at one date; we offer every such set "
    "of two or more. No number means that these tables have none from this publisher, not that it is zero. The numbers need not add up to "
    "its total for the country. The darkest colour is that of the largest number, in four even steps. Filters choose claims; these numbers "
    "stay as they are."
)


def places(claims: pd.DataFrame) -> pd.DataFrame:
    """Count the claims by place, once for a choice."""
    return tables.once(counted, claims, tables.table("places"), _drawn(), tables.dataset().about.admin1)


def _drawn() -> tuple[str, ...]:
    """Return the ids of the places that the map draws, none where there is no map."""
    boundaries = tables.dataset().boundaries
    return tuple(boundaries.isos) if boundaries else ()


def switch() -> str | None:
    """Let readers choose what the map shows: claims, or what one publisher counts by governorate; return which counts, if any."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        shown = st.segmented_control(
            "On the map", [CLAIMS, COUNTS], default=CLAIMS, required=True, key="show", bind="query-params",
            label_visibility="collapsed", on_change=filters.forget_link,
        )  # fmt: skip
        if shown != COUNTS:
            with st.container(width="stretch"):
                st.caption(
                    "Dots and colours count claims, not people; no dot does not mean that nobody was killed or displaced there."
                )
            return None
        offered = list(published())
        if not offered:
            st.caption(f"No publisher in these tables gives counts for two or more {admin1()}s.")
            return ""
        return st.selectbox(
            "Published count", offered, key="counted", bind="query-params", label_visibility="collapsed",
            on_change=filters.forget_link,
        )  # fmt: skip


def draw(claims: pd.DataFrame, counts: str | None) -> None:
    """Draw the map, where the tables have one: of claims, or of the published `counts` chosen; selecting a mark chooses its place."""
    boundaries = tables.dataset().boundaries
    if boundaries is None:
        st.caption("These tables have no map.")
        places_table(claims)
    elif counts:
        _of_counts(claims, published()[counts], boundaries)
    else:
        _of_claims(claims, boundaries)


def _of_claims(claims: pd.DataFrame, boundaries: Boundaries) -> None:
    rows = places(claims)
    dots = tables.once(towns, rows)
    title = tables.once(most_claims, rows, len(claims)) or f"Claims by the {admin1()} they are about"

    def build(colours: Palette) -> show.Built:
        placed = claims[claims["place_id"].isin(rows.loc[rows["area_id"].notna(), "place_id"])]
        line = show.source_line(placed, total=len(claims), rule=f"those about one {admin1()} or a place in it")
        named = "; ".join(
            f"{row.name} {row.own:,}" for row in dots.head(MAX_TOWNS).itertuples(index=False, name="Town")
        )
        summary = f"{title}: {describe_places(rows, admin1())}" + (f" Towns: {named}." if named else "")
        figure = drawing.claims_map(rows, dots.head(MAX_TOWNS), outlined(rows), boundaries, colours)
        return show.Built(figure, _credited(line, boundaries), summary)

    subtitle = f"Claims by {admin1()} and town{chosen_words('; chosen: ')}"
    if len(dots) > MAX_TOWNS:
        subtitle += f"; of {len(dots):,} towns the {MAX_TOWNS} with most claims"
    measured = MEASURED.format(area=admin1())
    show.chart(
        show.Chart(
            "places",
            title,
            (claims,),
            build,
            lambda _: places_table(claims),
            lambda: rows,
            measured,
            subtitle,
            on_select=_picked,
            choice={**tables.choice(), "place": []},
        )
    )


def _of_counts(claims: pd.DataFrame, counts: pd.DataFrame, boundaries: Boundaries) -> None:
    first = counts.iloc[0]
    where = f"most in {short(first['name'])} ({first['said']})" if seen.first_is_largest(counts) else f"by {admin1()}"
    title = f"{first['whom']}, {first['span']}: {where}"
    kind = str(first["organisation_kind"]).lower()

    def build(colours: Palette) -> show.Built:
        figure = drawing.counts_map(counts, outlined(places(claims)), offered_places(), boundaries, colours)
        line = f"Source: {first['organisation']}. {words.count(len(counts), 'published count')}. Data version {tables.dataset().version}."
        return show.Built(figure, _credited(line, boundaries), f"{title}. {describe_counts(counts)}.")

    def table(_: show.Shown) -> None:
        config: dict[str, Any] = {"name": "Place", "said": "Value"} | reference.VALUES
        config["url"] = st.column_config.LinkColumn(reference.VALUES["url"])
        show.grid(counts, config, f"Values: {title}")

    subtitle = f"Published by {first['organisation']} ({kind}). Blank means that we have no number of theirs, not zero{chosen_words('; chosen: ')}"
    measured = COUNTS_MEASURED.format(area=admin1())
    show.chart(
        show.Chart(
            "places-counts",
            title,
            (counts, claims[["place_id"]]),
            build,
            table,
            lambda: files.readers_counts(counts),
            measured,
            subtitle,
            on_select=_picked,
        )
    )


def beside(claims: pd.DataFrame) -> None:
    """List the places, those that no governorate holds first, each with its claims and a button that chooses it."""
    rows = places(claims)
    found, rest, empty = tables.once(_listed, rows, tables.dataset().about.country)
    picked = tables.choice()["place"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**Claims by place**")
        if picked:
            st.button("Show all places", key="clear-place", on_click=clear, type="tertiary", icon=":material/close:")
    st.caption("Click a place to filter; click again to clear.")
    with st.container(gap="xsmall"):
        for row in found:
            _button(row, picked)
    lines = [f"{words.count(rest, 'more place')}: see the table."] if rest else []
    lines += [f"{words.count(empty, admin1())} without a claim."] if empty else []
    if lines:
        st.caption(" ".join(lines))


def _listed(rows: pd.DataFrame, country: str) -> tuple[list[dict[Any, Any]], int, int]:
    """Return the places that stand in the list, how many more have claims, and how many of those that are drawn have none."""
    found = listed(rows, country, MAX_LISTED)
    rest = int((rows["claims"].where(rows["area_id"].notna(), rows["own"]) > 0).sum()) - len(found)
    return found.to_dict("records"), rest, int(((rows["place_id"] == rows["area_id"]) & (rows["claims"] == 0)).sum())


def _button(row: dict[Any, Any], picked: Sequence[str]) -> None:
    key = row["place_id"] if isinstance(row["place_id"], str) else words.NOT_KNOWN
    whole = "Whole country" if key == tables.dataset().about.country else escape_markdown(row["name"])
    set_in = f"within-{key}" if row["level"] == 2 else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=set_in):
        st.button(
            f"{whole}: {row['shown']:,}",
            key=f"choose-{key}",
            on_click=choose,
            args=(key,),
            type="primary" if key in picked else "secondary",
            width=BUTTON_WIDTH[row["level"]],
        )
        if name := arabic(row["name_ar"]):
            st.html(name)


def places_table(claims: pd.DataFrame) -> None:
    """Show every place with its names and counts as a table; selecting a row chooses its place."""
    rows = show.page_of(tables.once(_with_claims, places(claims)), "places")
    given = {name: title for name, title in COLUMNS.items() if rows[name].notna().any()}
    ids = rows["place_id"].fillna(words.NOT_KNOWN).tolist()
    key = open_card.fresh("table-places-map")
    show.grid(
        rows,
        given,
        "Places, one a row, with the number of claims about each; select a row to filter by the place",
        key=key,
        on_select=lambda: _row_picked(key, ids),
        selection_mode="single-row",
    )


def _with_claims(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["claims"] > 0]


def claims_of_choice(claims: pd.DataFrame, chosen: pd.DataFrame) -> None:
    """Show the claims about what is chosen, as many as the list says; those about places within a wider area stand folded under them.

    `claims`: under all filters but the place; `chosen`: under all.
    """
    picked = tables.choice()["place"]
    exact, rest = tables.once(_about_exactly, chosen, places(claims), tables.table("places"), tuple(picked))
    whole = " as a whole" if len(rest) and len(picked) == 1 else ""
    about_it = f"{words.count(len(exact), 'claim')} about {escape_markdown(chosen_words())}{whole}"
    st.header(about_it if picked else "All claims")
    show.claims_table(exact, "places")
    show.sources(exact)
    if len(rest):
        more = st.expander(f"{words.count(len(rest), 'more claim')} about places within it", on_change="rerun")
        if more.open:
            with more:
                show.claims_table(rest, "places-within")


def _about_exactly(
    chosen: pd.DataFrame, rows: pd.DataFrame, known: pd.DataFrame, picked: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the claims about the places picked, and those about places within the ones that no drawn place holds."""
    wider = set(picked) & {*rows.loc[rows["area_id"].isna(), "place_id"].dropna(), words.NOT_KNOWN}
    held = with_those_within(list(set(picked) - wider), known, "place_id")
    about = chosen["place_id"].fillna(words.NOT_KNOWN).isin(held | wider)
    exact = chosen[about] if picked and about.any() else chosen
    return exact, chosen.drop(exact.index)


def published() -> dict[str, pd.DataFrame]:
    """Return the published counts that one publisher gives for several governorates, by their names in the list."""
    return tables.once(by_area, reference.view(), tables.table("places"), _drawn(), tables.dataset().about.admin1)


def outlined(rows: pd.DataFrame) -> dict[str, str]:
    """Return the outlines that show which place is chosen."""
    return outlines(rows, tables.dataset().table("places"), tables.choice()["place"])


def offered_places() -> set[str]:
    """Return the ids of places that the shared filter offers."""
    return set(tables.offered()["place"])


def chosen_words(before: str = "") -> str:
    """Name the places chosen: "Idlib (governorate) or Syria"; "" where none is."""
    labels = tables.offered()["place"]
    named = " or ".join(labels.get(place, place) for place in tables.choice()["place"])
    return f"{before}{named}" if named else ""


def choose(place_id: str) -> None:
    """Choose one place in the shared filter, or none where it was the one chosen; for callbacks."""
    if place_id in tables.offered()["place"]:
        st.session_state["place"] = [] if st.session_state.get("place") == [place_id] else [place_id]
    # The mark must be free for the next click, which clears the choice.
    open_card.closed()


def clear() -> None:
    """Choose no place; for callbacks."""
    st.session_state["place"] = []
    open_card.closed()


def admin1() -> str:
    """Return the word for what the map draws: governorate, province."""
    return by_code(PLACE_KINDS)[tables.dataset().about.admin1].label.lower()


def _credited(line: str, boundaries: Boundaries) -> str:
    return " ".join(filter(None, [line, boundaries.credit, boundaries.note]))


def _picked(key: str) -> None:
    if place_id := open_card.marked(key):
        choose(place_id)


def _row_picked(key: str, ids: list[str]) -> None:
    if rows := st.session_state[key].selection.rows:
        choose(ids[rows[0]])
