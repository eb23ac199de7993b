"""How long until a reader sees something: headline numbers and the first figure, in Chromium with an empty cache."""

import statistics
import time
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def look(browser: Browser, address: str, selector: str) -> float:
    """Open an address with an empty cache; return the seconds until the selector is visible."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    try:
        page = context.new_page()
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(selector).first.wait_for(state="visible", timeout=60_000)
        return time.perf_counter() - start
    finally:
        context.close()


def medians(asked: Mapping[str, tuple[str, str]], runs: int) -> dict[str, float]:
    """Look at each page (name to address and selector) in turn, `runs` times; return the median seconds of each."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    with sync_playwright() as play:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        for address, selector in asked.values():
            look(browser, address, selector)
        for _ in range(runs):
            for name, (address, selector) in asked.items():
                found[name].append(look(browser, address, selector))
        browser.close()
    return {name: statistics.median(times) for name, times in found.items()}
