"""Tables broken in every way while the dashboard runs, and a million rows of rubbish."""

import subprocess
import sys

import pytest

from tests.support import ROOT, small
from tests.support.changing import BREAKS, assert_last_good_version_stays, watching
from validation.models import SCHEMAS


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return small.write(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def watched(tables, tmp_path_factory):
    with watching(tables, tmp_path_factory.mktemp("log") / "log") as server:
        yield server


@pytest.mark.xdist_group("broken-tables")
@pytest.mark.parametrize("way", BREAKS)
def test_tables_broken_in_any_way_leave_the_last_good_version_until_they_are_mended(watched, tables, way):
    assert_last_good_version_stays(watched, tables, way)


RUBBISH = {
    "rows with too few cells": "rubbish,rubbish\n",
    "rows with as many cells as columns": ",".join(["=x"] * len(SCHEMAS["claims"].columns)) + "\n",
    "the same good row": small.ROWS["claims"][0] + "\n",
}
PROGRAM = """
import resource, sys
from validation import load
resource.setrlimit(resource.RLIMIT_DATA, (8 * 2**30,) * 2)
dataset = load(sys.argv[1])
print(dataset.good, sum(found.file == "claims.csv" for found in dataset.findings) > 0)
"""


@pytest.mark.parametrize("kind", RUBBISH)
def test_a_million_rows_of_rubbish_are_refused_and_take_no_machine_down(tmp_path, kind):
    folder = small.write(tmp_path)
    with (folder / "claims.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(SCHEMAS["claims"].columns) + "\n")
        for _ in range(1_000):
            file.write(RUBBISH[kind] * 1_000)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr[-300:], done.stdout.split()) == (0, "", ["False", "True"])
