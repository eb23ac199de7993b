"""The real tables: clean, complete, and free of the reports' sentences. Numbers that readers rely on are pinned."""

import os
from pathlib import Path

import pytest

from analysis.view import claims_view
from tests.support import ROOT
from validation import load

REPORTS = os.environ.get("REPORTS_DIR")
RECORD = load()
VIEW = claims_view(RECORD).set_index("claim_id")


def test_the_committed_tables_hold_no_fault():
    assert RECORD.findings == ()
    assert RECORD.evidence_findings == ()
    assert RECORD.ledger_findings == ()


def test_every_claim_was_checked_against_its_text_and_every_number_accounted_for():
    assert set(RECORD.states()["state"]) == {"verified" if REPORTS else "recorded"}
    accounts = RECORD.accounts().set_index("source_id")
    assert accounts["met"].to_dict() == {
        "breitbart-2019-07-12": 8, "intellinews-2024-12-07": 14, "newarab-2015-04-27": 10, "thehillnews-2018-01-07": 21, "trtworld-2019-07": 28,
    }  # fmt: skip
    if REPORTS:
        assert accounts["open"].eq(0).all()


def test_every_report_has_its_claims():
    assert VIEW["source"].value_counts().to_dict() == {
        "TRT World 2019": 11, "The Hill News 2018": 9, "The New Arab 2015": 1, "Breitbart 2019": 1, "bne IntelliNews 2024": 1,
    }  # fmt: skip


def test_the_well_known_numbers_keep_their_qualifiers_speakers_and_periods():
    columns = ["wording", "bound", "best", "attributed_to", "period_start", "period_end", "paragraph"]
    known = {
        "trtworld-2019-07-05": ["900 people", "exact", 900, "response-coordinators-group", "2019-02", "2019-07", 23],
        "trtworld-2019-07-08": [
            "more than 11 million people",
            "at_least",
            11000000,
            "trtworld",
            "2011-03",
            "2019-07",
            26,
        ],
        "trtworld-2019-07-11": [
            "more than 500,000 people dead",
            "at_least",
            500000,
            "trtworld",
            "2011-03",
            "2019-07",
            29,
        ],
        "thehillnews-2018-01-07-07": [
            "some 43 civilians",
            "about",
            43,
            "syrian-observatory",
            "2017-12-25",
            "2018-01-07",
            20,
        ],
    }
    assert {claim: VIEW.loc[claim, columns].tolist() for claim in known} == known
    assert VIEW.loc["trtworld-2019-07-07", "best"] == 200_000


def test_the_11_million_have_two_parts_and_the_20_lie_inside_the_900():
    assert VIEW["part_of"].dropna().to_dict() == {
        "thehillnews-2018-01-07-03": "thehillnews-2018-01-07-02",
        "trtworld-2019-07-06": "trtworld-2019-07-05",
        "trtworld-2019-07-09": "trtworld-2019-07-08",
        "trtworld-2019-07-10": "trtworld-2019-07-08",
    }


def test_an_agency_that_the_report_never_names_is_a_caveat_and_not_a_speaker():
    hill = VIEW[VIEW["source_id"] == "thehillnews-2018-01-07"]
    assert hill["caveats"].str.contains("Agency not named in the report").all()
    assert not VIEW["attributed_to_name"].str.contains("Associated Press").any()


def test_governorates_have_all_their_codes():
    places = RECORD.table("places")
    governorates = places[places["kind"] == "governorate"]
    assert sorted(governorates["pcode"]) == [f"SY{number:02d}" for number in range(1, 15)]
    assert governorates[["iso", "name_ocha", "name_ar"]].notna().all(axis=None)


def test_the_labels_of_the_five_sources_never_change():
    assert sorted(RECORD.table("sources")["short_name"]) == [
        "Breitbart 2019", "TRT World 2019", "The Hill News 2018", "The New Arab 2015", "bne IntelliNews 2024",
    ]  # fmt: skip


@pytest.mark.skipif(not REPORTS, reason="the archived texts are not part of the project: set REPORTS_DIR")
def test_no_text_of_the_project_repeats_a_passage_of_a_report():
    """No nine words in a row of a report stand in any file of the project (titles of the reports aside)."""
    titles = {_squeeze(title) for title in RECORD.table("sources")["title"]}
    passages = set()
    for text in Path(str(REPORTS)).glob("*-*.txt"):
        words = _squeeze(text.read_text(encoding="utf-8")).split()
        runs = (" ".join(words[at : at + 9]) for at in range(len(words) - 8))
        passages |= {run for run in runs if not any(run in title for title in titles)}
    found = []
    for path in (
        path for kind in ("*.py", "*.md", "*.csv", "*.cff") for path in ROOT.rglob(kind) if ".venv" not in path.parts
    ):
        words = _squeeze(path.read_text(encoding="utf-8")).split()
        found += [(path.name, run) for at in range(len(words) - 8) if (run := " ".join(words[at : at + 9])) in passages]
    assert passages
    assert found == []


def _squeeze(text):
    return " ".join("".join(char.lower() if char.isalnum() else " " for char in text).split())
