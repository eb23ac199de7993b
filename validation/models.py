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
from validation.columns import WEB, WEB_MUST, code, column, date, identifier
from validation.reference_models import Observations, ReferenceSeries


class Organisations(pa.DataFrameModel):
    """Who says numbers, prints them or passes them on."""

    organisation_id: str = identifier("Organisation id", "Identifies the organisation.", "syrian-observatory")
    name: str = column("Organisation", "Name for readers.", "Syrian Observatory for Human Rights", unique=True)
    kind: str = code("Kind", "What kind of organisation it is.", "monitor", vocabulary.ORGANISATION_KINDS)
    note: str = column("Note", "What a reader should know about it, in own words.", "Based in Britain.", blank=True)

    class Config:
        name, title = "organisations", "Organisations"
        strict, ordered = True, True
        metadata = {"key": ["organisation_id"]}


class Sources(pa.DataFrameModel):
    """A document that prints numbers."""

    source_id: str = identifier("Source id", "Publisher and date of publication.", "trtworld-2019-07")
    short_name: str = column(
        "Source", "Unique short label; it stands in links, so it never changes.", "TRT World 2019", unique=True
    )
    kind: str = code("Kind", "What kind of document it is.", "news_report", vocabulary.SOURCE_KINDS)
    publisher_id: str = column(
        "Publisher id", "Who published it.", "trtworld", references="organisations.organisation_id"
    )
    title: str = column("Title", "Title as printed.", "Assad regime bombing campaign fails to dislodge …")
    authors: str = column("Authors", "As printed; several separated by “; ”.", "Ben Aris", blank=True)
    published: str = date("Published", "Date of publication, as precise as it is known.", "2019-07")
    url: str = column(
        "Address", "Where it was published.", "https://www.trtworld.com/…", str_matches=WEB, must=WEB_MUST
    )
    archived_url: str = column(
        "Archived copy", "Where a public archive keeps it.", "", blank=True, str_matches=WEB, must=WEB_MUST
    )
    accessed: str = date("Accessed", "When the address was read.", "2026-11-22", blank=True)
    language: str = column(
        "Language", "Two-letter code (ISO 639-1).", "en", str_matches=r"^[a-z]{2}\Z", must="be two lower-case letters"
    )
    text_sha256: str = column(
        "SHA-256 of the text",
        "Hash of the archived text that the claims were read from.",
        "916688b90ba02aa0…",
        blank=True,
        str_matches=r"^[0-9a-f]{64}\Z",
        must="be 64 hexadecimal digits in lower case",
    )
    note: str = column(
        "Note", "What is known of its date and its text, in own words.", "The day is not known.", blank=True
    )

    class Config:
        name, title = "sources", "Sources"
        strict, ordered = True, True
        metadata = {"key": ["source_id"]}


class Places(pa.DataFrameModel):
    """A place that numbers speak of."""

    place_id: str = identifier("Place id", "Identifies the place.", "idlib-governorate")
    name: str = column("Place", "Unique label in the common English spelling.", "Idlib (governorate)", unique=True)
    name_ocha: str = column("OCHA name", "Spelling used by OCHA.", "Idleb", blank=True)
    name_ar: str = column("Arabic name", "Name in Arabic.", "إدلب", blank=True)
    kind: str = code("Kind", "What kind of place it is.", "governorate", vocabulary.PLACE_KINDS)
    pcode: str = column(
        "P-code",
        "OCHA’s place code. Not the FIPS code, which looks alike and means other places.",
        "SY07",
        blank=True,
        unique=True,
        str_matches=r"^(?:SY(?:[0-9]{2}){0,3}|C[0-9]{4})\Z",
        must="be an OCHA P-code such as SY07, SY070003 or C1007",
    )
    iso: str = column(
        "ISO code",
        "ISO 3166 code of the country or of its subdivision.",
        "SY-ID",
        blank=True,
        unique=True,
        str_matches=r"^[A-Z]{2}(?:-[A-Z0-9]{1,3})?\Z",
        must="be an ISO 3166 code such as SY or SY-ID",
    )
    within: str = column(
        "Within", "The place that contains it.", "north-west-syria", blank=True, references="places.place_id"
    )
    latitude: pd.Float64Dtype = column(
        "Latitude",
        "North, WGS 84; towns and sub-districts only.",
        "35.44208",
        blank=True,
        unit="degrees",
        in_range={"min_value": -90, "max_value": 90},
    )
    longitude: pd.Float64Dtype = column(
        "Longitude",
        "East, WGS 84; towns and sub-districts only.",
        "36.65095",
        blank=True,
        unit="degrees",
        in_range={"min_value": -180, "max_value": 180},
    )

    class Config:
        name, title = "places", "Places"
        strict, ordered = True, True
        metadata = {"key": ["place_id"]}


