"""What a link asks for: nothing of it is ignored in silence, on any page; and what its sender saw."""

import json
import re

import pytest
from starlette.testclient import TestClient

from dashboard import PAGES
from exports import api
from tests.support import real
from tests.support.pages import opened

IGNORED = "This link has a filter we do not know; it was ignored: "
EVENT = "North-west offensive, 2019"
VERSION = real.record().version


def warned(app):
    return [re.sub(r"\\(.)", r"\1", warning.value).removeprefix(IGNORED) for warning in app.warning]


@pytest.mark.parametrize("page", [file for file, *_ in PAGES])
def test_whatever_no_page_takes_is_named_on_every_page(page):
    asked = {
        "Year": ["2019"],
        "CLAIM": ["x"],
        "charts": ["places"],
        "year": ["1999", "2018"],
        "chart": ["No such chart"],
    }
    app = opened(page, **asked, utm_source=["letter"], fbclid=["1"])
    assert warned(app) == ["Year; CLAIM; charts; Year: 1999; Chart: No such chart"]
    assert dict(app.query_params) == {"year": ["2018"]} or dict(app.query_params) == {"year": "2018"}


@pytest.mark.parametrize(
    ("page", "asked", "ignored", "left"),
    [
        ("overview", {"event": [EVENT]}, f"Event: {EVENT}", []),
        ("overview", {"count": ["Deaths"], "single": ["true"]}, "Published count: Deaths; Counts of a single value: true", []),
        ("casualties", {"split": ["by kind"]}, "Deaths by year: by kind", []),
        ("casualties", {"table": ["Changes"], "show": ["Claims"]}, "Table: Changes; On the map: Claims", []),
        ("events", {"event": ["No such event", EVENT]}, "Event: No such event", []),
        ("events", {"event": [EVENT.upper()]}, f"Event: {EVENT.upper()}", []),
        ("counts", {"single": ["maybe"]}, "Counts of a single value: maybe", []),
        ("counts", {"count": ["a", "b"]}, "Published count: a; Published count: b", []),
        ("places", {"counted": ["Nobody, 2019"]}, "Published count: Nobody, 2019", []),
        ("data", {"table": ["Changes", "Reports"]}, "Table: Changes", ["table"]),
        ("data", {"table": ["changes"]}, "Table: changes", []),
        ("sources", {"search": ["one", "other"]}, "Search: one", ["search"]),
        ("about", {"year": [""], "place": ["idlib"], "version": ["7"]}, "Year: (empty); Place: idlib; Data version: 7", []),
    ],
    ids=str,
)  # fmt: skip
def test_a_value_that_a_page_does_not_take_is_named_and_leaves_the_address(page, asked, ignored, left):
    app = opened(page, **asked)
    assert (warned(app), list(app.query_params)) == ([ignored], left)


def test_of_two_claims_in_a_link_the_last_is_opened_and_the_other_named():
    assert warned(opened(claim=["trtworld-2019-07-05", "nobody"])) == [
        "Claim: trtworld-2019-07-05",
        "This link names a claim that does not exist: nobody",
    ]


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("overview", {"chart": ["beside"], "claim": ["trtworld-2019-07-05"], "search": ["Idlib"]}),
        ("casualties", {"split": ["By kind of violence"], "chart": ["deaths-by-year"]}),
        ("events", {"event": [EVENT], "year": ["2019", "2018"]}),
        ("counts", {"single": ["True"]}),
        ("places", {"show": ["Published counts"], "place": ["Syria"]}),
        ("data", {"table": ["Changes"], "version": [VERSION]}),
    ],
    ids=str,
)
def test_what_a_page_takes_is_not_warned_of(page, asked):
    app = opened(page, **asked)
    assert (warned(app), [info.value for info in app.info if "version" in info.value]) == ([], [])


