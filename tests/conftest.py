"""Fixtures that several test files share: a running dashboard, and a browser to look at it."""

import pytest

from tests.support import small
from tests.support.browser import browser, visits
from tests.support.server import running, serving


@pytest.fixture(autouse=True)
def no_folders_from_outside(monkeypatch):
    """Tests bring their own tables and texts, whatever the environment names."""
    monkeypatch.delenv("DATASETS_DIR", raising=False)
    monkeypatch.delenv("REPORTS_DIR", raising=False)


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Let one worker run all tests that look at the same dashboard: a server and the browser are started once."""
    for item in items:
        for name in ("dashboard", "small_server"):
            if name in item.fixturenames:
                item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture(scope="session")
def dashboard():
    """Return the address of a running dashboard."""
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def small_server(tmp_path_factory):
    """Return a dashboard on the small tables, which no test changes."""
    folder = tmp_path_factory.mktemp("small")
    with serving(small.write(folder / "tables"), folder / "log") as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    """Return a browser."""
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def windows():
    """Hold the windows that are free, by the address that they show."""
    return {}


@pytest.fixture
def visitor(chromium, windows, dashboard):
    """Return a function that opens a page of the dashboard."""
    with visits(chromium, windows, dashboard) as open_page:
        yield open_page
