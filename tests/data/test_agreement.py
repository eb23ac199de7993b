"""Two readings side by side: what agrees, by how much beyond chance, what is left to settle, and what goes on record."""

import pandas as pd
import pytest

from curation import agreement
from curation.__main__ import main
from curation.refusals import RefusedError
from tests.support import ROOT, small
from validation import reading
from validation.models import SCHEMAS, UNVERSIONED
from validation.writing import csv_text

SOURCE = "paper-2019-07-12"
CODES = {
    "indicator": "killed", "population_group": "all", "unit": "people", "bound": "exact", "low": "900", "best": "900",
    "high": "900", "measure": "period", "period_start": "2019-02", "period_end": "2019-07", "place_id": "north",
    "attributed_to": "monitor",
}  # fmt: skip
NAMES = {"first": "Reader A", "second": "Reader B", "settled": "Reader A"}


def claim(number_id="p3-45", **changed):
    return {"source_id": SOURCE, "number_id": number_id, "paragraph": "3", "wording": "900 people", "decision": "claim"} | CODES | changed  # fmt: skip


def dismissed(number_id="p1-2", decision="date", **changed):
    return {"source_id": SOURCE, "number_id": number_id, "paragraph": "1", "wording": "2019", "decision": decision} | changed  # fmt: skip


def table(*rows):
    return pd.DataFrame(list(rows), dtype="str")


def field(found, column):
    return found.fields.set_index("column").loc[column, ["compared", "agreed", "percent"]].tolist()


def differences(found):
    return found.differences.to_numpy().tolist()


def alpha_of(first, second):
    """Return alpha of two lists of decisions, a number each."""
    one, other = (table(*(dismissed(f"p1-{at}", code) for at, code in enumerate(values))) for values in (first, second))
    row = agreement.compare(one, other).fields.set_index("column").loc["decision"]
    return (None if pd.isna(row["alpha"]) else float(row["alpha"])), row["alpha_note"]


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        # Krippendorff, Computing Krippendorff’s Alpha-Reliability (2011): example A, binary, and B, nominal, two observers each
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
        ("aabb", "aabb", 1.0),
        ("aabb", "bbaa", -0.75),
    ],
    ids=["A", "B", "all agree", "none agrees"],
)
def test_alpha_is_that_of_published_examples(first, second, alpha):
    assert alpha_of(first, second) == (alpha, "")


def test_alpha_is_not_defined_where_every_value_is_the_same():
    assert alpha_of("aaaa", "aaaa") == (None, "every value is the same, so agreement by chance is not defined")


def test_nothing_read_is_nothing_compared():
    found = agreement.compare(table(), table())
    assert (len(found.differences), len(found.only), found.fields["compared"].sum()) == (0, 0, 0)
    assert set(found.fields["alpha_note"]) == {"nothing to compare"}
    assert found.fields[["percent", "alpha"]].isna().all(axis=None)


def test_codes_are_compared_where_both_say_claim_and_two_blanks_agree():
    first = table(claim(), claim("p5-0", paragraph="5", place_id=None), dismissed())
    second = table(claim(place_id="town", wording=" 900\n people "), dismissed("p5-0", paragraph="5"), dismissed())
    found = agreement.compare(first, second)
    assert [field(found, name) for name in ("decision", "wording", "place_id", "via")] == [
        [3, 2, 66.7], [1, 1, 100.0], [1, 0, 0.0], [1, 1, 100.0],
    ]  # fmt: skip
    assert differences(found) == [
        ["p3-45", "3", "900 people", "place_id", "north", "town"],
        ["p5-0", "5", "900 people", "decision", "claim", "date"],
    ]
    assert found.only.empty
    titles = found.fields.set_index("column")["label"]
    assert titles[["decision", "place_id"]].tolist() == ["Decision", "Place id"]


