"""Plotly figures: table in, `go.Figure` out; one file a question.

Here: pure builders and the look that they share (`palette.py`, `layout.py`, `hover.py`). Not here: choosing,
ordering or summing rows (`analysis`), anything of Streamlit, and any year or colour written into a builder.
"""
