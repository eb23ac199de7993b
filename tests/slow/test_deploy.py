"""The files of `docs/deploy`, for real: two replicas as the unit starts them, behind nginx with its own configuration."""

import contextlib
import http.client
import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from tests.support import ROOT
from tests.support.server import free_port

pytestmark = pytest.mark.xdist_group("deploy")
UNIT = (ROOT / "docs/deploy/dashboard@.service").read_text(encoding="utf-8")
MAIN = "user root; daemon off; pid {0}/pid; events {{}} http {{ access_log off; {1}\n}}"
WEBSOCKET = {"Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "A" * 22 + "=="}


def ask(port, path, cookie="", **headers):
    """Ask once; return status, replica and the cookie that is set."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookie} | headers)
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers["X-Replica"], answer.headers["Set-Cookie"]


def wait(port, process):
    for _ in range(300):
        assert process.poll() is None, process.args
        with contextlib.suppress(OSError):
            return ask(port, "/api/v1/health")
        time.sleep(0.2)


@pytest.fixture
def deployed(tmp_path):
    """Run the files on free ports; give nginx's port and the process of the first replica."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or pytest.fail("apt-get install nginx")
    ports = {name: free_port() for name in ("8511", "8512", "80", "8499")}
    text = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8").replace("/var/cache", str(tmp_path))
    text = re.sub(r":(85\d\d|8499)\b", lambda found: f":{ports[found[1]]}", text)
    text = text.replace("listen 80 ", f"listen 127.0.0.1:{ports['80']} ")
    (tmp_path / "nginx.conf").write_text(MAIN.format(tmp_path, text), encoding="utf-8")
    front = [nginx, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", "stderr"]
    start = f"{sys.executable} -m {re.search('/(uvicorn .*)', UNIT)[1]}"
    replicas = [start.replace("%i", str(ports[name])).split() for name in ("8511", "8512")]
    started = [subprocess.Popen(command, cwd=ROOT) for command in (*replicas, front)]
    try:
        for process, port in zip(started, ports.values(), strict=False):
            wait(port, process)
        yield ports["80"], started[0]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=15)


def test_page_api_and_websocket_answer_and_a_visitor_outlives_a_lost_replica(deployed):
    port, first = deployed
    assert [ask(port, "/")[:2] for _ in range(2)] == [(200, "r1"), (200, "r2")]
    for seat in ("r1", "r2"):
        assert ask(port, "/casualties", f"replica={seat}") == (200, seat, None)
        assert ask(port, "/_stcore/stream", f"replica={seat}", Connection="upgrade", **WEBSOCKET) == (101, seat, None)
    assert ask(port, "/_stcore/stream", Origin="https://elsewhere.example", Connection="upgrade", **WEBSOCKET)[0] == 403
    assert [ask(port, path)[0] for path in ("/api/v1/claims.csv", "/_stcore/metrics")] == [200, 404]
    first.kill()
    assert ask(port, "/casualties", "replica=r1") == (200, "r2", "replica=r2; Path=/; HttpOnly; SameSite=Lax")
    assert [ask(port, f"/api/v1/claims.csv?year={year}")[0] for year in (2018, 2019) * 4] == [200] * 8


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_no_fault_in_the_unit(tmp_path):
    unit = UNIT.replace("/srv/dashboard/.venv", sys.prefix).replace("/srv/dashboard", str(ROOT))
    (tmp_path / "dashboard@.service").write_text(unit, encoding="utf-8")
    subprocess.run(["systemd-analyze", "verify", tmp_path / "dashboard@8511.service"], check=True)
