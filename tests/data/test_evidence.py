"""Claims against archived texts: verified, recorded, unchecked, contradicted; and no number passed over in silence."""

import hashlib
import shutil
import time
from dataclasses import replace
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


def printed(words):
    """Return the text with these words in place of those of the first claim."""
    return TEXT.replace("900\u00a0people", words)


def said(text, *claims, dismissed=()):
    """Return a case: the text of a report, its claims with the cells that are not those of the first claim, its numbers not used."""
    return text, claims, dismissed


CONTRADICTIONS = {
    "another paragraph": ({"paragraph": 2}, "wording", "evidence.wording"),
    "a paragraph that is not there": ({"paragraph": 9}, "paragraph", "evidence.paragraph"),
    "words not printed": ({"wording": "900 civilians"}, "wording", "evidence.wording"),
    "another capital": ({"wording": "900 People"}, "wording", "evidence.wording"),
    "part of a word": ({"wording": "900 peopl"}, "wording", "evidence.wording"),
    "another value": ({"low": 800, "best": 800, "high": 800}, "low", "evidence.reading"),
    "another bound": ({"bound": "about", "low": "", "high": ""}, "bound", "evidence.reading"),
    "two numbers in the wording": (
        {"wording": "900 people killed since February, 20 deaths"}, "wording", "evidence.reading",
    ),
    "another unit": ({"unit": "families"}, "unit", "evidence.named"),
    "another indicator": ({"indicator": "injured"}, "indicator", "evidence.named"),
    "another group": ({"population_group": "women"}, "population_group", "evidence.named"),
    "another unit, indicator and group": (
        {"unit": "families", "indicator": "injured", "population_group": "women"}, "unit", "evidence.named",
    ),
}  # fmt: skip


CONTRADICTED = {name: said(TEXT, cells) for name, (cells, *_) in CONTRADICTIONS.items()}
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


CUT_OFF = {
    words: said(printed(words), {"wording": wording, "bound": bound, "low": value, "best": value, "high": value})
    for words, (wording, bound, value) in CUT.items()
}
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


NO_EVIDENCE = {
    words: said(printed(words), {"wording": wording, "low": value, "best": value, "high": value})
    for words, (wording, value) in NOT_SO_MANY.items()
}
ONE = {
    "One person": ("exact", 1, 1, 1),
    "At least one person": ("at_least", 1, 1, ""),
    "zero casualties": ("exact", 0, 0, 0),
    "twelve (12) people": ("exact", 12, 12, 12),
}


VERIFIED = {
    words: said(printed(words), {"wording": words} | dict(zip(("bound", "low", "best", "high"), row, strict=True)))
    for words, row in ONE.items()
}

LEDGER_TEXT = TEXT + "On 3 May 2019 two towns fell; 3 died. Many casualties.\n"
DEATHS = {"wording": "20 deaths", "low": 20, "best": 20, "high": 20}
DISMISSAL_FAULTS = {
    "not in the text": ("4,four towns,date,", "ledger.wording"),
    "stands twice": ("4,3,date,", "ledger.ambiguous"),
    "holds no number": ("4,towns fell,date,", "ledger.no_number"),
    "covers a claim": ("3,20 deaths in July,date,", "ledger.both"),
}
DISMISSED = {name: said(LEDGER_TEXT, {}, DEATHS, dismissed=[row]) for name, (row, _) in DISMISSAL_FAULTS.items()}
ALL_DISMISSED = ["3 May 2019,date,", "3 died,repeat,", "Many casualties,no_quantity,", "two towns,places_captured,"]

