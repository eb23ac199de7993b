"""The data API: what it answers, what it refuses and how it says so; read back by the programs that people use."""

import dataclasses
import gzip
import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import bibtexparser
import openpyxl
import pandas as pd
import pytest
import rispy
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from analysis.selection import CHOSEN_BY
from exports import api, citations, files
from exports.answers import SMALLEST_COMPRESSED
from exports.files import Export
from exports.formats import Format, by_ending
from tests.support import ROOT, small
from validation import current, load
from validation.memo import Memo
from validation.models import READERS_CLAIMS, SCHEMAS
from validation.vocabulary import FIRES, SERIES_KINDS, codes


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A small record that no test changes: what is made of it is made once."""
    return small.write(tmp_path_factory.mktemp("record"), **small.PUBLISHED)


@pytest.fixture(scope="module")
def started():
    with TestClient(api.application(), base_url="http://127.0.0.1") as asking:
        yield asking


@pytest.fixture
def client(started, record, monkeypatch):
    """Somebody who asks a server with the small record as its tables, looked at on every question."""
    monkeypatch.setenv("DATASETS_DIR", str(record))
    monkeypatch.setattr(current, "SECONDS_BETWEEN_LOOKS", 0.0)
    return started


@pytest.fixture
def folder(client, tmp_path, monkeypatch):
    """A small record of the test's own as the tables of the server: to change it, or where nothing may be made yet."""
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    return small.write(tmp_path, **small.PUBLISHED)


@pytest.fixture
def written(folder, monkeypatch):
    """The files that were written since the test began, in turn."""
    made, write = [], files.as_file

    def count(dataset, name, rows, ending, **about):
        made.append(f"{name}.{ending}")
        return write(dataset, name, rows, ending, **about)

    monkeypatch.setattr(files, "as_file", count)
    return made


def serve(dataset, monkeypatch, **bounds):
    """Serve a record that keeps no more than the bounds."""
    bounded = dataclasses.replace(dataset, _memo=Memo(**bounds))
    monkeypatch.setattr(api, "known", lambda: current.Current(bounded, bounded, datetime.now(UTC)))


def ids(response):
    column = "observation_id" if "observations" in str(response.url) else "claim_id"
    return [row[column] for row in response.json()["records"]]


@pytest.mark.parametrize("name", api.TABLES)
@pytest.mark.parametrize("ending", list(by_ending(files.FORMATS)))
def test_every_table_comes_in_every_format_with_the_same_rows(client, record, name, ending):
    response = client.get(f"/api/v1/{name}.{ending}")
    assert (response.status_code, response.headers["content-type"]) == (
        200,
        by_ending(files.FORMATS)[ending].media_type,
    )
    data = io.BytesIO(response.content)
    read = {
        "csv": lambda: pd.read_csv(data),
        "json": lambda: pd.DataFrame(response.json()["records"]),
        "parquet": lambda: pd.read_parquet(data),
        "xlsx": lambda: pd.DataFrame(
            (rows := list(openpyxl.load_workbook(data)["data"].iter_rows(values_only=True)))[1:], columns=rows[0]
        ),
    }[ending]()
    dataset = load(record)
    columns = list((READERS_CLAIMS if name == "claims" else SCHEMAS[name]).columns)
    kept = dataset.table(name)
    assert len(read) == len(kept)
    if len(kept):
        assert list(read.columns) == columns
        assert read[columns[0]].tolist() == kept[columns[0]].tolist()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("claims.json", ["paper-2019-07-12-01", "paper-2019-07-12-02", "post-2020-01-05-01"]),
        ("claims.json?source=post-2020-01-05", ["post-2020-01-05-01"]),
        (
            "claims.json?source=post-2020-01-05&source=paper-2019-07-12&year=2019",
            ["paper-2019-07-12-01", "paper-2019-07-12-02"],
        ),
        ("claims.json?place=north", ["paper-2019-07-12-01", "paper-2019-07-12-02", "post-2020-01-05-01"]),
        ("claims.json?place=town", ["post-2020-01-05-01"]),
        ("claims.json?event=raid-2019", ["paper-2019-07-12-02"]),
        ("claims.json?event=not%20known", ["paper-2019-07-12-01", "post-2020-01-05-01"]),
        ("claims.json?attributed=paper", []),
        ("claims.json?indicator=displaced&group=all", ["post-2020-01-05-01"]),
        ("claims.json?indicator=injured", []),
        ("observations.json?source=s-1&year=2020", ["s-1-02"]),
        ("observations.json?attributed=monitor&place=syria&indicator=killed&group=all", ["s-1-01", "s-1-02"]),
        ("observations.json?place=town", []),
        ("observations.json?event=raid-2019", []),
    ],
)
def test_filters_choose_as_the_dashboard_does(client, question, expected):
    response = client.get(f"/api/v1/{question}")
    assert (response.status_code, ids(response), response.json()["count"]) == (200, expected, len(expected))


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("claims.json", {}),
        ("claims.json?year=2020&place=town&year=2019&year=2020", {"year": ["2019", "2020"], "place": ["town"]}),
        ("observations.json?kind=estimate&source=s-1", {"source": ["s-1"], "kind": ["estimate"]}),
        ("places.json", {}),
    ],
)
def test_an_answer_in_json_says_by_which_filter(client, question, chosen):
    assert client.get(f"/api/v1/{question}").json()["filter"] == chosen


