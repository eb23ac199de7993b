"""Pictures of every page in three widths and two themes, from the running dashboard: `make pictures`.

Why: pages are looked at before they are called done, and the README shows what is there now. All pictures go to
`docs/pictures/all/`, which is not kept; those of the README stand beside it and are kept. Not here: any judgement (`test_drawn.py`).
"""

from playwright.sync_api import Browser, FloatRect, Page

from tests.support import ROOT
from tests.support.browser import PATHS, Theme, Window, browser, settled
from tests.support.server import running

FOLDER = ROOT / "docs" / "pictures"
WIDTHS: tuple[int, ...] = (1280, 768, 390)
THEMES: tuple[Theme, ...] = ("light", "dark")
README = {"overview": 1060, "places": 790}
"""Picture of the README to its height in pixels."""


def opened(started: Browser, address: str, path: str, width: int, theme: Theme) -> Page:
    """Open a page and wait until its figures are drawn."""
    page = Window(started, address).opens(path, {"width": width, "height": 1000}, theme)
    settled(page)
    tall = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": tall})
    settled(page)
    return page


def main() -> None:
    """Take all pictures and say where they are."""
    (FOLDER / "all").mkdir(parents=True, exist_ok=True)
    with running() as address, browser() as started:
        for theme in THEMES:
            for width in WIDTHS:
                for path in PATHS:
                    page = opened(started, address, path, width, theme)
                    name = path.strip("/") or "overview"
                    page.screenshot(path=FOLDER / "all" / f"{name}-{width}-{theme}.png")
                    if (width, theme) == (WIDTHS[0], THEMES[0]) and name in README:
                        clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": README[name]}
                        page.screenshot(path=FOLDER / f"{name}.png", clip=clip)
                    page.context.close()
    print(
        f"{len(PATHS) * len(WIDTHS) * len(THEMES)} pictures in {FOLDER / 'all'}, {len(README)} of the README in {FOLDER}"
    )


if __name__ == "__main__":
    main()
