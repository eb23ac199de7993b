"""After a change of the tables only the claims that changed are compared again, and all comparisons are as if made anew."""

import pandas as pd
import pytest

from analysis import comparison, comparison_words, unchanged
from tests.support import small
from validation.dataset import Dataset

FIRST, SECOND, THIRD = small.ROWS["claims"]
CHANGED = {
    "a number": {"claims": [small.claim(low=901, best=901, high=901), SECOND, THIRD]},
    "a claim more": {"claims": [small.claim(claim_id="paper-2019-07-12-00", low=7, best=7, high=7), FIRST, SECOND, THIRD]},
    "a claim less": {"claims": [FIRST, THIRD]},
    "another order": {"claims": [THIRD, FIRST, small.claim(claim_id="paper-2019-07-12-02", part_of="")]},
    "a count": {"observations": [small.count(low=4, best=4, high=4)]},
    "no count": {"observations": []},
    "a place": {"places": [small.place("north", "region"), *small.ROWS["places"][1:]]},
    "a name": {"organisations": [small.organisation("monitor", "The Watch", "monitor"), *small.ROWS["organisations"][1:]]},
    "nothing": {},
}  # fmt: skip


def loaded(folder, **changed):
    return small.dataset(folder, **(small.PUBLISHED | changed))


def all_of(dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    return comparison.compared(dataset), comparison_words.comparisons(dataset)


@pytest.mark.parametrize("change", CHANGED)
def test_after_a_change_all_comparisons_are_as_if_made_anew(tmp_path, monkeypatch, change):
    monkeypatch.setattr(unchanged, "_last", {})
    all_of(loaded(tmp_path))
    again = all_of(loaded(tmp_path, **CHANGED[change]))
    monkeypatch.setattr(unchanged, "_last", {})
    anew = all_of(loaded(tmp_path, **CHANGED[change]))
    for one, other in zip(again, anew, strict=True):
        pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("change", "made"),
    [
        ("a number", [1]),
        ("a claim more", [1]),
        ("a claim less", []),
        ("a count", [3]),
        ("a name", [3]),
        ("nothing", []),
    ],
)
def test_only_claims_whose_row_changed_are_compared_again_and_all_where_a_count_changed(
    tmp_path, monkeypatch, change, made
):
    monkeypatch.setattr(unchanged, "_last", {})
    all_of(loaded(tmp_path))
    compared, compare = [], comparison._compare
    monkeypatch.setattr(
        comparison, "_compare", lambda dataset, rows: (compared.append(len(rows)), compare(dataset, rows))[1]
    )
    all_of(loaded(tmp_path, **CHANGED[change]))
    assert compared == made


def test_claims_of_one_id_are_all_compared(tmp_path):
    twice = loaded(tmp_path, claims=[FIRST, FIRST])
    assert len(comparison_words.sentences(twice)) == 2
