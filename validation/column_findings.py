"""What pandera finds in the columns of a table, as findings: which line, what is wrong, what to do.

Why: a model says what a column allows; a curator must read which cell breaks it and how to correct that, in words made in one
place. Here: running the model's checks and saying what each means. Not here: reading a file (`reading.py`), rules between
columns and tables (`rules.py`).
"""

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from validation import models
from validation.findings import MAX_ALIKE, Finding, shown, with_rest

SAMPLE = 20_000
"""Rows of a long table that are checked first."""


def _once(values: pd.Series) -> pd.Series:
    return ~values.duplicated(keep=False)


_TWICE = pa.Check(_once, name="field_uniqueness", error="field_uniqueness")
"""No value is there twice; blank is none. pandera itself takes blanks for values, and a column that has some costs it 8 ms."""


def _quick(column: pa.Column) -> pa.Column:
    """Return a column without its type: `reading.parse` made it, and asking each cell of text for its type takes half of the time."""
    checks = [*column.checks, _TWICE] if column.unique else column.checks
    return pa.Column(None, checks, nullable=column.nullable, unique=False, name=column.name)


_MODELS = {
    name: pa.DataFrameSchema({each: _quick(column) for each, column in schema.columns.items()}, name=name)
    for name, schema in models.SCHEMAS.items()
}
"""What is left to check of a table that was read: what its columns allow."""


def column_findings(frame: pd.DataFrame, name: str, known: set[tuple[int, str]]) -> list[Finding]:
    """Run the model's column checks; a cell that already has a finding gets no second one.

    pandera keeps every fault that it finds. Of a long table a sample is checked first, and where that is full of faults
    the rest is not: it would take minutes and gigabytes to say the same.
    """
    step = len(frame) // SAMPLE + 1
    if step > 1:
        found = _cases(frame.iloc[::step], name)
        if len(found) > SAMPLE // 20:
            problem = f"the table is full of faults; one row of {step:,} was looked at"
            findings = _findings(found, name, known)
            return [*findings, Finding(f"{name}.csv", 0, "", "column.sample", problem, "Put back the right file")]
    return _findings(_cases(frame, name), name, known)


def _cases(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the faults that pandera finds: column, check, failure_case, index (the line)."""
    try:
        _MODELS[name].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases: pd.DataFrame = errors.failure_cases
        return cases.dropna(subset=["index"]).drop_duplicates(["column", "check", "index"])
    return pd.DataFrame(columns=["column", "check", "failure_case", "index"])


def _findings(cases: pd.DataFrame, name: str, known: set[tuple[int, str]]) -> list[Finding]:
    """Return the faults as findings, of each check in a column the first ones and how many more there are."""
    findings: list[Finding] = []
    for (column, check), alike in cases.groupby(["column", "check"], sort=False):
        listed = [
            _described(name, str(column), str(check), case.failure_case, int(str(case.index)))
            for case in alike.sort_values("index").head(MAX_ALIKE).itertuples(index=False)
        ]
        fresh = [finding for finding in listed if (finding.line, finding.column) not in known]
        findings += with_rest(fresh, len(alike))
    return findings


def _described(table: str, column: str, check: str, value: object, line: int) -> Finding:
    """Describe what a pandera check means; the one place where that wording is made."""
    described = models.SCHEMAS[table].columns[column]
    kind = check.split("(", maxsplit=1)[0]
    statistics = {c.name: c.statistics for c in described.checks}.get(kind, {})
    if kind == "not_nullable":
        problem, action = "it is blank", f"Fill it: {described.description}"
    elif kind == "field_uniqueness":
        problem, action = f"{shown(value)} is there twice", "Give each row its own"
    elif kind == "isin":
        problem, action = (
            f"{shown(value)} is not allowed",
            f"Use one of: {', '.join(map(str, statistics['allowed_values']))}",
        )
    elif kind == "str_matches":
        problem, action = f"{shown(value)} does not fit", f"It must {models.metadata(table, column)['must']}"
    else:
        limits = " and ".join(
            f"{k.replace('_value', 'imum')} {v}" for k, v in statistics.items() if k.endswith("value")
        )
        problem, action = f"{shown(value)} is out of bounds", f"Correct it: {limits}"
    return Finding(f"{table}.csv", line, column, f"column.{kind}", problem, action.rstrip("."))
