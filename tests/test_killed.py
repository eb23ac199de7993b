"""A writer that is killed: no table is lost or half written, and the next writer finds a whole set.

One warmed-up process makes a copy of itself for every kill, so that a kill costs milliseconds. What is killed is only ever
such a copy, by its number.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curation.adding import add_claims
from tests import small
from validation import load, reading
from validation.models import SCHEMAS
from validation.writing import writer

ROOT = Path(__file__).parent.parent
WRITTEN = ("claims", "claim_caveats", "organisations", "sources")
"""Tables in which the two states differ; each write puts all four."""

LATER = {
    "organisations": [*small.ROWS["organisations"], "voice,The Voice,news_outlet,"],
    "sources": [*small.ROWS["sources"], "voice-2020-02-01,Voice 2020,news_report,voice,New,,2020-02-01,https://example.org/v,,,en,,"],
    "claims": [
        *small.ROWS["claims"],
        "voice-2020-02-01-01,voice-2020-02-01,1,30 people,killed,all,people,exact,30,30,30,incident,2020-01,2020-01,town,,voice,,,Deaths.",
    ],
    "claim_caveats": [*small.ROWS["claim_caveats"], "voice-2020-02-01-01,stock_or_flow,Not said."],
}  # fmt: skip

NURSERY = """
import os, signal, sys
from pathlib import Path
from curation.adding import add_claims
from validation import load
from validation.writing import write_tables, writer

folder, before, after, written = Path(sys.argv[1]), load(sys.argv[2]), load(sys.argv[3]), sys.argv[4].split(",")
states = [{name: record.table(name) for name in written} for record in (after, before)]
renames = 0

def die_before(number):
    put = Path.replace
    def replace(path, target):
        global renames
        if Path(target).parent == folder:
            if renames == number:
                os.kill(os.getpid(), signal.SIGKILL)
            renames += 1
        return put(path, target)
    Path.replace = replace

print("ready", flush=True)
for line in sys.stdin:
    what, *arguments = line.split()
    child = os.fork()
    if child == 0:
        if what == "loop":
            print(os.getpid(), flush=True)
            while True:
                for state in states:
                    with writer(folder):
                        write_tables(folder, state)
        die_before(int(arguments[0]))
        if what == "add":
            add_claims(folder, None, Path(arguments[1]))
        else:
            with writer(folder):
                write_tables(folder, states[0])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)
