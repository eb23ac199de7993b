"""Who is quoted in which report: a sentence, the choice of kinds of speakers, and a table from speaker to report."""

import pandas as pd
import streamlit as st

from analysis import words
from analysis.lineage import cells, describe_quoted
from app_pages.parts import show, tables
from app_pages.parts.plain import escape_markdown
from app_pages.parts.width import wide
from validation.vocabulary import ENEMY_LOSSES, ORGANISATION_KINDS

MAX_REPORTS = 6
"""Reports with a column of their own on a wide page; of more, and on a phone, they are named in one column."""
MAX_NAMED = 12
"""Reports named in that column."""
MAX_SPEAKERS = 20
"""Speakers on a page of the table."""
HEADINGS = {"said_by": "Who said it", "kind": "Kind", "claims": "Claims"}
PARTIES = [term.label for term in ORGANISATION_KINDS if term.fights]


def speakers_chosen(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims said by the kinds of organisations that the reader chooses; none chosen leaves all."""
    kinds = st.pills(
        "Who said it",
        tables.once(_kinds, claims),
        selection_mode="multi",
        wrap=True,
        help="Choose kinds of organisations: the tables below show their claims and the reports that print them. None chosen shows all.",
    )
    return tables.once(_said_by, claims, tuple(kinds)) if kinds else claims


def _kinds(claims: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(claims["attributed_kind"].unique()))


def _said_by(claims: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    return claims[claims["attributed_kind"].isin(kinds)]


def who_is_quoted(claims: pd.DataFrame) -> None:
    """Show who said the claims, by report, with the agency in between and what is in the publisher's own voice."""
    st.text(tables.once(describe_quoted, claims))
    found, speakers, reports = tables.once(_quoted, claims)
    some = show.page_of(speakers, "speakers", MAX_SPEAKERS)
    st.table(
        tables.once(_matrix if wide() and reports <= MAX_REPORTS else _list, found, some),
        hide_index=True,
        border="horizontal",
        alt="Who said the claims, by report",
    )
    st.caption(
        "Who said a number is often not who printed it. Ten reports that quote one organisation count as one source."
    )
    if marked := tables.once(_marks, tables.table("caveats"), claims):
        st.caption(f"Claims of one side about the other side’s losses are marked {escape_markdown(marked)}.")


def _marks(caveats: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Return the limitations that mark claims of one side about the other's losses; nothing where no party said any claim."""
    labels = caveats.loc[caveats["required_where"] == ENEMY_LOSSES, "label"].map(words.quoted)
    return " or ".join(labels) if claims["attributed_kind"].isin(PARTIES).any() else ""


def _quoted(claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return who said how many claims in which report, each speaker once, and how many reports there are."""
    found = cells(claims)
    return found, found[["said_by", "kind"]].drop_duplicates(ignore_index=True), found["report"].nunique()


def _matrix(found: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Return a row a speaker, a column a report, in Markdown: the number of claims, with the note beneath."""
    rows = speakers.merge(found, on=["said_by", "kind"])
    note = rows["note"].map(escape_markdown)
    cell = rows["claims"].map("{:,}".format) + ("  \n:small[" + note + "]").where(rows["note"] != "", "")
    wanted = rows.assign(cell=cell, report=rows["report"].map(escape_markdown))
    wanted = wanted.pivot_table("cell", ["said_by", "kind"], "report", aggfunc="first").fillna("")
    newest_first = rows.sort_values(["published", "report"], ascending=[False, True])["report"].map(escape_markdown)
    listed = _speakers(rows)
    columns = wanted[newest_first.unique()].reindex(pd.MultiIndex.from_frame(listed[["said_by", "kind"]]))
    columns = columns.rename(columns={name: f"{name} (report)" for name in HEADINGS.values()}).reset_index(drop=True)
    who = {name: listed[name].map(escape_markdown) for name in ("said_by", "kind")}
    return pd.concat([listed.assign(**who).rename(columns=HEADINGS), columns], axis="columns")


def _list(found: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Return a row a speaker with the reports named in one column, in Markdown."""
    rows = speakers.merge(found, on=["said_by", "kind"])
    note = (" (" + rows["note"] + ")").where(rows["note"] != "", "")
    named_parts = rows.assign(
        part=(rows["report"] + ": " + rows["claims"].map("{:,}".format) + note).map(escape_markdown)
    )
    by = named_parts.groupby(["said_by", "kind"])["part"]
    named = by.agg(lambda parts: ";  \n".join(parts.head(MAX_NAMED)))
    more = by.size() - MAX_NAMED
    named += (";  \nand " + more.map(lambda left: words.count(left, "more report"))).where(more > 0, "")
    listed = _speakers(rows).join(named.rename("In which reports"), on=["said_by", "kind"])
    who = listed["said_by"].map(escape_markdown) + "  \n:small[" + listed["kind"].map(escape_markdown) + "]"
    return listed.assign(said_by=who).drop(columns="kind").rename(columns=HEADINGS)


def _speakers(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each speaker once, in the order of the rows, with the number of its claims in words."""
    found = rows.groupby(["said_by", "kind"], sort=False, as_index=False)[["claims"]].sum()
    return found.assign(claims=found["claims"].map("{:,}".format))
