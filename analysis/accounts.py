"""Accounts: what became of the numbers of each report.

Why: a reader must be able to see that nothing was left out unseen. Here: one row a report, and the sentence that adds up.
Not here: the accounts themselves (`validation/coverage.py`).
"""

import pandas as pd

from analysis import words
from analysis.comparison_words import comparisons
from analysis.lineage import own_voice
from validation import Dataset
from validation.vocabulary import BOUNDED, DISMISSALS, SAME, labels

KNOWN_TO = {4: "the year", 7: "the month", 10: "the day"}
"""How precisely a date is known, by its length."""


def reports(dataset: Dataset, claims: pd.DataFrame) -> pd.DataFrame:
    """Return one row a report with these claims, the newest first; of all claims, all reports.

    Beside the columns of `sources`: `publisher`, `date` (in words), `known_to`; of the claims given: `claims`, `own`, `quoted`,
    `compared` (those with a published count beside them; blank where the counts hold a fault); of the whole report: `met`,
    `used`, `dismissed`, `open`.
    """
    accounts = dataset.accounts().rename(columns={"claims": "used"})
    rows = dataset.table("sources").merge(accounts, on="source_id")
    if len(claims) < len(dataset.table("claims")):
        rows = rows[rows["source_id"].isin(claims["source_id"])]
    publishers = dataset.table("organisations").set_index("organisation_id")["name"]
    counted = claims.assign(
        claims=1, own=own_voice(claims), quoted=~own_voice(claims), compared=_compared(dataset, claims)
    )
    summed = ["claims", "own", "quoted", "compared"]
    sums = counted.groupby("source_id")[summed].sum(min_count=1).astype("Int64")
    joined = rows.join(sums, on="source_id")
    joined[summed[:3]] = joined[summed[:3]].fillna(0)
    return joined.assign(
        publisher=joined["publisher_id"].map(publishers),
        date=joined["published"].map(words.date),
        known_to=joined["published"].str.len().map(KNOWN_TO),
    ).sort_values(["published", "short_name"], ascending=[False, True], ignore_index=True)


def _compared(dataset: Dataset, claims: pd.DataFrame) -> pd.Series:
    if dataset.reference_findings:
        return pd.Series(pd.NA, claims.index, dtype="Int64")
    status = claims["claim_id"].map(comparisons(dataset)["comparison_status"])
    return status.isin([SAME, BOUNDED]).astype("Int64")


def unused(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the phrases not used of these reports (rows of `reports`), with `report` and `reason` in words, report by report."""
    dismissed = dataset.table("dismissed")
    named = rows["short_name"].set_axis(rows["source_id"])
    found = dismissed[dismissed["source_id"].isin(named.index)]
    found = found.assign(report=found["source_id"].map(named), reason=found["reason"].map(labels(DISMISSALS)))
    at = pd.Series(range(len(named)), named.index)
    return found.sort_values("source_id", key=lambda ids: ids.map(at), kind="stable", ignore_index=True)


def by_reason(unused_rows: pd.DataFrame) -> dict[str, int]:
    """Return the reasons with how many phrases each has, most first."""
    return {str(reason): int(count) for reason, count in unused_rows["reason"].value_counts().items()}


def with_reasons(unused_rows: pd.DataFrame, reasons: tuple[str, ...]) -> pd.DataFrame:
    """Return the phrases not used for one of these reasons; all where none is named."""
    return unused_rows[unused_rows["reason"].isin(reasons)] if reasons else unused_rows


def describe_account(rows: pd.DataFrame) -> str:
    """Describe what became of the numbers of reports (rows of `reports`, or one): numbers, phrases, used, not used."""
    met, used, dismissed, left = (int(rows[name].sum()) for name in ("met", "used", "dismissed", "open"))
    if not met:
        return "We found no number."
    phrases = words.count(used + dismissed, "phrase")
    parts = f"{used:,} used as {'a claim' if used == 1 else 'claims'}, {dismissed:,} not used"
    if left:
        return (
            f"We found {words.count(met, 'number')}: {left:,} not accounted for yet, the others in {phrases} ({parts})."
        )
    return f"We found {words.count(met, 'number')} in {phrases}: {parts}."


def describe_open(rows: pd.DataFrame, most: int = 10) -> str:
    """Name the reports with numbers that are not accounted for; nothing where there are none."""
    left = rows[rows["open"].fillna(0) > 0]
    named = [f"{row.short_name} ({row.open:,})" for row in left.head(most).itertuples()]
    named += [words.count(len(left) - most, "more report")] if len(left) > most else []
    total = words.count(int(left["open"].sum()), "number")
    return (
        f"{total} {'is' if total.startswith('1 ') else 'are'} not accounted for yet: {words.listed(named)}."
        if named
        else ""
    )