"""


class Nursery:
    """A warmed-up process that makes writers, and the folder that they write to."""

    def __init__(self, folder, process):
        self.tables, self.process = folder / "tables", process
        self.states = [tables_of(folder / "before"), tables_of(folder / "after")]

    def ask(self, line):
        print(line, file=self.process.stdin, flush=True)

    def answer(self):
        return self.process.stdout.readline().strip()

    def seconds_of_a_write(self):
        """Measure how long a write takes on this machine now."""
        begun = time.monotonic()
        self.ask("write 99")
        assert self.answer() == "0"
        return time.monotonic() - begun

    def kill_a_writer_after(self, seconds):
        """Let a writer write again and again, and kill it."""
        self.ask("loop")
        child = int(self.answer())
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        assert self.answer() == "killed"


def tables_of(folder):
    return {name: (folder / f"{name}.csv").read_bytes() for name in SCHEMAS}


def scraps(folder):
    return sorted(path.name for path in folder.iterdir() if path.name not in {f"{name}.csv" for name in SCHEMAS} | {".lock"})  # fmt: skip


@pytest.fixture(scope="module")
def process_and_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    small.write(folder / "before")
    small.write(folder / "after", **LATER)
    assert load(folder / "after").good
    command = [sys.executable, "-c", NURSERY, *map(str, (folder / "tables", folder / "before", folder / "after")), ",".join(WRITTEN)]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield process, folder
        process.stdin.close()
        process.wait(timeout=10)


@pytest.fixture
def nursery(process_and_folder):
    """The nursery, with the earlier state in the folder and nothing else."""
    process, folder = process_and_folder
    small.write(folder / "tables")
    for name in scraps(folder / "tables"):
        (folder / "tables" / name).unlink()
    return Nursery(folder, process)


def assert_whole(nursery):
    """Every table is byte for byte that of one of the two states, and reads without a fault."""
    for name, data in tables_of(nursery.tables).items():
        assert data in [state[name] for state in nursery.states], f"{name}.csv is neither of its states: {data[-80:]!r}"
        frame, faults = reading.read(nursery.tables / f"{name}.csv", SCHEMAS[name])
        assert (frame is None, faults) == (False, [])


def assert_one_state_after_the_next_writer(nursery):
    """Whoever writes next finds a set that is valid and wholly of one state."""
    with writer(nursery.tables):
        pass
    record = load(nursery.tables)
    mixed = [name for name in WRITTEN if tables_of(nursery.tables)[name] == nursery.states[1][name]]
    assert (record.findings, mixed in ([], list(WRITTEN))) == ((), True), mixed


@pytest.mark.parametrize("kills", [15, pytest.param(200, marks=pytest.mark.slow)])
def test_a_writer_killed_at_any_moment_leaves_every_table_whole(nursery, kills):
    seed = random.randrange(10**9)  # noqa: S311
    chance = random.Random(seed)  # noqa: S311
    print("seed", seed)  # noqa: T201  (shown where the test fails)
    longest = 3 * nursery.seconds_of_a_write()
    seen = set()
    for _ in range(kills):
        nursery.kill_a_writer_after(chance.uniform(0.0, longest))
        assert_whole(nursery)
        seen.add(tuple(tables_of(nursery.tables)[name] == nursery.states[1][name] for name in WRITTEN))
    assert len(seen) > 1, "no kill came after a write: the test proves nothing"


@pytest.mark.parametrize("kills", [15, pytest.param(200, marks=pytest.mark.slow)])
def test_after_a_kill_at_any_moment_the_next_writer_finds_a_whole_set(nursery, kills):
    seed = random.randrange(10**9)  # noqa: S311
    chance = random.Random(seed)  # noqa: S311
    print("seed", seed)  # noqa: T201  (shown where the test fails)
    longest = 3 * nursery.seconds_of_a_write()
    for _ in range(kills):
        nursery.kill_a_writer_after(chance.uniform(0.0, longest))
        assert_one_state_after_the_next_writer(nursery)


@pytest.mark.parametrize("renames", range(len(WRITTEN) + 1))
def test_killed_between_two_tables_the_next_writer_finds_a_whole_set(nursery, renames):
    nursery.ask(f"write {renames}")
    assert nursery.answer() in ("killed", "0")
    assert_whole(nursery)
    assert_one_state_after_the_next_writer(nursery)


def test_what_a_killed_writer_left_lying_is_cleared_by_the_next(nursery):
    nursery.ask("write 0")
    assert nursery.answer() == "killed"
    with writer(nursery.tables):
        pass
    assert scraps(nursery.tables) == []


CLAIM = ",paper-2019-07-12,4,at least 30 people,killed,all,people,at_least,30,30,,incident,2019-05-03,2019-05-03,,,monitor,,,Deaths.,period_unclear: None."


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_claims_whose_addition_was_killed_can_be_added_or_are_there_with_their_caveats(nursery, tmp_path, renames):
    """A curator runs the command again: it never refuses because of what the first run left behind."""
    file = tmp_path / "new.csv"
    file.write_text(",".join([*SCHEMAS["claims"].columns, "caveats"]) + f"\n{CLAIM}\n", encoding="utf-8")
    nursery.ask(f"add {renames} {file}")
    assert nursery.answer() in ("killed", "0")
    with writer(nursery.tables):
        pass
    record = load(nursery.tables)
    assert record.findings == ()
    new = "paper-2019-07-12-03"
    there = [new in set(record.table(name)["claim_id"]) for name in ("claims", "claim_caveats")]
    assert there in ([True, True], [False, False])
    if there == [False, False]:
        assert list(add_claims(nursery.tables, None, file)) == [new]
        assert load(nursery.tables).good
