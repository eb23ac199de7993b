"""A browser that looks at the dashboard: started once, opened for a visit, and what a reader does there, each waiting for its effect."""

from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError

from dashboard import PAGES

CHROMIUM = "/usr/bin/chromium"


ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@contextmanager
def browser():
    """Start the system's Chromium, else the one that Playwright installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        started = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


class Window:
    """A page of a browser; whatever asks another host, opens a dialog or fails in a script of the page is kept in `wrong`."""

    def __init__(self, chromium, address, **options):
        self.wrong = []
        self._context = chromium.new_context(base_url=address, **options)
        self._context.set_default_timeout(20_000)
        self.page = self._context.new_page()
        own = (address, address.replace("http", "ws"), "data:", "blob:")
        self.page.on("request", lambda asked: None if asked.url.startswith(own) else self.wrong.append(asked.url))
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def opens(self, path, viewport, color_scheme):
        """Open a page as a reader who comes for the first time would: nothing is left of another visit."""
        self.page.set_viewport_size(viewport or {"width": 1280, "height": 1000})
        self.page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion="no-preference")
        self.page.mouse.move(0, 0)
        self.page.goto(path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page

    def leaves(self):
        """Forget the visit; give what went wrong, and whether markup of a table was executed.

        The page stays until the next one is opened: from an empty one Chromium would begin anew.
        """
        hacked = self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); return window.hacked; }")
        self._context.clear_cookies()
        wrong, self.wrong = self.wrong, []
        return wrong + ["a text of a table was executed"] * (hacked is not None)

    def close(self):
        self._context.close()


@contextmanager
def visits(chromium, windows, address):
    """Return a function that opens a page at an address; whatever went wrong on one of them is a failure.

    A window goes from test to test: what Chromium has compiled for a page it keeps with the window, and the next page is there for a
    third of the processor time. Only what cannot be changed later (`options`) and a second page of a test need a new one.
    """
    opened = []

    def open_page(path="/", viewport=None, color_scheme="light", **options):
        window = None if options else windows.pop(address, None)
        window = window or Window(chromium, address, **options)
        opened.append((window, not options))
        return window.opens(path, viewport, color_scheme)

    yield open_page
    wrong = []
    for window, for_others in opened:
        wrong += window.leaves()
        if for_others and address not in windows:
            windows[address] = window
        else:
            window.close()
    assert wrong == []


PATHS = [f"/{address}" for _, _, _, address, _ in PAGES]


def with_slow(paths, always, *more):
    """Return the paths as parameters, those that are not tried always marked as slow: every page is tried by `make test-all`."""
    return [pytest.param(path, *more, marks=[] if path in always else [pytest.mark.slow]) for path in paths]


def settled(page):
    """Wait until the script of the page has run."""
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(300)


def into_view(page, locator):
    """Scroll to an element once the page stands; one that Streamlit puts in its place meanwhile is found again."""
    settled(page)
    locator.wait_for()
    locator.evaluate("element => element.scrollIntoView({block: 'center'})")
    settled(page)
    return locator


def hovered(page, mark):
    """Hover a mark and give what is shown; a figure that is drawn again meanwhile has lost the pointer, so it comes again."""
    into_view(page, mark)
    shown = page.locator(".hovertext").first
    for _ in range(4):
        mark.hover(force=True)
        with suppress(TimeoutError):
            shown.wait_for(timeout=5_000)
            return shown.text_content()
        page.mouse.move(0, 0)
    raise AssertionError("hovering shows nothing")


def unfolded(page):
    """Wait for the filters of a phone, which stand under the title."""
    page.get_by_role("button", name="Clear all filters").wait_for()


def listed(page, box, name=None):
    """Open a list and give its option; a run that ends late or a scroll closes it, and only an arrow opens it again."""
    option = page.get_by_role("option", name=name).first
    settled(page)
    box.click(delay=100)
    for _ in range(3):
        with suppress(TimeoutError):
            option.wait_for(timeout=4_000)
            return option
        box.press("ArrowDown")
    option.wait_for()
    return option


def filter_named(page, label):
    """Return a filter with what is chosen in it."""
    return page.get_by_test_id("stMultiSelect").filter(has=page.get_by_role("combobox", name=label))


def choose(page, label, option):
    """Choose an option of a filter, and see that it stands there."""
    one = filter_named(page, label)
    listed(page, one.get_by_role("combobox"), option).click()
    settled(page)
    page.keyboard.press("Escape")
    one.get_by_text(option, exact=True).first.wait_for()


def taken(page, button):
    """Press a button that gives a file; give its name and its bytes."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def select_row(page, table, row):
    """Click the box before a row of a table drawn on a canvas."""
    box = table.bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 52 + 35 * row)
    settled(page)


def drawn(page):
    """Wait until every figure is drawn at the width that the page has now; give how many there are.

    A page that is laid out anew for another width has none for a moment.
    """
    for _ in range(8):
        page.wait_for_function(
            """() => {
                const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
                return charts.length && !document.querySelector('[data-testid=stSkeleton]') && charts.every((chart) => {
                    const drawn = chart.querySelector('.main-svg');
                    return drawn && Math.abs(drawn.getBoundingClientRect().width - chart.getBoundingClientRect().width) < 3;
                });
            }"""
        )
        page.wait_for_timeout(400)
        if count := page.locator(".js-plotly-plot").count():
            break
    return count


def shown(page):
    """Wait until the page stands as a reader sees it."""
    page.get_by_text("Claims are quoted as published").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    settled(page)
    if page.get_by_test_id("stPlotlyChart").count():
        drawn(page)
