"""People who fled: how many at the end of each year, where refugees live, a total and its parts, and what the reports say."""

from functools import partial

import streamlit as st

from analysis.order import BY_EVENT, BY_STOCK_AND_FLOW
from app_pages.parts import displaced, filters, page_shell, reference, show, tables
from app_pages.parts.plain import escape_markdown
from figures.intervals import intervals
from validation.vocabulary import CONTEXT, DISPLACEMENT, FAMILIES, PEOPLE, RETURN, about

people = tables.chosen(*DISPLACEMENT, unit=PEOPLE)
families = tables.chosen(*DISPLACEMENT, unit=FAMILIES)
returned = {unit: tables.chosen(*about(RETURN), unit=unit) for unit in (PEOPLE, FAMILIES)}
population = tables.chosen(*CONTEXT)
by_indicator = partial(intervals, colour_by="indicator")
country = escape_markdown(tables.dataset().country)

page_shell.head("People displaced")
if all(rows.empty for rows in (people, families, population, *returned.values())):
    shown = (*DISPLACEMENT, *about(RETURN), *CONTEXT)
    filters.empty_state("claims of people displaced", lambda rows: rows[rows["indicator"].isin(shown)])

st.header("At the end of each year")
st.write("The filters choose claims; published counts are always shown whole.")
if not reference.faulty():
    displaced.at_year_ends(people)
    st.header("Where refugees live")
    displaced.by_host()

in_whole, others = tables.once(displaced.divided, people)
if len(in_whole):
    st.header("A total and its parts")
    displaced.totals(in_whole)

if any(len(rows) for rows in (others, families, population, *returned.values())):
    st.header("What the reports say")
    st.write(
        f"Refugees left {country}, internally displaced people stayed in it; “displaced” stands where the report does not say which. "
        "Newly displaced people and those displaced at a date are listed separately."
    )
if len(others):
    show.figure(
        others, BY_STOCK_AND_FLOW, by_indicator, "displaced-people", "People reported displaced, newly or at a date"
    )

if len(families):
    st.subheader("Families")
    st.write("Families are counted as reported and never converted to people.")
    show.figure(families, BY_STOCK_AND_FLOW, by_indicator, "displaced-families", "Families reported displaced")

for unit, rows in returned.items():
    if len(rows):
        st.subheader(f"{unit.capitalize()} who returned")
        st.write("We do not subtract people who went back from the displaced: each number is as the report gives it.")
        show.figure(rows, BY_EVENT, by_indicator, f"{RETURN.key}-{unit}", f"{unit.capitalize()} reported returned")

if len(population):
    st.subheader("How many people live in the area")
    show.figure(population, BY_EVENT, by_indicator, "population", "People living in the area, as reported")