class Events(pa.DataFrameModel):
    """A named incident or offensive."""

    event_id: str = identifier("Event id", "Identifies the event.", "khan-shaykhun-2017-04")
    name: str = column("Event", "Unique label; it stands in links.", "North-west offensive, 2019", unique=True)
    place_id: str = column("Place id", "Where it happened.", "khan-shaykhun", blank=True, references="places.place_id")
    period_start: str = date("From", "First day, as precise as known.", "2019-04", blank=True)
    period_end: str = date("To", "Last day, as precise as known.", "2019-08", blank=True)
    note: str = column("Note", "What a reader should know about it, in own words.", "Sarin attack.", blank=True)

    class Config:
        name, title = "events", "Events"
        strict, ordered = True, True
        metadata = {"key": ["event_id"]}


class Claims(pa.DataFrameModel):
    """One quantity that a report states about people killed, injured or displaced, or living in an affected area."""

    claim_id: str = column(
        "Claim id",
        "Source id and a number; never used again for another claim.",
        "trtworld-2019-07-05",
        unique=True,
        str_matches=r"^[a-z0-9-]+-[0-9]{2,}\Z",
        must="be the source id, a hyphen and two or more digits",
    )
    source_id: str = column(
        "Source id", "The report that printed it.", "trtworld-2019-07", references="sources.source_id"
    )
    paragraph: pd.Int64Dtype = column(
        "Paragraph", "Where it stands: non-empty lines of the archived text, from 1.", "23", ge=1
    )
    wording: str = column("Wording", "The shortest phrase as printed with qualifier, number and noun.", "900 people")
    indicator: str = code("Indicator", "What happened to the people counted.", "killed", vocabulary.INDICATORS)
    population_group: str = code("Group", "Who is counted.", "all", vocabulary.POPULATION_GROUPS)
    unit: str = code("Unit", "What one of the number is.", "people", vocabulary.UNITS)
    bound: str = code("Bound", "How the words bind the number.", "exact", vocabulary.BOUNDS)
    low: pd.Int64Dtype = column(
        "Low", "Smallest value that the words allow; blank: unknown.", "900", blank=True, unit="see unit", ge=0
    )
    best: pd.Int64Dtype = column(
        "Best",
        "The number as printed; blank where a range or a word is printed.",
        "900",
        blank=True,
        unit="see unit",
        ge=0,
    )
    high: pd.Int64Dtype = column(
        "High", "Largest value that the words allow; blank: unknown.", "900", blank=True, unit="see unit", ge=0
    )
    measure: str = code("Measure", "How the number accumulates.", "period", vocabulary.MEASURES)
    period_start: str = date(
        "From", "Beginning of what is counted; blank: not stated, or a state at a date.", "2019-02", blank=True
    )
    period_end: str = date("To", "The date that the number speaks for.", "2019-07", blank=True)
    place_id: str = column(
        "Place id",
        "Where, as narrow as stated; for refugees the place that they left.",
        "north-west-syria",
        blank=True,
        references="places.place_id",
    )
    event_id: str = column(
        "Event id", "The incident or offensive counted.", "north-west-2019", blank=True, references="events.event_id"
    )
    attributed_to: str = column(
        "Attributed to (id)",
        "Who the number comes from, by the text; the publisher where the report says it in its own voice.",
        "response-coordinators-group",
        references="organisations.organisation_id",
    )
    via: str = column(
        "Via (id)",
        "An agency in between that the report names.",
        "reuters",
        blank=True,
        references="organisations.organisation_id",
    )
    part_of: str = column(
        "Part of",
        "The claim of the same report that contains this one.",
        "trtworld-2019-07-08",
        blank=True,
        references="claims.claim_id",
    )
    summary: str = column("Summary", "What is counted, in the curator’s own words.", "Deaths counted since February.")

    class Config:
        name, title = "claims", "Claims"
        strict, ordered = True, True
        metadata = {"key": ["claim_id"]}


