"""Tests that share a server or a browser stay on one worker, so that each is started once."""

import os
import subprocess
import sys

from tests.support import ROOT

GENERATED = """
import os
from pathlib import Path

import pytest

@pytest.fixture(scope="module")
def dashboard():
    return "a running dashboard"

def note(kind):
    with (Path(__file__).parent / kind).open("a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")

@pytest.mark.parametrize("number", range(8))
def test_looks_at_the_dashboard(dashboard, number):
    note("dashboard")

@pytest.mark.parametrize("number", range(8))
@pytest.mark.xdist_group("marked")
def test_shares_a_server(number):
    note("marked")

@pytest.mark.parametrize("number", range(8))
def test_shares_nothing(number):
    note("alone")
"""


def test_a_group_stays_on_one_worker_across_files(tmp_path):
    for name in ("test_one.py", "test_two.py"):
        (tmp_path / name).write_text(GENERATED, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "-p", "tests.conftest", tmp_path]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert "48 passed" in done.stdout, done.stdout + done.stderr
    workers = {kind: (tmp_path / kind).read_text().split() for kind in ("dashboard", "marked", "alone")}
    assert {kind: (len(ids), len(set(ids))) for kind, ids in workers.items() if kind != "alone"} == {
        "dashboard": (16, 1),
        "marked": (16, 1),
    }
