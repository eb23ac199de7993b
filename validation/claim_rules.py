"""The rules of a claim: what must hold between its columns, and between it and the other tables.

Why: the codebook binds how qualifier, numbers, measure and dates go together; each function is one of its rules and
names it. Here: rules that concern `claims.csv`. Not here: rules of the other tables (`rules.py`).
"""

import re
from collections.abc import Iterator
from functools import partial

import pandas as pd

from validation import dates, numbers
from validation.rules import Wrong, is_cyclic, is_one_of, rule
from validation.vocabulary import DISPLACEMENT, WITHIN_GROUP, WITHIN_INDICATOR

MAX_WORDS = 8


@rule("claims.id", "claims")
def claim_ids_begin_with_their_source(claims: pd.DataFrame) -> Iterator[Wrong]:
    """`<source_id>-NN` (codebook, claim_id)."""
    named = claims["claim_id"].str.replace(r"-[0-9]+\Z", "", regex=True)
    wrong = claims[["claim_id", "source_id"]].notna().all(axis=1) & (named != claims["source_id"])
    yield Wrong("claim_id", wrong, "{claim_id} does not begin with {source_id}", "Name it source id, hyphen, number")


@rule("claims.wording_short", "claims")
def wording_is_short(claims: pd.DataFrame) -> Iterator[Wrong]:
    """At most 8 words, never a sentence (codebook, wording)."""
    wrong = claims["wording"].str.count(r"\S+") > MAX_WORDS
    yield Wrong("wording", wrong, f"{{wording}} has more than {MAX_WORDS} words", "Keep qualifier, number and noun")


@rule("claims.wording_number", "claims")
def wording_holds_a_number(claims: pd.DataFrame) -> Iterator[Wrong]:
    """Qualifier, number and noun (codebook, wording and the closed list of numbers)."""
    wrong = numbers.how_many(claims["wording"], {}) == 0
    yield Wrong("wording", wrong, "{wording} holds neither a digit nor a number word", "Quote the number as printed")


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
def bounds_agree_with_values(claims: pd.DataFrame) -> Iterator[Wrong]:
    """Which of low, best and high are filled, blank or equal (codebook, low, best, high)."""
    for bound, (filled, blank, equal) in _BOUND_COLUMNS.items():
        bound_so = claims["bound"] == bound
        for column in filled:
            wrong, problem = bound_so & claims[column].isna(), f"{column} is blank, bound is {{bound}}"
            yield Wrong(column, wrong, problem, f"Fill {column}, or correct bound")
        for column in blank:
            wrong, problem = bound_so & claims[column].notna(), f"{column} is {{{column}}}, bound is {{bound}}"
            yield Wrong(column, wrong, problem, f"Leave {column} blank, or correct bound")
        for one, other in equal:
            wrong = bound_so & (claims[one] != claims[other])
            problem = f"{one} is {{{one}}} and {other} is {{{other}}}, bound is {{bound}}"
            yield Wrong(other, wrong, problem, "Make them equal, or correct bound")
    wrong = claims["bound"].isin(["range", "vague"]) & (claims["low"] >= claims["high"])
    yield Wrong("high", wrong, "low {low} is not below high {high}", "Put the smaller number in low")


@rule("claims.vague", "claims", "vague_quantities")
def vague_words_have_their_bounds(claims: pd.DataFrame, vague: pd.DataFrame) -> Iterator[Wrong]:
    """Words are not numbers: their bounds come from vague_quantities.csv (codebook, rule 10)."""
    rows = claims[claims["bound"] == "vague"]
    words = vague.dropna(subset="word").drop_duplicates("word").set_index("word")
    longest_first = sorted(map(re.escape, words.index), key=len, reverse=True)
    found = rows["wording"].str.lower().str.extract(r"\b(" + "|".join(longest_first or ["(?!)"]) + r")\b")[0]
    problem = "{wording} holds no word of vague_quantities.csv, bound is {bound}"
    yield Wrong("wording", found.isna(), problem, "Add the word there, or correct bound", rows)
    for column in ("low", "high"):
        expected = found.map(words[column]).astype("Int64")
        wrong = found.notna() & expected.notna() & (rows[column] != expected)
        problem = f"{column} is {{{column}}}, vague_quantities.csv has {{expected}} for {{word}}"
        yield Wrong(column, wrong, problem, f"Copy {column} from there", rows.assign(expected=expected, word=found))


