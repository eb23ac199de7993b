"""How long until a reader sees something, and how many bytes that takes: in Chromium with an empty cache."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Playwright, sync_playwright

CHROMIUMS = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Look:
    """One look: seconds until something was visible, bytes received until then, as they were sent."""

    seconds: float
    bytes: int


def chromium(play: Playwright) -> Browser:
    """Start the system's Chromium, else the one that Playwright installed."""
    return play.chromium.launch(executable_path=next(filter(os.path.exists, CHROMIUMS), None), args=ARGUMENTS)


def look(browser: Browser, address: str, selector: str) -> Look:
    """Open an address with an empty cache and wait until the selector is visible."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    try:
        page = context.new_page()
        received: list[float] = []

        def of_socket(frame: dict[str, Any]) -> None:
            # Frames of bytes come as base64.
            received.append(len(frame["response"]["payloadData"]) * 3 / 4)

        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda loaded: received.append(loaded["encodedDataLength"]))
        network.on("Network.webSocketFrameReceived", of_socket)
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(selector).first.wait_for(state="visible", timeout=60_000)
        return Look(time.perf_counter() - start, int(sum(received)))
    finally:
        context.close()


def looks(asked: Mapping[str, tuple[str, str]], runs: int) -> dict[str, list[Look]]:
    """Look at each page (name to address and selector) in turn, `runs` times, after one look that does not count."""
    found: dict[str, list[Look]] = {name: [] for name in asked}
    with sync_playwright() as play:
        browser = chromium(play)
        for address, selector in asked.values():
            look(browser, address, selector)
        for _ in range(runs):
            for name, (address, selector) in asked.items():
                found[name].append(look(browser, address, selector))
        browser.close()
    return found
