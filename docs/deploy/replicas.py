"""N replicas of the dashboard on loopback with Debian's nginx in front, in the foreground, until Ctrl-C or SIGTERM.

Why: what is said about several replicas must be tried with the very configuration that a server gets. This file fills
`nginx.conf` and runs it; `--print` only prints it, for a server. Standard library only. Nothing is installed, no service
is started, and everything that is written lies in a temporary folder. Not here: supervision (`dashboard@.service` restarts
a replica; here a lost one stays lost, so that the loss can be looked at).
"""

import argparse
import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LOOPBACK = "127.0.0.1"
SECONDS_TO_START, SECONDS_TO_END = 60.0, 6.0

MAIN = """\
{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dashboard.conf;
}}
"""
"""What stands around the filled `nginx.conf` here; on a server Debian's own nginx.conf does."""


class Trouble(Exception):
    """Something that keeps the replicas from running, in one sentence."""


class Ended(Exception):
    """A signal asked for the end."""


@dataclass(frozen=True)
class Replica:
    """A running dashboard: its name in the cookie, its address, its process."""

    name: str
    address: str
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class House:
    """What runs: the address in front, the replicas behind, nginx between."""

    address: str
    replicas: tuple[Replica, ...]
    nginx: subprocess.Popen[bytes]


def upstreams(addresses: Sequence[str]) -> str:
    """Give the upstreams and maps for replicas at these addresses (host:port), named r1, r2 and so on."""
    names = [f"r{number}" for number in range(1, len(addresses) + 1)]

    def group(name: str, how: str, servers: Sequence[str]) -> str:
        # The dashboard closes idle connections after 5 seconds; nginx lets go of them before.
        lines = [f"zone {name} 64k;", how, *servers, "keepalive 16;", "keepalive_timeout 4s;"]
        return "\n".join([f"upstream {name} {{", *(f"    {line}" for line in lines if line), "}"])

    def server(address: str, role: str = "") -> str:
        return f"server {address} max_fails=2 fail_timeout=5s{role};"

    def choice(key: str, name: str, default: str) -> str:
        return "\n".join([f"map {key} {name} {{", *(f"    {each} {each};" for each in names), f"    default {default};", "}"])  # fmt: skip

    everyone = [server(address) for address in addresses]
    parts = ["# One group a replica: the replica itself, and the others while it does not answer."]
    for name, own in zip(names, addresses, strict=True):
        others = [server(address, " backup") for address in addresses if address != own]
        parts.append(group(name, "", [server(own), *others]))
    parts += [
        "# Answers that any replica can give go to the least busy one.",
        group("answers", "least_conn;", everyone),
        "# A new visitor's page: in turn. A browser that keeps no cookie: by its address and kind.",
        group("in_turn", "", everyone),
        group("by_address", "hash $remote_addr$http_user_agent consistent;", everyone),
        choice("$cookie_replica", "$page_from", "in_turn"),
        choice("$cookie_replica", "$session_at", "by_address"),
        "# The replica that answered: the last in the list of those asked.",
        "map $upstream_addr $served_by {",
        *(rf'    "~(^|[ ,]){re.escape(each)}$" {name};' for name, each in zip(names, addresses, strict=True)),
        '    default "";',
        "}",
    ]
    return "\n".join(parts) + "\n"


def configuration(addresses: Sequence[str], listen: str, inner: str, cache: str) -> str:
    """Fill `nginx.conf`: replicas, where to listen, an inner address on loopback, and where kept answers lie."""
    text = (HERE / "nginx.conf").read_text(encoding="utf-8")
    values = {"upstreams": upstreams(addresses), "listen": listen, "inner": inner, "cache": cache}
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