SINGLE = small.count(
    observation_id="single", series_id="", organisation_id="post", measure="incident", place_id="town", event_id="raid-2019",
    by_fire="government", kind="estimate", period_start="", period_end="2019-06-22",
)  # fmt: skip
FLED = small.count(observation_id="fled", series_id="", indicator="displaced", by_fire="", unit="movements")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("by_fire=government", ["single"]),
        ("by_fire=all&by_fire=government", ["s-1-01", "s-1-02", "single"]),
        ("by_fire=opposition", []),
        ("kind=estimate", ["single"]),
        ("kind=documented&indicator=displaced", ["fled"]),
        ("source=not%20known", ["fled", "single"]),
        ("source=s-1&source=not%20known&by_fire=government", ["single"]),
        ("attributed=post", ["single"]),
        ("place=north&event=raid-2019&year=2019&group=all", ["single"]),
        ("event=not%20known&year=2019", ["fled", "s-1-01"]),
    ],
)
def test_published_counts_are_chosen_by_their_own_columns(client, folder, filters, expected):
    counts = sorted([*small.PUBLISHED["observations"], SINGLE, FLED])
    small.write(folder, series=small.PUBLISHED["series"], observations=counts)
    assert ids(client.get(f"/api/v1/observations.json?{filters}")) == expected


@pytest.mark.parametrize(
    ("question", "parameter", "value", "allowed"),
    [
        ("claims.csv?colour=red", "colour", "red", list(CHOSEN_BY)),
        ("claims.csv?source=", "source", "", ["paper-2019-07-12", "post-2020-01-05"]),
        ("claims.csv?source=Paper%202019", "source", "Paper 2019", ["paper-2019-07-12", "post-2020-01-05"]),
        ("claims.csv?year=1999", "year", "1999", ["2019", "2020", "not known"]),
        ("claims.csv?year=2019&year=x", "year", "x", ["2019", "2020", "not known"]),
        ("observations.json?source=paper-2019-07-12", "source", "paper-2019-07-12", ["s-1", "not known"]),
        ("observations.csv?by_fire=not%20known", "by_fire", "not known", codes(FIRES)),
        ("observations.csv?kind=guess", "kind", "guess", codes(SERIES_KINDS)),
        ("claims.csv?by_fire=government", "by_fire", "government", list(CHOSEN_BY)),
        ("claims.csv?place=" + "a" * 201, "place", "a" * 100, ["north", "syria", "town", "not known"]),
        ("claims.csv?" + "b" * 300 + "=1", "b" * 100, "1", list(CHOSEN_BY)),
        ("claims.csv?place=%ff%00%E2%80%AE", "place", "\ufffd\0\u202e", ["north", "syria", "town", "not known"]),
        ("sources.csv?year=2019", "year", "2019", []),
        ("datapackage.json?x=1", "x", "1", []),
        ("claims/post-2020-01-05-01?x=1", "x", "1", []),
    ],
)
def test_what_is_not_known_is_refused_by_name_with_what_is_allowed(client, question, parameter, value, allowed):
    response = client.get(f"/api/v1/{question}")
    told = response.json()
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert [told[name] for name in ("status", "title", "parameter", "value", "allowed")] == [
        400, "Bad Request", parameter, value, allowed,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address", re.findall(r"^/api/v1/\S+$", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.M)
)
def test_the_addresses_of_the_guide_answer(started, address):
    response = started.get(address)
    assert (response.status_code, len(response.content) > 100) == (200, True)


