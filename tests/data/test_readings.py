"""A reading in progress: what is open, which cells stand in the form, and what a second reader must not see."""

import pytest

from curation import drafts
from curation.readings import faults
from curation.triage import FOR_THE_READER
from tests.support.readers import BY_HAND, DATE, FIRST, KILLED, SECOND, SOURCE, WOMAN, WOUNDED, Readers
from validation.models import TRIAGE

VAGUE = {"hundreds": (200, 999)}


@pytest.fixture(scope="module")
def made_public(tmp_path_factory, prepared):
    """Two numbers are published, with other cells than those suggested; the wounded are open."""
    desk = prepared.copied(tmp_path_factory.mktemp("public"))
    changed = {KILLED: {"place_id": "town", "caveats": "period_unclear: No hour; not even a day."}}
    desk.decide("Reader C", changed, only=[DATE])
    desk.publish(desk.of_one("Reader C"))
    (desk.drafts / SOURCE).rename(desk.folder / "elsewhere")
    return desk


@pytest.fixture
def published(tmp_path, made_public):
    return made_public.copied(tmp_path)


def given(rows, *columns):
    """Return cells of rows as lists, blank as None."""
    return rows[list(columns)].to_numpy().tolist()


def test_every_number_is_open_until_it_is_decided(desk):
    reading = desk.reading()
    assert (reading.states, reading.decided) == (dict.fromkeys([KILLED, WOUNDED, DATE], "open"), 0)
    desk.decide(changed={KILLED: {}, DATE: {"decision": ""}}, only=[], done=False)
    desk.decide(changed={WOUNDED: {"decision": "idiom"}}, only=[], done=False)
    reading = desk.reading()
    assert (reading.states, reading.decided) == ({KILLED: "claim", WOUNDED: "not used", DATE: "open"}, 2)
    assert len(reading.rows()) == 2


def test_the_next_number_is_open_and_behind_or_the_first_that_is_left(desk):
    assert [desk.reading().next_open(after) for after in (None, KILLED, DATE, "nothing")] == [KILLED, WOUNDED, KILLED, KILLED]  # fmt: skip
    reading = desk.decide(only=[WOUNDED, DATE], done=False)
    assert [reading.next_open(after) for after in (KILLED, WOUNDED)] == [None, KILLED]
    assert [reading.beside(WOUNDED, step) for step in (-9, -1, 1, 9)] == [KILLED, KILLED, DATE, DATE]


def test_a_suggestion_is_no_decision_and_what_was_typed_stands_before_it(desk):
    cells = desk.reading().cells(KILLED)
    assert (cells["decision"], cells["best"], cells["place_id"], desk.reading().suggestion(KILLED)) == (
        "",
        "30",
        "",
        "claim",
    )
    desk.decide(changed={KILLED: {"decision": "", "place_id": "town", "summary": ""}}, only=[], done=False)
    cells = desk.reading().cells(KILLED)
    assert (cells["decision"], cells["best"], cells["place_id"], cells["summary"]) == ("", "30", "town", "")


def test_cells_that_a_draft_lacks_are_those_suggested(desk):
    desk.reading()
    drafts.save(desk.drafts, SOURCE, FIRST, DATE, {"decision": "date"})
    [row] = desk.reading().rows().to_dict("records")
    assert (row["wording"], row["paragraph"], row["decision"]) == ("3 May 2020", "2", "date")


def test_a_first_reader_sees_what_the_tables_hold_and_a_change_keeps_the_id_of_the_claim(published):
    reading = published.reading()
    assert reading.states == {KILLED: "in the tables", WOUNDED: "open", DATE: "in the tables"}
    kept = reading.cells(KILLED)
    assert [kept[name] for name in ("claim_id", "place_id", "caveats", "decision")] == [
        f"{SOURCE}-01", "town", "period_unclear: No hour; not even a day.", "",
    ]  # fmt: skip
    published.decide(changed={KILLED: {"by_fire": ""}}, only=[], done=False)
    assert given(published.reading().rows(), "number_id", "claim_id", "place_id") == [[KILLED, f"{SOURCE}-01", "town"]]


