"""Questions of a new reader, each answered from the dashboard alone in at most four actions."""

import csv
import io

import pandas as pd
import pytest
import rispy

from tests.support.browser import choose, into_view, listed, select_row, settled, taken

MAX_ACTIONS = 4


@pytest.fixture
def reader(visitor):
    """Return a reader at the front page who counts what they do."""

    class Reader:
        def __init__(self, **options):
            self.page, self.actions = visitor("/", **options), 0

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
            box = self.page.get_by_role("textbox", name="Search")
            self.does(lambda: (box.fill(words), box.press("Enter")))
            self.page.get_by_text("found", exact=False).first.wait_for()

        @property
        def card(self):
            return self.page.get_by_role("dialog")

    return Reader()


def opens_card(reader, words):
    """Search for words and open the card of the first claim found."""
    reader.searches(words)
    table = reader.page.get_by_test_id("stDataFrame").locator("visible=true").first
    into_view(reader.page, table)
    reader.does(lambda: select_row(reader.page, table, 0))
    reader.card.get_by_text("Limitations", exact=True).wait_for()


def chart(reader, key):
    """Return the text that a chart of the page shows."""
    figure = reader.page.locator(f".st-key-chart-{key} .js-plotly-plot")
    figure.locator(".annotation-text").last.wait_for()
    return " ".join(figure.locator(".annotation-text").all_text_contents())


def cells(table):
    """Return the cells of a grid as a reader of a screen hears them: a list of cells a row."""
    table.locator("table tr").first.wait_for(state="attached")
    return table.locator("table tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent))"
    )


def test_who_else_counted_the_900_and_how_near_were_they(reader):
    assert "own weekly counts were 859 on 1 July and at least 912" in chart(reader, "beside").replace("\u00a0", " ")
    opens_card(reader, "900 people")
    reader.reads(
        "Response Coordinators Group",
        "February 2019 to July 2019",
        "Only deaths blamed on one side",
        within=reader.card,
    )
    rows = cells(reader.card.get_by_test_id("stDataFrame").first)
    assert [row[:2] for row in rows[1:4]] == [
        ["859", "Response Coordinators Group (the speaker itself)"],
        ["at least 912", "Response Coordinators Group (the speaker itself)"],
        ["at least 544", "Syrian Network for Human Rights (monitor)"],
    ]


def test_which_claims_do_published_counts_contradict(reader):
    reader.reads("By our rules, 1 claim cannot hold together with a published count: “death toll at 34”.")
    assert reader.actions == 0


def test_is_the_20_in_july_inside_the_900(reader):
    opens_card(reader, "900 people")
    reader.reads("Contains: “20 deaths”", "The part is not added to its whole.", within=reader.card)


def test_the_best_citation_for_the_number_of_displaced_people_in_mid_2019(reader):
    opens_card(reader, "11 million")
    reader.reads("UNHCR’s nearest count is 12.8 million displaced people at the end of 2018", within=reader.card)
    reader.does(reader.card.get_by_role("button", name="Cite the report").click)
    ris = reader.page.get_by_role("button", name="RIS", exact=True).locator("visible=true").first
    _, data = reader.does(lambda: taken(reader.page, ris))
    assert rispy.loads(data.decode())[0]["secondary_title"] == "TRT World"


def test_the_deadliest_year(reader):
    assert "Deaths were highest in 2014" in chart(reader, "deaths-by-year")
    assert reader.actions == 0


def test_what_the_total_of_the_observatory_counts_that_that_of_ohchr_does_not(reader):
    reader.goes_to("Casualties")
    folded = reader.page.get_by_text("What each total counts and leaves out")
    reader.does(lambda: into_view(reader.page, folded).click())
    rows = cells(reader.page.get_by_test_id("stDataFrame").locator("visible=true").first)
    said = {(row[0], row[5]): row[6] for row in reversed(rows)}
    assert "on all sides: civilians, rebels" in said["Syrian Observatory for Human Rights", "Documented"]
    assert "each with name, date and place" in said["OHCHR", "Documented"]


