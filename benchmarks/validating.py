"""Reading and checking the same tables in three ways, each printed in processor seconds; run in processes of their own.

Each way is first tried on the small tables of `datasets/`, so that what is imported on first use is not counted.
"""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from validation.dataset import DEFAULT_FOLDER
from validation.models import SCHEMAS


def _timed(work: Callable[[], int]) -> None:
    start = time.process_time()
    found = work()
    if found:
        raise RuntimeError(f"{found} findings in tables that are valid")
    print(time.process_time() - start)  # noqa: T201


def package(tables: str, target: str) -> None:
    """Write the tables as a Data Package, for frictionless."""
    from exports.package import archive
    from validation import load

    def work() -> int:
        with zipfile.ZipFile(io.BytesIO(archive(load(tables)))) as packed:
            packed.extractall(target)
        return 0

    _timed(work)


def columns_and_references(tables: str, _: str = "") -> None:
    """Read and check with the models' columns, and the references between tables."""
    from validation import reading, rules
    from validation.column_findings import column_findings

    def work(tables: Path | str) -> int:
        read = {name: reading.read(Path(tables) / f"{name}.csv", schema) for name, schema in SCHEMAS.items()}
        found = [finding for _, findings in read.values() for finding in findings]
        frames = {name: frame for name, (frame, _) in read.items() if frame is not None}
        for name, frame in frames.items():
            found += column_findings(frame, name, set())
        for rule in rules.RULES:
            if rule.rule_id in ("references.resolve", "rows.unique"):
                found += rule.find(frames)
        return len(found)

    work(DEFAULT_FOLDER)
    _timed(lambda: work(tables))


def frictionless(small: str, folder: str) -> None:
    """Check a package with frictionless: types, limits, keys and foreign keys."""
    from frictionless import validate

    def work(package: str) -> int:
        return len(validate(str(Path(package) / "datapackage.json")).flatten(["type"]))

    work(small)
    _timed(lambda: work(folder))


def everything(tables: str, _: str = "") -> None:
    """Read and check with every rule, as the dashboard does."""
    from validation import load

    load()
    _timed(lambda: len(load(tables).findings))


def comparing(tables: str) -> None:
    """Compare every claim with the published counts and say the sentences, the tables read before."""
    from analysis.comparison_words import comparisons
    from validation import load

    comparisons(load(DEFAULT_FOLDER))
    dataset = load(tables)
    _timed(lambda: 0 * len(comparisons(dataset)))
