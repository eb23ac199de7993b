"""The provenance that hovering a mark shows.

Why: no number is drawn without its wording, its speaker, its printer and its doubts. Hover text does not wrap and is
cut at the plot's edge, so it is wrapped and capped here, and escaped, so that no table can put markup on the page.
"""

import html
import textwrap
from collections.abc import Hashable

import pandas as pd

from analysis import words
from validation.vocabulary import CUMULATIVE

WIDTH = 50
MAX_LINES = 9


def provenance(rows: pd.DataFrame) -> list[str]:
    """Return the hover text of each row of the claims view, as Plotly's limited HTML."""
    return [_lines(row) for row in rows.to_dict("records")]


def _lines(row: dict[Hashable, object]) -> str:
    what = [str(row["indicator_label"]), str(row["group_label"]), *_known(row["place_name"])]
    facts = [
        " · ".join(what),
        f"{row['period']} ({row['measure_label']})" if row["measure"] != CUMULATIVE else str(row["period"]),
        f"Said by: {row['said_by']}",
        f"Printed by: {row['printed']}",
        f"Evidence: {row['evidence_said']}",
        *(f"Caveats: {caveats}" for caveats in _known(row["caveats"])),
    ]
    wording = wrapped(words.quoted(row["wording"]))
    rest = [line for fact in facts for line in wrapped(fact)]
    lines = [f"<b>{line}</b>" for line in wording] + rest
    return "<br>".join(lines if len(lines) <= MAX_LINES else [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1] + " …"])


def _known(value: object) -> list[str]:
    return [value] if isinstance(value, str) else []


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Break text into lines for Plotly: wrapped first, then escaped."""
    return [html.escape(line) for line in textwrap.wrap(text, width)]
