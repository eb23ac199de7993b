"""Reading: the text with every number marked, the next open one in front, and its form; each step is on the disk at once."""

from collections.abc import Mapping

import streamlit as st

from curation import drafts
from curation.desk import form, new_names, state, text
from curation.readings import BY_HAND, CLAIMED, IN_TABLES, NOT_USED, Reading, faults
from curation.triage import FOR_THE_READER
from validation.evidence import vague_words
from validation.models import TRIAGE
from validation.vocabulary import CLAIM, DISMISSALS, OTHER_QUANTITY, labels

TALL = 640
"""Height of the text, in pixels."""
REASONS = labels(DISMISSALS)

st.title("Reading")
tables = state.dataset()
sources = tables.table("sources").set_index("source_id")
source_id, reader = state.ask(sources)
folder, sha256 = drafts.drafts_folder(), str(sources.at[source_id, "text_sha256"])
begun = drafts.read(folder, source_id, reader, sha256)
blind = st.query_params.get("second") == "yes" or state.others_read(source_id)
draft = begun or drafts.not_begun(source_id, reader, sha256, blind=blind)
reading = Reading(*state.numbers_of(source_id), draft)
asked = st.query_params.get("at")
at = asked if asked in reading.states else next(iter(reading.open_ids), None)


def move(to: str | None) -> None:
    """Put a number in front; it stands in the address."""
    if to is not None:
        st.query_params["at"] = to
    else:
        st.query_params.pop("at", None)


def keep(number_id: str, cells: Mapping[str, str]) -> None:
    """Keep the cells of a number; the first that is kept begins the draft."""
    if begun is None:
        drafts.begin(folder, source_id, reader, sha256, blind=draft.blind)
    drafts.save(folder, source_id, reader, number_id, cells)


def now(number_id: str) -> dict[str, str]:
    """Return the cells of a number as they stand in its form now."""
    before = reading.cells(number_id)
    return {name: before[name] for name in TRIAGE.columns} | form.typed(number_id, before, tables)


def otherwise(cells: Mapping[str, str]) -> list[str]:
    """Return what keeps these cells from being a claim, in words."""
    return faults(cells, reading.found.text, vague_words({"vague_quantities": tables.table("vague_quantities")}))


def save(number_id: str, decision: str) -> None:
    """Keep a decision and go on to the next open number; no claim that its text says otherwise."""
    cells = now(number_id)
    if decision == CLAIM and otherwise(cells):
        keep(number_id, cells)  # the page says what is wrong
    else:
        keep(number_id, {**cells, "decision": decision})
        move(reading.next_open(number_id))


def undo() -> None:
    """Take the last step back and show its number."""
    if back := drafts.undo(folder, source_id, reader):
        form.forget(back)
        move(back)


def add_by_hand() -> None:
    """Begin a number that the reader saw and the program did not."""
    count = sum(one.startswith(BY_HAND) for one in draft.rows.index) + 1
    keep(f"{BY_HAND}{count}", dict.fromkeys(TRIAGE.columns, "") | {"source_id": source_id})
    move(f"{BY_HAND}{count}")


def one_number(number_id: str) -> None:
    """Show the form of a number, what its text says otherwise, and what can be decided.

    The buttons are those of this number: a key that is pressed while the next one comes decides nothing.
    """
    before, suggested = reading.cells(number_id), reading.suggestion(number_id)
    reason = suggested if suggested in REASONS else OTHER_QUANTITY
    keys = st.container(horizontal=True)
    said = before[FOR_THE_READER] or before["wording"] or "A number that was not found"
    st.text(said)
    about = "a claim" if suggested == CLAIM else f"not used ({REASONS[reason].lower()})" if suggested else "nothing"
    mine = {"": "", CLAIM: " You decided: a claim."}.get(
        before["decision"], f" You decided: {REASONS.get(before['decision'], '')}."
    )
    st.caption(f"Suggested: {about}.{mine}")
    claimed = [one for one, how in reading.states.items() if how == CLAIMED and one != number_id]
    form.show(number_id, before, tables, {one: reading.cells(one)["wording"] for one in claimed})
    cells = now(number_id)
    if any(before[name] != cell for name, cell in cells.items()):
        keep(number_id, cells)
    wrong = otherwise(cells)
    with keys:
        st.button(
            "Claim",
            key=f"claim {number_id}",
            shortcut="S",
            type="primary",
            on_click=state.step,
            args=(save, number_id, CLAIM),
            disabled=bool(wrong),
        )
        st.button(
            f"Not used: {REASONS[reason].lower()}",
            key=f"not used {number_id}",
            shortcut="D",
            on_click=state.step,
            args=(save, number_id, reason),
        )
        st.button(
            "Next",
            shortcut="N",
            on_click=state.step,
            args=(
                move,
                reading.beside(number_id, 1),
            ),
        )
        st.button(
            "Previous",
            shortcut="P",
            on_click=state.step,
            args=(
                move,
                reading.beside(number_id, -1),
            ),
        )
        st.button("Undo", shortcut="U", on_click=state.step, args=(undo,), disabled=not draft.undoable)
        with st.popover("Other reason"):
            for code, label in REASONS.items():
                st.button(label, key=f"{code} {number_id}", on_click=state.step, args=(save, number_id, code))
    meant = suggested == CLAIM or before["decision"] == CLAIM or bool(before["indicator"])
    for fault in wrong if meant else []:
        st.warning(fault)


st.progress(
    reading.decided / max(len(reading.states), 1),
    f"{reading.decided} of {len(reading.states)} numbers decided by you, {len(reading.open_ids)} open",
)
if draft.stale:
    st.warning(
        "You read another version of this text. Your decisions are kept; check that each number still stands where it stood."
    )
    st.button("They still hold", on_click=state.step, args=(drafts.carry_over, folder, source_id, reader, sha256))
if draft.blind:
    st.caption(
        "Second reading: what others and the tables say of the numbers is not shown before both readings are done."
    )
page, side = st.columns([1, 1], gap="medium")
with page, st.container(height=TALL, border=True):
    st.html(
        text.marked(
            reading.found.text.paragraphs,
            reading.found.numbers,
            reading.states,
            at,
            {"report": source_id, "reader": reader},
        )
    )
    text.show_current(at)
with side:
    if draft.done:
        st.success("You are done with this report.")
        st.button(
            "Open it again",
            on_click=state.step,
            args=(drafts.reopen, folder, source_id, reader),
            disabled=draft.compared,
        )
        if st.button("Look at what would be public", type="primary", shortcut="Enter"):
            state.go_to("public", report=source_id)
    elif at is None:
        decided = sum(one in (CLAIMED, NOT_USED, IN_TABLES) for one in reading.states.values())
        st.success(f"Every number is accounted for: {decided}.")
        done, back = st.columns(2)
        done.button(
            "I am done",
            type="primary",
            shortcut="Enter",
            on_click=state.step,
            args=(drafts.finish, folder, source_id, reader),
        )
        back.button("Undo", shortcut="U", on_click=state.step, args=(undo,), disabled=not draft.undoable)
    else:
        one_number(at)
    if not draft.done:
        new_names.ask(tables)
        st.button("Add a number that was not found", on_click=state.step, args=(add_by_hand,))
