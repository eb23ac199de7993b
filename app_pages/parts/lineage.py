"""Whose numbers stand where: the figure from who said them to who printed them, its table and what it means."""

import pandas as pd
import streamlit as st

from analysis import words
from analysis.lineage import describe_voices, of_paths, paths, voices
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown
from figures.lineage import lineage
from figures.palette import Palette
from validation.vocabulary import ENEMY_LOSSES, ORGANISATION_KINDS

TITLE = "Who said the numbers, and who printed them"
MAX_PATHS = 30
HEADINGS = {"said_by": "Said by", "kind": "Kind", "via": "Via", "printed_by": "Printed by", "claims": "Claims"}

PARTIES = [term.label for term in ORGANISATION_KINDS if term.fights]


def whose_numbers(claims: pd.DataFrame) -> None:
    """Show the paths of the claims; the reader may choose kinds of organisations."""
    st.header("Who is quoted in which report")
    kinds = st.pills(
        "Who said it",
        sorted(claims["attributed_kind"].unique()),
        selection_mode="multi",
        help="Choose kinds of organisations; none chosen shows all.",
    )
    voiced = claims[claims["attributed_kind"].isin(kinds)] if kinds else claims
    at = tables.key_of(voiced)
    counted = tables.kept(("voices", at), lambda: describe_voices(voices(voiced)))
    st.text(counted)
    found = tables.kept(("paths", at), lambda: paths(voiced), size_of=tables.bytes_of)
    top = found.head(MAX_PATHS)

    def build(colours: Palette) -> show.Built:
        drawn = of_paths(voiced, top)
        rule = f"those of the {MAX_PATHS} paths with most claims, of {len(found):,} paths"
        return show.Built(lineage(top, colours), show.source_line(drawn, total=len(voiced), rule=rule), counted)

    def table(_: show.Shown) -> None:
        st.dataframe(
            show.page_of(found, "paths"),
            hide_index=True,
            alt="Who said numbers, via whom, and who printed them",
            column_config=HEADINGS,
        )

    show.chart(show.Chart("lineage", TITLE, (voiced,), build, table, lambda: found))
    caveats = tables.dataset().table("caveats")
    marks = [words.quoted(label) for label in caveats.loc[caveats["required_where"] == ENEMY_LOSSES, "label"]]
    if marks and voiced["attributed_kind"].isin(PARTIES).any():
        named = escape_markdown(" or ".join(marks))
        st.caption(f"Claims of one side about the other side’s losses are marked {named}.")
