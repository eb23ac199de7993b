"""What do the reports say, number by number? One row a claim on a log axis of counts, under headings.

The printed words stand above the mark, with the group counted, who said it and the period, so that no legend is
needed, nothing collides with a mark and a phone shows the same as a desk. Rows come arranged, with a `heading` (`analysis/order.py`).
"""

import html
from collections.abc import Hashable

import pandas as pd
import plotly.graph_objects as go

from figures import layout
from figures.hover import wrapped
from figures.palette import Palette

WIDTH = 56
LINE = 17
MARK = 22
GAP = 12
HEADING = 40


def intervals(
    rows: pd.DataFrame, palette: Palette, *, colour_by: str = "population_group", tell: str = "said_by"
) -> go.Figure:
    """Draw each claim of `rows` (the claims view with `heading`) as an interval of people or families.

    `colour_by`: `population_group` or `indicator`. `tell`: `said_by` or, where the headings
    say that, `printed`. One unit at a time: families and people never share an axis.
    """
    if len(rows["unit"].unique()) > 1:
        raise ValueError("families and people are different units: draw one at a time")
    by_group = colour_by == "population_group"
    colours = rows[colour_by].map(palette.groups if by_group else palette.indicators)
    named = rows["group_label" if by_group else "indicator_label"]
    mixed = by_group and len(rows["indicator"].unique()) > 1
    labels = [
        _label(row, name, colour, palette, ["indicator_label", tell] if mixed else [tell])
        for row, name, colour in zip(rows.to_dict("records"), named, colours, strict=True)
    ]
    at, headings, bottom = _positions(rows["heading"], [len(lines) * LINE for lines in labels])
    rows = rows.assign(at=at)
    figure = layout.base_figure(palette, bottom + 30, t=30, r=34, l=20)
    layout.add_bars(figure, rows, colours)
    layout.add_points(figure, rows, layout.on_counts_axis(rows, "value"), rows["at"], colours, palette)
    text = {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "bgcolor": palette.page,
        "borderpad": 0,
    }
    notes = layout.arrows(rows, colours, sideways=True)
    notes += [
        text | {"y": y - MARK / 2 - len(lines) * LINE - 2, "text": "<br>".join(lines)}
        for lines, y in zip(labels, rows["at"], strict=True)
    ]
    quiet = {"size": 14, "color": palette.quiet}
    notes += [text | {"y": y, "text": html.escape(heading), "font": quiet} for y, heading in headings]
    figure.layout.annotations = notes
    figure.update_xaxes(layout.counts_axis(rows, palette), side="top")
    figure.update_yaxes(range=[bottom, 0], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay")
    return figure


def _label(row: dict[Hashable, object], name: str, colour: str, palette: Palette, said: list[str]) -> list[str]:
    """Return the lines above a mark; they fit a phone, and a period is not broken.

    The words as printed in bold; what the colour stands for in that colour; the columns `said` (what happened, where rows
    differ in it; who said or printed it) and the period, quietly.
    """
    bold = [f"<b>{line}</b>" for line in wrapped(str(row["wording"]), WIDTH - 6)]
    facts = [name, *(str(row[column]) for column in said), str(row["period"]).replace(" ", "\u00a0")]
    quiet = [line.removesuffix(" ·") for line in wrapped(" · ".join(facts), WIDTH)]
    quiet[0] = quiet[0].replace(html.escape(name), f'<span style="color:{colour}">{html.escape(name)}</span>', 1)
    return bold + [f'<span style="color:{palette.quiet};font-size:12px">{line}</span>' for line in quiet]


def _positions(headings: pd.Series, heights: list[int]) -> tuple[list[float], list[tuple[int, str]], int]:
    """Return each mark's height in pixels from the top, each heading's with its text, and the height of all."""
    top = 0
    at: list[float] = []
    placed: list[tuple[int, str]] = []
    for heading, height in zip(headings, heights, strict=True):
        if not placed or placed[-1][1] != heading:
            placed.append((top + 14, str(heading)))
            top += HEADING
        top += height
        at.append(top + MARK / 2)
        top += MARK + GAP
    return at, placed, top
