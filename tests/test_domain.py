"""The domain is data: the code names no code of the vocabulary, no row of a table and no war."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_structure import FILES
from validation import load
from validation.models import key
from validation.vocabulary import CODES, codes

ROOT = Path(__file__).parent.parent
PLAIN_WORDS = {
    # codes that are also names of columns, of parts of the code or of what a library takes
    "all", "about", "area", "country", "date", "distance", "exact", "name", "people", "period", "range", "rate", "share",
    # the API's and the pages' own names: addresses and keys of charts
    "casualties", "displacement", "population",
}  # fmt: skip
WORDS = {code for terms in CODES.values() for code in codes(terms)} - PLAIN_WORDS
RECORD = load()
IDS = {
    str(value)
    for table in ("sources", "organisations", "places", "events", "claims", "caveats", "series", "observations")
    for value in RECORD.table(table)[key(table)[0]]
}
NAMES = re.compile(r"[Ss]yria")
HOME = ROOT / "validation" / "vocabulary.py"


def strings(path):
    """Give line and text of each string of a source that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", [path for path in FILES if path != HOME], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_of_the_vocabulary_no_id_and_no_war_is_written_out(path):
    found = [(line, text) for line, text in strings(path) if text in WORDS | IDS or NAMES.search(text)]
    assert found == []


def test_the_words_left_out_are_codes():
    assert PLAIN_WORDS - {"displacement"} <= {code for terms in CODES.values() for code in codes(terms)}
