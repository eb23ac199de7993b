"""Readers of one small report: what each decides, what is settled and published; each test changes what it is about."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from curation import drafts
from curation.publishing import Proposal, propose, publish
from curation.readings import Reading
from curation.settling import Settling, of_one
from curation.sources import NewSource, add_source
from curation.triage import Found, find, suggested
from tests.support import small
from validation import load
from validation.dataset import Dataset

TEXT = (
    "A title\n\nThe Monitor counts at least 30 people killed and some 12 wounded on 3 May 2020.\nOne woman was freed.\n"
)
SOURCE, KILLED, WOUNDED, DATE, WOMAN = "paper-2020-05-04", "p2-19", "p2-49", "p2-68", "p3-h1"
FIRST, SECOND = "Reader A", "Reader B"
TODAY, NEXT_DAY, WHY = "2026-01-20", "2026-01-21", "The text was read again."
BY_HAND = {
    "decision": "claim", "source_id": SOURCE, "wording": "One woman", "indicator": "killed", "population_group": "women",
    "unit": "people", "bound": "exact", "low": "1", "best": "1", "high": "1", "measure": "incident", "period_start": "2020-05-03",
    "period_end": "2020-05-03", "attributed_to": "monitor", "summary": "A woman.",
}  # fmt: skip

Changed = dict[str, dict[str, str]]
_FOUND: dict[object, tuple[Found, pd.DataFrame]] = {}


class Readers:
    """Small tables with one more report, whose readers keep their drafts beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tables, self.reports, self.drafts = (
            folder, folder / "tables", folder / "reports", folder / "drafts",
        )  # fmt: skip

    def prepared(self, text: str = TEXT) -> "Readers":
        """Write the tables, and add the report."""
        small.write(self.tables)
        path = self.folder / "new.txt"
        path.write_text(text, encoding="utf-8")
        add_source(
            self.tables, self.reports, path, NewSource("The Paper", "New", "2020-05-04", "https://example.org/n")
        )
        return self

    def copied(self, folder: Path) -> "Readers":
        """Return all of it in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Readers(folder)

    @property
    def dataset(self) -> Dataset:
        return load(self.tables, self.reports)

    def numbers(self) -> tuple[Found, pd.DataFrame]:
        """Return what every reader is given: the numbers and what is suggested, found once for the same tables and texts."""
        files = sorted([*self.tables.iterdir(), *self.reports.iterdir()])
        same = tuple((path.name, path.read_bytes()) for path in files if path.is_file())
        if same not in _FOUND:
            dataset = self.dataset
            found = find(dataset, SOURCE)
            _FOUND[same] = found, suggested(dataset, SOURCE, found).set_index("number_id", drop=False)
        found, rows = _FOUND[same]
        return found, rows.copy()

    def reading(self, name: str = FIRST, *, blind: bool = False) -> Reading:
        found, suggested = self.numbers()
        draft = drafts.begin(self.drafts, SOURCE, name, found.text.sha256, blind=blind)
        return Reading(found, suggested, draft)

    def decide(
        self,
        name: str = FIRST,
        changed: Changed | None = None,
        *,
        blind: bool = False,
        only: Iterable[str] | None = None,
        done: bool = True,
    ) -> Reading:
        """Save what is suggested for every number (or `only` those), with some cells changed; a blank decision leaves it open."""
        reading = self.reading(name, blind=blind)
        for number in reading.numbers if only is None else only:
            if number not in (changed or {}):
                self.save(reading, number, {"decision": reading.suggestion(number)})
        for number, cells in (changed or {}).items():
            self.save(reading, number, {"decision": reading.suggestion(number)} | cells)
        if done:
            drafts.finish(self.drafts, SOURCE, name)
        return self.reading(name)

    def save(self, reading: Reading, number: str, cells: dict[str, str]) -> None:
        drafts.save(self.drafts, SOURCE, reading.draft.reader, number, reading.cells(number) | cells)

    def settling(self, *names: str, reader: str = FIRST) -> Settling | None:
        return Settling.of(self.drafts, SOURCE, reader, list(names), *self.numbers(), self.dataset)

    def settle(self, *names: str, whose: int = 1, changed: Changed | None = None) -> Settling:
        """Settle every difference as the second has it, with some cells changed."""
        settling = self.settling(*names)
        assert settling is not None
        for number in settling.left:
            settling.settle(
                number, settling.cells(number, whose) | (changed or {}).get(number, {}), "The text says so."
            )
        return settling

    def of_one(self, name: str = FIRST, today: str = TODAY, reason: str = WHY) -> Proposal:
        rows = self.reading(name).rows()
        readings = of_one(self.dataset, SOURCE, rows, name, today)
        return propose(self.tables, self.reports, SOURCE, rows, readings, reason, today)

    def of_both(self, *names: str, today: str = TODAY, reason: str = WHY) -> Proposal:
        settling = self.settling(*names)
        assert settling is not None
        return propose(self.tables, self.reports, SOURCE, settling.rows(), settling.record(today), reason, today)

    def publish(self, proposal: Proposal) -> None:
        publish(self.tables, proposal)

    def rows(self, table: str) -> list[str]:
        """Return the lines of a table that are not those of the small one."""
        lines = (self.tables / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
        return [line for line in lines if line not in small.ROWS.get(table, [])]

    def state(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.tables.glob("*.csv"))}
