"""What only a browser shows of links and files: typing in a filter, a click right after a choice, a link that is given away."""

import io
import json
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from tests.support.browser import choose, filter_named, into_view, listed, runs_by, settled, shown, taken
from validation import load

VERSION = load().version


def closes_its_list(page):
    """Close a list that is open over the page."""
    settled(page)
    if page.get_by_role("option").count():  # where no list is open, the key empties the filter
        page.keyboard.press("Escape")
        page.get_by_role("option").first.wait_for(state="hidden")


def starts_anew(page):
    """Close what is open over the page, and take all filters away again."""
    closes_its_list(page)
    runs_by(page, page.get_by_role("button", name="Clear all filters").click)


TYPED = {("Source", "2019"): "source=TRT+World+2019", ("Year", "1"): "year=2015", ("Place", "Syria"): "place=Syria"}


def test_enter_chooses_the_first_entry_that_fits_what_was_typed_and_no_other(visitor):
    page = visitor("/sources")
    chosen = {}
    for label, typed in TYPED:
        if chosen:
            starts_anew(page)
        settled(page)
        if label == "Place":
            page.get_by_role("button", name="More filters").click()
        filter_named(page, label).get_by_role("combobox", name=label).click()
        page.keyboard.type(typed)
        page.get_by_role("option").first.wait_for()
        assert page.get_by_role("option", name="Select").count() == 0
        page.keyboard.press("Enter")
        page.wait_for_url("**?*")
        chosen[label, typed] = urlsplit(page.url).query
    assert chosen == TYPED


CLICK = """([key, wait]) => setTimeout(() => document.querySelector(`[class*="st-key-${key}"] button`).click(), wait)"""
"""Click on a button after a while: what a quick reader does, and Playwright, which waits for a page to stand, does not."""


def given_after_a_choice(page, key):
    """Choose a year and ask for a file right after it, several times; give the name and the years of its rows."""
    page.locator(f".st-key-{key} button").wait_for()
    given = []
    for wait in (0, 30, 100, 300):
        if given:
            starts_anew(page)
        option = listed(page, filter_named(page, "Year").get_by_role("combobox"), "2018")
        with page.expect_download() as download:
            option.click(no_wait_after=True)
            page.evaluate(CLICK, [key, wait])
        rows = pd.read_csv(download.value.path())
        given.append((download.value.suggested_filename, rows["period_end"].str[:4].tolist()))
    closes_its_list(page)
    return given


def test_files_of_the_data_page_hold_the_rows_of_a_choice_made_right_before_and_say_their_filter(visitor):
    page = visitor("/data")
    shown(page)
    given = given_after_a_choice(page, "download-claims-csv")
    assert given == [(f"syria-claims-2018-8-rows-{VERSION}.csv", ["2018"] * 8)] * 4
    page.get_by_text("Showing 8 of 23 claims").wait_for()
    name, data = taken(page, page.locator(".st-key-cite-selection-json button"))
    assert name == f"syria-citations-selection-2018-{VERSION}.json"
    assert [cited["note"].splitlines()[-1] for cited in json.loads(data)] == ["Filter: Year 2018."] * 2

    starts_anew(page)
    page.get_by_role("button", name="More filters").click()
    choose(page, "What is counted", "Killed")
    page.get_by_text("Showing 13 of 23 claims").wait_for()
    name, data = taken(page, page.get_by_role("button", name="Excel", exact=True))
    rows = pd.read_excel(io.BytesIO(data), sheet_name="data")
    assert (rows["indicator"].unique().tolist(), len(rows), "killed-13-rows" in name) == (["killed"], 13, True)


def test_rows_of_a_chart_are_those_of_a_choice_made_right_before_and_say_their_filter_and_published_counts_do_not(
    visitor,
):
    page = visitor("/casualties")
    shown(page)
    page.locator(".st-key-chart-casualties-people").get_by_role("tab", name="Table").click()
    given = given_after_a_choice(page, "rows-casualties-people")
    assert given == [(f"syria-chart-casualties-people-2018-{VERSION}.csv", ["2018"] * 3)] * 4
    page.locator(".st-key-chart-deaths-by-year").get_by_role("tab", name="Table").click()
    name, data = taken(page, page.locator(".st-key-rows-deaths-by-year button"))
    assert (name, len(pd.read_csv(io.BytesIO(data)))) == (f"syria-chart-deaths-by-year-{VERSION}.csv", 26)


def test_a_link_that_is_given_away_says_the_version_and_leaves_the_address_of_who_follows_it_and_a_mark_of_the_map_the_place(
    visitor,
):
    page = visitor("/places?year=2018&version=v000000000000&chart=places")
    page.get_by_text("Whoever made this link saw data version v000000000000").wait_for()
    shown(page)
    assert parse_qs(urlsplit(page.url).query) == {"year": ["2018"], "chart": ["places"]}
    page.get_by_role("button", name="Link to this page").click()
    page.get_by_text("With your filters and the data version").wait_for()
    page.get_by_test_id("stCode").first.wait_for()
    given = [code.inner_text().strip() for code in page.get_by_test_id("stCode").all()]
    asked = {"year": ["2018"], "chart": ["places"], "version": [VERSION]}
    assert [parse_qs(urlsplit(address).query) for address in given] == [asked]

    page.keyboard.press("Escape")
    starts_anew(page)
    for chosen in ("Showing 13 of 23 claims", "Showing all 23 claims"):
        mark = page.locator(".js-plotly-plot").first.locator(".scatterlayer .point").first
        into_view(page, mark).click(force=True)
        page.get_by_text(chosen).wait_for()
    assert "place=" not in page.url
    arabic = page.get_by_text("شمال غرب سوريا").first
    assert (arabic.get_attribute("lang"), arabic.get_attribute("dir")) == ("ar", "rtl")