def test_refugees_at_the_end_of_2015_2019_and_2024(reader):
    reader.goes_to("Displacement")
    years = reader.page.locator(".st-key-chart-year-ends")
    reader.does(years.get_by_role("tab", name="Table").click)
    head, *rows = cells(years.get_by_test_id("stDataFrame").first)
    [column] = [at for at, name in enumerate(head) if name.startswith("Refugees worldwide")]
    counted = {row[0]: row[column] for row in rows}
    assert [counted[year] for year in ("2015", "2019", "2024")] == ["4,873,236", "6,615,249", "5,952,174"]


def test_claims_about_idlib_in_2018(reader):
    reader.chooses("Year", "2018")
    reader.does(reader.page.get_by_role("button", name="More filters").click)
    reader.chooses("Place", "Idlib (governorate)")
    reader.reads("Showing 8 of 23 claims")


def test_an_excel_file_of_all_killed_claims(reader):
    reader.goes_to("Data")
    reader.does(reader.page.get_by_role("button", name="More filters").click)
    reader.chooses("What is counted", "Killed")
    reader.page.get_by_text("Showing 13 of 23 claims").wait_for()
    name, data = reader.does(lambda: taken(reader.page, reader.page.get_by_role("button", name="Excel", exact=True)))
    rows = pd.read_excel(io.BytesIO(data), sheet_name="data")
    assert (set(rows["indicator"]), len(rows)) == ({"killed"}, 13)
    assert "killed-13-rows" in name


def test_what_changed_last(reader):
    reader.reads("26 November 2026: Claims say by whose attacks people were killed")
    assert reader.actions == 0


def test_is_hundreds_200_to_999(reader):
    opens_card(reader, "hundreds Assad")
    reader.does(reader.card.get_by_text("All facts of the claim").click)
    reader.reads("not exact; drawn from 200 to 999 by this project’s convention", within=reader.card)


def test_a_dead_link_says_so_on_the_first_screen(visitor):
    page = visitor("/casualties?claim=nobody-1", viewport={"width": 1280, "height": 800})
    message = page.get_by_text("This link names a claim that does not exist")
    message.wait_for()
    settled(page)
    assert 0 < message.bounding_box()["y"] < page.get_by_role("heading", level=1).bounding_box()["y"]


def test_two_sources_about_one_event(reader):
    reader.goes_to("Events")
    around = reader.page.get_by_role("combobox", name="Counts around a claim")
    reader.does(listed(reader.page, around, "Around “900 people”").click)
    table = reader.page.get_by_test_id("stDataFrame").locator("visible=true").last
    table.locator("td", has_text="“900 people”").wait_for(state="attached")
    rows = cells(table)
    assert {"Response Coordinators Group (coordination group)"} <= {row[2] for row in rows}
    reader.reads("8 claims, said by 4 organisations, printed in 2 reports.")


def test_the_map_and_saraqib_on_a_phone(visitor):
    page = visitor("/", viewport={"width": 390, "height": 844})
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Places", exact=True).click()
    page.get_by_role("heading", name="Places the claims are about").wait_for()
    settled(page)
    page.get_by_test_id("stSidebar").wait_for(state="hidden")  # the menu closes after a choice
    page.locator(".st-key-chart-places .js-plotly-plot").first.wait_for()
    into_view(page, page.get_by_role("button", name="Saraqib (sub-district): 1")).click()
    page.get_by_role("heading", name="1 claim about Saraqib (sub-district)").wait_for()


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


def test_the_csv_of_2018_only(reader):
    reader.goes_to("Data")
    reader.chooses("Year", "2018")
    reader.page.get_by_text("Showing 8 of 23 claims").wait_for()
    _, data = reader.does(lambda: taken(reader.page, reader.page.get_by_role("button", name="CSV", exact=True)))
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert ({row["period_end"][:4] for row in rows}, len(rows)) == ({"2018"}, 8)


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
