"""One event or topic: every number about it, side by side by who said it and who printed it."""

from functools import partial

import streamlit as st

from analysis import words
from analysis.order import by_who_said_it, topics
from app_pages.parts import filters, show, tables
from figures.intervals import intervals

claims = tables.chosen()
about = topics(tables.view())
st.title("Who says what about the same event")
st.write(
    "All numbers about one event or topic, grouped by who said them. They differ in whom they count, "
    "over which days, and by whose fire: read the caveats before comparing."
)
filters.note_unknown("Event or topic", st.query_params.get("event"), about)
topic = st.selectbox("Event or topic", list(about), key="event", bind="query-params", on_change=filters.forget_unknown)
rows = claims[claims["claim_id"].isin(about.get(topic, []))]
if rows.empty:
    filters.nothing_left(f"numbers about “{topic}”")
else:
    said, printed = rows["attributed_to"].nunique(), rows["source_id"].nunique()
    st.text(
        f"{words.count(len(rows), 'number')}, said by {words.count(said, 'organisation')}, printed in {words.count(printed, 'report')}."
    )
    st.caption(
        "Agreement counts who said a number, not who printed it: several reports that quote one organisation are one source."
    )
for (kind, unit), of in rows.groupby([rows["indicator"].isin(["killed", "injured"]), "unit"], sort=False):
    what = "killed or injured" if kind else "displaced or living there"
    st.subheader(f"{str(unit).capitalize()} {what}")
    show.figure(
        by_who_said_it(of),
        partial(intervals, tell="printed"),
        f"comparison-{kind}-{unit}",
        f"Claims about {topic}: {unit} {what}",
    )
