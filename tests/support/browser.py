"""A browser that looks at the dashboard: started once, opened for a visit, and what a reader does there, each waiting for its effect."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Dialog, Locator, Page, Request, TimeoutError, ViewportSize

from dashboard import PAGES

CHROMIUMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]
"""Those of Debian; the first has no windows to keep, so a page costs less processor time."""
Theme = Literal["light", "dark"]


ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # A page is looked at for seconds: to compile its scripts further, to forget what was compiled, to sweep in several threads, or to draw
    # it in several, costs more than it gives.
    *(
        "--js-flags=--no-opt --no-maglev --no-flush-bytecode --single-threaded-gc --min-semi-space-size=16",
        "--num-raster-threads=1",
        "--disable-threaded-animation",
        "--disable-threaded-scrolling",
    ),
]


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, else the one that Playwright installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = next(filter(os.path.exists, CHROMIUMS), None)
        started = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


class Window:
    """A page of a browser; whatever asks another host, opens a dialog or fails in a script of the page is kept in `wrong`."""

    def __init__(self, chromium: Browser, address: str, **options: Any) -> None:
        self.address, self.wrong = address, list[str]()
        self._context = chromium.new_context(**options)
        self._context.set_default_timeout(20_000)
        self._context.add_init_script(RUNS)
        self.page = self._context.new_page()
        self.page.on("request", self._asked)
        self.page.on("dialog", self._dismiss)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.wrong.append(request.url)

    def _dismiss(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def opens(self, path: str, viewport: ViewportSize | None, color_scheme: Theme) -> Page:
        """Open a page as a reader who comes for the first time would: nothing is left of another visit."""
        self.page.set_viewport_size(viewport or {"width": 1280, "height": 1000})
        self.page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion="no-preference")
        self.page.mouse.move(0, 0)
        self.page.goto(self.address + path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page

    def leaves(self) -> list[str]:
        """Forget the visit; give what went wrong, and whether markup of a table was executed.

        The page stays until the next one is opened: from an empty one Chromium would begin anew.
        """
        hacked = self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); return window.hacked; }")
        self._context.clear_cookies()
        wrong, self.wrong = self.wrong, []
        return wrong + ["a text of a table was executed"] * (hacked is not None)

    def close(self) -> None:
        self._context.close()


@contextmanager
def window(chromium: Browser, windows: list[Window], address: str) -> Iterator[Window]:
    """Give a window that shows what is at an address; whatever went wrong in it is a failure.

    One window goes from test to test and from server to server: what Chromium has compiled for a page it keeps with the window, and the
    next page is there for a third of the processor time.
    """
    one = windows.pop() if windows else Window(chromium, address)
    one.address, one.wrong = address, []
    yield one
    wrong = one.leaves()
    windows.append(one)
    assert wrong == []  # no request to another host, no dialog, no fault of a script


@contextmanager
def visits(chromium: Browser, windows: list[Window], address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page at an address, in the window that is there, and in one of its own where it is another browser (`options`)."""
    others: list[Window] = []
    with window(chromium, windows, address) as one:

        def open_page(
            path: str = "/", viewport: ViewportSize | None = None, color_scheme: Theme = "light", **options: Any
        ) -> Page:
            if options:
                others.append(Window(chromium, address, **options))
            return (others[-1] if options else one).opens(path, viewport, color_scheme)

        yield open_page
    wrong = [fault for other in others for fault in other.leaves()]
    for other in others:
        other.close()
    assert wrong == []


PATHS = [f"/{address}" for _, _, _, address, _ in PAGES]


RUNS = """(() => {
    // A message of Streamlit names its kind by the first field after its hash (1) and what belongs to it (2).
    const kind = (bytes) => {
        for (let at = 0; at < bytes.length;) {
            const field = bytes[at] >> 3;
            if (field > 2) { return [field, bytes[at + 1]]; }
            let size = 0, shift = 0;
            do { size |= (bytes[++at] & 127) << shift; shift += 7; } while (bytes[at] & 128);
            at += size + 1;
        }
        return [];
    };
    const runs = window.runs = {asked: 0, begun: 0, over: 0};
    for (const act of ['pointermove', 'pointerdown', 'pointerup', 'touchstart', 'click', 'wheel', 'keydown', 'keyup', 'input', 'change',
        'focusin', 'focusout', 'scroll', 'resize', 'popstate']) {
        window.addEventListener(act, () => { window.looks = 0; }, {capture: true, passive: true});
    }
    window.WebSocket = class extends WebSocket {
        constructor(...named) {
            super(...named);
            this.addEventListener('message', async ({data}) => {
                const at = performance.now();
                const [field, status] = kind(new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data));
                if (field === 4) { runs.begun = at; }
                if (field === 6 && status !== 2) { runs.over = at; }  // 2: it ended early, for the next one
            });
        }
        send(data) {
            if (new Uint8Array(data)[0] >> 3 === 11) { runs.asked = performance.now(); }
            super.send(data);
        }
    };
})()"""
"""Notes when the page asked for a run of its script, when the last one began and ended, and that a reader did something."""
STANDS = """() => {
    const {asked, begun, over} = window.runs;
    if (!over || asked > begun || begun > over) { window.looks = 0; return false; }
    const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
    const plots = charts.map((chart) => chart.querySelector('.js-plotly-plot'));
    const drawn = charts.every((chart, at) => {
        const picture = plots[at]?._fullLayout && !plots[at]._transitioning && plots[at].querySelector('.main-svg');
        return picture && Math.abs(picture.getBoundingClientRect().width - chart.getBoundingClientRect().width) < 3;
    });
    const ready = drawn && document.querySelector('[data-test-script-state=notRunning]') && !document.querySelector('[data-testid=stSkeleton]');
    const now = [over, innerWidth, innerHeight, document.body.getElementsByTagName('*').length, document.querySelector('[data-testid=stMain]').scrollTop,
        ...plots.flatMap((plot) => [plot?._fullLayout, plot?._fullData, plot?.getBoundingClientRect().top])];
    const same = ready && window.stood?.length === now.length && now.every((each, at) => each === window.stood[at]);
    [window.stood, window.looks] = [now, same ? (window.looks || 0) + 1 : 0];
    return window.looks >= 3;
}"""
"""Whether every run that was asked for has ended, every figure is drawn at its width, and three looks at the page saw the same.

Where nobody has done anything since it stood, one more look is enough.
"""


