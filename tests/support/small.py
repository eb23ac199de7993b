"""A small valid record for tests: two reports, three claims, one event; each test changes what it is about.

Not the real tables: negative cases must not break when the real ones grow.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from validation import Finding, about, load
from validation.dataset import Dataset
from validation.models import SCHEMAS


def row(table: str, **cells: object) -> str:
    """Return a row of a table as CSV; what is not named is blank."""
    columns = list(SCHEMAS[table].columns)
    assert set(cells) <= set(columns), set(cells) - set(columns)
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells.get(column) for column in columns)
    return line.getvalue()


_CLAIM: dict[str, object] = {
    "claim_id": "paper-2019-07-12-01", "source_id": "paper-2019-07-12", "paragraph": 3, "wording": "900 people",
    "indicator": "killed", "population_group": "all", "unit": "people", "bound": "exact", "low": 900, "best": 900, "high": 900,
    "measure": "period", "period_start": "2019-02", "period_end": "2019-07", "place_id": "north", "attributed_to": "monitor",
    "summary": "Deaths counted since February.",
}  # fmt: skip
_SOURCE: dict[str, object] = {
    "source_id": "paper-2019-07-12", "short_name": "Paper 2019", "kind": "news_report", "publisher_id": "paper", "title": "A title",
    "published": "2019-07", "url": "https://example.org/a", "language": "en",
}  # fmt: skip
_SERIES: dict[str, object] = {
    "series_id": "s-1", "title": "Deaths", "definition": "Deaths documented.", "url": "https://example.org/s",
}  # fmt: skip
_COUNT: dict[str, object] = {
    "observation_id": "s-1-01", "series_id": "s-1", "organisation_id": "monitor", "indicator": "killed",
    "population_group": "all", "unit": "people", "measure": "cumulative", "place_id": "syria", "by_fire": "all",
    "kind": "documented", "period_start": "2011-03", "period_end": "2019-03", "bound": "exact", "low": 5, "best": 5, "high": 5,
    "publication": "A page", "published": "2012", "url": "https://example.org/o", "copies_seen": 1,
}  # fmt: skip


def claim(**changed: object) -> str:
    """Return the first claim as a row of CSV, with some cells changed."""
    return row("claims", **(_CLAIM | changed))


def source(**changed: object) -> str:
    """Return the first source as a row of CSV, with some cells changed."""
    return row("sources", **(_SOURCE | changed))


def series(**changed: object) -> str:
    """Return a series as a row of CSV, with some cells changed."""
    return row("series", **(_SERIES | changed))


def count(**changed: object) -> str:
    """Return a published count, a value of that series, as a row of CSV, with some cells changed."""
    return row("observations", **(_COUNT | changed))


def place(place_id: str, kind: str, within: str = "", **cells: object) -> str:
    """Return a place as a row of CSV, named after its id."""
    named = {"place_id": place_id, "name": place_id.capitalize(), "kind": kind, "within": within}
    return row("places", **(named | cells))


def organisation(organisation_id: str, name: str, kind: str, **cells: object) -> str:
    """Return an organisation as a row of CSV."""
    return row("organisations", organisation_id=organisation_id, name=name, kind=kind, **cells)


def event(**changed: object) -> str:
    """Return the event as a row of CSV, with some cells changed."""
    cells = {"event_id": "raid-2019", "name": "Raid of 2019", "place_id": "town"}
    return row("events", **(cells | {"period_start": "2019-06-22", "period_end": "2019-06-22"} | changed))


ROWS: dict[str, list[str]] = {
    "sources": [
        source(),
        source(
            source_id="post-2020-01-05", short_name="Post 2020", publisher_id="post", title="Another title", authors="Ann Author",
            published="2020-01-05", url="https://example.org/b",
        ),
    ],
    "organisations": [
        organisation("monitor", "The Monitor", "monitor"),
        organisation("paper", "The Paper", "news_outlet"),
        organisation("post", "The Post", "news_outlet"),
    ],
    "places": [
        place("north", "region", "syria"),
        place("syria", "country", name_ar="سوريا", pcode="SY", iso="SY"),
        place("town", "town", "north", latitude=35.5, longitude=36.5),
    ],
    "events": [event()],
    "claims": [
        claim(),
        claim(
            claim_id="paper-2019-07-12-02", wording="20 deaths", low=20, best=20, high=20, period_start="2019-07-01",
            period_end="2019-07-07", event_id="raid-2019", part_of="paper-2019-07-12-01", summary="Deaths of one week.",
        ),
        claim(
            claim_id="post-2020-01-05-01", source_id="post-2020-01-05", paragraph=1, wording="hundreds of families",
            indicator="displaced", unit="families", bound="vague", low=200, best="", high=999, measure="incident",
            period_start="", period_end="2020-01", place_id="town", attributed_to="post", summary="Families that left.",
        ),
    ],
    "caveats": [
        "period_unclear,Period not stated,No beginning is given.,,unknown_start",
        "stock_or_flow,Stock or flow,Not clear which.,,cumulative_displacement",
    ],
    "claim_caveats": ["post-2020-01-05-01,period_unclear,No date."],
    "vague_quantities": ["hundreds,200,999", "tens of thousands,20000,99999"],
    "changes": ["2026-01-01,claims,,First edition,,,Begin"],
}  # fmt: skip
"""The rows of the tables that have some."""

PUBLISHED = {
    "series": [series()],
    "observations": [count(), count(observation_id="s-1-02", period_end="2020-03", low=6, best=6, high=6)],
}
"""A series of two published counts, which the small record is given where a test is about them."""


ABOUT = {
    "title": "Numbers of a small war", "file_prefix": "small", "description": "Numbers of a war.", "keywords": ["war"],
    "country": "syria", "began": "2011-03", "people": "", "admin1": "governorate", "pcode": "", "pcode_example": "",
    "licence": "", "contact": "",
}  # fmt: skip


def about_toml(**changed: object) -> str:
    """Return the text of about.toml with some keys changed; None leaves a key out."""
    lines = (f"{key} = {json.dumps(value)}" for key, value in (ABOUT | changed).items() if value is not None)
    return "\n".join(lines) + "\n"


def write(folder: Path, **changed: list[str]) -> Path:
    """Write the small tables, with the rows of the tables named in `changed` in place of theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMAS.items():
        rows = changed.get(name, ROWS.get(name, []))
        text = "\n".join([",".join(schema.columns), *rows]) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    (folder / about.FILE).write_text(about_toml(), encoding="utf-8")
    return folder


