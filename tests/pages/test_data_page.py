"""The Data page, its five tables and their files; About; a withdrawn claim; the worked examples of the method."""

import io
import re

import openpyxl
import pandas as pd
import pytest

from analysis import comparison, examples, listing
from analysis.counts import published_counts
from analysis.view import claims_view
from app_pages.parts import data_tables, page_shell
from exports import files
from tests.support import ROOT, real, small
from tests.support.pages import opened, said
from validation.models import READERS_CLAIMS, SCHEMAS

IN_WORDS = ["wording", "number", "counted", "period", "place_name", "said_by", "printed", "caveats"]


def with_codes(**query):
    app = opened("data", **query)
    return app.toggle(key="codes").set_value(True).run()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    return tmp_path


def test_claims_are_said_in_words_and_a_range_of_ours_is_called_ours():
    rows = listing.claims(claims_view(small.record()))
    assert rows.columns.tolist() == IN_WORDS
    assert rows.astype("object").where(rows.notna(), None).to_numpy().tolist() == [
        ["900 people", "900", "Killed: all people", "February 2019 to July 2019", "North", "The Monitor",
         "The Paper, July 2019, paragraph 3", None],
        ["20 deaths", "20", "Killed: all people", "1 July 2019 to 7 July 2019", "North", "The Monitor",
         "The Paper, July 2019, paragraph 3", None],
        ["hundreds of families", "between 200 and 999 (our range)", "Displaced: all people, counted in families",
         "until January 2020 (start not given)", "Town", "The Post", "The Post, 5 January 2020, paragraph 1", "Period not stated"],
    ]  # fmt: skip


def test_a_un_agency_keeps_its_capitals_and_a_monitor_does_not():
    monitors = small.ROWS["organisations"][1:]
    kinds = {}
    for kind in ("monitor", "un_agency"):
        dataset = small.record(
            organisations=[small.organisation("monitor", "The Monitor", kind), *monitors], **small.PUBLISHED
        )
        kinds[kind] = listing.counts(published_counts(dataset))["organisation"].unique().tolist() or dataset.findings
    assert kinds == {"monitor": ["The Monitor (monitor)"], "un_agency": ["The Monitor (UN agency)"]}


def test_ids_and_codes_are_shown_only_when_asked_for():
    [plain] = [table.value for table in opened("data").dataframe]
    [whole] = [table.value for table in with_codes().dataframe]
    assert plain.columns.tolist() == IN_WORDS
    assert whole.columns.tolist() == list(READERS_CLAIMS.columns)
    [changes] = [table.value for table in with_codes(table=["Changes"]).dataframe]
    assert changes.columns.tolist() == list(SCHEMAS["changes"].columns)


@pytest.mark.parametrize(
    ("table", "sentence", "rows"),
    [
        ("Claims", "All claims that match your filters. Blank means unknown, never zero.", 11),
        ("Published counts", "All 796 published counts, the newest first. Your filters choose claims, so they do not apply here.", 100),
        ("Numbers not used", "14 of 52 phrases with numbers that are not claims, and why we did not use them.", 14),
        ("Reports", "1 of 5 reports, the newest first, with how many numbers of each we used.", 1),
        ("Changes", "All 18 changes of the data, the newest first. Your filters do not apply here.", 18),
    ],
)  # fmt: skip
def test_a_link_opens_each_table_and_it_says_which_filters_it_obeys(table, sentence, rows):
    app = opened("data", table=[table], source=["TRT World 2019"])
    assert sentence in [text.value for text in app.markdown]
    assert [len(element.value) for element in app.dataframe] == [rows]
    assert not app.warning


def test_a_filter_that_does_not_apply_to_a_table_is_said():
    text = said(opened("data", table=["Reports"], year=["2018"]))
    assert "Of your filters only “Source” applies here. All 5 reports, the newest first" in text


def test_a_table_that_is_not_there_is_named_and_the_claims_are_shown():
    app = opened("data", table=["Secrets"])
    assert [warning.value for warning in app.warning] == [
        r"This link has a filter we do not know; it was ignored: Table\: Secrets"
    ]
    assert [table.value.columns.tolist() for table in app.dataframe] == [IN_WORDS]


