"""A triage table: a row for each number, and decisions that are written whole or not at all, once or again."""

import csv
import io
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

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


@pytest.fixture
def desk(tmp_path, capsys):
    """A desk with the new report added."""
    desk = Desk(tmp_path, capsys)
    assert desk.run("add-source", desk.text, *ARGUMENTS) == (0, f"{SOURCE}\n")
    return desk


def table(desk, source=SOURCE):
    """Return the triage table as printed: rows by number id, in order."""
    status, printed = desk.run("triage", source)
    assert status == 0
    return {row["number_id"]: row for row in csv.DictReader(io.StringIO(printed))}


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
    rows = {number: {name: cell for name, cell in row.items() if cell} for number, row in table(desk).items()}
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


def test_what_was_suggested_can_be_handed_in_as_it_stands(desk):
    said = f"2 claims added ({SOURCE}-01, {SOURCE}-02), 1 number listed as not used.\n"
    assert handed_in(desk, table(desk).values()) == (0, said)
    assert kept(desk) == (
        {f"{SOURCE}-01": "at least 30 people", f"{SOURCE}-02": "some 12 wounded"}, [["3 May 2020", "date"]], [],
    )  # fmt: skip
    assert desk.run("check", SOURCE) == (0, f"{SOURCE}: 4 numbers found, 2 verified, 1 not used, 0 findings.\n")
    assert table(desk) == {}


def test_handed_in_twice_changes_nothing(desk):
    rows = list(table(desk).values())
    rows[0]["caveats"] = "period_unclear: No hour; not even a day."
    handed_in(desk, rows)
    before = desk.state()
    assert handed_in(desk, rows) == (0, "Nothing changed.\n")
    assert desk.state() == before


def test_a_row_without_a_decision_stays_open(desk):
    rows = table(desk)
    rows[WOUNDED]["decision"] = ""
    assert handed_in(desk, rows.values())[0] == 0
    assert list(table(desk)) == [WOUNDED]


def test_claims_get_their_ids_in_the_order_of_the_text(desk):
    assert handed_in(desk, reversed(table(desk).values()))[0] == 0
    assert kept(desk)[0] == {f"{SOURCE}-01": "at least 30 people", f"{SOURCE}-02": "some 12 wounded"}


REFUSED = {
    "a decision that is none": ({"decision": "maybe"}, ":3 decision", "curation.decision"),
    "a claim without a measure": ({"measure": ""}, ":3 measure", "column.not_nullable"),
    "a claim without anybody who said it": ({"attributed_to": ""}, ":3 attributed_to", "column.not_nullable"),
    "a row without a source": ({"source_id": ""}, ":3 source_id", "column.not_nullable"),
    "an unknown source": ({"source_id": "nobody-2020"}, ":3 source_id", "references.resolve"),
    "an unknown place": ({"place_id": "moon"}, ":3 place_id", "references.resolve"),
    "a number that the text does not say": ({"best": "13"}, ":3 best", "evidence.reading"),
    "words of another number": ({"wording": "at least 30 people"}, ":3 wording", "curation.other_number"),
    "a number that is not in the text": ({"number_id": "p2-1"}, ":3 number_id", "curation.number"),
    "a limitation without a detail": ({"caveats": "period_unclear"}, ":3 caveats", "curation.caveats"),
    "a limitation that is not known": ({"caveats": "nothing: at all"}, ":3 caveat_id", "references.resolve"),
    "part of a number that is no claim": ({"part_of": DATE}, ":3 part_of", "curation.part_of"),
    "part of a number that is not there": ({"part_of": "p9-9"}, ":3 part_of", "curation.part_of"),
    "part of what does not contain it": ({"part_of": KILLED}, ":3 part_of", "claims.part_of"),
    "a number as a spreadsheet writes it": ({"best": "1.2E+01"}, ":3 best", "cell.number"),
    "a date as a spreadsheet writes it": ({"period_end": "May-20"}, ":3 period_end", "column.str_matches"),
    "an id of another source": ({"claim_id": "paper-2019-07-12-09"}, ":3 claim_id", "claims.id"),
    "a dismissal that quotes nothing": ({"decision": "date", "number_id": "", "wording": "no words"}, ":3 wording", "ledger.wording"),
    "a dismissal of many words": ({"decision": "date", "wording": "people killed and some 12 wounded on"}, ":3 wording", "dismissed.wording"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "place", "rule"), REFUSED.values(), ids=REFUSED)
