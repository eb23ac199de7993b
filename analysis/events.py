"""An event: how many claims and published counts it has, both in one table, and its running tallies.

Why: a reader asks who else counted a number and how near they were; for that a claim and a count need the same columns. Here:
joining and choosing rows. Not here: what may be compared with what (`comparison.py`), drawing (`figures/reference.py`).
"""

import pandas as pd

from analysis import tallies, words
from validation import dates
from validation.rules import wholes_of
from validation.vocabulary import (
    CONTEXT_ONLY,
    FIRES,
    INCIDENT,
    PEOPLE,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    TOPICS,
    Topic,
    labels,
)

CLAIM, COUNT = "Claim", "Count"
COLUMNS = [
    "what",
    "said",
    "who",
    "whom",
    "fire",
    "period_start",
    "period_end",
    "published",
    "place_name",
    "printed",
    "judging",
    "url",
]
"""What a claim and a published count both say, in the order of the table."""
AROUND, MIN_TALLY = 5, 3
"""Rows shown before and after a claim; days that a count needs to run over time."""


def with_numbers(events: pd.DataFrame, claims: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Return the events, those with most claims first, with how many `claims` and `counts` they and the events within them have."""
    within = events.set_index("event_id")["within"].dropna().to_dict()
    parts = pd.DataFrame(
        {"part": events["event_id"], "event_id": events["event_id"].map(lambda part: wholes_of(part, within))}
    )
    parts = parts.explode("event_id")
    numbers = {
        name: parts["part"]
        .map(rows["event_id"].value_counts())
        .fillna(0)
        .astype("int64")
        .groupby(parts["event_id"])
        .sum()
        for name, rows in (("claims", claims), ("counts", counts))
    }
    found = events.assign(**{name: events["event_id"].map(sizes).astype("int64") for name, sizes in numbers.items()})
    order = ["claims", "counts", "name"]
    return found.sort_values(order, ascending=[False, False, True], kind="stable").reset_index(drop=True)


def by_topic(claims: pd.DataFrame, counts: pd.DataFrame) -> dict[str, tuple[Topic, pd.DataFrame, pd.DataFrame]]:
    """Return the topics of an event by their keys, each with its claims and counts, the one of most claims first."""
    parts = []
    for topic in TOPICS:
        codes = [term.code for term in SERIES_INDICATORS if term.topic is topic]
        parts.append((topic, claims[claims["indicator"].isin(codes)], counts[counts["indicator"].isin(codes)]))
    found = [part for part in parts if len(part[1]) + len(part[2])]
    return {part[0].key: part for part in sorted(found, key=lambda part: -len(part[1]))}


def who_counted(claims: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Return claims (the claims view) and published counts as one table, by the day that they end, then that they begin.

    Columns: `COLUMNS`, `claim_id` or `series_id`, `title` of a count. Of a claim `said` is its quote, `printed` the publisher.
    """
    both = pd.concat([_claims(claims), _counts(counts)], ignore_index=True)
    both = both.assign(first=dates.first_day(both["period_start"]), last=dates.last_day(both["period_end"]))
    by_start = both.sort_values("first", kind="stable", na_position="first")
    return by_start.sort_values("last", kind="stable").drop(columns=["first", "last"]).reset_index(drop=True)


def _claims(claims: pd.DataFrame) -> pd.DataFrame:
    rows = claims.assign(
        what=CLAIM,
        said=claims["wording"].map(words.quoted),
        who=claims["said_by"] + _kind(claims["attributed_kind"]),
        whom=_whom(claims),
        fire=claims["by_fire"].map(labels(FIRES)),
        printed=claims["publisher"],
        judging=None,
        series_id=None,
        title=None,
    )
    return rows[[*COLUMNS, "claim_id", "series_id", "title"]].astype("object")


def _counts(counts: pd.DataFrame) -> pd.DataFrame:
    rows = counts.assign(
        what=COUNT,
        who=counts["organisation"] + _kind(counts["organisation_kind"]),
        whom=_whom(counts),
        fire=counts["by_fire"].map(labels(FIRES)),
        printed=None,
        judging=pd.Series("for judging size only", counts.index).where(counts["use"] == CONTEXT_ONLY),
        claim_id=None,
    )
    return rows[[*COLUMNS, "claim_id", "series_id", "title"]].astype("object")


def _kind(kinds: pd.Series) -> pd.Series:
    """Return kinds of organisations in brackets; what is written in capitals stays so."""
    return " (" + kinds.astype("str").str.replace(r"^[A-Z](?![A-Z])", lambda found: found[0].lower(), regex=True) + ")"


def _whom(rows: pd.DataFrame) -> pd.Series:
    group = rows["population_group"].map(labels(POPULATION_GROUPS)).str.lower()
    unit = (", counted in " + rows["unit"]).where(rows["unit"] != PEOPLE, "")
    return rows["indicator"].map(labels(SERIES_INDICATORS)) + ": " + group + unit


def describe(claims: pd.DataFrame, counts: pd.DataFrame) -> str:
    """Return how many claims an event has, said by how many in how many reports, and how many counts by how many."""
    said = (
        f"{words.count(len(claims), 'claim')}, said by {words.count(claims['attributed_to'].nunique(), 'organisation')}, "
        f"printed in {words.count(claims['source_id'].nunique(), 'report')}. "
        if len(claims)
        else ""
    )
    counted = f"{words.count(len(counts), 'published count')} by {words.count(counts['organisation_id'].nunique(), 'organisation')}."
    return said + (counted if len(counts) else "No published counts.")


def around(rows: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """Return the rows of `who_counted` that stand next to a claim, before and after it."""
    at = int((rows["claim_id"] == claim_id).argmax())
    return rows.iloc[max(at - AROUND, 0) : at + AROUND + 1]


def from_first_claim(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `who_counted` from a few before the first claim to the end; all where no claim is among them."""
    at = int((rows["what"] == CLAIM).argmax())
    return rows.iloc[max(at - AROUND, 0) :]


def running(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the tallies that run over time, of the one thing, at the one place, that most of them count.

    Single incidents are none: a later count of them is the same number, known better.
    """
    found = tallies.over_time(counts[counts["measure"] != INCIDENT])
    found = found[found.groupby("run")["day"].transform("nunique") >= MIN_TALLY]
    found = found[found["indicator"].isin(found["indicator"].mode().head(1))]
    return found[found["place_id"].isin(found["place_id"].mode().head(1))]


def beside(claims: pd.DataFrame, tallied: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that count people in the way of the tallies: the same thing, and over days where the tallies do."""
    same = claims["indicator"].isin(tallied["indicator"]) & claims["measure"].isin(tallied["measure"])
    return claims[same & (claims["unit"] == PEOPLE)]
