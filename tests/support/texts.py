"""What reading texts needs of the tables of the project."""

import csv
from functools import cache

from tests.support import ROOT
from validation import numbers


@cache
def words_of_the_tables() -> dict[str, tuple[int, int]]:
    """Return the words for quantities, each with its lowest and highest number."""
    with (ROOT / "datasets" / "vague_quantities.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: (int(row["low"]), int(row["high"])) for row in csv.DictReader(file)}


NASTY = {
    "7": 1, ",": 0, "1,": 1 / 2, "11,": None, "111 ": None, "hundred ": 1, "one two three ": None, "many ": 0, "from ": 0,
    "estimates that ": 0, "manykilled12and": None, "over ": 0, " ": 0, "half a ": None, "5 to ": 1 / 5, "1_": None, "1±": None,
    "5 or ": None, "one of ": None, "few million ": None, "1·": None, "1,4 m": None, "26 m": None, "one in 3(": None,
}  # fmt: skip
"""Words that a text may repeat without end, and how many numbers are met then: some, a share of its characters, or (None) whatever is met."""


def assert_read_to_its_end(piece: str, length: int) -> None:
    """A text that repeats a piece is read to its end, however long it is."""
    text = (piece * (length // len(piece) + 1))[:length]
    met, found = NASTY[piece], numbers.phrases(text, words_of_the_tables())
    if met is not None:
        assert len(numbers.mentions(text, words_of_the_tables())) == (met if met in (0, 1) else int(met * length))
    assert all(phrase.end <= length for phrase in found)
