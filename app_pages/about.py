"""About: what this is, who makes it, what it leaves out, its licence and versions, how to cite it and how to report an error."""

import streamlit as st

from analysis import listing, words
from app_pages.parts import downloads, page_shell, tables
from app_pages.parts.plain import escape_markdown
from exports.citations import as_text, data_set

dataset = tables.dataset()
about = dataset.about
contact = escape_markdown(about.contact)
page_shell.head("About")

st.header("What this is", anchor="what-this-is")
st.markdown(f"**{escape_markdown(about.title)}.** {escape_markdown(about.description, 2000)}")
st.write(
    f"Today it holds {words.count(len(dataset.table('claims')), 'claim')} of {words.count(len(dataset.table('sources')), 'report')} and "
    f"{words.count(len(dataset.table('observations')), 'published count')}. The Method page says how we collect and compare them."
)

st.header("Who makes it", anchor="who-makes-it")
st.write(f"Contact: {contact}" if contact else "No name and no address are given yet.")

st.header("What it leaves out", anchor="what-it-leaves-out")
st.markdown(
    "- Reports that are not on the list: it is a small selection, not all that was printed.\n"
    "- Deaths and displacement that nobody reported or counted.\n"
    "- Numbers in the reports that do not count people, such as dates and distances. The Data page lists each with the reason.\n"
    "- Any judgement of who is right. We compare, and say how claims and counts differ.\n"
    "- Names and details of individuals."
)

st.header("Licence", anchor="licence")
st.write(
    f"The data have this licence: {escape_markdown(about.licence)}."
    if about.licence
    else "No licence has been chosen yet."
)
st.write(
    "The reports belong to their publishers; we quote at most eight words for a claim. Published counts stay under the terms of their publishers."
)

st.header("How to cite", anchor="how-to-cite")
st.code(as_text(data_set(dataset, f"{downloads.origin()}/data")), language=None, wrap_lines=True)
st.write("To cite a single claim or a published count, use the citation on its card or on the page Published counts.")

st.header("Report an error", anchor="report-an-error")
st.write(
    f"Write to {contact} with the link of the claim and what the report says."
    if contact
    else "No address is given yet. When there is one, send the link of the claim and what the report says."
)
st.write(
    "Corrections are dated, and the old value stays in the list of changes. A claim that is withdrawn keeps its link."
)

st.header("Versions", anchor="versions")
st.markdown(f"Today’s data version is **{escape_markdown(dataset.version)}**: the same code means the same numbers.")
for date, count, said in tables.once(listing.versions, dataset):
    st.markdown(f"**{words.date(date)}**, {words.count(count, 'change')}")
    st.markdown("\n".join(f"- {escape_markdown(what)}" for what in said))
st.page_link(
    "app_pages/data.py",
    label="All changes, with old and new values",
    query_params={"table": "Changes"},
    icon=":material/history:",
)
st.write("The whole data set of this version, with types, keys, sources and hashes:")
downloads.offer_package()