AGAIN, ALIKE = TEXT + "Since February 900 had died.\n", {"wording": "900 had died", "paragraph": 4}
ONE_NUMBER = {
    "words that overlap": said(TEXT, {}, {"wording": "counts 900"}),
    "in another group": said(TEXT, {}, {"population_group": "civilians"}),
    "as a part of itself": said(TEXT, {}, {"wording": "900 people killed", "part_of": "paper-#-01"}),
    "as a part of it": said(TEXT, {}, {"wording": "900 people killed", "indicator": "casualties"}),
}
SEVERAL_NUMBERS = {
    "printed again, of another place": said(AGAIN, {}, ALIKE | {"place_id": "town"}),
    "printed again, of other days": said(AGAIN, {}, ALIKE | {"period_end": "2019-06"}),
    "printed again, said by another": said(AGAIN, {}, ALIKE | {"attributed_to": "paper"}),
    "printed again, of an event of its own": said(AGAIN, {}, ALIKE | {"measure": "incident", "period_start": ""}),
    "alike in one paragraph": said(
        "900 people were killed in May, 900 people killed since.\n",
        {"wording": "900 people were", "paragraph": 1},
        {"wording": "900 people killed since", "paragraph": 1, "period_start": "2019-06"},
    ),
    "of two fates": said(TEXT, {}, {"indicator": "detained"}),
    "of two fates, one of them to live there": said(TEXT, {}, {"indicator": "population", "measure": "stock", "period_start": ""}),
}  # fmt: skip
OTHERS = {
    "words that stand twice": said(TEXT.replace("20 deaths", "900 people and 20 deaths"), {}),
    "families coded as people": said(
        TEXT.replace("900\u00a0people  killed", "900 families  displaced"),
        {"wording": "900 families", "indicator": "displaced", "by_fire": ""},
    ),
    "a number printed again": said(AGAIN, {}, ALIKE | {"summary": "The same."}),
    "numbers that nothing covers": said(LEDGER_TEXT, {}, DEATHS),
    "all numbers covered": said(LEDGER_TEXT, {}, DEATHS, dismissed=[f"4,{row}" for row in ALL_DISMISSED]),
    "no number": said("Nothing at all.\n"),
    "thousands of digits": said("9" * 2_000 + " people were killed.\n" + "hundred " * 155 + "\n"),
}


class Together:
    """Many reports with a text each, in one record, loaded once."""

    def __init__(self, folder, *groups):
        cases = {name: case for group in groups for name, case in group.items()}
        assert len(cases) == sum(map(len, groups))
        self._numbers = {name: number for number, name in enumerate(cases, 100)}
        rows = {name: [] for name in ("sources", "claims", "dismissed")}
        (folder / "reports").mkdir()
        for name, (text, claims, dismissals) in cases.items():
            number = self._numbers[name]
            source_id, letters = f"paper-{number}", "".join("abcdefghij"[int(digit)] for digit in str(number))
            data = f"{text}Of no other report: {letters}.\n".encode()
            (folder / "reports" / f"{source_id}.txt").write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            rows["sources"].append(small.source(source_id=source_id, short_name=source_id, text_sha256=digest))
            for at, cells in enumerate(claims, 1):
                own = {"claim_id": f"{source_id}-0{at}", "source_id": source_id}
                rows["claims"].append(small.claim(**(own | cells)).replace("#", str(number)))
            rows["dismissed"] += [f"{source_id},{row}" for row in dismissals]
        self.dataset = load(small.write(folder / "tables", claim_caveats=[], **rows), folder / "reports")
        self._of = {f"{name}.csv": [row.split(",")[0][:9] for row in table] for name, table in rows.items()}

    def findings(self, name):
        """Return the findings of evidence and ledger of a case, each with its line in the case."""
        source_id = f"paper-{self._numbers[name]}"
        found = []
        for each in (*self.dataset.evidence_findings, *self.dataset.ledger_findings):
            if each.file == f"{source_id}.txt":
                found.append(replace(each, file="text"))
            elif each.file in self._of and self._of[each.file][each.line - 2] == source_id:
                found.append(replace(each, line=2 + self._of[each.file][: each.line - 2].count(source_id)))
        return found

    def in_tables(self, cases):
        """Return file, line, column and rule of the findings in tables, of each case."""
        return {name: small.places_of([each for each in self.findings(name) if each.file != "text"]) for name in cases}

    def states(self, cases):
        """Return the state of the first claim of each case."""
        found = states(self.dataset)
        return {name: found[f"paper-{self._numbers[name]}-01"] for name in cases}

    def account(self, name):
        """Return what the account says of the report of a case: numbers met, claims, dismissed and open ones."""
        return self.dataset.accounts().set_index("source_id").loc[f"paper-{self._numbers[name]}"].tolist()


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    return Together(
        tmp_path_factory.mktemp("together"),
        *(CONTRADICTED, CUT_OFF, NO_EVIDENCE, VERIFIED, DISMISSED, ONE_NUMBER, SEVERAL_NUMBERS, OTHERS),
    )


@pytest.fixture(scope="module")
def recorded_once(tmp_path_factory):
    """Return a folder in which what the text says was recorded; nobody changes it."""
    folder = tmp_path_factory.mktemp("recorded")
    record(*archive(folder))
    return folder