class ReadersClaims(Claims):
    """A claim as readers download it: its own columns, then what explains them."""

    attributed_to_name: str = column("Said by", "Name of who the number comes from.", "Response Coordinators Group")
    via_name: str = column("Via", "Name of the agency in between.", "Reuters", blank=True)
    place_name: str = column("Place", "Name of the place.", "North-west Syria", blank=True)
    event_name: str = column("Event", "Name of the event.", "North-west offensive, 2019", blank=True)
    publisher: str = column("Printed by", "Name of the publisher of the report.", "TRT World")
    title: str = column("Title", "Title of the report as printed.", "Assad regime bombing campaign fails to dislodge …")
    published: str = date("Published", "Date of the report, as precise as it is known.", "2019-07")
    url: str = column("Address", "Where the report was published.", "https://www.trtworld.com/…")
    caveats: str = column(
        "Caveats",
        "Labels of the caveats, “; ” between; definitions in caveats.csv.",
        "One side’s fire only",
        blank=True,
    )
    evidence: str = column("Evidence", "Whether the row was checked against the archived text.", "unchecked")
    data_version: str = column("Data version", "First 12 digits of the hash over all tables.", "77bcf167990b")

    class Config:
        name, title = "readers_claims", "Claims as downloaded"
        strict, ordered = True, True


class NewClaims(Claims):
    """A claim as a curator hands it in: its own columns, then its caveats."""

    caveats: str = column(
        "Caveats", "Caveats as “id: detail”, several separated by “; ”.", "period_unclear: No day is given.", blank=True
    )

    class Config:
        name, title = "new_claims", "Claims to be added"
        strict, ordered = True, True


class Caveats(pa.DataFrameModel):
    """A doubt that numbers may carry."""

    caveat_id: str = column(
        "Caveat id",
        "Identifies the caveat.",
        "qualifier_scope",
        unique=True,
        str_matches=r"^[a-z]+(?:_[a-z]+)*\Z",
        must="be lower-case words joined by underscores",
    )
    label: str = column("Caveat", "Short label.", "Qualifier may reach further", unique=True)
    definition: str = column("Definition", "What it means.", "A qualifier stands before another number of the list.")

    class Config:
        name, title = "caveats", "Caveats"
        strict, ordered = True, True
        metadata = {"key": ["caveat_id"]}


class ClaimCaveats(pa.DataFrameModel):
    """A caveat on a claim."""

    claim_id: str = column("Claim id", "The claim.", "trtworld-2019-07-10", references="claims.claim_id")
    caveat_id: str = column("Caveat id", "The caveat.", "qualifier_scope", references="caveats.caveat_id")
    detail: str = column(
        "Detail", "What it means for this claim, in own words.", "“More than” stands before the six million."
    )

    class Config:
        name, title = "claim_caveats", "Caveats on claims"
        strict, ordered = True, True
        metadata = {"key": ["claim_id", "caveat_id"]}


