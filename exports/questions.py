"""Questions to the data API: their parameters, which of them are refused, and the rows that fit.

Why: filters are asked by id and refused by name where they are not known, so that a typing error is never an empty answer.
Not here: routes (`api.py`), how the parameters are described for programs (`openapi.py`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd

from analysis.selection import Choice, select
from analysis.view import claims_view
from analysis.words import NOT_KNOWN
from exports.files import readers_claims
from validation import Dataset
from validation.models import key
from validation.vocabulary import FIRES, INDICATORS, POPULATION_GROUPS, SERIES_INDICATORS, SERIES_KINDS, codes

MAX_CHARACTERS, SHOWN_CHARACTERS, MAX_PARAMETERS = 200, 100, 500

NEWEST_ALONE = (
    " The newest data version alone is served, and /api/v1/health names it: a version without “v” is the same as one with it before its "
    "digits. What changed stands in /api/v1/tables/changes.csv."
)
"""What is said to whoever asks for a data version, as links to pages do."""


class RefusedError(Exception):
    """A question that gets a problem for an answer."""

    def __init__(self, status: HTTPStatus, detail: str, **members: Any) -> None:
        """Hold the status, what is wrong, and the members of the problem."""
        super().__init__(detail)
        self.status, self.detail, self.members = status, detail, members


@dataclass(frozen=True)
class Parameter:
    """What a parameter asks for, and its values: codes of the vocabulary, ids of a table, or else years."""

    about: str
    codes: Sequence[str] = ()
    table: str = ""
    blank: bool = False

    def values(self, dataset: Dataset) -> dict[str, None]:
        """Return the values that are known, in their order, whether rows have them or not: one of many is found at once."""
        if self.codes:
            return dict.fromkeys(self.codes)
        known = list(dataset.table(self.table)[key(self.table)[0]]) if self.table else _years(dataset)
        return dict.fromkeys([*known, NOT_KNOWN] if self.blank else known)


_SHARED = {
    "year": Parameter("Year of the last day that the number covers, not of publication", blank=True),
    "indicator": Parameter("What is counted", codes(INDICATORS)),
    "group": Parameter("Who is counted", codes(POPULATION_GROUPS)),
    "place": Parameter("A place, with the places within it", table="places", blank=True),
    "attributed": Parameter("The organisation that the number comes from", table="organisations"),
    "event": Parameter("The event", table="events", blank=True),
}
PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    "claims": {"source": Parameter("The report", table="sources")} | _SHARED,
    "observations": {"source": Parameter("The published count over time", table="series", blank=True)}
    | _SHARED
    | {
        "indicator": Parameter("What is counted", codes(SERIES_INDICATORS)),
        "by_fire": Parameter("By whose attacks", codes(FIRES)),
        "kind": Parameter("A count, an estimate or a model", codes(SERIES_KINDS)),
    },
}
"""Each table that can be filtered with its parameters."""


def allowed(dataset: Dataset, table: str) -> Mapping[str, Collection[str]]:
    """Return the parameters of a table, each with the values that are known; none for a table that cannot be filtered."""
    parameters = PARAMETERS.get(table, {})
    if not parameters:
        return {}
    return dataset.kept(
        ("parameters", table), lambda: {name: parameter.values(dataset) for name, parameter in parameters.items()}
    )


def _years(dataset: Dataset) -> list[str]:
    return sorted(set(pd.concat([dataset.table(table)["period_end"] for table in PARAMETERS]).dropna().str[:4]))


def choice(query: str, known: Mapping[str, Collection[str]]) -> Choice:
    """Read the parameters of a question; refuse what is not known."""
    try:
        asked = parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"More than {MAX_PARAMETERS} parameters.") from None
    chosen: dict[str, list[str]] = {}
    for name, value in asked:
        shown = {"parameter": name[:SHOWN_CHARACTERS], "value": value[:SHOWN_CHARACTERS]}
        if name not in known:
            detail = f"The parameter is not known here. Known: {', '.join(known) or 'none'}."
            detail += NEWEST_ALONE if name == "version" else ""
            raise RefusedError(HTTPStatus.BAD_REQUEST, detail, **shown, allowed=list(known))
        if len(value) > MAX_CHARACTERS or value not in known[name]:
            wrong = f"longer than {MAX_CHARACTERS} characters" if len(value) > MAX_CHARACTERS else "not known"
            detail = f"The value is {wrong}. Values of “{name}” are ids, listed in “allowed”."
            raise RefusedError(HTTPStatus.BAD_REQUEST, detail, **shown, allowed=list(known[name]))
        if value not in chosen.setdefault(name, []):
            chosen[name].append(value)
    return {name: sorted(ids) for name, ids in chosen.items()}


def rows(dataset: Dataset, table: str, chosen: Choice) -> pd.DataFrame:
    """Return the rows of a table that fit the choice, with the columns that are served."""
    if table == "claims":
        return readers_claims(dataset, select(claims_view(dataset), chosen, dataset))
    if table == "observations":
        return dataset.table(table).loc[select(_observed(dataset), chosen, dataset).index]
    return dataset.table(table)


def _observed(dataset: Dataset) -> pd.DataFrame:
    """Return the observations with the columns that filters choose by; the source of a value is its series."""
    observed = dataset.table("observations")
    renamed = observed.rename(columns={"series_id": "source_id", "organisation_id": "attributed_to"})
    return renamed.assign(year=observed["period_end"].str[:4])
