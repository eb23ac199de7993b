"""What the Overview shows first: the headlines as cards, and what the reports say beside the record in one figure.

Not here: which claims make headlines and what may be compared (`analysis/headlines.py`).
"""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from analysis.headlines import beside_the_record, headlines, how_sure, without_record
from analysis.selection import TITLES
from app_pages.parts import open_card, reference, show, tables
from app_pages.parts.plain import escape_markdown
from figures.multiples import multiples
from figures.palette import Palette
from validation.vocabulary import INDICATORS, by_code

TITLE = "The reports beside the record"
IN_A_ROW = 3
MAX_CLAIMS = 12
"""Claims beside the record in one figure."""


def first(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that make headlines, once for a choice."""
    at = tables.key_of(claims)
    return tables.kept(("headlines", at), lambda: headlines(claims), size_of=tables.bytes_of)


def cards(claims: pd.DataFrame) -> None:
    """Write each claim with what is counted, since when, who says so and how sure it is; a way to its card and its page."""
    for start in range(0, len(claims), IN_A_ROW):
        row = claims.iloc[start : start + IN_A_ROW].to_dict("records")
        for column, claim in zip(st.columns(IN_A_ROW), row, strict=False):
            with column.container(border=True, height="stretch"):
                _card(claim)


def _card(claim: dict[Hashable, Any]) -> None:
    st.markdown(f"## {escape_markdown(claim['wording'])}", anchors=False)
    event = [claim["event_name"]] if isinstance(claim["event_name"], str) else []
    what = " · ".join([claim["indicator_label"], claim["group_label"], *event])
    lines = [what, claim["period"], f"Said by {claim['said_by']}", f"Printed by {claim['printed']}"]
    st.markdown("  \n".join(escape_markdown(line) for line in lines))
    st.caption(escape_markdown(how_sure(claim)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Details",
            key=f"card-{claim['claim_id']}",
            on_click=open_card.ask_for,
            args=(claim["claim_id"],),
            type="tertiary",
        )
        st.page_link(
            f"app_pages/{by_code(INDICATORS)[claim['indicator']].topic.page}.py",
            label="In its figure",
            query_params={"source": claim["source"], "indicator": claim["indicator_label"]},
        )


def beside_record(claims: pd.DataFrame) -> None:
    """Draw the claims that may be compared as multiples of the record, and name the reports that have none."""
    if reference.faulty():
        return
    compared = tables.kept(
        ("beside the record", tables.key_of(claims)),
        lambda: beside_the_record(claims, reference.view(), MAX_CLAIMS),
        "Comparing with the record…",
        tables.bytes_of,
    )
    if compared.empty:
        st.caption("None of these numbers may be set beside a series of the record.")
        return

    def build(colours: Palette) -> show.Built:
        drawn = claims[claims["claim_id"].isin(compared["claim_id"])]
        publishers = "; ".join(sorted(compared["organisation"].unique()))
        line = f"{show.source_line(drawn, total=len(claims), rule=RULE)} Record: {publishers}."
        return show.Built(multiples(compared, colours), line, f"{TITLE}: {_in_words(compared)}")

    def table(_: show.Shown) -> None:
        st.dataframe(
            compared[list(COLUMNS)],
            hide_index=True,
            alt="Claims beside published values",
            placeholder="",
            column_config=COLUMNS | {"times": st.column_config.NumberColumn(COLUMNS["times"], format="%.2f")},
        )

    show.chart(show.Chart("beside", TITLE, (claims,), build, "The same values as a table", table))
    if rest := without_record(claims, compared):
        st.caption(
            f"No number of these reports may be set beside a series of the record: {escape_markdown('; '.join(rest[:12]))}."
        )


RULE = "those that a series of the record may be set beside, the largest first"
COLUMNS = {
    "wording": "Wording",
    "said_by": TITLES["attributed"],
    "period": "Period",
    "times": "Claim as a multiple",
    "series": "Series",
    "record": "Value",
    "record_day": "At",
    "judgement": "Judgement",
}


def _in_words(compared: pd.DataFrame) -> str:
    """Describe for each claim how it stands to the record, for those who do not see the figure."""
    phrases = []
    for _, rows in compared.groupby("claim_id", sort=False):
        times = rows["times"].dropna()
        span = f"{times.min():.2f} to {times.max():.2f} times" if len(times) else "a word, beside"
        phrases.append(f"{rows['wording'].iloc[0]}, {span} the record ({len(rows)} series)")
    return "; ".join(phrases) + "."
