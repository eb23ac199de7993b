"""The record: all tables, read and checked at one moment, as one value.

Why: pages, exports and commands must speak of the same rows and the same version. Here: the value, and `load`, the
only way in to the tables. Not here: keeping it up to date while a server runs (`current.py`).
"""

import hashlib
import os
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pandas as pd

import validation.claim_rules
import validation.curation_rules
import validation.place_rules
import validation.reference_rules  # noqa: F401  (registers its rules)
from validation import about as about_toml
from validation import boundaries, coverage, dates, evidence, models, reading, rules
from validation.about import About
from validation.boundaries import Boundaries
from validation.column_findings import column_findings
from validation.columns import ID
from validation.evidence import Text
from validation.findings import Finding
from validation.memo import Memo
from validation.writing import ORDER

LONGEST_NAME = 200
"""Characters of a source id that can be the name of a file."""

Made = TypeVar("Made")

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "datasets"

VERSION = r"v[0-9a-f]{12}"
"""A data version. The letter in front keeps spreadsheets and pandas from reading 12e456789012 as a number; versions were without it once."""


def as_version(text: str) -> str | None:
    """Return a data version as it is written today, whether or not it was written without its letter; None for what is no version."""
    written = f"v{text.removeprefix('v')}"
    return written if re.fullmatch(VERSION, written) else None


def datasets_folder() -> Path:
    """Return the folder of the tables: DATASETS_DIR where it is set, else `datasets/` beside this package."""
    return Path(os.environ.get("DATASETS_DIR") or DEFAULT_FOLDER)


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of a folder with their version and findings; never changed after it is made, equal only to itself.

    `findings` are those of the tables' rules: they make the tables unfit to show. `reference_findings` block the
    comparison alone; `evidence_findings` and `ledger_findings` are shown and block nothing. `checks` counts the
    checks that ran, `skipped` names the rules that could not run because a table that they need cannot be read.
    `texts`: the archived texts available, by source id. `about`: what the tables are about. `boundaries`: what a map
    draws, None where the folder has no map.
    """

    version: str
    findings: tuple[Finding, ...]
    reference_findings: tuple[Finding, ...]
    evidence_findings: tuple[Finding, ...]
    ledger_findings: tuple[Finding, ...]
    rows: Mapping[str, int]
    checks: int
    skipped: tuple[str, ...]
    texts: Mapping[str, Text]
    about: About
    boundaries: Boundaries | None
    _tables: Mapping[str, pd.DataFrame]
    _states: pd.DataFrame
    _accounts: pd.DataFrame
    _memo: Memo = field(default_factory=Memo, repr=False)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, typed, rows from 0; a table that cannot be read is empty. Changing it changes nothing here."""
        return self._tables[name].copy(deep=False)

    def states(self) -> pd.DataFrame:
        """Return `claim_id`, evidence `state` and `checked_on` (blank unless recorded) of each claim."""
        return self._states.copy(deep=False)

    def accounts(self) -> pd.DataFrame:
        """Return for each source the numbers `met`, its `claims`, the `dismissed` and the `open` ones."""
        return self._accounts.copy(deep=False)

    def kept(self, key: Hashable, make: Callable[[], Made], size_of: Callable[[Made], int] = lambda _: 0) -> Made:
        """Return what was made from these tables under that key, made now where it was not (`memo.py`)."""
        return self._memo.get_or_make(key, make, size_of)

    def kept_already(self, key: Hashable) -> Any | None:
        """Return what was made from these tables under that key, None where nothing was; never waits."""
        return self._memo.get(key)

    @property
    def country(self) -> str:
        """The name of the country at war; its id where places.csv does not have it."""

        def make() -> str:
            names = self._tables["places"].set_index("place_id")["name"]
            return str(names.get(self.about.country, self.about.country))

        return self.kept("country", make)

    @property
    def good(self) -> bool:
        """Whether the tables may be shown."""
        return not self.findings


