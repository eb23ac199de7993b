"""A figure or a table of claims, with what a reader can always see under it.

Why: no figure stands without its sources, its number of claims and the table of the same rows, and every mark and
row opens the claim card; done in one place so that no page can forget it.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import Any, TypeVar

import numpy as np
import orjson
import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from pandera.pandas import DataFrameSchema
from plotly.basedatatypes import BaseFigure

from analysis import words
from analysis.order import ARRANGED_BY, NO_EVENT, Order
from analysis.selection import TITLES, Choice, describe
from app_pages.parts import downloads, open_card, tables
from app_pages.parts.plain import escape_markdown
from app_pages.parts.width import medium, wide
from exports.files import file_name, readers_claims
from figures.hover import alike_once
from figures.layout import add_title_and_sources
from figures.palette import DARK, LIGHT, Palette
from validation import Dataset
from validation.models import READERS_CLAIMS

COLUMNS = [
    "wording",
    "indicator_label",
    "group_label",
    "said_by",
    "period",
    "place_name",
    "publisher",
    "published",
    "paragraph",
    "caveats",
]
Rows = TypeVar("Rows", pd.DataFrame, pd.Index)
HEADINGS = {
    "indicator_label": "What is counted",
    "group_label": "Who is counted",
    "said_by": TITLES["attributed"],
    "period": "Period",
    "report": "Report",
}


PICTURE = 1080
"""Width of a saved picture: that of a chart on a wide page, with three dots a pixel for print."""
MAX_FILTER = 300
"""Characters of the filter beneath a chart."""
ON_PAPER = 0.86
"""How much smaller a chart is made on paper, so that the widest fits (`page.css`)."""
TABS = ["Chart", "Table", "How it is measured", "Share"]
CLAIMS_MEASURED = (
    "Each row is one claim of a report, quoted as published. A filled dot is the number as printed, an arrow means “at least” (or “at most”), "
    "a hollow dot with a tilde “about”. A pale band is a word such as “hundreds”: the report gives no number, and the ends of the band are "
    "our convention. Each group of rows has a scale of its own that begins at 0. "
    "Claims of different reports may count the same people, so we do not add them up."
)
A_PAGE, SMALLEST = 1080, 0.6
"""Height of a figure that fits a printed page beneath a title, in pixels of the page; how much smaller one may be made.

A figure of so many marks that even this does not fit runs over several pages.
"""


def palette(width: int = PICTURE, *, in_card: bool = False) -> Palette:
    """Return the colours that fit the reader's theme, with the room of the page, or of its card, for a chart of this width (`Chart`)."""
    whole = width >= PICTURE
    return replace(
        DARK if st.context.theme.type == "dark" else LIGHT,
        wide=wide() and whole,
        medium=(medium() and not in_card) or (wide() and not whole),
    )


_BETWEEN = re.compile(r">\n\s*<")
_DATE, _ADDRESS = re.compile(r"<td>(?=\d{4}-\d\d(?:-\d\d)?</td>)"), re.compile("<td>(?=https?://)")


class _Data(dict[str, Any]):
    """The data of a figure, with the JSON of it that Plotly made."""

    def __init__(self, text: str) -> None:
        """Take the JSON."""
        super().__init__(json.loads(text))
        self._text = orjson.Fragment(text)

    def to_plotly_json(self) -> orjson.Fragment:
        """Return what plotly.io.to_json encodes in place of the data."""
        return self._text


class Drawn(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """A figure that is kept as plain data, so that a rerun neither builds nor checks nor encodes it again."""

    def __init__(self, text: str) -> None:
        """Take the JSON of a figure, which Plotly checked when it was built."""
        self._spec = _Data(text)

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
    """A figure of a page as a value: built when it is first shown, then kept for its key, title, rows, theme and width.

    `key`: of its widget, and in the names of its files; the same for the same chart on every visit. `rows`: the tables that decide what
    stands in it, first those of its file. `title`: what is seen, or else what is drawn; `subtitle`: what is counted, where, by whom.
    `table` shows its rows in a tab, `data` gives them for a file, `measured` (Markdown) says how they are counted. `on_select`: what
    selecting a mark does, called with the key of the widget. `width`: of a saved picture, in pixels before the scale of print; a chart in
    a column or a card (`in_card`) has less than `PICTURE`. `choice`: the filters that left its claims (rows with `claim_id`); published
    counts are always whole.
    """

    key: str
    title: str
    rows: tuple[pd.DataFrame, ...]
    build: Callable[[Palette], Built]
    table: Callable[[Shown], None]
    data: Callable[[], pd.DataFrame]
    measured: str = ""
    subtitle: str = ""
    on_select: Callable[[str], None] = open_card.mark_picked
    width: int = PICTURE
    in_card: bool = False
    choice: Choice = field(default_factory=tables.choice)

    def filtered(self, rows: Sequence[pd.DataFrame]) -> Choice:
        """Return the filters that left these of its rows; none where no claims are among them."""
        return self.choice if any("claim_id" in part and len(part) for part in rows) else {}


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
    *,
    subtitle: str = "",
    measured: str = CLAIMS_MEASURED,
) -> None:
    """Draw `rows` of the claims view in an order, with the table of all the rows.

    At most `most` marks are drawn; the source line says of how many, and by which rule.
    """
    several, alone = tables.once(_arranged, order, rows)
    if len(several):

        def built(colours: Palette) -> Built:
            drawn = order.first(several, most)
            line = source_line(drawn, total=len(several), rule=order.rule)
            return Built(build(drawn, colours), line, words.in_short(drawn, title), several.index)

        def table(shown: Shown) -> None:
            claims_table(several, key, order=shown.order)

        dataset, data = tables.dataset(), several.index  # of this run: the file is made outside of it
        chart(
            Chart(
                key,
                title,
                (several,),
                built,
                table,
                lambda: readers_claims(dataset, rows.loc[data]),
                measured,
                subtitle,
            )
        )
    if len(alone):
        in_sentences(alone, key)


