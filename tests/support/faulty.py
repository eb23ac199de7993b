"""A dashboard in which some functions fail, and what its readers may be told of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import ROOT, small
from tests.support.server import Served, serving

BREAKAGE = """
import dataclasses
import analysis.examples, analysis.lineage, exports.citations

def broken(*arguments, **named):
    raise RuntimeError("a secret of /root/secret.txt")

analysis.lineage.cells = broken
exports.citations.passage_link = broken
ris, *rest = exports.citations.FORMATS
exports.citations.FORMATS = (dataclasses.replace(ris, write=broken), *rest)
analysis.examples.near_only = broken
"""
INSIDE = r"secret|Traceback|RuntimeError|/root|/work|site-packages"
SENTENCE = r"Something went wrong on this page, and it is our fault\. Reload it; if it happens again, report the error id ([0-9a-f]{8})\."


@contextmanager
def failing(folder: Path) -> Iterator[Served]:
    """Start a dashboard in which some functions fail: Python runs `sitecustomize` before anything else."""
    (folder / "sitecustomize.py").write_text(BREAKAGE, encoding="utf-8")
    environment = {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    with serving(small.write(folder / "tables"), folder / "log", environment=environment) as server:
        yield server


def assert_in_log(server: Served, error_id: str) -> None:
    """The id stands in the log, with the traceback of what happened beside it."""
    said = server.said()
    assert said.count(f"error {error_id}") == 1
    assert "RuntimeError: a secret of /root/secret.txt" in said.split(f"error {error_id}")[1]
