"""Which numbers speak of which time? Every claim of people: counts on a log axis over the period it covers.

A bar is the period, the mark stands at its end, the date that the number speaks for; a word is a dotted line
between its bounds. No line joins claims:
different sources are no trend (codebook, rule 14).
"""

import pandas as pd
import plotly.graph_objects as go

from figures import layout
from figures.palette import SYMBOLS, Palette


def timeline(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw the claims of people in `rows` (the claims view) that have a `to_day`; others are left out."""
    rows = rows[rows["to_day"].notna() & (rows["unit"] == "people")]
    colours = rows["indicator"].map(palette.indicators)
    present = rows[["indicator", "indicator_label"]].drop_duplicates().itertuples(index=False)
    entries = {label: (palette.indicators[code], SYMBOLS[code]) for code, label in present}
    room = 60 + layout.ENTRY * len(entries)
    figure = layout.frame(palette, 430 + room, t=16, b=room, r=20, l=layout.AXIS)
    for code, of in rows[rows["from_day"].notna()].groupby("indicator"):
        gap = pd.Series([None] * len(of), dtype="object")
        ends = pd.concat([of["from_day"].reset_index(drop=True), of["to_day"].reset_index(drop=True), gap], axis=1)
        figure.add_scatter(
            x=ends.to_numpy().ravel(),
            y=of["value"].astype(float).repeat(3),
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            opacity=0.45,
            line={"color": palette.indicators[str(code)], "width": 4},
        )
    for _, row in rows[rows["bound"].isin(["range", "vague"])].iterrows():
        colour = palette.indicators[row["indicator"]]
        figure.add_scatter(
            x=[row["to_day"]] * 2,
            y=[max(float(row["low"]), 1), float(row["high"])],
            mode="lines+markers",
            hoverinfo="skip",
            showlegend=False,
            line={"color": colour, "width": 3, "dash": "dot" if row["bound"] == "vague" else "solid"},
            marker={"symbol": SYMBOLS[row["indicator"]] + "-open", "size": 8, "color": colour},
        )
    at = rows["to_day"].dt.strftime("%Y-%m-%d")
    figure.layout.annotations = layout.arrows(rows.assign(at=at), colours, sideways=False)
    layout.add_points(figure, rows, rows["to_day"], rows["value"].astype(float).clip(lower=1), colours, palette)
    layout.legend_of(figure, "Colour and shape: what is counted", entries)
    figure.update_yaxes(layout.counts_axis(rows, palette), automargin=False)
    figure.update_xaxes(
        gridcolor=palette.line,
        fixedrange=True,
        tickfont={"color": palette.quiet, "size": 12},
        tickformat="%Y",
        nticks=8,
        range=_years(rows),
    )
    figure.update_layout(legend={"y": -0.09, "yanchor": "top"})
    return figure


def _years(rows: pd.DataFrame) -> list[str] | None:
    """Give the first and the last year drawn, with room for a mark at either end."""
    days = pd.concat([rows["from_day"], rows["to_day"]]).dropna()
    if days.empty:
        return None
    room = max((days.max() - days.min()) * 0.04, pd.Timedelta(days=20))
    return [str((days.min() - room).date()), str((days.max() + room).date())]
