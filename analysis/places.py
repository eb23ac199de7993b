"""How many claims speak of each place, and which speak of no place on a map of governorates.

Why: a map invites to add people up by area, which would count the same people twice; what may be counted there is claims. A
report often speaks of an area wider than a governorate: such claims are listed beside the map and never spread over it. Not
here: boundaries and drawing (`figures/places.py`), choosing rows by place (`selection.py`).
"""

import calendar
from collections.abc import Collection

import pandas as pd

from analysis import words
from validation.rules import wholes_of
from validation.vocabulary import (
    ALL_FIRE,
    ESTIMATE,
    FIRE_NOT_STATED,
    FIRES,
    INCIDENT,
    MODELLED,
    PEOPLE,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    labels,
)

MIN_AREAS = 2
"""Governorates with a count that make a map of published counts."""
ONE_PUBLICATION = [
    "organisation", "indicator", "population_group", "unit", "measure", "by_fire", "kind", "period_start", "period_end",
]  # fmt: skip
"""What counts of several governorates share that may stand on one map."""


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


def listed(rows: pd.DataFrame, country: str, most: int) -> pd.DataFrame:
    """Return the places to list beside a map, `most` of them, with `level` and `shown` (the number of claims to show).

    `level` 0: those that no drawn governorate holds, by the claims about exactly them, the `country` at war first; 1: governorates with
    claims; 2: the places within one, after it. Where there is not room for all, those with fewer claims and those within are left out.
    """
    on_map = rows["area_id"].notna()
    governorate = on_map & (rows["place_id"] == rows["area_id"])
    level = (on_map.astype("int64") * 2).mask(governorate, 1)
    found = rows.assign(level=level, shown=rows["claims"].where(on_map, rows["own"]))
    found = found[found["shown"] > 0]
    wider = found[found["level"] == 0].sort_values("shown", ascending=False, kind="stable")
    wider = wider.sort_values("place_id", key=lambda ids: ids != country, kind="stable").head(most // 2)
    inside = found[found["level"] > 0].sort_values(["level", "shown"], ascending=[True, False], kind="stable")
    inside = inside.head(most - len(wider))
    order = inside[inside["level"] == 1].reset_index()["area_id"]
    place_in_order = pd.Series(order.index, index=order)
    # A governorate that was left out has none of its places listed: they come after all governorates.
    inside = inside.assign(at=inside["area_id"].map(place_in_order)).dropna(subset="at")
    inside = inside.sort_values(["at", "level", "shown"], ascending=[True, True, False], kind="stable")
    return pd.concat([wider, inside.drop(columns="at")], ignore_index=True)


def outlines(rows: pd.DataFrame, places: pd.DataFrame, chosen: Collection[str]) -> dict[str, str]:
    """Return the dash of the outline of each place that shows what is chosen: place id to "solid" or "dot".

    A governorate is outlined where it or a place that holds it is chosen, and dotted where a chosen place without known coordinates
    lies in it, or partly; a town is outlined where it is chosen. `rows` as `counted` gives them; `places` is the table.
    """
    within = places.set_index("place_id")["within"].dropna().to_dict()
    spans = places.dropna(subset="spans").set_index("place_id")["spans"].str.split("; ")
    areas = set(rows["area_id"].dropna())
    drawn = set(towns(rows)["place_id"])
    solid = {area for area in areas if set(wholes_of(area, within)) & set(chosen)} | (drawn & set(chosen))
    parts = rows.loc[rows["place_id"].isin(set(chosen) - drawn), "area_id"].dropna()
    spanned = {area for place in set(chosen) & set(spans.index) for area in spans[place]} & areas
    return dict.fromkeys(spanned | set(parts), "dot") | dict.fromkeys(solid, "solid")


def by_area(counts: pd.DataFrame, places: pd.DataFrame, drawn: Collection[str], admin1: str) -> dict[str, pd.DataFrame]:
    """Return the published counts that one publisher gives for several drawn governorates, by what they count in words.

    `counts` as `counts.published_counts` gives them; those for judging size only, of single incidents or without a number are left
    out. Of several releases of one number the latest stands. Columns added: `name`, `name_ar`, `iso`, `whom`, `span`. The counts of most
    governorates come first, of those the latest.
    """
    areas = places[(places["kind"] == admin1) & places["iso"].isin(set(drawn))]
    rows = counts[counts["use"].isna() & (counts["measure"] != INCIDENT) & counts["value"].notna() & ~counts["ours"]]
    rows = rows.merge(areas[["place_id", "name", "name_ar", "iso"]], on="place_id")
    rows = rows.sort_values("published", kind="stable", na_position="first")
    rows = rows.drop_duplicates([*ONE_PUBLICATION, "place_id"], keep="last")
    rows = rows[rows.groupby(ONE_PUBLICATION, dropna=False)["place_id"].transform("size") >= MIN_AREAS]
    if rows.empty:
        return {}
    fires = rows["by_fire"].map(labels(FIRES)).where(~rows["by_fire"].isin([ALL_FIRE, FIRE_NOT_STATED]))
    what = rows["indicator"].map(labels(SERIES_INDICATORS)) + ", "
    what += rows["population_group"].map(labels(POPULATION_GROUPS)).str.lower()
    what += (", " + rows["unit"]).where(rows["unit"] != PEOPLE, "")
    what += (", by " + fires).fillna("")
    what += rows["kind"].map({ESTIMATE: ", an estimate", MODELLED: ", a model"}).fillna("")
    ends = rows[["period_start", "period_end", "measure"]].itertuples(index=False)
    rows = rows.assign(whom=what, span=[span(start, end, measure) for start, end, measure in ends])
    rows = rows.assign(
        choice=rows["organisation"]
        + ", "
        + rows["span"]
        + ": "
        + rows["whom"].str[:1].str.lower()
        + rows["whom"].str[1:]
    )
    rows = rows.drop_duplicates(["choice", "place_id"], keep="last")
    size = rows.groupby("choice")["place_id"].transform("size")
    order = rows.assign(size=size).sort_values(["size", "day"], ascending=False, kind="stable")["choice"].unique()
    return {
        choice: rows[rows["choice"] == choice].sort_values("value", ascending=False, kind="stable", ignore_index=True)
        for choice in order
    }


def span(start: object, end: object, measure: str) -> str:
    """Describe a period; one that is a whole month or year as that: July 2019, 2017."""
    if isinstance(start, str) and isinstance(end, str) and len(start) == len(end) == 10:
        year, month = int(end[:4]), int(end[5:7])
        if (start[5:], end) == ("01-01", f"{start[:4]}-12-31"):
            return end[:4]
        if start == f"{end[:7]}-01" and int(end[8:]) == calendar.monthrange(year, month)[1]:
            return words.date(end[:7])
    return words.period(start, end, measure)


def describe_counts(rows: pd.DataFrame) -> str:
    """Return the counts of one choice of `by_area` in words: each governorate with its number."""
    return "; ".join(f"{short(row['name'])} {row['said']}" for row in rows.to_dict("records"))


def most_claims(rows: pd.DataFrame, total: int) -> str:
    """Return what a map of claims shows: where most of them are; "" where no one governorate has most."""
    placed = rows[(rows["place_id"] == rows["area_id"]) & (rows["claims"] > 0)]
    first = placed.nlargest(2, "claims")
    if first.empty or (len(first) > 1 and first["claims"].iloc[0] == first["claims"].iloc[1]):
        return ""
    top = first.iloc[0]
    verb = "is" if top["claims"] == 1 else "are"
    return f"{top['claims']:,} of {words.count(total, 'claim')} {verb} about {short(top['name'])} or places in it"


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