UNSETTLED = """() => ({...window.runs, looks: window.looks, stood: String(window.stood), width: innerWidth,
    script: document.querySelector('[data-test-script-state]')?.dataset.testScriptState,
    skeletons: document.querySelectorAll('[data-testid=stSkeleton]').length,
    charts: [...document.querySelectorAll('[data-testid=stPlotlyChart]')].map((chart) => {
        const plot = chart.querySelector('.js-plotly-plot'), width = (one) => one?.getBoundingClientRect().width;
        return [chart.closest('[class*=st-key-chart-]')?.className, width(chart), width(plot?.querySelector('.main-svg')), plot?._transitioning];
    })})"""
"""What a page that does not stand waits for: runs of its script, figures and their widths."""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
"""Lets the page draw twice: what watches its width has seen it then, however busy the machine is."""


def settled(page: Page) -> None:
    """Wait until the page stands: what is done to it then is not lost."""
    page.evaluate(FRAMES)
    try:
        page.wait_for_function(STANDS, polling=50)
    except TimeoutError as error:
        raise AssertionError(f"the page does not stand: {page.evaluate(UNSETTLED)}") from error


def until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait until something outside the page is so, as what it writes to a file."""
    for _ in range(400):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited in vain")


def into_view(page: Page, locator: Locator) -> Locator:
    """Scroll to an element once the page stands."""
    locator.wait_for()
    settled(page)
    locator.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
    settled(page)
    return locator


def hovered(page: Page, mark: Locator) -> str:
    """Hover a mark and give what is shown."""
    into_view(page, mark).hover(force=True)
    shown = page.locator(".hovertext").first
    shown.wait_for()
    return shown.text_content() or ""


def unfolded(page: Page) -> None:
    """Wait for the filters of a phone, which stand under the title."""
    page.get_by_role("button", name="Clear all filters").wait_for()


def open_folds(page: Page) -> None:
    """Open every fold of the page."""
    settled(page)
    page.evaluate(
        "() => document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary').forEach((each) => each.click())"
    )
    settled(page)


def listed(page: Page, box: Locator, name: str | None = None) -> Locator:
    """Open a list by its arrow key and give its option; a page that moves after that, as it does for who enters the box, closes it."""
    settled(page)
    box.focus()
    settled(page)
    box.press("ArrowDown")
    option = page.get_by_role("option", name=name).first
    option.wait_for()
    return option


def filter_named(page: Page, label: str) -> Locator:
    """Return a filter with what is chosen in it."""
    return page.get_by_test_id("stMultiSelect").filter(has=page.get_by_role("combobox", name=label))


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a filter, and see that it stands there."""
    one = filter_named(page, label)
    listed(page, one.get_by_role("combobox"), option).click()
    one.get_by_text(option, exact=True).first.wait_for()
    settled(page)
    page.keyboard.press("Escape")


def taken(page: Page, button: Locator) -> tuple[str, bytes]:
    """Press a button that gives a file; give its name and its bytes."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def runs_by(page: Page, act: Callable[[], object]) -> None:
    """Do what makes the script run, and wait until it has."""
    settled(page)
    before = page.evaluate("() => window.runs.asked")
    act()
    page.wait_for_function("(before) => window.runs.asked > before", arg=before, polling=50)
    settled(page)


def select_row(page: Page, table: Locator, row: int) -> None:
    """Choose a row of a table by its keys: the table is drawn on a canvas, and only a reader of a screen has its cells."""
    settled(page)
    table.locator("canvas").first.focus()  # a table that had no focus yet goes to its first cell
    cell = table.locator(f"[id^=glide-cell-][id$='-{row}']").first
    table.locator("[id^=glide-cell-][aria-selected=true]").wait_for(state="attached")
    cell.focus()
    cell.and_(page.locator("[aria-selected=true]")).wait_for(state="attached")
    runs_by(page, lambda: page.keyboard.press("Shift+Space"))


def drawn(page: Page) -> int:
    """Wait until every figure is drawn at the width that the page has now; give how many there are."""
    page.locator(".js-plotly-plot").first.wait_for()
    settled(page)
    return page.locator(".js-plotly-plot").count()


def shown(page: Page) -> None:
    """Wait until the page stands as a reader sees it, down to its last words."""
    page.get_by_text("Claims are quoted as published").wait_for()
    settled(page)
