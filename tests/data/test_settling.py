"""Two readings settled: nobody sees another's too early, every difference has a reason, and the record says who decided what."""

import pytest

from curation import drafts
from curation.refusals import RefusedError
from curation.settling import AS_PUBLISHED
from tests.support.readers import BY_HAND, DATE, FIRST, KILLED, SECOND, SOURCE, TODAY, WOMAN, WOUNDED

TOWN = {KILLED: {"place_id": "town"}}
NOT_USED = {WOUNDED: {"decision": "other_quantity"}}


@pytest.fixture(scope="module")
def made_public(tmp_path_factory, prepared):
    """A report whose numbers are in the tables, by a command: nobody has a draft of it, and nothing is on record."""
    desk = prepared.copied(tmp_path_factory.mktemp("public"))
    desk.decide("Reader C", TOWN)
    desk.publish(desk.of_one("Reader C"))
    (desk.drafts / SOURCE).rename(desk.folder / "elsewhere")
    path = desk.tables / "curation.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    return desk


@pytest.fixture
def published(tmp_path, made_public):
    return made_public.copied(tmp_path)


def refused(call, *arguments, **named):
    with pytest.raises(RefusedError) as error:
        call(*arguments, **named)
    [finding] = error.value.findings
    assert finding.problem
    assert finding.action
    return finding.rule


def record(settling):
    rows = settling.record(TODAY)[["number_id", "reading", "reader", "decision", "place_id", "reason"]]
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()


def test_two_readings_are_settled_number_by_number_and_all_goes_on_record(desk):
    desk.decide(FIRST)
    desk.decide(SECOND, TOWN | NOT_USED, blind=True)
    settling = desk.settling(FIRST, SECOND)
    assert settling.differences[["number", "column", "first", "second"]].to_numpy().tolist() == [
        [KILLED, "place_id", "", "town"], [WOUNDED, "decision", "claim", "other_quantity"],
    ]  # fmt: skip
    assert (settling.names, settling.left) == ((FIRST, SECOND), [KILLED, WOUNDED])
    settling.settle(KILLED, settling.cells(KILLED, 1), " The text  names it. ")
    assert settling.left == [WOUNDED]
    settling.settle(WOUNDED, settling.cells(WOUNDED, 0), "People.")
    settling.undo()
    assert desk.settling(FIRST, SECOND).left == [WOUNDED]
    settling.settle(WOUNDED, settling.cells(WOUNDED, 0), "They are people.")
    rows = settling.rows().set_index("number_id")
    assert rows[["decision", "place_id"]].loc[[KILLED, WOUNDED, DATE]].to_numpy().tolist() == [
        ["claim", "town"], ["claim", None], ["date", None],
    ]  # fmt: skip
    assert record(settling) == [
        [KILLED, "first", FIRST, "claim", None, None], [KILLED, "second", SECOND, "claim", "town", None],
        [KILLED, "settled", FIRST, "claim", "town", "The text names it."],
        [WOUNDED, "first", FIRST, "claim", None, None], [WOUNDED, "second", SECOND, "other_quantity", None, None],
        [WOUNDED, "settled", FIRST, "claim", None, "They are people."],
        [DATE, "first", FIRST, "date", None, None], [DATE, "second", SECOND, "date", None, None],
    ]  # fmt: skip


def test_two_readings_that_are_alike_leave_nothing_to_settle(desk):
    for name in (FIRST, SECOND):
        desk.decide(name)
    settling = desk.settling(FIRST, SECOND)
    assert (settling.left, len(settling.rows()), {row[1] for row in record(settling)}) == ([], 3, {"first", "second"})


@pytest.mark.parametrize("done", [FIRST, SECOND])
def test_no_reading_is_shown_before_both_are_done(desk, done):
    for name in (FIRST, SECOND):
        desk.decide(name, blind=name == SECOND, done=name == done)
    assert refused(desk.settling, FIRST, SECOND) == "drafts.blind"
    assert not drafts.read(desk.drafts, SOURCE, done).compared


def test_a_second_reader_of_published_numbers_sees_them_when_done_and_changes_nothing_any_more(published):
    published.decide(SECOND, blind=True, done=False)
    assert refused(published.settling, SECOND) == "drafts.blind"
    drafts.finish(published.drafts, SOURCE, SECOND)
    settling = published.settling(SECOND)
    assert (settling.names, settling.left) == ((AS_PUBLISHED, SECOND), [KILLED])
    assert refused(drafts.reopen, published.drafts, SOURCE, SECOND) == "drafts.compared"


def test_who_reads_alone_has_nothing_to_settle(desk):
    assert desk.settling() is None
    desk.decide(FIRST)
    assert desk.settling(FIRST) is None


def test_a_blind_reader_of_what_nobody_read_before_is_the_first(desk):
    desk.decide(FIRST, blind=True)
    assert desk.settling(FIRST) is None
    desk.publish(desk.of_one(FIRST))
    assert desk.settling(FIRST) is None, "one's own reading is no second one"


@pytest.mark.parametrize(
    ("changed", "reason", "rule"),
    [({}, "", "reason"), ({}, " \n", "reason"), ({"decision": ""}, "Why.", "decision")],
)
def test_a_difference_is_settled_only_with_a_reason_and_a_decision(desk, changed, reason, rule):
    desk.decide(FIRST)
    desk.decide(SECOND, TOWN)
    settling = desk.settling(FIRST, SECOND)
    assert refused(settling.settle, KILLED, settling.cells(KILLED, 0) | changed, reason) == f"settling.{rule}"
    assert settling.left == [KILLED]


