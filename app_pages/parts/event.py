"""One event: choosing it, and the table of its claims among the published counts.

Why: the chosen event stands in the address by its name, and what the filters exclude must not look as if it had claims. Here:
widgets and callbacks. Not here: which rows they hold (`analysis/events.py`), the chart (`reference.py`).
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis import words
from analysis.events import CLAIM, COLUMNS, COUNT, around, describe, from_first_claim, who_counted, with_numbers
from analysis.selection import with_those_within
from app_pages.parts import filters, open_card, reference, show, tables
from app_pages.parts.plain import escape_markdown
from app_pages.parts.width import wide
from validation.vocabulary import TOPICS, Topic

LISTED = {"name": "Event", "claims": "Claims", "counts": "Counts"}
HEADINGS = {
    "what": ("", 72),
    "said": ("Value", 182),
    "who": ("Who counted", 308),
    "whom": ("Whom", 170),
    "fire": ("Whose attacks", 166),
    "period_start": ("From", 84),
    "period_end": ("To", 84),
    "published": ("Published", 84),
    "place_name": ("Where", 130),
    "printed": ("Printed by", 110),
    "judging": ("Use", 150),
}
"""Heading and width, in pixels, of what a claim and a published count both say."""
WHOM_ALONE = 216
"""Width of the column of whom where no column says in whose attacks."""
LIST_HEIGHT, TABLE_HEIGHT, ROW, SHORT, A_PAGE = 212, 422, 35, 11, 500
"""Pixels of the list, the table and a row; rows that are seen at once, and that a page has."""
LATER, WHOLE_TABLE = "from the first claim", "all rows"
"""What stands among the ids of claims for rows that are not around one claim; no id has a space."""
WHOLE_WAR = {f"Whole war: {topic.both}": topic.page for topic in TOPICS}
"""What old links ask for that is no event, with the page where it is now."""


def choose(claims: pd.DataFrame) -> pd.Series | None:
    """Let the reader choose an event, and return it with its numbers of `claims` (those that the filters leave) and `counts`."""
    every = tables.once(with_numbers, tables.table("events"), claims, reference.view())
    asked = st.session_state.get("event", st.query_params.get("event"))
    if asked in WHOLE_WAR:
        st.session_state["whole_war"] = WHOLE_WAR[asked]
        filters.answered("event")
    _say_where_the_whole_war_is()
    known = tables.once(_known, every, asked if asked in set(every["name"]) else None)
    names = known["name"].tolist()
    if not names:
        filters.empty_state("claims about an event", lambda rows: rows[rows["event_id"].notna()])
        return None
    _leave_what_the_filters_exclude(known)
    left, right = st.columns([2, 3], gap="medium") if wide() else (st.container(), st.container())
    with left:
        name = st.selectbox("Event", names, key="event", bind="query-params", on_change=_forget)
        event: pd.Series = known.iloc[names.index(name)]
        _facts(event, claims)
    with right:
        _list(known, names)
    return event


def _known(every: pd.DataFrame, asked: str | None) -> pd.DataFrame:
    """Return the events that claims or counts are about, and the one that is asked for."""
    return every[(every["claims"] + every["counts"] > 0) | (every["name"] == asked)]


def _leave_what_the_filters_exclude(known: pd.DataFrame) -> None:
    """Go to the first event where a filter was changed and the one shown has no claims left."""
    choice = tables.choice()
    before = st.session_state.get("filters_of_event", choice)
    st.session_state["filters_of_event"] = choice
    if before == choice:
        return
    shown = known.loc[known["name"] == st.session_state.get("event"), "claims"]
    if len(shown) and not shown.iloc[0] and known["claims"].iloc[0]:
        st.session_state["event"] = known["name"].iloc[0]


def _say_where_the_whole_war_is() -> None:
    if page := st.session_state.get("whole_war"):
        st.info(f"Totals of the whole war are now on the page {page.capitalize()}. Below are single events.")
        st.page_link(f"app_pages/{page}.py", label=f"Go to {page.capitalize()}", icon=":material/arrow_forward:")


def _forget() -> None:
    st.session_state.pop("whole_war", None)
    filters.forget_link()


def _facts(event: pd.Series, claims: pd.DataFrame) -> None:
    """Describe the chosen event: how many claims by whom, how many counts by whom, and its note."""
    rows = of_event(claims, event)
    st.text(tables.once(describe, rows, reference.of_event(event["name"])))
    if rows.empty:
        filters.empty_state(f"claims about “{event['name']}”", lambda rows: of_event(rows, event))
    place = tables.once(_name_of, tables.table("places"), event["place_id"])
    where = f"{place}, {words.period(event['period_start'], event['period_end'], '')}. "
    note = event["note"] if isinstance(event["note"], str) else ""
    st.caption(escape_markdown(where + note, 1000))


def _name_of(places: pd.DataFrame, place_id: str) -> str:
    return str(places["name"].iloc[int((places["place_id"] == place_id).argmax())])


def of_event(claims: pd.DataFrame, event: pd.Series) -> pd.DataFrame:
    """Return the claims about an event and those within it."""
    return tables.once(_of_event, claims, tables.table("events"), event["event_id"])


def _of_event(claims: pd.DataFrame, events: pd.DataFrame, event_id: str) -> pd.DataFrame:
    return claims[claims["event_id"].isin(with_those_within([event_id], events, "event_id"))]


def _list(known: pd.DataFrame, names: Sequence[str]) -> None:
    """List the events with their numbers; selecting a row chooses one."""
    key = open_card.fresh(f"events-{len(known)}")

    def picked() -> None:
        if chosen := st.session_state[key].selection.rows:
            st.session_state["event"] = names[chosen[0]]
            _forget()

    show.grid(
        known,
        LISTED | {"name": st.column_config.TextColumn(LISTED["name"], width=235 if wide() else 190)},
        "Events with their claims and published counts, one a row; select a row for the event",
        key=key,
        on_select=picked,
        selection_mode="single-row",
        height=min(LIST_HEIGHT, ROW * (len(known) + 1) + 2),
    )


def rows_around(claims: pd.DataFrame, counts: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return claims among published counts: a long table begins at the first claim, until the reader chooses all rows or one claim."""
    rows = tables.once(who_counted, claims, counts)
    quotes = tables.once(_quotes, rows)
    if not quotes or len(rows) <= SHORT:
        return rows
    later = tables.once(from_first_claim, rows)
    named_rows = {
        LATER: f"From the first claim: {len(later):,} of {len(rows):,} rows",
        WHOLE_TABLE: f"All {len(rows):,} rows",
    }
    named_rows |= {claim: f"Around {quote}" for claim, quote in quotes.items()}
    claim = st.selectbox(
        "Counts around a claim", list(named_rows), key=f"around-{key}", label_visibility="collapsed", width=340,
        format_func=named_rows.__getitem__,
    )  # fmt: skip
    if claim == LATER:
        return later
    return rows if claim == WHOLE_TABLE else tables.once(around, rows, claim)


