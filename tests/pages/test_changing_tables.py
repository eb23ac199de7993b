"""Tables that change, break and are mended while the dashboard runs, against a real server; errors that nobody caught.

A visit speaks Streamlit's own protocol over its websocket, as the page does: a rerun takes a tenth of a second and everything
that the reader would be told comes back. `Served` and `Visit` serve other test files too.
"""

import os
import re
import subprocess
import sys
import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import ROOT, small
from tests.support.server import of, serving, text_of
from validation import load
from validation.models import REFERENCE, SCHEMAS, UNVERSIONED

LOOK = 1.1
"""Seconds after which the next rerun or question must see a change."""

one_server = pytest.mark.xdist_group("changing-tables")
faulty_server = pytest.mark.xdist_group("faulty")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return small.write(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def served(tables, tmp_path_factory):
    """One server for this file; every test leaves it with good tables."""
    with serving(tables, tmp_path_factory.mktemp("log") / "log") as server:
        yield server


def settled(server, folder):
    """Wait until the server shows the tables of the folder; give their version."""
    version = load(folder).version
    for _ in range(50):
        health = server.ask("/api/v1/health").json()
        if (health["data_version"], health["findings"]) == (version, 0):
            return version
        time.sleep(0.1)
    raise AssertionError(health)


def shown_version(told):
    return set(re.findall(r"Data version (v[0-9a-f]{12})", text_of(told)))


def edition(number):
    """Return the rows of `changes.csv` for the n-th edition, to tell one good version from another."""
    return [*small.ROWS["changes"], f"2026-02-{number % 28 + 1:02},claims,,Edition {number},,,More"]


CLAIMS = ",".join(SCHEMAS["claims"].columns).encode()
BANNER = "The newest data has an error, so the last good version is shown. "
BREAKS = {
    "cut off in its last cell": (
        "claims.csv", lambda data: data[:-3],
        "claims.csv, line 4: the last line has no end, as if the file were cut off. See whether its last cell is whole",
    ),
    "truncated": (
        "claims.csv", lambda data: data[:-40],
        "claims.csv, line 4: the row has 15 cells, the header has 21.",
    ),
    "empty": ("claims.csv", lambda data: b"", "claims.csv, line 1: the file is empty."),
    "binary": (
        "places.csv", lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        "places.csv, line 1, 1: byte 0x89 is not UTF-8.",
    ),
    "other header": (
        "vague_quantities.csv", lambda data: data.replace(b"word,", b"Wort,"),
        "vague_quantities.csv, line 1, Wort: the column “Wort” is not known.",
    ),
    "latin-1": (
        "sources.csv", lambda data: data.replace(b"A title", b"Un caf\xe9"),
        "sources.csv, line 2, 53: byte 0xe9 is not UTF-8.",
    ),
    "utf-16": (
        "events.csv", lambda data: data.decode().encode("utf-16"),
        "events.csv, line 1, 1: byte 0xff is not UTF-8.",
    ),
    "deleted": (
        "events.csv", None,
        "events.csv: the file is missing.",
    ),
    "half written": (
        "claims.csv", lambda data: CLAIMS + b'\npaper-2019-07-12-01,paper-2019-07-12,3,"900 peo',
        "claims.csv, line 2: the quoted cell does not end.",
    ),
    "a reference that does not hold": (
        "claims.csv", lambda data: data.replace(b",monitor,", b",nobody,"),
        "claims.csv, line 2, attributed_to: “nobody” is not in organisations.csv.",
    ),
}  # fmt: skip


def broken(folder, name, change):
    """Break a table; give what mends it."""
    path = folder / name
    kept = path.read_bytes()
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(kept))
    return lambda: path.write_bytes(kept)


SLOW = ("truncated", "binary", "utf-16", "latin-1", "other header", "a reference that does not hold")


