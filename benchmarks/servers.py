"""Servers to measure: this dashboard, a page of stock settings, others; each in a process of its own, on 127.0.0.1."""

import contextlib
import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
STOCK = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(
    command: list[str], port: int, health: str, folder: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from a folder until the block ends; it is up when `health` answers."""
    process = subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{health}", timeout=2)
                break
            time.sleep(0.2)
        else:
            raise RuntimeError(f"{command} did not start")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def ours(port: int, datasets: Path | None = None) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """Run this dashboard with its own settings."""
    chosen = {"DATASETS_DIR": str(datasets)} if datasets else {}
    return server(streamlit("dashboard.py", port), port, "/api/v1/health", ROOT, **chosen)


def stock(
    script: str, port: int, folder: Path, *arguments: str
) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """Run a page with Streamlit's stock settings, from a folder where no settings lie."""
    command = [*streamlit(str(ROOT / "benchmarks" / script), port), *STOCK, "--", *arguments]
    return server(command, port, "/_stcore/health", folder)


def streamlit(script: str, port: int) -> list[str]:
    """Return the command that runs a script of Streamlit on 127.0.0.1."""
    address = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    return [sys.executable, "-m", "streamlit", "run", script, *address]


def memory(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()
