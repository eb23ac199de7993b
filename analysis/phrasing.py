"""How to say it: a claim as one plain sentence, for readers who quote it.

Why: a number is quoted wrongly most often by what is left out or rounded. The sentence begins with the words of the report,
so that “more than” stays “more than”, and always holds who said it, the period and who printed it. Here: that sentence. Not
here: citations of documents (`exports/citations.py`), numbers and dates alone (`words.py`).
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any

from analysis import words
from validation.vocabulary import (
    ALL_FIRE,
    CUMULATIVE,
    EVERYBODY,
    FAMILIES,
    FIRE_NOT_STATED,
    FIRES,
    HARM,
    INDICATORS,
    POPULATION_GROUPS,
    STOCK,
    by_code,
)

_INDICATORS, _GROUPS = by_code(INDICATORS), by_code(POPULATION_GROUPS)
_SIDES = {term.code: term.label for term in FIRES if term.code not in (ALL_FIRE, FIRE_NOT_STATED)}
_KIND_OF_PLACE = re.compile(r" \(([^)]+)\)$")


def sentence(claim: Mapping[Hashable, Any]) -> str:
    """Describe a claim, given as a row of the claims view, in one sentence that begins with the words of the report."""
    said_at = _at(claim["published"])
    if _own_voice(claim):
        said = f"{claim['publisher']} said {said_at}"
    else:
        said = f"according to {claim['said_by']}; printed by {claim['publisher']} {said_at}"
    return f"{_counted(claim)} {_what_happened(claim)} ({_period(claim)}), {said}."


def with_caveats(claim: Mapping[Hashable, Any]) -> str:
    """Describe a claim in one sentence with its limitations as clauses after it: for everything that is copied."""
    clauses = ["The report names no other source"] if _own_voice(claim) else []
    if isinstance(claim["caveats"], str):
        clauses.append(claim["caveats"])
    return f"{sentence(claim)} Limitations: {'; '.join(clauses)}." if clauses else sentence(claim)


def _own_voice(claim: Mapping[Hashable, Any]) -> bool:
    return bool(claim["said_by"] == claim["publisher"])


def _counted(claim: Mapping[Hashable, Any]) -> str:
    """Quote the wording; say who is counted, unless it ends with the noun and what happened can follow it."""
    group, one = _GROUPS[claim["population_group"]], claim["best"] == 1
    noun = group.one if one else group.several
    if claim["unit"] == FAMILIES:
        of_group = "" if claim["population_group"] in EVERYBODY else f" of {group.several}"
        noun = ("family" if one else FAMILIES) + of_group
    wording, stems = str(claim["wording"]), _INDICATORS[claim["indicator"]].stems
    follows = re.search(rf"\b{noun}$", wording, re.IGNORECASE) and not re.search(
        rf"\b(?:{stems})", wording, re.IGNORECASE
    )
    return words.quoted(wording) + ("" if follows else f": {noun}")


def _what_happened(claim: Mapping[Hashable, Any]) -> str:
    """Describe what happened and where; people who may have left the place by then are not said to be in it."""
    indicator = _INDICATORS[claim["indicator"]]
    happened = (
        indicator.by_then if claim["measure"] in (CUMULATIVE, STOCK) and indicator.by_then else indicator.happened
    )
    known = isinstance(claim["place_name"], str)
    place = _KIND_OF_PLACE.sub(r" \1", claim["place_name"]) if known else "a place not stated"
    side = _SIDES.get(claim["by_fire"]) if indicator.topic is HARM else None
    return happened.format(place) + (f" in attacks by {side}" if side else "")


def _period(claim: Mapping[Hashable, Any]) -> str:
    start, end = claim["period_start"], claim["period_end"]
    if not isinstance(end, str):
        return f"since {words.date(start)}, end not given" if isinstance(start, str) else "date not given"
    if claim["measure"] == STOCK:
        return f"as of {words.date(end)}"
    if not isinstance(start, str):
        since = "since the war began, " if claim["measure"] == CUMULATIVE else ""
        return f"{since}until {words.date(end)}" + ("" if since else ", start not given")
    return words.date(end) if start == end else f"{words.date(start)} to {words.date(end)}"


def _at(date: object) -> str:
    """Describe when: on a day, in a month or a year."""
    if not isinstance(date, str):
        return "at a date not known"
    return f"{'on' if date.count('-') == 2 else 'in'} {words.date(date)}"
