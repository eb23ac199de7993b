"""Titles of charts that say what is seen, by rule over the rows drawn; never a judgement.

Here: rows to one sentence. Not here: which rows are drawn, how dates and numbers are said (`words.py`).
"""

import pandas as pd

from analysis import words
from validation.vocabulary import (
    ALL_FIRE,
    FIRE_NOT_STATED,
    FIRES,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    by_code,
    labels,
)


def last_counts(tallied: pd.DataFrame) -> str:
    """Return the last counts of the group that most organisations count, the lowest and the highest of them, each with who and when.

    `tallied` (published counts of one indicator) is not empty. Of an organisation, the largest of its last counts is taken.
    """
    of_all = tallied["by_fire"].isin([ALL_FIRE, FIRE_NOT_STATED]) | tallied["by_fire"].isna()
    rows = tallied.assign(side=tallied["by_fire"].mask(of_all, ""))
    last = (
        rows.sort_values("day", kind="stable").drop_duplicates("run", keep="last").sort_values("value", kind="stable")
    )
    largest = last.drop_duplicates(["population_group", "side", "organisation_id"], keep="last")
    groups = largest.groupby(["population_group", "side"], sort=False)["value"].agg(["size", "max"]).reset_index()
    top = groups.sort_values(["size", "side", "max"], ascending=[False, True, False], kind="stable").iloc[0]
    drawn = largest[(largest["population_group"] == top["population_group"]) & (largest["side"] == top["side"])]
    several = by_code(POPULATION_GROUPS)[top["population_group"]].several
    whom = by_code(SERIES_INDICATORS)[drawn["indicator"].iloc[0]].noun.format(several)
    by = f" by {labels(FIRES)[top['side']]}" if top["side"] else ""
    ends = [
        f"{row['said']} ({row['organisation']}, {words.date(row['period_end'])})"
        for row in (drawn.iloc[0], drawn.iloc[-1])[: len(drawn)]
    ]
    return f"Last count{'s' * (len(ends) > 1)} of {whom}{by}: {' to '.join(ends)}"
