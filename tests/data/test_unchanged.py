"""After a change of the tables only the claims that changed are compared again, and all comparisons are as if made anew."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import comparison, comparison_words, unchanged
from tests.support import small
from validation.dataset import Dataset
from validation.memo import Memo

FIRST, SECOND, THIRD = small.ROWS["claims"]
CHANGED = {
    "a number": ({"claims": [small.claim(low=901, best=901, high=901), SECOND, THIRD]}, [1]),
    "a claim more": ({"claims": [small.claim(claim_id="paper-2019-07-12-00", low=7, best=7, high=7), FIRST, SECOND, THIRD]}, [1]),
    "a claim less": ({"claims": [FIRST, THIRD]}, []),
    "another order": ({"claims": [THIRD, FIRST, small.claim(claim_id="paper-2019-07-12-02", part_of="")]}, [1]),
    "a count": ({"observations": [small.count(low=4, best=4, high=4)]}, [3]),
    "no count": ({"observations": []}, [3]),
    "a place": ({"places": [small.place("north", "region"), *small.ROWS["places"][1:]]}, [3]),
    "a name": ({"organisations": [small.organisation("monitor", "The Watch", "monitor"), *small.ROWS["organisations"][1:]]}, [3]),
    "nothing": ({}, []),
}  # fmt: skip
"""What changes, and of how many claims at once the comparisons are made again."""


BESIDE_FIRST = small.count(
    observation_id="a-week", series_id="", measure="period", place_id="north", period_start="2019-02", period_end="2019-07", low=800,
    best=800, high=800,
)  # fmt: skip


def loaded(folder, **changed):
    """Load the small tables with published counts, one of which is said of the first claim alone."""
    counts = small.PUBLISHED | {"observations": [BESIDE_FIRST, *small.PUBLISHED["observations"]]}
    return small.dataset(folder, **(counts | changed))


def all_of(dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    return comparison.compared(dataset), comparison_words.comparisons(dataset)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Return what is kept after all comparisons were made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unchanged, "_last", {})
        all_of(loaded(tmp_path_factory.mktemp("before")))
        return unchanged._last


@pytest.mark.parametrize("change", CHANGED)
def test_after_a_change_only_claims_whose_row_changed_are_compared_again_and_all_is_as_if_made_anew(
    tmp_path, monkeypatch, before, change
):
    changed, expected = CHANGED[change]
    compared, compare = [], comparison._compare
    monkeypatch.setattr(
        comparison, "_compare", lambda dataset, rows: (compared.append(len(rows)), compare(dataset, rows))[1]
    )
    monkeypatch.setattr(unchanged, "_last", dict(before))
    dataset = loaded(tmp_path, **changed)
    again = all_of(dataset)
    assert compared == expected
    monkeypatch.setattr(unchanged, "_last", {})
    for one, other in zip(again, all_of(replace(dataset, _memo=Memo())), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_claims_of_one_id_are_all_compared(tmp_path):
    twice = loaded(tmp_path, claims=[FIRST, FIRST])
    assert len(comparison_words.sentences(twice)) == 2
