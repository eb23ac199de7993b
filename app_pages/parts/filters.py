"""The six shared filters in a row under the title, bound to the address.

Why: a link opens the same view for everybody. Streamlit keeps widgets and address in step; reading unknown values
in order to name them is the one thing done by hand, once for a link, after the page has run: what it took is known only then.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis import words
from analysis.selection import TITLES
from app_pages.parts import search_section, tables
from app_pages.parts.plain import escape_markdown
from validation.dataset import as_version

HELP = {
    "source": "The report that printed the claim.",
    "year": "The year that the claim is about, not the year of publication.",
    "indicator": "Killed, displaced and so on.",
    "group": "The people counted, as the report names them.",
    "place": "A place includes the places within it.",
    "attributed": "Who the number comes from, as the report says.",
}

NAMES = TITLES | {
    "search": "Search",
    "event": "Event",
    "count": "Published count",
    "single": "Counts of a single value",
    "split": "Deaths by year",
    "table": "Table",
    "show": "On the map",
    "counted": "Published count",
    "claim": "Claim",
    "chart": "Chart",
    "version": "Data version",
}
"""What a link may hold, with its heading: the filters, then what a page, a card or a chart adds, one value each."""
ADDED = re.compile(r"utm_.*|[a-z]*clid")
"""What newsletters and networks add to a link to count visits; no message speaks of it."""
UNKEPT = ("version",)
"""What is read once and no more: the reader sees the data of today."""


HIDDEN = ".st-key-filters, [data-testid=stHeader], [data-testid=stSidebar] { display: none !important; }"
"""Inside another page."""
FIRST = ("source", "year")
"""Filters that are always seen; the others stand behind a button."""


def row() -> None:
    """Show the filters in one row, how many claims they leave, and what a link asked for that does not exist."""
    offered = tables.offered()
    every = len(tables.dataset().table("claims"))
    st.session_state.setdefault("link", {name: st.query_params.get_all(name) for name in st.query_params})
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
        select_all=False,  # else the key Enter chooses all that match what was typed, letters far apart included
        on_change=forget_link,
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
    forget_link()


def forget_link() -> None:
    """Stop saying what a link asked for in vain, and what its sender saw; the reader has moved on."""
    st.session_state.update(link={}, unknown=[], sent="")


def answered(name: str) -> None:
    """Take what the link asks for under a name as done, though no widget holds it."""
    st.session_state["link"].pop(name, None)


def say_of_link() -> None:
    """Show which parts of the link were ignored, and whether its sender saw other data; both leave the address."""
    asked: Mapping[str, Sequence[str]] = st.session_state["link"]
    if asked:
        st.session_state.update(link={}, unknown=_ignored(asked), sent=asked.get("version", [""])[-1])
    if unknown := st.session_state.get("unknown"):
        named = "; ".join(escape_markdown(value, 120) for value in unknown[:5]) + (
            "; and more" if len(unknown) > 5 else ""
        )
        st.warning(f"This link has a filter we do not know; it was ignored: {named}")
    sent, ours = st.session_state.get("sent", ""), tables.dataset().version
    if (theirs := as_version(sent)) and theirs != ours:
        st.info(
            f"Whoever made this link saw data version {theirs}. This is version {ours}: numbers may differ. [What changed](/about#versions)"
        )
    elif theirs and sent != ours:
        st.info(f"Data version {sent} is now written {ours}: the numbers are the same.")


def _ignored(asked: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what nothing on the page took, by its name alone where no page knows the name (`Year` is none: `year` is)."""
    ignored: dict[str, None] = {}
    for name, values in asked.items():
        taken = _taken(name, values) if name in NAMES else set()
        if name in NAMES:
            left = [value[:100] or "(empty)" for value in values if value not in taken]
            ignored |= dict.fromkeys(f"{NAMES[name]}: {value}" for value in left)
        elif not ADDED.fullmatch(name):
            ignored[name[:100]] = None
        of_a_widget = name in NAMES and name in st.session_state
        if name in st.query_params and not of_a_widget and (not taken or name in UNKEPT):
            del st.query_params[name]
    return list(ignored)


def _taken(name: str, values: Sequence[str]) -> set[str]:
    """Return the values of a known name that the page shows; of several for one it is the last."""
    last = values[-1]
    held: dict[str, Any] = {
        "claim": last,  # the card says so itself where there is no such claim
        "version": last if as_version(last) else None,
        "chart": last if f"chart-{last}" in st.session_state else None,
    }
    found = held.get(name, st.session_state.get(name))
    if isinstance(found, bool):
        return {last} if last.lower() == str(found).lower() else set()
    labels: Mapping[str, str] = tables.offered().get(name, {})
    return {labels.get(one, one) for one in (found if isinstance(found, list) else [found]) if one is not None}


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
