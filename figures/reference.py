"""What did others count, and what do the reports say? Published counts over time with claims as diamonds on top.

A line joins the values of one count where one way of counting goes on (`analysis/tallies.py`). Documented counts are solid with filled
marks, estimates and models dashed with hollow ones. A claim stays a diamond: a filled dot is the mark of a count here. On a wide page
each count has its name at its end (`line_names.py`); on a phone a letter there and in the list beneath, where it can be switched on and
off. Words stand where they cover no mark (`labels.py`); a claim whose words find no room has a number, and its words beneath.
"""

import html
from collections.abc import Hashable, Iterable
from zlib import crc32

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from analysis.tallies import in_lines
from figures import layout, line_names, reference_labels
from figures.hover import provenance, provenance_of_counts, wrapped
from figures.palette import Palette
from figures.reference_labels import FOOTROOM, HEADROOM, Scale
from figures.time_axis import at_year_ends, in_its_year, time_axis
from validation.quantity import has_no_number
from validation.vocabulary import (
    ABOUT,
    AT_LEAST,
    CUMULATIVE,
    DOCUMENTED,
    EVERYBODY,
    INTERVALS,
    UP_TO,
    VAGUE,
)

HEADING, NAME = 24, 36
KEY_LINE, BENEATH = 17, 16
"""Height of a line of the key above the plot, and of the words of numbered claims beneath it, in pixels."""
SHAPES = {
    "circle": "●○", "square": "■□", "triangle-up": "▲△", "cross": "✚✚",
    "triangle-down": "▼▽", "star": "★☆", "triangle-left": "◀◁", "triangle-right": "▶▷",
}  # fmt: skip
"""Marks of published counts, and as they stand in a line of words, filled and hollow; a diamond is a claim."""
SHUFFLE = 2678
"""Decides which colour an organisation has; chosen so that those that count the same differ in it."""
FEW, LOW = 6, 230
"""So few marks stand in a lower plot, of so many pixels."""
FEWEST_IN_LINE = 3
"""A series of fewer values is drawn as points."""


