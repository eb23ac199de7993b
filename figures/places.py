"""Which places the claims are about, and what is published by governorate: one map of either.

On the map of claims colour and the number in a mark count claims, never people; on that of published counts they are the
publisher's. Boundaries are plain filled lines, so that no map is fetched from another host; they come from the map of the tables
(`validation/boundaries.py`), joined by ISO 3166-2 code and never by FIPS code, which looks like OCHA's P-codes and means other
places.
"""

import html
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import ceil, cos, floor, log10, radians
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from analysis import words
from analysis.places import short
from figures import layout
from figures.hover import wrapped
from figures.labels import LabelLayout, size_of
from figures.palette import Palette
from validation.boundaries import Area, Boundaries, Ring

HEIGHT, INSET_HEIGHT = 308, 150
"""Height of a map, and of the inset where it stands beneath, in pixels."""
GAP = 0.04
"""Room between a map and its inset, as a share of the figure."""
BADGE, DOT, SMALL_DOT, COUNT = 24, 18, 9, 9
"""Sizes of the marks of a governorate, of a town, of a town on the map of the whole country, of a published count."""
PANEL = {False: (250.0, 350.0), True: (310.0, 360.0)}
"""Widths of a map with an inset, in pixels: on a phone and on a desk."""
PART = 0.6
"""Areas that take less than this share of the whole map, across and down, are shown larger, with the whole as inset."""
MARGIN, ASPECT = 0.12, 1.05
"""Degrees around the part that is shown larger, and how much wider than high it is drawn."""
Edges = tuple[float, float, float, float]
"""West, east, south, north."""


def claims_map(
    rows: pd.DataFrame, towns: pd.DataFrame, outlined: Mapping[str, str], boundaries: Boundaries, palette: Palette
) -> go.Figure:
    """Draw every governorate, coloured by its claims, with towns as dots; `rows` and `towns` as `analysis.places` gives them.

    `outlined`: place id to the dash of its outline. A mark carries the place's id; one without claims has no mark. More claims,
    darker (on a dark page lighter): under 10, under 100, under 1,000, more. Where all claims lie in a part of the country that part
    is shown larger, with names of towns, and the whole country stands beside it (on a phone beneath it).
    """
    by_iso = {row["iso"]: row for row in rows.to_dict("records") if row["iso"] in set(boundaries.isos)}
    part = _part(by_iso, towns, boundaries)
    figure = _map(part or _whole(boundaries), palette, inset=part and _whole(boundaries))
    for area in boundaries.areas:
        _add_claims_area(figure, area, by_iso.get(area.iso), outlined, palette, "x", "y")
    if part:
        for area in boundaries.areas:
            _add_claims_area(figure, area, by_iso.get(area.iso), outlined, palette, "x2", "y2")
        figure.add_shape(
            type="rect", xref="x2", yref="y2", x0=part[0], x1=part[1], y0=part[2], y1=part[3],
            line={"color": palette.accent, "width": 1.5},
        )  # fmt: skip
    placed = [(area, by_iso[area.iso]) for area in boundaries.areas if area.iso in by_iso]
    _add_badges(figure, [(area, row) for area, row in placed if row["claims"]], palette)
    _add_towns(figure, towns, outlined, palette, larger=part is not None)
    if part is None:
        notes = [note for area, row in placed for note in (*_name(area, row, palette), *_leader(area, palette))]
    else:
        notes = _names(placed, towns, part, palette)
        if palette.wide:
            inset = [
                note
                for area, row in placed
                for note in (*_name(area, row | {"claims": 0}, palette), *_leader(area, palette))
            ]
            notes += [
                note | {"xref": "x2", "yref": "y2"} | ({"axref": "x2", "ayref": "y2"} if "axref" in note else {})
                for note in inset
            ]
    figure.layout.annotations = notes
    return figure


