"""Asked to end, the dashboard ends by itself and with status 0: with readers on it, in the middle of a run, with half a question sent.

Where nobody is there, `serving` asserts the same at the end of every server that a test starts.
"""

import os
import socket
import subprocess
from contextlib import ExitStack

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from tests.support import ROOT, small
from tests.support.deployed import command as of_the_unit
from tests.support.server import Served, free_port

pytestmark = pytest.mark.xdist_group("stopping")


def by_streamlit(port):
    """Return what `make run` starts, on a port."""
    return [
        *of_the_unit(port)[:2],
        "streamlit",
        "run",
        "dashboard.py",
        f"--server.port={port}",
        "--server.address=127.0.0.1",
    ]


class Started(Served):
    """A dashboard started with a command of its own."""

    def __init__(self, command, environment, log):
        port = free_port()
        self.address, self.log = f"http://127.0.0.1:{port}", log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command(port), cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )

    def question(self, text):
        """Send the beginning of a question and leave the connection open."""
        line = socket.create_connection(("127.0.0.1", int(self.address.rpartition(":")[2])), timeout=20)
        line.sendall(text.encode())
        return line


def readers(server, stack):
    """Open pages: one that has been read, one whose script runs, and questions that are half asked, answered and kept open."""
    stack.enter_context(server.visit()).run()
    address = f"{server.address.replace('http', 'ws')}/_stcore/stream"
    running = stack.enter_context(connect(address, subprotocols=["streamlit"], max_size=None))
    message = BackMsg()
    message.rerun_script.query_string = ""
    running.send(message.SerializeToString())
    running.recv(timeout=60)
    for text in ("GET / HTTP/1.1\r\nHost: x\r\n", "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n", "PO"):
        stack.enter_context(server.question(text))


@pytest.mark.parametrize("command", [by_streamlit, of_the_unit], ids=["streamlit run", "the unit's command"])
def test_asked_to_end_while_readers_are_there_it_ends_by_itself_with_status_0(command, tmp_path):
    environment = os.environ | {"DATASETS_DIR": str(small.write(tmp_path / "tables"))}
    server = Started(command, environment, tmp_path / "log").wait()
    with ExitStack() as stack:
        readers(server, stack)
        assert server.end() == 0
    assert "Traceback" not in server.said()
    with pytest.raises(OSError, match="refused"):
        server.ask("/_stcore/health")
