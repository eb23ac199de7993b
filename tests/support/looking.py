"""What can be measured of a page that a browser shows: all of it on one visit, at the widths of a desk, a tablet and a phone.

Why: to open a page costs more than to measure it. `faults` is called for some pages by each run of the tests and for all others by
`make test-all`. Not here: contrast of the figures' own colours (`tests/pages/test_labels.py`).
"""

import io
import unicodedata

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.support.browser import PATHS, shown, unfolded

DESK, TABLET, PHONE = 1280, 768, 390
HEIGHT = 800
CARD = "/?claim=trtworld-2019-07-05"
"""The card with most to say: many counts, many limitations."""
EVENT = "/events?event=Khan+Shaykhun+chemical+attack%2C+April+2017"
LONGEST = "/events?event=North-west+offensive%2C+2019"
FEW = "/events?event=Opposition+offensive%2C+late+2024"
EMBEDDED = "/displacement?embed=true"
CARDS = [CARD, "/?claim=trtworld-2019-07-07", "/?claim=thehillnews-2018-01-07-03", "/?claim=trtworld-2019-07-11"]
ALL = [*PATHS, *CARDS, EVENT, LONGEST, FEW, EMBEDDED]
WITHOUT_CHARTS = {"/data", "/method", "/about", "/counts", "/sources", EVENT}
"""No count of that event ran over three dates."""

MAX_HEIGHT = {"/": 2000, EVENT: 1600, LONGEST: 2600, "/places": 2000, "/sources": 2600}
"""Pixels of a page of a desk with the data of today."""
MAX_CARD = 1000
FIRST_CHART_ENDS = ("/casualties", "/displacement", "/places")
"""Pages whose first chart ends on the first screen of a desk."""
BEGINS = {"/": ".js-plotly-plot", "/data": "[data-testid=stDataFrame]", "/sources": "table"}
"""What a page is for, which begins well within the first screen of a desk."""
LINES_OF_TITLE = {"/displacement": {DESK: 1, TABLET: 2, PHONE: 3}}
"""Lines of the first chart's title by the width of the window."""
LABELS_LEFT = {"/casualties": {DESK: True, PHONE: False}}
"""Whether labels stand left of the marks, where there is room, or above them."""

TITLE = """() => (document.querySelector('.js-plotly-plot').layout.annotations || [])
    .find((note) => note.name === 'title').text.split('<br>').length"""
LABELS = """() => {
    const plot = document.querySelector('.st-key-chart-casualties-people .js-plotly-plot');
    const quotes = [...plot.querySelectorAll('.annotation-text')].filter((one) => one.textContent.includes(' · '))
        .map((one) => one.getBoundingClientRect());
    const marks = [...plot.querySelectorAll('.scatterlayer .point')].map((one) => one.getBoundingClientRect());
    return quotes.length > 0 && marks.every((mark) => quotes.every((quote) => quote.right <= mark.left));
}"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
TOO_SMALL = """(least) => [...document.querySelectorAll(
    'a[href], a.modebar-btn, button, input, summary, [role=button], [role=combobox], [role=tab], [role=radio]')]
    .filter((one) => !one.closest('p, li') && one.getAttribute('data-testid') !== 'stSkipToContent')
    .map((one) => ({one, box: (one.closest('[role=group]') && one.matches('input') ? one.closest('[role=group]') : one).getBoundingClientRect()}))
    .filter(({one, box}) => box.width && getComputedStyle(one).visibility !== 'hidden' && box.right > 0 && (box.width < least || box.height < least))
    .map(({one, box}) => `${one.getAttribute('aria-label') || one.textContent}: ${Math.round(box.width)} by ${Math.round(box.height)}`)
