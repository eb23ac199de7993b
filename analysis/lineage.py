"""Lineage: who said a number, by way of whom, and who printed it.

Why: ten reports that quote one organisation are one source (codebook, rule 11). Here: the paths of claims from speaker
to page, and how many voices there are. Not here: how the paths are drawn (`figures/lineage.py`).
"""

from dataclasses import dataclass

import pandas as pd

from analysis import words


@dataclass(frozen=True)
class Voices:
    """How many reports print claims, and how many different organisations said them."""

    claims: int
    reports: int
    organisations: int
    in_own_voice: int


def paths(view: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct paths: `said_by`, `kind`, `via` ("" where direct), `printed_by`, `claims`; most claims first."""
    rows = view.assign(via=view["via_name"].fillna(""))
    found = rows.groupby(["attributed_to_name", "attributed_kind", "via", "publisher"], as_index=False).agg(
        claims=("claim_id", "size")
    )
    found.columns = pd.Index(["said_by", "kind", "via", "printed_by", "claims"])
    return found.sort_values(["claims", "said_by", "printed_by"], ascending=[False, True, True], ignore_index=True)


def of_paths(view: pd.DataFrame, some: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the view whose path is one of `some` (rows of `paths`)."""
    own = pd.MultiIndex.from_frame(view[["attributed_to_name", "publisher"]].assign(via=view["via_name"].fillna("")))
    return view[own.isin(pd.MultiIndex.from_frame(some[["said_by", "printed_by", "via"]]))]


def voices(view: pd.DataFrame) -> Voices:
    """Count reports and the organisations behind their numbers."""
    return Voices(
        claims=len(view),
        reports=len(view["source_id"].unique()),
        organisations=len(view["attributed_to"].unique()),
        in_own_voice=int((view["attributed_to_name"] == view["publisher"]).sum()),
    )


def describe_voices(counted: Voices) -> str:
    """Describe the count in a sentence."""
    printed = f"{words.count(counted.claims, 'claim')} in {words.count(counted.reports, 'report')}"
    said = f"said by {words.count(counted.organisations, 'organisation')}"
    own = words.count(counted.in_own_voice, "claim")
    return f"{printed}, {said}; {own} in the publisher’s own voice, without another origin named."
