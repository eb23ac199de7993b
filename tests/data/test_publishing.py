"""Before it is public: what would change as rows, in words for readers, and a write that neither loses nor overwrites anything."""

from itertools import chain

import pytest

from curation import drafts, publishing
from curation.adding import dismiss
from curation.publishing import MovedOnError, propose
from curation.refusals import RefusedError
from curation.settling import of_one
from tests.support import small
from tests.support.readers import (
    BY_HAND,
    DATE,
    FIRST,
    KILLED,
    NEXT_DAY,
    SECOND,
    SOURCE,
    TODAY,
    WHY,
    WOMAN,
    WOUNDED,
    Readers,
)

TOWN = {"place_id": "town", "caveats": "period_unclear: No hour; not even a day."}
CLAIM = f"{SOURCE}-01"
DAY = "2026-01-19"
KILLED_CELLS = "killed,all,people,at_least,30,30,,incident,2020-05-03,2020-05-03"
WOUNDED_CELLS = "injured,all,people,about,,12,,incident,2020-05-03,2020-05-03"


@pytest.fixture(autouse=True, scope="module")
def on_one_day():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "_now", lambda: f"{DAY}T08:00:00.000000+00:00")
        yield


@pytest.fixture(scope="module")
def made_public(tmp_path_factory, prepared):
    desk = prepared.copied(tmp_path_factory.mktemp("public"))
    desk.decide(changed={KILLED: TOWN}, done=False)
    desk.publish(desk.of_one(today=DAY))
    return desk


@pytest.fixture
def published(tmp_path, made_public):
    """The first reader published the report the day before: two claims, one of them with a limitation, and a date."""
    return made_public.copied(tmp_path)


def refused(call, *arguments, **named):
    with pytest.raises(RefusedError) as error:
        call(*arguments, **named)
    return [(fault.file, fault.line, fault.column, fault.rule) for fault in error.value.findings]


def changes(proposal):
    rows = proposal.changes
    return rows.astype(object).where(rows.notna(), None)[["table", "row_id", "what", "old", "new"]].to_numpy().tolist()


def changed(proposal, *tables):
    rows = proposal.rows[proposal.rows["table"].isin(tables or publishing.DECIDED)]
    return rows[["table", "row", "change", "column"]].to_numpy().tolist()


def test_two_readers_from_their_drafts_to_the_files(desk):
    desk.decide(FIRST)
    desk.decide(SECOND, {KILLED: TOWN, WOUNDED: {"decision": "other_quantity"}}, blind=True)
    desk.settle(FIRST, SECOND)
    before = {name: desk.rows(name) for name in ("sources", "places", "events", "organisations")}
    desk.publish(desk.of_both(FIRST, SECOND))
    assert desk.rows("claims") == [
        f"{CLAIM},{SOURCE},2,at least 30 people,{KILLED_CELLS},town,,,monitor,,,People killed."
    ]
    assert desk.rows("claim_caveats") == [f"{CLAIM},period_unclear,No hour; not even a day."]
    assert desk.rows("dismissed") == [f"{SOURCE},2,3 May 2020,date,", f"{SOURCE},2,some 12 wounded,other_quantity,"]
    blank = "," * 16
    killed, wounded, date = f"{SOURCE},{KILLED},2,at least 30 people", f"{SOURCE},{WOUNDED},2,some 12 wounded", f"{SOURCE},{DATE},2,3 May 2020"  # fmt: skip
    assert desk.rows("curation") == [
        f"{killed},{FIRST},first,{DAY},claim,,{KILLED_CELLS},,,,monitor,,",
        f"{killed},{SECOND},second,{DAY},claim,,{KILLED_CELLS},town,,,monitor,,",
        f"{killed},{FIRST},settled,{DAY},claim,The text says so.,{KILLED_CELLS},town,,,monitor,,",
        f"{wounded},{FIRST},first,{DAY},claim,,{WOUNDED_CELLS},,,,monitor,,",
        f"{wounded},{SECOND},second,{DAY},other_quantity,{blank}",
        f"{wounded},{FIRST},settled,{DAY},other_quantity,The text says so.{blank}",
        f"{date},{FIRST},first,{DAY},date,{blank}",
        f"{date},{SECOND},second,{DAY},date,{blank}",
    ]  # fmt: skip
    assert desk.rows("changes") == [f'{TODAY},sources,{SOURCE},"Report added: The Paper 2020, 1 claim",,,{WHY}']
    [line] = desk.rows("evidence")
    assert line.startswith(f"{CLAIM},{TODAY},{desk.dataset.texts[SOURCE].sha256},")
    assert {name: desk.rows(name) for name in before} == before
    assert desk.dataset.good
    assert {fault.rule for fault in desk.dataset.evidence_findings} == {"evidence.text_missing"}


