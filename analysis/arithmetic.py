"""Safe arithmetic: may claims be added, and to what?

Why: a sum of numbers that overlap, or that different people counted, misleads more than any single number. The answer is
no unless everything speaks for yes, and every no has its reasons. Here: the decision, and the sum with its bound. Not
here: comparing with the record (`comparison.py`). Nothing else in the dashboard adds claims.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from analysis import words
from validation.quantity import Quantity
from validation.rules import wholes_of
from validation.vocabulary import (
    ABOUT,
    AT_LEAST,
    CUMULATIVE,
    DEATHS,
    EXACT,
    INTERVALS,
    PEOPLE,
    RANGE,
    SHARP,
    STOCK,
    UP_TO,
    VAGUE,
    counted_apart,
    share_nobody,
)

MAX_CLAIMS = 100
"""More claims than this are not added: nobody could look through the pairs."""

Claim = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Verdict:
    """Whether claims may be added; where not, why not, one reason a sentence."""

    allowed: bool
    reasons: tuple[str, ...]


def can_add(claims: pd.DataFrame, places: pd.DataFrame) -> Verdict:
    """Decide whether claims (rows of the claims view) may be added; `places` is the table of places.

    Not added: different units, indicators or measures, different speakers, totals since the war began, states at a
    date, a whole with its part, and any two whose period, place and group may all overlap; unknown counts as may
    (codebook, rules 6 to 11).
    """
    if len(claims) < 2:
        return Verdict(False, ("A sum needs at least two numbers.",))
    if len(claims) > MAX_CLAIMS:
        return Verdict(False, (f"More than {MAX_CLAIMS} numbers are chosen; choose fewer.",))
    reasons = list(_differences(claims))
    if not reasons:
        rows = claims.to_dict("records")
        within = places.set_index("place_id")["within"].dropna().to_dict()
        kinds = places.set_index("place_id")["kind"]
        reasons = [reason for one, other in combinations(rows, 2) if (reason := _overlap(one, other, within, kinds))]
    return Verdict(not reasons, tuple(dict.fromkeys(reasons)))


def _differences(claims: pd.DataFrame) -> Iterator[str]:
    """Return the reasons that lie in the columns themselves."""
    if claims["claim_id"].duplicated().any():
        yield "The same number is chosen twice."
    for column, label, reason in (
        ("unit", "unit", "People and families are different units"),
        ("indicator", "indicator_label", "They count different things"),
        ("measure", "measure_label", "They cover different spans"),
        ("attributed_to", "attributed_to_name", "Different organisations said them"),
    ):
        if len(claims[column].unique()) > 1:
            yield f"{reason} ({', '.join(sorted(claims[label].unique()))})."
    if (claims["measure"] == CUMULATIVE).any():
        yield "A total since the war began is not added to anything."
    if (claims["measure"] == STOCK).any():
        yield "A number of people at a date is not added to another."
    if reason := no_common_bound(set(claims["bound"])):
        yield reason


def _overlap(one: Claim, other: Claim, within: Mapping[Any, Any], kinds: pd.Series) -> str | None:
    """Describe why two claims may count the same people, or None where they cannot."""
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
    """Whether two periods may share a day; an unknown end or beginning may lie anywhere."""
    starts_after = _known(one["from_day"]) and _known(other["to_day"]) and one["from_day"] > other["to_day"]
    ends_before = _known(one["to_day"]) and _known(other["from_day"]) and one["to_day"] < other["from_day"]
    return not (starts_after or ends_before)


def _known(value: object) -> bool:
    return value is not None and value is not pd.NaT


def places_may_overlap(one: object, other: object, within: Mapping[Any, Any], kinds: pd.Series) -> bool:
    """Whether two places may share ground: not where both lie in different places of the same sharp kind."""
    if not isinstance(one, str) or not isinstance(other, str):
        return True
    chains = wholes_of(one, within), wholes_of(other, within)
    if one in chains[1] or other in chains[0]:
        return True
    sharp = [{kinds.get(place): place for place in chain if kinds.get(place) in SHARP} for chain in chains]
    return not any(sharp[0][kind] != sharp[1][kind] for kind in sharp[0].keys() & sharp[1].keys())


def groups_may_overlap(one: Claim, other: Claim) -> bool:
    """Whether two groups may share people: all but those that the codebook keeps apart (docs/codebook.md, groups).

    Civilians and fighters share nobody, nor do the fighters of two sides. Children and women are counted apart where one
    paragraph of a report counts both; either may be fighters or health workers. A family may have people of every group.
    """
    if one["unit"] != PEOPLE:
        return True
    groups = one["population_group"], other["population_group"]
    same_paragraph = (one["source_id"], one["paragraph"]) == (other["source_id"], other["paragraph"])
    return not (share_nobody(*groups) or (same_paragraph and counted_apart(*groups)))


def no_common_bound(bounds: set[str]) -> str:
    """Return why numbers with these bounds have no sum that could be said, "" where they have one.

    Nobody knows how far an approximation reaches, so its sum with a floor, a ceiling, a range or a word has no known end.
    """
    if ABOUT in bounds and bounds & {*INTERVALS, AT_LEAST, UP_TO}:
        return "“About” a number cannot be added to “at least”, “at most”, a range or a word."
    return ""


def add(parts: Sequence[Quantity]) -> Quantity | None:
    """Return the sum of quantities that share nobody, None where their bounds have no common sum.

    The bound follows from all parts and is never tighter than they allow: the smallest sum is that of all floors (a ceiling
    may be none at all), the largest that of all ceilings, unknown where one of them is; approximations make one.
    """
    bounds = {part.bound for part in parts}
    if no_common_bound(bounds):
        return None
    bests = [part.best for part in parts if part.best is not None and part.bound != UP_TO]
    best = sum(bests) if len(bests) == len(parts) else None
    if ABOUT in bounds:
        return None if best is None else Quantity(ABOUT, None, best, None)
    # A published count may give its best number alone, or its floor alone (validation/reference_rules.py).
    lows = [0 if part.bound == UP_TO else part.best if part.low is None else part.low for part in parts]
    highs = [part.best if part.bound == EXACT and part.high is None else part.high for part in parts]
    low, high = (
        sum(number for number in lows if number is not None),
        sum(number for number in highs if number is not None),
    )
    if None in highs:
        return Quantity(AT_LEAST, low, best if bounds <= {EXACT, AT_LEAST} else None, None)
    if bounds == {UP_TO}:
        return Quantity(UP_TO, None, high, high)
    return Quantity(EXACT, low, low, high) if low == high else Quantity(RANGE, low, best, high)


def total(claims: pd.DataFrame, places: pd.DataFrame) -> Quantity | Verdict:
    """Return the sum of claims (`add`), or the verdict that says why there is none."""
    verdict = can_add(claims, places)
    if not verdict.allowed:
        return verdict
    result = add([Quantity.from_row(row) for row in claims.to_dict("records")])
    return result or Verdict(False, ("We cannot say what these numbers add up to.",))


def describe_sum(claims: pd.DataFrame, result: Quantity | Verdict) -> str:
    """Describe a sum with the numbers in it, or the refusal, in plain sentences."""
    if isinstance(result, Verdict):
        return "These numbers are not added up. " + " ".join(result.reasons)
    first = claims.iloc[0]
    parts = ", ".join(words.quoted(wording) for wording in claims["wording"])
    sentence = f"Our sum: {result.say()} {first['unit']} {first['indicator_label'].lower()}, from {parts}, said by {first['attributed_to_name']}."
    if (claims["bound"] == VAGUE).any():
        sentence += " The range of a word such as “hundreds” is our convention."
    if first["indicator"] not in DEATHS and len(claims[["from_day", "to_day", "place_id"]].drop_duplicates()) > 1:
        sentence += f" Whoever was {first['indicator_label'].lower()} twice may be counted twice."
    caveats = sorted({label for labels in claims["caveats"].dropna() for label in labels.split("; ")})
    return sentence + (f" Limitations of its parts: {'; '.join(caveats).lower()}." if caveats else "")
