"""A new report: added whole or refused with a reason at the curator's own file and line; nothing is ever lost."""

import csv
import io
import json
import re
import runpy
import shlex
import shutil
import sys

import pandas as pd
import pytest

from curation.__main__ import main
from curation.refusals import FILES
from tests.support import ROOT, small
from tests.support.curation import ARGUMENTS, SOURCE, TEXT, Desk
from validation import load, writing
from validation.models import NEW_CLAIMS


@pytest.fixture
def desk(tmp_path, capsys):
    return Desk(tmp_path, capsys)


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """Return the folder of a desk to which the new report was added; nobody changes it."""
    desk = Desk(tmp_path_factory.mktemp("added"), None)
    folders = ["--datasets", str(desk.tables), "--reports", str(desk.reports)]
    assert main(["add-source", str(desk.text), *ARGUMENTS, *folders]) == 0
    return desk.folder


@pytest.fixture
def ready(desk, added):
    """Return a desk of its own with the new report."""
    shutil.copytree(added, desk.folder, dirs_exist_ok=True)
    return desk


def new_claim(without=(), **changed):
    """Return a claim of the new report as a row for add-claims, with some cells changed and without some columns."""
    cells = {
        "source_id": SOURCE, "paragraph": 2, "wording": "at least 30 people", "indicator": "killed", "population_group": "all",
        "unit": "people", "bound": "at_least", "low": 30, "best": 30, "measure": "incident", "period_start": "2020-05-03",
        "period_end": "2020-05-03", "attributed_to": "monitor", "summary": "Deaths.",
    } | changed  # fmt: skip
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells.get(name) for name in NEW_CLAIMS.columns if name not in without)
    return line.getvalue()


KILLED = new_claim()
WOUNDED = new_claim(wording="some 12 wounded", indicator="injured", bound="about", low="", best=12, summary="Wounded.")


def test_a_source_gets_its_id_label_hash_and_text(ready):
    dataset = load(ready.tables, ready.reports)
    row = dataset.table("sources").set_index("source_id").loc[SOURCE]
    assert row[["short_name", "publisher_id", "published", "language", "kind"]].tolist() == [
        "The Paper 2020", "paper", "2020-05-04", "en", "news_report",
    ]  # fmt: skip
    assert (ready.reports / f"{SOURCE}.txt").read_text(encoding="utf-8") == TEXT
    assert row["text_sha256"] == dataset.texts[SOURCE].sha256
    assert dataset.good


def test_an_unknown_publisher_becomes_an_organisation_and_a_taken_label_gets_a_letter(ready):
    ready.text.write_text(TEXT + "More.\n", encoding="utf-8")
    assert ready.run("add-source", ready.text, *ARGUMENTS) == (0, f"{SOURCE}b\n")
    ready.text.write_text(TEXT + "Still more.\n", encoding="utf-8")
    other = ["--publisher", "Le Journal d’Été", *ARGUMENTS[2:]]
    assert ready.run("add-source", ready.text, *other) == (0, "lejournaldete-2020-05-04\n")
    dataset = load(ready.tables)
    assert dataset.table("sources")["short_name"].tolist() == [
        "Le Journal d’Été 2020", "Paper 2019", "The Paper 2020", "The Paper 2020b", "Post 2020",
    ]  # fmt: skip
    known = dataset.table("organisations").set_index("organisation_id")
    assert known.loc["lejournaldete", ["name", "kind"]].tolist() == ["Le Journal d’Été", "news_outlet"]


REFUSED = {
    "a date that is none": (["--published", "2020-02-30"], "dates.calendar"),
    "a date of another form": (["--published", "4 May 2020"], "column.str_matches"),
    "an address not of the web": (["--url", "javascript:alert(1)"], "column.str_matches"),
    "an id that is taken": (["--source-id", "paper-2019-07-12"], "column.field_uniqueness"),
    "a label that is taken": (["--short-name", "Paper 2019"], "column.field_uniqueness"),
    "a title that is a formula": (["--title", "=1+1"], "cell.formula"),
    "a publisher without letters": (["--publisher", "جريدة"], "curation.no_id"),
}


