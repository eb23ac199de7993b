"""What readers take away: files, citations, addresses. Every file is made when its button is pressed, without a rerun.

Why: the Data page and the claim card offer the same citations, and every file carries the data version in its name. Not
here: how a file or a citation is written (`exports`).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pandas as pd
import streamlit as st

from analysis.selection import Choice, describe
from app_pages.parts import tables
from exports import addresses, citations, files, formats, package
from validation.dictionary import dictionary
from validation.errors import log_error

UNSHARED = ("claim", "version")
"""What the address of a page is passed on without."""


def origin() -> str:
    """Return scheme and host of this dashboard as the reader sees them."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _made(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what makes a file; where it fails, the error is noted and its id kept for `say_what_failed`.

    A file is made outside of a run of the page, and Streamlit then says that it failed, in a sentence of its own.
    """
    failed: list[str] = st.session_state.setdefault("files_failed", [])

    def made() -> bytes:
        try:
            return make()
        except Exception as error:
            failed.append(log_error(error))
            raise

    return made


def _file(
    label: str, make: Callable[[], bytes], name: str, mime: str, key: str, icon: str = "download", **more: Any
) -> None:
    """Offer a file, which is made when it is asked for."""
    st.download_button(label, _made(make), name, mime, key, on_click="ignore", icon=f":material/{icon}:", **more)


def say_what_failed() -> None:
    """Show once, with the next run of a page, which error kept a file from being made."""
    failed = st.session_state.get("files_failed")
    while failed:
        st.error(
            "A file could not be made, and it is our fault. Try again; if it happens again, "
            f"report the error id {failed.pop(0)}."
        )


def offer(name: str, count: int, rows: Callable[[], pd.DataFrame], choice: Choice, *, whole: bool = True) -> None:
    """Offer rows of a table in every format, and the whole data set; rows are taken when a file is asked for.

    `whole`: whether the data API gives these rows too, so that the file names their address.
    """
    dataset, url = tables.dataset(), f"{origin()}/data" if whole else ""

    def make(ending: str) -> bytes:
        return files.as_file(dataset, name, rows(), ending, url, choice)

    for form in files.FORMATS:
        named = files.name_of_rows(dataset, name, choice, count, form.ending)
        key = f"download-{name}-{form.ending}"
        _file(form.label, partial(make, form.ending), named, form.media_type, key, disabled=not count)
    offer_package()


def offer_package() -> None:
    """Offer the whole data set."""
    dataset = tables.dataset()
    _file(
        "Data Package",
        partial(package.archive, dataset),
        files.file_name(dataset, "datapackage", "zip"),
        "application/zip",
        "package",
        "folder_zip",
        help="Everything: all tables with their types, keys, sources and hashes, as a ZIP of CSV files.",
    )


def offer_dictionary() -> None:
    """Offer what every table and column of the downloads holds."""
    named = files.file_name(tables.dataset(), "dictionary", "md")
    _file("Dictionary (Markdown)", lambda: dictionary().encode(), named, "text/markdown", "dictionary")


def offer_rows(key: str, rows: Callable[[], pd.DataFrame], choice: Choice) -> None:
    """Offer the rows of a chart as a file; they are taken when it is asked for. `choice`: the filter that left them."""
    named = files.file_name(tables.dataset(), f"chart-{key}", "csv", choice)
    _file("Download these rows (CSV)", lambda: files.as_csv(rows()), named, "text/csv; charset=utf-8", f"rows-{key}")


def address(**more: str) -> str:
    """Return the address of this page with its choice, as it can be passed on whole; `more`: further parameters."""
    parts, left_out = urlsplit(st.context.url or ""), {*UNSHARED, *more}
    asked = [
        (name, value) for name in st.query_params if name not in left_out for value in st.query_params.get_all(name)
    ]
    query = urlencode([*asked, *more.items()], quote_via=quote)
    return f"{origin()}{parts.path or '/'}" + (f"?{query}" if query else "")


def link(**more: str) -> str:
    """Return the same with the data version, so that whoever opens it later learns whether the data are still those."""
    return address(**more, version=tables.dataset().version)


def share(key: str, height: int) -> None:
    """Show the link of a chart with what is chosen, and the code that puts it into another page."""
    st.caption("Link to this chart, with your filters and the data version")
    st.code(link(chart=key), language=None, wrap_lines=True)
    st.caption("Code for another page: it shows the chart alone, always with the newest data")
    frame = f'<iframe src="{address(chart=key, embed="true")}" width="100%" height="{height + 160}" style="border:0"></iframe>'
    st.code(frame, language="html", wrap_lines=True)
    st.caption("The camera above the chart saves it as a picture, with its title, its sources and the data version.")


def cite_reports(claims: pd.DataFrame, key: str, choice: Choice, *, with_data_set: bool) -> None:
    """Offer the citations of the reports that printed the claims, with a note for each claim, as files; `choice`: the filter that left them."""
    dataset = tables.dataset()
    where = origin()

    def cite() -> list[citations.Reference]:
        cited = citations.reports(dataset, claims, where)
        cited += [citations.data_set(dataset, f"{where}/data")] if with_data_set else []
        chosen = describe(dataset, "claims", choice)
        return [replace(one, notes=(*one.notes, f"Filter: {chosen}.")) for one in cited] if chosen else cited

    _citations(cite, key, choice, disabled=claims.empty)


def cite_counts(counts: pd.DataFrame, key: str) -> None:
    """Offer the citations of published counts (rows of `analysis.counts.published_counts`) as files."""
    dataset = tables.dataset()
    _citations(lambda: citations.counts(dataset, counts), f"counts-{key}", {})


def _citations(
    cite: Callable[[], list[citations.Reference]], key: str, choice: Choice, *, disabled: bool = False
) -> None:
    """Offer citations in every format; they are made when one is asked for."""

    def written(write: Callable[[list[citations.Reference]], str]) -> bytes:
        return write(cite()).encode()

    with st.container(horizontal=True):
        for form in citations.FORMATS:
            named = files.file_name(tables.dataset(), f"citations-{key}", form.ending, choice)
            made, of_form = partial(written, form.write), f"cite-{key}-{form.ending}"
            _file(form.label, made, named, form.media_type, of_form, "format_quote", disabled=disabled)


def by_address(name: str, choice: Choice) -> None:
    """Show the address of exactly these rows of a table, and lines that read it in other programs."""
    address = addresses.table_address(origin(), name, choice, "csv")
    st.code(address, language=None, wrap_lines=True)
    st.caption(
        f"The same rows as {formats.endings(files.FORMATS[1:])}: change the ending. "
        "All routes and parameters: /api/v1/openapi.json."
    )
    lines = addresses.ready_lines(address)
    for tab, (language, text) in zip(st.tabs(list(lines)), lines.values(), strict=True):
        tab.code(text, language=language, wrap_lines=True)