@pytest.fixture
def recorded(tmp_path, recorded_once):
    """Return tables and texts of one's own in which what the text says was recorded."""
    shutil.copytree(recorded_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "tables", tmp_path / "reports"


def record(tables, reports):
    return main(["--datasets", str(tables), "--reports", str(reports), "--record"])


def test_a_claim_that_the_text_does_not_say_is_contradicted_and_blocks_nothing(together):
    assert together.states(CONTRADICTED) == dict.fromkeys(CONTRADICTED, "contradicted")
    assert together.in_tables(CONTRADICTED) == {
        name: [("claims.csv", 2, column, rule)] for name, (_, column, rule) in CONTRADICTIONS.items()
    }
    assert together.dataset.good


def test_families_coded_as_people_are_contradicted_in_the_words_of_the_text(together):
    assert [str(each) for each in together.findings("families coded as people") if each.file == "claims.csv"] == [
        "claims.csv:2 unit: the words “families” do not name “people”. Correct unit, or quote the words that say it. [evidence.named]"
    ]


def test_a_recorded_claim_whose_unit_indicator_or_group_changes_is_unchecked(recorded):
    for cells in ({"unit": "families"}, {"indicator": "injured"}, {"population_group": "women"}):
        change_claim(recorded[0], **cells)
        assert states(load(recorded[0])) == {FIRST: "unchecked", SECOND: "recorded", OTHER: "unchecked"}, cells


def test_a_wording_that_stands_twice_in_its_paragraph_is_contradicted(together):
    name = "words that stand twice"
    assert together.states([name]) == {name: "contradicted"}
    assert together.in_tables([name]) == {name: [("claims.csv", 2, "wording", "evidence.ambiguous")]}


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


def test_a_wording_that_cuts_off_the_qualifier_or_a_part_of_the_number_is_contradicted(together):
    assert rules(together, CUT_OFF) == {name: ["evidence.cut"] for name in CUT_OFF}


def test_words_that_count_no_such_number_are_no_evidence_of_it(together):
    assert rules(together, NO_EVIDENCE) == {name: ["evidence.reading"] for name in NO_EVIDENCE}


def rules(together, cases):
    return {name: [rule for *_, rule in places] for name, places in together.in_tables(cases).items()}


def test_one_person_nobody_and_a_number_said_twice_are_verified(together):
    assert together.states(VERIFIED) == dict.fromkeys(VERIFIED, "verified")


def test_recording_never_loses_rows_to_a_broken_table(recorded, capsys):
    tables, reports = recorded
    path = tables / "evidence.csv"
    path.write_text(path.read_text(encoding="utf-8") + "x,y\n", encoding="utf-8")
    before = path.read_bytes()
    assert record(tables, reports) == 1
    assert path.read_bytes() == before
    assert "Nothing was written: evidence.csv holds findings" in capsys.readouterr().err
    (tables / "claims.csv").write_bytes(b"")
    record(tables, reports)
    assert "Nothing was written: the tables hold findings" in capsys.readouterr().err


def test_a_record_that_no_longer_fits_its_claim_or_lies_ahead_is_a_finding(recorded):
    tables, _ = recorded
    change_claim(tables, wording="some 900 people")
    path = tables / "evidence.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(lines[2].split(",")[1], "2099-01-01")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert small.places_of(load(tables).evidence_findings) == [
        ("evidence.csv", 2, "claim_sha256", "evidence.stale"), ("evidence.csv", 3, "checked_on", "evidence.future"),
    ]  # fmt: skip


def test_a_check_is_ahead_of_time_only_where_its_day_has_begun_nowhere(recorded, monkeypatch):
    tables, _ = recorded
    monkeypatch.setattr(dates, "today", lambda: date(2026, 2, 28))
    path = tables / "evidence.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    cells = [row.split(",") for row in rows]
    for days, lines in ((("2026-02-28", "2026-03-01"), ()), (("2026-03-01", "2026-03-02"), (3,))):
        checked = [",".join([row[0], day, *row[2:]]) for row, day in zip(cells, days, strict=True)]
        path.write_text("\n".join([header, *checked]) + "\n", encoding="utf-8")
        found = [("evidence.csv", line, "checked_on", "evidence.future") for line in lines]
        assert small.places_of(load(tables).evidence_findings) == found


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_check_is_recorded_with_the_day_in_utc_wherever_it_is_made(tmp_path, monkeypatch, zone):
    tables, reports = archive(tmp_path)
    monkeypatch.setattr(dates, "datetime", At)
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        time.tzset()
        record(tables, reports)
    time.tzset()
    assert [line.split(",")[1] for line in (tables / "evidence.csv").read_text().splitlines()[1:]] == ["2026-02-28"] * 2


