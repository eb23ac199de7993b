"""Claims against archived texts: verified, recorded, unchecked, contradicted; and no number passed over in silence."""

import hashlib
import time
from datetime import UTC, date, datetime

import pytest

from tests.support import small
from validation import dates, load
from validation.__main__ import main
from validation.evidence import occurrences

TEXT = "A title\n\nNothing here.\n \nThe Monitor counts 900\u00a0people  killed since February, 20 deaths in July.\n"
"""Paragraph 3 holds both claims of the first report; the second report has no text available."""


def archive(folder, text=TEXT, name="paper-2019-07-12", encoding="utf-8"):
    """Write the small tables, the hash of the text among them, and the text; give both folders."""
    data = text.encode(encoding)
    sources = small.source(text_sha256=hashlib.sha256(data).hexdigest())
    tables = small.write(folder / "tables", sources=[sources, small.ROWS["sources"][1]])
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    (reports / f"{name}.txt").write_bytes(data)
    return tables, reports


def states(dataset):
    return dict(dataset.states()[["claim_id", "state"]].itertuples(index=False))


FIRST, SECOND, OTHER = "paper-2019-07-12-01", "paper-2019-07-12-02", "post-2020-01-05-01"


def change_claim(tables, **cells):
    rows = [small.claim(**cells), *small.ROWS["claims"][1:]]
    path = tables / "claims.csv"
    header = path.read_text(encoding="utf-8").split("\n")[0]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def test_a_claim_that_the_text_says_is_verified_spaces_folded(tmp_path):
    dataset = load(*archive(tmp_path))
    assert states(dataset) == {FIRST: "verified", SECOND: "verified", OTHER: "unchecked"}


CONTRADICTIONS = {
    "another paragraph": ({"paragraph": 2}, "wording", "evidence.wording"),
    "a paragraph that is not there": ({"paragraph": 9}, "paragraph", "evidence.paragraph"),
    "words not printed": ({"wording": "900 civilians"}, "wording", "evidence.wording"),
    "another capital": ({"wording": "900 People"}, "wording", "evidence.wording"),
    "part of a word": ({"wording": "900 peopl"}, "wording", "evidence.wording"),
    "another value": ({"low": 800, "best": 800, "high": 800}, "low", "evidence.reading"),
    "another bound": ({"bound": "about", "low": "", "high": ""}, "bound", "evidence.reading"),
    "two numbers in the wording": (
        {"wording": "900 people killed since February, 20 deaths"},
        "wording",
        "evidence.reading",
    ),
}


@pytest.mark.parametrize(("cells", "column", "rule"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_claim_that_the_text_does_not_say_is_contradicted_and_blocks_nothing(tmp_path, cells, column, rule):
    tables, reports = archive(tmp_path)
    change_claim(tables, **cells)
    dataset = load(tables, reports)
    assert states(dataset)[FIRST] == "contradicted"
    found = [each for each in dataset.evidence_findings if each.file == "claims.csv"]
    assert small.places_of(found) == [("claims.csv", 2, column, rule)]
    assert dataset.good


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("unit", {"unit": "families"}),
        ("indicator", {"indicator": "injured"}),
        ("population_group", {"population_group": "women"}),
        ("unit", {"unit": "families", "indicator": "injured", "population_group": "women"}),
    ],
)
def test_a_claim_whose_unit_indicator_or_group_the_words_contradict_is_contradicted(tmp_path, column, cells):
    tables, reports = archive(tmp_path)
    change_claim(tables, **cells)
    dataset = load(tables, reports)
    assert states(dataset)[FIRST] == "contradicted"
    found = [each for each in dataset.evidence_findings if each.file == "claims.csv"]
    assert small.places_of(found) == [("claims.csv", 2, column, "evidence.named")]


def test_families_coded_as_people_are_contradicted_in_the_words_of_the_text(tmp_path):
    tables, reports = archive(tmp_path, TEXT.replace("900\u00a0people  killed", "900 families  displaced"))
    change_claim(tables, wording="900 families", indicator="displaced", by_fire="")
    [found] = [each for each in load(tables, reports).evidence_findings if each.file == "claims.csv"]
    assert str(found) == (
        "claims.csv:2 unit: the words “families” do not name “people”. Correct unit, or quote the words that say it. [evidence.named]"
    )


