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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running():
    """Start the dashboard on the real tables; give its address, and end it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATASETS_DIR", "REPORTS_DIR")}
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
    """Give the address of a running dashboard."""
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """Give a browser."""
    with browser() as started:
        yield started


@pytest.fixture
def visitor(chromium, dashboard):
    """Give a function that opens a page of the dashboard in a fresh browser profile; other hosts are a failure."""
    contexts, strangers = [], []

    def open_page(path="/", **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 1000}, "base_url": dashboard} | options)
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        own = (dashboard, dashboard.replace("http", "ws"), "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(own) else strangers.append(request.url))
        page.goto(path)
        page.get_by_role("heading", level=1).first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == [], "requests to other hosts"
