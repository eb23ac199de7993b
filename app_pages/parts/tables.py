"""The tables as the pages see them: the last good version, the view of the claims, the rows that the filters leave.

Why: every rerun asks for the same tables; they are joined once for a record and shared by all sessions. The key is
the record and not its version: evidence changes what is shown without changing the version of the data.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import pandas as pd
import streamlit as st

from analysis import order
from analysis.selection import COLUMNS, Choice, options, select
from analysis.view import claims_view
from validation import Record
from validation.current import Current, current, known

Made = TypeVar("Made")


COUNTING, DRAWING = "Counting the claims…", "Drawing the figure…"
MOST_BYTES = 100_000_000
"""Rows that are kept for choices of readers take at most this: with large tables every link would add to the memory."""


class Kept(Generic[Made]):
    """What was made from a record, by a key; shared by all sessions, bounded in number and size, forgotten with the record."""

    def __init__(self, doing: str, most: int, bytes_of: Callable[[Made], int] = lambda _: 0) -> None:
        """Keep at most that many, of `MOST_BYTES` by `bytes_of` in all; the one not asked for longest goes first.

        `doing`: what readers are told where making takes more than half a second (Streamlit's delay of a spinner).
        """
        self._doing = doing
        self._most = most
        self._bytes_of = bytes_of
        self._sizes: dict[Hashable, int] = {}
        self._record: Record | None = None
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, record: Record, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what is kept for the key, made now where it is not."""
        with self._lock:
            if record is not self._record:
                self._record = record
                self._made.clear()
                self._sizes.clear()
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        with st.spinner(self._doing):
            made = make()
        size = self._bytes_of(made)
        with self._lock:
            if record is self._record and size <= MOST_BYTES:
                self._made[key], self._sizes[key] = made, size
                while len(self._made) > self._most or sum(self._sizes.values()) > MOST_BYTES:
                    self._sizes.pop(self._made.popitem(last=False)[0])
        return made


def key_of(*tables: pd.DataFrame | pd.Index) -> bytes:
    """Give a key for rows of tables that a record holds, or their indices: which they are, in their order."""
    indices = (rows.index if isinstance(rows, pd.DataFrame) else rows for rows in tables)
    return hashlib.sha256(b"|".join(index.to_numpy().tobytes() for index in indices)).digest()


_held = threading.local()
"""The record of the run of a page: Streamlit runs each in one thread from beginning to end."""

_options: Kept[dict[str, dict[str, str]]] = Kept(COUNTING, 1)
_topics: Kept[dict[str, list[str]]] = Kept(COUNTING, 1)
_chosen: Kept[pd.DataFrame] = Kept(COUNTING, 40, lambda rows: int(rows.memory_usage().sum()))


def pin_for_run() -> Current:
    """Hold the last good version for this run of the page, so that a page never speaks of two; give what stands now."""
    state = known()
    if state is None:
        with st.spinner("Reading the tables…"):
            state = current()
    _held.record = state.record
    return state


def record() -> Record:
    """Give the version held for this run, else the last good one; `dashboard.py` has made sure that there is one."""
    held: Record | None = getattr(_held, "record", None)
    good = held or current().record
    if good is None:
        st.stop()
    return good


def view() -> pd.DataFrame:
    """Give all claims as readers see them; changing the frame changes nothing for others."""
    return claims_view(record())


def one(claim_id: str) -> pd.DataFrame:
    """Give the row of a claim; no row where there is none."""
    rows = view()
    return rows[rows["claim_id"] == claim_id]


def offered() -> dict[str, dict[str, str]]:
    """Give the options of the shared filters: filter to ids with their labels."""
    good = record()
    return _options.get(good, "", lambda: options(good, claims_view(good)))


def topics() -> dict[str, list[str]]:
    """Give what can be compared, each with its claim ids."""
    good = record()
    return _topics.get(good, "", lambda: order.topics(claims_view(good)))


def choice() -> Choice:
    """Give what the shared filters hold now."""
    return {name: st.session_state.get(name) or [] for name in COLUMNS}


def chosen(*indicators: str, unit: str = "", without: str = "") -> pd.DataFrame:
    """Give the claims that the shared filters leave, `without` one of them where it is named; of these indicators and this unit.

    All readers share the frame: not to be changed in place (copies of its forty columns were 6 % of a rerun).
    """
    good = record()
    asked = tuple((name, tuple(ids)) for name, ids in choice().items() if ids and name != without)

    def make() -> pd.DataFrame:
        if not indicators and not unit:
            return select(claims_view(good), dict(asked), good.table("places")) if asked else claims_view(good)
        rows = chosen(without=without)
        fits = rows["indicator"].isin(indicators) if indicators else pd.Series(True, index=rows.index)
        return rows[fits & (rows["unit"] == unit) if unit else fits]

    return _chosen.get(good, (asked, indicators, unit), make)
