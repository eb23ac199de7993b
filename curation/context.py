"""What the words around a number say of it: when, where, who said it, what it is part of; a suggestion for every column.

Why: a curator who is shown the likely code confirms it with a glance. Each suggestion is a rule of the codebook applied to the
sentence, then to the paragraph, then to the events of the tables; where the words say nothing the cell stays blank. By whose
attacks people were harmed is never suggested. Here: the rules, and their order. Not here: what is counted (`suggest.py`),
the days and the span that a number covers (`when.py`, `covering.py`), its
quote (`quoting.py`), names (`mentioned.py`), speakers (`speakers.py`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import takewhile

from curation.covering import measure_of, nearest
from curation.doubts import DESTINATION, IN_A_LIST, NO_PLACE, NOBODY, OWN_VOICE, limitations_of
from curation.mentioned import Mention, Places
from curation.quoting import quoted
from curation.speakers import Organisations, Said
from curation.suggest import Candidate, sentences
from curation.when import Stretch, ends, stretches
from validation import Dataset
from validation.quantity import Quantity
from validation.vocabulary import (
    ARMED,
    CLAIM,
    CUMULATIVE,
    CUMULATIVE_DISPLACEMENT,
    DISPLACED,
    DISPLACEMENT,
    ENEMY_LOSSES,
    EXACT,
    FAMILIES,
    FIGHTING,
    IDPS,
    INCIDENT,
    INDICATORS,
    PEOPLE,
    PERIOD,
    POPULATION,
    POPULATION_GROUPS,
    REFUGEES,
    STOCK,
    UNKNOWN_START,
    USUAL_PUBLISHER,
    by_code,
    contained,
)

REACH = 600
"""Characters of a sentence on either side of a number that are looked at: what keeps a long text linear."""
DAYS_OF_A_CAMPAIGN = 7
SLACK = timedelta(days=7)
"""How long before publication an event may have ended, for a number counted over a period without a date."""
_FAMILY = re.compile(r"\b(?:families|households)\b", re.IGNORECASE)
_PART = re.compile(
    r"(?:\(|\bincluding|\bincluded|\bamong (?:them|whom|those|the dead|the \w+ed)|\bof (?:whom|them|which|those)|,\s+with"
    r"|\bmost of them)(?![^.;]*,\s+(?:were|was|have|had|has|are|died)\b)[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?![^.;]*,\s+(?:were|was|have|had|has|are|died)\b)[^.;:()]{0,70}?(?:,|\band\b|,\s*and\b)\s*(?:another\s+|also\s+)?\Z",
    re.IGNORECASE,
)
_TOWARD = re.compile(
    r"\b(?:to|towards?|into|making for|heading for|bound for|reached|sought (?:safety|refuge|shelter) in)\b\s*",
    re.IGNORECASE,
)
_HOME_GROUND = re.compile(
    r"(?:the\s+|other\s+|nearby\s+|safer\s+|surrounding\s+|(?:\w+\s+){1,3}of\s+the\s+)*(?:coast|countryside|capital|interior|parts of the country"
    r"|(?:nearby|surrounding|neighbou?ring) (?:towns|villages|areas|districts)|(?:towns|villages) (?:nearby|further))\b",
    re.IGNORECASE,
)
"""Destinations inside the country that have no name."""
_FLED = re.compile(r"[^,;.]{0,40}?\b(?:fled|fleeing|displaced|uprooted|driven (?:from|out))\b", re.IGNORECASE)
_SINCE_THEN = re.compile(r"\bsince then\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:reportedly|allegedly|reported to have|said to have|believed to have|thought to have|are believed|is believed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Read:
    """A number read in its sentence; what it is part of is known only beside the others."""

    number: Candidate
    sentence: tuple[int, int]
    indicator: str = ""
    unit: str = PEOPLE
    measure: str = ""
    first: str = ""
    last: str = ""
    place: str = ""
    place_said: bool = False
    event: str = ""
    said: Said = field(default_factory=Said)
    nobody: bool = False
    part_of: str = ""
    in_a_list: bool = False


class Reader:
    """Reads the numbers of one text beside the tables."""

    def __init__(self, dataset: Dataset, source_id: str) -> None:
        """Take the tables, and the source whose text is available."""
        sources = dataset.table("sources").set_index("source_id")
        organisations = dataset.table("organisations")
        self._paragraphs = dataset.texts[source_id].paragraphs
        self._published = str(sources.loc[source_id, "published"])
        self._publisher = str(sources.loc[source_id, "publisher_id"])
        self._began, self._country = dataset.about.began, dataset.about.country
        self._kinds = organisations.set_index("organisation_id")["kind"].to_dict()
        agencies = {str(org) for org, kind in self._kinds.items() if kind == USUAL_PUBLISHER}
        self._organisations = Organisations(organisations, self._paragraphs, self._publisher, agencies)
        self._places = Places(dataset.table("places"), self._country)
        self._spans: dict[int, list[tuple[int, int]]] = {}
        known = dataset.table("events").dropna(subset=["place_id", "period_start", "period_end"]).astype("str")
        self._events = list(
            known[["event_id", "place_id", "period_start", "period_end"]].itertuples(index=False, name=None)
        )
        self._where = dict(zip(known["event_id"], known["place_id"], strict=True))
        self._caveats = dataset.table("caveats")
        self._named = self._places.counts(self._paragraphs)
        self._relayed: dict[str, str] = {}

    def suggestions(self, numbers: Sequence[Candidate]) -> list[dict[str, object]]:
        """Return for each number, in order, the cells suggested, by column of the triage table."""
        read: list[_Read] = []
        for number in numbers:
            one = _Read(number, self._sentence(number))
            read.append(self._related(self._read(one), read) if number.indicator and number.quantity else one)
        return [self._cells(one) for one in read]

    def _sentence(self, number: Candidate) -> tuple[int, int]:
        """Return where the sentence of a number begins and ends, as far as it is looked at."""
        paragraph = self._paragraphs[number.paragraph - 1]
        if number.paragraph not in self._spans:
            self._spans[number.paragraph] = list(sentences(paragraph))
        spans = self._spans[number.paragraph]
        start, end = spans[max(0, bisect_right(spans, (number.start, len(paragraph) + 1)) - 1)]
        return max(start, number.start - REACH), min(end, number.end + REACH)

    def _read(self, one: _Read) -> _Read:
        """Read a number by its own sentence and paragraph."""
        number, (start, end) = one.number, one.sentence
        paragraph = self._paragraphs[number.paragraph - 1]
        sentence, at, behind = paragraph[start:end], number.start - start, number.end - start
        earlier = self._earlier(number, start)
        said = self._organisations.said(sentence, at, behind, earlier)
        published = self._anchor(said.via)
        stretch = nearest(stretches(sentence, published, self._began), sentence, at, behind)
        unit = (
            FAMILIES
            if _FAMILY.search(f"{number.wording} {' '.join(paragraph[number.end : number.end + 60].split()[:2])}")
            else PEOPLE
        )
        indicator = self._indicator(number, sentence, behind)
        measure = measure_of(indicator, sentence, stretch)
        if stretch is None and _SINCE_THEN.search(sentence):
            above = "" if number.paragraph == 1 else self._paragraphs[number.paragraph - 2][-REACH:]
            then = self._day_beside(paragraph[max(0, start - REACH) : start], published) or self._day_beside(
                above, published
            )
            stretch = replace(then, last=published, since=True) if then else None
        if stretch is None and measure == INCIDENT:
            stretch = self._day_beside(paragraph[max(0, start - REACH) : start], published) or self._day_beside(
                paragraph[end : end + REACH], published, last=False
            )
        first, last = self._period(measure, stretch, published)
        place, place_said = self._place(paragraph, start, end, number.start, indicator, measure)
        event = self._event(measure, first, last, place)
        if not place:
            place = self._where.get(event or self._event(PERIOD, first, last, ""), "")
        return replace(
            one, indicator=indicator, unit=unit, measure=measure, first=first, last=last, place=place, place_said=place_said, event=event,
            said=said, nobody=bool(_NOBODY.search(sentence)),
        )  # fmt: skip

    def _earlier(self, number: Candidate, start: int) -> list[str]:
        """Return the sentences before one of a number, the last first, those of the paragraph above after those of its own."""
        above = self._paragraphs[number.paragraph - 2] if number.paragraph > 1 else ""
        texts = (self._paragraphs[number.paragraph - 1][max(0, start - REACH) : start], above[-REACH:])
        found = [text[low:high].strip() for text in texts for low, high in reversed(list(sentences(text)))]
        return [sentence for sentence in found if sentence]

    def _indicator(self, number: Candidate, sentence: str, end: int) -> str:
        """Return what is counted; displaced people whose destination is a place of the tables are inside or abroad."""
        if number.indicator != DISPLACED:
            return number.indicator
        ahead = sentence[end : end + 200]
        if any(
            re.search(r"\b(?:to|into|in|reached)\s+(?:neighbou?ring\s+)?\Z", ahead[: m.start])
            for m in self._places.abroad(ahead)
        ):
            return REFUGEES
        toward = _TOWARD.search(ahead)
        if toward is None:
            return DISPLACED
        inside = [m for m in self._places.mentions(ahead) if toward.end() <= m.start <= toward.end() + 60]
        return IDPS if inside or _HOME_GROUND.match(ahead, toward.end()) else DISPLACED

    def _anchor(self, via: str) -> str:
        """Return the day from which relative dates count: that of the dispatch relayed where the text says it, else of publication."""
        if not via:
            return self._published
        if via not in self._relayed:
            self._relayed[via] = next(self._dispatches(via), self._published)
        return self._relayed[via]

    def _dispatches(self, via: str) -> Iterator[str]:
        """Yield the days on which the text says that an agency reported."""
        for paragraph in self._paragraphs:
            for mention in self._organisations.mentions(paragraph):
                around = paragraph[max(0, mention.start - 30) : mention.end + 40]
                if mention.name_id == via and re.search(r"\b(?:reported|wrote|said)\b", around[-40:]):
                    days = [
                        s for s in stretches(around, self._published, "") if s.first == s.last and len(s.first) == 10
                    ]
                    yield from (day.first for day in days)

    def _day_beside(self, text: str, published: str, *, last: bool = True) -> Stretch | None:
        """Return the last day that the text before a sentence names, or the first that the text behind it names."""
        days = [
            one for one in stretches(text, published, self._began) if one.first == one.last and len(one.first) == 10
        ]
        return None if not days else days[-1] if last else days[0]

    def _period(self, measure: str, stretch: Stretch | None, published: str) -> tuple[str, str]:
        """Return the beginning and the end (codebook, period_start, period_end)."""
        if measure == STOCK:
            as_of = stretch and not stretch.since and not stretch.ongoing and stretch.last
            return "", as_of or published
        if measure == CUMULATIVE:
            return self._began, stretch.last if stretch and stretch.last else published
        return (stretch.first, stretch.last or published) if stretch else ("", published)

    def _place(self, paragraph: str, start: int, end: int, at: int, indicator: str, measure: str) -> tuple[str, bool]:
        """Return the narrowest place of the sentence, else of the paragraph, and whether the sentence names it."""
        sentence = self._mentions(paragraph[start:end])
        if sentence:
            return self._places.narrowest(sentence, at - start), True
        if measure == CUMULATIVE or indicator == REFUGEES:
            return self._country, True
        before = paragraph[max(0, start - REACH) : start]
        for text, place in ((before, len(before)), (paragraph[end : end + REACH], 0)):
            spans = list(sentences(text))
            for low, high in reversed(spans) if place else spans:
                if mentions := self._mentions(text[low:high]):
                    return self._places.narrowest(mentions, place - low), False
        return "", False

    def _mentions(self, text: str) -> list[Mention]:
        """Return the places that a text names, but for those within the name of an organisation."""
        taken = self._organisations.mentions(text)
        return [m for m in self._places.mentions(text) if not any(m.start < o.end and o.start < m.end for o in taken)]

    def _event(self, measure: str, first: str, last: str, place: str) -> str:
        """Return the event that a number is of: at its place or around it, at its time; an incident takes the shortest, a period an offensive."""
        days = ends(last)
        if measure not in (INCIDENT, PERIOD) or days is None:
            return ""
        begun = ends(first) or days
        fitting = []
        for event_id, where, period_start, period_end in self._events:
            opened, closed = ends(period_start), ends(period_end)
            if (
                opened is None
                or closed is None
                or opened[0] > days[1]
                or closed[1] < begun[0] - (SLACK if measure == PERIOD and not first else timedelta())
            ):
                continue
            length = (closed[1] - opened[0]).days + 1
            inside = where in self._places.chain(place) if place else self._named[where] > 0
            short = length <= DAYS_OF_A_CAMPAIGN
            if inside and not (short and (measure == PERIOD or place != where)):
                fitting.append((bool(place) and where != place, -len(self._places.chain(where)), length, event_id))
        return min(fitting)[-1] if fitting else ""

    def _related(self, one: _Read, before: Sequence[_Read]) -> _Read:
        """Say what a number is part of, and whether a qualifier before it may be meant for it too (codebook, part_of, qualifiers)."""
        paragraph = self._paragraphs[one.number.paragraph - 1]
        same = takewhile(
            lambda other: other.number.paragraph == one.number.paragraph and other.number.start >= one.sentence[0],
            reversed(before),
        )
        siblings = [other for other in same if other.measure][::-1]
        previous = siblings[-1] if siblings else None
        if previous is None:
            return one
        by_id = {other.number.number_id: other for other in siblings}
        listed = bool(_LIST.fullmatch(paragraph, previous.number.end, one.number.start))
        whole = next(
            (other for other in reversed(siblings) if _PART.search(paragraph[other.number.end : one.number.start]) and _contains(other, one)),
            None,
        )  # fmt: skip
        if whole is None and listed and previous.part_of and _contains(by_id[previous.part_of], one):
            whole = by_id[previous.part_of]
        quantity = previous.number.quantity
        in_a_list = listed and one.number.quantity is not None and one.number.quantity.bound == EXACT
        in_a_list = in_a_list and quantity is not None and (quantity.bound != EXACT or previous.in_a_list)
        if whole is None:
            return replace(one, in_a_list=in_a_list)
        living_there = (one.indicator, whole.indicator) == (POPULATION, POPULATION)
        if living_there and _FLED.match(paragraph, one.number.end):
            one = replace(one, indicator=IDPS)
        own = one.last != self._published or bool(one.first)
        allowed = by_code(INDICATORS)[one.indicator].measures
        if whole.measure in allowed and not (own and one.first != whole.first):
            one = replace(one, measure=whole.measure, first=whole.first, last=whole.last)
        event = "" if one.measure in (STOCK, CUMULATIVE) else one.event or whole.event
        place = one.place if whole.place in self._places.chain(one.place) else whole.place
        return replace(one, part_of=whole.number.number_id, in_a_list=in_a_list, place=place, event=event)

    def _cells(self, one: _Read) -> dict[str, object]:
        """Return the cells suggested for a number."""
        number, quantity = one.number, one.number.quantity
        paragraph = self._paragraphs[number.paragraph - 1]
        cells: dict[str, object] = {
            "decision": number.dismissal or CLAIM, "paragraph": number.paragraph, "wording": quoted(paragraph, number),
        }  # fmt: skip
        if quantity:
            cells |= {"bound": quantity.bound, "low": quantity.low, "best": quantity.best, "high": quantity.high}
        if not one.measure:
            return cells
        by = one.said.by or ("" if one.said.unnamed else self._publisher)
        return cells | {
            "indicator": one.indicator, "population_group": number.population_group, "unit": one.unit, "measure": one.measure,
            "period_start": one.first, "period_end": one.last, "place_id": one.place, "event_id": one.event, "attributed_to": by,
            "via": one.said.via if one.said.via != by else "", "part_of": one.part_of, "summary": self._summary(one),
            "caveats": limitations_of(self._caveats, self._holds(one, by)),
        }  # fmt: skip

    def _summary(self, one: _Read) -> str:
        """Return one line from the words of the vocabulary."""
        term, group = by_code(INDICATORS)[one.indicator], by_code(POPULATION_GROUPS)[one.number.population_group]
        place = self._places.labels.get(one.place, "")
        who = one.unit if one.unit == FAMILIES else group.several
        happened = term.by_then if one.measure in (STOCK, CUMULATIVE) and term.by_then else term.happened
        said = f"{who} {happened.format(place)}" if place else term.noun.format(who)
        return f"{said[0].upper()}{said[1:]}."

    def _holds(self, one: _Read, by: str) -> dict[str, bool]:
        """Return which limitations a number has, by the need or the doubt that they are of."""
        indicator, own = one.indicator, by == self._publisher
        return {
            CUMULATIVE_DISPLACEMENT: indicator in DISPLACEMENT and one.measure == CUMULATIVE,
            ENEMY_LOSSES: self._kinds.get(by) in FIGHTING and one.number.population_group in ARMED,
            UNKNOWN_START: one.measure == PERIOD and not one.first,
            OWN_VOICE: own and not one.nobody,
            NOBODY: own and one.nobody,
            DESTINATION: indicator == DISPLACED and one.measure != CUMULATIVE,
            IN_A_LIST: one.in_a_list,
            NO_PLACE: bool(one.place) and not one.place_said,
        }


def _contains(whole: _Read, part: _Read) -> bool:
    """Whether a number may be part of another: same unit, an indicator and a group within the other's, and no larger."""
    one, other = whole.number, part.number
    return bool(
        one.quantity and other.quantity
        and whole.unit == part.unit
        and part.indicator in contained(INDICATORS)[whole.indicator]
        and other.population_group in contained(POPULATION_GROUPS)[one.population_group]
        and (other.number_id != one.number_id)
        and _smallest(other.quantity) <= _largest(one.quantity)
    )  # fmt: skip


def _smallest(quantity: Quantity) -> int:
    return next(value for value in (quantity.low, quantity.best, quantity.high, 0) if value is not None)


def _largest(quantity: Quantity) -> int:
    return next(value for value in (quantity.high, quantity.best, quantity.low, 0) if value is not None)
