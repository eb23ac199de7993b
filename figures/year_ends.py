"""How many people were displaced at the end of each year? Published counts as lines, claims of reports as points.

Why: a state at 31 December drawn on an axis of dates stands at the line where the next year begins and is read as one of that. Here
the axis counts years, a year's end stands at its label, and any other day where it lies between two of them. On a wide page each
count has its last value and its name at its end; on a phone a letter there and its name beneath. Not here: which rows are drawn
(`analysis/year_ends.py`).
"""

import string
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from analysis.tallies import in_lines
from figures import layout
from figures.hover import provenance_of_counts, wrapped
from figures.labels import LabelLayout, size_of, spread, tail_of
from figures.palette import Palette
from figures.reference import SHAPES, style_of
from validation.quantity import has_no_number
from validation.vocabulary import ABOUT, AT_LEAST, CUMULATIVE, DOCUMENTED, INTERVALS, UP_TO, VAGUE

PLOT, HEADROOM = 220, 0.08
"""Height of the plot in pixels, room above the largest value as a share of it."""
RIGHT = {False: 26, True: 300}
"""Room beside the plot for letters on a phone, and for names on a desk."""
PLOT_WIDTHS = {False: (235.0, 300.0, 460.0, 640.0), True: (335.0, 420.0, 540.0, 714.0)}
"""Widths of the plot at which words must find room, in pixels."""
NAME, BENEATH = {False: 56, True: 52}, 16
"""Letters of a line of names beside the plot; height of a line beneath it, in pixels."""
MAX_YEARS = {False: 7, True: 14}
"""Years that are named on the axis."""
HALF, TICK, REACH, QUOTE = 7.0, 4.5, 30.0, 18
"""Half a mark of a claim, half a tick and the reach of the arrow of a floor (pixels), letters of a line of a quote."""
FIRST = next(iter(SHAPES))
"""The mark of whoever has a colour alone: here a tick."""
LETTERS = string.ascii_uppercase + string.ascii_lowercase
"""Which count is which, on a phone."""


@dataclass(frozen=True)
class Plot:
    """Years and values to shares of the plot's width and pixels from its top."""

    first: float
    last: float
    top: float
    height: float
    wide: bool

    @classmethod
    def of_rows(cls, counts: pd.DataFrame, claims: pd.DataFrame, names: int, *, wide: bool) -> "Plot":
        """Take in every row of both, and so many lines of names beside them."""
        both = pd.concat([counts[["x", "at", "high"]], claims[["x", "at", "high"]]]).astype(float)
        height = max(PLOT, names * BENEATH if wide else 0)
        if both.empty:
            return cls(0.0, 1.0, 1.0, height, wide)
        largest = float(both[["at", "high"]].max().max()) or 1.0
        return cls(both["x"].min() - 0.5, both["x"].max() + 0.5, largest * (1 + HEADROOM), height, wide)

    def share(self, x: float) -> float:
        """Return the share of the width at which a year's end stands."""
        return (x - self.first) / (self.last - self.first)

    def down(self, at: float) -> float:
        """Return the pixels from the top at which a value stands."""
        return (self.top - at) * self.height / self.top


