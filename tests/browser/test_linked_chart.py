"""A chart that a link names: alone inside another page, scrolled to on its own; a table of rows on paper."""

import re

from tests.support.browser import settled


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


def test_on_paper_a_table_is_text_and_the_page_says_its_address_and_the_day(visitor):
    path = "/?search=refugees"
    page = visitor(path)
    page.get_by_test_id("stDataFrame").first.wait_for()
    settled(page)
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stDataFrame").first.is_visible()
    assert page.locator("table.on-paper tr").first.is_visible()
    printed = page.locator("p.on-paper").text_content()
    assert re.fullmatch(
        rf"http://127.0.0.1:\d+{re.escape(path)}&version=(v[0-9a-f]{{12}}) · \d+ \w+ 20\d\d · Data version \1", printed
    ), printed
