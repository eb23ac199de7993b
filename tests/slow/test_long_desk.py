"""The desk with whole reports: forty numbers from paste to public, a report of the archive brought in again, and two desks at once."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.browser import Window, until
from tests.support.desk import SHORT, Hands, add_report, desk, drafted, renew, rows
from validation import load

REPORTS = os.environ.get("REPORTS_DIR", "")
GOLD = "newarab-2015-04-27"
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


@pytest.mark.skipif(not REPORTS, reason="the archived texts are not available: set REPORTS_DIR")
def test_a_report_brought_in_again_at_the_desk_gives_the_same_rows(at_desk):
    folder = at_desk.folder
    words = (Path(REPORTS) / f"{GOLD}.txt").read_text(encoding="utf-8")
    (folder / "reports" / f"{GOLD}.txt").write_text(words, encoding="utf-8")
    before = {name: rows(folder, name) for name in ("claims", "claim_caveats", "dismissed")}
    for name in (*before, "evidence"):
        header = (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        (folder / "tables" / f"{name}.csv").write_text(header + "\n", encoding="utf-8")
    at_desk.opens(f"/reading?reader=Ana&report={GOLD}")
    at_desk.reads_all()
    at_desk.is_done()
    at_desk.publishes()
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


def test_of_two_desks_the_second_is_told_that_the_tables_moved_on_and_loses_nothing(at_desk, chromium):
    for name in ("one", "other"):
        add_report(at_desk.folder, f"{name}-2020", SHORT.replace("Shells", name.capitalize()))
    at_desk.opens("/reading?reader=Ana&report=one-2020")
    at_desk.reads_all()
    at_desk.is_done()
    beside = Window(chromium, at_desk.page.url.split("/public")[0])
    other = Hands(beside, at_desk.folder)
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


def test_what_is_typed_survives_a_killed_server_and_a_closed_browser(tmp_path, chromium):
    folder, words = renew(tmp_path), "People killed when shells hit a market."
    add_report(folder, "made-up-2020", SHORT)
    for typed in ("", words):
        with desk(folder) as address, closing(Window(chromium, address)) as window:
            Hands(window, folder).opens("/reading?reader=Ana&report=made-up-2020")
            summary = window.page.get_by_label("Summary", exact=True)
            summary.wait_for()
            if typed:
                assert summary.input_value() == typed
            else:  # no key that leaves the field: a pause is enough
                summary.fill(words)
                until(window.page, lambda: drafted(folder, words))
