"""A triage table: a row for each number, and decisions that are written whole or not at all, once or again."""

import csv
import io
import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from curation.__main__ import main
from curation.refusals import FILES, RefusedError
from curation.triage import apply, triage
from tests.support import ROOT
from tests.support.curation import ARGUMENTS, SOURCE, TEXT, Desk
from validation import load
from validation.evidence import occurrences
from validation.models import SCHEMAS, TRIAGE

REPORTS = os.environ.get("REPORTS_DIR")
"""Read before a fixture takes it away: the archived texts are not part of the project."""
KILLED, WOUNDED, DATE = "p2-19", "p2-49", "p2-68"
LIMITATION = "period_unclear: No hour; not even a day."


def with_report(folder, text):
    """Return a desk to which a report of that text was added."""
    desk = Desk(folder, None)
    desk.text.write_text(text, encoding="utf-8")
    folders = ["--datasets", str(desk.tables), "--reports", str(desk.reports)]
    assert main(["add-source", str(desk.text), *ARGUMENTS, *folders]) == 0
    return desk


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """Return a desk to which the new report was added; nobody changes it."""
    return with_report(tmp_path_factory.mktemp("added"), TEXT)


@pytest.fixture(scope="module")
def suggested(added):
    """Return the triage table of the report."""
    return triage(load(added.tables, added.reports), SOURCE)


@pytest.fixture
def rows(suggested):
    """Return the rows of that table as a spreadsheet shows them, by number id, in order."""
    return rows_of(suggested.to_csv(index=False))


@pytest.fixture
def desk(tmp_path, capsys, added):
    """Return a desk of its own with the new report."""
    desk = Desk(tmp_path, capsys)
    shutil.copytree(added.folder, tmp_path, dirs_exist_ok=True)
    return desk


@pytest.fixture(scope="module")
def decided(added, suggested, tmp_path_factory):
    """Return the folder of a desk whose numbers were decided as suggested, one claim with a limitation; nobody changes it."""
    folder = shutil.copytree(added.folder, tmp_path_factory.mktemp("decided"), dirs_exist_ok=True)
    limited = suggested["caveats"].mask(suggested["number_id"] == KILLED, LIMITATION)
    apply(folder / "tables", folder / "reports", suggested.assign(caveats=limited))
    return folder


@pytest.fixture
def desk_decided(desk, decided):
    """Return a desk of its own with these decisions."""
    shutil.copytree(decided, desk.folder, dirs_exist_ok=True)
    return desk


def rows_of(printed):
    """Return the rows of a triage table by number id, in order."""
    return {row["number_id"]: row for row in csv.DictReader(io.StringIO(printed))}


def open_numbers(desk, source=SOURCE):
    """Return the triage table as the command prints it: rows by number id, in order."""
    status, printed = desk.run("triage", source)
    assert status == 0
    return rows_of(printed)


def written(desk, rows, columns=tuple(TRIAGE.columns)):
    """Write rows as a curator hands them in."""
    path = desk.folder / "triage.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def handed_in(desk, rows):
    """Hand rows in; give status and what was printed."""
    return desk.run("apply", written(desk, rows))


def kept(desk):
    """Return the claims of the report by id with their cells, its numbers not used, and the limitations."""
    dataset = load(desk.tables, desk.reports)
    assert dataset.good
    claims, dismissed, marks = (dataset.table(name) for name in ("claims", "dismissed", "claim_caveats"))
    mine = claims[claims["source_id"] == SOURCE]
    return (
        dict(zip(mine["claim_id"], mine["wording"], strict=True)),
        dismissed[["wording", "reason"]].to_numpy().tolist(),
        marks[marks["claim_id"].isin(mine["claim_id"])].to_numpy().tolist(),
    )


