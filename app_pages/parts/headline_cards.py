"""What the Overview shows: the headlines as cards, how the claims compare with published counts, and what changed last.

Not here: which claims make headlines and which counts stand beside them (`analysis/headlines.py`).
"""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from analysis import words
from analysis.comparison_words import comparisons
from analysis.headlines import beside_counts, headlines, how_sure
from analysis.selection import TITLES
from app_pages.parts import open_card, reference, show, tables
from app_pages.parts.plain import escape_markdown
from figures.intervals import intervals as multiples
from figures.palette import Palette
from validation.vocabulary import COMPARISONS, INDICATORS, RELATIONS, by_code, labels

TITLE = "How the claims compare with published counts"
IN_A_ROW = 3
MAX_CLAIMS = 6
"""Claims beside published counts in one figure."""
KNOWN_TABLES = ("claims", "sources", "events", "places", "organisations", "observations", "dismissed")
"""Tables whose changes readers see; the others hold what only curators work with."""


def first(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that make headlines, once for a choice."""
    at = tables.key_of(claims)
    return tables.kept(("headlines", at), lambda: headlines(claims), size_of=tables.bytes_of)


def changes() -> pd.DataFrame:
    """Return the changes of the data that readers see, the newest first."""
    rows = tables.dataset().table("changes")
    return rows[rows["table"].isin(KNOWN_TABLES)].sort_values("date", ascending=False, kind="stable")


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
            label="Show in chart",
            query_params={"source": claim["source"], "indicator": claim["indicator_label"]},
        )


def compared(claims: pd.DataFrame) -> None:
    """Draw claims as multiples of the published counts beside them; a folded table has what is said of all others."""
    if reference.faulty():
        return
    drawn = tables.kept(
        ("beside published counts", tables.key_of(claims)),
        lambda: beside_counts(tables.dataset(), claims, MAX_CLAIMS),
        "Comparing with published counts…",
        tables.bytes_of,
    )
    if len(drawn):
        _chart(claims, drawn)
    rest = claims.index[~claims["claim_id"].isin(drawn["claim_id"])]
    if len(rest):
        with st.expander(words.count(len(rest), "more claim" if len(drawn) else "claim")):
            rows = claims.loc[show.page_of(rest, "more-claims")]
            known = comparisons(tables.dataset()).loc[rows["claim_id"]].set_axis(rows.index)
            status = known["comparison_status"].map(labels(COMPARISONS))
            rows = rows.assign(comparison=known["comparison"], comparison_status=status)
            show.claims_table(rows, "more-claims", ["wording", "comparison_status", "comparison"])


def _chart(claims: pd.DataFrame, drawn: pd.DataFrame) -> None:
    title = "Claims as multiples of published counts"

    def build(colours: Palette) -> show.Built:
        of_claims = claims[claims["claim_id"].isin(drawn["claim_id"])]
        publishers = "; ".join(sorted(drawn["organisation"].unique()))
        line = f"{show.source_line(of_claims, total=len(claims), rule=RULE)} Published counts: {publishers}."
        return show.Built(multiples(drawn, colours), line, f"{title}: {_in_words(drawn)}")

    def table(_: show.Shown) -> None:
        st.dataframe(
            drawn[list(COLUMNS)].assign(relation=drawn["relation"].map(labels(RELATIONS))),
            hide_index=True,
            alt="Claims beside published counts",
            placeholder="",
            column_config=COLUMNS | {"times": st.column_config.NumberColumn(COLUMNS["times"], format="%.2f")},
        )

    show.chart(show.Chart("beside", title, (claims,), build, table, lambda: drawn[list(COLUMNS)]))


RULE = "the largest with a published count of the same thing"
COLUMNS = {
    "wording": "Quote",
    "said_by": TITLES["attributed"],
    "period": "Period",
    "times": "Claim as a multiple",
    "counted": "Published count",
    "organisation": "Who counted",
    "counted_day": "At",
    "relation": "Relation",
}


def _in_words(drawn: pd.DataFrame) -> str:
    """Describe how each claim compares with the counts beside it, for those who do not see the figure."""
    first = drawn.drop_duplicates("claim_id")
    return " ".join(f"{words.quoted(row.wording)}: {row.comparison}" for row in first.itertuples())
