"""Whose numbers stand where? Who said them on the left, who printed them on the right, an agency in between.

The width of a band is a number of claims, never of people.
"""

import html
import textwrap
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from figures import layout
from figures.palette import Palette

LABEL = 28


def lineage(paths: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw paths (`said_by`, `via`, `printed_by`, `claims`) as bands; the figure may be empty."""
    nodes: dict[tuple[int, str], int] = {}

    def node(layer: int, name: str) -> int:
        return nodes.setdefault((layer, name), len(nodes))

    links = []
    for said_by, via, printed_by, claims in paths[["said_by", "via", "printed_by", "claims"]].to_numpy().tolist():
        stations = [node(0, said_by), *([node(1, via)] if via else []), node(2, printed_by)]
        links += [(start, end, claims) for start, end in pairwise(stations)]
    speakers, printers = len(paths["said_by"].unique()), len(paths["printed_by"].unique())
    figure = layout.base_figure(palette, 80 + 72 * max(speakers, printers, 1), t=26, b=10, l=4, r=4)
    figure.add_sankey(
        arrangement="fixed",
        node={
            "label": [_label(name) for _, name in nodes],
            "x": [(0.001, 0.5, 0.999)[layer] for layer, _ in nodes],
            "y": _heights(nodes, paths),
            "color": [palette.accent if layer == 0 else palette.quiet for layer, _ in nodes],
            "pad": 26,
            "thickness": 10,
            "line": {"width": 0},
            "hovertemplate": "%{label}: %{value:.0f} claims<extra></extra>",
        },
        link={
            "source": [start for start, _, _ in links],
            "target": [end for _, end, _ in links],
            "value": [claims for _, _, claims in links],
            "color": palette.line,
            "hovertemplate": "%{source.label} to %{target.label}: %{value:.0f} claims<extra></extra>",
        },
        textfont={"color": palette.text, "size": 12, "family": layout.FONT, "shadow": "none"},
    )
    for x, words, anchor in ((0, "Said by", "left"), (1, "Printed by", "right")):
        head = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
        figure.add_annotation(head, x=x, xanchor=anchor, text=words, font={"color": palette.quiet})
    return figure


def _heights(nodes: dict[tuple[int, str], int], paths: pd.DataFrame) -> list[float]:
    """Place the nodes of each layer one under the other by the room that their claims and labels need."""
    columns = {0: "said_by", 1: "via", 2: "printed_by"}
    share = {(layer, name): float(paths.loc[paths[columns[layer]] == name, "claims"].sum()) for layer, name in nodes}
    y: dict[tuple[int, str], float] = {}
    for layer in (0, 1, 2):
        names = [node for node in nodes if node[0] == layer]
        room = sum(share[node] + 3 for node in names) or 1.0
        top = 0.0
        for node in names:
            y[node] = min(max((top + (share[node] + 3) / 2) / room, 0.001), 0.999)
            top += share[node] + 3
    return [y[node] for node in nodes]


def _label(name: str) -> str:
    return "<br>".join(html.escape(line) for line in textwrap.wrap(name, LABEL))
