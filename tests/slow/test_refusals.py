"""What nginx and uvicorn refuse by themselves, and questions made from the API's own document, against the files of `docs/deploy`, running."""

import re
import socket

import pytest
import schemathesis
from httpx2 import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from app_pages.parts.server import HEADERS
from exports.questions import MAX_PARAMETERS
from tests.pages.test_api import values_of
from tests.support import ROOT, small
from tests.support.deployed import deployed

pytestmark = pytest.mark.xdist_group("refusals")
OPEN = "Host: example.org\r\nConnection: close\r\n"
BY_NGINX = {
    "no such page for readers": (f"GET /_stcore/metrics HTTP/1.1\r\n{OPEN}\r\n", 404),
    "a body that is too large": (f"POST /api/v1/claims.csv HTTP/1.1\r\n{OPEN}Content-Length: 900000\r\n\r\n", 413),
    "no host": ("GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "no question at all": ("rubbish\r\n\r\n", 400),
    "headers that are too large": (f"GET / HTTP/1.1\r\n{OPEN}X: {'a' * 50_000}\r\n\r\n", 400),
    "an address that is too long": (f"GET /?{'a' * 50_000} HTTP/1.1\r\n{OPEN}\r\n", 414),
    "a length below 0": (f"GET / HTTP/1.1\r\n{OPEN}Content-Length: -1\r\n\r\n", 400),
    "an unknown coding": (f"GET / HTTP/1.1\r\n{OPEN}Transfer-Encoding: x\r\n\r\n", 501),
    "an unknown version": (f"GET / HTTP/9.9\r\n{OPEN}\r\n", 505),
    "another method": (f"TRACE / HTTP/1.1\r\n{OPEN}\r\n", 405),
    "a path above the top": (f"GET /../../etc/passwd HTTP/1.1\r\n{OPEN}\r\n", 400),
    "a page of another site": (f"GET /_stcore/stream HTTP/1.1\r\n{OPEN}Origin: https://evil.example\r\n\r\n", 403),
}
BY_A_REPLICA = {
    "a page": (f"GET /casualties HTTP/1.1\r\n{OPEN}\r\n", 200),
    "the icon": (f"GET /favicon.png HTTP/1.1\r\n{OPEN}\r\n", 200),
    "health of a session's server": (f"GET /_stcore/health HTTP/1.1\r\n{OPEN}\r\n", 200),
    "the API": (f"GET /api/v1/claims.csv HTTP/1.1\r\n{OPEN}\r\n", 200),
    "the API, as nginx kept it": (f"GET /api/v1/claims.csv HTTP/1.1\r\n{OPEN}\r\n", 200),
    "a refusal of the API": (f"GET /api/v1/claims.csv?x=1 HTTP/1.1\r\n{OPEN}\r\n", 400),
    "a file": (f"GET /static/nothing.js HTTP/1.1\r\n{OPEN}\r\n", 200),
}
WITHOUT_REPLICAS = {
    "a page": (f"GET / HTTP/1.1\r\n{OPEN}\r\n", 502, "5"),
    "a file": (f"GET /static/nothing.js HTTP/1.1\r\n{OPEN}\r\n", 502, "5"),
    "a session": (f"GET /_stcore/stream HTTP/1.1\r\n{OPEN}\r\n", 502, "5"),
    "the API": (f"GET /api/v1/claims.csv?year=2018 HTTP/1.1\r\n{OPEN}\r\n", 503, "5"),
    "no such page": (f"GET /_stcore/metrics HTTP/1.1\r\n{OPEN}\r\n", 404, None),
}


def answered(port, text):
    """Send bytes as they are; return the status and all values of each header of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(text.encode())
        answer = b""
        while b"\r\n\r\n" not in answer and (more := line.recv(65_536)):
            answer += more
    status, *lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    headers = {}
    for name, _, value in (line.partition(": ") for line in lines):
        headers.setdefault(name.lower(), []).append(value)
    return int(status.split()[1]), headers


def protecting(headers):
    return {name: values for name, values in headers.items() if name in HEADERS}


ONCE = {name: [value] for name, value in HEADERS.items()}


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """Give nginx's port, and the processes of the replicas behind it, which serve the small tables."""
    folder = tmp_path_factory.mktemp("front")
    with deployed(folder, DATASETS_DIR=str(small.write(folder / "tables", **small.PUBLISHED))) as running:
        yield running


@pytest.mark.parametrize(("text", "status"), BY_NGINX.values(), ids=BY_NGINX)
def test_what_nginx_refuses_carries_the_headers_of_every_answer_and_is_not_kept(front, text, status):
    found, headers = answered(front[0], text)
    assert (found, protecting(headers), headers["cache-control"]) == (status, ONCE, ["no-store"])
    assert {"set-cookie", "x-replica"} & headers.keys() == set()


@pytest.mark.parametrize(("text", "status"), BY_A_REPLICA.values(), ids=BY_A_REPLICA)
def test_what_a_replica_answers_passes_with_its_headers_once_and_a_page_alone_moves_a_visitor(front, text, status):
    found, headers = answered(front[0], text)
    assert (found, protecting(headers)) == (status, ONCE)
    assert len(headers.get("cache-control", [])) <= 1
    assert ("set-cookie" in headers) == text.startswith(("GET /casualties", "GET /_stcore"))
    assert len(headers.get("access-control-allow-origin", [])) == text.startswith("GET /api")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_questions_made_from_the_document_are_answered_as_it_says_through_nginx(front, mode):
    server = f"http://127.0.0.1:{front[0]}"
    document = schemathesis.openapi.from_url(f"{server}/api/v1/openapi.json")
    for described in document.raw_schema["components"]["parameters"].values():
        if described["in"] == "query":
            described["schema"]["items"]["enum"] = values_of(Client(base_url=server), described)
    asked = set()
    for operation in (result.ok() for result in document.get_all_operations()):
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case):
            answer = case.call()
            asked.add(case.operation.path)
            assert protecting({name.lower(): values for name, values in answer.headers.items()}) == ONCE
            if answer.status_code != 414:  # longer than nginx reads, which no document of the API knows
                case.validate_response(answer)

        ask()
    paths = set(document.raw_schema["paths"]) - {"/openapi.json"}  # schemathesis leaves the document itself out
    of_filters = {path for path in paths if path.startswith(("/claims.", "/observations."))}
    assert asked == (paths if mode is GenerationMode.POSITIVE else of_filters)


