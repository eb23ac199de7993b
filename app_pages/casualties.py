"""Every claim of people killed or injured, as an interval, event by event."""

from functools import partial

import streamlit as st

from analysis.order import BY_EVENT
from app_pages.parts import filters, page_shell, show, tables
from figures.intervals import intervals
from validation.vocabulary import ABSENCE, HARM, UNITS, about, labels

units = labels(UNITS)
casualties = {unit: tables.chosen(*about(HARM), unit=unit) for unit in units}
absent = {unit: tables.chosen(*about(ABSENCE), unit=unit) for unit in units}
page_shell.head("What the reports say about people killed and injured")
st.write(
    "Each row is one claim of a report; each grid line is ten times the one before. A filled dot is the number as printed, an arrow means "
    "“at least”, a hollow dot with a tilde “about”, a pale band a word such as “hundreds”, whose ends are our convention."
)
if all(rows.empty for rows in (*casualties.values(), *absent.values())):
    filters.empty_state(
        "claims of people killed or injured", lambda rows: rows[rows["indicator"].isin(about(HARM, ABSENCE))]
    )
for unit, rows in casualties.items():
    if rows.empty:
        continue
    show.figure(
        rows,
        BY_EVENT,
        intervals,
        f"{HARM.key}-{unit}",
        f"{unit.capitalize()} reported {HARM.either}, by event",
    )
for unit, rows in absent.items():
    if len(rows):
        draw = partial(intervals, colour_by="indicator")
        show.figure(
            rows, BY_EVENT, draw, f"{ABSENCE.key}-{unit}", f"{unit.capitalize()} reported {ABSENCE.either}, by event"
        )
st.caption("Claims about one event may count the same deaths, so we do not add them up.")
