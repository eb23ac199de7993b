"""The tables as the pages see them: the last good version, the view of the claims, the rows that the filters leave.

Why: every rerun asks for the same tables; they are joined once for a record and shared by all sessions. The key is
the record and not its version: evidence changes what is shown without changing the version of the data.
"""

import hashlib
import threading
import weakref
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.selection import COLUMNS, Choice, options, select
from analysis.view import claims_view
from validation import Dataset
from validation.current import Current, current, known

Made = TypeVar("Made")

COUNTING, DRAWING = "Counting the claims…", "Drawing the chart…"


def key_of(*tables: pd.DataFrame | pd.Index) -> bytes:
    """Return a key for rows of tables that a record holds, or their indices: which they are, in their order."""
    indices = (rows.index if isinstance(rows, pd.DataFrame) else rows for rows in tables)
    return hashlib.sha256(b"|".join(index.to_numpy().tobytes() for index in indices)).digest()


_held = threading.local()
"""The record of the run of a page: Streamlit runs each in one thread from beginning to end."""


def pin_for_run() -> Current:
    """Hold the last good version for this run of the page, so that a page never speaks of two; give what stands now."""
    state = known()
    if state is None:
        with st.spinner("Reading the tables…"):
            state = current()
    _held.dataset = state.dataset
    return state


def dataset() -> Dataset:
    """Return the version held for this run, else the last good one; `dashboard.py` has made sure that there is one."""
    held: Dataset | None = getattr(_held, "dataset", None)
    good = held or current().dataset
    if good is None:
        st.stop()
    return good


def kept(
    key: Hashable, make: Callable[[], Made], doing: str = COUNTING, size_of: Callable[[Made], int] = lambda _: 0
) -> Made:
    """Return what was made from the tables of this run under a key, which begins with the name of what it is.

    `doing`: what readers see where making takes more than half a second (Streamlit's delay of a spinner).
    """

    def make_and_say_so() -> Made:
        with st.spinner(doing):
            return make()

    return dataset().kept(key, make_and_say_so, size_of)


class _Same:
    """An object as a part of a key: equal to itself alone, and never to another once it is gone; it is not held."""

    def __init__(self, value: object) -> None:
        self._value, self._hash = weakref.ref(value), id(value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        value = self._value()
        return isinstance(other, _Same) and value is not None and value is other._value()


_SAME_BY_IDENTITY = (pd.DataFrame, pd.Index, pa.Table, Dataset)


def once(make: Callable[..., Made], *arguments: Any) -> Made:
    """Return what a pure function of a module makes of tables and plain values; made once for the same objects, and shared.

    Two tables are the same where they are one object, whatever they hold: pass those that are kept themselves (`chosen`, `view`, what
    `once` returned), and change nothing in place. They are not held, so that the bounds of the memo hold for them.
    """
    key = (make, *(_Same(value) if isinstance(value, _SAME_BY_IDENTITY) else value for value in arguments))
    return kept(key, lambda: make(*arguments), size_of=_size)


def _size(made: object) -> int:
    """Return the memory that the tables and texts take in what was made: it itself, or those of a tuple or of a dictionary's values."""
    if isinstance(made, pd.DataFrame):
        return bytes_of(made)
    if isinstance(made, pa.Table):
        return int(made.nbytes)
    if isinstance(made, str):
        return len(made)
    parts = made.values() if isinstance(made, dict) else made if isinstance(made, tuple) else ()
    return sum(map(_size, parts))


def bytes_of(rows: pd.DataFrame) -> int:
    """Return the memory that rows take."""
    return int(rows.memory_usage().sum())


def view() -> pd.DataFrame:
    """Return all claims as readers see them, the same object for all of a record: not to be changed in place."""
    return kept("view", lambda: claims_view(dataset()))


def table(name: str) -> pd.DataFrame:
    """Return a table, the same object for all of a record: not to be changed in place."""
    return once(Dataset.table, dataset(), name)


def no_claim() -> pd.DataFrame:
    """Return the view without a row."""
    return once(_head, view())


def _head(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.head(0)


def one(claim_id: str) -> pd.DataFrame:
    """Return the row of a claim; no row where there is none."""
    rows = view()
    return rows[rows["claim_id"] == claim_id]


def offered() -> dict[str, dict[str, str]]:
    """Return the options of the shared filters: filter to ids with their labels."""
    return kept("options", lambda: options(dataset(), view()))


def choice() -> Choice:
    """Return what the shared filters hold now."""
    return {name: st.session_state.get(name) or [] for name in COLUMNS}


ChoiceKey = tuple[tuple[str, tuple[str, ...]], ...]


def as_key(choice: Choice) -> ChoiceKey:
    """Return a choice as a part of a key, without the filters that choose nothing."""
    return tuple((name, tuple(ids)) for name, ids in choice.items() if ids)


def chosen(*indicators: str, unit: str = "", without: str = "") -> pd.DataFrame:
    """Return the claims that the shared filters leave, `without` one of them where it is named; of these indicators and this unit.

    All readers share the frame: not to be changed in place (copies of its forty columns were 6 % of a rerun).
    """
    asked = as_key({name: ids for name, ids in choice().items() if name != without})

    def make() -> pd.DataFrame:
        if not indicators and not unit:
            return select(view(), dict(asked), dataset()) if asked else view()
        rows = chosen(without=without)
        fits = rows["indicator"].isin(indicators) if indicators else pd.Series(True, index=rows.index)
        return rows[fits & (rows["unit"] == unit) if unit else fits]

    shares_the_view = not (asked or indicators or unit)
    return kept(("chosen", asked, indicators, unit), make, size_of=(lambda _: 0) if shares_the_view else bytes_of)
