"""What is a total made of, and what did others count? Each whole with its parts beneath it, and published counts as ticks.

A composite is kept with its parts and they are not added again (codebook, rule 8): each begins at 0, so that a bar and the ticks
beneath it are read on the one scale. A floor keeps its arrow, a word is a pale band between its bounds. On a wide page the words
stand left of the marks and numbers at them; on a phone all words stand above their mark.
"""

import html
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from analysis.year_ends import YEAR_END
from figures import layout
from figures.hover import provenance, provenance_of_counts, wrapped
from figures.palette import Palette
from figures.reference import style_of
from validation.quantity import Quantity, has_no_number
from validation.vocabulary import ABOUT, AT_LEAST, INTERVALS, STOCK, VAGUE

LINE, TICKS, BAR = 17, 28, 20
"""Height of a line of words, room above the first row for the numbers of the scale, thickness of a bar."""
COLUMN, RIM, RIM_OF_WORDS, INDENT = 340, 190, 200, 18
"""Room for the words left of the marks, for a number and for the bounds of a word right of the last, on a wide page; how far parts are moved in."""


@dataclass(frozen=True)
class Room:
    """Pixels of a mark under its words, after a claim and its counts, and after a whole."""

    mark: int
    tick: int
    gap: int
    after: int


NARROW, WIDE = Room(24, 14, 10, 18), Room(0, 0, 10, 16)
LETTERS = 58
"""Characters of a line of words left of the marks."""


def composition(rows: pd.DataFrame, palette: Palette, counts: pd.DataFrame | None = None) -> go.Figure:
    """Draw every claim that others of `rows` are part of, those parts, and beneath each claim the published counts of it.

    `rows`: the claims view, one unit. `counts`: published counts, each with the `claim_id` beside which it stands. A whole
    without parts in `rows` is not drawn; the figure may be empty.
    """
    room = WIDE if palette.wide else NARROW
    wholes = rows[rows["claim_id"].isin(rows["part_of"].dropna())].sort_values("value", ascending=False)
    claims = pd.concat([rows.head(0), *(_with_parts(rows, claim) for claim in wholes["claim_id"])]).drop_duplicates(
        "claim_id"
    )
    order = pd.Series(range(len(claims)), claims["claim_id"])
    beside = rows.head(0).assign(**dict.fromkeys(_OF_COUNTS, "")) if counts is None else counts
    beside = beside[beside["claim_id"].isin(order.index)]
    beside = beside.iloc[beside["claim_id"].map(order).argsort(kind="stable")]
    colours = {name: colour for name, (colour, _) in style_of(beside["organisation_id"], palette).items()}
    beside = beside.assign(colour=beside["organisation_id"].map(colours))
    claims, beside, notes, bottom = _placed(claims.copy(), beside, set(wholes["claim_id"]), room, palette)
    largest = (
        float(pd.concat([claims[["value", "high"]], beside[["value", "high"]]]).astype(float).max().max())
        if len(claims)
        else 1.0
    )
    steps = layout.nice_steps(largest or 1.0, 4 if palette.wide else 3)
    worded = (pd.concat([claims["bound"], beside["bound"]]) == VAGUE).any()
    sides = {"l": COLUMN, "r": RIM_OF_WORDS if worded else RIM} if palette.wide else {"l": 16, "r": 34}
    figure = layout.base_figure(palette, bottom, t=0, **sides)
    _draw_claims(figure, claims, palette)
    _draw_counts(figure, beside)
    quiet = {"size": 12, "color": palette.quiet}
    figure.layout.annotations = [
        *notes,
        *layout.arrows(claims, claims["indicator"].map(palette.indicators)),
        *layout.arrows(beside, beside["colour"]),
        *(
            {
                "x": step,
                "y": TICKS - 6,
                "yanchor": "bottom",
                "showarrow": False,
                "borderpad": 0,
                "text": layout.in_numbers(step),
                "font": quiet,
            }
            for step in steps
        ),
    ]
    line = {
        "type": "line",
        "layer": "below",
        "y0": TICKS - 4,
        "y1": bottom,
        "line": {"color": palette.line, "width": 1},
    }
    figure.layout.shapes = [line | {"x0": step, "x1": step} for step in steps]
    figure.update_xaxes(range=[0, steps[-1]], visible=False, fixedrange=True)
    figure.update_yaxes(range=[bottom, 0], visible=False, fixedrange=True)
    return figure.update_layout(barmode="overlay", showlegend=False)


