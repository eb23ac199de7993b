"""The form of one number: a widget for each column of a claim, made from its model; the cells as typed.

Why: the model is the only description of a column, so a new one is in the form by itself. Codes and ids are chosen by their
labels, the rest is typed, and what is typed is handed back with every pause. Not here: what happens to the cells (`reading.py`).
"""

from collections.abc import Iterable, Mapping

import streamlit as st

from validation import Dataset
from validation.columns import plain_title
from validation.models import NEW_CLAIMS

WIDE = ("wording", "summary")
"""Columns with a line of their own."""
GIVEN = ("claim_id", "source_id", "paragraph", "caveats")
"""Columns that are known, or have a widget of their own."""
IN_A_ROW = 3
SEPARATOR = "; "


def cells(number_id: str, typed: Mapping[str, str], tables: Dataset, wholes: Mapping[str, str]) -> dict[str, str]:
    """Show the form of a number and return its cells; `typed`: what stood there before, `wholes`: claims of the text by id."""
    names = [name for name in NEW_CLAIMS.columns if name not in GIVEN]
    rows = [[name] for name in names if name in WIDE[:1]]
    narrow = [name for name in names if name not in WIDE]
    rows += [narrow[at : at + IN_A_ROW] for at in range(0, len(narrow), IN_A_ROW)]
    rows += [[name] for name in names if name in WIDE[1:]]
    found = {}
    for row in rows:
        for place, name in zip(st.columns(len(row)), row, strict=True):
            with place:
                found[name] = _widget(number_id, name, typed.get(name, ""), tables, wholes)
    return found | {"caveats": _limitations(number_id, typed.get("caveats", ""), tables)}


def forget(number_id: str) -> None:
    """Let the widgets of a number show what is on the disk, after it was put back."""
    for key in [key for key in st.session_state if str(key).startswith(f"cell {number_id} ")]:
        del st.session_state[key]


def _widget(number_id: str, name: str, typed: str, tables: Dataset, wholes: Mapping[str, str]) -> str:
    """Show the widget of one column."""
    column = NEW_CLAIMS.columns[name]
    key, about = f"cell {number_id} {name}", str(column.description)
    title = plain_title(column)
    named = wholes if name == "part_of" else _named(name, tables)
    if named is None:
        return str(st.text_input(title, typed, key=key, help=about, live=True))
    options = list(dict.fromkeys(["", *named, *filter(None, [typed])]))
    return str(
        st.selectbox(
            title, options, index=options.index(typed), key=key, help=about,
            format_func=lambda one: str(named.get(one, one)) or "—",
        )
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


def _limitations(number_id: str, typed: str, tables: Dataset) -> str:
    """Show the limitations of a number: which, and for each what is meant; return them as one cell."""
    rows = tables.table("caveats")
    known = dict(zip(rows["caveat_id"], rows["label"], strict=True))
    before = split(typed, known)
    chosen = st.multiselect(
        "Limitations",
        list(known),
        default=list(before),
        key=f"cell {number_id} caveats",
        format_func=lambda one: known.get(one, one),
    )
    details = {
        one: st.text_input(
            f"{known[one]}: what is meant", before.get(one, ""), key=f"cell {number_id} caveat {one}", live=True
        )
        for one in chosen
    }
    return SEPARATOR.join(f"{one}: {' '.join(said.split())}" if said.strip() else one for one, said in details.items())


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
