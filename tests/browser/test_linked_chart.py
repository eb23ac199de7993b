"""Pages inside other pages, and a chart that a link names: alone there, scrolled to on its own."""

import http.server
import threading

import pytest

from tests.support.browser import settled, window


def test_an_embedded_chart_stands_alone_with_its_footer(visitor):
    page = visitor("/?chart=beside&embed=true&source=TRT+World+2019", viewport={"width": 1000, "height": 900})
    page.locator(".st-key-chart-beside .scatterlayer .point").first.wait_for()
    page.get_by_text("Chosen here: Source TRT World 2019.").wait_for()
    settled(page)
    assert page.get_by_test_id("stPlotlyChart").locator("visible=true").count() == 1
    assert not page.get_by_role("heading", level=1).is_visible()
    assert not page.get_by_text("Recent changes").is_visible()
    assert page.get_by_role("link", name="Open in the dashboard").is_visible()


def test_a_chart_that_is_not_there_hides_nothing(visitor):
    page = visitor("/?chart=nothing&embed=true")
    page.locator(".scatterlayer .point").first.wait_for()
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_link_to_a_chart_scrolls_to_it_once(visitor):
    page = visitor("/?chart=beside", viewport={"width": 390, "height": 600})
    page.wait_for_function(
        "() => { const top = document.querySelector('.st-key-chart-beside')?.getBoundingClientRect().top; return top < 300; }"
    )


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


def test_inside_another_page_stand_the_figure_its_sources_its_version_and_a_way_out(
    chromium, windows, dashboard, another_page
):
    with window(chromium, windows, dashboard) as one:
        one.page.set_viewport_size({"width": 700, "height": 900})
        one.page.emulate_media(media="null")
        one.page.goto(another_page(f"{dashboard}/casualties?source=TRT+World+2019&embed=true"))
        frame = one.page.frame_locator("iframe")
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
