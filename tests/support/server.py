"""The dashboard in a process of its own: started, asked over HTTP and over Streamlit's own protocol, ended.

A visit speaks that protocol over its websocket, as the page does: a rerun takes a tenth of a second and everything that the
reader would be told comes back.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(script: str = "dashboard.py", options: Sequence[str] = (), **folders: Path) -> Iterator[str]:
    """Start the dashboard on the real tables, or another script on the folders of its environment; give its address, and end it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATASETS_DIR", "REPORTS_DIR")}
    environment |= {name: str(folder) for name, folder in folders.items()}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310
                break
            except OSError:
                time.sleep(0.2)
        else:
            server.terminate()
            raise RuntimeError(f"the dashboard did not start: {server.communicate()[1].decode()[-2000:]}")
        try:
            yield address
        finally:
            server.terminate()
            server.wait(timeout=10)


LINE: dict[str, Any] = {"subprotocols": [Subprotocol("streamlit")], "max_size": None, "max_queue": None}
"""How a reader's page is connected: it takes what it does not look at, or else the end of the line is not heard for ten seconds."""
Told = list[tuple[str, str]]
"""What a run of a page says: kind and text."""


@dataclass(frozen=True)
class Reply:
    """What the server answered to a question."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Visit:
    """An open page: what one reader's browser would be told by each run of the script."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def run(self, query: str = "", page: str = "") -> Told:
        """Run the script; give all that it says as (kind, text), markdown without its escapes."""
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = query, page
        self._socket.send(message.SerializeToString())
        told: Told = []
        while True:
            back = ForwardMsg()
            back.ParseFromString(self._socket.recv(timeout=60))
            if back.WhichOneof("type") == "script_finished":
                return told
            if back.WhichOneof("type") == "delta" and back.delta.WhichOneof("type") == "new_element":
                told += self._told(back.delta.new_element)

    @staticmethod
    def _told(element: Element) -> Told:
        kind = str(element.WhichOneof("type"))
        body = getattr(element, kind)
        if kind == "alert":
            return [(("", "error", "warning", "info", "success")[body.format], re.sub(r"\\(.)", r"\1", body.body))]
        if kind == "exception":
            return [("exception", f"{body.type} {body.message} {' '.join(body.stack_trace)}")]
        return [(kind, re.sub(r"\\(.)", r"\1", body.body))] if hasattr(body, "body") else []


def of_make_run(port: int) -> list[str]:
    """Return what `make run` starts, at a port."""
    at = (f"--server.port={port}", "--server.address=127.0.0.1")
    return [sys.executable, "-m", "streamlit", "run", "dashboard.py", *at]


class Served:
    """A dashboard in a process of its own; its log is a file."""

    def __init__(
        self,
        tables: Path,
        log: Path,
        *,
        cwd: Path = ROOT,
        environment: dict[str, str] | None = None,
        prefix: Sequence[str] = (),
        command: Callable[[int], list[str]] = of_make_run,
    ) -> None:
        port = free_port()
        self.address, self.log = f"http://127.0.0.1:{port}", log
        kept = {name: value for name, value in os.environ.items() if name not in ("DATASETS_DIR", "REPORTS_DIR")}
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [*prefix, *command(port)], cwd=cwd, stdout=out, stderr=subprocess.STDOUT,
                env=kept | {"DATASETS_DIR": str(tables)} | (environment or {}),
            )  # fmt: skip

    def said(self) -> str:
        """Return the log."""
        return self.log.read_text(encoding="utf-8")

    def ask(
        self, path: str, *, method: str = "GET", data: bytes | None = None, timeout: float = 60, **headers: str
    ) -> Reply:
        """Ask for an address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, data=data, headers=named, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
                return Reply(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as refused:
            return Reply(refused.code, dict(refused.headers), refused.read())

    @contextmanager
    def visit(self) -> Iterator[Visit]:
        """Open a page as a new reader."""
        with connect(f"{self.address.replace('http', 'ws')}/_stcore/stream", **LINE) as socket:
            yield Visit(socket)

    def wait(self) -> "Served":
        """Wait until the server answers."""
        for _ in range(600):
            try:
                self.ask("/_stcore/health", timeout=1)
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return self
        raise AssertionError(f"the dashboard did not start: {self.said()[-2000:]}")

    def end(self) -> int:
        """Ask the process to end and give its status; it has ten seconds."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=10)
        finally:
            self.process.kill()


@contextmanager
def serving(tables: Path, log: Path, **options: Any) -> Iterator[Served]:
    """Start a dashboard; asked to end when nobody is there any more, it ends by itself with status 0."""
    server, status = Served(tables, log, **options), -1
    try:
        yield server.wait()
    finally:
        status = server.end()
    assert status == 0, server.said()[-2000:]


def readers(server: Served, stack: ExitStack) -> None:
    """Open pages: one that has been read, one whose script runs, and questions that are half asked, answered and kept open."""
    stack.enter_context(server.visit()).run()
    address = f"{server.address.replace('http', 'ws')}/_stcore/stream"
    running = stack.enter_context(connect(address, **LINE))
    message = BackMsg()
    message.rerun_script.query_string = ""
    running.send(message.SerializeToString())
    running.recv(timeout=60)
    for text in ("GET / HTTP/1.1\r\nHost: x\r\n", "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n", "PO"):
        line = socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2])), timeout=20)
        stack.enter_context(line).sendall(text.encode())


def of(told: Told, kind: str) -> list[str]:
    return [text for each, text in told if each == kind]


def text_of(told: Told) -> str:
    return "\n".join(text for _, text in told)