def test_nothing_of_the_tables_or_of_others_reaches_a_second_reader(published):
    published.decide(changed={WOUNDED: {"place_id": "town", "summary": "Seen by A."}}, only=[])
    blind = published.reading(SECOND, blind=True)
    assert blind.states == dict.fromkeys([KILLED, WOUNDED, DATE], "open")
    unread = Readers(published.folder / "unread")
    unread.folder.mkdir()
    fresh = unread.prepared().reading(SECOND)
    assert {one: blind.cells(one) for one in blind.states} == {one: fresh.cells(one) for one in fresh.states}
    assert [blind.suggestion(one) for one in blind.states] == ["claim", "claim", "date"]


def test_a_number_added_by_hand_finds_its_paragraph_and_has_an_id_that_others_may_name(desk):
    changed = {"hand-1": BY_HAND, WOUNDED: {"part_of": "hand-1"}}
    reading = desk.decide(changed=changed, only=[])
    assert reading.states == {KILLED: "open", WOUNDED: "claim", DATE: "open", "hand-1": "claim"}
    assert given(reading.rows(), "number_id", "paragraph", "wording", "part_of") == [
        [WOUNDED, "2", "some 12 wounded", WOMAN], [WOMAN, "3", "One woman", None],
    ]  # fmt: skip


@pytest.mark.parametrize(("wording", "paragraph"), [("no such words", ""), ("", ""), ("d", "")])
def test_a_quote_that_no_paragraph_has_gives_a_number_no_id(desk, wording, paragraph):
    reading = desk.decide(changed={"hand-1": BY_HAND | {"wording": wording}}, only=[], done=False)
    assert given(reading.rows(), "number_id", "paragraph") == [[None, paragraph or None]]


def test_rows_are_text_with_whole_numbers_and_a_number_not_used_has_no_codes(desk):
    typed = {
        KILLED: {"best": " 1,030 ", "low": "many"},
        WOUNDED: {"decision": "idiom", "best": "a dozen", "note": "A saying."},
    }
    rows = desk.decide(changed=typed, only=[]).rows()
    assert rows.columns.tolist() == [*TRIAGE.columns, "decided_on"]
    assert given(rows, "number_id", "best", "low", "decision", "note", "indicator") == [
        [KILLED, "1030", "many", "claim", None, "killed"], [WOUNDED, None, None, "idiom", "A saying.", None],
    ]  # fmt: skip
    assert rows["decided_on"].notna().all()
    assert rows[FOR_THE_READER].str.contains("[", regex=False).all()


def test_nothing_decided_is_no_row(desk):
    rows = desk.reading().rows()
    assert (len(rows), rows.columns.tolist()) == (0, [*TRIAGE.columns, "decided_on"])


WRONG = {
    "nothing": ({}, []),
    "no speaker": ({"attributed_to": " "}, ["Still blank: Attributed to (id)."]),
    "words for a number": ({"best": "thirty"}, ["Not a whole number: Best."]),
    "digits of another script": ({"best": "٣٠"}, ["Not a whole number: Best."]),
    "a paragraph that is endless": ({"paragraph": "inf"}, ["Not a whole number: Paragraph."]),
    "a paragraph beyond the text": ({"paragraph": "9"}, ["The text has 3 paragraphs, not 9. Count the non-empty lines from 1."]),
    "no quote": ({"wording": ""}, ["Still blank: Quote."]),
    "a comma of thousands": ({"low": "0,030"}, []),
    "another number": (
        {"best": "31"}, ["The words “at least 30 people” say best 30, the claim says best 31. Correct best, or the quote."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "said"), WRONG.values(), ids=WRONG)
def test_what_keeps_a_number_from_being_a_claim_is_said_in_words(desk, changed, said):
    reading = desk.reading()
    assert faults(reading.cells(KILLED) | changed, reading.found.text, VAGUE) == said
