"""Where do the numbers speak of? Governorates coloured by how many claims speak of them, and towns where they lie.

Colour and the number in a mark count claims, never people. Boundaries are plain filled lines, so that no map is fetched from
another host; they come from the map of the tables (`validation/boundaries.py`), joined by ISO 3166-2 code and never by FIPS
code, which looks like OCHA's P-codes and means other places.
"""

import html
from collections.abc import Sequence
from itertools import pairwise
from math import cos, floor, log10, radians
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from analysis.places import short
from figures import layout
from figures.hover import wrapped
from figures.labels import LabelLayout, size_of
from figures.palette import Palette
from validation.boundaries import Area, Boundaries, Ring

HEIGHT = 350
BADGE = 24
NARROW = 270.0
"""Width of a map on a phone, in pixels."""
TOWN_MARGIN = 0.35
"""Degrees around the towns, so that their names have room."""


def governorates(rows: pd.DataFrame, chosen: frozenset[str], boundaries: Boundaries, palette: Palette) -> go.Figure:
    """Draw every governorate, coloured by its claims; `rows` as `analysis.places.counted` gives them.

    `chosen`: place ids to outline. A mark carries the place's id; one without claims has no mark. More claims, darker (on a
    dark page lighter): under 10, under 100, under 1,000, more.
    """
    areas = {area.iso: area for area in boundaries.areas if area.iso}
    of_iso: dict[str, dict[Any, Any]] = {row["iso"]: row for row in rows.to_dict("records") if row["iso"] in areas}
    figure = _map(_whole(boundaries), palette, HEIGHT)
    for area in boundaries.areas:
        row = of_iso.get(area.iso)
        picked = row is not None and row["place_id"] in chosen
        _add_area(figure, area, row, palette, picked=picked)
    marked = [row for row in of_iso.values() if row["claims"]]
    figure.add_scatter(
        x=[areas[row["iso"]].label[0] for row in marked],
        y=[areas[row["iso"]].label[1] for row in marked],
        mode="markers+text",
        text=[f"{row['claims']:,}" for row in marked],
        textfont={"size": 12, "color": palette.text},
        marker={
            "size": [BADGE + 5 * max(len(f"{row['claims']:,}") - 2, 0) for row in marked],
            "opacity": 1,
            "color": palette.page,
            "line": {"width": 1.5, "color": palette.text},
        },
        customdata=[[row["place_id"]] for row in marked],
        hovertext=[_hover_text(row) for row in marked],
        hoverinfo="text",
        cliponaxis=False,
    )
    figure.layout.annotations = [
        note
        for iso, row in of_iso.items()
        for note in (*_name(areas[iso], row, palette), *_leader(areas[iso], palette))
    ]
    return figure


def towns(rows: pd.DataFrame, boundaries: Boundaries, palette: Palette) -> go.Figure:
    """Draw towns with claims (`analysis.places.towns`) where they lie, the outlines of governorates behind them.

    The number in a mark is that of claims about exactly this town. The map takes in all of them, and the whole country where no
    outline would be seen around them.
    """
    x, y = rows["longitude"].astype(float), rows["latitude"].astype(float)
    edges = (x.min() - TOWN_MARGIN, x.max() + TOWN_MARGIN, y.min() - TOWN_MARGIN, y.max() + TOWN_MARGIN)
    if not any(_within(point, edges) for area in boundaries.areas for ring in area.rings for point in ring):
        edges = _whole(boundaries)
    figure = _map(edges, palette, HEIGHT)
    for area in boundaries.areas:
        figure.add_scatter(
            **_outline(area.rings),
            mode="lines",
            line={"width": 1.2, "color": palette.quiet},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=x,
        y=y,
        mode="markers+text",
        text=[f"{own:,}" for own in rows["own"]],
        textfont={"size": 12, "color": palette.page},
        marker={
            "size": [BADGE - 2 + 5 * max(len(f"{own:,}") - 2, 0) for own in rows["own"]],
            "opacity": 1,
            "color": palette.accent,
            "line": {"width": 1.5, "color": palette.page},
        },
        customdata=rows[["place_id"]],
        hovertext=[_hover_text(row) for row in rows.to_dict("records")],
        hoverinfo="text",
        cliponaxis=False,
    )
    shifts = _names(rows, x, y, edges) if len(rows) else []
    figure.layout.annotations = [
        {
            "x": east,
            "y": north,
            "xshift": shift[0],
            "yshift": -shift[1],
            "xanchor": "left",
            "text": _halo(short(name), palette),
            "showarrow": False,
            "borderpad": 0,
        }
        for east, north, name, shift in zip(x, y, rows["name"], shifts, strict=True)
        if shift
    ]
    return figure