def test_every_number_is_a_row_with_its_words_its_reading_and_a_suggestion(desk):
    rows = {number: {name: cell for name, cell in row.items() if cell} for number, row in open_numbers(desk).items()}
    shared = {"source_id": SOURCE, "paragraph": "2"}
    claim = shared | {
        "decision": "claim", "population_group": "all", "unit": "people", "measure": "incident", "period_start": "2020-05-03",
        "period_end": "2020-05-03", "attributed_to": "monitor",
    }  # fmt: skip
    around = TEXT.splitlines()[2]
    assert rows == {
        KILLED: claim | {
            "number_id": KILLED, "words": around.replace("at least 30", "[at least 30]"),
            "wording": "at least 30 people", "indicator": "killed", "bound": "at_least", "low": "30", "best": "30",
            "summary": "People killed.",
        },
        WOUNDED: claim | {
            "number_id": WOUNDED, "words": around.replace("some 12", "[some 12]"), "wording": "some 12 wounded",
            "indicator": "injured", "bound": "about", "best": "12", "summary": "People injured.",
        },
        DATE: shared | {
            "number_id": DATE, "words": "at least 30 people killed and some 12 wounded on [3 May 2020].",
            "decision": "date", "wording": "3 May 2020",
        },
    }  # fmt: skip


def test_what_was_suggested_can_be_handed_in_as_it_stands_and_again_changes_nothing(desk, rows):
    said = f"2 claims added ({SOURCE}-01, {SOURCE}-02), 1 number listed as not used.\n"
    assert handed_in(desk, rows.values()) == (0, said)
    after = (
        {f"{SOURCE}-01": "at least 30 people", f"{SOURCE}-02": "some 12 wounded"}, [["3 May 2020", "date"]], [],
    )  # fmt: skip
    assert kept(desk) == after
    assert desk.run("check", SOURCE) == (0, f"{SOURCE}: 4 numbers found, 2 verified, 1 not used, 0 findings.\n")
    assert open_numbers(desk) == {}
    before = desk.state()
    assert handed_in(desk, rows.values()) == (0, "Nothing changed.\n")
    assert desk.state() == before


def test_a_row_without_a_decision_stays_open(desk, rows):
    rows[WOUNDED]["decision"] = ""
    assert handed_in(desk, rows.values())[0] == 0
    assert list(open_numbers(desk)) == [WOUNDED]


