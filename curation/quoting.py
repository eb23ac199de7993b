"""The quote of a number: the shortest phrase that carries qualifier, number and noun, and stands once in its paragraph.

Why: a quote that is too short is found twice or names nothing, and every one of them would be lengthened by hand. Here: the
words to be quoted of a number that was found. Not here: finding it (`suggest.py`), reading a quote (`validation/numbers.py`).
"""

import re

from curation.suggest import Candidate
from validation.claim_rules import MAX_WORDS
from validation.evidence import occurrences
from validation.number_words import HARM, MENTION
from validation.rules import MAX_DISMISSED_WORDS
from validation.vocabulary import DISTANCE, DURATION, NAME, OTHER_QUANTITY, PLACES_CAPTURED

LONG = 20_000
COUNTED = (DURATION, DISTANCE, PLACES_CAPTURED, OTHER_QUANTITY)
"""Reasons of numbers that say nothing without the word behind them."""
_NOUN_BEHIND = re.compile(
    r"[-\s]+(?:(?:[\w’'-]+\s+){0,2}?(?:towns?|villages?|cities)(?:\s+and\s+(?:towns|villages|cities))?"
    r"|(?:(?:square|more|and a half)\s+)?(?!(?:of|and|or|to|in|on|at|by|for|from|have|has|had|were|was|are|is|will|would|not)\b)[^\W\d]+)\b"
)
_FIRST_WORD = re.compile(r"\b[A-Z]\w*\s+\Z")
_STATE_BEHIND = re.compile(
    r"\s+(?:dead|displaced|abroad|homeless|wounded|injured|missing)\b(?!\s+(?:people|civilians|(?:and|or)\s+(?:\w+ly\s+)?(?:\w+ed|dead))\b)",
    re.IGNORECASE,
)
_of_another = re.compile(rf"{MENTION.pattern}|{HARM.pattern}", re.IGNORECASE)
"""What belongs to another number than to one that is no claim."""
_HEAD_BEFORE = (
    re.compile(
        r"(?:\b(?:death|civilian|casualty|overall|total)\s+)?\b(?:tolls?|deaths?|fatalities|casualties)"
        r"\s+(?:(?:at|to|of|was|is|stands at|rose to|reached)\s+)?\Z",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:reportedly|allegedly)\s+(?:\w+\s+)?\Z", re.IGNORECASE),
)
"""What belongs to a number before it: the noun, where none stands behind it; a word that says nobody vouches for it."""


def quoted(paragraph: str, number: Candidate) -> str:
    """Return the wording of a number: with the noun before it or the word of harm behind it, and longer where it stands twice."""
    limit = MAX_DISMISSED_WORDS if number.dismissal else MAX_WORDS
    start, end = number.start, number.start + len(number.wording)
    if number.dismissal in COUNTED and (noun := _NOUN_BEHIND.match(paragraph, end)) and end == number.end:
        end = noun.end()
    if number.dismissal == NAME and (first := _FIRST_WORD.search(paragraph, max(0, start - 40), start)):
        start = first.start()
    if number.indicator:
        if state := _STATE_BEHIND.match(paragraph, end):
            end = state.end()
        if head := _HEAD_BEFORE[end > number.end].search(paragraph, max(0, start - 60), start):
            start = head.start()
        if "”" in paragraph[start:end] and "“" not in paragraph[start:end] and paragraph[start - 1 : start] == "“":
            start -= 1
    if len(paragraph[start:end].split()) > limit:
        start, end = number.start, number.end if number.dismissal else number.start + len(number.wording)
    while _stands_twice(paragraph[start:end], paragraph) and len(paragraph[start:end].split()) < limit:
        before = re.search(r"\S+\s+\Z", paragraph[max(0, start - 60) : start])
        after = re.match(r"\s+\S*\w", paragraph[end : end + 60])
        foreign = _of_another if number.dismissal else MENTION
        if after and not foreign.search(after.group()):
            end += after.end()
        elif before and not foreign.search(before.group()):
            start -= len(before.group())
        else:
            break
    return paragraph[start:end]


def _stands_twice(quote: str, paragraph: str) -> bool:
    """Whether a quote stands more than once in its paragraph; of a very long one parts of words count too."""
    again = paragraph.find(quote, paragraph.find(quote) + 1) >= 0
    return again and (len(paragraph) > LONG or len(occurrences(quote, paragraph)) > 1)
