"""A reader's draft: nothing confirmed is lost, nothing torn is read, and nobody sees the other's before both are done."""

import re
import subprocess
import sys

import pytest

from curation import drafts
from curation.refusals import RefusedError
from tests.support import ROOT

TEXT, OTHER = "a" * 64, "b" * 64
SOURCE, READER = "paper-2019-07-12", "Reader A"
CLAIMED, DATED = {"decision": "claim", "best": "900"}, {"decision": "date"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")


@pytest.fixture
def folder(tmp_path):
    drafts.begin(tmp_path, SOURCE, READER, TEXT)
    return tmp_path


def file_of(folder):
    [path] = folder.glob("*/*.jsonl")
    return path


def cells(folder, reader=READER):
    """Return the rows of a draft without their times: number, then the cells that are not blank."""
    rows = drafts.read(folder, SOURCE, reader).rows.drop(columns="decided_on")
    return {number: row.dropna().to_dict() for number, row in rows.iterrows()}


def refused(call, *arguments):
    with pytest.raises(RefusedError) as error:
        call(*arguments)
    [finding] = error.value.findings
    assert finding.problem
    assert finding.action
    return finding.rule


def test_a_row_is_kept_as_it_was_typed_and_its_last_state_counts(folder):
    typed = {"decision": "claim", "wording": ' two\nlines, "quoted" \t', "summary": "ع😀 \x00" * 2000, "note": ""}
    drafts.save(folder, SOURCE, READER, "p1-2", DATED)
    drafts.save(folder, SOURCE, READER, "p3-45", typed)
    drafts.save(folder, SOURCE, READER, "p1-2", CLAIMED)
    assert cells(folder) == {"p1-2": CLAIMED, "p3-45": typed}
    draft = drafts.read(folder, SOURCE, READER)
    assert (draft.reader, draft.text_sha256, draft.decided, draft.undoable) == (READER, TEXT, 2, 3)
    assert draft.rows["decided_on"].str.fullmatch(TIME).all()
    assert draft.rows.index.name == "number_id"


def test_a_row_without_a_decision_is_kept_and_not_counted(folder):
    drafts.save(folder, SOURCE, READER, "p1-2", {"decision": "", "note": "Ask", "best": None})
    assert (cells(folder), drafts.read(folder, SOURCE, READER).decided) == (
        {"p1-2": {"decision": "", "note": "Ask"}},
        0,
    )


def test_nothing_decided_yet_is_an_empty_draft(folder):
    draft = drafts.read(folder, SOURCE, READER)
    assert (draft.rows.columns.tolist(), len(draft.rows), draft.decided, draft.done) == (["decided_on"], 0, 0, False)
    assert drafts.undo(folder, SOURCE, READER) is None


def test_undo_goes_back_step_by_step_and_deletes_nothing(folder):
    for number, row in (("p1-2", DATED), ("p1-2", CLAIMED), ("p3-45", DATED)):
        drafts.save(folder, SOURCE, READER, number, row)
    before = file_of(folder).read_bytes()
    assert drafts.undo(folder, SOURCE, READER) == "p3-45"
    assert cells(folder) == {"p1-2": CLAIMED}
    assert drafts.undo(folder, SOURCE, READER) == "p1-2"
    assert cells(folder) == {"p1-2": DATED}
    drafts.save(folder, SOURCE, READER, "p9-9", DATED)
    assert [drafts.undo(folder, SOURCE, READER) for _ in range(3)] == ["p9-9", "p1-2", None]
    assert cells(folder) == {}
    assert file_of(folder).read_bytes().startswith(before)


def test_a_draft_that_is_done_is_not_changed_until_it_is_opened_again(folder):
    drafts.save(folder, SOURCE, READER, "p1-2", DATED)
    drafts.finish(folder, SOURCE, READER)
    assert drafts.read(folder, SOURCE, READER).done
    assert refused(drafts.save, folder, SOURCE, READER, "p1-2", CLAIMED) == "drafts.done"
    assert refused(drafts.undo, folder, SOURCE, READER) == "drafts.done"
    drafts.reopen(folder, SOURCE, READER)
    drafts.save(folder, SOURCE, READER, "p1-2", CLAIMED)
    assert cells(folder) == {"p1-2": CLAIMED}


def test_a_draft_for_another_version_of_the_text_is_kept_and_flagged_until_it_is_carried_over(folder):
    drafts.save(folder, SOURCE, READER, "p1-2", DATED)
    again = drafts.begin(folder, SOURCE, READER, OTHER)
    assert (again.stale, again.text_sha256, cells(folder)) == (True, TEXT, {"p1-2": DATED})
    assert (drafts.read(folder, SOURCE, READER).stale, drafts.read(folder, SOURCE, READER, TEXT).stale) == (
        False,
        False,
    )
    carried = drafts.carry_over(folder, SOURCE, READER, OTHER)
    assert (carried.stale, carried.text_sha256, cells(folder)) == (False, OTHER, {"p1-2": DATED})
    assert carried.begun_on == again.begun_on


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Reader A", "reader a", True), ("Reader A", " Reader  A ", True), ("قارئ", "قارئ", True), ("Ｒeader A", "Reader A", True),
        ("Reader A", "Reader-A", False), ("قارئ", "قارئة", False), ("Straße", "STRASSE", True), ("Zoë", "Zoe", False),
    ],
)  # fmt: skip
def test_readers_whose_names_differ_only_in_case_are_one(tmp_path, one, other, same):
    for reader in (one, other):
        drafts.begin(tmp_path, SOURCE, reader, TEXT)
    assert len(list(tmp_path.glob("*/*.jsonl"))) == (1 if same else 2)


