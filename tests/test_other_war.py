"""Another war is a folder of tables: a made-up one runs through everything, and nothing of the first one is seen."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

import dashboard
from analysis.comparison import compare, position, reference_view
from analysis.view import claims_view
from exports import api, citations, files
from tests.test_pages import said
from validation import load
from validation.models import SCHEMAS

FOLDER = Path(__file__).parent / "data" / "other-war"
RECORD = load(FOLDER, FOLDER / "reports")
FIRST = load()
NAMED = [
    str(name).partition(" (")[0]
    for table, column in (("places", "name"), ("organisations", "name"), ("events", "name"), ("sources", "short_name"))
    for name in FIRST.table(table)[column]
    if name not in ("OCHA", "United Nations")  # they are named where columns and codes are explained
]
OF_THE_FIRST = re.compile("|".join(["[Ss]yria", *map(re.escape, NAMED)]))


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
    app = AppTest.from_file("../dashboard.py", default_timeout=30)
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
    app = AppTest.from_file("../dashboard.py", default_timeout=30).run()
    assert app.title[0].value == "What the reports say about people killed and displaced in Velland"
    app = AppTest.from_file("../dashboard.py", default_timeout=30).switch_page("app_pages/places.py").run()
    [first, *_] = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    areas = [trace for trace in first["data"] if trace.get("fill") == "toself"]
    assert (len(areas), "Claims by the province they speak of" in json.dumps(first)) == (3, True)
    app = AppTest.from_file("../dashboard.py", default_timeout=30).switch_page("app_pages/comparison.py").run()
    assert "Deaths since 2029: documented counts" in [header.value for header in app.header]


@pytest.mark.parametrize("claim_id", RECORD.table("claims")["claim_id"])
def test_the_card_of_each_claim_opens(other_war, claim_id):
    app = AppTest.from_file("../dashboard.py", default_timeout=30)
    app.query_params["claim"] = claim_id
    app.run()
    assert not app.exception, app.exception
    assert OF_THE_FIRST.findall(said(app)) == []


@pytest.mark.parametrize("table", api.TABLES)
@pytest.mark.parametrize("ending", [form.ending for form in files.FORMATS])
def test_every_file_of_the_api_is_named_after_it(other_war, table, ending):
    answer = TestClient(api.application(), base_url="http://127.0.0.1").get(f"/api/v1/{table}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="velland-{table}-{RECORD.version}.{ending}"'
    if ending in ("csv", "json"):
        assert OF_THE_FIRST.findall(answer.text) == []


def test_whole_documents_speak_of_it_alone(other_war):
    client = TestClient(api.application(), base_url="http://127.0.0.1")
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
    claim = view.set_index("claim_id", drop=False).loc["wire-2031-06-01"].to_dict()
    table = compare(claim, reference_view(RECORD))
    assert position(claim, table).sentence == (
        "Beside 1 series, with care, it is above the range of their values (330); it is 1.25 times the nearest, "
        "Killed on the river front (Velland Monitor) at 31 May 2031."
    )
