"""Where the words of a figure of published counts stand: a letter at the end of each series, the words of claims, the breaks, the key.

Why: with ten series and seven claims words would lie on marks; places are found before anything is drawn, for a phone and a
desk alike. Not here: the marks themselves (`reference.py`), the names on a wide page (`line_names.py`), finding room (`labels.py`).
"""

import html
import string
import textwrap
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis import words
from figures.hover import wrapped
from figures.labels import WIDTHS, LabelLayout, size_of, tail_of
from figures.layout import CONVENTION
from figures.palette import Palette
from validation.vocabulary import ABOUT, AT_LEAST, DOCUMENTED, INTERVALS, RANGE, UP_TO, VAGUE

PLOT = 430
"""Height of the plot, in pixels."""
HEADROOM, FOOTROOM = 0.12, 0.03
"""Room above the largest value and below zero, as shares of the largest value."""
ASIDE = 0.05
"""Room before the first and after the last day, as a share of the time between."""
RIGHT = 26
"""Room beside the plot for a letter, in pixels."""
WIDE_WIDTHS = (420.0, 560.0, 700.0, 860.0)
"""Widths of a plot on a wide page, between its axis and the names at its right, in pixels."""
MARK, DIAMOND, ARROW = 5.0, 9.0, 34.0
"""Half a mark, half a diamond, the reach of a floor's arrow, in pixels."""


@dataclass(frozen=True)
class Scale:
    """Days to shares of the plot's width, values to pixels from its top."""

    first: pd.Timestamp
    last: pd.Timestamp
    top: float
    plot: float = PLOT

    @classmethod
    def of(cls, observations: pd.DataFrame, claims: pd.DataFrame, plot: float = PLOT) -> "Scale":
        """Take in every day and every value of both; `plot`: the height of the plot."""
        days = pd.concat([observations["day"], claims["to_day"]]).dropna()
        values = (
            pd.concat([observations["value"], observations["high"], claims["value"], claims["high"]])
            .dropna()
            .astype(float)
        )
        first, last = (days.min(), days.max()) if len(days) else (pd.Timestamp(0), pd.Timestamp(0))
        room = max((last - first) * ASIDE, pd.Timedelta(days=5))
        return cls(first - room, last + room, float(values.max()) or 1.0 if len(values) else 1.0, plot)

    def share(self, day: pd.Timestamp) -> float:
        """Return the share of the width at which a day stands."""
        return float((day - self.first) / (self.last - self.first))

    def down(self, value: float) -> float:
        """Return the pixels from the top at which a value stands."""
        return (self.top * (1 + HEADROOM) - value) * self.plot / (self.top * (1 + HEADROOM + FOOTROOM))

    def value(self, down: float) -> float:
        """Return the value that stands so many pixels from the top."""
        return self.top * (1 + HEADROOM) - down * self.top * (1 + HEADROOM + FOOTROOM) / self.plot


def key_of(observations: pd.DataFrame) -> dict[str, str]:
    """Return each series its letter, publisher by publisher as the list beneath has them: series id to letter."""
    first = observations.drop_duplicates("series_id")
    order = pd.Categorical(first["organisation"], categories=first["organisation"].unique(), ordered=True)
    ids = first.assign(_order=order).sort_values("_order", kind="stable")["series_id"]
    more = (f"{letter}{number}" for number in range(2, 1_000) for letter in string.ascii_uppercase)
    names = [*string.ascii_uppercase, *(next(more) for _ in range(max(len(ids) - 26, 0)))]
    return dict(zip(ids, names, strict=False))


