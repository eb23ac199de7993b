"""A writer that is killed before any table, and at any moment: every table is whole, and the same command finishes."""

import os
import random
import signal
import time

import pytest

from tests.support import small
from tests.support.killed import PUBLISHED, add, ask, killed_while_it_is_made_public, nursed, rows_of
from validation.models import SCHEMAS


@pytest.fixture
def nursery(tmp_path):
    (tmp_path / "killed").mkdir()
    with nursed(tmp_path / "killed") as started:
        yield started


def test_killed_before_any_table_while_it_is_made_public_the_same_command_finishes(nursery, tmp_path):
    kills = range(len(PUBLISHED) + 1)
    assert killed_while_it_is_made_public(*nursery, tmp_path, kills) == {"claims.caveat"}


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
