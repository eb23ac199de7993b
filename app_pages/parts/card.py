"""The claim card: everything known about one claim, opened from a mark, a table row or a link.

Why: the address `/?claim=<id>` is the one place that says which card is open, so a card can be shared; closing it
clears the address and makes the charts forget their selection.
"""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis import listing, words
from analysis.phrasing import sentence, with_caveats
from app_pages.parts import downloads, open_card, reference, tables
from app_pages.parts.plain import escape_markdown
from exports.citations import as_text, passage_link, reports
from validation.evidence import occurrences
from validation.quantity import Quantity
from validation.vocabulary import BOUNDS, EVIDENCE, FIRES, MEASURES, PEOPLE, VAGUE, Term, labels

AROUND = 160
"""Characters of the archived text shown on either side of a wording."""


def show_if_asked() -> None:
    """Show the card that the address names; of a claim that was withdrawn when and why; else say that there is no such claim."""
    asked = st.query_params.get("claim")
    if not asked:
        return
    row = tables.one(asked)
    if row.empty:
        gone = listing.withdrawn(tables.dataset(), asked)
        if len(gone):
            st.dialog("Withdrawn claim", width="large", on_dismiss=open_card.closed)(_withdrawn)(gone)
            return
        st.warning(f"This link names a claim that does not exist: {escape_markdown(asked, 100)}")
        return
    claim = row.iloc[0]
    st.dialog(escape_markdown(words.quoted(claim["wording"])), width="large", on_dismiss=open_card.closed)(_card)(claim)


def _withdrawn(changes: pd.DataFrame) -> None:
    """Show of a claim that was withdrawn when, why and what replaced it; `changes`: its changes, the newest first."""
    last, *earlier = changes.to_dict("records")
    st.markdown(f"# {escape_markdown(last['what'])}", anchors=False)
    known = {name: value for name, value in last.items() if isinstance(value, str)}
    st.text(f"Withdrawn on {words.date(last['date'])}. Why: {last['reason']}")
    if "old" in known:
        st.text(f"It said: {known['old']}")
    successor = tables.one(known.get("new", ""))
    if len(successor):
        claim = successor.iloc[0]
        st.text(f"Replaced by: {words.quoted(claim['wording'])} ({claim['said_by']})")
        st.button("Open the claim that replaced it", on_click=open_card.ask_for, args=(claim["claim_id"],))
    else:
        st.text(f"Replaced by: {known.get('new', 'nothing')}")
    for change in earlier:
        st.text(f"Before that, {words.date(change['date'])}: {change['what']} ({change['reason']})")
    st.caption(
        f"Its id was {escape_markdown(last['row_id'], 100)}. It is in no chart, table or download of this version."
    )


def _card(claim: pd.Series) -> None:
    """Show who said it and what is counted, what others counted, what to keep in mind, what to print and to cite; facts folded."""
    where = f", {claim['place_name']}" if isinstance(claim["place_name"], str) else ""
    st.text(f"Said by {claim['said_by']}, printed by {claim['printed']}.\n{_counted(claim)}, {claim['period']}{where}.")
    beside, doubts = st.columns([3, 2], gap="medium")
    with beside:
        reference.for_card(claim)
    with doubts:
        _caveats(claim["claim_id"])
        _whole_and_parts(claim)
        _how_to_say_it(claim)
    _cite(claim)
    with st.expander("All facts of the claim, and the passage"):
        _facts(claim)


def _how_to_say_it(claim: pd.Series) -> None:
    st.markdown("**How to say it**")
    full, short = st.tabs(["With limitations", "Short"])
    full.code(with_caveats(claim.to_dict()), language=None, wrap_lines=True)
    short.code(sentence(claim.to_dict()), language=None, wrap_lines=True)


def _counted(claim: pd.Series) -> str:
    unit = f", counted in {claim['unit']}" if claim["unit"] != PEOPLE else ""
    return f"{claim['indicator_label']}: {claim['group_label'].lower()}{unit}"


