"""What do the reports say, number by number? One row a claim under headings, each heading with a scale of its own that begins at 0.

Why: on one scale for all, which would need steps of ten, 900 looks like 500. On a wide page the printed words stand left of the
marks and the number at the mark; on a phone all words stand above the mark, so no legend is needed and nothing collides with a
mark. Rows come arranged, with a `heading` (`analysis/order.py`).
"""

import html
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.hover import wrapped
from figures.palette import Palette
from validation.quantity import Quantity
from validation.vocabulary import AT_LEAST, INTERVALS, VAGUE

LINE = 17
COLUMN, RIM = 400, 190
"""Room for the words left of the marks, and for a number right of the last, on a wide page; in pixels."""


@dataclass(frozen=True)
class Room:
    """Pixels after a row, of a mark under its words and of a heading, steps of a scale."""

    gap: int
    mark: int
    heading: int
    steps: int


NARROW, WIDE = Room(12, 22, 62, 3), Room(10, 0, 44, 4)
LETTERS = 64
"""Characters of a line of words left of the marks."""


def intervals(rows: pd.DataFrame, palette: Palette, *, colour_by: str = "population_group") -> go.Figure:
    """Draw each claim of `rows` (the claims view with `heading`) as an interval of people or families.

    `colour_by`: `population_group` or `indicator`. One unit at a time: families and people never share a scale.
    """
    if len(rows["unit"].unique()) > 1:
        raise ValueError("families and people are different units: draw one at a time")
    by_group, room = colour_by == "population_group", WIDE if palette.wide else NARROW
    colours = rows[colour_by].map(palette.groups if by_group else palette.indicators)
    named = rows["group_label" if by_group else "indicator_label"]
    mixed = by_group and len(rows["indicator"].unique()) > 1
    labels = [
        _label(
            row,
            name,
            colour,
            palette,
            ["indicator_label", "said_by"] if mixed else ["said_by"],
            LETTERS if palette.wide else palette.letters[1],
        )
        for row, name, colour in zip(rows.to_dict("records"), named, colours, strict=True)
    ]
    rows, bottom = _placed(rows, [len(lines) * LINE for lines in labels], room)
    steps = {
        str(heading): layout.nice_steps(float(largest), room.steps)
        for heading, largest in rows.groupby("heading", sort=False)[["value", "high"]].max().max(axis=1).items()
    }
    ends = rows["heading"].map({heading: found[-1] for heading, found in steps.items()}).astype(float)
    rows = rows.assign(
        **{
            name: rows[column].astype(float) / ends
            for name, column in (("x", "value"), ("x_low", "low"), ("x_high", "high"))
        }
    )
    sides = {"l": COLUMN, "r": RIM} if palette.wide else {"l": 20, "r": 34}
    figure = layout.base_figure(palette, bottom, t=0, **sides)
    layout.add_bars(figure, rows, colours)
    layout.add_points(figure, rows, colours, palette)
    text = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False}
    text |= {"borderpad": 0, "bgcolor": palette.page, "xshift": -COLUMN if palette.wide else 0}
    lines, headings = _scales(rows, steps, text, room, palette)
    figure.layout.shapes = lines
    figure.layout.annotations = [
        *layout.arrows(rows, colours),
        *(text | {"y": top, "text": "<br>".join(words)} for words, top in zip(labels, rows["top"], strict=True)),
        *headings,
        *(_values(rows, palette) if palette.wide else []),
    ]
    figure.update_xaxes(range=[0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[bottom, 0], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay")
    return figure


def _label(
    row: dict[Hashable, object], name: str, colour: str, palette: Palette, said: list[str], letters: int
) -> list[str]:
    """Return the lines of a claim's words; they fit their room, and a period is not broken.

    The words as printed in bold; what the colour stands for in that colour; of what it is a part; the columns `said` (what happened, where rows
    differ in it; who said it) and the period, quietly.
    """
    bold = [f"<b>{line}</b>" for line in wrapped(str(row["wording"]), letters - 8)]
    part = [row["part_of_said"]] if isinstance(row["part_of_said"], str) else []
    facts = [name, *part, *(str(row[column]) for column in said), str(row["period"]).replace(" ", "\u00a0")]
    if row["bound"] == VAGUE and not palette.wide:
        facts.append(_convention(row))
    quiet = [line.removesuffix(" ·").removeprefix("· ") for line in wrapped(" · ".join(facts), letters)]
    quiet[0] = quiet[0].replace(html.escape(name), f'<span style="color:{colour}">{html.escape(name)}</span>', 1)
    return bold + [f'<span style="color:{palette.quiet};font-size:12px">{line}</span>' for line in quiet]


def _convention(row: dict[Hashable, Any]) -> str:
    return f"{words.number(row['low'])} to {words.number(row['high'])}: {layout.CONVENTION}".replace(" ", "\u00a0")


def _placed(rows: pd.DataFrame, heights: list[int], room: Room) -> tuple[pd.DataFrame, int]:
    """Add where the words of each row begin (`top`), where its mark stands (`at`) and where its heading does, in pixels from the top."""
    first = (rows["heading"] != rows["heading"].shift()).to_numpy()
    tall = pd.Series(heights, index=rows.index, dtype="int64")
    before = (tall + room.mark + room.gap).cumsum() - (tall + room.mark + room.gap) + room.heading * first.cumsum()
    at = before + (tall + 2 + room.mark / 2 if room.mark else tall / 2)
    bottom = int(before.iloc[-1] + tall.iloc[-1] + room.mark + room.gap) if len(rows) else 0
    return rows.assign(top=before, at=at, first=first, below=before + tall + room.mark), bottom


def _scales(
    rows: pd.DataFrame, steps: dict[str, list[float]], text: dict[str, Any], room: Room, palette: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the grid lines of each heading, and its words with the numbers of its scale."""
    lines: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    quiet = {"size": 12, "color": palette.quiet}
    for heading, group in rows.groupby("heading", sort=False):
        top, bottom = float(group["top"].iloc[0]), float(group["below"].iloc[-1])
        scale = steps[str(heading)]
        for step in scale:
            x = step / scale[-1]
            line = {"color": palette.line, "width": 1}
            lines.append(
                {"type": "line", "layer": "below", "x0": x, "x1": x, "y0": top - 4, "y1": bottom, "line": line}
            )
            tick = {"x": x, "y": top - 6, "yanchor": "bottom", "showarrow": False, "borderpad": 0, "font": quiet}
            notes.append(tick | {"text": layout.in_numbers(step), "xanchor": "center"})
        above = top - room.heading + 10
        notes.append(text | {"y": above, "text": html.escape(str(heading)), "font": quiet | {"size": 14}})
    return lines, notes


def _values(rows: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """Return the number at each mark; at the band of a word its bounds, as those of a convention."""
    notes: list[dict[str, Any]] = []
    for row in rows.to_dict("records"):
        note = {"y": row["at"], "showarrow": False, "borderpad": 0, "font": {"size": 12, "color": palette.quiet}}
        right = {"xanchor": "left", "xshift": layout.POINT // 2 + 5}
        if row["bound"] == VAGUE:
            notes.append(note | right | {"x": row["x_high"], "text": _convention(row)})
        else:
            point = {"x": row["x_high" if row["bound"] in INTERVALS else "x"]} | right
            point["xshift"] += layout.ARROW * (row["bound"] == AT_LEAST)
            ink = {"size": 13, "color": palette.text}
            notes.append(note | point | {"text": Quantity.from_row(row).say(), "font": ink})
    return notes
