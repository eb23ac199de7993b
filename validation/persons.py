"""One person or nobody: what a wording says of people without a number that the ledger counts.

Why: "One person killed" is a claim of 1, and "one man and two children" none of 2. Here: the lone "one" and "zero" of a text, and
whether a wording holds one number and speaks of nobody beside it. Not here: numbers (`numbers.py`).
"""

import re
from collections.abc import Sequence

from validation import qualifiers, shares
from validation.quantity import Phrase, Quantity

_PERSON = (
    r"(?:person|man|woman|boy|girl|child|baby|infant|toddler|newborn|teenager|minor|adult|student|teacher|pupil|civilian|individual|citizen|national"
    r"|villager|resident|farmer|driver|passenger|patient|pilgrim|migrant|refugee|returnee|IDP|prisoner|detainee|protester|survivor|member"
    r"|soldier|fighter|combatant|rebel|militant|gunman|serviceman|policeman|officer|doctor|nurse|medic|paramedic|journalist|reporter|worker"
    r"|rescuer|volunteer|family|household|mother|father|son|daughter|brother|sister|wife|husband|victim)\b"
)
_LONE_ONE = re.compile(
    r"\b(?:one|(?:an?\s+)?(?:single|lone))\s+(?!(?:year|month|week|day|hour|side|part|town|village|city)\b)(?:(?!in\b|of\s+\d)[a-z-]+\s+){0,2}?"
    rf"(?:or\s+more\s+(?:{_PERSON[:-2]}s?|people)\b|{_PERSON}|(?:dead|death|fatality|killed|wounded|injured|injury|body|missing)\b)",
    re.IGNORECASE,
)
"""A lone "one" of people: in running text the ledger does not count it, as a wording it is a claim of 1."""
_ONE_MORE = re.compile(
    rf"\bone\s+of\b|\b(?:and|or|plus|with)\s+(?:an?|another|his|her|their|its|the)\s+(?:[a-z-]+\s+){{0,2}}?{_PERSON}"
    rf"|\b(?:an?|another|his|her|their)\s+(?:[a-z-]+\s+){{0,2}}?{_PERSON}\s*(?:,|and\b|or\b)"
    rf"|\A{_PERSON}\s*(?:,|and\b|or\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:none|neither|nobody|not?[\s-]+one|not?\s+(?:a\s+)?single)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|nor)\s+\Z", re.IGNORECASE)
_LONE_ZERO = re.compile(
    r"\bzero\s+(?:[a-z-]+\s+){0,2}?(?:people|civilians?|casualties|deaths?|fatalities|injur\w+|wounded|killed|dead|missing|victims?)\b",
    re.IGNORECASE,
)
"""A wording that claims nobody; "no one was killed" has no number word and is none."""


def alone(text: str) -> list[Phrase]:
    """Return what a text says of one person, or of nobody, without a number that the ledger counts."""
    found = []
    for pattern, value in ((_LONE_ONE, 1), (_LONE_ZERO, 0)):
        for match in pattern.finditer(text):
            before = qualifiers.qualified(text, match.start())
            start = before.start() if before else match.start()
            said = (before.group() if before else "") + (" at least" if " or more " in match.group().lower() else "")
            kind, end = shares.kind_of(text, match.start(), match.end(), 0)
            denied = qualifiers.taken_back(text, start, "") or qualifiers.before(_NO, text, start)
            unread = kind or denied or shares.in_so_many(text, match.end())
            found.append(Phrase(start, end, None if unread else qualifiers.bind(said, value), kind))
    return found


def one_of(wording: str, found: Sequence[Phrase], offset: int = 0) -> Quantity | None:
    """Return what a wording says, by the phrases in it; None where they are not one, or the words speak of others beside it.

    `offset`: where the wording stands in the text that the phrases are of.
    """
    if len(found) != 1:
        return None
    start, end = found[0].start - offset, found[0].end - offset
    others = [*_LONE_ONE.finditer(wording), *_ONE_MORE.finditer(wording)]
    beside = any(match.end() <= start or match.start() >= end for match in others)
    return None if beside or _NOBODY.search(wording, 0, max(0, start)) else found[0].quantity
