"""A writer that is killed: no table is half written, no row is lost, and the same command finishes what it began.

One warmed-up process makes a copy of itself for every kill, so that a kill costs milliseconds. What is killed is only ever
such a copy, by its number.
"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from curation.adding import add_claims
from curation.sources import NewSource, add_source
from tests.support import ROOT, small
from tests.support.readers import KILLED, SECOND, SOURCE, WOUNDED, Readers
from validation import load, reading
from validation.models import SCHEMAS, metadata
from validation.writing import ORDER, writer

NURSERY = """
import os, signal, sys
from pathlib import Path
from tests.data.test_killed import add, load, writer
from validation.writing import write_tables

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
    what, number = line.split()
    if what == "loop" and not states:
        records = [load(folder / "after" / "tables"), load(folder / "tables")]
        states = [{name: record.table(name) for name in ("claims", "claim_caveats")} for record in records]
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
ROW = small.claim(
    claim_id="", paragraph=4, wording="at least 30 people", indicator="displaced", bound="at_least", low=30, best=30, high="",
    measure="cumulative", period_start=small.ABOUT["began"], period_end="2019-06", place_id="", summary="Moves.",
)  # fmt: skip
CAVEATS = "stock_or_flow: Not said.; period_unclear: No day."
LACKS = [("claims.csv", 4, "claim_id", "claims.caveat")]


def add(what, folder):
    """Run the command of a curator that is killed, and again that finishes it."""
    if what == "publish":
        desk = Readers(folder)
        return desk.publish(desk.of_both(SECOND)) or True
    if what == "claims":
        (folder / "new.csv").write_text(
            f"{','.join(SCHEMAS['claims'].columns)},caveats\n{ROW},{CAVEATS}\n", encoding="utf-8"
        )
        return add_claims(folder / "tables", None, folder / "new.csv")
    (folder / "new.txt").write_text("The Voice counts 30 people.\n", encoding="utf-8")
    new = NewSource("The Voice", "New", "2020-02-01", "https://example.org/v")
    return add_source(folder / "tables", folder / "reports", folder / "new.txt", new)


def rows_of(folder):
    """Return the lines of every table, each of which must be read without a fault."""
    for name, schema in SCHEMAS.items():
        assert reading.read(folder / "tables" / f"{name}.csv", schema)[1] == []
    return {name: (folder / "tables" / f"{name}.csv").read_text(encoding="utf-8").splitlines() for name in SCHEMAS}


def ask(process, line):
    print(line, file=process.stdin, flush=True)
    return process.stdout.readline().strip()


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-c", NURSERY, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield process, folder
        process.stdin.close()
        process.wait(timeout=10)


@pytest.mark.parametrize(
    ("what", "tables", "lacks"),
    [("claims", ("claims", "claim_caveats"), {1: LACKS}), ("source", ("organisations", "sources"), {})],
)
def test_killed_between_two_tables_no_row_is_lost_and_the_same_command_finishes(nursery, tmp_path, what, tables, lacks):
    process, folder = nursery
    small.write(tmp_path / "tables")
    whole = add(what, tmp_path) and rows_of(tmp_path)
    for renames in range(len(tables) + 1):
        small.write(folder / "tables")
        before = rows_of(folder)
        assert ask(process, f"{what} {renames}") == ("killed" if renames < len(tables) else "0")
        expected = {name: (whole if name in tables[:renames] else before)[name] for name in SCHEMAS}
        assert (renames, rows_of(folder)) == (renames, expected)
        assert small.places_of(load(folder / "tables").findings) == lacks.get(renames, [])
        if renames < len(tables) or what == "claims":
            add(what, folder)
        assert (renames, rows_of(folder)) == (renames, whole)
        assert load(folder / "tables").good


PUBLISHED = ("changes", "curation", "dismissed", "claims", "claim_caveats", "evidence")
"""Tables in the order in which what was settled is written: what is said of it first, then what can be made again."""


def test_killed_while_it_is_made_public_the_same_command_finishes_and_the_list_of_changes_is_whole(nursery, tmp_path):
    process, folder = nursery
    settled = Readers(tmp_path / "settled")
    settled.folder.mkdir()
    settled.prepared().decide("Reader C", {WOUNDED: {"decision": "other_quantity"}})
    settled.publish(settled.of_one("Reader C", today="2026-01-01"))
    (settled.drafts / SOURCE).rename(tmp_path / "elsewhere")
    unclear = {"measure": "period", "period_start": "", "caveats": "period_unclear: No day."}
    settled.decide(SECOND, {KILLED: {"decision": "other_quantity"}, WOUNDED: unclear}, blind=True)
    settled.settle(SECOND)
    whole = add("publish", settled.copied(tmp_path / "whole").folder) and rows_of(tmp_path / "whole")
    seen = set()
    for renames in range(len(PUBLISHED) + 1):
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
    assert seen == {"claims.caveat"}


def test_claims_of_an_interrupted_addition_are_not_finished_over_another_fault(nursery):
    process, folder = nursery
    small.write(folder / "tables")
    assert ask(process, "claims 1") == "killed"
    (folder / "tables" / "events.csv").write_bytes(b"")
    before = (folder / "tables" / "claim_caveats.csv").read_bytes()
    with pytest.raises(Exception, match=r"events\.csv.*file\.empty"):
        add("claims", folder)
    assert (folder / "tables" / "claim_caveats.csv").read_bytes() == before


def test_tables_are_written_after_those_that_they_refer_to():
    late = [
        (name, target)
        for name, schema in SCHEMAS.items()
        for column in schema.columns
        if (target := metadata(name, column).get("references", name).split(".")[0]) != name
        and ORDER.index(target) > ORDER.index(name)
    ]
    assert (late, sorted(ORDER)) == ([], sorted(SCHEMAS))


def test_what_a_killed_writer_left_is_removed_by_the_next_and_nothing_else(nursery):
    process, folder = nursery
    small.write(folder / "tables")
    own = folder / "tables" / ".notes-of-mine.new"
    own.touch()
    assert ask(process, "claims 0") == "killed"
    assert len(list(folder.glob("tables/.claim*.new"))) == 2
    with writer(folder / "tables"):
        assert list(folder.glob("tables/.*.new")) == [own]


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_every_table_whole(nursery):
    process, folder = nursery
    before = rows_of(small.write(folder / "tables").parent)
    add("claims", small.write(folder / "after" / "tables").parent)
    after, seen = rows_of(folder / "after"), set()
    for _ in range(100):
        small.write(folder / "tables")
        child = int(ask(process, "loop 0"))
        time.sleep(random.uniform(0.0, 0.1))  # noqa: S311
        os.kill(child, signal.SIGKILL)
        assert process.stdout.readline() == "killed\n"
        found = rows_of(folder)
        assert all(found[name] in (before[name], after[name]) for name in SCHEMAS)
        seen.add(found == before)
    assert seen == {True, False}, "no kill came after a write: the test proves nothing"
