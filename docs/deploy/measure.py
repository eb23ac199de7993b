"""How much a second replica helps, and what a lost one costs: measured on loopback, in about 80 seconds.

Why: ratios in `README.md` must be ones that anybody can measure again. Readers are websocket sessions that run the page
Casualties again and again; programs read the data API. Standard library, and two libraries that the dashboard brings
anyway. Only ratios are worth comparing between machines. Not here: a load test of a server; traffic goes to this
machine only.
"""

import asyncio
import contextlib
import statistics
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from replicas import House, Trouble, running
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

READERS, PROGRAMS = 12, 4
SECONDS, SECONDS_OF_READING, ROUNDS = 7.0, 2.0, 2


@dataclass
class Seen:
    """What the readers of one arrangement saw: seconds of each run of the page, and of each search for a new replica."""

    runs: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)


async def _visit(address: str, cookie: str) -> str:
    """Ask for the page; give the cookie of the replica to turn to."""

    def ask() -> str:
        request = urllib.request.Request(f"{address}/", headers={"Cookie": cookie} if cookie else {})  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            given = answer.headers.get("Set-Cookie")
            return given.split(";")[0] if given else cookie

    return await asyncio.to_thread(ask)


@contextlib.asynccontextmanager
async def _session(address: str, cookie: str) -> AsyncIterator[ClientConnection]:
    where = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    headers = {"Cookie": cookie}
    async with connect(
        where, subprotocols=[Subprotocol("streamlit")], additional_headers=headers, max_size=None
    ) as stream:
        yield stream


async def _run_page(stream: ClientConnection) -> None:
    question = BackMsg()
    question.rerun_script.page_name = "casualties"
    await stream.send(question.SerializeToString())
    while True:
        said = ForwardMsg.FromString(await stream.recv())
        if "error id" in said.delta.new_element.alert.body:
            raise Trouble("The page Casualties failed; its error stands above.")
        if said.WhichOneof("type") == "script_finished":
            return


async def _reader(address: str, cookie: str, until: float, seen: Seen) -> None:
    """Run the page until the time is up; where the session is lost, find another replica as a browser would."""
    lost = 0.0
    while time.monotonic() < until:
        try:
            cookie = await _visit(address, cookie)
            async with _session(address, cookie) as stream:
                while time.monotonic() < until:
                    begun = time.monotonic()
                    await asyncio.wait_for(_run_page(stream), timeout=20)
                    seen.runs.append(time.monotonic() - begun)
                    if lost:
                        seen.searches.append(time.monotonic() - lost)
                        lost = 0.0
        except (ConnectionClosed, InvalidHandshake, InvalidStatus, OSError):
            lost = lost or time.monotonic()
            await asyncio.sleep(0.05)


async def _readers(house: House, kill: bool) -> Seen:
    """Let all readers arrive and run; kill the first replica when they are at work, where asked."""
    cookies = [await _visit(house.address, "") for _ in range(READERS)]
    await asyncio.gather(*(_reader(house.address, cookie, time.monotonic() + 1.0, Seen()) for cookie in cookies))
    seen = Seen()
    if kill:
        asyncio.get_running_loop().call_later(0.5, house.replicas[0].process.kill)
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(_reader(house.address, cookie, until, seen) for cookie in cookies))
    return seen


async def _program(address: str, until: float) -> int:
    """Read one table of the API over one kept connection; give how often."""
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    question = f"GET /api/v1/claims.csv HTTP/1.1\r\nHost: {where.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    answers = 0
    while time.monotonic() < until:
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise Trouble(f"the API said {head.splitlines()[0].decode()}.")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        answers += 1
        if b"connection: close" in head.lower():  # nginx ends a connection after 1,000 questions
            writer.close()
            reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.close()
    return answers


async def _programs(address: str) -> float:
    """Give answers a second."""
    until = time.monotonic() + SECONDS_OF_READING
    return sum(await asyncio.gather(*(_program(address, until) for _ in range(PROGRAMS)))) / SECONDS_OF_READING


def measured() -> dict[str, float]:
    """Measure one round: one replica, two, two of which one is killed; give ratios, and seconds where named so."""
    with running(1) as house:
        one = asyncio.run(_readers(house, kill=False))
        behind = asyncio.run(_programs(house.address))
        alone = asyncio.run(_programs(f"http://{house.replicas[0].address}"))
    with running(2) as house:
        two = asyncio.run(_readers(house, kill=False))
        lost = asyncio.run(_readers(house, kill=True))
    slowest = {name: statistics.quantiles(seen.runs, n=20)[-1] for name, seen in (("one", one), ("two", two))}
    return {
        "page runs: two replicas / one": len(two.runs) / len(one.runs),
        "page runs: two, one of them killed / two": len(lost.runs) / len(two.runs),
        "page runs: two, one of them killed / one": len(lost.runs) / len(one.runs),
        "95th percentile of a page run: two replicas / one": slowest["two"] / slowest["one"],
        "readers who had to move": float(len(lost.searches)),
        "seconds until the last of them saw a page again": max(lost.searches, default=0.0),
        "API answers: kept by nginx / straight from the replica": behind / alone,
    }


def main() -> int:
    """Print the rounds side by side."""
    try:
        rounds = [measured() for _ in range(ROUNDS)]
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    for name in rounds[0]:
        sys.stdout.write(f"{name:<58}" + "".join(f"{each[name]:8.2f}" for each in rounds) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
