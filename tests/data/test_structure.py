"""The house rules that a reader of the sources could check: who may import whom, and what no file may hold."""

import ast
import re
import subprocess
import sys

import pytest

from tests.support import ROOT
from tests.support.sources import FILES, MAY_IMPORT

ORDER = ["validation", "analysis", "figures", "exports", "app_pages"]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of the module"
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_data_flows_one_way(path):
    home = path.relative_to(ROOT).parts[0]
    ours = {name for name in imported(path) if name in MAY_IMPORT}
    assert ours <= MAY_IMPORT[home]
    if home not in ("app_pages", "dashboard.py") and not path.is_relative_to(ROOT / "curation" / "desk"):
        assert "streamlit" not in set(imported(path))


def test_starting_imports_nothing_heavy_that_a_first_page_does_not_use():
    start = (
        "import dashboard, importlib, pathlib, sys\n"
        "for part in pathlib.Path('app_pages/parts').glob('*.py'):\n"
        "    importlib.import_module(f'app_pages.parts.{part.stem}')\n"
        "print(*sys.modules, sep='\\n')"
    )
    told = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert {"pandas", "plotly", "pandera", "streamlit", "exports.api"} <= loaded
    later = {"xlsxwriter", "pyarrow.parquet", "plotly.express", "plotly.figure_factory", "altair", "pydeck", "requests"}
    assert loaded & (later | {"curation", "scipy", "matplotlib"}) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_why_it_exists(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_pages_are_short_scripts_without_functions():
    long = {}
    for path in (ROOT / "app_pages").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        if len(text.splitlines()) > 80 or functions:
            long[path.name] = (len(text.splitlines()), len(functions))
    assert long == {}


def test_no_markup_is_let_through_and_no_colour_or_year_stands_in_a_builder():
    faults = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        faults += [(path.name, "raw HTML")] * ("unsafe_allow_html" in text or "unsafe_allow_javascript" in text)
        if path.parent.name == "figures" and path.name != "palette.py":
            faults += [(path.name, found) for found in re.findall(r"#[0-9a-fA-F]{6}\b|\b(?:19|20)\d\d\b", text)]
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
