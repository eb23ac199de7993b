"""Another war is a folder of tables: a made-up one runs through everything, and nothing of the first one is seen."""

import io
import json
import re
import shutil
import zipfile

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

import dashboard
from analysis.comparison_words import comparisons
from analysis.places import short
from analysis.view import claims_view
from exports import api, citations, files
from tests.support import SAMPLES, real
from tests.support.pages import said
from validation import load
from validation.models import SCHEMAS

FOLDER = SAMPLES / "other-war"
RECORD = load(FOLDER, FOLDER / "reports")
FIRST = real.record()
NAMED = [
    str(name).partition(" (")[0]
    for table, column in (("places", "name"), ("organisations", "name"), ("events", "name"), ("sources", "short_name"))
    for name in FIRST.table(table)[column]
    if name not in ("OCHA", "United Nations")  # they are named where columns and codes are explained
]
PLACES_SHORT = {short(str(name)) for name in FIRST.table("places")["name"]}
OF_THE_FIRST = re.compile(
    "|".join(["[Ss]yria", *map(re.escape, NAMED), *(rf"\b{re.escape(name)}\b" for name in PLACES_SHORT)])
)


@pytest.fixture
def other_war(monkeypatch):
    monkeypatch.setenv("DATASETS_DIR", str(FOLDER))
    monkeypatch.setenv("REPORTS_DIR", str(FOLDER / "reports"))


def test_its_tables_and_texts_hold_no_fault():
    findings = (RECORD.findings, RECORD.reference_findings, RECORD.evidence_findings, RECORD.ledger_findings)
    assert findings == ((), (), (), ())
    assert RECORD.states()["state"].unique().tolist() == ["verified"]
    assert RECORD.accounts()["open"].tolist() == [0, 0]


@pytest.mark.parametrize("page", [file for file, *_ in dashboard.PAGES])
def test_every_page_shows_it_and_nothing_of_the_first(other_war, page):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30)
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    charts = [chart.proto for chart in app.get("plotly_chart")]
    tables = [element.value.to_csv() for element in (*app.dataframe, *app.table)]
    options = [str(option) for box in (*app.multiselect, *app.selectbox) for option in box.options]
    options += [box.placeholder for box in app.text_input]
    seen = "\n".join([said(app), *(chart.spec + chart.alt for chart in charts), *tables, *options])
    assert OF_THE_FIRST.findall(seen) == []
    assert page == "method" or "Velland" in seen or "Tarn" in seen


def test_its_pages_speak_of_its_country_and_its_provinces(other_war):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    assert app.title[0].value == "What reports say about people killed and displaced in Velland"
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).switch_page("app_pages/places.py").run()
    [first, *_] = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    areas = [trace for trace in first["data"] if trace.get("fill") == "toself" and trace["xaxis"] == "x"]
    assert (len(areas), "Claims by province and town" in json.dumps(first)) == (3, True)
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).switch_page("app_pages/casualties.py").run()
    assert "How many have died since 2029" in [header.value for header in app.header]


@pytest.fixture
def young_war(tmp_path, monkeypatch):
    """Name the folder of a war of which one event alone is counted by anybody, and no change is written down."""
    folder = tmp_path / "young"
    shutil.copytree(FOLDER, folder)
    for name, kept in (
        ("series", "monitor-front"),
        ("observations", "monitor-front"),
        ("breaks", "-"),
        ("changes", "-"),
    ):
        header, *rows = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / f"{name}.csv").write_text(
            header + "".join(row for row in rows if row.startswith(kept)), encoding="utf-8"
        )
    monkeypatch.setenv("DATASETS_DIR", str(folder))


@pytest.mark.parametrize("page", ["overview", "events", "places"])
def test_a_war_without_published_counts_and_changes_has_no_empty_charts_and_tables(young_war, page):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30)
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    assert [chart.proto.alt for chart in app.get("plotly_chart") if " 0 values" in chart.proto.alt] == []
    assert [table.value for table in app.dataframe if table.value.empty] == []
    assert "Recent changes" not in [header.value for header in app.header]
    assert "These tables hold no published count of this." not in [caption.value for caption in app.caption]


