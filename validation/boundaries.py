"""The boundaries that a map draws, with what belongs beside them: where names stand, credit, notes.

Why: a map is data of one war. `map.geojson` beside the tables is a FeatureCollection (RFC 7946) of polygons with its `bbox`; foreign
members `credit` and `note` of the collection are printed under the map. A feature's properties: `iso` (the ISO code of a row of
places.csv), `label` (longitude and latitude of its mark), `side` (where its name stands: above, left or right of it); or
`note` alone, for an area without figures, which is drawn hatched. A folder without a map has no map on its pages, and that is
no fault. A mark outside its area is joined to it by a line. Here: reading and checking the file. Not here: drawing (`figures/places.py`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeGuard

import pandas as pd

from validation.findings import MAX_ALIKE, Finding, shown

FILE = "map.geojson"
SIDES = ("above", "left", "right")
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Area:
    """An area of the map: its rings (longitude, latitude); `iso` "" and a `note` where it is no place of the tables."""

    iso: str
    rings: tuple[Ring, ...]
    label: tuple[float, float]
    side: str
    note: str


@dataclass(frozen=True)
class Boundaries:
    """All areas; `edges` (west, south, east, north) leave room for names; `credit` and `note` are for readers."""

    areas: tuple[Area, ...]
    edges: tuple[float, float, float, float]
    credit: str
    note: str

    @property
    def isos(self) -> list[str]:
        """The ISO codes that the map can draw."""
        return [area.iso for area in self.areas if area.iso]


def read(data: bytes) -> Boundaries | list[Finding]:
    """Read `map.geojson`, or return what is wrong with it."""
    try:
        given = json.loads(data.decode("utf-8"))
    except (
        ValueError,
        RecursionError,
    ) as error:  # ValueError: no UTF-8, no JSON, a number of more digits than Python reads
        return [_fault(getattr(error, "lineno", 0), "", f"the file is not JSON in UTF-8 ({shown(error)})")]
    if not isinstance(given, dict) or not isinstance(given.get("features"), list) or not given["features"]:
        return [_fault(0, "features", "it is no collection of features")]
    edges = given.get("bbox")
    if not _numbers(edges, 4) or edges[0] >= edges[2] or edges[1] >= edges[3]:
        return [_fault(0, "bbox", "bbox is not west, south, east and north")]
    credit, note = given.get("credit", ""), given.get("note", "")
    if not _is_text(credit) or not _is_text(note):
        return [_fault(0, "credit", "credit or note is no text, or holds a control or direction mark")]
    areas, findings = [], []
    for number, feature in enumerate(given["features"], 1):
        found = _area(feature)
        if isinstance(found, str):
            findings.append(_fault(0, f"feature {number}", found))
        else:
            areas.append(found)
    isos = [area.iso for area in areas if area.iso]
    findings += [
        _fault(0, "iso", f"{shown(one)} is there twice") for one, other in pairwise(sorted(isos)) if one == other
    ]
    if findings:
        return findings
    west, south, east, north = (float(edge) for edge in edges)
    return Boundaries(tuple(areas), (west, south, east, north), credit, note)


def check(boundaries: Boundaries, places: pd.DataFrame, admin1: str) -> Iterator[Finding]:
    """Yield the areas that are no place of the kind that the map draws: claims would never be counted in them."""
    drawn = set(places.loc[places["kind"] == admin1, "iso"].dropna())
    for iso in [iso for iso in boundaries.isos if iso not in drawn][:MAX_ALIKE]:
        problem = f"{shown(iso)} is the iso of no {admin1} in places.csv"
        action = "Correct it, add the place or its iso there, or correct admin1 in about.toml"
        yield Finding(FILE, 0, "iso", "map.place", problem, action)


def _fault(line: int, column: str, problem: str) -> Finding:
    action = "Correct it, as datasets/map.geojson has it, or delete the file: then no map is drawn"
    return Finding(FILE, line, column, "map.geojson", problem, action)


def _area(feature: Any) -> Area | str:
    """Read a feature, or say what is wrong with it."""
    if not isinstance(feature, dict):
        return "it is no feature"
    geometry, properties = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        return "it has no geometry or no properties"
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        return "its geometry is neither Polygon nor MultiPolygon"
    try:
        polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        rings = tuple(tuple(_point(point) for point in ring) for polygon in polygons for ring in polygon)
    except (KeyError, TypeError, ValueError):
        return "its coordinates are no rings of longitude and latitude"
    if not rings or min(map(len, rings)) < 4:
        return "it has a ring of fewer than four points"
    return _with_properties(rings, properties)


def _point(values: Any) -> tuple[float, float]:
    """Read longitude and latitude, which a height may follow; raises ValueError for anything else."""
    if not isinstance(values, list) or not _numbers(values[:2], 2):
        raise ValueError("no point")
    return float(values[0]), float(values[1])


def _with_properties(rings: tuple[Ring, ...], properties: Mapping[str, Any]) -> Area | str:
    iso, note = properties.get("iso", ""), properties.get("note", "")
    if not _is_text(iso) or not _is_text(note) or bool(iso) == bool(note):
        return "it has neither iso nor note, or both"
    if note:
        return Area("", rings, rings[0][0], SIDES[0], note)
    label, side = properties.get("label"), properties.get("side")
    if not _numbers(label, 2) or side not in SIDES:
        return f"its label is no longitude and latitude, or its side none of {', '.join(SIDES)}"
    return Area(iso, rings, (float(label[0]), float(label[1])), str(side), "")


def _is_text(value: Any) -> TypeGuard[str]:
    """Whether it is a text without marks that a page would not show."""
    return isinstance(value, str) and value.isprintable()


def _numbers(values: Any, length: int) -> TypeGuard[list[float]]:
    if not isinstance(values, list) or len(values) != length:
        return False
    return all(isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 360 for value in values)
