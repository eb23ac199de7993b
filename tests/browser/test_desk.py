"""The desk, as a documentalist uses it: in a real browser, by keyboard, on a copy of the tables. Longer reports in `tests/slow/`."""

import csv
import re

from playwright.sync_api import FilePayload

from tests.support import ROOT
from tests.support.browser import runs_by, until
from tests.support.desk import SHORT, add_report, desk, drafted, rows
from validation import load

DESK = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "curation" / "desk").glob("*.py"))


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
    count = at_desk.decided()
    at_desk.is_done()
    at_desk.publishes()
    assert at_desk.actions < 2 * count + 10, "under two actions a number, and those of bringing it in"
    of = {
        table: [
            row
            for row in rows(at_desk.folder, table)
            if "theexamplecourier-2020-05-04" in (row.get("source_id"), row.get("row_id"))
        ]
        for table in ("claims", "curation", "changes")
    }
    assert [row["wording"] for row in of["claims"]] == [
        "At least seven people", "two children", "some 20 wounded", "More than 300 families",
    ]  # fmt: skip
    assert [row["what"] for row in of["changes"]] == ["Report added: The Example Courier 2020, 4 claims"]
    assert (len(of["curation"]), {row["reader"] for row in of["curation"]}) == (count, {"Ana"})
    dataset = load(at_desk.folder / "tables", at_desk.folder / "reports")
    account = dataset.accounts().set_index("source_id").loc["theexamplecourier-2020-05-04"]
    assert (dataset.good, account["open"], account["claims"] + account["dismissed"]) == (True, 0, count)


def test_what_is_typed_is_there_for_another_server_in_another_browser(at_desk):
    """So it outlives a server that is killed: nothing of the first one is asked, nor is it told to write anything."""
    words = "People killed when shells hit a market."
    add_report(at_desk.folder, "made-up-2020", SHORT)
    at_desk.opens("/reading?reader=Ana&report=made-up-2020")
    at_desk.page.get_by_label("Summary", exact=True).fill(words)  # no key that leaves the field: a pause is enough
    until(at_desk.page, lambda: drafted(at_desk.folder, words))
    at_desk.window.leaves()
    with desk(at_desk.folder) as at_desk.window.address:
        at_desk.opens("/reading?reader=Ana&report=made-up-2020")
        assert at_desk.page.get_by_label("Summary", exact=True).input_value() == words


def test_while_reading_keys_go_to_and_fro_no_claim_is_kept_that_the_text_says_otherwise_and_names_are_added(at_desk):
    """A name like one of the lists must be meant."""
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

    at_desk.presses_at_once("Best", "30", "Claim")
    at_desk.page.get_by_text("say exactly 3, the claim says").wait_for()
    assert at_desk.decided() == 0, "the claim as it stood when the button was drawn is not kept"
    for label in ("Low", "High"):
        at_desk.fill(label, "30")
    at_desk.page.get_by_text("say exactly 3, the claim says exactly 30").wait_for()
    assert at_desk.page.get_by_role("button", name="Claim").first.is_disabled()
    at_desk.fill("Best", "many")
    at_desk.page.get_by_text("Not a whole number: Best.").wait_for()

    at_desk.page.get_by_text("A name that is not in the lists").click()
    at_desk.fill("Name", "The Syrian Observatory for Human Rights")
    field = at_desk.page.get_by_label("Name", exact=True).element_handle()
    at_desk.click("Add this name")
    refused = at_desk.page.get_by_text("is like “Syrian Observatory for Human Rights”")
    refused.wait_for()
    at_desk.fill("Name", "Sarrek Ambulance Service")
    assert field.evaluate("(one) => one.isConnected"), "a field that is made anew loses what is being typed"
    refused.wait_for(state="hidden")  # the page moves up by it: what is pressed meanwhile is pressed beside the button
    at_desk.settle()
    at_desk.click("Add this name")
    until(
        at_desk.page,
        lambda: "Sarrek Ambulance Service" in [row["name"] for row in rows(at_desk.folder, "organisations")],
    )
    at_desk.settle()  # the file is there before the desk has read it again
    at_desk.page.get_by_role("combobox", name="Attributed to").click()
    at_desk.page.keyboard.type("Sarrek")
    at_desk.page.get_by_role("option", name="Sarrek Ambulance Service").wait_for()


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


NO_REPORTS = [
    ("a.html", "<html><body><p>We value your privacy. Accept all cookies to go on, or see the cookie settings.</p></body></html>", "only asks for consent"),
    ("a.pdf", "no PDF at all", "The file"),
    ("a.txt", "   \n", "text is empty"),
]  # fmt: skip


def test_what_is_no_report_is_refused_in_words(at_desk):
    page = at_desk.page
    at_desk.opens("/?reader=Ana")
    page.get_by_text("Bring in a report").click()
    for name, content, said in NO_REPORTS:
        file: FilePayload = {"name": name, "mimeType": "text/html", "buffer": content.encode()}
        runs_by(page, lambda file=file: page.locator("input[type=file]").set_input_files(file))
        button = page.get_by_role("button", name="Add this report")
        if button.count():
            runs_by(page, button.click)
        page.get_by_text("Nothing was written.").wait_for()
        assert said in page.get_by_test_id("stMain").inner_text()
        assert page.get_by_test_id("stException").count() == 0
    assert rows(at_desk.folder, "sources") == list(
        csv.DictReader((ROOT / "datasets" / "sources.csv").open(encoding="utf-8"))
    )
