"""The maps of the Places page: which places the claims speak of, and choosing a place by its mark, its row or its button.

Why: a place chosen here is the shared filter "Place", so that every other page and every link keeps it. The maps count the
claims under all filters but this one: what was chosen can be changed where it was chosen.
"""

import html
from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis import words
from analysis.places import counted, describe_places, off_the_map, short, towns
from app_pages.parts import open_card, show, tables
from app_pages.parts.plain import arabic, escape_markdown
from figures import places as drawing
from figures.palette import Palette
from validation.vocabulary import PLACE_KINDS, by_code

MAX_TOWNS, MAX_LISTED = 30, 12
MAP_PICTURE = 500
"""Width of a saved picture of a map, which is not wider for more room."""
COLUMNS = {
    "name": "Place",
    "name_ar": "In Arabic",
    "name_ocha": "OCHA’s spelling",
    "kind": "Kind",
    "pcode": "P-code",
    "claims": "Claims",
    "own": "About exactly this place",
    "printed": "Printed by",
}


def places(claims: pd.DataFrame) -> pd.DataFrame:
    """Count the claims by place, once for a choice."""
    boundaries = tables.dataset().boundaries
    drawn = boundaries.isos if boundaries else []
    return tables.kept(
        ("places", tables.key_of(claims)),
        lambda: counted(claims, tables.dataset().table("places"), drawn, tables.dataset().about.admin1),
        size_of=tables.bytes_of,
    )


def governorates(claims: pd.DataFrame) -> None:
    """Draw the map of governorates, where the tables have one; selecting a mark chooses its place."""
    boundaries = tables.dataset().boundaries
    if boundaries is None:
        st.caption("These tables have no map.")
        return
    rows = places(claims)
    chosen = frozenset(tables.choice()["place"])

    def build(colours: Palette) -> show.Built:
        inside = rows.loc[rows["area_id"].notna(), "place_id"]
        placed = claims[claims["place_id"].isin(inside)]
        line = show.source_line(placed, total=len(claims), rule=f"those about one {admin1()} or a place in it")
        line = " ".join(filter(None, [line, boundaries.credit, boundaries.note]))
        return show.Built(
            drawing.governorates(rows, chosen, boundaries, colours), line, f"{title}: {describe_places(rows, admin1())}"
        )

    title = f"Claims by the {admin1()} they are about"
    _map("governorates", title, claims, build)


def of_towns(claims: pd.DataFrame) -> None:
    """Draw the towns where the claims have any; selecting a mark chooses its place."""
    rows, boundaries = towns(places(claims)), tables.dataset().boundaries
    if rows.empty or boundaries is None:
        return
    drawn = rows.head(MAX_TOWNS)
    there = claims[claims["place_id"].isin(drawn["place_id"])]

    def build(colours: Palette) -> show.Built:
        named = "; ".join(f"{row.name} {row.own:,}" for row in drawn.itertuples(index=False, name="Town"))
        rest = f"; and {len(rows) - MAX_TOWNS:,} more in the table" if len(rows) > MAX_TOWNS else ""
        rule = f"those of the {MAX_TOWNS} places with most claims, of {len(rows):,} places"
        line = f"{show.source_line(there, total=int(rows['own'].sum()), rule=rule)} {boundaries.credit}".rstrip()
        return show.Built(drawing.towns(drawn, boundaries, colours), line, f"{title}: {named}{rest}.")

    title = f"Claims about a town or sub-district, in {_within(drawn)}"
    _map("towns", title, there, build)


def beside(claims: pd.DataFrame) -> None:
    """List the places that no governorate holds, each with its count and a button that chooses it."""
    rows = off_the_map(places(claims))
    st.markdown(f"**Not on the map: {words.count(int(rows['own'].sum()), 'claim')}**")
    st.caption(
        f"Claims about areas wider than a {admin1()}, other countries, or a place that the report does not give."
    )
    for row in rows.head(MAX_LISTED).to_dict("records"):
        key = row["place_id"] if isinstance(row["place_id"], str) else words.NOT_KNOWN
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                f"{escape_markdown(row['name'])}: {row['own']:,}",
                key=f"choose-{key}",
                on_click=choose,
                args=(key,),
                type="primary" if key in tables.choice()["place"] else "secondary",
                help="Click to filter by this place; click again to clear",
            )
            if name := arabic(row["name_ar"]):
                st.html(name)
    if len(rows) > MAX_LISTED:
        st.caption(f"The first {MAX_LISTED} of {len(rows):,}; the table below has all.")


def names(claims: pd.DataFrame) -> None:
    """Show every place with its names and counts as a table; selecting a row chooses its place."""
    rows = places(claims)
    rows = rows[rows["claims"] > 0]
    given = {name: title for name, title in COLUMNS.items() if rows[name].notna().any()}
    with_names = ", with names in Arabic" if "name_ar" in given else ""
    with st.expander(f"The same {words.count(len(rows), 'place')} as a table{with_names}"):
        listed = show.page_of(rows, "places")
        ids = listed["place_id"].fillna(words.NOT_KNOWN).tolist()
        key = open_card.fresh("table-places-" + "+".join(tables.choice()["place"]))
        st.dataframe(
            listed[list(given)],
            hide_index=True,
            key=key,
            on_select=lambda: _row_picked(key, ids),
            selection_mode="single-row",
            column_config=dict(given),
            placeholder=words.NOT_KNOWN,
            alt="Places, one a row, with the number of claims about each; select a row to filter by the place",
        )
        lines = "".join(
            f"<li>{html.escape(row['name'])}: {arabic(row['name_ar'])}</li>"
            for row in listed.to_dict("records")
            if isinstance(row["name_ar"], str)
        )
        if lines:
            st.html(f"<ul>{lines}</ul>")


def choose(place_id: str) -> None:
    """Choose one place in the shared filter, or none where it was the one chosen; for callbacks."""
    st.session_state["place"] = [] if st.session_state.get("place") == [place_id] else [place_id]


def admin1() -> str:
    """Return the word for what the map draws: governorate, province."""
    return by_code(PLACE_KINDS)[tables.dataset().about.admin1].label.lower()


def _within(rows: pd.DataFrame) -> str:
    """Name the governorates of the places, or the country where they are many."""
    names = tables.dataset().table("places").set_index("place_id")["name"]
    found = sorted({short(names[governorate]) for governorate in rows["area_id"]})
    return ", ".join(found) if len(found) <= 3 else tables.dataset().country


def _map(name: str, title: str, claims: pd.DataFrame, build: Callable[[Palette], show.Built]) -> None:
    """Show a map of the places of `claims`, which with what is chosen decide everything in it."""
    key = f"{name}-{'+'.join(tables.choice()['place'])}".rstrip("-")
    rows = places(claims)
    show.chart(
        show.Chart(
            key, title, (claims,), build, lambda _: names(claims), lambda: rows, on_select=_picked, width=MAP_PICTURE
        )
    )


def _picked(key: str) -> None:
    if place_id := open_card.marked(key):
        choose(place_id)


def _row_picked(key: str, ids: list[str]) -> None:
    if rows := st.session_state[key].selection.rows:
        choose(ids[rows[0]])