_OF_COUNTS = (
    "organisation_id",
    "organisation",
    "said",
    "word",
    "definition",
    "excludes",
    "publication",
    "ours",
    "later",
    "period_start",
)
"""Columns of published counts that claims lack."""


def _with_parts(rows: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """Return a whole and its parts, the largest first."""
    parts = rows[rows["part_of"] == claim_id].sort_values("value", ascending=False)
    return pd.concat([rows[rows["claim_id"] == claim_id], parts])


def _placed(
    claims: pd.DataFrame, beside: pd.DataFrame, wholes: set[str], room: Room, palette: Palette
) -> tuple[pd.DataFrame, pd.DataFrame, list[dict[str, Any]], int]:
    """Add to claims and counts where their marks stand (`x`, `at`); return both with all words and the height of the figure.

    Counts come in the order of the claims, so that one pass down the page places both.
    """
    of_claim = {claim: found.to_dict("records") for claim, found in beside.groupby("claim_id", sort=False)}
    down = float(TICKS)
    at: dict[str, list[float]] = {"claim": [], "count": []}
    notes: list[dict[str, Any]] = []

    def add(kind: str, row: dict[Hashable, Any], lines: list[str], mark: int, indent: int) -> float:
        tall = LINE * len(lines)
        middle = down + (tall / 2 if palette.wide else tall + mark / 2)
        at[kind].append(middle)
        notes.append(_text(lines, down, indent, palette))
        if palette.wide:
            notes.append(_value(row, middle, palette))
        return down + tall + mark

    for number, claim in enumerate(claims.to_dict("records")):
        part = claim["claim_id"] not in wholes
        down += room.after if number and not part else 0
        letters, indent = (LETTERS if palette.wide else palette.letters[1] - 2) - 4 * part, INDENT * part
        down = add("claim", claim, _words_of(claim, letters, palette), room.mark, indent)
        for count in of_claim.get(claim["claim_id"], []):
            named = wrapped(_name_of(count, wide=palette.wide), letters)
            lines = [f'<span style="color:{count["colour"]};font-size:12px">{line}</span>' for line in named]
            down = add("count", count, lines, room.tick, indent)
        down += room.gap
    for rows, kind in ((claims, "claim"), (beside, "count")):
        rows["x"], rows["at"] = rows["value"].astype(float), pd.Series(at[kind], rows.index, dtype="float64")
        rows["x_low"], rows["x_high"] = rows["low"].astype(float), rows["high"].astype(float)
    return claims, beside, notes, int(down)


def _words_of(claim: dict[Hashable, Any], letters: int, palette: Palette) -> list[str]:
    """Return the lines of a claim: its words in bold, what it counts in the colour of that, who said it and for when."""
    label = html.escape(str(claim["indicator_label"]))
    facts = [str(claim["indicator_label"]), str(claim["said_by"]), str(claim["period"])]
    facts += [_bounds(claim)] if claim["bound"] == VAGUE and not palette.wide else []
    quiet = wrapped(" · ".join(facts), letters)
    quiet[0] = quiet[0].replace(
        label, f'<span style="color:{palette.indicators[claim["indicator"]]}">{label}</span>', 1
    )
    bold = [f"<b>{line}</b>" for line in wrapped(words.quoted(claim["wording"]), letters - 8)]
    return bold + [f'<span style="color:{palette.quiet};font-size:12px">{line}</span>' for line in quiet]


def _name_of(count: dict[Hashable, Any], *, wide: bool) -> str:
    """Return who counted and for when; on a phone with the number, which has no room at the mark."""
    who = f"Our sum of {count['organisation']}’s counts" if count["ours"] else str(count["organisation"])
    end = str(count["period_end"])
    when = (
        words.date(end)
        if count["measure"] == STOCK
        else words.period(count["period_start"], end, str(count["measure"]))
    )
    when = f"end of {end[:4]}" if count["measure"] == STOCK and end.endswith(YEAR_END) else when
    later = ", published later" if count["later"] else ""
    return f"{who}, {when}{later}" + ("" if wide else f": {_number(count)}")


def _number(row: dict[Hashable, Any]) -> str:
    """Return a number with its bound in words, of a word its bounds as those of a convention."""
    if row["bound"] == VAGUE:
        return _bounds(row)
    return str(row["said"]) if "said" in row else Quantity.from_row(row).say()


def _bounds(row: dict[Hashable, Any]) -> str:
    return f"{words.number(row['low'])} to {words.number(row['high'])}: {layout.CONVENTION}"


def _text(lines: list[str], down: float, indent: int, palette: Palette) -> dict[str, Any]:
    """Return words that begin at the edge of the figure."""
    return {
        "xref": "paper", "x": 0, "y": down, "xshift": (indent - COLUMN) if palette.wide else indent - 16, "xanchor": "left", "yanchor": "top",
        "align": "left", "showarrow": False, "borderpad": 0, "bgcolor": palette.page, "text": "<br>".join(lines),
    }  # fmt: skip


def _value(row: dict[Hashable, Any], at: float, palette: Palette) -> dict[str, Any]:
    """Return the number right of a mark, beyond the arrow of a floor."""
    count = "colour" in row
    end = float(row["high"] if row["bound"] in INTERVALS else row["value"])
    shift = 8 + (layout.POINT // 2 + layout.ARROW) * (row["bound"] == AT_LEAST)
    font = {"size": 12, "color": row["colour"]} if count else {"size": 13, "color": palette.text}
    return {
        "x": end, "y": at, "xshift": shift, "xanchor": "left", "yanchor": "middle", "showarrow": False, "borderpad": 0,
        "text": html.escape(_number(row)), "font": font, "bgcolor": palette.page,
    }  # fmt: skip


def _draw_claims(figure: go.Figure, claims: pd.DataFrame, palette: Palette) -> None:
    """Draw a bar from 0, hollow for about, one between its ends for a range, a pale band for a word; a hidden mark takes the pointer."""
    colours = claims["indicator"].map(palette.indicators)
    plain, about = ~claims["bound"].isin(INTERVALS), claims["bound"] == ABOUT
    figure.add_bar(
        x=claims.loc[plain, "x"],
        y=claims.loc[plain, "at"],
        base=[0.0] * int(plain.sum()),
        orientation="h",
        width=BAR,
        hoverinfo="skip",
        marker={
            "color": colours.mask(about, palette.page)[plain],
            "line": {"width": 2 * about[plain].astype(float), "color": colours[plain]},
        },
    )
    if not plain.all():
        layout.add_bars(figure, claims[~plain], colours[~plain])
    figure.add_scatter(
        x=(claims["x"] / 2).mask(~plain, (claims["x_low"] + claims["x_high"]) / 2),
        y=claims["at"],
        mode="markers",
        marker={"size": 24, "opacity": 0, "color": colours},
        customdata=claims[["claim_id"]],
        hovertext=provenance(claims),
        hoverinfo="text",
        cliponaxis=False,
    )


def _draw_counts(figure: go.Figure, beside: pd.DataFrame) -> None:
    """Draw a tick a published count, a pale band for one that is a word."""
    between = beside[beside["bound"].isin(INTERVALS)]
    if len(between):
        layout.add_bars(figure, between, between["colour"])
    figure.add_scatter(
        x=beside["x"],
        y=beside["at"],
        mode="markers",
        marker={
            "symbol": "line-ns-open",
            "size": 13,
            "color": beside["colour"],
            "line": {"width": 3, "color": beside["colour"]},
            "opacity": (~has_no_number(beside)).astype(float),
        },
        hovertext=provenance_of_counts(beside),
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )
