"""Tables and links that mean harm, on the pages that are not tried each time, and many times over."""

import os
import re
from pathlib import Path

import pytest

from tests.support import small
from tests.support.browser import open_folds, settled, visits
from tests.support.hostile import TEXTS, assert_plain, hostile
from tests.support.links import LINKS
from tests.support.server import serving


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with serving(hostile(folder / "tables"), folder / "log") as server:
        yield server


@pytest.mark.xdist_group("hostile-pages")
@pytest.mark.parametrize("path", ["/", "/displacement", "/events", "/places", "/sources", "/data", "/method"])
def test_hostile_texts_are_plain_text_on_every_page(chromium, windows, hostile_server, path):
    with visits(chromium, windows, hostile_server.address) as open_page:
        page = open_page(path)
        settled(page)
        open_folds(page)
        assert_plain(page, *(TEXTS if path not in ("/data", "/method") else []))


def memory(server):
    """Return the megabytes that a process holds."""
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8"))[1]) / 1024  # fmt: skip


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read from /proc")
def test_hostile_links_do_not_fill_the_memory(tmp_path):
    rounds = int(os.environ.get("LINKS", "20"))
    queries = [query for query, _ in LINKS.values()]
    with serving(small.write(tmp_path / "tables"), tmp_path / "log") as server:

        def visit_all(times):
            for number in range(times):
                with server.visit() as visit:
                    visit.run(queries[number % len(queries)])
                server.ask(f"/api/v1/claims.csv?{number}={'a' * 15_000}")

        visit_all(len(queries))
        before = memory(server)
        visit_all(rounds)
        grown = memory(server) - before
    assert grown < 40, f"{grown:.0f} MB for {rounds} links"
