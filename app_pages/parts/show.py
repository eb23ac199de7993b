"""A figure or a table of claims, with what a reader can always see under it.

Why: no figure stands without its sources, its number of claims and the table of the same rows, and every mark and
row opens the claim card; done in one place so that no page can forget it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from pandera.pandas import DataFrameSchema
from plotly.basedatatypes import BaseFigure

from analysis import words
from analysis.order import Order
from app_pages.parts import open_card, tables
from app_pages.parts.plain import escape_markdown
from app_pages.parts.width import wide
from figures.layout import add_title_and_sources
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
Rows = TypeVar("Rows", pd.DataFrame, pd.Index)
HEADINGS = {"indicator_label": "What is counted", "group_label": "Who is counted", "period": "Period"}


PICTURE = 1000
"""Width of a saved picture: with three dots a pixel as wide as a page of print."""
A_PAGE, SMALLEST = 1080, 0.6
"""Height of a figure that fits a printed page beneath a title, in pixels of the page; how much smaller one may be made.

A figure of so many marks that even this does not fit runs over several pages.
"""


def palette() -> Palette:
    """Return the colours that fit the reader's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


class Drawn(BaseFigure):
    """A figure that is kept as plain data, so that a rerun neither builds nor checks it again."""

    def __init__(self, spec: dict[str, Any]) -> None:
        """Take the data of a figure, which Plotly checked when it was built."""
        self._spec = spec

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as Streamlit sends it."""
        return self._spec


@dataclass(frozen=True)
class Built:
    """What builds a chart returns: the figure, its source line, what it shows in words, the order of the rows of its table."""

    figure: go.Figure
    line: str
    summary: str
    order: pd.Index | None = None


@dataclass(frozen=True)
class Shown:
    """A figure as it goes to the browser, its height in pixels and size in bytes, its words, where its rows stand in the view.

    The rows themselves are not kept: with large tables every figure would hold a copy of them.
    """

    drawn: Drawn
    height: int
    size: int
    line: str
    alt: str
    order: pd.Index | None


@dataclass(frozen=True)
class Chart:
    """A figure of a page as a value: built when it is first shown, then kept for its key, title, rows and the theme.

    `key`: of its widget, and in the name of a saved picture. `rows`: the tables that decide what stands in it. `table` shows the
    same rows beneath it, under `heading`. `on_select`: what selecting a mark does, called with the key of the widget.
    `width`: of a saved picture, in pixels before the scale of print.
    """

    key: str
    title: str
    rows: tuple[pd.DataFrame, ...]
    build: Callable[[Palette], Built]
    heading: str = ""
    table: Callable[[Shown], None] | None = None
    on_select: Callable[[str], None] = open_card.mark_picked
    width: int = PICTURE


@dataclass(frozen=True)
class Listed:
    """A page of a table of claims: their ids, what is shown of them, and how its columns are headed."""

    claim_ids: tuple[str, ...]
    shown: pa.Table
    headings: dict[str, Any]


def figure(
    rows: pd.DataFrame,
    order: Order,
    build: Callable[[pd.DataFrame, Palette], go.Figure],
    key: str,
    title: str,
    most: int = 60,
) -> None:
    """Draw `rows` of the claims view in an order, then the table of all the rows.

    At most `most` marks are drawn; the source line says of how many, and by which rule.
    """

    def built(colours: Palette) -> Built:
        arranged = order.arrange(rows)
        drawn = order.first(arranged, most)
        line = source_line(drawn, total=len(arranged), rule=order.rule)
        return Built(build(drawn, colours), line, words.in_short(drawn, title), arranged.index)

    which = "All" if len(rows) > most else "The same"
    heading = "The same claim as a table" if len(rows) == 1 else f"{which} {len(rows):,} claims as a table"
    chart(Chart(key, title, (rows,), built, heading, lambda shown: claims_table(rows, key, order=shown.order)))


def chart(chart: Chart) -> None:
    """Show a chart, title and sources in the picture; beneath it the table of the same rows."""
    shown = _shown(chart)
    widget = open_card.fresh(f"figure-{chart.key}")
    if shown.height > A_PAGE:
        smaller = max(A_PAGE / shown.height, SMALLEST)
        marked = re.sub(r"[^\w-]", "-", f"st-key-{widget}", flags=re.ASCII)
        st.html(f"<style>@media print {{ .{marked} {{ zoom: {smaller:.2f}; }} }}</style>")
    st.plotly_chart(
        shown.drawn,
        theme=None,
        key=widget,
        on_select=lambda: chart.on_select(widget),
        selection_mode="points",
        alt=shown.alt,
        config={
            "displaylogo": False,
            "displayModeBar": True,
            "modeBarButtons": [["toImage"]],
            "scrollZoom": False,
            "toImageButtonOptions": picture(chart.key, chart.width, shown.height),
        },
    )
    if chart.table is not None:
        with st.expander(chart.heading):
            chart.table(shown)
            st.caption(escape_markdown(shown.line, 3000))


def _shown(chart: Chart) -> Shown:
    # A map stands in a column, however wide the page is.
    colours, is_wide = palette(), wide() and chart.width >= PICTURE

    def make() -> Shown:
        built = chart.build(colours)
        signed = add_title_and_sources(built.figure, chart.title, built.line, colours, wide=is_wide)
        text, height = str(signed.to_json()), int(signed.layout.height)
        return Shown(
            Drawn(json.loads(text)), height, len(text), built.line, f"{built.summary} {built.line}", built.order
        )

    key = ("chart", chart.key, chart.title, colours.page, is_wide, tables.key_of(*chart.rows))
    return tables.kept(key, make, tables.DRAWING, lambda shown: shown.size)


def picture(key: str, width: int, height: int) -> dict[str, Any]:
    """Describe how a picture of a figure is made: for print at 300 dots an inch, its name with the version."""
    return {
        "format": st.session_state.get("picture", "PNG").lower(),
        "width": width,
        "height": height,
        "scale": 3,
        "filename": f"{tables.dataset().about.file_prefix}-{key}-{tables.dataset().version}",
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


def source_line(drawn: pd.DataFrame, total: int = 0, rule: str = "") -> str:
    """Name publishers and years of the rows drawn, how many of how many they are and by which rule, the version of the data."""
    version = tables.dataset().version
    claims = words.count(len(drawn), "claim")
    shown = (
        f"{claims} shown" if total <= len(drawn) else f"{len(drawn):,} of {words.count(total, 'claim')} shown: {rule}"
    )
    return f"Sources: {words.source_line(drawn)}. {shown}. Data version {version}."


def sources(rows: pd.DataFrame) -> None:
    """Write the source line as a caption."""
    st.caption(escape_markdown(source_line(rows), 2000))


def claims_table(rows: pd.DataFrame, key: str, columns: list[str] | None = None, order: pd.Index | None = None) -> None:
    """Show claims as a table, in an order of their index, a hundred at a time; selecting a row opens its card."""
    table_key = open_card.fresh(f"table-{key}")
    wanted = columns or COLUMNS
    index = page_of(rows.index if order is None else order, key)

    def make() -> Listed:
        # Columns before rows: the view has over forty, and to take them all costs more than the rest of a rerun.
        listed = rows[[*wanted, "claim_id"]].loc[index]
        shown = listed[wanted].reset_index(drop=True)
        return Listed(
            tuple(listed["claim_id"]),
            pa.Table.from_pandas(shown, preserve_index=False),
            headings(shown, READERS_CLAIMS),
        )

    listed = tables.kept(
        ("page of claims", tuple(wanted), tables.key_of(index)), make, size_of=lambda listed: int(listed.shown.nbytes)
    )
    st.dataframe(
        listed.shown,
        hide_index=True,
        key=table_key,
        on_select=lambda: open_card.row_picked(table_key, listed.claim_ids),
        selection_mode="single-row",
        column_config=listed.headings,
        placeholder=words.NOT_KNOWN,
        alt="Claims, one a row; select a row to open its card",
    )


def page_of(rows: Rows, key: str, size: int = 100) -> Rows:
    """Return the rows (or their index) of the page that the reader turned to, with the means to turn pages where there are several."""
    pages = -(-len(rows) // size)
    if pages <= 1:
        return rows
    number = st.pagination(pages, key=f"page-{key}-{len(rows)}")
    start = (number - 1) * size
    st.caption(f"Rows {start + 1:,} to {min(start + size, len(rows)):,} of {len(rows):,}")
    return rows.take(range(start, min(start + size, len(rows))))


def table(
    rows: pd.DataFrame, schema: DataFrameSchema, alt: str, columns: list[str] | None = None, key: str = ""
) -> None:
    """Show a table that is not of claims, with readable headings and help from its model, a hundred rows at a time.

    `key` tells tables of the same `alt` on one page apart.
    """
    shown = page_of(rows[columns] if columns else rows, f"{alt}-{key}")
    st.dataframe(shown, hide_index=True, column_config=headings(shown, schema), placeholder=words.NOT_KNOWN, alt=alt)


def headings(rows: pd.DataFrame, schema: DataFrameSchema) -> dict[str, Any]:
    """Return readable headings and help for the columns of a table, from its model."""
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
