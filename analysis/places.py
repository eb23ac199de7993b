"""How many claims speak of each place, and which speak of no place on a map of governorates.

Why: a map invites to add people up by area, which would count the same people twice; what may be counted there is claims. A
report often speaks of an area wider than a governorate: such claims are listed beside the map and never spread over it. Not
here: boundaries and drawing (`figures/places.py`), choosing rows by place (`selection.py`).
"""

from collections.abc import Collection

import pandas as pd

from analysis import words
from validation.rules import wholes_of


def counted(view: pd.DataFrame, places: pd.DataFrame, drawn: Collection[str], admin1: str) -> pd.DataFrame:
    """Count the claims of each governorate and of each place that has any, by the place's own row and with all within it.

    `view`: the claims view; `places`: the table of places; `drawn`: ISO 3166-2 codes of the governorates that a
    map can draw; `admin1`: the kind of place that they are.
    One row a place, sorted by `claims` and name: the columns of `places`, `own` (claims about exactly this place), `claims`
    (these and those about places within it), `area_id` (the id of the drawn governorate that it is or lies in, else
    missing), `printed` (publishers and years of its claims). Claims without a place have a row of their own, without an id.
    """
    within = places.set_index("place_id")["within"].dropna().to_dict()
    chains = {place: wholes_of(place, within) for place in places["place_id"]}
    pairs = pd.DataFrame(
        [(place, whole) for place, wholes in chains.items() for whole in wholes], columns=["place_id", "whole"]
    )
    own = view["place_id"].value_counts()
    claims = pairs.assign(own=pairs["place_id"].map(own)).groupby("whole")["own"].sum()
    drawable = set(places.loc[(places["kind"] == admin1) & places["iso"].isin(set(drawn)), "place_id"])
    inside = {place: next((whole for whole in wholes if whole in drawable), None) for place, wholes in chains.items()}
    rows = places.assign(
        own=places["place_id"].map(own).fillna(0).astype("int64"),
        claims=places["place_id"].map(claims).fillna(0).astype("int64"),
        area_id=places["place_id"].map(inside).astype("str"),
    )
    rows = rows[(rows["claims"] > 0) | rows["place_id"].isin(drawable)]
    nowhere = view[view["place_id"].isna()]
    if len(nowhere):
        blank = {"name": words.NOT_KNOWN, "own": len(nowhere), "claims": len(nowhere)}
        rows = pd.concat([rows, pd.DataFrame([blank]).astype({"name": "str"})], ignore_index=True)
    return rows.assign(printed=_printed(view, rows, pairs)).sort_values(
        ["claims", "name"], ascending=[False, True], ignore_index=True
    )


def towns(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the places with claims of their own that lie in a drawn governorate at known coordinates; `rows` as `counted` gives them."""
    return rows[
        (rows["own"] > 0)
        & rows["area_id"].notna()
        & (rows["place_id"] != rows["area_id"])
        & rows[["latitude", "longitude"]].notna().all(axis=1)
    ]


def off_the_map(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the places with claims of their own that lie in no drawn governorate: wider areas, other countries, not known."""
    return rows[(rows["own"] > 0) & rows["area_id"].isna()]


def describe_places(rows: pd.DataFrame, area: str) -> str:
    """Return what a map of the rows shows: how many claims in which areas (the word for one: `area`), how many in none."""
    placed = rows[(rows["place_id"] == rows["area_id"]) & (rows["claims"] > 0)]
    most = "; ".join(
        f"{short(row.name)} {row.claims:,}" for row in placed.head(5).itertuples(index=False, name="Place")
    )
    rest = int(off_the_map(rows)["own"].sum())
    return (
        f"{words.count(int(placed['claims'].sum()), 'claim')} in {words.count(len(placed), area)}"
        + (f" ({most}{'; and others' if len(placed) > 5 else ''})" if len(placed) else "")
        + f"; {words.count(rest, 'claim')} about wider areas, other countries or a place not known."
    )


def short(name: object) -> str:
    """Return a place's name without the kind of place in brackets."""
    return str(name).partition(" (")[0]


def _printed(view: pd.DataFrame, rows: pd.DataFrame, pairs: pd.DataFrame) -> list[str]:
    """Name the publishers of the claims of each row, those of places within it among them."""
    printed = view[["place_id", "publisher", "published"]]
    said = words.source_lines(printed.merge(pairs, on="place_id"), "whole", most=4)
    nowhere = printed[printed["place_id"].isna()]
    return [
        str(said.get(place, "")) if isinstance(place, str) else words.source_line(nowhere, most=4)
        for place in rows["place_id"]
    ]
