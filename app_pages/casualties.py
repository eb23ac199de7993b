"""People killed, injured and missing: deaths by year, totals since the war began, then every claim as an interval, event by event."""

from functools import partial

import streamlit as st

from analysis.order import BY_EVENT
from app_pages.parts import deaths, filters, page_shell, reference, show, tables
from figures.intervals import intervals
from validation.vocabulary import ABSENCE, HARM, PEOPLE, UNITS, about, labels

units = labels(UNITS)
casualties = {unit: tables.chosen(*about(HARM), unit=unit) for unit in units}
absent = {unit: tables.chosen(*about(ABSENCE), unit=unit) for unit in units}
page_shell.head("People killed, injured and missing")
if not reference.missing():
    counted = deaths.counts()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("How many died in each year", anchor="by-year", width="content")
        kind = deaths.choose_split(counted)
    deaths.in_each_year(counted, split=kind)
    deaths.say_gaps(counted)
    st.header(f"How many have died since {str(tables.dataset().about.began)[:4]}", anchor="totals")
    st.write("The filters choose among the claims. Published counts are always shown whole.")
    deaths.since_the_war_began(counted, tables.chosen(unit=PEOPLE))
st.header("What the reports say, event by event", anchor="by-event")
if all(rows.empty for rows in (*casualties.values(), *absent.values())):
    filters.empty_state(
        "claims of people killed or injured", lambda rows: rows[rows["indicator"].isin(about(HARM, ABSENCE))]
    )
else:
    st.write(
        "Each row is one claim of a report, civilians first. A filled dot is the number as printed, an arrow means “at least” (or “at most”), a "
        "hollow dot with a tilde “about”, a pale band a word such as “hundreds”, whose ends are our convention. Claims about one event may count the "
        "same deaths, so we do not add them up."
    )
for unit, rows in casualties.items():
    if len(rows):
        title = f"{unit.capitalize()} reported {HARM.either}, by event"
        show.figure(rows, BY_EVENT, intervals, f"{HARM.key}-{unit}", title)
for unit, rows in absent.items():
    if len(rows):
        draw = partial(intervals, colour_by="indicator")
        title = f"{unit.capitalize()} reported {ABSENCE.either}, by event"
        show.figure(rows, BY_EVENT, draw, f"{ABSENCE.key}-{unit}", title)
