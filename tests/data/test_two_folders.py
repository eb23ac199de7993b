"""Two folders of tables in one process, asked for by many threads: each answer is of one folder, whole; so is what a memo keeps."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.comparison_words import comparisons
from analysis.view import claims_view
from tests.support import small
from validation import current, load
from validation.memo import Memo

THREADS, TIMES = 8, 16


@pytest.fixture
def folders(tmp_path):
    """Two folders that differ in a number, a name and a finding, and are alike in all else."""
    first = small.write(tmp_path / "first", **small.PUBLISHED)
    claims = [small.claim(low=901, best=901, high=901, wording="901 people"), *small.ROWS["claims"][1:]]
    return first, small.write(tmp_path / "second", **small.PUBLISHED, claims=claims)


def held(dataset):
    """Return the version with what is made from the tables, once for all who ask."""
    values = dataset.kept("values", lambda: tuple(claims_view(dataset)["best"].dropna()))
    return dataset.version, values, tuple(comparisons(dataset)["comparison"])


def test_many_threads_that_ask_for_two_folders_by_turns_get_the_rows_of_the_one_they_name(folders, monkeypatch):
    monkeypatch.setattr(current, "SECONDS_BETWEEN_LOOKS", 0.0)
    expected = {folder: held(load(folder)) for folder in folders}
    assert len(set(expected.values())) == 2

    def ask(number):
        folder = folders[number % 2]
        return folder, held(current.current(folder).dataset)

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, range(TIMES)))
    assert [answer for _, answer in found] == [expected[folder] for folder, _ in found]


def test_threads_that_read_two_folders_at_once_find_the_faults_of_each_in_its_own_files_alone(folders):
    first, second = folders
    small.write(second, caveats=[*small.ROWS["caveats"], "period_unclear,Again,x,,"])
    expected = {folder: load(folder).findings for folder in folders}
    assert (len(expected[first]), len(expected[second]) > 0) == (0, True)
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda number: load(folders[number % 2]).findings, range(TIMES)))
    assert found == [expected[folders[number % 2]] for number in range(TIMES)]


def test_a_link_that_leads_to_another_folder_is_seen_though_its_files_have_the_same_sizes_and_times(folders, tmp_path):
    link = tmp_path / "link"
    for folder in folders:
        for path in folder.iterdir():
            os.utime(path, ns=(10**18, 10**18))
    assert len({tuple(sorted(path.stat().st_size for path in folder.iterdir())) for folder in folders}) == 1
    shown = []
    for folder in folders:
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
        shown.append(current.current(link, look=True).dataset.version)
    assert shown == [load(folder).version for folder in folders]


def test_a_table_that_is_replaced_by_one_of_the_same_size_and_time_is_read(folders):
    folder, other = folders
    before = current.current(folder, look=True).dataset.version
    times = (folder / "claims.csv").stat().st_mtime_ns
    (folder / "claims.csv").write_bytes((other / "claims.csv").read_bytes())
    os.utime(folder / "claims.csv", ns=(times, times))
    assert before != load(other).version == current.current(folder, look=True).dataset.version


def test_a_memo_asked_by_many_threads_gives_each_its_own_and_stays_within_its_bounds():
    memo = Memo(max_entries=12, max_bytes=400)

    def ask(number):
        key = number * 7919 % 30  # some are asked for together, some have gone meanwhile
        if key % 10 == 9:
            with pytest.raises(ValueError, match=f"^{key}$"):
                memo.get_or_make(key, lambda: (_ for _ in ()).throw(ValueError(key)))
            return key, key
        return key, memo.get_or_make(key, lambda: [key] * (key + 1), len)[-1]

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(ask, range(3_000)))
    assert all(key == value for key, value in found)
    kept = {key: memo.get(key) for key in range(30) if memo.get(key) is not None}
    assert kept == {key: [key] * (key + 1) for key in kept}
    assert (0 < len(kept) <= 12, memo._bytes, memo._making) == (True, sum(map(len, kept.values())), {})
