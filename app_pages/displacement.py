"""Every number of displaced people or families: totals with their parts, flows, stocks, and the population as context."""

from functools import partial

import streamlit as st

from analysis.order import BY_EVENT, BY_STOCK_AND_FLOW, BY_WHOLE
from analysis.selection import wholes_and_parts
from app_pages.parts import filters, page_shell, show, tables
from app_pages.parts.plain import escape_markdown
from figures.composition import composition
from figures.intervals import intervals
from validation.vocabulary import CONTEXT, DISPLACEMENT, FAMILIES, PEOPLE, RETURN, about

people = tables.chosen(*DISPLACEMENT, unit=PEOPLE)
families = tables.chosen(*DISPLACEMENT, unit=FAMILIES)
returned = {unit: tables.chosen(*about(RETURN), unit=unit) for unit in (PEOPLE, FAMILIES)}
population = tables.chosen(*CONTEXT)
by_indicator = partial(intervals, colour_by="indicator")

page_shell.head("What the reports say about people displaced")
st.write(
    f"Refugees left {escape_markdown(tables.dataset().country)}, internally displaced people stayed in it, "
    "“displaced” stands where the report does not say which. "
    "People displaced at a date (stock) and people who moved in a period (flow) are different things."
)
if all(rows.empty for rows in (people, families, population, *returned.values())):
    shown = (*DISPLACEMENT, *about(RETURN), *CONTEXT)
    filters.empty_state("claims of people displaced", lambda rows: rows[rows["indicator"].isin(shown)])

in_whole = wholes_and_parts(people)
if len(in_whole):
    st.header("A total and its parts")
    st.write(
        "The upper bar is the total that the report gives, the lower ones its parts. An arrow means “more than”; the parts are already in the total."
    )
    show.figure(in_whole, BY_WHOLE, composition, "composition", "A total of displaced people, and its parts")

others = people.drop(in_whole.index)
if len(others):
    st.header("Other claims about people")
    st.write(
        "Newly displaced and total displaced are listed separately. A pale band is a word such as “thousands”; its ends are our convention."
    )
    show.figure(others, BY_STOCK_AND_FLOW, by_indicator, "displaced-people", "People reported displaced: other numbers")

if len(families):
    st.header("Families")
    st.write("Families are counted as reported and never converted to people.")
    show.figure(families, BY_STOCK_AND_FLOW, by_indicator, "displaced-families", "Families reported displaced")

for unit, rows in returned.items():
    if len(rows):
        st.header(f"{unit.capitalize()} who returned")
        st.write("We do not subtract people who went back from the displaced: each number is as the report gives it.")
        show.figure(rows, BY_EVENT, by_indicator, f"{RETURN.key}-{unit}", f"{unit.capitalize()} reported returned")

if len(population):
    st.header("How many people live in the area")
    st.write("For comparison with the numbers above: how many people lived in an affected area, at a date.")
    show.figure(population, BY_EVENT, by_indicator, "population", "People living in the area, as reported")