def _names(
    rows: pd.DataFrame, x: pd.Series, y: pd.Series, edges: tuple[float, float, float, float]
) -> list[tuple[float, float] | None]:
    """Find room for the name of each town at its mark; what has none is named when hovered and in the table."""
    west, east, south, north = edges
    wide = (east - west) * cos(radians((south + north) / 2)) / (north - south) * HEIGHT
    room = LabelLayout(HEIGHT, aside=NARROW / 4, widths=[min(wide, NARROW), wide])
    at = [
        ((each - west) / (east - west), (north - up) / (north - south) * HEIGHT) for each, up in zip(x, y, strict=True)
    ]
    for share, down in at:
        room.reserve_mark(share, down, BADGE / 2)
    found = []
    for (share, down), name in zip(at, rows["name"].map(short), strict=True):
        width, height = size_of([name])
        half = BADGE / 2 + 2
        sides = [(-width / 2, half + height / 2), (-width / 2, -half - height / 2), (half, 0.0), (-half - width, 0.0)]
        found.append(room.place(share, down, width, height, sides))
    return found


def _whole(boundaries: Boundaries) -> tuple[float, float, float, float]:
    """Return west, east, south and north of the whole map."""
    west, south, east, north = boundaries.edges
    return west, east, south, north


def _within(point: tuple[float, float], edges: tuple[float, float, float, float]) -> bool:
    """Whether a point lies between west, east, south and north."""
    west, east, south, north = edges
    return west <= point[0] <= east and south <= point[1] <= north


def _map(edges: tuple[float, float, float, float], palette: Palette, height: int) -> go.Figure:
    """Make an empty map: a degree of latitude is as long on paper as on the ground, nothing to zoom."""
    west, east, south, north = (float(edge) for edge in edges)
    figure = layout.base_figure(palette, height, t=6, b=6, l=0, r=0)
    quiet: dict[str, Any] = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_xaxes(quiet, range=[west, east], constraintoward="left")
    stretch = 1 / cos(radians((south + north) / 2))
    figure.update_yaxes(quiet, range=[south, north], scaleanchor="x", scaleratio=stretch, constraintoward="top")
    return figure.update_layout(showlegend=False, hoverdistance=6)


def _outline(rings: tuple[Ring, ...]) -> dict[str, list[float | None]]:
    """Return the lines of an area, with a gap after each ring."""
    points: list[Sequence[float | None]] = [point for ring in rings for point in (*ring, (None, None))]
    return {"x": [point[0] for point in points], "y": [point[1] for point in points]}


def _add_area(
    figure: go.Figure,
    area: Area,
    row: dict[Any, Any] | None,
    palette: Palette,
    *,
    picked: bool,
) -> None:
    hatched = {"fillpattern": {"shape": "/", "fgcolor": palette.quiet, "bgcolor": palette.line, "size": 4}}
    plain = {"fillcolor": _shade(int(row["claims"]) if row else 0, palette)}
    text = _hover_text(row) if row else html.escape(area.note)
    hover = {"hoverinfo": "text", "text": text} if text else {"hoverinfo": "skip"}
    figure.add_scatter(
        **_outline(area.rings),
        mode="lines",
        fill="toself",
        hoveron="fills",
        line={"width": 3 if picked else 1, "color": palette.text if picked else palette.quiet},
        **(hatched if area.note else plain),
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


def _name(area: Area, row: dict[Any, Any], palette: Palette) -> list[dict[str, Any]]:
    east, north = area.label
    room = BADGE / 2 + 3 if row["claims"] else 0
    aside: dict[str, Any] = {
        "left": {"xanchor": "right", "xshift": -room},
        "right": {"xanchor": "left", "xshift": room},
        "above": {"yanchor": "bottom", "yshift": room} if row["claims"] else {},
    }[area.side]
    words_of_it = _halo(short(row["name"]), palette, quiet=not row["claims"])
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
