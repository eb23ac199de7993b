"""The process as a server: headers on every answer, no upload, no foreign writes, a project folder that nobody may write to."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tomllib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard import PAGES
from tests.support import ROOT, small
from tests.support.deployed import command
from tests.support.server import LINE, of, readers, serving, text_of

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture
def served(small_server):
    return small_server


@pytest.mark.parametrize(
    "path",
    ["claims/%00", "claims/%00/citation.ris", "claims/..", "claims/%2e%2e", "claims.csv/..", "claims.csv%00", "tables/..%2f..%2fetc%2fpasswd.csv"],
)  # fmt: skip
def test_a_strange_address_of_the_api_is_a_problem_too_and_not_the_servers_own_refusal(served, path):
    answer = served.ask(f"/api/v1/{path}")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert (answer.status, headers["content-type"], headers["access-control-allow-origin"]) == (
        404,
        "application/problem+json",
        "*",
    )


@pytest.mark.parametrize("accepted", ["identity", "gzip", "gzip;q=0", "br, gzip;q=0"])
def test_the_api_compresses_its_answers_itself_and_head_gives_the_head(served, accepted):
    of = {
        method: served.ask("/api/v1/claims.csv", method=method, accept_encoding=accepted) for method in ("GET", "HEAD")
    }
    headers = {
        method: {k.lower(): v for k, v in each.headers.items() if k.lower() != "date"} for method, each in of.items()
    }
    assert headers["GET"] == headers["HEAD"]
    assert (headers["GET"].get("content-encoding"), headers["GET"]["vary"]) == (
        "gzip" if accepted == "gzip" else None,
        "Accept-Encoding",
    )
    assert headers["GET"]["etag"].endswith('-gzip"') == (accepted == "gzip")


def script_of(served):
    """Return the address of a file that the page loads."""
    page = served.ask("/").body.decode()
    return "/" + page.split('src="./')[1].split('"')[0]


ANSWERS = {
    "page": ("/", 200), "another page": ("/casualties", 200), "health of the server": ("/_stcore/health", 200),
    "API": ("/api/v1/claims.csv", 200), "file of the API": ("/api/v1/datapackage.zip", 200), "refused": ("/api/v1/claims.csv?x=1", 400),
    "not found": ("/api/v1/nothing", 404), "no such medium": ("/media/nothing.csv", 404),
}  # fmt: skip


@pytest.mark.parametrize(("path", "status"), [*ANSWERS.values(), (script_of, 200)], ids=[*ANSWERS, "static file"])
def test_every_answer_carries_the_headers_that_protect_readers(served, path, status):
    answer = served.ask(path if isinstance(path, str) else path(served))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert (answer.status, {name: headers.get(name) for name in HEADERS}) == (status, HEADERS)
    rules = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert [rules[name] for name in ("default-src", "object-src", "base-uri", "form-action")] == [
        "'self'", "'none'", "'self'", "'self'",
    ]  # fmt: skip
    assert not [rule for rule in rules.values() if "http" in rule or "*" in rule or "'unsafe-eval'" in rule]


@contextmanager
def session(served):
    """Open a page and keep it open; give its session id, which an upload would need."""
    with connect(f"{served.address.replace('http', 'ws')}/_stcore/stream", **LINE) as socket:
        message = BackMsg()
        message.rerun_script.query_string = ""
        socket.send(message.SerializeToString())
        back = ForwardMsg()
        while back.WhichOneof("type") != "new_session":
            back.ParseFromString(socket.recv(timeout=20))
        yield back.new_session.initialize.session_id


def upload(served, session_id, size=10, **headers):
    edge = secrets.token_hex(8)
    body = f'--{edge}\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'.encode()
    body += b"x" * size + f"\r\n--{edge}--\r\n".encode()
    kind = f"multipart/form-data; boundary={edge}"
    return served.ask(f"/_stcore/upload_file/{session_id}/one", method="PUT", data=body, content_type=kind, **headers)


def test_an_upload_without_the_token_of_the_page_is_refused(served):
    with session(served) as session_id:
        assert upload(served, session_id).status in (403, 404, 405)
        assert upload(served, session_id, cookie="_streamlit_xsrf=x", x_xsrftoken="x").status in (403, 404, 405)


def test_an_upload_from_the_page_itself_is_refused_as_no_page_takes_files(served):
    cookie = served.ask("/_stcore/health").headers.get("set-cookie", "").split(";")[0]
    with session(served) as session_id:
        for size in (10, 2_000_000):
            try:
                status = upload(served, session_id, size, cookie=cookie, x_xsrftoken=cookie.partition("=")[2]).status
            except URLError as closed:
                # Refused, and closed before all of it was sent: nothing was taken either way.
                status = 403 if isinstance(closed.reason, ConnectionError) else closed.reason
            assert status in (403, 404, 405, 413), f"{size:,} bytes were taken with status {status}"


@pytest.mark.parametrize("path", ["/", "/casualties", "/_stcore/health", "/api/v1/claims.csv"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written_by_another_method(served, path, method):
    assert served.ask(path, method=method, data=b"x").status in (403, 404, 405)


def test_a_page_of_another_host_may_not_open_a_session(served):
    address = f"{served.address.replace('http', 'ws')}/_stcore/stream"
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(address, subprotocols=["streamlit"], origin="https://evil.example"),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_the_interface_for_programs_that_drive_the_pages_is_off(served):
    answer = served.ask("/_stcore/agent/interact", method="POST", data=b"{}", content_type="application/json")
    assert answer.status in (403, 404, 405)


def test_no_answer_tells_a_path_of_the_server(served):
    for path in (
        "/",
        "/nothing",
        "/_stcore/host-config",
        "/api/v1/nothing",
        "/_stcore/agent/openapi.json",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/%2e%2e/dashboard.py",
    ):
        body = served.ask(path).body
        assert not [part for part in (b"/work/", b"/root/", b"site-packages", b"root:x", b"st.App(") if part in body], (
            path
        )


FILES = (
    "claims.csv",
    "claims.xlsx",
    "claims.parquet",
    "claims.json",
    "datapackage.zip",
    "claims/paper-2019-07-12-01",
    "health",
)
BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Root without the right to write where the mode of a file forbids it."""
READ_ONLY = ["unshare", "--mount", "sh", "-c", 'mount -o remount,bind,ro / && exec "$@"', "sh"]
"""A process for which the whole file system is read-only, the files of devices too."""


