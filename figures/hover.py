"""The provenance that hovering a mark shows.

Why: no number is drawn without its wording, its speaker, its printer and its doubts. Hover text does not wrap and is
cut at the plot's edge, so it is wrapped here, whole facts left out at its end, and escaped, so that no table can put markup on the page.
"""

import html
import textwrap
from collections.abc import Hashable, Sequence

import pandas as pd

from analysis import words
from validation.vocabulary import CUMULATIVE

WIDTH = 50
MAX_LINES = 9
IN_CARD, IN_TABLE = "more in the card", "more in the table"


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
        str(row["evidence_said"]),
    ]
    caveats = [caveat for known in _known(row["caveats"]) for caveat in known.split("; ")]
    listed = [f"Limitations: {caveats[0]}", *caveats[1:]] if caveats else []
    return whole_facts(words.quoted(row["wording"]), facts, MAX_LINES, IN_CARD, listed)


def whole_facts(first: str, facts: list[str], most: int, more: str, listed: Sequence[str] = ()) -> str:
    """Return as much as fits into so many lines: the first fact in bold, whole facts, things of a list, and where more is."""
    heads, every = [f"<b>{line}</b>" for line in wrapped(first)], len(facts) + len(listed)
    for kept in range(every, -1, -1):
        things = "; ".join(listed[: max(kept - len(facts), 0)])
        shown = [*facts[:kept], things, more if kept < every else ""]
        lines = heads + [line for fact in shown for line in wrapped(fact)]
        if len(lines) <= most:
            return "<br>".join(lines)
    return "<br>".join([*heads[: most - 2], "…", more])


def _known(value: object) -> list[str]:
    return [value] if isinstance(value, str) else []


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Break text into lines for Plotly: wrapped first, then escaped."""
    return [html.escape(line) for line in textwrap.wrap(text, width)]
