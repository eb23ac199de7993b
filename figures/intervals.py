"""What do the reports say, number by number? One row a claim on a log axis of counts, under headings.

On a wide page the printed words stand left of the marks and the number at the mark; on a phone all words stand above the mark.
So no legend is needed and nothing collides with a mark. Rows come arranged, with a `heading` (`analysis/order.py`).
"""

import html
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.hover import wrapped
from figures.palette import Palette
from validation.vocabulary import AT_LEAST, INTERVALS, VAGUE

LINE = 17
MARK = 22
HEADING = 40
COLUMN, RIM = 400, 100
"""Room for the words left of the marks, and for a number right of the last, on a wide page; in pixels."""
FITS = 0.54
"""Share of the width of a phone up to which a band may reach and have words right of it."""


@dataclass(frozen=True)
class Room:
    """How many characters a line of words has, the pixels before and after a row, and those of a mark under its words."""

    letters: int
    gap: int
    mark: int


NARROW, WIDE = Room(56, 12, MARK), Room(60, 10, 0)


def intervals(
    rows: pd.DataFrame, palette: Palette, *, colour_by: str = "population_group", tell: str = "said_by"
) -> go.Figure:
    """Draw each claim of `rows` (the claims view with `heading`) as an interval of people or families.

    `colour_by`: `population_group` or `indicator`. `tell`: `said_by` or, where the headings
    say that, `printed`. One unit at a time: families and people never share an axis.
    """
    if len(rows["unit"].unique()) > 1:
        raise ValueError("families and people are different units: draw one at a time")
    by_group, room = colour_by == "population_group", WIDE if palette.wide else NARROW
    colours = rows[colour_by].map(palette.groups if by_group else palette.indicators)
    named = rows["group_label" if by_group else "indicator_label"]
    mixed = by_group and len(rows["indicator"].unique()) > 1
    labels = [
        _label(row, name, colour, palette, ["indicator_label", tell] if mixed else [tell], room.letters)
        for row, name, colour in zip(rows.to_dict("records"), named, colours, strict=True)
    ]
    tops, headings, bottom = _positions(rows["heading"], [len(lines) * LINE + room.mark for lines in labels], room.gap)
    heights = [len(lines) * LINE for lines in labels]
    at = [
        top + height + 2 + room.mark / 2 if room.mark else top + height / 2
        for top, height in zip(tops, heights, strict=True)
    ]
    rows = rows.assign(at=at)
    sides = {"l": COLUMN, "r": RIM} if palette.wide else {"l": 20, "r": 34}
    figure = layout.base_figure(palette, bottom + 30, t=30, **sides)
    layout.add_bars(figure, rows, colours)
    layout.add_points(figure, rows, layout.on_counts_axis(rows, "value"), rows["at"], colours, palette)
    text = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False}
    text |= {"borderpad": 0, "bgcolor": palette.page, "xshift": -COLUMN if palette.wide else 0}
    notes = layout.arrows(rows, colours, sideways=True)
    notes += [text | {"y": top, "text": "<br>".join(lines)} for lines, top in zip(labels, tops, strict=True)]
    quiet = {"size": 14, "color": palette.quiet}
    notes += [text | {"y": y, "text": html.escape(heading), "font": quiet} for y, heading in headings]
    axis = layout.counts_axis(rows, palette)
    notes += _values(rows, axis["range"], palette)
    figure.layout.annotations = notes
    figure.update_xaxes(axis, side="top")
    figure.update_yaxes(range=[bottom, 0], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay")
    return figure


def _label(
    row: dict[Hashable, object], name: str, colour: str, palette: Palette, said: list[str], letters: int
) -> list[str]:
    """Return the lines of a claim's words; they fit their room, and a period is not broken.

    The words as printed in bold; what the colour stands for in that colour; the columns `said` (what happened, where rows
    differ in it; who said or printed it) and the period, quietly.
    """
    bold = [f"<b>{line}</b>" for line in wrapped(str(row["wording"]), letters - 8)]
    facts = [name, *(str(row[column]) for column in said), str(row["period"]).replace(" ", "\u00a0")]
    quiet = [line.removesuffix(" ·") for line in wrapped(" · ".join(facts), letters)]
    quiet[0] = quiet[0].replace(html.escape(name), f'<span style="color:{colour}">{html.escape(name)}</span>', 1)
    return bold + [f'<span style="color:{palette.quiet};font-size:12px">{line}</span>' for line in quiet]


def _positions(headings: pd.Series, heights: list[int], gap: int) -> tuple[list[int], list[tuple[int, str]], int]:
    """Return where each row begins in pixels from the top, each heading with its text, and the height of all."""
    top = 0
    tops: list[int] = []
    placed: list[tuple[int, str]] = []
    for heading, height in zip(headings, heights, strict=True):
        if not placed or placed[-1][1] != heading:
            placed.append((top + 14, str(heading)))
            top += HEADING
        tops.append(top)
        top += height + gap
    return tops, placed, top


def _values(rows: pd.DataFrame, span: list[float], palette: Palette) -> list[dict[str, Any]]:
    """Return the number at each mark of a wide page, and on every page the bounds of a word as those of a convention."""
    on_axis = {f"{name}_at": np.log10(layout.on_counts_axis(rows, name)) for name in ("low", "value", "high")}
    notes: list[dict[str, Any]] = []
    for row in rows.assign(**on_axis).to_dict("records"):
        note = {"y": row["at"], "showarrow": False, "borderpad": 0, "font": {"size": 12, "color": palette.quiet}}
        right = {"xanchor": "left", "xshift": layout.POINT // 2 + 5}
        bounds = f"{words.number(row['low'])} to {words.number(row['high'])}" if row["bound"] in INTERVALS else ""
        if row["bound"] == VAGUE:
            beyond = not palette.wide and (row["high_at"] - span[0]) / (span[1] - span[0]) > FITS
            side = {"x": row["low_at"], "xanchor": "right", "xshift": -6} if beyond else right | {"x": row["high_at"]}
            notes.append(note | side | {"text": f"{bounds}: {layout.CONVENTION}"})
        elif palette.wide:
            point = {"x": row["high_at" if bounds else "value_at"]} | right
            point["xshift"] += layout.ARROW * (row["bound"] == AT_LEAST)
            ink = {"size": 13, "color": palette.text}
            notes.append(note | point | {"text": bounds or words.number(row["value"]), "font": ink})
    return notes
