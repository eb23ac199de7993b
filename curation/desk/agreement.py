"""Agreement: two readings side by side, number by number and column by column; each difference is settled with a reason."""

from typing import Any

import streamlit as st

from curation import drafts
from curation.agreement import compare
from curation.desk import form, state
from curation.settling import Settling, decisions
from validation.models import SCHEMAS

FIELDS: dict[str, Any] = {
    "label": "Column", "compared": "Compared", "agreed": "Agreed", "percent": st.column_config.NumberColumn("Percent", format="%.0f %%"),
    "alpha": st.column_config.NumberColumn("Krippendorff’s alpha", format="%.3f"), "alpha_note": "",
}  # fmt: skip


def differences(settling: Settling) -> None:
    """Show what the two readings differ in, a number at a time, and let the reader settle it."""
    left = settling.left
    st.subheader(f"{len(left)} of {settling.differences['number'].nunique()} numbers are left to settle")
    if not left:
        st.success("All differences are settled.")
        if st.button("Look at what would be public", type="primary", shortcut="Enter"):
            state.go_to("public", report=source_id)
        return
    number = left[0]
    rows = settling.differences[settling.differences["number"] == number]
    st.text(f"Paragraph {rows['paragraph'].iloc[0]}: {rows['wording'].iloc[0]}")
    st.dataframe(
        rows.assign(label=rows["column"].map({name: column.title for name, column in SCHEMAS["curation"].columns.items()})),
        column_config={"label": "Column", "first": settling.names[0], "second": settling.names[1]},
        column_order=["label", "first", "second"], hide_index=True, placeholder="",
    )  # fmt: skip
    how = st.segmented_control(
        "Settle it as", [*settling.names, "something else"], key=f"how {number}", default=settling.names[0]
    )
    if how not in settling.names:
        start = settling.cells(number, 0)
        index = decisions().index(start["decision"] or decisions()[0])
        st.selectbox("Decision", decisions(), key=f"decision {number}", index=index)
        form.show(f"settled {number}", start, tables, {})
    reason = st.text_input("Why", key=f"why {number}", live=True, help="In your own words; published with the record.")
    keys = st.container(horizontal=True)
    keys.button(
        "Settle", type="primary", shortcut="Ctrl+Enter", disabled=not reason.strip(), on_click=state.step,
        args=(settle, settling, number),
    )  # fmt: skip
    keys.button("Undo", disabled=not settling.draft.undoable, on_click=state.step, args=(settling.undo,))


def settle(settling: Settling, number: str) -> None:
    """Settle a number as it is chosen and typed now."""
    how = st.session_state[f"how {number}"]
    cells = settling.cells(number, 1 if how == settling.names[1] else 0)
    if how not in settling.names:
        decision = st.session_state.get(f"decision {number}", cells["decision"])
        cells |= {"decision": decision} | form.typed(f"settled {number}", cells, tables)
    settling.settle(number, cells, st.session_state[f"why {number}"])


st.title("Agreement")
tables = state.dataset()
listed = tables.table("sources").set_index("source_id")
source_id, reader = state.ask(listed)
folder = drafts.drafts_folder()
names = state.readers_of(source_id)
if len(names) > 2:
    names = st.multiselect("Which two readings", names, max_selections=2, key="two")
found, suggested = state.numbers_of(source_id)
settling = Settling.of(folder, source_id, reader, names, found, suggested, tables)
if settling is None:
    st.info(
        "Two readings are needed: a second reader begins on the page Reports. A report that the tables hold counts as read once."
    )
    st.stop()
result = compare(settling.first, settling.second)
shown = result.fields[result.fields["compared"] > 0]
st.dataframe(shown, column_config=FIELDS, column_order=list(FIELDS), hide_index=True, placeholder="")
differences(settling)
