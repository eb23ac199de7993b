"""The desk: a Streamlit app over the functions of `curation`, for one machine, never part of the public dashboard.

Why: a report of forty numbers is read faster with the text beside the form than with a spreadsheet. Here: widgets, and what a
reader sees. Not here: any rule. What a good row is stands in `validation`, what becomes of a decision in `curation`.
"""
