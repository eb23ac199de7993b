"""What only a browser shows: the journey of a reader, links shared between browsers, hover, phone, no other host."""

import csv
import html
import io
import json
import re
import struct
from functools import partial
from urllib.parse import parse_qs

import pandas as pd
import rispy

from tests.support.browser import choose, drawn, filter_named, hovered, into_view, runs_by, select_row, settled, taken
from tests.support.looking import faults_on_paper

EVENTS = ".st-key-chart-casualties-people .scatterlayer .point"
"""The claims of the page of casualties, event by event."""


def opens_and_chooses_nothing(page, label, after):
    """Open a filter after another one: a box that shrinks moves the next list under the pointer, and letting go chose "Select all"."""
    first, next_one = filter_named(page, after), filter_named(page, label)
    for hold in (0, 100):
        next_one.get_by_role("combobox").click(delay=hold)
        settled(page)
        assert (next_one.count(), next_one.locator("[data-tag]").count()) == (1, 0)
        page.keyboard.press("Escape")
        first.get_by_role("combobox").focus()
        settled(page)


def closes_the_card(page):
    """See that the card of a claim is open and named in the address, and close it."""
    card = page.get_by_role("dialog")
    card.get_by_text("Limitations", exact=True).wait_for()
    assert re.search(r"claim=trtworld-2019-07-\d\d", page.url)
    card.get_by_role("button", name="Close").click()
    card.wait_for(state="hidden")
    settled(page)
    assert "claim=" not in page.url


def gives_a_citation_and_a_sentence(page):
    """See that the card of a claim has a sentence to copy, and a citation for Zotero."""
    card = page.get_by_role("dialog")
    said = "“seven children” killed in Southern Idlib area in attacks by the government and its allies (until July 2019, start not given)"
    card.get_by_role("tabpanel", name="With limitations").get_by_text(said).wait_for()
    card.get_by_role("button", name="Cite the report").click()
    _, data = taken(page, page.get_by_role("button", name="RIS", exact=True).locator("visible=true").first)
    [report] = rispy.loads(data.decode())
    assert (report["secondary_title"], report["date"]) == ("TRT World", "2019/07//")
    assert "TRT World said in July 2019. Limitations: The report names no other source" in report["notes"][0]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="RIS", exact=True).first.wait_for(state="hidden")


def stands_on_paper_as_text(page, table):
    """See that a table is text on paper, where the page says its address and the day."""
    page.emulate_media(media="print")
    assert not table.is_visible()
    assert page.locator("table.on-paper").locator("visible=true").first.locator("tr").count() > 1
    printed = page.locator("p.on-paper").text_content()
    assert re.fullmatch(
        rf"{re.escape(page.url.replace('+', '%20'))}&version=(v[0-9a-f]{{12}}) · \d+ \w+ 20\d\d · Data version \1",
        printed,
    ), printed
    page.emulate_media(media="null")
    settled(page)


def test_the_journey_of_a_reader_who_prints_a_page_on_the_way(visitor):
    page = visitor("/casualties")
    choose(page, "Source", "TRT World 2019")
    page.get_by_text("Showing 11 of 23 claims").wait_for()
    opens_and_chooses_nothing(page, "Year", after="Source")
    choose(page, "Year", "2019")
    assert "source=TRT+World+2019" in page.url
    assert "year=2019" in page.url
    assert faults_on_paper(page, "Chosen here: Source TRT World 2019; Year 2019.") == {}
    assert page.get_by_role("link", name="Open in the dashboard").count() == 0

    mark = page.locator(EVENTS).first
    provenance = hovered(page, mark)
    assert "Said by: " in provenance
    assert "Printed by: TRT World, July 2019, paragraph" in provenance

    mark.click(force=True)
    gives_a_citation_and_a_sentence(page)
    closes_the_card(page)
    mark.click(force=True)  # the same mark can be opened twice
    closes_the_card(page)
    chart = page.locator(".st-key-chart-casualties-people")
    chart.get_by_role("tab", name="Table").click()
    table = chart.get_by_test_id("stDataFrame").first
    table.wait_for()
    stands_on_paper_as_text(page, table)
    select_row(page, into_view(page, table), 0)
    closes_the_card(page)

    meaning = page.get_by_text("One person can move several times.")
    assert meaning.count() == 0, "it is not sent before it is asked for"
    page.get_by_role("button", name="What the words mean").click()
    meaning.wait_for()
    page.keyboard.press("Escape")

    page.get_by_role("link", name="Data").click()
    page.get_by_role("heading", name="The numbers as a table").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    with open(download.value.path(), encoding="utf-8", newline="") as file:  # noqa: PTH123
        rows = list(csv.DictReader(io.StringIO(file.read(), newline="")))
    assert re.fullmatch(
        r"syria-claims-trt-world-2019-2019-11-rows-v[0-9a-f]{12}\.csv", download.value.suggested_filename
    )
    assert [row["wording"] for row in rows if row["best"] == "900"] == ["900 people"]
    assert {row["publisher"] for row in rows} == {"TRT World"}

    shared = page.url
    page = visitor(f"/{shared.partition('://')[2].partition('/')[2]}")
    page.get_by_text("Showing 11 of 23 claims").wait_for()
    assert page.url == shared