def test_as_many_parameters_as_the_api_takes_pass_through_nginx(front):
    query = "&".join(["attributed=monitor"] * MAX_PARAMETERS)
    assert answered(front[0], f"GET /api/v1/claims.csv?{query} HTTP/1.1\r\n{OPEN}\r\n")[0] == 200


def test_uvicorn_refuses_what_it_cannot_read_in_one_line_and_answers_the_next(front):
    """Its own refusals come without the headers, as docs/deploy/README.md says; behind nginx nobody sees them."""
    port = int(re.search(r"--port (\d+)", " ".join(front[1][0].args))[1])
    texts = [
        text
        for name, (text, _) in BY_NGINX.items()
        if name in ("no host", "two hosts", "no question at all", "a length below 0")
    ]
    assert [answered(port, text)[0] for text in texts] == [400] * 4
    assert answered(port, BY_A_REPLICA["a page"][0])[0] == 200
    assert "uvicorn refuses" in (ROOT / "docs/deploy/README.md").read_text(encoding="utf-8")


def test_without_replicas_nginx_says_when_to_ask_again_and_keeps_none_of_it(tmp_path):
    with deployed(tmp_path) as (port, replicas):
        for replica in replicas:
            replica.terminate()
            assert replica.wait(timeout=15) == 0
        for text, status, wait in WITHOUT_REPLICAS.values():
            found, headers = answered(port, text)
            assert (found, protecting(headers)) == (status, ONCE)
            assert (headers["cache-control"], headers.get("retry-after", [None])) == (["no-store"], [wait])
            assert len(headers.get("access-control-allow-origin", [])) == text.startswith("GET /api")