def test_one_bad_row_refuses_all_at_its_line_and_column(desk, changed, place, rule):
    rows = table(desk)
    rows[WOUNDED] |= changed
    before = desk.state()
    status, printed = handed_in(desk, rows.values())
    assert status == 1
    assert printed.startswith("Nothing was written.")
    assert f"triage.csv{place}: " in printed
    assert f"[{rule}]" in printed
    assert desk.state() == before


def test_a_part_may_name_the_number_of_its_whole(desk):
    desk.text.write_text(
        "The Monitor said shells killed 30 people, among them 12 children, on 3 May 2020.\n", encoding="utf-8"
    )
    source = desk.run("add-source", desk.text, *ARGUMENTS)[1].strip()
    rows = list(table(desk, source).values())
    assert [row["part_of"] for row in rows] == ["", "p1-31", ""]
    assert handed_in(desk, rows)[0] == 0
    claims = load(desk.tables).table("claims").set_index("claim_id")
    assert claims["part_of"].dropna().to_dict()[f"{source}-02"] == f"{source}-01"


def test_a_quote_too_long_for_a_number_not_used_becomes_the_number(desk):
    desk.text.write_text(
        "It sheltered no fewer than thirty thousand forcibly displaced civilians then.\n", encoding="utf-8"
    )
    source = desk.run("add-source", desk.text, *ARGUMENTS)[1].strip()
    [row] = table(desk, source).values()
    assert row["wording"] == "no fewer than thirty thousand forcibly displaced civilians"
    assert handed_in(desk, [row | {"decision": "not_reported", "note": "Feared."}])[0] == 0
    assert load(desk.tables).table("dismissed").to_numpy().tolist() == [
        [source, 1, "no fewer than thirty thousand", "not_reported", "Feared."]
    ]


SPREADSHEETS = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "empty lines at the end": lambda data: data + b"\n" + b"," * 25 + b"\n\n",
    "words that begin like a formula": lambda data: data.replace(b"The Monitor counts [", b"=The Monitor counts ["),
}


@pytest.mark.parametrize("change", SPREADSHEETS.values(), ids=SPREADSHEETS)
def test_what_a_spreadsheet_does_to_a_file_is_borne(desk, change):
    path = written(desk, table(desk).values())
    path.write_bytes(change(path.read_bytes()))
    assert desk.run("apply", path)[0] == 0
    assert len(kept(desk)[0]) == 2


def test_columns_that_may_be_blank_may_be_absent_and_stand_in_any_order(desk):
    rows = table(desk).values()
    filled = [name for name in TRIAGE.columns if any(row[name] for row in rows) and name != "words"]
    assert desk.run("apply", written(desk, rows, filled[::-1]))[0] == 0
    assert len(kept(desk)[0]) == 2


@pytest.mark.parametrize(
    ("columns", "place", "rule"),
    [
        ([*TRIAGE.columns, "mine"], ":1 mine", "file.column_extra"),
        ([name for name in TRIAGE.columns if name != "source_id"], ":1 source_id", "file.column_missing"),
    ],
)
def test_a_column_that_is_not_known_or_lacks_is_refused(desk, columns, place, rule):
    status, printed = desk.run("apply", written(desk, table(desk).values(), columns))
    assert (status, place in printed, f"[{rule}]" in printed) == (1, True, True)


def test_a_number_added_by_hand_needs_no_number_id(desk):
    row = table(desk)[KILLED] | {"number_id": "", "words": ""}
    assert handed_in(desk, [row]) == (0, f"1 claim added ({SOURCE}-01).\n")


def test_a_row_with_the_id_of_a_claim_changes_it_and_its_limitations(desk):
    rows = table(desk)
    rows[KILLED]["caveats"] = "period_unclear: No hour."
    handed_in(desk, rows.values())
    changed = rows[KILLED] | {"claim_id": f"{SOURCE}-01", "place_id": "town", "caveats": "stock_or_flow: Not said."}
    assert handed_in(desk, [changed]) == (0, f"1 claim changed ({SOURCE}-01).\n")
    assert kept(desk)[2] == [[f"{SOURCE}-01", "stock_or_flow", "Not said."]]
    claims = load(desk.tables).table("claims").set_index("claim_id")
    assert claims.loc[f"{SOURCE}-01", "place_id"] == "town"
    assert handed_in(desk, [changed]) == (0, "Nothing changed.\n")


def test_another_cell_without_the_id_is_refused_where_it_differs(desk):
    rows = table(desk)
    handed_in(desk, rows.values())
    status, printed = handed_in(desk, [rows[KILLED] | {"place_id": "town"}])
    assert (status, ":2 place_id: the claim is there already" in printed) == (1, True)


