"""Errors that nobody caught, as the reader of a browser sees them."""

import re

from tests.support.browser import visits
from tests.support.faulty import INSIDE, SENTENCE, assert_in_log


def test_the_reader_of_a_browser_sees_the_sentence_and_of_a_file_that_cannot_be_made_too_and_nothing_of_the_inside(
    faulty, chromium, windows
):
    """The file is made outside of a run of the page: Streamlit's own sentence, and with the next run one with the error id."""
    with visits(chromium, windows, faulty.address) as open_page:
        page = open_page("/data")
        page.get_by_role("button", name="RIS", exact=True).click()
        page.get_by_text("Failed to generate file for download").first.wait_for()
        page.get_by_role("link", name="Casualties", exact=True).click()
        page.get_by_role("heading", name="People killed, injured and missing").wait_for()
        said = page.get_by_test_id("stAlert").inner_text().strip()
        error_id = re.fullmatch(
            r"A file could not be made, and it is our fault\. Try again; if it happens again, report the error id ([0-9a-f]{8})\.",
            said,
        )[1]
        assert_in_log(faulty, error_id)
        assert not re.search(INSIDE, page.content())

        page.get_by_role("link", name="Sources", exact=True).click()
        sentence = page.get_by_text("Something went wrong on this page")
        sentence.wait_for()
        assert_in_log(faulty, re.fullmatch(SENTENCE, sentence.inner_text().strip())[1])
        assert not re.search(INSIDE, page.content())
        assert page.get_by_test_id("stException").count() == 0
