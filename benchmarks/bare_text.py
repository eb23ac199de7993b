"""An empty page with one line: what our headline numbers are measured against."""

import streamlit as st

st.title("Empty")