@pytest.mark.parametrize(
    "name", ["../x", "../..a", "a/b", "a\\b", "CON", ".hidden", "قارئ", "x" * 40, "~a", "a\u0301" * 40]
)
def test_whatever_a_reader_is_called_the_draft_lies_in_the_folder_of_its_text(tmp_path, name):
    drafts.begin(tmp_path / "drafts", SOURCE, name, TEXT)
    path = file_of(tmp_path / "drafts")
    assert [str(made.relative_to(tmp_path)) for made in tmp_path.iterdir()] == ["drafts"]
    assert (path.parent.name, bool(re.fullmatch(r"[a-z0-9-]{1,20}-[0-9a-f]{12}\.jsonl", path.name))) == (SOURCE, True)


@pytest.mark.parametrize("name", ["", "  ", "..", "*", "x" * 41, "a\x00b", "a\u202eb", "\ud800"])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    assert refused(drafts.begin, tmp_path, SOURCE, name, TEXT) == "drafts.reader"


@pytest.mark.parametrize("source_id", ["", "../x", "a/b", "A", "a\n", ".", "a" * 300])
def test_a_source_that_is_no_id_is_refused(tmp_path, source_id):
    assert refused(drafts.begin, tmp_path, source_id, READER, TEXT) == "drafts.source"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "row"),
    [("", DATED), ("p" * 41, DATED), ("p1-2", {"note": "\ud800"}), ("p1-2", {"best": 900}), ("p1-2", {"\ud800": ""})],
)
def test_a_cell_that_is_no_text_is_refused_and_nothing_is_written(folder, number, row):
    assert refused(drafts.save, folder, SOURCE, READER, number, row) == "drafts.cells"
    assert cells(folder) == {}


@pytest.mark.parametrize("step", ["save", "undo", "finish", "reopen"])
def test_a_draft_that_was_not_begun_cannot_be_changed(tmp_path, step):
    more = ("p1-2", DATED) if step == "save" else ()
    assert refused(getattr(drafts, step), tmp_path, SOURCE, READER, *more) == "drafts.none"
    assert drafts.read(tmp_path, SOURCE, READER) is None
    assert drafts.listing(tmp_path).empty


