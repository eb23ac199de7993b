"""A writer that is killed, and two at once: no table is half written, no row is lost, and the same command finishes what it began.

Kills before every table, and at any moment: `tests/slow/`.
"""

import pytest

from tests.support import small
from tests.support.killed import LACKS, PUBLISHED, WORDINGS, add, ask, killed_while_it_is_made_public, nursed, rows_of
from validation import load
from validation.models import SCHEMAS, metadata
from validation.writing import ORDER, writer


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    with nursed(tmp_path_factory.mktemp("killed")) as started:
        yield started


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


def test_killed_while_it_is_made_public_the_same_command_finishes_and_the_list_of_changes_is_whole(nursery, tmp_path):
    claims_without_limitations = PUBLISHED.index("claim_caveats")
    assert killed_while_it_is_made_public(*nursery, tmp_path, [1, claims_without_limitations]) == {"claims.caveat"}


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


def test_two_writers_at_once_lose_no_row(nursery, prepared):
    process, folder = nursery
    prepared.copied(folder)
    assert ask(process, "dismiss 0") == "0 0"
    assert sorted(load(folder / "tables").table("dismissed")["wording"]) == sorted(WORDINGS)