class At(datetime):
    """A clock that stands at noon in UTC, when it is another day east and west of it."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 2, 28, 12, tzinfo=UTC).astimezone(tz)


def test_without_the_text_a_recorded_claim_stays_recorded_until_its_row_changes(tmp_path):
    tables, reports = archive(tmp_path)
    assert record(tables, reports) == 1  # the other report has no text
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
    assert record(tables, reports) == 1
    assert "Nothing was written" not in capsys.readouterr().err
    assert len((tables / "evidence.csv").read_text(encoding="utf-8").splitlines()) > 1


def test_recording_again_drops_what_is_no_longer_so_and_keeps_what_cannot_be_checked(recorded):
    tables, reports = recorded
    change_claim(tables, wording="900 civilians")
    record(tables, reports)
    assert [line.split(",")[0] for line in (tables / "evidence.csv").read_text().splitlines()] == ["claim_id", SECOND]
    (reports / "paper-2019-07-12.txt").unlink()
    record(tables, reports)
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


def test_a_text_that_cannot_be_read_is_one_clear_finding(tmp_path):
    tables, reports = archive(tmp_path)
    (reports / "paper-2019-07-12.txt").write_bytes("caf\xe9 900 people".encode("latin-1"))
    (reports / "post-2020-01-05.txt").write_bytes(b"900 people\n" * 5_000_000)
    assert [(each.file, each.rule) for each in load(tables, reports).evidence_findings] == [
        ("paper-2019-07-12.txt", "evidence.text_encoding"), ("post-2020-01-05.txt", "evidence.text_large"),
    ]  # fmt: skip


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


def test_every_number_that_nothing_covers_is_listed_with_its_paragraph_and_phrase(together):
    name = "numbers that nothing covers"
    assert small.places_of(together.findings(name)) == [
        ("text", 4, column, "ledger.open") for column in ("2019", "3", "3", "Many casualties", "two")
    ]
    assert together.account(name) == [7, 2, 0, 5]


def test_dismissals_account_for_the_rest(together):
    assert together.findings("all numbers covered") == []
    assert together.account("all numbers covered") == [7, 2, 4, 0]


def test_a_dismissal_that_does_not_fit_the_text_is_found(together):
    assert together.in_tables(DISMISSED) == {
        name: [("dismissed.csv", 2, "wording", rule)] for name, (_, rule) in DISMISSAL_FAULTS.items()
    }


def twice(together, cases):
    """Return what the ledger finds of claims, of each case."""
    found = together.in_tables(cases)
    return {name: [place for place in places if place[3].startswith("ledger.")] for name, places in found.items()}


def test_a_number_of_the_text_that_two_claims_quote_is_found_at_the_second(together):
    assert twice(together, ONE_NUMBER) == {name: [("claims.csv", 3, "wording", "ledger.twice")] for name in ONE_NUMBER}


def test_numbers_of_other_people_that_are_alike_and_one_number_of_two_fates_are_not_one_claim_twice(together):
    assert twice(together, SEVERAL_NUMBERS) == {name: [] for name in SEVERAL_NUMBERS}


def test_a_number_that_a_report_prints_again_is_one_claim(together):
    name = "a number printed again"
    assert together.in_tables([name]) == {name: [("claims.csv", 3, "claim_id", "ledger.repeat")]}


def test_a_dismissed_wording_of_seven_words_breaks_a_rule_of_the_tables(tmp_path):
    found = small.dataset(tmp_path, dismissed=["paper-2019-07-12,1,one two three four five six seven,date,"]).findings
    assert small.places_of(found) == [("dismissed.csv", 2, "wording", "dismissed.wording")]


def test_a_text_without_a_number_is_said_to_be_one(together):
    assert small.places_of(together.findings("no number")) == [("text", 0, "", "ledger.no_number")]


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


def test_a_number_of_thousands_of_digits_in_a_text_gives_a_finding_that_can_be_read(together):
    findings = together.findings("thousands of digits")
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