def test_a_number_that_one_reader_did_not_decide_is_a_difference_and_listed():
    first = table(claim(), dismissed(), {"number_id": "p9-1", "decision": None})
    found = agreement.compare(first, table(dismissed("p7-3", paragraph="7"), {"number_id": "p1-2", "decision": ""}))
    assert field(found, "decision") == [3, 0, 0.0]
    assert found.only.to_numpy().tolist() == [
        ["p1-2", "1", "2019", "date", "first"], ["p3-45", "3", "900 people", "claim", "first"],
        ["p7-3", "7", "2019", "date", "second"],
    ]  # fmt: skip
    assert differences(found) == [
        ["p1-2", "1", "2019", "decision", "date", ""], ["p3-45", "3", "900 people", "decision", "claim", ""],
        ["p7-3", "7", "2019", "decision", "", "date"],
    ]  # fmt: skip


def test_numbers_added_by_hand_are_paired_by_paragraph_and_quote():
    first = table(
        claim(None, wording="Nine hundred"),
        claim("h1", paragraph="4", wording="dozens"),
        claim(None, wording="Nine hundred", indicator="injured"),
    )
    second = table(
        claim("", wording="nine  hundred"),
        claim("extra", paragraph="5", wording="dozens"),
        claim("x", wording="nine hundred", indicator="missing"),
    )
    found = agreement.compare(first, second)
    assert (field(found, "decision"), field(found, "indicator")) == ([4, 2, 50.0], [2, 1, 50.0])
    assert found.only[["paragraph", "wording", "reading"]].to_numpy().tolist() == [
        ["4", "dozens", "first"],
        ["5", "dozens", "second"],
    ]


def test_a_whole_is_the_same_by_its_claim_and_by_its_number():
    part = {"number_id": "p5-0", "paragraph": "5", "wording": "20 people"}
    first = table(claim(claim_id="paper-2019-07-12-01"), claim(**part, part_of="paper-2019-07-12-01"))
    second = table(claim(), claim(**part, part_of="p3-45"))
    assert differences(agreement.compare(first, second)) == []
    by_hand = [table(claim(number, wording="Dozens"), claim(**part, part_of=number)) for number in ("h1", "mine")]
    assert differences(agreement.compare(*by_hand)) == []
    elsewhere = table(claim(), claim(**part, part_of="paper-2019-07-12-09"))
    assert differences(agreement.compare(second, elsewhere)) == [
        ["p5-0", "5", "20 people", "part_of", "p3-45", "paper-2019-07-12-09"]
    ]


def test_drafts_are_compared_by_their_index():
    first = table(claim()).set_index("number_id")
    second = table(claim(best="800")).set_index("number_id").drop(columns=["source_id", "paragraph"])
    assert differences(agreement.compare(first, second)) == [["p3-45", "3", "900 people", "best", "900", "800"]]


@pytest.fixture(scope="module")
def rows():
    """Return a record of two readings and what was settled; nobody changes it."""
    first = table(claim(), dismissed(), claim(None, paragraph="9", wording="dozens", best="", part_of="p3-45"))
    second = table(
        claim(place_id="town"),
        dismissed(best="5"),
        dismissed("p7-3", paragraph="7", decided_on="2032-01-19T08:00:00+00:00"),
    )
    settled = table(
        claim(),
        dismissed(),
        dismissed("p7-3", paragraph="7"),
        claim(None, paragraph="9", wording="dozens", best="", part_of="p3-45"),
    )
    reasons = {"p3-45": "The paragraph names  the north.", "9: dozens": "A number.", "p7-3": "A year."}
    return agreement.record(SOURCE, first, second, settled, NAMES, reasons, "2032-01-20")