def load(
    folder: Path | str | None = None, reports: Path | str | None = None, *, only: Collection[str] | None = None
) -> Dataset:
    """Read, check and return the tables of a folder, with the archived texts of another. Never raises for bad data.

    `folder`: default `datasets_folder()`. `reports`: default `evidence.reports_folder()`, which may be None. `only`: the sources
    whose texts are read (default: all): whoever asks about one report need not wait for hundreds.
    """
    where = Path(folder) if folder is not None else datasets_folder()
    archive = Path(reports) if reports is not None else evidence.reports_folder()
    tables: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    reference: list[Finding] = []
    beside: list[Finding] = []
    contents: dict[str, bytes] = {}
    digests: dict[str, bytes] = {}
    checks = 0
    # Not in the order of writing: whatever is written meanwhile, a row finds the one that it names.
    for name in reversed(ORDER):
        into = beside if name in models.UNVERSIONED else reference if name in models.REFERENCE else findings
        data = reading.contents(where / f"{name}.csv")
        if isinstance(data, Finding):
            into.append(data)
            continue
        contents[name] = data
        table = _checked(name, data)
        into += table.faults
        if table.frame is not None:
            tables[name], digests[name] = table.frame, table.digest
            checks += sum(2 + column.unique + len(column.checks) for column in models.SCHEMAS[name].columns.values())
    skipped = []
    for rule in rules.RULES:
        if all(name in tables for name in rule.needs):
            checks += 1
            needs = set(rule.needs)
            into = (
                beside if needs & set(models.UNVERSIONED) else reference if needs & set(models.REFERENCE) else findings
            )
            into += _found((rule, *(digests[name] for name in rule.needs)), rule.find, tables)
        else:
            skipped.append(f"{rule.rule_id} ({', '.join(rule.needs)})")
    whole = {name: tables[name] if name in tables else _empty(name) for name in models.SCHEMAS}
    subject, about_faults = _about(where)
    map_of, map_faults = _boundaries(where)
    findings += [*about_faults, *map_faults]
    if not about_faults:
        for name, begun in (("claims", findings), ("observations", reference)):
            key = (subject.began, name, digests.get(name))
            begun.extend(_found(key, about_toml.beginnings, subject, name, whole[name]))
    if not about_faults and "places" in tables:
        findings += about_toml.check(subject, tables["places"])
        if map_of is not None and len(tables["places"]):
            findings += boundaries.check(map_of, tables["places"], subject.admin1)
    texts, missing = _texts(whole["sources"], archive, only)
    states, contradictions = _against_texts(evidence.check, evidence.NEEDS, digests, whole, texts)
    accounts, gaps = _against_texts(coverage.check, coverage.NEEDS, digests, whole, texts)
    version = hashlib.sha256(b"".join(contents[name] for name in sorted(contents) if name not in models.UNVERSIONED))
    return Dataset(
        version=f"v{version.hexdigest()[:12]}",
        findings=tuple(sorted(set(findings))),
        reference_findings=tuple(sorted(set(reference))),
        evidence_findings=tuple(sorted({*beside, *missing, *contradictions})),
        ledger_findings=tuple(sorted(set(gaps))),
        rows=MappingProxyType({name: len(table) for name, table in whole.items()}),
        checks=checks,
        skipped=tuple(skipped),
        texts=MappingProxyType(texts),
        about=subject,
        boundaries=map_of,
        _tables=MappingProxyType({name: table.reset_index(drop=True) for name, table in whole.items()}),
        _states=states.reset_index(drop=True),
        _accounts=accounts,
    )


def _about(folder: Path) -> tuple[About, list[Finding]]:
    """Read what the tables are about."""
    data = reading.contents(folder / about_toml.FILE)
    if isinstance(data, Finding):
        return About(), [replace(data, action="Put it back, or write one as datasets/about.toml is")]
    return _found_before.get_or_make((about_toml.FILE, hashlib.sha256(data).digest()), lambda: about_toml.read(data))


def _boundaries(folder: Path) -> tuple[Boundaries | None, list[Finding]]:
    """Read the map; a folder may have none."""
    data = reading.contents(folder / boundaries.FILE)
    if isinstance(data, Finding):
        return None, [] if data.rule == "file.missing" else [data]
    key = (boundaries.FILE, hashlib.sha256(data).digest())
    found = _found_before.get_or_make(key, lambda: boundaries.read(data), lambda _: len(data))
    return (found, []) if isinstance(found, Boundaries) else (None, found)


@dataclass(frozen=True)
class _Table:
    """What the contents of a file gave: told apart by their SHA-256."""

    digest: bytes
    size: int
    frame: pd.DataFrame | None
    faults: tuple[Finding, ...]


