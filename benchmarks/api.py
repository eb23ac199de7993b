"""The data API as programs feel it: answers a second beside Datasette with the same rows, files of many rows, other questions meanwhile."""

import asyncio
import contextlib
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.requests import answers_per_second
from benchmarks.servers import free_port, ours, server

ASKED = {
    "claims": ("filtered claims", ["year=2019", "indicator=killed", "group=all", "source=trtworld-2019-07"]),
    "observations": (
        "filtered published counts",
        ["year=2019", "indicator=killed", "group=civilians", "kind=documented"],
    ),
}
NAMED = {"group": "population_group", "source": "source_id"}
"""What a parameter of ours is called as a column of the table."""


def answers() -> list[str]:
    """Ask for filtered CSV, and for the published counts of a claim, over eight kept connections, of this API and of Datasette with the same rows."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder, port, other_port = Path(name), free_port(), free_port()
        with ours(port), _datasette(folder, port, other_port):
            for table, (what, filters) in ASKED.items():
                mine = [f"/api/v1/{table}.csv?{asked}" for asked in filters]
                named = (asked.split("=") for asked in filters)
                theirs = [f"/rows/{table}.csv?_size=max&{NAMED.get(column, column)}={value}" for column, value in named]
                rows.append(_row(what, port, mine, other_port, theirs))
            ids = _claim_ids(port)
            mine = [f"/api/v1/claims/{claim_id}" for claim_id in ids]
            theirs = [f"/rows/beside.json?_size=max&_shape=array&claim_id={claim_id}" for claim_id in ids]
            rows.append(_row("published counts of a claim", port, mine, other_port, theirs))
        small = generate(folder / "small", 800)
        with ours(port, small), _datasette(folder, port, other_port):
            mine, theirs = ["/api/v1/claims.csv?indicator=killed"], ["/rows/claims.csv?_size=max&indicator=killed"]
            rows.append(_row("400 of 800 claims", port, mine, other_port, theirs))
    return ["| 8 kept connections, answers per second to Datasette | asked for | measured |", "|---|---|---|", *rows]


def _row(what: str, port: int, mine: list[str], other_port: int, theirs: list[str]) -> str:
    """Ask both in turn, three times; return the row that says how many answers we give to one of the other's."""
    ratios = []
    for _ in range(3):
        ours_each, _ = asyncio.run(answers_per_second(port, mine, 8, 3))
        theirs_each, _ = asyncio.run(answers_per_second(other_port, theirs, 8, 3))
        ratios.append(ours_each / theirs_each)
    return f"| {what} | at least 8 | {statistics.median(ratios):.1f} |"


def _claim_ids(port: int) -> list[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/claims.json") as answer:
        return [claim["claim_id"] for claim in json.load(answer)["records"]]


def _datasette(folder: Path, port: int, other_port: int) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """Serve what our API at `port` serves with Datasette."""
    database = _database(folder, port)
    command = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        str(database),
        "--port",
        str(other_port),
        "--host",
        "127.0.0.1",
    ]
    return server(command, other_port, "/-/versions.json", folder)


def _database(folder: Path, port: int) -> Path:
    """Put what our API serves into SQLite, with the year as a column and an index on what is filtered."""
    import pandas as pd

    path = folder / "rows.db"
    path.unlink(missing_ok=True)
    origin = f"http://127.0.0.1:{port}/api/v1"
    with contextlib.closing(sqlite3.connect(path)) as database:
        for name in ASKED:
            table = pd.read_csv(f"{origin}/{name}.csv")
            table.assign(year=table["period_end"].str[:4]).to_sql(name, database, index=False)
            for column in {"indicator", "population_group", "source_id", "kind", "year"} & set(table):
                database.execute(f"create index {name}_by_{column} on {name}({column})")
            if "year" not in table:
                database.execute(f"create index {name}_by_year on {name}(year)")
        found = []
        for claim_id in _claim_ids(port):
            with urllib.request.urlopen(f"{origin}/claims/{claim_id}") as answer:  # noqa: S310
                found += [{"claim_id": claim_id} | count for count in json.load(answer)["published_counts"]]
        pd.DataFrame(found, columns=["claim_id"] if not found else None).to_sql("beside", database, index=False)
        database.execute("create index beside_by_claim on beside(claim_id)")
        database.commit()
    return path


def large_files(claims: int) -> list[str]:
    """Ask for all claims as a workbook, and meanwhile for what is known already and for what must be built."""
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        with ours(port, generate(Path(name), claims)):
            quick = [
                "claims.json?year=2013&group=women",
                "claims.csv?year=2014&group=women",
                "places.csv",
                "claims/report-000000-01",
            ]
            with ThreadPoolExecutor() as pool:
                slow = pool.submit(_seconds_of, port, "claims.xlsx")
                time.sleep(0.2)
                others = [_seconds_of(port, asked) for asked in quick]
                meanwhile = not slow.done()
                took = slow.result()
    return [
        f"| {claims:,} claims | asked for | measured |", "|---|---|---|",
        f"| all of them as a workbook, s | under 5 | {took:.1f} |",
        f"| the slowest of {len(quick)} other questions while it was made{'' if meanwhile else ' (it was ready before)'}, s | | {max(others):.2f} |",
    ]  # fmt: skip


def _seconds_of(port: int, asked: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/{asked}") as answer:
        answer.read()
    return time.perf_counter() - start
