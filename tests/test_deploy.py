"""Several replicas behind nginx, for real, on loopback: `docs/deploy/replicas.py` as `make replicas` runs it."""

import contextlib
import csv
import gzip
import http.client
import importlib.util
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT, free_port

pytestmark = [pytest.mark.deploy, pytest.mark.xdist_group("deploy")]
SCRIPT = ROOT / "docs" / "deploy" / "replicas.py"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("DATASETS_DIR", "REPORTS_DIR")}
HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


@dataclass
class House:
    """What the script says it started."""

    address: str
    replicas: dict[str, tuple[str, int]]
    script: subprocess.Popen

    def of(self, name):
        return self.replicas[name][0]

    def kill(self, name):
        os.kill(self.replicas[name][1], signal.SIGKILL)


@contextlib.contextmanager
def started(count):
    """Start the script on free ports; give what it says it started; end it as a service manager would."""
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.fail("nginx is missing: apt-get install nginx-light, then run the tests marked deploy again.")
    command = [sys.executable, SCRIPT, str(count), "--port=0", "--replica-port=0"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as script:
        try:
            replicas = {}
            for line in script.stdout:
                if found := re.fullmatch(r"replica (r\d+) at (\S+) is process (\d+)\n", line):
                    replicas[found[1]] = (found[2], int(found[3]))
                if found := re.fullmatch(r"ready at (\S+)\n", line):
                    break
            else:
                pytest.fail("the replicas did not start; what they said stands above")
            threading.Thread(target=script.stdout.read, daemon=True).start()  # a full pipe would stop the script
            yield House(found[1], replicas, script)
        finally:
            script.terminate()
            script.wait(timeout=20)


@pytest.fixture(scope="module")
def house():
    """Two replicas that tests leave as they are."""
    with started(2) as running:
        yield running


@pytest.fixture
def fragile():
    """Two replicas of which a test may kill one."""
    with started(2) as running:
        yield running


@pytest.fixture
def arrive(chromium):
    """Give a function that opens a page in a fresh profile, and notes the replica behind everything it is sent."""
    contexts = []

    def open_page(house, path="/data"):
        context = chromium.new_context(base_url=house.address)
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        seen = Counter()
        page.on("response", lambda got: seen.update([got.headers["x-replica"]] if "x-replica" in got.headers else []))
        talk = context.new_cdp_session(page)
        talk.send("Network.enable")
        talk.on(
            "Network.webSocketHandshakeResponseReceived",
            lambda said: seen.update([f"websocket at {said['response']['headers']['X-Replica']}"]),
        )
        page.goto(path)
        page.get_by_role("heading", level=1).first.wait_for()
        return page, seen

    yield open_page
    for context in contexts:
        context.close()


def get(address, **headers):
    """Ask once; give status, headers and body, an error's too."""
    request = urllib.request.Request(address, headers={name.replace("_", "-"): it for name, it in headers.items()})  # noqa: S310
    try:
        answer = urllib.request.urlopen(request, timeout=20)  # noqa: S310
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


def cookie(page):
    return {each["name"]: each["value"] for each in page.context.cookies()}["replica"]


def rows_of_the_download(page):
    button = page.get_by_role("button", name="CSV", exact=True)
    with page.expect_download() as download:
        button.click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))