"""
"""Targets smaller than so many pixels. Links within a sentence are free of the rule (WCAG 2.2, 2.5.8)."""
WORDS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot) => {
    const frame = plot.getBoundingClientRect();
    const boxes = (selector) => [...plot.querySelectorAll(selector)]
        .filter((one) => one.textContent.trim() || !one.matches('text, .annotation-text'))
        .filter((one) => getComputedStyle(one).opacity !== '0' && one.style.opacity !== '0')
        .map((one) => ({what: one.textContent.trim() || 'a mark', box: one.getBoundingClientRect()}))
        .filter(({box}) => box.width > 0);
    const words = boxes('.annotation-text, .xtick text, .x2tick text, .ytick text, .legendtext, .legendtitletext');
    const inside = boxes('.textpoint text');
    const marks = boxes('.scatterlayer .point');
    const tools = boxes('.modebar-btn').map(({box}) => ({what: 'the camera', box}));
    const touch = (one, other, slack) => one.left < other.right - slack && other.left < one.right - slack
        && one.top < other.bottom - slack && other.top < one.bottom - slack;
    const cut = [...words, ...inside].filter(({box}) => box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(({what}) => 'cut: ' + what);
    const over = words.flatMap((one, at) => [...words.slice(at + 1), ...tools].filter(({box}) => touch(one.box, box, 2))
        .map(({what}) => one.what + ' over ' + what));
    const hidden = words.flatMap(({what, box}) => marks.filter((mark) => touch(box, mark.box, 3)).map(() => what + ' over a mark'));
    return [...cut, ...over, ...new Set(hidden)];
})"""
"""Words of figures that are cut, or lie over others or over marks."""
FOLDS = """(open) => document.querySelectorAll(open ? 'details:not([open]) > summary' : 'details[open] > summary')
    .forEach((one) => { if (open || one.dataset.unfolded) { one.dataset.unfolded = open || ''; one.click(); } })"""
"""Opens the folds of a page, or closes again those that it opened."""
REACHABLE = """() => [...(document.querySelector('[role=dialog]') || document).querySelectorAll('a[href], button, input, summary, [role=tab][aria-selected=true]')]
    .filter((one) => one.checkVisibility({checkVisibilityCSS: true}) && !one.disabled && !one.closest('[aria-hidden=true]'))
    .filter((one) => !one.matches('[tabindex="-1"], [role=radiogroup] > :not(:first-child), [role=toolbar] > :not(:first-child)'))
    .map((one, at) => { one.dataset.wanted = at; return (one.getAttribute('aria-label') || one.textContent).trim(); })"""
"""What Tab must reach; while a card is open, in the card alone. Of a group of choices, one is reached by Tab and the others from it by arrows."""


