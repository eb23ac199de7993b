"""The form of one number: a widget for each column of a claim, made from its model; the cells as typed.

Why: the model is the only description of a column, so a new one is in the form by itself. Codes and ids are chosen by their
labels, the rest is typed, and what is typed is handed back with every pause. A button asks for the cells when it is pressed (`typed`):
what it was given when it was drawn may be older than what was typed since. Not here: what happens to the cells (`reading.py`).
"""

from collections.abc import Iterable, Mapping

import streamlit as st

from validation import Dataset
from validation.columns import plain_title
from validation.models import NEW_CLAIMS

WIDE = ("wording", "summary")
"""Columns with a line of their own."""
LIMITATIONS = "caveats"
"""The column with widgets of its own: which limitations, and what is meant by each."""
NAMES = [name for name in NEW_CLAIMS.columns if name not in ("claim_id", "source_id", "paragraph", LIMITATIONS)]
"""The other columns, but for those that are known."""
IN_A_ROW = 3
SEPARATOR = "; "


def show(number_id: str, before: Mapping[str, str], tables: Dataset, wholes: Mapping[str, str]) -> None:
    """Show the form of a number; `before`: the cells that it begins with, `wholes`: claims of the text by id."""
    rows = [[name] for name in NAMES if name in WIDE[:1]]
    narrow = [name for name in NAMES if name not in WIDE]
    rows += [narrow[at : at + IN_A_ROW] for at in range(0, len(narrow), IN_A_ROW)]
    rows += [[name] for name in NAMES if name in WIDE[1:]]
    for row in rows:
        for place, name in zip(st.columns(len(row)), row, strict=True):
            with place:
                _widget(number_id, name, before.get(name, ""), tables, wholes)
    _show_limitations(number_id, before.get(LIMITATIONS, ""), tables)


def typed(number_id: str, before: Mapping[str, str], tables: Dataset) -> dict[str, str]:
    """Return the cells as they stand in the form now; `before`: those of what is not shown yet."""
    cells = {name: str(st.session_state.get(_key(number_id, name), before.get(name, ""))) for name in NAMES}
    details = split(before.get(LIMITATIONS, ""), tables.table("caveats")["caveat_id"])
    chosen = st.session_state.get(_key(number_id, LIMITATIONS), list(details))
    said = {one: str(st.session_state.get(_key(number_id, f"caveat {one}"), details.get(one, ""))) for one in chosen}
    parts = [f"{one}: {' '.join(words.split())}" if words.strip() else one for one, words in said.items()]
    return cells | {LIMITATIONS: SEPARATOR.join(parts)}


def forget(number_id: str) -> None:
    """Let the widgets of a number show what is on the disk, after it was put back."""
    for key in [key for key in st.session_state if str(key).startswith(_key(number_id, ""))]:
        del st.session_state[key]


def _key(number_id: str, name: str) -> str:
    return f"cell {number_id} {name}"


def _widget(number_id: str, name: str, cell: str, tables: Dataset, wholes: Mapping[str, str]) -> None:
    """Show the widget of one column."""
    column = NEW_CLAIMS.columns[name]
    key, title, about = _key(number_id, name), plain_title(column), str(column.description)
    named = wholes if name == "part_of" else _named(name, tables)
    if named is None:
        st.text_input(title, cell, key=key, help=about, live=True)
        return
    options = list(dict.fromkeys(["", *named, *filter(None, [cell])]))
    st.selectbox(
        title, options, index=options.index(cell), key=key, help=about,
        format_func=lambda one: str(named.get(one, one)) or "—",
    )  # fmt: skip


def _named(name: str, tables: Dataset) -> Mapping[str, str] | None:
    """Return what a column may hold with its labels; None where it is typed."""
    column = NEW_CLAIMS.columns[name]
    target = str((column.metadata or {}).get("references", ""))
    if target:
        table, key = target.split(".")
        rows = tables.table(table)
        return dict(zip(rows[key], rows["name" if "name" in rows else key], strict=True))
    labels: Mapping[str, str] | None = (column.metadata or {}).get("labels")
    return labels


def _show_limitations(number_id: str, cell: str, tables: Dataset) -> None:
    """Show the limitations of a number: which, and for each what is meant."""
    rows = tables.table("caveats")
    known = dict(zip(rows["caveat_id"], rows["label"], strict=True))
    details = split(cell, known)
    chosen = st.multiselect(
        "Limitations", list(known), default=list(details), key=_key(number_id, LIMITATIONS),
        format_func=lambda one: known.get(one, one),
    )  # fmt: skip
    for one in chosen:
        key = _key(number_id, f"caveat {one}")
        st.text_input(f"{known[one]}: what is meant", details.get(one, ""), key=key, live=True)


def split(cell: str, known: Iterable[str]) -> dict[str, str]:
    """Return the limitations of a cell with their details; a detail may have a semicolon of its own."""
    found: dict[str, str] = {}
    for part in cell.split(SEPARATOR) if cell else []:
        name, _, said = part.partition(": ")
        if name in known:
            found[name] = said
        elif found:
            last = next(reversed(found))
            found[last] += f"{SEPARATOR}{part}"
    return found
