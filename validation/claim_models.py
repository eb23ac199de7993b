"""The models of claims and of what stands beside a claim: caveats, evidence, dismissed numbers, words for quantities.

Here: the tables that a curator of reports fills. Not here: the tables that they refer to (`models.py`, which lists all).
"""

import pandas as pd

from validation import vocabulary
from validation.columns import Table, code, column, date


class Claims(Table):
    """One number that a report states about people killed, injured or displaced, or living in an affected area."""

    claim_id: str = column(
        "Claim id",
        "Source id and a number; never used again for another claim.",
        "gazette-2031-05-05",
        unique=True,
        str_matches=r"^[a-z0-9-]+-[0-9]{2,6}\Z",
        must="be the source id, a hyphen and two to six digits",
    )
    source_id: str = column(
        "Source id", "The report that printed it.", "gazette-2031-05", references="sources.source_id"
    )
    paragraph: pd.Int64Dtype = column(
        "Paragraph", "Where it stands: non-empty lines of the archived text, from 1.", "23", ge=1
    )
    wording: str = column("Quote", "The shortest phrase as printed with qualifier, number and noun.", "900 people")
    indicator: str = code("Indicator", "What happened to the people counted.", vocabulary.INDICATORS)
    population_group: str = code("Group", "Who is counted.", vocabulary.POPULATION_GROUPS)
    unit: str = code("Unit", "What one of the number is.", vocabulary.UNITS)
    bound: str = code("How exact it is", "How exact the number is.", vocabulary.BOUNDS)
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
    measure: str = code("What span it covers", "What span the number covers.", vocabulary.MEASURES)
    period_start: str = date(
        "From", "Beginning of what is counted; blank: not stated, or a state at a date.", "2031-02", blank=True
    )
    period_end: str = date("To", "The last day or month that the number covers.", "2031-05", blank=True)
    place_id: str = column(
        "Place id",
        "Where, as narrow as stated; for refugees the place that they left.",
        "north-vell",
        blank=True,
        references="places.place_id",
    )
    event_id: str = column(
        "Event id", "The incident or offensive counted.", "river-front-2031", blank=True, references="events.event_id"
    )
    by_fire: str = code(
        "By whose attacks",
        "Whose attacks harmed them, by the report’s words; blank: the report does not say.",
        vocabulary.FIRES,
        blank=True,
    )
    attributed_to: str = column(
        "Attributed to (id)",
        "Who the number comes from, by the text; the publisher where the report says it in its own voice.",
        "velland-monitor",
        references="organisations.organisation_id",
    )
    via: str = column(
        "Via (id)",
        "An agency in between that the report names.",
        "news-wire",
        blank=True,
        references="organisations.organisation_id",
    )
    part_of: str = column(
        "Part of",
        "The claim of the same report that contains this one.",
        "gazette-2031-05-08",
        blank=True,
        references="claims.claim_id",
    )
    summary: str = column("Summary", "What is counted, in the curator’s own words.", "Deaths counted since February.")

    class Config:
        name, title = "claims", "Claims"
        metadata = {"key": ["claim_id"]}


class ReadersClaims(Claims):
    """A claim as readers download it: its own columns, then what explains them."""

    attributed_to_name: str = column("Said by", "Name of who the number comes from.", "Velland Monitor")
    via_name: str = column("Via", "Name of the agency in between.", "News Wire", blank=True)
    place_name: str = column("Place", "Name of the place.", "North Vell (province)", blank=True)
    event_name: str = column("Event", "Name of the event.", "River front, 2031", blank=True)
    publisher: str = column("Printed by", "Name of the publisher of the report.", "Daily Gazette")
    title: str = column("Title", "Title of the report as printed.", "Shelling goes on along the river …")
    published: str = date("Published", "Date of the report, as precise as it is known.", "2031-05")
    url: str = column("Address", "Where the report was published.", "https://gazette.example/…")
    caveats: str = column(
        "Limitations",
        "What to keep in mind, “; ” between; the Method page has definitions.",
        "Only deaths blamed on one side",
        blank=True,
    )
    evidence: str = column("Evidence", "Whether the row was checked against the archived text.", vocabulary.UNCHECKED)
    comparison: str = column(
        "Comparison",
        "How published counts relate to it, one sentence by rule.",
        "We found no published count of the same thing.",
    )
    comparison_status: str = code(
        "Status of the comparison", "The closest relation that a published count has to it.", vocabulary.COMPARISONS
    )
    data_version: str = column(
        "Data version", "“v” and the first 12 digits of the hash over all tables.", "v77bcf167990b"
    )

    class Config:
        name, title = "readers_claims", "Claims as downloaded"


