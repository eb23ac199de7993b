"""Around the pages, as a server: what every answer carries, what an uncaught error shows, what is ready before the first visit.

Why: readers must never meet a traceback or a path, and a server must not lose its speed in a default. Here: hooks for
`st.App`. Not here: routes (`exports/api.py`), what a page shows (`page_shell.py`).
"""

import contextlib
import gc
import signal
import socket
from collections.abc import AsyncIterator

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.comparison_words import comparisons
from validation.current import current
from validation.errors import log_error

HEADERS = {
    # Streamlit's own page needs inline styles, workers and components from blobs and, for its icons and charts, data addresses.
    "content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
}
"""On every answer. Framing is allowed: readers embed pages with `?embed=true`."""


UPLOADS = "/_stcore/upload_file"


class Guard:
    """Put `HEADERS` on every answer that does not set them itself, give the API its questions, and take no uploads.

    The API answers before Streamlit's own layers, which would compress its answers again and refuse strange addresses without
    a word of why. No page asks for a file.
    """

    def __init__(self, app: ASGIApp, api: ASGIApp) -> None:
        """Wrap the application of the pages; `api` answers whatever begins with `/api`."""
        self._app, self._api = app, api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a question on and its answer back with the headers; refuse an upload."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/api" or scope["path"].startswith("/api/"):
            await self._api(scope, receive, with_headers)
        elif UPLOADS in scope["path"]:
            await PlainTextResponse("Nothing can be uploaded here.", 403)(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Make ready: answers leave at once, the tables are read, what was imported is never searched for garbage. End with status 0."""
    for found in gc.get_objects():
        if isinstance(found, socket.socket) and found.type == socket.SOCK_STREAM and _listens(found):
            # Streamlit binds without it, and every answer on a kept connection would wait about 40 ms.
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    await run_in_threadpool(_warm)
    gc.freeze()
    yield
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        # uvicorn sends itself the signal again when all is closed, which would end the process as one that was killed.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _listens(found: socket.socket) -> bool:
    try:
        return bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:
        return False


def _warm() -> None:
    """Read the tables and import what the pages need, so that the first reader does not wait for it."""
    from app_pages.parts import card, filters, page_shell, show  # noqa: F401
    from figures.layout import base_figure as empty_figure
    from figures.palette import LIGHT

    empty_figure(LIGHT, height=100).to_json()
    dataset = current().dataset
    if dataset is not None:
        comparisons(dataset)


def say_error(error: Exception) -> bool:
    """Show that something went wrong, with an id that stands in the log beside the traceback; nothing else is shown."""
    st.error(
        f"Something went wrong on this page, and it is our fault. Reload it; if it happens again, report the error id {log_error(error)}."
    )
    return True
