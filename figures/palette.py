"""Every colour and symbol of the figures, for a light and a dark page.

Why: the same colour means the same thing on every page; groups of people and indicators have separate sets (after
Okabe and Ito), and no colour stands alone: groups are named beside each mark, indicators have shapes. No alarm red for
the dead. Text is at least 4.5:1 and marks at least 3:1 against the page. Not here: the theme of the page
(`.streamlit/config.toml`).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours for one page theme; `groups` and `indicators` by their codes, `counts` from no claim to the most, `publishers` of the record."""

    page: str
    text: str
    quiet: str
    line: str
    groups: Mapping[str, str]
    indicators: Mapping[str, str]
    counts: tuple[str, ...]
    publishers: tuple[str, ...]


LIGHT = Palette(
    page="#ffffff",
    text="#0e1620",
    quiet="#5b6673",
    line="#dfe3e8",
    groups={
        "all": "#33475b",
        "civilians": "#0f766e",
        "children": "#b45309",
        "women": "#7c4d9f",
        "opposition_fighters": "#667519",
        "pro_government": "#94515b",
        "civilians_and_fighters": "#6b7280",
    },
    indicators={
        "killed": "#1f2a37",
        "injured": "#a16207",
        "displaced": "#2563a8",
        "refugees": "#0b7d71",
        "idps": "#6a51a3",
        "population": "#66717d",
    },
    counts=("#f3f5f7", "#d8e4f1", "#b5cde6", "#96b8db", "#7aa4cf"),
    publishers=("#8a2f6b", "#2d6a2f", "#00697a", "#7a4b12", "#3b4ba3", "#a1362f", "#56606b"),
)
DARK = Palette(
    page="#12181f",
    text="#e6eaef",
    quiet="#a7b1bd",
    line="#2f3945",
    groups={
        "all": "#b9c7d6",
        "civilians": "#45bfae",
        "children": "#eda55b",
        "women": "#c49be0",
        "opposition_fighters": "#b3bf52",
        "pro_government": "#dc9aa4",
        "civilians_and_fighters": "#98a2ae",
    },
    indicators={
        "killed": "#e6eaef",
        "injured": "#d9a441",
        "displaced": "#6fa8e8",
        "refugees": "#45bfae",
        "idps": "#b09be6",
        "population": "#8d98a5",
    },
    counts=("#1b232c", "#22384d", "#294967", "#30597e", "#376893"),
    publishers=("#e08ac4", "#86c489", "#5fc3d4", "#cfa266", "#9aa7ee", "#e39a92", "#a9b4bf"),
)

SYMBOLS = {
    "killed": "circle",
    "injured": "x",
    "displaced": "square",
    "refugees": "triangle-right",
    "idps": "diamond",
    "population": "hexagon",
}
"""Indicator to Plotly symbol, so that no indicator is told by colour alone."""