def serious(page: Page) -> list[tuple[str, object]]:
    """Return what axe-core finds serious or critical: rule, and where."""
    return [
        (rule["id"], node["target"])
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def unreached(page: Page) -> list[str]:
    """Return the controls that Tab does not reach; what stands at the top of the page is what stood there before."""
    wanted = page.evaluate(REACHABLE)
    reached = set()
    for _ in range(len(wanted) + 40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.dataset.wanted"))
        if len(reached - {None}) == len(wanted):
            break
    page.evaluate(
        "() => { document.activeElement.blur(); document.querySelector('[data-testid=stMain]').scrollTo(0, 0); }"
    )
    return [words for at, words in enumerate(wanted) if str(at) not in reached]


def mute(page: Page) -> list[str]:
    """Return what the figures that do not say their finding, with a number and the data version, say instead."""
    said = page.get_by_test_id("stPlotlyChart").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    return [
        words
        for words in said
        if "Data version " not in words or not any(char.isdigit() for char in words.partition("Sources: ")[0])
    ]


def room(page: Page, path: str) -> list[str]:
    """Return which parts of a page of a desk take more room than they should."""
    wrong = []
    tall = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    if tall > MAX_HEIGHT.get(path, tall):
        wrong.append(f"the page is {tall} pixels long")
    if path in CARDS and (tall := page.get_by_role("dialog").evaluate("(card) => card.scrollHeight")) > MAX_CARD:
        wrong.append(f"the card is {tall} pixels long")
    if path in FIRST_CHART_ENDS:
        box = page.locator(".js-plotly-plot").first.bounding_box()
        if box is None or box["y"] + box["height"] > HEIGHT:
            wrong.append(f"the first chart ends below the first screen: {box}")
    if path in BEGINS:
        box = page.locator(BEGINS[path]).locator("visible=true").first.bounding_box()
        if box is None or box["y"] >= HEIGHT * 0.6:
            wrong.append(f"what the page is for begins late: {box}")
    return wrong


def faults(page: Page, path: str, *, axe: bool, keyboard: bool) -> dict[str, object]:
    """Return what a reader of a page could not read, reach or use, by what was measured; a good page has nothing.

    `page`: as opened, at the width of a desk. `axe`, `keyboard`: whether axe-core and Tab are tried too.
    """
    shown(page)
    if path in CARDS:
        page.get_by_role("dialog").get_by_text("Limitations", exact=True).wait_for()
    found: dict[str, object] = {"figures without their finding": mute(page), "room": room(page, path)}
    if WITHOUT_CHARTS.isdisjoint((path, path.partition("?")[0])):
        found["charts"] = [] if page.locator(".js-plotly-plot").count() else ["none"]
        found["tables"] = [] if path == EMBEDDED or page.get_by_text("as a table").count() else ["none"]
    if keyboard:
        found["not reached by Tab"] = unreached(page)
    for width in (DESK, TABLET, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        shown(page)
        found[f"words of figures at {width}"] = page.evaluate(WORDS)
        found[f"sideways at {width}"] = page.evaluate(SIDEWAYS)
        lines = LINES_OF_TITLE.get(path, {}).get(width)
        if lines and (drawn := page.evaluate(TITLE)) != lines:
            found[f"title at {width}"] = f"{drawn} lines"
        left = LABELS_LEFT.get(path, {}).get(width)
        if left is not None and page.evaluate(LABELS) != left:
            found[f"labels at {width}"] = f"left of the marks: {not left}"
        if width == PHONE and path not in CARDS and path != EMBEDDED:
            unfolded(page)
        if width == PHONE:
            found["too small for a thumb"] = page.evaluate(TOO_SMALL, 24)
        if axe:
            page.evaluate(FOLDS, True)
            shown(page)
            found[f"words of unfolded figures at {width}"] = page.evaluate(WORDS)
            found[f"axe at {width}"] = serious(page) if width != TABLET else []
            page.evaluate(FOLDS, False)
            shown(page)
    return {what: wrong for what, wrong in found.items() if wrong}


A4 = (595, 842)
"""Points."""


def letters(text: str) -> str:
    """Return text without its spaces and ligatures: in a PDF the first are distances, the second letters of their own."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def faults_on_paper(page: Page, *said: str) -> dict[str, object]:
    """Print a page on A4 and return what is wrong with it: sizes, figures cut between two sheets, words that are missing or too many.

    `said`: what the sheets must say.
    """
    shown(page)
    figures = page.locator(".js-plotly-plot").evaluate_all(
        """(all) => all.map((one) => [...one.querySelectorAll('.annotation-text')].map((text) => text.textContent))
            .map((texts) => [texts.at(-2), texts.at(-1)])"""
    )
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    sheets = PdfReader(io.BytesIO(data)).pages
    texts = [letters(sheet.extract_text()) for sheet in sheets]
    found = {
        "sizes": {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} - {A4},
        "cut between two sheets": [
            title
            for title, line in figures
            if not any(letters(title) in text and letters(line) in text for text in texts)
        ],
        "last words": [] if "Dataversion" in texts[-1] else ["without the data version"],
        "controls": ["Clear all filters"] if "Clearallfilters" in "".join(texts) else [],
        "not said": [words for words in said if letters(words) not in "".join(texts)],
    }
    return {what: wrong for what, wrong in found.items() if wrong}