def test_a_page_without_anything_to_show_still_names_what_was_ignored_and_has_its_footer(monkeypatch):
    monkeypatch.setattr("app_pages.parts.event.choose", lambda claims: None)
    app = opened("events", sauce=["red"])
    assert warned(app) == ["sauce"]
    assert "We do not judge which is right." in "".join(caption.value for caption in app.caption)


def test_a_message_about_a_link_stays_until_a_filter_is_changed():
    app = opened(sauce=["red"], version=["v000000000000"])
    told = (warned(app), [info.value for info in app.info])
    app.run()
    assert (warned(app), [info.value for info in app.info]) == told
    app.multiselect[0].select("trtworld-2019-07").run()
    assert (warned(app), [info.value for info in app.info]) == ([], [])


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            "v000000000000",
            f"Whoever made this link saw data version v000000000000. This is version {VERSION}: numbers may differ. [What changed](/about#versions)",
        ),
        (
            "123456789012",
            f"Whoever made this link saw data version v123456789012. This is version {VERSION}: numbers may differ. [What changed](/about#versions)",
        ),
        (VERSION[1:], f"Data version {VERSION[1:]} is now written {VERSION}: the numbers are the same."),
    ],
)
def test_a_link_says_where_its_sender_saw_another_version(sent, said):
    app = opened("about", version=[sent])
    assert ([info.value for info in app.info], warned(app), list(app.query_params)) == ([said], [], [])


def test_the_link_to_a_claim_names_the_version():
    codes = [code.value for code in opened(claim=["trtworld-2019-07-05"]).code]
    assert f"/?claim=trtworld-2019-07-05&version={VERSION}" in codes


@pytest.mark.parametrize("route", ["claims.csv", "sources.json", "claims/trtworld-2019-07-05", "health"])
def test_whoever_asks_the_api_for_a_version_is_told_where_to_look(route):
    answer = TestClient(api.application()).get(f"/api/v1/{route}?version={VERSION[1:]}").json()
    assert [answer["status"], answer["parameter"], answer["value"]] == [400, "version", VERSION[1:]]
    assert answer["detail"].endswith(
        "The newest data version alone is served, and /api/v1/health names it: a version without “v” is the same as one with it before its "
        "digits. What changed stands in /api/v1/tables/changes.csv."
    )


@pytest.mark.parametrize("name", ["Year", "YEAR", "year ", "sauce"])
def test_the_api_refuses_a_name_in_capitals(name):
    answer = TestClient(api.application()).get("/api/v1/claims.csv", params={"year": "2018", name: "2018"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)


FILTERED = {"year": ["2018"], "source": ["The Hill News 2018"]}
SAID = "Filter: Source The Hill News 2018; Year 2018."
SLUGS = f"the-hill-news-2018-2018-{VERSION}"


def spec_of(app, key):
    """Return the source line of a chart and the name of its picture."""
    [chart] = [chart for chart in app.get("plotly_chart") if f"figure-{key}" in chart.proto.id]
    [line] = [
        note["text"] for note in json.loads(chart.proto.spec)["layout"]["annotations"] if note.get("name") == "sources"
    ]
    return line.replace("<br>", " "), json.loads(chart.proto.config)["toImageButtonOptions"]["filename"]


@pytest.mark.parametrize(
    ("page", "chart", "named"),
    [("casualties", "casualties-people", True), ("casualties", "deaths-by-year", False), ("places", "places", True)],
)
def test_a_picture_says_its_filter_where_claims_are_drawn_and_not_where_all_counts_are(page, chart, named):
    line, name = spec_of(opened(page, **FILTERED), chart)
    assert (line.endswith(f" {SAID}"), name) == (named, f"syria-{chart}-{SLUGS if named else VERSION}")
    line, name = spec_of(opened(page), chart)
    assert ("Filter" in line, name) == (False, f"syria-{chart}-{VERSION}")


def test_the_map_is_under_all_filters_but_the_place():
    line, name = spec_of(opened("places", place=["Syria"], year=["2018"]), "places")
    assert (line.endswith(" Filter: Year 2018."), name) == (True, f"syria-places-2018-{VERSION}")
