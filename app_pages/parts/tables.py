"""The tables as the pages see them: the last good version, the view of the claims, the rows that the filters leave.

Why: every rerun asks for the same tables; they are joined once for a record and shared by all sessions. The key is
the record and not its version: evidence changes what is shown without changing the version of the data.
"""

from functools import lru_cache

import pandas as pd
import streamlit as st

from analysis.selection import COLUMNS, Choice, options, select
from analysis.view import claims_view
from validation import Record
from validation.current import Current, current


def now() -> Current:
    """Give the last good version of the tables and the latest reading."""
    return current()


def record() -> Record:
    """Give the last good version; `dashboard.py` has made sure that there is one."""
    good = current().record
    if good is None:
        st.stop()
    return good


@lru_cache(maxsize=2)
def _options(good: Record) -> dict[str, dict[str, str]]:
    return options(good, claims_view(good))


def view() -> pd.DataFrame:
    """Give all claims as readers see them; changing the frame changes nothing for others."""
    return claims_view(record())


def one(claim_id: str) -> pd.DataFrame:
    """Give the row of a claim; no row where there is none."""
    rows = view()
    return rows[rows["claim_id"] == claim_id]


def offered() -> dict[str, dict[str, str]]:
    """Give the options of the shared filters: filter to ids with their labels."""
    return _options(record())


def choice() -> Choice:
    """Give what the shared filters hold now."""
    return {name: st.session_state.get(name) or [] for name in COLUMNS}


def chosen() -> pd.DataFrame:
    """Give the claims that the shared filters leave."""
    return select(view(), choice(), record().table("places"))
