"""A figure or a table of claims, with what a reader can always see under it.

Why: no figure stands without its sources, its number of claims and the table of the same rows, and every mark and
row opens the claim card; done in one place so that no page can forget it.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pandera.pandas as pa
import plotly.graph_objects as go
import streamlit as st

from analysis import words
from app_pages.parts import picking, tables
from app_pages.parts.plain import plain
from figures.palette import DARK, LIGHT, Palette
from validation.models import READERS_CLAIMS

COLUMNS = [
    "wording",
    "indicator_label",
    "group_label",
    "attributed_to_name",
    "via_name",
    "period",
    "place_name",
    "publisher",
    "published",
    "paragraph",
    "caveats",
]
HEADINGS = {"indicator_label": "What is counted", "group_label": "Who is counted", "period": "Period"}


def palette() -> Palette:
    """Give the colours that fit the reader's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def figure(rows: pd.DataFrame, build: Callable[[pd.DataFrame, Palette], go.Figure], key: str, what: str) -> None:
    """Draw `rows` with `build`, then the source line and the table of the same rows. `what` names the figure."""
    chart_key = picking.fresh(f"figure-{key}")
    st.plotly_chart(
        build(rows, palette()),
        theme=None,
        key=chart_key,
        on_select=lambda: picking.mark_picked(chart_key),
        selection_mode="points",
        alt=words.in_short(rows, what),
        config=config(key),
    )
    sources(rows)
    with st.expander("The same claim as a table" if len(rows) == 1 else f"The same {len(rows):,} claims as a table"):
        claims_table(rows, key)


def config(key: str) -> dict[str, Any]:
    """Give what a figure's mode bar offers: one image, large enough to print, its name with the data version."""
    return {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "toImageButtonOptions": {"format": "png", "scale": 3, "filename": f"syria-{key}-{tables.record().version}"},
    }


def sources(rows: pd.DataFrame) -> None:
    """Write the caption: publishers and years of the rows, their number, the version of the data."""
    line = f"Sources: {words.source_line(rows)}. {words.count(len(rows), 'claim')} shown. Data version {tables.record().version}."
    st.caption(plain(line, 2000))


def claims_table(rows: pd.DataFrame, key: str, columns: list[str] | None = None) -> None:
    """Show claims as a table; selecting a row opens its card."""
    table_key = picking.fresh(f"table-{key}")
    claim_ids = rows["claim_id"].tolist()
    shown = rows[columns or COLUMNS].reset_index(drop=True)
    st.dataframe(
        shown,
        hide_index=True,
        key=table_key,
        on_select=lambda: picking.row_picked(table_key, claim_ids),
        selection_mode="single-row",
        column_config=headings(shown, READERS_CLAIMS),
        placeholder=words.NOT_KNOWN,
        alt="Claims, one a row; select a row to open its card",
    )


def table(rows: pd.DataFrame, schema: pa.DataFrameSchema, alt: str, columns: list[str] | None = None) -> None:
    """Show a table that is not of claims, with readable headings and help from its model."""
    shown = rows[columns] if columns else rows
    st.dataframe(shown, hide_index=True, column_config=headings(shown, schema), placeholder=words.NOT_KNOWN, alt=alt)


def headings(rows: pd.DataFrame, schema: pa.DataFrameSchema) -> dict[str, Any]:
    """Give readable headings and help for the columns of a table, from its model."""
    config: dict[str, Any] = {}
    for name in rows.columns:
        described = schema.columns.get(name)
        title, about = (described.title, described.description) if described is not None else (HEADINGS[name], None)
        if str(rows[name].dtype) == "Int64":
            config[name] = st.column_config.NumberColumn(title, help=about, format="localized")
        elif name == "url":
            config[name] = st.column_config.LinkColumn(title, help=about)
        else:
            config[name] = st.column_config.TextColumn(title, help=about)
    return config
