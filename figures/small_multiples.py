"""How do places compare over the years? A panel a place, all on one scale, the largest first.

Why: lines of five countries in one plot cross one another; side by side on one scale each is read alone and against the others.
The name stands above a panel, the last value at the end of its line. Not here: which places are drawn (`analysis/year_ends.py`).
"""

import html

import pandas as pd
import plotly.graph_objects as go

from analysis.tallies import in_lines
from figures import layout
from figures.hover import wrapped
from figures.labels import spread
from figures.palette import Palette
from figures.reference import style_of
from figures.year_ends import add_line, position, values_axis, years_axis

MAX_PANELS = 8
ROWS_AND_COLUMNS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 3, 7: 4, 8: 4}
"""Panels to panels in a row of a wide page."""
NARROW, PANEL, BETWEEN, ASIDE, BY, LINE = 2, 120, 52, {False: 0.9, True: 1.5}, 18, 15
"""Panels in a row of a phone; height of a panel, room between two rows (pixels); room for the last value, as a share of the years, without
and with who counted; letters and height of a line of words."""


def small_multiples(counts: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw counts at the end of years by `place_name`, in their order, a line a count; at most `MAX_PANELS` places.

    Where several organisations count, their names stand at the last values. Empty counts give an empty figure.
    """
    counts = in_lines(counts, "run").assign(
        x=lambda rows: position(rows["day"]), at=lambda rows: rows["value"].astype(float)
    )
    names = list(counts["place_name"].unique())[:MAX_PANELS]
    if not names:
        return layout.base_figure(palette, PANEL)
    counts = counts[counts["place_name"].isin(names)]
    columns = min(len(names), ROWS_AND_COLUMNS[len(names)] if palette.wide else NARROW)
    rows = -(-len(names) // columns)
    height = rows * PANEL + (rows - 1) * BETWEEN
    figure = layout.base_figure(palette, height + 24 + 28, t=24, b=28, l=layout.AXIS, r=30)
    figure.set_subplots(
        rows=rows,
        cols=columns,
        shared_yaxes="all",
        horizontal_spacing=0.02,
        vertical_spacing=BETWEEN / height if rows > 1 else 0,
    )
    styles = style_of(counts["organisation_id"], palette)
    several = len(styles) > 1
    first, last = counts["x"].min(), counts["x"].max()
    top = float(counts[["at", "high"]].astype(float).max().max()) * 1.1 or 1.0
    notes = []
    for number, name in enumerate(names):
        row, column = number // columns + 1, number % columns + 1
        panel = counts[counts["place_name"] == name]
        for _, run in panel.groupby("run", sort=False):
            add_line(figure, run, *styles[run["organisation_id"].iloc[0]], row=row, col=column)
        axes = next(iter(figure.select_traces(row=row, col=column)))
        where = {
            "xref": axes.xaxis or "x",
            "yref": axes.yaxis or "y",
            "showarrow": False,
            "borderpad": 0,
            "xanchor": "left",
        }
        notes += [
            where
            | {
                "text": f"<b>{html.escape(str(name))}</b>",
                "x": first - 1.2,
                "y": top,
                "yanchor": "bottom",
                "font": {"size": 13},
            },
            *(where | note for note in _last_values(panel, styles, last, top, several=several)),
        ]
    figure.layout.annotations = notes
    across = years_axis(first - 1.2, last + (last - first + 1) * ASIDE[several], palette, 1)
    shown = [int(first), int(last)] if last - first >= 1 else [int(last)]
    figure.update_xaxes(across | {"tickvals": shown, "ticktext": [str(year) for year in shown], "showticklabels": True})
    figure.update_yaxes(values_axis(top, 3, palette))
    return figure.update_layout(showlegend=False)


def _last_values(
    panel: pd.DataFrame, styles: dict[str, tuple[str, str]], last: float, top: float, *, several: bool
) -> list[dict[str, object]]:
    """Return the last value of each line at its end, with its year where that is not the last drawn, none over another."""
    ends = panel.sort_values("x").drop_duplicates("run", keep="last").sort_values("at", ascending=False, kind="stable")
    downs = [(top - at) * PANEL / top for at in ends["at"]]
    named = [wrapped(str(name), BY) if several else [] for name in ends["organisation"]]
    middles = spread(downs, [float(LINE * (1 + len(lines))) for lines in named], PANEL)
    notes: list[dict[str, object]] = []
    for row, lines, down, middle in zip(ends.to_dict("records"), named, downs, middles, strict=True):
        year = f" ({row['day'].year})" if row["x"] < last else ""
        place = {
            "x": row["x"],
            "y": row["at"],
            "xshift": 8,
            "yshift": down - middle,
            "yanchor": "middle",
            "align": "left",
        }
        text = "<br>".join(
            [html.escape(f"{row['said']}{year}"), *(f"<span style='font-size:11px'>{line}</span>" for line in lines)]
        )
        notes.append(place | {"text": text, "font": {"size": 12, "color": styles[row["organisation_id"]][0]}})
    return notes
