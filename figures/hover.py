"""The provenance that hovering a mark shows.

Why: no number is drawn without its wording, its speaker, its printer and its doubts. Hover text does not wrap and is
cut at the plot's edge, so it is wrapped here, whole facts left out at its end, and escaped, so that no table can put markup on the page.
What is alike is sent once.
"""

import html
import textwrap
from collections.abc import Hashable, Sequence
from itertools import takewhile

import pandas as pd
import plotly.graph_objects as go

from analysis import words
from validation.vocabulary import CUMULATIVE, VAGUE

WIDTH = 50
MAX_LINES, MAX_LINES_OF_COUNT = 9, 15
"""Lines of a hover text: what every count leaves out finds room."""
OF_CLAIMS = [
    "indicator_label", "group_label", "place_name", "part_of_said", "period", "measure", "measure_label", "said_by", "printed",
    "evidence_said", "caveats", "wording",
]  # fmt: skip
OF_COUNTS = [
    "title", "publication", "published", "definition", "excludes", "url", "period_start", "period_end", "measure", "word",
    "bound", "said",
]  # fmt: skip
"""Columns that a hover text says: to make records of forty takes long."""
IN_CARD, IN_TABLE = "more in the card", "more in the table"


def alike_once(figure: go.Figure) -> go.Figure:
    """Keep what all marks of a trace say alike at the end of their hover texts once, in its template; give the figure back.

    It is half of what a page of charts sends: the publication, the definition and the address of every count of a series.
    """
    for trace in figure.data:
        texts = getattr(trace, "hovertext", None)
        if texts is None or isinstance(texts, str) or len(texts) < 2 or not all(texts):
            continue
        lines = [text.split("<br>")[1:] for text in texts]  # the first line of each mark stays with it
        alike = takewhile(lambda each: len(set(each)) == 1, zip(*map(reversed, lines)))  # noqa: B905  (to the shortest)
        ending = "".join(f"<br>{each[0]}" for each in reversed(list(alike)))
        if ending and "%{" not in ending:
            own = [text.removesuffix(ending) for text in texts]
            trace.update(hovertext=own, hovertemplate=f"%{{hovertext}}{ending}<extra></extra>")
    return figure


def provenance(rows: pd.DataFrame) -> list[str]:
    """Return the hover text of each row of the claims view, as Plotly's limited HTML."""
    return [_lines(row) for row in rows[OF_CLAIMS].to_dict("records")]


def provenance_of_counts(rows: pd.DataFrame) -> list[str]:
    """Return the hover text of published counts: value, period, publication, definition, what is left out, and the address."""
    texts = []
    for row in rows[OF_COUNTS].to_dict("records"):
        published = row["published"] if isinstance(row["published"], str) else "not dated"
        when = words.period(row["period_start"], row["period_end"], str(row["measure"]))
        value = (
            f"“{row['word']}” ({row['said']})"
            if isinstance(row["word"], str) and row["bound"] == VAGUE
            else row["said"]
        )
        facts = [str(row["title"]), f"{row['publication']}, {published}", str(row["definition"])]
        facts += [f"Leaves out: {row['excludes']}"] if isinstance(row["excludes"], str) else []
        texts.append(whole_facts(f"{value}, {when}", [*facts, str(row["url"])], MAX_LINES_OF_COUNT, IN_TABLE))
    return texts


def _lines(row: dict[Hashable, object]) -> str:
    what = [str(row["indicator_label"]), str(row["group_label"]), *_known(row["place_name"])]
    facts = [
        " · ".join([*what, *_known(row["part_of_said"])]),
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
