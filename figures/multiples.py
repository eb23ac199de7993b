"""How do the claims compare with published counts? Each claim as a multiple of the counts that stand beside it.

A mark on the line equals the count; one to the right is more. The bound of the claim stays in the mark: an arrow says "at
least", so the multiple is one too. Filled: a count of the same thing on the same days; hollow: on other days.
"""

import html
from collections.abc import Hashable
from math import ceil, floor, log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.hover import provenance, wrapped
from figures.palette import Palette
from validation.vocabulary import ABOUT, AT_LEAST, INTERVALS, NEAR, RELATIONS, UP_TO, VAGUE, labels

WIDTH, LINE, MARK, GAP = 56, 17, 24, 14
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MAX_STEPS = 6
"""Steps that a phone has room for; of a wider axis powers of ten are shown."""
NAMES = {0.5: "half", 1.0: "the same", 2.0: "twice"}
TO_ZERO = 0.5
"""A 0 stands at half the smallest multiple, which no log axis has of its own."""
NARROWEST = (0.4, 2.5)
"""The axis takes in at least these multiples, so that small differences look small."""


def multiples(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw one line a claim with a mark for each count beside it; `rows` as `analysis.headlines.beside_counts` returns them."""
    colours = rows["indicator"].map(palette.indicators)
    labels = {str(claim): _label(rows_of, palette) for claim, rows_of in rows.groupby("claim_id", sort=False)}
    at, bottom = {}, 6
    for claim, lines in labels.items():
        bottom += len(lines) * LINE
        at[claim] = bottom + MARK / 2
        bottom += MARK + GAP
    rows = rows.assign(at=rows["claim_id"].map(at), low=rows["times_low"], high=rows["times_high"])
    middle = (rows["times_low"] * rows["times_high"]) ** 0.5
    rows["value"] = rows["times"].fillna(middle)
    spans = rows[["value", "low", "high"]].astype(float)
    above = spans[spans > 0]
    smallest = min([NARROWEST[0], *above.min().dropna()])
    zero = smallest * TO_ZERO if (spans == 0).any(axis=None) else None
    rows[["value", "low", "high"]] = spans.mask(spans == 0, smallest * TO_ZERO)
    figure = layout.base_figure(palette, bottom + 30, t=30, r=24, l=12)
    _add_bars(figure, rows, colours)
    _add_marks(figure, rows, colours, palette)
    figure.add_vline(x=1, line={"color": palette.quiet, "width": 1.5}, layer="below")
    # One arrow a claim, at its largest multiple: more of them would hide the marks beside.
    pointed = rows.loc[rows.groupby("claim_id", sort=False)["value"].idxmax()]
    note = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False}
    figure.layout.annotations = [
        *layout.arrows(pointed, colours, sideways=True),
        *(
            note | {"y": at[claim] - MARK / 2 - len(lines) * LINE - 2, "text": "<br>".join(lines),
                    "bgcolor": palette.page, "borderpad": 0}
            for claim, lines in labels.items()
        ),
    ]  # fmt: skip
    figure.update_xaxes(_axis(smallest, max([NARROWEST[1], *above.max().dropna()]), zero, palette))
    figure.update_yaxes(range=[bottom, 0], visible=False, fixedrange=True)
    return figure


def _label(rows_of: pd.DataFrame, palette: Palette) -> list[str]:
    """Return the lines above a claim's marks: the printed words, who said it, and the sentence about the counts beside it."""
    row = rows_of.iloc[0]
    bold = [f"<b>{line}</b>" for line in wrapped(words.quoted(row["wording"]), WIDTH - 6)]
    facts = [f"{row['said_by']} · {row['period']}", str(row["comparison"])]
    quiet = [line for fact in facts for line in wrapped(fact, WIDTH)]
    return bold + [f'<span style="color:{palette.quiet};font-size:12px">{line}</span>' for line in quiet]


def _add_bars(figure: go.Figure, rows: pd.DataFrame, colours: pd.Series) -> None:
    """Draw the pale band of a word, the solid bar of a range: from its smallest to its largest multiple of any count."""
    for (bound, _), bars in rows[rows["bound"].isin(INTERVALS)].groupby(["bound", "claim_id"], sort=False):
        ends = [float(bars["low"].min()), float(bars["high"].max())]
        at, colour = [bars["at"].iloc[0]] * 2, colours[bars.index[0]]
        if bound == VAGUE:
            layout.add_band(figure, ends, at, colour)
        else:
            line = {"color": colour, "width": 6}
            figure.add_scatter(x=ends, y=at, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _add_marks(figure: go.Figure, rows: pd.DataFrame, colours: pd.Series, palette: Palette) -> None:
    near, about = rows["relation"] == NEAR, rows["bound"] == ABOUT
    figure.add_scatter(
        x=rows["value"].astype(float),
        y=rows["at"],
        mode="markers+text",
        text=["~" if is_set else "" for is_set in about],
        textfont={"color": list(colours), "size": 12},
        marker={
            "symbol": ["circle-open" if is_set else "circle" for is_set in near],
            "size": 12,
            "opacity": (~rows["bound"].isin(INTERVALS)).astype(float),
            "color": colours,
            "line": {"width": 2, "color": colours},
        },
        customdata=rows[["claim_id"]],
        hovertext=[
            _hover_text(row, rows_of) for row, rows_of in zip(rows.to_dict("records"), provenance(rows), strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def _hover_text(row: dict[Hashable, Any], of_claim: str) -> str:
    """Describe the multiple and what it is a multiple of, then the provenance of the claim."""
    floor = {AT_LEAST: "at least ", UP_TO: "at most ", ABOUT: "about "}.get(str(row["bound"]), "")
    multiple = "" if pd.isna(row["times"]) else f"{floor}{row['times']:.2f} times "
    relation = labels(RELATIONS)[str(row["relation"])].lower()
    count = f"{multiple}{row['counted']} ({row['organisation']}, {words.date(row['counted_day'])}; {relation})"
    return "<br>".join([*wrapped(count), of_claim])


def _axis(low: float, high: float, zero: float | None, palette: Palette) -> dict[str, Any]:
    """Describe a log axis of multiples, the same distance for twice as for half; none of a count stands at `zero`."""
    shown = [step for step in STEPS if low <= step <= high]
    if len(shown) > MAX_STEPS or low < STEPS[0] or high > STEPS[-1]:
        shown = [10.0**power for power in range(ceil(log10(low)), floor(log10(high)) + 1)]
    names = [html.escape(NAMES.get(step, f"{step:g} times")) for step in shown]
    if zero is not None:
        shown, names = [zero, *shown], ["0", *names]
    return {
        "type": "log",
        "range": [log10(zero or low) - 0.06, log10(high) + 0.12],
        "side": "top",
        "tickvals": shown,
        "ticktext": names,
        "gridcolor": palette.line,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"color": palette.quiet, "size": 12},
    }
