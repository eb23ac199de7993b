"""Before it is public: what would change as rows, why, and one button."""

import streamlit as st

from curation import drafts
from curation.desk import state
from curation.publishing import Proposal, propose, publish
from curation.readings import Reading
from curation.refusals import RefusedError
from curation.settling import Settling, of_one
from validation import Finding, datasets_folder, dates
from validation.evidence import reports_folder

COLUMNS = {"change": "Change", "table": "Table", "row": "Row", "column": "Column", "old": "Before", "new": "After"}


def prepared(source_id: str, reader: str, reason: str) -> Proposal | None:
    """Return what the decisions on a report would change: those that were settled, else those of the one reader; None without any."""
    today, folder, tables = dates.today().isoformat(), drafts.drafts_folder(), state.dataset()
    names = state.readers_of(source_id)
    found, suggested = state.numbers_of(source_id)
    settling = Settling.of(folder, source_id, reader, names, found, suggested, tables) if len(names) <= 2 else None
    if settling is not None and settling.left:
        st.info(f"{len(settling.left)} differences between the two readings are not settled yet.")
        return None
    if settling is not None:
        rows, readings = settling.rows(), settling.record(today)
    else:
        begun = filter(None, (drafts.read(folder, source_id, name) for name in names))
        draft = next((one for one in begun if not one.blind), None)
        if draft is None or not draft.decided:
            st.info("Nobody has decided on a number of this report yet.")
            return None
        rows = Reading(found, suggested, draft).rows()
        readings = of_one(tables, source_id, rows, draft.reader, today)
    reports = reports_folder()
    return propose(datasets_folder(), reports, source_id, rows, readings, reason, today) if reports else None


st.title("Before it is public")
listed = state.dataset().table("sources").set_index("source_id")
source_id, reader = state.ask(listed)
if st.session_state.pop("published", None):
    st.success("It is public. A dashboard that is running takes it up within seconds.")
reason = st.text_input(
    "Why, for the readers of the list of changes", key="why public", value="Another report.", live=True
)
with st.spinner("Trying it on a copy of the tables …"):
    proposal = prepared(source_id, reader, reason)
if proposal is not None and proposal.rows.empty:
    st.success("The tables hold all of this already.")
elif proposal is not None:
    counts = proposal.rows.groupby(["table", "change"]).size().reset_index(name="count")
    st.caption(
        "; ".join(f"{table}: {count} {change}" for table, change, count in counts.itertuples(index=False))
        + ". Every rule was checked."
    )
    st.dataframe(
        proposal.rows, column_config=COLUMNS, column_order=list(COLUMNS), hide_index=True, placeholder="", height=360
    )
    st.markdown("**What readers see in the list of changes**")
    st.dataframe(proposal.changes, hide_index=True, placeholder="")

    def go_public(proposal: Proposal) -> None:
        """Write what is shown; what moved meanwhile is said, and the page shows what would change now."""
        if st.session_state["why public"] != reason:
            problem, action = "the reason was typed after this was shown", "Look at it again, then make it public"
            raise RefusedError([Finding("", 0, "", "public.reason", problem, action)])
        publish(datasets_folder(), proposal)
        st.session_state["published"] = True

    st.button(
        "Make it public",
        type="primary",
        shortcut="Ctrl+Enter",
        disabled=not reason.strip(),
        on_click=state.step,
        args=(go_public, proposal),
    )
