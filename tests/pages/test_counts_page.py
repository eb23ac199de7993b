"""The page of published counts: each is listed, and one is shown with its chart, its values and its citation."""

import json

import pytest

from analysis import tallies
from analysis.counts import published_counts
from tests.support import real, small
from tests.support.pages import opened, said
from validation import load

RCG = "Civilians killed, north-west, from 2 February 2019 (Response Coordinators Group)"


def tables_of(app, column):
    return [table.value for table in app.dataframe if column in table.value]


def test_every_series_is_listed_once_and_single_counts_on_demand():
    catalogue = tallies.catalogue(published_counts(real.record()))
    app = opened("counts")
    [listed] = tables_of(app, "kind_label")[:1]
    assert sorted(listed["title"]) == sorted(catalogue.loc[catalogue["is_series"], "title"])
    app.toggle[0].set_value(True).run()
    [listed] = tables_of(app, "kind_label")[:1]
    assert sorted(listed["title"]) == sorted(catalogue["title"])


def test_the_one_that_a_link_names_is_shown_with_chart_values_and_citation():
    app = opened("counts", count=[RCG])
    [figure] = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert [
        len(list(filter(None, trace["hovertext"]))) for trace in figure["data"] if trace.get("mode") == "lines+markers"
    ] == [17]
    [values] = [table.value for table in app.dataframe if "period_start" in table.value]
    assert (len(values), values["said"].iloc[11:13].tolist()) == (17, ["859", "at least 912"])
    assert "**What is left out**: Fighters; rebel fire" in said(app)
    assert [button.proto.label for button in app.get("download_button")] == ["RIS", "BibTeX", "CSL-JSON", "Text"]


def test_a_link_to_a_count_that_is_not_there_says_so():
    app = opened("counts", count=["No such count"])
    assert "No such count" in " ".join(warning.value for warning in app.warning)
    assert app.get("plotly_chart") == []


@pytest.mark.parametrize("values", [1, 2])
def test_a_chart_needs_values_of_two_days(tmp_path, monkeypatch, values):
    days = ["2019-01-31", "2019-02-28"][:values]
    counts = [
        small.count(observation_id=f"s-1-{at}", period_end=day, low=at + 1, best=at + 1, high=at + 1)
        for at, day in enumerate(days)
    ]
    small.write(tmp_path, series=[small.series()], observations=counts)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    title = published_counts(load(tmp_path))["title"].iloc[0]
    assert len(opened("counts", count=[title]).get("plotly_chart")) == values - 1


def test_refugees_of_all_countries_are_said_to_be_from_the_country_at_war_and_claims_without_a_date_are_told(
    tmp_path, monkeypatch
):
    state = {"indicator": "refugees", "measure": "stock", "by_fire": "", "period_start": "", "published": "2021"}
    claim = {"indicator": "refugees", "measure": "stock", "period_start": "", "place_id": "syria"}
    dataset = small.dataset(
        tmp_path, series=[small.series(title="Refugees worldwide")], claim_caveats=[],
        claims=[small.claim(**claim, period_end="2019-06"), small.claim(**claim, claim_id="paper-2019-07-12-02", paragraph=4, period_end="")],
        observations=[small.count(**state, observation_id=f"s-1-{at}", period_end=f"20{at}-12-31") for at in (18, 19)],
    )  # fmt: skip
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("counts", count="Refugees worldwide")
    assert [frame.value["place_name"].tolist() for frame in app.dataframe if "place_name" in frame.value] == [
        ["from Syria"],
        ["from Syria"] * 2,
    ]
    [chart] = app.get("plotly_chart")
    notes = {
        note.get("name"): note["text"].replace("<br>", " ")
        for note in json.loads(chart.proto.spec)["layout"]["annotations"]
    }
    assert notes["subtitle"] == "Refugees worldwide: people from Syria"
    assert "2 published counts, 1 of 2 claims (1 without a date cannot be drawn) of the reports." in notes["sources"]


def test_totals_say_whom_they_count_and_what_they_leave_out():
    [totals] = tables_of(opened("counts"), "excludes")
    assert totals["organisation"].tolist()[0] == "Syrian Observatory for Human Rights"
    assert {"Fighters; indirect deaths", "Deaths that could not be documented"} <= set(totals["excludes"])


def test_without_published_counts_the_page_says_so(tmp_path, monkeypatch):
    small.write(tmp_path)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("counts")
    assert "These tables hold no published counts." in said(app)
    assert len(app.dataframe) == 0