def dataset(folder: Path, **changed: list[str]) -> Dataset:
    """Write the small tables and load them."""
    return load(write(folder, **changed))


def record(**changed: list[str]) -> Dataset:
    """Return the small tables with such rows, loaded: the same rows once, as nobody can change a record."""
    return _record(tuple((name, tuple(rows)) for name, rows in changed.items()))


@lru_cache(maxsize=64)
def _record(changed: tuple[tuple[str, tuple[str, ...]], ...]) -> Dataset:
    with TemporaryDirectory() as folder:
        return dataset(Path(folder), **{name: list(rows) for name, rows in changed})


Place = tuple[str, int, str, str]


def places_of(findings: tuple[Finding, ...]) -> list[Place]:
    """Return file, line, column and rule of each finding: what a curator needs to find the fault."""
    return [(finding.file, finding.line, finding.column, finding.rule) for finding in findings]


Cases = Mapping[str, Mapping[str, Sequence[str]]]


def apart(folder: Path, *groups: Cases, **changed: Sequence[str]) -> Callable[[Cases], dict[str, list[Place]]]:
    """Load the rows of many cases as one record; return what says of a group what was found of each case, with its lines as if its rows stood alone.

    `#` in a row stands for the number of its case and keeps the cases apart. `changed`: rows that all cases have, as in `write`.
    """
    rows = [(name, row, (-1, "")) for name in SCHEMAS for row in changed.get(name, ROWS.get(name, []))]
    cases = [((at, case), tables) for at, group in enumerate(groups) for case, tables in group.items()]
    for number, (key, tables) in enumerate(cases, 100):
        rows += [(name, row.replace("#", str(number)), key) for name, own in tables.items() for row in own]
    rows.sort(key=lambda row: row[1])
    dataset = load(write(folder, **{name: [row for table, row, _ in rows if table == name] for name in SCHEMAS}))
    case_of = {f"{name}.csv": [key for table, _, key in rows if table == name] for name in SCHEMAS}
    found: dict[tuple[int, str], list[Place]] = {key: [] for key, _ in cases}
    for file, line, column, rule in places_of(tuple(sorted({*dataset.findings, *dataset.reference_findings}))):
        key, before = case_of[file][line - 2], case_of[file][: line - 2]
        found[key].append((file, 2 + before.count(key), column, rule))
    return lambda group: {case: found[groups.index(group), case] for case in group}


def each(cases: Cases, places: Sequence[Place] = ()) -> dict[str, list[Place]]:
    """Return that the same is found of every case: nothing where nothing is given."""
    return {case: [*places] for case in cases}
