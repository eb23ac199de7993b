"""The plain page that ours is measured against: the same table as anybody would show it, without this project.

One chart, two filters, a table, a CSV button; stock settings; run from a folder of its own, so that no settings of this
project reach it.
"""

import sys
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

claims = pd.read_csv(Path(sys.argv[1]) / "claims.csv")
st.title("Claims")
source = st.selectbox("Source", ["All", *claims["source_id"].unique()])
indicator = st.selectbox("Indicator", ["All", *claims["indicator"].unique()])
if source != "All":
    claims = claims[claims["source_id"] == source]
if indicator != "All":
    claims = claims[claims["indicator"] == indicator]
st.plotly_chart(px.scatter(claims, x="best", y="wording", color="indicator", log_x=True, hover_data=["summary"]))
st.dataframe(claims)
st.download_button("Download CSV", claims.to_csv(index=False), "claims.csv")
