"""Entry of the desk: `make curate`, then http://127.0.0.1:8511. Its pages, the name of the reader, and what went wrong."""

import contextlib
import gc
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool

# Streamlit puts the folder of the script on the path, not that of the project.
if (project := str(Path(__file__).resolve().parents[2])) not in sys.path:
    sys.path.insert(0, project)

from curation.desk import state
from curation.refusals import RefusedError
from validation.current import current
from validation.writing import BusyError

PAGES = {"reports": "Reports", "reading": "Reading", "agreement": "Agreement", "public": "Before it is public"}
"""Pages by file, without icons: Streamlit would fetch one of the tab from another host."""


def main() -> None:
    """Show the page that was asked for; what is refused is said in words."""
    st.set_page_config(page_title="Desk", layout="wide")
    st.html("<style>[data-testid=stMainBlockContainer] { padding-top: 3.5rem; padding-bottom: 2rem; }</style>")
    pages = [
        st.Page(Path(__file__).parent / f"{name}.py", title=title, default=name == "reports")
        for name, title in PAGES.items()
    ]
    chosen = st.navigation(pages, position="top")
    state.remember(dict(zip(PAGES, pages, strict=True)))
    # Its place is kept: where all else would move by one, fields are made anew and lose what is being typed.
    with st.container():
        state.say_refused()
    try:
        chosen.run()
    except RefusedError as refused:
        state.say(refused.findings)
    except BusyError as busy:
        st.error(f"Nothing was written: {busy}.")


@contextlib.asynccontextmanager
async def ready(_: st.App) -> AsyncIterator[None]:
    """Read tables and texts before the server answers: hundreds of texts take seconds, and nobody waits for them before a blank page."""
    await run_in_threadpool(_read)
    gc.freeze()
    yield


def _read() -> None:
    """Read the tables and the texts, count how well readers agree, and import what the pages need."""
    from curation import publishing, settling, sources, texts  # noqa: F401
    from curation.desk import form, text  # noqa: F401

    latest = current().latest
    if latest.good:
        state.agreements(latest)


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, lifespan=ready)
