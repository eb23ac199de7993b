"""Pages as readers feel them: reruns and first visits of many, the first look in a browser, growth, memory over a long time.

Every page is measured, from the list in `dashboard.py`; what is compared is measured in turn in one run.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.servers import ROOT, free_port, memory, ours, stock
from benchmarks.sessions import Result, Session, rerun_together
from dashboard import PAGES

PATHS = tuple(address for _, _, _, address, _ in PAGES)
POINT = ".scatterlayer .point"
HEADLINE = "text=What reports claim, beside what others counted"


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
    """Look at our Overview, its first words and its first figure, and at bare pages, with an empty cache."""
    from benchmarks.first_look import looks

    with tempfile.TemporaryDirectory() as folder:
        our_port, text_port, chart_port = free_port(), free_port(), free_port()
        with (
            ours(our_port),
            stock("bare_text.py", text_port, Path(folder)),
            stock("bare_chart.py", chart_port, Path(folder)),
        ):
            found = looks(
                {
                    "our words": (f"http://127.0.0.1:{our_port}/", HEADLINE),
                    "bare text": (f"http://127.0.0.1:{text_port}/", "text=Empty"),
                    "our figure": (f"http://127.0.0.1:{our_port}/", POINT),
                    "bare figure": (f"http://127.0.0.1:{chart_port}/", POINT),
                },
                runs,
            )
    seconds = {name: statistics.median(look.seconds for look in seen) for name, seen in found.items()}
    sent = {name: statistics.median(look.bytes for look in seen) / 1e6 for name, seen in found.items()}
    return [
        f"| the Overview, medians of {runs} looks in turn | asked for | measured |", "|---|---|---|",
        f"| first words on the claims to an empty page | at most 1.15 | {seconds['our words'] / seconds['bare text']:.2f} |",
        f"| first figure to a bare page with one chart | at most 1.15 | {seconds['our figure'] / seconds['bare figure']:.2f} |",
        f"| MB sent until the figure is there (a bare page with one chart: {sent['bare figure']:.2f}) | | {sent['our figure']:.2f} |",
    ]  # fmt: skip


def growth(claims: int, series: int) -> list[str]:
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
        with ours(port, generate(Path(name), claims, series)):
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
                early = memory(process.pid)
        late = memory(process.pid)
    return [
        "| | asked for | measured |", "|---|---|---|",
        f"| memory after {done:,} reruns to that after 500 | at most 1.10 | {late / early:.2f} |",
    ]  # fmt: skip


def _ratio(found: dict[str, list[Result]], page: str, to: str, value: Callable[[Result], float]) -> float:
    """Return how much a page has to another of the same round, the median of the rounds."""
    return statistics.median(value(one) / value(other) for one, other in zip(found[page], found[to], strict=True))