def test_downloads_stand_above_the_table_and_a_table_without_rows_has_none(folder):
    small.write(folder)
    app = opened("data", table=["Numbers not used"])
    assert {button.proto.label: button.proto.disabled for button in app.get("download_button")} == {
        "CSV": True, "Excel": True, "Parquet": True, "JSON": True, "Data Package": False,
    }  # fmt: skip
    assert [info.value for info in app.info] == ["There are none yet."]
    kinds = [element.type for element in opened("data", table=["Reports"]).main]
    buttons = [place for place, kind in enumerate(kinds) if kind == "download_button"]
    assert len(buttons) == 5
    assert max(buttons) < kinds.index("dataframe")


@pytest.mark.parametrize("table", ["observations", "dismissed", "sources", "changes"])
def test_a_file_of_rows_that_the_data_api_does_not_choose_names_no_address(table):
    dataset = small.record(**small.PUBLISHED)
    choice = {"source": ["paper-2019-07-12"]}
    assert files.name_of_rows(dataset, table, choice, 2, "csv").startswith(f"small-{table}-paper-2019")
    for ending in ("csv", "parquet", "json"):
        assert files.as_file(dataset, table, dataset.table(table), ending, "", choice)
    data = files.as_file(dataset, table, dataset.table(table), "xlsx", "", choice)
    about = dict(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert about["Filter"].endswith(" Paper 2019") or table == "observations"
    assert "Address of these rows" not in about


def test_a_fault_of_the_published_counts_is_shown_in_place_of_their_table(folder):
    small.write(folder)
    (folder / "series.csv").write_bytes(b"")
    app = opened("data", table=["Published counts"])
    assert [warning.value.partition(".")[0] for warning in app.warning] == [
        "The published counts hold a fault and are not shown"
    ]
    assert len(app.dataframe) == 0


GONE = [
    *small.ROWS["changes"],
    "2026-02-01,claims,post-2020-01-05-09,Number corrected,40,50,A digit was read wrongly",
    "2026-03-01,claims,post-2020-01-05-09,Withdrawn: 50 people,50 people,post-2020-01-05-01,The report was corrected",
    "2026-03-02,claims,post-2020-01-05-08,Withdrawn: <b>7</b> people,7 people,,Counted twice",
]


def test_a_withdrawn_claim_keeps_a_page_that_says_when_why_and_what_replaced_it(folder):
    small.write(folder, changes=GONE)
    app = opened(claim=["post-2020-01-05-09"])
    assert not app.warning
    text = said(app)
    for sentence in (
        "Withdrawn on 1 March 2026. Why: The report was corrected",
        "It said: 50 people",
        "Replaced by: “hundreds of families” (The Post)",
        "Before that, 1 February 2026: Number corrected (A digit was read wrongly)",
    ):
        assert sentence in text
    next(button for button in app.button if button.label == "Open the claim that replaced it").click().run()
    assert dict(app.query_params)["claim"] in ("post-2020-01-05-01", ["post-2020-01-05-01"])


def test_a_withdrawn_claim_without_a_successor_says_so_and_shows_no_markup(folder):
    small.write(folder, changes=GONE)
    text = said(opened(claim=["post-2020-01-05-08"]))
    assert "Replaced by: nothing" in text
    assert r"Withdrawn\: \<b\>7\<\/b\> people".replace(r"\/", "/") in text


def test_a_claim_that_was_changed_and_never_withdrawn_is_not_withdrawn():
    changed = "2026-02-01,claims,paper-2019-07-12-01,Number corrected,90,900,A digit was missing"
    dataset = small.record(changes=[*small.ROWS["changes"], changed])
    assert listing.withdrawn(dataset, "paper-2019-07-12-01").empty
    assert listing.withdrawn(dataset, "nobody-1").empty


def test_versions_count_changes_that_are_alike_and_those_that_readers_do_not_meet():
    rows = [
        "2026-01-01,claims,,First edition,,,Begin",
        "2026-02-01,breaks,,Breaks have dates,,,Clearer",
        "2026-02-01,claims,paper-2019-07-12-01,Period corrected,2018,2019,Misread",
        "2026-02-01,claims,paper-2019-07-12-02,Period corrected,2018,2019,Misread",
    ]
    assert listing.versions(small.record(changes=rows)) == [
        ("2026-02-01", 3, ["Period corrected (2 rows)", "1 change in how the data are kept, checked or compared"]),
        ("2026-01-01", 1, ["First edition"]),
    ]


def test_about_says_what_is_not_given_and_what_is(folder, monkeypatch):
    small.write(folder)
    text = said(opened("about"))
    for sentence in (
        "No name and no address are given yet.",
        "No licence has been chosen yet.",
        "No address is given yet.",
    ):
        assert sentence in text
    monkeypatch.setattr("validation.current.SECONDS_BETWEEN_LOOKS", 0.0)
    (folder / "about.toml").write_text(small.about_toml(licence="CC BY 4.0", contact="desk@example.org"))
    opened("about")
    text = said(opened("about"))
    assert "not given" not in text
    assert "No licence" not in text
    assert r"The data have this licence: CC BY 4\.0." in text
    assert len(re.findall("desk@\u2060?example", text)) == 2


def test_about_names_the_data_version_and_every_day_of_change():
    app = opened("about")
    text = said(app)
    assert f"Today’s data version is **{real.record().version}**" in text
    for date in real.record().table("changes")["date"].unique():
        assert f"{int(date[8:])} November 2026" in text
    assert [button.proto.label for button in app.get("download_button")] == ["Data Package"]


def test_the_method_has_its_four_parts_and_a_link_to_each():
    headings = [*page_shell.method()]
    assert headings == [
        "What is collected", "How it is recorded", "How claims are compared with published counts", "Limits",
    ]  # fmt: skip
    app = opened("method")
    shown = [header.value for header in app.header]
    links = re.findall(r"\[([^\]]+)\]\(#([a-z-]+)\)", app.markdown[0].value)
    assert [label for label, _ in links] == shown
    assert [anchor for _, anchor in links] == [header.proto.anchor for header in app.header]


def test_the_worked_examples_are_the_five_million_and_the_900_with_counts_of_the_tables():
    dataset = real.record()
    near, own = examples.near_only(dataset), examples.own_counts(dataset)
    assert (near.claim["wording"], own.claim["wording"]) == ("five million internally displaced", "900 people")
    assert near.counts["Relation"].tolist() == ["Near"] * 3 + ["Not comparable"] * (len(near.counts) - 3)
    assert near.counts["Value"].tolist()[:3] == ["6,183,919", "about 6,119,000", "6,183,920"]
    assert "18 percent below all of them" in near.sentence
    assert own.counts["Value"].tolist()[:3] == ["859", "at least 912", "at least 544"]
    assert own.counts["Relation"].tolist()[:3] == ["A part of it"] * 3
    assert own.sentence.endswith(
        "859 on 1 July and at least 912 on 8 July 2019 (civilians); “900 people” lies between them."
    )
    app = opened("method")
    assert [sub.value for sub in app.subheader if sub.value.startswith("Example")] == [
        "Example: “five million internally displaced”", "Example: “900 people”",
    ]  # fmt: skip
    assert [cell.replace("\\", "") for cell in app.table[0].value["Value"]] == near.counts["Value"].tolist()


def test_tables_without_fitting_claims_have_no_worked_examples(folder):
    dataset = small.dataset(folder)
    assert (examples.near_only(dataset), examples.own_counts(dataset)) == (None, None)
    assert [sub.value for sub in opened("method").subheader if sub.value.startswith("Example")] == []


def test_the_days_named_in_the_method_are_those_of_the_rules():
    text = page_shell.method()["How claims are compared with published counts"]
    assert re.findall(r"within (\d+) days", text) == [str(comparison.STATE_DAYS)]
    assert len(re.findall(r"^\d\. \*\*", text, re.MULTILINE)) == len(comparison.DIMENSIONS)


def test_the_glossary_table_holds_every_word_of_the_glossary():
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = page_shell.glossary_table()
    assert [f"- **{word}**: {meaning}" for word, meaning in rows.itertuples(index=False)] == lines


def test_every_column_in_words_has_a_heading():
    dataset = real.record()
    shown = pd.concat(
        [
            listing.claims(claims_view(dataset).head(1)),
            listing.counts(published_counts(dataset).head(1)),
            listing.not_used(dataset, dataset.table("dismissed").head(1)),
            listing.reports(dataset, dataset.table("sources").head(1)),
            listing.changes(dataset.table("changes").head(1)),
        ]
    )
    assert set(shown.columns) - {"url"} == set(data_tables.HEADINGS)
