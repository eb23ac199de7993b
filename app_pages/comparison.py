"""The old address of the events: leads there, with everything that the link asks for."""

import streamlit as st

st.switch_page("app_pages/events.py", query_params={name: st.query_params.get_all(name) for name in st.query_params})
