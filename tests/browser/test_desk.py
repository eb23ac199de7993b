"""The desk, as a documentalist uses it: in a real browser, by keyboard, on a copy of the tables."""

import csv
import hashlib
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from curation.desk import text
from curation.readings import CLAIMED, NOT_USED, OPEN
from curation.refusals import FILES
from curation.suggest import candidates
from tests.support import ROOT
from tests.support.browser import Window
from tests.support.server import running
from validation import load

REPORTS = os.environ.get("REPORTS_DIR", "")
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

Six buses took 180 people to the border on 2 May 2020, and four agencies sent 3,000 meals.
"""
"""Made up: forty numbers."""
NOT_CLAIMS = ("[25] doctors",)
"""What is suggested as a claim of that text and is none."""
SHORT = "Shells hit a market\n\nThree people were killed on 3 May 2020 in Saraqib. The market is two years old.\n"
PAPER = {"publisher_id": "trtworld", "kind": "news_report", "language": "en", "published": "2020-05-04"}
DESK = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "curation" / "desk").glob("*.py"))
GOLD = "newarab-2015-04-27"


@contextmanager
def desk(folder):
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

    def opens(self, path):
        """Open a page; what listens to keys is loaded when first needed, and a key before that is not heard."""
        self.page.goto(path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        self.page.wait_for_load_state("networkidle")
        self.settle()

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

    def in_front(self):
        """Wait until the form of the number that the address names is there, or every number has a decision."""
        self.page.wait_for_function(
            """() => {
                const open = document.querySelector('[data-testid=stProgress]')?.innerText.match(/, (\\d+) open/);
                const at = new URLSearchParams(location.search).get('at');
                if (open && open[1] === '0' && !at) { return document.body.innerText.includes('Every number is accounted for'); }
                return open && document.querySelector(at ? '.st-key-not-used-' + at : '[class*=st-key-not-used-]');
            }"""
        )
        self.settle()

    def decides(self, key, *, by_key=False):
        """Press the button of a decision, or its key, and wait until the next number is in front."""
        self.in_front()
        before = self.decided()
        if by_key:
            self.press(key)
        else:
            self.actions += 1
            self.page.locator(
                {"s": "[class*=st-key-claim-] button", "d": "[class*=st-key-not-used-] button"}[key]
            ).click()
        self.page.wait_for_function(
            "(n) => document.querySelector('[data-testid=stProgress]')?.innerText.startsWith(n + ' ')",
            arg=str(before + 1),
        )
        self.in_front()

    def brings_in(self, words):
        """Paste a text and say where it is from."""
        self.opens("/?reader=Ana")
        self.actions += 1
        self.page.get_by_text("Bring in a report").click()
        self.fill("Or paste the text, a paragraph a line", words)
        self.fill("Publisher", "The Example Courier")
        self.fill("Title, as printed", "Shells hit market in Saraqib")
        self.fill("Published (YYYY-MM-DD, or less)", "2020-05-04")
        self.fill("Address", "https://example.org/courier/saraqib")
        self.click("Add this report")
        self.page.get_by_role("heading", name="Reading").wait_for()

    def reads_all(self, not_claims=()):
        """Decide on every number as it is suggested, but for those that are no claims."""
        while True:
            self.in_front()
            if self.page.get_by_text("Every number is accounted for").count():
                return
            suggested = self.page.get_by_text("Suggested: ").inner_text()
            around = self.page.get_by_test_id("stText").first.inner_text()
            claim = "a claim" in suggested and not any(words in around for words in not_claims)
            self.decides("s" if claim else "d")

    def is_done(self):
        """Say that the reading is done, and go to what would be public."""
        for button in ("I am done", "Look at what would be public"):
            self.page.get_by_role("button", name=button).wait_for()  # a key before its button is there is not heard
            self.settle()
            self.press("Enter")
        self.page.get_by_text("Every rule was checked.").wait_for()
        self.settle()

    def publishes(self):
        self.click("Make it public")
        self.page.get_by_text("It is public.").wait_for()


def add_report(folder, source_id, words, **cells):
    """Put a report in the tables, with its text."""
    (folder / "reports" / f"{source_id}.txt").write_text(words, encoding="utf-8")
    listed = rows(folder, "sources")
    digest = hashlib.sha256(words.encode()).hexdigest()
    new = PAPER | {"source_id": source_id, "short_name": source_id, "title": "Shells", "text_sha256": digest} | cells
    listed = sorted(
        [*listed, dict.fromkeys(listed[0], "") | new | {"url": f"https://example.org/{source_id}"}],
        key=lambda row: row["source_id"],
    )
    with (folder / "tables" / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)


@pytest.fixture
def at_desk(folder, chromium):
    """Return the hands of somebody at a desk, and its folder."""
    with desk(folder) as address:
        window = Window(chromium, address)
        window.page.set_viewport_size({"width": 1280, "height": 900})
        hands = Hands(window.page)
        hands.folder = folder
        yield hands
        wrong = window.wrong
        window.close()
    assert wrong == []  # no request to another host, no fault of a script


def rows(folder, table):
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_report_of_forty_numbers_goes_from_paste_to_public_in_under_two_actions_a_number(at_desk):
    at_desk.brings_in(FORTY)
    at_desk.reads_all(NOT_CLAIMS)
    count = at_desk.decided()
    at_desk.is_done()
    at_desk.publishes()
    assert (count, at_desk.actions < 2 * count) == (40, True)
    dataset = load(at_desk.folder / "tables", at_desk.folder / "reports")
    account = dataset.accounts().set_index("source_id").loc["theexamplecourier-2020-05-04"]
    assert dataset.good
    assert (account["open"], account["claims"] + account["dismissed"]) == (0, count)
    changes = [
        row["what"] for row in rows(at_desk.folder, "changes") if row["row_id"] == "theexamplecourier-2020-05-04"
    ]
    assert changes == [f"Report added: The Example Courier 2020, {account['claims']} claims"]
    recorded = [row for row in rows(at_desk.folder, "curation") if row["source_id"] == "theexamplecourier-2020-05-04"]
    assert (len(recorded), {row["reader"] for row in recorded}) == (count, {"Ana"})


def test_the_walk_of_the_documentation_works_at_the_desk(at_desk):
    document = (ROOT / "docs" / "add-a-report.md").read_text(encoding="utf-8")
    keys = dict(re.findall(r"\| ([A-Z]) \| ([\w ]+) \|", document))
    [words] = re.findall(r"```text\n(.*?)```", document, re.DOTALL)
    at_desk.brings_in(words)
    at_desk.in_front()
    for key, name in keys.items():
        button = at_desk.page.get_by_role("button", name=re.compile(f"^{name}")).first
        assert key in button.inner_text().split()
    for name in re.findall(r"“([^”]+)”", document.partition("# By command")[0]):
        assert name in DESK, name
    at_desk.reads_all()
    at_desk.is_done()
    at_desk.publishes()
    claims = [
        row["wording"] for row in rows(at_desk.folder, "claims") if row["source_id"] == "theexamplecourier-2020-05-04"
    ]
    assert claims == ["At least seven people", "two children", "some 20 wounded", "More than 300 families"]


def test_what_is_typed_survives_a_killed_server_and_a_closed_browser(folder, chromium):
    add_report(folder, "made-up-2020", SHORT)
    path = "/reading?reader=Ana&report=made-up-2020"
    for typed in ("", "People killed when shells hit a market."):
        with desk(folder) as address:
            window = Window(chromium, address)
            Hands(window.page).opens(path)
            summary = window.page.get_by_label("Summary", exact=True)
            summary.wait_for()
            if typed:
                assert summary.input_value() == typed
            else:
                # No key that leaves the field: a pause is enough.
                summary.fill("People killed when shells hit a market.")
                drafts = folder / "drafts" / "made-up-2020"
                window.page.wait_for_timeout(100)
                for _ in range(100):
                    if drafts.exists() and "shells hit a market" in next(drafts.iterdir()).read_text():
                        break
                    window.page.wait_for_timeout(100)
            window.close()


def test_keys_go_back_and_forth_and_take_back(at_desk):
    add_report(at_desk.folder, "made-up-2020", SHORT)
    at_desk.opens("/reading?reader=Ana&report=made-up-2020")
    at_desk.decides("s", by_key=True)
    assert at_desk.page.url.endswith("at=p2-28")
    for key, place in (("p", "p2-0"), ("n", "p2-28"), ("n", "p2-65"), ("n", "p2-65")):
        at_desk.press(key)
        at_desk.page.wait_for_url(f"**at={place}")
        at_desk.in_front()
    at_desk.press("u")
    at_desk.page.wait_for_url("**at=p2-0")
    at_desk.in_front()
    assert at_desk.decided() == 0


def test_the_form_says_what_the_text_says_otherwise_and_no_such_claim_is_kept(at_desk):
    add_report(at_desk.folder, "made-up-2020", SHORT)
    at_desk.opens("/reading?reader=Ana&report=made-up-2020")
    at_desk.in_front()
    for label in ("Low", "Best", "High"):
        at_desk.fill(label, "30")
    at_desk.page.get_by_text("say exactly 3, the claim says exactly 30").wait_for()
    assert at_desk.page.get_by_role("button", name="Claim").first.is_disabled()
    at_desk.fill("Best", "many")
    at_desk.page.get_by_text("Not a whole number: Best.").wait_for()


def test_two_readers_settle_what_they_differ_in_and_the_record_says_who_decided_what(at_desk):
    add_report(at_desk.folder, "made-up-2020", SHORT)
    page = at_desk.page
    for reader, reasons in (("Ana", "sdd"), ("Ben", "ddd")):
        at_desk.opens(f"/reading?reader={reader}&report=made-up-2020")
        assert page.get_by_text("Second reading:").count() == (reader == "Ben")
        for key in reasons:
            at_desk.decides(key)
        at_desk.opens("/agreement?reader=Ben&report=made-up-2020")
        assert page.get_by_text("are left to settle").count() == 0
        at_desk.opens(f"/reading?reader={reader}&report=made-up-2020")
        page.get_by_role("button", name="I am done").click()
        page.get_by_text("You are done with this report.").wait_for()
    at_desk.opens("/agreement?reader=Cy&report=made-up-2020")
    page.get_by_text("1 of 1 numbers are left to settle").wait_for()
    assert page.get_by_role("button", name="Settle").is_disabled()
    at_desk.fill("Why", "It counts people killed.")
    page.get_by_role("button", name="Settle").click()
    page.get_by_text("All differences are settled.").wait_for()
    at_desk.settle()
    at_desk.press("Enter")
    page.get_by_text("Every rule was checked.").wait_for()
    at_desk.publishes()
    record = [
        (row["number_id"], row["reading"], row["reader"], row["decision"], row["reason"])
        for row in rows(at_desk.folder, "curation")
        if row["source_id"] == "made-up-2020"
    ]
    assert record == [
        ("p2-0", "first", "Ana", "claim", ""), ("p2-0", "second", "Ben", "other_quantity", ""),
        ("p2-0", "settled", "Cy", "claim", "It counts people killed."),
        ("p2-28", "first", "Ana", "date", ""), ("p2-28", "second", "Ben", "date", ""),
        ("p2-65", "first", "Ana", "age", ""), ("p2-65", "second", "Ben", "age", ""),
    ]  # fmt: skip
    assert [row["wording"] for row in rows(at_desk.folder, "claims") if row["source_id"] == "made-up-2020"] == [
        "Three people"
    ]


def test_of_two_desks_the_second_is_told_that_the_tables_moved_on_and_loses_nothing(at_desk, chromium):
    for name in ("one", "other"):
        add_report(at_desk.folder, f"{name}-2020", SHORT.replace("Shells", name.capitalize()))
    at_desk.opens("/reading?reader=Ana&report=one-2020")
    at_desk.reads_all()
    at_desk.is_done()
    beside = Window(chromium, at_desk.page.url.split("/public")[0])
    other = Hands(beside.page)
    other.opens("/reading?reader=Ben&report=other-2020")
    other.reads_all()
    other.is_done()
    other.publishes()
    beside.close()
    at_desk.click("Make it public")
    at_desk.page.get_by_text("The tables moved on since this was prepared").wait_for()
    at_desk.page.get_by_text("Every rule was checked.").wait_for()
    at_desk.publishes()
    assert {row["source_id"] for row in rows(at_desk.folder, "claims")} >= {"one-2020", "other-2020"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", "<html><body><p>We value your privacy. Accept all cookies to go on, or see the cookie settings.</p></body></html>", "only asks for consent"),
        ("a.pdf", "no PDF at all", "The file"),
        ("a.txt", "   \n", "text is empty"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_words(at_desk, name, content, said):
    at_desk.opens("/?reader=Ana")
    at_desk.page.get_by_text("Bring in a report").click()
    at_desk.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/html", "buffer": content.encode()}
    )
    at_desk.settle()
    button = at_desk.page.get_by_role("button", name="Add this report")
    at_desk.page.get_by_text("Nothing was written.").or_(button).first.wait_for()
    if button.count():
        button.click()
    at_desk.page.get_by_text("Nothing was written.").wait_for()
    assert said in at_desk.page.get_by_test_id("stMain").inner_text()
    assert at_desk.page.get_by_test_id("stException").count() == 0
    assert rows(at_desk.folder, "sources") == list(
        csv.DictReader((ROOT / "datasets" / "sources.csv").open(encoding="utf-8"))
    )


@pytest.mark.skipif(not REPORTS, reason="the archived texts are not available: set REPORTS_DIR")
def test_a_report_brought_in_again_at_the_desk_gives_the_same_rows(folder, chromium):
    words = (Path(REPORTS) / f"{GOLD}.txt").read_text(encoding="utf-8")
    (folder / "reports" / f"{GOLD}.txt").write_text(words, encoding="utf-8")
    before = {name: rows(folder, name) for name in ("claims", "claim_caveats", "dismissed")}
    for name in (*before, "evidence"):
        header = (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        (folder / "tables" / f"{name}.csv").write_text(header + "\n", encoding="utf-8")
    with desk(folder) as address:
        window = Window(chromium, address)
        hands = Hands(window.page)
        hands.opens(f"/reading?reader=Ana&report={GOLD}")
        hands.reads_all()
        hands.is_done()
        hands.publishes()
        window.close()
    of = {
        name: [row for row in table if row.get("source_id", row.get("claim_id", "")).startswith(GOLD)]
        for name, table in before.items()
    }
    own = ("note", "summary", "by_fire", "wording")
    plain = [
        [{key: cell for key, cell in row.items() if key not in own} for row in table]
        for table in (of["claims"], rows(folder, "claims"))
    ]
    assert plain[1] == plain[0]
    assert [(row["paragraph"], row["reason"]) for row in rows(folder, "dismissed")] == [
        (row["paragraph"], row["reason"]) for row in of["dismissed"]
    ]


def test_the_text_is_escaped_and_each_number_has_its_state():
    paragraph = "Three <b>people</b> & 4 others were killed in 2019."
    found = candidates([paragraph], {})
    states = dict(zip((number.number_id for number in found), (CLAIMED, NOT_USED, OPEN), strict=True))
    shown = text.marked([paragraph], found, states, found[1].number_id, {"report": "a&b", "reader": "<x>"})
    assert re.findall(r'<a class="([^"]*)" target="_self" title="([^"]*)" href="([^"]*)">(.*?)</a>', shown) == [
        ("claim", "claim", "?report=a%26b&amp;reader=%3Cx%3E&amp;at=p1-0", "Three<sup>✓</sup>"),
        ("not-used current", "not used", "?report=a%26b&amp;reader=%3Cx%3E&amp;at=p1-22", "4<sup>✕</sup>"),
        ("open", "open", "?report=a%26b&amp;reader=%3Cx%3E&amp;at=p1-46", "2019"),
    ]
    assert "<b>" not in shown


def test_a_name_that_is_not_in_the_lists_is_added_while_reading_and_a_like_one_must_be_meant(at_desk):
    add_report(at_desk.folder, "made-up-2020", SHORT)
    at_desk.opens("/reading?reader=Ana&report=made-up-2020")
    at_desk.page.get_by_text("A name that is not in the lists").click()
    at_desk.fill("Name", "The Syrian Observatory for Human Rights")
    at_desk.click("Add this name")
    at_desk.page.get_by_text("is like “Syrian Observatory for Human Rights”").wait_for()
    at_desk.fill("Name", "Sarrek Ambulance Service")
    at_desk.click("Add this name")
    for _ in range(50):
        if any(row["name"] == "Sarrek Ambulance Service" for row in rows(at_desk.folder, "organisations")):
            break
        at_desk.page.wait_for_timeout(100)
    at_desk.opens("/reading?reader=Ana&report=made-up-2020")
    at_desk.page.get_by_role("combobox", name="Attributed to").click()
    at_desk.page.keyboard.type("Sarrek")
    at_desk.page.get_by_role("option", name="Sarrek Ambulance Service").wait_for()
