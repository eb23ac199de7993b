"""Citations of reports, of single claims and of the data set: plain text, RIS, BibTeX and CSL-JSON.

Why: a reader who quotes a number must be able to name the report without looking it up. Authors stay as printed (no
name is split by guess), dates as precise as they are known, and what is missing is left out, never invented. Every
form is made from the same `Reference`. Not here: how a claim is said in a sentence (`analysis/phrasing.py`).
"""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd

from analysis import words
from analysis.phrasing import with_caveats
from exports.formats import Format
from validation import Dataset
from validation.vocabulary import SOURCE_KINDS, by_code

RIS_TYPES = {"article-newspaper": "NEWS", "report": "RPRT", "webpage": "ELEC", "dataset": "DATA"}
LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{mark: f"\\{mark}" for mark in "$&#_%"},
}  # fmt: skip
"""Characters that LaTeX reads as commands, with what prints them; braces stay balanced, because BibTeX counts them."""


@dataclass(frozen=True)
class Reference:
    """A document to cite. `issued` and `accessed` are dates of reduced precision, "" where not known."""

    key: str
    kind: str
    title: str
    container: str
    authors: tuple[str, ...] = ()
    issued: str = ""
    accessed: str = ""
    url: str = ""
    archived: str = ""
    language: str = ""
    version: str = ""
    notes: tuple[str, ...] = ()


def reports(dataset: Dataset, rows: pd.DataFrame, origin: str = "") -> list[Reference]:
    """Return the reports of rows of the claims view, by date, each with a note for every claim of the rows.

    `origin`: scheme and host under which the dashboard is read, for links to the claims; "" leaves them out.
    """
    publishers = dataset.table("organisations").set_index("organisation_id")["name"]
    written = pd.Series([note(row, origin) for row in rows.to_dict("records")], index=rows["source_id"], dtype="str")
    notes = written.groupby(level=0).agg(tuple).to_dict()
    sources = dataset.table("sources").sort_values(["published", "source_id"])
    return [
        report(source, publishers[source["publisher_id"]], notes[source["source_id"]])
        for source in sources[sources["source_id"].isin(notes)].to_dict("records")
    ]


def report(source: Mapping[Hashable, Any], publisher: str, notes: tuple[str, ...] = ()) -> Reference:
    """Return a row of `sources` with the name of its publisher as a document to cite."""
    known = {name: value if isinstance(value, str) else "" for name, value in source.items()}
    return Reference(
        key=source["source_id"],
        kind=by_code(SOURCE_KINDS)[source["kind"]].csl,
        title=source["title"],
        container=publisher,
        authors=tuple(known["authors"].split("; ")) if known["authors"] else (),
        issued=source["published"],
        accessed=known["accessed"],
        url=source["url"],
        archived=known["archived_url"],
        language=source["language"],
        notes=notes,
    )


def counts(dataset: Dataset, rows: pd.DataFrame) -> list[Reference]:
    """Return the publications of published counts (rows of `analysis.counts.published_counts`), each with what it counts."""
    return [
        Reference(
            key=row["observation_id"],
            kind="report",
            title=row["publication"],
            container=row["organisation"],
            issued=row["published"] if isinstance(row["published"], str) else "",
            url=row["url"],
            notes=(note_of_count(dataset, row),),
        )
        for row in rows.to_dict("records")
    ]


def note_of_count(dataset: Dataset, row: Mapping[Hashable, Any]) -> str:
    """Format a published count for the note of a citation: what it counts, its days, its id and version."""
    days = words.period(row["period_start"], row["period_end"], row["measure"])
    return f"{row['title']}: {row['said']}, {days}. Published count {row['observation_id']}, data version {dataset.version}."


def data_set(dataset: Dataset, url: str = "") -> Reference:
    """Return the data set itself, with its version and the day of its newest change; `url` where it is served."""
    return Reference(
        key=f"{dataset.about.file_prefix}-numbers-{dataset.version}",
        kind="dataset",
        title=dataset.about.title,
        container="",
        issued=changed(dataset),
        url=url,
        language="en",
        version=dataset.version,
    )


def changed(dataset: Dataset) -> str:
    """Return the day of the newest change of data, "" where none is on record."""
    days = dataset.table("changes")["date"]
    return "" if days.empty else str(days.max())


def note(claim: Mapping[Hashable, Any], origin: str = "") -> str:
    """Format a claim for the note of a citation: the sentence, its place in the report, its doubts, its id and version."""
    link = f" {origin}/?claim={claim['claim_id']}" if origin else ""
    return (
        f"{with_caveats(claim)} Paragraph {claim['paragraph']}. "
        f"Claim {claim['claim_id']}, data version {claim['data_version']}.{link}"
    )