def counts_map(
    counts: pd.DataFrame,
    outlined: Mapping[str, str],
    selectable: Collection[str],
    boundaries: Boundaries,
    palette: Palette,
) -> go.Figure:
    """Draw the published counts of one publisher by governorate; `counts` as `analysis.places.of_one_publication` gives them.

    The darkest colour is that of the largest count and of those above three quarters of it, and so on; what has no count has the
    colour of none and no mark. Marks of `selectable` places carry their ids.
    """
    by_iso = {row["iso"]: row for row in counts.to_dict("records") if row["iso"] in set(boundaries.isos)}
    largest = max((float(row["value"]) for row in by_iso.values()), default=0.0)
    figure = _map(_whole(boundaries), palette)
    for area in boundaries.areas:
        row = by_iso.get(area.iso)
        dash = outlined.get(str(row["place_id"])) if row else None
        step = ceil(float(row["value"]) / largest * (len(palette.counts) - 1)) if row and largest else 0
        text = _count_text(row) if row else area.note and html.escape(area.note)
        _add_area(figure, area, palette.counts[step], text or "", dash, palette)
    drawn = [(area, by_iso[area.iso]) for area in boundaries.areas if area.iso in by_iso]
    figure.add_scatter(
        x=[area.label[0] for area, _ in drawn],
        y=[area.label[1] for area, _ in drawn],
        mode="markers",
        marker={"symbol": "square", "size": COUNT, "opacity": 1, "color": palette.text},
        customdata=[[row["place_id"] if row["place_id"] in selectable else ""] for _, row in drawn],
        hovertext=[_count_text(row) for _, row in drawn],
        hoverinfo="text",
        cliponaxis=False,
    )
    figure.layout.annotations = [
        note
        for area, row in drawn
        for note in (*_name(area, row, palette, said=short_count(row)), *_leader(area, palette))
    ]
    return figure


def short_count(row: Mapping[Any, Any]) -> str:
    """Write a published count as briefly as a map needs: ~1,000 for about 1,000; a range or a word in full."""
    known = layout.SHORT_BOUNDS.get(row["bound"])
    return str(row["said"]) if known is None else f"{known}{float(row['value']):,.0f}"


def _part(by_iso: Mapping[Any, dict[Any, Any]], towns: pd.DataFrame, boundaries: Boundaries) -> Edges | None:
    """Return the part of the map in which all its claims lie, where that is much smaller than the whole."""
    points = [
        point
        for area in boundaries.areas
        if area.iso in by_iso and by_iso[area.iso]["claims"]
        for ring in area.rings
        for point in ring
    ]
    if not points:
        return None
    points += [(float(row["longitude"]), float(row["latitude"])) for row in towns.to_dict("records")]
    west, east = min(x for x, _ in points) - MARGIN, max(x for x, _ in points) + MARGIN
    south, north = min(y for _, y in points) - MARGIN, max(y for _, y in points) + MARGIN
    narrowing = cos(radians((south + north) / 2))
    wider = max(ASPECT * (north - south) / narrowing - (east - west), 0) / 2
    higher = max((east - west) * narrowing / ASPECT - (north - south), 0) / 2
    part = west - wider, east + wider, south - higher, north + higher
    whole = _whole(boundaries)
    small = all(part[at + 1] - part[at] < PART * (whole[at + 1] - whole[at]) for at in (0, 2))
    return part if small else None


def _add_badges(figure: go.Figure, marked: Sequence[tuple[Area, dict[Any, Any]]], palette: Palette) -> None:
    """Write the number of claims in a mark in each governorate that has any."""
    figure.add_scatter(
        x=[area.label[0] for area, _ in marked],
        y=[area.label[1] for area, _ in marked],
        mode="markers+text",
        text=[f"{row['claims']:,}" for _, row in marked],
        textfont={"size": 12, "color": palette.text},
        marker={
            "size": [BADGE + 5 * max(len(f"{row['claims']:,}") - 2, 0) for _, row in marked],
            "opacity": 1,
            "color": palette.page,
            "line": {"width": 1.5, "color": palette.text},
        },
        customdata=[[row["place_id"]] for _, row in marked],
        hovertext=[_hover_text(row) for _, row in marked],
        hoverinfo="text",
        cliponaxis=False,
    )


def _add_towns(
    figure: go.Figure, towns: pd.DataFrame, outlined: Mapping[str, str], palette: Palette, *, larger: bool
) -> None:
    """Draw towns where they lie: on the larger map with their claims in the dot, on that of the whole country without."""
    size = DOT if larger else SMALL_DOT
    ringed = [place in outlined for place in towns["place_id"]]
    figure.add_scatter(
        x=towns["longitude"].astype(float),
        y=towns["latitude"].astype(float),
        mode="markers+text" if larger else "markers",
        text=[f"{own:,}" for own in towns["own"]],
        textfont={"size": 11, "color": palette.page},
        marker={
            "size": [size + 5 * max(len(f"{own:,}") - 2, 0) * larger for own in towns["own"]],
            "opacity": 1,
            "color": palette.accent,
            "line": {
                "width": [3 if ring else 1.5 for ring in ringed],
                "color": [palette.text if ring else palette.page for ring in ringed],
            },
        },
        customdata=towns[["place_id"]],
        hovertext=[_hover_text(row) for row in towns.to_dict("records")],
        hoverinfo="text",
        cliponaxis=False,
    )


