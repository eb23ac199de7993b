"""The six shared filters in a row under the title, bound to the address.

Why: a link opens the same view for everybody. Streamlit keeps widgets and address in step; reading unknown values
in order to name them is the one thing done by hand.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from analysis import words
from analysis.selection import TITLES
from app_pages.parts import search_section, tables
from app_pages.parts.plain import escape_markdown

HELP = {
    "source": "The report that printed the claim.",
    "year": "The year that the claim is about, not the year of publication.",
    "indicator": "Killed, displaced and so on.",
    "group": "The people counted, as the report names them.",
    "place": "A place includes the places within it.",
    "attributed": "Who the number comes from, as the report says.",
}

NAMES = (
    *TITLES,
    "event",
    "count",
    "single",
    "split",
    "table",
    "show",
    "counted",
    "claim",
    "chart",
    "search",
    "embed",
    "embed_options",
)
"""What a link may hold: the filters, what a page or the card adds, and what Streamlit reads."""
ADDED = re.compile(r"utm_.*|[a-z]*clid")
"""What newsletters and networks add to a link to count visits; no message speaks of it."""


HIDDEN = ".st-key-filters, [data-testid=stHeader], [data-testid=stSidebar] { display: none !important; }"
"""Inside another page."""
FIRST = ("source", "year")
"""Filters that are always seen; the others stand behind a button."""


def row() -> None:
    """Show the filters in one row, how many claims they leave, and what a link asked for that does not exist."""
    offered = tables.offered()
    every = len(tables.dataset().table("claims"))
    _note_unknown(offered)
    _note_unknown_names()
    if st.context.is_embedded:
        # Inside another page the link decides, and the choice is said in words at the foot.
        st.html(f"<style>{HIDDEN} {_all_but(st.query_params.get('chart'))}</style>")
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        for name in FIRST:
            _choose(name, offered[name])
        search_section.box()
        further = [name for name in offered if name not in FIRST]
        used = sum(bool(st.session_state.get(name)) for name in further)
        with st.popover("More filters" + (f" ({used})" if used else ""), icon=":material/tune:"):
            for name in further:
                _choose(name, offered[name])
        left = len(tables.chosen())
        st.button("Clear all filters", on_click=clear, disabled=left == every, icon=":material/filter_alt_off:")
        st.caption(
            f"Showing all {words.count(every, 'claim')}"
            if left == every
            else f"Showing {left:,} of {words.count(every, 'claim')}"
        )


def _all_but(chart: str | None) -> str:
    """Return a style that hides all of a page but a chart and the footer; nothing where no chart is asked for or it is not there."""
    if not chart:
        return ""
    kept = f".st-key-chart-{re.sub(r'[^a-zA-Z0-9_-]', '-', chart)}", ".st-key-footer"
    others = "".join(f":not({one}, :has({one}))" for one in kept)
    outside = ", ".join(f"{one}, {one} *" for one in kept)
    return f"[data-testid=stMain]:has({kept[0]}) [data-testid=stVerticalBlock]:not({outside}) > *{others} {{ display: none !important; }}"


def _choose(name: str, labels: Mapping[str, str]) -> None:
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
        if not ADDED.fullmatch(name):
            _ignored()[name[:100]] = True
        del st.query_params[name]


def note_unknown(title: str, value: str | None, known: Collection[str]) -> None:
    """Remember a value of a link that is none of the known ones, to say so."""
    if value is not None and value not in known:
        _ignored()[f"{title}: {value[:100]}"] = True


def _ignored() -> dict[str, bool]:
    """Return what was ignored of the link, in its order."""
    found: dict[str, bool] = st.session_state.setdefault("unknown", {})
    return found


def warn_of_unknown() -> None:
    """Show which values of the link were ignored."""
    if unknown := list(st.session_state.get("unknown", {})):
        named = "; ".join(escape_markdown(value, 120) for value in unknown[:5]) + (
            "; and more" if len(unknown) > 5 else ""
        )
        st.warning(f"This link has a filter we do not know; it was ignored: {named}")


def empty_state(what: str = "claims", section: Callable[[pd.DataFrame], pd.DataFrame] = lambda rows: rows) -> None:
    """Show that no claim matches, and how many claims of the section each filter in use hides; `section` takes them out of rows."""
    chosen = [name for name, keys in tables.choice().items() if keys]
    if not chosen:
        st.info(f"These tables hold no {escape_markdown(what)}.")
        return
    without = {name: len(section(tables.chosen(without=name))) for name in chosen}
    hints = [f"without “{TITLES[name]}”: {words.count(left, 'claim')}" for name, left in without.items() if left]
    advice = "; ".join(hints) or "clear the filters to see all"
    st.info(f"No {escape_markdown(what)} match. {advice[:1].upper()}{advice[1:]}.")
    st.button("Clear all filters", on_click=clear, key=f"clear-{what}")
