"""A quantity as the codebook writes it: how it is bound, and low, best and high.

Why: a claim, a published count, a phrase of a text and a sum are the same four fields, and readers must meet the same words
for them everywhere. Here: the value and how it is said. Not here: which words of a text mean which bound (`numbers.py`), and
which cells must be filled for which bound (`claim_rules.py`).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from validation.vocabulary import ABOUT, AT_LEAST, INTERVALS, UP_TO


def said_number(value: float) -> str:
    """Format a whole number: 900, 200,000, 11 million. Only exact tenths of a million are shortened."""
    whole = int(value)
    if whole >= 1_000_000 and whole % 100_000 == 0:
        return f"{whole / 1_000_000:g} million"
    return f"{whole:,}"


@dataclass(frozen=True)
class Quantity:
    """A bound of the codebook with the values that it fills; None is blank."""

    bound: str
    low: int | None
    best: int | None
    high: int | None

    @classmethod
    def from_row(cls, row: Mapping[Hashable, Any]) -> "Quantity":
        """Return the quantity of a row that has `bound`, `low`, `best` and `high`; blank cells become None."""
        values = (None if pd.isna(row[name]) else int(row[name]) for name in ("low", "best", "high"))
        return cls(str(row["bound"]), *values)

    def say(self) -> str:
        """Return the quantity in words: "900", "at least 90", "about 43", "at most 20", "between 5 and 11".

        A published range with a best estimate is "14 (between 11 and 20)". A bound without a best, or with one end alone, is
        said by what it has; a quantity without any value is "not known".
        """
        low, best, high = ("" if value is None else said_number(value) for value in (self.low, self.best, self.high))
        ends = f"between {low} and {high}" if low and high and low != high else ""
        if self.bound in INTERVALS and ends:
            return f"{best} ({ends})" if best else ends
        if self.bound == AT_LEAST and (low or best):
            return f"at least {low or best}"
        if self.bound == UP_TO and (high or best):
            return f"at most {high or best}"
        if self.bound == ABOUT and best:
            return f"about {best}"
        if best or ends or low == high:
            return best or ends or low or "not known"
        return f"at least {low}" if low else f"at most {high}"


def has_no_number(rows: pd.DataFrame) -> pd.Series:
    """Whether each is a word, or a range without a best: what lies between its ends is nobody's number."""
    return rows["bound"].isin(INTERVALS) & rows["best"].isna()


@dataclass(frozen=True)
class Phrase:
    """A number with the words that bind it; its quantity is None where it stands for no whole number of anything.

    `kind` is "share" (a part or a multiple of something) or "rate" (so many in a time, or to so many others), else "".
    """

    start: int
    end: int
    quantity: Quantity | None
    kind: str = ""
