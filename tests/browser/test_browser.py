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
import pytest
import rispy

from tests.support.browser import PATHS, choose, filter_named, hovered, into_view, select_row, settled, taken, with_slow

EVENTS = ".st-key-chart-casualties-people .scatterlayer .point"
"""The claims of the page of casualties, event by event."""


def test_the_journey_of_a_reader(visitor):
    page = visitor("/casualties")
    choose(page, "Source", "TRT World 2019")
    page.get_by_text("Showing 11 of 23 claims").wait_for()
    choose(page, "Year", "2019")
    settled(page)
    assert "source=TRT+World+2019" in page.url
    assert "year=2019" in page.url

    mark = page.locator(EVENTS).first
    provenance = hovered(page, mark)
    assert "Said by: " in provenance
    assert "Printed by: TRT World, July 2019, paragraph" in provenance

    mark.click(force=True)
    card = page.get_by_role("dialog")
    card.get_by_text("Limitations", exact=True).wait_for()
    assert re.search(r"claim=trtworld-2019-07-\d\d", page.url)
    card.get_by_role("button", name="Close").click()
    card.wait_for(state="hidden")
    settled(page)
    assert "claim=" not in page.url

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
    other = visitor(shared)
    other.get_by_text("Showing 11 of 23 claims").wait_for()
    assert other.url == shared


def test_opening_the_next_filter_chooses_nothing_in_it(visitor):
    """A box that shrinks without the focus moves the next list under the pointer: letting go chose "Select all"."""
    page = visitor("/casualties")
    choose(page, "Source", "TRT World 2019")
    first, next_one = filter_named(page, "Source"), filter_named(page, "Year")
    for hold in (0, 100):
        next_one.get_by_role("combobox").click(delay=hold)
        settled(page)
        assert (next_one.count(), next_one.locator("[data-tag]").count()) == (1, 0)
        page.keyboard.press("Escape")
        first.get_by_role("combobox").focus()
        settled(page)


def test_the_data_page_gives_the_chosen_rows_in_every_format_and_at_an_address(visitor):
    page = visitor("/data?source=The+Hill+News+2018&year=2017")
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
        f"syria-claims-the-hill-news-2018-2017-1-row-version.{ending}" for ending in ("csv", "xlsx", "parquet", "json")
    ]

    page.get_by_text("Read it from another program").click()
    page.get_by_text("change the ending").wait_for()
    code = [block.inner_text().strip() for block in page.get_by_test_id("stCode").all()]
    address = next(text for text in code if "/api/v1/" in text and "read_csv" not in text)
    assert address.endswith("/api/v1/claims.csv?source=thehillnews-2018-01-07&year=2017")
    found = {}
    exec(next(text for text in code if "read_csv" in text), found)  # noqa: S102  (the line that readers are told to run)
    assert found["claims"]["claim_id"].tolist() == rows["CSV"]
    assert found["claims"]["best"].tolist() == [90]
    assert found["claims"]["event_id"].tolist() == ["khan-shaykhun-2017-04"]


def test_an_unknown_name_in_a_link_is_said_once_and_leaves_the_address_with_the_known_ones_kept(visitor):
    page = visitor("/data?Source=TRT+World+2019&year=2017&source=The+Hill+News+2018")
    page.get_by_text("it was ignored: Source").wait_for()
    page.get_by_text("Showing 1 of 23 claims").wait_for()
    settled(page)
    assert page.url.partition("?")[2] == "year=2017&source=The+Hill+News+2018"


def test_citations_of_the_selection_name_the_report_the_claim_and_the_data_set(visitor):
    page = visitor("/data?source=The+Hill+News+2018&year=2017")
    page.get_by_text("Showing 1 of 23 claims").wait_for()
    name, data = taken(page, page.get_by_role("button", name="RIS", exact=True))
    report, own = rispy.loads(data.decode())
    assert (report["id"], own["type_of_reference"], own["edition"]) == (
        "thehillnews-2018-01-07", "DATA", name.removesuffix(".ris").rsplit("-", 1)[1],
    )  # fmt: skip
    assert "/?claim=thehillnews-2018-01-07-06" in report["notes"][0]


def test_the_card_gives_a_citation_for_zotero_and_a_sentence_to_copy(visitor):
    page = visitor("/?claim=trtworld-2019-07-11")
    card = page.get_by_role("dialog")
    said = "“more than 500,000 people dead”: people killed in Syria (March 2011 to July 2019)"
    card.get_by_role("tabpanel", name="With limitations").get_by_text(said).wait_for()
    card.get_by_role("button", name="Cite the report").click()
    _, data = taken(page, page.get_by_role("button", name="RIS", exact=True).locator("visible=true").first)
    [report] = rispy.loads(data.decode())
    assert (report["secondary_title"], report["date"]) == ("TRT World", "2019/07//")
    assert "TRT World said in July 2019. Limitations: The report names no other source" in report["notes"][0]


def test_a_picture_of_a_figure_holds_its_title_its_sources_and_the_data_version(visitor):
    page = visitor("/casualties")
    page.locator(EVENTS).first.wait_for()
    camera = page.locator(".st-key-chart-casualties-people .modebar-btn").first
    name, data = taken(page, camera)
    version = re.fullmatch(r"syria-casualties-people-(v[0-9a-f]{12})\.png", name)[1]
    assert (data[:8], struct.unpack(">I", data[16:20])) == (b"\x89PNG\r\n\x1a\n", (3240,))

    page.get_by_role("radio", name="SVG").click()
    page.wait_for_timeout(1500)  # the camera is another one when the chart was drawn anew
    into_view(page, camera)
    name, data = taken(page, camera)
    words = html.unescape(re.sub(r"<[^>]+>", " ", data.decode()))
    assert name.endswith(".svg")
    for part in (
        "People reported killed or injured, by event",
        "Sources: Breitbart News (2019)",
        version,
        "900 people",
    ):
        assert part in " ".join(words.split()), part


