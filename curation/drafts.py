"""A reader's decisions on one text, kept on disk until they are applied: one file per text and reader, only ever added to.

Why: a reader who is interrupted, or whose machine is, loses nothing that was confirmed, can take a decision back, and does not
see what the other reader of the same text decided until both are done. A line is one step; the state of a row is in its last
line. A line that was cut off is never read: the next step marks it as torn and begins a new one. Here: keeping decisions as
they were typed. Not here: what a good decision is (`adding.py` refuses), how two readings differ (`agreement.py`).
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from curation.refusals import RefusedError
from validation import Finding
from validation.columns import ID
from validation.dataset import LONGEST_NAME
from validation.findings import shown
from validation.writing import SECONDS_TO_WAIT, BusyError, write_file

MAX_NAME = 40
"""Characters of the name of a reader, and of the id of a number."""
TAIL = 4096
"""Bytes that are read at first from the end of a draft to list it."""
TORN = b"~torn"
"""Ends a line that was cut off: with it no line is JSON, however much of it was written."""
BEGUN, SAVED, UNDONE, FINISHED, REOPENED, COMPARED = "begun", "saved", "undone", "finished", "reopened", "compared"
_ALWAYS: dict[str, Any] = {"what": str, "on": str, "reader": str, "decided": int, "done": bool}
_ROW: dict[str, Any] = {"number_id": str, "cells": dict | None}
_NEEDS: dict[str, dict[str, Any]] = {BEGUN: {"text_sha256": str}, SAVED: _ROW, UNDONE: _ROW}
DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "drafts"


def drafts_folder() -> Path:
    """Return the folder of the drafts: DRAFTS_DIR where it is set, else `drafts/` in the project folder."""
    return Path(os.environ.get("DRAFTS_DIR") or DEFAULT_FOLDER)


@dataclass(frozen=True, eq=False)
class Draft:
    """What a reader has decided of a text so far.

    `rows`: index `number_id`, columns `decided_on` (UTC) and the cells as typed, in the order in which the numbers were first
    saved. `undoable`: how many steps can be taken back. `stale`: it was made for another version of the archived text.
    `blind`: its reader must not see what others, or the tables, say of the numbers. `compared`: it was laid beside another
    reader's, so it is not changed any more. `unreadable`: lines that something else than this module spoilt; what they held
    is not in `rows`.
    """

    source_id: str
    reader: str
    text_sha256: str
    begun_on: str
    rows: pd.DataFrame
    done: bool
    undoable: int
    stale: bool = False
    blind: bool = False
    compared: bool = False
    unreadable: int = 0

    @property
    def decided(self) -> int:
        """How many numbers have a decision."""
        return int((self.rows["decision"].fillna("") != "").sum()) if "decision" in self.rows else 0


@dataclass
class _State:
    """What the lines of a draft come to."""

    reader: str = ""
    text_sha256: str = ""
    begun_on: str = ""
    rows: dict[str, dict[str, str | None]] = field(default_factory=dict)
    steps: list[tuple[str, dict[str, str | None] | None]] = field(default_factory=list)
    done: bool = False
    blind: bool = False
    compared: bool = False
    unreadable: int = 0

    def take(self, entry: Mapping[str, Any]) -> None:
        """Take up one step."""
        what = entry["what"]
        if what == BEGUN:
            self.reader, self.begun_on = self.reader or entry["reader"], self.begun_on or entry["on"]
            self.text_sha256 = entry["text_sha256"]
            self.blind |= bool(entry.get("blind"))
        elif what in (SAVED, UNDONE):
            number_id = entry["number_id"]
            if what == SAVED:
                self.steps.append((number_id, self.rows.get(number_id)))
            elif self.steps:
                self.steps.pop()
            if entry["cells"] is None:
                self.rows.pop(number_id, None)
            else:
                self.rows[number_id] = entry["cells"]
        self.done = entry["done"]
        self.compared |= what == COMPARED

    @property
    def decided(self) -> int:
        """How many numbers have a decision."""
        return sum(bool(cells.get("decision")) for cells in self.rows.values())


def begin(folder: Path, source_id: str, reader: str, text_sha256: str, *, blind: bool = False) -> Draft:
    """Begin a draft, or return the one that this reader has of this text: flagged as stale where the text is another now.

    `blind`: a second reading of what the tables hold already.
    """
    path = _path(folder, source_id, reader)
    with _held(path):
        if _state(path) is None:
            _append(path, _State(reader=_name(reader)), BEGUN, text_sha256=text_sha256, blind=blind)
    return _needed(folder, source_id, reader, text_sha256)


def not_begun(source_id: str, reader: str, text_sha256: str, *, blind: bool = False) -> Draft:
    """Return the draft of a reader who has decided nothing yet; nothing is on the disk."""
    return _draft(source_id, _State(_name(reader), text_sha256, blind=blind), text_sha256)


def read(folder: Path, source_id: str, reader: str, text_sha256: str = "") -> Draft | None:
    """Return the draft of this reader, None where there is none; `text_sha256`: of the text as it is now, if known."""
    path = _path(folder, source_id, reader)
    state = _state(path)
    return None if state is None else _draft(source_id, state, text_sha256)


def save(folder: Path, source_id: str, reader: str, number_id: str, cells: Mapping[str, str | None]) -> None:
    """Keep the row of a number as it was typed; when this returns it is on the disk."""
    texts = [number_id, *cells, *filter(None, cells.values())]
    if not number_id.strip() or len(number_id) > MAX_NAME or any(not _is_text(text) for text in texts):
        problem = f"the number {shown(number_id)} has no id, a long one, or a cell that is no text"
        raise _refused(f"{source_id}, {reader}", "cells", problem, "Type the cell again")
    with _open(folder, source_id, reader) as (path, state):
        _append(path, state, SAVED, number_id=number_id, cells=dict(cells) | {"decided_on": _now()})


def undo(folder: Path, source_id: str, reader: str) -> str | None:
    """Take the last step that was not taken back yet back; return the number that went back, None where there is none.

    Nothing is deleted: the row as it was before is written again.
    """
    with _open(folder, source_id, reader) as (path, state):
        if not state.steps:
            return None
        number_id, before = state.steps[-1]
        _append(path, state, UNDONE, number_id=number_id, cells=before)
    return number_id


def carry_over(folder: Path, source_id: str, reader: str, text_sha256: str) -> Draft:
    """Say that the decisions hold for the text as it is now; return the draft, which is stale no longer."""
    with _open(folder, source_id, reader) as (path, state):
        _append(path, state, BEGUN, text_sha256=text_sha256)
    return _needed(folder, source_id, reader, text_sha256)


def finish(folder: Path, source_id: str, reader: str) -> None:
    """Say that the reading is done; it is not changed any more unless it is opened again."""
    with _open(folder, source_id, reader) as (path, state):
        _append(path, replace(state, done=True), FINISHED)


def reopen(folder: Path, source_id: str, reader: str) -> None:
    """Open a reading again that was done; refused after it was laid beside the other one, which its reader may have seen."""
    path = _path(folder, source_id, reader)
    with _held(path):
        state = _known(path, source_id, reader)
        if state.compared:
            problem = "the two readings were laid side by side already, so neither can be changed"
            raise _refused(str(path), "compared", problem, "Settle the differences instead")
        if state.done:
            _append(path, replace(state, done=False), REOPENED)


def both(folder: Path, source_id: str, readers: Sequence[str] = ()) -> tuple[Draft, Draft]:
    """Return the two readings of a text, the one begun first before the other; from then on neither is changed.

    `readers`: which two, where more have read it. Raises RefusedError until both are done: who reads second must not see
    what the first decided.
    """
    home = folder / _source(source_id)
    paths = sorted({_path(folder, source_id, reader) for reader in readers} or home.glob("*.jsonl"))
    states = {path: state for path in paths if (state := _state(path)) is not None}
    if len(states) != 2:
        problem = f"{len(states)} readers have a draft of this text, and two are compared"
        raise _refused(str(home), "readers", problem, "Let a second reader read it, or name the two")
    for path, state in states.items():
        _must_be_done(path, state)
    if len({state.text_sha256 for state in states.values()}) > 1:
        problem = "the two readings are of two versions of the text"
        raise _refused(str(home), "versions", problem, "Read the text again as it is now")
    for path, seen in states.items():
        with _held(path):
            state = _known(path, source_id, seen.reader)
            if state != seen:
                raise _refused(str(path), "changed", f"{shown(seen.reader)} has just changed it", "Try again")
            if not state.compared:
                _append(path, state, COMPARED)
    drafts = [_needed(folder, source_id, state.reader) for state in states.values()]
    one, other = sorted(drafts, key=lambda draft: draft.begun_on)
    return one, other


def alone(folder: Path, source_id: str, reader: str) -> Draft:
    """Return a reading that is laid beside what the tables hold; from then on it is not changed. Refused until it is done."""
    path = _path(folder, source_id, reader)
    with _held(path):
        state = _known(path, source_id, reader)
        _must_be_done(path, state)
        if not state.compared:
            _append(path, state, COMPARED)
    return _needed(folder, source_id, reader)


def listing(folder: Path) -> pd.DataFrame:
    """Return `source_id`, `reader`, `decided` (numbers), `done` and `saved_on` of every draft; only the ends of files are read."""
    found = [
        (path.parent.name, last["reader"], last["decided"], last["done"], last["on"])
        for path in sorted(folder.glob("*/*.jsonl"))
        if (last := _last(path)) is not None
    ]
    frame = pd.DataFrame(found, columns=["source_id", "reader", "decided", "done", "saved_on"])
    kinds = {"source_id": "str", "reader": "str", "decided": "int64", "done": "bool", "saved_on": "str"}
    return frame.astype(kinds).sort_values(["source_id", "reader"], ignore_index=True)


def _must_be_done(path: Path, state: "_State") -> None:
    if not state.done:
        problem = f"{shown(state.reader)} is not done, and no reader may see another’s decisions before that"
        raise _refused(str(path), "blind", problem, "Finish the reading first")


def _refused(file: str, rule: str, problem: str, action: str) -> RefusedError:
    return RefusedError([Finding(file, 0, "", f"drafts.{rule}", problem, action)])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _is_text(text: object) -> bool:
    """Whether it is text that every program can keep: half a character (a lone surrogate) is none."""
    return isinstance(text, str) and not re.search(r"[\ud800-\udfff]", text)


def _name(reader: str) -> str:
    """Return the name of a reader as it is kept; refuse a blank or long one, and one that hides something."""
    name = unicodedata.normalize("NFC", " ".join(reader.split()))
    if len(name) > MAX_NAME or not name.isprintable() or not re.search(r"\w", name):
        problem = f"{shown(reader)} is no name of at most {MAX_NAME} visible characters with a letter or a digit"
        raise _refused("reader", "reader", problem, "Choose a short name; it need not be your own")
    return name


def _source(source_id: str) -> str:
    if not re.fullmatch(ID.removesuffix(r"\Z"), source_id) or len(source_id) > LONGEST_NAME:
        raise _refused("drafts", "source", f"{shown(source_id)} is no source id", "Use an id of sources.csv")
    return source_id


def _path(folder: Path, source_id: str, reader: str) -> Path:
    """Return the file of a draft; readers whose names differ only in case are the same reader."""
    same = unicodedata.normalize("NFKC", _name(reader)).casefold()
    plain = unicodedata.normalize("NFKD", same).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:20] or "reader"
    return folder / _source(source_id) / f"{slug}-{hashlib.sha256(same.encode()).hexdigest()[:12]}.jsonl"


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a draft for one writer; a disk that refuses is said as a finding."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.stem}.lock"), timeout=SECONDS_TO_WAIT):
            yield
    except Timeout as busy:
        raise BusyError("another program is writing to this draft; try again when it has ended") from busy
    except OSError as error:
        raise _refused(
            str(path), "disk", f"the draft cannot be kept ({error.strerror})", "Correct that, then save again"
        ) from error


@contextmanager
def _open(folder: Path, source_id: str, reader: str) -> Iterator[tuple[Path, _State]]:
    """Hold a draft that is there and not done."""
    path = _path(folder, source_id, reader)
    with _held(path):
        state = _known(path, source_id, reader)
        if state.done:
            raise _refused(str(path), "done", "this reading is done", "Open it again before changing it")
        yield path, state


def _known(path: Path, source_id: str, reader: str) -> _State:
    state = _state(path)
    if state is None:
        raise _refused(str(path), "none", f"{shown(reader)} has no draft of {source_id}", "Begin one first")
    return state


def _needed(folder: Path, source_id: str, reader: str, text_sha256: str = "") -> Draft:
    return _draft(source_id, _known(_path(folder, source_id, reader), source_id, reader), text_sha256)


def _draft(source_id: str, state: _State, text_sha256: str) -> Draft:
    rows = pd.DataFrame.from_dict(state.rows, orient="index").rename_axis("number_id").astype("str")
    rows = rows.reindex(columns=["decided_on", *rows.columns.drop("decided_on", errors="ignore")])
    return Draft(
        source_id=source_id,
        reader=state.reader,
        text_sha256=state.text_sha256,
        begun_on=state.begun_on,
        rows=rows,
        done=state.done,
        undoable=len(state.steps),
        stale=text_sha256 not in ("", state.text_sha256),
        blind=state.blind,
        compared=state.compared,
        unreadable=state.unreadable,
    )


def _append(path: Path, state: _State, what: str, **more: object) -> None:
    """Write one step, after whatever was cut off before it, and bring it to the disk."""
    entry = {"what": what, "on": _now(), "reader": state.reader, "done": state.done, **more}
    state.take(entry)
    data = json.dumps(entry | {"decided": state.decided}).encode() + b"\n"
    if not path.exists():
        write_file(path, data)
        return
    with path.open("ab+") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            data = data if file.read(1) == b"\n" else TORN + b"\n" + data
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _entry(line: bytes) -> dict[str, Any] | None:
    """Return the step that a whole line holds, None where it holds none."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict):
        return None
    needs = _ALWAYS | _NEEDS.get(str(entry.get("what")), {})
    return entry if all(isinstance(entry.get(name), kind) for name, kind in needs.items()) else None


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _refused(
            str(path), "disk", f"the draft cannot be read ({error.strerror})", "Make it a readable file"
        ) from error


def _state(path: Path) -> _State | None:
    """Read a draft; what has no line end was cut off. None where it has not begun."""
    state = _State()
    for line in _contents(path).split(b"\n")[:-1]:
        entry = _entry(line)
        if entry is not None:
            state.take(entry)
        else:
            state.unreadable += not line.endswith(TORN)
    return state if state.begun_on else None


def _last(path: Path) -> dict[str, Any] | None:
    """Return the last step of a draft, reading no more of its end than is needed."""
    reach = TAIL
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        while True:
            start = max(0, size - reach)
            file.seek(start)
            lines = file.read(size - start).split(b"\n")[1 if start else 0 : -1]
            last = next((entry for line in reversed(lines) if (entry := _entry(line)) is not None), None)
            if last is not None or not start:
                return last
            reach *= 8