def test_nothing_is_written_by_looking(desk):
    before = desk.state()
    desk.decide()
    proposal = desk.of_one()
    assert changed(proposal) == [
        ["claims", f"{SOURCE}-01", "added", ""], ["claims", f"{SOURCE}-02", "added", ""],
        ["dismissed", f"{SOURCE}, 2, 3 May 2020", "added", ""],
    ]  # fmt: skip
    assert sorted(proposal.tables) == ["changes", "claims", "curation", "dismissed", "evidence"]
    assert desk.state() == before


def test_published_twice_changes_nothing(published):
    before = published.state()
    proposal = published.of_one(today=NEXT_DAY)
    assert (changed(proposal, *publishing.WRITTEN), changes(proposal)) == ([], [])
    published.publish(proposal)
    after = published.state()
    assert {name for name in after if after[name] != before[name]} <= {"evidence.csv"}, "only the day of the last check"


LIMITED = {"place_id": "town", "caveats": "period_unclear: No hour; not even a day."}
CHANGES = {
    "a cell": (
        {"place_id": "north"},
        [["claims", f"{SOURCE}-01", "changed", "place_id"]],
        [["claims", f"{SOURCE}-01", "Claim changed: place", "town", "north"]],
    ),
    "a limitation more": (
        {"caveats": f"{LIMITED['caveats']}; stock_or_flow: Not said."},
        [["claim_caveats", f"{SOURCE}-02, stock_or_flow", "added", ""]],
        [["claim_caveats", f"{SOURCE}-02", "Limitation added: Stock or flow", None, "Not said."]],
    ),
    "another detail of a limitation": (
        {"caveats": "period_unclear: No minute."},
        [["claim_caveats", f"{SOURCE}-03, period_unclear", "changed", "detail"]],
        [["claim_caveats", f"{SOURCE}-03", "Limitation changed: Period not stated", "No hour; not even a day.", "No minute."]],
    ),
    "a limitation less": (
        {"caveats": ""},
        [["claim_caveats", f"{SOURCE}-04, period_unclear", "removed", ""]],
        [["claim_caveats", f"{SOURCE}-04", "Limitation removed: Period not stated", "No hour; not even a day.", None]],
    ),
    "a claim is none": (
        {"decision": "other_quantity"},
        [
            ["claims", f"{SOURCE}-05", "removed", ""], ["claim_caveats", f"{SOURCE}-05, period_unclear", "removed", ""],
            ["dismissed", f"{SOURCE}, 6, 5 people", "added", ""],
        ],
        [["claims", f"{SOURCE}-05", "Withdrawn: 5 people", "5 people", None]],
    ),
    "nothing": ({}, [], []),
}  # fmt: skip
"""What is decided of the number of a paragraph that is published, by paragraphs from the second; the rows, and what readers are told."""
ADDED = ([["claims", f"{SOURCE}-07", "added", ""]], [["claims", f"{SOURCE}-07", "Claim added", None, "One woman"]])


