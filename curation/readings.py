"""A reading in progress: the numbers of a text, what a reader decided of each, and which is next.

Why: a desk and a test must agree on what is open, and a second reader must not see what the first decided. Here: the state of each
number, the cells that a form shows, and the decided rows as a triage table. Not here: keeping decisions (`drafts.py`), suggestions
(`triage.py`), what becomes of decisions (`deciding.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from curation.drafts import Draft
from curation.refusals import typed
from curation.suggest import Candidate
from curation.triage import Found
from validation.evidence import Text, contradiction
from validation.models import NEW_CLAIMS, TRIAGE
from validation.vocabulary import CLAIM

OPEN, CLAIMED, NOT_USED, IN_TABLES = "open", "claim", "not used", "in the tables"
BY_HAND = "hand-"
"""Begins the id, in a draft, of a number that the reader added: the text has it, and it was not found."""


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
    def states(self) -> dict[str, str]:
        """Return how far each number is, in the order of the text, then those added by hand."""
        return {
            number_id: self._state(number_id) for number_id in dict.fromkeys([*self.numbers, *self.draft.rows.index])
        }

    def _state(self, number_id: str) -> str:
        decision = self.cells(number_id)["decision"]
        if decision:
            return CLAIMED if decision == CLAIM else NOT_USED
        return (
            OPEN if self.draft.blind or number_id in self.found.open_ids or number_id not in self.numbers else IN_TABLES
        )

    @property
    def open_ids(self) -> list[str]:
        """Return the numbers that wait for a decision."""
        return [number_id for number_id, state in self.states.items() if state == OPEN]

    @property
    def decided(self) -> int:
        """Return how many numbers have a decision of this reader."""
        return sum(state in (CLAIMED, NOT_USED) for state in self.states.values())

    def cells(self, number_id: str) -> dict[str, str]:
        """Return the cells of a number as typed, else as suggested; a decision only where the reader made one."""
        before = as_typed(self.suggested.loc[[number_id]]) if number_id in self.suggested.index else {}
        mine = as_typed(self.draft.rows.loc[[number_id]]) if number_id in self.draft.rows.index else {}
        return dict.fromkeys(TRIAGE.columns, "") | before | {"decision": ""} | mine

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
        """Return the decided numbers as a triage table, typed, with `decided_on`."""
        decided = [one for one, state in self.states.items() if state in (CLAIMED, NOT_USED)]
        frame = pd.DataFrame(
            [self.cells(one) | {"number_id": "" if one.startswith(BY_HAND) else one} for one in decided]
        )
        days = frame["decided_on"] if len(frame) else pd.Series(dtype="str")
        return typed(frame, TRIAGE).assign(decided_on=days.to_numpy())


def as_typed(rows: pd.DataFrame) -> dict[str, str]:
    """Return the cells of one row as they would be typed; blank is ""."""
    cells = rows.iloc[0]
    return {str(name): "" if pd.isna(cell) else str(cell) for name, cell in cells.items()}


def faults(cells: Mapping[str, str], text: Text, vague: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return what keeps the cells of a number from being a claim, in words: blank cells, and what the text says otherwise."""
    needed = [column for name, column in NEW_CLAIMS.columns.items() if not column.nullable and name != "claim_id"]
    blank = [str(column.title) for column in needed if not cells.get(str(column.name), "").strip()]
    found = [f"Still blank: {', '.join(blank)}."] if blank else []
    row: dict[object, object] = {
        "paragraph": pd.to_numeric(cells["paragraph"], errors="coerce"),
        "wording": cells["wording"] or None,
    }
    values = {name: cells[name].strip().replace(",", "") for name in ("low", "best", "high")}
    if bad := [name for name, value in values.items() if value and not value.isdecimal()]:
        return [*found, f"Not a whole number: {', '.join(str(NEW_CLAIMS.columns[name].title) for name in bad)}."]
    row |= {name: int(value) if value else None for name, value in values.items()} | {"bound": cells["bound"] or None}
    fault = contradiction(row, text, vague)
    return [*found, f"{fault.problem[:1].upper()}{fault.problem[1:]}. {fault.action}."] if fault else found