@one_server
@pytest.mark.parametrize("way", [pytest.param(way, marks=[pytest.mark.slow] if way in SLOW else []) for way in BREAKS])
def test_broken_tables_leave_the_last_good_version_under_a_banner_until_they_are_mended(served, tables, way):
    name, change, fault = BREAKS[way]
    version = settled(served, tables)
    with served.visit() as visit:
        before = served.ask("/api/v1/claims.csv")
        assert (of(visit.run(), "warning"), before.status) == ([], 200)

        mend = broken(tables, name, change)
        time.sleep(LOOK)
        told, after = visit.run(), served.ask("/api/v1/claims.csv")
        health = served.ask("/api/v1/health")
        mend()
        [warning] = of(told, "warning")
        assert warning[: len(BANNER + fault)] == BANNER + fault
        assert shown_version(told) == {version}
        assert "Showing all 3 claims" in text_of(told)
        assert (after.status, after.body, after.headers["etag"]) == (200, before.body, before.headers["etag"])
        assert (health.status, health.json()["data_version"], health.json()["findings"] > 0) == (200, version, True)

        small.write(tables, changes=edition(list(BREAKS).index(way)))
        mended = load(tables).version
        time.sleep(LOOK)
        told = visit.run()
        assert (of(told, "warning"), shown_version(told)) == ([], {mended})
        assert served.ask("/api/v1/claims.csv").headers["etag"].startswith(f'"{mended}-')
        assert mended != version


@one_server
@pytest.mark.parametrize("by", ["a rerun", "a question to the API"])
def test_a_valid_change_is_picked_up_by_the_first_that_comes_a_second_later(served, tables, by):
    settled(served, tables)
    with served.visit() as visit:
        small.write(tables, changes=edition(21 if by == "a rerun" else 22))
        version = load(tables).version
        time.sleep(LOOK)
        if by == "a rerun":
            assert shown_version(visit.run()) == {version}
        else:
            assert served.ask("/api/v1/health").json()["data_version"] == version


@one_server
def test_every_table_gone_at_once_leaves_the_last_good_version(served, tables):
    settled(served, tables)
    with served.visit() as visit:
        before = shown_version(visit.run())
        hidden = tables.rename(tables.with_name("hidden"))
        time.sleep(LOOK)
        told, status = visit.run(), served.ask("/api/v1/claims.json").status
        hidden.rename(tables)
        assert (shown_version(told), status, len(of(told, "warning"))) == (before, 200, 1)
        time.sleep(LOOK)
        assert of(visit.run(), "warning") == []


@one_server
def test_a_reference_table_broken_meanwhile_takes_down_only_what_needs_it(served, tables):
    settled(served, tables)
    with served.visit() as visit:
        mend = broken(tables, "series.csv", lambda data: b"")
        time.sleep(LOOK)
        paths = (
            "claims.csv",
            "sources.json",
            "claims/paper-2019-07-12-01",
            "series.csv",
            "observations.json",
            "datapackage.zip",
        )
        status = {path: served.ask(f"/api/v1/{path}").status for path in paths}
        warned = {page: of(visit.run(page=page), "warning") for page in ("", "casualties", "sources", "data", "events")}
        card = of(visit.run(page="data", query="claim=paper-2019-07-12-01"), "warning")
        mend()
        time.sleep(LOOK)
        again = of(visit.run(page="events"), "warning")
    assert list(status.values()) == [200, 200, 200, 503, 503, 503]
    told = [
        "The published counts hold a fault and are not shown. series.csv, line 1: the file is empty. Write the header, then the rows."
    ]
    assert warned == {"": told, "casualties": told, "sources": [], "data": [], "events": told}
    assert card == told
    assert again == []


@one_server
def test_a_broken_table_of_evidence_stops_nothing(served, tables):
    settled(served, tables)
    with served.visit() as visit:
        mend = broken(tables, "evidence.csv", lambda data: b"\xff" * 1000)
        time.sleep(LOOK)
        told, status = visit.run(), served.ask("/api/v1/claims.csv").status
        mend()
    assert (of(told, "warning"), of(told, "exception"), status) == ([], [], 200)
    assert "Showing all 3 claims" in text_of(told)


RUBBISH = {
    "rows with too few cells": "rubbish,rubbish\n",
    "rows with as many cells as columns": ",".join(["=x"] * len(SCHEMAS["claims"].columns)) + "\n",
    "the same good row": small.ROWS["claims"][0] + "\n",
}


