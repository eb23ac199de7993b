"""What must hold of places and events: what lies within what, on the ground and in time.

Why: whoever chooses a place or an event gets all that lies within it, so nothing may stand there that lies elsewhere. Here: the rules
of `places.csv` and `events.csv`, and whether one place or period can lie within another. Borders of places without a level
(vocabulary, PLACE_KINDS) are not known: a rule finds only what cannot be. Not here: circles (`rules.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from validation import dates
from validation.rules import Wrong, is_one_of, rule, wholes_of
from validation.vocabulary import ABROAD, LEVELS, SHARP


@dataclass(frozen=True)
class Ground:
    """Which places share ground, as far as `places.csv` says it: by what contains a place, and by the places that it spans."""

    within: Mapping[Any, Any]
    spans: Mapping[Any, list[str]]
    levels: Mapping[Any, int]

    @classmethod
    def of(cls, places: pd.DataFrame) -> "Ground":
        """Return the ground of places.csv."""
        rows = places.dropna(subset="place_id").drop_duplicates("place_id").set_index("place_id")
        spans = rows["spans"].dropna().str.split("; ").to_dict()
        return cls(rows["within"].dropna().to_dict(), spans, rows["kind"].map(LEVELS).dropna().to_dict())

    def not_held(self, rows: pd.DataFrame) -> pd.Series:
        """Return for each row whether its `place_id` cannot lie within `whole_place_id`; a place abroad holds refugees of the whole."""
        cells = zip(rows["place_id"], rows["whole_place_id"], rows["indicator"].isin(ABROAD), strict=True)
        wrong = [
            not self.can_hold(whole, place) and not (abroad and self.widest(place) != self.widest(whole))
            for place, whole, abroad in cells
        ]
        return pd.Series(wrong, rows.index, dtype=bool)

    def can_hold(self, whole: str, place: str) -> bool:
        """Whether a place can lie within another: it is named as such, or lies in one that the other has a part of."""
        if whole in wholes_of(place, self.within):
            return True
        spanned = set(self.spans.get(whole, ()))
        parts = self.spans.get(place)
        if parts is None:
            return bool(spanned.intersection(wholes_of(place, self.within)[1:]))
        return all({whole, *spanned}.intersection(wholes_of(part, self.within)) for part in parts)

    def can_meet(self, one: str, other: str) -> bool:
        """Whether two places can share ground: not where they lie in different places of one level."""
        pairs = [(part, of) for part in self.spans.get(one, [one]) for of in self.spans.get(other, [other])]
        return any(self._may_overlap(part, of) for part, of in pairs)

    def _may_overlap(self, one: str, other: str) -> bool:
        chains = wholes_of(one, self.within), wholes_of(other, self.within)
        if one in chains[1] or other in chains[0]:
            return True
        solid = [{self.levels[place]: place for place in chain if place in self.levels} for chain in chains]
        return all(solid[0][level] == solid[1][level] for level in solid[0].keys() & solid[1].keys())

    def narrowest(self, place: str) -> int:
        """Return the level of the narrowest place with sharp borders that contains a place, -1 where none does."""
        return next((self.levels[whole] for whole in wholes_of(place, self.within)[1:] if whole in self.levels), -1)

    def widest(self, place: str) -> str:
        """Return the widest place with sharp borders that a place is or lies in, "" where there is none."""
        return next((whole for whole in reversed(wholes_of(place, self.within)) if whole in self.levels), "")


def outside_in_time(rows: pd.DataFrame) -> pd.Series:
    """Whether no day of a row can lie within its whole, or its first or last day surely does not; `whole_`: dates of the whole."""
    first, last = dates.first_day, dates.last_day
    start, end = rows["period_start"], rows["period_end"]
    begins, ends = first(rows["whole_period_start"]), last(rows["whole_period_end"])
    return (last(start) < begins) | (last(end) < begins) | (first(end) > ends) | (first(start) > ends)


@rule("places.spans", "places")
def spanned_places_are_known_and_of_one_kind(places: pd.DataFrame) -> Iterator[Wrong]:
    """A place spans two or more places of one kind with sharp borders, none of them twice (docs/comparison.md)."""
    spanned = places["spans"].dropna().str.split("; ").explode()
    kinds = places.drop_duplicates("place_id").set_index("place_id")["kind"]
    kind = spanned.map(kinds)
    unknown = pd.Series(places.index.isin(spanned.index[kind.isna()]), places.index)
    action = "Use ids of this file, “; ” between"
    yield Wrong("spans", unknown, "{spans} names a place that is not here", action)
    rows = pd.DataFrame({"place": spanned, "kind": kind}).groupby(level=0)
    several = (rows.size() > 1) & (rows["place"].nunique() == rows.size())
    one_kind = (rows["kind"].min() == rows["kind"].max()) & rows["kind"].first().isin(SHARP)
    wrong = ~(several & one_kind).reindex(places.index, fill_value=True) & ~unknown
    yield Wrong("spans", wrong, "{spans} are not two or more places of one kind with sharp borders", "Name such places")
    own, level = places["kind"].map(LEVELS), rows["kind"].first().map(LEVELS).reindex(places.index)
    yield Wrong("spans", (own == level) & ~unknown & ~wrong, "a {kind} has no part in two others", "Leave it blank")
    ground = Ground.of(places)
    pairs = zip(spanned, places["within"].reindex(spanned.index), strict=True)
    apart = [isinstance(whole, str) and not ground.can_meet(place, whole) for place, whole in pairs]
    apart_at = pd.Series(places.index.isin(spanned.index[apart]), places.index) & ~unknown & ~wrong
    yield Wrong("spans", apart_at, "one of {spans} lies outside {within}", "Correct spans, or within")


@rule("places.kind", "places")
def places_lie_within_wider_ones(places: pd.DataFrame) -> Iterator[Wrong]:
    """Two places of one level share no ground, nor does a wider one lie within a narrower (vocabulary, PLACE_KINDS)."""
    ground = Ground.of(places)
    above = places["place_id"].map(ground.narrowest, na_action="ignore")
    wrong = places["within"].notna() & (places["kind"].map(LEVELS) <= above)
    problem = "a {kind} cannot lie within {within}, which is no wider or lies within what is no wider"
    yield Wrong("within", wrong, problem, "Name the place that contains it")


@rule("places.position", "places")
def positions_are_whole(places: pd.DataFrame) -> Iterator[Wrong]:
    """Latitude and longitude go together."""
    half = places["latitude"].isna() != places["longitude"].isna()
    yield Wrong("latitude", half, "only one of latitude and longitude is filled", "Fill both, or leave both blank")


@rule("events.part", "events", "places")
def events_lie_within_the_larger_one(events: pd.DataFrame, places: pd.DataFrame) -> Iterator[Wrong]:
    """A battle of an offensive was fought in its days and on its ground (codebook, events.within)."""
    rows = events[is_one_of(events["within"], events["event_id"])]
    wholes = events.drop_duplicates("event_id").set_index("event_id").add_prefix("whole_")
    rows = rows.join(wholes, on="within")
    problem = "its days are not within those of {within}"
    yield Wrong("within", outside_in_time(rows), problem, "Correct a date, or leave within blank", rows)
    ground = Ground.of(places)
    pairs = zip(rows["place_id"], rows["whole_place_id"], strict=True)
    apart = [all(isinstance(at, str) for at in pair) and not ground.can_meet(*pair) for pair in pairs]
    problem = "{place_id} lies outside {whole_place_id}, the place of {within}"
    yield Wrong("within", pd.Series(apart, rows.index, bool), problem, "Correct a place, or leave within blank", rows)
