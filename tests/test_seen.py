"""Titles that say what is seen: only where the rows are clear, else what is drawn; and years without a count in words."""

import pandas as pd
import pytest

from analysis import seen


def years(**values):
    """Return yearly counts: publisher to value by year, the main publisher first."""
    rows = [(name, year, value) for name, found in values.items() for year, value in found.items()]
    return pd.DataFrame(rows, columns=["in_text", "year", "value"])


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (years(A={1: 5, 2: 9, 3: 4}), "Deaths were highest in 2"),
        (years(A={1: 5, 2: 9, 3: 4}, B={1: 3, 2: 7, 3: 1}), "Deaths were highest in 2"),
        (years(A={1: 5, 2: 9, 3: 4, 4: 3, 5: 2}, B={3: 6, 4: 5, 5: 1}), "Deaths were highest in 2"),
        (
            years(A={1: 5, 2: 9, 3: 4}, B={1: 8, 2: 7, 3: 1}),
            "Deaths were highest in 2 as A counts and in 1 as B counts",
        ),
        (years(A={1: 9, 2: 9, 3: 4}), "Deaths by year"),
        (years(A={1: 5, 2: 9}), "Deaths by year"),
        (years(), "Deaths by year"),
    ],
    ids=["one", "two agree", "one without the year", "two differ", "a tie", "two years", "none"],
)
def test_the_deadliest_year_is_named_only_where_one_year_has_the_most_of_three(rows, title):
    assert seen.deadliest(rows, otherwise="Deaths by year") == title


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (years(A={1: 5, 2: 5}, B={1: 5, 2: 5}), ""),
        (years(A={1: 5, 2: 5, 8: 5}), "We found no count by A for 3 to 7."),
        (years(A={1: 5, 4: 5}, B={2: 5}), "We found no count by A for 2 and 3; none by B for 1, 3 and 4."),
        (years(), ""),
    ],
    ids=["none missing", "a span", "two publishers", "none"],
)
def test_years_without_a_count_are_named_by_publisher(rows, said):
    assert seen.without_count(rows) == said
