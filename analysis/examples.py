"""Two claims that show how claims are compared with published counts, picked by rule, each with counts and what we say of them.

Why: a rule is understood by a case, and every number of a case must be that of the tables. Here: which claims, and their counts in
words. Not here: the rules (`comparison.py`), the text around the cases (`app_pages/method.py`).
"""

from dataclasses import dataclass

import pandas as pd

from analysis import listing, words
from analysis.comparison import APART, compared, counts_beside, every_count
from analysis.comparison_words import beside, comparisons, why
from analysis.view import claims_view
from validation import Dataset
from validation.vocabulary import EXACT, NEAR, RELATIONS, SAME, labels

MAX_OTHERS = 3
"""Counts that are not comparable shown with an example, each for another reason."""


@dataclass(frozen=True)
class Example:
    """A claim (row of the claims view), its counts in words, and the sentence that the rules give."""

    claim: pd.Series
    counts: pd.DataFrame
    sentence: str


def near_only(dataset: Dataset) -> Example | None:
    """Return the largest exact claim whose counts differ in the days alone."""
    found = compared(dataset)
    only_days = (found["relation"] == NEAR) & (found["but_for_days"] == SAME) & ~found["lead"]
    by_claim = only_days.groupby(found["claim_id"]).all()
    return _largest(dataset, by_claim.index[by_claim])


def own_counts(dataset: Dataset) -> Example | None:
    """Return the largest exact claim whose speaker has values of its own around the claim's date."""
    leads = compared(dataset).groupby("claim_id")["lead"].sum()
    return _largest(dataset, leads.index[leads > 1])


def _largest(dataset: Dataset, claim_ids: pd.Index) -> Example | None:
    view = claims_view(dataset)
    exact = view[view["claim_id"].isin(claim_ids) & (view["bound"] == EXACT)].sort_values(
        ["value", "claim_id"], ascending=[False, True]
    )
    if exact.empty:
        return None
    claim = exact.iloc[0]
    return Example(claim, _counts(dataset, claim), comparisons(dataset)["comparison"][claim["claim_id"]])


def _counts(dataset: Dataset, claim: pd.Series) -> pd.DataFrame:
    """Return the counts kept beside a claim, then some that are not comparable, in words."""
    row = claim.to_dict()
    kept = beside(dataset, row)
    others = every_count(dataset, row)
    others = others[(others["relation"] == APART) & ~others["count"].isin(kept["count"])]
    # Counts that differ in one thing alone show best why; of each thing one.
    others = others[others["crossing"].map(int.bit_count) == 1].drop_duplicates("crossing")
    others = others.sort_values("crossing", ascending=False).head(MAX_OTHERS).join(counts_beside(dataset), on="count")
    others = others.assign(why=[why(row, count) for count in others.to_dict("records")])
    rows = pd.concat([kept, others], ignore_index=True)
    ours = pd.Series(" (our difference)", rows.index).where(rows["ours"].astype("bool"), "")
    later = pd.Series(", published later", rows.index).where(rows["later"].astype("bool"), "")
    spans = rows[["period_start", "period_end", "measure"]].itertuples(index=False, name=None)
    return pd.DataFrame(
        {
            "Published by": rows["organisation"] + ours,
            "Value": rows["said"],
            "What and who": listing.who_is_counted(rows),
            "Days": pd.Series([words.period(*span) for span in spans], rows.index, dtype="str") + later,
            "Relation": rows["relation"].map(labels(RELATIONS) | {APART: APART.capitalize()}),
            "In what it differs": rows["why"].fillna(""),
        }
    )
