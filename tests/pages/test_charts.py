"""The frame of a chart: its rows, how they are counted and its link stand in tabs; nothing is built before it is opened."""

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pandas as pd

from app_pages.parts import show
from tests.support import real
from tests.support.pages import opened

BESIDE = "chart-beside"


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
    assert sorted(parse_qsl(urlsplit(link).query)) == sorted([*asked, ("version", real.record().version)])
    embedded = html.unescape(re.search(r'src="([^"]+)"', frame).group(1))
    assert sorted(parse_qsl(urlsplit(embedded).query)) == sorted([*asked, ("embed", "true")])
    assert "claim" not in dict(parse_qsl(urlsplit(embedded).query))


def test_on_paper_dates_stay_whole_and_addresses_are_broken_and_escaped():
    dates = ["2019-06-18", "2019-06", "2019", "in 2019-06-18"]
    rows = pd.DataFrame({"to": dates, "url": ["https://a.org/?a&b", "", "a.org", "<b>"]})
    table = show.on_paper(show.as_arrow(rows, ("to", "url")), (("to", "To"), ("url", "Address")))
    assert re.findall(r"<td.*?</td>", table) == [
        '<td class="date">2019-06-18</td>', '<td class="address">https://a.org/?a&amp;b</td>',
        '<td class="date">2019-06</td>', "<td></td>", "<td>2019</td>", "<td>a.org</td>",
        "<td>in 2019-06-18</td>", "<td>&lt;b&gt;</td>",
    ]  # fmt: skip