def _names(
    placed: Sequence[tuple[Area, dict[Any, Any]]], towns: pd.DataFrame, edges: Edges, palette: Palette
) -> list[dict[str, Any]]:
    """Name what has room for its name on the larger map; what has none is named when hovered, in the list and in the table."""
    west, east, south, north = edges
    height = HEIGHT
    across = ASPECT * height
    narrowest, widest = PANEL[palette.wide]
    room = LabelLayout(height, widths=[min(across, narrowest), min(across, widest)])

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - west) / (east - west), (north - point[1]) / (north - south) * height

    seen = [(area, row) for area, row in placed if _within(area.label, edges)]
    badges = [(area.label, row, BADGE) for area, row in seen if row["claims"]]
    dots = [((float(row["longitude"]), float(row["latitude"])), row, DOT) for row in towns.to_dict("records")]
    named = [*badges, *dots, *((area.label, row, 0) for area, row in seen if not row["claims"])]
    for point, _, size in named:
        if size:
            room.reserve_mark(*at(point), size / 2)
    notes = []
    for point, row, size in named:
        name = short(row["name"])
        width, tall = size_of([name])
        half = size / 2 + 2 if size else 0
        sides = [(-width / 2, half + tall / 2), (-width / 2, -half - tall / 2), (half, 0.0), (-half - width, 0.0)]
        shift = room.place(*at(point), width, tall, sides if size else [(-width / 2, 0.0)])
        if shift:
            text = _halo(name, palette, quiet=not size)
            notes.append(
                {
                    "x": point[0], "y": point[1], "xshift": shift[0], "yshift": -shift[1], "xanchor": "left",
                    "text": text, "showarrow": False, "borderpad": 0,
                }
            )  # fmt: skip
    return notes


def _whole(boundaries: Boundaries) -> Edges:
    """Return west, east, south and north of the whole map."""
    west, south, east, north = boundaries.edges
    return west, east, south, north


def _within(point: tuple[float, float], edges: Edges) -> bool:
    """Whether a point lies between west, east, south and north."""
    west, east, south, north = edges
    return west <= point[0] <= east and south <= point[1] <= north


def _map(edges: Edges, palette: Palette, inset: Edges | None = None) -> go.Figure:
    """Make an empty map, with a second one as inset where it has edges: a degree of latitude is as long on paper as on the ground."""
    beneath = inset is not None and not palette.wide
    height = HEIGHT + (INSET_HEIGHT if beneath else 0)
    figure = layout.base_figure(palette, height + 12, t=6, b=6, l=0, r=0)
    quiet: dict[str, Any] = {"visible": False, "fixedrange": True, "constrain": "domain"}
    beside = 0.5 - GAP / 2
    share = INSET_HEIGHT / height
    rooms: list[tuple[tuple[float, float], tuple[float, float]]] = [
        ((0, beside if inset and palette.wide else 1), (share + GAP if beneath else 0, 1))
    ]
    rooms += [((0, 1), (0, share)) if beneath else ((1 - beside, 1), (0, 1))] if inset else []
    for number, (shown, (across, up)) in enumerate(zip(filter(None, [edges, inset]), rooms, strict=True)):
        west, east, south, north = (float(edge) for edge in shown)
        name = str(number + 1) if number else ""
        stretch = 1 / cos(radians((south + north) / 2))
        x = quiet | {"range": [west, east], "domain": across, "constraintoward": "left", "anchor": f"y{name}"}
        y = quiet | {"range": [south, north], "domain": up, "constraintoward": "top", "anchor": f"x{name}"}
        y |= {"scaleanchor": f"x{name}", "scaleratio": stretch}
        figure.update_layout({f"xaxis{name}": x, f"yaxis{name}": y})
    return figure.update_layout(showlegend=False, hoverdistance=6)


def _outline(rings: tuple[Ring, ...]) -> dict[str, npt.NDArray[np.float32]]:
    """Return the lines of an area, with a gap after each ring; as numbers of four bytes, which are sent as they are."""
    points = np.array([point for ring in rings for point in (*ring, (np.nan, np.nan))], dtype=np.float32)
    return {"x": points[:, 0], "y": points[:, 1]}


def _add_claims_area(
    figure: go.Figure,
    area: Area,
    row: dict[Any, Any] | None,
    outlined: Mapping[str, str],
    palette: Palette,
    xaxis: str,
    yaxis: str,
) -> None:
    dash = outlined.get(str(row["place_id"])) if row else None
    text = _hover_text(row) if row else html.escape(area.note)
    shade = _shade(int(row["claims"]) if row else 0, palette)
    _add_area(figure, area, shade, text, dash, palette, xaxis, yaxis)