def test_a_decision_on_what_is_published_changes_that_and_readers_are_told_in_words(tmp_path):
    lines = [f"The Monitor counts {at} people killed." for at in range(1, len(CHANGES) + 1)]
    desk = Readers(tmp_path).prepared("\n".join(["A title", *lines, "One woman was freed."]) + "\n")
    numbers = [f"p{at}-19" for at in range(2, len(CHANGES) + 2)]
    dated = {"period_start": "2020-05-03", "period_end": "2020-05-03"}
    desk.decide(changed=dict.fromkeys(numbers, LIMITED | dated), done=False)
    desk.publish(desk.of_one(today=DAY))
    cells, *said = zip(*CHANGES.values(), strict=True)
    desk.decide(changed={**dict(zip(numbers, cells, strict=True)), "hand-1": BY_HAND}, only=[], done=False)
    proposal = desk.of_one()
    for found, added, expected in zip((changed(proposal), changes(proposal)), ADDED, said, strict=True):
        assert sorted(found, key=str) == sorted(chain(added, *expected), key=str)
    desk.publish(proposal)
    again = desk.of_one(today=NEXT_DAY)
    assert (changed(again), changes(again)) == ([], [])
    assert desk.dataset.good


def test_readers_are_told_that_other_numbers_are_not_used_where_nothing_else_changed(published):
    published.decide(changed={DATE: {"decision": "name"}}, only=[], done=False)
    proposal = published.of_one()
    assert changed(proposal) == [["dismissed", f"{SOURCE}, 2, 3 May 2020", "changed", "reason"]]
    assert changes(proposal) == [["sources", SOURCE, "Numbers not used: other rows", None, None]]


def test_a_number_not_used_becomes_a_claim_and_is_no_longer_listed(desk):
    desk.decide(changed={KILLED: {"decision": "other_quantity"}}, done=False)
    desk.publish(desk.of_one(today=DAY))
    desk.decide(SECOND, {KILLED: TOWN}, blind=True)
    drafts.finish(desk.drafts, SOURCE, FIRST)
    desk.settle(FIRST, SECOND)
    proposal = desk.of_both(FIRST, SECOND)
    assert changed(proposal) == [
        ["claims", f"{SOURCE}-02", "added", ""], ["claim_caveats", f"{SOURCE}-02, period_unclear", "added", ""],
        ["dismissed", f"{SOURCE}, 2, at least 30 people", "removed", ""],
    ]  # fmt: skip
    assert changes(proposal) == [["claims", f"{SOURCE}-02", "Claim added", None, "at least 30 people"]]


@pytest.mark.parametrize(("whose", "gone"), [(0, False), (1, True)])
def test_a_settled_dismissal_of_a_published_claim_withdraws_it(published, whose, gone):
    published.decide(only=[])
    published.decide(SECOND, {KILLED: {"decision": "other_quantity"}}, blind=True)
    published.settle(FIRST, SECOND, whose=whose)
    published.publish(published.of_both(FIRST, SECOND))
    assert (CLAIM in {line.partition(",")[0] for line in published.rows("claims")}) == (not gone)
    assert [line.split(",")[3] for line in published.rows("dismissed")] == ["date", *["other_quantity"] * gone]


def test_what_a_second_reader_would_code_otherwise_changes_the_claim_and_adds_none(published):
    (published.drafts / SOURCE).rename(published.folder / "elsewhere")
    published.decide(SECOND, {KILLED: {"population_group": "civilians", "place_id": "north"}}, blind=True)
    published.settle(SECOND)
    assert changes(published.of_both(SECOND)) == [
        ["claims", CLAIM, "Claim changed: group", "all", "civilians"], ["claims", CLAIM, "Claim changed: place", "town", "north"],
        ["claim_caveats", CLAIM, "Limitation removed: Period not stated", "No hour; not even a day.", None],
    ]  # fmt: skip


