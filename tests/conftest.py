"""Fixtures that several test files share: a running dashboard, and a browser to look at it."""

import gc
import os
import sys

import pytest

# What these fixtures need is loaded by those who ask for them: the ring of the tables needs no browser and no server.


@pytest.fixture(autouse=True)
def no_folders_from_outside(monkeypatch):
    """Tests bring their own tables and texts, whatever the environment names."""
    monkeypatch.delenv("DATASETS_DIR", raising=False)
    monkeypatch.delenv("REPORTS_DIR", raising=False)


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    """Let one worker run all tests that look at the same dashboard: a server and the browser are started once."""
    for item in items:
        for name in ("dashboard", "small_server", "at_desk"):
            if name in item.fixturenames:
                item.add_marker(pytest.mark.xdist_group(name))


def pytest_configure():
    """Look for garbage seldom, as the tables of a thousand tests are looked through each time; keep what is compiled, for workers and servers too."""
    gc.set_threshold(100_000)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


@pytest.fixture(scope="session")
def dashboard():
    """Return the address of a running dashboard."""
    from tests.support.server import running

    with running() as address:
        yield address


@pytest.fixture(scope="session")
def small_server(tmp_path_factory):
    """Return a dashboard on the small tables, looked at whenever it is asked; a test that changes them puts them back."""
    from tests.support import small
    from tests.support.changing import watching
    from tests.support.faulty import breakable

    folder = tmp_path_factory.mktemp("small")
    with watching(small.write(folder / "tables"), folder / "log", **breakable(folder)) as server:
        yield server


@pytest.fixture
def faulty(small_server):
    """Return that dashboard while some of its functions fail."""
    from tests.support.faulty import failing

    with failing(small_server) as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    """Return a browser."""
    from tests.support.browser import browser

    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def windows():
    """Hold the window that is free."""
    return []


@pytest.fixture
def visitor(chromium, windows, dashboard):
    """Return a function that opens a page of the dashboard."""
    from tests.support.browser import visits

    with visits(chromium, windows, dashboard) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def desk_server(tmp_path_factory):
    """Return the folder of a desk, and its address."""
    from tests.support.desk import desk, renew

    folder = renew(tmp_path_factory.mktemp("desk"))
    with desk(folder) as address:
        yield folder, address


@pytest.fixture
def at_desk(desk_server, chromium, windows):
    """Return the hands of somebody at a desk that was never used."""
    from tests.support.browser import window
    from tests.support.desk import Hands, renew

    folder, address = desk_server
    with window(chromium, windows, address) as one:
        one.page.set_viewport_size({"width": 1280, "height": 900})
        yield Hands(one, renew(folder))
