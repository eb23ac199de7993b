"""What is on record, and what do the reports say? Reference series over time with claims as diamonds on top.

A line joins the values of one series where one way of counting goes on; it stops at a break, and a series whose breaks
have no date is drawn as points. Documented counts are solid with filled marks, estimates and models dotted with
hollow ones. Each series can be switched on and off.
"""

import html
import re

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.hover import provenance, wrapped
from figures.palette import Palette

BREAK = re.compile(r"(?P<date>\d{4}(?:-\d\d){0,2}): (?P<reason>[^;]+)")
PLOT, HEADING, NAME = 430, 24, 38
MOST_LINES = 11
FEWEST_IN_LINE = 3
"""A series of fewer values is drawn as points."""
HEADROOM, FOOTROOM = 0.12, 0.03
"""Room above the largest value and below zero, as shares of the largest value."""


def record(observations: pd.DataFrame, claims: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw observations (the reference view) by the date they speak for, and claims (the claims view) on top.

    One indicator and unit of people a call; empty tables give an empty figure.
    """
    publishers = observations["organisation"].unique()
    series = observations.groupby("series_id", sort=False)
    lines = sum(len(wrapped(rows["title"].iloc[0], NAME)) for _, rows in series)
    room = layout.ENTRY * lines + HEADING * len(publishers)
    figure = layout.frame(palette, PLOT + room + 70, t=20, b=room + 50, l=layout.AXIS, r=30)
    colours = dict(zip(publishers, _cycle(palette), strict=False))
    for _, rows in series:
        ordered = rows.sort_values("day")
        _add_series(figure, ordered, colours[ordered["organisation"].iloc[0]], palette)
    values = pd.concat([observations["value"], observations["high"], claims["value"]]).dropna().astype(float)
    top = float(values.max()) if len(values) else 1.0
    _add_claims(figure, claims, top, palette)
    figure.update_yaxes(
        range=[-top * FOOTROOM, top * (1 + HEADROOM)],
        gridcolor=palette.line,
        zeroline=False,
        fixedrange=True,
        automargin=False,
        tickfont={"color": palette.quiet, "size": 12},
        **_ticks(top),
    )
    figure.update_xaxes(
        gridcolor=palette.line, fixedrange=True, tickfont={"color": palette.quiet, "size": 12}, nticks=7
    )
    figure.update_layout(
        legend={
            "y": -0.12,
            "yanchor": "top",
            "groupclick": "toggleitem",
            "itemclick": "toggle",
            "itemdoubleclick": "toggleothers",
            "tracegroupgap": 2,
        }
    )
    return figure


def _cycle(palette: Palette) -> list[str]:
    """Give the colours for publishers, repeated as often as needed."""
    names = ("civilians", "all", "women", "opposition_fighters", "pro_government", "civilians_and_fighters")
    return [palette.indicators["displaced"], *(palette.groups[name] for name in names)] * 10


def _add_series(figure: go.Figure, rows: pd.DataFrame, colour: str, palette: Palette) -> None:
    """Draw one series: band where the publisher gives low and high, line or points, breaks."""
    first = rows.iloc[0]
    solid = first["kind"] == "documented"
    told = first["breaks"] if isinstance(first["breaks"], str) else ""
    breaks = [match.groupdict() for match in BREAK.finditer(told)]
    line = len(rows) >= FEWEST_IN_LINE and (bool(breaks) or not told)
    if len(rows) > 1 and rows[["low", "high"]].notna().all(axis=None):
        figure.add_scatter(
            x=pd.concat([rows["day"], rows["day"].iloc[::-1]]),
            y=pd.concat([rows["high"], rows["low"].iloc[::-1]]).astype(float),
            fill="toself",
            mode="none",
            fillcolor=palette.line,
            opacity=0.6,
            hoverinfo="skip",
            showlegend=False,
        )
    x, y, text = _with_gaps(rows, [str(each["date"]) for each in breaks])
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers" if line else "markers",
        name="<br>".join(wrapped(first["title"], NAME)),
        legendgroup=str(first["organisation_id"]),
        legendgrouptitle={
            "text": html.escape(first["organisation"]),
            "font": {"size": 12, "color": palette.quiet},
        },
        line={"color": colour, "width": 2, "dash": "solid" if solid else "dot"},
        marker={"color": colour, "size": 7, "symbol": "circle" if solid else "circle-open"},
        hovertext=text,
        hoverinfo="text",
        connectgaps=False,
    )
    if first["measure"] == "cumulative" and first["population_group"] == "all":
        _mark_breaks(figure, breaks, rows["day"].max(), palette)


def _mark_breaks(figure: go.Figure, breaks: list[dict[str, str]], last: pd.Timestamp, palette: Palette) -> None:
    """Draw a dashed line at each break of a series, with its reason at the foot."""
    for number, each in enumerate(breaks):
        late = last - pd.Timestamp(each["date"]) < pd.Timedelta(days=400)
        side = "right" if late else "left"
        figure.add_vline(x=each["date"], line={"color": palette.quiet, "width": 1, "dash": "dash"}, opacity=0.6)
        figure.add_annotation(
            x=each["date"],
            y=0.02 + 0.24 * (number % 2),
            yref="paper",
            yanchor="bottom",
            xanchor=side,
            align=side,
            text="<br>".join(wrapped(f"{each['date']}: {each['reason']}", 15)),
            showarrow=False,
            font={"size": 11, "color": palette.quiet},
        )


def _with_gaps(rows: pd.DataFrame, breaks: list[str]) -> tuple[list[object], list[object], list[object]]:
    """Give days, values and hover texts, with an empty place wherever the series breaks or a year is missing.

    A break dated some days after a count belongs to that count: it was published then.
    """
    ends = [pd.Timestamp(date) - pd.Timedelta(days=3) for date in breaks]
    yearly = rows["measure"].iloc[0] == "period" and not isinstance(rows["event_id"].iloc[0], str)
    x: list[object] = []
    y: list[object] = []
    text: list[object] = []
    before = None
    for day, value, said in zip(rows["day"], rows["value"].astype(float), _hover(rows), strict=True):
        missing = yearly and before is not None and day - before > pd.Timedelta(days=370)
        if missing or (before is not None and any(before < end <= day for end in ends)):
            x, y, text = [*x, day], [*y, None], [*text, None]
        x, y, text = [*x, day], [*y, value], [*text, said]
        before = day
    return x, y, text


def _hover(rows: pd.DataFrame) -> list[str]:
    """Say value, date, publication, definition, what is left out, and the address."""
    told = []
    for row in rows.to_dict("records"):
        published = row["published"] if isinstance(row["published"], str) else "not dated"
        facts = [f"{row['said']} at {row['period_end']}", str(row["title"]), f"{row['publication']}, {published}"]
        facts += [str(row["definition"])]
        facts += [f"Leaves out: {row['excludes']}"] if isinstance(row["excludes"], str) else []
        lines = [line for fact in [*facts, str(row["url"])] for line in wrapped(fact)]
        told.append("<br>".join([f"<b>{lines[0]}</b>", *lines[1:MOST_LINES]]))
    return told


def _add_claims(figure: go.Figure, claims: pd.DataFrame, top: float, palette: Palette) -> None:
    """Put claims on top: a diamond with an arrow for a floor, a dotted bar for a word; the printed words beside it."""
    drawn = claims[claims["to_day"].notna() & claims["value"].notna()].sort_values("value", ascending=False)
    colour = palette.groups["children"]
    bars = drawn["bound"].isin(["vague", "range"])
    for row in drawn[bars].to_dict("records"):
        figure.add_scatter(
            x=[row["to_day"]] * 2,
            y=[float(row["low"]), float(row["high"])],
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            line={"color": colour, "width": 4, "dash": "dot"},
        )
    figure.add_scatter(
        x=drawn["to_day"],
        y=drawn["value"].astype(float),
        mode="markers",
        showlegend=False,
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 13, "color": colour, "opacity": (~bars).astype(float)},
        customdata=drawn[["claim_id"]],
        hovertext=provenance(drawn),
        hoverinfo="text",
    )
    _write_words(figure, drawn, top, colour, palette)


def _write_words(figure: go.Figure, drawn: pd.DataFrame, top: float, colour: str, palette: Palette) -> None:
    """Write the printed words beside the diamonds, moved apart where they would stand on one another."""
    label = {"xanchor": "right", "showarrow": False, "align": "right", "bgcolor": palette.page, "opacity": 0.75}
    arrow = {"ax": 0, "ay": 16, "text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": colour}
    rows = drawn.to_dict("records")
    lines = [wrapped(words.quoted(row["wording"]), 26) for row in rows]
    scale = PLOT / (top * (1 + HEADROOM + FOOTROOM))
    marks = [(top * (1 + HEADROOM) - float(row["value"])) * scale for row in rows]
    middles = _apart(marks, [len(each) * 16 + 3 for each in lines])
    for row, printed, mark, middle in zip(rows, lines, marks, middles, strict=True):
        at = {"x": row["to_day"].strftime("%Y-%m-%d"), "y": float(row["value"])}
        if row["bound"] == "at_least":
            figure.add_annotation(at | arrow, yshift=24)
        text = {"text": f"<b>{'<br>'.join(printed)}</b>", "font": {"color": colour, "size": 12}}
        figure.add_annotation(at | label | text, xshift=-10, yshift=mark - middle)


def _apart(middles: list[float], heights: list[int]) -> list[float]:
    """Move labels apart, given from the top down in pixels: down where they touch, then up where they leave the plot."""
    placed: list[float] = []
    edge = float("-inf")
    for middle, height in zip(middles, heights, strict=True):
        placed.append(max(middle, edge + height / 2))
        edge = placed[-1] + height / 2
    edge = float(PLOT)
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], edge - heights[number] / 2)
        edge = placed[number] - heights[number] / 2
    return placed


def _ticks(top: float) -> dict[str, object]:
    """Label plain numbers; millions as such."""
    if top < 1_000_000:
        return {"tickformat": ",d", "nticks": 6}
    step = next(size for size in (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, top) if top / (size * 1_000_000) <= 6)
    marks = [number * step for number in range(int(top * (1 + HEADROOM) / (step * 1_000_000)) + 1)]
    return {
        "tickvals": [mark * 1_000_000 for mark in marks],
        "ticktext": [f"{mark:g} million" if mark else "0" for mark in marks],
    }
