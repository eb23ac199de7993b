"""What the code takes for granted of the insides of libraries, one test a place; what needs a browser is in tests/browser/test_insides.py.

None of it is promised, so requirements.txt bounds each library. A failure names the file that leans and what to look at there; what is
tried elsewhere already is named here too: the status of the end (test_server.py), rows of workbooks (test_sheets.py).
"""

import inspect
import io
import re
import signal
import subprocess
import threading
import tomllib
import zipfile
from importlib.metadata import version

import orjson
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import plotly.graph_objects as go
import pytest
import streamlit as st
import uvicorn
import xlsxwriter
from packaging.requirements import Requirement
from plotly.basedatatypes import BaseFigure
from plotly.io import json as plotly_json
from streamlit import config
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_routes, starlette_websocket

from app_pages.parts import server
from app_pages.parts.show import Drawn
from exports.sheets import Sheet
from tests.support import ROOT
from tests.support.deployed import command as of_the_unit
from tests.support.server import Served, free_port
from validation.models import SCHEMAS

LEANED_ON = {
    "streamlit": "app_pages/page.css, app_pages/parts/width.py, server.py and filters.py, dashboard.py, curation/desk",
    "plotly": "app_pages/parts/show.py (Drawn), app_pages/page.css, app_pages/parts/width.py",
    "starlette": "app_pages/parts/server.py (Guard), exports/api.py",
    "uvicorn": "app_pages/parts/server.py (lifespan), docs/deploy/dashboard@.service",
    "xlsxwriter": "exports/sheets.py (Sheet._write_rows)",
    "pandera": "validation/column_findings.py, validation/dictionary.py, exports/descriptions.py",
}


@pytest.mark.parametrize("library", LEANED_ON)
def test_a_library_whose_insides_are_leaned_on_has_an_upper_bound_that_the_tested_version_keeps(library):
    lines = [line.partition("#") for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()]
    [(wanted, reason)] = [(Requirement(line), why) for line, _, why in lines if re.match(rf"{library}\b", line)]
    bounded = any(bound.operator in ("<", "<=", "==", "~=") for bound in wanted.specifier)
    looked_at = f"requirements.txt, {library}: before the bound is raised, look at {LEANED_ON[library]}"
    assert (bounded, version(library) in wanted.specifier, len(reason.split()) > 3) == (True, True, True), looked_at


def test_the_app_takes_what_the_entry_gives_it():
    taken = set(inspect.signature(st.App).parameters)
    given = {"middleware", "lifespan", "on_script_error"}
    assert given <= taken, (
        f"dashboard.py gives st.App {given - taken}: the API, the headers or what an error shows would be lost"
    )


@pytest.mark.parametrize("engine", ["orjson", "json"])
def test_a_figure_kept_as_plain_data_is_sent_as_the_figure_would_be(engine, monkeypatch):
    monkeypatch.setattr(plotly_json.config, "default_engine", engine)
    figure = go.Figure(go.Bar(x=[1, 2], y=["a", "b"], customdata=[["c-1"], ["c-2"]]), {"title": {"text": "T"}})
    looked_at = "app_pages/parts/show.py: Drawn is a BaseFigure without its __init__; what does st.plotly_chart ask of a figure now?"
    assert issubclass(Drawn, BaseFigure), looked_at

    def page(shown):
        import streamlit

        streamlit.plotly_chart(shown, theme=None)

    both = (Drawn(figure.to_json()), figure)
    charts = [AppTest.from_function(page, kwargs={"shown": shown}).run().get("plotly_chart") for shown in both]
    kept, built = [chart.proto.spec for [chart] in charts]
    assert kept == built == figure.to_json(), looked_at
    if engine == "orjson":
        assert isinstance(Drawn(kept).to_dict().to_plotly_json(), orjson.Fragment)  # plotly.io.to_json encodes nothing


def test_a_page_and_what_a_click_calls_run_in_one_thread_from_beginning_to_end():
    script = """
import threading
import streamlit as st
st.session_state.threads = []
def note():
    st.session_state.threads.append(threading.get_ident())
def called():
    st.session_state.called = threading.get_ident()
def page():
    note()
note()
chosen = st.navigation([st.Page(page)])
chosen.run()
st.button("Press", on_click=called)
note()
"""
    app = AppTest.from_string(script, default_timeout=30).run()
    app.button[0].click().run()
    threads = {*app.session_state["threads"], app.session_state["called"]}
    assert len(threads) == 1, (
        "app_pages/parts/tables.py and page_shell.py hold the version and the place of the title by thread"
    )
    assert threads != {threading.get_ident()}


