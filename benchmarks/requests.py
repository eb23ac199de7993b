"""Requests over kept connections to a server on 127.0.0.1: how many answers a second, and how late the slowest."""

import asyncio
import itertools
import time
from collections.abc import Sequence


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, path: str) -> int:
    """Ask once over a kept connection; return the bytes of the body. Raises RuntimeError for another status than 200."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: identity\r\n\r\n".encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if " 200 " not in head.split("\r\n", maxsplit=1)[0]:
        raise RuntimeError(f"{path}: {head.splitlines()[0]}")
    if "transfer-encoding: chunked" in head:
        size = 0
        while length := int(await reader.readline(), 16):
            size += length
            await reader.readexactly(length + 2)
        await reader.readexactly(2)
        return size
    length = int(head.partition("content-length:")[2].split("\r\n", maxsplit=1)[0])
    await reader.readexactly(length)
    return length


async def answers_per_second(port: int, paths: Sequence[str], connections: int, seconds: float) -> tuple[float, float]:
    """Ask for the paths in turn over that many connections for some seconds; return answers per second and the 95th percentile."""
    end = time.perf_counter() + seconds

    async def go(first: int) -> list[float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        took: list[float] = []
        at = first
        while time.perf_counter() < end:
            start = time.perf_counter()
            await _ask(reader, writer, port, paths[at % len(paths)])
            took.append(time.perf_counter() - start)
            at += 1
        writer.close()
        return took

    start = time.perf_counter()
    times = sorted(itertools.chain.from_iterable(await asyncio.gather(*map(go, range(connections)))))
    return len(times) / (time.perf_counter() - start), times[int(len(times) * 0.95)]
