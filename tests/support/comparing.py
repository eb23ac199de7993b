"""A claim beside published counts: small tables, what is kept of them, and claims and counts at random, with few values so that they meet."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import comparison_words
from analysis.comparison import compare, counts_beside, crossing, every_count
from analysis.counts import differences, published_counts
from analysis.view import claims_view
from tests.support import small
from validation.dataset import Dataset
from validation.models import SCHEMAS

Row = dict[str, Any]

PLACES: list[Row] = [
    {"place_id": "abroad", "name": "Abroad", "kind": "country"},
    {"place_id": "border", "name": "Border", "kind": "region", "within": "syria", "spans": "north; south"},
    {"place_id": "north", "name": "North", "kind": "governorate", "within": "syria"},
    {"place_id": "south", "name": "South", "kind": "governorate", "within": "syria"},
    {"place_id": "syria", "name": "Syria", "kind": "country"},
    {"place_id": "town", "name": "Town", "kind": "town", "within": "north"},
]
EVENTS: list[Row] = [
    {"event_id": "offensive", "name": "Offensive", "place_id": "north", "period_start": "2019-02", "period_end": "2019-08"},
    {"event_id": "raid", "name": "Raid", "within": "offensive", "place_id": "town", "period_start": "2019-06-22", "period_end": "2019-06-22"},
]  # fmt: skip
CLAIM: dict[str, Any] = {
    "claim_id": "paper-2019-07-12-01", "place_id": "north", "event_id": "", "measure": "period", "period_start": "2019-02-01",
    "period_end": "2019-06-30", "attributed_to": "paper", "by_fire": "",
}  # fmt: skip
COUNT: dict[str, Any] = {
    "observation_id": "count-1", "organisation_id": "monitor", "indicator": "killed", "population_group": "all", "unit": "people",
    "measure": "period", "place_id": "north", "by_fire": "all", "kind": "documented", "period_start": "2019-02-01",
    "period_end": "2019-06-30", "bound": "exact", "low": 800, "best": 800, "publication": "Toll", "published": "2019-07-01",
    "url": "https://example.org/c", "copies_seen": 1,
}  # fmt: skip


def tables(
    folder: Path, claim: Row | list[Row] | None = None, counts: Sequence[Row] = (), **others: Sequence[Row]
) -> Dataset:
    """Write a claim (or a list of them) with published counts, each changed from the usual, and load them."""
    claims = claim if isinstance(claim, list) else [CLAIM | (claim or {})]
    rows = {"places": PLACES, "events": EVENTS} | others
    dataset = small.dataset(
        folder,
        claims=[small.claim(**each) for each in claims],
        claim_caveats=[],
        caveats=[],
        observations=[
            small.row("observations", **(COUNT | {"observation_id": f"count-{at:0{len(str(len(counts)))}}"} | changed)) for at, changed in enumerate(counts, 1)
        ],
        **{name: [small.row(name, **row) for row in given] for name, given in rows.items()},
    )  # fmt: skip
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


@dataclass(frozen=True)
class Case:
    """A claim and the published counts beside it, each changed from the usual."""

    claim: Row
    counts: Sequence[Row]
    series: Sequence[Row] = ()
    breaks: Sequence[Row] = ()


def case(claim: Row | None, *counts: Row, series: Sequence[Row] = (), breaks: Sequence[Row] = ()) -> Case:
    """Return a case."""
    return Case(claim or {}, counts, series, breaks)


ORGANISATIONS: list[Row] = [
    {"organisation_id": "front", "name": "The Front", "kind": "party_to_conflict", "in_text": "The Front"},
    {"organisation_id": "monitor", "name": "The Monitor", "kind": "monitor", "in_text": "the Monitor"},
    {"organisation_id": "paper", "name": "The Paper", "kind": "news_outlet", "in_text": "The Paper"},
    {"organisation_id": "post", "name": "The Post", "kind": "news_outlet", "in_text": "The Post"},
]
_IDS = (
    *("place_id", "event_id", "organisation_id", "attributed_to", "observation_id", "series_id"),
    *("within", "spans", "part_of", "release_of", "adds_to"),
)
_UNIQUE = ("name", "title")
_MARK = "·"
"""What stands before the number of a case in names; it is taken out of sentences again."""


class Together:
    """Many cases as one record, loaded once: each has places, events, organisations and series of its own, so that they do not meet."""

    def __init__(self, folder: Path, cases: Mapping[Hashable, Case]) -> None:
        self._numbers = {name: number for number, name in enumerate(cases, 100)}
        rows: dict[str, list[Row]] = {name: [] for name in ("organisations", "places", "events", "series", "breaks")}
        claims, counts = [], []
        for name, number in self._numbers.items():
            own = cases[name]
            shared = {"organisations": ORGANISATIONS, "places": PLACES, "events": EVENTS}
            for table, given in (shared | {"series": own.series, "breaks": own.breaks}).items():
                rows[table] += [self._apart(row, number) for row in given]
            claim = CLAIM | own.claim | {"claim_id": self._claim_id(name), "paragraph": number}
            claims.append(self._apart(claim, number))
            counts += [
                self._apart(COUNT | {"observation_id": f"count-{at}"} | changed, number) | {"observation_id": f"count-{number}-{at:02}"}
                for at, changed in enumerate(own.counts, 1)
            ]  # fmt: skip
        rows["organisations"] += [
            {"organisation_id": each, "name": each, "kind": "news_outlet"} for each in ("paper", "post")
        ]
        rows["places"] += PLACES
        self.dataset = small.dataset(
            folder, caveats=[], claim_caveats=[],
            claims=[small.claim(**row) for row in claims],
            observations=[small.row("observations", **row) for row in counts],
            **{name: sorted(small.row(name, **row) for row in given) for name, given in rows.items()},
        )  # fmt: skip
        assert (self.dataset.findings, self.dataset.reference_findings) == ((), ())

    def _claim_id(self, name: Hashable) -> str:
        return f"paper-2019-07-12-{self._numbers[name]}"

    @staticmethod
    def _apart(row: Row, number: int) -> Row:
        ids = {
            name: "; ".join(f"{one}-{number}" for one in str(row[name]).split("; ")) for name in _IDS if row.get(name)
        }
        return row | ids | {name: f"{row[name]}{_MARK}{number}" for name in _UNIQUE if name in row}

    def view(self, name: Hashable) -> pd.DataFrame:
        """Return the claim of a case, as a view of one row."""
        view = claims_view(self.dataset)
        return view[view["claim_id"] == self._claim_id(name)].reset_index(drop=True)

    def beside(self, name: Hashable) -> pd.DataFrame:
        """Return the counts kept beside the claim of a case, as `comparison_words.beside` does; index: the id of the count in the case."""
        rows = comparison_words.beside(self.dataset, self.view(name).iloc[0].to_dict())
        rows["organisation_id"] = rows["organisation_id"].str.replace(r"-\d+$", "", regex=True)
        return rows.set_index(rows["observation_id"].str.replace(r"^count-\d+-0*", "count-", regex=True).to_numpy())

    @cached_property
    def _differences(self) -> pd.DataFrame:
        return differences(published_counts(self.dataset))

    def differences(self, name: Hashable) -> list[str]:
        """Return what each two values of one count of a case give between them, in words."""
        of = self._differences["organisation_id"].str.endswith(f"-{self._numbers[name]}")
        return self._differences.loc[of, "said"].tolist()

    def compared(self, name: Hashable) -> tuple[str, str]:
        """Return what is said of the claim of a case, and its status."""
        row = comparison_words.comparisons(self.dataset).loc[self._claim_id(name)]
        return re.sub(rf"{_MARK}\d+", "", str(row["comparison"])), str(row["comparison_status"])


def relations(folder: Path, pairs: Sequence[tuple[Row, Row]]) -> list[str | list[str]]:
    """Return how the count of each pair relates to its claim; the dimensions that cross where it is not comparable."""
    numbered = [(f"{at:02}", *pair) for at, pair in enumerate(pairs, 1)]
    dataset = tables(
        folder,
        [CLAIM | claim | {"claim_id": f"paper-2019-07-12-{at}", "paragraph": int(at)} for at, claim, _ in numbered],
        [count | {"observation_id": f"count-{at}", "series_id": f"of-{at}"} for at, _, count in numbered],
        series=[SERIES[0] | {"series_id": f"of-{at}", "title": f"Run {at}"} for at, *_ in numbered],
    )
    counts = counts_beside(dataset).reset_index().set_index("observation_id")["index"]
    found = []
    for (at, *_), row in zip(numbered, claims_view(dataset).to_dict("records"), strict=True):
        own = every_count(dataset, row).set_index("count").loc[counts[f"count-{at}"]]
        found.append(own["relation"] if own["relation"] != "not comparable" else crossing(own["crossing"]))
    return found


RUN: list[Row] = [
    {"series_id": "run", "period_start": "2019-02-02", "period_end": day, "low": value, "best": value, "published": day}
    for day, value in (("2019-06-01", 700), ("2019-06-24", 833), ("2019-07-01", 859), ("2019-07-08", 912))
]
SERIES: list[dict[str, Any]] = [
    {"series_id": "run", "title": "Run", "definition": "All.", "url": "https://example.org/r"}
]


CHOICES = {
    "indicator": ["killed", "injured", "displaced", "idps", "refugees"],
    "population_group": [
        "all",
        "civilians",
        "children",
        "women",
        "fighters",
        "pro_government",
        "civilians_and_fighters",
    ],
    "unit": ["people", "people", "people", "families"],
    "measure": ["period", "incident", "stock"],
    "place_id": ["syria", "north", "south", "town", "border", "abroad"],
    "event_id": ["", "", "offensive", "raid"],
    "by_fire": ["", "government", "opposition", "government_and_allies", "all"],
    "organisation_id": ["monitor", "paper", "post"],
    "kind": ["documented", "estimate"],
}
DAYS = ["2019-02-01", "2019-02-20", "2019-06-22", "2019-06-23", "2019-06-30", "2019-07"]


def at_random(random: np.random.Generator, number: int) -> Row:
    """Return a count with random columns."""
    row = {name: str(random.choice(values)) for name, values in CHOICES.items()} | {
        "observation_id": f"count-{number:03}"
    }
    if row["indicator"] in ("killed", "injured"):
        row["measure"] = row["measure"] if row["measure"] != "stock" else "period"
        row["by_fire"] = row["by_fire"] or "not_stated"
    else:
        row["by_fire"] = ""
    start, end = sorted(random.choice(DAYS, 2))
    stock = row["measure"] == "stock"
    value = int(random.integers(1, 5_000))
    return row | {
        "period_start": "" if stock or random.random() < 0.2 else str(start), "period_end": str(end), "low": value, "best": value,
        "event_id": "" if stock else row["event_id"],
    }  # fmt: skip


def random_tables(folder: Path, seed: int, counts: int = 60, claims: int = 40) -> Dataset:
    """Write random claims and counts."""
    random = np.random.default_rng(seed)
    observed = [at_random(random, number) for number in range(counts)]
    claimed = []
    for number in range(claims):
        row = at_random(random, number)
        claimed.append(small.claim(**CLAIM | {name: row[name] for name in row if name in SCHEMAS["claims"].columns} | {
            "claim_id": f"paper-2019-07-12-{number:03}", "attributed_to": row["organisation_id"], "high": row["low"],
        }))  # fmt: skip
    return small.dataset(
        folder, claims=claimed, claim_caveats=[], observations=[small.row("observations", **COUNT | row) for row in observed],
        **{name: [small.row(name, **row) for row in given] for name, given in (("places", PLACES), ("events", EVENTS))},
    )  # fmt: skip


def assert_one_by_one_is_as_at_once(dataset: Dataset) -> None:
    """Claims compared at once and one by one meet the same counts, each of them once and in the unit of the claim."""
    view = claims_view(dataset)
    at_once = compare(dataset, view)
    one_by_one = [compare(dataset, view[view["claim_id"] == claim]) for claim in view["claim_id"]]
    pd.testing.assert_frame_equal(at_once, pd.concat(one_by_one, ignore_index=True))
    units = view.set_index("claim_id").loc[at_once["claim_id"], "unit"]
    counts = counts_beside(dataset).loc[at_once["count"]]
    assert dataset.reference_findings == ()
    assert len(at_once) > 20
    assert not at_once.duplicated(["claim_id", "count"]).any()
    assert counts["unit"].tolist() == units.tolist()
