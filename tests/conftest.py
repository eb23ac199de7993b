"""Fixtures that several test files share: a running dashboard, and a browser to look at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(autouse=True)
def no_folders_from_outside(monkeypatch):
    """Tests bring their own tables and texts, whatever the environment names."""
    monkeypatch.delenv("DATASETS_DIR", raising=False)
    monkeypatch.delenv("REPORTS_DIR", raising=False)


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Let one worker run all tests that look at the running dashboard: the server and the browser are started once."""
    for item in items:
        if "dashboard" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("dashboard"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(script="dashboard.py", options=(), **folders):
    """Start the dashboard on the real tables, or another script on the folders of its environment; give its address, and end it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATASETS_DIR", "REPORTS_DIR")}
    environment |= {name: str(folder) for name, folder in folders.items()}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310
                break
            except OSError:
                time.sleep(0.2)
        else:
            server.terminate()
            raise RuntimeError(f"the dashboard did not start: {server.stderr.read().decode()[-2000:]}")
        try:
            yield address
        finally:
            server.terminate()
            server.wait(timeout=10)


@contextmanager
def browser():
    """Start the system's Chromium, else the one that Playwright installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        started = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def dashboard():
    """Return the address of a running dashboard."""
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """Return a browser."""
    with browser() as started:
        yield started


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


@pytest.fixture(scope="session")
def windows():
    """Hold the windows that are free, by the address that they show."""
    return {}


@pytest.fixture
def visitor(chromium, windows, dashboard):
    """Return a function that opens a page of the dashboard."""
    with visits(chromium, windows, dashboard) as open_page:
        yield open_page
