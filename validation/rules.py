"""What must hold between the columns of a row and between tables; one rule a function.

Why: a value can be well formed and still contradict its neighbour. Each rule takes typed tables (index: line in
the file) and yields findings; its docstring names the source of the rule. Here: rules whose violation makes the
tables unfit to show. Not here: what one column allows (`models.py`) and checks against archived texts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from validation import dates, models, numbers
from validation.findings import Finding, shown
from validation.vocabulary import DISPLACEMENT, WITHIN_GROUP, WITHIN_INDICATOR

Tables = Mapping[str, pd.DataFrame]
MOST_WORDS = 8


@dataclass(frozen=True)
class Rule:
    """A rule: its id, the tables that it needs, the function that yields findings."""

    rule_id: str
    needs: tuple[str, ...]
    find: Callable[[Tables], Iterator[Finding]]


RULES: list[Rule] = []


def rule(rule_id: str, *needs: str) -> Callable[[Callable[[Tables], Iterator[Finding]]], Callable[[Tables], Iterator[Finding]]]:
    """Register a function as a rule that needs these tables."""

    def register(find: Callable[[Tables], Iterator[Finding]]) -> Callable[[Tables], Iterator[Finding]]:
        RULES.append(Rule(rule_id, needs, find))
        return find

    return register


def _report(
    rule_id: str, table: str, column: str, rows: pd.DataFrame, wrong: pd.Series, problem: str, action: str
) -> Iterator[Finding]:
    """Yield a finding for each row that is wrong; `problem` is filled from the row (`{bound}`)."""
    for line, row in rows[wrong.fillna(False).astype(bool)].iterrows():
        words = problem.format_map({name: shown(value) if pd.notna(value) else "blank" for name, value in row.items()})
        yield Finding(f"{table}.csv", int(str(line)), column, rule_id, words, action)


def _references(table: str, column: str, target: str) -> Callable[[Tables], Iterator[Finding]]:
    def find(tables: Tables) -> Iterator[Finding]:
        other, other_column = target.split(".")
        rows = tables[table]
        unknown = rows[column].notna() & ~rows[column].isin(tables[other][other_column])
        problem = f"{{{column}}} stands in no row of {other}.csv"
        yield from _report("references.resolve", table, column, rows, unknown, problem, f"Use an id of {other}.csv, or add the row")

    return find


def _order(table: str) -> Callable[[Tables], Iterator[Finding]]:
    def find(tables: Tables) -> Iterator[Finding]:
        key = models.key(table)
        rows = tables[table]
        keys = rows[key].fillna("")
        if len(key) > 1:
            twice = keys.duplicated()
            names = ", ".join(f"{{{name}}}" for name in key)
            yield from _report("rows.unique", table, key[0], rows, twice, f"{names} stand together twice", "Delete one row")
        joined = pd.Series(list(keys.itertuples(index=False, name=None)), index=rows.index, dtype="object")
        early = pd.Series(False, index=rows.index)
        if len(joined) > 1:
            early.iloc[1:] = [after < before for before, after in zip(joined, joined.iloc[1:], strict=False)]
        yield from _report("rows.sorted", table, key[0], rows, early, f"{{{key[0]}}} stands after a later one", "Sort the rows by " + ", ".join(key))

    return find


for _table, _schema in models.SCHEMAS.items():
    RULES.append(Rule("rows.sorted", (_table,), _order(_table)))
    for _column in _schema.columns:
        if _target := models.metadata(_table, _column).get("references"):
            RULES.append(Rule("references.resolve", (_table, _target.split(".")[0]), _references(_table, _column, _target)))


@rule("claims.id", "claims")
def claim_ids_begin_with_their_source(tables: Tables) -> Iterator[Finding]:
    """`<source_id>-NN` (codebook, claim_id)."""
    rows = tables["claims"]
    wrong = rows["claim_id"].str.replace(r"-\d+\Z", "", regex=True) != rows["source_id"]
    yield from _report("claims.id", "claims", "claim_id", rows, wrong, "{claim_id} does not begin with {source_id}", "Name it source id, hyphen, number")


@rule("claims.wording_short", "claims")
def wording_is_short(tables: Tables) -> Iterator[Finding]:
    """At most 8 words, never a sentence (codebook, wording)."""
    rows = tables["claims"]
    wrong = rows["wording"].str.split().str.len() > MOST_WORDS
    yield from _report("claims.wording_short", "claims", "wording", rows, wrong, f"{{wording}} has more than {MOST_WORDS} words", "Keep qualifier, number and noun")


@rule("claims.wording_number", "claims")
def wording_holds_a_number(tables: Tables) -> Iterator[Finding]:
    """Qualifier, number and noun (codebook, wording and the closed list of numbers)."""
    rows = tables["claims"]
    wrong = ~rows["wording"].fillna("").str.contains(numbers.QUANTITY)
    yield from _report("claims.wording_number", "claims", "wording", rows, wrong, "{wording} holds neither a digit nor a number word", "Quote the number as printed")


_BOUND_COLUMNS = {
    # bound: (columns that must be filled, columns that must be blank, pairs that must be equal)
    "exact": (("low", "best", "high"), (), (("low", "best"), ("best", "high"))),
    "at_least": (("low", "best"), ("high",), (("low", "best"),)),
    "about": (("best",), ("low", "high"), ()),
    "up_to": (("best", "high"), ("low",), (("best", "high"),)),
    "range": (("low", "high"), ("best",), ()),
    "vague": (("low", "high"), ("best",), ()),
}


@rule("claims.bound", "claims")
def bounds_agree_with_values(tables: Tables) -> Iterator[Finding]:
    """Which of low, best and high are filled, blank or equal (codebook, low, best, high)."""
    rows = tables["claims"]
    for bound, (filled, blank, equal) in _BOUND_COLUMNS.items():
        of = rows["bound"] == bound
        for column in filled:
            yield from _report("claims.bound", "claims", column, rows, of & rows[column].isna(), f"{column} is blank, bound is {{bound}}", f"Fill {column}, or mend bound")
        for column in blank:
            yield from _report("claims.bound", "claims", column, rows, of & rows[column].notna(), f"{column} is {{{column}}}, bound is {{bound}}", f"Leave {column} blank, or mend bound")
        for one, other in equal:
            yield from _report(
                "claims.bound", "claims", other, rows, of & (rows[one] != rows[other]),
                f"{one} is {{{one}}} and {other} is {{{other}}}, bound is {{bound}}", "Make them equal, or mend bound",
            )
    yield from _report(
        "claims.bound", "claims", "high", rows, rows["bound"].isin(["range", "vague"]) & (rows["low"] >= rows["high"]),
        "low {low} is not below high {high}", "Put the smaller number in low",
    )


@rule("claims.vague", "claims", "vague_quantities")
def vague_words_have_their_bounds(tables: Tables) -> Iterator[Finding]:
    """Words are not numbers: their bounds come from vague_quantities.csv (codebook, rule 10)."""
    rows = tables["claims"][tables["claims"]["bound"] == "vague"]
    words = tables["vague_quantities"].set_index("word")
    longest_first = sorted((word for word in words.index if isinstance(word, str)), key=len, reverse=True)
    found = rows["wording"].str.lower().str.extract(r"\b(" + "|".join(longest_first or ["(?!)"]) + r")\b")[0]
    yield from _report("claims.vague", "claims", "wording", rows, found.isna(), "{wording} holds no word of vague_quantities.csv, bound is {bound}", "Add the word there, or mend bound")
    for column in ("low", "high"):
        expected = found.map(words[column][words.index.notna()]).astype("Int64")
        wrong = found.notna() & expected.notna() & (rows[column] != expected)
        told = rows.assign(expected=expected, word=found)
        yield from _report("claims.vague", "claims", column, told, wrong, f"{column} is {{{column}}}, vague_quantities.csv has {{expected}} for {{word}}", f"Copy {column} from there")


@rule("claims.part_of", "claims")
def parts_lie_within_their_whole(tables: Tables) -> Iterator[Finding]:
    """Same report, unit; nested indicator and group; no larger; no circle (codebook, part_of)."""
    rows = tables["claims"]
    wholes = rows.drop_duplicates("claim_id").set_index("claim_id").add_prefix("whole_")
    parts = rows[rows["part_of"].isin(wholes.index)].join(wholes, on="part_of")

    def told(column: str, wrong: pd.Series, problem: str, action: str) -> Iterator[Finding]:
        yield from _report("claims.part_of", "claims", column, parts, wrong, problem, action)

    yield from told("part_of", parts["source_id"] != parts["whole_source_id"], "{part_of} is a claim of another report", "Name a claim of the same report, or leave blank")
    yield from told("part_of", parts["unit"] != parts["whole_unit"], "it counts {unit}, {part_of} counts {whole_unit}", "Leave part_of blank")
    for column, within in (("indicator", WITHIN_INDICATOR), ("population_group", WITHIN_GROUP)):
        fits = [part in within.get(whole, ()) for part, whole in zip(parts[column], parts[f"whole_{column}"], strict=True)]
        yield from told("part_of", ~pd.Series(fits, index=parts.index, dtype=bool), f"{{{column}}} cannot be part of {{whole_{column}}} ({{part_of}})", "Leave part_of blank, or mend the code")
    least = parts["low"].fillna(parts["best"])
    most = parts["whole_high"].fillna(parts["whole_best"])
    yield from told("part_of", least > most, "the part is larger than its whole {part_of}", "Mend the numbers, or leave part_of blank")
    yield from told("part_of", _runs_in_a_circle(parts), "{claim_id} is part of itself by way of {part_of}", "Break the circle")


def _runs_in_a_circle(rows: pd.DataFrame, key: str = "claim_id", parent: str = "part_of") -> pd.Series:
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
    yield from _report("places.within", "places", "within", rows, _runs_in_a_circle(rows, "place_id", "within"), "{place_id} contains itself by way of {within}", "Break the circle")


@rule("places.position", "places")
def positions_are_whole(tables: Tables) -> Iterator[Finding]:
    """Latitude and longitude stand together."""
    rows = tables["places"]
    wrong = rows["latitude"].isna() != rows["longitude"].isna()
    yield from _report("places.position", "places", "latitude", rows, wrong, "only one of latitude and longitude is given", "Give both, or leave both blank")


@rule("periods.order", "claims", "events")
def periods_do_not_run_backwards(tables: Tables) -> Iterator[Finding]:
    """Dates are intervals: wrong only where no day of the start comes before a day of the end (design, tables)."""
    for table in ("claims", "events"):
        rows = tables[table]
        wrong = dates.first_day(rows["period_start"]) > dates.last_day(rows["period_end"])
        yield from _report("periods.order", table, "period_end", rows, wrong, "{period_start} is after {period_end}", "Mend one of the dates")


@rule("dates.calendar", *models.TABLES)
def dates_exist(tables: Tables) -> Iterator[Finding]:
    """A date stands in the calendar: 2019-02-30 does not."""
    for table, schema in models.SCHEMAS.items():
        rows = tables[table]
        for column in schema.columns:
            if column in ("published", "accessed", "period_start", "period_end", "date"):
                wrong = rows[column].str.match(dates.PATTERN).fillna(False).astype(bool) & dates.first_day(rows[column]).isna()
                yield from _report("dates.calendar", table, column, rows, wrong, f"{{{column}}} is no day of the calendar", "Mend the date")


@rule("periods.published", "claims", "sources")
def periods_do_not_end_after_publication(tables: Tables) -> Iterator[Finding]:
    """A report cannot speak for days to come (codebook, period_end)."""
    published = tables["sources"].drop_duplicates("source_id").set_index("source_id")["published"]
    rows = tables["claims"].assign(published=lambda claims: claims["source_id"].map(published))
    latest = dates.last_day(rows["published"])
    for column in ("period_start", "period_end"):
        wrong = dates.first_day(rows[column]) > latest
        yield from _report("periods.published", "claims", column, rows, wrong, f"{{{column}}} is after the report was published ({{published}})", "Mend the date")


@rule("claims.measure", "claims")
def measures_have_their_dates(tables: Tables) -> Iterator[Finding]:
    """A stock has an as-of date and no start; what accumulates has a start (codebook, period_start, measure)."""
    rows = tables["claims"]
    stock = rows["measure"] == "stock"
    yield from _report("claims.measure", "claims", "period_start", rows, stock & rows["period_start"].notna(), "a stock has no beginning, period_start is {period_start}", "Leave it blank")
    grows = rows["measure"].isin(["period", "cumulative"]) & rows["period_start"].isna()
    yield from _report("claims.measure", "claims", "period_start", rows, grows, "period_start is blank, measure is {measure}", "Give the beginning, or code it as an incident")
    deaths = rows["indicator"].isin(["killed", "injured"]) & stock
    yield from _report("claims.measure", "claims", "measure", rows, deaths, "{indicator} cannot be a stock", "Code it as incident, period or cumulative")
    people = (rows["indicator"] == "population") & ~stock
    yield from _report("claims.measure", "claims", "measure", rows, people, "a population is a stock, measure is {measure}", "Code it as a stock")


@rule("claims.stock_or_flow", "claims", "claim_caveats")
def totals_of_displaced_carry_their_caveat(tables: Tables) -> Iterator[Finding]:
    """Cumulative totals of displaced people carry `stock_or_flow` (codebook, columns of a claim)."""
    rows = tables["claims"]
    marked = tables["claim_caveats"].query("caveat_id == 'stock_or_flow'")["claim_id"]
    wrong = rows["indicator"].isin(DISPLACEMENT) & (rows["measure"] == "cumulative") & ~rows["claim_id"].isin(marked)
    yield from _report("claims.stock_or_flow", "claims", "claim_id", rows, wrong, "{claim_id} is a cumulative total of displaced people without the caveat", "Add stock_or_flow in claim_caveats.csv")


@rule("vague_quantities.order", "vague_quantities")
def vague_bounds_are_ordered(tables: Tables) -> Iterator[Finding]:
    """Low is below high (codebook, words for quantities)."""
    rows = tables["vague_quantities"]
    yield from _report("vague_quantities.order", "vague_quantities", "high", rows, rows["low"] >= rows["high"], "low {low} is not below high {high}", "Put the smaller number in low")


@rule("changes.table", "changes")
def changes_name_a_table(tables: Tables) -> Iterator[Finding]:
    """A change concerns a table of this folder."""
    rows = tables["changes"]
    wrong = ~rows["table"].isin(list(models.TABLES))
    yield from _report("changes.table", "changes", "table", rows, wrong, "{table} is no table", "Name one of: " + ", ".join(models.TABLES))