class Dismissed(pa.DataFrameModel):
    """A number in a report that is no claim, and why; with the claims, every number of a text is accounted for."""

    source_id: str = column("Source id", "The report.", "trtworld-2019-07", references="sources.source_id")
    paragraph: pd.Int64Dtype = column("Paragraph", "Where it stands: non-empty lines, from 1.", "9", ge=1)
    wording: str = column("Wording", "The number as printed, at most 6 words, unique in its paragraph.", "two months")
    reason: str = code("Reason", "Why it is no claim.", "duration", vocabulary.DISMISSALS)
    note: str = column("Note", "What a reader should know, in own words.", "Feared, not reported", blank=True)

    class Config:
        name, title = "dismissed", "Numbers that are no claims"
        strict, ordered = True, True
        metadata = {"key": ["source_id", "paragraph", "wording"]}


class Evidence(pa.DataFrameModel):
    """The last check of a claim against its archived text; written by `python -m validation --record`."""

    claim_id: str = column("Claim id", "The claim.", "trtworld-2019-07-05", unique=True, references="claims.claim_id")
    checked_on: str = column(
        "Checked on",
        "Day of the check.",
        "2026-11-22",
        str_matches=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
        must="be a date as YYYY-MM-DD",
    )
    text_sha256: str = column("SHA-256 of the text", "Hash of the text it was checked against.", "916688b90ba02aa0…")
    claim_sha256: str = column(
        "SHA-256 of the claim",
        "Hash over source_id, paragraph, wording, bound, low, best, high, as they stood, joined by U+001F.",
        "0b1c…",
    )

    class Config:
        name, title = "evidence", "Evidence"
        strict, ordered = True, True
        metadata = {"key": ["claim_id"]}


class VagueQuantities(pa.DataFrameModel):
    """A word for a quantity and the bounds drawn for it; a convention of this project, not of the report."""

    word: str = column(
        "Word",
        "The word, in lower case.",
        "hundreds",
        unique=True,
        str_matches=r"^[a-z]+(?: [a-z]+)*\Z",
        must="be lower-case words",
    )
    low: pd.Int64Dtype = column("Low", "Smallest value drawn.", "200", ge=0)
    high: pd.Int64Dtype = column("High", "Largest value drawn: just under the next word.", "999", ge=0)

    class Config:
        name, title = "vague_quantities", "Words for quantities"
        strict, ordered = True, True
        metadata = {"key": ["word"]}


class Changes(pa.DataFrameModel):
    """A change of data that readers should see; the old value stays on record."""

    date: str = column(
        "Date",
        "When the change was made.",
        "2026-11-22",
        str_matches=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
        must="be a date as YYYY-MM-DD",
    )
    table: str = column("Table", "The table that changed.", "claims")
    row_id: str = column("Row", "The row that changed; blank: the table as a whole.", "trtworld-2019-07-05", blank=True)
    what: str = column("What", "What changed.", "period_end narrowed")
    old: str = column("Old value", "The value before.", "2019", blank=True)
    new: str = column("New value", "The value since.", "2019-07", blank=True)
    reason: str = column("Reason", "Why.", "The report names the month.")

    class Config:
        name, title = "changes", "Changes of data"
        strict, ordered = True, True
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
        ReferenceSeries,
        Observations,
        Changes,
    )
}
"""Every table by its name, in the order in which readers meet them."""

REFERENCE = ("series", "observations")
"""Tables that only the comparison needs: a fault in them blocks the comparison and nothing else."""

BESIDE = ("evidence",)
"""Tables that are no part of the data: left out of the data version, and a fault in them blocks nothing."""

SCHEMAS: dict[str, pa.DataFrameSchema] = {name: model.to_schema() for name, model in TABLES.items()}
"""The same as pandera schemas, built once."""

NEW_CLAIMS: pa.DataFrameSchema = NewClaims.to_schema()
"""What `python -m curation add-claims` reads."""

READERS_CLAIMS: pa.DataFrameSchema = ReadersClaims.to_schema()
"""What readers download; made from the tables, not kept as one."""


def metadata(table: str, column: str) -> dict[str, Any]:
    """Give the metadata of a column, empty where it has none."""
    return SCHEMAS[table].columns[column].metadata or {}


def key(table: str) -> list[str]:
    """Give the columns that identify a row of the table and order its file."""
    return list((TABLES[table].Config.metadata or {})["key"])
