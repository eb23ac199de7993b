"""What a good table is: one pandera model a table, one field a column.

Why: this is the only description of a column. The dictionary, the headings and help of the dashboard and the
checks are made from it. Here: type, title, meaning, allowed values, unit and an example of each column. Not here:
what must hold between columns and between tables (`rules.py`), or the meaning of a code (`vocabulary.py`).

Config metadata: `key`, the columns that identify a row and order the file. Field metadata: see `columns.py`.
"""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from validation import vocabulary
from validation.claim_models import (
    Caveats,
    ClaimCaveats,
    Claims,
    Curation,
    Dismissed,
    Evidence,
    NewClaims,
    ReadersClaims,
    Triage,
    VagueQuantities,
)
from validation.columns import WEB, WEB_MUST, Table, code, column, date, identifier
from validation.reference_models import Breaks, CountsBeside, Observations, ReferenceSeries


class Organisations(Table):
    """Who says numbers, prints them or passes them on."""

    organisation_id: str = identifier("Organisation id", "Identifies the organisation.", "velland-monitor")
    name: str = column("Organisation", "Name for readers.", "Velland Monitor", unique=True)
    kind: str = code("Kind", "What kind of organisation it is.", vocabulary.ORGANISATION_KINDS)
    in_text: str = column(
        "In a sentence", "Its name inside a sentence; blank: as its name.", "the Velland Monitor", blank=True
    )
    note: str = column("Note", "What a reader should know about it, in own words.", "Based in Britain.", blank=True)

    class Config:
        name, title = "organisations", "Organisations"
        metadata = {"key": ["organisation_id"]}


class Sources(Table):
    """A document that prints numbers."""

    source_id: str = identifier("Source id", "Publisher and date of publication.", "gazette-2031-05")
    short_name: str = column(
        "Source", "Unique short label; it stands in links, so it never changes.", "Daily Gazette 2031", unique=True
    )
    kind: str = code("Kind", "What kind of document it is.", vocabulary.SOURCE_KINDS)
    publisher_id: str = column(
        "Publisher id", "Who published it.", "gazette", references="organisations.organisation_id"
    )
    title: str = column("Title", "Title as printed.", "Shelling goes on along the river …")
    authors: str = column("Authors", "As printed; several separated by “; ”.", "Ann Author", blank=True)
    published: str = date("Published", "Date of publication, as precise as it is known.", "2031-05")
    url: str = column("Address", "Where it was published.", "https://gazette.example/…", str_matches=WEB, must=WEB_MUST)
    archived_url: str = column(
        "Archived copy", "Where a public archive keeps it.", "", blank=True, str_matches=WEB, must=WEB_MUST
    )
    accessed: str = date("Accessed", "When the address was read.", "2032-01-20", blank=True)
    language: str = column(
        "Language", "Two-letter code (ISO 639-1).", "en", str_matches=r"^[a-z]{2}\Z", must="be two lower-case letters"
    )
    text_sha256: str = column(
        "SHA-256 of the text",
        "Hash of the archived text that the claims were read from.",
        "916688b90ba02aa0…",
        blank=True,
        unique=True,
        str_matches=r"^[0-9a-f]{64}\Z",
        must="be 64 hexadecimal digits in lower case",
    )
    original_sha256: str = column(
        "SHA-256 of the original",
        "Hash of the web page or PDF that the text was taken from; blank where it came as text.",
        "0b5e0a1c7c9f4d21…",
        blank=True,
        str_matches=r"^[0-9a-f]{64}\Z",
        must="be 64 hexadecimal digits in lower case",
    )
    note: str = column(
        "Note", "What is known of its date and its text, in own words.", "The day is not known.", blank=True
    )

    class Config:
        name, title = "sources", "Sources"
        metadata = {"key": ["source_id"]}


