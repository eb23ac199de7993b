"""Twelve questions of a new reader, each answered from the dashboard alone in at most four actions."""

import csv
import io

import pytest
import rispy

from tests.test_browser import choose, into_view, listed, select_row, settled, taken

MAX_ACTIONS = 4


@pytest.fixture
def reader(visitor):
    """Return a reader at the front page who counts what they do."""

    class Reader:
        def __init__(self):
            self.page, self.actions = visitor("/"), 0

        def does(self, action):
            self.actions += 1
            assert self.actions <= MAX_ACTIONS, "too many actions"
            result = action()
            settled(self.page)
            return result

        def goes_to(self, title):
            self.does(self.page.get_by_role("link", name=title, exact=True).first.click)
            self.page.wait_for_url(f"**/{title.lower()}*")
            settled(self.page)

        def chooses(self, label, option):
            self.does(lambda: choose(self.page, label, option))

        def opens(self, words):
            self.does(self.page.get_by_text(words).first.click)

        def reads(self, *words, within=None):
            for each in words:
                (within or self.page).get_by_text(each).first.wait_for()

        def searches(self, words):
            box = self.page.get_by_role("textbox", name="Words in the quote")
            self.does(lambda: (box.fill(words), box.press("Enter")))

        @property
        def card(self):
            return self.page.get_by_role("dialog")

    return Reader()


def details(reader, wording):
    """Press the button of the headline with these words."""
    headline = reader.page.get_by_test_id("stColumn").filter(has_text=wording)
    reader.does(headline.get_by_role("button", name="Details").click)


def test_who_said_900_killed_and_since_when(reader):
    reader.reads("900 people", "Said by Response Coordinators Group", "February 2019 to July 2019")
    details(reader, "900 people")
    reader.reads(
        "Response Coordinators Group",
        "February 2019 to July 2019",
        "Only deaths blamed on one side",
        within=reader.card,
    )


def test_is_the_20_in_july_inside_the_900(reader):
    details(reader, "900 people")
    reader.reads("Contains: “20 deaths”", within=reader.card)
    reader.reads("The part is not added to its whole.", within=reader.card)


def test_how_many_had_to_leave_syria_by_july_2019_and_what_unhcr_had_then(reader):
    details(reader, "more than six million fleeing abroad")
    reader.reads(
        "“more than six million fleeing abroad”",
        "UNHCR’s nearest count is 6.65 million refugees at the end of 2018",
        within=reader.card,
    )
    reader.does(reader.card.get_by_text("Chart of these counts").click)
    assert "UNHCR" in reader.card.get_by_test_id("stPlotlyChart").first.text_content()


def test_how_many_were_killed_at_khan_shaykhun_and_who_counts_differently(reader):
    reader.goes_to("Events")
    events = reader.page.get_by_role("combobox", name="Event", exact=True)
    event = reader.does(lambda: listed(reader.page, events, "Khan Shaykhun chemical attack, April 2017"))
    reader.does(event.click)
    reader.reads("1 claim, said by 1 organisation, printed in 1 report. 9 published counts by 5 organisations.")
    table = reader.page.get_by_test_id("stDataFrame").locator("visible=true").last
    into_view(reader.page, table)
    for words in (
        "“more than 90 people”", "Syrian Observatory for Human Rights (monitor)", "Human Rights Watch (monitor)",
        "Idlib health directorate (government)", "UN Commission of Inquiry on Syria (UN agency)",
    ):  # fmt: skip
        table.get_by_text(words).first.wait_for(state="attached")


def test_which_numbers_come_from_a_party_to_the_conflict(reader):
    reader.goes_to("Sources")
    reader.does(reader.page.get_by_role("button", name="Party to the conflict").click)
    reader.reads("1 organisation is quoted in 1 report: National Liberation Army")
    assert "National Liberation Army" in reader.page.get_by_test_id("stTable").first.text_content()
    reader.reads("are marked “Party to the conflict”")


def test_who_quotes_the_syrian_observatory(reader):
    reader.goes_to("Sources")
    row = reader.page.get_by_test_id("stTable").get_by_role("row").filter(has_text="Syrian Observatory").first
    assert " ".join(row.inner_text().split()) == "Syrian Observatory for Human Rights Monitor 4 1 via Reuters 3"


def test_what_was_not_used_of_the_bne_intellinews_report_and_why(reader):
    reader.goes_to("Sources")
    reader.chooses("Source", "bne IntelliNews 2024")
    reader.reads("We found 14 numbers in 13 phrases: 1 used as a claim, 12 not used.")
    table = reader.page.get_by_test_id("stDataFrame").locator("visible=true").last
    into_view(reader.page, table)
    for words in ("20 kilometres", "Distance", "three important cities", "Places captured"):
        table.get_by_text(words).first.wait_for(state="attached")


def test_how_many_children(reader):
    reader.does(reader.page.get_by_role("button", name="More filters").click)
    reader.chooses("Who is counted", "Children")
    reader.reads("Showing 1 of 23 claims", "seven children")
    reader.goes_to("Casualties")
    assert "seven children" in reader.page.get_by_test_id("stPlotlyChart").first.text_content()


def test_the_csv_of_2018_only(reader):
    reader.goes_to("Data")
    reader.chooses("Year", "2018")
    reader.page.get_by_text("Showing 8 of 23 claims").wait_for()
    _, data = reader.does(lambda: taken(reader.page, reader.page.get_by_role("button", name="CSV", exact=True)))
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert ({row["period_end"][:4] for row in rows}, len(rows)) == ({"2018"}, 8)


def test_a_citation_of_the_500_000_for_zotero(reader):
    details(reader, "more than 500,000 people dead")
    reader.does(reader.card.get_by_role("button", name="Cite the report").click)
    ris = reader.page.get_by_role("button", name="RIS", exact=True).locator("visible=true").first
    _, data = reader.does(lambda: taken(reader.page, ris))
    [report] = rispy.loads(data.decode())
    assert report["secondary_title"] == "TRT World"
    assert "500,000" in report["notes"][0]


def test_what_hundreds_is_drawn_as_and_why(reader):
    reader.searches("hundreds Assad")
    reader.reads("1 claim found")
    table = reader.page.get_by_test_id("stDataFrame").locator("visible=true").first
    into_view(reader.page, table)
    reader.does(lambda: select_row(reader.page, table, 0))
    reader.does(reader.card.get_by_text("All facts of the claim").click)
    reader.reads("not exact; drawn from 200 to 999 by this project’s convention", within=reader.card)


def test_can_the_43_57_and_46_be_added(reader):
    page = reader.page
    page.goto("/data?source=The+Hill+News+2018&indicator=Killed")
    reader.actions = 1
    table = page.get_by_test_id("stDataFrame").first
    table.wait_for()
    settled(page)
    for row in (1, 2, 3):
        reader.does(lambda row=row: select_row(page, table, row))
    reader.reads("Our sum: about 146 people killed")


def test_what_changed_in_the_data_last(reader):
    reader.reads("Last update, 26 November 2026: ")
    assert reader.actions == 0