def _arranged(order: Order, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return rows in an order that heads them, and apart from them those that stand alone under their heading."""
    # To move forty columns of many rows takes long, so it is done once.
    arranged = order.arrange(rows[ARRANGED_BY])
    added = arranged[arranged.columns.difference(ARRANGED_BY)]
    alone = ~added["heading"].duplicated(keep=False)
    several, single = (rows.loc[part.index].assign(**part) for part in (added[~alone], added[alone]))
    return several, single


def in_sentences(claims: pd.DataFrame, key: str) -> None:
    """Write claims that stand alone under their `heading` as sentences, each with the way to its card; no chart is made for one mark."""
    for claim_id, text in tables.once(_sentences, page_of(claims, f"alone-{key}", size=12)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(text, width="content")
            st.button(
                "Details",
                key=f"alone-{key}-{claim_id}",
                on_click=open_card.ask_for,
                args=(claim_id,),
                type="tertiary",
            )


def _sentences(claims: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the id of each claim, and in a sentence, as Markdown, what it says under its `heading`."""
    heading = (claims["heading"] + ": ").where(claims["heading"] != NO_EVENT, "")
    what = claims["indicator_label"] + ": " + claims["group_label"].str.lower() + "; "
    said = (
        heading + claims["wording"].map(words.quoted) + " (" + what + claims["said_by"] + ", " + claims["period"] + ")."
    )
    return tuple(zip(claims["claim_id"], said.map(lambda text: escape_markdown(text, 1000)), strict=True))


def chart(chart: Chart) -> None:
    """Show a chart in tabs: the figure with its title and sources, its rows, how they are counted, its link and its code to embed."""
    shown = _shown(chart)
    figure, table, measured, share = st.tabs(TABS, key=f"chart-{chart.key}", on_change="rerun")
    if figure.open:
        with figure:
            _draw(chart, shown)
    if table.open:
        with table:
            chart.table(shown)
            st.caption(escape_markdown(shown.line, 3000))
            downloads.offer_rows(chart.key, chart.data, chart.filtered(chart.rows[:1]))
    if measured.open:
        measured.markdown(chart.measured)
        measured.caption(escape_markdown(shown.line, 3000))
    if share.open:
        with share:
            downloads.share(chart.key, shown.height)


def _draw(chart: Chart, shown: Shown) -> None:
    widget = open_card.fresh(f"figure-{chart.key}")
    if shown.height > A_PAGE:
        smaller = max(A_PAGE / shown.height, SMALLEST)
        marked = re.sub(r"[^\w-]", "-", f"st-key-{widget}", flags=re.ASCII)
        st.html(f"<style>@media print {{ .{marked} {{ zoom: {smaller * ON_PAPER:.2f} !important; }} }}</style>")
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
            "toImageButtonOptions": picture(chart, shown.height),
        },
    )


def _shown(chart: Chart) -> Shown:
    colours = palette(chart.width, in_card=chart.in_card)
    chosen = tables.once(_in_words, tables.dataset(), tables.as_key(chart.filtered(chart.rows)))

    def make() -> Shown:
        built = chart.build(colours)
        line = built.line + (f" Filter: {chosen}." if chosen else "")
        signed = add_title_and_sources(built.figure, chart.title, line, colours, chart.subtitle)
        text, height = str(alike_once(signed).to_json()), int(signed.layout.height)
        return Shown(Drawn(text), height, len(text), line, f"{built.summary} {line}", built.order)

    named = (chart.key, chart.title, chart.subtitle, chosen, colours.page, colours.letters)
    return tables.kept(("chart", *named, tables.key_of(*chart.rows)), make, tables.DRAWING, lambda shown: shown.size)


def _in_words(dataset: Dataset, choice: tables.ChoiceKey) -> str:
    """Describe a filter beneath a chart."""
    return shorten(describe(dataset, "claims", dict(choice)), MAX_FILTER, placeholder=" …")


def _name_of(dataset: Dataset, key: str, choice: tables.ChoiceKey) -> str:
    return file_name(dataset, key, "", dict(choice)).removesuffix(".")


