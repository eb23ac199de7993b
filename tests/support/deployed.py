"""The files of `docs/deploy`, running: two replicas as the unit starts them, behind nginx with its own configuration, on free ports."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.server import free_port

UNIT = (ROOT / "docs/deploy/dashboard@.service").read_text(encoding="utf-8")
MAIN = "user root; daemon off; pid {0}/pid; events {{}} http {{ access_log off; {1}\n}}"


def command(port: int) -> list[str]:
    """Return what the unit starts a replica with."""
    [named] = re.findall("/(uvicorn .*)", UNIT)
    return f"{sys.executable} -m {named}".replace("%i", str(port)).split()


def wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process answers at a port."""
    for _ in range(300):
        assert process.poll() is None, process.args
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=20).close()
            return
        time.sleep(0.2)
    raise AssertionError(process.args)


@contextlib.contextmanager
def deployed(folder: Path, **settings: str) -> Iterator[tuple[int, list[subprocess.Popen[bytes]]]]:
    """Run the files; give nginx's port and the processes of the replicas."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or pytest.fail("apt-get install nginx")
    ports = {name: free_port() for name in ("8511", "8512", "80", "8499")}
    text = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8").replace("/var/cache", str(folder))
    text = re.sub(r":(85\d\d|8499)\b", lambda found: f":{ports[found[1]]}", text)
    text = text.replace("listen 80 ", f"listen 127.0.0.1:{ports['80']} ")
    (folder / "nginx.conf").write_text(MAIN.format(folder, text), encoding="utf-8")
    front: list[str | Path] = [nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
    commands: list[list[str | Path]] = [[*command(ports["8511"])], [*command(ports["8512"])], front]
    started = [subprocess.Popen(each, cwd=ROOT, env=os.environ | settings) for each in commands]
    try:
        for process, port in zip(started, ports.values(), strict=False):
            wait(port, process)
        yield ports["80"], started[:2]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=15)
