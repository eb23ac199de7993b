"""Adding rows: claims, a dismissal; all or nothing, and only what validation accepts.

Why: a curator's mistake must never reach the tables. New rows are written to a copy of the folder, the copy is checked as
the tables are, and only a copy without findings takes their place, whole files at a time and one writer at a time. A
refusal names the curator's own file and line.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from validation import Dataset, Finding, about, boundaries, load, reading
from validation.models import NEW_CLAIMS, SCHEMAS
from validation.writing import write_tables, writer

FILES = (*(f"{name}.csv" for name in SCHEMAS), about.FILE, boundaries.FILE)
"""What a folder of tables holds."""


class RefusedError(Exception):
    """Nothing was written; `findings` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings."""
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


class FaultyTablesError(RefusedError):
    """Nothing was written, because the tables had these faults before."""


@contextmanager
def _good_tables(folder: Path, reports: Path | None) -> Iterator[Dataset]:
    """Hold the tables for one writer and give the record; refuse to build on tables with a fault."""
    with writer(folder):
        dataset = load(folder, reports)
        if not dataset.good:
            raise FaultyTablesError(list(dataset.findings))
        yield dataset


def _checked(folder: Path, reports: Path | None, tables: Mapping[str, pd.DataFrame]) -> Dataset:
    """Load a copy of the folder in which these tables take the place of the old ones."""
    with tempfile.TemporaryDirectory() as copy:
        for name in FILES:
            if (folder / name).exists():
                shutil.copy(folder / name, copy)
        write_tables(Path(copy), tables)
        return load(copy, reports)


def _row(table: str, cells: Mapping[str, object]) -> pd.DataFrame:
    """Make a row of a table; what is not given is blank."""
    frame = pd.DataFrame(
        [{name: None if cells.get(name) in (None, "") else cells[name] for name in SCHEMAS[table].columns}]
    )
    return frame.astype({name: _kind(column) for name, column in SCHEMAS[table].columns.items()})


def _kind(column: pa.Column) -> str:
    """Return the type that a column is read as."""
    return "Int64" if str(column.dtype) == "Int64" else "str"


def add_claims(folder: Path, reports: Path | None, file: Path) -> dict[str, str]:
    """Add the claims of a CSV file (columns of claims.csv, then `caveats`; those that may be blank may be absent); blank ids are given.

    Returns the claim ids, each with its state of evidence; claims that are there already are given the caveats that they
    lack, so that a command that was interrupted can be run again. Raises RefusedError with findings at the lines of that
    file: faults of form, broken rules, a claim that its archived text contradicts.
    """
    rows, caveats = _handed_in(file)
    with writer(folder):
        dataset = load(folder, reports)
        claims = dataset.table("claims")
        there = _ids_there(rows, claims)
        if there is None and not dataset.good:
            raise FaultyTablesError(list(dataset.findings))
        rows = rows.assign(claim_id=_claim_ids(rows, claims["claim_id"]) if there is None else there)
        claims = claims if there is None else claims[~claims["claim_id"].isin(there)]
        taken = rows["claim_id"].isin(claims["claim_id"]) | rows["claim_id"].duplicated()
        if taken.any():
            action = "Leave claim_id blank to get the next free one"
            raise RefusedError(
                [
                    Finding(
                        str(file), int(str(line)), "claim_id", "curation.id_taken", f"“{claim_id}” is taken", action
                    )
                    for line, claim_id in rows.loc[taken, "claim_id"].items()
                ]
            )
        both = pd.concat([claims, rows]).sort_values("claim_id", kind="stable")
        added = {claim_id: int(str(line)) for line, claim_id in rows["claim_id"].items()}
        lines = {at: added[claim_id] for at, claim_id in enumerate(both["claim_id"], 2) if claim_id in added}
        given = caveats.assign(claim_id=rows["claim_id"].reindex(caveats.index))
        marked = pd.concat([dataset.table("claim_caveats"), given], ignore_index=True)
        tables = {"claims": both, "claim_caveats": marked if there is None else marked.drop_duplicates()}
        after = _checked(folder, reports, tables)
        mine = [fault for fault in after.evidence_findings if fault.file == "claims.csv" and fault.line in lines]
        mine += changed_texts(after, set(rows["source_id"]))
        with_doubts = tables["claim_caveats"].sort_values("claim_id", kind="stable")["claim_id"]
        at_caveats = {at: added[claim_id] for at, claim_id in enumerate(with_doubts, 2) if claim_id in added}
        at_lines = {"claims.csv": lines, "claim_caveats.csv": at_caveats}
        faults = [
            replace(fault, file=str(file), line=at_lines.get(fault.file, {}).get(fault.line, 0))
            for fault in (*after.findings, *mine)
        ]
        if faults:
            raise RefusedError(faults) if dataset.good else FaultyTablesError(list(dataset.findings))
        write_tables(folder, tables)
    states = after.states().set_index("claim_id")["state"]
    return {claim_id: states[claim_id] for claim_id in rows["claim_id"]}


def changed_texts(dataset: Dataset, source_ids: set[str]) -> list[Finding]:
    """Return the findings that the text available of one of these sources is not the one that was archived."""
    lines = {at for at, source_id in enumerate(dataset.table("sources")["source_id"], 2) if source_id in source_ids}
    return [
        finding
        for finding in dataset.evidence_findings
        if finding.rule == "evidence.text_changed" and finding.line in lines
    ]


def _handed_in(file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a curator's file: claims (index: line), and their caveats as rows of claim_caveats (index: line).

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
    frame = frame.assign(**{name: pd.Series(index=frame.index, dtype=_kind(columns[name])) for name in absent})
    caveats = []
    for line, cell in frame["caveats"].dropna().items():
        for part in cell.split("; "):
            caveat_id, colon, detail = part.partition(": ")
            if not colon or not detail:
                action = "Write id: detail, several separated by “; ”"
                raise RefusedError(
                    [
                        Finding(
                            str(file), int(str(line)), "caveats", "curation.caveats", f"“{part}” has no detail", action
                        )
                    ]
                )
            caveats.append((line, caveat_id, detail))
    made = pd.DataFrame(caveats, columns=["line", "caveat_id", "detail"]).set_index("line")
    return frame[list(SCHEMAS["claims"].columns)], made


def _ids_there(rows: pd.DataFrame, claims: pd.DataFrame) -> pd.Series | None:
    """Return the ids of the rows where all are claims already: whoever adds them was interrupted, and adds what is missing."""
    same = [name for name in claims.columns if name != "claim_id"]
    ids = rows[same].merge(claims.drop_duplicates(same), how="left", on=same)["claim_id"].set_axis(rows.index)
    fits = ids.notna() & (rows["claim_id"].isna() | (rows["claim_id"] == ids)) & ~ids.duplicated()
    return ids if fits.all() else None


def _claim_ids(rows: pd.DataFrame, taken: pd.Series) -> pd.Series:
    """Return each row without an id the next number of its source; numbers are never used again."""
    known = pd.concat([taken, rows["claim_id"].dropna()])
    last = known.str.extract(r"^(?P<source>.+)-(?P<number>[0-9]{1,9})$").dropna()
    highest = last.assign(number=last["number"].astype(int)).groupby("source")["number"].max()
    blank = rows["claim_id"].isna()
    number = rows["source_id"].map(highest).fillna(0).astype(int) + blank.groupby(rows["source_id"]).cumsum().fillna(
        0
    ).astype(int)
    made = rows["source_id"] + "-" + number.astype("str").str.zfill(2)
    return rows["claim_id"].where(~blank, made)


def dismiss(folder: Path, reports: Path | None, cells: Mapping[str, object]) -> None:
    """Add a row of dismissed.csv; refused where a rule or the archived text is against it."""
    with _good_tables(folder, reports) as dataset:
        before = set(dataset.ledger_findings)
        table = pd.concat([dataset.table("dismissed"), _row("dismissed", cells)], ignore_index=True)
        after = _checked(folder, reports, {"dismissed": table})
        new = [fault for fault in after.ledger_findings if fault.file == "dismissed.csv" and fault not in before]
        faults = [*after.findings, *(fault for fault in new if str(cells["wording"]) in fault.problem)]
        if faults:
            raise RefusedError([replace(fault, file="dismissal", line=0) for fault in faults])
        write_tables(folder, {"dismissed": table})