def _add_area(
    figure: go.Figure,
    area: Area,
    shade: str,
    text: str,
    dash: str | None,
    palette: Palette,
    xaxis: str = "x",
    yaxis: str = "y",
) -> None:
    """Draw an area in its colour, hatched where it has a note; `dash`: of the outline of a chosen one."""
    hatched = {"fillpattern": {"shape": "/", "fgcolor": palette.quiet, "bgcolor": palette.line, "size": 4}}
    hover = {"hoverinfo": "text", "text": text} if text else {"hoverinfo": "skip"}
    figure.add_scatter(
        **_outline(area.rings),
        mode="lines",
        fill="toself",
        hoveron="fills",
        line={
            "width": 3 if dash else 1,
            "color": palette.text if dash else palette.quiet,
            "dash": dash or "solid",
        },
        xaxis=xaxis,
        yaxis=yaxis,
        **(hatched if area.note else {"fillcolor": shade}),
        **hover,
    )


def _shade(claims: int, palette: Palette) -> str:
    """Return the colour of a number of claims: none, under 10, under 100, under 1,000, more."""
    return palette.counts[min(floor(log10(claims)) + 1, len(palette.counts) - 1) if claims else 0]


def _hover_text(row: dict[Any, Any]) -> str:
    """Describe a place's names, how many claims speak of it, and who printed them."""
    arabic = f" · {row['name_ar']}" if isinstance(row["name_ar"], str) else ""
    named = [f"<b>{line}</b>" for line in wrapped(f"{row['name']}{arabic}")]
    claims = words.count(int(row["claims"]), "claim") if row["claims"] else "No claim in these tables"
    inside = [f"{row['own']:,} of them about exactly this place"] if row["own"] != row["claims"] else []
    printed = [f"Printed by: {row['printed']}"] if row["printed"] else []
    return "<br>".join([*named, *(line for fact in (claims, *inside, *printed) for line in wrapped(fact))])


def _count_text(row: dict[Any, Any]) -> str:
    """Describe a published count: where, how many, of whom, when, by whom."""
    facts = [row["said"], f"{row['whom']}, {row['span']}", f"Published by: {row['organisation']}"]
    head = [f"<b>{line}</b>" for line in wrapped(str(row["name"]))]
    return "<br>".join([*head, *(line for fact in facts for line in wrapped(str(fact)))])


def _name(area: Area, row: dict[Any, Any], palette: Palette, said: str = "") -> list[dict[str, Any]]:
    """Write the name of an area at its label, past its mark where it has one; with what is `said` of it."""
    east, north = area.label
    marked = bool(said or row["claims"])
    room = (COUNT if said else BADGE) / 2 + 3 if marked else 0
    aside: dict[str, Any] = {
        "left": {"xanchor": "right", "xshift": -room},
        "right": {"xanchor": "left", "xshift": room},
        "above": {"yanchor": "bottom", "yshift": room} if marked else {},
    }[area.side]
    words_of_it = _halo(short(row["name"]), palette, quiet=not marked)
    if said:
        words_of_it += (" " if area.side == "above" else "<br>") + f"<b>{_halo(said, palette)}</b>"
        aside |= {"align": "right" if area.side == "left" else "left"}
    return [{"x": east, "y": north, "text": words_of_it, "showarrow": False, "borderpad": 0} | aside]


def _leader(area: Area, palette: Palette) -> list[dict[str, Any]]:
    """Join a mark that stands outside its governorate to it."""
    east, north = area.label
    if any(_holds(ring, area.label) for ring in area.rings):
        return []
    ring = area.rings[0]
    middle = [sum(point[axis] for point in ring) / len(ring) for axis in (0, 1)]
    return [
        {
            "x": middle[0],
            "y": middle[1],
            "ax": east,
            "ay": north,
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": palette.quiet,
        }
    ]


def _holds(ring: Ring, point: tuple[float, float]) -> bool:
    """Whether a point lies inside a ring: a line east of it crosses the ring an odd number of times."""
    x, y = point
    crossed = [
        (one[1] > y) != (other[1] > y) and x < one[0] + (y - one[1]) * (other[0] - one[0]) / (other[1] - one[1])
        for one, other in pairwise(ring)
    ]
    return sum(crossed) % 2 == 1


def _halo(name: str, palette: Palette, *, quiet: bool = False) -> str:
    """Write a name so that a line behind it does not disturb it."""
    edge = ", ".join(f"{x}px {y}px 2px {palette.page}" for x in (-1, 1) for y in (-1, 1))
    colour = palette.quiet if quiet else palette.text
    return f'<span style="color:{colour};font-size:12px;text-shadow:{edge}">{html.escape(name)}</span>'
