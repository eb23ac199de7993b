"""How many died in each year? Bars of one publisher with its low to high, marks of the others, each at the label of its year.

Why: on an axis of time a total of a year stands at the line where the next begins and is read as one of the next. The bars may be
split into kinds that add up to them. Not here: which counts these are (`analysis/by_year.py`).
"""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.hover import IN_TABLE, MAX_LINES_OF_COUNT, whole_facts, wrapped
from figures.palette import Palette
from figures.reference import SHAPES, style_of
from validation.quantity import has_no_number
from validation.vocabulary import BOUNDS, DOCUMENTED, RANGE, SERIES_KINDS, labels

PLOT, KEY_LINE, AXIS_ROOM, STEPS = 215, 17, 24, 4
"""Height of the plot, of a line of the key, room for the years, in pixels; steps of the scale."""
SHADES, WHOLE = (0.85, 0.5, 0.2), 0.45
"""Opacities of the kinds, the largest first, and of a bar that is not split."""
MAX_FULL_YEARS = 8
"""Years that are written in full on a phone."""


def yearly(totals: pd.DataFrame, kinds: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw `totals` (`analysis.by_year.totals`): the first publisher as bars, split into `kinds` where there are any, the others as marks."""
    styles = style_of(totals["organisation_id"], palette)
    key: list[tuple[str, str, str]] = []
    series = [rows for _, rows in totals.groupby("series_id", sort=False)]
    figure = layout.base_figure(palette, PLOT, l=layout.AXIS, r=12)
    for main in series[:1]:
        colour = styles[main["organisation_id"].iloc[0]][0]
        bars = [part for _, part in kinds.groupby("series_id", sort=False)] or [main]
        for number, rows in enumerate(bars):
            shade = _faded(colour, SHADES[min(number, len(SHADES) - 1)] if len(kinds) else WHOLE)
            _add_bar(figure, rows, shade, colour)
            key.append(("■", shade, str(rows["title"].iloc[0]) if len(kinds) else _named(rows)))
        ranges = main[(main["bound"] == RANGE) & main["best"].notna()]
        if len(ranges):
            _add_interval(figure, ranges, palette)
            key.append(("┃", palette.text, "low to high estimate"))
    drawn: set[tuple[str, str]] = set()
    for number, rows in enumerate(series[1:]):
        colour, own = styles[rows["organisation_id"].iloc[0]][0], [*SHAPES][number % len(SHAPES)]
        symbol = next((shape for shape in (own, *SHAPES) if (colour, shape) not in drawn), own)
        drawn.add((colour, symbol))
        filled = bool(rows["kind"].iloc[0] == DOCUMENTED)
        _add_marks(figure, rows, colour, symbol if filled else f"{symbol}-open", palette)
        key.append((SHAPES[symbol][not filled], colour, _named(rows)))
    bounds = set(totals["bound"])
    key += [
        (layout.SIGNS[bound][0], palette.quiet, label)
        for bound, label in labels(BOUNDS).items()
        if bound in bounds & set(layout.SIGNS)
    ]
    lines = _in_lines(key, palette.letters[1])
    top = 14 + KEY_LINE * len(lines)
    ends = pd.concat([totals["value"], totals["high"]]).astype(float).max()
    steps = layout.nice_steps(ends if len(totals) else 1.0, STEPS)
    years = sorted(totals["year"].unique())
    short = not palette.wide and len(years) > MAX_FULL_YEARS
    quiet = {"color": palette.quiet, "size": 12}
    figure.update_layout(
        height=PLOT + top + AXIS_ROOM, margin={"t": top, "b": AXIS_ROOM}, barmode="stack", bargap=0.35, showlegend=False
    )
    names = [f"’{year % 100:02d}" if short else str(year) for year in years]
    around = [years[0] - 0.6, years[-1] + 0.6] if years else [0, 1]
    figure.update_xaxes(
        tickvals=years, ticktext=names, range=around, tickangle=0, showgrid=False, fixedrange=True, tickfont=quiet
    )
    figure.update_yaxes(
        tickvals=steps,
        ticktext=[layout.in_numbers(step) for step in steps],
        range=[0, steps[-1]],
        gridcolor=palette.line,
        zeroline=False,
        fixedrange=True,
        tickfont=quiet,
    )
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xshift": -layout.AXIS, "yshift": top}
    look = {"xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False, "borderpad": 0}
    figure.layout.annotations = [place | look | {"text": "<br>".join(lines), "font": quiet}] if lines else []
    return figure


def _named(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    return f"{first['organisation']}, {labels(SERIES_KINDS)[first['kind']].lower()}"


def _faded(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def _add_bar(figure: go.Figure, rows: pd.DataFrame, shade: str, colour: str) -> None:
    figure.add_bar(
        x=rows["year"],
        y=rows["value"].astype(float).mask(has_no_number(rows)),
        name=str(rows["title"].iloc[0]),
        marker={"color": shade, "line": {"color": colour, "width": 1}},
        hovertext=_hover(rows),
        hoverinfo="text",
    )
    _add_bounds(figure, rows, colour)


def _add_bounds(figure: go.Figure, rows: pd.DataFrame, colour: str) -> None:
    """Write which numbers are floors, ceilings or about, and draw what has two ends and no number between them."""
    layout.add_signs(figure, rows["year"], rows["value"], rows["bound"], colour)
    between = rows[has_no_number(rows)]
    layout.add_between(figure, between["year"], between, _hover(between), colour)


def _add_interval(figure: go.Figure, rows: pd.DataFrame, palette: Palette) -> None:
    value = rows["value"].astype(float)
    ends = {"array": rows["high"].astype(float) - value, "arrayminus": value - rows["low"].astype(float)}
    figure.add_scatter(
        x=rows["year"],
        y=value,
        mode="markers",
        marker={"size": 1, "opacity": 0},
        error_y=ends | {"type": "data", "symmetric": False, "color": palette.text, "thickness": 1.5, "width": 4},
        hoverinfo="skip",
    )


def _add_marks(figure: go.Figure, rows: pd.DataFrame, colour: str, symbol: str, palette: Palette) -> None:
    figure.add_scatter(
        x=rows["year"],
        y=rows["value"].astype(float).mask(has_no_number(rows)),
        mode="markers",
        name=str(rows["title"].iloc[0]),
        marker={"symbol": symbol, "color": colour, "size": 9, "line": {"width": 1, "color": palette.page}},
        hovertext=_hover(rows),
        hoverinfo="text",
        cliponaxis=False,
    )
    _add_bounds(figure, rows, colour)


def _hover(rows: pd.DataFrame) -> list[str]:
    return [_facts(row) for row in rows.to_dict("records")]


def _facts(row: dict[Hashable, Any]) -> str:
    """Return value, period, publication, definition, what is left out."""
    when = words.period(row["period_start"], row["period_end"], str(row["measure"]))
    facts = [str(row["title"]), str(row["publication"]), str(row["definition"])]
    facts += [f"Leaves out: {row['excludes']}"] if isinstance(row["excludes"], str) else []
    return whole_facts(f"{row['said']}, {when}", facts, MAX_LINES_OF_COUNT, IN_TABLE)


def _in_lines(key: list[tuple[str, str, str]], width: int) -> list[str]:
    """Return the entries of a key in lines that fit, the mark of each in its colour."""
    lines: list[str] = []
    free = 0
    for mark, colour, text in key:
        sign = f'<span style="color:{colour}">{mark}</span> '
        first, *rest = wrapped(text, width - 3)
        needed = len(text) + 6
        if rest or needed > free:
            lines += [sign + first, *rest]
            free = 0 if rest else width - needed
        else:
            lines[-1] += f" · {sign}{first}"
            free -= needed
    return lines
