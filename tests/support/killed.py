"""Commands of a curator that are killed before the n-th table is put in its place.

One warmed-up process makes a copy of itself for every kill, so that a kill costs milliseconds. What is killed is only ever such a
copy, by its number.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from curation.adding import add_claims
from curation.sources import NewSource, add_source
from tests.support import ROOT, small
from tests.support.readers import KILLED, SECOND, SOURCE, WOUNDED, Readers
from validation import load
from validation.models import SCHEMAS

NURSERY = """
import os, signal, sys
from pathlib import Path
from curation.adding import dismiss
from tests.support.killed import DISMISSED, WORDINGS, add
from validation import load, writing
from validation.writing import write_tables, writer

writing.SECONDS_TO_WAIT = 60
folder, renames, states = Path(sys.argv[1]), 0, []

def die_before(number):
    put = Path.replace
    def replace(path, target):
        global renames
        if Path(target).parent == folder / "tables":
            if renames == number:
                os.kill(os.getpid(), signal.SIGKILL)
            renames += 1
        return put(path, target)
    Path.replace = replace

print("ready", flush=True)
for line in sys.stdin:
    load(folder / "tables")  # what is read and loaded once, copies need not do again
    what, number = line.split()
    if what == "loop" and not states:
        records = [load(folder / "after" / "tables"), load(folder / "tables")]
        states = [{name: record.table(name) for name in ("claims", "claim_caveats")} for record in records]
    if what == "dismiss":
        writers = []
        for wording in WORDINGS:
            writers.append(os.fork())
            if not writers[-1]:
                dismiss(folder / "tables", folder / "reports", dict(DISMISSED, wording=wording))
                os._exit(0)
        print(*(os.waitpid(writer, 0)[1] for writer in writers), flush=True)
        continue
    child = os.fork()
    if child == 0 and what == "loop":
        print(os.getpid(), flush=True)
        while True:
            for state in states:
                with writer(folder / "tables"):
                    write_tables(folder / "tables", state)
    if child == 0:
        die_before(int(number))
        add(what, folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)
"""
Nursery = subprocess.Popen[str]
ROW = small.claim(
    claim_id="", paragraph=4, wording="at least 30 people", indicator="displaced", bound="at_least", low=30, best=30, high="",
    measure="cumulative", period_start=small.ABOUT["began"], period_end="2019-06", place_id="", summary="Moves.",
)  # fmt: skip
CAVEATS = "stock_or_flow: Not said.; period_unclear: No day."
WORDINGS, DISMISSED = ("3 May 2020", "30 people"), {"source_id": SOURCE, "paragraph": 2, "reason": "date"}
"""What two writers, copies both, list at once as numbers that are not used."""
LACKS = [("claims.csv", 4, "claim_id", "claims.caveat")]


def add(what: str, folder: Path) -> object:
    """Run the command of a curator that is killed, and again that finishes it."""
    if what == "publish":
        desk = Readers(folder)
        desk.publish(desk.of_both(SECOND))
        return desk
    if what == "claims":
        (folder / "new.csv").write_text(
            f"{','.join(SCHEMAS['claims'].columns)},caveats\n{ROW},{CAVEATS}\n", encoding="utf-8"
        )
        return add_claims(folder / "tables", None, folder / "new.csv")
    (folder / "new.txt").write_text("The Voice counts 30 people.\n", encoding="utf-8")
    new = NewSource("The Voice", "New", "2020-02-01", "https://example.org/v")
    return add_source(folder / "tables", folder / "reports", folder / "new.txt", new)


def rows_of(folder: Path) -> dict[str, list[str]]:
    """Return the lines of every table, each of which must be read without a fault."""
    record = load(folder / "tables")
    faults = (*record.findings, *record.reference_findings, *record.evidence_findings)
    assert [fault for fault in faults if fault.rule.startswith(("file.", "cell."))] == []
    return {name: (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8").splitlines() for name in SCHEMAS}


def ask(process: Nursery, line: str) -> str:
    assert process.stdout is not None
    print(line, file=process.stdin, flush=True)
    return process.stdout.readline().strip()


@contextmanager
def nursed(folder: Path) -> Iterator[tuple[Nursery, Path]]:
    """Start the process; give it and its folder."""
    command = [sys.executable, "-c", NURSERY, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process, folder
        process.stdin.close()
        process.wait(timeout=60)


PUBLISHED = ("changes", "curation", "dismissed", "claims", "claim_caveats", "evidence")
"""Tables in the order in which what was settled is written: what is said of it first, then what can be made again."""


def killed_while_it_is_made_public(process: Nursery, folder: Path, tmp_path: Path, kills: Iterable[int]) -> set[str]:
    """Kill a publication before each of these tables: the same command finishes it. Give the rules that were broken in between."""
    settled = Readers(tmp_path / "settled")
    settled.folder.mkdir()
    settled.prepared().decide("Reader C", {WOUNDED: {"decision": "other_quantity"}})
    settled.publish(settled.of_one("Reader C", today="2026-01-01"))
    (settled.drafts / SOURCE).rename(tmp_path / "elsewhere")
    unclear = {"measure": "period", "period_start": "", "caveats": "period_unclear: No day."}
    settled.decide(SECOND, {KILLED: {"decision": "other_quantity"}, WOUNDED: unclear}, blind=True)
    settled.settle(SECOND)
    add("publish", settled.copied(tmp_path / "whole").folder)
    whole, seen = rows_of(tmp_path / "whole"), set()
    for renames in kills:
        settled.copied(folder)
        before = rows_of(folder)
        assert ask(process, f"publish {renames}") == ("killed" if renames < len(PUBLISHED) else "0")
        expected = {name: (whole if name in PUBLISHED[:renames] else before)[name] for name in SCHEMAS}
        assert (renames, rows_of(folder)) == (renames, expected)
        seen |= {fault.rule for fault in load(folder / "tables").findings}
        add("publish", folder)
        other = {name: lines for name, lines in rows_of(folder).items() if lines != whole[name]}
        assert (renames, other) == (renames, {})
        assert load(folder / "tables").good
    return seen
