"""What a reader in a hurry needs: the few numbers that reports are quoted for, how sure they are, and the record beside them.

Why: the first page must not choose by hand. Headlines are the totals since the war began and the largest number of people
killed and of people displaced in one event or period; what is set beside the record is what the rules of `comparison.py`
allow. Not here: those rules, drawing (`figures/multiples.py`).
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis import words
from analysis.comparison import NOT_COMPARABLE, compare
from validation.vocabulary import CUMULATIVE, HEADLINES, PEOPLE


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
    """Describe in one line how a claim binds, what its evidence is and how many doubts are recorded; not whether it is true."""
    caveats = len(str(claim["caveats"]).split("; ")) if isinstance(claim["caveats"], str) else 0
    doubts = words.count(caveats, "caveat") if caveats else "no caveat recorded"
    return f"{str(claim['bound_label']).capitalize()} · evidence: {claim['evidence_said']} · {doubts}"


def beside_the_record(view: pd.DataFrame, reference: pd.DataFrame, most: int = 12, tries: int = 60) -> pd.DataFrame:
    """Set claims of people beside each series that they may be compared with, the largest claims first.

    `view`: the claims view; `reference`: the reference view. One row a claim and series: the columns of the view, `series`,
    `organisation`, `record` (the published value in words), `record_day`, `judgement`, and the claim as a multiple of that
    value: `times` (missing for a word or a range), `times_low`, `times_high`. At most `most` claims, found among the `tries`
    largest whose place and indicator the reference has.
    """
    claims = view[(view["unit"] == PEOPLE) & view["place_id"].notna()]
    at = pd.MultiIndex.from_frame(claims[["indicator", "place_id"]])
    claims = claims[at.isin(pd.MultiIndex.from_frame(reference[["indicator", "place_id"]]))]
    found: list[pd.DataFrame] = []
    for claim in claims.sort_values(["value", "claim_id"], ascending=[False, True]).head(tries).to_dict("records"):
        here = reference[reference["place_id"] == claim["place_id"]]
        table = compare(claim, here)
        usable = table[(table["judgement"] != NOT_COMPARABLE) & (table["value"] > 0)]
        if len(usable):
            found.append(_multiples(pd.DataFrame([claim] * len(usable), index=usable.index), usable))
        if len(found) == most:
            break
    none = _multiples(
        claims.head(0), pd.DataFrame(columns=["title", "organisation", "before", "before_day", "value", "judgement"])
    )
    return pd.concat(found or [none], ignore_index=True)


def _multiples(claims: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Join a claim, repeated, with what it is compared with, row by row."""
    value = compared["value"].astype("float64")
    return claims.assign(
        series=compared["title"],
        organisation=compared["organisation"],
        record=compared["before"],
        record_day=compared["before_day"],
        record_value=value,
        judgement=compared["judgement"],
        times=claims["best"].astype("Float64") / value,
        times_low=claims["low"].astype("Float64") / value,
        times_high=claims["high"].astype("Float64") / value,
    )


def without_record(view: pd.DataFrame, compared: pd.DataFrame) -> list[str]:
    """Name the reports (unique labels) of which no number was set beside the record."""
    return sorted(set(view["source"]) - set(compared["source"]))