@contextlib.contextmanager
def running(count: int, port: int = 0, first: int = 0) -> Iterator[House]:
    """Run `count` replicas on loopback ports from `first`, nginx at `port` (0: any free ones); end all on the way out.

    Raises:
        Trouble: nginx is missing, a port is taken, or something does not start.
    """
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        raise Trouble("nginx is missing: apt-get install nginx-light, then run this again.")
    free = iter(_free_ports(count + 2))
    ports = [first + number if first else next(free) for number in range(count)]
    front, inner = f"{LOOPBACK}:{port or next(free)}", f"{LOOPBACK}:{next(free)}"
    for taken in [*([front] if port else []), *(f"{LOOPBACK}:{each}" for each in ports if first)]:
        _refuse_taken(taken)
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="dashboard-replicas-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker is another user where this runs as root
        try:
            replicas = _start_replicas(ports, started)
            for replica in replicas:
                _wait(f"http://{replica.address}/api/v1/health", replica.process, f"replica {replica.name}")
            addresses = [replica.address for replica in replicas]
            filled = configuration(addresses, front, inner, str(folder / "cache"))
            (folder / "dashboard.conf").write_text(filled, encoding="utf-8")
            user = "user www-data;\n" if os.getuid() == 0 else ""
            (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
            command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
            process = subprocess.Popen(command, start_new_session=True)  # noqa: S603
            started.append(process)
            _wait(f"http://{front}/api/v1/health", process, "nginx")
            yield House(f"http://{front}", replicas, process)
        finally:
            _end(started)


def _start_replicas(ports: Sequence[int], started: list[subprocess.Popen[bytes]]) -> tuple[Replica, ...]:
    """Start a dashboard at each port, in a session of its own: Ctrl-C ends them in the order of `_end`."""
    # A cookie signed by one replica holds at each.
    environment = os.environ | {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)}
    replicas = []
    for number, port in enumerate(ports, start=1):
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.address={LOOPBACK}", f"--server.port={port}"]  # fmt: skip
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        started.append(process)
        replicas.append(Replica(f"r{number}", f"{LOOPBACK}:{port}", process))
    return tuple(replicas)


def _end(started: Sequence[subprocess.Popen[bytes]]) -> None:
    """End every process: nginx first, so that no reader meets a replica on its way out; kill what does not end."""
    deadline = time.monotonic() + SECONDS_TO_END
    for process in reversed(started):
        process.terminate()
    for process in reversed(started):
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes], name: str) -> None:
    """Wait until an address answers 200."""
    deadline = time.monotonic() + SECONDS_TO_START
    said = "no answer"
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Trouble(f"{name} did not start: it ended with status {process.returncode}.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            said = f"status {error.code}"
        except OSError:
            pass
        time.sleep(0.1)
    raise Trouble(f"{name} did not become healthy within {SECONDS_TO_START:.0f} seconds: {said} from {address}.")


def _free_ports(count: int) -> list[int]:
    """Give ports that are free now; all are held until the last is found, so that none comes twice."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]


def _refuse_taken(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise Trouble(f"Port {port} cannot be used ({error.strerror}); choose others with --port and --replica-port.") from None  # fmt: skip


def _watch(house: House) -> None:
    """Stand by until nothing is left to serve; name a replica that is lost."""
    lost: set[str] = set()
    while house.nginx.poll() is None:
        for replica in house.replicas:
            if replica.name not in lost and replica.process.poll() is not None:
                lost.add(replica.name)
                _say(f"replica {replica.name} ended with status {replica.process.returncode}")
        if len(lost) == len(house.replicas):
            raise Trouble("No replica is left.")
        time.sleep(0.2)
    raise Trouble(f"nginx ended with status {house.nginx.returncode}.")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run replicas of the dashboard behind nginx on loopback.")
    parser.add_argument("count", type=int, nargs="?", default=2, help="replicas (default: 2)")
    parser.add_argument("--port", type=int, default=8500, help="nginx's port; 0: any free one (default: 8500)")
    parser.add_argument(
        "--replica-port", type=int, default=8511, help="the first replica's port; 0: any free ones (default: 8511)"
    )
    parser.add_argument(
        "--print", nargs="+", metavar="HOST:PORT", help="print the configuration for replicas at these addresses, run nothing"
    )  # fmt: skip
    parser.add_argument(
        "--listen", default="80 default_server", help="with --print: where nginx listens (default: %(default)s)"
    )
    parser.add_argument("--inner", default=f"{LOOPBACK}:8499", help="with --print: a free loopback address for nginx")
    parser.add_argument(
        "--cache", default="/var/cache/dashboard", help="with --print: where kept answers lie (default: %(default)s-...)"
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    if not 1 <= asked.count <= 64:
        parser.error("the number of replicas is 1 to 64")
    for address in asked.print or []:
        if not re.fullmatch(r"(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}", address):
            parser.error(f"{address!r} is not an IP address with a port, such as 10.0.0.1:8501 (answers are told apart by it)")  # fmt: skip
    return asked


def _end_on_signal(number: int, _: object) -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Ended(signal.Signals(number).name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; exit 0 when told, 1 when something failed, 2 for bad usage."""
    asked = _asked(arguments)
    if asked.print:
        _say(configuration(asked.print, asked.listen, asked.inner, asked.cache).rstrip())
        return 0
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _end_on_signal)
    try:
        with running(asked.count, asked.port, asked.replica_port) as house:
            for replica in house.replicas:
                _say(f"replica {replica.name} at http://{replica.address} is process {replica.process.pid}")
            _say(f"nginx is process {house.nginx.pid}")
            _say(f"ready at {house.address}")
            _watch(house)
    except Ended as ended:
        _say(f"all ended ({ended})")
        return 0
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
