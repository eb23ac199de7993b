"""Where the names of published counts stand on a wide page: at the ends of their lines, in their colour, none over another.

Why: a name at its line needs no list to look it up in. A count that ends early is named beside its last mark where that covers
nothing; all others are named in the right margin, moved up and down until each has its lines, with a thin line to those that moved.
Not here: letters and the list of a phone (`reference_labels.py`).
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from figures.labels import LabelLayout, spread, tail_of
from figures.palette import Palette
from figures.reference_labels import MARK, Scale

LETTERS = 42
"""Characters of a line of a name: nearly all have two lines."""
RIGHT = 270
"""Room for names right of the plot, in pixels."""
LINE, GAP, ASIDE = 15.0, 5.0, 10.0
"""Height of a line, room between two names, and between the plot and a name, in pixels."""
WIDE_LETTER = 6.4
"""Width of a letter of a name, in pixels, a little more than a browser measures."""
EARLY = 0.8
"""Share of the width before which a count ends early."""
MOVED = 4.0
"""Pixels from which a name has moved off its mark."""
ARROW = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "standoff": MARK + 1}
"""The line to a name that stands in the plot."""


def height_of(titles: Iterable[list[str]]) -> float:
    """Return the height that all these names need above one another."""
    return sum(len(lines) * LINE + GAP for lines in titles)


def at_ends(
    observations: pd.DataFrame,
    titles: dict[str, list[str]],
    colours: dict[str, str],
    scale: Scale,
    room: LabelLayout,
    palette: Palette,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the names (lines of text by series id) as notes, and the lines to those that moved."""
    last = observations.sort_values("day").drop_duplicates("series_id", keep="last")
    look: dict[str, Any] = {"showarrow": False, "borderpad": 0, "align": "left", "xanchor": "left", "yanchor": "middle"}
    notes: list[dict[str, Any]] = []
    leaders: list[dict[str, Any]] = []
    aside = []
    for row in last.to_dict("records"):
        lines = titles[row["series_id"]]
        colour = colours[row["organisation"]]
        share, down, height = scale.share(row["day"]), scale.down(float(row["value"])), len(lines) * LINE
        text: dict[str, Any] = {"text": "<br>".join(lines), "font": {"size": 12, "color": colour}}
        width = max(map(len, lines)) * WIDE_LETTER
        at = {"x": str(row["day"].date()), "y": float(row["value"]), "bgcolor": palette.page}
        near = room.place(share, down, width, height, _near(width, height)) if share < EARLY else None
        far = None if near or share >= EARLY else room.place(share, down, width, height, _far(width), with_leader=True)
        if near:
            notes.append(look | text | at | {"xshift": near[0], "yshift": -near[1]})
        elif far:
            side = "left" if far[0] > 0 else "right"
            arrow = {"ax": tail_of(far[0], far[0] + width), "ay": far[1], "xanchor": side, "align": side}
            notes.append(look | text | at | arrow | ARROW | {"arrowcolor": colour})
        else:
            aside.append((down, height, share, text, row))
    aside.sort(key=lambda name: name[0])
    middles = spread([down for down, *_ in aside], [height for _, height, *_ in aside], scale.plot, GAP)
    for (down, _, share, text, row), middle in zip(aside, middles, strict=True):
        y = scale.value(middle)
        notes.append(look | text | {"xref": "paper", "x": 1, "xshift": ASIDE, "y": y})
        if abs(middle - down) < MOVED and share >= EARLY:
            continue
        ends = {"x0": str(row["day"]), "y0": float(row["value"]), "x1": str(scale.last), "y1": y}
        line = {"color": text["font"]["color"], "width": 0.75}
        leaders.append({"type": "line", "layer": "below", "line": line, "opacity": 0.6} | ends)
        for step in range(1, 21):
            room.reserve_mark(share + (1 - share) * step / 20, down + (middle - down) * step / 20, half=3)
    return notes, leaders


def _near(width: float, height: float) -> list[tuple[float, float]]:
    """Offer places that touch the mark: right of it, above and below, then left."""
    off, over = MARK + 4, height / 2 + MARK + 3
    right, left = (off, -off - width)
    return [
        (right, 0.0), (-MARK, -over), (-MARK, over), (MARK - width, -over), (-width / 2, -over), (-width / 2, over),
        (right, height / 2), (right, -height / 2), (left, 0.0),
    ]  # fmt: skip


def _far(width: float) -> list[tuple[float, float]]:
    """Offer places further off, to which a line leads: to the right below and to the left above first, where totals that grow leave room."""
    steps = range(2, 8)
    return [
        place
        for step in steps
        for place in (
            (16.0, 18.0 * step), (-16.0 - width, -18.0 * step), (16.0, -18.0 * step), (-16.0 - width, 18.0 * step),
        )
    ]  # fmt: skip
