"""What all figures share: the frame, the axis of counts, the marks that say how a number is bound.

Why: a floor, an approximation and a word must look the same on every page: a filled point is as printed, an arrow
says at least (or at most), a hollow point with a tilde says about, a pale band without a mark is a word such as "hundreds".
Here: pieces for builders. Not here: a whole figure.
"""

from collections.abc import Hashable, Mapping
from math import ceil, floor, log10
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from figures.hover import provenance, wrapped
from figures.palette import Palette
from validation.vocabulary import ABOUT, AT_LEAST, EXACT, INTERVALS, RANGE, UP_TO, VAGUE

FONT = '"Source Sans", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif'
ARROW = 26
"""Length of the arrow of a floor or a ceiling along x, in pixels: it gives a direction, not a distance."""
POINT = 13
BAND, PALE = 12, 0.35
"""Width, in pixels, and opacity of the band of a word."""
AXIS = 66
"""Room for the numbers of an upright axis, in pixels: fixed, so that the source line begins at the edge."""
ENTRY = 19
"""Height of an entry of a legend, in pixels."""
TITLE_LINE, SUBTITLE_LINE, SOURCE_LINE = 22, 17, 15
MIN_HEIGHT = 10
"""Height of an empty figure, in pixels: Plotly has none smaller."""
SHORT_BOUNDS = {EXACT: "", ABOUT: "~", AT_LEAST: "≥", UP_TO: "≤"}
"""How a bound is written at a number where there is no room for words."""
SIGNS = {AT_LEAST: ("↑", "top center"), UP_TO: ("↓", "bottom center"), ABOUT: ("~", "top center")}
"""What stands over or under the mark of a published count, and where."""
CONVENTION = "our convention"
"""Said at the ends of the band of a word."""


def base_figure(palette: Palette, height: int, **margins: int) -> go.Figure:
    """Make an empty figure: transparent, quiet, without a mode bar full of tools; height in pixels."""
    return go.Figure(
        layout=go.Layout(
            height=max(height, MIN_HEIGHT),
            margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False} | margins,
            paper_bgcolor=palette.page,
            plot_bgcolor="rgba(0,0,0,0)",
            font={"family": FONT, "size": 13, "color": palette.text},
            hovermode="closest",
            hoverdistance=25,
            hoverlabel={
                "bgcolor": palette.page,
                "bordercolor": palette.quiet,
                "align": "left",
                "namelength": -1,
                "font": {"family": FONT, "size": 13, "color": palette.text},
            },
            legend={
                "orientation": "v",
                "entrywidth": 270,
                "xref": "container",
                "x": 0,
                "xanchor": "left",
                "font": {"size": 12, "color": palette.text},
                "itemclick": False,
                "itemdoubleclick": False,
                "bgcolor": "rgba(0,0,0,0)",
            },
            dragmode=False,
            modebar={"bgcolor": "rgba(0,0,0,0)", "color": palette.quiet, "activecolor": palette.text},
            template=None,
        )
    )


def add_title_and_sources(
    figure: go.Figure, title: str, sources: str, palette: Palette, subtitle: str = ""
) -> go.Figure:
    """Write title and subtitle above a figure and the source line beneath it, so that a picture of it keeps them; gives it back."""
    of_title, of_sources = palette.letters
    above, under, beneath = wrapped(title, of_title), wrapped(subtitle, of_sources), wrapped(sources, of_sources)
    top = TITLE_LINE * len(above) + SUBTITLE_LINE * len(under) + 8
    bottom = SOURCE_LINE * len(beneath) + 10
    margin = figure.layout.margin
    text = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -margin.l,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
    }
    bold = "<br>".join(f"<b>{line}</b>" for line in above)
    head = text | {
        "name": "title",
        "y": 1,
        "yshift": margin.t + top,
        "text": bold,
        "font": {"size": 16, "color": palette.text},
    }
    said = text | {
        "name": "subtitle",
        "y": 1,
        "yshift": margin.t + top - TITLE_LINE * len(above),
        "text": "<br>".join(under),
    }
    said |= {"font": {"size": 13, "color": palette.quiet}}
    foot = text | {"name": "sources", "y": 0, "yshift": -margin.b - 6, "text": "<br>".join(beneath)}
    foot |= {"font": {"size": 11, "color": palette.quiet}}
    figure.layout.annotations = [*figure.layout.annotations, head, *([said] if under else []), foot]
    return figure.update_layout(
        height=figure.layout.height + top + bottom, margin={"t": margin.t + top, "b": margin.b + bottom}
    )


def nice_steps(top: float, most: int) -> list[float]:
    """Return round numbers from 0 to just above `top`, at most `most` steps: 0, 250, 500, 750, 1,000."""
    size = 10.0 ** floor(log10(top)) if top > 0 else 1.0
    sizes = (part * size for part in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0))
    # Whole people: 2.5 would be written as 2, and 0.5 as 0 once more.
    step = next(step for step in sizes if step >= 1 and step % 1 == 0 and top / step <= most)
    return [step * number for number in range(max(ceil(top / step), 1) + 1)]


def in_numbers(value: float) -> str:
    """Write a number for an axis, millions to three digits: 0, 7,500, 250,000, 2.5 million."""
    return f"{value / 1_000_000:.3g} million" if value >= 1_000_000 else f"{value:,.0f}"


