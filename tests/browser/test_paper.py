"""A page on paper: tables as text, with the address and the day. Whole figures on A4: `test_browser.py`, and all pages in `tests/slow/`."""

import re

from tests.support.browser import settled


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
