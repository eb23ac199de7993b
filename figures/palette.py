"""Every colour of the figures, for a light and a dark page.

Why: the same colour means the same thing on every page; groups of people and indicators have separate sets (after
Okabe and Ito; they stand in the vocabulary), and no colour stands alone: groups and indicators are named beside each mark. No alarm red for
the dead. Text is at least 4.5:1 and marks at least 3:1 against the page. Not here: the theme of the page
(`.streamlit/config.toml`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from validation.vocabulary import POPULATION_GROUPS, SERIES_INDICATORS


@dataclass(frozen=True)
class Palette:
    """Colours for one page theme; `groups` and `indicators` by their codes, `counts` from no claim to the most.

    `accent`: marks of towns. `publishers`: one after the other, those of published counts.
    `wide`: whether the chart has the room of a desk, so that labels stand beside marks; else they stand above them. `half`: whether it
    has half of that.
    """

    page: str
    text: str
    quiet: str
    line: str
    accent: str
    groups: Mapping[str, str]
    indicators: Mapping[str, str]
    counts: tuple[str, ...]
    publishers: tuple[str, ...]
    wide: bool = False
    medium: bool = False

    @property
    def letters(self) -> tuple[int, int]:
        """Return how many characters a line of a title, and one of what is said quietly, has room for."""
        return (100, 150) if self.wide else (62, 92) if self.medium else (38, 56)


LIGHT = Palette(
    page="#ffffff",
    text="#0e1620",
    quiet="#5b6673",
    line="#dfe3e8",
    accent="#2563a8",
    groups={term.code: term.light for term in POPULATION_GROUPS},
    indicators={term.code: term.light for term in SERIES_INDICATORS},
    counts=("#f3f5f7", "#d8e4f1", "#b5cde6", "#96b8db", "#7aa4cf"),
    publishers=(
        "#8a2f6b",
        "#2d6a2f",
        "#00697a",
        "#7a4b12",
        "#3b4ba3",
        "#a1362f",
        "#56606b",
        "#5f7a00",
        "#b0458f",
        "#0f5c8f",
        "#7d3c1f",
        "#444444",
    ),
)
DARK = Palette(
    page="#12181f",
    text="#e6eaef",
    quiet="#a7b1bd",
    line="#2f3945",
    accent="#6fa8e8",
    groups={term.code: term.dark for term in POPULATION_GROUPS},
    indicators={term.code: term.dark for term in SERIES_INDICATORS},
    counts=("#1b232c", "#22384d", "#294967", "#30597e", "#376893"),
    publishers=(
        "#e08ac4", "#86c489", "#5fc3d4", "#cfa266", "#9aa7ee", "#e39a92", "#a9b4bf", "#bccf5a", "#f0b0dc", "#8fc3f0",
        "#d8b9a4", "#d0d0d0",
    ),
)  # fmt: skip
