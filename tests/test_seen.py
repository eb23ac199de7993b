"""Titles that say what is seen: each by rule over rows, the ends of a range with who counted them and when."""

import pandas as pd

from analysis.seen import last_counts


def tallied(*rows):
    names = ["organisation", "run", "population_group", "by_fire", "day", "value"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        organisation_id=table["organisation"], period_end=table["day"], day=pd.to_datetime(table["day"]), indicator="killed",
        said=table["value"].astype("str"),
    )  # fmt: skip


def test_the_group_that_most_organisations_count_is_named_with_its_lowest_and_highest_last_count():
    rows = tallied(
        ("A", 1, "civilians", "all", "2019-06-01", 90), ("A", 1, "civilians", "all", "2019-06-30", 100),
        ("B", 2, "civilians", "not_stated", "2019-07-02", 70), ("C", 3, "all", "all", "2019-07-02", 500),
    )  # fmt: skip
    assert last_counts(rows) == "Last counts of civilians killed: 70 (B, 2 July 2019) to 100 (A, 30 June 2019)"


def test_of_several_counts_of_an_organisation_the_largest_is_its_own_and_one_alone_is_no_range():
    rows = tallied(("A", 1, "all", "all", "2019-06-01", 90), ("A", 2, "all", "all", "2019-05-01", 120))
    assert last_counts(rows) == "Last count of people killed: 120 (A, 1 May 2019)"


def test_counts_of_one_side_are_not_mixed_with_those_of_all_and_the_side_is_named():
    rows = tallied(
        ("A", 1, "all", "all", "2019-06-01", 90), ("B", 2, "all", "government", "2019-06-01", 10),
        ("C", 3, "all", "government", "2019-06-01", 20),
    )  # fmt: skip
    assert last_counts(rows) == (
        "Last counts of people killed by the government: 10 (B, 1 June 2019) to 20 (C, 1 June 2019)"
    )
