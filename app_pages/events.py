"""Events: who counted what in one of them, the claims among the published counts, then the tallies that ran over time."""

import streamlit as st

from analysis import events, seen, words
from app_pages.parts import event, page_shell, reference, tables
from app_pages.parts.width import wide

claims = tables.chosen()
page_shell.head("Events")
st.write(
    "Who counted what in one event: claims among published counts. Counts differ in who, which dates and whose attacks they "
    "cover; we do not judge which is right. The filters choose claims, not counts."
)
reference.missing()
chosen = event.choose(claims)
if chosen is None:
    raise page_shell.EndOfPageError
name = str(chosen["name"])
key = words.slug(name)
parts = tables.once(events.by_topic, event.of_event(claims, chosen), reference.of_event(name))
with st.container(horizontal=wide(), vertical_alignment="center"):
    part = event.choose_topic(parts, key)
    rows = event.rows_around(*parts[part][1:], f"{key}-{part}") if part else None
if part and rows is not None:
    topic, reported, counts = parts[part]
    event.table(rows, f"{name}, people {topic.either}", f"{key}-{part}")
    running = tables.once(events.running, counts)
    if len(running):
        reference.figure(
            running,
            tables.once(events.beside, reported, running),
            f"{part}-{key}",
            tables.once(seen.last_counts, running),
            subtitle=f"{name}: counts that ran over three dates or more, and the claims. Later counts often include people recorded late.",
        )