def _cite(claim: pd.Series) -> None:
    """Offer the report at its passage, its citation, those of the counts beside the claim, and the link to the card."""
    row = tables.one(claim["claim_id"])
    with st.container(horizontal=True, vertical_alignment="center"):
        address = passage_link(claim["url"], claim["wording"])
        st.link_button("Open the report at the passage", address, icon=":material/open_in_new:")
        with st.popover("Cite the report", icon=":material/format_quote:"):
            st.code(as_text(reports(tables.dataset(), row)[0]), language=None, wrap_lines=True)
            downloads.cite_reports(row, claim["claim_id"], {}, with_data_set=False)
        counts = reference.published_beside(claim)
        if len(counts):
            with st.popover("Cite the counts", icon=":material/format_quote:"):
                downloads.cite_counts(counts, claim["claim_id"])
        with st.popover("Link to this claim", icon=":material/link:"):
            st.code(
                f"{downloads.origin()}/?claim={claim['claim_id']}&version={tables.dataset().version}",
                language=None,
                wrap_lines=True,
            )


def _facts(claim: pd.Series) -> None:
    source = tables.dataset().table("sources").set_index("source_id").loc[claim["source_id"]]
    facts = {
        "In our words": claim["summary"],
        "What is counted": _counted(claim),
        "Value": _value(claim),
        "How exact it is": _meaning(BOUNDS, claim["bound"]),
        "Period": f"{claim['period']}",
        "What span it covers": _meaning(MEASURES, claim["measure"]),
        "Place": claim["place_name"],
        "Event": claim["event_name"],
        "By whose attacks": labels(FIRES).get(claim["by_fire"]),
        "Said by": claim["said_by"],
        "Printed by": claim["printed"],
        "Report": source["title"],
        "Its date and text": source["note"],
        "Evidence": f"{claim['evidence_said']}. {_meaning(EVIDENCE, claim['evidence']).partition('. ')[2]}",
    }
    known = {name: value for name, value in facts.items() if isinstance(value, str)}
    st.table(
        pd.DataFrame(
            {"Fact": [escape_markdown(k) for k in known], "What we know": [escape_markdown(v) for v in known.values()]}
        ),
        hide_index=True,
        hide_header=True,
        alt="Facts of the claim",
    )
    _passage(claim)


def _passage(claim: pd.Series) -> None:
    """Show the words around the wording where the archived text is available; plain text, nothing rendered from it."""
    text = tables.dataset().texts.get(claim["source_id"])
    if text is None or not 1 <= claim["paragraph"] <= len(text.paragraphs):
        return
    paragraph = text.paragraphs[int(claim["paragraph"]) - 1]
    for start, end in occurrences(claim["wording"], paragraph)[:1]:
        before = ("…" if start > AROUND else "") + paragraph[max(0, start - AROUND) : start]
        after = paragraph[end : end + AROUND] + ("…" if end + AROUND < len(paragraph) else "")
        st.caption("The passage in the archived text")
        st.text(f"{before}[{paragraph[start:end]}]{after}")


def _value(claim: pd.Series) -> str:
    """Describe the number with its bound, as the row holds it."""
    said = Quantity.from_row(claim.to_dict()).say()
    if claim["bound"] == VAGUE:
        return f"not exact; drawn {said.replace('between', 'from', 1).replace(' and ', ' to ', 1)} by this project’s convention"
    return said


def _meaning(terms: tuple[Term, ...], code: str) -> str:
    return next(f"{term.label.capitalize()}. {term.definition}" for term in terms if term.code == code)


def _caveats(claim_id: str) -> None:
    """List the limitations of a claim: first those that ask for care in comparing it, then those that a rule requires."""
    marked = tables.dataset().table("claim_caveats").query("claim_id == @claim_id")
    named = tables.dataset().table("caveats").merge(marked, on="caveat_id")
    named = named.sort_values(["asks_for_care", "required_where"], key=lambda column: column.isna(), kind="stable")
    st.markdown("**Limitations**")
    lines = [f"- **{escape_markdown(row.label)}**: {escape_markdown(row.detail)}" for row in named.itertuples()]
    st.markdown("\n".join(lines) or "We know of no limitation.")


def _whole_and_parts(claim: pd.Series) -> None:
    """Offer the claim that contains this one and those that it contains."""
    view = tables.view()
    related: list[tuple[str, Callable[[pd.DataFrame], pd.Series]]] = [
        ("Part of", lambda rows: rows["claim_id"] == claim["part_of"]),
        ("Contains", lambda rows: rows["part_of"] == claim["claim_id"]),
    ]
    for heading, fits in related:
        for other in view[fits(view)].itertuples():
            st.text(f"{heading}: {words.quoted(other.wording)} ({other.said_by}). The part is not added to its whole.")