def test_what_was_read_and_settled_goes_on_record(rows):
    columns = [
        "number_id",
        "reading",
        "paragraph",
        "reader",
        "decided_on",
        "decision",
        "reason",
        "best",
        "place_id",
        "part_of",
    ]
    assert rows.columns.tolist() == list(SCHEMAS["curation"].columns)
    assert rows[columns].astype(object).where(rows[columns].notna(), None).to_numpy().tolist() == [
        ["p1-2", "first", 1, "Reader A", "2032-01-20", "date", None, None, None, None],
        ["p1-2", "second", 1, "Reader B", "2032-01-20", "date", None, None, None, None],
        ["p3-45", "first", 3, "Reader A", "2032-01-20", "claim", None, 900, "north", None],
        ["p3-45", "second", 3, "Reader B", "2032-01-20", "claim", None, 900, "town", None],
        [
            "p3-45",
            "settled",
            3,
            "Reader A",
            "2032-01-20",
            "claim",
            "The paragraph names the north.",
            900,
            "north",
            None,
        ],
        ["p7-3", "second", 7, "Reader B", "2032-01-19", "date", None, None, None, None],
        ["p7-3", "settled", 7, "Reader A", "2032-01-20", "date", "A year.", None, None, None],
        ["p9-h1", "first", 9, "Reader A", "2032-01-20", "claim", None, None, "north", "p3-45"],
        ["p9-h1", "settled", 9, "Reader A", "2032-01-20", "claim", "A number.", None, "north", "p3-45"],
    ]


def test_the_record_is_a_table_that_validation_accepts_and_no_part_of_the_version(tmp_path, rows):
    version = small.dataset(tmp_path).version
    (tmp_path / "curation.csv").write_text(csv_text("curation", rows), encoding="utf-8")
    dataset = small.load(tmp_path)
    assert (dataset.findings, dataset.evidence_findings, dataset.version) == ((), (), version)
    assert dataset.rows["curation"] == len(rows)
    assert "curation" in UNVERSIONED


def test_numbers_added_by_hand_are_numbered_in_their_paragraph_and_named_so_as_wholes():
    part = claim(None, paragraph="9", wording="two women", part_of="mine")
    first = table(
        claim("mine", paragraph="9", wording="dozens"),
        part,
        claim(None, paragraph="4"),
        claim("mine", paragraph="9", wording="dozens"),
    )
    found = agreement.record(SOURCE, first, table(), table(), NAMES, {}, "2032-01-20")
    assert found[["number_id", "wording", "part_of"]].fillna("").to_numpy().tolist() == [
        ["p4-h1", "900 people", ""], ["p9-h1", "dozens", ""], ["p9-h2", "dozens", ""], ["p9-h3", "two women", "p9-h1"],
    ]  # fmt: skip


UNFIT = {
    "p3-1": ({"best": "many"}, "best", "cell.number"),
    "p3-2": ({"indicator": "kilt"}, "indicator", "column.isin"),
    "p3-3": ({"period_end": "July"}, "period_end", "column.str_matches"),
    "p3-4": ({"wording": ""}, "wording", "column.not_nullable"),
    "p3-5": ({"wording": "9" * 121}, "wording", "curation.wording_long"),
    "p3-6": ({"decided_on": "2032-02-30"}, "decided_on", "dates.calendar"),
    "p3-7": ({"decision": "maybe"}, "decision", "column.isin"),
}


def refused(*rows, names=NAMES, second=(), settled=()):
    """Return where the findings are for which readings cannot go on record, and their rules."""
    with pytest.raises(RefusedError) as error:
        agreement.record(SOURCE, table(*rows), table(*second), table(*settled), names, {}, "2032-01-20")
    assert {finding.line for finding in error.value.findings} == {0}
    return [(finding.file, finding.column, finding.rule) for finding in error.value.findings]


def test_only_what_both_readers_have_as_it_was_settled_has_no_settled_row():
    alike, name, other_name = dismissed("p1-2"), dismissed("p1-9", "name"), dismissed("p1-20", "name")
    first, second = table(alike, name, dismissed("p1-20")), table(alike, dismissed("p1-9"), other_name)
    found = agreement.record(SOURCE, first, second, table(alike, name, other_name), NAMES, {}, "2032-01-20")
    assert found.loc[found["reading"] == "settled", "number_id"].tolist() == ["p1-20", "p1-9"]