def test_a_folder_that_cannot_be_written_is_a_finding(tmp_path):
    (tmp_path / "drafts").write_text("a file", encoding="utf-8")
    assert refused(drafts.begin, tmp_path / "drafts", SOURCE, READER, TEXT) == "drafts.disk"


def test_a_draft_that_cannot_be_read_is_a_finding(folder):
    path = file_of(folder)
    path.unlink()
    path.mkdir()
    assert refused(drafts.read, folder, SOURCE, READER) == "drafts.disk"


def test_cut_at_any_byte_of_its_last_line_a_draft_reads_as_before_it_and_goes_on(folder):
    drafts.save(folder, SOURCE, READER, "p1-2", DATED)
    path = file_of(folder)
    before = path.read_bytes()
    drafts.save(folder, SOURCE, READER, "p3-45", {"decision": "claim", "note": 'a "b"\n😀'})
    whole = path.read_bytes()
    for size in range(len(before), len(whole)):
        path.write_bytes(whole[:size])
        draft = drafts.read(folder, SOURCE, READER)
        assert (cells(folder), draft.undoable, draft.unreadable) == ({"p1-2": DATED}, 1, 0)
        assert drafts.listing(folder)["decided"].tolist() == [1]
        drafts.save(folder, SOURCE, READER, "p7-1", CLAIMED)
        draft = drafts.read(folder, SOURCE, READER)
        assert (cells(folder), draft.undoable, draft.unreadable) == ({"p1-2": DATED, "p7-1": CLAIMED}, 2, 0)
        assert path.read_bytes().startswith(whole[:size])


def test_a_draft_whose_first_line_was_cut_is_begun_again(folder):
    path = file_of(folder)
    path.write_bytes(path.read_bytes()[:-1])
    assert (drafts.read(folder, SOURCE, READER), len(drafts.listing(folder))) == (None, 0)
    drafts.begin(folder, SOURCE, READER, TEXT)
    assert (cells(folder), len(drafts.listing(folder))) == ({}, 1)


SPOILT = [b"", b"no JSON", b"[]", b'{"what": "saved"}', b"\xff\x00", b'{"what": ["saved"], "on": 1}', b"[" * 100_000]


@pytest.mark.parametrize("line", SPOILT, ids=lambda line: repr(line[:20]))
def test_a_line_that_something_else_spoilt_is_counted_and_the_rest_is_read(folder, line):
    drafts.save(folder, SOURCE, READER, "p1-2", DATED)
    with file_of(folder).open("ab") as file:
        file.write(line + b"\n")
    drafts.save(folder, SOURCE, READER, "p3-45", CLAIMED)
    draft = drafts.read(folder, SOURCE, READER)
    assert (cells(folder), draft.unreadable) == ({"p1-2": DATED, "p3-45": CLAIMED}, 1)


def test_no_reader_sees_another_ones_decisions_before_both_are_done(folder):
    assert refused(drafts.both, folder, SOURCE) == "drafts.readers"
    drafts.save(folder, SOURCE, READER, "p1-2", DATED)
    drafts.begin(folder, SOURCE, "Reader B", TEXT)
    drafts.finish(folder, SOURCE, READER)
    assert refused(drafts.both, folder, SOURCE) == "drafts.blind"
    drafts.save(folder, SOURCE, "Reader B", "p1-2", CLAIMED)
    drafts.finish(folder, SOURCE, "Reader B")
    drafts.reopen(folder, SOURCE, READER)
    assert refused(drafts.both, folder, SOURCE) == "drafts.blind"
    drafts.finish(folder, SOURCE, READER)
    first, second = drafts.both(folder, SOURCE)
    assert [(draft.reader, draft.rows["decision"].to_dict()) for draft in (first, second)] == [
        (READER, {"p1-2": "date"}), ("Reader B", {"p1-2": "claim"}),
    ]  # fmt: skip