def test_too_many_parameters_are_refused(client):
    response = client.get("/api/v1/claims.csv?" + "&".join(["year=2019"] * 501))
    assert (response.status_code, response.json()["detail"]) == (400, "More than 500 parameters.")


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/v1", "/v1/", "/v1/claims", "/v1/claims.pdf", "/v1/claims.csv/", "/v1/CLAIMS.csv", "/v2/claims.csv",
        "/v1/changes.csv", "/v1/tables/nothing.csv", "/v1/tables/claims.json", "/v1/claims/nobody", "/v1/claims/",
        "/v1/claims/post-2020-01-05-01/citation.pdf", "/v1/claims/nobody/citation.ris", "/v1/..%2f..%2fetc/passwd", "/v1/claims/%C2%94%0A%C2%83", "/%0A",
        "/v1/tables/..%2fsources.csv",
    ],
)  # fmt: skip
def test_an_unknown_address_is_a_problem_and_never_a_page(client, path):
    response = client.get(f"/api{path}")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert response.json()["status"] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["claims.csv", "claims/post-2020-01-05-01", "openapi.json", "datapackage.zip"])
def test_other_methods_are_refused_with_those_allowed(client, method, path):
    response = client.request(method, f"/api/v1/{path}")
    assert (response.status_code, response.headers["content-type"]) == (405, "application/problem+json")
    assert sorted(response.headers["allow"].split(", ")) == ["GET", "HEAD"]


def test_head_gives_the_head_of_the_answer_and_no_body(client):
    full = client.get("/api/v1/claims.csv", headers={"accept-encoding": "identity"})
    head = client.head("/api/v1/claims.csv", headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content, head.headers) == (200, b"", full.headers)
    assert int(head.headers["content-length"]) == len(full.content)


def test_an_answer_says_who_may_read_it_and_what_it_is(client, record):
    headers = client.get("/api/v1/claims.csv").headers
    version = load(record).version
    assert {name: headers[name] for name in ("access-control-allow-origin", "x-content-type-options", "content-disposition", "cache-control")} == {
        "access-control-allow-origin": "*", "x-content-type-options": "nosniff",
        "content-disposition": f'attachment; filename="small-claims-3-rows-{version}.csv"',
        "cache-control": "public, max-age=1, must-revalidate",
    }  # fmt: skip
    assert headers["etag"].startswith(f'"{version}-')


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_a_reader_who_knows_the_answer_gets_304_without_a_body(client, known):
    tag = client.get("/api/v1/claims.csv").headers["etag"]
    response = client.get("/api/v1/claims.csv", headers={"if-none-match": known.format(tag)})
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)


def test_another_question_or_another_version_has_another_tag(client, folder):
    first = client.get("/api/v1/claims.csv").headers["etag"]
    assert client.get("/api/v1/claims.csv?year=2019").headers["etag"] != first
    small.write(folder, changes=[], **small.PUBLISHED)
    changed = client.get("/api/v1/claims.csv", headers={"if-none-match": first})
    assert (changed.status_code, changed.headers["etag"] != first) == (200, True)


def test_the_same_filters_in_another_order_are_one_question(client, written):
    one = client.get("/api/v1/claims.csv?year=2019&source=paper-2019-07-12&year=2020")
    other = client.get("/api/v1/claims.csv?source=paper-2019-07-12&year=2020&year=2019&year=2020")
    assert one.headers["etag"] == other.headers["etag"]
    assert written == ["claims.csv"]


