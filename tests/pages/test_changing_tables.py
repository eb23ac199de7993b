"""Tables that change, break and are mended while the dashboard runs, against a real server; errors that nobody caught.

A visit speaks Streamlit's own protocol over its websocket, as the page does: a rerun takes a tenth of a second and everything
that the reader would be told comes back.
"""

import re
from contextlib import ExitStack

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import small
from tests.support.changing import assert_last_good_version_stays, broken, edition, settled, shown_version, watching
from tests.support.faulty import INSIDE, SENTENCE, assert_in_log
from tests.support.server import of, readers, text_of
from validation import load
from validation.models import REFERENCE, SCHEMAS, UNVERSIONED


@pytest.fixture
def tables(small_server):
    return small_server.log.with_name("tables")


@pytest.fixture
def served(small_server, tables):
    """The server that other files ask too; every test leaves it with good tables, this puts back the same."""
    yield small_server
    small.write(tables)


@pytest.mark.parametrize("way", ["cut off in its last cell", "empty", "deleted", "half written"])
def test_broken_tables_leave_the_last_good_version_under_a_banner_until_they_are_mended(served, tables, way):
    assert_last_good_version_stays(served, tables, way)


@pytest.mark.parametrize("by", ["a rerun", "a question to the API"])
def test_a_valid_change_is_picked_up_by_the_first_that_comes(served, tables, by):
    settled(served, tables)
    with served.visit() as visit:
        small.write(tables, changes=edition(21 if by == "a rerun" else 22))
        version = load(tables).version
        if by == "a rerun":
            assert shown_version(visit.run()) == {version}
        else:
            assert served.ask("/api/v1/health").json()["data_version"] == version


def test_every_table_gone_at_once_leaves_the_last_good_version(served, tables):
    settled(served, tables)
    with served.visit() as visit:
        before = shown_version(visit.run())
        hidden = tables.rename(tables.with_name("hidden"))
        told, status = visit.run(), served.ask("/api/v1/claims.json").status
        hidden.rename(tables)
        assert (shown_version(told), status, len(of(told, "warning"))) == (before, 200, 1)
        assert of(visit.run(), "warning") == []


def test_a_reference_table_broken_meanwhile_takes_down_only_what_needs_it(served, tables):
    settled(served, tables)
    with served.visit() as visit:
        mend = broken(tables, "series.csv", lambda data: b"")
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
        again = of(visit.run(page="events"), "warning")
    assert list(status.values()) == [200, 200, 200, 503, 503, 503]
    told = [
        "The published counts hold a fault and are not shown. series.csv, line 1: the file is empty. Write the header, then the rows."
    ]
    assert warned == {"": told, "casualties": told, "sources": [], "data": [], "events": told}
    assert card == told
    assert again == []


def test_a_broken_table_of_evidence_stops_nothing(served, tables):
    settled(served, tables)
    with served.visit() as visit:
        mend = broken(tables, "evidence.csv", lambda data: b"\xff" * 1000)
        told, status = visit.run(), served.ask("/api/v1/claims.csv").status
        mend()
    assert (of(told, "warning"), of(told, "exception"), status) == ([], [], 200)
    assert "Showing all 3 claims" in text_of(told)


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


def test_started_without_a_folder_it_names_every_table_then_what_is_broken_in_them_recovers_and_ends_while_readers_are_there(tmp_path):  # fmt: skip
    folder = tmp_path / "tables"
    with ExitStack() as there, watching(folder, tmp_path / "log") as server:
        visit = there.enter_context(server.visit())
        missing = [text for text in of(visit.run(), "markdown") if text.startswith("- ")]
        assert server.ask("/api/v1/health").status == 503
        blocking = sorted(set(SCHEMAS) - {*UNVERSIONED, *REFERENCE})
        assert missing == [
            "- about.toml: the file is missing. Put it back, or write one as datasets/about.toml is.",
            *(
                f"- {name}.csv: the file is missing. Put it back, or make one with the header only."
                for name in blocking
            ),
        ]

        small.write(folder, vague_quantities=["hundreds,1e400,999"])
        (folder / "changes.csv").write_bytes(b"")
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
        told = visit.run()
        assert "Showing all 3 claims" in text_of(told)
        assert shown_version(told) == {load(folder).version}
        assert (server.ask("/api/v1/health").status, server.ask("/api/v1/claims.csv").status) == (200, 200)

        readers(server, there)
    assert "Traceback" not in server.said()
    with pytest.raises(OSError, match="refused"):
        server.ask("/_stcore/health")


@pytest.mark.parametrize(("page", "query"), [("sources", ""), ("method", ""), ("", "claim=paper-2019-07-12-01")])
def test_an_uncaught_error_is_one_plain_sentence_with_an_id_that_stands_in_the_log(faulty, page, query):
    with faulty.visit() as visit:
        told = visit.run(query, page)
    assert of(told, "exception") == []
    [sentence] = of(told, "error")
    assert_in_log(faulty, re.fullmatch(SENTENCE, sentence)[1])
    assert not re.search(INSIDE, text_of(told))


def test_an_error_of_the_api_is_a_problem_with_an_id_that_stands_in_the_log(faulty):
    answer = faulty.ask("/api/v1/claims/paper-2019-07-12-01/citation.ris")
    told = answer.json()
    assert (answer.status, answer.headers["content-type"]) == (500, "application/problem+json")
    error_id = re.fullmatch(r"Something went wrong, and it is our fault\. Error id ([0-9a-f]{8})\.", told["detail"])[1]
    assert_in_log(faulty, error_id)
    assert set(told) == {"type", "title", "status", "detail"}
