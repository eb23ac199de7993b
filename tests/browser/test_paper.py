"""Pages on paper and inside other pages: whole figures on A4 with sources and version, and a page that fits an iframe."""

import http.server
import threading

import pytest

from tests.support.looking import faults_on_paper


def test_a_page_prints_on_a4_with_whole_figures_says_what_was_chosen_and_has_no_way_out(visitor):
    page = visitor("/casualties?source=TRT+World+2019&year=2019")
    assert faults_on_paper(page, "Chosen here: Source TRT World 2019; Year 2019.") == {}
    assert page.get_by_role("link", name="Open in the dashboard").count() == 0


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