def test_a_claim_coded_against_its_words_is_written_without_evidence_and_named(published):
    (published.drafts / SOURCE).rename(published.folder / "elsewhere")
    published.decide(SECOND, {KILLED: {"indicator": "injured"}}, blind=True)
    published.settle(SECOND)
    published.publish(published.of_both(SECOND))
    assert CLAIM not in {line.partition(",")[0] for line in published.rows("evidence")}
    dataset = published.dataset
    assert dict(dataset.states()[["claim_id", "state"]].itertuples(index=False))[CLAIM] == "contradicted"
    named = [each for each in dataset.evidence_findings if each.file != "post-2020-01-05.txt"]
    assert [(each.column, each.rule) for each in named if each.file == "claims.csv"] == [
        ("indicator", "evidence.named")
    ]


def test_a_first_reading_adds_to_what_the_tables_hold_already(published):
    dropped = published.rows("claims")[1]
    path = published.tables / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(f"{dropped}\n", ""), encoding="utf-8")
    (published.drafts / SOURCE).rename(published.folder / "elsewhere")
    before = published.rows("claims")
    published.decide(SECOND, {WOUNDED: {"part_of": KILLED, "indicator": "killed"}}, only=[], done=False)
    proposal = published.of_one(SECOND)
    published.publish(proposal)
    [added] = set(published.rows("claims")) - set(before)
    assert added.split(",")[-2] == CLAIM, "the whole is in the tables, and the reader knows its number"
    assert changes(proposal) == [["claims", added.partition(",")[0], "Claim added", None, "some 12 wounded"]]


def test_a_part_may_name_a_number_that_was_added_by_hand(desk):
    part = BY_HAND | {"wording": "One woman was", "part_of": "hand-1", "summary": "The same."}
    desk.decide(
        changed={"hand-1": BY_HAND, "hand-2": part | {"population_group": "women", "indicator": "killed"}}, only=[]
    )
    desk.publish(desk.of_one())
    parts = [line.split(",")[-2] for line in desk.rows("claims")]
    assert sorted(parts) == ["", desk.rows("claims")[parts.index("")].partition(",")[0]]
    assert [line.split(",")[1] for line in desk.rows("curation")] == [WOMAN, "p3-h2"]


def test_the_second_of_two_publishers_is_refused_and_loses_nothing_by_doing_it_again(desk):
    desk.decide(changed={KILLED: TOWN}, only=[WOUNDED])
    late = desk.of_one()
    dismiss(desk.tables, desk.reports, {"source_id": SOURCE, "paragraph": 2, "wording": "3 May 2020", "reason": "date"})
    before, kept = desk.state(), [path.read_bytes() for path in desk.drafts.rglob("*.jsonl")]
    with pytest.raises(MovedOnError, match=r"publishing\.moved_on"):
        desk.publish(late)
    assert (desk.state(), [path.read_bytes() for path in desk.drafts.rglob("*.jsonl")]) == (before, kept)
    desk.publish(desk.of_one())
    assert (len(desk.rows("claims")), len(desk.rows("dismissed")), len(desk.rows("claim_caveats"))) == (2, 1, 1)


def test_a_change_of_any_table_is_a_move(desk):
    desk.decide()
    late, before = desk.of_one(), desk.state()
    for table in ("curation", "evidence", "sources"):
        file = desk.tables / f"{table}.csv"
        file.write_bytes(before[file.name] + b"\n")
        with pytest.raises(MovedOnError):
            desk.publish(late)
        file.write_bytes(before[file.name])
    desk.publish(late)


def test_a_cell_that_changes_twice_on_a_day_keeps_the_value_of_the_morning(published):
    for place_id in ("north", "syria"):
        published.decide(changed={KILLED: {"place_id": place_id}}, only=[], done=False)
        published.publish(published.of_one())
    assert published.rows("changes")[1:] == [f"{TODAY},claims,{CLAIM},Claim changed: place,town,syria,{WHY}"]


def test_what_changes_on_the_day_on_which_a_report_is_added_is_part_of_that(desk):
    desk.decide(done=False)
    desk.publish(desk.of_one())
    desk.decide(changed={KILLED: {"decision": "other_quantity"}}, only=[], done=False)
    desk.publish(desk.of_one(reason="Read again."))
    assert desk.rows("changes") == [f'{TODAY},sources,{SOURCE},"Report added: The Paper 2020, 1 claim",,,Read again.']