def test_a_second_row_for_the_same_number_is_paired_by_its_quote():
    one, other = claim(wording="900 people"), claim(wording="900", indicator="injured")
    assert differences(agreement.compare(table(one, other), table(one, other))) == []
    assert agreement.compare(table(one, other), table(one)).only[["wording", "reading"]].to_numpy().tolist() == [
        ["900", "first"]
    ]
    third = claim(wording="these 900", indicator="injured")
    found = agreement.compare(table(one, other), table(one, third))
    assert sorted(found.only["wording"]) == ["900", "these 900"]


def test_what_cannot_go_on_record_is_refused_with_its_number():
    assert refused(*(claim(number, **cells) for number, (cells, *_) in UNFIT.items())) == [
        (f"{number} (first)", column, rule) for number, (_, column, rule) in UNFIT.items()
    ]
    [(file, _, rule)] = refused(claim(place_id="a\0b"))
    assert (file, rule) == ("p3-45 (first)", "file.nul")


def test_one_reader_cannot_be_both_and_settling_needs_a_reason():
    names = NAMES | {"second": "reader a"}
    assert refused(claim(), names=names, second=[claim()], settled=[dismissed()]) == [
        ("p1-2 (settled)", "reason", "curation.settled"), ("p3-45 (second)", "reader", "curation.readers"),
    ]  # fmt: skip


LINE = {"source_id": SOURCE, "number_id": "p1-2", "paragraph": 1, "wording": "2019", "reader": "A", "reading": "first", "decided_on": "2032-01-20", "decision": "date"}  # fmt: skip


SECOND, SETTLED = {"reading": "second", "reader": "B"}, {"reading": "settled"}
LINES = {
    "a reading": ([{}], []),
    "of no source": ([{"source_id": "nobody"}], [(2, "source_id", "references.resolve")]),
    "a date with codes": ([{"best": 5, "place_id": "north"}], [(2, "best", "curation.coded"), (2, "place_id", "curation.coded")]),
    "settled without a reason": ([SETTLED], [(2, "reason", "curation.settled")]),
    "settled for a reason": ([SETTLED | {"reason": "A year."}], []),
    "read twice by one": ([{}, {"reading": "second"}], [(3, "reader", "curation.readers")]),
    "read by two and settled": ([{}, SECOND, SETTLED], []),
    "twice": ([{}, {}], [(3, "source_id", "rows.unique")]),
    "no number": ([{"number_id": "45"}], [(2, "number_id", "column.str_matches")]),
    "a long name": ([{"reader": "x" * 41}], [(2, "reader", "column.str_matches")]),
    "an Arabic name": ([{"reader": "قارئ"}], []),
    "a place that is proposed": ([{"decision": "claim", "place_id": "proposed"}], []),
}  # fmt: skip


def test_faults_of_the_record_are_found_and_block_nothing(tmp_path):
    rows = sorted(
        (LINE | {"number_id": f"p{number}-2", "paragraph": number} | line for number, (lines, _) in enumerate(LINES.values(), 10) for line in lines),
        key=lambda line: (line["source_id"], line["number_id"]),
    )  # fmt: skip
    dataset = small.dataset(tmp_path, curation=[small.row("curation", **line) for line in rows])
    assert dataset.good
    found = {name: [] for name in LINES}
    for finding in dataset.evidence_findings:
        case = [row["paragraph"] for row in rows[: finding.line - 1]]
        place = (1 + case.count(case[-1]), finding.column, finding.rule)
        found[list(LINES)[case[-1] - 10]].append(place)
    assert found == {name: faults for name, (_, faults) in LINES.items()}


def test_without_the_file_the_tables_are_shown(tmp_path):
    small.write(tmp_path)
    (tmp_path / "curation.csv").unlink()
    dataset = small.load(tmp_path)
    assert (dataset.good, small.places_of(dataset.evidence_findings)) == (
        True,
        [("curation.csv", 0, "", "file.missing")],
    )


