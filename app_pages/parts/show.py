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
from figures.layout import sign
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


def figure(rows: pd.DataFrame, build: Callable[[pd.DataFrame, Palette], go.Figure], key: str, title: str) -> None:
    """Draw `rows` with `build`, its title and its sources in the picture, then the table of the same rows."""
    line = source_line(rows)
    draw(build(rows, palette()), key, title, line, f"{words.in_short(rows, title)} {line}")
    with st.expander("The same claim as a table" if len(rows) == 1 else f"The same {len(rows):,} claims as a table"):
        claims_table(rows, key)
        st.caption(plain(line, 2000))


def draw(drawn: go.Figure, key: str, title: str, line: str, alt: str) -> None:
    """Show a figure with its title and its source line in the picture; selecting a mark opens its card."""
    chart_key = picking.fresh(f"figure-{key}")
    signed = sign(drawn, title, line, palette())
    st.plotly_chart(
        signed,
        theme=None,
        key=chart_key,
        on_select=lambda: picking.mark_picked(chart_key),
        selection_mode="points",
        alt=alt,
        config={
            "displaylogo": False,
            "displayModeBar": True,
            "modeBarButtons": [["toImage"]],
            "scrollZoom": False,
            "toImageButtonOptions": picture(key, int(signed.layout.height)),
        },
    )


def picture(key: str, height: int) -> dict[str, Any]:
    """Say how a picture of a figure is made: as wide as a page of print at 300 dots an inch, its name with the version."""
    return {
        "format": st.session_state.get("picture", "PNG").lower(),
        "width": 1000,
        "height": height,
        "scale": 3,
        "filename": f"syria-{key}-{tables.record().version}",
    }


def ask_for_format() -> None:
    """Let readers choose what the camera of a figure gives."""
    st.segmented_control(
        "Pictures of figures",
        ["PNG", "SVG"],
        default="PNG",
        required=True,
        key="picture",
        help="What the camera above each figure saves: PNG for print and screens, SVG for further work. "
        "Title, sources and data version stand in the picture.",
    )


def source_line(rows: pd.DataFrame) -> str:
    """Name publishers and years of the rows, their number, the version of the data."""
    version = tables.record().version
    return f"Sources: {words.source_line(rows)}. {words.count(len(rows), 'claim')} shown. Data version {version}."


def sources(rows: pd.DataFrame) -> None:
    """Write the source line as a caption."""
    st.caption(plain(source_line(rows), 2000))


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
