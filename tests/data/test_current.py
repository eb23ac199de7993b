"""The last good version of tables that change: read again by one who asks, and nobody else waits for it."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.support import small
from validation import current, load


def test_while_changed_tables_are_read_others_are_given_the_last_good_version_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(current, "SECONDS_BETWEEN_LOOKS", 0.0)
    folder = small.write(tmp_path)
    before = current.current(folder).dataset.version
    begun, go = threading.Event(), threading.Event()

    def read_slowly(where):
        begun.set()
        assert go.wait(60)
        return load(where)

    monkeypatch.setattr(current, "load", read_slowly)
    small.write(folder, changes=[*small.ROWS["changes"], "2026-02-01,claims,,Another edition,,,More"])
    with ThreadPoolExecutor() as pool:
        first = pool.submit(current.current, folder)
        assert begun.wait(60)
        others = [pool.submit(current.current, folder).result(timeout=60).dataset.version for _ in range(3)]
        assert (others, first.done()) == ([before] * 3, False)
        go.set()
        assert first.result().dataset.version == load(folder).version != before


def test_within_a_second_the_files_are_not_looked_at_again(tmp_path, monkeypatch):
    monkeypatch.setattr(current, "SECONDS_BETWEEN_LOOKS", 3600.0)
    folder = small.write(tmp_path)
    before = current.current(folder)
    (folder / "claims.csv").write_bytes(b"")
    assert (current.current(folder), current.known(folder)) == (before, before)
    assert current.current(folder, look=True).latest.good is False