@rule("claims.part_of", "claims")
def parts_lie_within_their_whole(claims: pd.DataFrame) -> Iterator[Wrong]:
    """Same report, unit; nested indicator and group; no larger; no circle (codebook, part_of)."""
    parts = claims[is_one_of(claims["part_of"], claims["claim_id"])]
    wholes = claims[claims["claim_id"].isin(parts["part_of"].unique())].drop_duplicates("claim_id")
    parts = parts.join(wholes.set_index("claim_id").add_prefix("whole_"), on="part_of")
    wrong = partial(Wrong, "part_of", rows=parts)
    elsewhere, action = (
        parts["source_id"] != parts["whole_source_id"],
        "Name a claim of the same report, or leave blank",
    )
    yield wrong(elsewhere, "{part_of} is a claim of another report", action)
    other_unit = parts["unit"] != parts["whole_unit"]
    yield wrong(other_unit, "it counts {unit}, {part_of} counts {whole_unit}", "Leave part_of blank")
    for column, within in (("indicator", WITHIN_INDICATOR), ("population_group", WITHIN_GROUP)):
        pairs = zip(parts[column], parts[f"whole_{column}"], strict=True)
        fits = pd.Series([part in within.get(whole, ()) for part, whole in pairs], index=parts.index, dtype=bool)
        problem = f"{{{column}}} cannot be part of {{whole_{column}}} ({{part_of}})"
        yield wrong(~fits, problem, "Leave part_of blank, or correct the code")
    larger = parts["low"].fillna(parts["best"]) > parts["whole_high"].fillna(parts["whole_best"])
    action = "Correct the numbers, or leave part_of blank"
    yield wrong(larger, "the part is larger than its whole {part_of}", action)
    yield wrong(is_cyclic(parts), "{claim_id} is part of itself by way of {part_of}", "Break the circle")


@rule("periods.published", "claims", "sources")
def periods_do_not_end_after_publication(claims: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Wrong]:
    """A report cannot count days to come (codebook, period_end)."""
    published = sources.drop_duplicates("source_id").set_index("source_id")["published"]
    rows = claims.assign(published=claims["source_id"].map(published))
    for column in ("period_start", "period_end"):
        wrong = dates.first_day(rows[column]) > dates.last_day(rows["published"])
        problem = f"{{{column}}} is after the report was published ({{published}})"
        yield Wrong(column, wrong, problem, "Correct the date", rows)


@rule("claims.measure", "claims")
def measures_have_their_dates(claims: pd.DataFrame) -> Iterator[Wrong]:
    """A stock has an as-of date and no start; what accumulates has a start (codebook, period_start, measure)."""
    stock, no_start = claims["measure"] == "stock", claims["period_start"].isna()
    problem = "a stock has no beginning, period_start is {period_start}"
    yield Wrong("period_start", stock & ~no_start, problem, "Leave it blank")
    grows = claims["measure"].isin(["period", "cumulative"])
    problem, action = "period_start is blank, measure is {measure}", "Fill in the beginning, or code it as an incident"
    yield Wrong("period_start", grows & no_start, problem, action)
    harm = claims["indicator"].isin(["killed", "injured"])
    yield Wrong("measure", harm & stock, "{indicator} cannot be a stock", "Code it as incident, period or cumulative")
    people = claims["indicator"] == "population"
    yield Wrong("measure", people & ~stock, "a population is a stock, measure is {measure}", "Code it as a stock")


@rule("claims.stock_or_flow", "claims", "claim_caveats")
def totals_of_displaced_carry_their_caveat(claims: pd.DataFrame, caveats: pd.DataFrame) -> Iterator[Wrong]:
    """Cumulative totals of displaced people carry `stock_or_flow` (codebook, columns of a claim)."""
    marked = claims["claim_id"].isin(caveats.loc[caveats["caveat_id"] == "stock_or_flow", "claim_id"])
    totals = claims["indicator"].isin(DISPLACEMENT) & (claims["measure"] == "cumulative")
    problem = "{claim_id} is a cumulative total of displaced people without the caveat"
    yield Wrong("claim_id", totals & ~marked, problem, "Add stock_or_flow in claim_caveats.csv")


@rule("claims.party", "claims", "organisations", "claim_caveats")
def parties_to_the_conflict_are_marked(
    claims: pd.DataFrame, organisations: pd.DataFrame, caveats: pd.DataFrame
) -> Iterator[Wrong]:
    """A party to the conflict that counts losses of fighters carries `party_claim` (codebook, rule 13)."""
    kinds = organisations.drop_duplicates("organisation_id").set_index("organisation_id")["kind"]
    party = claims["attributed_to"].map(kinds) == "party_to_conflict"
    fighters = claims["population_group"].isin(["pro_government", "opposition_fighters"])
    marked = claims["claim_id"].isin(caveats.loc[caveats["caveat_id"] == "party_claim", "claim_id"])
    problem = "{attributed_to} is a party to the conflict and speaks of losses without the caveat"
    yield Wrong("attributed_to", party & fighters & ~marked, problem, "Add party_claim in claim_caveats.csv")


@rule("claims.twice", "claims")
def a_claim_is_one_row(claims: pd.DataFrame) -> Iterator[Wrong]:
    """One row per quantity, group and indicator (codebook): a second row of the same words is the same claim."""
    same = ["source_id", "paragraph", "wording", "indicator", "population_group"]
    twice = claims[same].notna().all(axis=1) & claims.duplicated(same)
    yield Wrong("wording", twice, "{wording} of this paragraph is a claim already", "Delete the row")
