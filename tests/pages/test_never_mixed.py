"""Two versions or two folders of tables in one server: no answer, page or file is of both, however many ask while they change."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from app_pages.parts import downloads, show
from exports import api
from tests.support import small
from tests.support.pages import said
from validation import current, load

PATHS = ("claims.csv", "claims.json", "claims.csv?year=2019", "datapackage.json", "claims/paper-2019-07-12-01", "dataset.jsonld", "openapi.json")  # fmt: skip
ANOTHER = [small.claim(low=901, best=901, high=901, wording="901 people"), *small.ROWS["claims"][1:]]
OTHERS = [
    small.claim(claim_id="paper-2019-07-12-03", wording="30 deaths", low=30, best=30, high=30, event_id="raid-2019"),
    *(
        small.claim(
            claim_id=f"post-2020-01-05-0{number}", source_id="post-2020-01-05", wording=f"{people} fled", indicator="displaced",
            low=people, best=people, high=people, event_id="raid-2019", part_of=whole,
        )
        for number, people, whole in ((2, 500, ""), (3, 300, "post-2020-01-05-02"), (4, 200, "post-2020-01-05-02"))
    ),
]  # fmt: skip
"""Claims that are drawn together with those of the small tables: several of one event, and a whole with its parts."""


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two folders that differ in one claim, looked at with every question."""
    monkeypatch.setattr(current, "SECONDS_BETWEEN_LOOKS", 0.0)
    small.write(tmp_path / "second", **small.PUBLISHED, claims=ANOTHER)
    return small.write(tmp_path / "first", **small.PUBLISHED), tmp_path / "second"


def answers(client):
    """Return what tells one answer from another: its tag, the name of its file and its bytes."""
    found = {path: client.get(f"/api/v1/{path}") for path in PATHS}
    assert {answer.status_code for answer in found.values()} == {200}
    return {
        path: (
            answer.headers["etag"],
            answer.headers.get("content-disposition"),
            hashlib.sha256(answer.content).hexdigest(),
        )
        for path, answer in found.items()
    }


def test_answers_of_two_folders_that_many_ask_for_while_the_server_is_led_from_one_to_the_other_are_never_mixed(folders, monkeypatch):  # fmt: skip
    client = TestClient(api.application(), base_url="http://127.0.0.1")
    of = {}
    for folder in folders:
        monkeypatch.setenv("DATASETS_DIR", str(folder))
        of[folder] = answers(client)
    assert not [path for path in PATHS if of[folders[0]][path] == of[folders[1]][path]]

    def ask(number):
        if number % 5 == 0:
            monkeypatch.setenv("DATASETS_DIR", str(folders[number % 2]))
        return answers(client)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(40)))
    whole = {path: {of[folder][path] for folder in folders} for path in PATHS}
    assert [(path, answer[path]) for answer in found for path in PATHS if answer[path] not in whole[path]] == []


def test_a_page_led_to_another_folder_says_its_rows_and_its_version_alone(folders, monkeypatch):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).switch_page("app_pages/data.py")
    for folder, wording in zip((*folders, folders[0]), ("900 people", "901 people", "900 people"), strict=True):
        monkeypatch.setenv("DATASETS_DIR", str(folder))
        app.run()
        assert not app.exception
        shown = "\n".join([said(app), *(str(table.value.to_dict()) for table in app.dataframe)])
        assert {text: text in shown for text in ("900 people", "901 people")} == {
            "900 people": wording == "900 people", "901 people": wording == "901 people",
        }  # fmt: skip
        footer = "\n".join(element.proto.body for element in app.get("html"))
        assert {version: version in footer for version in (load(one).version for one in folders)} == {
            load(one).version: one == folder for one in folders
        }


@pytest.mark.parametrize("page", ["casualties", "displacement", "data", "about"])
def test_a_file_asked_for_after_the_tables_changed_holds_what_the_page_showed(page, tmp_path, monkeypatch):
    """Streamlit makes a file in a thread of its own when its button is pressed, which may be long after the page was shown."""
    monkeypatch.setattr(current, "SECONDS_BETWEEN_LOOKS", 0.0)
    monkeypatch.setenv(
        "DATASETS_DIR", str(small.write(tmp_path, **small.PUBLISHED, claims=sorted(small.ROWS["claims"] + OTHERS)))
    )
    assert load(tmp_path).findings == ()
    draw = show.chart

    def with_its_file(chart):
        st.session_state[f"chart-{chart.key}"] = "Table"
        draw(chart)

    monkeypatch.setattr(show, "chart", with_its_file)
    made = []
    keep = downloads._made
    monkeypatch.setattr(downloads, "_made", lambda make: made.append(make) or keep(make))
    app = AppTest.from_file("../../dashboard.py", default_timeout=30)
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    before = [make() for make in made]
    assert before
    small.write(tmp_path, claims=small.ROWS["claims"][2:])
    assert current.current().dataset.version == load(tmp_path).version
    with ThreadPoolExecutor(1) as elsewhere:
        assert [elsewhere.submit(make).result() for make in made] == before
