"""Claims beside each other and beside published counts: one event or topic, then deaths and displacement over the whole war."""

from functools import partial

import streamlit as st

from analysis import tallies, words
from analysis.counts import widest_by_year
from analysis.order import BY_WHO_SAID_IT
from app_pages.parts import filters, page_shell, reference, show, tables
from figures.intervals import intervals
from validation import vocabulary as terms

claims = tables.chosen()
about = tables.topics()
page_shell.head("Claims and published counts")
st.write(
    "First all claims about one event or topic, by who said them, and what others counted; then the published counts of the whole war with "
    "the claims on top. Counts differ in who, which dates and whose attacks they cover. We do not judge which is right."
)
filters.note_unknown("Event or topic", st.query_params.get("event"), about)
topic = st.selectbox("Event or topic", list(about), key="event", bind="query-params", on_change=filters.forget_unknown)
rows = claims[claims["claim_id"].isin(about.get(topic, []))]
if rows.empty:
    filters.empty_state(f"claims about “{topic}”", lambda rows: rows[rows["claim_id"].isin(about.get(topic, []))])
else:
    said, printed = rows["attributed_to"].nunique(), rows["source_id"].nunique()
    counted = f"said by {words.count(said, 'organisation')}, printed in {words.count(printed, 'report')}"
    st.text(f"{words.count(len(rows), 'claim')}, {counted}.")
    st.caption("Reports quoting the same organisation count as one source.")
for part in terms.TOPICS:
    for unit, reported in rows[rows["indicator"].isin(terms.about(part))].groupby("unit", sort=False):
        st.header(f"{str(unit).capitalize()} {part.either}")
        key = f"{words.slug(topic)}-{part.key}-{unit}"
        draw = partial(intervals, tell="printed")
        show.figure(reported, BY_WHO_SAID_IT, draw, key, f"{topic}: {unit} {part.either}, as reported")

people = tables.chosen(unit=terms.PEOPLE)
of_event = people[people["claim_id"].isin(rows["claim_id"])]
counts_of_event = reference.of_event(topic)
for indicators in (terms.about(terms.HARM), terms.DISPLACEMENT):
    counts = counts_of_event[counts_of_event["indicator"].isin(indicators)]
    labels = terms.labels(terms.SERIES_INDICATORS)
    what = " or ".join(labels[code].lower() for code in indicators if code in set(counts["indicator"]))
    if len(counts):
        st.header(f"Published counts of people {what}, by date of count")
        key, running = f"{what}-{words.slug(topic)}", tallies.over_time(counts)
        if len(running):
            st.write("Counts with two or more dates, and the claims. Later counts often include people recorded late.")
            reference.figure(running, of_event[of_event["indicator"].isin(indicators)], key, f"{topic}: people {what}")
        if len(rest := counts.drop(running.index)):
            st.write("Counts with one date, and those of families or of movements:")
            reference.listed(rest, f"{topic}: other published counts of people {what}", f"listed-{key}")

if not reference.missing():
    war, observed = tables.dataset().about, reference.view()
    began, whole = str(war.began)[:4], tallies.current(observed[observed["place_id"] == war.country])
    total = people[people["measure"] == terms.CUMULATIVE]
    killed, displaced = total[total["indicator"].isin(terms.DEATHS)], total[total["indicator"].isin(terms.DISPLACEMENT)]
    everybody = whole[whole["population_group"].isin(terms.EVERYBODY) & whole["indicator"].isin(terms.DEATHS)]
    deaths = everybody[everybody["measure"] == terms.CUMULATIVE]
    documented = deaths["kind"] == terms.DOCUMENTED
    stocks = whole[(whole["measure"] == terms.STOCK) & whole["indicator"].isin(terms.DISPLACEMENT)]

    st.header(f"Deaths since {began}: documented counts")
    st.write("Counts of documented deaths are minimums. A line stops where older deaths were added to a count.")
    reference.figure(deaths[documented], killed, "deaths-documented", f"Documented deaths since {began}")
    st.header(f"Deaths since {began}: estimates")
    st.write("Each estimate adds in its own way what could not be documented; some include missing people.")
    reference.figure(deaths[~documented], killed, "deaths-estimates", f"Estimated deaths since {began}")
    st.header("Displacement at a date")
    st.write("Refugees, internally displaced people, and both together where one publisher has both (our sum).")
    reference.figure(stocks, displaced, "displacement", "People displaced at a date")
    st.header("Deaths by year")
    st.write(
        "Of each publisher the widest count of a year; a band shows its low and high estimate, where it gives them."
    )
    yearly = widest_by_year(everybody)
    reference.figure(yearly, people.head(0), "deaths-by-year", f"Deaths by year, {reference.publishers(yearly)}")
