"""`python -m benchmarks.generate FOLDER --claims N`: a valid set of tables of any size, made by chance from a seed.

Why: speed and growth can only be measured on tables that are larger than the real ones. The numbers mean nothing and never
leave a benchmark. Small tables that nothing is measured on (caveats, words, series) are copied from `datasets/`.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from validation import about, boundaries
from validation.dataset import DEFAULT_FOLDER
from validation.models import SCHEMAS
from validation.vocabulary import POPULATION_GROUPS

COPIED = ("caveats", "vague_quantities")
EMPTY = ("evidence", "curation", "dismissed", "claim_caveats", "breaks", "changes")
CLAIMS_OF_A_REPORT = 50
COUNTS = 800
"""Published counts without a series, about as many as the real tables have."""
VALUES_OF_A_SERIES = 5
ISO = [
    f"SY-{letters}" for letters in ["DI", "HL", "RD", "HI", "HM", "LA", "ID", "HA", "DY", "TA", "RA", "DR", "SU", "QU"]
]
"""Codes of the fourteen governorates, so that the maps are drawn (ISO 3166-2)."""


def generate(folder: Path, claims: int, series: int = 0, seed: int = 2011) -> Path:
    """Write tables with that many claims, fifty a report, and series of counts into a folder; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    reports = -(-claims // CLAIMS_OF_A_REPORT)
    outlets, monitors, places, events = 40, 160, 400, 300
    for name in COPIED:
        shutil.copy(DEFAULT_FOLDER / f"{name}.csv", folder)
    for file in (about.FILE, boundaries.FILE):
        shutil.copy(DEFAULT_FOLDER / file, folder)
    for name in EMPTY:
        _write(folder, name, pd.DataFrame(columns=list(SCHEMAS[name].columns)))

    speakers = [f"monitor-{n:03d}" for n in range(monitors)] + [f"outlet-{n:03d}" for n in range(outlets)]
    _write(folder, "organisations", pd.DataFrame({
        "organisation_id": speakers, "name": [speaker.replace("-", " ").capitalize() for speaker in speakers],
        "kind": ["monitor"] * monitors + ["news_outlet"] * outlets,
    }))  # fmt: skip
    governorates = [f"governorate-{n:02d}" for n in range(14)]
    towns = [f"town-{n:03d}" for n in range(places)]
    _write(folder, "places", pd.DataFrame({
        "place_id": [*governorates, "syria", *towns],
        "name": [*(f"Governorate {n}" for n in range(14)), "Syria", *(f"Town {n}" for n in range(places))],
        "kind": ["governorate"] * 14 + ["country"] + ["town"] * places,
        "iso": [*ISO, "SY", *[None] * places],
        "within": ["syria"] * 14 + [None] + list(rng.choice(governorates, places)),
        "latitude": [None] * 15 + [f"{at / 10:.1f}5" for at in rng.integers(330, 365, places)],
        "longitude": [None] * 15 + [f"{at / 10:.1f}5" for at in rng.integers(360, 410, places)],
    }).sort_values("place_id"))  # fmt: skip
    _write(folder, "events", pd.DataFrame({
        "event_id": [f"event-{n:03d}" for n in range(events)], "name": [f"Event {n}" for n in range(events)],
        "place_id": rng.choice(towns, events),
    }))  # fmt: skip

    days = pd.Series(pd.Timestamp("2012-01-01") + pd.to_timedelta(rng.integers(0, 4700, reports), unit="D"))
    source_ids = np.array([f"report-{n:06d}" for n in range(reports)])
    _write(folder, "sources", pd.DataFrame({
        "source_id": source_ids, "short_name": [f"Report {n}" for n in range(reports)], "kind": "news_report",
        "publisher_id": rng.choice(speakers[monitors:], reports), "title": [f"Report number {n} of the day" for n in range(reports)],
        "published": days.dt.strftime("%Y-%m-%d"), "url": [f"https://example.org/report/{n}" for n in range(reports)],
        "language": "en",
    }))  # fmt: skip
    single = _counts(np.random.default_rng(seed), speakers, [*towns, *governorates, "syria"])
    listed, values = _series(np.random.default_rng(seed), series, speakers, [*governorates, "syria"])
    _write(folder, "series", listed)
    _write(folder, "observations", pd.concat([single, values]).sort_values("observation_id"))
    _write(folder, "claims", _claims(rng, claims, source_ids, days, speakers, towns))
    return folder


def _claims(
    rng: np.random.Generator,
    claims: int,
    source_ids: np.ndarray,
    days: pd.Series,
    speakers: list[str],
    towns: list[str],
) -> pd.DataFrame:
    report, number = np.divmod(np.arange(claims), CLAIMS_OF_A_REPORT)
    best = pd.Series(np.exp(rng.uniform(0.7, 13, claims)).astype(int))
    bound = pd.Series(rng.choice(["exact", "at_least", "about", "vague"], claims, p=[0.6, 0.15, 0.1, 0.15]))
    vague = bound == "vague"
    thousands = pd.Series(rng.random(claims) < 0.5)
    measure = pd.Series(rng.choice(["incident", "period", "cumulative"], claims, p=[0.6, 0.38, 0.02]))
    indicator = pd.Series(
        rng.choice(["killed", "injured", "displaced", "refugees", "idps"], claims, p=[0.5, 0.1, 0.2, 0.1, 0.1])
    )
    indicator = indicator.mask(measure == "cumulative", "killed")
    end = days.iloc[report].reset_index(drop=True)
    start = end - pd.to_timedelta(rng.integers(1, 200, claims), unit="D")
    begins = start.dt.strftime("%Y-%m-%d").where(measure == "period").mask(measure == "cumulative", "2011-03")
    qualifier = bound.map({"exact": "", "at_least": "more than ", "about": "some ", "vague": ""})
    sources = pd.Series(source_ids[report])
    event = pd.Series([f"event-{n:03d}" for n in rng.integers(0, 300, claims)])
    group = pd.Series(rng.choice(["all", "civilians", "children", "women"], claims, p=[0.6, 0.25, 0.1, 0.05]))
    noun = " " + group.map({term.code: term.several for term in POPULATION_GROUPS})
    word = pd.Series(np.where(thousands, "thousands of", "hundreds of"))
    return pd.DataFrame({
        "claim_id": sources + "-" + pd.Series(number + 1).astype("str").str.zfill(2), "source_id": sources,
        "paragraph": number + 1, "wording": (qualifier + best.map("{:,}".format)).mask(vague, word) + noun,
        "indicator": indicator, "population_group": group,
        "unit": "people", "bound": bound,
        "low": best.where(bound.isin(["exact", "at_least"])).mask(vague, np.where(thousands, 2000, 200)).astype("Int64"),
        "best": best.mask(vague).astype("Int64"),
        "high": best.where(bound == "exact").mask(vague, np.where(thousands, 9999, 999)).astype("Int64"),
        "measure": measure, "period_start": begins, "period_end": end.dt.strftime("%Y-%m-%d"),
        "place_id": rng.choice(towns, claims), "event_id": event.where(rng.random(claims) < 0.5),
        "attributed_to": rng.choice(speakers, claims), "summary": "A number made by chance for a benchmark.",
    })  # fmt: skip


def _counts(rng: np.random.Generator, speakers: list[str], places: list[str]) -> pd.DataFrame:
    """Make published counts, half of them of the whole country."""
    best = pd.Series(np.exp(rng.uniform(3, 13, COUNTS)).astype(int))
    end = pd.Series(pd.Timestamp("2012-01-01") + pd.to_timedelta(rng.integers(0, 4700, COUNTS), unit="D"))
    start = end - pd.to_timedelta(rng.integers(1, 200, COUNTS), unit="D")
    indicator = pd.Series(rng.choice(["killed", "injured", "displaced", "idps"], COUNTS, p=[0.6, 0.1, 0.2, 0.1]))
    harm = indicator.isin(["killed", "injured"])
    return pd.DataFrame({
        "observation_id": [f"count-{n:03d}" for n in range(COUNTS)], "organisation_id": rng.choice(speakers, COUNTS),
        "indicator": indicator, "population_group": rng.choice(["all", "civilians", "children"], COUNTS), "unit": "people",
        "measure": "period", "place_id": np.where(rng.random(COUNTS) < 0.5, "syria", rng.choice(places, COUNTS)),
        "by_fire": pd.Series(rng.choice(["all", "government", "not_stated"], COUNTS)).where(harm), "kind": "documented",
        "period_start": start.dt.strftime("%Y-%m-%d"), "period_end": end.dt.strftime("%Y-%m-%d"), "bound": "exact", "low": best,
        "best": best, "high": best, "publication": "A toll made by chance", "published": end.dt.strftime("%Y-%m-%d"),
        "url": "https://example.org/toll", "copies_seen": 1,
    })  # fmt: skip


def _series(
    rng: np.random.Generator, series: int, speakers: list[str], places: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make series of totals that grow year by year, and their values."""
    ids = pd.Series([f"series-{n:04d}" for n in range(series)], dtype="str")
    listed = pd.DataFrame({
        "series_id": ids, "title": [f"Toll number {n} (made by chance)" for n in range(series)],
        "definition": "A toll made by chance for a benchmark.", "url": "https://example.org/toll",
    })  # fmt: skip
    of = np.repeat(np.arange(series), VALUES_OF_A_SERIES)
    year = pd.Series(2013 + np.tile(np.arange(VALUES_OF_A_SERIES), series))
    steps = np.exp(rng.uniform(2, 9, (series, VALUES_OF_A_SERIES))).astype(int)
    best = pd.Series(steps.cumsum(axis=1).ravel(), dtype="int64")
    values = pd.DataFrame({
        "observation_id": ids.iloc[of].reset_index(drop=True) + "-" + year.astype("str"), "series_id": ids.iloc[of].to_numpy(),
        "organisation_id": rng.choice(speakers, series)[of], "indicator": "killed",
        "population_group": rng.choice(["all", "civilians", "children"], series)[of], "unit": "people", "measure": "cumulative",
        "place_id": rng.choice(places, series)[of], "by_fire": rng.choice(["all", "government", "not_stated"], series)[of],
        "kind": "documented", "period_start": "2011-03", "period_end": year.astype("str") + "-12-31", "bound": "exact",
        "low": best, "best": best, "high": best, "publication": "A toll made by chance",
        "published": (year + 1).astype("str") + "-01-15", "url": "https://example.org/toll", "copies_seen": 1,
    })  # fmt: skip
    return listed, values


def _write(folder: Path, name: str, table: pd.DataFrame) -> None:
    columns = list(SCHEMAS[name].columns)
    table.reindex(columns=columns).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--series", type=int, default=0)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.claims, arguments.series)
