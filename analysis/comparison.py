"""Comparison: which published counts stand beside a claim, and how each relates to it.

Why: a reader who meets a number asks who else counted that. A claim and a count are compared in six dimensions: what, who, in
which unit, where, when, and by whose fire. In each the count is the same, a part, a whole, or crosses (neither holds the
other; unknown crosses). All same: **same**. Only same and part: **part**, the claim should be at least this. Only same and
whole: **whole**, the claim should be at most this. Crossing on the days alone: **near**. Everything else is not comparable.
Nothing is judged by hand; docs/comparison.md works two examples. Here: the relations, and which counts are kept beside a claim.
Not here: the table of counts (`counts.py`), the sentence (`comparison_words.py`).
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counts import differences, incidents, is_whole_span, published_counts
from analysis.unchanged import for_changed
from analysis.view import claims_view
from validation import Dataset, dates
from validation.rules import wholes_of
from validation.vocabulary import (
    ALL_FIRE,
    ALL_PEOPLE,
    BOUNDED,
    CONTEXT_ONLY,
    CUMULATIVE,
    EVERYBODY,
    FIRES,
    FLIGHT,
    HARM,
    INCIDENT,
    NEAR,
    NO_COUNT,
    PART,
    POPULATION_GROUPS,
    SAME,
    SERIES_INDICATORS,
    SERIES_KINDS,
    STOCK,
    UP_TO,
    WHOLE,
    by_code,
    contained,
)

APART = "not comparable"
"""What is no relation: a count that crosses in anything but the days."""

DIMENSIONS = ("what", "who", "unit", "where", "when", "by whose fire")
WHEN = DIMENSIONS.index("when")

STATE_DAYS = 31
"""A state at a date is the same within so many days."""
TOLERANCE, MIN_DAYS, MAX_DAYS = 0.1, 1, 31
"""Both ends of a period are the same within a tenth of the claim's length, at least a day and at most a month; a claim whose
beginning is not known has the least."""
MAX_DISTANCE = 366
"""A count of over a year before or after says nothing about the days of a claim."""
AFTERWARDS = 90
"""Days that a count of after the claim's date is put behind one of before."""
MAX_SAME, MAX_NEAR = 8, 3
"""Counts kept beside one claim."""
CHUNK = 2_000
"""Claims compared at once."""

_SAME, _PART, _WHOLE, _CROSSES = 0, 1, 2, 4
_RELATIONS = {_SAME: SAME, _PART: PART, _WHOLE: WHOLE}
_STATUS = (SAME, BOUNDED, NEAR)
"""What a claim is by the closest of its relations."""
_CLOSENESS = {SAME: 0, PART: 1, WHOLE: 1, NEAR: 2}

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Row = Mapping[Hashable, Any]


def compared(dataset: Dataset) -> pd.DataFrame:
    """Return the counts kept beside each claim: one row a claim and count, own counts first, then the closest relation.

    Columns: `claim_id`; `count` (row of `counts_beside`); `relation` (same, part, whole or near); `but_for_days` (the relation in
    all dimensions but the days); `lead` (the speaker's own count that is closest to the claim); `own` (published by the speaker
    of the claim); `distance` (days that the ends lie apart at most); `sure` (the days of the one lie within those of the other
    without any tolerance); `later` (released after the report); `crossing` (the dimensions that cross, as bits by their place
    in `DIMENSIONS`). Of a claim: its same counts, of each kind
    of count the largest part and the smallest whole, the nearest, and the two values around its date of its speaker's own count.
    """

    def make() -> pd.DataFrame:
        return for_changed("compared", claims_view(dataset), basis(dataset), lambda rows: _compare(dataset, rows))

    return dataset.kept("compared", make).copy(deep=False)


def basis(dataset: Dataset) -> tuple[pd.DataFrame, ...]:
    """Return all that a comparison of a claim depends on beside its own row (`unchanged.for_changed`)."""
    country = pd.DataFrame({"country": [dataset.about.country]})
    return counts_beside(dataset), dataset.table("places"), dataset.table("events"), country


