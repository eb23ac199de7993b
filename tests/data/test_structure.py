"""The house rules that a reader of the sources could check: who may import whom, and what no file may hold."""

import ast
import json
import re
import subprocess
import sys

import pytest

from tests.support import ROOT
from tests.support.sources import FILES, MAY_IMPORT


@pytest.fixture(scope="module")
def sources():
    """Return the text of each file and what it parses to, by the path from the root."""
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES}
    return {name: (text, ast.parse(text)) for name, text in texts.items()}


def imported(name, tree):
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: write the whole name of the module"
            found.add(node.module.split(".")[0])
    return found


def test_data_flows_one_way(sources):
    upwards = {}
    for name, (_, tree) in sources.items():
        home, used = name.partition("/")[0], imported(name, tree)
        shown = home in ("app_pages", "dashboard.py") or name.startswith("curation/desk/")
        allowed = MAY_IMPORT[home] | ({"streamlit"} if shown else set())
        if wrong := used & {*MAY_IMPORT, "streamlit"} - allowed:
            upwards[name] = wrong
    assert upwards == {}


@pytest.fixture(scope="module")
def loaded():
    """Return the modules that are loaded where the dashboard starts, and then where the commands of curation do."""
    start = (
        "import dashboard, importlib, json, pathlib, sys\n"
        "for part in pathlib.Path('app_pages/parts').glob('*.py'):\n"
        "    importlib.import_module(f'app_pages.parts.{part.stem}')\n"
        "first = list(sys.modules)\n"
        "import curation.__main__\n"
        "print(json.dumps([first, list(sys.modules)]))"
    )
    told = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, check=True)
    return [set(modules) for modules in json.loads(told.stdout)]


def test_starting_imports_nothing_heavy_that_a_first_page_does_not_use(loaded):
    dashboard, _ = loaded
    assert {"pandas", "plotly", "pandera", "streamlit", "exports.api"} <= dashboard
    later = {"xlsxwriter", "pyarrow.parquet", "plotly.express", "plotly.figure_factory", "altair", "pydeck", "requests"}
    assert dashboard & (later | {"curation", "scipy", "matplotlib"}) == set()


def test_the_readers_of_pages_and_pdfs_are_loaded_only_where_one_is_read(loaded):
    _, curation = loaded
    assert "curation.texts" in curation
    assert curation & {"trafilatura", "pypdf", "lxml", "krippendorff"} == set()


def test_every_module_says_why_it_exists(sources):
    assert [name for name, (_, tree) in sources.items() if not ast.get_docstring(tree)] == []


def test_pages_are_short_scripts_without_functions(sources):
    long = {}
    for name in (str(path.relative_to(ROOT)) for path in (ROOT / "app_pages").glob("*.py")):
        text, tree = sources[name]
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        if len(text.splitlines()) > 80 or functions:
            long[name] = (len(text.splitlines()), len(functions))
    assert long == {}


def test_no_markup_is_let_through_and_no_colour_or_year_stands_in_a_builder(sources):
    faults = []
    for name, (text, _) in sources.items():
        faults += [(name, "raw HTML")] * ("unsafe_allow_html" in text or "unsafe_allow_javascript" in text)
        if name.startswith("figures/") and name != "figures/palette.py":
            faults += [(name, found) for found in re.findall(r"#[0-9a-fA-F]{6}\b|\b(?:19|20)\d\d\b", text)]
    assert faults == []


def test_every_requirement_is_pinned():
    pins = {line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line}
    wanted = set()
    for name in ("requirements.txt", "requirements-curation.txt", "requirements-dev.txt", "requirements-bench.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        wanted |= {re.match(r"[\w.-]+", line)[0].lower() for line in lines if line and line[0] not in "#-"}
    assert wanted - pins == set()


def test_every_file_that_the_documentation_names_is_there():
    named = re.compile(
        r"`((?:app_pages|analysis|benchmarks|curation|datasets|docs|exports|figures|tests|validation)/[\w./@-]+\.(?:py|md|csv|toml|css|sh|txt|service|conf|yaml|geojson))`"
    )
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    found = {(page.name, file) for page in pages for file in named.findall(page.read_text(encoding="utf-8"))}
    assert len(found) > 20
    assert {(page, file) for page, file in found if not (ROOT / file).exists()} == set()
