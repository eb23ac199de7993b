"""The models of the reference: series, and the values that their publishers printed.

Here: the two tables that only the comparison needs. Not here: the tables of claims (`models.py`, which lists all).
"""

import pandas as pd
import pandera.pandas as pa

from validation import vocabulary
from validation.columns import WEB, WEB_MUST, code, column, date, identifier


class ReferenceSeries(pa.DataFrameModel):
    """A reference series: what one publisher counts, in one way, over time."""

    series_id: str = identifier("Series id", "Identifies the series.", "sohr-doc")
    organisation_id: str = column(
        "Organisation id", "Who publishes it.", "syrian-observatory", references="organisations.organisation_id"
    )
    title: str = column("Series", "Unique label.", "Documented deaths since March 2011", unique=True)
    indicator: str = code("Indicator", "What is counted.", "killed", vocabulary.SERIES_INDICATORS)
    population_group: str = code("Group", "Who is counted.", "all", vocabulary.POPULATION_GROUPS)
    measure: str = code("Measure", "How the number accumulates.", "cumulative", vocabulary.MEASURES)
    event_id: str = column(
        "Event id", "The event, for tallies of one.", "north-west-2019", blank=True, references="events.event_id"
    )
    kind: str = code("Kind", "A count, an estimate or a model; never mixed.", "documented", vocabulary.SERIES_KINDS)
    place_id: str = column(
        "Place id",
        "Where; for refugees Syria, or the country of asylum where only one is counted.",
        "syria",
        references="places.place_id",
    )
    definition: str = column(
        "Definition",
        "What is counted, in own words; begins with “Movements” where moves, not people, are counted.",
        "Deaths documented.",
    )
    excludes: str = column("Leaves out", "What is not counted.", "Deaths that could not be documented", blank=True)
    breaks: str = column(
        "Breaks",
        "Where the series is not one, and why; a dated break as “date: reason”, “; ” between.",
        "2021-06-01: older deaths added",
        blank=True,
    )
    licence: str = column("Licence", "Licence where it was seen.", "CC BY 4.0", blank=True)
    url: str = column("Address", "Where it is published.", "https://www.syriahr.com/…", str_matches=WEB, must=WEB_MUST)

    class Config:
        name, title = "series", "Reference series"
        strict, ordered = True, True
        metadata = {"key": ["series_id"]}


class Observations(pa.DataFrameModel):
    """One published value of a reference series."""

    observation_id: str = identifier("Observation id", "Identifies the observation.", "sohr-doc-29")
    series_id: str = column("Series id", "The series.", "sohr-doc", references="series.series_id")
    period_start: str = date("From", "Beginning of what is counted; blank for a stock.", "2011-03", blank=True)
    period_end: str = date("To", "The date that the number speaks for.", "2019-03-15")
    bound: str = code("Bound", "How the number is bound; a range may have a best estimate.", "exact", vocabulary.BOUNDS)
    low: pd.Int64Dtype = column(
        "Low", "Smallest value as published; blank: none.", "371222", blank=True, unit="people", ge=0
    )
    best: pd.Int64Dtype = column("Best", "The number as published.", "371222", blank=True, unit="people", ge=0)
    high: pd.Int64Dtype = column(
        "High", "Largest value as published; blank: none.", "", blank=True, unit="people", ge=0
    )
    publication: str = column("Publication", "Where it was published.", "Eight-year toll")
    published: str = date("Published", "When, as precise as known.", "2019-03-15", blank=True)
    url: str = column("Address", "Where it was seen.", "https://www.syriahr.com/…", str_matches=WEB, must=WEB_MUST)
    copies_seen: pd.Int64Dtype = column("Copies seen", "1, or 2 where a second copy agrees.", "2", isin=[1, 2])
    note: str = column("Note", "What a reader should know, in own words.", "112,623 civilians", blank=True)

    class Config:
        name, title = "observations", "Reference observations"
        strict, ordered = True, True
        metadata = {"key": ["observation_id"]}