@pytest.mark.parametrize("cells", [{"unit": "families"}, {"indicator": "injured"}, {"population_group": "women"}])
def test_a_recorded_claim_whose_unit_indicator_or_group_changes_is_unchecked(tmp_path, cells):
    tables, reports = archive(tmp_path)
    main(["--datasets", str(tables), "--reports", str(reports), "--record"])
    change_claim(tables, **cells)
    assert states(load(tables)) == {FIRST: "unchecked", SECOND: "recorded", OTHER: "unchecked"}


def test_a_wording_that_stands_twice_in_its_paragraph_is_contradicted(tmp_path):
    dataset = load(*archive(tmp_path, TEXT.replace("20 deaths", "900 people and 20 deaths")))
    assert states(dataset) == {FIRST: "contradicted", SECOND: "verified", OTHER: "unchecked"}
    assert [each.rule for each in dataset.evidence_findings if each.file == "claims.csv"] == ["evidence.ambiguous"]


@pytest.mark.parametrize(
    ("wording", "paragraph", "found"),
    [
        ("20 deaths", "120 deaths and 20 deaths", 1),
        ("5,000 families", "15,000 families", 0),
        ("000 families", "15,000 families", 0),
        ("20", "20.5 and 20%", 1),
        ("“hundreds” of", "killed “hundreds” of", 1),
        ('"hundreds" of', "killed “hundreds” of", 0),
        ("20  deaths", "20 deaths", 1),
    ],
)
def test_a_wording_is_found_as_whole_words_with_its_quotes(wording, paragraph, found):
    assert len(occurrences(wording, paragraph)) == found


CUT = {
    "An estimated 900 people": ("900 people", "exact", 900),
    "at least 900 people": ("900 people", "exact", 900),
    "twenty-six million people": ("six million people", "exact", 6000000),
    "five hundred people": ("hundred people", "exact", 100),
    "between 800 and 900 people": ("900 people", "exact", 900),
    "900 people or more": ("900 people", "exact", 900),
    "900 people, possibly more,": ("900 people", "exact", 900),
    "100-200,000 people": ("200,000 people", "exact", 200000),
    "500 to more than 900 people": ("900 people", "exact", 900),
    "two million, nine hundred people": ("nine hundred people", "exact", 900),
    "hundreds or thousands of people": ("hundreds", "exact", 200),
    "at least one person": ("one person", "exact", 1),
}


@pytest.mark.parametrize(("printed", "row"), CUT.items(), ids=CUT)
def test_a_wording_that_cuts_off_the_qualifier_or_a_part_of_the_number_is_contradicted(tmp_path, printed, row):
    wording, bound, value = row
    tables, reports = archive(tmp_path, TEXT.replace("900\u00a0people", printed))
    change_claim(tables, wording=wording, bound=bound, low=value, best=value, high=value)
    found = [each.rule for each in load(tables, reports).evidence_findings if each.file == "claims.csv"]
    assert found == ["evidence.cut"]


NOT_SO_MANY = {
    "not 900 people": ("900 people", 900),
    "a few million people": ("million people", 1_000_000),
    "one in ten people": ("one in ten people", 10),
    "one person in ten": ("one person", 1),
    "one man and two children": ("one man and two children", 2),
    "one soldier and his brother": ("one soldier and his brother", 1),
    "none of the 30 passengers": ("none of the 30 passengers", 30),
    "a 7-year-old girl": ("a 7-year-old girl", 7),
    "Resolution 2254": ("Resolution 2254", 2254),
    "a six‑figure number": ("a six‑figure number", 6),
}


