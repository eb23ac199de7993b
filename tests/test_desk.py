"""The desk, as a documentalist uses it: in a real browser, by keyboard, on a copy of the tables."""

import csv
import shutil
from contextlib import contextmanager

import pytest

from curation.refusals import FILES
from tests.conftest import ROOT, Window, running
from validation import load

FORTY = """Shells hit market in Saraqib

SARAQIB, 4 May 2020: At least seven people were killed and 20 others wounded on Sunday when shells hit the market of Saraqib, the Syrian Observatory for Human Rights said. Three children were among the dead.

The shelling lasted two hours. It hit 12 shops and a school that lies 300 metres from the road, and 45 minutes later a second strike hit an ambulance.

More than 300 families have left the town since then, according to the Response Coordinators Group. Saraqib, 15 kilometres from Idlib, had been quiet for two months.

In the south of Idlib, 14 civilians were killed in air strikes on Monday, the Observatory said. Another 31 people were wounded. Rescue workers needed five hours to reach six of the houses.

Two fighters were killed near the highway on 1 May 2020. The army said it had taken four villages and destroyed nine tanks.

Some 2,500 people were displaced in April 2020, and about 900 of them sleep in tents. Aid groups sent 40 trucks with 800 tons of flour.

Between 10 and 15 soldiers were killed in an ambush on 28 April 2020, the Observatory said. Eleven others were injured.

The war began nine years ago. In 2019 up to 200 people were killed in the province in one month.

Dozens of people were wounded on 30 April 2020. The hospital, built in 1998, has 60 beds and 25 doctors.
"""
"""Made up; about forty numbers."""


@contextmanager
def desk(folder, port_of=None):
    """Start a desk on a copy of the tables; give its address."""
    options = ["--server.maxUploadSize=20"]
    folders = {"DATASETS_DIR": folder / "tables", "REPORTS_DIR": folder / "reports", "DRAFTS_DIR": folder / "drafts"}
    with running("curation/desk/desk.py", options, **folders) as address:
        yield address


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a copy of the tables, and no report's text."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "reports").mkdir()
    for name in FILES:
        shutil.copy(ROOT / "datasets" / name, tmp_path / "tables")
    return tmp_path


class Hands:
    """What a person does at the desk, and how often."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def settle(self):
        """Wait until the page has run."""
        self.page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")

    def press(self, key):
        self.actions += 1
        self.page.keyboard.press(key)

    def click(self, name, role="button"):
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()

    def fill(self, label, words):
        self.actions += 1
        field = self.page.get_by_label(label, exact=True).locator("visible=true").first
        field.fill(words)
        field.press("Tab")
        self.settle()

    def decided(self):
        """Return how many numbers have a decision."""
        self.settle()
        return int(self.page.get_by_test_id("stProgress").inner_text().split()[0])

    def decides(self, key):
        """Press a key of a decision, and wait until the next number is in front."""
        before, place = self.decided(), self.page.url
        self.press(key)
        self.page.wait_for_function(
            "(n) => document.querySelector('[data-testid=stProgress]')?.innerText.startsWith(n + ' ')",
            arg=str(before + 1),
        )
        self.page.wait_for_url(lambda url: url != place)
        self.settle()

    def brings_in(self, words):
        """Paste a text and say where it is from."""
        self.page.goto("/?reader=Ana")
        self.click("Bring in a report", role="button") if False else self.page.get_by_text("Bring in a report").click()
        self.actions += 1
        self.fill("Or paste the text, a paragraph a line", words)
        self.fill("Publisher", "The Example Courier")
        self.fill("Title, as printed", "Shells hit market in Saraqib")
        self.fill("Published (YYYY-MM-DD, or less)", "2020-05-04")
        self.fill("Address", "https://example.org/courier/saraqib")
        self.click("Add this report")
        self.page.get_by_role("heading", name="Reading").wait_for()

    def reads_all(self, *, by_suggestion=True):
        """Decide on every number as it is suggested."""
        while True:
            self.settle()
            if self.page.get_by_text("Every number is accounted for").count():
                return
            suggested = self.page.get_by_text("Suggested: ").inner_text()
            self.decides("s" if "a claim" in suggested else "d")


@pytest.fixture
def at_desk(folder, chromium):
    """Return the hands of somebody at a desk, and its folder."""
    with desk(folder) as address:
        window = Window(chromium, address)
        window.page.set_viewport_size({"width": 1280, "height": 900})
        hands = Hands(window.page)
        hands.folder, hands.window = folder, window
        yield hands
        window.close()


def rows(folder, table):
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_report_of_forty_numbers_goes_from_paste_to_public_in_under_two_actions_a_number(at_desk):
    at_desk.brings_in(FORTY)
    at_desk.reads_all()
    count = at_desk.decided()
    at_desk.press("Enter")
    at_desk.page.get_by_text("You are done with this report.").wait_for()
    at_desk.settle()
    at_desk.press("Enter")
    at_desk.page.get_by_text("Every rule was checked.").wait_for()
    at_desk.click("Make it public")
    at_desk.page.get_by_text("It is public.").wait_for()
    print(at_desk.actions, count)
    assert at_desk.actions < 2 * count
    dataset = load(at_desk.folder / "tables", at_desk.folder / "reports")
    account = dataset.accounts().set_index("source_id").loc["theexamplecourier-2020-05-04"]
    assert dataset.good
    assert (account["open"], account["claims"] + account["dismissed"]) == (0, count)
    assert [
        row["what"] for row in rows(at_desk.folder, "changes") if row["row_id"] == "theexamplecourier-2020-05-04"
    ] == ["Report added"]