def taken(
    observations: pd.DataFrame, claims: pd.DataFrame, joined: set[str], scale: Scale, *, wide: bool = False
) -> LabelLayout:
    """Return the plot with every mark on it; `joined`: the series whose values a line joins."""
    room = LabelLayout(scale.plot, 0.0, WIDE_WIDTHS) if wide else LabelLayout(scale.plot, RIGHT, WIDTHS)
    for series_id, rows in observations.groupby("series_id", sort=False):
        points = [(scale.share(day), scale.down(value)) for day, value in zip(rows["day"], rows["value"], strict=True)]
        for share, down in points:
            room.reserve_mark(share, down, MARK)
        goes_on = rows["goes_on"].iloc[1:] & (series_id in joined)
        for (one, other), is_joined in zip(pairwise(points), goes_on, strict=True):
            for step in range(1, 10) if is_joined else ():
                share, down = (a + (b - a) * step / 10 for a, b in zip(one, other, strict=True))
                room.reserve_mark(share, down, half=3)
    for claim in claims.to_dict("records"):
        share, down = scale.share(claim["to_day"]), scale.down(float(claim["value"]))
        room.reserve_mark(share, down, DIAMOND)
        if ahead := {AT_LEAST: -ARROW, UP_TO: ARROW}.get(claim["bound"]):
            room.reserve(share, -6, 6, min(down, down + ahead), max(down, down + ahead))
        if claim["bound"] in INTERVALS:
            room.reserve(share, -4, 4, scale.down(float(claim["high"])), scale.down(float(claim["low"])))
    for said in (
        observations[observations["bound"].isin(INTERVALS)].to_dict("records") if "bound" in observations else []
    ):
        room.reserve(scale.share(said["day"]), -7, 7, scale.down(float(said["high"])), scale.down(float(said["low"])))
    return room


