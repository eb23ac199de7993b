"""Adding a report: what is said of it, its text and its original; whole or not at all.

Why: a report must come in with its date, its address and its text, each of them stated by somebody: the curator, or the page itself.
Here: what a page and a curator say put together, and the row, the texts and the publisher that come of it. Not here: reading
files (`texts.py`), claims (`adding.py`).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from curation.names import refuse_like, slug
from curation.refusals import RefusedError, checked, good_tables, typed
from curation.texts import ReadText, read
from validation import Dataset, Finding, numbers
from validation.evidence import original_name
from validation.models import SCHEMAS
from validation.vocabulary import USUAL_PUBLISHER, USUAL_SOURCE
from validation.writing import write_file, write_tables


@dataclass(frozen=True)
class NewSource:
    """What is said of a report; blank id and short name are made from publisher and date."""

    publisher: str
    title: str
    published: str
    url: str
    source_id: str = ""
    short_name: str = ""
    authors: str = ""
    language: str = "en"
    kind: str = USUAL_SOURCE


@dataclass(frozen=True)
class Proposal:
    """A report as it would be added; `read_from_it` names the fields of `new` that the page says of itself."""

    file: Path
    text: ReadText
    new: NewSource
    read_from_it: tuple[str, ...]

    @property
    def to_confirm(self) -> bool:
        """Whether a person must see it first: all but plain text, which a curator made."""
        return self.text.original is not None


OPTIONS = {
    "publisher": "--publisher NAME",
    "title": "--title TITLE",
    "published": "--published DATE",
    "url": "--url ADDRESS",
}
"""What a report must have, and the options that give it where the page does not."""
_STATED = (*OPTIONS, "authors", "language")


def propose(file: Path, given: Mapping[str, str]) -> Proposal:
    """Read a report and put together what it says of itself and what the curator gives, which goes before.

    Raises RefusedError: a file that is no report, and each thing that neither says, by the option that gives it.
    """
    text = read(file)
    if isinstance(text, Finding):
        raise RefusedError([text])
    given = {name: value for name, value in given.items() if value}
    stated = {name: value for name in _STATED if name not in given and (value := getattr(text, name))}
    values = stated | given
    missing = [name for name in OPTIONS if name not in values]
    if missing:
        hint = f" ({text.published_from})" if text.published_from else ""
        raise RefusedError(
            [
                Finding(
                    str(file), 0, OPTIONS[name].split()[0], "curation.not_stated",
                    f"the file does not state its {_CALLED[name]}{hint if name == 'published' else ''}", f"Give {OPTIONS[name]}",
                )
                for name in missing
            ]
        )  # fmt: skip
    return Proposal(file, text, NewSource(**values), tuple(stated))


_CALLED = {"publisher": "publisher", "title": "title", "published": "date of publication", "url": "address"}


def add_source(
    folder: Path, reports: Path, file: Path, new: NewSource, *, text: ReadText | None = None, anyway: bool = False
) -> str:
    """Add a report: its row with the hash of its text, its publisher where unknown, the text as `<source_id>.txt`, its original beside it.

    `text`: what was read from the file, where it was read already. Gives the source id. Raises RefusedError with the reasons: a file
    that is no report, a text without a number or already known; a bad date or address; an id that is taken; a publisher whose name
    is like a known one (unless `anyway`).
    """
    found = text or read(file)
    if isinstance(found, Finding):
        raise RefusedError([found])
    with good_tables(folder, reports) as dataset:
        _refuse_text(file, found, dataset)
        organisations = dataset.table("organisations")
        source_id, publisher_id = _ids(new, dataset, file)
        year = new.published[:4]
        row = {
            "source_id": source_id, "short_name": new.short_name or _free(f"{new.publisher} {year}", dataset.table("sources")["short_name"]),
            "kind": new.kind, "publisher_id": publisher_id, "title": new.title, "authors": new.authors, "published": new.published,
            "url": new.url, "language": new.language, "text_sha256": _sha256(found.data),
            "original_sha256": None if found.original is None else _sha256(found.original),
        }  # fmt: skip
        tables = {}
        if publisher_id not in set(organisations["organisation_id"]):
            if not anyway:
                refuse_like({"--publisher": new.publisher}, organisations, str(file))
            known = {"organisation_id": publisher_id, "name": new.publisher, "kind": USUAL_PUBLISHER}
            tables["organisations"] = pd.concat(
                [organisations, typed(pd.DataFrame([known]), SCHEMAS["organisations"])], ignore_index=True
            )
        tables["sources"] = pd.concat(
            [dataset.table("sources"), typed(pd.DataFrame([row]), SCHEMAS["sources"])], ignore_index=True
        )
        faults = checked(folder, None, tables).findings
        if faults:
            raise RefusedError(sorted({replace(fault, file=str(file), line=0) for fault in faults}))
        reports.mkdir(parents=True, exist_ok=True)
        kept = {reports / f"{source_id}.txt": found.data}
        if found.original is not None:
            kept[reports / original_name(source_id, found.ending)] = found.original
        for path, data in kept.items():
            if path.exists() and path.read_bytes() != data:
                action = "Move it away, or give another --source-id"
                raise RefusedError(
                    [Finding(str(path), 0, "", "curation.text_there", "another text has this name", action)]
                )
        for path, data in kept.items():
            write_file(path, data)
        write_tables(folder, tables)
    return source_id


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refuse_text(file: Path, text: ReadText, dataset: Dataset) -> None:
    """Refuse a text without a number, and one that is in the tables already, from this file or from another."""
    sources = dataset.table("sources")
    same = sources["text_sha256"] == _sha256(text.data)
    if text.original is not None:
        same |= sources["original_sha256"] == _sha256(text.original)
    words = " ".join(text.paragraphs)
    known = [
        *sources.loc[same.fillna(value=False), "source_id"],
        *(source_id for source_id, other in dataset.texts.items() if " ".join(other.paragraphs) == words),
    ]
    if known:
        problem = f"this text is known already, as {known[0]}"
        raise RefusedError([Finding(str(file), 0, "", "curation.known_text", problem, "Add claims to that source")])
    if not any(numbers.mentions(paragraph, {}) for paragraph in text.paragraphs):
        problem = "the text holds no number"
        raise RefusedError(
            [Finding(str(file), 0, "", "curation.no_number", problem, "Check that it is the right text")]
        )


def _ids(new: NewSource, dataset: Dataset, file: Path) -> tuple[str, str]:
    """Return the id of the source and of its publisher."""
    organisations = dataset.table("organisations")
    same = organisations.loc[organisations["name"].str.casefold() == new.publisher.casefold(), "organisation_id"]
    publisher_id = same.iloc[0] if len(same) else slug(new.publisher)
    publisher_id = publisher_id or re.sub(r"(?:-?[0-9]{4}(?:-[0-9]{2}){0,2}[a-z]?)?$", "", new.source_id)
    if not publisher_id:
        problem = f"no id can be made from the publisher “{new.publisher}”"
        action = "Give --source-id in lower-case letters, for example name-2019-07-12"
        raise RefusedError([Finding(str(file), 0, "--publisher", "curation.no_id", problem, action)])
    taken = dataset.table("sources")["source_id"]
    return new.source_id or _free(f"{publisher_id}-{new.published}", taken), publisher_id


def _free(name: str, taken: pd.Series) -> str:
    """Return a name that is not taken, with a letter behind it where needed: b, c and so on."""
    letters = ["", *"bcdefghijklmnopqrstuvwxyz"]
    return next(f"{name}{letter}" for letter in letters if f"{name}{letter}" not in set(taken))
