"""Published counts: what organisations count, one row a series, and one of them with its chart, its values and how to cite it."""

import streamlit as st

from analysis import seen, tallies, words
from app_pages.parts import downloads, filters, page_shell, reference, tables
from app_pages.parts.plain import escape_markdown
from validation.vocabulary import PEOPLE

ABOUT = {
    "definition": "What is counted",
    "excludes": "What is left out",
    "breaks": "Where the way of counting changed",
    "note": "Note",
    "licence": "Licence",
}
"""What is said of one series, with its heading."""

page_shell.head("Published counts")
st.write(
    "What UN bodies, monitors, researchers and others publish about the dead and the displaced. Each counts in its own way: whom, where, "
    "from when, in whose attacks. Choose a row, or a name below, for its chart, its values and its citation."
)
if not reference.missing():
    counts = reference.view()
    catalogue = tables.once(tallies.catalogue, counts)
    single = st.toggle("Also counts of a single value", key="single", bind="query-params")
    listed = catalogue if single else tables.once(tallies.only_series, catalogue)
    known, values = tables.once(reference.ids_and_values, listed)
    st.caption(f"{words.count(len(listed), 'published count')} of {len(catalogue):,}, with {values:,} values")
    reference.catalogue(listed)

    title = st.selectbox(
        "Published count", list(known), key="count", bind="query-params", index=None, placeholder="Choose one",
        on_change=filters.forget_link,
    )  # fmt: skip
    if title in known:
        rows = tables.once(reference.of_series, counts, known[title])
        first = rows.iloc[0]
        st.header(escape_markdown(title))
        st.text(f"Published by {first['organisation']} ({str(first['organisation_kind']).lower()}).")
        for name, heading in ABOUT.items():
            said = "; ".join(dict.fromkeys(rows[name].dropna())) if name == "note" else first[name]
            if isinstance(said, str) and said and not (name == "note" and len(rows) > 1):
                st.markdown(f"**{heading}**: {escape_markdown(said, 1000)}")
        claims = tables.chosen(str(first["indicator"]), unit=PEOPLE)
        same = tables.once(reference.of_place, claims, first["place_id"], first["measure"])
        if len(rows["day"].unique()) > 1:
            whence = "" if first["where"] == first["place_name"] else f": people {first['where']}"
            key = f"count-{known[title]}"
            reference.figure(rows, same, key, seen.last_value(rows), subtitle=f"{title}{whence}")
        reference.listed(rows, f"Values: {title}", f"values-of-{known[title]}")
        published = rows[~rows["ours"]]
        if len(published):
            st.markdown("**Cite it**")
            downloads.cite_counts(published, str(known[title]))
        if isinstance(first["series_url"], str):
            st.link_button("Where it is published", first["series_url"], icon=":material/open_in_new:")

    began = str(tables.dataset().about.began)[:4]
    st.header(f"Who counts whom: deaths since {began}")
    st.write("The totals of the whole war differ in whom they count and what they leave out. The last value of each.")
    reference.who_counts_whom(tables.once(tallies.last_totals, counts))