@pytest.mark.parametrize(("changed", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_bad_source_is_refused_and_nothing_is_written(desk, changed, rule):
    before = desk.state()
    status, printed = desk.run("add-source", desk.text, *ARGUMENTS, *changed)
    assert status == 1
    assert printed.startswith("Nothing was written.")
    assert f"[{rule}]" in printed
    assert desk.state() == before
    assert list(desk.reports.iterdir()) == []


BAD_TEXTS = {
    "not utf-8": ("30 caf\xe9s".encode("latin-1"), "evidence.text_encoding"),
    "no number": (b"Nothing at all.\n", "curation.no_number"),
    "empty": (b"", "texts.empty"),
    "50 MB": (b"30 people\n" * 5_500_000, "texts.large"),
}


@pytest.mark.parametrize(("data", "rule"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_bad_text_is_refused(desk, data, rule):
    desk.text.write_bytes(data)
    status, printed = desk.run("add-source", desk.text, *ARGUMENTS)
    assert (status, f"[{rule}]" in printed) == (1, True)


def test_a_missing_text_and_a_known_text_are_refused(ready):
    assert "[texts.no_file]" in ready.run("add-source", ready.folder / "no.txt", *ARGUMENTS)[1]
    assert "[curation.known_text]" in ready.run("add-source", ready.text, *ARGUMENTS)[1]


def test_find_lists_what_is_not_accounted_for_with_reading_and_guess(ready):
    status, printed = ready.run("find", SOURCE, "--json")
    assert status == 0
    assert json.loads(printed) == [
        {"paragraph": 2, "wording": "at least 30 people", "bound": "at_least", "low": 30, "best": 30, "high": None, "indicator": "killed", "population_group": "all", "dismissal": None},
        {"paragraph": 2, "wording": "some 12 wounded", "bound": "about", "low": None, "best": 12, "high": None, "indicator": "injured", "population_group": "all", "dismissal": None},
        {"paragraph": 2, "wording": "3 May 2020", "bound": None, "low": None, "best": None, "high": None, "indicator": None, "population_group": None, "dismissal": "date"},
    ]  # fmt: skip


def test_find_shows_the_words_around_a_number_and_what_it_may_be(ready, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert ready.run("find", SOURCE)[1].splitlines() == [
        "2: The Monitor counts [at least 30] people killed and some 12 wounded",
        "    at least 30; claim: killed, all",
        "2: at least 30 people killed and [some 12] wounded on 3 May 2020.",
        "    about 12; claim: injured, all",
        "2: killed and some 12 wounded on [3 May 2020].",
        "    no claim: date",
        f"3 numbers of {SOURCE} are not accounted for: 2 may be claims, 1 may be no claims. These are guesses.",
    ]


def test_find_says_where_a_word_for_a_quantity_without_a_reading_belongs(ready, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    ready.text.write_text("A title\n\nScores were wounded there.\n", encoding="utf-8")
    ready.run("add-source", ready.text, *ARGUMENTS)
    assert ready.run("find", f"{SOURCE}b")[1].splitlines()[:2] == [
        "2: [Scores] were wounded there.",
        "    no reading, a word for a quantity must stand in vague_quantities.csv; no claim: other_quantity",
    ]


def test_find_fits_the_words_into_a_narrow_terminal(ready, monkeypatch):
    monkeypatch.setenv("COLUMNS", "44")
    lines = ready.run("find", SOURCE)[1].splitlines()[:-1]
    assert lines[0] == "2: counts [at least 30] people"
    assert max(map(len, lines)) <= 44


def test_find_shows_only_what_is_open(ready):
    ready.run("add-claims", ready.claims_file(KILLED))
    assert [row["wording"] for row in json.loads(ready.run("find", SOURCE, "--json")[1])] == [
        "some 12 wounded",
        "3 May 2020",
    ]


def test_a_claim_of_one_person_is_verified(ready):
    ready.text.write_text("A title\n\nOne person killed on 3 May 2020.\n", encoding="utf-8")
    assert ready.run("add-source", ready.text, *ARGUMENTS) == (0, f"{SOURCE}b\n")
    row = KILLED.replace("at least 30 people", "One person killed").replace("at_least,30,30,", "exact,1,1,1")
    assert ready.run("add-claims", ready.claims_file(row.replace(SOURCE, f"{SOURCE}b"))) == (0, f"{SOURCE}b-01\n")
    states = load(ready.tables, ready.reports).states().set_index("claim_id")["state"]
    assert states[f"{SOURCE}b-01"] == "verified"


def test_claims_are_added_with_ids_and_caveats_and_are_verified(ready):
    file = ready.claims_file(KILLED + "period_unclear: No hour is given.", WOUNDED)
    assert ready.run("add-claims", file) == (0, f"{SOURCE}-01\n{SOURCE}-02\n")
    dataset = load(ready.tables, ready.reports)
    states = dict(dataset.states()[["claim_id", "state"]].itertuples(index=False))
    assert {states[f"{SOURCE}-01"], states[f"{SOURCE}-02"]} == {"verified"}
    assert [f"{SOURCE}-01", "period_unclear", "No hour is given."] in dataset.table("claim_caveats").to_numpy().tolist()
    assert ready.run("find", SOURCE, "--json")[1].count('"paragraph"') == 1


MAY_BE_BLANK = [name for name, column in NEW_CLAIMS.columns.items() if column.nullable]


@pytest.mark.parametrize(
    "without", [["by_fire"], ["caveats"], ["by_fire", "caveats"], ["high", "event_id", "via", "part_of"]]
)
def test_a_column_that_may_be_blank_may_be_absent_from_a_file_that_is_handed_in(ready, without):
    file = ready.claims_file(new_claim(without), without=without)
    assert ready.run("add-claims", file) == (0, f"{SOURCE}-01\n")
    claims = load(ready.tables).table("claims").set_index("claim_id")
    assert claims.loc[f"{SOURCE}-01", [name for name in without if name != "caveats"]].isna().all()
    before = ready.state()
    assert ready.run("add-claims", file)[0] == 0
    assert ready.state() == before


@pytest.mark.parametrize("absent", ["wording", "bound", "attributed_to"])
def test_a_column_that_may_not_be_blank_may_not_be_absent(ready, absent):
    before = ready.state()
    status, printed = ready.run("add-claims", ready.claims_file(new_claim([absent]), without=[absent]))
    assert (status, f":1 {absent}" in printed, "[file.column_missing]" in printed) == (1, True, True)
    assert ready.state() == before


@pytest.mark.parametrize("absent", [name for name in MAY_BE_BLANK if name != "caveats"])
def test_a_curated_table_lacks_no_column(tmp_path, absent):
    folder = small.write(tmp_path)
    claims = pd.read_csv(folder / "claims.csv", dtype="str").drop(columns=absent)
    claims.to_csv(folder / "claims.csv", index=False, lineterminator="\n")
    assert ("claims.csv", 1, absent, "file.column_missing") in small.places_of(load(folder).findings)


def test_by_whose_fire_is_kept_as_handed_in(ready):
    assert ready.run("add-claims", ready.claims_file(new_claim(by_fire="government")))[0] == 0
    claims = load(ready.tables).table("claims").set_index("claim_id")["by_fire"]
    assert claims.dropna().to_dict() == {f"{SOURCE}-01": "government"}


BAD_CLAIMS = {
    "contradicted by the text": (KILLED.replace("30,30", "31,31"), ":3 low", "evidence.reading"),
    "not in the text": (KILLED.replace("at least 30 people", "at least 30 men"), ":3 wording", "evidence.wording"),
    "unknown speaker": (KILLED.replace(",monitor,", ",nobody,"), ":3 attributed_to", "references.resolve"),
    "number with a comma": (KILLED.replace(",30,30,", ',"1,030",30,'), ":3 low", "cell.number"),
    "unknown fire": (new_claim(by_fire="somebody"), ":3 by_fire", "column.isin"),
    "id that is taken": (new_claim(claim_id="paper-2019-07-12-01"), ":3 claim_id", "curation.id_taken"),
    "caveat without detail": (new_claim(caveats="period_unclear"), ":3 caveats", "curation.caveats"),
    "caveat unknown": (new_claim(caveats="nothing: at all"), ":3 caveat_id", "references.resolve"),
    "too few cells": ("paper,1", ":3", "file.cells"),
}


@pytest.mark.parametrize(("row", "place", "rule"), BAD_CLAIMS.values(), ids=BAD_CLAIMS)
def test_one_bad_claim_refuses_all_at_the_line_of_the_curators_file(ready, row, place, rule):
    before = ready.state()
    file = ready.claims_file(WOUNDED, row)
    status, printed = ready.run("add-claims", file)
    assert status == 1
    assert f"{file}{place}" in printed
    assert f"[{rule}]" in printed
    assert ready.state() == before


def test_a_missing_or_empty_file_of_claims_is_refused(ready):
    assert "[file.missing]" in ready.run("add-claims", ready.folder / "no.csv")[1]
    assert "[curation.no_rows]" in ready.run("add-claims", ready.claims_file())[1]


def test_dismissals_account_for_the_rest_and_check_is_clean(ready):
    ready.run("add-claims", ready.claims_file(KILLED, WOUNDED))
    assert ready.run("check", SOURCE)[0] == 1
    assert ready.run("dismiss", SOURCE, 2, "3 May 2020", "date") == (0, "")
    assert ready.run("check", SOURCE) == (0, f"{SOURCE}: 4 numbers found, 2 verified, 1 not used, 0 findings.\n")
    assert ready.run("find", SOURCE) == (0, f"Every number of {SOURCE} is accounted for.\n")


@pytest.mark.parametrize(
    ("wording", "rule"),
    [("4 May 2020", "ledger.wording"), ("wounded on", "ledger.no_number"), ("", "column.not_nullable")],
)
def test_a_bad_dismissal_is_refused(ready, wording, rule):
    before = ready.state()
    status, printed = ready.run("dismiss", SOURCE, 2, wording, "date")
    assert (status, f"[{rule}]" in printed) == (1, True)
    assert ready.state() == before


@pytest.mark.parametrize("paragraph", ["0", "-1", "99999999999999999999999"])
def test_a_paragraph_that_cannot_be_is_bad_usage(ready, paragraph):
    with pytest.raises(SystemExit) as stopped:
        ready.run("dismiss", SOURCE, paragraph, "3 May 2020", "date")
    assert stopped.value.code == 2


def test_a_claim_number_that_cannot_be_is_refused(ready):
    status, printed = ready.run("add-claims", ready.claims_file(f"{SOURCE}-99999999999999999999999{KILLED}"))
    assert (status, "[column.str_matches]" in printed) == (1, True)


def test_claims_from_a_text_that_changed_are_refused(ready):
    path = ready.reports / f"{SOURCE}.txt"
    path.write_text(TEXT + "More.\n", encoding="utf-8")
    before = ready.state()
    status, printed = ready.run("add-claims", ready.claims_file(KILLED))
    assert (status, "[evidence.text_changed]" in printed) == (1, True)
    assert ready.state() == before
    assert "[evidence.text_changed]" in ready.run("find", SOURCE)[1]


def test_find_does_not_trust_tables_with_a_fault(ready):
    (ready.tables / "claims.csv").write_bytes(b"x\n")
    status, printed = ready.run("find", SOURCE)
    assert status == 1
    assert "[file.column_missing]" in printed


def test_an_unknown_source_is_named(ready):
    for command in ("find", "check"):
        status, printed = ready.run(command, "nobody-2020")
        assert status == 1
        assert "there is no source nobody-2020" in printed
        assert "Nothing was written" not in printed, "these commands never write"


def test_check_says_nothing_of_other_sources(ready):
    status, printed = ready.run("check", SOURCE)
    assert status == 1
    assert "paper-2019" not in printed
    assert printed.count("[ledger.open]") == 4


@pytest.mark.parametrize(
    "arguments", [[], ["add-source"], ["dismiss", "a", "x", "y", "date"], ["dismiss", "a", "1", "y", "because"]]
)
def test_bad_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_tables_with_a_fault_are_not_built_on(ready):
    (ready.tables / "events.csv").write_bytes(b"")
    before = ready.state()
    status, printed = ready.run("add-claims", ready.claims_file(KILLED))
    assert (status, "[file.empty]" in printed) == (1, True)
    assert printed.startswith("Nothing was written. The tables had these faults before; correct them first:\n")
    assert ready.state() == before


def test_a_second_writer_that_waits_too_long_is_refused(ready, monkeypatch):
    monkeypatch.setattr(writing, "SECONDS_TO_WAIT", 0.1)
    before = ready.state()
    with writing.writer(ready.tables):
        status, printed = ready.run("dismiss", SOURCE, 2, "3 May 2020", "date")
    assert status == 1
    assert "another program is writing" in printed
    assert ready.state() == before


def test_a_write_that_fails_leaves_the_old_tables_and_no_scraps(ready, monkeypatch):
    before = ready.state()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        writing.write_tables(ready.tables, {"events": load(ready.tables).table("events")})
    assert ready.state() == before
    assert [path.name for path in ready.tables.iterdir() if path.suffix == ".new"] == []


def test_the_walk_of_the_documentation_works_as_it_stands(tmp_path, monkeypatch, capsys):
    """Every command is run as a module, as a shell would run it."""
    text = (ROOT / "docs" / "add-a-report.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(text|sh|csv)\n(.*?)```", text, re.DOTALL)
    tables, reports = tmp_path / "tables", tmp_path / "reports"
    tables.mkdir()
    reports.mkdir()
    for name in FILES:
        (tables / name).write_bytes((ROOT / "datasets" / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    for name, value in {"DATASETS_DIR": tables, "REPORTS_DIR": reports, "PYTHONPATH": ROOT}.items():
        monkeypatch.setenv(name, str(value))
    commands = 0
    for kind, block in blocks:
        if kind != "sh":
            (tmp_path / {"text": "report.txt", "csv": "triage.csv"}[kind]).write_text(block, encoding="utf-8")
            continue
        for line in block.strip().splitlines():
            command, _, into = line.partition(" > ")
            _, _, module, *arguments = shlex.split(command)
            capsys.readouterr()
            monkeypatch.setattr(sys, "argv", [module, *arguments])
            monkeypatch.delitem(sys.modules, f"{module}.__main__", raising=False)
            with pytest.raises(SystemExit) as done:
                runpy.run_module(module, run_name="__main__")
            status, printed = done.value.code, capsys.readouterr().out
            commands += 1
            assert status == 0 or "--save-evidence" in line, printed
            if into:
                (tmp_path / into).write_text(printed, encoding="utf-8")
    assert commands > 5
    dataset = load(tables, reports)
    new = dataset.states().query("claim_id.str.startswith('theexamplecourier')")
    assert new["state"].tolist() == ["verified"] * 4
    assert dataset.good
    assert dataset.accounts().set_index("source_id").loc["theexamplecourier-2020-05-04", "open"] == 0
    assert dataset.table("evidence")["claim_id"].str.startswith("theexamplecourier").sum() == 4