def year_ends(counts: pd.DataFrame, claims: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw counts (`analysis.year_ends.of_country`) as a line a publisher and indicator, claims (`totals`) as points.

    Empty tables give an empty figure.
    """
    wide = palette.wide
    counts = in_lines(counts, "run").assign(
        x=lambda rows: position(rows["day"]), at=lambda rows: rows["value"].astype(float)
    )
    claims = claims[claims["to_day"].notna()]
    remark = words.remarks(claims, claims["measure"] == CUMULATIVE)
    claims = claims.assign(x=position(claims["to_day"]), at=claims["value"].astype(float), remark=remark)
    claims = claims.sort_values("at", ascending=False)
    styles = style_of(counts["organisation_id"], palette)
    ends = (
        counts.sort_values("x", kind="stable")
        .drop_duplicates("run", keep="last")
        .sort_values("at", ascending=False, kind="stable")
    )
    ends = ends.assign(
        colour=[styles[name][0] for name in ends["organisation_id"]],
        symbol=[styles[name][1] for name in ends["organisation_id"]],
        letter=[f"{LETTERS[at % 52]}{at // 52 + 1 if at >= 52 else ''}" for at in range(len(ends))],
        names=(ends["said"].astype("str") + "  " + ends["title"].astype("str")).map(lambda name: wrapped(name, NAME[wide])).astype("object"),
    )  # fmt: skip
    going_on = ends["x"] == ends["x"].max()
    plot = Plot.of_rows(counts, claims, int(ends["names"].map(len).sum()), wide=wide)
    room = _taken(counts, claims, plot)
    at_side = _beside(ends[going_on], plot, palette)
    quotes = _quotes(claims, plot, room, palette)
    within = _within(ends[~going_on], plot, room, palette)
    listed = ends if not wide else ends[~going_on & ~ends["run"].isin(within)]
    numbers = {
        claim: str(at) for at, claim in enumerate(claims.loc[~claims["claim_id"].isin(quotes), "claim_id"], start=1)
    }
    beneath = [
        *_counts_beneath(listed, palette.letters[1], wide=wide),
        *_claims_beneath(claims[claims["claim_id"].isin(numbers)], numbers, palette.letters[1]),
    ]
    below = 28 + BENEATH * len(beneath)
    figure = layout.base_figure(palette, round(plot.height) + 8 + below, t=8, b=below, l=layout.AXIS, r=RIGHT[wide])
    for run, organisation in zip(ends["run"], ends["organisation_id"], strict=True):
        add_line(figure, counts[counts["run"] == run], *styles[organisation])
    _add_claims(figure, claims, numbers, palette)
    list_beneath = {
        "xref": "paper", "yref": "paper", "x": 0, "y": 0, "xshift": -layout.AXIS, "yshift": -28, "xanchor": "left", "yanchor": "top",
        "align": "left", "showarrow": False, "borderpad": 0, "text": "<br>".join(beneath), "font": {"size": 12, "color": palette.text},
    }  # fmt: skip
    figure.layout.annotations = [
        *at_side, *within.values(), *quotes.values(), *_arrows(claims, palette), *([list_beneath] if beneath else []),
    ]  # fmt: skip
    figure.update_yaxes(values_axis(plot.top, 6, palette))
    return figure.update_xaxes(years_axis(plot.first, plot.last, palette, MAX_YEARS[wide])).update_layout(
        showlegend=False
    )


def values_axis(top: float, most: int, palette: Palette) -> dict[str, Any]:
    """Describe an axis of people from 0 to `top`, in at most so many steps."""
    steps = [step for step in layout.nice_steps(top, most) if step <= top]
    return {
        "range": [0, top],
        "tickvals": steps,
        "ticktext": [layout.in_numbers(step) for step in steps],
        "gridcolor": palette.line,
        "zeroline": True,
        "zerolinecolor": palette.line,
        "fixedrange": True,
        "automargin": False,
        "tickfont": {"color": palette.quiet, "size": 12},
    }


def position(days: pd.Series) -> pd.Series:
    """Return where days stand on an axis of years' ends: 31 December at its year, any other day as far before it."""
    lengths = 365 + days.dt.is_leap_year.astype(float)
    at: pd.Series = days.dt.year - 1 + days.dt.day_of_year / lengths
    return at


def years_axis(first: float, last: float, palette: Palette, most: int) -> dict[str, Any]:
    """Describe an axis of years' ends, at most so many of them named, the last among these."""
    years = range(int(-(-first // 1)), int(last // 1) + 1)
    step = -(-len(years) // most) or 1
    shown = [year for year in years if (years[-1] - year) % step == 0]
    short = len(shown) > MAX_YEARS[False]
    return {
        "range": [first, last],
        "tickvals": shown,
        "ticktext": [f"’{year % 100:02d}" if short and at else str(year) for at, year in enumerate(shown)],
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.line,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"color": palette.quiet, "size": 12},
    }


def add_line(figure: go.Figure, run: pd.DataFrame, colour: str, symbol: str, **where: Any) -> None:
    """Draw the values of one count (`analysis.tallies.in_lines`) by their `x` and `at`: a tick a value, joined where it goes on.

    Solid as documented, dashed as estimated; a word is a pale band and a range without a best a bar, neither with a tick or in the
    line. `symbol` (`style_of`): where another than the first, it stands in place of the tick, as somebody else has the colour.
    `where`: `row` and `col` of a subplot.
    """
    unseen = has_no_number(run)
    for row in run[["x", "bound", "low", "high"]].to_dict("records"):
        layout.add_interval(figure, row["x"], row, colour, **where)
    layout.add_signs(figure, run["x"], run["at"], run["bound"], colour, **where)
    parts = (~run["goes_on"] | unseen | unseen.shift(fill_value=False)).cumsum()
    facts = pd.Series(provenance_of_counts(run), run.index)
    for _, of_part in run.groupby(parts):
        figure.add_scatter(
            x=of_part["x"],
            y=of_part["at"],
            mode="lines+markers" if len(of_part) > 1 else "markers",
            line={"color": colour, "width": 2, "dash": "solid" if (of_part["kind"] == DOCUMENTED).all() else "dash"},
            marker={
                "color": colour,
                "size": 9,
                "symbol": "line-ew-open" if symbol == FIRST else f"{symbol}-open",
                "line": {"width": 2},
                "opacity": (~unseen[of_part.index]).astype(float),
            },
            hovertext=facts[of_part.index],
            hoverinfo="text",
            showlegend=False,
            cliponaxis=False,
            **where,
        )


def _taken(counts: pd.DataFrame, claims: pd.DataFrame, plot: Plot) -> LabelLayout:
    """Return the plot with every line and point on it."""
    room = LabelLayout(plot.height, 0.0, PLOT_WIDTHS[plot.wide])
    for _, run in counts.groupby("run", sort=False):
        points = [(plot.share(x), plot.down(at)) for x, at in zip(run["x"], run["at"], strict=True)]
        for one, other in pairwise(points):
            for step in range(9):
                share, down = (a + (b - a) * step / 8 for a, b in zip(one, other, strict=True))
                room.reserve_mark(share, down, 3)
    for rows, half in ((counts, TICK), (claims, HALF)):
        for x, at in rows[["x", "at"]].to_numpy(dtype="float64"):
            room.reserve_mark(plot.share(x), plot.down(at), half)
    for row in claims.to_dict("records"):
        share, down = plot.share(row["x"]), plot.down(row["at"])
        ahead = {AT_LEAST: -REACH, UP_TO: REACH}.get(row["bound"], 0.0)
        room.reserve(share, -6, 6, down + min(ahead, 0), down + max(ahead, 0))
        if row["bound"] in INTERVALS:
            room.reserve(share, -6, 6, plot.down(float(row["high"])), plot.down(float(row["low"])))
    return room


def _beside(ends: pd.DataFrame, plot: Plot, palette: Palette) -> list[dict[str, Any]]:
    """Write the names, on a phone the letters, of the counts that go on to the last year, right of the plot."""
    texts = list(ends["names"]) if plot.wide else _letters(ends)
    downs = [plot.down(at) for at in ends["at"]]
    middles = spread(downs, [float(BENEATH * len(lines)) for lines in texts], plot.height)
    return [
        _note(row, lines, palette, ax=12.0, ay=middle - down, anchor="left")
        for row, lines, down, middle in zip(ends.to_dict("records"), texts, downs, middles, strict=True)
    ]


def _within(ends: pd.DataFrame, plot: Plot, room: LabelLayout, palette: Palette) -> dict[int, dict[str, Any]]:
    """Write the names or letters of the counts that end before the last year where they cover nothing, by run."""
    notes = {}
    texts = (
        (ends["said"].astype("str") + "  " + ends["title"].astype("str")).map(lambda name: wrapped(name, QUOTE))
        if plot.wide
        else _letters(ends)
    )
    for row, lines in zip(ends.to_dict("records"), texts, strict=True):
        if found := _free(row, lines, plot, room):
            notes[row["run"]] = _note(row, lines, palette, ax=found[0], ay=found[1], anchor=found[2])
    return notes


def _quotes(claims: pd.DataFrame, plot: Plot, room: LabelLayout, palette: Palette) -> dict[str, dict[str, Any]]:
    """Write the words of claims and who said them where they cover nothing, by claim id."""
    notes = {}
    for row in claims.assign(colour=claims["indicator"].map(palette.indicators)).to_dict("records"):
        quote = wrapped(words.quoted(row["wording"]), QUOTE)
        said = wrapped(_said(row), QUOTE)
        if found := _free(row, [*quote, *said], plot, room):
            lines = [f"<b>{line}</b>" for line in quote] + [
                f"<span style='color:{palette.quiet}'>{line}</span>" for line in said
            ]
            notes[str(row["claim_id"])] = _note(row, lines, palette, ax=found[0], ay=found[1], anchor=found[2])
    return notes


def _said(row: dict[Hashable, Any]) -> str:
    """Return who said a claim and for when, with the bounds of one that is a word."""
    bounds = (
        f", {words.number(row['low'])} to {words.number(row['high'])}: {layout.CONVENTION}"
        if row["bound"] == VAGUE
        else ""
    )
    remark = f", {row['remark']}" if row["remark"] else ""
    return f"{row['said_by']}, {words.date(row['period_end'])}{remark}{bounds}"


def _letters(ends: pd.DataFrame) -> list[list[str]]:
    return [[f"<b>{letter}</b>"] for letter in ends["letter"]]


def _free(row: dict[Hashable, Any], lines: list[str], plot: Plot, room: LabelLayout) -> tuple[float, float, str] | None:
    """Return where the line to a label ends and which side of it the words are, in pixels from the point; None without room."""
    width, height = size_of(lines)
    offers = [
        (across, under)
        for step in range(12)
        for under in (16.0 * step, -16.0 * step)
        for across in (
            13.0,
            -13.0 - width,
            40.0,
            -40.0 - width,
            *([-width / 2] if abs(under) > REACH + height / 2 else []),
        )
    ]
    found = room.place(plot.share(row["x"]), plot.down(row["at"]), width, height, offers, with_leader=True)
    if found is None:
        return None
    left, under = found
    return tail_of(left, left + width), under, "left" if left > 0 else "right" if left + width < 0 else "center"


def _note(
    row: dict[Hashable, Any], lines: list[str], palette: Palette, *, ax: float, ay: float, anchor: str
) -> dict[str, Any]:
    """Return words with a thin line to the point of a row, in the colour of that."""
    return {
        "x": row["x"], "y": row["at"], "ax": ax, "ay": ay, "xanchor": anchor, "align": anchor, "text": "<br>".join(lines),
        "font": {"size": 12, "color": row["colour"]}, "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": palette.quiet,
        "standoff": HALF, "borderpad": 0, "bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip


def _counts_beneath(listed: pd.DataFrame, letters: int, *, wide: bool) -> list[str]:
    """Return the lines that say which letter is which count, with its last value and, where it ends early, the year of that."""
    lines = []
    for row in listed.to_dict("records"):
        mark = "" if row["symbol"] == FIRST else f"{SHAPES[row['symbol']][1]}  "
        letter = "" if wide else f"{row['letter']}  "
        named = f"{mark}{letter}{row['said']} (end of {row['day'].year})  {row['title']}"
        lines += [f"<span style='color:{row['colour']}'>{line}</span>" for line in wrapped(named, letters)]
    return lines


def _claims_beneath(claims: pd.DataFrame, numbers: dict[str, str], letters: int) -> list[str]:
    return [
        line
        for row in claims.to_dict("records")
        for line in wrapped(f"{numbers[row['claim_id']]}  {words.quoted(row['wording'])} ({_said(row)})", letters)
    ]


def _add_claims(figure: go.Figure, claims: pd.DataFrame, numbers: dict[str, str], palette: Palette) -> None:
    """Put claims on top, with a number in those whose words stand beneath."""
    colours = claims["indicator"].map(palette.indicators)
    for row, colour in zip(claims.to_dict("records"), colours, strict=True):
        layout.add_interval(figure, row["x"], row, colour)
    layout.add_points(figure, claims, colours, palette)
    numbered = claims[claims["claim_id"].isin(numbers)]
    about, seen = numbered["bound"] == ABOUT, ~numbered["bound"].isin(INTERVALS)
    own = colours[numbered.index]
    figure.add_scatter(
        x=numbered["x"],
        y=numbered["at"],
        mode="markers+text",
        marker={
            "size": 17,
            "color": own.mask(about, palette.page),
            "opacity": seen.astype(float),
            "line": {"width": 1.5, "color": own.where(about, palette.page)},
        },
        text=[numbers[claim] for claim in numbered["claim_id"]],
        textfont={"size": 11, "color": own.mask(seen & ~about, palette.page)},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _arrows(claims: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """Return the arrows of floors, upwards, and of ceilings, downwards."""
    found = []
    for row in claims[claims["bound"].isin([AT_LEAST, UP_TO])].to_dict("records"):
        ahead = 1 if row["bound"] == AT_LEAST else -1
        place = {
            "x": row["x"],
            "y": row["at"],
            "yshift": ahead * REACH,
            "ax": 0,
            "ay": ahead * (REACH - HALF),
            "text": "",
        }
        line = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": palette.indicators[row["indicator"]]}
        found.append(place | line)
    return found
