"""Tables and links that mean harm: on a page they are plain text; nothing runs, nothing is fetched. More pages in `tests/slow/`."""

import csv
import io
import re
import urllib.parse

import pytest

from tests.support.browser import hovered, listed, open_folds, runs_by, settled, visits
from tests.support.hostile import ALIVE, EVIL, TEXTS, WORD, assert_plain, hostile
from tests.support.server import serving
from validation import load

hostile_server = pytest.mark.xdist_group("hostile")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    dataset = load(hostile(folder / "tables"))
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    with serving(folder / "tables", folder / "log") as server:
        yield server


@pytest.fixture
def visitor(chromium, windows, served):
    """Open a page and wait until it stands; whatever runs, asks another host or opens a dialog of the browser is a failure."""
    with visits(chromium, windows, served.address) as open_page:

        def settled_page(path="/"):
            page = open_page(path)
            settled(page)
            return page

        yield settled_page


@hostile_server
def test_hostile_texts_and_links_are_plain_text_on_the_page_in_its_folds_where_a_mark_is_hovered_and_in_filters(
    visitor,
):
    link = "<script>hacked=true</script><img src=x onerror=hacked=true>[x](javascript:hacked=true)"
    page = visitor(f"/casualties?claim={urllib.parse.quote(link)}")
    warning, title = page.get_by_text("This link names a claim"), page.get_by_role("heading", level=1)
    warning.wait_for()
    assert warning.bounding_box()["y"] < title.bounding_box()["y"]
    open_folds(page)
    assert_plain(page, *TEXTS, "This link names a claim that does not exist: <script>hacked=true</script><img src=x onerror=hacked=true>")  # fmt: skip
    mark = page.locator(".scatterlayer .point").first
    assert "<imgsrc=xonerror=hacked=true>" in re.sub(r"\s", "", hovered(page, mark))
    assert page.evaluate(ALIVE) == []
    source = page.get_by_role("combobox", name="Source")
    listed(page, source)
    assert page.evaluate(ALIVE) == []
    runs_by(page, lambda: listed(page, source).click())
    assert page.evaluate(ALIVE) == []


@hostile_server
def test_hostile_texts_are_plain_text_in_the_card_on_the_front_page(visitor):
    page = visitor("/?claim=paper-2019-07-12-02")
    page.get_by_role("dialog").get_by_text("Limitations", exact=True).wait_for()
    open_folds(page)
    assert_plain(page, *TEXTS, WORD, "<script>hacked=true</script>", "$$\\frac{y}{z}$$", "&lt;b&gt;", "**d**", "# e")
    link = page.get_by_role("link", name="Open the report at the passage").get_attribute("href")
    assert link.startswith("https://example.org/a#:~:text=20%20deaths")
    assert re.fullmatch(r"[!-~]+", link)


@hostile_server
def test_hostile_texts_are_plain_text_where_nothing_is_left(visitor):
    name = f"Raid of 2019 {EVIL}"
    page = visitor(f"/events?event={urllib.parse.quote(name)}&indicator=Displaced")
    page.get_by_text("No claims about").first.wait_for()
    open_folds(page)
    assert_plain(page, f"No claims about “{name}” match.")


@hostile_server
def test_hostile_texts_stay_as_they_are_in_what_readers_take_away(served):
    rows = list(csv.DictReader(io.StringIO(served.ask("/api/v1/claims.csv").body.decode(), newline="")))
    assert [row["wording"] for row in rows] == [f"{wording} {WORD}" for wording in ("900 people", "20 deaths", "hundreds of families")]  # fmt: skip
    linked = served.ask("/api/v1/claims/paper-2019-07-12-01", accept="application/ld+json")
    assert linked.headers["content-type"] == "application/ld+json"
    assert linked.headers["x-content-type-options"] == "nosniff"
    assert linked.json()["appearance"]["headline"] == f"A title {EVIL}"
