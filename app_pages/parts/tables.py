"""The tables as the pages see them: the last good version, the view of the claims, the rows that the filters leave.

Why: every rerun asks for the same tables; they are joined once for a version of the data and shared by all sessions.
"""

import pandas as pd
import streamlit as st

from analysis.selection import COLUMNS, Choice, select
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


@st.cache_resource(max_entries=2, show_spinner="Reading the tables")
def _view(version: str, _record: Record) -> pd.DataFrame:
    return claims_view(_record)


def view() -> pd.DataFrame:
    """Give all claims as readers see them; changing the frame changes nothing for others."""
    tables = record()
    return _view(tables.version, tables).copy(deep=False)


def choice() -> Choice:
    """Give what the shared filters hold now."""
    return {name: st.session_state.get(name) or [] for name in COLUMNS}


def chosen() -> pd.DataFrame:
    """Give the claims that the shared filters leave."""
    return select(view(), choice(), record().table("places"))