def test_what_is_not_settled_is_not_handed_on(desk):
    desk.decide(FIRST)
    desk.decide(SECOND, TOWN)
    settling = desk.settling(FIRST, SECOND)
    assert refused(settling.rows) == "settling.left"
    assert refused(settling.record, TODAY) == "settling.left"


def test_readings_of_another_text_than_the_archived_one_are_not_settled(desk):
    for name in (FIRST, SECOND):
        desk.decide(name)
    text = desk.reports / f"{SOURCE}.txt"
    before = desk.dataset.texts[SOURCE].sha256
    text.write_text(text.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    sources = desk.tables / "sources.csv"
    after = desk.dataset.texts[SOURCE].sha256
    sources.write_text(sources.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert refused(desk.settling, FIRST, SECOND) == "settling.version"


def test_a_number_added_by_hand_is_one_number_whatever_each_called_it(desk):
    long = BY_HAND | {"wording": "One woman was freed"}
    desk.decide(FIRST, {"hand-1": BY_HAND, WOUNDED: {"part_of": "hand-1"}})
    desk.decide(SECOND, {"hand-1": long, "hand-2": BY_HAND, WOUNDED: {"part_of": "hand-2"}})
    settling = desk.settling(FIRST, SECOND)
    assert settling.left == ["p3-h2"], "that of the second alone"
    known = settling.cells("p3-h2", 0)
    assert (known["source_id"], known["paragraph"], known["wording"], known["decision"]) == (SOURCE, "3", "One woman was freed", "")  # fmt: skip
    settling.settle("p3-h2", known, "It is the same number.")
    assert settling.left == []
    assert settling.rows()[["number_id", "part_of"]].fillna("").to_numpy().tolist() == [
        [KILLED, ""], [WOUNDED, WOMAN], [DATE, ""], [WOMAN, ""],
    ]  # fmt: skip


def test_a_number_added_by_hand_may_be_settled_with_another_quote(desk):
    desk.decide(FIRST, {"hand-1": BY_HAND})
    desk.decide(SECOND)
    settling = desk.settling(FIRST, SECOND)
    settling.settle(WOMAN, settling.cells(WOMAN, 0) | {"wording": "One woman was"}, "Long enough.")
    rows = settling.record(TODAY).set_index(["number_id", "reading"])["wording"]
    assert rows.loc[WOMAN].to_dict() == {"first": "One woman", "settled": "One woman was"}


def test_ids_of_numbers_added_by_hand_stay_those_on_record(desk):
    desk.decide(FIRST, {"hand-1": BY_HAND | {"wording": "woman"}}, done=False)
    desk.decide(FIRST, {"hand-1": BY_HAND}, only=[])
    desk.publish(desk.of_one(FIRST))
    desk.decide(SECOND, {"hand-1": BY_HAND | {"wording": "One"}, "hand-2": BY_HAND}, blind=True)
    assert desk.settling(FIRST, SECOND).left == ["p3-h2"]


def test_what_the_first_reader_left_to_the_tables_is_recorded_as_published(published):
    published.decide(FIRST, {WOUNDED: {"caveats": ""}}, only=[])
    published.decide(SECOND, NOT_USED, blind=True)
    settling = published.settle(FIRST, SECOND, whose=0)
    assert [row[:4] for row in record(settling) if row[1] == "first"] == [
        [KILLED, "first", AS_PUBLISHED, "claim"], [WOUNDED, "first", FIRST, "claim"], [DATE, "first", AS_PUBLISHED, "date"],
    ]  # fmt: skip


def test_after_publishing_the_record_of_what_the_tables_held_before_stays(published):
    published.decide(SECOND, blind=True)
    published.settle(SECOND)
    published.publish(published.of_both(SECOND))
    before = published.rows("curation")
    assert [line.split(",")[4:6] for line in before if f",{KILLED}," in line] == [
        [AS_PUBLISHED, "first"], [SECOND, "second"], [FIRST, "settled"],
    ]  # fmt: skip
    proposal = published.of_both(SECOND, today="2026-01-21")
    assert (len(proposal.rows), len(proposal.changes)) == (0, 0)


def test_a_first_reading_on_record_is_not_replaced_by_what_the_tables_hold(desk):
    desk.decide(FIRST, TOWN)
    desk.publish(desk.of_one(FIRST))
    (desk.drafts / SOURCE).rename(desk.folder / "another machine")
    desk.decide(SECOND, blind=True)
    settling = desk.settle(SECOND)
    assert {row[2] for row in record(settling)} == {SECOND, FIRST}
    desk.publish(desk.of_both(SECOND))
    assert [line.split(",")[4:6] for line in desk.rows("curation") if f",{KILLED}," in line] == [
        [FIRST, "first"], [SECOND, "second"], [FIRST, "settled"],
    ]  # fmt: skip


def test_each_who_settles_keeps_their_own(desk):
    desk.decide(FIRST)
    desk.decide(SECOND, TOWN)
    desk.settle(FIRST, SECOND)
    other = desk.settling(FIRST, SECOND, reader=SECOND)
    assert other.left == [KILLED]
    assert not list((desk.drafts / "settled").rglob("reader-b*")), "nothing is written by looking"
