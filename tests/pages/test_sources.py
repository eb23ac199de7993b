"""Sources: who is quoted in which report, one row a report, and every number that was not used, with a sum that adds up."""

import hashlib
from functools import cache

import pandas as pd
import pytest

from analysis import accounts, lineage
from analysis.view import claims_view
from app_pages.parts import lineage as shown
from tests.support import real, small
from tests.support.pages import opened, said

MONITOR, POST = small.ROWS["claims"][:2], small.ROWS["claims"][2]
UNUSED = [
    "paper-2019-07-12,3,two months,duration,",
    "paper-2019-07-12,4,4 May 2020,date,Printed above the text",
    "post-2020-01-05,1,ten villages,places_captured,",
]


def quoted(*claims):
    """Return the sentence about who is quoted, of these claims of one record."""
    view = claims_view(small.record(claims=sorted([*MONITOR[1:], *QUOTED.values(), POST]), claim_caveats=[]))
    return lineage.describe_quoted(view[view["claim_id"].isin(claim.partition(",")[0] for claim in claims)])


def claim(number, **changed):
    """Return a claim of the Paper in paragraph `number`."""
    return small.claim(claim_id=f"paper-2019-07-12-{number:02}", paragraph=number, part_of="", **changed)


QUOTED = {
    "monitor": claim(1),
    "paper itself": claim(3, attributed_to="paper"),
    "paper in the Post": small.claim(source_id="post-2020-01-05", claim_id="post-2020-01-05-02", attributed_to="paper"),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return what writes the small tables with some rows changed, the same rows once: no test changes them afterwards."""

    @cache
    def written(*changed):
        folder = tmp_path_factory.mktemp("tables")
        assert small.dataset(folder, **{name: list(rows) for name, rows in changed}).findings == ()
        return folder

    return lambda **changed: written(*((name, tuple(rows)) for name, rows in changed.items()))


@pytest.fixture
def page(folders, monkeypatch):
    """Return what opens the page Sources over the small tables with some rows changed."""

    def open_page(query=None, reports="", **changed):
        monkeypatch.setenv("DATASETS_DIR", str(folders(**({"dismissed": UNUSED} | changed))))
        monkeypatch.setenv("REPORTS_DIR", reports)
        return opened("sources", **(query or {}))

    return open_page


def table(app, column):
    """Return the table of the page with this column."""
    [found] = [element.value for element in app.dataframe if column in element.value]
    return found


def test_who_said_the_numbers_of_a_report_is_counted_with_the_agency_in_between():
    rows = [claim(1), claim(2, via="post"), claim(3, attributed_to="paper"), POST]
    found = lineage.cells(claims_view(small.record(claims=rows, claim_caveats=[])))
    assert found.drop(columns="published").to_numpy().tolist() == [
        ["The Monitor", "Monitor", "Paper 2019", 2, "1 via The Post"],
        ["The Paper", "News outlet", "Paper 2019", 1, "own voice"],
        ["The Post", "News outlet", "Post 2020", 1, "own voice"],
    ]


def test_a_report_that_quotes_by_way_of_two_agencies_names_both():
    rows = [claim(1), claim(2, via="post"), claim(3, via="post"), claim(4, via="paper")]
    [found] = lineage.cells(claims_view(small.record(claims=rows, claim_caveats=[]))).to_dict("records")
    assert (found["claims"], found["note"]) == (4, "1 via The Paper; 2 via The Post")
    assert lineage.cells(claims_view(small.record()).head(0)).empty


def test_the_sentence_says_who_is_quoted_and_what_is_in_a_reports_own_voice():
    monitor, own, other = QUOTED.values()
    assert quoted(monitor, MONITOR[1], POST) == (
        "1 organisation is quoted in 1 of 2 reports: The Monitor, with 2 claims; 1 of 3 claims is in a report’s own voice."
    )
    assert quoted(monitor) == "1 organisation is quoted in 1 report: The Monitor, with 1 claim."
    assert quoted(own) == "Nobody is quoted: the claim is in a report’s own voice."
    assert quoted(own, POST) == "Nobody is quoted: all 2 claims are in a report’s own voice."
    assert quoted(monitor, MONITOR[1], other) == (
        "2 organisations are quoted in 2 reports (most often: The Monitor, 2 claims in 1 report)."
    )
    assert quoted(monitor, other) == (
        "2 organisations are quoted in 2 reports (most often: The Monitor and The Paper, 1 claim each)."
    )
    assert quoted() == "No claims."


def test_one_row_a_report_counts_its_own_voice_what_it_quotes_and_what_was_not_used():
    dataset = small.record(dismissed=UNUSED)
    columns = ["short_name", "date", "known_to", "claims", "own", "quoted", "compared", "met", "used", "dismissed"]
    found = accounts.reports(dataset, claims_view(dataset))
    assert found[columns].to_numpy().tolist() == [
        ["Post 2020", "5 January 2020", "the day", 1, 1, 0, 0, 2, 1, 1],
        ["Paper 2019", "July 2019", "the month", 2, 0, 2, 0, 5, 2, 2],
    ]


def test_a_report_without_claims_is_listed_with_all_and_not_under_a_filter():
    dataset = small.record(claims=MONITOR, dismissed=UNUSED, claim_caveats=[])
    view = claims_view(dataset)
    assert accounts.reports(dataset, view)[["short_name", "claims", "own", "quoted"]].to_numpy().tolist() == [
        ["Post 2020", 0, 0, 0],
        ["Paper 2019", 2, 0, 2],
    ]
    assert accounts.reports(dataset, view.head(1))["short_name"].tolist() == ["Paper 2019"]


def test_counts_with_a_fault_leave_open_how_many_claims_have_one_beside_them():
    dataset = small.record(series=[small.series()], observations=[small.count(kind="guess")])
    assert dataset.reference_findings
    assert accounts.reports(dataset, claims_view(dataset))["compared"].isna().all()


def test_the_numbers_not_used_name_their_report_and_the_reason():
    dataset = small.record(dismissed=UNUSED)
    rows = accounts.unused(dataset, accounts.reports(dataset, claims_view(dataset)))
    assert rows[["report", "wording", "reason"]].to_numpy().tolist() == [
        ["Post 2020", "ten villages", "Places captured"],
        ["Paper 2019", "two months", "Duration"],
        ["Paper 2019", "4 May 2020", "Date"],
    ]


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        ((81, 23, 52, None), "We found 81 numbers in 75 phrases: 23 used as claims, 52 not used."),
        ((1, 1, 0, 0), "We found 1 number in 1 phrase: 1 used as a claim, 0 not used."),
        ((9, 2, 4, 3), "We found 9 numbers: 3 not accounted for yet, the others in 6 phrases (2 used as claims, 4 not used)."),
        ((0, 0, 0, 0), "We found no number."),
    ],
)  # fmt: skip
def test_the_sentence_about_the_numbers_adds_up(account, sentence):
    columns = ["met", "used", "dismissed", "open"]
    assert accounts.describe_account(pd.DataFrame([account], columns=columns).astype("Int64")) == sentence


def test_the_sum_of_the_real_reports_is_that_of_their_accounts():
    dataset = real.record()
    sums = dataset.accounts()[["met", "claims", "dismissed"]].sum()
    assert (
        accounts.describe_account(accounts.reports(dataset, claims_view(dataset)))
        == f"We found {sums['met']} numbers in {sums['claims'] + sums['dismissed']} phrases: "
        f"{sums['claims']} used as claims, {sums['dismissed']} not used."
    )
    assert len(dataset.table("claims")) == sums["claims"]
    assert len(dataset.table("dismissed")) == sums["dismissed"]


def test_numbers_that_are_not_accounted_for_are_named_with_their_report(page, tmp_path):
    text = b"Some\nMore\nThe 900 people and 20 deaths in two months.\n4 May 2020 and 7 towns.\n"
    source = small.source(text_sha256=hashlib.sha256(text).hexdigest())
    (tmp_path / "paper-2019-07-12.txt").write_bytes(text)
    app = page(reports=str(tmp_path), sources=[source, small.ROWS["sources"][1]])
    assert [warning.value.replace("\\", "") for warning in app.warning] == [
        "1 number is not accounted for yet: Paper 2019 (1)."
    ]
    assert (
        "We found 8 numbers: 1 not accounted for yet, the others in 6 phrases (3 used as claims, 3 not used)."
        in said(app)
    )


def test_a_kind_of_speaker_leaves_its_reports_and_their_numbers_alone(page):
    app = page()
    assert table(app, "known_to")["short_name"].tolist() == ["Post 2020", "Paper 2019"]
    app.get("button_group")[0].set_value(["Monitor"]).run()
    assert [table["Who said it"].tolist() for table in (element.value for element in app.table)] == [["The Monitor"]]
    assert table(app, "known_to")["short_name"].tolist() == ["Paper 2019"]
    assert table(app, "reason")["report"].unique().tolist() == ["Paper 2019"]
    app.get("button_group")[0].set_value([]).run()
    assert table(app, "known_to")["short_name"].tolist() == ["Post 2020", "Paper 2019"]


def test_a_filter_leaves_its_reports_and_says_that_whole_reports_are_counted(page):
    assert "Counted in the whole text" not in said(page())
    app = page({"attributed": ["The Monitor"]})
    assert table(app, "known_to")[["short_name", "claims", "dismissed"]].to_numpy().tolist() == [["Paper 2019", 2, 2]]
    app = page({"attributed": ["The Monitor"]}, claims=[*MONITOR, claim(9, attributed_to="paper"), POST])
    assert table(app, "known_to")[["short_name", "claims", "own"]].to_numpy().tolist() == [["Paper 2019", 2, 0]]
    assert "Counted in the whole text of 1 report, with the claims not shown above." in said(app)
    assert "3 used as claims, 2 not used" in said(app)


def test_a_reason_narrows_the_numbers_not_used(page):
    app = page()
    app.get("button_group")[1].set_value(["Date"]).run()
    assert table(app, "reason")["wording"].tolist() == ["4 May 2020"]
    assert "1 of 3 phrases shown" in [caption.value for caption in app.caption]


def test_reports_without_unused_numbers_have_no_empty_table(page):
    app = page(dismissed=[])
    assert "We found 3 numbers in 3 phrases: 3 used as claims, 0 not used." in said(app)
    assert [element.value for element in app.dataframe if "reason" in element.value] == []
    assert [group.options for group in app.get("button_group")] == [["Monitor", "News outlet"], ["PNG", "SVG"]]


def test_a_report_that_is_chosen_is_shown_whole_and_leaves_with_a_filter(page):
    app = page()
    assert [heading.value for heading in app.subheader] == []
    app.selectbox(key="report").set_value("Paper 2019").run()
    assert [heading.value for heading in app.subheader] == ["Paper 2019"]
    assert "“A title.” The Paper, July 2019. https://example.org/a" in [text.value for text in app.text]
    assert "We found 5 numbers in 4 phrases: 2 used as claims, 2 not used. Not used: duration 1, date 1." in said(app)
    assert table(app, "indicator_label")["wording"].tolist() == ["900 people", "20 deaths"]
    app.multiselect(key="source").set_value(["post-2020-01-05"]).run()
    assert not app.exception
    assert [heading.value for heading in app.subheader] == ["Post 2020"]


def test_markup_in_names_stays_text(page):
    evil = "**b** [x](javascript:a) :red[r] <b>c</b>"
    names = [
        row.replace("The Monitor", evil).replace("The Post", f"Post {evil}") for row in small.ROWS["organisations"]
    ]
    reports = [row.replace("Paper 2019", f"Paper {evil}") for row in small.ROWS["sources"]]
    app = page(organisations=names, sources=reports, claims=[claim(1, via="post")], claim_caveats=[])
    [matrix] = [element.value for element in app.table]
    for text in [*matrix.columns, *matrix.astype("str").to_numpy().ravel()]:
        assert not [mark for mark in ("**", "[x](", " :red[", "<b>") if mark in text.replace("\\", "\0")], text


def test_many_reports_are_named_in_one_column(tmp_path):
    rows = pd.DataFrame(
        {"said_by": "The Monitor", "kind": "Monitor", "report": [f"Paper {at}" for at in range(14)],
         "published": "2019", "claims": 2, "note": ["via Post", *[""] * 13]}
    )  # fmt: skip
    speakers = rows[["said_by", "kind"]].drop_duplicates()
    [[who, claims, where]] = shown._list(rows, speakers).to_numpy().tolist()
    assert (who, claims) == ("The Monitor  \n:small[Monitor]", "28")
    lines = [line.replace("\\", "") for line in where.split(";  \n")]
    assert (len(lines), lines[0], lines[-1]) == (13, "Paper 0: 2 (via Post)", "and 2 more reports")


def test_a_report_that_is_named_like_a_heading_has_a_column_of_its_own(page):
    app = page(sources=[row.replace("Paper 2019", "Claims") for row in small.ROWS["sources"]])
    [matrix] = [element.value for element in app.table]
    assert matrix.columns.tolist() == ["Who said it", "Kind", "Claims", "Post 2020", "Claims (report)"]
    assert matrix.to_numpy().tolist() == [
        ["The Monitor", "Monitor", "2", "", "2"],
        ["The Post", "News outlet", "1", "1  \n:small[own voice]", ""],
    ]