PROBE = """
import contextlib, gc, socket
import streamlit as st
from app_pages.parts import server
server._warm = lambda: None

@contextlib.asynccontextmanager
async def lifespan(app):
    found = [one for one in gc.get_objects() if isinstance(one, socket.socket) and one.type == socket.SOCK_STREAM and server._listens(one)]
    async with server.lifespan(app):
        for one in found:
            print("LISTENS", one.getsockname()[1], one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) > 0, flush=True)
        yield

app = st.App("page.py", lifespan=lifespan)
"""


def test_the_socket_that_streamlit_listens_on_is_there_before_the_first_question_and_answers_leave_at_once(tmp_path):
    (tmp_path / "probe.py").write_text(PROBE, encoding="utf-8")
    (tmp_path / "page.py").write_text("import streamlit as st\nst.write('page')\n", encoding="utf-8")
    port, log = free_port(), tmp_path / "log"
    command = [
        *of_the_unit(port)[:2],
        "streamlit",
        "run",
        str(tmp_path / "probe.py"),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
    ]
    started = Served.__new__(Served)
    started.address, started.log = f"http://127.0.0.1:{port}", log
    with log.open("wb") as out:
        started.process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        started.wait()
    finally:
        started.end()
    looked_at = "app_pages/parts/server.py, lifespan: it looks among all objects for the socket that Streamlit bound; does Streamlit set TCP_NODELAY now?"
    assert re.findall(r"LISTENS (\d+) (\w+)", started.said()) == [(str(port), "True")], looked_at


def test_uvicorn_sends_itself_the_signal_again_when_all_is_closed():
    source = inspect.getsource(uvicorn.Server.capture_signals)
    assert "raise_signal" in source, (
        "app_pages/parts/server.py blocks SIGTERM at the end for that alone: it may go (test_server.py)"
    )
    assert signal.SIGTERM in uvicorn.server.HANDLED_SIGNALS


def test_the_unit_starts_uvicorn_with_options_that_it_has():
    told = subprocess.run([*of_the_unit(0)[:3], "--help"], capture_output=True, text=True, check=True).stdout
    asked = [word for word in of_the_unit(0) if word.startswith("--")]
    assert [option for option in asked if option.removeprefix("--").removeprefix("no-") not in told] == [], (
        "docs/deploy/dashboard@.service"
    )


def test_streamlit_answers_at_the_addresses_that_uploads_and_nginx_name():
    nginx = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
    named = {server.UPLOADS, "/_stcore/metrics", "/_stcore/stream", "/media/", "/component/"}
    assert {address for address in named - {server.UPLOADS} if address.strip("/").split("/")[0] not in nginx} == set()
    modules = (starlette_routes, starlette_websocket)
    routes = [f"/{value}/" for module in modules for value in vars(module).values() if isinstance(value, str)]
    gone = {address for address in named if not any(route.startswith(address) for route in routes)}
    assert gone == set(), (
        f"app_pages/parts/server.py (UPLOADS) and docs/deploy/nginx.conf name {gone}; where does Streamlit answer now?"
    )


def test_a_sheet_writes_its_rows_where_xlsxwriter_asks_for_them():
    looked_at = "exports/sheets.py: Sheet writes its rows in Worksheet._write_rows, to its file `fh`, and says how many in `dim_rowmax`"
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("data", worksheet_class=Sheet).hold(pd.DataFrame({"at": pd.Series([7, 8], dtype="Int64")}))
    with zipfile.ZipFile(buffer) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c r="(\w+)"><v>(\d+)</v>', sheet)[-2:] == [("A2", "7"), ("A3", "8")], looked_at
    assert sheet.index("<sheetData>") < sheet.index('r="A2"') < sheet.index("</sheetData>"), looked_at


def test_every_setting_is_one_that_streamlit_has():
    def names(settings, above=""):
        for name, value in settings.items():
            yield from names(value, f"{above}{name}.") if isinstance(value, dict) else [f"{above}{name}"]

    ours = set(names(tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))))
    unknown = ours - config.get_config_options().keys()
    assert unknown == set(), (
        f".streamlit/config.toml: Streamlit ignores {unknown}; see `streamlit config show` for what took their place"
    )


def test_pandera_says_column_check_and_row_of_what_it_finds_and_what_a_check_allows():
    looked_at = "validation/column_findings.py reads `failure_cases`, validation/dictionary.py and exports/descriptions.py the checks"
    schema = pa.DataFrameSchema({"a": pa.Column(str, pa.Check.isin(["x"]))})
    with pytest.raises(pandera.errors.SchemaErrors) as found:
        schema.validate(pd.DataFrame({"a": ["x", "y"]}), lazy=True)
    cases = found.value.failure_cases
    assert cases[["column", "index", "failure_case"]].to_dict("records") == [
        {"column": "a", "index": 1, "failure_case": "y"}
    ], looked_at
    assert cases["check"].str.startswith("isin").all(), looked_at
    [check] = [check for check in SCHEMAS["claims"].columns["indicator"].checks if check.name == "isin"]
    assert len(check.statistics["allowed_values"]) > 1, looked_at