class NewClaims(Claims):
    """A claim as a curator hands it in: its own columns, then its limitations."""

    caveats: str = column(
        "Caveats",
        "Limitations as “id: detail”, several separated by “; ”.",
        "start_unknown: No day is given.",
        blank=True,
    )

    class Config:
        name, title = "new_claims", "Claims to be added"


class Triage(Table):
    """A number of a text that a curator decides on; the columns of a claim follow, all but the report may be blank."""

    number_id: str = column(
        "Number id",
        "Paragraph and first character of the number in the archived text; with h and a count, or blank: added by hand.",
        "p23-45",
        blank=True,
        str_matches=r"^p[0-9]{1,6}-h?[0-9]{1,8}\Z",
        must="be p, the paragraph, a hyphen and the first character of the number, such as p23-45 or p23-h1",
    )
    words: str = column(
        "Words around it",
        "The number in brackets with words around it; for the reader alone.",
        "[900] dead",
        blank=True,
    )
    decision: str = code("Decision", "A claim, or why it is none; blank: open.", vocabulary.DECISIONS, blank=True)
    note: str = column("Note", "For a number that is not used: what a reader should know.", "Feared", blank=True)

    class Config:
        name, title = "triage", "Numbers to decide on"


class Caveats(Table):
    """A limitation that a number may have."""

    caveat_id: str = column(
        "Caveat id",
        "Identifies the limitation.",
        "start_unknown",
        unique=True,
        str_matches=r"^[a-z]+(?:_[a-z]+)*\Z",
        must="be lower-case words joined by underscores",
    )
    label: str = column("Limitation", "Short label.", "Only deaths blamed on one side", unique=True)
    definition: str = column("Definition", "What it means.", "A qualifier stands before another number of the list.")
    asks_for_care: str = column(
        "Asks for care",
        "What to say where a claim with it is compared with a published count; blank: it changes no comparison.",
        "the claim counts only deaths blamed on one side",
        blank=True,
    )
    required_where: str = code(
        "Required where", "Claims that must carry it; blank: none.", vocabulary.CAVEAT_NEEDS, blank=True
    )

    class Config:
        name, title = "caveats", "Limitations"
        metadata = {"key": ["caveat_id"]}


class ClaimCaveats(Table):
    """A limitation of a claim."""

    claim_id: str = column("Claim id", "The claim.", "gazette-2031-05-10", references="claims.claim_id")
    caveat_id: str = column("Caveat id", "The limitation.", "start_unknown", references="caveats.caveat_id")
    detail: str = column(
        "Detail", "What it means for this claim, in own words.", "“More than” stands before the six million."
    )

    class Config:
        name, title = "claim_caveats", "Limitations of claims"
        metadata = {"key": ["claim_id", "caveat_id"]}


class Dismissed(Table):
    """A number in a report that is no claim, and why; with the claims, every number of a text is accounted for."""

    source_id: str = column("Source id", "The report.", "gazette-2031-05", references="sources.source_id")
    paragraph: pd.Int64Dtype = column("Paragraph", "Where it stands: non-empty lines, from 1.", "9", ge=1)
    wording: str = column("Quote", "The number as printed, at most 6 words, unique in its paragraph.", "two months")
    reason: str = code("Reason", "Why it is no claim.", vocabulary.DISMISSALS)
    note: str = column("Note", "What a reader should know, in own words.", "Feared, not reported", blank=True)

    class Config:
        name, title = "dismissed", "Numbers not used"
        metadata = {"key": ["source_id", "paragraph", "wording"]}


