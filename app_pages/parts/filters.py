"""The six shared filters in the sidebar, bound to the address.

Why: a link opens the same view for everybody. Streamlit keeps widgets and address in step; reading unknown values
in order to name them is the one thing done by hand.
"""

from collections.abc import Collection, Mapping
from functools import partial

import streamlit as st

from analysis import words
from analysis.selection import TITLES, loosen
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown

HELP = {
    "source": "The report that printed the number.",
    "year": "The year that the number speaks for, not the year of publication.",
    "indicator": "Killed, displaced and so on.",
    "group": "The people counted, as the report names them.",
    "place": "A place includes the places within it.",
    "attributed": "Who the number comes from, by the text.",
}

NAMES = (*TITLES, "event", "claim", "embed", "embed_options")
"""What a link may hold: the filters, what a page or the card adds, and what Streamlit reads."""


def sidebar() -> None:
    """Show the filters, how many claims they leave, and what a link asked for that does not exist."""
    offered = tables.offered()
    every = len(tables.dataset().table("claims"))
    _note_unknown(offered)
    _note_unknown_names()
    with st.sidebar:
        for name, labels in offered.items():
            st.multiselect(
                TITLES[name],
                list(labels),
                format_func=partial(_label, labels),
                key=name,
                bind="query-params",
                help=HELP[name],
                placeholder="All",
                on_change=forget_unknown,
            )
        left = len(tables.chosen())
        st.caption(f"{words.count(left, 'claim')} of {every:,} chosen")
        st.button("Clear all filters", on_click=clear, disabled=left == every, icon=":material/filter_alt_off:")
        show.ask_for_format()


def describe_choice() -> str:
    """Describe what the filters hold: "Source TRT World 2019; Year 2018 or 2019"; nothing where all is shown."""
    offered = tables.offered()
    return "; ".join(
        f"{TITLES[name]} {' or '.join(_label(offered[name], key) for key in keys)}"
        for name, keys in tables.choice().items()
        if keys
    )


def _label(labels: Mapping[str, str], key: str) -> str:
    return labels.get(key, key)


def clear() -> None:
    """Choose nothing in every filter, which shows all claims."""
    for name in TITLES:
        st.session_state[name] = []
    forget_unknown()


def forget_unknown() -> None:
    """Stop saying what a link asked for in vain; the reader has moved on."""
    st.session_state.pop("unknown", None)


def _note_unknown(offered: dict[str, dict[str, str]]) -> None:
    """Remember the values of a link that no option has; Streamlit drops them from the address."""
    for name, labels in offered.items():
        for value in st.query_params.get_all(name)[:50]:
            note_unknown(TITLES[name], value, labels.values())


def _note_unknown_names() -> None:
    """Remember the names in a link that no page knows (`Year` is none: `year` is), and drop them from the address."""
    for name in [name for name in st.query_params if name not in NAMES][:50]:
        note_unknown("A filter", name, NAMES)
        del st.query_params[name]


def note_unknown(title: str, value: str | None, known: Collection[str]) -> None:
    """Remember a value of a link that is none of the known ones, to say so."""
    if value is not None and value not in known:
        st.session_state.setdefault("unknown", {})[f"{title}: {value[:100]}"] = True


def warn_of_unknown() -> None:
    """Show which values of the link were ignored."""
    if unknown := list(st.session_state.get("unknown", {})):
        named = "; ".join(escape_markdown(value, 120) for value in unknown[:5]) + (
            "; and more" if len(unknown) > 5 else ""
        )
        st.warning(f"This link asks for something that no claim has. It was ignored: {named}")


def empty_state(what: str = "claims") -> None:
    """Show that the filters leave nothing, and which of them to loosen."""
    freed = loosen(tables.view(), tables.choice(), tables.dataset())
    hints = [
        f"without the filter “{TITLES[name]}” there {'is' if left == 1 else 'are'} {words.count(left, 'claim')} in all"
        for name, left in freed.items()
    ]
    advice = "; ".join(hints)
    st.info(
        f"No {escape_markdown(what)} fit these filters."
        + (f" Loosen them: {advice}." if advice else " Clear the filters to see all claims.")
    )
    st.button("Clear all filters", on_click=clear, key=f"clear-{what}")