def picture(chart: Chart, height: int) -> dict[str, Any]:
    """Describe how a picture of a figure is made: for print at 300 dots an inch, its name with the filter and the version."""
    return {
        "format": st.session_state.get("picture", "PNG").lower(),
        "width": chart.width,
        "height": height,
        "scale": 3,
        "filename": tables.once(_name_of, tables.dataset(), chart.key, tables.as_key(chart.filtered(chart.rows))),
    }


def source_line(drawn: pd.DataFrame, total: int = 0, rule: str = "") -> str:
    """Name publishers and years of the rows drawn, how many of how many they are and by which rule, the version of the data."""
    version = tables.dataset().version
    claims = words.count(len(drawn), "claim")
    shown = (
        f"{claims} shown" if total <= len(drawn) else f"{len(drawn):,} of {words.count(total, 'claim')} shown: {rule}"
    )
    return f"Sources: {tables.once(words.source_line, drawn)}. {shown}. Data version {version}."


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
        table = pa.Table.from_pandas(shown, preserve_index=False)
        return Listed(tuple(listed["claim_id"]), table, headings(shown, READERS_CLAIMS))

    listed = tables.kept(
        ("page of claims", tuple(wanted), tables.key_of(index)), make, size_of=lambda listed: int(listed.shown.nbytes)
    )
    grid(
        listed.shown,
        listed.headings,
        "Claims, one a row; select a row to open its card",
        key=table_key,
        on_select=lambda: open_card.row_picked(table_key, listed.claim_ids),
        selection_mode="single-row",
    )


def grid(shown: pd.DataFrame | pa.Table, config: dict[str, Any], alt: str, **options: Any) -> Any:
    """Show a table as a grid on the screen and as an HTML table on paper, where a grid is a picture of its first rows.

    `shown`: kept itself (`tables.once`); of a frame the columns of `config` are shown. `config`: heading, or column of Streamlit, by
    column. Streamlit converts a frame with every run, and an Arrow table not at all.
    """
    table = shown if isinstance(shown, pa.Table) else tables.once(as_arrow, shown, tuple(config))
    headed = tuple((name, given["label"] if isinstance(given, dict) else str(given)) for name, given in config.items())
    st.html(tables.once(on_paper, table, headed))
    look: dict[str, Any] = {"hide_index": True, "placeholder": words.NOT_KNOWN, "column_config": config, "alt": alt}
    return st.dataframe(table, **(look | options))


def as_arrow(rows: pd.DataFrame, columns: tuple[str, ...]) -> pa.Table:
    """Return columns of rows as Arrow's table."""
    return pa.Table.from_pandas(rows[list(columns)], preserve_index=False)


def on_paper(shown: pa.Table, headed: tuple[tuple[str, str], ...]) -> str:
    """Return a table for paper as HTML, escaped, under the headings of the grid; dates stay whole, long addresses are broken."""
    rows = shown.to_pandas()
    text = rows.astype("object").where(rows.notna(), "").rename(columns=dict(headed))
    text = text.map(lambda cell: ", ".join(cell) if isinstance(cell, np.ndarray) else cell)
    table = str(text.to_html(index=False, border=0, classes="on-paper", justify="left"))
    return _ADDRESS.sub('<td class="address">', _DATE.sub('<td class="date">', _BETWEEN.sub("><", table)))


def page_of(rows: Rows, key: str, size: int = 100) -> Rows:
    """Return the rows (or their index) of the page that the reader turned to, with the means to turn pages where there are several."""
    pages = -(-len(rows) // size)
    if pages <= 1:
        return rows
    number = st.pagination(pages, key=f"page-{key}-{len(rows)}")
    start = (number - 1) * size
    st.caption(f"Rows {start + 1:,} to {min(start + size, len(rows)):,} of {len(rows):,}")
    page: Rows = tables.once(_page, rows, start, size)
    return page


def _page(rows: Rows, start: int, size: int) -> Rows:
    return rows.take(range(start, min(start + size, len(rows))))


def table(
    rows: pd.DataFrame, schema: DataFrameSchema, alt: str, columns: list[str] | None = None, key: str = ""
) -> None:
    """Show a table that is not of claims, with readable headings and help from its model, a hundred rows at a time.

    `key` tells tables of the same `alt` on one page apart.
    """
    shown = page_of(rows, f"{alt}-{key}")
    grid(shown, headings(shown, schema, columns or ()), alt)


def headings(rows: pd.DataFrame, schema: DataFrameSchema, columns: Sequence[str] = ()) -> dict[str, Any]:
    """Return readable headings and help for the columns of a table (default: all), from its model."""
    config: dict[str, Any] = {}
    for name in columns or rows.columns:
        described = schema.columns.get(name)
        title, about = (described.title, described.description) if described is not None else (HEADINGS[name], None)
        if str(rows[name].dtype) == "Int64":
            config[name] = st.column_config.NumberColumn(title, help=about, format="localized")
        elif name == "url":
            config[name] = st.column_config.LinkColumn(title, help=about)
        else:
            config[name] = st.column_config.TextColumn(title, help=about)
    return config
