"""What is a total made of? Each whole as one bar with its parts beneath it, on a plain (not log) axis.

A composite is kept with its parts and they are not added again (codebook, rule 8); a floor keeps its arrow, and a
word is a pale band between its bounds, with room for the upper one.
"""

import html

import pandas as pd
import plotly.graph_objects as go

from figures import layout
from figures.hover import provenance, wrapped
from figures.palette import Palette
from validation.vocabulary import AT_LEAST, VAGUE

ROW = 150


def composition(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw every claim that others of `rows` are part of, and those parts side by side under it.

    `rows`: the claims view, one unit. A whole without parts in `rows` is not drawn; the figure may be empty.
    """
    wholes = rows[rows["claim_id"].isin(rows["part_of"].dropna())].sort_values("value", ascending=False)
    figure = layout.base_figure(palette, ROW * max(len(wholes), 1) + 40, t=4, b=34, r=20, l=6)
    whole_or_part = rows[rows["claim_id"].isin(wholes["claim_id"]) | rows["part_of"].isin(wholes["claim_id"])]
    longest = _length(whole_or_part)
    at_end = [longest[wholes.index].max(), longest.groupby(whole_or_part["part_of"]).sum().max()]
    largest = float(max(at_end)) if len(wholes) else 1.0
    for place, whole in enumerate(wholes.itertuples()):
        parts = rows[rows["part_of"] == whole.claim_id].sort_values("value", ascending=False)
        drawn = pd.concat([rows[rows["claim_id"] == whole.claim_id], parts])
        start = _length(parts).cumsum() - _length(parts)
        drawn = drawn.assign(
            start=pd.concat([pd.Series([0.0], index=[whole.Index]), start]),
            at=[place * ROW + 34.0] + [place * ROW + 104.0] * len(parts),
        )
        _draw(figure, drawn, palette)
    figure.update_xaxes(
        range=[0, largest * 1.12],
        fixedrange=True,
        gridcolor=palette.line,
        zeroline=False,
        nticks=5,
        tickfont={"color": palette.quiet, "size": 12},
        **_ticks(largest),
    )
    figure.update_yaxes(range=[max(len(wholes), 1) * ROW, 0], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay", showlegend=False)
    return figure


def _draw(figure: go.Figure, drawn: pd.DataFrame, palette: Palette) -> None:
    colours = drawn["indicator"].map(palette.indicators)
    length, said = _length(drawn), drawn["bound"] == VAGUE
    middle = length / 2
    figure.add_bar(
        x=length[~said],
        base=drawn.loc[~said, "start"],
        y=drawn.loc[~said, "at"],
        orientation="h",
        width=24,
        hoverinfo="skip",
        marker={"color": colours[~said], "line": {"color": palette.page, "width": 2}},
    )
    for row, colour in zip(drawn[said].to_dict("records"), colours[said], strict=True):
        ends = [row["start"] + float(row["low"]), row["start"] + float(row["high"])]
        layout.add_band(figure, ends, [row["at"]] * 2, colour)
    figure.add_scatter(
        x=drawn["start"] + middle.mask(said, (drawn["low"] + drawn["high"]).astype(float) / 2),
        y=drawn["at"],
        mode="markers",
        marker={"size": 24, "opacity": 0, "color": colours},
        customdata=drawn[["claim_id"]],
        hovertext=provenance(drawn),
        hoverinfo="text",
    )
    reach = drawn["start"] + length
    for place, (row, colour, end) in enumerate(zip(drawn.to_dict("records"), colours, reach, strict=True)):
        is_part = place > 0
        text = "<br>".join(f"<b>{line}</b>" for line in wrapped(str(row["wording"]), 22 if is_part else 50))
        if not is_part:
            text += f"  <span style='color:{palette.quiet}'>{html.escape(str(row['said_by']))}</span>"
        label = {
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": False,
            "bgcolor": palette.page,
            "borderpad": 0,
        }
        figure.add_annotation(label, x=row["start"], y=row["at"] - 14, text=text)
        if row["bound"] == AT_LEAST:
            figure.add_annotation(
                x=end,
                y=row["at"],
                xshift=-4 if is_part else layout.ARROW,
                ax=-layout.ARROW + 6,
                ay=0,
                text="",
                showarrow=True,
                arrowhead=2,
                arrowwidth=2,
                arrowcolor=palette.page if is_part else colour,
            )


def _length(rows: pd.DataFrame) -> pd.Series:
    """Return how far each number reaches: a word to its upper bound."""
    return rows["value"].mask(rows["bound"] == VAGUE, rows["high"]).astype(float)


def _ticks(largest: float) -> dict[str, object]:
    """Label millions as such, smaller totals in plain numbers."""
    if largest < 1_000_000:
        return {"tickformat": ",d"}
    step = 1 if largest <= 5_000_000 else 5 if largest <= 25_000_000 else 20
    marks = range(0, int(largest * 1.12 / 1_000_000) + 1, step)
    return {
        "tickvals": [mark * 1_000_000 for mark in marks],
        "ticktext": ["0", *(f"{mark} million" for mark in marks[1:])],
    }
