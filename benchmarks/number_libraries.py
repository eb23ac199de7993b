"""How well do libraries read the number of a phrase? The comparison that docs/evidence.md reports.

Why: a kept library beats own code wherever one holds up. This measures, on the phrases of tests/data that have one
number, whether each library finds that value; none of them reads qualifiers, so nothing else is asked of them. Needs
the libraries: `pip install text2num word2number number-parser quantulum3 numerizer words2num2`. Not part of the tests.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

PHRASES = Path(__file__).parent.parent / "tests" / "data" / "phrases.csv"


def _digits(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def _readers() -> dict[str, Callable[[str], list[float]]]:
    from number_parser import parse
    from numerizer import numerize
    from quantulum3 import parser
    from text_to_num import alpha2digit
    from word2number import w2n
    from words2num2 import words2num_sentence

    return {
        "text2num": lambda text: _digits(alpha2digit(text, "en")),
        "number-parser": lambda text: _digits(parse(text)),
        "numerizer": lambda text: _digits(numerize(text)),
        "quantulum3": lambda text: [quantity.value for quantity in parser.parse(text)],
        "word2number": lambda text: [float(w2n.word_to_num(text))],
        "words2num2": lambda text: _digits(words2num_sentence(text)),
    }


def main() -> None:
    """Print how many phrases each library reads."""
    with PHRASES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["best"]]
    for name, read in _readers().items():
        right, missed = 0, []
        for row in rows:
            try:
                found = read(row["phrase"])
            except Exception:
                found = []
            good = found == [float(row["best"])]
            right += good
            missed += [] if good else [row["phrase"]]
        print(f"{name}: {right} of {len(rows)}; misread, for example: {'; '.join(missed[:4])}")  # noqa: T201


if __name__ == "__main__":
    main()
