"""The page about displacement: four sections, published counts whole under every filter, a sentence where there is no chart."""

import json
import re

import pytest

from tests.support import small
from tests.support.pages import drawn, opened, said

HEADINGS = ["At the end of each year", "Where refugees live", "A total and its parts", "What the reports say"]


def titles(app):
    notes = [json.loads(chart.proto.spec)["layout"]["annotations"] for chart in app.get("plotly_chart")]
    found = [note["text"] for chart in notes for note in chart if note.get("name") == "title"]
    return [re.sub(r"<[^>]+>", " ", title).strip() for title in found]


def test_each_section_has_a_heading_and_no_chart_repeats_it():
    app = opened("displacement")
    assert [header.value for header in app.header] == HEADINGS
    assert len(set(titles(app)) | set(HEADINGS)) == len(titles(app)) + len(HEADINGS) == 8


def test_filters_take_away_claims_and_leave_published_counts_whole():
    everything, nothing = (
        opened("displacement"),
        opened("displacement", group=["Children"], source=["The New Arab 2015"]),
    )
    assert [header.value for header in nothing.header] == HEADINGS[:2]
    assert titles(nothing) == titles(everything)[:2]
    assert drawn(nothing) == [[], []]
    assert said(nothing).count("published counts are always shown whole") == 1


def test_the_table_of_years_answers_how_many_refugees_there_were(monkeypatch):
    app = opened("displacement")
    app.session_state["tabs-year-ends"] = "Table"
    app.run()
    table = next(frame.value for frame in app.dataframe if "year" in frame.value).set_index("year")
    assert table.loc[["2015", "2019", "2024"], "Refugees worldwide, year-end (UNHCR)"].tolist() == [
        "4,873,236",
        "6,615,249",
        "5,952,174",
    ]
    assert table.columns.str.contains("our sum").sum() == 1


STATE = {
    "series_id": "",
    "indicator": "refugees",
    "measure": "stock",
    "by_fire": "",
    "period_start": "",
    "published": "2021",
}
WITHOUT = {
    "no counts": ([], "We have no published count of refugees or displaced people at the end of a year."),
    "no host": (
        [small.count(**STATE, period_end="2019-12-31")],
        "We have no published count of refugees by host country.",
    ),
    "one host": (
        [small.count(**STATE, period_end="2019-12-31", place_id="abroad")],
        "We have published counts of refugees in one host country only, Abroad: 5 at the end of 2019 (The Monitor).",
    ),
}


@pytest.mark.parametrize(("observations", "sentence"), WITHOUT.values(), ids=WITHOUT)
def test_where_nothing_can_be_drawn_a_sentence_says_what_there_is(tmp_path, monkeypatch, observations, sentence):
    places = [small.place("abroad", "country"), *small.ROWS["places"]]
    small.write(tmp_path, places=places, series=[], observations=observations)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    assert sentence in said(opened("displacement"))


def test_a_fault_of_the_counts_is_named_and_the_claims_stay(tmp_path, monkeypatch):
    small.write(tmp_path, observations=[small.count(series_id="nowhere")])
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("displacement")
    assert "The published counts hold a fault and are not shown." in said(app)
    assert "“hundreds of families”" in said(app)
