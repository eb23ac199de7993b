"""What was made of each claim and is still right after a change of the tables: made anew for the claims that changed alone.

Why: to compare a hundred thousand claims with the published counts and to say so takes half a minute, and a curator changes one claim.
What is made of a claim may depend on its row of the view and on the `basis`, on no other claim. Here: telling which claims changed.
Not here: what is made of them (`comparison.py`, `comparison_words.py`), what is kept for one version (`validation/memo.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True)
class _Made:
    """What was made last: of which rows of the view, on which basis."""

    view: pd.DataFrame
    basis: Sequence[pd.DataFrame]
    rows: pd.DataFrame


_last: dict[str, _Made] = {}
"""By the name of what was made; the rows of one version are held until those of the next are there."""


def for_changed(
    name: str, view: pd.DataFrame, basis: Sequence[pd.DataFrame], make: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """Return what `make` makes of the rows of the claims view: rows with `claim_id`, in the order of the view.

    Claims whose row and basis are those of the last time are not made again; the tables of last time may be of another folder.
    """
    before = _last.get(name)
    told_apart = view["claim_id"].is_unique and (before is None or before.view["claim_id"].is_unique)
    if before is None or not told_apart or not _alike(basis, before.basis):
        rows = make(view)
    else:
        same = _same(view, before.view)
        rows = before.rows[before.rows["claim_id"].isin(view.loc[same, "claim_id"])]
        if not same.all():
            rows = pd.concat([rows, make(view[~same])], ignore_index=True)
        place = pd.Series(range(len(view)), view["claim_id"])
        rows = rows.iloc[rows["claim_id"].map(place).argsort(kind="stable")].reset_index(drop=True)
    _last[name] = _Made(view, basis, rows)
    return rows


def _alike(basis: Sequence[pd.DataFrame], before: Sequence[pd.DataFrame]) -> bool:
    return len(basis) == len(before) and all(one.equals(other) for one, other in zip(basis, before, strict=True))


def _same(view: pd.DataFrame, before: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows stand in both views with the same cells, their version apart; `claim_id` is unique in each."""
    if list(view.columns) != list(before.columns):
        return np.zeros(len(view), dtype=bool)
    at = pd.Index(before["claim_id"]).get_indexer(pd.Index(view["claim_id"]))
    same: npt.NDArray[np.bool_] = at >= 0
    then, now = before.take(np.clip(at, 0, None)) if len(before) else before.reindex(range(len(at))), view
    for name in view.columns.difference(["data_version"]):
        old, new = (rows[name].reset_index(drop=True) for rows in (then, now))
        same &= ((old == new) | (old.isna() & new.isna())).to_numpy(dtype=bool, na_value=False)
    return same
