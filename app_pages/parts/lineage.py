"""Whose numbers stand where: the figure from who said them to who printed them, its table and what it means."""

import pandas as pd
import streamlit as st

from analysis.lineage import in_words, of_paths, paths, voices
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown
from figures.layout import add_title_and_sources
from figures.lineage import lineage
from validation.vocabulary import ORGANISATION_KINDS, labels

TITLE = "Who said the numbers, and who printed them"
MOST_PATHS = 30
HEADINGS = {"said_by": "Said by", "kind": "Kind", "via": "Via", "printed_by": "Printed by", "claims": "Claims"}

PARTY = labels(ORGANISATION_KINDS)["party_to_conflict"]

_counted: tables.Kept[str] = tables.Kept(tables.COUNTING, 20)
_paths: tables.Kept[pd.DataFrame] = tables.Kept(tables.COUNTING, 20)
_drawn: tables.Kept[show.Shown] = tables.Kept(tables.DRAWING, 20)


def whose_numbers(claims: pd.DataFrame) -> None:
    """Show the paths of the claims; the reader may choose kinds of organisations."""
    st.header("Whose numbers stand where")
    kinds = st.pills(
        "Who said it",
        sorted(claims["attributed_kind"].unique()),
        selection_mode="multi",
        help="Choose kinds of organisations; none chosen shows all.",
    )
    voiced = claims[claims["attributed_kind"].isin(kinds)] if kinds else claims
    at = tables.key_of(voiced)
    counted = _counted.get(tables.record(), at, lambda: in_words(voices(voiced)))
    st.text(counted)
    colours = show.palette()

    found = _paths.get(tables.record(), at, lambda: paths(voiced))

    def make() -> show.Shown:
        drawn = of_paths(voiced, found.head(MOST_PATHS))
        rule = f"those of the {MOST_PATHS} paths with most claims, of {len(found):,} paths"
        line = show.source_line(drawn, of=len(voiced), rule=rule)
        signed = add_title_and_sources(lineage(found.head(MOST_PATHS), colours), TITLE, line, colours)
        return show.Shown(drawn.index, show.Drawn(signed), line, f"{counted} {line}")

    shown = _drawn.get(tables.record(), (colours.page, at), make)
    show.chart(shown.drawn, "lineage", shown.alt)
    with st.expander("The same paths as a table"):
        st.dataframe(
            show.page_of(found, "paths"),
            hide_index=True,
            alt="Who said numbers, via whom, and who printed them",
            column_config=HEADINGS,
        )
        st.caption(escape_markdown(shown.line, 2000))
    if (voiced["attributed_kind"] == PARTY).any():
        st.caption(
            "A number that a party to the conflict gives for its enemy’s losses carries the caveat “Party to the conflict”."
        )