_seen: dict[str, tuple[_Table, ...]] = {}
"""Of each table the contents last seen, the newest first: mostly one table of many has changed, and a desk reads two folders in turn."""
KEPT_VERSIONS, KEPT_BYTES = 4, 2**20
"""Contents of a table that are kept, and how large they may be together; the newest are kept whatever their size."""
_found_before = Memo(max_bytes=64 * 2**20)
"""What was found, by what was looked for and the contents (SHA-256) of the tables, texts and other files that it was looked for in."""


def _checked(name: str, data: bytes) -> _Table:
    """Read a table and check its columns, where its contents were not seen lately."""
    digest, seen = hashlib.sha256(data).digest(), _seen.get(name, ())
    table = next((one for one in seen if one.digest == digest), None)
    if table is None:
        frame, faults = reading.parse(data, f"{name}.csv", models.SCHEMAS[name])
        if frame is not None and len(frame):
            faults += column_findings(frame, name, {(fault.line, fault.column) for fault in faults})
        table = _Table(digest, len(data), frame, tuple(faults))
    others = tuple(one for one in seen if one is not table)[: KEPT_VERSIONS - 1]
    _seen[name] = (table, *others) if sum(one.size for one in (table, *others)) <= KEPT_BYTES else (table,)
    return table


def _found(key: Hashable, search: Callable[..., Iterable[Finding]], *given: object) -> tuple[Finding, ...]:
    """Search what is given, where it was not searched before; `key` tells both apart."""
    return _found_before.get_or_make(key, lambda: tuple(search(*given)))


def _against_texts(
    check: Callable[..., tuple[pd.DataFrame, list[Finding]]],
    needs: Sequence[str],
    contents: Mapping[str, bytes],
    tables: Mapping[str, pd.DataFrame],
    texts: Mapping[str, Text],
) -> tuple[pd.DataFrame, list[Finding]]:
    """Check tables against the archived texts, where the ones that it needs were not checked against the same texts before."""
    available = tuple((source_id, text.sha256) for source_id, text in texts.items())
    key = (check, dates.latest_day(), available, *(contents.get(name) for name in needs))
    return _found_before.get_or_make(
        key, lambda: check(tables, texts), lambda found: int(found[0].memory_usage(deep=True).sum())
    )


def checks_failed(error_id: str) -> Dataset:
    """Return a record without rows that says that the checks themselves failed, and which error of the log it was."""
    whole = {name: _empty(name) for name in models.SCHEMAS}
    problem = f"the checks themselves failed on what is in them; see error id {error_id} in the log"
    finding = Finding(
        "all tables", 0, "", "file.checks_failed", problem, "Take the last change back, and report the error id"
    )
    return Dataset(
        version="",
        findings=(finding,),
        reference_findings=(),
        evidence_findings=(),
        ledger_findings=(),
        rows=MappingProxyType(dict.fromkeys(whole, 0)),
        checks=0,
        skipped=(),
        texts=MappingProxyType({}),
        about=About(),
        boundaries=None,
        _tables=MappingProxyType(whole),
        _states=evidence.check(whole, {})[0],
        _accounts=coverage.check(whole, {})[0],
    )


def _texts(
    sources: pd.DataFrame, archive: Path | None, only: Collection[str] | None
) -> tuple[dict[str, Text], list[Finding]]:
    """Read the archived text of each source, or of some; without a folder there is none, and that is no fault."""
    if archive is None:
        return {}, []
    sources = sources if only is None else sources[sources["source_id"].isin(list(only))]
    named = sources["source_id"].dropna().drop_duplicates()
    safe = named[named.str.fullmatch(ID.removesuffix(r"\Z")) & (named.str.len() <= LONGEST_NAME)]
    read = {source_id: evidence.read_text(archive / f"{source_id}.txt") for source_id in safe}
    texts = {source_id: text for source_id, text in read.items() if isinstance(text, Text)}
    faults = [text for text in read.values() if isinstance(text, Finding)]
    return texts, [*faults, *evidence.changed_originals(sources, archive, texts)]


def _empty(name: str) -> pd.DataFrame:
    kinds = {
        c: str(d.dtype) if str(d.dtype) in reading.NUMBERS else "str" for c, d in models.SCHEMAS[name].columns.items()
    }
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in kinds.items()})
