"""How to say it: a claim as one plain sentence, for readers who quote it.

Why: a number is quoted wrongly most often by what is left out. The sentence is made from the fields and always holds
the bound, who said it, the period and who printed it; the words as printed stand in it too. Here: that sentence. Not
here: citations of documents (`exports/citations.py`), numbers and dates alone (`words.py`).
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any

from analysis import words
from validation.quantity import Quantity
from validation.vocabulary import CUMULATIVE, EVERYBODY, FAMILIES, INDICATORS, POPULATION_GROUPS, STOCK, VAGUE, by_code

_INDICATORS, _GROUPS = by_code(INDICATORS), by_code(POPULATION_GROUPS)
_KIND_OF_PLACE = re.compile(r" \(([^)]+)\)$")


def sentence(claim: Mapping[Hashable, Any]) -> str:
    """Describe a claim, given as a row of the claims view, in one sentence."""
    vague = claim["bound"] == VAGUE
    one = not vague and claim["best"] == 1
    known = isinstance(claim["place_name"], str)
    place = _KIND_OF_PLACE.sub(r" \1", claim["place_name"]) if known else "a place not stated"
    indicator = _INDICATORS[claim["indicator"]]
    happened = (indicator.one if one else indicator.several).format(place)
    own_voice = ", in its own voice" if claim["attributed_to_name"] == claim["publisher"] else ""
    printed = f"printed {'so' if vague else 'as ' + words.quoted(claim['wording'])} by {claim['publisher']}"
    return (
        f"{_quantity(claim, one)} {happened} {_period(claim)}, according to {claim['said_by']}{own_voice}; "
        f"{printed} {_at(claim['published'])}."
    )


def with_caveats(claim: Mapping[Hashable, Any]) -> str:
    """Describe a claim in one sentence, and name its caveats after it where it has any: for everything that is copied."""
    doubts = f" Caveats: {claim['caveats']}." if isinstance(claim["caveats"], str) else ""
    return f"{sentence(claim)}{doubts}"


def _quantity(claim: Mapping[Hashable, Any], one: bool) -> str:
    """Count how many of whom; a word for a quantity stays the word as printed."""
    if claim["bound"] == VAGUE:
        return words.quoted(claim["wording"])
    number = Quantity.from_row(claim).say()
    number = number[:1].upper() + number[1:]
    group = _GROUPS[claim["population_group"]]
    if claim["unit"] == FAMILIES:
        of_kind = "" if claim["population_group"] in EVERYBODY else f" of {group.several}"
        return f"{number} {'family' if one else FAMILIES}{of_kind}"
    return f"{number} {group.one if one else group.several}"


def _period(claim: Mapping[Hashable, Any]) -> str:
    start, end = claim["period_start"], claim["period_end"]
    known = isinstance(end, str)
    if claim["measure"] == STOCK:
        return f"as of {words.date(end)}" if known else "at a date not stated"
    since = ", counted since the war began" if claim["measure"] == CUMULATIVE else ""
    if not isinstance(start, str):
        beginning = "" if since else ", from a beginning not stated"
        return f"up to {words.date(end)}{since or beginning}" if known else f"in a period not stated{since}"
    if start == end:
        return _at(end) + since
    return f"between {words.date(start)} and {words.date(end) if known else 'a date not stated'}{since}"


def _at(date: object) -> str:
    """Describe when: on a day, in a month or a year."""
    if not isinstance(date, str):
        return "at a date not known"
    return f"{'on' if date.count('-') == 2 else 'in'} {words.date(date)}"
