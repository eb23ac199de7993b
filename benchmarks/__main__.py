"""`make bench`: measure the dashboard against plain ones on this machine, in one run and in turn; write `results.md`.

Why: these machines are shared and noisy, so only ratios of what was measured side by side say something. Timings are never
the condition of a test. Traffic goes to 127.0.0.1 only and is bounded in number.
"""

import argparse
import asyncio
import contextlib
import datetime
import os
import resource
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.generate import COUNTS, generate
from benchmarks.requests import answers_per_second
from benchmarks.sessions import Result, Session, rerun_together
from dashboard import PAGES

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results.md"
PATHS = tuple(address for _, _, _, address, _ in PAGES)
POINT = ".scatterlayer .point"
HEADLINE = "text=more than 500,000 people dead"
STOCK = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(
    command: list[str], port: int, health: str, folder: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from a folder until the block ends; it is up when `health` answers."""
    process = subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{health}", timeout=2)
                break
            time.sleep(0.2)
        else:
            raise RuntimeError(f"{command} did not start")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def ours(port: int, datasets: Path | None = None) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """Run this dashboard with its own settings."""
    chosen = {"DATASETS_DIR": str(datasets)} if datasets else {}
    return server(_streamlit("dashboard.py", port), port, "/api/v1/health", ROOT, **chosen)


def stock(
    script: str, port: int, folder: Path, *arguments: str
) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """Run a page with Streamlit's stock settings, from a folder where no settings lie."""
    command = [*_streamlit(str(ROOT / "benchmarks" / script), port), *STOCK, "--", *arguments]
    return server(command, port, "/_stcore/health", folder)


def _streamlit(script: str, port: int) -> list[str]:
    address = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    return [sys.executable, "-m", "streamlit", "run", script, *address]


def interaction() -> list[str]:
    """Let twenty sessions visit and rerun every page and the plain one, in turn, three rounds; then a hundred sessions all pages."""
    plain = "plain page"
    found: dict[str, list[Result]] = {page: [] for page in (plain, *PATHS)}
    with tempfile.TemporaryDirectory() as folder:
        our_port, plain_port = free_port(), free_port()
        with ours(our_port), stock("plain.py", plain_port, Path(folder), str(ROOT / "datasets")):
            for page in PATHS:
                asyncio.run(rerun_together(our_port, 2, 2, page))
            asyncio.run(rerun_together(plain_port, 2, 2))
            for _ in range(3):
                found[plain].append(asyncio.run(rerun_together(plain_port, 20, 5)))
                for page in PATHS:
                    found[page].append(asyncio.run(rerun_together(our_port, 20, 10, page)))
            hundred = asyncio.run(_all_pages(our_port, 10, 5))
    rows = [
        f"| {page or 'overview'} | {_ratio(found, page, plain, lambda r: r.rate):.1f} | {_ratio(found, page, plain, lambda r: r.p95):.3f} | "
        f"{_ratio(found, page, plain, lambda r: r.first_visits):.1f} | {statistics.median(r.bytes for r in found[page]) / 1000:.0f} |"
        for page in PATHS
    ]
    stated = found[plain]
    runs = 10 * len(PATHS) * 6
    return [
        "20 sessions, ours to the plain page in the same round, medians of three rounds. The plain page: "
        f"{statistics.median(r.rate for r in stated):.1f} reruns a second, 95th percentile {statistics.median(r.p95 for r in stated):.1f} s, "
        f"{statistics.median(r.first_visits for r in stated):.1f} first visits a second.", "",
        "| page | reruns per second, at least 8 | 95th percentile, at most 0.15 | first visits at once, at least 3 | kB of a rerun |",
        "|---|---|---|---|---|", *rows, "",
        f"Errors of {10 * len(PATHS)} sessions over all pages at once, {runs} runs: {sum(r.errors for r in hundred)} (0 asked for).",
    ]  # fmt: skip


async def _all_pages(port: int, sessions: int, reruns: int) -> list[Result]:
    """Let so many sessions a page visit and rerun all pages at once."""
    return list(await asyncio.gather(*(rerun_together(port, sessions, reruns, page) for page in PATHS)))


def first_look(runs: int) -> list[str]:
    """Look at our headline numbers and first figure, and at bare pages, with an empty cache."""
    from benchmarks.first_look import medians

    with tempfile.TemporaryDirectory() as folder:
        our_port, text_port, chart_port = free_port(), free_port(), free_port()
        with (
            ours(our_port),
            stock("bare_text.py", text_port, Path(folder)),
            stock("bare_chart.py", chart_port, Path(folder)),
        ):
            found = medians(
                {
                    "our numbers": (f"http://127.0.0.1:{our_port}/", HEADLINE),
                    "bare text": (f"http://127.0.0.1:{text_port}/", "text=Empty"),
                    "our figure": (f"http://127.0.0.1:{our_port}/casualties", POINT),
                    "bare figure": (f"http://127.0.0.1:{chart_port}/", POINT),
                },
                runs,
            )
    return [
        f"| medians of {runs} looks in turn | asked for | measured |", "|---|---|---|",
        f"| headline numbers to an empty page | at most 1.25 | {found['our numbers'] / found['bare text']:.2f} |",
        f"| first figure to a bare page with one chart | at most 1.25 | {found['our figure'] / found['bare figure']:.2f} |",
    ]  # fmt: skip


def api() -> list[str]:
    """Ask for filtered CSV over eight kept connections, of this API and of Datasette with the same rows."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = generate(folder / "small", 800)
        for datasets, what, filters in (
            (None, "23 rows", ["year=2019", "indicator=killed", "group=all", "source=trtworld-2019-07"]),
            (small, "400 of 800 rows", ["indicator=killed"]),
        ):
            our_port, other_port = free_port(), free_port()
            with ours(our_port, datasets):
                database = _database(folder, our_port)
                address = ["--port", str(other_port), "--host", "127.0.0.1"]
                command = [sys.executable, "-m", "datasette", "serve", str(database), *address]
                with server(command, other_port, "/-/versions.json", folder):
                    asked_there = (
                        asked.replace("group=", "population_group=").replace("source=", "source_id=")
                        for asked in filters
                    )
                    theirs = [f"/claims/claims.csv?_size=max&{asked}" for asked in asked_there]
                    mine = [f"/api/v1/claims.csv?{asked}" for asked in filters]
                    rates: dict[str, list[float]] = {"ours": [], "theirs": []}
                    for _ in range(3):
                        rates["ours"].append(asyncio.run(answers_per_second(our_port, mine, 8, 3))[0])
                        rates["theirs"].append(asyncio.run(answers_per_second(other_port, theirs, 8, 3))[0])
            ratio = statistics.median(rates["ours"]) / statistics.median(rates["theirs"])
            rows.append(f"| answers per second to Datasette, filters over {what} | at least 8 | {ratio:.1f} |")
    return ["| 8 kept connections | asked for | measured |", "|---|---|---|", *rows]


def _database(folder: Path, port: int) -> Path:
    """Put what our API serves into SQLite, with the year as a column and an index on what is filtered."""
    import pandas as pd

    path = folder / "claims.db"
    path.unlink(missing_ok=True)
    table = pd.read_csv(f"http://127.0.0.1:{port}/api/v1/claims.csv")
    with contextlib.closing(sqlite3.connect(path)) as database:
        table.assign(year=table["period_end"].str[:4]).to_sql("claims", database, index=False)
        for column in ("indicator", "population_group", "source_id", "year"):
            database.execute(f"create index by_{column} on claims({column})")
        database.commit()
    return path


def validation(claims: int, max_claims: int) -> list[str]:
    """Read and check tables with the rules of columns and references, and with frictionless; then all rules as they grow."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "tables", claims)
        big, small, packed = (folder / part for part in ("tables", "small", "package"))
        _seconds("package", ROOT / "datasets", small)
        _seconds("package", big, packed)
        ours, theirs = _seconds("columns_and_references", big), _seconds("frictionless", small, packed)
        growth = {}
        for size in (claims, max_claims):
            generate(folder / str(size), size)
            growth[size] = _seconds("everything", folder / str(size))
    per_row = (growth[max_claims] / max_claims) / (growth[claims] / claims)
    return [
        "| | asked for | measured |", "|---|---|---|",
        f"| {claims:,} claims, columns and references: frictionless to ours | at least 10 | "
        f"{theirs / ours:.1f} |",
        f"| all rules, time of a row at {max_claims:,} to that at {claims:,} claims | about 1 | {per_row:.2f} |",
    ]  # fmt: skip


def comparison(claims: int) -> list[str]:
    """Compare claims with 800 published counts: processor seconds, and how they grow from a tenth of the claims."""
    with tempfile.TemporaryDirectory() as name:
        seconds = {}
        for size in (claims // 10, claims):
            generate(Path(name) / str(size), size)
            seconds[size] = _seconds("comparing", Path(name) / str(size))
    return [
        "| | asked for | measured |", "|---|---|---|",
        f"| {claims:,} claims with {COUNTS:,} counts, sentences among it, s | no more than linear | {seconds[claims]:.1f} |",
        f"| time of a claim at {claims:,} to that at {claims // 10:,} claims | at most 1 | {seconds[claims] / seconds[claims // 10] / 10:.2f} |",
    ]  # fmt: skip


def _seconds(work: str, *folders: Path) -> float:
    """Run a function of `validating` in a process of its own; return the processor seconds that it printed."""
    code = f"from benchmarks import validating; validating.{work}{tuple(map(str, folders))}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout.strip().splitlines()[-1])


def growth(claims: int) -> list[str]:
    """Open every page of a large record for the first time and again: seconds of the script, bytes to the browser."""
    rows = ["| page | first script, s | again, s | sent, MB | asked for |", "|---|---|---|---|---|"]

    async def visit(port: int, page: str) -> tuple[float, float, int]:
        session = Session(port, page)
        first, _, _ = await session.connect()
        again, size, failed = await session.rerun()
        await session.close()
        if failed:
            raise RuntimeError(f"the page {page} failed")
        return first, again, size

    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        with ours(port, generate(Path(name), claims)):
            for page in PATHS:
                first, again, size = asyncio.run(visit(port, page))
                rows.append(
                    f"| {page or 'overview'} | {first:.2f} | {again:.2f} | {size / 1e6:.2f} | under 1 s and 1.5 MB |"
                )
    return rows


def soak(reruns: int) -> list[str]:
    """Let sessions come, rerun every page and go; compare the memory after 500 reruns with that at the end."""

    async def visit(port: int) -> None:
        session = Session(port, PATHS[0])
        await session.connect()
        await session.close()
        for page in PATHS:
            session = Session(port, page)
            await session.connect()
            for _ in range(4):
                await session.rerun()
            await session.close()

    port, done, early = free_port(), 0, 0
    with ours(port) as process:
        while done < reruns:
            asyncio.run(visit(port))
            done += 1 + 5 * len(PATHS)
            if not early and done >= 500:
                early = _memory(process.pid)
        late = _memory(process.pid)
    return [
        "| | asked for | measured |", "|---|---|---|",
        f"| memory after {done:,} reruns to that after 500 | at most 1.10 | {late / early:.2f} |",
    ]  # fmt: skip


def desk() -> list[str]:
    """Let a curator open lists and reports at the desk and decide, and run its functions and commands, among 500 reports."""
    from benchmarks import corpus
    from benchmarks import desk as desk_of

    with tempfile.TemporaryDirectory() as name:
        folder, port, bare_port = Path(name), free_port(), free_port()
        made = corpus.make(folder)
        chosen = {"DATASETS_DIR": made.datasets, "REPORTS_DIR": made.reports, "DRAFTS_DIR": made.drafts}
        command = _streamlit("curation/desk/desk.py", port)
        load, start = os.getloadavg()[0], time.perf_counter()
        with server(command, port, "/_stcore/health", ROOT, **{key: str(path) for key, path in chosen.items()}):
            up = time.perf_counter() - start
            with stock("bare_text.py", bare_port, folder):
                seen = desk_of.seen(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bare_port}", made)
        proposed, published = desk_of.publishing(made, folder)
        triage, apply = desk_of.commands(made, folder)
    times = sorted(seen.next)
    late = times[int(len(times) * 0.95)]
    return [
        f"500 reports with 20,000 numbers, 400 of them decided; the machine had {load:.1f} processes to run.", "",
        "| what | asked for, s | measured, s |", "|---|---|---|",
        f"| the server is up, all texts read | | {up:.2f} |",
        f"| an empty page, in a browser with an empty cache | | {seen.empty:.2f} |",
        f"| the first list, in a browser with an empty cache | under 1 | {seen.first:.2f} |",
        f"| the list, again | under 1 | {seen.again:.2f} |",
        f"| a report opened for the first time | | {seen.opened:.2f} |",
        f"| the next number after a decision, median of {len(times)} | under 0.5 | {statistics.median(times):.2f} |",
        f"| its 95th percentile | | {late:.2f} |",
        f"| what 40 decisions would change | under 3 | {proposed:.2f} |",
        f"| its publication | under 3 | {published:.2f} |",
        f"| the command `triage`, Python’s start among it | under 3 | {triage:.2f} |",
        f"| the command `apply`, 40 decisions, Python’s start among it | under 3 | {apply:.2f} |",
    ]  # fmt: skip


def _memory(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _ratio(found: dict[str, list[Result]], page: str, to: str, value: Callable[[Result], float]) -> float:
    """Return how much a page has to another of the same round, the median of the rounds."""
    return statistics.median(value(one) / value(other) for one, other in zip(found[page], found[to], strict=True))


PARTS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "interaction": ("Interaction, against a plain page with the same table", interaction),
    "first_look": ("First look, in Chromium with an empty cache", lambda: first_look(20)),
    "api": ("The data API, against Datasette", api),
    "validation": ("Reading and checking", lambda: validation(100_000, 1_000_000)),
    "comparison": ("Claims beside published counts", lambda: comparison(100_000)),
    "growth": ("A hundred thousand claims", lambda: growth(100_000)),
    "soak": ("Memory", lambda: soak(3_000)),
    "desk": ("The desk, among five hundred reports", desk),
}


def main() -> None:
    """Measure the parts asked for and put them into `results.md`, each with its day; other parts stay as they are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"what to measure, of {', '.join(PARTS)} (default: everything)")
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := sorted(set(asked) - set(PARTS)):
        parser.error(f"there is no part {', '.join(unknown)}")
    for name in asked:
        title, measure = PARTS[name]
        measured = "\n".join([f"Measured on {datetime.datetime.now(datetime.UTC):%Y-%m-%d}.", "", *measure()])
        sys.stdout.write(f"\n## {title}\n\n{measured}\n")
        sys.stdout.flush()
        _put(title, measured)


def _put(title: str, measured: str) -> None:
    """Put a part into `results.md` in the order of the parts."""
    kept = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:] if RESULTS.exists() else []
    parts = {heading: body.strip() for heading, _, body in (part.partition("\n") for part in kept)} | {title: measured}
    head = (
        f"# Measured\n\nMade by `make bench` on {os.cpu_count()} processors that the clients of the measurement share. Each part is one run, what is "
        "compared in it was measured in turn; only ratios say something, and no test depends on them.\n"
    )
    ordered = [f"## {heading}\n\n{parts[heading]}\n" for heading, _ in PARTS.values() if heading in parts]
    RESULTS.write_text("\n".join([head, *ordered]), encoding="utf-8")


if __name__ == "__main__":
    main()
