"""The tables of the data set as people read them: quotes, values, names, days and places in words, without ids and codes.

Why: whoever wants to know what a row says should not have to learn codes first. Here: rows to words, one table each, with the
index of the rows. Not here: headings and help (`app_pages/parts/data_tables.py`), what is downloaded (`exports/files.py`).
"""

import pandas as pd

from analysis import words
from validation import Dataset
from validation.models import SCHEMAS
from validation.quantity import Quantity
from validation.vocabulary import (
    DISMISSALS,
    FIRES,
    PEOPLE,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    SERIES_KINDS,
    VAGUE,
    labels,
)


def value_in_words(rows: pd.DataFrame) -> pd.Series:
    """Return the value of each claim in words, such as "at least 90"; of a word the range that is our convention."""
    said = pd.Series(
        [Quantity.from_row(row).say() for row in rows[["bound", "low", "best", "high"]].to_dict("records")],
        rows.index,
        dtype="str",
    )
    return said.mask(rows["bound"] == VAGUE, said + " (our range)")


def who_is_counted(rows: pd.DataFrame) -> pd.Series:
    """Describe what and who each row counts: "Killed: civilians", "Displaced: all people, counted in families"."""
    unit = (", counted in " + rows["unit"]).where(rows["unit"] != PEOPLE, "")
    groups = rows["population_group"].map(labels(POPULATION_GROUPS)).str.lower()
    return rows["indicator"].map(labels(SERIES_INDICATORS)) + ": " + groups + unit


def claims(view: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the claims view in words."""
    return pd.DataFrame(
        {
            "wording": view["wording"],
            "number": value_in_words(view),
            "counted": who_is_counted(view),
            "period": view["period"],
            "place_name": view["place_name"],
            "said_by": view["said_by"],
            "printed": view["printed"],
            "caveats": view["caveats"],
        }
    )


def counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return published counts (rows of `analysis.counts.published_counts`) in words."""
    spans = rows[["period_start", "period_end", "measure"]].itertuples(index=False, name=None)
    kind = rows["organisation_kind"].astype("str")
    kind = kind.where(kind.str[1:2].str.isupper(), kind.str.lower())  # "UN agency" stays
    return pd.DataFrame(
        {
            "said": rows["said"],
            "counted": who_is_counted(rows),
            "organisation": rows["organisation"] + " (" + kind + ")",
            "period": pd.Series([words.period(*span) for span in spans], rows.index, dtype="str"),
            "place_name": rows["place_name"],
            "fire": rows["by_fire"].map(labels(FIRES)),
            "kind": rows["kind"].map(labels(SERIES_KINDS)),
            "excludes": rows["excludes"],
            "publication": rows["publication"],
            "published": rows["published"].map(words.date),
            "url": rows["url"],
        }
    )


def not_used(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the numbers that became no claim, in words."""
    reports = dataset.table("sources").set_index("source_id")["short_name"]
    return pd.DataFrame(
        {
            "wording": rows["wording"],
            "reason": rows["reason"].map(labels(DISMISSALS)),
            "report": rows["source_id"].map(reports),
            "paragraph": rows["paragraph"],
            "note": rows["note"],
        }
    )


def reports(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the reports in words, each with what became of its numbers."""
    publishers = dataset.table("organisations").set_index("organisation_id")["name"]
    found = dataset.accounts().set_index("source_id")
    account = {
        name: rows["source_id"].map(found[column]).astype("Int64")
        for name, column in (("found", "met"), ("used", "claims"), ("not_used", "dismissed"))
    }
    return pd.DataFrame(
        {
            "title": rows["title"],
            "published": rows["published"].map(words.date),
            "publisher": rows["publisher_id"].map(publishers),
            "authors": rows["authors"],
            **account,
            "note": rows["note"],
            "url": rows["url"],
        }
    )


TABLES_IN_WORDS = {
    "claim_caveats": "Limitations of claims",
    "caveats": "Limitations",
    "series": "Published counts",
    "breaks": "Published counts",
    "dismissed": "Numbers not used",
    "sources": "Reports",
    "vague_quantities": "Words for quantities",
}
"""Tables whose title is no word of readers, with what readers call them."""


def changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the changes in words."""
    titles = {name: str(schema.title) for name, schema in SCHEMAS.items()} | TABLES_IN_WORDS
    return pd.DataFrame(
        {
            "date": rows["date"].map(words.date),
            "about": rows["table"].map(titles).fillna(rows["table"]),
            "what": rows["what"],
            "old": rows["old"],
            "new": rows["new"],
            "reason": rows["reason"],
        }
    )


FOR_READERS = ("claims", "sources", "events", "places", "organisations", "observations", "dismissed")
"""Tables whose changes readers see in words; the others hold how claims are checked and compared."""


def versions(dataset: Dataset) -> list[tuple[str, int, list[str]]]:
    """Return the days on which the data changed, the newest first: the day, how many changes, and which in words.

    Alike ones are counted, and so are those of tables that readers do not meet.
    """
    found = dataset.table("changes").sort_values("date", ascending=False, kind="stable")
    listed = []
    for date, rows in found.groupby("date", sort=False):
        seen = rows[rows["table"].isin(FOR_READERS)]
        times = seen.groupby("what", sort=False).size()
        said = [str(what) if count == 1 else f"{what} ({count:,} rows)" for what, count in times.items()]
        if inner := len(rows) - len(seen):
            said.append(f"{words.count(inner, 'change')} in how the data are kept, checked or compared")
        listed.append((str(date), len(rows), said))
    return listed


def withdrawn(dataset: Dataset, claim_id: str) -> pd.DataFrame:
    """Return the changes of a claim that is no longer among the claims, the newest first; none where it never was one."""
    found = dataset.table("changes")
    if claim_id in set(dataset.table("claims")["claim_id"]):
        return found.head(0)
    rows = found[(found["table"] == "claims") & (found["row_id"] == claim_id)]
    return rows.sort_values("date", ascending=False, kind="stable")