def test_a_number_not_used_that_becomes_a_claim_is_no_longer_listed(desk):
    rows = table(desk)
    handed_in(desk, [rows[KILLED] | {"decision": "other_quantity"}])
    assert kept(desk)[1] == [["at least 30 people", "other_quantity"]]
    said = f"1 claim added ({SOURCE}-01), 1 number no longer listed as not used.\n"
    assert handed_in(desk, [rows[KILLED]]) == (0, said)
    assert kept(desk)[:2] == ({f"{SOURCE}-01": "at least 30 people"}, [])


def test_another_reason_takes_the_place_of_the_one_before(desk):
    row = table(desk)[DATE]
    handed_in(desk, [row])
    said = "1 number listed as not used, 1 number no longer listed as not used.\n"
    assert handed_in(desk, [row | {"decision": "name", "wording": "on 3 May 2020"}]) == (0, said)
    assert kept(desk)[1] == [["on 3 May 2020", "name"]]


def test_a_claim_becomes_a_number_not_used_only_by_its_id(desk):
    rows = table(desk)
    rows[KILLED]["caveats"] = "period_unclear: No hour."
    handed_in(desk, rows.values())
    none = rows[KILLED] | {"decision": "other_quantity"}
    status, printed = handed_in(desk, [none])
    assert (status, "[ledger.both]" in printed) == (1, True)
    said = f"1 claim removed ({SOURCE}-01), 1 number listed as not used.\n"
    assert handed_in(desk, [none | {"claim_id": f"{SOURCE}-01"}]) == (0, said)
    assert kept(desk) == (
        {f"{SOURCE}-02": "some 12 wounded"}, [["3 May 2020", "date"], ["at least 30 people", "other_quantity"]], [],
    )  # fmt: skip
    assert handed_in(desk, [none | {"claim_id": f"{SOURCE}-01"}]) == (0, "Nothing changed.\n")


def test_all_numbers_come_with_what_was_decided(desk):
    rows = table(desk)
    rows[KILLED]["caveats"] = "period_unclear: No hour."
    handed_in(desk, rows.values())
    again = triage(load(desk.tables, desk.reports), SOURCE, only_open=False).set_index("number_id")
    assert again["decision"].tolist() == ["claim", "claim", "date"]
    assert again.loc[KILLED, ["claim_id", "caveats"]].tolist() == [f"{SOURCE}-01", "period_unclear: No hour."]
    assert str(apply(desk.tables, desk.reports, again.reset_index())) == "Nothing changed."


def test_a_finding_in_a_frame_names_the_number(desk):
    rows = triage(load(desk.tables, desk.reports), SOURCE)
    rows.loc[rows["number_id"] == WOUNDED, "place_id"] = "moon"
    with pytest.raises(RefusedError) as refused:
        apply(desk.tables, desk.reports, rows)
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
def test_what_no_table_may_hold_is_refused_in_a_frame_too(desk, column, cell, rule):
    rows = triage(load(desk.tables, desk.reports), SOURCE).astype("object")
    rows.loc[rows["number_id"] == WOUNDED, column] = cell
    before = desk.state()
    with pytest.raises(RefusedError, match=rule):
        apply(desk.tables, desk.reports, rows)
    assert desk.state() == before


def test_whole_numbers_that_a_frame_holds_as_decimals_are_whole(desk):
    rows = triage(load(desk.tables, desk.reports), SOURCE)
    rows = rows.astype(dict.fromkeys(("paragraph", "low", "best", "high"), "float64"))
    assert len(apply(desk.tables, desk.reports, rows).added) == 2


def test_without_the_archived_text_claims_are_added_and_it_is_said_that_they_were_not_checked(desk):
    rows = table(desk)
    (desk.reports / f"{SOURCE}.txt").unlink()
    said = f"1 claim added ({SOURCE}-01). 1 could not be checked: the archived text is not available.\n"
    assert handed_in(desk, [rows[KILLED]]) == (0, said)


def test_a_text_that_changed_since_is_refused(desk):
    rows = table(desk)
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
    for source in gold.table("sources")["source_id"]:
        mine = [rows[rows["source_id"] == source] for rows in map(gold.table, ("claims", "dismissed"))]
        rows = as_the_tables_say(triage(load(tmp_path, REPORTS), source), *mine, said, gold.texts[source].paragraphs)
        file = tmp_path / "triage.csv"
        rows.to_csv(file, index=False)
        apply(tmp_path, Path(REPORTS), file)
        assert str(apply(tmp_path, Path(REPORTS), file)) == "Nothing changed."
    for name in renewed:
        assert (tmp_path / f"{name}.csv").read_bytes() == (ROOT / "datasets" / f"{name}.csv").read_bytes()
