"""Questions of a new reader, each answered from the dashboard alone in at most four actions.

What only a browser can answer (a map on a phone, rows of a table, files) is asked in `tests/browser/`.
"""

import json
import re

import pytest

from tests.support.pages import opened, said
from validation.current import current

MAX_ACTIONS = 4


class Reader:
    """A reader at the front page who counts what they do."""

    def __init__(self):
        self.app, self.actions = opened(), 0

    def does(self, run):
        """Do one thing; every action has its run of the page."""
        self.actions += 1
        assert self.actions <= MAX_ACTIONS, "too many actions"
        self.app = run()
        assert not self.app.exception, self.app.exception

    def goes_to(self, page):
        self.does(self.app.switch_page(f"app_pages/{page}.py").run)

    def chooses(self, label, option):
        [box] = [box for box in (*self.app.multiselect, *self.app.selectbox) if box.label == label]
        self.does((box.set_value(option) if box in list(self.app.selectbox) else box.select(option)).run)

    def opens_the_first_card(self, words):
        """Search for words and open the card of the first claim found."""
        self.does(self.app.text_input(key="search").set_value(words).run)
        wording = self.app.dataframe[0].value["wording"].iloc[0]
        claims = current().dataset.table("claims")
        self.app.query_params["claim"] = claims.loc[claims["wording"] == wording, "claim_id"].item()
        self.does(self.app.run)

    def reads(self):
        cells = [str(cell) for table in self.app.table for cell in table.value.to_numpy().ravel()]
        return re.sub(r"\\(.)", r"\1", "\n".join([said(self.app), *cells])).replace("\u00a0", " ")

    def chart(self, number):
        """Return the words in a chart of the page."""
        notes = json.loads(self.app.get("plotly_chart")[number].proto.spec)["layout"]["annotations"]
        return " ".join(note["text"] for note in notes if note.get("text")).replace("<br>", " ").replace("\u00a0", " ")

    def table(self, number=-1):
        return self.app.dataframe[number].value


@pytest.fixture
def reader():
    return Reader()


def test_who_else_counted_the_900_and_how_near_were_they(reader):
    assert "own weekly counts were 859 on 1 July and at least 912" in reader.chart(0)
    reader.opens_the_first_card("900 people")
    for words in ("Response Coordinators Group", "February 2019 to July 2019", "Only deaths blamed on one side"):
        assert words in reader.reads()
    assert reader.table().head(3)[["said", "who"]].to_numpy().tolist() == [
        ["859", "Response Coordinators Group (the speaker itself)"],
        ["at least 912", "Response Coordinators Group (the speaker itself)"],
        ["at least 544", "Syrian Network for Human Rights (monitor)"],
    ]


def test_the_front_page_answers_which_claims_are_contradicted_which_year_was_deadliest_and_what_changed_last(reader):
    for words in (
        "By our rules, 1 claim cannot hold together with a published count: “death toll at 34”.",
        "26 November 2026: Claims say by whose attacks people were killed",
    ):
        assert words in reader.reads()
    assert "Deaths were highest in 2014" in reader.chart(1)
    assert reader.actions == 0


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        pytest.param("900 people", ["Contains: “20 deaths”", "The part is not added to its whole."], id="is the 20 in July inside the 900"),
        pytest.param("11 million", ["UNHCR’s nearest count is 12.8 million displaced people at the end of 2018"], id="displaced people in mid-2019"),
        pytest.param("hundreds Assad", ["not exact; drawn from 200 to 999 by this project’s convention"], id="is hundreds 200 to 999"),
    ],
)  # fmt: skip
def test_a_card_answers(reader, asked, answers):
    reader.opens_the_first_card(asked)
    assert [words for words in answers if words not in reader.reads()] == []


def test_what_the_total_of_the_observatory_counts_that_that_of_ohchr_does_not(reader):
    reader.goes_to("casualties")
    reader.app.session_state["who-counts-whom"] = True
    reader.does(reader.app.run)
    said_by = reader.table(0).drop_duplicates(["organisation", "kind_label"]).set_index(["organisation", "kind_label"])
    assert (
        "on all sides: civilians, rebels"
        in said_by.loc[("Syrian Observatory for Human Rights", "Documented"), "definition"]
    )
    assert "each with name, date and place" in said_by.loc[("OHCHR", "Documented"), "definition"]


def test_refugees_at_the_end_of_2015_2019_and_2024(reader):
    reader.goes_to("displacement")
    reader.app.session_state["chart-year-ends"] = "Table"
    reader.does(reader.app.run)
    years = reader.table(0).set_index("year").filter(like="Refugees worldwide")
    assert years.loc[["2015", "2019", "2024"]].to_numpy().tolist() == [["4,873,236"], ["6,615,249"], ["5,952,174"]]


def test_claims_about_idlib_in_2018(reader):
    reader.chooses("Year", "2018")
    reader.chooses("Place", "Idlib (governorate)")
    assert "Showing 8 of 23 claims" in reader.reads()


def test_two_sources_about_one_event(reader):
    reader.goes_to("events")
    reader.chooses("Counts around a claim", "Around “900 people”")
    rows = reader.table()
    assert rows.loc[rows["said"] == "“900 people”", "who"].tolist() == [
        "Response Coordinators Group (coordination group)"
    ]
    assert "8 claims, said by 4 organisations, printed in 2 reports." in reader.reads()


def test_how_many_were_killed_at_khan_shaykhun_and_who_counts_differently(reader):
    reader.goes_to("events")
    reader.chooses("Event", "Khan Shaykhun chemical attack, April 2017")
    assert (
        "1 claim, said by 1 organisation, printed in 1 report. 9 published counts by 5 organisations." in reader.reads()
    )
    rows = reader.table()
    assert rows.loc[rows["what"] == "Claim", "said"].tolist() == ["“more than 90 people”"]
    assert set(rows["who"]) >= {
        "Syrian Observatory for Human Rights (monitor)", "Human Rights Watch (monitor)",
        "Idlib health directorate (government)", "UN Commission of Inquiry on Syria (UN agency)",
    }  # fmt: skip


def test_which_numbers_come_from_a_party_to_the_conflict(reader):
    reader.goes_to("sources")
    kinds, *_ = reader.app.get("button_group")
    reader.does(kinds.select("Party to the conflict").run)
    assert "1 organisation is quoted in 1 report: National Liberation Army" in reader.reads()
    assert reader.app.table[0].value.iloc[:, 0].tolist() == ["National Liberation Army"]
    assert "are marked “Party to the conflict”" in reader.reads()


def test_who_quotes_the_syrian_observatory(reader):
    reader.goes_to("sources")
    assert [cell for cell in reader.app.table[0].value.iloc[0] if cell] == [
        "Syrian Observatory for Human Rights", "Monitor", "4", "1  \n:small[via Reuters]", "3",
    ]  # fmt: skip


def test_what_was_not_used_of_the_bne_intellinews_report_and_why(reader):
    reader.goes_to("sources")
    reader.chooses("Source", "bne IntelliNews 2024")
    assert "We found 14 numbers in 13 phrases: 1 used as a claim, 12 not used." in reader.reads()
    rows = reader.table()
    assert {("20 kilometres", "Distance"), ("three important cities", "Places captured")} <= set(
        zip(rows["wording"], rows["reason"], strict=True)
    )