def _quotes(rows: pd.DataFrame) -> dict[str, str]:
    """Return what each claim among the counts says, by its id."""
    return dict(rows.loc[rows["what"] == CLAIM, ["claim_id", "said"]].itertuples(index=False, name=None))


def table(listed: pd.DataFrame, name: str, key: str) -> None:
    """Show claims among published counts, each named; selecting a claim opens its card, a count says where it is published."""
    rows = show.page_of(listed, f"who-counted-{key}", A_PAGE)
    shown = tables.once(_in_words, rows)
    config: dict[str, Any] = {
        column: st.column_config.TextColumn(heading, width=width) for column, (heading, width) in HEADINGS.items()
    }
    if "fire" not in shown.column_names:
        config["whom"] = st.column_config.TextColumn(HEADINGS["whom"][0], width=WHOM_ALONE)
    config["url"] = st.column_config.LinkColumn("Publication", display_text="Open")
    tints = show.palette()
    config["what"] = st.column_config.MultiselectColumn(
        HEADINGS["what"][0], width=HEADINGS["what"][1], options=[CLAIM, COUNT], color=[tints.counts[1], tints.page]
    )
    widget = open_card.fresh(f"who-counted-{key}-{len(rows)}")

    def picked() -> None:
        chosen = st.session_state[widget].selection.rows
        if chosen and rows["what"].iloc[chosen[0]] == CLAIM:
            open_card.ask_for(rows["claim_id"].iloc[chosen[0]])

    event = show.grid(
        shown,
        config,
        f"Who counted what: {name}; select a claim for its card, a count for its publication",
        placeholder="",
        key=widget,
        on_select=picked,
        selection_mode="single-row",
        height=min(TABLE_HEIGHT, ROW * (len(rows) + 1) + 2),
    )
    for at in event.selection.rows:
        if rows["what"].iloc[at] != CLAIM:
            _publication(rows.iloc[at])


def _in_words(rows: pd.DataFrame) -> pa.Table:
    """Return claims among counts as they are shown; what a row is as a list of one, which is shown as a label in a colour."""
    sides = rows["fire"].astype("str").str.removeprefix("the ")
    fire = (sides.str[:1].str.upper() + sides.str[1:]).where(rows["fire"].notna())
    shown = rows[COLUMNS].assign(fire=fire, what=rows["what"].map(lambda what: [what]))
    return pa.Table.from_pandas(shown.dropna(axis="columns", how="all"), preserve_index=False)


def _publication(count: pd.Series) -> None:
    """Say where a count is published, and lead to it among the published counts."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{count['said']} · {count['who']}", width="content")
        st.link_button("Open the publication", count["url"], icon=":material/open_in_new:")
        st.page_link(
            "app_pages/counts.py",
            label="All its values",
            icon=":material/format_list_numbered:",
            query_params={"count": count["title"], "single": "true"},
        )


def choose_topic(parts: dict[str, tuple[Topic, pd.DataFrame, pd.DataFrame]], key: str) -> str | None:
    """Let the reader choose a topic of an event where it has several; return its key, none where it has none."""

    def said(part: str) -> str:
        topic, claims, counts = parts[part]
        numbers = f"{words.count(len(claims), 'claim')}, {words.count(len(counts), 'published count')}"
        return f"{topic.either.capitalize()}: {numbers}"

    if len(parts) < 2:
        return next(iter(parts), None)
    first = next(iter(parts))
    return st.segmented_control(
        "What is counted", list(parts), format_func=said, default=first, required=True, key=f"topic-{key}",
        label_visibility="collapsed",
    )  # fmt: skip