class Evidence(Table):
    """The last check of a claim against its archived text; written by `python -m validation --save-evidence`."""

    claim_id: str = column("Claim id", "The claim.", "gazette-2031-05-05", unique=True, references="claims.claim_id")
    checked_on: str = column(
        "Checked on",
        "Day of the check.",
        "2032-01-20",
        str_matches=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
        must="be a date as YYYY-MM-DD",
    )
    text_sha256: str = column("SHA-256 of the text", "Hash of the text it was checked against.", "916688b90ba02aa0…")
    claim_sha256: str = column(
        "SHA-256 of the claim",
        "Hash over `source_id, paragraph, wording, bound, low, best, high, indicator, population_group, unit` on that day, joined by U+001F.",
        "0b1c…",
    )

    class Config:
        name, title = "evidence", "Evidence"
        metadata = {"key": ["claim_id"]}


class VagueQuantities(Table):
    """A word for a quantity and the range drawn for it; our convention, not the report’s."""

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
        metadata = {"key": ["word"]}


class Curation(Table):
    """One reader’s decision on one number of a report: who read it, when, and how it was coded before it was settled."""

    source_id: str = column("Source id", "The report.", "gazette-2031-05", references="sources.source_id")
    number_id: str = column(
        "Number",
        "Paragraph and the character where the number begins, from 0; with h and a count where a reader added it by hand.",
        "p23-45",
        str_matches=r"^p[1-9][0-9]{0,5}-h?[0-9]{1,8}\Z",
        must="be p, the paragraph, a hyphen and where the number begins, such as p23-45 or p23-h1",
    )
    paragraph: pd.Int64Dtype = column("Paragraph", "Where it stands: non-empty lines, from 1.", "23", ge=1)
    wording: str = column("Quote", "The number as the reader quoted it.", "900 people")
    reader: str = column(
        "Reader",
        "The name that the reader chose; it need not be a person’s name, and nothing else is kept of the reader.",
        "reader A",
        str_matches=r"^(?=.*\w).{1,40}\Z",
        must="be a name of at most 40 characters with a letter or a digit",
    )
    reading: str = code(
        "Reading",
        "`first` and `second`: by readers who did not see each other’s decisions; `settled`: after both were laid side by side.",
        vocabulary.READINGS,
    )
    decided_on: str = column(
        "Decided on",
        "Day of the decision.",
        "2032-01-20",
        str_matches=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
        must="be a date as YYYY-MM-DD",
    )
    decision: str = code("Decision", "That the number is a claim, or the reason why it is none.", vocabulary.DECISIONS)
    reason: str = column("Reason", "Why it was settled so, in own words.", "The report names the month.", blank=True)
    indicator: str = code("Indicator", "As in a claim.", vocabulary.INDICATORS, blank=True)
    population_group: str = code("Group", "As in a claim.", vocabulary.POPULATION_GROUPS, blank=True)
    unit: str = code("Unit", "As in a claim.", vocabulary.UNITS, blank=True)
    bound: str = code("How exact it is", "As in a claim.", vocabulary.BOUNDS, blank=True)
    low: pd.Int64Dtype = column("Low", "As in a claim.", "900", blank=True, unit="see unit", ge=0)
    best: pd.Int64Dtype = column("Best", "As in a claim.", "900", blank=True, unit="see unit", ge=0)
    high: pd.Int64Dtype = column("High", "As in a claim.", "900", blank=True, unit="see unit", ge=0)
    measure: str = code("What span it covers", "As in a claim.", vocabulary.MEASURES, blank=True)
    period_start: str = date("From", "As in a claim.", "2031-02", blank=True)
    period_end: str = date("To", "As in a claim.", "2031-05", blank=True)
    place_id: str = column(
        "Place id", "As in a claim; an id that a reader proposed may be in no table.", "north-vell", blank=True
    )
    event_id: str = column("Event id", "As in a claim, or proposed.", "river-front-2031", blank=True)
    by_fire: str = code("By whose attacks", "As in a claim.", vocabulary.FIRES, blank=True)
    attributed_to: str = column("Attributed to (id)", "As in a claim, or proposed.", "velland-monitor", blank=True)
    via: str = column("Via (id)", "As in a claim, or proposed.", "news-wire", blank=True)
    part_of: str = column("Part of", "The number, or the claim, that contains this one.", "p9-12", blank=True)

    class Config:
        name, title = "curation", "Readings"
        metadata = {"key": ["source_id", "number_id", "reading"]}