def processes_of(pid):
    """Give a process and all below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {pid}.union(*(processes_of(int(each)) for each in below))


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_visitor_stays_at_one_replica_with_pages_websocket_and_downloads(house, arrive):
    seats = set()
    for _ in range(2):
        page, seen = arrive(house)
        page.get_by_role("link", name="Casualties").click()
        page.get_by_role("heading", name="killed").first.wait_for()
        page.get_by_role("link", name="Data", exact=True).click()
        page.get_by_role("heading", name="The numbers as a table").wait_for()
        assert rows_of_the_download(page) == 23
        seat = cookie(page)
        assert set(seen) == {seat, f"websocket at {seat}"}
        seats.add(seat)
    assert seats == {"r1", "r2"}


def test_new_visitors_behind_one_address_are_spread_evenly(house):
    seats = Counter(get(f"{house.address}/")[1]["X-Replica"] for _ in range(20))
    assert seats == {"r1": 10, "r2": 10}


def test_the_cookie_names_the_replica_and_is_set_only_where_it_changes(house):
    _, headers, _ = get(f"{house.address}/", Cookie="replica=r2")
    assert (headers["X-Replica"], headers.get_all("Set-Cookie")) == ("r2", None)
    for unknown in ("r9", "127.0.0.1:22", "r1:r1", "x" * 2000):
        _, headers, _ = get(f"{house.address}/", Cookie=f"replica={unknown}")
        said = headers["X-Replica"]
        assert said in house.replicas
        assert headers.get_all("Set-Cookie") == [f"replica={said}; Path=/; HttpOnly; SameSite=Lax"]


def test_a_browser_that_keeps_no_cookie_stays_at_one_replica(house):
    seats = {get(f"{house.address}/_stcore/health", User_Agent="no cookies")[1]["X-Replica"] for _ in range(6)}
    assert len(seats) == 1


def test_answers_of_the_api_are_kept_a_second_and_asked_about_again_with_their_tag(house):
    address = f"{house.address}/api/v1/claims.json?year=2018"
    told = [get(address) for _ in range(2)]
    time.sleep(2.2)
    told += [get(address)]
    assert [headers["X-Cache-Status"] for _, headers, _ in told] == ["MISS", "HIT", "REVALIDATED"]
    status, headers, body = get(f"{house.of('r1')}/api/v1/claims.json?year=2018")
    for answer in told:
        assert (answer[0], answer[2]) == (status, body)
        for name in ("ETag", "Content-Type", "Cache-Control", "Access-Control-Allow-Origin", "Content-Security-Policy"):
            assert answer[1].get_all(name) == headers.get_all(name), name


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_a_reader_has_is_not_sent_again(house, coding):
    address = f"{house.address}/api/v1/sources.csv"
    _, headers, body = get(address, Accept_Encoding=coding)
    assert (headers["Content-Encoding"] == "gzip") == (coding == "gzip")
    assert (gzip.decompress(body) if coding == "gzip" else body).startswith(b"source_id,")
    for known in (headers["ETag"], f"W/{headers['ETag']}", "*"):
        status, again, rest = get(address, Accept_Encoding=coding, If_None_Match=known)
        assert (status, again["ETag"], rest) == (304, headers["ETag"], b"")


def test_kept_answers_are_kept_apart_by_what_they_vary_by(house):
    address = f"{house.address}/api/v1/claims/trtworld-2019-07-11"
    asked = ["application/json", "application/ld+json", "application/json", "application/ld+json"]
    told = [get(address, Accept=each)[1] for each in asked]
    assert [headers["Content-Type"] for headers in told] == asked
    assert [headers["X-Cache-Status"] for headers in told] == ["MISS", "MISS", "HIT", "HIT"]


def test_problems_and_health_are_never_kept(house):
    for path, status in (("/api/v1/health", 200), ("/api/v1/claims.json?yaer=2018", 400), ("/api/none", 404)):
        told = [get(house.address + path) for _ in range(3)]
        assert [(each[0], each[1]["X-Cache-Status"], each[1]["Cache-Control"]) for each in told] == [(status, "MISS", "no-store")] * 3  # fmt: skip


def test_hashed_files_are_compressed_once_and_kept(house):
    page = get(f"{house.address}/")[2].decode()
    path = re.search(r'src="\.?(/static/js/[^"]+\.js)"', page)[1]
    _, direct, whole = get(house.of("r1") + path)
    told = [get(house.address + path, Accept_Encoding=each) for each in ("gzip, br", "gzip", "identity")]
    assert [headers["X-Cache-Status"] for _, headers, _ in told][1:] == ["HIT", "HIT"]
    assert [headers["Content-Encoding"] for _, headers, _ in told] == ["gzip", "gzip", None]
    assert gzip.decompress(told[0][2]) == gzip.decompress(told[1][2]) == told[2][2] == whole
    for _, headers, _ in told:
        assert (headers["Cache-Control"], headers["Vary"]) == (direct["Cache-Control"], "Accept-Encoding")
    assert "immutable" in direct["Cache-Control"]


def test_the_page_that_stands_in_for_a_missing_file_is_not_kept(house):
    told = [get(f"{house.address}/static/js/of-another-version.js")[1] for _ in range(2)]
    assert [(headers["X-Cache-Status"], headers["Cache-Control"]) for headers in told] == [("MISS", "no-cache")] * 2


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://dashboard.example", 101), ("https://dashboard.example", 101), (None, 101),
     ("http://other.example", 403), ("http://dashboard.example.other.example", 403), ("null", 403)],
)  # fmt: skip
def test_a_session_is_opened_from_a_page_of_this_dashboard_only(house, origin, status):
    connection = http.client.HTTPConnection(urlsplit(house.address).netloc, timeout=10)
    headers = HANDSHAKE | {"Host": "dashboard.example"} | ({"Origin": origin} if origin else {})
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


def test_nginx_gives_away_neither_its_version_nor_the_numbers_of_a_process_and_takes_no_large_body(house):
    status, headers, _ = get(f"{house.address}/_stcore/metrics")
    assert (status, headers["Server"]) == (404, "nginx")
    request = urllib.request.Request(f"{house.address}/", data=b"x" * 100_000)  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="413"):
        urllib.request.urlopen(request, timeout=10)  # noqa: S310


def test_when_a_replica_is_killed_others_go_on_and_its_visitor_recovers(fragile, arrive):
    visits = {}
    for _ in range(2):
        page, seen = arrive(fragile)
        visits[cookie(page)] = (page, seen)
    assert set(visits) == {"r1", "r2"}
    for page, seen in visits.values():
        page.wait_for_load_state("networkidle")
        seen.clear()

    told = []
    for number in range(200):
        if number == 50:
            fragile.kill("r1")
        told.append(get(f"{fragile.address}{['/api/v1/health', '/api/v1/claims.csv?year=2018'][number % 2]}")[0])
    assert Counter(told) == {200: 200}

    page, seen = visits["r2"]
    page.get_by_role("link", name="Casualties").click()
    page.get_by_role("heading", name="killed").first.wait_for()
    assert (cookie(page), set(seen) - {"r2"}) == ("r2", set())

    page, seen = visits["r1"]
    until = time.monotonic() + 20
    while "websocket at r2" not in seen:
        assert time.monotonic() < until, "the page finds the other replica by itself"
        page.wait_for_timeout(200)
    page.reload()
    page.get_by_role("heading", name="The numbers as a table").wait_for()
    assert rows_of_the_download(page) == 23
    assert (cookie(page), set(seen)) == ("r2", {"r2", "websocket at r2"})


def test_a_visitor_who_had_to_move_stays_there_when_the_lost_replica_is_back(fragile):
    home = urlsplit(fragile.of("r1"))
    fragile.kill("r1")
    _, headers, _ = get(f"{fragile.address}/", Cookie="replica=r1")
    assert headers["Set-Cookie"].startswith("replica=r2;")
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.address={home.hostname}", f"--server.port={home.port}"]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL) as returned:
        try:
            until = time.monotonic() + 60
            while get(f"{fragile.address}/", Cookie="replica=r1")[1]["X-Replica"] != "r1":
                assert time.monotonic() < until, "the returned replica is asked again"
                time.sleep(0.5)
            moved = {get(f"{fragile.address}/media/none", Cookie="replica=r2")[1]["X-Replica"] for _ in range(6)}
            new = {get(f"{fragile.address}/")[1]["X-Replica"] for _ in range(6)}
        finally:
            returned.terminate()
    assert (moved, new) == ({"r2"}, {"r1", "r2"})


def test_without_any_replica_the_api_still_answers_in_its_own_form(fragile):
    for name in fragile.replicas:
        fragile.kill(name)
    status, headers, body = get(f"{fragile.address}/api/v1/claims.csv")
    assert (status, headers["Content-Type"], headers["Retry-After"], headers["Cache-Control"]) == (
        503, "application/problem+json", "5", "no-store",
    )  # fmt: skip
    assert json.loads(body)["detail"] == "No replica answers. Ask again in a few seconds."


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_within_ten_seconds_with_visitors_present(fragile, arrive, asked):
    arrive(fragile)
    everything = processes_of(fragile.script.pid)
    assert len(everything) >= 5, "the script, two replicas, nginx and its worker"
    begun = time.monotonic()
    fragile.script.send_signal(asked)
    assert fragile.script.wait(timeout=15) == 0
    assert time.monotonic() - begun < 10
    assert [pid for pid in everything if alive(pid)] == []


def test_a_missing_nginx_and_a_taken_port_are_said_in_a_sentence(monkeypatch):
    specification = importlib.util.spec_from_file_location("replicas", SCRIPT)
    replicas = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "replicas", replicas)
    specification.loader.exec_module(replicas)
    with http.client.socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(replicas.Trouble, match=f"^Port {port} cannot be used"), replicas.running(1, port):
            pass
    monkeypatch.setattr(replicas.shutil, "which", lambda *_, **__: None)
    with pytest.raises(replicas.Trouble, match=r"^nginx is missing: apt-get install nginx-light,"), replicas.running(1):
        pass


def printed_for_a_server(folder, listen, *addresses):
    """Write what `--print` gives into a configuration that nginx can run; give the command that runs it."""
    command = [sys.executable, SCRIPT, "--listen", listen, "--inner", f"127.0.0.1:{free_port()}"]
    command += ["--cache", folder / "cache", "--print", *addresses]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"@[a-z]+@", printed) == []
    tls = (
        f"ssl_certificate {folder}/certificate.pem;\nssl_certificate_key {folder}/key.pem;\n" if "ssl" in listen else ""
    )
    user = "user root;\n" if os.getuid() == 0 else ""  # the folder of a test is root's own
    main = f"{user}daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{tls}{printed}}}\n"
    (folder / "nginx.conf").write_text(main)
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    return [nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]


def test_nginx_accepts_what_is_printed_for_three_machines(tmp_path):
    command = printed_for_a_server(
        tmp_path, f"127.0.0.1:{free_port()} default_server", "10.0.0.1:8511", "10.0.0.2:8511", "[fd00::3]:8511"
    )
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr


def test_over_https_the_cookie_is_kept_in_frames_and_sessions_open(house, tmp_path):
    port = free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    known = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    netlocs = [urlsplit(house.of(name)).netloc for name in house.replicas]
    with subprocess.Popen(printed_for_a_server(tmp_path, f"127.0.0.1:{port} ssl http2", *netlocs)) as nginx:
        try:
            until = time.monotonic() + 10
            while True:
                try:
                    page = urllib.request.urlopen(f"https://localhost:{port}/", timeout=10, context=known)
                    break
                except urllib.error.URLError:
                    assert time.monotonic() < until, "nginx starts"
                    time.sleep(0.1)
            said = page.headers["Set-Cookie"]
            assert re.fullmatch(r"replica=r[12]; Path=/; HttpOnly; Secure; SameSite=None; Partitioned", said)
            connection = http.client.HTTPSConnection("localhost", port, timeout=10, context=known)
            headers = HANDSHAKE | {"Origin": f"https://localhost:{port}", "Cookie": said.split(";")[0]}
            connection.request("GET", "/_stcore/stream", headers=headers)
            assert connection.getresponse().status == 101
            connection.close()
        finally:
            nginx.terminate()
