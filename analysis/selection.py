"""Choosing claims: the six shared filters and the search, which looks in published counts and organisations too.

Why: the pages, the links and the downloads (and any program that asks) choose rows by the same rule: nothing
chosen means all, OR within a filter, AND between them. Here: options with their labels, and the choosing. Not
here: widgets (`app_pages/parts/filters.py`).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.counts import published_counts
from analysis.places import short
from analysis.view import claims_view
from analysis.words import NOT_KNOWN, period, slug
from validation import Dataset
from validation.models import key
from validation.rules import is_one_of, wholes_of
from validation.vocabulary import (
    FIRES,
    INDICATORS,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    SERIES_KINDS,
    labels,
)

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

FURTHER_TITLES = {"event": "Event", "by_fire": "By whose attacks", "kind": "A count, an estimate or a model"}
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
    titles = TITLES | FURTHER_TITLES | ({"source": "Published count"} if table == "observations" else {})
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


_UNHEARD = r"[\u0300-\u036f\u064b-\u065f\u0670'’‘ʼʿʾ`´]"
"""What a search does not heed: accents, vowel marks of Arabic, apostrophes."""


def _folded(texts: pd.Series) -> pd.Series:
    """Return texts as a search compares them: without case, accents and apostrophes."""
    return (
        texts.astype("str")
        .fillna("")
        .str.normalize("NFKD")
        .str.replace(_UNHEARD, "", regex=True)
        .str.casefold()
        .astype("str")
    )


def _fitting(heap: pd.Series, text: str) -> pd.Series:
    """Whether every word of the text stands in each folded text; a plural fits its singular."""
    fits = pd.Series(True, index=heap.index)
    for word in _folded(pd.Series([text])).iloc[0].split():
        stem = word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
        fits &= heap.str.contains(stem, regex=False)
    return fits


def _joined(rows: pd.DataFrame) -> pd.Series:
    """Return the cells of each row as one folded text."""
    return _folded(rows.astype("str").fillna("").agg(" ".join, axis=1) if len(rows) else pd.Series(dtype="str"))


_NAMED = {
    **{term.code: f"{term.label} {term.noun} {term.happened}".replace("{}", "") for term in SERIES_INDICATORS},
    **{term.code: f"{term.label} {term.one} {term.several}" for term in POPULATION_GROUPS},
}
"""Words that name what and who is counted, by code."""


def _names_of_places(dataset: Dataset) -> dict[str, str]:
    """Return by id every name of a place and of those that contain it: ours, OCHA's and the Arabic one."""
    places = dataset.table("places").set_index("place_id")
    names = places[["name", "name_ocha", "name_ar"]].fillna("").agg(" ".join, axis=1) if len(places) else pd.Series()
    within = places["within"].dropna().to_dict()
    return {
        place: " ".join(names[whole] for whole in wholes_of(place, within) if whole in names) for place in names.index
    }


def _searched(dataset: Dataset, rows: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Return what a search of claims or published counts looks in: the columns, what and who is counted, every name of the place."""
    named = {
        "what": rows["indicator"].map(_NAMED),
        "who": rows["population_group"].map(_NAMED),
        "where": rows["place_id"].map(_names_of_places(dataset)),
    }
    return _joined(rows[list(columns)].assign(**named))


def _bytes_of(texts: pd.Series) -> int:
    return int(texts.memory_usage())


def search(view: pd.DataFrame, text: str, dataset: Dataset) -> pd.DataFrame:
    """Return the rows of the claims view in which every word of the text stands.

    Looked in: wording, summary, what and who is counted, period, place (every spelling, and the places that contain it), event,
    organisations, source.
    """
    columns = ("wording", "summary", "period", "event_name", "attributed_to_name", "via_name", "publisher", "source")
    heap = dataset.kept("searched_claims", lambda: _searched(dataset, claims_view(dataset), columns), _bytes_of)
    return view[_fitting(heap.loc[view.index], text)]


def search_counts(dataset: Dataset, text: str) -> pd.DataFrame:
    """Return the published counts in which every word of the text stands, with their `days` in words; ours are left out.

    Looked in: title, what and who is counted, organisation, place (as of claims), period; definition and publication. What only
    the last two mention comes last; else the newest first.
    """

    def make() -> pd.DataFrame:
        counts = published_counts(dataset)
        counts = counts[~counts["ours"].astype("bool")]
        spans = counts[["period_start", "period_end", "measure"]].itertuples(index=False, name=None)
        counts = counts.assign(days=[period(*span) for span in spans])
        named = _searched(dataset, counts, ("title", "organisation", "days"))
        counts = counts.assign(
            named=named, searched=named + " " + _joined(counts[["definition", "in_text", "publication"]])
        )
        return counts.sort_values(["day", "observation_id"], ascending=[False, True], kind="stable")

    counts = dataset.kept("searched_counts", make, lambda rows: int(rows.memory_usage().sum()))
    found = counts[_fitting(counts["searched"], text)]
    named = _fitting(found["named"], text)
    return pd.concat([found[named], found[~named]]).drop(columns=["named", "searched"])


def search_organisations(dataset: Dataset, text: str) -> pd.DataFrame:
    """Return the organisations in whose name or note every word of the text stands, by name."""
    rows = dataset.table("organisations").sort_values("name")
    return rows[_fitting(_joined(rows[["name", "in_text", "note"]]), text)]
