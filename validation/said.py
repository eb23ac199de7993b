"""What the words around a number name: what one of it is, who is counted, and what happened to them.

Why: a claim may quote a number rightly and count something else than the words: families as people, the dead as injured. Here: the words
that belong to a number for sure, and whether the codes of a claim fit them. Only what words name contradicts; what they leave open does
not. Not here: guesses for a curator (`curation/suggest.py`), the reading of the number itself (`numbers.py`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from validation.quantity import Phrase
from validation.vocabulary import (
    ABSENCE,
    ARMED,
    CASUALTIES,
    EVERYBODY,
    FAMILIES,
    INDICATORS,
    LIVING,
    PEOPLE,
    POPULATION_GROUPS,
    UNITS,
    Term,
    by_code,
    share_nobody,
)

REACH = 400
"""How many characters on either side of a number are looked at, where its sentence is longer."""
_INDICATORS = by_code(INDICATORS)
_GROUPS = by_code(POPULATION_GROUPS)
_UNITS = by_code(UNITS)
_ordered = sorted((term for term in INDICATORS if term.stems), key=lambda term: term.guessed)
_STEM = re.compile(rf"\b(?:{'|'.join(f'(?P<{term.code}>{term.stems})' for term in _ordered)})", re.IGNORECASE)
"""A word of harm or flight; the group that matched is the indicator."""
_NAMED = {
    term.code: re.compile(rf"\b(?:{term.stems})(?![-’'])", re.IGNORECASE) for term in POPULATION_GROUPS if term.stems
}
_OF_UNIT = {term.code: re.compile(rf"\b(?:{term.stems})", re.IGNORECASE) for term in UNITS}
_ANYBODY = re.compile(r"\b(?:people|persons?|individuals?)\b", re.IGNORECASE)
"""Nouns that single nobody out."""
_END = re.compile(r"[.!?;][”\"’)]?\s+(?=[^a-z])")
_STOP = re.compile(
    r"[,;:()|.–—]|\b(?:in|at|on|near|from|to|into|over|across|inside|since|during|by|for|with|who|which|where|than|because|including"
    r"|among|while|as|when|after|before|but|of|were|was|are|is|have|has|had)\b",
    re.IGNORECASE,
)
"""What ends the noun of a number."""
_LIST = re.compile(
    r"(?:[\w’'-]+\s+){0,2}[\w’'-]+(?:,\s+(?:[\w’'-]+\s+)?[\w’'-]+){1,4},?\s+(?:and|or)\s+(?:[\w-]+\s+)?[\w-]+"
)
"""A noun in several words: men, women and children."""
_ASIDE = re.compile(
    r"\b(?:by|against|including|included|mostly|mainly|among them|(?:most|many|some) of)\b[^,;:.]*", re.IGNORECASE
)
"""Words about who did it, or about a part of those counted."""
_GOVERNS = re.compile(
    r"[\s:–—-]*(?:\b(?:of|at|to|is|was|were|are|reached|rose|stands|stood|another|the|an?|all|only|totall?ed|numbered|now|also)\s+){0,4}\Z",
    re.IGNORECASE,
)
"""What may stand between a verb or heading and the number that it governs: "killed another", "deaths rose to"."""
_DOERS = re.compile(r"\s+(?:(?:have|has|had)\s+)?", re.IGNORECASE)
_HEADED = re.compile(rf"\b(?:{_UNITS[FAMILIES].stems})[^,;.()]{{0,40}}(?<!of)\s*\Z", re.IGNORECASE)
"""A number after its noun: families displaced: 5,000."""


@dataclass(frozen=True)
class Misfit:
    """A code of a claim that the words contradict: its column, its label, and the words that name something else."""

    column: str
    label: str
    words: str


def misfit(
    paragraph: str, quote: tuple[int, int], phrases: Sequence[Phrase], codes: Mapping[str, str]
) -> Misfit | None:
    """Return the code of a claim that its words contradict, or None.

    `quote`: where the claim is quoted. `phrases`: the numbers of the paragraph. `codes`: by column; blank and unknown ones are no fault of it.
    """
    number = _Number.of(paragraph, quote, phrases)
    columns: dict[str, tuple[Mapping[str, Term], Callable[[str], str]]] = {
        "unit": (_UNITS, number.other_unit),
        "indicator": (_INDICATORS, number.other_indicator),
        "population_group": (_GROUPS, number.other_group),
    }
    for column, (terms, otherwise) in columns.items():
        if (term := terms.get(codes[column])) and (words := otherwise(term.code)):
            return Misfit(column, term.label, words)
    return None


@dataclass(frozen=True)
class _Number:
    """A number with the words of its sentence.

    `left` and `right`: all words before and behind it. `gap`: those since the number before it. `behind`: those up to the next one,
    without the verb that governs that one. `loose`: those before it that belong to no other number.
    """

    left: str
    gap: str
    quote: str
    behind: str
    right: str
    loose: tuple[str, ...]

    @classmethod
    def of(cls, paragraph: str, quote: tuple[int, int], phrases: Sequence[Phrase]) -> "_Number":
        own = next(
            (each for each in phrases if each.start < quote[1] and quote[0] < each.end),
            Phrase(quote[0], quote[0], None),
        )
        reach = max(0, own.start - REACH)
        begin = max((match.end() for match in _END.finditer(paragraph, reach, own.start)), default=reach)
        stop = match.start() if (match := _END.search(paragraph, own.end)) else len(paragraph)
        stop = min(stop, own.end + REACH)
        following = min((each.start for each in phrases if own.end <= each.start < stop), default=stop)
        earlier = [each for each in phrases if begin <= each.start and each.end <= own.start]
        behind = paragraph[own.end : following]
        if following < stop and (verb := _governing(behind)):
            behind = behind[: verb.start()]
        free, at = [], begin
        for each in earlier:
            free.append(paragraph[at : each.start])
            at = each.end
            upto = min(other.start for other in [*earlier, own] if other.start >= each.end)
            verb = _governing(paragraph[at:upto])
            at = at + verb.start() if verb else upto
        free.append(paragraph[at : own.start])
        gap = paragraph[max((each.end for each in earlier), default=begin) : own.start]
        return cls(
            paragraph[begin : own.start], gap, paragraph[slice(*quote)], behind, paragraph[own.end : stop], tuple(free)
        )

    @property
    def noun(self) -> str:
        """The words right behind the number that say what one of it is."""
        said = re.sub(r"\A[\s”\"’)]*(?:of\s+(?:(?:the|these|those|its|their)\s+)?)?", "", self.behind)
        if re.match(r"(?:and|or)\b", said):
            return ""
        if listed := _LIST.match(said):
            return listed.group()
        words = said[: stop.start()] if (stop := _STOP.search(said)) else said
        return " ".join(words.split()[:6])

    def other_unit(self, unit: str) -> str:
        """Return the words that name another unit than that of a claim, "" where none do."""
        noun = self.noun
        if family := _OF_UNIT[FAMILIES].search(noun):
            return family.group() if unit == PEOPLE else ""
        person = _OF_UNIT[PEOPLE].search(noun) or next(iter(_groups(noun).values()), None)
        if person:
            return person.group() if unit == FAMILIES else ""
        headed = None if noun else _HEADED.search(self.gap)
        return headed.group().strip() if headed and unit == PEOPLE else ""

    def other_indicator(self, code: str) -> str:
        """Return the words that name another indicator than that of a claim, "" where none do."""
        living = _INDICATORS[code].topic is LIVING
        verb = _governing(self.gap)
        named = [*_stems(self.quote), *([verb] if verb else []), *(() if living else _stems(self.behind))]
        if not living and not verb:
            around = self.loose if named else (self.left, self.right)
            named += [match for words in around for match in _stems(words)]
        fits = not named or _fits_indicator(code, {str(match.lastgroup) for match in named})
        return "" if fits else named[0].group()

    def other_group(self, code: str) -> str:
        """Return the words that name another group than that of a claim, "" where none do."""
        noun, behind = self.noun, _ASIDE.sub("", self.behind)
        named = _groups(noun)
        if named:
            return "" if _fits_group(code, {*named, *_groups(behind)}) else next(iter(named.values())).group()
        anybody = _ANYBODY.search(noun)
        if anybody is None or code in EVERYBODY:
            return ""
        elsewhere = {name for words in [behind, *self.loose] for name in _groups(_without_doers(_ASIDE.sub("", words)))}
        return "" if _fits_group(code, elsewhere) else anybody.group()


def _stems(words: str) -> Iterator[re.Match[str]]:
    return _STEM.finditer(words)


def _governing(words: str) -> re.Match[str] | None:
    """Return the verb or heading at the end of words, which is said of the number behind them."""
    last = list(_stems(words))[-1:]
    return last[0] if last and _GOVERNS.fullmatch(words, last[0].end()) else None


def _without_doers(words: str) -> str:
    """Return words without those who did what is said of the number behind them: rebels killed."""
    verb = _governing(words)
    for pattern in _NAMED.values() if verb else ():
        for match in pattern.finditer(words):
            if verb and (doing := _DOERS.match(words, match.end())) and doing.end() == verb.start():
                return words[: match.start()]
    return words


def _groups(words: str) -> dict[str, re.Match[str]]:
    """Return the groups that words name, with the words."""
    return {code: match for code, pattern in _NAMED.items() if (match := pattern.search(words))}


def _fits_indicator(code: str, named: Iterable[str]) -> bool:
    """Whether words that name these indicators may speak of this one: what takes several in needs two of them."""
    named, contains = set(named), set(_INDICATORS[code].contains)
    if code in named:
        return True
    if code in CASUALTIES:
        absent = {other for other in named if _INDICATORS[other].topic is _INDICATORS[code].topic is ABSENCE}
        return len(named & contains) > 1 or bool(absent)
    return any(
        other not in CASUALTIES and (other in contains or code in _INDICATORS[other].contains) for other in named
    )


def _fits_group(code: str, named: Iterable[str]) -> bool:
    """Whether words that name these groups may speak of this one: a wider group needs two that do not hold each other."""
    named, contains = set(named), set(_GROUPS[code].contains)
    if code in named:
        return True
    if code in ARMED and any(other in ARMED and not share_nobody(code, other) for other in named):
        return True
    within = named & contains
    return any(
        not {one, other} & {*_GROUPS[one].contains, *_GROUPS[other].contains}
        for one in within
        for other in within - {one}
    )
