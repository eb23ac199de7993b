"""A reading in progress: the numbers of a text, what a reader decided of each, and which is next.

Why: a desk and a test must agree on what is open, and a second reader must not see what the first decided. Here: the state of each
number, the cells that a form shows, and the decided rows as a triage table. Not here: keeping decisions (`drafts.py`), suggestions
(`triage.py`), what becomes of decisions (`deciding.py`).
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from curation.drafts import Draft
from curation.suggest import Candidate
from curation.triage import Found
from validation.evidence import Text, contradiction, occurrences
from validation.models import NEW_CLAIMS, TRIAGE
from validation.vocabulary import CLAIM

OPEN, CLAIMED, NOT_USED, IN_TABLES = "open", "claim", "not used", "in the tables"
BY_HAND = "hand-"
"""Begins the id, in a draft, of a number that the reader added: the text has it, and it was not found."""
QUANTITY = ("low", "best", "high")
NOT_A_CLAIM = ("number_id", "words", "decision", "note", "claim_id", "source_id", "paragraph", "wording", "decided_on")
"""The cells that count where a number is not used."""


@dataclass(frozen=True, eq=False)
class Reading:
    """The numbers of a text (`found`), a suggestion for each (`suggested`, index number id) and a reader's draft."""

    found: Found
    suggested: pd.DataFrame
    draft: Draft

    @cached_property
    def numbers(self) -> dict[str, Candidate]:
        """Return the numbers that were found, by id."""
        return {number.number_id: number for number in self.found.numbers}

    @cached_property
    def _held(self) -> pd.DataFrame:
        """What the tables hold; nothing for a reader who must not see it."""
        held = self.found.held.drop_duplicates("number_id").set_index("number_id", drop=False)
        return held.head(0) if self.draft.blind else held

    @cached_property
    def states(self) -> dict[str, str]:
        """Return how far each number is, in the order of the text, then those added by hand."""
        rows = self.draft.rows
        decisions = rows["decision"].fillna("").to_dict() if "decision" in rows else {}
        ids = dict.fromkeys([*self.numbers, *rows.index])
        return {number_id: self._state(number_id, decisions.get(number_id, "")) for number_id in ids}

    def _state(self, number_id: str, decision: str) -> str:
        if decision:
            return CLAIMED if decision == CLAIM else NOT_USED
        return IN_TABLES if number_id in self._held.index else OPEN

    @property
    def open_ids(self) -> list[str]:
        """Return the numbers that wait for a decision."""
        return [number_id for number_id, state in self.states.items() if state == OPEN]

    @property
    def decided(self) -> int:
        """Return how many numbers have a decision of this reader."""
        return sum(state in (CLAIMED, NOT_USED) for state in self.states.values())

    def cells(self, number_id: str) -> dict[str, str]:
        """Return the cells of a number as typed, else as the tables hold them or as suggested; a decision only where the reader made one."""
        before = next((table for table in (self._held, self.suggested) if number_id in table.index), None)
        cells = dict.fromkeys(TRIAGE.columns, "") | (
            {} if before is None else as_typed(before.loc[[number_id]].iloc[0])
        )
        cells["decision"] = ""
        if number_id in self.draft.rows.index:
            cells |= as_typed(self.draft.rows.loc[[number_id]].iloc[0].dropna())
        if number_id.startswith(BY_HAND) and cells["wording"].strip():
            cells["paragraph"] = _paragraph_of(cells["wording"], self.found.text) or cells["paragraph"]
        return cells

    def suggestion(self, number_id: str) -> str:
        """Return the decision that is suggested for a number; "" for one that was added by hand."""
        return str(self.suggested["decision"].get(number_id) or "")

    def next_open(self, after: str | None) -> str | None:
        """Return the next open number behind one, else the first that is left, else None."""
        order = list(self.states)
        place = order.index(after) if after in order else -1
        waiting = [number_id for number_id in self.open_ids if number_id != after]
        return next((one for one in waiting if order.index(one) > place), next(iter(waiting), None))

    def beside(self, number_id: str, step: int) -> str:
        """Return the number so many steps further or back in the text; the same at its ends."""
        order = list(self.states)
        place = order.index(number_id) if number_id in order else 0
        return order[min(max(place + step, 0), len(order) - 1)]

    def rows(self) -> pd.DataFrame:
        """Return the decided numbers as a triage table of text with `decided_on`; one that was added by hand has an id such as p3-h1."""
        decided = {one: self.cells(one) for one, state in self.states.items() if state in (CLAIMED, NOT_USED)}
        ids = {
            one: f"p{cells['paragraph']}-h{one.removeprefix(BY_HAND)}" if cells["paragraph"].isdecimal() else ""
            for one, cells in decided.items()
            if one.startswith(BY_HAND)
        }
        return decided_rows(
            cells | {"number_id": ids.get(one, one), "part_of": ids.get(cells["part_of"], cells["part_of"])}
            for one, cells in decided.items()
        )


def decided_rows(rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Return cells as typed as a triage table of text with `decided_on`: thousands without commas, blank is None."""
    columns = [*TRIAGE.columns, "decided_on"]
    frame = pd.DataFrame([_meant(cells) for cells in rows], columns=columns, dtype="object")
    return frame.where(frame.notna() & (frame != ""), None)


def _meant(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that count, as the tables write them."""
    counted = {name: cell for name, cell in cells.items() if cells["decision"] == CLAIM or name in NOT_A_CLAIM}
    return counted | {name: _number(counted[name]) for name in QUANTITY if name in counted}


def _number(cell: str) -> str:
    return cell.strip().replace(",", "")


def as_typed(row: pd.Series) -> dict[str, str]:
    """Return the cells of one row as they would be typed; blank is ""."""
    return {str(name): "" if pd.isna(cell) else str(cell) for name, cell in row.items()}


def _paragraph_of(wording: str, text: Text) -> str:
    """Return the only paragraph that has these words, "" where none has, or several have."""
    found = [at for at, paragraph in enumerate(text.paragraphs, 1) if occurrences(wording, paragraph)]
    return str(found[0]) if len(found) == 1 else ""


def faults(cells: Mapping[str, str], text: Text, vague: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return what keeps the cells of a number from being a claim, in words: blank cells, and what the text says otherwise."""
    needed = [column for name, column in NEW_CLAIMS.columns.items() if not column.nullable and name != "claim_id"]
    blank = [str(column.title) for column in needed if not cells.get(str(column.name), "").strip()]
    found = [f"Still blank: {', '.join(blank)}."] if blank else []
    values = {name: _number(cells[name]) for name in ("paragraph", *QUANTITY)}
    if bad := [name for name, value in values.items() if value and not re.fullmatch(r"[0-9]{1,15}", value)]:
        return [*found, f"Not a whole number: {', '.join(str(NEW_CLAIMS.columns[name].title) for name in bad)}."]
    if not values["paragraph"] or not cells["wording"].strip():
        return found
    row: dict[Hashable, object] = {name: int(value) if value else None for name, value in values.items()}
    fault = contradiction(row | {"wording": cells["wording"], "bound": cells["bound"] or None}, text, vague)
    return [*found, fault.advice] if fault else found