def can_run(prefix):
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def may_write(prefix, folder):
    """Whether a process that is started so may write to a folder."""
    program = f"open({str(folder / 'probe')!r}, 'w')"
    return subprocess.run([*prefix, sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


def assert_every_page_and_file_answers(server):
    with server.visit() as visit:
        for _, _, _, address, _ in PAGES:
            told = visit.run(page=address)
            assert (of(told, "error"), of(told, "exception")) == ([], [])
            assert "Showing all 3 claims" in text_of(told)
    assert {path: server.ask(f"/api/v1/{path}").status for path in FILES} == dict.fromkeys(FILES, 200)
    assert "Traceback" not in server.said()


CONTAINER = (ROOT / "docs/deploy/Containerfile").read_text(encoding="utf-8")


@pytest.fixture
def image(tmp_path):
    """Exactly the files that the Containerfile copies, with tables and an empty home: nobody may write to any of them."""
    top = tmp_path / "read-only"
    copied = [line.split()[1:] for line in CONTAINER.splitlines() if line.startswith("COPY ")]
    assert len(copied) > 5
    for *names, into in copied:
        for name in names:
            target = top / "project" / (f"{into}/{Path(name).name}" if into.endswith("/") else into)
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, target)
    small.write(top / "tables")
    (top / "home").mkdir()
    for folder, _, names in os.walk(top):
        for name in names:
            (Path(folder) / name).chmod(0o444)
        Path(folder).chmod(0o555)
    yield top
    for folder, _, _ in os.walk(top):
        Path(folder).chmod(0o755)


def contents(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_the_image_of_a_container_holds_all_that_the_pages_read_runs_where_it_may_not_write_and_ends_by_itself(
    image, tmp_path
):
    """It is started as the image and the unit start it, and ends with status 0 with readers on it, in the middle of a run, with half a question sent.

    What `make run` starts is asked the same in test_changing_tables.py, and where nobody is there any more at the end of every server
    that a test starts (`serving`). Root is kept from writing to the whole file system where the machine can do that; the base image
    and its build are not tried.
    """
    root = os.geteuid() == 0
    prefix = [word for way in (READ_ONLY, BOUND) if root and can_run(way) for word in way]
    forbidden = not root or prefix != []
    assert not (forbidden and may_write(prefix, image / "project"))
    assert not (prefix[:1] == READ_ONLY[:1] and may_write(prefix, tmp_path))
    before = contents(image)
    environment = {"HOME": str(image / "home"), "PYTHONDONTWRITEBYTECODE": ""}
    [started] = re.findall(r"^CMD (.*)", CONTAINER, re.MULTILINE)
    assert json.loads(started) == [
        word for word in command(0)[2:] if word not in ("--host", "127.0.0.1", "--port", "0")
    ]
    with (
        ExitStack() as there,
        serving(
            image / "tables",
            tmp_path / "log",
            cwd=image / "project",
            environment=environment,
            prefix=prefix,
            command=command,
        ) as server,
    ):
        assert_every_page_and_file_answers(server)
        readers(server, there)
    assert "Traceback" not in server.said()
    with pytest.raises(OSError, match="refused"):
        server.ask("/_stcore/health")
    assert contents(image) == before
    if not forbidden:
        pytest.skip("it runs, but root writes everywhere, and there is neither unshare nor setpriv to forbid it")


def test_what_a_page_of_another_site_sends_is_refused_by_setting():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["enableXsrfProtection"] is True
