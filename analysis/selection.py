"""Choosing claims: the six shared filters and the search.

Why: the sidebar, the links and the downloads (and any program that asks) choose rows by the same rule: nothing
chosen means all, OR within a filter, AND between them. Here: options with their labels, and the choosing. Not
here: widgets (`app_pages/parts/filters.py`).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.places import short
from analysis.words import NOT_KNOWN, slug
from validation import Dataset
from validation.models import key
from validation.rules import is_one_of, wholes_of
from validation.vocabulary import FIRES, INDICATORS, POPULATION_GROUPS, SERIES_INDICATORS, SERIES_KINDS, labels

COLUMNS = {
    "source": "source_id",
    "year": "year",
    "indicator": "indicator",
    "group": "population_group",
    "place": "place_id",
    "attributed": "attributed_to",
}
"""Filter to the column of the view that it chooses by. The names stand in links and never change."""

TITLES = {
    "source": "Source",
    "year": "Year",
    "indicator": "What is counted",
    "group": "Who is counted",
    "place": "Place",
    "attributed": "Said by",
}
"""Filter to its heading for readers."""

FURTHER_TITLES = {"event": "Event", "by_fire": "By whose fire", "kind": "A count, an estimate or a model"}
"""The same of what only programs can ask for."""

MAX_SLUGS = 60
"""Characters that a filter takes in the name of a file."""

CHOSEN_BY = COLUMNS | {"event": "event_id"}
"""The same with what is no shared filter but can be asked for: the parameters of the API."""

Choice = Mapping[str, Sequence[str]]
"""What is chosen: filter to the ids chosen; a filter that is absent or empty chooses all."""


def options(dataset: Dataset, view: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return for each filter the ids that claims have, each with its label; labels stand in links.

    A place is offered when it, or a place within it, has a claim. Order: time for sources and years, the order of
    the vocabulary for codes, the alphabet for names.
    """
    sources = dataset.table("sources").sort_values("published")
    places = dataset.table("places").set_index("place_id")
    organisations = dataset.table("organisations").set_index("organisation_id")["name"]
    within = places["within"].dropna().to_dict()
    with_claims = {place for used in view["place_id"].dropna().unique() for place in wholes_of(used, within)}
    named = {
        "source": dict(zip(sources["source_id"], sources["short_name"], strict=True)),
        "year": {year: year for year in sorted(view["year"].unique())},
        "indicator": labels(INDICATORS),
        "group": labels(POPULATION_GROUPS),
        "place": places["name"].sort_values().to_dict(),
        "attributed": organisations.sort_values().to_dict(),
    }
    offered = {name: set(view[column].dropna().unique()) for name, column in COLUMNS.items()} | {"place": with_claims}
    found = {name: {key: label for key, label in named[name].items() if key in offered[name]} for name in COLUMNS}
    for name, column in COLUMNS.items():
        if view[column].isna().any():
            found[name][NOT_KNOWN] = NOT_KNOWN
    return found


NESTED = {"place": ("places", "place_id"), "event": ("events", "event_id")}
"""Filters whose ids lie within others: the table that says so, and its key."""


def with_those_within(chosen: Sequence[str], table: pd.DataFrame, key: str) -> set[str]:
    """Return the chosen rows of a table and every row within them; `within` of a row is the key of the row that holds it."""
    within = table.set_index(key)["within"].dropna().to_dict()
    return {row for row in table[key] if set(wholes_of(row, within)) & set(chosen)}


def select(view: pd.DataFrame, choice: Choice, dataset: Dataset) -> pd.DataFrame:
    """Return the rows that fit every filter of the choice; "not known" fits blank, a place or an event those within it.

    A filter that is none of `CHOSEN_BY` is the name of its column.
    """
    fits = pd.Series(True, index=view.index)
    for name, chosen in choice.items():
        if chosen:
            column = view[CHOSEN_BY.get(name, name)]
            ids = set(chosen)
            if name in NESTED:
                table, key = NESTED[name]
                ids = with_those_within(chosen, dataset.table(table), key)
            fits &= column.isin(ids) | (column.isna() & (NOT_KNOWN in chosen))
    return view[fits]


def in_use(choice: Choice) -> dict[str, list[str]]:
    """Return the filters that choose something, in one order whatever the reader's was."""
    order = [*CHOSEN_BY, *sorted(set(choice) - set(CHOSEN_BY))]
    return {name: sorted(choice[name]) for name in order if choice.get(name)}


def chosen_labels(dataset: Dataset, table: str, choice: Choice) -> dict[str, list[str]]:
    """Return the labels of what is chosen of the rows of a table, filter by filter; what has no label is said by its id."""
    names = {
        "source": ("series", "title") if table == "observations" else ("sources", "short_name"),
        "place": ("places", "name"),
        "attributed": ("organisations", "name"),
        "event": ("events", "name"),
    }
    terms = {
        "indicator": labels(SERIES_INDICATORS), "group": labels(POPULATION_GROUPS), "by_fire": labels(FIRES), "kind": labels(SERIES_KINDS),
    }  # fmt: skip

    def known(name: str) -> Mapping[str, str]:
        if name not in names:
            return terms.get(name, {})
        named, column = names[name]
        return dict(dataset.table(named)[[*key(named), column]].to_numpy().tolist())

    return {name: [known(name).get(value, value) for value in ids] for name, ids in in_use(choice).items()}


def describe(dataset: Dataset, table: str, choice: Choice) -> str:
    """Describe a filter in words: "Source Paper 2019; Year 2018 or 2019"; "" where nothing is chosen."""
    titles = TITLES | FURTHER_TITLES | ({"source": "Series"} if table == "observations" else {})
    found = chosen_labels(dataset, table, choice).items()
    return "; ".join(f"{titles.get(name, name)} {' or '.join(chosen)}" for name, chosen in found)


def slugs(dataset: Dataset, table: str, choice: Choice) -> str:
    """Return a filter for the name of a file, such as 2018-idlib; of a long one the beginning and "and-more"."""
    parts = [
        slug(f"{name} {label}" if label == NOT_KNOWN else short(label)) or slug(value)
        for name, chosen in chosen_labels(dataset, table, choice).items()
        for value, label in zip(in_use(choice)[name], chosen, strict=True)
    ]
    whole = "-".join(parts)
    if len(whole) <= MAX_SLUGS:
        return whole
    return whole[: MAX_SLUGS + 1].rpartition("-")[0] + "-and-more"


def wholes_and_parts(view: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that contain others of the rows, and those contained."""
    parts = view[view["part_of"].notna()]
    parts = parts[is_one_of(parts["part_of"], view["claim_id"])]
    return view[view["claim_id"].isin(parts["part_of"].unique()) | view.index.isin(parts.index)]


def loosen(view: pd.DataFrame, choice: Choice, dataset: Dataset) -> dict[str, int]:
    """Say for each filter in use how many claims would be left without it; filters that free none are left out."""
    without = {
        name: len(select(view, {other: ids for other, ids in choice.items() if other != name}, dataset))
        for name, ids in choice.items()
        if ids
    }
    return {name: left for name, left in without.items() if left}


def search(view: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the rows in which every word of the text stands: wording, summary, place, event, organisation, source."""
    columns = [
        "wording",
        "summary",
        "place_name",
        "event_name",
        "attributed_to_name",
        "via_name",
        "publisher",
        "source",
    ]
    heap = view[columns].fillna("").agg(" ".join, axis=1).str.casefold() if len(view) else pd.Series(dtype="str")
    fits = pd.Series(True, index=view.index)
    for word in text.casefold().split():
        fits &= heap.str.contains(word, regex=False)
    return view[fits]
