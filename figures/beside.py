"""How do claims compare with what others counted? One row a claim: its words, the claim and the counts on one scale, a sentence.

Each row has a scale of its own that begins at 0, so that a difference looks as large as it is. A dot is the claim, a tick a published
count, dashed where it is an estimate. On a phone the words and the sentence stand above the scale.
"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from figures import layout
from figures.hover import IN_CARD, MAX_LINES, whole_facts, wrapped
from figures.palette import Palette
from validation.vocabulary import ABOUT, AT_LEAST, RANGE, RELATIONS, UP_TO, VAGUE, labels

LINE, GAP, SCALE = 15.7, 8, 40
"""Height of a line of words (1.3 times its letters), room after a row, height of a scale with its numbers, in pixels."""
LEFT, RIGHT = 270, 450
"""Room for the words left of a scale and the sentence right of it, on a wide page, in pixels."""
QUOTE, FACTS, SENTENCE = 38, 46, 78
"""Characters of a line of the quote, of what is said of it, of the sentence, on a wide page."""
TICK = 9
"""Half the height of a tick, in pixels."""
APART = 0.3
"""Share of the scale from which two numbers beneath it do not touch."""
LATER = 0.5
"""Opacity of the tick of a count that was published after the report."""
SIGNS = {AT_LEAST: ("→", "middle right"), UP_TO: ("←", "middle left"), ABOUT: ("~", "top center")}
"""What stands at the tick of a count that is bound, and where."""
LETTERS = 20
"""Letters of two numbers that need no more room than that."""
ROOM = 1.06
"""How far beyond the largest number a scale goes."""


def beside(rows: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw one row a claim with the counts beside it; `rows` as `analysis.overview.beside_counts` returns them."""
    largest = rows[["value", "high", "counted_value", "counted_high"]].astype(float).max(axis=1)
    ends = largest.groupby(rows["claim_id"], sort=False).max().replace(0, 1) * ROOM
    claims = rows.drop_duplicates("claim_id")
    left = [_words(row, palette) for row in claims.to_dict("records")]
    right = [_sentence(row, palette) for row in claims.to_dict("records")]
    top, tops, at = 0.0, [], []
    for said, sentence in zip(left, right, strict=True):
        tops.append(top)
        tall = LINE * (max(len(said), len(sentence)) if palette.wide else len(said) + len(sentence))
        at.append(top + (max(tall, SCALE) / 2 - 8 if palette.wide else tall + TICK + 4))
        top += (max(tall, SCALE) if palette.wide else tall + SCALE) + GAP
    places = dict(zip(claims["claim_id"], at, strict=True))
    share = {
        name: rows[name].astype(float) / ends.reindex(rows["claim_id"]).to_numpy(dtype=float)
        for name in ("value", "low", "high", "counted_value", "counted_low", "counted_high")
    }
    rows = rows.assign(
        at=rows["claim_id"].map(places),
        x=share["value"],
        x_low=share["low"],
        x_high=share["high"],
        x_count=share["counted_value"],
        x_count_low=share["counted_low"],
        x_count_high=share["counted_high"],
    )
    claims = rows.drop_duplicates("claim_id")
    colours = claims["indicator"].map(palette.indicators)
    figure = layout.base_figure(palette, int(top), **({"l": LEFT, "r": RIGHT} if palette.wide else {"l": 14, "r": 26}))
    _add_counts(figure, rows, palette)
    layout.add_bars(figure, claims, colours)
    layout.add_points(figure, claims, colours, palette)
    line = {"type": "line", "layer": "below", "x0": 0, "x1": 1, "line": {"color": palette.line, "width": 1}}
    figure.layout.shapes = [line | {"y0": y, "y1": y} for y in at]
    note = {"xref": "paper", "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False, "borderpad": 0}
    note |= {"font": {"size": 12, "color": palette.text}}
    sides = ((0, -LEFT, left), (1, 18, right))
    stacked = [[*said, *sentence] for said, sentence in zip(left, right, strict=True)]
    columns = sides if palette.wide else ((0, -14, stacked),)
    figure.layout.annotations = [
        *layout.arrows(claims, colours),
        *(
            note | {"x": x, "xshift": shift, "y": y, "text": "<br>".join(lines)}
            for x, shift, texts in columns
            for y, lines in zip(tops, texts, strict=True)
        ),
        *(number for _, of_claim in rows.groupby("claim_id", sort=False) for number in _numbers(of_claim, palette)),
    ]
    figure.update_xaxes(range=[0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[max(top, 1), 0], visible=False, fixedrange=True)
    figure.update_layout(barmode="overlay", showlegend=False)
    return figure


def _words(row: dict[Any, Any], palette: Palette) -> list[str]:
    """Return the quote, who said it and when; of a word its bounds, as those of a convention."""
    letters, facts = (QUOTE, FACTS) if palette.wide else (palette.letters[1] - 8, palette.letters[1])
    bold = [
        f'<span style="font-size:13px"><b>{line}</b></span>' for line in wrapped(words.quoted(row["wording"]), letters)
    ]
    said = f"{row['said_by']} · {row['period']}"
    if row["bound"] == VAGUE:
        said += f" · {words.number(row['low'])} to {words.number(row['high'])}: {layout.CONVENTION}"
    return bold + [f'<span style="color:{palette.quiet}">{line}</span>' for line in wrapped(said, facts)]


def _sentence(row: dict[Any, Any], palette: Palette) -> list[str]:
    return wrapped(str(row["comparison"]), SENTENCE if palette.wide else palette.letters[1])


def _add_counts(figure: go.Figure, rows: pd.DataFrame, palette: Palette) -> None:
    """Draw a tick for each count, dashed for an estimate, pale for one of after the report, a bar for a range, and an unseen mark for hovering."""
    for count in rows[rows["counted_bound"] == RANGE].itertuples():
        figure.add_scatter(
            x=[count.x_count_low, count.x_count_high],
            y=[count.at] * 2,
            mode="lines",
            line={"color": palette.text, "width": 3},
            opacity=LATER if count.later else 1,
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    signed = rows[rows["counted_bound"].isin(list(SIGNS))]
    figure.add_scatter(
        x=signed["x_count"],
        y=signed["at"],
        mode="text",
        text=[SIGNS[bound][0] for bound in signed["counted_bound"]],
        textposition=[SIGNS[bound][1] for bound in signed["counted_bound"]],
        textfont={"color": palette.text, "size": 13},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    for (documented, later), counts in rows[rows["counted_a_number"]].groupby(["documented", "later"]):
        figure.add_scatter(
            x=counts["x_count"].repeat(3),
            y=[y for at in counts["at"] for y in (at - TICK, at + TICK, None)],
            mode="lines",
            line={"color": palette.text, "width": 2, "dash": "solid" if documented else "2px,2px"},
            opacity=LATER if later else None,
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    figure.add_scatter(
        x=rows["x_count"],
        y=rows["at"],
        mode="markers",
        marker={"size": 14, "opacity": 0, "color": palette.text},
        customdata=rows[["claim_id"]],
        hovertext=_hover(rows),
        hoverinfo="text",
        cliponaxis=False,
    )


def _hover(rows: pd.DataFrame) -> list[str]:
    """Return the value of each count, who published it, for when, and how it relates to the claim."""
    named = labels(RELATIONS)
    return [
        whole_facts(
            f"{row['counted']} ({row['organisation']}, {words.date(row['counted_day'])})",
            [
                "Published count" + (", published later than the report" if row["later"] else ""),
                named[row["relation"]],
                words.quoted(row["wording"]),
            ],
            MAX_LINES,
            IN_CARD,
        )
        for row in rows.to_dict("records")
    ]


def _short(count: dict[Any, Any]) -> str:
    """Write a count as briefly as a scale needs: ≥30, ~1.2 million, of a range its ends."""
    if count["counted_bound"] == RANGE:
        return f"{layout.in_numbers(count['counted_low'])}–{layout.in_numbers(count['counted_high'])}"
    return layout.SHORT_BOUNDS.get(count["counted_bound"], "") + layout.in_numbers(count["counted_value"])


def _numbers(rows: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """Return the numbers beneath a scale: its beginning, and the smallest and the largest of the counts."""
    counts = rows.sort_values("counted_value", kind="stable").to_dict("records")
    low, high = (_short(count) for count in (counts[0], counts[-1]))
    first, last = rows["x_count"].min(), rows["x_count"].max()
    note = {"y": rows["at"].iloc[0] + TICK + 2, "yanchor": "top", "showarrow": False, "borderpad": 0}
    note |= {"font": {"size": 11, "color": palette.quiet}}
    said = (
        [(first, low), (last, high)]
        if last - first >= APART * max(1, len(low + high) / LETTERS)
        else [(last, low if low == high else f"{low} to {high}")]
    )
    notes = [
        note | {"x": x, "text": text, "xanchor": "left" if x < APART / 2 else "right" if x > 1 - APART else "center"}
        for x, text in said
    ]
    return [*notes, *([note | {"x": 0, "text": "0", "xanchor": "left"}] if first > APART else [])]
