"""What the Overview shows of each claim: the published counts beside it, on one scale.

Why: the first page must not choose by hand. The largest claims are shown, each with the counts that come closest by the rules of
`comparison.py`. Not here: those rules, the sentence (`comparison_words.py`), drawing (`figures/beside.py`).
"""

import pandas as pd

from analysis.comparison import compared, counts_beside
from analysis.comparison_words import comparisons
from analysis.words import count, listed, quoted
from validation import Dataset
from validation.quantity import has_no_number
from validation.vocabulary import BOUNDED, COMPARISONS, DOCUMENTED, NEAR, PART, SAME, VAGUE, WHOLE

MAX_NAMED = 3
"""Claims that are named one by one."""
CLOSEST = {SAME: 0, PART: 1, WHOLE: 2, NEAR: 3}
"""How close a relation is; of a claim the counts of the closest are drawn: a whole may be a hundred times as large."""


def beside_counts(dataset: Dataset, claims: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """Return claims with the published counts that come closest, one row a claim and count, the largest claims first and words last.

    `claims`: rows of the claims view. Of at most `most` claims: the columns of the view, `relation`, `organisation`, `counted` (the
    value in words), `counted_bound`, `counted_low`, `counted_value`, `counted_high`, `counted_a_number` (no range without a best),
    `counted_day`, `documented` (no estimate), `later` (released after the report), and `comparison`, the sentence about the claim. A
    count of the same people on other days stands in where there is nothing closer, or where it is the speaker's own. A count said as a
    word has no place on a scale.
    """
    found, counts = compared(dataset), counts_beside(dataset)
    measure = (counts["value"].notna() & (counts["bound"] != VAGUE)).to_numpy()[found["count"]]
    fits = measure & ((found["relation"] != NEAR) | (found["but_for_days"] == SAME))
    close = found["relation"].map(CLOSEST).where(fits)
    closest = close == close.groupby(found["claim_id"]).transform("min")
    own = found["lead"] & measure & found["claim_id"].isin(found.loc[fits, "claim_id"])
    found = found.loc[closest | own, ["claim_id", "count", "relation", "later"]]
    chosen = claims.loc[claims["claim_id"].isin(found["claim_id"]), ["claim_id", "value", "bound"]]
    chosen = chosen.assign(word=chosen["bound"] == VAGUE)
    chosen = chosen.sort_values(["word", "value", "claim_id"], ascending=[True, False, True]).head(most)
    named = {"organisation": "organisation", "said": "counted", "period_end": "counted_day", "value": "counted_value"}
    named |= {name: f"counted_{name}" for name in ("bound", "low", "high")}
    of_counts = counts.rename(columns=named)[list(named.values())]
    of_counts = of_counts.assign(documented=counts["kind"] == DOCUMENTED, counted_a_number=~has_no_number(counts))
    rows = claims.loc[chosen.index].merge(found, on="claim_id").join(of_counts, on="count")
    said = comparisons(dataset)["comparison"].reindex(rows["claim_id"])
    numbers = {name: rows[name].astype("float64") for name in ("counted_value", "counted_low", "counted_high")}
    return rows.assign(comparison=said.to_numpy(), **numbers)


def how_many_compare(dataset: Dataset, claims: pd.DataFrame) -> str:
    """Return the title over the claims beside published counts: how many have a count of the same people, of a part or a whole of them."""
    status = comparisons(dataset)["comparison_status"].reindex(claims["claim_id"])
    close = int(status.isin([COMPARISONS[0].code, BOUNDED]).sum())
    have = "has" if 1 in (close, len(claims)) else "have"
    return f"{close:,} of {count(len(claims), 'claim')} {have} a comparable published count"


def which_are_ruled_out(dataset: Dataset, claims: pd.DataFrame) -> str:
    """Return the sentence on the claims that logic forbids to hold beside a published count of their own days."""
    known = comparisons(dataset)["ruled_out"].reindex(claims["claim_id"]).to_numpy(dtype=bool)
    quotes = claims.loc[known, "wording"].map(quoted).tolist()
    if not quotes:
        return "By our rules every claim can hold together with the published counts; the sentences say how far apart they are."
    named = listed(quotes[:MAX_NAMED]) + (" and others" if len(quotes) > MAX_NAMED else "")
    return f"By our rules, {count(len(quotes), 'claim')} cannot hold together with a published count: {named}."
