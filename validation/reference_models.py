"""The models of the reference: series, their breaks, and the values that their publishers printed.

Here: the tables that only the comparison needs. Not here: the tables of claims (`models.py`, which lists all).
"""

import pandas as pd
import pandera.pandas as pa

from validation import vocabulary
from validation.columns import WEB, WEB_MUST, Table, code, column, date, identifier


class ReferenceSeries(Table):
    """A published count over time: what one publisher counts in one way; each value says who, what and where."""

    series_id: str = identifier("Catalogue id", "Identifies the count over time.", "monitor-deaths")
    title: str = column("Published count", "Unique label.", "Documented deaths since the war began", unique=True)
    definition: str = column("Definition", "What is counted, in own words.", "Deaths documented.")
    excludes: str = column("Leaves out", "What is not counted.", "Deaths that could not be documented", blank=True)
    adds_to: str = column(
        "Adds to",
        "A count of the same publisher of other people at the same dates; the two are drawn together as “our sum”.",
        "board-refugees",
        blank=True,
        references="series.series_id",
    )
    part_of: str = column(
        "Part of",
        "A wider count of the same publisher that includes all that this one counts, where the columns do not say so.",
        "monitor-deaths",
        blank=True,
        references="series.series_id",
    )
    release_of: str = column(
        "Release of",
        "The count of which this one is an earlier release, as it was public then.",
        "board-refugees",
        blank=True,
        references="series.series_id",
    )
    licence: str = column("Licence", "Licence where it was seen.", "CC BY 4.0", blank=True)
    url: str = column("Address", "Where it is published.", "https://monitor.example/…", str_matches=WEB, must=WEB_MUST)

    class Config:
        name, title = "series", "Published counts over time"
        metadata = {"key": ["series_id"]}


class Breaks(Table):
    """A point at which a count over time cannot be read as one line, and why."""

    series_id: str = column("Catalogue id", "The count over time.", "monitor-deaths", references="series.series_id")
    date: str = date(
        "Date",
        "When the way of counting changed; blank: no date is known, so no line joins the values.",
        "2031-06-01",
        blank=True,
    )
    reason: str = column("Reason", "What changed, in own words.", "Older deaths added.")

    class Config:
        name, title = "breaks", "Changes in the way of counting"
        metadata = {"key": ["series_id", "date", "reason"]}


class Observations(Table):
    """One published count: what was counted, of whom, where, when and by whose attacks, and the value as published."""

    observation_id: str = identifier("Published count id", "Identifies the published count.", "monitor-deaths-29")
    series_id: str = column(
        "Catalogue id",
        "The count over time that it is a value of; blank for a single count.",
        "monitor-deaths",
        blank=True,
        references="series.series_id",
    )
    organisation_id: str = column(
        "Organisation id", "Who publishes it.", "velland-monitor", references="organisations.organisation_id"
    )
    indicator: str = code("Indicator", "What is counted.", vocabulary.SERIES_INDICATORS)
    population_group: str = code("Group", "Who is counted.", vocabulary.POPULATION_GROUPS)
    unit: str = code("Unit", "What one of them is.", vocabulary.COUNT_UNITS)
    measure: str = code("What span it covers", "What span the number covers.", vocabulary.MEASURES)
    place_id: str = column(
        "Place id",
        "Where; for refugees the country at war, or the country of asylum where only one is counted.",
        "velland",
        references="places.place_id",
    )
    event_id: str = column(
        "Event id", "The incident or offensive counted.", "river-front-2031", blank=True, references="events.event_id"
    )
    by_fire: str = code(
        "By whose attacks",
        "Whose attacks harmed those counted; blank where nobody was harmed.",
        vocabulary.FIRES,
        blank=True,
    )
    kind: str = code("Kind", "A count, an estimate or a model; never mixed.", vocabulary.SERIES_KINDS)
    period_start: str = date(
        "From", "Beginning of what is counted; blank for a stock, and where none was printed.", "2029-10", blank=True
    )
    period_end: str = date("To", "The last day that the number covers.", "2031-03-15")
    bound: str = code(
        "How exact it is", "How exact the number is; a range may have a best estimate.", vocabulary.BOUNDS
    )
    low: pd.Int64Dtype = column("Low", "Smallest value as published; blank: none.", "37122", blank=True, ge=0)
    best: pd.Int64Dtype = column("Best", "The number as published.", "37122", blank=True, ge=0)
    high: pd.Int64Dtype = column("High", "Largest value as published; blank: none.", "", blank=True, ge=0)
    publication: str = column("Publication", "Where it was published.", "Toll of the third year")
    published: str = date("Published", "When, as precise as known.", "2031-03-15", blank=True)
    url: str = column("Address", "Where it was seen.", "https://monitor.example/…", str_matches=WEB, must=WEB_MUST)
    use: str = code("Use", "Blank: claims are compared with it.", vocabulary.USES, blank=True)
    copies_seen: pd.Int64Dtype = column("Copies seen", "1, or 2 where a second copy agrees.", "2", isin=[1, 2])
    note: str = column("Note", "What a reader should know, in own words.", "12,623 civilians", blank=True)

    class Config:
        name, title = "observations", "Published counts"
        metadata = {"key": ["observation_id"]}


class CountsBeside(pa.DataFrameModel):
    """A published count that a claim is compared with, as readers download it; made from the tables, not kept as one."""

    relation: str = code("Relation", "How it relates to the claim.", vocabulary.RELATIONS)
    observation_id: str = column(
        "Published count id", "The published count; our own id for our sum or difference.", "monitor-deaths-29"
    )
    organisation: str = column("Organisation", "Who published it.", "Velland Monitor")
    kind_of_organisation: str = code(
        "Kind of organisation", "What kind of organisation that is.", vocabulary.ORGANISATION_KINDS
    )
    own: bool = column("Own", "Whether the speaker of the claim published it.", "false")
    indicator: str = code("Indicator", "What is counted.", vocabulary.SERIES_INDICATORS)
    group: str = code("Group", "Who is counted.", vocabulary.POPULATION_GROUPS)
    unit: str = code("Unit", "What one of them is.", vocabulary.COUNT_UNITS)
    bound: str = code("How exact it is", "How exact the number is.", vocabulary.BOUNDS)
    low: pd.Int64Dtype = column("Low", "Smallest value as published; blank: none.", "37122", blank=True)
    best: pd.Int64Dtype = column("Best", "The number as published.", "37122", blank=True)
    high: pd.Int64Dtype = column("High", "Largest value as published; blank: none.", "", blank=True)
    period_start: str = date("From", "Beginning of what is counted.", "2029-10", blank=True)
    period_end: str = date("To", "The last day that the number covers.", "2031-03-15")
    place: str = column("Place", "Where.", "North Vell (province)")
    by_fire: str = code("By whose attacks", "Whose attacks harmed those counted.", vocabulary.FIRES, blank=True)
    kind: str = code("Kind", "A count, an estimate or a model.", vocabulary.SERIES_KINDS)
    published: str = date("Published", "When, as precise as known.", "2031-03-15", blank=True)
    url: str = column("Address", "Where it was seen.", "https://monitor.example/…")
    later: bool = column("Later", "Whether it was released after the report.", "false")
    why: str = column("Why", "In what it differs, where it is near.", "other days: in May 2031", blank=True)

    class Config:
        name, title = "counts_beside", "Published counts that a claim is compared with"