def reference(observations: pd.DataFrame, claims: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw published counts (`analysis.counts`) by the date or in the year they speak for, and claims (the claims view) on top.

    One indicator and unit of people a call; empty tables give an empty figure.
    """
    observations = in_lines(in_its_year(_by_line(observations)))
    drawn = claims[claims["to_day"].notna() & claims["value"].notna()].sort_values("value", ascending=False)
    # A total since the war began says so where it does not stand among others.
    totals = bool((observations["measure"] == CUMULATIVE).all())
    drawn = drawn.assign(remark=words.remarks(drawn, (drawn["measure"] == CUMULATIVE) & (not totals)))
    key = reference_labels.key_of(observations)
    styles = style_of(observations["organisation_id"], palette)
    names_of = observations.drop_duplicates("organisation_id").set_index("organisation_id")["organisation"]
    colours = {names_of[publisher]: colour for publisher, (colour, _) in styles.items()}
    series = {str(name): rows for name, rows in observations.groupby("series_id", sort=False)}
    wide = palette.wide
    titles = {name: wrapped(str(series[name]["title"].iloc[0]), line_names.LETTERS) for name in key} if wide else {}
    plot = LOW if len(observations) + len(drawn) <= FEW else reference_labels.PLOT
    scale = Scale.of(observations, drawn, max(plot, line_names.height_of(titles.values())))
    joined = {name for name, rows in series.items() if _joined(rows)}
    room = reference_labels.taken(observations, drawn, joined, scale, wide=wide)
    if wide:  # the words of claims come first: a name finds room in the margin
        said, unplaced = reference_labels.of_claims(drawn, scale, room, palette)
        ends, leaders = line_names.at_ends(observations, titles, colours, scale, room, palette)
    else:
        ends, leaders = reference_labels.letters(observations, key, colours, scale, room), []
        said, unplaced = reference_labels.of_claims(drawn, scale, room, palette)
    numbers = {claim: str(number) for number, claim in enumerate(unplaced, start=1)}
    breaks = [break_ for rows in series.values() for break_ in _breaks(rows) if _whole_war(rows)]
    reasons = reference_labels.of_breaks(breaks, scale, room, palette)
    bands = reference_labels.of_bands(observations, scale, room, palette)

    names = {name: wrapped(f"{key[name]}  {rows['title'].iloc[0]}", NAME) for name, rows in series.items()}
    unplaced_rows = drawn[drawn["claim_id"].isin(unplaced)].to_dict("records")
    listed = {str(row["claim_id"]): f"{numbers[str(row['claim_id'])]}  {_words_of(row)}" for row in unplaced_rows}
    entries = {claim: wrapped(text, NAME) for claim, text in listed.items()}
    lines = sum(map(len, [*names.values(), *entries.values()]))
    of_list = layout.ENTRY * lines + HEADING * (len(names_of) + bool(numbers)) + 50
    text_width = palette.letters[1]
    numbered = wrapped("Claims: " + " · ".join(listed.values()), text_width) if wide and listed else []
    means = wrapped(reference_labels.key(observations, drawn), text_width)
    top, beneath = 20 + KEY_LINE * len(means), (28 + BENEATH * len(numbered) if wide else of_list)
    right = line_names.RIGHT if wide else reference_labels.RIGHT
    figure = layout.base_figure(palette, round(scale.plot) + top + beneath, t=top, b=beneath, l=layout.AXIS, r=right)
    for name in key:
        _add_series(figure, series[name], names[name], styles[series[name]["organisation_id"].iloc[0]], palette)
    _add_claims(figure, drawn, numbers, palette)
    if not wide:
        _list_claims(figure, drawn, entries, palette)
    for date, _ in breaks:
        figure.add_vline(x=date, line={"color": palette.quiet, "width": 1, "dash": "dot"}, opacity=0.6)
    figure.layout.shapes = [*figure.layout.shapes, *leaders]
    beside = [_line_of_text(means, 1, top, palette), _line_of_text(numbered, 0, -26, palette)]
    floors = _arrows(drawn, palette)
    figure.layout.annotations = [*ends, *said, *reasons, *bands, *floors, *(note for note in beside if note["text"])]
    figure.update_yaxes(
        range=[-scale.top * FOOTROOM, scale.top * (1 + HEADROOM)],
        gridcolor=palette.line,
        zeroline=False,
        fixedrange=True,
        automargin=False,
        tickfont={"color": palette.quiet, "size": 12},
        **_ticks(scale.top),
    )
    figure.update_xaxes(
        time_axis(
            scale.first,
            scale.last,
            palette,
            year_ends=at_year_ends(observations),
            years=bool(observations["whole_year"].any()),
        )
    )
    figure.update_layout(
        legend={
            "y": -0.12,
            "yanchor": "top",
            "maxheight": of_list,
            "groupclick": "toggleitem",
            "itemclick": "toggle",
            "itemdoubleclick": "toggleothers",
            "tracegroupgap": 2,
        },
        showlegend=not wide,
    )
    return figure


def _line_of_text(lines: list[str], y: float, shift: float, palette: Palette) -> dict[str, object]:
    """Return lines that begin at the edge of the figure, so many pixels above the top (`y` 1) or the foot (0) of the plot."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": y, "xshift": -layout.AXIS, "yshift": shift}
    look = {"xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False, "borderpad": 0}
    return place | look | {"text": "<br>".join(lines), "font": {"size": 12, "color": palette.quiet}}


def _by_line(observations: pd.DataFrame) -> pd.DataFrame:
    """Join single counts that are values of one count: they take the id of the first of them as that of their series."""
    single = observations["series_id"] == observations["observation_id"]
    first = observations.groupby("run")["series_id"].transform("first")
    return observations.assign(series_id=observations["series_id"].where(~single, first))


def _breaks(rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return date and reason of the dated breaks of a series."""
    found: tuple[tuple[str, str], ...] = rows["dated_breaks"].iloc[0]
    return found


def _joined(rows: pd.DataFrame) -> bool:
    """Whether a line joins any of the values."""
    return len(rows) >= FEWEST_IN_LINE and bool(rows["goes_on"].any())


def _whole_war(rows: pd.DataFrame) -> bool:
    return bool(rows["measure"].iloc[0] == CUMULATIVE and rows["population_group"].iloc[0] in EVERYBODY)


def style_of(publishers: Iterable[str], palette: Palette) -> dict[str, tuple[str, str]]:
    """Return organisation id to colour and symbol: the colour is the same in every figure, and who shares one has another symbol.

    Only more of one colour than there are symbols take another colour; none share both as long as there are pairs.
    """
    found: dict[str, tuple[str, str]] = {}
    for publisher in sorted(set(publishers)):
        own = crc32(publisher.encode(), SHUFFLE) % len(palette.publishers)
        colours = [*palette.publishers[own:], *palette.publishers[:own]]
        pairs = [(colour, symbol) for colour in colours for symbol in SHAPES]
        found[publisher] = next((pair for pair in pairs if pair not in found.values()), pairs[0])
    return found


def _add_series(
    figure: go.Figure, rows: pd.DataFrame, name: list[str], style: tuple[str, str], palette: Palette
) -> None:
    """Draw one series: band where the publisher gives low and high, line or points."""
    first, (colour, symbol) = rows.iloc[0], style
    solid = first["kind"] == DOCUMENTED
    between = rows[has_no_number(rows)]
    if len(rows) > 1 and between.empty and rows[["low", "high"]].notna().all(axis=None):
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
    layout.add_between(figure, between["day"], between, provenance_of_counts(between), colour)
    layout.add_signs(figure, rows["day"], rows["value"], rows["bound"], colour)
    x, y, text = zip(*_with_gaps(rows), strict=True)
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers" if _joined(rows) else "markers",
        name=layout.in_legend(name),
        legendgroup=str(first["organisation_id"]),
        legendgrouptitle={
            "text": html.escape(first["organisation"]),
            "font": {"size": 12, "color": palette.quiet},
        },
        line={"color": colour, "width": 2, "dash": "solid" if solid else "dash"},
        marker={"color": colour, "size": 7, "symbol": symbol if solid else f"{symbol}-open"},
        hovertext=text,
        hoverinfo="text",
        connectgaps=False,
    )


def _with_gaps(rows: pd.DataFrame) -> list[tuple[object, object, object]]:
    """Return days, values and hover texts, with an empty place wherever no line joins a value to the one before."""
    points: list[tuple[object, object, object]] = []
    values = [None if none else float(value) for none, value in zip(has_no_number(rows), rows["value"], strict=True)]
    for at, value, goes_on, said in zip(rows["day"], values, rows["goes_on"], provenance_of_counts(rows), strict=True):
        if points and not goes_on:
            points.append((at, None, None))
        points.append((at, value, said))
    return points


def _add_claims(figure: go.Figure, drawn: pd.DataFrame, numbers: dict[str, str], palette: Palette) -> None:
    """Put claims on top: a diamond, hollow for about, a pale band for a word; a number and words in the list where no words stand beside."""
    colours = drawn["indicator"].map(palette.indicators)
    bars, about = drawn["bound"].isin(INTERVALS), drawn["bound"] == ABOUT
    for row, colour in zip(drawn.to_dict("records"), colours, strict=True):
        layout.add_interval(figure, row["to_day"], row, colour)
    numbered = drawn["claim_id"].isin(numbers)
    figure.add_scatter(
        x=drawn["to_day"],
        y=drawn["value"].astype(float),
        mode="markers+text",
        text=[numbers.get(claim, "") for claim in drawn["claim_id"]],
        textposition="middle center",
        textfont={"size": 11, "color": list(colours.mask(~bars & ~about, palette.page))},
        showlegend=False,
        cliponaxis=False,
        marker={
            "symbol": "diamond",
            "size": pd.Series(13, index=drawn.index).mask(numbered, 18),
            "color": colours.mask(about, palette.page),
            "opacity": (~bars).astype(float),
            "line": {"width": about.astype(float) + 1, "color": colours.where(about, palette.page)},
        },
        customdata=drawn[["claim_id"]],
        hovertext=provenance(drawn),
        hoverinfo="text",
    )


def _words_of(row: dict[Hashable, object]) -> str:
    """Return the words of a claim, with the bounds of one that is a word, and of what it is a part."""
    remarks = [reference_labels.convention(row)] if row["bound"] == VAGUE else []
    remarks += [str(row["remark"])] if row["remark"] else []
    return words.quoted(row["wording"]) + (f" ({'; '.join(remarks)})" if remarks else "")


def _list_claims(figure: go.Figure, drawn: pd.DataFrame, listed: dict[str, list[str]], palette: Palette) -> None:
    """Put the words of the numbered claims into the list beneath the plot."""
    for row in drawn[drawn["claim_id"].isin(listed)].to_dict("records"):
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=layout.in_legend(listed[row["claim_id"]]),
            legendgroup="claims",
            legendgrouptitle={"text": "Claims of the reports", "font": {"size": 12, "color": palette.quiet}},
            marker={"symbol": "diamond", "size": 11, "color": palette.indicators[row["indicator"]]},
            hoverinfo="skip",
        )


def _arrows(drawn: pd.DataFrame, palette: Palette) -> list[dict[str, object]]:
    """Return the arrows of floors, upwards, and of ceilings, downwards."""
    ahead = drawn["bound"].map({AT_LEAST: 1, UP_TO: -1}).dropna()
    return [
        {
            "x": row["to_day"].strftime("%Y-%m-%d"),
            "y": float(row["value"]),
            "yshift": 24 * sign,
            "ax": 0,
            "ay": 16 * sign,
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 2,
            "arrowcolor": palette.indicators[row["indicator"]],
        }
        for row, sign in zip(drawn.loc[ahead.index].to_dict("records"), ahead, strict=True)
    ]


def _ticks(top: float) -> dict[str, object]:
    """Label whole numbers, each once; millions as such."""
    steps = [step for step in layout.nice_steps(top, 6) if step <= top * (1 + HEADROOM)]
    return {"tickvals": steps, "ticktext": [layout.in_numbers(step) for step in steps]}