def test_names_in_arabic_are_announced_only_where_there_are_some(other_war):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).switch_page("app_pages/places.py").run()
    app.session_state["chart-places"] = "Table"
    app.run()
    assert app.dataframe[0].value.columns.tolist() == ["name", "claims", "own", "kind", "pcode", "printed"]
    assert "In Arabic" not in str([table.value.columns.tolist() for table in app.dataframe])


@pytest.mark.parametrize(
    ("file", "old", "new", "findings"),
    [
        ("map.geojson", "VL-EM", "VL-XX", ["“VL-XX” is the iso of no province in places.csv"]),
        (
            "about.toml", 'admin1 = "province"', 'admin1 = "district"',
            ["“VL-EM” is the iso of no district in places.csv", "“VL-NV” is the iso of no district in places.csv"],
        ),
    ],
)  # fmt: skip
def test_an_area_of_the_map_that_is_no_place_is_a_finding(tmp_path, file, old, new, findings):
    folder = tmp_path / "changed"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    assert [(finding.file, finding.problem) for finding in load(folder).findings] == [
        ("map.geojson", problem) for problem in findings
    ]


@pytest.mark.parametrize("claim_id", RECORD.table("claims")["claim_id"])
def test_the_card_of_each_claim_opens(other_war, claim_id):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30)
    app.query_params["claim"] = claim_id
    app.run()
    assert not app.exception, app.exception
    assert OF_THE_FIRST.findall(said(app)) == []


@pytest.fixture(scope="module")
def client():
    with TestClient(api.application(), base_url="http://127.0.0.1") as asking:
        yield asking


@pytest.mark.parametrize("table", api.TABLES)
@pytest.mark.parametrize("ending", [form.ending for form in files.FORMATS])
def test_every_file_of_the_api_is_named_after_it(other_war, client, table, ending):
    answer = client.get(f"/api/v1/{table}.{ending}")
    assert answer.status_code == 200
    rows = len(RECORD.table(table))
    name = f"velland-{table}-{rows}-row{'' if rows == 1 else 's'}-{RECORD.version}.{ending}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    if ending in ("csv", "json"):
        assert OF_THE_FIRST.findall(answer.text) == []


def test_whole_documents_speak_of_it_alone(other_war, client):
    documents = {path: client.get(f"/api/v1/{path}") for path in ("datapackage.json", "dataset.jsonld", "openapi.json")}
    assert [OF_THE_FIRST.findall(answer.text) for answer in documents.values()] == [[], [], []]
    assert documents["datapackage.json"].json()["name"] == "numbers-reported-on-the-war-in-velland"
    assert documents["dataset.jsonld"].json()["spatialCoverage"]["name"] == "Velland"
    assert documents["openapi.json"].json()["info"]["title"] == "Numbers reported on the war in Velland"
    assert documents["openapi.json"].json()["info"]["contact"] == {"email": "desk@velland.example"}
    packed = zipfile.ZipFile(io.BytesIO(client.get("/api/v1/datapackage.zip").content))
    assert OF_THE_FIRST.findall("".join(packed.read(name).decode() for name in packed.namelist())) == []
    assert len(packed.namelist()) == len(SCHEMAS) + 1


def test_its_citations_and_comparisons_are_made_by_the_same_rules():
    view = claims_view(RECORD)
    for form in citations.FORMATS:
        assert OF_THE_FIRST.findall(form.write([*citations.reports(RECORD, view), citations.data_set(RECORD)])) == []
    assert comparisons(RECORD)["comparison"]["wire-2031-06-01"] == (
        "The Velland Monitor’s own counts were 330 on 31 May and 412 in June 2031; “killed 412 people” lies between them."
    )
