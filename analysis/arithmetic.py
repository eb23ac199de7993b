"""Safe arithmetic: may claims be added, and to what?

Why: a sum of numbers that overlap, or that different people counted, misleads more than any single number. The answer is
no unless everything speaks for yes, and every no has its reasons. Here: the decision, and the sum with its bound. Not
here: comparing with the record (`comparison.py`). Nothing else in the dashboard adds claims.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from analysis import words
from analysis.selection import chain_of_wholes
from validation.vocabulary import WITHIN_GROUP

MOST = 100
"""More claims than this are not added: nobody could look through the pairs."""
CRISP = ("country", "governorate", "district", "subdistrict", "town")
"""Kinds of places of which two different ones do not overlap; regions and areas have no sharp edge."""

Claim = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Verdict:
    """Whether claims may be added; where not, why not, one reason a sentence."""

    allowed: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Total:
    """A sum as the codebook writes a number: its bound, low, best and high; None is unknown or not meant."""

    bound: str
    low: int | None
    best: int | None
    high: int | None


def can_add(claims: pd.DataFrame, places: pd.DataFrame) -> Verdict:
    """Decide whether claims (rows of the claims view) may be added; `places` is the table of places.

    Not added: different units, indicators or measures, different speakers, totals since the war began, states at a
    date, a whole with its part, and any two whose period, place and group may all overlap; unknown counts as may
    (codebook, rules 6 to 11).
    """
    if len(claims) < 2:
        return Verdict(False, ("A sum needs at least two numbers.",))
    if len(claims) > MOST:
        return Verdict(False, (f"More than {MOST} numbers are chosen; choose fewer.",))
    reasons = list(_differences(claims))
    if not reasons:
        rows = claims.to_dict("records")
        within = places.set_index("place_id")["within"]
        kinds = places.set_index("place_id")["kind"]
        reasons = [reason for one, other in combinations(rows, 2) if (reason := _overlap(one, other, within, kinds))]
    return Verdict(not reasons, tuple(dict.fromkeys(reasons)))


def _differences(claims: pd.DataFrame) -> Iterator[str]:
    """Give the reasons that lie in the columns themselves."""
    if claims["claim_id"].duplicated().any():
        yield "The same number is chosen twice."
    for column, label, reason in (
        ("unit", "unit", "People and families are different units"),
        ("indicator", "indicator_label", "They count different things"),
        ("measure", "measure_label", "They accumulate in different ways"),
        ("attributed_to", "attributed_to_name", "Different organisations said them"),
    ):
        if len(claims[column].unique()) > 1:
            yield f"{reason} ({', '.join(sorted(claims[label].unique()))})."
    if (claims["measure"] == "cumulative").any():
        yield "A total since the war began is not added to anything."
    if (claims["measure"] == "stock").any():
        yield "A number of people at a date is not added to another."
    if "about" in set(claims["bound"]) and set(claims["bound"]) & {"range", "vague"}:
        yield "An approximation and a range or a word have no common sum."


def _overlap(one: Claim, other: Claim, within: pd.Series, kinds: pd.Series) -> str | None:
    """Say why two claims may count the same people, or None where they cannot."""
    pair = f"{words.quoted(one['wording'])} and {words.quoted(other['wording'])}"
    if one["part_of"] == other["claim_id"] or other["part_of"] == one["claim_id"]:
        return f"One of {pair} is part of the other."
    if (
        periods_may_overlap(one, other)
        and places_may_overlap(one["place_id"], other["place_id"], within, kinds)
        and groups_may_overlap(one, other)
    ):
        return f"{pair} may count some of the same people: period, place and group may overlap."
    return None


def periods_may_overlap(one: Claim, other: Claim) -> bool:
    """Say whether two periods may share a day; an unknown end or beginning may lie anywhere."""
    starts_after = _known(one["from_day"]) and _known(other["to_day"]) and one["from_day"] > other["to_day"]
    ends_before = _known(one["to_day"]) and _known(other["from_day"]) and one["to_day"] < other["from_day"]
    return not (starts_after or ends_before)


def _known(value: object) -> bool:
    return value is not None and value is not pd.NaT


def places_may_overlap(one: object, other: object, within: pd.Series, kinds: pd.Series) -> bool:
    """Say whether two places may share ground: not where both lie in different places of the same sharp kind."""
    if not isinstance(one, str) or not isinstance(other, str):
        return True
    chains = chain_of_wholes(one, within), chain_of_wholes(other, within)
    if one in chains[1] or other in chains[0]:
        return True
    sharp = [{kinds.get(place): place for place in chain if kinds.get(place) in CRISP} for chain in chains]
    return not any(sharp[0][kind] != sharp[1][kind] for kind in sharp[0].keys() & sharp[1].keys())


def groups_may_overlap(one: Claim, other: Claim) -> bool:
    """Say whether two groups may share people (codebook, groups).

    Children and women may overlap, unless one paragraph of a report counts them apart.
    """
    groups = {one["population_group"], other["population_group"]}
    if groups == {"children", "women"}:
        return (one["source_id"], one["paragraph"]) != (other["source_id"], other["paragraph"])
    inside = [set(WITHIN_GROUP[group]) for group in (one["population_group"], other["population_group"])]
    return bool(inside[0] & inside[1])


def total(claims: pd.DataFrame, places: pd.DataFrame) -> Total | Verdict:
    """Add claims, or give the verdict that says why not.

    The bound of a sum is never tighter than its parts allow: a floor among them makes a floor, an approximation an approximation.
    """
    verdict = can_add(claims, places)
    if not verdict.allowed:
        return verdict
    bounds = set(claims["bound"])
    if "about" in bounds:
        return Total("about", None, int(claims["best"].sum()), None)
    low = int(claims["low"].fillna(0).sum())
    high = None if claims["high"].isna().any() else int(claims["high"].sum())
    best = int(claims["best"].sum()) if claims["best"].notna().all() and bounds <= {"exact", "at_least"} else None
    if high is None:
        return Total("at_least", low, best, None)
    if bounds == {"up_to"}:
        return Total("up_to", None, high, high)
    return Total("exact", low, low, high) if low == high else Total("range", low, None, high)


def in_words(claims: pd.DataFrame, result: Total | Verdict) -> str:
    """Say a sum with the numbers in it, or the refusal, in plain sentences."""
    if isinstance(result, Verdict):
        return "These numbers are not added up. " + " ".join(result.reasons)
    said = {
        "exact": lambda: words.number(result.best or 0),
        "at_least": lambda: f"at least {words.number(result.low or 0)}",
        "about": lambda: f"about {words.number(result.best or 0)}",
        "up_to": lambda: f"at most {words.number(result.high or 0)}",
        "range": lambda: f"between {words.number(result.low or 0)} and {words.number(result.high or 0)}",
    }[result.bound]()
    first = claims.iloc[0]
    parts = ", ".join(words.quoted(wording) for wording in claims["wording"])
    sentence = f"Our sum: {said} {first['unit']} {first['indicator_label'].lower()}, from {parts}, said by {first['attributed_to_name']}."
    if (claims["bound"] == "vague").any():
        sentence += " The bounds of words such as “hundreds” are this project’s convention."
    caveats = sorted({label for labels in claims["caveats"].dropna() for label in labels.split("; ")})
    return sentence + (f" Doubts of its parts: {'; '.join(caveats).lower()}." if caveats else "")
