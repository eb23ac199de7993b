"""The room that pages take: what matters on the first screen, labels beside marks where there is room, nothing longer than it needs to be."""

import pytest

from tests.support.browser import drawn, settled

DESK = {"width": 1280, "height": 800}
LONGEST = "/events?event=North-west+offensive%2C+2019"
MAX_HEIGHT = {
    "/": 2000,
    "/events?event=Khan+Shaykhun+chemical+attack%2C+April+2017": 1600,
    LONGEST: 2600,
    "/places": 2000,
    "/sources": 2600,
}
"""Pixels of a page of a desk with the data of today."""
CARDS = ("trtworld-2019-07-05", "trtworld-2019-07-07", "thehillnews-2018-01-07-03")
"""Cards with most to say: many counts, many limitations."""


def stands(page):
    """Wait until a page and its charts stand."""
    page.get_by_text("We do not judge which is right.").last.wait_for()
    settled(page)
    if page.get_by_test_id("stPlotlyChart").count():
        drawn(page)


@pytest.mark.parametrize(
    ("path", "most"), MAX_HEIGHT.items(), ids=["overview", "an event", "the longest event", "places", "sources"]
)
def test_a_page_is_no_longer_than_it_needs_to_be(visitor, path, most):
    page = visitor(path, viewport=DESK)
    stands(page)
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight") <= most


@pytest.mark.parametrize("path", ["/casualties", "/displacement", "/places"])
def test_the_first_chart_ends_on_the_first_screen(visitor, path):
    page = visitor(path, viewport=DESK)
    stands(page)
    box = page.locator(".js-plotly-plot").first.bounding_box()
    assert box["y"] + box["height"] <= DESK["height"]


@pytest.mark.parametrize(
    ("path", "what"), [("/", ".js-plotly-plot"), ("/data", "[data-testid=stDataFrame]"), ("/sources", "table")]
)
def test_what_a_page_is_for_begins_well_within_the_first_screen(visitor, path, what):
    page = visitor(path, viewport=DESK)
    stands(page)
    assert page.locator(what).locator("visible=true").first.bounding_box()["y"] < DESK["height"] * 0.6


@pytest.mark.parametrize("claim", CARDS)
def test_a_claim_card_fits_a_thousand_pixels(visitor, claim):
    page = visitor(f"/?claim={claim}", viewport=DESK)
    card = page.get_by_role("dialog")
    card.get_by_text("Limitations", exact=True).wait_for()
    settled(page)
    assert card.evaluate("(card) => card.scrollHeight") <= 1000


LABELS = """() => {
    const plot = document.querySelector('.st-key-chart-casualties-people .js-plotly-plot');
    const boxes = (selector) => [...plot.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
    const quotes = [...plot.querySelectorAll('.annotation-text')].filter((one) => one.textContent.includes(' · '))
        .map((one) => one.getBoundingClientRect());
    const marks = boxes('.scatterlayer .point');
    return quotes.length > 0 && marks.every((mark) => quotes.every((quote) => quote.right <= mark.left));
}"""


@pytest.mark.parametrize(("width", "left"), [(1280, True), (390, False)])
def test_labels_stand_left_of_the_marks_where_there_is_room_and_above_them_on_a_phone(visitor, width, left):
    page = visitor("/casualties", viewport={"width": width, "height": 900})
    stands(page)
    page.wait_for_function(f"() => ({LABELS})() === {str(left).lower()}")