def test_readings_that_were_laid_side_by_side_are_not_opened_again(folder):
    drafts.begin(folder, SOURCE, "Reader B", TEXT)
    for reader in (READER, "Reader B"):
        drafts.finish(folder, SOURCE, reader)
    drafts.both(folder, SOURCE)
    kept = [path.read_bytes() for path in sorted(folder.glob("*/*.jsonl"))]
    drafts.both(folder, SOURCE, ["reader b", "reader a"])
    assert refused(drafts.reopen, folder, SOURCE, READER) == "drafts.compared"
    assert [path.read_bytes() for path in sorted(folder.glob("*/*.jsonl"))] == kept


def test_of_three_readers_the_two_to_compare_are_named(folder):
    for reader in ("Reader B", "Reader C"):
        drafts.begin(folder, SOURCE, reader, TEXT)
    for reader in (READER, "Reader C"):
        drafts.finish(folder, SOURCE, reader)
    assert refused(drafts.both, folder, SOURCE) == "drafts.readers"
    assert refused(drafts.both, folder, SOURCE, [READER, "Reader B"]) == "drafts.blind"
    assert refused(drafts.both, folder, SOURCE, [READER, "reader a"]) == "drafts.readers"
    assert [draft.reader for draft in drafts.both(folder, SOURCE, ["Reader C", READER])] == [READER, "Reader C"]


def test_readings_of_two_versions_of_a_text_are_not_compared(folder):
    drafts.begin(folder, SOURCE, "Reader B", OTHER)
    for reader in (READER, "Reader B"):
        drafts.finish(folder, SOURCE, reader)
    assert refused(drafts.both, folder, SOURCE) == "drafts.versions"


def test_the_listing_names_every_draft_from_its_end(folder):
    drafts.begin(folder, "post-2020-01-05", "قارئ", TEXT)
    for number in range(3):
        drafts.save(folder, SOURCE, READER, f"p1-{number}", DATED | {"note": "x" * 3 * drafts.TAIL})
    drafts.undo(folder, SOURCE, READER)
    drafts.save(folder, SOURCE, READER, "p9-9", {"decision": ""})
    drafts.finish(folder, SOURCE, READER)
    (folder / SOURCE / "empty.jsonl").touch()
    found = drafts.listing(folder)
    assert found.drop(columns="saved_on").to_numpy().tolist() == [
        [SOURCE, READER, 2, True], ["post-2020-01-05", "قارئ", 0, False],
    ]  # fmt: skip
    assert found["saved_on"].str.fullmatch(TIME).all()


def test_no_drafts_are_an_empty_listing(tmp_path):
    assert drafts.listing(tmp_path / "none").to_dict("list") == {
        "source_id": [], "reader": [], "decided": [], "done": [], "saved_on": [],
    }  # fmt: skip


def test_the_folder_of_drafts_can_be_set_from_outside(monkeypatch, tmp_path):
    monkeypatch.delenv("DRAFTS_DIR", raising=False)
    assert drafts.drafts_folder() == ROOT / "drafts"
    monkeypatch.setenv("DRAFTS_DIR", str(tmp_path))
    assert drafts.drafts_folder() == tmp_path


WRITER = """
import sys
from pathlib import Path
from curation import drafts

folder, name = Path(sys.argv[1]), sys.argv[2]
for number in range(int(sys.argv[3])):
    drafts.save(folder, "paper-2019-07-12", "Reader A", f"{name}-{number}", {"decision": "date", "note": "x" * 500})
"""


def test_of_two_programs_that_save_at_once_no_row_is_lost(folder):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), name, "40"], cwd=ROOT) for name in "ab"]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    rows = cells(folder)
    assert sorted(rows) == sorted(f"{name}-{number}" for name in "ab" for number in range(40))
    draft = drafts.read(folder, SOURCE, READER)
    assert (draft.undoable, draft.unreadable, drafts.listing(folder)["decided"].tolist()) == (80, 0, [80])
