"""What reading texts needs of the tables of the project."""

import csv
from functools import cache

from tests.support import ROOT


@cache
def words_of_the_tables() -> dict[str, tuple[int, int]]:
    """Return the words for quantities, each with its lowest and highest number."""
    with (ROOT / "datasets" / "vague_quantities.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: (int(row["low"]), int(row["high"])) for row in csv.DictReader(file)}