@pytest.mark.parametrize(("printed", "row"), NOT_SO_MANY.items(), ids=NOT_SO_MANY)
def test_words_that_count_no_such_number_are_no_evidence_of_it(tmp_path, printed, row):
    tables, reports = archive(tmp_path, TEXT.replace("900\u00a0people", printed))
    change_claim(tables, wording=row[0], low=row[1], best=row[1], high=row[1])
    found = [each.rule for each in load(tables, reports).evidence_findings if each.file == "claims.csv"]
    assert found == ["evidence.reading"]


ONE = {
    "One person": ("exact", 1, 1, 1),
    "At least one person": ("at_least", 1, 1, ""),
    "zero casualties": ("exact", 0, 0, 0),
    "twelve (12) people": ("exact", 12, 12, 12),
}


@pytest.mark.parametrize(("wording", "row"), ONE.items(), ids=ONE)
def test_one_person_nobody_and_a_number_said_twice_are_verified(tmp_path, wording, row):
    tables, reports = archive(tmp_path, TEXT.replace("900\u00a0people", wording))
    change_claim(tables, wording=wording, **dict(zip(("bound", "low", "best", "high"), row, strict=True)))
    dataset = load(tables, reports)
    assert states(dataset)[FIRST] == "verified", dataset.evidence_findings


def test_recording_never_loses_rows_to_a_broken_table(tmp_path, capsys):
    tables, reports = archive(tmp_path)
    arguments = ["--datasets", str(tables), "--reports", str(reports), "--record"]
    main(arguments)
    path = tables / "evidence.csv"
    path.write_text(path.read_text(encoding="utf-8") + "x,y\n", encoding="utf-8")
    before = path.read_bytes()
    assert main(arguments) == 1
    assert path.read_bytes() == before
    assert "Nothing was written: evidence.csv holds findings" in capsys.readouterr().err
    (tables / "claims.csv").write_bytes(b"")
    main(arguments)
    assert "Nothing was written: the tables hold findings" in capsys.readouterr().err


def test_a_record_that_no_longer_fits_its_claim_or_lies_ahead_is_a_finding(tmp_path):
    tables, reports = archive(tmp_path)
    main(["--datasets", str(tables), "--reports", str(reports), "--record"])
    change_claim(tables, wording="some 900 people")
    path = tables / "evidence.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(lines[2].split(",")[1], "2099-01-01")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert small.places_of(load(tables).evidence_findings) == [
        ("evidence.csv", 2, "claim_sha256", "evidence.stale"), ("evidence.csv", 3, "checked_on", "evidence.future"),
    ]  # fmt: skip


@pytest.mark.parametrize(("checked_on", "ahead"), [("2026-02-28", False), ("2026-03-01", False), ("2026-03-02", True)])
def test_a_check_is_ahead_of_time_only_where_its_day_has_begun_nowhere(tmp_path, monkeypatch, checked_on, ahead):
    tables, reports = archive(tmp_path)
    monkeypatch.setattr(dates, "today", lambda: date.fromisoformat(checked_on))
    main(["--datasets", str(tables), "--reports", str(reports), "--record"])
    monkeypatch.setattr(dates, "today", lambda: date(2026, 2, 28))
    found = [("evidence.csv", line, "checked_on", "evidence.future") for line in (2, 3)]
    assert small.places_of(load(tables).evidence_findings) == found * ahead


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_check_is_recorded_with_the_day_in_utc_wherever_it_is_made(tmp_path, monkeypatch, zone):
    tables, reports = archive(tmp_path)
    monkeypatch.setattr(dates, "datetime", At)
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        time.tzset()
        main(["--datasets", str(tables), "--reports", str(reports), "--record"])
    time.tzset()
    assert [line.split(",")[1] for line in (tables / "evidence.csv").read_text().splitlines()[1:]] == ["2026-02-28"] * 2