@pytest.mark.parametrize(
    ("accepted", "packed"), [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False), ("", False)]
)  # fmt: skip
def test_an_answer_is_compressed_for_those_who_take_it(client, accepted, packed):
    with client.stream("GET", "/api/v1/claims.csv", headers={"accept-encoding": accepted}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers.get("content-encoding") == ("gzip" if packed else None)
    assert response.headers["etag"].endswith('-gzip"') is packed
    assert (gzip.decompress(raw) if packed else raw).startswith(b"claim_id,")


def test_a_claim_comes_with_everything_known_of_it(client):
    told = client.get("/api/v1/claims/paper-2019-07-12-01").json()
    assert [told["claim"]["best"], told["source"]["short_name"], told["organisation"]["name"], told["evidence"]["state"]] == [
        900, "Paper 2019", "The Monitor", "unchecked",
    ]  # fmt: skip
    assert [part["claim_id"] for part in told["parts"]] == ["paper-2019-07-12-02"]
    assert told["how_to_say_it"].startswith(
        "“900 people” killed in North (February 2019 to July 2019), according to The Monitor"
    )
    assert told["permalink"] == "/?claim=paper-2019-07-12-01"
    third = client.get("/api/v1/claims/post-2020-01-05-01").json()
    assert [third["caveats"], third["via"], third["event"], third["part_of"]] == [
        [{"caveat_id": "period_unclear", "label": "Period not stated", "definition": "No beginning is given.", "detail": "No date."}],
        None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("accept", "linked"),
    [
        ("application/ld+json", True), ("application/ld+json, application/json;q=0.9", True), ("application/json", False),
        ("*/*", False), ("application/ld+json;q=0.1, application/json", False), ("application/ld+json;q=0", False), ("", False),
        ("application/ld+json;q=x", False),
    ],
)  # fmt: skip
def test_a_claim_is_linked_data_for_those_who_ask(client, accept, linked):
    response = client.get("/api/v1/claims/paper-2019-07-12-01", headers={"accept": accept})
    assert response.headers["content-type"] == ("application/ld+json" if linked else "application/json")
    assert response.headers["vary"] == "Accept-Encoding, Accept"
    assert ("@type" in response.json()) is linked


def test_linked_data_names_who_claims_and_where_it_appeared_and_rates_nothing(client):
    told = client.get("/api/v1/claims/paper-2019-07-12-01", headers={"accept": "application/ld+json"}).json()
    assert [told["@type"], told["author"]["name"], told["appearance"]["publisher"]["name"], told["temporalCoverage"]] == [
        "Claim", "The Monitor", "The Paper", "2019-02/2019-07",
    ]  # fmt: skip
    assert not {"reviewRating", "claimReviewed", "review", "aggregateRating"} & set(told)


def test_without_good_tables_the_routes_say_so_and_recover(client, folder):
    broken = folder / "claims.csv"
    kept = broken.read_bytes()
    broken.write_bytes(b"")
    response = client.get("/api/v1/sources.csv")
    assert (response.status_code, response.headers["content-type"], response.headers["retry-after"]) == (
        503, "application/problem+json", "5",
    )  # fmt: skip
    assert response.json()["detail"].startswith("The tables cannot be served: claims.csv, line 1: the file is empty.")
    broken.write_bytes(kept)
    assert client.get("/api/v1/sources.csv").status_code == 200


def test_tables_broken_later_leave_the_last_good_version(client, folder):
    before = client.get("/api/v1/claims.csv")
    (folder / "claims.csv").write_bytes(b"\xff\xfe")
    after = client.get("/api/v1/claims.csv")
    assert (after.status_code, after.content) == (200, before.content)


def test_a_broken_reference_takes_down_only_what_needs_it(client, folder):
    (folder / "observations.csv").write_bytes(b"")
    status = {path: client.get(f"/api/v1/{path}").status_code for path in (
        "claims.csv", "claims/paper-2019-07-12-01", "sources.json", "dataset.jsonld", "openapi.json", "tables/claims.csv",
        "observations.csv", "series.json", "tables/observations.csv", "datapackage.json", "datapackage.zip",
    )}  # fmt: skip
    assert [path for path, code in status.items() if code == 503] == [
        "observations.csv", "series.json", "tables/observations.csv", "datapackage.json", "datapackage.zip",
    ]  # fmt: skip
    assert set(status.values()) == {200, 503}


def test_rows_that_a_format_cannot_hold_are_a_problem(client, folder, monkeypatch):
    monkeypatch.setattr(files, "MAX_ROWS_OF_XLSX", 2)
    response = client.get("/api/v1/claims.xlsx")
    assert (response.status_code, response.json()["title"]) == (400, "Bad Request")


def test_breaks_of_series_are_answered_with_their_series_as_source(tmp_path):
    small.write(tmp_path, breaks=["s-1,2019-03,older deaths added"], **small.PUBLISHED)
    found = Export(load(tmp_path), "breaks", load(tmp_path).table("breaks"))
    assert ("breaks" in api.TABLES, found.sources["series_id"].tolist()) == (True, ["s-1"])


def test_a_slow_answer_keeps_no_other_question_waiting(client, folder, monkeypatch):
    begun, go, write = threading.Event(), threading.Event(), files.as_file

    def slow(dataset, name, rows, ending, **about):
        if ending == "xlsx":
            begun.set()
            go.wait(5)
        return write(dataset, name, rows, ending, **about)

    monkeypatch.setattr(files, "as_file", slow)
    quick = [f"{name}.{ending}" for name in api.TABLES for ending in ("csv", "json")]
    quick += ["claims.csv?year=2019", "claims/post-2020-01-05-01"]
    with ThreadPoolExecutor(max_workers=len(quick) + 1) as pool:
        waiting = pool.submit(client.get, "/api/v1/claims.xlsx")
        assert begun.wait(5)
        answers = list(pool.map(lambda question: client.get(f"/api/v1/{question}").status_code, quick))
        assert (answers, waiting.done()) == ([200] * len(quick), False)
        go.set()
        assert waiting.result().status_code == 200


def test_kept_answers_stay_within_their_bound_and_the_oldest_goes_first(client, folder, written, monkeypatch):
    names = ["sources.csv", "organisations.csv", "places.csv", "events.csv", "caveats.csv"]
    plain = {"accept-encoding": "identity"}
    sizes = [len(client.get(f"/api/v1/{name}", headers=plain).content) for name in names]
    assert max(sizes) < SMALLEST_COMPRESSED
    serve(load(folder), monkeypatch, max_bytes=sum(sizes[-3:]))
    written.clear()
    for name in [*names, *names[-3:], names[0]]:
        assert client.get(f"/api/v1/{name}").status_code == 200
    assert written == [*names, names[0]]


def test_an_answer_larger_than_the_bound_is_sent_and_not_kept(client, folder, written, monkeypatch):
    serve(load(folder), monkeypatch, max_bytes=10)
    bodies = {client.get("/api/v1/sources.csv").content for _ in range(2)}
    assert (len(bodies), written) == (1, ["sources.csv"] * 2)


def test_kept_answers_are_bounded_in_number_however_small_they_are(client, folder, written, monkeypatch):
    serve(load(folder), monkeypatch, max_entries=3)
    names = ["sources.csv", "organisations.csv", "places.csv", "events.csv", "caveats.csv"]
    for name in [*names, *names[-3:], names[0]]:
        assert client.get(f"/api/v1/{name}").status_code == 200
    assert written == [*names, names[0]]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("series.xlsx", "series-1-row-{}.xlsx"), ("claims.csv?place=town&year=2020", "claims-2020-town-1-row-{}.csv"),
        ("observations.json?by_fire=government", "observations-the-government-0-rows-{}.json"), ("tables/claims.csv", "table-claims-{}.csv"), ("datapackage.json", "datapackage-{}.json"),
        ("datapackage.zip", "datapackage-{}.zip"), ("dataset.jsonld", "dataset-{}.jsonld"),
        ("claims/post-2020-01-05-01", "post-2020-01-05-01-{}.json"),
        ("claims/post-2020-01-05-01/citation.ris", "post-2020-01-05-01-{}.ris"),
    ],
)  # fmt: skip
def test_every_file_is_named_with_the_version_and_may_be_read_by_any_page_and_be_known(client, record, path, name):
    answer = client.get(f"/api/v1/{path}")
    said = name.format(load(record).version)
    assert answer.headers["content-disposition"] == f'attachment; filename="small-{said}"'
    assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get(f"/api/v1/{path}", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_health_may_be_read_by_any_page(client):
    assert client.get("/api/v1/health").headers["access-control-allow-origin"] == "*"


def test_a_value_that_is_too_long_is_told_so(client):
    told = client.get(f"/api/v1/claims.csv?source={'x' * 201}").json()
    assert (told["detail"].partition(".")[0], told["value"]) == ("The value is longer than 200 characters", "x" * 100)


def test_a_citation_of_a_claim_reads_back_by_the_programs_that_people_use(client):
    address = "/api/v1/claims/post-2020-01-05-01/citation"
    [ris] = rispy.loads(client.get(f"{address}.ris").text)
    library = bibtexparser.parse_string(client.get(f"{address}.bib").text)
    [csl] = client.get(f"{address}.json").json()
    assert (ris["title"], ris["date"], library.failed_blocks, library.entries[0].key, csl["title"], csl["issued"]) == (
        "Another title", "2020/01/05/", [], "post-2020-01-05", "Another title", {"date-parts": [[2020, 1, 5]]},
    )  # fmt: skip


def test_the_parts_of_a_claim_keep_their_bound_their_period_and_their_speaker(client):
    [part] = client.get("/api/v1/claims/paper-2019-07-12-01").json()["parts"]
    whole = client.get("/api/v1/claims/paper-2019-07-12-02").json()["claim"]
    assert part == whole


@pytest.mark.parametrize("name", ["places", "organisations", "events", "caveats"])
def test_a_workbook_without_reports_of_its_own_names_none(client, name):
    sheets = openpyxl.load_workbook(io.BytesIO(client.get(f"/api/v1/{name}.xlsx").content))
    assert sheets["sources"].max_row == 1


def test_a_workbook_of_series_names_the_series_as_its_sources(client):
    sheets = openpyxl.load_workbook(io.BytesIO(client.get("/api/v1/series.xlsx").content))
    assert [row[0].value for row in sheets["sources"]] == ["series_id", "s-1"]


def test_an_answer_is_built_once_and_forgotten_with_its_record(client, folder, written):
    first = [client.get("/api/v1/events.csv").headers["etag"] for _ in range(3)]
    assert (len(set(first)), written) == (1, ["events.csv"])
    small.write(folder, changes=[], **small.PUBLISHED)
    assert client.get("/api/v1/events.csv").headers["etag"] != first[0]
    assert written == ["events.csv"] * 2


def asked_for(told, path):
    """The parameters of a path, by name."""
    names = [parameter["$ref"].rpartition("/")[2] for parameter in told["paths"][path]["parameters"]]
    return {parameter["name"]: parameter for parameter in (told["components"]["parameters"][name] for name in names)}


def values_of(client, described):
    """The values of a parameter, by following what the document says of them."""
    items, about = described["schema"]["items"], described["description"]
    if "enum" in items:
        return items["enum"]
    if named := re.search(r"`(\w+)` of (/\w+\.json)", about):
        values = [row[named[1]] for row in client.get(f"/api/v1{named[2]}").json()["records"]]
    else:
        assert "years of the data" in about
        rows = [
            *client.get("/api/v1/claims.json").json()["records"],
            *client.get("/api/v1/observations.json").json()["records"],
        ]
        values = sorted({row["period_end"][:4] for row in rows if row["period_end"]})
    return [*values, *re.findall(r"or `(.*?)`", about)]


def test_the_document_describes_every_route_with_the_ids_of_now(client):
    told = client.get("/api/v1/openapi.json").json()
    assert {f"/{name}.{ending}" for name in api.TABLES for ending in by_ending(files.FORMATS)} <= set(told["paths"])
    for path in told["paths"]:
        asked = path.replace("{claim_id}", "paper-2019-07-12-01").replace("{observation_id}", "s-1-01")
        assert client.get(f"/api/v1{asked}").status_code == 200, path
    parameters = {name: values_of(client, described) for name, described in asked_for(told, "/claims.csv").items()}
    assert parameters["source"] == ["paper-2019-07-12", "post-2020-01-05"]
    assert list(parameters) == list(CHOSEN_BY)
    assert list(asked_for(told, "/observations.csv")) == [*CHOSEN_BY, "by_fire", "kind"]
    assert set(told["paths"]["/sources.csv"]) == {"get"}


@pytest.mark.parametrize("table", ["claims", "observations"])
def test_whoever_follows_the_document_knows_every_value_that_is_allowed(client, table):
    told = client.get("/api/v1/openapi.json").json()
    for name, described in asked_for(told, f"/{table}.json").items():
        refused = client.get(f"/api/v1/{table}.json", params={name: "-"}).json()
        assert values_of(client, described) == refused["allowed"], name


def test_the_document_stays_small_however_many_ids_there_are(client, folder):
    before = client.get("/api/v1/openapi.json", headers={"accept-encoding": "identity"})
    places = [*small.ROWS["places"], *(small.place(f"town-{n:02}", "town", "north") for n in range(100))]
    small.write(folder, places=places, **small.PUBLISHED)
    after = client.get("/api/v1/openapi.json", headers={"accept-encoding": "identity"})
    assert client.get("/api/v1/claims.csv?place=town-99").status_code == 200
    assert len(before.content) == len(after.content) < 70_000


def test_the_document_is_valid_to_its_own_standard(client):
    from openapi_spec_validator import validate

    validate(client.get("/api/v1/openapi.json").json())


@pytest.fixture
def made_up(monkeypatch):
    """One more format of tables, and one more of citations, in the registries alone."""
    table = Format("count", "Count", "text/x-count", lambda export: f"{export.name}: {len(export.rows)}".encode())
    citation = Format("keys", "Keys", "text/x-keys", lambda references: ", ".join(cited.key for cited in references))
    monkeypatch.setattr(files, "FORMATS", (*files.FORMATS, table))
    monkeypatch.setattr(citations, "FORMATS", (*citations.FORMATS, citation))


def test_a_format_in_the_registry_is_in_the_api_and_its_document(client, folder, made_up):
    told = client.get("/api/v1/openapi.json").json()
    claim = "/api/v1/claims/post-2020-01-05-01"
    for path, asked, media_type, body in (
        ("/claims.count", "/api/v1/claims.count?year=2020", "text/x-count", "claims: 1"),
        ("/claims/{claim_id}/citation.keys", f"{claim}/citation.keys", "text/x-keys", "post-2020-01-05"),
    ):
        answer = client.get(asked)
        assert (answer.status_code, answer.headers["content-type"], answer.text) == (200, media_type, body)
        assert list(told["paths"][path]["get"]["responses"]["200"]["content"]) == [media_type]
    assert (
        client.get("/api/v1/claims.pdf").json()["detail"].endswith("Formats: .csv, .xlsx, .parquet, .json and .count.")
    )
    assert client.get(f"{claim}/citation.pdf").json()["detail"] == (
        "Citations come as .ris, .bib, .json, .txt and .keys."
    )


def test_a_format_in_the_registry_is_among_the_buttons(folder, made_up):
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).switch_page("app_pages/data.py")
    app.session_state["program"] = True
    app.run()
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [
        "CSV", "Excel", "Parquet", "JSON", "Count", "Data Package", "RIS", "BibTeX", "CSL-JSON", "Text", "Keys",
    ]  # fmt: skip
    assert any(said.value.startswith("The same rows as .xlsx, .parquet, .json and .count:") for said in app.caption)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_answer_is_undocumented_and_none_is_a_server_error(client, mode):
    """Schemathesis makes questions from the document, right ones and wrong ones, and checks every answer against it.

    The ids that the document refers to are filled in first, as a program would that looks them up.
    """
    document = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app)
    for described in document.raw_schema["components"]["parameters"].values():
        if described["in"] == "query":
            described["schema"]["items"]["enum"] = values_of(client, described)
    tried = 0
    for operation in (result.ok() for result in document.get_all_operations()):
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case):
            case.call_and_validate()

        ask()
        tried += 1
    formats = len(files.FORMATS)
    paths = formats * len(api.TABLES) + len(SCHEMAS) + 2 * len(citations.FORMATS) + 6
    assert tried == (paths - 1 if mode is GenerationMode.POSITIVE else 2 * formats)  # the document itself is left out


def test_the_paths_of_the_package_hold_on_the_web_too(client):
    descriptor = client.get("/api/v1/datapackage.json").json()
    for resource in descriptor["resources"]:
        data = client.get(f"/api/v1/{resource['path']}").content
        assert (len(data), resource["name"]) == (resource["bytes"], resource["name"])
