"""A dashboard in which some functions fail for a while, and what its readers may be told of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import ROOT, small
from tests.support.server import Served

BREAKAGE = """
import dataclasses, pathlib
import analysis.examples, analysis.lineage, exports.citations

def at_times(works):
    def either(*arguments, **named):
        if pathlib.Path(__file__).with_name("failing").exists():
            raise RuntimeError("a secret of /root/secret.txt")
        return works(*arguments, **named)
    return either

analysis.lineage.cells = at_times(analysis.lineage.cells)
exports.citations.passage_link = at_times(exports.citations.passage_link)
ris, *rest = exports.citations.FORMATS
exports.citations.FORMATS = (dataclasses.replace(ris, write=at_times(ris.write)), *rest)
analysis.examples.near_only = at_times(analysis.examples.near_only)
"""
INSIDE = r"secret|Traceback|RuntimeError|/root|/work|site-packages"
SENTENCE = r"Something went wrong on this page, and it is our fault\. Reload it; if it happens again, report the error id ([0-9a-f]{8})\."


def breakable(folder: Path) -> dict[str, str]:
    """Return the environment of a dashboard that can be made to fail: Python runs `sitecustomize` before anything else."""
    (folder / "sitecustomize.py").write_text(BREAKAGE, encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


@contextmanager
def failing(server: Served) -> Iterator[Served]:
    """Let some functions of a dashboard fail; its tables are written anew before and after, so that nothing is there that was made meanwhile."""
    folder = server.log.parent
    small.write(folder / "tables")
    (folder / "failing").touch()
    yield server
    (folder / "failing").unlink()
    small.write(folder / "tables")


def assert_in_log(server: Served, error_id: str) -> None:
    """The id stands in the log, with the traceback of what happened beside it."""
    said = server.said()
    assert said.count(f"error {error_id}") == 1
    assert "RuntimeError: a secret of /root/secret.txt" in said.split(f"error {error_id}")[1]