def compare(dataset: Dataset, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the same for some claims: rows of the claims view, which need not be of the dataset."""
    return _compare(dataset, claims)


def counts_beside(dataset: Dataset) -> pd.DataFrame:
    """Return the published counts and what each two values of one count give between them (`counts.differences`)."""
    return _reference(dataset).rows.copy(deep=False)


def status(dataset: Dataset) -> pd.Series:
    """Return the status of each claim, in the order of the claims view."""
    found = compared(dataset)
    best = found["relation"].map(_CLOSENESS).groupby(found["claim_id"]).min()
    view = claims_view(dataset)
    return view["claim_id"].map(best).map(dict(enumerate(_STATUS))).astype("object").fillna(NO_COUNT).astype("str")


def every_count(dataset: Dataset, claim: Row) -> pd.DataFrame:
    """Return every published count with its relation, `APART` included: the columns of `compared`.

    Of a count with values over time those around the claim's date. For one claim: it looks at all of them. Without a date of the
    claim there are none.
    """
    reference = _reference(dataset)
    claims = _Claims.of(as_view(dataset, claim), reference)
    found = [_Beside(reference, claims, at, signature, everything=True).all_rows() for signature, at in claims.groups()]
    rows = _table(found).sort_values(["_rank", "_order"], kind="stable", ignore_index=True)
    return rows[[name for name in rows if not str(name).startswith("_")]]


def as_view(dataset: Dataset, claim: Row) -> pd.DataFrame:
    """Return one claim as a view of one row, typed as the claims view is."""
    kinds = claims_view(dataset).dtypes
    row = pd.DataFrame([claim])
    return row.astype({name: kind for name, kind in kinds.items() if name in row})


def _compare(dataset: Dataset, view: pd.DataFrame) -> pd.DataFrame:
    reference = _reference(dataset)
    claims = _Claims.of(view, reference)
    pieces = [
        _Beside(reference, claims, at[start : start + CHUNK], signature).kept()
        for signature, at in claims.groups()
        for start in range(0, len(at), CHUNK)
    ]
    found = _table(pieces)
    order = found.assign(_after=~found["lead"]).sort_values(
        ["_claim", "_after", "_rank", "_order", "count"], kind="stable"
    )
    order = order[order.groupby(["_claim", "relation"]).cumcount() < MAX_SAME]
    return order[[name for name in order if not str(name).startswith("_")]].reset_index(drop=True)


def as_of(claims: pd.DataFrame) -> pd.Series:
    """Return the day for which others are asked: the last day that each claim surely knew of (datetime64).

    A claim to the month speaks at least for its first day; it may reach to the day of the report, never past its period.
    `claims` needs `period_end` and `published`.
    """
    end_first, end_last = dates.first_day(claims["period_end"]), dates.last_day(claims["period_end"])
    printed = dates.first_day(claims["published"])
    known = end_last.where(~(printed < end_last), printed)
    return known.where(~(known < end_first), end_first)


def _days(column: pd.Series) -> Floats:
    """Return days since 1970; NaN where unknown."""
    values = column.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(values), np.nan, values.astype("int64").astype("float64"))


def _numbers(column: pd.Series) -> Floats:
    values: Floats = column.to_numpy(dtype="float64", na_value=np.nan)
    return values


def _is_state(rows: pd.DataFrame) -> pd.Series:
    """Whether each is a state at a date; totals of displaced people since the war began are compared as one (codebook)."""
    flight = rows["indicator"].isin([term.code for term in SERIES_INDICATORS if term.topic is FLIGHT])
    return (rows["measure"] == STOCK) | ((rows["measure"] == CUMULATIVE) & flight)


def _state_word(rows: pd.DataFrame) -> pd.Series:
    return pd.Series("", rows.index, dtype="str").mask(_is_state(rows), "state")


_INDICATORS = by_code(SERIES_INDICATORS)
_WITHIN = {"what": contained(SERIES_INDICATORS), "who": contained(POPULATION_GROUPS), "by whose fire": contained(FIRES)}


def _held(dimension: str, claim: str, count: str) -> int:
    """Relate two codes by what their terms contain."""
    within = _WITHIN[dimension]
    return (
        _SAME if claim == count else _PART if count in within[claim] else _WHOLE if claim in within[count] else _CROSSES
    )


def _what(claim: str, count: str) -> int:
    """Relate what is counted: indicator and whether it is a state; another topic is another thing."""
    one, is_state, other, other_is_state = *claim.split("\x1f"), *count.split("\x1f")
    if is_state != other_is_state or _INDICATORS[one].topic is not _INDICATORS[other].topic:
        return _CROSSES
    return _held("what", one, other)


def _who(claim: str, count: str) -> int:
    """Relate groups; those that leave nobody out are one."""
    groups = [ALL_PEOPLE if group in EVERYBODY else group for group in (claim, count)]
    return _held("who", *groups)


def _fire(claim: str, count: str) -> int:
    """Relate by whose fire; where nobody was harmed there is none."""
    return _held("by whose fire", claim, count) if claim and count else _SAME if claim == count else _CROSSES


@dataclass(frozen=True)
class _Reference:
    """The published counts, prepared: rows with differences at the end, days as numbers, runs as slices of the rows."""

    rows: pd.DataFrame
    within: Mapping[Any, Any]
    spans: Mapping[Any, list[str]]
    country: str
    events: pd.DataFrame
    known: dict[tuple[str, str], Codes] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset) -> "_Reference":
        """Prepare the counts of a dataset."""
        counts = published_counts(dataset)
        rows = pd.concat([counts, differences(counts)], ignore_index=True)
        places = dataset.table("places").drop_duplicates("place_id").set_index("place_id")
        events = dataset.table("events").drop_duplicates("event_id").set_index("event_id")
        spans = places["spans"].dropna().str.split("; ").to_dict()
        return cls(rows, places["within"].dropna().to_dict(), spans, dataset.about.country, events)

    @cached_property
    def columns(self) -> dict[str, tuple[Ints, list[str]]]:
        """Of each column that is compared the code of each row, and what the codes stand for."""
        rows = self.rows
        compared_by = {
            "what": rows["indicator"] + "\x1f" + _state_word(rows),
            "who": rows["population_group"],
            "unit": rows["unit"],
            "where": rows["place_id"],
            "where abroad": rows["place_id"],
            "by whose fire": rows["by_fire"].fillna(""),
            "event": rows["event_id"].fillna(""),
            "organisation": rows["organisation_id"],
        }
        found = {}
        for name, column in compared_by.items():
            codes, values = pd.factorize(column.astype("object"))
            found[name] = (codes, [str(value) for value in values])
        return found

    @cached_property
    def days(self) -> dict[str, Floats]:
        """The days between which each count begins and ends, and that of its release."""
        names = ("start_first", "start_last", "end_first", "end_last", "published_day")
        return {name: _days(self.rows[name]) for name in names}

    @cached_property
    def incidents(self) -> pd.DataFrame:
        """The events that are incidents, by id."""
        return incidents(self.events)

    @cached_property
    def runs(self) -> tuple[Ints, Ints]:
        """First and last row of each run; differences are in none."""
        run = self.rows["run"].to_numpy()
        run = run[run >= 0]
        first = np.flatnonzero(np.r_[True, run[1:] != run[:-1]]) if len(run) else np.array([], dtype=np.intp)
        return first, np.r_[first[1:], len(run)][: len(first)] - 1

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """Columns that are asked for again and again, as arrays."""
        rows = self.rows
        return {
            "value": _numbers(rows["value"]),
            # A part bounds a claim by its smallest number, of which a ceiling has none; a whole by its largest.
            "least": _numbers(rows["low"].fillna(rows["best"]).fillna(0).mask(rows["bound"] == UP_TO, 0)),
            "most": _numbers(rows["high"].fillna(rows["best"]).fillna(rows["low"])),
            "is_floor": rows["is_floor"].to_numpy(dtype=bool),
            "run": rows["run"].to_numpy(),
            "context": (rows["use"] == CONTEXT_ONLY).to_numpy(),
            "organisation": rows["organisation_id"].to_numpy(dtype="object"),
            "event": rows["event_id"].fillna("").to_numpy(dtype="object"),
            "of_incident": rows["of_incident"].to_numpy(dtype=bool),
            "size": int((rows["run"] >= 0).sum()),
        }

    @cached_property
    def is_part(self) -> Bools:
        """Whether another series of the publisher takes in all that the count counts."""
        return self.rows["part_of"].notna().to_numpy()

    @cached_property
    def kinds(self) -> list[Bools]:
        """Which rows are of each kind: documented, estimate, modelled."""
        return [(self.rows["kind"] == term.code).to_numpy() for term in SERIES_KINDS]

    def related(self, name: str, value: str, relate: Callable[[str, str], int]) -> Codes:
        """Relate a value of a claim to those of all rows: once for each value that claims and rows have."""
        if (name, value) not in self.known:
            codes, values = self.columns[name]
            by_value = np.array([relate(value, other) for other in values] or [0], dtype=np.int8)
            self.known[name, value] = by_value[codes]
        return self.known[name, value]

    def holds(self, whole: str, place: str) -> bool:
        """Whether one place lies within another: by what contains it, or by all places that it spans."""
        if whole in wholes_of(place, self.within):
            return True
        spanned = self.spans.get(place, [])
        return bool(spanned) and all(whole in wholes_of(part, self.within) for part in spanned)

    def where(self, claim: str, count: str) -> int:
        """Relate places."""
        if claim == count:
            return _SAME
        if not claim:
            return _CROSSES
        return _PART if self.holds(claim, count) else _WHOLE if self.holds(count, claim) else _CROSSES

    def abroad(self, claim: str, count: str) -> int:
        """Relate places of people abroad, for whom the country at war stands for the whole world."""
        if claim == count or not claim or self.country not in (claim, count):
            return self.where(claim, count)
        outside = self.country not in wholes_of(count if claim == self.country else claim, self.within)
        return _CROSSES if not outside else _PART if claim == self.country else _WHOLE


def _reference(dataset: Dataset) -> _Reference:
    return dataset.kept("reference", lambda: _Reference.of(dataset))


Signature = tuple[str, str, str, str, str, str]
"""What a claim counts but its days: indicator and state, group, unit, place, fire, event of an incident."""


@dataclass(frozen=True)
class _Claims:
    """Claims, prepared: what each counts, its days as numbers."""

    ids: npt.NDArray[np.object_]
    speakers: npt.NDArray[np.object_]
    events: npt.NDArray[np.object_]
    incident: Bools
    state: Bools
    signatures: pd.Series
    start_first: Floats
    start_last: Floats
    end_first: Floats
    end_last: Floats
    as_of: Floats
    day_known: Bools
    printed_last: Floats
    low: Floats

    @classmethod
    def of(cls, view: pd.DataFrame, reference: _Reference) -> "_Claims":
        """Prepare rows of the claims view."""
        state = _is_state(view)
        events = view["event_id"].fillna("")
        incident = view["measure"] == INCIDENT
        asked = as_of(view)
        # Of an incident that is known the days are known, however the report puts them.
        known = incident & view["event_id"].isin(reference.incidents.index)
        view = view.assign(
            period_start=view["period_start"].where(~known, view["event_id"].map(reference.incidents["period_start"])),
            period_end=view["period_end"].where(~known, view["event_id"].map(reference.incidents["period_end"])),
        )
        start = view["period_start"].fillna(view["event_id"].map(reference.events["period_start"]))
        # An incident without a day of its own begins on the day on which it ends, and is not that of an offensive.
        start = start.where(~(incident & view["period_start"].isna()), view["period_end"])
        printed_last = dates.last_day(view["published"])
        start_first, start_last = dates.first_day(start), dates.last_day(start)
        end_first, end_last = as_of(view), dates.last_day(view["period_end"])
        end_last = end_last.where(~(printed_last < end_last), printed_last)
        whole = is_whole_span(view)
        start_last, end_first = start_last.where(~whole, start_first), end_first.where(~whole, end_last)
        harm = view["indicator"].isin([term.code for term in SERIES_INDICATORS if term.topic is HARM])
        parts = [
            view["indicator"] + "\x1f" + _state_word(view),
            view["population_group"],
            view["unit"],
            view["place_id"].fillna(""),
            view["by_fire"].fillna(ALL_FIRE).where(harm, ""),
            events.where(known, ""),
        ]
        keys = pd.Series(
            list(zip(*(part.astype("object") for part in parts), strict=True)), index=range(len(view)), dtype="object"
        )
        return cls(
            ids=view["claim_id"].to_numpy(dtype="object"),
            speakers=view["attributed_to"].to_numpy(dtype="object"),
            events=events.to_numpy(dtype="object"),
            incident=incident.to_numpy(dtype=bool),
            state=state.to_numpy(dtype=bool),
            signatures=keys,
            start_first=_days(start_first),
            start_last=_days(start_last),
            end_first=_days(end_first),
            end_last=_days(end_last),
            as_of=_days(asked),
            day_known=(dates.first_day(view["period_end"]) >= end_last).to_numpy(dtype=bool),
            printed_last=_days(printed_last),
            low=_numbers(view["low"].astype("Float64").fillna(view["best"].astype("Float64"))),
        )

    def groups(self) -> Iterator[tuple[Signature, Ints]]:
        """Yield what is counted with the claims that count it, those without a date left out."""
        known = self.signatures[~np.isnan(self.as_of)]
        for signature, at in known.groupby(known, sort=False).groups.items():
            yield signature, np.asarray(at, dtype=np.intp)  # type: ignore[misc]


class _Beside:
    """Claims that count the same on other days, and the counts that stand beside them.

    `pick` holds for each claim (row) two counts of each run (columns): the last on or before its date, the first after; then
    the differences that fit its days. -1 where there is none.
    """

    def __init__(
        self, reference: _Reference, claims: _Claims, at: Ints, signature: Signature, *, everything: bool = False
    ) -> None:
        self.reference, self.claims, self.at, self.signature = reference, claims, at, signature
        self.by_dimension = self._dimensions()
        self.mask = np.bitwise_or.reduce(self.by_dimension, axis=0)
        # Own counts may cross on place and fire; all others are found by what they count.
        fits = (self.mask < _CROSSES) & (self.mask != (_PART | _WHOLE))
        own = (self.by_dimension[:3] < _CROSSES).all(axis=0) & self._is_own_of_any()
        first, last = reference.runs
        # A release may be named a part where an earlier one of the same count is not.
        of_runs = (fits | own | everything)[: reference.arrays["size"]]
        chosen = np.logical_or.reduceat(of_runs, first) if len(first) else of_runs
        self.first, self.last = first[chosen], last[chosen]
        self.pick = self._around()

    def _dimensions(self) -> npt.NDArray[np.int8]:
        """Relate all counts in each dimension but the days, in which they are the same for now."""
        what, who, unit, place, fire, event = self.signature
        reference = self.reference
        abroad = _INDICATORS[what.split("\x1f")[0]].abroad
        kinds = reference.related("what", what, _what)
        kinds = np.where(reference.is_part & (kinds != _CROSSES), kinds | _PART, kinds).astype(np.int8)
        fires = reference.related("by whose fire", fire, _fire)
        if event:
            fires = np.where(self._of_incident(event), _SAME, fires).astype(np.int8)
        return np.array(
            [
                kinds,
                reference.related("who", who, _who),
                reference.related("unit", unit, lambda claim, count: _SAME if claim == count else _CROSSES),
                reference.related(
                    "where abroad" if abroad else "where", place, reference.abroad if abroad else reference.where
                ),
                np.zeros(len(reference.rows), dtype=np.int8),
                fires,
            ]
        )

    def _of_incident(self, event: str) -> Bools:
        """Whether each count is of that very incident: of the same days, and of the same fire, whatever is printed."""
        codes, values = self.reference.columns["event"]
        here = values.index(event) if event in values else -2
        of_incident: Bools = self.reference.arrays["of_incident"]
        of_event: Bools = codes == here
        return of_event & of_incident

    def _is_own_of_any(self) -> Bools:
        codes, values = self.reference.columns["organisation"]
        speakers = set(self.claims.speakers[self.at])
        return np.isin(codes, [code for code, value in enumerate(values) if value in speakers])

    def _around(self) -> Ints:
        """Return for each claim the last count of each run on or before its date and the first after, then differences."""
        days = self.reference.days["end_last"]
        end = self.claims.as_of[self.at]
        if not len(self.first):
            return self._fitting_differences()
        big = 10_000_000.0
        number = np.repeat(np.arange(len(self.first)), self.last - self.first + 1)
        within = np.concatenate([np.arange(a, b + 1) for a, b in zip(self.first, self.last, strict=True)])
        keys = number * big + days[within]
        wanted = np.arange(len(self.first))[None, :] * big + end[:, None]
        found = np.searchsorted(keys, wanted, side="right")
        offset = np.r_[0, np.cumsum(self.last - self.first + 1)]
        before, after = found - 1, found
        before_ok, after_ok = before >= offset[:-1][None, :], after < offset[1:][None, :]
        earlier = np.where(before_ok, within[np.clip(before, 0, len(within) - 1)], -1)
        later = np.where(after_ok, within[np.clip(after, 0, len(within) - 1)], -1)
        earlier = self._of_the_time(earlier)
        return np.hstack([earlier, self._of_the_time(self._last_of_day(later)), self._fitting_differences()])

    def _later(self, pick: Ints, printed: Floats) -> Bools:
        """Whether each count was released after a report: it says so, or says nothing and covers a day after it."""
        published, end = (self.reference.days[name][pick] for name in ("published_day", "end_first"))
        later: Bools = np.where(np.isnan(published), end, published) > printed
        return later

    def _last_of_day(self, pick: Ints) -> Ints:
        """Move each pick to the last release of its day."""
        run, day, size = self.reference.arrays["run"], self.reference.days["end_last"], self.reference.arrays["size"]
        while True:
            following = np.clip(pick + 1, 0, size - 1)
            moves = (pick >= 0) & (following > pick) & (run[following] == run[pick]) & (day[following] == day[pick])
            if not moves.any():
                return pick
            pick = np.where(moves, following, pick)

    def _of_the_time(self, pick: Ints) -> Ints:
        """Return in place of each count the release of that day that was public when the report was printed, where one was."""
        run, days = self.reference.arrays["run"], self.reference.days
        day, published = days["end_last"], days["published_day"]
        printed = self.claims.printed_last[self.at][:, None]
        best, at = pick, pick
        while True:
            before = np.clip(at - 1, 0, None)
            moves = (at > 0) & (published[at] > printed) & (run[before] == run[at]) & (day[before] == day[at])
            if not moves.any():
                return best
            at = np.where(moves, before, at)
            best = np.where(moves & ~(published[before] > printed), before, best)

    def _fitting_differences(self) -> Ints:
        """Return the differences that have the days of a claim, most at a time of any claim; differences follow the runs."""
        computed = np.arange(self.reference.arrays["size"], len(self.reference.rows))
        computed = computed[self.mask[computed] < _CROSSES]
        computed = computed[self.mask[computed] != (_PART | _WHOLE)]
        if not len(computed) or self.claims.state[self.at[0]]:
            return np.full((len(self.at), 0), -1, dtype=np.intp)
        pick = np.broadcast_to(computed, (len(self.at), len(computed)))
        fits = (self._when(pick)[0] == _SAME) & ~np.isnan(self.claims.start_first[self.at])[:, None]
        used = fits.any(axis=0)
        return np.where(fits, pick, -1)[:, used]

    def _when(self, pick: Ints) -> tuple[Codes, Floats, Bools, Bools]:
        """Relate the days of each pick to those of its claim: relation, distance in days, whether part and whole are sure."""
        claims, at, days = self.claims, self.at, self.reference.days
        count = {name: values[pick] for name, values in days.items()}
        claim = {
            name: getattr(claims, name)[at][:, None] for name in ("start_first", "start_last", "end_first", "end_last")
        }
        end_gap = _gap(claim["end_first"], claim["end_last"], count["end_first"], count["end_last"])
        if claims.state[at[0]]:
            code = np.where(end_gap <= STATE_DAYS, _SAME, _CROSSES)
            near = end_gap <= STATE_DAYS
            return code.astype(np.int8), end_gap, near, near
        start_gap = _gap(claim["start_first"], claim["start_last"], count["start_first"], count["start_last"])
        length = claim["end_first"] - claim["start_first"]
        allowed = np.where(np.isnan(length), MIN_DAYS, np.clip(np.floor(length * TOLERANCE), MIN_DAYS, MAX_DAYS))
        same = (start_gap <= allowed) & (end_gap <= allowed)
        # A count to the month has not the days of a claim to the day.
        for end in ("start", "end"):
            vague = count[f"{end}_last"] - count[f"{end}_first"]
            same &= vague <= np.maximum(allowed, claim[f"{end}_last"] - claim[f"{end}_first"])
        part = (count["start_first"] >= claim["start_first"] - allowed) & (
            count["end_last"] <= claim["end_first"] + allowed
        )
        whole = (count["start_last"] <= claim["start_first"] + allowed) & (
            count["end_first"] >= claim["end_last"] - allowed
        )
        sure_part = (count["start_first"] >= claim["start_first"]) & (count["end_last"] <= claim["end_first"])
        sure_whole = (count["start_last"] <= claim["start_first"]) & (count["end_first"] >= claim["end_last"])
        code = np.where(same, _SAME, np.where(part, _PART, np.where(whole, _WHOLE, _CROSSES)))
        distance = np.fmax(start_gap, end_gap)
        # An incident on a day that the report does not give may have been on any other.
        unknown = (claims.incident[at] & ~claims.day_known[at])[:, None]
        code, sure_part, sure_whole = np.where(unknown, _CROSSES, code), sure_part & ~unknown, sure_whole & ~unknown
        if event := self.signature[-1]:
            here = self._of_incident(event)[pick]
            code, distance = np.where(here, _SAME, code), np.where(here, 0.0, distance)
            sure_part, sure_whole = sure_part | here, sure_whole | here
        return code.astype(np.int8), distance, sure_part, sure_whole

    def _related(self) -> dict[str, Any]:
        """Relate every pick."""
        arrays, pick = self.reference.arrays, self.pick
        there = pick >= 0
        when, distance, sure_part, sure_whole = self._when(pick)
        rest = self.mask[pick]
        context = arrays["context"][pick]
        sure = np.where(
            rest == _WHOLE,
            sure_whole,
            np.where(rest == _PART, sure_part, np.where(when == _WHOLE, sure_whole, sure_part)),
        )
        code = np.where(context, rest | _CROSSES, rest | when)
        close = there & (distance <= MAX_DISTANCE)
        holds = close & np.isin(code, [_SAME, _PART, _WHOLE])
        near = close & ~holds & np.isin(rest, [_SAME, _PART, _WHOLE]) & ((when == _CROSSES) | context)
        after = self.reference.days["end_first"][pick] > self.claims.end_last[self.at][:, None]
        differs = (self.by_dimension != _SAME).sum(axis=0)[pick]
        order = distance + AFTERWARDS * after + 10 * MAX_DISTANCE * (rest != _SAME) + differs / 10
        crosses = (self.by_dimension >= _CROSSES).sum(axis=0)[pick] + (when == _CROSSES) + context
        own = there & (arrays["organisation"][pick] == self.claims.speakers[self.at][:, None])
        return {
            "code": code, "distance": distance, "sure": sure, "there": there, "holds": holds, "near": near, "own": own, "when": when,
            "close": close, "order": order, "crosses": crosses, "differs": differs, "rest": rest,
        }  # fmt: skip

    def kept(self) -> "_Found":
        """Return the counts that are kept beside each claim."""
        if not self.pick.shape[1]:
            return {}
        found = self._related()
        value = self.reference.arrays["value"][self.pick]
        kept = found["holds"] & (found["code"] == _SAME)
        others = ~found["own"] & ~np.isnan(value)
        each = np.arange(len(self.at))
        is_floor, rules_out = self.reference.arrays["is_floor"][self.pick], found["sure"]
        size = {name: self.reference.arrays[name][self.pick] for name in ("least", "most")}
        for code, order in ((_PART, size["least"]), (_WHOLE, -size["most"])):
            those = found["holds"] & (found["code"] == code) & others
            if code == _WHOLE:
                # A floor bounds nothing from above.
                those &= ~(is_floor & (value < self.claims.low[self.at][:, None]))
                rules_out = rules_out & ~is_floor
            for kind in self.reference.kinds:
                of_kind = those & kind[self.pick]
                ranked = np.where(of_kind, order, -np.inf)
                # Of those that are as large the one that may rule a claim out, then the closest.
                alike = of_kind & (ranked == ranked.max(axis=1, keepdims=True))
                best = np.argmin(np.where(alike, found["order"] - 100 * MAX_DISTANCE * rules_out, np.inf), axis=1)
                kept[each, best] |= of_kind[each, best]
        same_but_for_days = found["rest"] == _SAME
        near = found["near"] & others
        enough = kept.any(axis=1) | (near & same_but_for_days).any(axis=1)
        near &= same_but_for_days | ~enough[:, None]
        order = np.where(near, found["order"], np.inf)
        for column in np.argsort(order, axis=1, kind="stable")[:, :MAX_NEAR].T:
            kept[each, column] |= near[each, column]
        found["lead"] = self._own(found)
        return self._rows(found, kept | found["lead"])

    def _own(self, found: Mapping[str, Any]) -> Bools:
        """Choose the count of the speaker that is closest to the claim: both its values around the date, whatever the relation."""
        counted: Bools = np.all(self.by_dimension[:3] < _CROSSES, axis=0)
        events = self.reference.arrays["event"][self.pick]
        of_event = (events == self.claims.events[self.at][:, None]) & (events != "")
        # What is of another place or other fire is shown where it is of the same event.
        own = found["own"] & counted[self.pick] & found["close"] & (of_event | (found["rest"] < _CROSSES))
        # The same count first, then by distance; one that is wider or crosses on more than the days as if further away.
        is_same = found["holds"] & (found["code"] == _SAME)
        further = found["crosses"] - (found["when"] == _CROSSES)
        further = further + (found["rest"] == _WHOLE)
        order = found["distance"] + STATE_DAYS * further + found["differs"] / 10 - MAX_DISTANCE * is_same
        order = np.where(own, order, np.inf)
        each = np.arange(len(self.at))
        best = np.argmin(order, axis=1)
        kept: Bools = np.zeros_like(own)
        kept[each, best] = own[each, best]
        runs = len(self.first)
        for shift in (runs, -runs):
            other = best + shift
            there = (best < 2 * runs) & (other >= 0) & (other < 2 * runs)
            kept[each[there], other[there]] |= own[each[there], other[there]]
        return kept

    def all_rows(self) -> "_Found":
        """Return every pick with its relation."""
        if not self.pick.shape[1]:
            return {}
        found = self._related()
        found["lead"] = np.zeros_like(found["there"])
        return self._rows(found, found["there"])

    def _rows(self, found: Mapping[str, Any], kept: Bools) -> "_Found":
        row, column = np.nonzero(kept)
        pick = self.pick[row, column]
        code = found["code"][row, column]
        near = found["near"][row, column] | (found["lead"] & ~found["holds"])[row, column]
        names = np.array([_RELATIONS.get(value, APART) for value in code], dtype="object")
        names = np.where(found["holds"][row, column], names, np.where(near, NEAR, APART))
        dimensions = self.by_dimension[:, pick].copy()
        dimensions[WHEN] = found["when"][row, column]
        return {
            "claim_id": self.claims.ids[self.at[row]],
            "count": pick,
            "relation": names,
            "but_for_days": np.array(
                [_RELATIONS.get(value, APART) for value in found["rest"][row, column]], dtype="object"
            ),
            "lead": found["lead"][row, column],
            "own": found["own"][row, column],
            "distance": found["distance"][row, column],
            "sure": found["sure"][row, column],
            "later": self._later(pick, self.claims.printed_last[self.at[row]]),
            "crossing": _crossing(dimensions),
            "_claim": self.at[row],
            "_order": found["order"][row, column],
            "_rank": np.select([names == SAME, names == PART, names == WHOLE, names == NEAR], [0, 1, 2, 3], 4),
        }


_Found = dict[str, npt.NDArray[Any]]
"""Columns of what was found, before it is a table."""
_KINDS: dict[str, Any] = {
    "claim_id": "object", "count": np.intp, "relation": "object", "but_for_days": "object", "lead": bool, "own": bool,
    "distance": float, "sure": bool, "later": bool, "crossing": "int64", "_claim": np.intp, "_order": float,
    "_rank": "int64",
}  # fmt: skip


def _table(pieces: Sequence[_Found]) -> pd.DataFrame:
    """Join what was found in pieces."""
    none: _Found = {name: np.array([], dtype=kind) for name, kind in _KINDS.items()}
    joined = {name: np.concatenate([none[name], *(piece[name] for piece in pieces if piece)]) for name in _KINDS}
    return pd.DataFrame(joined).astype({name: "str" for name, kind in _KINDS.items() if kind == "object"})


def _crossing(dimensions: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    """Return the dimensions that cross as bits; where parts and wholes mix without a crossing, those that hold more."""
    crosses = dimensions == _CROSSES
    mixed = ~crosses.any(axis=0) & (dimensions == _PART).any(axis=0) & (dimensions == _WHOLE).any(axis=0)
    crosses |= mixed[None, :] & (dimensions == _WHOLE)
    bits: npt.NDArray[np.int64] = (crosses * (1 << np.arange(len(DIMENSIONS)))[:, None]).sum(axis=0)
    return bits


def crossing(bits: int) -> list[str]:
    """Return the names of the dimensions in a set of bits."""
    return [name for place, name in enumerate(DIMENSIONS) if bits >> place & 1]


def _gap(first: Floats, last: Floats, other_first: Floats, other_last: Floats) -> Floats:
    """Return the days between two spans of days, 0 where they touch, NaN where one is unknown."""
    gap: Floats = np.maximum(np.maximum(other_first - last, first - other_last), 0.0)
    return gap
