"""Pages on paper and inside other pages: whole figures on A4 with sources and version, and a page that fits an iframe."""

import http.server
import io
import threading
import unicodedata

import pytest
from pypdf import PdfReader

from tests.support.browser import PATHS, settled, shown, with_slow

A4 = (595, 842)
"""Points."""


def words(text):
    """Return text without its spaces and ligatures: in a PDF the first are distances, the second letters of their own."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(page):
    """Print the page on A4; give its sheets as their sizes in points and their words."""
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    return [
        ((round(sheet.mediabox.width), round(sheet.mediabox.height)), words(sheet.extract_text()))
        for sheet in PdfReader(io.BytesIO(data)).pages
    ]


@pytest.mark.parametrize(
    "path",
    with_slow(
        [*PATHS, "/events?event=Khan+Shaykhun+chemical+attack%2C+April+2017"],
        ["/", "/casualties"],
    ),
)
def test_a_page_prints_on_a4_and_no_figure_is_cut_between_two_sheets(visitor, path):
    page = visitor(path)
    shown(page)
    figures = page.locator(".js-plotly-plot").evaluate_all(
        """(all) => all.map((one) => [...one.querySelectorAll('.annotation-text')].map((text) => text.textContent))
            .map((texts) => [texts.at(-2), texts.at(-1)])"""
    )
    sheets = printed(page)
    assert {size for size, _ in sheets} == {A4}
    torn = [
        title
        for title, line in figures
        if not any(words(title) in sheet and words(line) in sheet for _, sheet in sheets)
    ]
    assert torn == []
    assert "Dataversion" in sheets[-1][1]
    assert "Clearallfilters" not in "".join(sheet for _, sheet in sheets)


def test_what_is_printed_says_what_was_chosen(visitor):
    page = visitor("/casualties?source=TRT+World+2019&year=2019")
    shown(page)
    assert words("Chosen here: Source TRT World 2019; Year 2019.") in "".join(sheet for _, sheet in printed(page))


def test_no_figure_is_wider_than_a_sheet_however_wide_the_window(visitor):
    """A browser does not draw a figure anew for print: what is wider than the sheet is lost, marks and all."""
    page = visitor("/events", viewport={"width": 2200, "height": 1000})
    shown(page)
    widths = page.get_by_test_id("stPlotlyChart").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().width)"
    )
    zooms = page.evaluate(
        """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .filter((rule) => rule.media?.mediaText === 'print').flatMap((rule) => [...rule.cssRules])
            .filter((rule) => ['[data-testid="stMain"]', '[class*="st-key-figure-"]'].includes(rule.selectorText))
            .map((rule) => Number(rule.style.zoom))"""
    )
    assert len(zooms) == 2
    assert max(widths) * zooms[0] * zooms[1] <= (210 - 2 * 12) / 25.4 * 96


@pytest.fixture
def another_page():
    """Serve one page from another origin; give a function that puts an iframe of an address on it and gives its own address."""
    held = {"body": b""}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(held["body"])

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def holding(address):
        held["body"] = (
            f'<!doctype html><h1>Another page</h1><iframe src="{address}" width="600" height="700"></iframe>'.encode()
        )
        return f"http://127.0.0.1:{server.server_port}/"

    yield holding
    server.shutdown()
    server.server_close()


def test_inside_another_page_stand_the_figure_its_sources_its_version_and_a_way_out(chromium, dashboard, another_page):
    context = chromium.new_context(viewport={"width": 700, "height": 900})
    page = context.new_page()
    page.goto(another_page(f"{dashboard}/casualties?source=TRT+World+2019&embed=true"))
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", level=1).wait_for()
    frame.locator(".js-plotly-plot .annotation-text").last.wait_for()
    assert "Data version" in frame.locator(".js-plotly-plot .annotation-text").last.text_content()
    frame.get_by_text("Chosen here: Source TRT World 2019.").wait_for()
    assert not frame.get_by_role("combobox", name="Source").is_visible()
    assert not frame.get_by_role("link", name="Displacement", exact=True).is_visible()
    out = frame.get_by_role("link", name="Open in the dashboard").get_attribute("href")
    assert out == f"{dashboard}/casualties?source=TRT%20World%202019"
    wide = frame.locator("html").evaluate("(html) => html.scrollWidth - html.clientWidth")
    assert wide <= 0
    context.close()


def test_a_page_of_its_own_has_no_way_out(visitor):
    page = visitor("/casualties")
    settled(page)
    assert page.get_by_role("link", name="Open in the dashboard").count() == 0
