"""How long a curator waits at the desk, in Chromium, and for its functions, with what a project gathers in years (`corpus.py`).

Why: whoever decides on thousands of numbers feels every half second of each. Here: what is timed. Not here: starting the server
(`__main__.py`).
"""

import functools
import itertools
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.corpus import READER, Corpus
from benchmarks.first_look import chromium, look
from curation.publishing import propose, publish
from curation.settling import of_one
from validation import load

ROOT = Path(__file__).parent.parent
LIST, CURRENT = "text=500 reports,", ".report .current"
DECISIONS = 30
RUNS = 3
TODAY = "2026-01-02"


@dataclass(frozen=True)
class Seen:
    """Seconds in a browser: an empty page, the first list, the list again, a report opened, the next number after each decision."""

    empty: float
    first: float
    again: float
    opened: float
    next: list[float]


def seen(address: str, bare: str, corpus: Corpus) -> Seen:
    """Look at an empty page, at the list twice, open reports for the first time, and decide on number after number by a key."""
    open_ids = corpus.open["source_id"].drop_duplicates().tolist()
    with sync_playwright() as play:
        browser = chromium(play)
        look(browser, bare, "text=Empty")
        first = look(browser, address, LIST).seconds
        empty = statistics.median(look(browser, bare, "text=Empty").seconds for _ in range(RUNS))
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(address)
        again = [_seconds(page, page.reload, LIST) for _ in range(RUNS)]
        reports = [f"{address}/reading?report={source_id}&reader={READER}" for source_id in open_ids[-RUNS:]]
        opened = [_seconds(page, functools.partial(page.goto, at), CURRENT) for at in reports]
        decided: list[float] = []
        for _ in range(DECISIONS):
            at = page.locator(CURRENT).get_attribute("href")
            press = functools.partial(page.keyboard.press, "d")
            decided.append(_seconds(page, press, f'{CURRENT}:not([href="{at}"])'))
        browser.close()
    return Seen(empty, first, statistics.median(again), statistics.median(opened), decided)


def _seconds(page: Page, act: Callable[[], object], selector: str) -> float:
    """Act, and return the seconds until what the selector names is to be seen and its script has ended."""
    start = time.perf_counter()
    act()
    page.locator(selector).first.wait_for(state="visible", timeout=120_000)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=120_000)
    return time.perf_counter() - start


def publishing(corpus: Corpus, folder: Path) -> tuple[float, float]:
    """Return the median seconds to propose all numbers of a report and to publish them, with the tables read before."""
    proposed, published = [], []
    for at, (source_id, rows) in enumerate(itertools.islice(corpus.open.groupby("source_id"), RUNS)):
        tables = Path(shutil.copytree(corpus.datasets, folder / f"publishing-{at}"))
        dataset = load(tables, corpus.reports)
        report, decided = str(source_id), rows.reset_index(drop=True)
        readings = of_one(dataset, report, decided, READER, TODAY)
        start = time.perf_counter()
        proposal = propose(tables, corpus.reports, report, decided, readings, "Another report.", TODAY)
        proposed.append(time.perf_counter() - start)
        start = time.perf_counter()
        publish(tables, proposal)
        published.append(time.perf_counter() - start)
    return statistics.median(proposed), statistics.median(published)


def commands(corpus: Corpus, folder: Path) -> tuple[float, float]:
    """Return the median seconds of the commands `triage` and `apply` for a report, from Python's start to its end."""
    tables = Path(shutil.copytree(corpus.datasets, folder / "commands"))
    where = ["--datasets", str(tables), "--reports", str(corpus.reports)]
    made, applied = [], []
    for source_id, rows in itertools.islice(corpus.open.groupby("source_id"), RUNS):
        file = folder / f"{source_id}.csv"
        rows.to_csv(file, index=False, lineterminator="\n")
        made.append(_command("triage", str(source_id), *where))
        applied.append(_command("apply", str(file), *where))
    return statistics.median(made), statistics.median(applied)


def _command(*arguments: str) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", "curation", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - start
