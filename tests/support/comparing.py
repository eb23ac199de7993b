"""A claim beside published counts: small tables, what is kept of them, and claims and counts at random, with few values so that they meet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison import compare, counts_beside, crossing, every_count
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


def beside(folder: Path, claim: Row | None = None, counts: Sequence[Row] = (), **others: Sequence[Row]) -> pd.DataFrame:
    """Return what is kept beside the claim: id of the count, relation, and the rest."""
    dataset = tables(folder, claim, counts, **others)
    found = compare(dataset, claims_view(dataset))
    ids = counts_beside(dataset).loc[found["count"], "observation_id"]
    return found.set_index(ids.to_numpy())


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