def key(observations: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Return what lines and marks mean, of those that are drawn; blank where documented counts alone are."""
    documented = observations["kind"] == DOCUMENTED
    said, counted = [*observations["bound"], *claims["bound"]], set(observations["bound"])
    entries = {
        "solid: documented count": documented.any(),
        "dashed, hollow: estimate": not documented.all(),
        "diamond: claim of a report": len(claims) > 0,
        "↑ at least": AT_LEAST in counted,
        "↓ at most": UP_TO in counted,
        "~ about": ABOUT in counted,
        "bar: between its ends": RANGE in said,
        f"pale band: a word such as “hundreds”, ends by {CONVENTION}": VAGUE in said,
    }
    needed = [entry for entry, is_drawn in entries.items() if is_drawn]
    words_of_key = " · ".join(needed) if needed != [next(iter(entries))] else ""
    return words_of_key[:1].upper() + words_of_key[1:]


def convention(row: dict[Hashable, Any]) -> str:
    """Return the bounds of a word, as those of a convention."""
    return f"{words.number(row['low'])} to {words.number(row['high'])}: {CONVENTION}"


def of_bands(observations: pd.DataFrame, scale: Scale, room: LabelLayout, palette: Palette) -> list[dict[str, Any]]:
    """Write at the band of each count that is a word its bounds; without room the key alone says what they are."""
    notes = []
    for row in observations[observations["bound"] == VAGUE].to_dict("records"):
        text, high = convention(row), float(row["high"])
        width, height = size_of([text])
        candidates = [(-width / 2, -12.0), (9.0, 0.0), (-9 - width, 0.0), (9.0, 12.0), (-9 - width, 12.0)]
        if found := room.place(scale.share(row["day"]), scale.down(high), width, height, candidates):
            at = {"x": _day(row["day"]), "y": high, "xanchor": "left", "xshift": found[0], "yshift": -found[1]}
            look = {"showarrow": False, "borderpad": 0, "font": {"size": 12, "color": palette.quiet}}
            notes.append(at | look | {"text": text})
    return notes


def letters(
    observations: pd.DataFrame, key: dict[str, str], colours: dict[str, str], scale: Scale, room: LabelLayout
) -> list[dict[str, Any]]:
    """Write each series' letter at its last value; without room there the letter stands in the list alone."""
    last = observations.sort_values("day").drop_duplicates("series_id", keep="last")
    notes = []
    for row in last.to_dict("records"):
        letter = key[row["series_id"]]
        width = 9.0 * len(letter)
        candidates = [(7.0, 0.0), (-width / 2, -13.0), (-width / 2, 13.0), (-7 - width, 0.0), (6.0, -11.0), (6.0, 11.0)]
        candidates += [
            (-6 - width, -11.0),
            (-6 - width, 11.0),
            (6.0, -18.0),
            (6.0, 18.0),
            (-6 - width, -18.0),
            (-6 - width, 18.0),
        ]
        found = room.place(scale.share(row["day"]), scale.down(float(row["value"])), width, 14, candidates)
        if found:
            at = {
                "x": _day(row["day"]),
                "y": float(row["value"]),
                "xanchor": "left",
                "showarrow": False,
                "borderpad": 0,
            }
            text = {"text": f"<b>{letter}</b>", "font": {"size": 12, "color": colours[row["organisation"]]}}
            notes.append(at | text | {"xshift": found[0], "yshift": -found[1]})
    return notes


def of_claims(
    claims: pd.DataFrame, scale: Scale, room: LabelLayout, palette: Palette
) -> tuple[list[dict[str, Any]], list[str]]:
    """Write the words of each claim beside its diamond, with a line to it where they stand apart.

    Gives the notes, and the claim ids whose words found no room.
    """
    notes, unplaced = [], []
    for row in claims.to_dict("records"):
        lines = [f"<b>{line}</b>" for line in wrapped(words.quoted(row["wording"]), 24)]
        plain = [line[3:-4] for line in lines]
        quiet = [convention(row)] if row["bound"] == VAGUE else []
        quiet += textwrap.wrap(str(row.get("remark", "")), 24)
        plain = [*plain, *quiet]
        lines += [f'<span style="color:{palette.quiet}">{html.escape(line)}</span>' for line in quiet]
        width, height = size_of(plain)
        share, down = scale.share(row["to_day"]), scale.down(float(row["value"]))
        found = room.place(share, down, width, height, _around(width), with_leader=True)
        if found is None:
            unplaced.append(str(row["claim_id"]))
            continue
        left, under = found
        anchor = "left" if left > 0 else "right" if left + width < 0 else "center"
        tail = tail_of(left, left + width)
        notes.append(
            {
                "x": _day(row["to_day"]), "y": float(row["value"]), "ax": tail, "ay": under, "xanchor": anchor,
                "align": "left" if anchor == "left" else "right" if anchor == "right" else "center",
                "text": "<br>".join(lines), "font": {"size": 12, "color": _colour(row, palette)},
                "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": palette.quiet, "standoff": DIAMOND + 1,
                "borderpad": 0, "bgcolor": palette.page,
            }
        )  # fmt: skip
    return notes, unplaced


def of_breaks(
    breaks: Sequence[tuple[str, str]], scale: Scale, room: LabelLayout, palette: Palette
) -> list[dict[str, Any]]:
    """Write the reason of each break beside its line; without room the table under the figure alone has it."""
    notes = []
    for date, reason in breaks:
        lines = wrapped(f"{words.date(date)}: {reason}", 15)
        width, height = len(max(lines, key=len)) * 6.2, len(lines) * 14.0
        rows = [scale.plot - 6 - height / 2 - 12 * step for step in range(30)]
        candidates = [(across, row) for row in rows for across in (4.0, -4 - width)]
        if found := room.place(scale.share(pd.Timestamp(date)), 0.0, width, height, candidates):
            side = "left" if found[0] > 0 else "right"
            notes.append(
                {
                    "x": date, "xanchor": side, "align": side, "xshift": 4 if side == "left" else -4,
                    "y": 1 - found[1] / scale.plot, "yref": "paper", "yanchor": "middle", "showarrow": False, "borderpad": 0,
                    "text": "<br>".join(lines), "font": {"size": 11, "color": palette.quiet}, "bgcolor": palette.page,
                }
            )  # fmt: skip
    return notes


def _around(width: float) -> Iterator[tuple[float, float]]:
    """Offer places around a diamond, the nearest first: beside it, then above and below."""
    for step in range(13):
        for under in {18.0 * step, -18.0 * step}:
            yield 13.0, under
            yield -13.0 - width, under
            if abs(under) > ARROW + 12:
                yield -width / 2, under


def _colour(row: dict[Hashable, Any], palette: Palette) -> str:
    return palette.indicators[str(row["indicator"])]


def _day(day: pd.Timestamp) -> str:
    return str(day.strftime("%Y-%m-%d"))
