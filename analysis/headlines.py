"""What a reader in a hurry needs: the few numbers that reports are quoted for, how sure they are, and what others counted.

Why: the first page must not choose by hand. Headlines are the totals since the war began and the largest number of people
killed and of people displaced in one event or period; which published counts stand beside a claim follows from the rules of
`comparison.py`. Not here: those rules, drawing (`figures/multiples.py`).
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis import words
from analysis.comparison import compared, counts_beside
from analysis.comparison_words import comparisons
from validation import Dataset
from validation.vocabulary import CUMULATIVE, HEADLINES, NEAR, PEOPLE, SAME, VAGUE


def headlines(view: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of people that make headlines, out of the claims view: totals first, in each kind the largest first.

    Totals since the war began, then of all other numbers the largest of people killed and the largest of people displaced.
    """
    # Few columns until the rows are found: the view has over forty.
    people = view.loc[view["unit"] == PEOPLE, ["claim_id", "measure", "indicator", "value"]]
    total = people["measure"] == CUMULATIVE
    rest = people[~total]
    largest = [_largest(rest[rest["indicator"].isin(kinds)]) for kinds in HEADLINES]
    found = pd.concat([people[total].sort_values(["value", "claim_id"], ascending=[False, True]), *largest])
    return view.loc[found.index]


def _largest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row of the largest value, of several the first by id; no row of none."""
    top = rows[rows["value"] == rows["value"].max()]
    return top.sort_values("claim_id").head(1)


def how_sure(claim: Mapping[Hashable, Any]) -> str:
    """Describe in one line how exact a claim is, what its evidence is and how many limitations it has; not whether it is true."""
    caveats = len(str(claim["caveats"]).split("; ")) if isinstance(claim["caveats"], str) else 0
    doubts = words.count(caveats, "limitation") if caveats else "no known limitation"
    return f"{str(claim['bound_label']).capitalize()} · {claim['evidence_said']} · {doubts}"


def beside_counts(dataset: Dataset, claims: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """Set claims beside the published counts of the same thing, on the same days or near them, the largest claims first.

    `claims`: rows of the claims view. One row a claim and count, of at most `most` claims: the columns of the view, `relation`,
    `organisation`, `counted` (the value in words), `counted_day`, the claim as a multiple of that value: `times` (missing for a
    word or a range), `times_low`, `times_high`; `comparison`, the sentence about the claim. A count said as a word, or of nobody,
    is no measure; nor is one of a part or a whole.
    """
    found, counts = compared(dataset), counts_beside(dataset)
    measure = ((counts["value"] > 0) & (counts["bound"] != VAGUE)).to_numpy()[found["count"]]
    same_thing = found["relation"].isin([SAME, NEAR]) & (found["but_for_days"] == SAME)
    found = found.loc[same_thing & measure, ["claim_id", "count", "relation"]]
    chosen = claims.loc[claims["claim_id"].isin(found["claim_id"]), ["claim_id", "value"]]
    chosen = chosen.sort_values(["value", "claim_id"], ascending=[False, True]).head(most)
    columns = {"organisation": "organisation", "said": "counted", "period_end": "counted_day", "value": "counted_value"}
    rows = claims.loc[chosen.index].merge(found, on="claim_id")
    rows = rows.join(counts[list(columns)].rename(columns=columns), on="count")
    value = rows["counted_value"].astype("float64")
    ends = {"times": "best", "times_low": "low", "times_high": "high"}
    return rows.assign(
        comparison=comparisons(dataset)["comparison"].reindex(rows["claim_id"]).to_numpy(),
        **{name: rows[end].astype("Float64") / value for name, end in ends.items()},
    )
