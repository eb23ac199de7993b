"""Adding rows: claims, a dismissal; all or nothing, and only what validation accepts.

Why: whatever is wrong is said at the curator's own file and line. Here: claims or a dismissal that are handed in by themselves.
Not here: what becomes of decisions (`deciding.py`), suggestions (`triage.py`), reports (`sources.py`).
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from curation.deciding import write_decisions
from curation.handed_in import Place
from curation.refusals import RefusedError, typed
from validation import Finding, reading
from validation.models import NEW_CLAIMS, TRIAGE
from validation.vocabulary import CLAIM


def add_claims(folder: Path, reports: Path | None, file: Path) -> dict[str, str]:
    """Add the claims of a CSV file (columns of claims.csv, then `caveats`; those that may be blank may be absent); blank ids are given.

    Returns the claim ids, each with its state of evidence; claims that are there already are given the caveats that they
    lack, so that a command that was interrupted can be run again. Raises RefusedError with findings at the lines of that
    file: faults of form, broken rules, a claim that its archived text contradicts.
    """
    rows = typed(_handed_in(file).assign(decision=CLAIM), TRIAGE)
    applied = write_decisions(folder, reports, rows, lambda line: Place(str(file), int(str(line))), may_change=False)
    return dict(applied.states)


def _handed_in(file: Path) -> pd.DataFrame:
    """Read a curator's file of claims (index: line).

    A column that may be blank may be left out: a file that was begun before there was such a column is good still.
    """
    columns = NEW_CLAIMS.columns
    frame, faults = reading.read(file, NEW_CLAIMS)
    absent = [
        fault.column for fault in faults if fault.rule == "file.column_missing" and columns[fault.column].nullable
    ]
    if frame is None and len(absent) == len(faults):
        frame, faults = reading.read(file, NEW_CLAIMS.remove_columns(absent))
    if frame is None or faults:
        raise RefusedError([replace(fault, file=str(file)) for fault in faults])
    if frame.empty:
        raise RefusedError(
            [Finding(str(file), 1, "", "curation.no_rows", "the file holds no claim", "Write one row a claim")]
        )
    return frame


def dismiss(folder: Path, reports: Path | None, cells: Mapping[str, object]) -> None:
    """Add a row of dismissed.csv; refused where a rule or the archived text is against it."""
    row = typed(pd.DataFrame([{**cells, "decision": cells["reason"]}]), TRIAGE)
    write_decisions(folder, reports, row, lambda _: Place("dismissal", 0))
