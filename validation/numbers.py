"""Which words are numbers: the closed list of the codebook.

Why: a claim's wording must hold a quantity, and later every quantity of a text must be accounted for. Here: the
words and the pattern that finds them. Not here: the bounds of vague words, which are data
(`datasets/vague_quantities.csv`).
"""

import re

_UNITS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
"""
UNITS = {word: value for value, word in enumerate(_UNITS.split(), start=2)}
TENS = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = ("hundred", "thousand", "million", "billion", "dozen", "score")
FRACTIONS = ("half", "third", "quarter")

QUANTITY = re.compile(
    r"[0-9]|\b(?:" + "|".join([*UNITS, *TENS, *(f"{scale}s?" for scale in SCALES), *FRACTIONS]) + r")\b", re.IGNORECASE
)
"""Finds a digit or a number word."""