def test_the_data_page_adds_up_or_refuses_and_gives_the_chosen_rows_in_every_format_their_citations_and_an_address(
    visitor,
):
    page = visitor("/data?source=The+Hill+News+2018&indicator=Killed")
    table = page.get_by_test_id("stDataFrame").first
    table.wait_for()
    settled(page)
    for row in (1, 2, 3):
        select_row(page, table, row)
    page.get_by_text("Our sum: about 146 people killed").wait_for()
    select_row(page, table, 0)
    page.get_by_text("These numbers are not added up.").wait_for()

    choose(page, "Year", "2017")
    page.get_by_text("Showing 1 of 23 claims").wait_for()
    names, rows = {}, {}
    for label, read in {
        "CSV": pd.read_csv,
        "Excel": partial(pd.read_excel, sheet_name="data"),
        "Parquet": pd.read_parquet,
    }.items():
        names[label], data = taken(page, page.get_by_role("button", name=label, exact=True))
        rows[label] = read(io.BytesIO(data))["claim_id"].tolist()
    names["JSON"], data = taken(page, page.get_by_role("button", name="JSON", exact=True))
    rows["JSON"] = [row["claim_id"] for row in json.loads(data)["records"]]
    assert rows == {label: ["thehillnews-2018-01-07-06"] for label in rows}
    assert [re.sub("v[0-9a-f]{12}", "version", name) for name in names.values()] == [
        f"syria-claims-the-hill-news-2018-2017-killed-1-row-version.{ending}"
        for ending in ("csv", "xlsx", "parquet", "json")
    ]

    name, data = taken(page, page.get_by_role("button", name="RIS", exact=True))
    report, own = rispy.loads(data.decode())
    assert (report["id"], own["type_of_reference"], own["edition"]) == (
        "thehillnews-2018-01-07", "DATA", name.removesuffix(".ris").rsplit("-", 1)[1],
    )  # fmt: skip
    assert "/?claim=thehillnews-2018-01-07-06" in report["notes"][0]

    page.get_by_text("Read it from another program").click()
    page.get_by_text("change the ending").wait_for()
    code = [block.inner_text().strip() for block in page.get_by_test_id("stCode").all()]
    address = next(text for text in code if "/api/v1/" in text and "read_csv" not in text)
    assert address.endswith("/api/v1/claims.csv?source=thehillnews-2018-01-07&year=2017&indicator=killed")
    found = {}
    exec(next(text for text in code if "read_csv" in text), found)  # noqa: S102  (the line that readers are told to run)
    assert found["claims"]["claim_id"].tolist() == rows["CSV"]
    assert found["claims"]["best"].tolist() == [90]
    assert found["claims"]["event_id"].tolist() == ["khan-shaykhun-2017-04"]


