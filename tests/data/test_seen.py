"""Titles that say what is seen: each by rule over rows, the ends of a range with who counted them and when."""

import pandas as pd
import pytest

from analysis import seen


def tallied(*rows):
    names = ["organisation", "run", "population_group", "by_fire", "day", "value"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        organisation_id=table["organisation"], period_end=table["day"], day=pd.to_datetime(table["day"]), indicator="killed",
        said=table["value"].astype("str"), title="Newly displaced (" + table["organisation"] + ")",
    )  # fmt: skip


def test_the_group_that_most_organisations_count_is_named_with_its_lowest_and_highest_last_count():
    rows = tallied(
        ("A", 1, "civilians", "all", "2019-06-01", 90), ("A", 1, "civilians", "all", "2019-06-30", 100),
        ("B", 2, "civilians", "not_stated", "2019-07-02", 70), ("C", 3, "all", "all", "2019-07-02", 500),
    )  # fmt: skip
    assert seen.last_counts(rows) == "Last counts of civilians killed: 70 (B, 2 July 2019) to 100 (A, 30 June 2019)"


def test_of_several_counts_of_an_organisation_the_largest_is_its_own_and_one_alone_is_no_range():
    rows = tallied(("A", 1, "all", "all", "2019-06-01", 90), ("A", 2, "all", "all", "2019-05-01", 120))
    assert seen.last_counts(rows) == "Last count of people killed: 120 (A, 1 May 2019)"


def test_of_one_published_count_the_title_says_what_it_counts():
    rows = tallied(("A", 1, "all", "all", "2019-06-30", 90), ("A", 1, "all", "all", "2019-06-01", 120))
    assert seen.last_counts(rows) == "Newly displaced (A): 90, 30 June 2019"


def test_counts_of_one_side_are_not_mixed_with_those_of_all_and_the_side_is_named():
    rows = tallied(
        ("A", 1, "all", "all", "2019-06-01", 90), ("B", 2, "all", "government", "2019-06-01", 10),
        ("C", 3, "all", "government", "2019-06-01", 20),
    )  # fmt: skip
    assert seen.last_counts(rows) == (
        "Last counts of people killed by the government: 10 (B, 1 June 2019) to 20 (C, 1 June 2019)"
    )


def test_the_last_value_is_that_of_the_last_day_whatever_the_order_of_rows():
    rows = tallied(("A", 1, "all", "all", "2019-06-30", 70), ("A", 1, "all", "all", "2019-06-01", 90))
    assert seen.last_value(rows) == "Last value: 70 (30 June 2019)"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(90, "exact", "2019-06-01"), (70, "exact", "2019-07-01")], "Highest count: 90 (A, 1 June 2019)"),
        ([(90, "exact", "2019-07-01"), (90, "exact", "2019-06-01")], "Highest count: 90 (A, 1 June 2019)"),
        ([(600, "vague", "2019-06-01"), (70, "exact", "2019-07-01")], "Highest count: 70 (A, 1 July 2019)"),
        ([(600, "vague", "2019-06-01")], "Deaths"),
        ([], "Deaths"),
    ],
    ids=["the highest, not the last", "of equal ones the first", "no word", "words alone", "none"],
)
def test_the_highest_count_is_named_with_who_and_when_and_a_word_is_no_number(rows, title):
    counts = pd.DataFrame(rows, columns=["value", "bound", "period_end"])
    counts = counts.assign(
        organisation="A", said=counts["value"].astype("str"), day=pd.to_datetime(counts["period_end"])
    )
    assert seen.highest(counts, "Highest count", "Deaths") == title


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
