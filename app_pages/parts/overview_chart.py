"""What the Overview shows: the claims beside published counts, a list of all others, and what changed last.

Not here: which counts stand beside a claim (`analysis/overview.py`), how a row is drawn (`figures/beside.py`).
"""

import pandas as pd
import streamlit as st

from analysis import words
from analysis.comparison_words import comparisons
from analysis.overview import beside_counts, how_many_compare, which_are_ruled_out
from analysis.selection import TITLES
from app_pages.parts import open_card, reference, show, tables
from app_pages.parts.plain import escape_markdown
from exports.files import readers_claims
from figures.beside import beside
from figures.palette import Palette
from validation.vocabulary import COMPARISONS, RELATIONS, labels

MAX_CLAIMS = 10
"""Claims in the chart."""
KNOWN_TABLES = ("claims", "sources", "events", "places", "organisations", "observations", "dismissed")
"""Tables whose changes readers see; the others hold what only curators work with."""
MAX_CHANGES = 3
RULE = "the largest with a published count beside them, numbers before words"
COLUMNS = {
    "wording": "Quote",
    "said_by": TITLES["attributed"],
    "period": "Period",
    "counted": "Published count",
    "organisation": "Who counted",
    "counted_day": "At",
    "relation": "How it compares",
}
MEASURED = (
    "Each row is one claim of a report, quoted as published. A dot is the claim; an arrow means “at least” (or “at most”), a hollow dot with a "
    "tilde “about”; a pale band is a word such as “hundreds”, whose ends are our convention. A tick is a count that an organisation published, "
    "dashed where it is an estimate, pale where it was published later than the report, with → for “at least”, ← for “at most”, ~ for “about”, "
    "and a bar for a range. The counts drawn are those that come closest: of the same people on the same days; else of a part or of the whole "
    "of them; else of the same people on other days. Each row has a scale of its own that begins at 0. The sentence follows from "
    "rules that the Method page explains."
)


def compared(claims: pd.DataFrame) -> None:
    """Draw claims beside the published counts that come closest; one line opens the list of all others, each with its sentence."""
    if reference.faulty():
        return
    drawn = tables.once(beside_counts, tables.dataset(), claims, MAX_CLAIMS)
    ruled_out = escape_markdown(tables.once(which_are_ruled_out, tables.dataset(), claims))
    st.write(f"What reports claim, beside what others counted. {ruled_out}")
    if len(drawn):
        _chart(claims, drawn)
    rest = tables.once(_not_drawn, claims, drawn)
    if len(rest):
        label = f"{words.count(len(rest), 'more claim' if len(drawn) else 'claim')}, and how each compares"
        with st.expander(label, key="more-claims", on_change="rerun") as more:
            if more.open:
                rows = claims.loc[show.page_of(rest, "more-claims")]
                known = comparisons(tables.dataset()).loc[rows["claim_id"]].set_axis(rows.index)
                status = known["comparison_status"].map(labels(COMPARISONS))
                rows = rows.assign(comparison=known["comparison"], comparison_status=status)
                show.claims_table(rows, "more-claims", ["wording", "comparison_status", "comparison"])


def _not_drawn(claims: pd.DataFrame, drawn: pd.DataFrame) -> pd.Index:
    return claims.index[~claims["claim_id"].isin(drawn["claim_id"])]


def _chart(claims: pd.DataFrame, drawn: pd.DataFrame) -> None:
    dataset = tables.dataset()
    of_claims = tables.once(_of_these, claims, drawn)
    title = tables.once(how_many_compare, dataset, claims)

    def build(colours: Palette) -> show.Built:
        publishers = "; ".join(sorted(drawn["organisation"].unique()))
        line = f"{show.source_line(of_claims, total=len(claims), rule=RULE)} Published counts: {publishers}."
        return show.Built(beside(drawn, colours), line, f"{title}: {_in_words(drawn)}")

    def table(_: show.Shown) -> None:
        key, ids = open_card.fresh("table-beside"), drawn["claim_id"].tolist()
        show.grid(
            tables.once(_listed, drawn),
            COLUMNS,
            "Claims and the published counts beside them, one count a row; select a row to open the card of its claim",
            key=key,
            on_select=lambda: open_card.row_picked(key, ids),
            selection_mode="single-row",
        )

    subtitle = (
        "Dot: claim, click it for its card · tick: published count, dashed where it is an estimate, pale where it was published after the "
        "report · each row has its own scale from 0"
    )
    show.chart(
        show.Chart(
            "beside", title, (claims,), build, table, lambda: readers_claims(dataset, of_claims), MEASURED, subtitle
        )
    )


def _listed(drawn: pd.DataFrame) -> pd.DataFrame:
    """Return claims and the counts beside them in words."""
    counted = drawn["counted_day"].map(words.date)
    return drawn.assign(
        relation=drawn["relation"].map(labels(RELATIONS)),
        counted_day=counted.mask(drawn["later"], counted + " (published later than the report)"),
    )


def _of_these(claims: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    return claims[claims["claim_id"].isin(drawn["claim_id"])]


def _in_words(drawn: pd.DataFrame) -> str:
    """Describe how each claim compares with the counts beside it, for those who do not see the chart."""
    first = drawn.drop_duplicates("claim_id")
    return " ".join(f"{words.quoted(row.wording)}: {row.comparison}" for row in first.itertuples())


def changes() -> pd.DataFrame:
    """Return the last changes of the data that readers see, the newest first."""
    return tables.once(_newest, tables.table("changes"))


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows["table"].isin(KNOWN_TABLES)].sort_values("date", ascending=False, kind="stable")
    return rows.drop_duplicates("what").head(MAX_CHANGES)


def write_changes(rows: pd.DataFrame) -> None:
    """Write changes of the data, one plain line each, those of a claim with the way to its card."""
    st.caption(tables.once(_lines_of, rows, tables.view()))


def _lines_of(changed: pd.DataFrame, claims: pd.DataFrame) -> str:
    lines = []
    of_claims = changed["row_id"].isin(claims["claim_id"])
    for change in changed.assign(of_claim=of_claims).to_dict("records"):
        link = f" [Show the claim](/?claim={change['row_id']})" if change["of_claim"] else ""
        said = f"{escape_markdown(change['what'])} ({escape_markdown(change['reason'])})"
        lines.append(f"{words.date(change['date'])}: {said}.{link}")
    return "  \n".join(lines)