def as_text(reference: Reference) -> str:
    """Cite in one plain style: Authors. “Title.” Publisher, date. Address (read on a day). Archived copy."""
    authors = f"{', '.join(reference.authors)}. " if reference.authors else ""
    ending = "" if reference.title.endswith(("?", "!", ".", "…")) else "."
    address = f" {reference.url}" if reference.url else ""
    address += f" (read {words.date(reference.accessed)})" if reference.accessed else ""
    address += f" Archived: {reference.archived}" if reference.archived else ""
    if reference.kind == "dataset":
        date = f", {words.date(reference.issued)}" if reference.issued else ""
        return f"{reference.title}. Data set, version {reference.version}{date}.{address}"
    title = words.quoted(f"{reference.title}{ending}")
    return f"{authors}{title} {reference.container}, {words.date(reference.issued or None)}.{address}"


def as_texts(references: Iterable[Reference]) -> str:
    """Cite several documents as plain text, one a paragraph, each with its notes beneath it."""
    return "\n\n".join("\n".join([as_text(cited), *cited.notes]) for cited in references) + "\n"


def as_csl(references: Iterable[Reference]) -> str:
    """Return the references as CSL-JSON (citationstyles.org, schema 1.0.2)."""
    items = []
    for reference in references:
        item: dict[str, object] = {"id": reference.key, "type": reference.kind, "title": reference.title}
        known = {
            "container-title": reference.container,
            "URL": reference.url,
            "archive_location": reference.archived,
            "language": reference.language,
            "version": reference.version,
            "note": "\n".join(reference.notes),
        }
        item |= {field: value for field, value in known.items() if value}
        if reference.authors:
            item["author"] = [{"literal": name} for name in reference.authors]
        for field, date in (("issued", reference.issued), ("accessed", reference.accessed)):
            if date:
                item[field] = {"date-parts": [[int(part) for part in date.split("-")]]}
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def as_ris(references: Iterable[Reference]) -> str:
    """Return the references as RIS; an unknown month or day is an empty part of the date."""
    lines: list[str] = []
    for reference in references:
        year, month, day = (*reference.issued.split("-"), "", "")[:3]
        fields = [
            ("TY", RIS_TYPES[reference.kind]), ("ID", reference.key), ("TI", reference.title), *(("AU", name) for name in reference.authors),
            ("T2", reference.container), ("PY", year), ("DA", f"{year}/{month}/{day}/" if year else ""),
            ("ET", reference.version), ("LA", reference.language), ("UR", reference.url), ("Y2", reference.accessed.replace("-", "/")),
            *(("N1", text) for text in reference.notes), ("ER", ""),
        ]  # fmt: skip
        lines += [f"{tag}  - {value}" for tag, value in fields if value or tag == "ER"]
    return "\r\n".join(lines) + "\r\n"


def as_bibtex(references: Iterable[Reference]) -> str:
    """Return the references as BibTeX entries of the type @misc, which every style knows, in UTF-8."""
    entries = []
    for reference in references:
        year, month, day = (*reference.issued.split("-"), "", "")[:3]
        authors = " and ".join(f"{{{_latex(name)}}}" for name in reference.authors)
        about = [f"Version {reference.version}"] if reference.version else []
        fields = {
            "author": authors, "title": f"{{{_latex(reference.title)}}}", "howpublished": _latex(reference.container),
            "year": year, "month": words.MONTHS[int(month) - 1][:3].lower() if month else "",
            "day": day.lstrip("0"), "url": quote(reference.url, safe="%:/?#[]@!$&'()*+,;=~-._"),
            "urldate": reference.accessed, "note": " ".join(_latex(text) for text in [*about, *reference.notes]),
        }  # fmt: skip
        bare = {"month"}
        lines = [f"  {name} = {value if name in bare else f'{{{value}}}'}" for name, value in fields.items() if value]
        entries.append(f"@misc{{{reference.key},\n" + ",\n".join(lines) + "\n}\n")
    return "\n".join(entries)


def _latex(text: str) -> str:
    return "".join(LATEX.get(mark, mark) for mark in text)


FORMATS: tuple[Format[Iterable[Reference], str], ...] = (
    Format("ris", "RIS", "application/x-research-info-systems", as_ris),
    Format("bib", "BibTeX", "application/x-bibtex", as_bibtex),
    Format("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", as_csl),
    Format("txt", "Text", "text/plain; charset=utf-8", as_texts),
)
"""Every format of citations, in the order in which readers meet them."""


def passage_link(url: str, wording: str) -> str:
    """Return the address of a report with a text fragment that opens it at the wording.

    The fragment's own marks (`-`, `,`, `&`) are percent-encoded (WICG, URL Fragment Text Directives).
    """
    return f"{url}#:~:text={quote(wording, safe='').replace('-', '%2D')}"
