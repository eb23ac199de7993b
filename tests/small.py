"""A small valid record for tests: two reports, three claims, one event; each test changes what it is about.

Not the real tables: negative cases must not break when the real ones grow.
"""

import csv
import io
import json
from pathlib import Path

from validation import Finding, about, load
from validation.dataset import Dataset
from validation.models import SCHEMAS

ROWS: dict[str, list[str]] = {
    "sources": [
        "paper-2019-07-12,Paper 2019,news_report,paper,A title,,2019-07,https://example.org/a,,,en,,",
        "post-2020-01-05,Post 2020,news_report,post,Another title,Ann Author,2020-01-05,https://example.org/b,,,en,,",
    ],
    "organisations": [
        "monitor,The Monitor,monitor,",
        "paper,The Paper,news_outlet,",
        "post,The Post,news_outlet,",
    ],
    "places": ["north,North,,,region,,,syria,,", "syria,Syria,,سوريا,country,SY,SY,,,", "town,Town,,,town,,,north,35.5,36.5"],
    "events": ["raid-2019,Raid of 2019,town,2019-06-22,2019-06-22,"],
    "claims": [
        "paper-2019-07-12-01,paper-2019-07-12,3,900 people,killed,all,people,exact,900,900,900,period,2019-02,2019-07,north,"
        ",monitor,,,Deaths counted since February.",
        "paper-2019-07-12-02,paper-2019-07-12,3,20 deaths,killed,all,people,exact,20,20,20,period,2019-07-01,2019-07-07,"
        "north,raid-2019,monitor,,paper-2019-07-12-01,Deaths of one week.",
        "post-2020-01-05-01,post-2020-01-05,1,hundreds of families,displaced,all,families,vague,200,,999,incident,,2020-01,"
        "town,,post,,,Families that left.",
    ],
    "caveats": [
        "period_unclear,Period not stated,No beginning is given.,,unknown_start",
        "stock_or_flow,Stock or flow,Not clear which.,,cumulative_displacement",
    ],
    "claim_caveats": ["post-2020-01-05-01,period_unclear,No date."],
    "vague_quantities": ["hundreds,200,999", "tens of thousands,20000,99999"],
    "changes": ["2026-01-01,claims,,First edition,,,Begin"],
}  # fmt: skip


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


def claim(**changed: object) -> str:
    """Return the first claim as a row of CSV, with some cells changed."""
    columns = list(SCHEMAS["claims"].columns)
    cells = dict(zip(columns, ROWS["claims"][0].split(","), strict=True))
    unknown = set(changed) - set(cells)
    assert not unknown, unknown
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow((cells | changed).values())
    return line.getvalue()


def places_of(findings: tuple[Finding, ...]) -> list[tuple[str, int, str, str]]:
    """Return file, line, column and rule of each finding: what a curator needs to find the fault."""
    return [(finding.file, finding.line, finding.column, finding.rule) for finding in findings]
