"""Settling two readings of a text: each difference by choosing one of the two or a third, with a reason, kept on disk.

Why: what two readers differ in is where the codebook is unclear; the reason is worth more than the number. Here: which two readings,
what was settled, and the rows and the record that come of it. Not here: counting agreement (`agreement.py`), the write
(`publishing.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from curation import agreement, drafts
from curation.drafts import Draft
from curation.readings import Reading, as_typed
from curation.refusals import RefusedError, typed
from curation.triage import Found, triage
from validation import Dataset, Finding
from validation.models import TRIAGE
from validation.vocabulary import DECISIONS, FIRST, SECOND, SETTLED, codes

FOLDER = "settled"
"""Folder of what was settled, in that of the drafts."""
AS_PUBLISHED = "as published"
"""The name of the first reading where the tables held the report before anybody read it at a desk."""
REASON = "reason"


@dataclass(frozen=True, eq=False)
class Settling:
    """Two readings of a text (triage tables with `decided_on`), their readers, and what `reader` settled of them (`draft`)."""

    source_id: str
    names: tuple[str, str]
    first: pd.DataFrame
    second: pd.DataFrame
    folder: Path
    reader: str
    draft: Draft

    @classmethod
    def of(
        cls,
        folder: Path,
        source_id: str,
        reader: str,
        names: list[str],
        found: Found,
        suggested: pd.DataFrame,
        dataset: Dataset,
    ) -> "Settling | None":
        """Return the two readings of these readers; of one blind reading the tables are the first. None where there are not two.

        Raises RefusedError where one is not done: no reader may see another's decisions before that.
        """
        if len(names) == 2:
            one, other = drafts.both(folder, source_id, names)
            mine = _with_tables(Reading(found, suggested, one).rows(), dataset, source_id)
            pair, readers = (mine, Reading(found, suggested, other).rows()), (one.reader, other.reader)
        else:
            [only] = [drafts.read(folder, source_id, name) for name in names] or [None]
            if only is None or not only.blind:
                return None
            if not only.done:
                problem = f"“{only.reader}” is not done, and no reader may see another’s decisions before that"
                raise RefusedError([Finding(source_id, 0, "", "settling.blind", problem, "Finish the reading first")])
            pair, readers = (
                (_with_tables(None, dataset, source_id), Reading(found, suggested, only).rows()),
                (AS_PUBLISHED, only.reader),
            )
        sha256 = found.text.sha256
        kept = folder / FOLDER
        draft = drafts.begin(kept, source_id, reader, sha256)
        return cls(source_id, readers, *pair, kept, reader, draft)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Return what the two differ in, with `number`: the id of each, or paragraph and quote where it was added by hand."""
        rows = agreement.compare(self.first, self.second).differences
        return rows.assign(number=_numbers(rows))

    @property
    def settled(self) -> set[str]:
        """Return the numbers that are settled."""
        return set(self.draft.rows.index)

    @property
    def left(self) -> list[str]:
        """Return the numbers that are not settled yet, in the order of the text."""
        return [number for number in dict.fromkeys(self.differences["number"]) if number not in self.settled]

    def cells(self, number: str, whose: int) -> dict[str, str]:
        """Return the cells of a number as one of the two has them; without a decision where that reader had none."""
        rows = (self.first, self.second)[whose]
        mine = rows[_numbers(rows) == number]
        return dict.fromkeys(TRIAGE.columns, "") | (as_typed(mine) if len(mine) else {})

    def settle(self, number: str, cells: Mapping[str, str], reason: str) -> None:
        """Keep how a difference was settled and why."""
        drafts.save(self.folder, self.source_id, self.reader, number, {**cells, REASON: reason.strip()})

    def undo(self) -> None:
        """Take the last step back."""
        drafts.undo(self.folder, self.source_id, self.reader)

    def rows(self) -> pd.DataFrame:
        """Return what was settled as a triage table: all numbers, those without a difference as the first reader has them."""
        alike = self.first[~_numbers(self.first).isin(self.settled)]
        chosen = pd.DataFrame([dict(cells) for _, cells in self.draft.rows.iterrows()])
        chosen = (
            typed(chosen, TRIAGE).assign(decided_on=chosen["decided_on"].to_numpy())
            if len(chosen)
            else self.first.head(0)
        )
        both = pd.concat([alike, chosen[chosen["decision"].notna()]], ignore_index=True)
        return both.sort_values(["paragraph", "number_id"], kind="stable", ignore_index=True)

    def record(self, on: str) -> pd.DataFrame:
        """Return the rows of curation.csv for both readings and what was settled."""
        reasons = {str(number): str(cells[REASON]) for number, cells in self.draft.rows.iterrows()}
        names = dict(zip((FIRST, SECOND, SETTLED), (*self.names, self.reader), strict=True))
        return agreement.record(self.source_id, self.first, self.second, self.rows(), names, reasons, on)


def of_one(source_id: str, rows: pd.DataFrame, reader: str, on: str) -> pd.DataFrame:
    """Return the rows of curation.csv for a text that one reader read."""
    nobody = rows.head(0)
    return agreement.record(source_id, rows, nobody, nobody, {FIRST: reader}, {}, on)


def decisions() -> list[str]:
    """Return what can be decided of a number."""
    return codes(DECISIONS)


def _with_tables(mine: pd.DataFrame | None, dataset: Dataset, source_id: str) -> pd.DataFrame:
    """Return a first reading with what the tables hold of the numbers that its reader left as they were."""
    held = triage(dataset, source_id, only_open=False)
    held = held[held["decision"].notna() & _in_tables(held, dataset, source_id)]
    if mine is None:
        return held.assign(decided_on=None)
    rest = held[~held["number_id"].isin(mine["number_id"])]
    return pd.concat([mine, rest.assign(decided_on=None)], ignore_index=True) if len(rest) else mine


def _in_tables(rows: pd.DataFrame, dataset: Dataset, source_id: str) -> pd.Series:
    """Whether the tables hold the quote of each row."""
    pair = ["paragraph", "wording"]
    tables = (dataset.table(name) for name in ("claims", "dismissed"))
    known = pd.concat([table.loc[table["source_id"] == source_id, pair] for table in tables])
    return pd.Series(pd.MultiIndex.from_frame(rows[pair]).isin(pd.MultiIndex.from_frame(known)), rows.index)


def _numbers(rows: pd.DataFrame) -> pd.Series:
    """Return what each row is known by: the id of its number, else paragraph and quote."""
    by_hand = rows["paragraph"].astype("str") + ": " + rows["wording"].astype("str")
    return rows["number_id"].where(rows["number_id"].notna() & (rows["number_id"] != ""), by_hand)