CLIPPED = """() => [...document.querySelectorAll('.legend')].flatMap((legend) => {
    const box = legend.querySelector('.scrollbox'), on = box.getScreenCTM();
    const clip = document.querySelector(box.getAttribute('clip-path').match(/#[^"')]+/)[0] + ' rect');
    const room = on.e + on.a * clip.width.baseVal.value;
    const ends = (line) => {  // where its words end, without the room after them
        const letters = line.textContent.trimEnd().length, text = line.closest('text');
        return letters ? line.getEndPositionOfChar(letters - 1).matrixTransform(text.getScreenCTM()).x : 0;
    };
    return [...legend.querySelectorAll('text')].flatMap((text) => {
        const lines = text.querySelectorAll('tspan.line');
        return [...(lines.length ? lines : [text])].filter((line) => ends(line) > room).map((line) => line.textContent.trim());
    });
})"""


def test_a_picture_holds_title_sources_and_data_version_and_cuts_no_words_though_set_in_a_wider_font(visitor):
    """The list beneath a chart of published counts, which a phone has, is the one that Plotly cuts."""
    page = visitor("/events", viewport={"width": 390, "height": 844})
    assert drawn(page) > 0
    camera = page.get_by_test_id("stPlotlyChart").first.locator(".modebar-btn").first
    name, data = taken(page, into_view(page, camera))
    version = re.fullmatch(r"syria-[a-z0-9-]+-(v[0-9a-f]{12})\.png", name)[1]
    assert (data[:8], struct.unpack(">I", data[16:20])) == (b"\x89PNG\r\n\x1a\n", (3240,))

    runs_by(page, page.get_by_role("radio", name="SVG").click)
    name, data = taken(page, into_view(page, camera))
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", data.decode())).split())
    assert name.endswith(".svg")
    for part in ("Civilians killed, north-west 2019 (OHCHR)", "Sources: ", version):
        assert part in words, part

    page.set_content(data.decode())
    assert page.locator(".legend text").count() > 2
    assert page.evaluate(CLIPPED) == []
    page.evaluate("() => document.querySelectorAll('.legend text').forEach((one) => { one.style.fontSize = '20px'; })")
    assert page.evaluate(CLIPPED) != [], "the measure sees words that are cut"


def test_an_old_link_to_an_event_leads_to_it_with_its_filters(visitor):
    page = visitor(
        "/comparison?event=Khan+Shaykhun+chemical+attack%2C+April+2017&source=The+Hill+News+2018&year=2017&year=2018"
    )
    page.get_by_role("heading", name="Events", level=1).wait_for()
    page.get_by_text("Showing 9 of 23 claims").wait_for()
    page.get_by_text(
        "1 claim, said by 1 organisation, printed in 1 report. 9 published counts by 5 organisations."
    ).wait_for()
    settled(page)
    path, _, query = page.url.partition("?")
    assert path.endswith("/events")
    assert parse_qs(query) == {
        "event": ["Khan Shaykhun chemical attack, April 2017"], "source": ["The Hill News 2018"], "year": ["2017", "2018"],
    }  # fmt: skip
    assert page.get_by_text("This link has a filter we do not know").count() == 0


def test_a_row_of_an_event_opens_a_card_or_a_publication_and_one_of_the_list_puts_the_event_in_the_address(visitor):
    page = visitor("/events?event=Khan+Shaykhun+chemical+attack%2C+April+2017")
    table = page.get_by_test_id("stDataFrame").locator("visible=true").last
    table.get_by_text("“more than 90 people”").first.wait_for(state="attached")
    into_view(page, table)
    select_row(page, table, 0)
    page.get_by_role("link", name="Open the publication").wait_for()
    page.get_by_role("link", name="All its values").wait_for()
    into_view(page, table)
    select_row(page, table, 9)
    card = page.get_by_role("dialog")
    card.get_by_text("“more than 90 people”").first.wait_for()
    card.get_by_role("button", name="Close").click()
    card.wait_for(state="hidden")
    events = page.get_by_test_id("stDataFrame").locator("visible=true").first
    select_row(page, into_view(page, events), 1)
    page.get_by_text("6 claims, said by 3 organisations").wait_for()
    page.wait_for_url("**event=Idlib+offensive*")