def test_each_source_on_record_has_its_readers_and_its_agreement(rows):
    alone = small.row("curation", **LINE | {"source_id": "post-2020-01-05"})
    parsed, _ = reading.parse(
        (",".join(SCHEMAS["curation"].columns) + "\n" + alone + "\n").encode(), "", SCHEMAS["curation"]
    )
    found = agreement.overall(pd.concat([rows, parsed]))
    assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == [
        [SOURCE, 4, "Reader A; Reader B", 50.0], ["post-2020-01-05", 1, "A", None],
    ]  # fmt: skip


def test_the_page_has_the_table_of_what_was_read_twice(rows):
    lines = agreement.markdown(rows).splitlines()
    assert lines[:6] == [
        "Numbers that were read twice, the second time without sight of the first: 4. Reports: 1.",
        "",
        "| column | rows that agreed | percent | Krippendorff’s alpha (nominal) |",
        "|---|---|---|---|",
        "| Decision | 2 of 4 | 50.0 | 0.333 |",
        "| Quote | 1 of 1 | 100.0 | every value is the same, so agreement by chance is not defined |",
    ]
    assert "| Place id | 0 of 1 | 0.0 | 0.000 |" in lines
    assert lines[-1] == f"| {SOURCE} | 4 | 50.0 |"
    assert "Reader" not in agreement.markdown(rows)


def test_an_empty_record_and_a_single_reading_are_a_plain_line(rows):
    nothing = "`datasets/curation.csv` holds no text that was read twice yet."
    assert agreement.markdown(rows.head(0)) == nothing
    assert agreement.markdown(rows[rows["reading"] == "first"]) == nothing


def test_a_page_without_marks_is_refused_and_left(tmp_path, rows):
    path = tmp_path / "curation.md"
    path.write_text("# Words\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"agreement\.markers"):
        agreement.write_page(path, rows)
    assert path.read_text(encoding="utf-8") == "# Words\n"


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page of its own, and small tables with readings that it does not show yet."""
    path = tmp_path / "curation.md"
    path.write_text(f"# Before\n\n{agreement.BEGIN}\nold\n{agreement.END}\n\nAfter \\1\n", encoding="utf-8")
    monkeypatch.setattr("curation.__main__.PAGE", path)
    return path


def run(tmp_path, *arguments):
    return main(["agreement", *arguments, "--datasets", str(tmp_path / "tables")])


def test_the_command_writes_the_page_between_its_marks_or_says_that_it_is_stale(page, tmp_path, rows, capsys):
    small.write(tmp_path / "tables")
    (tmp_path / "tables" / "curation.csv").write_text(csv_text("curation", rows), encoding="utf-8")
    before = page.read_bytes()
    assert (run(tmp_path, "--check"), page.read_bytes()) == (1, before)
    assert (run(tmp_path), run(tmp_path, "--check")) == (0, 0)
    assert page.read_text(encoding="utf-8") == (
        f"# Before\n\n{agreement.BEGIN}\n\n{agreement.markdown(rows)}\n\n{agreement.END}\n\nAfter \\1\n"
    )
    assert capsys.readouterr().out == (
        "docs/curation.md is stale: run `python -m curation agreement`.\ndocs/curation.md is fresh.\n"
    )
    assert agreement.write_page(page, rows) is False


@pytest.mark.parametrize("text", [b"", b"source_id\n", b"\xff\n"])
def test_no_page_is_made_from_readings_that_cannot_be_read(page, tmp_path, text, capsys):
    small.write(tmp_path / "tables")
    (tmp_path / "tables" / "curation.csv").write_bytes(text)
    before = page.read_bytes()
    assert [run(tmp_path, *arguments) for arguments in ([], ["--check"])] == [1, 1]
    assert page.read_bytes() == before
    assert "curation.csv" in capsys.readouterr().out


def test_the_committed_page_is_fresh():
    assert not agreement.write_page(
        ROOT / "docs" / "curation.md", small.load(ROOT / "datasets").table("curation"), check=True
    )
