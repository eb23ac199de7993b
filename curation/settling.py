"""Settling two readings of a text: each difference by choosing one of the two or a third, with a reason, kept on disk.

Why: what two readers differ in is where the codebook is unclear; the reason is worth more than the number. Here: which two readings,
what was settled, and the rows and the record that come of it. Not here: counting agreement (`agreement.py`), the write
(`publishing.py`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from curation import agreement, drafts
from curation.drafts import Draft
from curation.readings import Reading, as_typed, decided_rows
from curation.refusals import RefusedError
from curation.triage import Found
from validation import Dataset, Finding
from validation.models import TRIAGE
from validation.vocabulary import DECISIONS, FIRST, SECOND, SETTLED, codes

FOLDER = "settled"
"""Folder of what was settled, in that of the drafts: in it one for each two readers."""
AS_PUBLISHED = "as published"
"""The name of the first reader of what the tables held before anybody read it at a desk."""
REASON = "reason"
_IDENTITY = ("number_id", "source_id", "paragraph", "wording")


@dataclass(frozen=True, eq=False)
class Settling:
    """Two readings of a text (triage tables with `reader` and `decided_on`), and what `reader` settled of them (`draft`).

    A number has one id in both. `recorded`: the rows of curation.csv of this text.
    """

    source_id: str
    names: tuple[str, str]
    first: pd.DataFrame
    second: pd.DataFrame
    recorded: pd.DataFrame
    found: Found
    folder: Path
    reader: str

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

        Raises RefusedError where one is not done, because no reader may see another's decisions before that, and where they are
        of another version of the text. From then on neither is changed.
        """
        recorded = _of(dataset.table("curation"), source_id)
        held = decided_rows(as_typed(row) for _, row in found.held.iterrows()).assign(reader=AS_PUBLISHED)
        if len(names) == 2:
            one, other = drafts.both(folder, source_id, names)
            mine = Reading(found, suggested, one).rows().assign(reader=one.reader)
            first = pd.concat([mine, held[~held["number_id"].isin(mine["number_id"])]], ignore_index=True)
        else:
            only = drafts.read(folder, source_id, names[0]) if len(names) == 1 else None
            before = set(recorded.loc[recorded["reading"] == FIRST, "reader"].str.casefold())
            if only is None or not only.blind or held.empty or only.reader.casefold() in before:
                return None
            one = other = drafts.alone(folder, source_id, only.reader)
            first = held
        if {one.text_sha256, other.text_sha256} != {found.text.sha256}:
            problem, action = "the text is another now than the one that was read", "Read the text again as it is now"
            raise _refused(source_id, "version", problem, action)
        second = Reading(found, suggested, other).rows().assign(reader=other.reader)
        names_ = (one.reader if one is not other else AS_PUBLISHED, other.reader)
        kept = folder / FOLDER / hashlib.sha256("\n".join(names_).casefold().encode()).hexdigest()[:12]
        return cls(source_id, names_, *agreement.with_ids(first, second, recorded), recorded, found, kept, reader)

    @property
    def draft(self) -> Draft:
        """Return what was settled so far."""
        kept = drafts.read(self.folder, self.source_id, self.reader)
        return kept or drafts.not_begun(self.source_id, self.reader, self.found.text.sha256)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Return what the two differ in, with `number`: the id of each."""
        rows = agreement.compare(self.first, self.second).differences
        return rows.assign(number=rows["number_id"])

    @property
    def settled(self) -> set[str]:
        """Return the numbers that are settled, also those in which the tables are what was settled by now."""
        return set(self.draft.rows.index)

    @property
    def left(self) -> list[str]:
        """Return the numbers that are not settled yet, in the order of the text."""
        settled = self.settled
        return [number for number in dict.fromkeys(self.differences["number"]) if number not in settled]

    def cells(self, number: str, whose: int) -> dict[str, str]:
        """Return the cells of a number as one of the two has them; of one that this reader had not, only which number it is."""
        rows = [table.loc[table["number_id"] == number, list(TRIAGE.columns)] for table in (self.first, self.second)]
        mine, other = (as_typed(table.iloc[0]) if len(table) else {} for table in (rows[whose], rows[1 - whose]))
        known = mine or {name: other[name] for name in _IDENTITY if name in other}
        # Only who read the tables knows the claim; what is settled is a change of it.
        claim_id = mine.get("claim_id") or other.get("claim_id") or ""
        return dict.fromkeys(TRIAGE.columns, "") | known | {"claim_id": claim_id}

    def settle(self, number: str, cells: Mapping[str, str], reason: str) -> None:
        """Keep how a difference was settled and why; refused without a reason, or where a number of the text is left open."""
        if not reason.strip():
            raise _refused(number, "reason", "there is no reason why it was settled so", "Say why")
        of_the_text = any(number == found.number_id for found in self.found.numbers)
        if not cells.get("decision") and (of_the_text or cells.get("claim_id")):
            raise _refused(number, "decision", "it would be left open", "Choose a claim, or why it is not used")
        drafts.begin(self.folder, self.source_id, self.reader, self.found.text.sha256)
        kept = dict.fromkeys(TRIAGE.columns, "") | {**cells, "number_id": number, REASON: reason.strip()}
        drafts.save(self.folder, self.source_id, self.reader, number, kept)

    def undo(self) -> None:
        """Take the last step back."""
        drafts.undo(self.folder, self.source_id, self.reader)

    def rows(self) -> pd.DataFrame:
        """Return what was settled as a triage table: all numbers, those without a difference as the first reader has them."""
        if self.left:
            problem = f"{len(self.left)} differences between the two readings are not settled"
            raise _refused(self.source_id, "left", problem, "Settle them first")
        settled = self.draft.rows
        alike = self.first[~self.first["number_id"].isin(settled.index)]
        chosen = decided_rows(as_typed(row) for _, row in settled.iterrows())
        both = pd.concat([alike.drop(columns="reader"), chosen[chosen["decision"].notna()]], ignore_index=True)
        return both.astype("object").where(both.notna(), None)

    def record(self, on: str) -> pd.DataFrame:
        """Return the rows of curation.csv for both readings and what was settled.

        What the tables held is a first reading only of numbers that were not on record: later the tables hold what was settled.
        """
        reasons = {str(number): str(cells[REASON]) for number, cells in self.draft.rows.iterrows()}
        names = {SECOND: self.names[1], SETTLED: self.reader}
        rows = agreement.record(self.source_id, self.first, self.second, self.rows(), names, reasons, on, self.recorded)
        known = rows["number_id"].isin(self.recorded["number_id"]) & (rows["reader"] == AS_PUBLISHED)
        return rows[~known].reset_index(drop=True)


def of_one(dataset: Dataset, source_id: str, rows: pd.DataFrame, reader: str, on: str) -> pd.DataFrame:
    """Return the rows of curation.csv for a text that one reader read."""
    nobody, recorded = rows.head(0), _of(dataset.table("curation"), source_id)
    return agreement.record(source_id, rows, nobody, nobody, {FIRST: reader}, {}, on, recorded)


def decisions() -> list[str]:
    """Return what can be decided of a number."""
    return codes(DECISIONS)


def _of(table: pd.DataFrame, source_id: str) -> pd.DataFrame:
    return table[table["source_id"] == source_id]


def _refused(number: str, rule: str, problem: str, action: str) -> RefusedError:
    return RefusedError([Finding(number, 0, "", f"settling.{rule}", problem, action)])
