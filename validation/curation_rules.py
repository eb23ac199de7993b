"""The rules of curation.csv: who read a number, and what was decided.

Why: how well two readers agree is worth something only where the second did not see the first, and where it can be seen how a
difference was settled. A finding here is shown and blocks nothing (`models.UNVERSIONED`). Not here: the rules of a claim
(`claim_rules.py`): a reading may break them, which is what settling is for.
"""

from collections.abc import Iterator

import pandas as pd

from validation.models import SCHEMAS
from validation.rules import Wrong, rule
from validation.vocabulary import CLAIM, FIRST, SECOND, SETTLED

NUMBER = ["source_id", "number_id"]
"""The columns of curation.csv that name a number."""

CODED = tuple(list(SCHEMAS["curation"].columns)[list(SCHEMAS["curation"].columns).index("indicator") :])
"""The columns of a claim that a reader codes, in the order of the table."""


@rule("curation.settled", "curation")
def settled_numbers_were_read_twice_or_have_a_reason(rows: pd.DataFrame) -> Iterator[Wrong]:
    """Settling is between two readings; of a number that only one reader had it needs a reason (docs/curation.md)."""
    read = rows["reading"].where(rows["reading"].isin([FIRST, SECOND]))
    twice = read.groupby([rows[name] for name in NUMBER]).transform("nunique") == 2
    wrong = (rows["reading"] == SETTLED) & ~twice & rows["reason"].isna()
    yield Wrong("reason", wrong, "{number_id} was not read twice, and no reason is given", "Say why it was settled so")


@rule("curation.coded", "curation")
def only_claims_are_coded(rows: pd.DataFrame) -> Iterator[Wrong]:
    """What is dismissed has a reason and no codes (codebook)."""
    for column in CODED:
        wrong = rows["decision"].notna() & (rows["decision"] != CLAIM) & rows[column].notna()
        yield Wrong(column, wrong, f"{column} is {{{column}}}, decision is {{decision}}", "Leave it blank")


@rule("curation.readers", "curation")
def a_number_is_read_by_two_readers(rows: pd.DataFrame) -> Iterator[Wrong]:
    """Who reads second is another reader; names that differ only in case are one (docs/curation.md)."""
    first = rows[rows["reading"] == FIRST].drop_duplicates(NUMBER).set_index(NUMBER)["reader"].str.casefold()
    before = pd.Series(first.reindex(pd.MultiIndex.from_frame(rows[NUMBER])).array, index=rows.index)
    wrong = (rows["reading"] == SECOND) & (rows["reader"].str.casefold() == before)
    yield Wrong("reader", wrong, "{reader} read {number_id} first and second", "Name the other reader")