class Places(Table):
    """A place that numbers are about."""

    place_id: str = identifier("Place id", "Identifies the place.", "north-vell")
    name: str = column("Place", "Unique label in the common English spelling.", "North Vell (province)", unique=True)
    name_ocha: str = column("OCHA name", "Spelling used by OCHA.", "Nord Vell", blank=True)
    name_ar: str = column("Arabic name", "Name in Arabic.", "الشمال", blank=True)
    kind: str = code("Kind", "What kind of place it is.", vocabulary.PLACE_KINDS)
    pcode: str = column(
        "P-code",
        "OCHA’s place code, in the form of about.toml. Not the FIPS code, which looks alike and means other places.",
        "VL01",
        blank=True,
        unique=True,
        str_matches=r"^[A-Z]{1,3}[0-9]{0,10}\Z",
        must="be capital letters and digits, in the form of about.toml",
    )
    iso: str = column(
        "ISO code",
        "ISO 3166 code of the country or of its subdivision.",
        "VL-NV",
        blank=True,
        unique=True,
        str_matches=r"^[A-Z]{2}(?:-[A-Z0-9]{1,3})?\Z",
        must="be an ISO 3166 code such as VL or VL-NV",
    )
    within: str = column(
        "Within", "The place that contains it.", "north-vell", blank=True, references="places.place_id"
    )
    spans: str = column(
        "Spans",
        "Places of one administrative level in each of which a part of it lies, “; ” between; blank where one place contains it.",
        "north-vell; eastmark",
        blank=True,
    )
    latitude: pd.Float64Dtype = column(
        "Latitude",
        "North, WGS 84; towns and sub-districts only.",
        "45.44208",
        blank=True,
        unit="degrees",
        in_range={"min_value": -90, "max_value": 90},
    )
    longitude: pd.Float64Dtype = column(
        "Longitude",
        "East, WGS 84; towns and sub-districts only.",
        "12.65095",
        blank=True,
        unit="degrees",
        in_range={"min_value": -180, "max_value": 180},
    )

    class Config:
        name, title = "places", "Places"
        metadata = {"key": ["place_id"]}


class Events(Table):
    """A named incident or offensive."""

    event_id: str = identifier("Event id", "Identifies the event.", "tarn-2031-04")
    name: str = column("Event", "Unique label; it stands in links.", "River front, 2031", unique=True)
    within: str = column(
        "Within", "The event that it is a part of.", "river-front-2031", blank=True, references="events.event_id"
    )
    place_id: str = column("Place id", "Where it happened.", "tarn", blank=True, references="places.place_id")
    period_start: str = date("From", "First day, as precise as known.", "2031-03", blank=True)
    period_end: str = date("To", "Last day, as precise as known.", "2031-08", blank=True)
    note: str = column(
        "Note", "What a reader should know about it, in own words.", "Shelling of the market.", blank=True
    )

    class Config:
        name, title = "events", "Events"
        metadata = {"key": ["event_id"]}


class Changes(Table):
    """A change of data that readers should see; the old value is kept."""

    date: str = column(
        "Date",
        "When the change was made.",
        "2032-01-20",
        str_matches=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
        must="be a date as YYYY-MM-DD",
    )
    table: str = column("Table", "The table that changed.", "claims")
    row_id: str = column("Row", "The row that changed; blank: the table as a whole.", "gazette-2031-05-05", blank=True)
    what: str = column("What", "What changed.", "period_end narrowed")
    old: str = column("Old value", "The value before.", "2019", blank=True)
    new: str = column("New value", "The value since.", "2031-05", blank=True)
    reason: str = column("Reason", "Why.", "The report names the month.")

    class Config:
        name, title = "changes", "Changes of the data"
        metadata = {"key": ["date", "table", "row_id", "what"]}


TABLES: dict[str, type[pa.DataFrameModel]] = {
    str(model.Config.name): model
    for model in (
        Sources,
        Organisations,
        Places,
        Events,
        Claims,
        Caveats,
        ClaimCaveats,
        VagueQuantities,
        Dismissed,
        Evidence,
        Curation,
        ReferenceSeries,
        Observations,
        Breaks,
        Changes,
    )
}
"""Every table by its name, in the order in which readers meet them."""

REFERENCE = ("series", "observations", "breaks")
"""Tables that only the comparison needs: a fault in them blocks the comparison and nothing else."""

UNVERSIONED = ("evidence", "curation")
"""Tables that are no part of the data: left out of the data version, and a fault in them blocks nothing."""

SCHEMAS: dict[str, pa.DataFrameSchema] = {name: model.to_schema() for name, model in TABLES.items()}
"""The same as pandera schemas, built once."""

NEW_CLAIMS: pa.DataFrameSchema = NewClaims.to_schema()
"""What `python -m curation add-claims` reads."""

TRIAGE: pa.DataFrameSchema = Triage.to_schema().add_columns(
    {
        name: described
        if name == "source_id"
        else pa.Column(**described.properties | {"nullable": True, "unique": False})
        for name, described in NEW_CLAIMS.columns.items()
    }
)
"""What `python -m curation triage` prints and `apply` reads; made from the texts, not kept as a table."""

READERS_CLAIMS: pa.DataFrameSchema = ReadersClaims.to_schema()
"""What readers download; made from the tables, not kept as one."""

COUNTS_BESIDE: pa.DataFrameSchema = CountsBeside.to_schema()
"""What readers download beside a claim."""


def metadata(table: str, column: str) -> dict[str, Any]:
    """Return the metadata of a column, empty where it has none."""
    return SCHEMAS[table].columns[column].metadata or {}


def key(table: str) -> list[str]:
    """Return the columns that identify a row of the table and order its file."""
    return list((TABLES[table].Config.metadata or {})["key"])
