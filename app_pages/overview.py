"""The page for a reader in a hurry: the totals that reports give for the war, then every number over time."""

import streamlit as st

from analysis import words
from analysis.order import LARGEST_FIRST
from analysis.selection import search
from app_pages.parts import filters, picking, show, tables
from app_pages.parts.plain import plain
from figures.timeline import timeline
from validation.models import SCHEMAS

MOST = 12
"""Totals and numbers of families written out one by one."""
claims = tables.chosen()
st.title("What the reports say about people killed and displaced in Syria")
st.write(
    "Each number is quoted with the words that bind it, who said it and who printed it. Select a number to see everything known about it."
)

totals = claims[claims["measure"] == "cumulative"].sort_values("value", ascending=False)
st.subheader("Since the war began, according to the reports")
if totals.empty:
    filters.nothing_left("totals since the war began")
else:
    cards = st.container(horizontal=True)
    for claim in totals.head(MOST).itertuples():
        with cards.container(border=True, width=300):
            st.markdown(f"#### {plain(claim.wording)}", anchors=False)
            st.caption(
                f"{plain(claim.indicator_label)} · said by {plain(claim.said_by)}, as of {words.date(claim.period_end)} · {plain(claim.source)}"
            )
            st.button(
                "Details",
                key=f"card-{claim.claim_id}",
                on_click=picking.ask_for,
                args=(claim.claim_id,),
                type="tertiary",
            )
    if len(totals) > MOST:
        st.caption(f"The {MOST} largest of {len(totals):,} totals; the Data page has all of them.")
    if totals["part_of"].isin(totals["claim_id"]).any():
        st.caption(
            "The refugees and the internally displaced are parts of the total displaced: they are not added to it."
        )

st.subheader("Every number, by the time it speaks of")
st.write(
    "A mark stands at the end of the period that the number covers and a bar shows that period; each step up the scale is ten times more. "
    "An arrow means “at least”, a tilde “about”, a dotted line a word such as “thousands”. Different sources are no trend."
)
people = tables.chosen(unit="people")
if people.empty:
    filters.nothing_left("numbers of people")
else:
    show.after_the_words()
    show.figure(people, LARGEST_FIRST, timeline, "timeline", "Numbers of people in the reports, over time", most=300)
families = tables.chosen(unit="families")
if len(families) > MOST:
    st.caption(f"The first {MOST} of {len(families):,} numbers of families:")
for claim in families.head(MOST).itertuples():
    st.text(
        f"Families are another unit and not on this scale: {words.quoted(claim.wording)} ({claim.said_by}, {claim.period})."
    )

st.subheader("Search")
asked = st.text_input(
    "Words in the wording, summary, place, event or organisation", placeholder="for example: Idlib children"
)
if asked:
    found = search(claims, asked)
    st.caption(f"{words.count(len(found), 'claim')} found")
    if len(found):
        show.claims_table(found, "search")

st.subheader("Latest changes of data")
changes = tables.record().table("changes").sort_values("date", ascending=False).head(5)
show.table(changes, SCHEMAS["changes"], "Latest changes of the data")
