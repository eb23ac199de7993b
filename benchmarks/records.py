"""The tables as curators and servers feel them: reading and checking, comparing, taking up a change, the desk among many reports."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pandas as pd

from benchmarks.generate import COUNTS, generate
from benchmarks.servers import ROOT, free_port, ours, server, stock, streamlit


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


def changes(claims: int) -> list[str]:
    """Change a note in the claims while a server runs, three times, and wait until it serves the new version: tables of today, and many."""
    took = {}
    with tempfile.TemporaryDirectory() as name:
        folders = {"today’s tables": Path(name) / "today", f"{claims:,} claims": Path(name) / "many"}
        shutil.copytree(ROOT / "datasets", folders["today’s tables"])
        generate(folders[f"{claims:,} claims"], claims)
        for what, folder in folders.items():
            port = free_port()
            with ours(port, folder):
                took[what] = statistics.median(_taken_up(port, folder / "claims.csv", f"note {at}") for at in range(3))
    return [
        "Seconds from the writing of a claim to the first answer with the new version, the second between two looks at the files among them.", "",
        "| | asked for, beside the second | measured |", "|---|---|---|",
        *(f"| {what} | {most} | {seconds:.2f} |" for (what, seconds), most in zip(took.items(), ("under 0.5", "under 3"), strict=True)),
    ]  # fmt: skip


def _taken_up(port: int, path: Path, note: str) -> float:
    """Change the summary of the first claim and ask until the version is another; return the seconds."""
    address = f"http://127.0.0.1:{port}/api/v1/health"

    def version() -> str:
        with urllib.request.urlopen(address) as answer:
            return str(json.load(answer)["data_version"])

    before, rows = version(), pd.read_csv(path, dtype="str", keep_default_na=False)
    rows.loc[0, "summary"] = f"Said for a benchmark: {note}"
    new = path.with_name("claims.csv.new")
    rows.to_csv(new, index=False, lineterminator="\n")
    start = time.perf_counter()
    new.replace(path)
    while version() == before:
        if time.perf_counter() - start > 120:
            raise RuntimeError("the change was not taken up")
        time.sleep(0.02)
    return time.perf_counter() - start


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


def desk() -> list[str]:
    """Let a curator open lists and reports at the desk and decide, and run its functions and commands, among 500 reports."""
    from benchmarks import corpus
    from benchmarks import desk as desk_of

    with tempfile.TemporaryDirectory() as name:
        folder, port, bare_port = Path(name), free_port(), free_port()
        made = corpus.make(folder)
        chosen = {"DATASETS_DIR": made.datasets, "REPORTS_DIR": made.reports, "DRAFTS_DIR": made.drafts}
        command = streamlit("curation/desk/desk.py", port)
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
