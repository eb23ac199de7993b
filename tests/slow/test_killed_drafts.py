"""A program that is killed while it saves a draft, at any moment: nothing confirmed is lost, nothing torn is read."""

import os
import re
import signal
import subprocess
import sys
import time

from curation import drafts
from tests.support import ROOT

TEXT, DATED = "a" * 64, {"decision": "date"}
SOURCE, READER = "paper-2019-07-12", "Reader A"


def cells_of(folder):
    """Return the rows of a draft without their times: number, then the cells that are not blank."""
    rows = drafts.read(folder, SOURCE, READER).rows.drop(columns="decided_on")
    return {number: row.dropna().to_dict() for number, row in rows.iterrows()}


NURSERY = """
import os, sys
from pathlib import Path
from curation import drafts

folder = Path(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        for step in range(100_000):
            cells = {"decision": "claim", "note": f"{step}:" + "x" * 20_000}
            drafts.save(folder, "paper-2019-07-12", "Reader A", f"p{step % 5 + 1}-0", cells)
            os.write(1, f"{os.getpid()} {step}\\n".encode())  # in one piece, so that no line is mixed with another
    os.waitpid(child, 0)
    os.write(1, b"killed\\n")
"""


def test_killed_at_any_moment_no_confirmed_row_is_lost_and_none_is_torn(tmp_path):
    command = [sys.executable, "-c", NURSERY, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        for kill in range(100):
            path = next(tmp_path.glob("*/*.jsonl"), None)
            if path is not None:
                path.unlink()
            drafts.begin(tmp_path, SOURCE, READER, TEXT)
            print("go", file=process.stdin, flush=True)
            steps, until = [], time.monotonic() + 0.002 * (kill % 25)
            while not steps or time.monotonic() < until:
                child, step = map(int, process.stdout.readline().split())
                steps.append(step)
            os.kill(child, signal.SIGKILL)
            steps += [int(line.split()[1]) for line in iter(process.stdout.readline, "killed\n")]
            notes = {number: row["note"] for number, row in cells_of(tmp_path).items()}
            assert all(re.fullmatch(r"\d+:x{20000}", note) for note in notes.values())
            found = {number: int(note.partition(":")[0]) for number, note in notes.items()}
            assert all(found[f"p{step % 5 + 1}-0"] >= step for step in steps)
            drafts.save(tmp_path, SOURCE, READER, "p99-0", DATED)
            assert (cells_of(tmp_path)["p99-0"], drafts.read(tmp_path, SOURCE, READER).unreadable) == (DATED, 0)
        process.stdin.close()
        process.wait(timeout=10)
