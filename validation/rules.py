"""What must hold between the columns of a row and between tables; one rule a function.

Why: a value can be well formed and still contradict its neighbour. Each rule takes typed tables (index: line in the
file) and yields findings; its docstring names the source of the rule. A violation makes the tables unfit to show.
Here: the shape of a rule, and the rules of all tables but one. Not here: what one column allows (`models.py`), the
rules of claims (`claim_rules.py`), checks against archived texts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from validation import dates, models
from validation.findings import MOST_ALIKE, Finding, shown, with_rest

MOST_DISMISSED_WORDS = 6
DATES = ("published", "accessed", "period_start", "period_end", "date", "checked_on")
"""Columns that hold dates, in whatever table."""

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Rule:
    """A rule: its id, the tables that it needs, the function that yields findings."""

    rule_id: str
    needs: tuple[str, ...]
    find: Callable[[Tables], Iterator[Finding]]


RULES: list[Rule] = []


def rule(
    rule_id: str, *needs: str
) -> Callable[[Callable[[Tables], Iterator[Finding]]], Callable[[Tables], Iterator[Finding]]]:
    """Register a function as a rule that needs these tables."""

    def register(find: Callable[[Tables], Iterator[Finding]]) -> Callable[[Tables], Iterator[Finding]]:
        RULES.append(Rule(rule_id, needs, find))
        return find

    return register


def report(
    rule_id: str, table: str, column: str, rows: pd.DataFrame, wrong: pd.Series, problem: str, action: str
) -> Iterator[Finding]:
    """Yield a finding for each row that is wrong; `problem` is filled from the row (`{bound}`)."""
    wrong = wrong.fillna(False).astype(bool)
    if not wrong.any():
        return
    told = []
    for line, row in rows[wrong].head(MOST_ALIKE).iterrows():
        words = problem.format_map({str(k): shown(value) if pd.notna(value) else "blank" for k, value in row.items()})
        told.append(Finding(f"{table}.csv", int(str(line)), column, rule_id, words, action))
    yield from with_rest(told, int(wrong.sum()))


def stands_in(column: pd.Series, values: pd.Series) -> pd.Series:
    """Say for each cell whether it is one of the values; blank is none. `isin` is slow for many values of text."""
    cells = column.dropna()
    known = pd.Series(False, index=column.index)
    if len(cells):
        known[cells.index] = pd.Index(values.dropna().drop_duplicates()).get_indexer(cells) >= 0
    return known


def _references(table: str, column: str, target: str) -> Callable[[Tables], Iterator[Finding]]:
    def find(tables: Tables) -> Iterator[Finding]:
        other, other_column = target.split(".")
        rows = tables[table]
        unknown = rows[column].notna() & ~stands_in(rows[column], tables[other][other_column])
        problem = f"{{{column}}} stands in no row of {other}.csv"
        yield from report(
            "references.resolve", table, column, rows, unknown, problem, f"Use an id of {other}.csv, or add the row"
        )

    return find


def _order(table: str) -> Callable[[Tables], Iterator[Finding]]:
    def find(tables: Tables) -> Iterator[Finding]:
        key = models.key(table)
        rows = tables[table]
        keys = rows[key].apply(lambda column: column.fillna(-1 if column.dtype == "Int64" else ""))
        if len(key) > 1:
            twice = keys.duplicated()
            names = ", ".join(f"{{{name}}}" for name in key)
            yield from report(
                "rows.unique", table, key[0], rows, twice, f"{names} stand together twice", "Delete one row"
            )
        early, same = pd.Series(False, index=rows.index), pd.Series(True, index=rows.index)
        for name in key:
            before = keys[name].shift()
            early |= (same & (keys[name] < before)).fillna(False).astype(bool)
            same &= (keys[name] == before).fillna(False).astype(bool)
        yield from report(
            "rows.sorted",
            table,
            key[0],
            rows,
            early,
            f"{{{key[0]}}} stands after a later one",
            "Sort the rows by " + ", ".join(key),
        )

    return find


def _calendar(table: str, columns: Sequence[str]) -> Callable[[Tables], Iterator[Finding]]:
    def find(tables: Tables) -> Iterator[Finding]:
        """Find dates that stand in no calendar, such as 2019-02-30."""
        rows = tables[table]
        for column in columns:
            well_formed = rows[column].str.match(dates.PATTERN).fillna(False).astype(bool)
            wrong = well_formed & dates.first_day(rows[column]).isna()
            problem = f"{{{column}}} is no day of the calendar"
            yield from report("dates.calendar", table, column, rows, wrong, problem, "Mend the date")

    return find


for _table, _schema in models.SCHEMAS.items():
    RULES.append(Rule("rows.sorted", (_table,), _order(_table)))
    if _dates := [column for column in DATES if column in _schema.columns]:
        RULES.append(Rule("dates.calendar", (_table,), _calendar(_table, _dates)))
    RULES.extend(
        Rule("references.resolve", (_table, _target.split(".")[0]), _references(_table, _column, _target))
        for _column in _schema.columns
        if (_target := models.metadata(_table, _column).get("references"))
    )


def runs_in_a_circle(rows: pd.DataFrame, key: str = "claim_id", parent: str = "part_of") -> pd.Series:
    """Say for each row whether following `parent` leads back to the row itself."""
    up = dict(zip(rows[key], rows[parent], strict=True))
    circular = []
    for start in rows[key]:
        seen: set[str] = set()
        at = up.get(start)
        while isinstance(at, str) and at not in seen and at != start:
            seen.add(at)
            at = up.get(at)
        circular.append(at == start)
    return pd.Series(circular, index=rows.index, dtype=bool)


@rule("places.within", "places")
def places_do_not_contain_themselves(tables: Tables) -> Iterator[Finding]:
    """A place includes the places within it (design, filters), so there is no circle."""
    rows = tables["places"]
    yield from report(
        "places.within",
        "places",
        "within",
        rows,
        runs_in_a_circle(rows, "place_id", "within"),
        "{place_id} contains itself by way of {within}",
        "Break the circle",
    )


@rule("places.position", "places")
def positions_are_whole(tables: Tables) -> Iterator[Finding]:
    """Latitude and longitude stand together."""
    rows = tables["places"]
    wrong = rows["latitude"].isna() != rows["longitude"].isna()
    yield from report(
        "places.position",
        "places",
        "latitude",
        rows,
        wrong,
        "only one of latitude and longitude is given",
        "Give both, or leave both blank",
    )


@rule("periods.order", "claims", "events")
def periods_do_not_run_backwards(tables: Tables) -> Iterator[Finding]:
    """Dates are intervals: wrong only where no day of the start comes before a day of the end (design, tables)."""
    for table in ("claims", "events"):
        rows = tables[table]
        wrong = dates.first_day(rows["period_start"]) > dates.last_day(rows["period_end"])
        yield from report(
            "periods.order",
            table,
            "period_end",
            rows,
            wrong,
            "{period_start} is after {period_end}",
            "Mend one of the dates",
        )


@rule("vague_quantities.order", "vague_quantities")
def vague_bounds_are_ordered(tables: Tables) -> Iterator[Finding]:
    """Low is below high (codebook, words for quantities)."""
    rows = tables["vague_quantities"]
    yield from report(
        "vague_quantities.order",
        "vague_quantities",
        "high",
        rows,
        rows["low"] >= rows["high"],
        "low {low} is not below high {high}",
        "Put the smaller number in low",
    )


@rule("dismissed.wording", "dismissed")
def dismissed_wordings_are_short(tables: Tables) -> Iterator[Finding]:
    """At most 6 words (design, dismissed.csv)."""
    rows = tables["dismissed"]
    wrong = rows["wording"].str.count(r"\S+") > MOST_DISMISSED_WORDS
    problem = f"{{wording}} has more than {MOST_DISMISSED_WORDS} words"
    yield from report("dismissed.wording", "dismissed", "wording", rows, wrong, problem, "Keep the number and its noun")


@rule("changes.table", "changes")
def changes_name_a_table(tables: Tables) -> Iterator[Finding]:
    """A change concerns a table of this folder."""
    rows = tables["changes"]
    wrong = ~rows["table"].isin(list(models.TABLES))
    yield from report(
        "changes.table",
        "changes",
        "table",
        rows,
        wrong,
        "{table} is no table",
        "Name one of: " + ", ".join(models.TABLES),
    )