SLOW_TO_READ = ("rows with as many cells as columns", "the same good row")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.slow] if kind in SLOW_TO_READ else []) for kind in RUBBISH]
)
def test_a_million_rows_of_rubbish_are_refused_within_bounds_of_time_and_memory(tmp_path, kind):
    """30 seconds of processor and 2 GB for the whole program; more would take a small server down."""
    folder = small.write(tmp_path)
    with (folder / "claims.csv").open("w", encoding="utf-8") as file:
        file.write(CLAIMS.decode() + "\n")
        for _ in range(1_000):
            file.write(RUBBISH[kind] * 1_000)
    program = (
        "import resource, sys\n"
        "from validation import load\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (8 * 2**30,) * 2)\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "record = load(sys.argv[1])\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(record.good, sum(f.file == 'claims.csv' for f in record.findings) > 0, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr[-300:]) == (0, "")
    good, named, seconds, gigabytes = done.stdout.split()
    assert (good, named, float(seconds) < 30, float(gigabytes) < 2) == ("False", "True", True, True), done.stdout


@one_server
def test_while_a_huge_table_is_read_others_are_answered_with_the_last_good_version(served, tables):
    version = settled(served, tables)
    path = tables / "claims.csv"
    kept = path.read_bytes()
    path.write_bytes(CLAIMS + b"\n" + b"rubbish,rubbish\n" * 200_000)
    time.sleep(LOOK)
    first = threading.Thread(target=served.ask, args=("/api/v1/health",))
    first.start()
    time.sleep(0.2)
    waited, versions = [], set()
    try:
        for _ in range(5):
            begun = time.monotonic()
            versions.add(served.ask("/api/v1/health").json()["data_version"])
            waited.append(time.monotonic() - begun)
        with served.visit() as visit:
            begun = time.monotonic()
            versions |= shown_version(visit.run())
            waited.append(time.monotonic() - begun)
    finally:
        path.write_bytes(kept)
        first.join()
    assert versions == {version}
    assert max(waited) < 2


def test_a_page_never_mixes_two_versions(tmp_path, monkeypatch):
    """The tables change in the middle of a run: all of the page speaks of one version, the next run of the other."""
    from app_pages.parts import filters

    small.write(tmp_path)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    monkeypatch.setattr("validation.current.SECONDS_BETWEEN_LOOKS", 0.0)
    row, first = filters.row, load(tmp_path).version

    def row_then_change():
        row()
        small.write(tmp_path, claims=small.ROWS["claims"][2:])

    monkeypatch.setattr(filters, "row", row_then_change)
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    assert not app.exception
    told = "\n".join(str(element.value) for element in app.caption)
    assert "Showing all 3 claims" in told
    footer = "\n".join(element.proto.body for element in app.get("html"))
    assert set(re.findall(r"Data version (v[0-9a-f]{12})", footer)) == {first}


def test_started_on_broken_tables_it_says_exactly_that_and_recovers_when_they_are_mended(tmp_path):
    folder = small.write(tmp_path / "tables", vague_quantities=["hundreds,1e400,999"])
    (folder / "changes.csv").write_bytes(b"")
    with serving(folder, tmp_path / "log") as server, server.visit() as visit:
        for page in ("", "data"):
            told = visit.run(page=page)
            assert of(told, "heading") == ["The tables cannot be shown"]
            assert [text for text in of(told, "markdown") if text.startswith("- ")] == [
                "- changes.csv, line 1: the file is empty. Write the header, then the rows.",
                "- vague_quantities.csv, line 2, low: “1e400” is not a whole number. Write digits only, no separators; leave unknown blank.",
            ]
            assert (of(told, "exception"), of(told, "error")) == ([], [])
        answers = {
            path: server.ask(f"/api/v1/{path}") for path in ("claims.csv", "sources.json", "openapi.json", "health")
        }
        assert {path: answer.status for path, answer in answers.items()} == dict.fromkeys(answers, 503)
        assert {answers[path].headers["content-type"] for path in ("claims.csv", "sources.json", "openapi.json")} == {
            "application/problem+json"
        }
        assert answers["claims.csv"].json()["detail"].startswith("The tables cannot be served: changes.csv, line 1")
        assert answers["health"].json()["data_version"] is None

        small.write(folder)
        time.sleep(LOOK)
        told = visit.run()
        assert "Showing all 3 claims" in text_of(told)
        assert shown_version(told) == {load(folder).version}
        assert (server.ask("/api/v1/health").status, server.ask("/api/v1/claims.csv").status) == (200, 200)


def test_started_without_a_folder_it_names_every_table_and_recovers(tmp_path):
    folder = tmp_path / "tables"
    with serving(folder, tmp_path / "log") as server, server.visit() as visit:
        missing = [text for text in of(visit.run(), "markdown") if text.startswith("- ")]
        assert server.ask("/api/v1/health").status == 503
        small.write(folder)
        time.sleep(LOOK)
        assert "Showing all 3 claims" in text_of(visit.run())
    blocking = sorted(set(SCHEMAS) - {*UNVERSIONED, *REFERENCE})
    assert missing == [
        "- about.toml: the file is missing. Put it back, or write one as datasets/about.toml is.",
        *(f"- {name}.csv: the file is missing. Put it back, or make one with the header only." for name in blocking),
    ]


BREAKAGE = """
import dataclasses
import analysis.lineage, exports.citations, exports.files, validation.dictionary

def broken(*arguments, **named):
    raise RuntimeError("a secret of /root/secret.txt")

analysis.lineage.cells = broken
exports.citations.passage_link = broken
ris, *rest = exports.citations.FORMATS
exports.citations.FORMATS = (dataclasses.replace(ris, write=broken), *rest)
validation.dictionary.dictionary = broken
"""
INSIDE = r"secret|Traceback|RuntimeError|/root|/work|site-packages"
SENTENCE = r"Something went wrong on this page, and it is our fault\. Reload it; if it happens again, report the error id ([0-9a-f]{8})\."


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A server in which some functions fail: Python runs `sitecustomize` before anything else."""
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "sitecustomize.py").write_text(BREAKAGE, encoding="utf-8")
    environment = {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    with serving(small.write(folder / "tables"), folder / "log", environment=environment) as server:
        yield server


def assert_in_log(server, error_id):
    """The id stands in the log, with the traceback of what happened beside it."""
    said = server.said()
    assert said.count(f"error {error_id}") == 1
    assert "RuntimeError: a secret of /root/secret.txt" in said.split(f"error {error_id}")[1]


@faulty_server
@pytest.mark.parametrize(("page", "query"), [("sources", ""), ("method", ""), ("", "claim=paper-2019-07-12-01")])
def test_an_uncaught_error_is_one_plain_sentence_with_an_id_that_stands_in_the_log(faulty, page, query):
    with faulty.visit() as visit:
        told = visit.run(query, page)
    assert of(told, "exception") == []
    [sentence] = of(told, "error")
    assert_in_log(faulty, re.fullmatch(SENTENCE, sentence)[1])
    assert not re.search(INSIDE, text_of(told))


@faulty_server
def test_an_error_of_the_api_is_a_problem_with_an_id_that_stands_in_the_log(faulty):
    answer = faulty.ask("/api/v1/claims/paper-2019-07-12-01/citation.ris")
    told = answer.json()
    assert (answer.status, answer.headers["content-type"]) == (500, "application/problem+json")
    error_id = re.fullmatch(r"Something went wrong, and it is our fault\. Error id ([0-9a-f]{8})\.", told["detail"])[1]
    assert_in_log(faulty, error_id)
    assert set(told) == {"type", "title", "status", "detail"}


@faulty_server
def test_the_reader_of_a_browser_sees_the_sentence_and_nothing_of_the_inside(faulty, chromium):
    context = chromium.new_context(base_url=faulty.address)
    page = context.new_page()
    try:
        page.goto("/sources")
        alert = page.get_by_test_id("stAlert")
        alert.wait_for()
        assert re.fullmatch(SENTENCE, alert.inner_text().strip())
        assert_in_log(faulty, re.search(r"[0-9a-f]{8}", alert.inner_text())[0])
        assert not re.search(INSIDE, page.content())
        assert page.get_by_test_id("stException").count() == 0
    finally:
        context.close()


@faulty_server
def test_a_file_that_cannot_be_made_is_said_so_and_nothing_of_the_inside(faulty, chromium):
    """The file is made outside of a run of the page: Streamlit's own sentence, and with the next run one with the error id."""
    context = chromium.new_context(base_url=faulty.address)
    page = context.new_page()
    try:
        page.goto("/data")
        page.get_by_role("button", name="RIS", exact=True).click()
        page.get_by_text("Failed to generate file for download").first.wait_for()
        page.get_by_role("link", name="Casualties", exact=True).click()
        page.get_by_role("heading", name="People killed, injured and missing").wait_for()
        said = page.get_by_test_id("stAlert").inner_text().strip()
        error_id = re.fullmatch(
            r"A file could not be made, and it is our fault\. Try again; if it happens again, report the error id ([0-9a-f]{8})\.",
            said,
        )[1]
        assert_in_log(faulty, error_id)
        assert not re.search(INSIDE, page.content())
    finally:
        context.close()
