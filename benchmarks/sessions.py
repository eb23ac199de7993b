"""Sessions of a Streamlit server without a browser: open a page, run it again, and time until its script has finished.

Why: how fast a page answers many readers is what they feel; a browser for each would measure the browsers. Speaks
Streamlit's own protocol over a websocket, to 127.0.0.1 only.
"""

import asyncio
import itertools
import statistics
import time
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Subprotocol


@dataclass(frozen=True)
class Result:
    """What a run of sessions gave: first visits and reruns per second, the median and the 95th percentile of a rerun in seconds.

    `bytes` of a rerun, its median; `errors` among all runs.
    """

    first_visits: float
    rate: float
    median: float
    p95: float
    bytes: int
    errors: int


class Session:
    """One reader of a page."""

    def __init__(self, port: int, page: str = "", query: str = "") -> None:
        """Prepare a session of a page (its path without the slash) with a query string."""
        self._address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self._page, self._query = page, query
        self._hash = ""

    async def connect(self) -> tuple[float, int, bool]:
        """Connect and run the page for the first time; return what `rerun` returns."""
        self._socket = await websockets.connect(
            self._address, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None, open_timeout=60
        )
        return await self.rerun()

    async def rerun(self) -> tuple[float, int, bool]:
        """Run the page again; return the seconds until it has finished, bytes received, and whether it failed."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        message.rerun_script.page_script_hash = self._hash
        start, size, failed = time.perf_counter(), 0, False
        await self._socket.send(message.SerializeToString())
        while True:
            data = await asyncio.wait_for(self._socket.recv(), 120)
            size += len(data)
            answer = ForwardMsg.FromString(data)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self._hash = answer.navigation.page_script_hash
            elif kind == "delta":
                failed |= _says_error(answer.delta.new_element)
            elif kind == "script_finished":
                return time.perf_counter() - start, size, failed or answer.script_finished > 1

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()


def _says_error(element: Element) -> bool:
    """Whether an element is a traceback, or the sentence with an error id that readers are shown instead of one."""
    kind = element.WhichOneof("type")
    return bool(kind == "exception" or (kind == "alert" and "error id" in element.alert.body))


async def rerun_together(port: int, sessions: int, reruns: int, page: str = "", query: str = "") -> Result:
    """Open sessions at once, then let all of them rerun as fast as answers come, `reruns` times each."""
    readers = [Session(port, page, query) for _ in range(sessions)]
    start = time.perf_counter()
    opened = await asyncio.gather(*(reader.connect() for reader in readers))
    first_visits = len(readers) / (time.perf_counter() - start)

    async def read(reader: Session) -> list[tuple[float, int, bool]]:
        return [await reader.rerun() for _ in range(reruns)]

    start = time.perf_counter()
    found = list(itertools.chain.from_iterable(await asyncio.gather(*map(read, readers))))
    elapsed = time.perf_counter() - start
    for reader in readers:
        await reader.close()
    times = sorted(seconds for seconds, _, _ in found)
    return Result(
        first_visits=first_visits,
        rate=len(found) / elapsed,
        median=statistics.median(times),
        p95=times[min(int(len(times) * 0.95), len(times) - 1)],
        bytes=int(statistics.median(size for _, size, _ in found)),
        errors=sum(failed for _, _, failed in [*opened, *found]),
    )