def test_what_the_words_mean_opens_with_one_click_and_is_not_sent_before(visitor):
    page = visitor("/casualties")
    settled(page)
    meaning = page.get_by_text("One person can move several times.")
    assert meaning.count() == 0
    page.get_by_role("button", name="What the words mean").click()
    meaning.wait_for()


def test_the_same_mark_can_be_opened_twice(visitor):
    page = visitor("/casualties")
    for _ in range(2):
        mark = page.locator(EVENTS).nth(3)
        into_view(page, mark)
        mark.click(force=True)
        card = page.get_by_role("dialog")
        card.get_by_text("Limitations", exact=True).wait_for()
        card.get_by_role("button", name="Close").click()
        card.wait_for(state="hidden")
        settled(page)


def test_a_permalink_answers_who_said_900_when_where_and_what_is_doubtful(visitor):
    page = visitor("/?claim=trtworld-2019-07-05")
    card = page.get_by_role("dialog")
    for words in (
        "Response Coordinators Group",
        "February 2019 to July 2019",
        "TRT World, July 2019, paragraph 23",
        "Only deaths blamed on one side",
    ):
        card.get_by_text(words).first.wait_for()
    link = card.get_by_role("link", name="Open the report at the passage")
    assert link.get_attribute("href").endswith("#:~:text=900%20people")


def test_a_table_row_opens_the_card_too(visitor):
    page = visitor("/casualties")
    chart = page.locator(".st-key-chart-casualties-people")
    into_view(page, chart)
    chart.get_by_role("tab", name="Table").click()
    table = chart.get_by_test_id("stDataFrame").first
    table.wait_for()
    into_view(page, table)
    settled(page)
    select_row(page, table, 0)
    page.get_by_role("dialog").get_by_role("heading", name="seven children").wait_for()


def test_rows_selected_on_the_data_page_show_their_sum_or_the_refusal(visitor):
    page = visitor("/data?source=The+Hill+News+2018&indicator=Killed")
    table = page.get_by_test_id("stDataFrame").first
    table.wait_for()
    settled(page)
    for row in (1, 2, 3):
        select_row(page, table, row)
    page.get_by_text("Our sum: about 146 people killed").wait_for()
    select_row(page, table, 0)
    page.get_by_text("These numbers are not added up.").wait_for()


def test_a_mark_of_the_map_chooses_its_place_and_lets_go_of_it(visitor):
    page = visitor("/places")
    for chosen in ("Showing 13 of 23 claims", "Showing all 23 claims"):
        mark = page.locator(".js-plotly-plot").first.locator(".scatterlayer .point").first
        mark.wait_for()
        settled(page)
        mark.click(force=True)
        page.get_by_text(chosen).wait_for()
    assert "place=" not in page.url
    arabic = page.get_by_text("شمال غرب سوريا").first
    assert (arabic.get_attribute("lang"), arabic.get_attribute("dir")) == ("ar", "rtl")


def test_one_tap_on_the_list_chooses_a_place_on_a_phone(visitor):
    page = visitor("/places", viewport={"width": 390, "height": 844}, has_touch=True)
    settled(page)
    page.get_by_role("button", name="Saraqib (sub-district): 1").tap()
    page.get_by_role("heading", name="1 claim about Saraqib (sub-district)").wait_for()


def test_one_tap_on_a_mark_opens_its_claim_on_a_phone(visitor):
    page = visitor("/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.locator(".js-plotly-plot .point").first.wait_for()
    settled(page)
    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    marks = page.locator(".js-plotly-plot").first.locator(".scatterlayer .trace:last-child .point")
    marks.first.tap(force=True)
    page.get_by_role("dialog").wait_for()
    assert "claim=" in page.url


@pytest.mark.parametrize("path", with_slow(PATHS, ["/", "/events", "/data"]))
def test_no_page_scrolls_sideways_or_asks_another_host(visitor, path):
    page = visitor(path, color_scheme="dark")
    if path in ("/", "/casualties", "/displacement", "/events"):
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
    wide = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        wide[width] = page.evaluate(
            "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        )
    assert wide == {1280: 0, 390: 0}


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


def test_the_default_event_of_an_old_link_is_shown_with_its_filter(visitor):
    page = visitor("/comparison?event=North-west+offensive%2C+2019&year=2019")
    page.get_by_role("heading", name="Events", level=1).wait_for()
    page.get_by_text("Showing 12 of 23 claims").wait_for()
    page.get_by_text("8 claims, said by 4 organisations").wait_for()


def test_a_row_of_an_event_opens_the_card_of_a_claim_or_the_publication_of_a_count(visitor):
    page = visitor("/events?event=Khan+Shaykhun+chemical+attack%2C+April+2017")
    table = page.get_by_test_id("stDataFrame").locator("visible=true").last
    table.get_by_text("“more than 90 people”").first.wait_for(state="attached")
    into_view(page, table)
    select_row(page, table, 0)
    page.get_by_role("link", name="Open the publication").wait_for()
    page.get_by_role("link", name="All its values").wait_for()
    into_view(page, table)
    select_row(page, table, 9)
    page.get_by_role("dialog").get_by_text("“more than 90 people”").first.wait_for()


def test_choosing_an_event_in_the_list_puts_it_in_the_address(visitor):
    page = visitor("/events")
    listed_events = page.get_by_test_id("stDataFrame").locator("visible=true").first
    listed_events.wait_for()
    into_view(page, listed_events)
    select_row(page, listed_events, 1)
    page.get_by_text("6 claims, said by 3 organisations").wait_for()
    page.wait_for_url("**event=Idlib+offensive*")