def arrows(rows: pd.DataFrame, colours: pd.Series) -> list[dict[str, Any]]:
    """Return the arrows of floors and ceilings, sideways, as annotations.

    `rows` needs `bound`, `x` and `at`, where a mark stands along and across; `colours` is aligned with `rows`. Annotations are set
    together, once a figure: Plotly copies all of them for each one added.
    """
    points = ((rows["bound"] == AT_LEAST) | ((rows["bound"] == UP_TO) & (rows["value"] > 0))).to_numpy(dtype=bool)
    drawn = []
    for colour, row in zip(colours[points], rows[points].to_dict("records"), strict=True):
        ahead = 1 if row["bound"] == AT_LEAST else -1
        place = {"x": row["x"], "y": row["at"], "xshift": ahead * (POINT // 2 + ARROW), "ax": -ahead * ARROW, "ay": 0}
        line = {"text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": colour}
        drawn.append(place | line)
    return drawn


def add_band(figure: go.Figure, x: list[Any], y: list[Any], colour: str) -> None:
    """Draw the pale band of a word between its bounds: the same form in every figure, and no mark in it."""
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": colour, "width": BAND},
        opacity=PALE,
        hoverinfo="skip",
        showlegend=False,
    )


def add_interval(figure: go.Figure, x: Any, interval: Mapping[Hashable, Any], colour: str, **where: Any) -> None:
    """Draw, upright at `x`, the pale band of a word or the solid bar of a range between its ends; nothing for a number.

    `where`: `row` and `col` of a subplot.
    """
    if interval["bound"] not in INTERVALS:
        return
    is_word = interval["bound"] == VAGUE
    figure.add_scatter(
        x=[x] * 2,
        y=[float(interval["low"]), float(interval["high"])],
        mode="lines",
        line={"color": colour, "width": BAND if is_word else 4},
        opacity=PALE if is_word else 1,
        hoverinfo="skip",
        showlegend=False,
        **where,
    )


def add_between(figure: go.Figure, x: pd.Series, rows: pd.DataFrame, hover: list[str], colour: str) -> None:
    """Draw upright counts that have two ends and no number between them, each with a mark that is not seen and shows on hovering what it is."""
    for at, row in zip(x, rows[["bound", "low", "high"]].to_dict("records"), strict=True):
        add_interval(figure, at, row, colour)
    if len(rows):
        figure.add_scatter(
            x=x,
            y=rows["value"].astype(float),
            mode="markers",
            marker={"size": 13, "opacity": 0, "color": colour},
            hovertext=hover,
            hoverinfo="text",
            showlegend=False,
        )


def add_signs(figure: go.Figure, x: pd.Series, y: pd.Series, bounds: pd.Series, colour: str, **where: Any) -> None:
    """Write at published counts that they are at least (↑), at most (↓) or about (~) the number where they stand."""
    signed = bounds.isin(list(SIGNS)).to_numpy(dtype=bool)
    if not signed.any():
        return
    signs, places = zip(*(SIGNS[bound] for bound in bounds[signed]), strict=True)
    figure.add_scatter(
        x=x[signed],
        y=y[signed].astype(float),
        mode="text",
        text=signs,
        textposition=places,
        textfont={"color": colour, "size": 13},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        **where,
    )


def add_bars(figure: go.Figure, rows: pd.DataFrame, colours: pd.Series) -> None:
    """Draw, along x, the solid bars of ranges and the pale bands of words; needs `bound`, `x_low`, `x_high`, `at`."""
    is_range, is_word = (rows["bound"] == RANGE).to_numpy(), (rows["bound"] == VAGUE).to_numpy()
    ranges, said = rows[is_range], rows[is_word]
    figure.add_bar(
        x=ranges["x_high"] - ranges["x_low"],
        y=ranges["at"],
        orientation="h",
        base=ranges["x_low"],
        width=BAND,
        showlegend=False,
        hoverinfo="skip",
        marker={"color": colours[is_range]},
    )
    for row, colour in zip(said.to_dict("records"), colours[is_word], strict=True):
        add_band(figure, [row["x_low"], row["x_high"]], [row["at"]] * 2, colour)


def add_points(figure: go.Figure, rows: pd.DataFrame, colours: pd.Series, palette: Palette) -> None:
    """Draw the mark of each claim at its `x` and `at`: filled as printed, hollow with a tilde for about, unseen over a bar.

    Each mark carries its claim id (customdata) and its provenance (hover); `colours` is aligned with `rows`.
    """
    about, bar = rows["bound"] == ABOUT, rows["bound"].isin(INTERVALS)
    figure.add_scatter(
        x=rows["x"],
        y=rows["at"],
        mode="markers+text",
        text=["~" if is_about else "" for is_about in about],
        textposition="middle center",
        textfont={"color": list(colours), "size": 13},
        marker={
            "symbol": np.where(about, "circle-open", "circle"),
            "color": colours,
            "size": pd.Series(POINT, index=rows.index).where(~about, POINT + 3),
            "opacity": (~bar).astype(float),
            "line": {"width": about.astype(float) + 1, "color": colours.where(about, palette.page)},
        },
        customdata=rows[["claim_id"]],
        hovertext=provenance(rows),
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def in_legend(lines: list[str]) -> str:
    """Write lines for a legend with room after each: it cuts what is wider than on the page, and a saved picture has a wider font."""
    return "<br>".join(line + "\u00a0" * 14 for line in lines)
