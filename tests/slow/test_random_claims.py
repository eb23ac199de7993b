"""Claims and published counts at random: compared at once and one by one they are the same."""

import pytest

from tests.support.comparing import assert_one_by_one_is_as_at_once, random_tables


@pytest.mark.parametrize("seed", range(1, 10))
def test_random_claims_at_once_and_one_by_one_meet_the_same_counts(tmp_path, seed):
    assert_one_by_one_is_as_at_once(random_tables(tmp_path, seed))