class At(datetime):
    """A clock that stands at noon in UTC, when it is another day east and west of it."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 2, 28, 12, tzinfo=UTC).astimezone(tz)


def test_without_the_text_a_recorded_claim_stays_recorded_until_its_row_changes(tmp_path):
    tables, reports = archive(tmp_path)
    assert main(["--datasets", str(tables), "--reports", str(reports), "--record"]) == 1  # the other report has no text
    dataset = load(tables)
    assert states(dataset) == {FIRST: "recorded", SECOND: "recorded", OTHER: "unchecked"}
    assert dataset.evidence_findings == ()
    assert dataset.states()["checked_on"].notna().tolist() == [True, True, False]
    change_claim(tables, summary="Other words for the same.")
    assert states(load(tables))[FIRST] == "recorded"
    change_claim(tables, wording="some 900 people")
    assert states(load(tables))[FIRST] == "unchecked"


def test_faults_of_the_other_table_beside_the_data_do_not_keep_evidence_from_being_saved(tmp_path, capsys):
    tables, reports = archive(tmp_path)
    (tables / "curation.csv").unlink()
    assert main(["--datasets", str(tables), "--reports", str(reports), "--record"]) == 1
    assert "Nothing was written" not in capsys.readouterr().err
    assert len((tables / "evidence.csv").read_text(encoding="utf-8").splitlines()) > 1


def test_recording_again_drops_what_is_no_longer_so_and_keeps_what_cannot_be_checked(tmp_path, capsys):
    tables, reports = archive(tmp_path)
    arguments = ["--datasets", str(tables), "--reports", str(reports), "--record"]
    main(arguments)
    change_claim(tables, wording="900 civilians")
    main(arguments)
    assert [line.split(",")[0] for line in (tables / "evidence.csv").read_text().splitlines()] == ["claim_id", SECOND]
    (reports / "paper-2019-07-12.txt").unlink()
    main(arguments)
    assert [line.split(",")[0] for line in (tables / "evidence.csv").read_text().splitlines()] == ["claim_id", SECOND]


def test_a_text_that_changed_makes_its_claims_unchecked_and_is_named(tmp_path):
    tables, reports = archive(tmp_path)
    (reports / "paper-2019-07-12.txt").write_text(TEXT + "More.\n", encoding="utf-8")
    dataset = load(tables, reports)
    assert states(dataset) == {FIRST: "unchecked", SECOND: "unchecked", OTHER: "unchecked"}
    assert ("sources.csv", 2, "text_sha256", "evidence.text_changed") in small.places_of(dataset.evidence_findings)


def test_a_missing_text_is_a_finding_only_where_texts_are_asked_for(tmp_path):
    tables, reports = archive(tmp_path)
    assert load(tables).evidence_findings == ()
    found = load(tables, reports).evidence_findings
    assert small.places_of(found) == [("post-2020-01-05.txt", 0, "", "evidence.text_missing")]


BAD_TEXTS = {
    "another encoding": ("caf\xe9 900 people".encode("latin-1"), "evidence.text_encoding"),
    "50 MB": (b"900 people\n" * 5_000_000, "evidence.text_large"),
}


@pytest.mark.parametrize(("data", "rule"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_that_cannot_be_read_is_one_clear_finding(tmp_path, data, rule):
    tables, reports = archive(tmp_path)
    (reports / "paper-2019-07-12.txt").write_bytes(data)
    found = [each for each in load(tables, reports).evidence_findings if each.file == "paper-2019-07-12.txt"]
    assert [each.rule for each in found] == [rule]


def test_a_broken_record_of_evidence_blocks_nothing_and_changes_no_version(tmp_path):
    tables, _ = archive(tmp_path)
    version = load(tables).version
    (tables / "evidence.csv").write_bytes(b"\xff\xfe")
    dataset = load(tables)
    assert dataset.good
    assert dataset.version == version
    assert small.places_of(dataset.evidence_findings) == [("evidence.csv", 1, "1", "file.encoding")]
    assert set(states(dataset).values()) == {"unchecked"}


def test_a_source_id_that_is_a_path_reads_no_file(tmp_path):
    tables, reports = archive(tmp_path)
    (tmp_path / "secret.txt").write_text("900 people", encoding="utf-8")
    text = (tables / "sources.csv").read_text(encoding="utf-8").replace("post-2020-01-05,", "../secret,")
    (tables / "sources.csv").write_text(text, encoding="utf-8")
    assert "../secret" not in load(tables, reports).texts


LEDGER_TEXT = TEXT + "On 3 May 2019 two towns fell; 3 died. Many casualties.\n"


def dismissed(folder, *rows, text=LEDGER_TEXT):
    tables, reports = archive(folder, text)
    path = tables / "dismissed.csv"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return load(tables, reports)


def ledger(dataset):
    return [(each.file, each.line, each.column, each.rule) for each in dataset.ledger_findings]


def test_every_number_that_nothing_covers_is_listed_with_its_paragraph_and_phrase(tmp_path):
    dataset = dismissed(tmp_path)
    assert ledger(dataset) == [
        ("paper-2019-07-12.txt", 4, column, "ledger.open") for column in ("2019", "3", "3", "Many casualties", "two")
    ]
    assert dataset.good
    assert dataset.accounts().iloc[0].tolist() == ["paper-2019-07-12", 7, 2, 0, 5]


def test_dismissals_account_for_the_rest(tmp_path):
    rows = ["3 May 2019,date,", "3 died,repeat,", "Many casualties,no_quantity,", "two towns,places_captured,"]
    dataset = dismissed(tmp_path, *(f"paper-2019-07-12,4,{row}" for row in rows))
    assert ledger(dataset) == []
    assert dataset.accounts().iloc[0].tolist() == ["paper-2019-07-12", 7, 2, 4, 0]


DISMISSAL_FAULTS = {
    "not in the text": ("4,four towns,date,", "ledger.wording"),
    "stands twice": ("4,3,date,", "ledger.ambiguous"),
    "holds no number": ("4,towns fell,date,", "ledger.no_number"),
    "covers a claim": ("3,20 deaths in July,date,", "ledger.both"),
}


@pytest.mark.parametrize(("row", "rule"), DISMISSAL_FAULTS.values(), ids=DISMISSAL_FAULTS)
def test_a_dismissal_that_does_not_fit_the_text_is_found(tmp_path, row, rule):
    dataset = dismissed(tmp_path, f"paper-2019-07-12,{row}")
    assert [each for each in ledger(dataset) if each[0] == "dismissed.csv"] == [("dismissed.csv", 2, "wording", rule)]


def claims_of_the_first_report(folder, *cells, text=TEXT):
    """Return what the ledger finds of claims.csv, where the first report has these claims beside its first one."""
    tables, reports = archive(folder, text)
    rows = [small.claim(), *(small.claim(claim_id=f"paper-2019-07-12-0{n}", **more) for n, more in enumerate(cells, 2))]
    path = tables / "claims.csv"
    path.write_text("\n".join([path.read_text().split("\n")[0], *rows]) + "\n", encoding="utf-8")
    (tables / "claim_caveats.csv").write_text("claim_id,caveat_id,detail\n", encoding="utf-8")
    return [each for each in ledger(load(tables, reports)) if each[0] == "claims.csv"]


ONE_NUMBER = {
    "words that overlap": {"wording": "counts 900"},
    "in another group": {"population_group": "civilians"},
    "as a part of itself": {"wording": "900 people killed", "part_of": FIRST},
    "as a part of it": {"wording": "900 people killed", "indicator": "casualties"},
}


@pytest.mark.parametrize("cells", ONE_NUMBER.values(), ids=ONE_NUMBER)
def test_a_number_of_the_text_that_two_claims_quote_is_found_at_the_second(tmp_path, cells):
    assert claims_of_the_first_report(tmp_path, cells) == [("claims.csv", 3, "wording", "ledger.twice")]


def test_numbers_that_are_alike_and_one_number_of_two_fates_are_not_one_claim_twice(tmp_path):
    alike = "900 people were killed in May, 900 people killed since.\n"
    other = {"wording": "900 people killed since", "paragraph": 1, "period_start": "2019-06"}
    assert claims_of_the_first_report(tmp_path / "alike", other, text=alike) == []
    assert claims_of_the_first_report(tmp_path / "two fates", {"indicator": "detained"}) == []
    assert claims_of_the_first_report(tmp_path / "home", {"indicator": "population", "measure": "stock", "period_start": ""}) == []  # fmt: skip


def test_a_number_that_a_report_prints_again_is_one_claim(tmp_path):
    again = {"wording": "900 had died", "paragraph": 4, "summary": "The same."}
    text = TEXT + "Since February 900 had died.\n"
    assert claims_of_the_first_report(tmp_path, again, text=text) == [("claims.csv", 3, "claim_id", "ledger.repeat")]


PRINTED_APART = {
    "of another place": {"place_id": "town"},
    "of other days": {"period_end": "2019-06"},
    "said by another": {"attributed_to": "paper"},
    "of an event of its own": {"measure": "incident", "period_start": ""},
}


@pytest.mark.parametrize("cells", PRINTED_APART.values(), ids=PRINTED_APART)
def test_a_number_of_other_people_that_is_alike_is_another_claim(tmp_path, cells):
    again = {"wording": "900 had died", "paragraph": 4} | cells
    assert claims_of_the_first_report(tmp_path, again, text=TEXT + "Since February 900 had died.\n") == []


def test_a_dismissed_wording_of_seven_words_breaks_a_rule_of_the_tables(tmp_path):
    found = small.dataset(tmp_path, dismissed=["paper-2019-07-12,1,one two three four five six seven,date,"]).findings
    assert small.places_of(found) == [("dismissed.csv", 2, "wording", "dismissed.wording")]


def test_a_text_without_a_number_is_said_to_be_one(tmp_path):
    dataset = dismissed(tmp_path, text="Nothing at all.\n")
    assert ("paper-2019-07-12.txt", 0, "", "ledger.no_number") in ledger(dataset)


def test_without_the_text_the_account_counts_the_wordings(tmp_path):
    tables, _ = archive(tmp_path)
    (tables / "dismissed.csv").write_text(
        "source_id,paragraph,wording,reason,note\npaper-2019-07-12,4,3 May 2019,date,\n"
    )
    assert load(tables).accounts().astype("object").fillna("").iloc[0].tolist() == ["paper-2019-07-12", 4, 2, 1, ""]


def test_the_command_lists_evidence_and_ledger_under_their_headings(tmp_path, capsys):
    tables, reports = archive(tmp_path, LEDGER_TEXT)
    assert main(["--datasets", str(tables), "--reports", str(reports)]) == 1
    lines = capsys.readouterr().out.splitlines()
    heads = [lines.index(name) for name in ("Tables", "Evidence", "Ledger")]
    assert heads == sorted(heads)
    assert any("evidence.text_missing" in line for line in lines[heads[1] : heads[2]])
    assert sum("ledger.open" in line for line in lines[heads[2] :]) == 5


def test_a_number_of_thousands_of_digits_in_a_text_gives_a_finding_that_can_be_read(tmp_path):
    text = "9" * 2_000 + " people were killed.\n" + "hundred " * 155 + "\n"
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "paper-2019-07-12.txt").write_text(text, encoding="utf-8")
    findings = load(small.write(tmp_path / "tables"), reports).ledger_findings
    assert [(finding.rule, finding.line) for finding in findings] == [("ledger.open", 1), ("ledger.open", 2)]
    assert max(len(str(finding)) for finding in findings) < 400


def test_of_several_texts_only_those_asked_for_are_read(tmp_path):
    tables, reports = archive(tmp_path)
    other = load(tables, reports, only=["post-2020-01-05"])
    assert (dict(other.texts), small.places_of(other.evidence_findings)) == (
        {},
        [("post-2020-01-05.txt", 0, "", "evidence.text_missing")],
    )
    assert list(load(tables, reports, only=["paper-2019-07-12", "not-there"]).texts) == ["paper-2019-07-12"]


def test_a_text_that_is_written_anew_is_read_anew(tmp_path):
    tables, reports = archive(tmp_path, "The first text.\n")
    assert load(tables, reports).texts["paper-2019-07-12"].paragraphs == ("The first text.",)
    archive(tmp_path, "The other text.\n")
    assert load(tables, reports).texts["paper-2019-07-12"].paragraphs == ("The other text.",)
