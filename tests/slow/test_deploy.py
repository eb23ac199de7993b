"""The files of `docs/deploy`, for real: two replicas as the unit starts them, behind nginx with its own configuration."""

import http.client
import shutil
import subprocess
import sys

import pytest

from tests.support import ROOT
from tests.support.deployed import UNIT
from tests.support.deployed import deployed as running

pytestmark = pytest.mark.xdist_group("deploy")
WEBSOCKET = {"Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "A" * 22 + "=="}


def ask(port, path, cookie="", **headers):
    """Ask once; return status, replica and the cookie that is set."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookie} | headers)
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers["X-Replica"], answer.headers["Set-Cookie"]


@pytest.fixture
def deployed(tmp_path):
    """Give nginx's port and the process of the first replica; the other, which nobody is at, ends with status 0 when it is asked to."""
    with running(tmp_path) as (port, (first, other)):
        yield port, first
    assert other.returncode == 0


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
