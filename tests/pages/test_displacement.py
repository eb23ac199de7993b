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
    app.session_state["chart-year-ends"] = "Table"
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


DATED = STATE | {"period_end": "2019-12-31"}
WHOLE = {"indicator": "refugees", "measure": "stock", "period_start": "", "place_id": "syria", "part_of": ""}
TOTAL = WHOLE | {"indicator": "displaced", "measure": "cumulative", "period_start": "2011-03"}


def notes(app, name=None):
    """Return the texts of the first chart of the page, or the one of that name, without markup."""
    found = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["annotations"]
    chosen = [note["text"] for note in found if note.get("text") and (name is None or note.get("name") == name)]
    return " | ".join(" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in chosen)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (["2019-06", "2019-06"], "1 published count, 2 claims."),
        (["2019-06", ""], "1 published count, 1 of 2 claims (1 without a date cannot be drawn)."),
        (["", ""], "1 published count, 0 of 2 claims (2 without a date cannot be drawn)."),
        (["2019-06"] * 13 + [""], "12 of 14 claims (the largest numbers first; 1 without a date cannot be drawn)."),
    ],
)
def test_a_claim_without_a_date_is_not_drawn_among_years_and_the_chart_says_so(tmp_path, monkeypatch, ends, said):
    claims = [
        small.claim(**(WHOLE | {"claim_id": f"paper-2019-07-12-{at:02}", "paragraph": at, "period_end": end}))
        for at, end in enumerate(ends, 1)
    ]
    dataset = small.dataset(tmp_path, claims=claims, claim_caveats=[], series=[], observations=[small.count(**DATED)])
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("displacement")
    assert said in notes(app, "sources")
    assert len(drawn(app)[0]) == min(sum(map(bool, ends)), 12)


def test_the_chart_of_years_says_from_where_refugees_are_and_which_claim_is_a_total_since_the_war_began(
    tmp_path, monkeypatch
):
    caveats = ["paper-2019-07-12-01,stock_or_flow,Ever displaced."]
    claims = [
        small.claim(**TOTAL),
        small.claim(**(WHOLE | {"claim_id": "paper-2019-07-12-02", "wording": "900 at a date"})),
    ]
    dataset = small.dataset(
        tmp_path, claims=claims, claim_caveats=caveats, series=[], observations=[small.count(**DATED)]
    )
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("displacement")
    assert notes(app, "subtitle").startswith("Refugees from Syria and people displaced in it, at the end of each year")
    assert notes(app).count("since the war began") == 1


def test_a_fault_of_the_counts_is_named_and_the_claims_stay(tmp_path, monkeypatch):
    small.write(tmp_path, observations=[small.count(series_id="nowhere")])
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("displacement")
    assert "The published counts hold a fault and are not shown." in said(app)
    assert "“hundreds of families”" in said(app)
