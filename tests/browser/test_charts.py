"""The frame of a chart: its rows, how they are counted and its link stand in tabs; nothing is built before it is opened."""

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest

from app_pages.parts import show
from tests.support.browser import settled
from tests.support.pages import opened

BESIDE = "tabs-beside"


def with_tab(tab, **query):
    """Return the Overview with a tab of its chart opened."""
    app = opened(**query)
    app.session_state[BESIDE] = tab
    app.run()
    assert not app.exception
    return app


def test_only_the_tab_that_is_open_is_built():
    app = opened()
    assert (len(app.get("plotly_chart")), len(app.dataframe)) == (3, 0)
    app = with_tab("Table")
    assert (len(app.get("plotly_chart")), len(app.dataframe)) == (2, 1)


def test_the_table_has_the_rows_of_the_chart_their_sources_and_a_file_of_them():
    app = with_tab("Table", source=["TRT World 2019"])
    quotes = set(app.dataframe[0].value["wording"])
    assert {"more than 11 million people", "900 people"} <= quotes
    assert "an estimated two million Syrians" not in quotes
    lines = [line.value.replace("\\", "") for line in app.caption]
    assert [line for line in lines if line.startswith("Sources: TRT World (2019).")] != []
    [button] = app.get("download_button")
    assert button.proto.label == "Download these rows (CSV)"


def test_how_it_is_measured_says_what_the_marks_mean_and_from_which_data():
    app = with_tab("How it is measured")
    [text] = [line.value for line in app.markdown if "A tick is a count" in line.value]
    assert "our convention" in text
    assert [
        line.value for line in app.caption if "Data version" in line.value and line.value.startswith("Sources")
    ] != []


def test_the_link_and_the_code_to_embed_keep_the_filters_and_name_the_chart():
    app = with_tab("Share", source=["TRT World 2019"], year=["2019"])
    link, frame = (code.value for code in app.code)
    asked = [("source", "TRT World 2019"), ("year", "2019"), ("chart", "beside")]
    assert sorted(parse_qsl(urlsplit(link).query)) == sorted(asked)
    embedded = html.unescape(re.search(r'src="([^"]+)"', frame).group(1))
    assert sorted(parse_qsl(urlsplit(embedded).query)) == sorted([*asked, ("embed", "true")])
    assert "claim" not in dict(parse_qsl(urlsplit(embedded).query))


def test_an_embedded_chart_stands_alone_with_its_footer(chromium, dashboard):
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto(f"{dashboard}/?chart=beside&embed=true&source=TRT+World+2019")
    page.locator(".st-key-chart-beside .scatterlayer .point").first.wait_for()
    page.get_by_text("Chosen here: Source TRT World 2019.").wait_for()
    settled(page)
    assert page.get_by_test_id("stPlotlyChart").locator("visible=true").count() == 1
    assert not page.get_by_role("heading", level=1).is_visible()
    assert not page.get_by_text("Recent changes").is_visible()
    assert page.get_by_role("link", name="Open in the dashboard").is_visible()
    context.close()


def test_a_chart_that_is_not_there_hides_nothing(visitor):
    page = visitor("/?chart=nothing&embed=true")
    page.locator(".scatterlayer .point").first.wait_for()
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_link_to_a_chart_scrolls_to_it_once(visitor):
    page = visitor("/?chart=beside", viewport={"width": 390, "height": 600})
    page.wait_for_function(
        "() => { const top = document.querySelector('.st-key-chart-beside')?.getBoundingClientRect().top; return top < 300; }"
    )


def test_on_paper_dates_stay_whole_and_addresses_are_broken_and_escaped():
    dates = ["2019-06-18", "2019-06", "2019", "in 2019-06-18"]
    rows = pd.DataFrame({"to": dates, "url": ["https://a.org/?a&b", "", "a.org", "<b>"]})
    table = show.on_paper(rows, {"to": "To", "url": "Address"})
    assert re.findall(r"<td.*?</td>", table) == [
        '<td class="date">2019-06-18</td>', '<td class="address">https://a.org/?a&amp;b</td>',
        '<td class="date">2019-06</td>', "<td></td>", "<td>2019</td>", "<td>a.org</td>",
        "<td>in 2019-06-18</td>", "<td>&lt;b&gt;</td>",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/?search=refugees"])
def test_on_paper_a_table_is_text_and_the_page_says_its_address_and_the_day(visitor, path):
    page = visitor(path)
    page.get_by_test_id("stDataFrame").first.wait_for()
    settled(page)
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stDataFrame").first.is_visible()
    assert page.locator("table.on-paper tr").first.is_visible()
    printed = page.locator("p.on-paper").text_content()
    assert re.fullmatch(
        rf"http://127.0.0.1:\d+{re.escape(path)} · \d+ \w+ 20\d\d · Data version [0-9a-f]{{12}}", printed
    ), printed
    page.emulate_media(media="null")
