"""Which numbers speak of which time? Every claim of people: counts on a log axis over the period it covers.

A bar is the period, the mark stands at its end, the date that the number speaks for; a word is a pale band
between its bounds, without a bar. No line joins claims:
different sources are no trend (codebook, rule 14). Where marks of one day lie on one another, their number stands beside them.
"""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.labels import LabelLayout, size_of
from figures.palette import SYMBOLS, Palette
from figures.time_axis import time_axis
from validation.vocabulary import INTERVALS, PEOPLE, VAGUE

PLOT = 430
"""Height of the plot, in pixels."""


def timeline(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw the claims of people in `rows` (the claims view) that have a `to_day`; how many have none is said beneath."""
    rows = rows[rows["unit"] == PEOPLE]
    undated = int(rows["to_day"].isna().sum())
    rows = rows[rows["to_day"].notna()]
    tall = layout.on_counts_axis(rows, "value")
    colours = rows["indicator"].map(palette.indicators)
    present = rows[["indicator", "indicator_label"]].drop_duplicates().itertuples(index=False)
    entries = {label: (palette.indicators[code], SYMBOLS[code]) for code, label in present}
    room = 60 + layout.ENTRY * (len(entries) + bool(undated))
    figure = layout.base_figure(palette, PLOT + room, t=16, b=room, r=20, l=layout.AXIS)
    # A bar stands at a number; a word has none.
    for code, group in rows[rows["from_day"].notna() & (rows["bound"] != VAGUE)].groupby("indicator"):
        gap = pd.Series([None] * len(group), dtype="object")
        ends = pd.concat(
            [group["from_day"].reset_index(drop=True), group["to_day"].reset_index(drop=True), gap], axis=1
        )
        figure.add_scatter(
            x=ends.to_numpy().ravel(),
            y=tall[group.index].repeat(3),
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            opacity=0.45,
            line={"color": palette.indicators[str(code)], "width": 4},
        )
    lows = layout.on_counts_axis(rows, "low")
    for row in rows.assign(low=lows)[rows["bound"].isin(INTERVALS)].to_dict("records"):
        colour, bounds = palette.indicators[row["indicator"]], [row["low"], float(row["high"])]
        if row["bound"] == VAGUE:
            layout.add_band(figure, [row["to_day"]] * 2, bounds, colour)
            continue
        figure.add_scatter(
            x=[row["to_day"]] * 2,
            y=bounds,
            mode="lines+markers",
            hoverinfo="skip",
            showlegend=False,
            line={"color": colour, "width": 3},
            marker={"symbol": SYMBOLS[row["indicator"]] + "-open", "size": 8, "color": colour},
        )
    at = rows["to_day"].dt.strftime("%Y-%m-%d")
    counts, years = layout.counts_axis(rows, palette), _years(rows)
    notes = layout.arrows(rows.assign(at=at), colours, sideways=False)
    notes += _hidden(rows.assign(tall=np.log10(tall)), counts["range"], years, palette)
    figure.layout.annotations = [*notes, *_undated(undated, room, palette)]
    layout.add_points(figure, rows, rows["to_day"], tall, colours, palette)
    layout.legend_of(figure, "Colour and shape: what is counted", entries)
    figure.update_yaxes(counts, automargin=False)
    if years:
        figure.update_xaxes(time_axis(pd.Timestamp(years[0]), pd.Timestamp(years[1]), palette))
    figure.update_layout(legend={"y": -0.09, "yanchor": "top"})
    return figure


def _hidden(rows: pd.DataFrame, counts: list[float], years: list[str] | None, palette: Palette) -> list[dict[str, Any]]:
    """Say beside marks of one day that lie on one another how many they are, where there is room."""
    if years is None:
        return []
    first, last = pd.Timestamp(years[0]), pd.Timestamp(years[1])
    rows = rows[~rows["bound"].isin(INTERVALS)]  # what has bounds alone has no mark
    marks = pd.DataFrame(
        {
            "day": rows["to_day"],
            "tall": rows["tall"],
            "down": (counts[1] - rows["tall"]) * PLOT / (counts[1] - counts[0]),
        }
    ).sort_values(["day", "down"])
    apart = (marks["day"] != marks["day"].shift()) | (marks["down"].diff() >= layout.POINT)
    room = LabelLayout(PLOT, aside=10)
    for day, down in zip(marks["day"], marks["down"], strict=True):
        room.reserve((day - first) / (last - first), -8, 8, down - 22, down + 8)
    notes = []
    for _, group in marks.groupby(apart.cumsum()):
        if len(group) > 1:
            text, middle = f"{len(group)} marks", (group["down"].min() + group["down"].max()) / 2
            share = (group["day"].iloc[0] - first) / (last - first)
            width, height = size_of([text])
            candidates = [(at, step * 9.0) for step in (0, 1, -1, 2, -2) for at in (12.0, -12 - width)]
            if found := room.place(share, middle, width, height, candidates):
                note = {"x": group["day"].iloc[0].strftime("%Y-%m-%d"), "y": group["tall"].mean(), "text": text}
                shift = {"xshift": found[0], "yshift": -found[1], "xanchor": "left", "showarrow": False, "borderpad": 0}
                notes.append(note | shift | {"font": {"size": 11, "color": palette.quiet}})
    return notes


def _undated(claims: int, room: int, palette: Palette) -> list[dict[str, Any]]:
    """Return the line beneath the legend on claims that cannot be drawn: their number, `room` pixels under the plot."""
    if not claims:
        return []
    text = f"{words.count(claims, 'claim')} without a date {'is' if claims == 1 else 'are'} not drawn."
    place = {"xref": "paper", "x": 0, "xshift": -layout.AXIS, "xanchor": "left", "showarrow": False, "borderpad": 0}
    place |= {"yref": "paper", "y": 0, "yshift": -room, "yanchor": "bottom"}
    return [place | {"text": text, "font": {"size": 12, "color": palette.quiet}}]


def _years(rows: pd.DataFrame) -> list[str] | None:
    """Return the first and the last day drawn, with room for a mark at either end."""
    days = pd.concat([rows["from_day"], rows["to_day"]]).dropna()
    if days.empty:
        return None
    room = max((days.max() - days.min()) * 0.04, pd.Timedelta(days=2))
    return [str((days.min() - room).date()), str((days.max() + room).date())]
