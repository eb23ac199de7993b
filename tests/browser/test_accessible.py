"""Pages for a keyboard alone, for a phone and for readers who want no motion; what can be measured of other pages is in `test_looks.py`."""

from tests.support.browser import into_view, listed, settled, shown
from tests.support.looking import DESK, HEIGHT, faults

MOVING = """() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one))
    .filter((style) => [style.transitionDuration, style.animationDuration].some((times) => times.split(', ').some((time) => parseFloat(time) > 0.001)))
    .length"""


def focused(page):
    """Describe what holds the focus: its label, or its words; nothing when it is the page as a whole."""
    return page.evaluate(
        """() => document.activeElement.matches('body, main') ? ''
            : document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"""
    )


def tab_to(page, words, most=120):
    """Press Tab until what holds the focus says these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"{words} is not reached by Tab")


def test_the_front_page_can_be_read_at_every_width_names_its_language_moves_nothing_for_who_wants_no_motion_and_opens_a_card_by_keyboard(
    visitor,
):
    page = visitor("/", {"width": DESK, "height": HEIGHT}, "dark")
    shown(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate(MOVING) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0
    assert faults(page, "/", axe=True, keyboard=True) == {}

    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    settled(page)
    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    tab_to(page, "Chart")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Table"
    page.keyboard.press("Enter")
    rows = page.locator("canvas tr")  # what a table tells those who cannot see it comes after what it shows
    rows.filter(has_text="more than 11 million people").first.wait_for(state="attached")
    tab_to(page, "more than 11 million people")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    card = page.get_by_role("dialog")
    card.get_by_text("Said by TRT World").first.wait_for()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_a_reader_with_a_phone_opens_a_claim_with_one_tap_chooses_a_place_and_finds_the_filters(visitor):
    page = visitor("/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    shown(page)
    mark = page.locator(".js-plotly-plot").first.locator(".scatterlayer .trace:last-child .point").first
    into_view(page, mark).tap(force=True)
    card = page.get_by_role("dialog")
    card.get_by_text("Limitations", exact=True).wait_for()
    assert "claim=" in page.url
    card.get_by_role("button", name="Close").tap()
    card.wait_for(state="hidden")

    def goes_to(name):
        settled(page)
        page.get_by_test_id("stExpandSidebarButton").tap()
        page.get_by_role("link", name=name, exact=True).tap()
        page.wait_for_url(f"**/{name.lower()}*")
        page.get_by_test_id("stSidebar").wait_for(state="hidden")  # the menu closes after a choice

    goes_to("Places")
    page.locator(".st-key-chart-places .js-plotly-plot").first.wait_for()
    into_view(page, page.get_by_role("button", name="Saraqib (sub-district): 1")).tap()
    page.get_by_role("heading", name="1 claim about Saraqib (sub-district)").wait_for()

    goes_to("Casualties")
    page.get_by_role("heading", name="People killed, injured and missing").wait_for()
    settled(page)
    source = page.get_by_role("combobox", name="Source")
    assert source.bounding_box()["y"] < 844
    assert listed(page, source, "TRT World 2019").is_visible()
