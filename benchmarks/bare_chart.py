"""A bare page with one chart: what the first figure of ours is measured against."""

import plotly.express as px
import streamlit as st

st.title("Chart")
st.plotly_chart(px.scatter(x=[1, 2, 3], y=[3, 1, 2]))