def test_nothing_is_published_without_a_reason(desk):
    desk.decide()
    for reason in ("", " \n"):
        assert refused(desk.of_one, reason=reason) == [("changes.csv", 0, "reason", "column.not_nullable")]


BAD = {
    "a place that is not known": ({KILLED: {"place_id": "moon"}}, (KILLED, 0, "place_id", "references.resolve")),
    "a number that the text does not say": ({KILLED: {"best": "31", "low": "31"}}, (KILLED, 0, "low", "evidence.reading")),
    "a number that is none": ({KILLED: {"best": "many"}}, (KILLED, 0, "best", "cell.number")),
    "a limitation without a detail": ({KILLED: {"caveats": "period_unclear"}}, (KILLED, 0, "caveats", "curation.caveats")),
    "a whole that is not used": ({KILLED: {"part_of": DATE}}, (KILLED, 0, "part_of", "curation.part_of")),
    "a decision that is none": ({KILLED: {"decision": "maybe"}}, (KILLED, 0, "decision", "curation.decision")),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "fault"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_at_its_number_and_nothing_is_written(desk, cells, fault):
    desk.decide(changed=cells)
    before = desk.state()
    rows = desk.reading().rows()
    arguments = (desk.tables, desk.reports, SOURCE, rows, desk.dataset.table("curation"), WHY, TODAY)
    assert fault in refused(propose, *arguments)
    assert desk.state() == before


def test_a_row_of_the_record_that_breaks_a_rule_is_refused(desk):
    rows = desk.decide().rows()
    readings = of_one(desk.dataset, SOURCE, rows, FIRST, TODAY)
    wrong = readings.assign(reading="settled")
    arguments = (desk.tables, desk.reports, SOURCE, rows, wrong, WHY, TODAY)
    assert refused(propose, *arguments) == [("curation.csv", 0, "reason", "curation.settled")] * 3


def test_a_fault_of_another_report_that_was_there_before_refuses_nothing_wherever_its_line_is_now(desk):
    text = desk.reports / "post-2020-01-05.txt"
    text.write_text("Some other words.\n", encoding="utf-8")
    sha256 = desk.dataset.texts["post-2020-01-05"].sha256
    rows = [*small.ROWS["sources"][:1], small.ROWS["sources"][1]]
    posted = small.source(
        source_id="post-2020-01-05", short_name="Post 2020", publisher_id="post", title="Another title",
        authors="Ann Author", published="2020-01-05", url="https://example.org/b", text_sha256=sha256,
    )  # fmt: skip
    path = desk.tables / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(rows[1], posted), encoding="utf-8")
    [fault] = [fault for fault in desk.dataset.evidence_findings if fault.file == "claims.csv"]
    desk.decide()
    desk.publish(desk.of_one())
    [moved] = [fault for fault in desk.dataset.evidence_findings if fault.file == "claims.csv"]
    assert moved.line > fault.line


def test_only_claims_of_the_report_that_were_verified_are_recorded_as_checked(published):
    path = published.tables / "evidence.csv"
    claims = {line.partition(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]}
    assert claims == {f"{SOURCE}-01", f"{SOURCE}-02"}
    foreign = f"paper-2019-07-12-01,{DAY},{'0' * 64},{'1' * 64}"
    path.write_text(path.read_text(encoding="utf-8") + f"{foreign}\n", encoding="utf-8")
    published.decide(changed={WOUNDED: {"decision": "other_quantity"}}, only=[], done=False)
    published.publish(published.of_one())
    assert [line.split(",")[:2] for line in published.rows("evidence")] == [
        ["paper-2019-07-12-01", DAY], [f"{SOURCE}-01", TODAY],
    ]  # fmt: skip
    assert foreign in published.rows("evidence")
