"""Claims beside each other and beside the record: one event or topic, then deaths and displacement over the whole war."""

from functools import partial

import streamlit as st

from analysis import words
from analysis.comparison import widest_by_year
from analysis.order import BY_WHO_SAID_IT
from app_pages.parts import filters, reference, show, tables
from figures.intervals import intervals
from validation import vocabulary as terms

claims = tables.chosen()
about = tables.topics()
st.title("What the reports say, and what is on record")
st.write(
    "First all numbers about one event or topic, by who said them; then the record of the whole war with the reports on top. "
    "Counts differ in whom they count, over which days, and by whose fire: no figure here is a verdict."
)
filters.note_unknown("Event or topic", st.query_params.get("event"), about)
topic = st.selectbox("Event or topic", list(about), key="event", bind="query-params", on_change=filters.forget_unknown)
rows = claims[claims["claim_id"].isin(about.get(topic, []))]
if rows.empty:
    filters.empty_state(f"numbers about “{topic}”")
else:
    said, printed = rows["attributed_to"].nunique(), rows["source_id"].nunique()
    counted = f"said by {words.count(said, 'organisation')}, printed in {words.count(printed, 'report')}"
    st.text(f"{words.count(len(rows), 'number')}, {counted}.")
    st.caption(
        "Agreement counts who said a number, not who printed it: reports that quote one organisation are one source."
    )
for part in terms.TOPICS:
    for unit, reported in rows[rows["indicator"].isin(terms.about(part))].groupby("unit", sort=False):
        st.header(f"{str(unit).capitalize()} {part.either}")
        key = f"{words.slug(topic)}-{part.key}-{unit}"
        draw = partial(intervals, tell="printed")
        show.figure(reported, BY_WHO_SAID_IT, draw, key, f"{topic}: {unit} {part.either}, as reported")

gone = reference.missing()
observed = reference.view()
people = tables.chosen(unit=terms.PEOPLE)
of_event = people[people["claim_id"].isin(rows["claim_id"])]
tallies = reference.tallies_of(topic)
for indicators in (terms.about(terms.HARM), terms.DISPLACEMENT):
    counts = tallies[tallies["indicator"].isin(indicators)]
    labels = terms.labels(terms.SERIES_INDICATORS)
    what = " or ".join(labels[code].lower() for code in indicators if code in set(counts["indicator"]))
    if len(counts):
        st.header(f"Tallies of people {what}, by date of count")
        st.write("Every published tally of this event and the claims about it. A later count is often a catching-up.")
        drawn = of_event[of_event["indicator"].isin(indicators)]
        reference.figure(counts, drawn, f"tallies-{what}-{words.slug(topic)}", f"{topic}: tallies of people {what}")

if not gone:
    began = str(tables.dataset().about.began)[:4]
    whole = observed[observed["place_id"] == tables.dataset().about.country]
    total = people[people["measure"] == terms.CUMULATIVE]
    killed, displaced = total[total["indicator"].isin(terms.DEATHS)], total[total["indicator"].isin(terms.DISPLACEMENT)]
    everybody = whole[whole["population_group"].isin(terms.EVERYBODY) & whole["indicator"].isin(terms.DEATHS)]
    deaths = everybody[everybody["measure"] == terms.CUMULATIVE]
    documented = deaths["kind"] == terms.DOCUMENTED
    stocks = whole[(whole["measure"] == terms.STOCK) & whole["indicator"].isin(terms.DISPLACEMENT)]

    st.header(f"Deaths since {began}: documented counts")
    st.write("Counts of documented deaths are floors. A line stops where older deaths were added to a series.")
    reference.figure(deaths[documented], killed, "deaths-documented", f"Documented deaths since {began}")
    st.header(f"Deaths since {began}: estimates")
    st.write("Each estimate adds in its own way what could not be documented; some take in the missing.")
    reference.figure(deaths[~documented], killed, "deaths-estimates", f"Estimated deaths since {began}")
    st.header("Displacement at a date")
    st.write("Refugees, internally displaced, and both together where one publisher gives both (our sum).")
    reference.figure(stocks, displaced, "displacement", "People displaced at a date")
    st.header("Deaths by year")
    st.write(
        "Of each publisher the widest count of a year; a band shows its low and high estimate, where it gives them."
    )
    yearly = widest_by_year(everybody)
    reference.figure(yearly, people.head(0), "deaths-by-year", f"Deaths by year, {reference.publishers(yearly)}")
