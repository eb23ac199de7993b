"""The rules of a claim: what must hold between its columns, and between it and the other tables.

Why: the codebook binds how qualifier, numbers, measure and dates go together; each function is one of its rules and
names it. Here: rules that concern `claims.csv`. Not here: rules of the other tables (`rules.py`).
"""

import re
from collections.abc import Iterator

import pandas as pd

from validation import dates, numbers
from validation.findings import Finding
from validation.rules import Tables, report, rule, runs_in_a_circle, stands_in
from validation.vocabulary import DISPLACEMENT, WITHIN_GROUP, WITHIN_INDICATOR

MOST_WORDS = 8


@rule("claims.id", "claims")
def claim_ids_begin_with_their_source(tables: Tables) -> Iterator[Finding]:
    """`<source_id>-NN` (codebook, claim_id)."""
    rows = tables["claims"]
    named = rows["claim_id"].str.replace(r"-[0-9]+\Z", "", regex=True)
    wrong = rows[["claim_id", "source_id"]].notna().all(axis=1) & (named != rows["source_id"])
    yield from report(
        "claims.id",
        "claims",
        "claim_id",
        rows,
        wrong,
        "{claim_id} does not begin with {source_id}",
        "Name it source id, hyphen, number",
    )


@rule("claims.wording_short", "claims")
def wording_is_short(tables: Tables) -> Iterator[Finding]:
    """At most 8 words, never a sentence (codebook, wording)."""
    rows = tables["claims"]
    wrong = rows["wording"].str.count(r"\S+") > MOST_WORDS
    yield from report(
        "claims.wording_short",
        "claims",
        "wording",
        rows,
        wrong,
        f"{{wording}} has more than {MOST_WORDS} words",
        "Keep qualifier, number and noun",
    )


@rule("claims.wording_number", "claims")
def wording_holds_a_number(tables: Tables) -> Iterator[Finding]:
    """Qualifier, number and noun (codebook, wording and the closed list of numbers)."""
    rows = tables["claims"]
    wrong = numbers.how_many(rows["wording"], {}) == 0
    yield from report(
        "claims.wording_number",
        "claims",
        "wording",
        rows,
        wrong,
        "{wording} holds neither a digit nor a number word",
        "Quote the number as printed",
    )


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
            yield from report(
                "claims.bound",
                "claims",
                column,
                rows,
                of & rows[column].isna(),
                f"{column} is blank, bound is {{bound}}",
                f"Fill {column}, or mend bound",
            )
        for column in blank:
            yield from report(
                "claims.bound",
                "claims",
                column,
                rows,
                of & rows[column].notna(),
                f"{column} is {{{column}}}, bound is {{bound}}",
                f"Leave {column} blank, or mend bound",
            )
        for one, other in equal:
            yield from report(
                "claims.bound",
                "claims",
                other,
                rows,
                of & (rows[one] != rows[other]),
                f"{one} is {{{one}}} and {other} is {{{other}}}, bound is {{bound}}",
                "Make them equal, or mend bound",
            )
    yield from report(
        "claims.bound",
        "claims",
        "high",
        rows,
        rows["bound"].isin(["range", "vague"]) & (rows["low"] >= rows["high"]),
        "low {low} is not below high {high}",
        "Put the smaller number in low",
    )


@rule("claims.vague", "claims", "vague_quantities")
def vague_words_have_their_bounds(tables: Tables) -> Iterator[Finding]:
    """Words are not numbers: their bounds come from vague_quantities.csv (codebook, rule 10)."""
    rows = tables["claims"][tables["claims"]["bound"] == "vague"]
    words = tables["vague_quantities"].dropna(subset="word").drop_duplicates("word").set_index("word")
    longest_first = sorted(map(re.escape, words.index), key=len, reverse=True)
    found = rows["wording"].str.lower().str.extract(r"\b(" + "|".join(longest_first or ["(?!)"]) + r")\b")[0]
    yield from report(
        "claims.vague",
        "claims",
        "wording",
        rows,
        found.isna(),
        "{wording} holds no word of vague_quantities.csv, bound is {bound}",
        "Add the word there, or mend bound",
    )
    for column in ("low", "high"):
        expected = found.map(words[column]).astype("Int64")
        wrong = found.notna() & expected.notna() & (rows[column] != expected)
        told = rows.assign(expected=expected, word=found)
        yield from report(
            "claims.vague",
            "claims",
            column,
            told,
            wrong,
            f"{column} is {{{column}}}, vague_quantities.csv has {{expected}} for {{word}}",
            f"Copy {column} from there",
        )


