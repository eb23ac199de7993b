"""Every page for every reader: axe-core finds nothing serious, a keyboard and a thumb suffice, no motion where none is wanted.

Why: what a tool can measure is measured on every page in both themes and at both ends of the widths. Not here: room for words
(`test_drawn.py`), contrast of the figures' own colours (`test_labels.py`).
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.browser import PATHS, listed, settled, shown, unfolded, with_slow

CARD = "/?claim=trtworld-2019-07-11"
EMBEDDED = "/displacement?embed=true"
STREAMLITS_OWN: set[str] = set()
"""Serious findings that stand in Streamlit's own code: rule of axe-core. There are none with the version as tested."""

TOO_SMALL = """(least) => [...document.querySelectorAll(
    'a[href], a.modebar-btn, button, input, summary, [role=button], [role=combobox], [role=tab], [role=radio]')]
    .filter((one) => !one.closest('p, li') && one.getAttribute('data-testid') !== 'stSkipToContent')
    .map((one) => ({one, box: (one.closest('[role=group]') && one.matches('input') ? one.closest('[role=group]') : one).getBoundingClientRect()}))
    .filter(({one, box}) => box.width && getComputedStyle(one).visibility !== 'hidden' && box.right > 0 && (box.width < least || box.height < least))
    .map(({one, box}) => `${one.getAttribute('aria-label') || one.textContent}: ${Math.round(box.width)} by ${Math.round(box.height)}`)
"""
"""Targets smaller than so many pixels. Links within a sentence are free of the rule (WCAG 2.2, 2.5.8)."""


def serious(page):
    """Return what axe-core finds serious or critical: rule, and where."""
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], node["target"])
        for rule in found
        if rule["impact"] in ("serious", "critical") and rule["id"] not in STREAMLITS_OWN
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    ("path", "theme"),
    [
        *with_slow([*PATHS, CARD, EMBEDDED], [CARD], "light"),
        *with_slow([*PATHS, CARD, EMBEDDED], ["/"], "dark"),
    ],
)
def test_axe_finds_nothing_serious_on_a_desk_and_on_a_phone_with_every_fold_open(visitor, path, theme):
    page = visitor(path, color_scheme=theme)
    shown(page)
    page.evaluate("() => document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())")
    settled(page)
    found = {1280: serious(page)}
    page.set_viewport_size({"width": 390, "height": 900})
    shown(page)
    found[390] = serious(page)
    assert found == {1280: [], 390: []}


def test_axe_sees_faults_on_these_pages(visitor):
    page = visitor("/method")
    page.evaluate(
        "() => document.querySelector('main h1').insertAdjacentHTML('afterend', '<img src=\"data:,\"><p style=\"color:#ccc\">Hardly to be read</p>')"
    )
    assert {rule for rule, _ in serious(page)} == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("path", with_slow([*PATHS, CARD], ["/", CARD]))
def test_targets_are_large_enough_for_a_thumb(visitor, path):
    page = visitor(path, viewport={"width": 390, "height": 844}, has_touch=True)
    shown(page)
    small = {"page": page.evaluate(TOO_SMALL, 24)}
    if path != CARD:
        unfolded(page)
        small["filters"] = page.evaluate(TOO_SMALL, 24)
    assert {where: found for where, found in small.items() if found} == {}


def test_on_a_phone_a_filter_is_in_reach_and_the_menu_closes_after_a_choice(visitor):
    page = visitor("/casualties", viewport={"width": 390, "height": 844})
    shown(page)
    source = page.get_by_role("combobox", name="Source")
    assert source.bounding_box()["y"] < 844
    assert listed(page, source, "TRT World 2019").is_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("stExpandSidebarButton").click()
    link = page.get_by_role("link", name="Displacement", exact=True)
    link.click()
    page.wait_for_url("**/displacement*")
    page.wait_for_function(
        "() => { const link = [...document.querySelectorAll('a')].find((one) => one.textContent.trim() === 'Displacement'); return !link || link.getBoundingClientRect().right <= 0; }"
    )


def focused(page):
    """Describe what holds the focus."""
    return page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )


def tab_to(page, words, most=60):
    """Press Tab until what holds the focus says these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"{words} is not reached by Tab")


def test_a_keyboard_alone_opens_a_table_a_card_and_closes_it(visitor):
    page = visitor("/")
    shown(page)
    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    tab_to(page, "Chart")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Table"
    page.keyboard.press("Enter")
    page.get_by_test_id("stDataFrame").first.wait_for()
    settled(page)
    tab_to(page, "more than 11 million people")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    card = page.get_by_role("dialog")
    card.get_by_text("Said by TRT World").first.wait_for()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


@pytest.mark.parametrize("path", with_slow(PATHS, ["/data"]))
def test_a_keyboard_reaches_every_control_of_a_page(visitor, path):
    """Of a group of choices, one is reached by Tab and the others from it by arrows."""
    page = visitor(path)
    shown(page)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary, [role=tab][aria-selected=true]')]
            .filter((one) => one.checkVisibility({checkVisibilityCSS: true}) && !one.disabled && !one.closest('[aria-hidden=true]'))
            .filter((one) => !one.matches('[tabindex="-1"], [role=radiogroup] > :not(:first-child), [role=toolbar] > :not(:first-child)'))
            .map((one, at) => { one.dataset.wanted = at; return (one.getAttribute('aria-label') || one.textContent).trim(); })"""
    )
    reached = set()
    for _ in range(len(wanted) + 40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.dataset.wanted"))
    assert [words for at, words in enumerate(wanted) if str(at) not in reached] == []


def test_the_page_names_its_language(visitor):
    assert visitor("/places").locator("html").get_attribute("lang") == "en"


def test_nothing_moves_for_readers_who_want_no_motion(visitor):
    moving = """() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one))
        .filter((style) => [style.transitionDuration, style.animationDuration].some((times) => times.split(', ').some((time) => parseFloat(time) > 0.001)))
        .length"""
    page = visitor("/places")
    shown(page)
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize(
    "path", with_slow([*(path for path in PATHS if path not in ("/data", "/method", "/about")), CARD], [CARD])
)
def test_every_figure_states_its_finding_in_words_and_has_its_table_after_it(visitor, path):
    page = visitor(path)
    shown(page)
    figures = page.get_by_test_id("stPlotlyChart")
    told = figures.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert len(told) > 0
    for words in told:
        assert "Data version " in words
        assert any(char.isdigit() for char in words.partition("Sources: ")[0]), words
    assert page.get_by_text("as a table").count() >= 1