REFUSED = {
    "a cell that no table holds": {
        "a number as a spreadsheet writes it": ({"best": "1.2E+01"}, "best", "cell.number"),
    },
    "a row of another form": {
        "a decision that is none": ({"decision": "maybe"}, "decision", "curation.decision"),
        "no source": ({"source_id": ""}, "source_id", "column.not_nullable"),
    },
    "a limitation of another form": {
        "a limitation without a detail": ({"caveats": "period_unclear"}, "caveats", "curation.caveats"),
    },
    "a part of no claim": {
        "part of a number that is no claim": ({"part_of": DATE}, "part_of", "curation.part_of"),
        "part of a number that is not there": ({"part_of": "p9-9"}, "part_of", "curation.part_of"),
    },
    "a number that is another": {
        "words of another number": ({"wording": "at least 30 people"}, "wording", "curation.other_number"),
        "a number that is not in the text": ({"number_id": "p2-1"}, "number_id", "curation.number"),
    },
    "a row that the tables may not hold": {
        "a claim without a measure": ({"measure": ""}, "measure", "column.not_nullable"),
        "a claim without anybody who said it": ({"attributed_to": ""}, "attributed_to", "column.not_nullable"),
        "an unknown source": ({"source_id": "nobody-2020"}, "source_id", "references.resolve"),
        "an unknown place": ({"place_id": "moon"}, "place_id", "references.resolve"),
        "a number that the text does not say": ({"best": "13"}, "best", "evidence.reading"),
        "a limitation that is not known": ({"caveats": "nothing: at all"}, "caveat_id", "references.resolve"),
        "part of what does not contain it": ({"part_of": KILLED}, "part_of", "claims.part_of"),
        "a date as a spreadsheet writes it": ({"period_end": "May-20"}, "period_end", "column.str_matches"),
        "an id of another source": ({"claim_id": "paper-2019-07-12-09"}, "claim_id", "claims.id"),
        "a dismissal that quotes nothing": ({"decision": "date", "number_id": "", "wording": "no words"}, "wording", "ledger.wording"),
        "a dismissal of many words": (
            {"decision": "date", "wording": "people killed and some 12 wounded on"}, "wording", "dismissed.wording",
        ),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Return a desk whose report says the same in every paragraph, one for each row that may be bad."""
    said = TEXT.splitlines()[2] + "\n"
    return with_report(tmp_path_factory.mktemp("long"), TEXT + said * max(map(len, REFUSED.values())))


@pytest.mark.parametrize("cases", REFUSED.values(), ids=REFUSED)
def test_bad_rows_refuse_all_each_at_its_line_and_column(long, capsys, rows, cases):
    long.capsys, before = capsys, long.state()
    bad = [
        rows[WOUNDED] | {"paragraph": at, "number_id": WOUNDED.replace("p2", f"p{at}")} | changed
        for at, (changed, *_) in enumerate(cases.values(), 3)
    ]
    status, printed = handed_in(long, [rows[KILLED], rows[DATE], *bad])
    found = re.findall(r"triage\.csv:(\d+) (\w+): .* \[(\S+)\]\n", printed)
    expected = [(str(line), column, rule) for line, (_, column, rule) in enumerate(cases.values(), 4)]
    assert sorted(found) == sorted(expected)
    assert (status, printed.splitlines()[0]) == (1, "Nothing was written.")
    assert long.state() == before


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Return the triage table of another report, and the record after it was handed in, a number of it as not reported."""
    text = (
        "The Monitor said shells killed 30 people, among them 12 children, on 3 May 2020.\n"
        "It sheltered no fewer than thirty thousand forcibly displaced civilians then.\n"
    )
    desk = with_report(tmp_path_factory.mktemp("other"), text)
    table = triage(load(desk.tables, desk.reports), SOURCE)
    last = table.index == table.index[-1]
    decided = table.assign(
        decision=table["decision"].mask(last, "not_reported"), note=table["note"].mask(last, "Feared.")
    )
    apply(desk.tables, desk.reports, decided)
    return table, load(desk.tables)


def test_a_part_may_name_the_number_of_its_whole(other):
    table, after = other
    assert table["part_of"].fillna("").tolist() == ["", "p1-31", "", ""]
    claims = after.table("claims").set_index("claim_id")
    assert claims["part_of"].dropna().to_dict()[f"{SOURCE}-02"] == f"{SOURCE}-01"


def test_a_quote_too_long_for_a_number_not_used_becomes_the_number(other):
    table, after = other
    assert table["wording"].iloc[-1] == "no fewer than thirty thousand forcibly displaced civilians"
    assert after.table("dismissed").astype("object").fillna("").to_numpy().tolist() == [
        [SOURCE, 1, "3 May 2020", "date", ""], [SOURCE, 2, "no fewer than thirty thousand", "not_reported", "Feared."],
    ]  # fmt: skip


def test_what_a_spreadsheet_does_to_a_file_is_borne(desk, rows):
    """A byte order mark, CRLF, empty lines at the end, words that begin like a formula, rows and columns in another order."""
    filled = [name for name in TRIAGE.columns if any(row[name] for row in rows.values())]
    path = written(desk, reversed(rows.values()), filled[::-1])
    data = path.read_bytes().replace(b"The Monitor counts [", b"=The Monitor counts [")
    path.write_bytes(b"\xef\xbb\xbf" + (data + b"\n" + b"," * 25 + b"\n\n").replace(b"\n", b"\r\n"))
    assert desk.run("apply", path)[0] == 0
    assert kept(desk)[0] == {f"{SOURCE}-01": "at least 30 people", f"{SOURCE}-02": "some 12 wounded"}


@pytest.mark.parametrize(
    ("columns", "place", "rule"),
    [
        ([*TRIAGE.columns, "mine"], ":1 mine", "file.column_extra"),
        ([name for name in TRIAGE.columns if name != "source_id"], ":1 source_id", "file.column_missing"),
    ],
)
def test_a_column_that_is_not_known_or_lacks_is_refused(desk, rows, columns, place, rule):
    status, printed = desk.run("apply", written(desk, rows.values(), columns))
    assert (status, place in printed, f"[{rule}]" in printed) == (1, True, True)


def test_a_number_added_by_hand_needs_no_number_id_and_no_words_around_it(desk, rows):
    row = rows[KILLED] | {"number_id": ""}
    by_hand = written(desk, [row], [name for name in TRIAGE.columns if name != "words"])
    assert desk.run("apply", by_hand) == (0, f"1 claim added ({SOURCE}-01).\n")


def test_a_row_with_the_id_of_a_claim_changes_it_and_its_limitations_and_one_without_is_refused(desk_decided, rows):
    desk, elsewhere = desk_decided, rows[KILLED] | {"place_id": "town"}
    status, printed = handed_in(desk, [elsewhere])
    assert (status, ":2 place_id: the claim is there already" in printed) == (1, True)
    changed = elsewhere | {"claim_id": f"{SOURCE}-01", "caveats": "stock_or_flow: Not said."}
    assert handed_in(desk, [changed]) == (0, f"1 claim changed ({SOURCE}-01).\n")
    assert kept(desk)[2] == [[f"{SOURCE}-01", "stock_or_flow", "Not said."]]
    claims = load(desk.tables).table("claims").set_index("claim_id")
    assert claims.loc[f"{SOURCE}-01", "place_id"] == "town"
    assert handed_in(desk, [changed]) == (0, "Nothing changed.\n")


def test_a_number_not_used_that_becomes_a_claim_is_no_longer_listed(desk, rows):
    handed_in(desk, [rows[KILLED] | {"decision": "other_quantity"}])
    assert kept(desk)[1] == [["at least 30 people", "other_quantity"]]
    said = f"1 claim added ({SOURCE}-01), 1 number no longer listed as not used.\n"
    assert handed_in(desk, [rows[KILLED]]) == (0, said)
    assert kept(desk)[:2] == ({f"{SOURCE}-01": "at least 30 people"}, [])


def test_another_reason_takes_the_place_of_the_one_before(desk_decided, rows):
    said = "1 number listed as not used, 1 number no longer listed as not used.\n"
    again = rows[DATE] | {"decision": "name", "wording": "on 3 May 2020"}
    assert handed_in(desk_decided, [again]) == (0, said)
    assert kept(desk_decided)[1] == [["on 3 May 2020", "name"]]


def test_a_claim_becomes_a_number_not_used_only_by_its_id(desk_decided, rows):
    desk, none = desk_decided, rows[KILLED] | {"decision": "other_quantity"}
    status, printed = handed_in(desk, [none])
    assert (status, "[ledger.both]" in printed) == (1, True)
    said = f"1 claim removed ({SOURCE}-01), 1 number listed as not used.\n"
    assert handed_in(desk, [none | {"claim_id": f"{SOURCE}-01"}]) == (0, said)
    assert kept(desk) == (
        {f"{SOURCE}-02": "some 12 wounded"}, [["3 May 2020", "date"], ["at least 30 people", "other_quantity"]], [],
    )  # fmt: skip
    assert handed_in(desk, [none | {"claim_id": f"{SOURCE}-01"}]) == (0, "Nothing changed.\n")


def test_all_numbers_come_with_what_was_decided_and_handed_in_again_change_nothing(desk_decided):
    desk = desk_decided
    again = triage(load(desk.tables, desk.reports), SOURCE, only_open=False).set_index("number_id")
    assert again["decision"].tolist() == ["claim", "claim", "date"]
    assert again.loc[KILLED, ["claim_id", "caveats"]].tolist() == [f"{SOURCE}-01", LIMITATION]
    assert str(apply(desk.tables, desk.reports, again.reset_index())) == "Nothing changed."


def test_a_finding_in_a_frame_names_the_number(desk, suggested):
    places = suggested["place_id"].mask(suggested["number_id"] == WOUNDED, "moon")
    with pytest.raises(RefusedError) as refused:
        apply(desk.tables, desk.reports, suggested.assign(place_id=places))
    assert [(fault.file, fault.line, fault.column) for fault in refused.value.findings] == [(WOUNDED, 0, "place_id")]


HOSTILE = {
    "a number that is text": ("paragraph", "two", "cell.number"),
    "half a person": ("best", 12.5, "cell.number"),
    "a line break": ("summary", "Two\nlines.", "file.line_break"),
    "a carriage return": ("summary", "Two\rlines.", "file.line_ends"),
    "a formula": ("summary", "=1+1", "cell.formula"),
    "a paragraph beyond the text": ("paragraph", 10**14, "curation.other_number"),
}


@pytest.mark.parametrize(("column", "cell", "rule"), HOSTILE.values(), ids=HOSTILE)
def test_what_no_table_may_hold_is_refused_in_a_frame_too(desk, suggested, column, cell, rule):
    rows = suggested.astype("object")
    rows.loc[rows["number_id"] == WOUNDED, column] = cell
    before = desk.state()
    with pytest.raises(RefusedError, match=rule):
        apply(desk.tables, desk.reports, rows)
    assert desk.state() == before


def test_whole_numbers_that_a_frame_holds_as_decimals_are_whole(desk, suggested):
    rows = suggested.astype(dict.fromkeys(("paragraph", "low", "best", "high"), "float64"))
    assert len(apply(desk.tables, desk.reports, rows).added) == 2


def test_without_the_archived_text_claims_are_added_and_it_is_said_that_they_were_not_checked(desk, rows):
    (desk.reports / f"{SOURCE}.txt").unlink()
    said = f"1 claim added ({SOURCE}-01). 1 could not be checked: the archived text is not available.\n"
    assert handed_in(desk, [rows[KILLED]]) == (0, said)


def test_a_text_that_changed_since_is_refused(desk, rows):
    (desk.reports / f"{SOURCE}.txt").write_text(TEXT + "More.\n", encoding="utf-8")
    for status, printed in (handed_in(desk, rows.values()), desk.run("triage", SOURCE)):
        assert (status, "[evidence.text_changed]" in printed) == (1, True)


def test_an_unknown_source_and_a_missing_file_are_named(desk):
    assert "there is no source nobody-2020" in desk.run("triage", "nobody-2020")[1]
    assert "[file.missing]" in desk.run("apply", desk.folder / "no.csv")[1]


def as_the_tables_say(suggestions, claims, dismissed, marks, paragraphs):
    """Return triage rows with every cell that differs from the tables corrected; claims without their ids."""
    rows, numbers = [], {}
    for row in suggestions.astype("object").where(suggestions.notna(), "").to_dict("records"):
        start = int(row["number_id"].partition("-")[2])
        paragraph = paragraphs[row["paragraph"] - 1]
        for table, decision in ((claims, lambda _: "claim"), (dismissed, lambda found: found["reason"])):
            for found in table[table["paragraph"] == row["paragraph"]].to_dict("records"):
                (low, high), *_ = occurrences(found["wording"], paragraph)
                if not (low <= start < high or start <= low < start + len(row["wording"].split()[0])):
                    continue
                cells = {name: "" if pd.isna(cell) else cell for name, cell in found.items() if name in TRIAGE.columns}
                numbers[cells.pop("claim_id", None)] = row["number_id"]
                rows.append(
                    row
                    | {"note": "", "caveats": marks.get(found.get("claim_id"), "")}
                    | cells
                    | {"decision": decision(found)}
                )
    return pd.DataFrame([row | {"part_of": numbers.get(row["part_of"], "")} for row in rows])


@pytest.mark.skipif(not REPORTS, reason="the archived texts are kept outside the project: set REPORTS_DIR")
def test_the_five_reports_brought_in_again_give_the_same_tables(tmp_path):
    gold = load(ROOT / "datasets", REPORTS)
    for name in FILES:
        shutil.copy(ROOT / "datasets" / name, tmp_path)
    renewed = ("claims", "claim_caveats", "dismissed")
    for name in (*renewed, "evidence"):
        (tmp_path / f"{name}.csv").write_text(",".join(SCHEMAS[name].columns) + "\n", encoding="utf-8")
    marks = gold.table("claim_caveats")
    said = (marks["caveat_id"] + ": " + marks["detail"]).groupby(marks["claim_id"]).agg("; ".join)
    fresh, rows = load(tmp_path, REPORTS), []
    for source in gold.table("sources")["source_id"]:
        mine = [table[table["source_id"] == source] for table in map(gold.table, ("claims", "dismissed"))]
        rows.append(as_the_tables_say(triage(fresh, source), *mine, said, gold.texts[source].paragraphs))
    file = tmp_path / "triage.csv"
    pd.concat(rows).to_csv(file, index=False)
    apply(tmp_path, Path(REPORTS), file)
    assert str(apply(tmp_path, Path(REPORTS), file)) == "Nothing changed."
    for name in renewed:
        assert (tmp_path / f"{name}.csv").read_bytes() == (ROOT / "datasets" / f"{name}.csv").read_bytes()