@rule("claims.part_of", "claims")
def parts_lie_within_their_whole(tables: Tables) -> Iterator[Finding]:
    """Same report, unit; nested indicator and group; no larger; no circle (codebook, part_of)."""
    rows = tables["claims"]
    parts = rows[stands_in(rows["part_of"], rows["claim_id"])]
    wholes = rows[rows["claim_id"].isin(parts["part_of"].unique())].drop_duplicates("claim_id")
    parts = parts.join(wholes.set_index("claim_id").add_prefix("whole_"), on="part_of")

    def told(column: str, wrong: pd.Series, problem: str, action: str) -> Iterator[Finding]:
        yield from report("claims.part_of", "claims", column, parts, wrong, problem, action)

    yield from told(
        "part_of",
        parts["source_id"] != parts["whole_source_id"],
        "{part_of} is a claim of another report",
        "Name a claim of the same report, or leave blank",
    )
    yield from told(
        "part_of",
        parts["unit"] != parts["whole_unit"],
        "it counts {unit}, {part_of} counts {whole_unit}",
        "Leave part_of blank",
    )
    for column, within in (("indicator", WITHIN_INDICATOR), ("population_group", WITHIN_GROUP)):
        fits = [
            part in within.get(whole, ()) for part, whole in zip(parts[column], parts[f"whole_{column}"], strict=True)
        ]
        yield from told(
            "part_of",
            ~pd.Series(fits, index=parts.index, dtype=bool),
            f"{{{column}}} cannot be part of {{whole_{column}}} ({{part_of}})",
            "Leave part_of blank, or mend the code",
        )
    least = parts["low"].fillna(parts["best"])
    most = parts["whole_high"].fillna(parts["whole_best"])
    yield from told(
        "part_of",
        least > most,
        "the part is larger than its whole {part_of}",
        "Mend the numbers, or leave part_of blank",
    )
    yield from told(
        "part_of", runs_in_a_circle(parts), "{claim_id} is part of itself by way of {part_of}", "Break the circle"
    )


@rule("periods.published", "claims", "sources")
def periods_do_not_end_after_publication(tables: Tables) -> Iterator[Finding]:
    """A report cannot speak for days to come (codebook, period_end)."""
    published = tables["sources"].drop_duplicates("source_id").set_index("source_id")["published"]
    rows = tables["claims"].assign(published=lambda claims: claims["source_id"].map(published))
    latest = dates.last_day(rows["published"])
    for column in ("period_start", "period_end"):
        wrong = dates.first_day(rows[column]) > latest
        yield from report(
            "periods.published",
            "claims",
            column,
            rows,
            wrong,
            f"{{{column}}} is after the report was published ({{published}})",
            "Mend the date",
        )


@rule("claims.measure", "claims")
def measures_have_their_dates(tables: Tables) -> Iterator[Finding]:
    """A stock has an as-of date and no start; what accumulates has a start (codebook, period_start, measure)."""
    rows = tables["claims"]
    stock = rows["measure"] == "stock"
    yield from report(
        "claims.measure",
        "claims",
        "period_start",
        rows,
        stock & rows["period_start"].notna(),
        "a stock has no beginning, period_start is {period_start}",
        "Leave it blank",
    )
    grows = rows["measure"].isin(["period", "cumulative"]) & rows["period_start"].isna()
    yield from report(
        "claims.measure",
        "claims",
        "period_start",
        rows,
        grows,
        "period_start is blank, measure is {measure}",
        "Give the beginning, or code it as an incident",
    )
    deaths = rows["indicator"].isin(["killed", "injured"]) & stock
    yield from report(
        "claims.measure",
        "claims",
        "measure",
        rows,
        deaths,
        "{indicator} cannot be a stock",
        "Code it as incident, period or cumulative",
    )
    people = (rows["indicator"] == "population") & ~stock
    yield from report(
        "claims.measure",
        "claims",
        "measure",
        rows,
        people,
        "a population is a stock, measure is {measure}",
        "Code it as a stock",
    )


@rule("claims.stock_or_flow", "claims", "claim_caveats")
def totals_of_displaced_carry_their_caveat(tables: Tables) -> Iterator[Finding]:
    """Cumulative totals of displaced people carry `stock_or_flow` (codebook, columns of a claim)."""
    rows = tables["claims"]
    marked = tables["claim_caveats"].query("caveat_id == 'stock_or_flow'")["claim_id"]
    wrong = rows["indicator"].isin(DISPLACEMENT) & (rows["measure"] == "cumulative") & ~rows["claim_id"].isin(marked)
    yield from report(
        "claims.stock_or_flow",
        "claims",
        "claim_id",
        rows,
        wrong,
        "{claim_id} is a cumulative total of displaced people without the caveat",
        "Add stock_or_flow in claim_caveats.csv",
    )


@rule("claims.party", "claims", "organisations", "claim_caveats")
def parties_to_the_conflict_are_marked(tables: Tables) -> Iterator[Finding]:
    """A party to the conflict that speaks of losses of fighters carries `party_claim` (codebook, rule 13)."""
    rows = tables["claims"]
    kinds = tables["organisations"].drop_duplicates("organisation_id").set_index("organisation_id")["kind"]
    marked = tables["claim_caveats"].query("caveat_id == 'party_claim'")["claim_id"]
    fighters = rows["population_group"].isin(["pro_government", "opposition_fighters"])
    wrong = (rows["attributed_to"].map(kinds) == "party_to_conflict") & fighters & ~rows["claim_id"].isin(marked)
    problem = "{attributed_to} is a party to the conflict and speaks of losses without the caveat"
    yield from report(
        "claims.party", "claims", "attributed_to", rows, wrong, problem, "Add party_claim in claim_caveats.csv"
    )


@rule("claims.twice", "claims")
def a_claim_stands_once(tables: Tables) -> Iterator[Finding]:
    """One row per quantity, group and indicator (codebook): a second row of the same words is the same claim."""
    rows = tables["claims"]
    same = ["source_id", "paragraph", "wording", "indicator", "population_group"]
    twice = rows[same].notna().all(axis=1) & rows.duplicated(same)
    problem = "{wording} of this paragraph is a claim already"
    yield from report("claims.twice", "claims", "wording", rows, twice, problem, "Delete the row")
