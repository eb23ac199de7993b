"""The rules of a claim: what must hold between its columns, and between it and the other tables.

Why: the codebook binds how qualifier, numbers, measure and dates go together; each function is one of its rules and
names it. Here: rules that concern `claims.csv`. Not here: rules of the other tables (`rules.py`).
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import partial

import pandas as pd

from validation import dates, numbers
from validation.evidence import one_holds
from validation.place_rules import Ground, outside_in_time
from validation.rules import Wrong, is_cyclic, is_one_of, is_too_long, rule
from validation.vocabulary import (
    ABOUT,
    ARMED,
    AT_LEAST,
    CAVEAT_NEEDS,
    CUMULATIVE,
    CUMULATIVE_DISPLACEMENT,
    DISPLACEMENT,
    ENEMY_LOSSES,
    EXACT,
    FIGHTING,
    INCIDENT,
    INDICATORS,
    INTERVALS,
    PERIOD,
    POPULATION_GROUPS,
    RANGE,
    STOCK,
    UNKNOWN_START,
    UP_TO,
    VAGUE,
    by_code,
    contained,
)

MAX_WORDS = 8
ALIKE = 20
"""Claims of one number in a paragraph that a claim is held against, those before it: of rubbish there may be a million."""


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
    too_long = is_too_long(claims["wording"])
    wrong = ~too_long & (numbers.how_many(claims["wording"].mask(too_long), {}) == 0)
    yield Wrong("wording", wrong, "{wording} holds neither a digit nor a number word", "Quote the number as printed")


_BOUND_COLUMNS = {
    # bound: (filled; filled in a claim, blank or not where published; blank in a claim, blank or not where published)
    EXACT: (("best",), ("low", "high"), ()),
    AT_LEAST: (("low",), ("best",), ()),
    ABOUT: (("best",), (), ()),
    UP_TO: (("high",), ("best",), ()),
    RANGE: (("low", "high"), (), ("best",)),
    VAGUE: (("low", "high"), (), ()),
}


@rule("claims.bound", "claims")
def bounds_agree_with_values(rows: pd.DataFrame, *, loose: bool = False) -> Iterator[Wrong]:
    """Which of low, best and high are filled, blank or equal (codebook, low, best, high); `loose` for published values."""
    for bound, (filled, filled_in_claims, blank_in_claims) in _BOUND_COLUMNS.items():
        bound_so = rows["bound"] == bound
        needed = filled if loose else filled + filled_in_claims
        allowed = filled + filled_in_claims + (blank_in_claims if loose else ())
        for column in ("low", "best", "high"):
            if column in needed:
                wrong, problem = bound_so & rows[column].isna(), f"{column} is blank, bound is {{bound}}"
                yield Wrong(column, wrong, problem, f"Fill {column}, or correct bound")
            elif column not in allowed:
                wrong, problem = bound_so & rows[column].notna(), f"{column} is {{{column}}}, bound is {{bound}}"
                yield Wrong(column, wrong, problem, f"Leave {column} blank, or correct bound")
    one_value = rows["bound"].isin([EXACT, AT_LEAST, UP_TO])
    for one, other in (("low", "best"), ("best", "high")):
        wrong = one_value & (rows[one] != rows[other])
        problem = f"{one} is {{{one}}} and {other} is {{{other}}}, bound is {{bound}}"
        yield Wrong(other, wrong, problem, "Make them equal, or correct bound")
    ends = rows["bound"].isin(INTERVALS)
    wrong = ends & ((rows["low"] > rows["high"]) if loose else (rows["low"] >= rows["high"]))
    yield Wrong("high", wrong, "low {low} is not below high {high}", "Put the smaller number in low")
    outside = ends & ((rows["best"] < rows["low"]) | (rows["best"] > rows["high"]))
    yield Wrong("best", outside, "best {best} is not between low {low} and high {high}", "Correct the values")


@rule("claims.vague", "claims", "vague_quantities")
def vague_words_have_their_bounds(claims: pd.DataFrame, vague: pd.DataFrame) -> Iterator[Wrong]:
    """Words are not numbers: their bounds come from vague_quantities.csv (codebook, rule 10)."""
    rows = claims[(claims["bound"] == VAGUE) & ~is_too_long(claims["wording"])]
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
    for column, within in (("indicator", contained(INDICATORS)), ("population_group", contained(POPULATION_GROUPS))):
        pairs = zip(parts[column], parts[f"whole_{column}"], strict=True)
        fits = pd.Series([part in within.get(whole, ()) for part, whole in pairs], index=parts.index, dtype=bool)
        problem = f"{{{column}}} cannot be part of {{whole_{column}}} ({{part_of}})"
        yield wrong(~fits, problem, "Leave part_of blank, or correct the code")
    larger = parts["low"].fillna(parts["best"]) > parts["whole_high"].fillna(parts["whole_best"])
    action = "Correct the numbers, or leave part_of blank"
    yield wrong(larger, "the part is larger than its whole {part_of}", action)
    short, state = parts["whole_measure"] == INCIDENT, (parts[["measure", "whole_measure"]] == STOCK).all(axis=1)
    long = short & parts["measure"].isin([PERIOD, CUMULATIVE])
    other_day = state & (dates.last_day(parts["period_end"]) < dates.first_day(parts["whole_period_end"]))
    yield wrong(
        outside_in_time(parts) | long | other_day,
        "its period is not within that of {part_of}",
        "Correct a date, or leave part_of blank",
    )
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


@rule("claims.part_place", "claims", "places")
def parts_lie_in_the_place_of_their_whole(claims: pd.DataFrame, places: pd.DataFrame) -> Iterator[Wrong]:
    """What is counted in a place is no part of what is counted in another one (codebook, part_of)."""
    where = claims.dropna(subset="claim_id").drop_duplicates("claim_id").set_index("claim_id")["place_id"]
    rows = claims.assign(whole_place_id=claims["part_of"].map(where)).dropna(subset=["place_id", "whole_place_id"])
    outside = Ground.of(places).not_held(rows)
    problem = "{place_id} is not within {whole_place_id}, the place of {part_of}"
    yield Wrong("part_of", outside, problem, "Leave part_of blank", rows)


@rule("claims.measure", "claims")
def measures_have_their_dates(claims: pd.DataFrame) -> Iterator[Wrong]:
    """A stock has an as-of date and no start, a total since the war began has one (codebook, period_start, measure)."""
    started = claims["period_start"].notna()
    problem = "a stock has no beginning, period_start is {period_start}"
    yield Wrong("period_start", (claims["measure"] == STOCK) & started, problem, "Leave it blank")
    problem = "period_start is blank, measure is {measure}"
    yield Wrong("period_start", (claims["measure"] == CUMULATIVE) & ~started, problem, "Fill in when the war began")
    for term in INDICATORS:
        wrong = (claims["indicator"] == term.code) & claims["measure"].notna() & ~claims["measure"].isin(term.measures)
        yield Wrong("measure", wrong, "{indicator} cannot be {measure}", f"Code it as {' or '.join(term.measures)}")


@rule("claims.caveat", "claims", "claim_caveats", "caveats", "organisations")
def claims_carry_the_caveats_that_they_need(
    claims: pd.DataFrame, marks: pd.DataFrame, caveats: pd.DataFrame, organisations: pd.DataFrame
) -> Iterator[Wrong]:
    """`required_where` of caveats.csv names a need; a claim that has it carries a caveat of that kind (codebook, rule 13)."""
    kinds = organisations.drop_duplicates("organisation_id").set_index("organisation_id")["kind"]
    needs = {
        CUMULATIVE_DISPLACEMENT: claims["indicator"].isin(DISPLACEMENT) & (claims["measure"] == CUMULATIVE),
        ENEMY_LOSSES: claims["attributed_to"].map(kinds).isin(FIGHTING) & claims["population_group"].isin(ARMED),
        UNKNOWN_START: (claims["measure"] == PERIOD) & claims["period_start"].isna(),
    }
    for need, rows in caveats.groupby("required_where"):
        if need not in needs:
            continue
        ids = rows["caveat_id"].dropna()
        unmarked = ~claims["claim_id"].isin(marks.loc[marks["caveat_id"].isin(ids), "claim_id"])
        about = by_code(CAVEAT_NEEDS)[str(need)].label.lower()
        problem = f"{{claim_id}} needs a limitation ({about})"
        yield Wrong("claim_id", needs[str(need)] & unmarked, problem, f"Add {' or '.join(ids)} in claim_caveats.csv")


@rule("claims.twice", "claims")
def a_claim_is_one_row(claims: pd.DataFrame) -> Iterator[Wrong]:
    """One row per quantity, group and indicator (codebook): a row of the same words, or of more words around them, is the same claim."""
    same = ["source_id", "paragraph", "indicator", "population_group"]
    known = claims[same].notna().all(axis=1) & claims["wording"].notna()
    twice = known & claims.duplicated([*same, "wording"])
    rows = claims.assign(number=claims["best"].fillna(claims["high"]).fillna(claims["low"]))[
        known & ~twice & ~is_too_long(claims["wording"])
    ].dropna(subset="number")
    rows = rows[rows.duplicated([*same, "number"], keep=False)]
    before: dict[int, deque[tuple[str, str, str]]] = defaultdict(lambda: deque(maxlen=ALIKE))
    held = []
    of_number = rows.groupby([*same, "number"]).ngroup()
    said = rows[["wording", "claim_id", "part_of"]].itertuples(index=False, name=None)
    for line, number, own in zip(rows.index, of_number, said, strict=True):
        if any(_quotes_the_same(own, other) for other in before[number]):
            held.append(line)
        before[number].append(own)
    twice |= claims.index.isin(held)
    yield Wrong("wording", twice, "the number of {wording} is a claim of this paragraph already", "Delete the row")


def _quotes_the_same(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether one of two wordings holds the other; not where one claim is named as a part of the other. Each: wording, id, whole."""
    return one[2] != other[1] and other[2] != one[1] and one_holds(one[0], other[0])
