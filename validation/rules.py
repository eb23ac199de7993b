"""What must hold between the columns of a row and between tables; one rule a function.

Why: a value can be well formed and still contradict its neighbour. A rule is given the typed tables that it names (index: line in
the file) and yields what is wrong; the runner makes findings of it. Its docstring names the source of the rule. A violation makes
the tables unfit to show. Here: the shape of a rule, and the rules that hold of every table. Not here: what one
column allows (`models.py`), the rules of places and events (`place_rules.py`), claims (`claim_rules.py`) and published counts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from validation import dates, models
from validation.findings import MAX_ALIKE, Finding, shown, with_rest

MAX_DISMISSED_WORDS = 6
DATES = ("published", "accessed", "period_start", "period_end", "date", "checked_on", "decided_on")
"""Columns that hold dates, in whatever table."""

MAX_WORDING = 120
"""Characters of a wording: numbers are not read of a longer one, which would take seconds."""

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Wrong:
    """Rows of a rule's first table that are wrong, at which column, why, and what to do.

    `problem` is filled from the row (`{bound}`). `rows`: where the mask is of fewer rows or the words need more columns.
    """

    column: str
    mask: pd.Series
    problem: str
    action: str
    rows: pd.DataFrame | None = None


Search = Callable[..., Iterator[Wrong]]


@dataclass(frozen=True)
class Rule:
    """A rule: its id, the tables that it needs, and the function that is given them and yields what is wrong in the first."""

    rule_id: str
    needs: tuple[str, ...]
    search: Search

    def find(self, tables: Tables) -> Iterator[Finding]:
        """Yield a finding for each row that is wrong; of many alike the first ones and how many more there are."""
        for wrong in self.search(*(tables[name] for name in self.needs)):
            mask = wrong.mask.fillna(False).astype(bool)
            if not mask.any():
                continue
            bad = (tables[self.needs[0]] if wrong.rows is None else wrong.rows)[mask]
            findings = []
            for line, row in bad.head(MAX_ALIKE).iterrows():
                cells = {str(name): shown(value) if pd.notna(value) else "blank" for name, value in row.items()}
                problem = wrong.problem.format_map(cells)
                file, at = f"{self.needs[0]}.csv", int(str(line))
                findings.append(Finding(file, at, wrong.column, self.rule_id, problem, wrong.action))
            yield from with_rest(findings, len(bad))


RULES: list[Rule] = []


def rule(rule_id: str, *needs: str) -> Callable[[Search], Search]:
    """Register a function as a rule of the first of these tables, which is given all of them."""

    def register(search: Search) -> Search:
        RULES.append(Rule(rule_id, needs, search))
        return search

    return register


def is_one_of(column: pd.Series, values: pd.Series) -> pd.Series:
    """Whether each cell is one of the values; blank is none. `isin` is slow for many values of text."""
    cells = column.dropna()
    known = pd.Series(False, index=column.index)
    if len(cells):
        known[cells.index] = pd.Index(values.dropna().drop_duplicates()).get_indexer(cells) >= 0
    return known


def is_too_long(wording: pd.Series) -> pd.Series:
    """Whether each wording has more characters than numbers are read of."""
    return wording.str.len() > MAX_WORDING


def is_cyclic(rows: pd.DataFrame, key: str = "claim_id", parent: str = "part_of") -> pd.Series:
    """Whether following `parent` leads from a row back to itself."""
    up = dict(zip(rows[key], rows[parent], strict=True))
    cyclic = []
    for start in rows[key]:
        seen: set[str] = set()
        at = up.get(start)
        while isinstance(at, str) and at not in seen and at != start:
            seen.add(at)
            at = up.get(at)
        cyclic.append(at == start)
    return pd.Series(cyclic, index=rows.index, dtype=bool)


def wholes_of(place: str, within: Mapping[Any, Any]) -> list[str]:
    """Return a place and every place that contains it."""
    chain: list[str] = []
    at: str | None = place
    while at is not None and at not in chain:
        chain.append(at)
        at = within.get(at)
    return chain


def _references(table: str, column: str, target: str) -> None:
    """Register the rule that an id is in the table that the model names (models, `references`)."""
    other, other_column = target.split(".")

    @rule("references.resolve", table, other)
    def ids_are_known(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[Wrong]:
        unknown = rows[column].notna() & ~is_one_of(rows[column], others[other_column])
        yield Wrong(column, unknown, f"{{{column}}} is not in {other}.csv", f"Use an id of {other}.csv, or add the row")


def _order(table: str, key: list[str]) -> None:
    """Register the rules that rows are sorted by their key, and that one key is one row (models, `key`)."""

    def filled(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[key].fillna({name: -1 if rows[name].dtype == "Int64" else "" for name in key})

    @rule("rows.sorted", table)
    def rows_are_sorted(rows: pd.DataFrame) -> Iterator[Wrong]:
        keys = filled(rows)
        early, same = pd.Series(False, index=rows.index), pd.Series(True, index=rows.index)
        for name in key:
            before = keys[name].shift()
            early |= (same & (keys[name] < before)).fillna(False).astype(bool)
            same &= (keys[name] == before).fillna(False).astype(bool)
        yield Wrong(key[0], early, f"{{{key[0]}}} is after a later one", f"Sort the rows by {', '.join(key)}")

    if len(key) > 1:

        @rule("rows.unique", table)
        def rows_are_unique(rows: pd.DataFrame) -> Iterator[Wrong]:
            names = ", ".join(f"{{{name}}}" for name in key)
            yield Wrong(key[0], filled(rows).duplicated(), f"{names} are there twice", "Delete one row")


def _calendar(table: str, columns: Sequence[str]) -> None:
    """Register the rule that a date is a day of the calendar, which 2019-02-30 is not."""

    @rule("dates.calendar", table)
    def days_exist(rows: pd.DataFrame) -> Iterator[Wrong]:
        for column in columns:
            well_formed = rows[column].str.match(dates.PATTERN).fillna(False).astype(bool)
            wrong = well_formed & dates.first_day(rows[column]).isna()
            yield Wrong(column, wrong, f"{{{column}}} is no day of the calendar", "Correct the date")


for _table, _schema in models.SCHEMAS.items():
    _order(_table, models.key(_table))
    if _dates := [column for column in DATES if column in _schema.columns]:
        _calendar(_table, _dates)
    for _column in _schema.columns:
        if _target := models.metadata(_table, _column).get("references"):
            _references(_table, _column, _target)


def _circle(table: str, key: str) -> None:
    """Register the rule that no row contains itself: a place includes the places within it, an event its events."""

    @rule(f"{table}.within", table)
    def rows_do_not_contain_themselves(rows: pd.DataFrame) -> Iterator[Wrong]:
        cyclic = is_cyclic(rows, key, "within")
        yield Wrong("within", cyclic, f"{{{key}}} contains itself by way of {{within}}", "Break the circle")


_circle("events", "event_id")
_circle("places", "place_id")


@rule("periods.order", "claims")
@rule("periods.order", "events")
def periods_do_not_run_backwards(rows: pd.DataFrame) -> Iterator[Wrong]:
    """Dates are intervals: wrong only where no day of the start comes before a day of the end (design, tables)."""
    backwards = dates.first_day(rows["period_start"]) > dates.last_day(rows["period_end"])
    yield Wrong("period_end", backwards, "{period_start} is after {period_end}", "Correct one of the dates")


@rule("vague_quantities.order", "vague_quantities")
def vague_bounds_are_ordered(words: pd.DataFrame) -> Iterator[Wrong]:
    """Low is below high (codebook, words for quantities)."""
    wrong = words["low"] >= words["high"]
    yield Wrong("high", wrong, "low {low} is not below high {high}", "Put the smaller number in low")


@rule("dismissed.wording", "dismissed")
def dismissed_wordings_are_short(dismissed: pd.DataFrame) -> Iterator[Wrong]:
    """At most 6 words (design, dismissed.csv)."""
    wrong = dismissed["wording"].str.count(r"\S+") > MAX_DISMISSED_WORDS
    yield Wrong(
        "wording", wrong, f"{{wording}} has more than {MAX_DISMISSED_WORDS} words", "Keep the number and its noun"
    )


@rule("claims.wording_long", "claims")
@rule("dismissed.wording_long", "dismissed")
@rule("curation.wording_long", "curation")
def wordings_have_few_characters(rows: pd.DataFrame) -> Iterator[Wrong]:
    """At most 120 characters: a wording is a phrase, and is read for its number."""
    wrong, problem = is_too_long(rows["wording"]), f"{{wording}} has more than {MAX_WORDING} characters"
    yield Wrong("wording", wrong, problem, "Keep the number and its noun")


@rule("changes.table", "changes")
def changes_name_a_table(changes: pd.DataFrame) -> Iterator[Wrong]:
    """A change concerns a table of this folder."""
    unknown = ~changes["table"].isin(list(models.TABLES))
    yield Wrong("table", unknown, "{table} is no table", f"Name one of: {', '.join(models.TABLES)}")
