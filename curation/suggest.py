"""Suggestions for a curator: what a number may be about, or why it may be no claim.

Why: most numbers of a text are dates and distances; a guess saves looking, a person decides. The guess is made from the
words of the same sentence, in the order of how surely they belong to the number: the verb or heading right before it, the
words right behind it, the list it stands in, the verb at the end of that list. Here: the guess of indicator, group or reason
for dismissal. Not here: reading the number itself (`validation/numbers.py`), and the words of a dismissal (`dismissal.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curation import dismissal
from validation import numbers
from validation.number_words import MENTION
from validation.quantity import Phrase, Quantity
from validation.vocabulary import (
    ALL_PEOPLE,
    ARMED,
    CASUALTIES,
    DATE,
    DISPLACED,
    IDPS,
    INDICATORS,
    INJURED,
    KILLED,
    KILLED_OR_INJURED,
    MEN,
    NOT_REPORTED,
    OTHER_QUANTITY,
    POPULATION,
    POPULATION_GROUPS,
    REFUGEES,
    REPEAT,
    RETURNED,
    SHARE,
    by_code,
)

_INDICATORS = sorted((term for term in INDICATORS if term.stems), key=lambda term: term.guessed)
_GROUPS = sorted((term for term in POPULATION_GROUPS if term.stems), key=lambda term: term.guessed)
_PEOPLE = (
    r"(?:people|persons?|individuals?|famil(?:y|ies)|households?|residents?|inhabitants|villagers|refugees?|returnees"
    r"|dead|deaths?|injur\w+|wounded|killed"
    r"|missing|IDPs?|casualties|victims?|forces|internally|displaced|fleeing|others?|more|detainees|prisoners|hostages|patients|students|workers"
    r"|adults?|arrivals|worshippers|drivers?|passengers|mercenar(?:y|ies)|servicemen|migrants|pilgrims"
    r"|farmers|labourers|brothers?|sisters?|sons?|daughters?|elderly|bodies|corpses|evacuees|survivors|arrests|abductions|souls|nationals|citizens)\b"
)
MAX_WORDS = 8
REACH = 200
"""How many characters on either side of a number are looked at: what keeps the guessing of a long text linear."""
_stems = rf"\b(?:{'|'.join(f'(?P<{term.code}>{term.stems})' for term in _INDICATORS)})"
_any_stem = re.compile(_stems, re.IGNORECASE)
"""Finds a word of harm or flight; the group that matched is the indicator."""
_FILLER = (
    r"(?:(?:a|an|the|another|further|additional|total|of|at|to|by|is|was|were|are|reached|rose|rises|rising|risen|stood|stands|has|have|had|now"
    r"|been|be|put|climb\w+|only|just|all|numbers?|numbered|numbering|people|civilians?|persons|between|from|more|fast|already)\s+|[|:=–—-]\s*|\([^()]{1,30}\)\s*)"
)
_GOVERNED = re.compile(rf"{_stems}\s*{_FILLER}{{0,5}}\Z", re.IGNORECASE)
_STOP = re.compile(
    r"[,;:()|.!?—–]|\b(?:and|or|but|while|as|when|after|before|in|at|on|near|from|to|into|over|across|inside|since|during|by|for"
    r"|with|who|which|where|than|because|including|among)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\s*(?:[,;:()|.–—]|(?!(?:wounded|injured|displaced|detained|armed|unarmed|disabled|unaccompanied)\b)[a-z]+ed\b"
    r"|(?:had|did|fled|came|went|left|died|lost|lay|lie|live|arrive|remain|dead|more|others?|were|was|are|have|has"
    r"|still|also|could|can|cannot|made|mark|milestone)\b|\Z)",
    re.IGNORECASE,
)
"""What stands behind a number without a noun: it counts what the number before it counts."""
_CLAUSE = re.compile(r"[,;:()|]|[.!?](?=\s|\Z)|\b(?:while|after|when|as|in|with|including|among)\s", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:\(|\bincluding|\bamong (?:them|whom|those|the dead)|\bof (?:whom|them|which|those)|\b(?:bringing|taking) (?:the|its) (?:\w+ ){1,4}?to)\W*"
    r"(?:were\s+|are\s+|was\s+|some\s+)?\Z",
    re.IGNORECASE,
)
"""What makes a number a part, or the sum, of the number before it."""
_ANOTHER_VERB = re.compile(
    r".*\b(?:were|was|are|is|have|has|had)\s+(?!(?:(?:been|being|newly|also|either|among|the|those|\w+ly)\s+)*\Z)",
    re.IGNORECASE,
)
"""A sentence whose verb says something else of the number before any word of harm comes."""
_LISTED = re.compile(
    r"[\w’'\s-]{0,60}(?:,?\s*\b(?:up|down) from\b|,|;|\band\b|\bor\b|,\s*and\b|\bto\b)\s*(?:another\s+|a\s+further\s+|the\s+other\s+|also\s+)?\Z",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"\b(?:abroad|neighbouring|neighboring|asylum|(?:across|over) the border|crossed|outside the country|border into"
    r"|(?:fled|left) the country\b(?![’'])|refugees)\b",
    re.I,
)
_INSIDE = re.compile(
    r"\b(?:internally|IDPs?|inside|within|(?:in|to|at|reached) (?:the )?(?:(?!refugee)[\w’'-]+ ){0,2}camps?\b"
    r"|protection (?:sites?|camps?)|in (?:schools|mosques|tents)|collective cent\w+"
    r"|(?:to|reached) (?:[\w’'-]+ ){0,3}?(?:governorates?|provinces?|districts?|oblasts?|townships?)"
    r"|(?:UN\w*|U\.N\.) (?:\w+ )?(?:bases?|compounds?)|host (?:famil|communit)\w+|shelter(?:s|ing|ed))\b",
    re.I,
)
_HOSTED = re.compile(
    r"(?<!\bto )\b(?:hosts?|hosting|hosted|shelters|sheltered|sheltering|houses|housing|housed|accommodat(?:es?|ed|ing))\s+\Z",
    re.I,
)
"""A verb that makes the people after it guests of a place."""
_SHELTER = re.compile(
    r"\b(?:camps?|sites?|shelters?|schools?|mosques?|cent(?:er|re)s?|bases?|IDPs?|displac\w+)\b", re.I
)
_SHELTERED = re.compile(
    r"[^,;:.]{0,40}\bliving in (?:[\w’'-]+ ){0,3}?(?:shelters?|camps?|tents?|schools?|collective cent\w+)\b", re.I
)
_AMONG = re.compile(
    r"[^,;:()|.]{0,60}?\b(?:is|are|was|were)\s+(?:also\s+|still\s+)?(?:among\s+(?:the|those|its|their)|in)\s+", re.I
)
_BREAKDOWN = re.compile(
    r"(?P<who>[\w’'-]+)\s+casualties\b[^.;:(–—]{0,60}[:(–—]\s*(?:[^.;:()–—]|\([^()]{0,150}\)){0,60}\Z", re.I
)
"""The casualties whose dead and injured follow: 30 civilian casualties: 10 killed, 20 injured."""
_ROW = re.compile(r"(?:\A|\|)\s*(?P<who>[^|:.;,()]{1,40})(?:\([^()]{1,30}\)\s*)?[|:]\s*[^|:.;]{0,60}\Z")
"""The heading of a row or a line before its numbers."""
_ACCORDING = re.compile(r",\s+(?:according to|as reported by|as stated by|citing)\s[^,;.]{1,80},\s+", re.I)
_ACTED = re.compile(r"\s+(?!(?:have|has|had|were|was|are)\b)[\w’'-]+\s+(?!\w*need)[a-z]{3,}ed\b", re.I)
"""People who did something that is no word of harm or flight: 300 people marched."""
_SAYING = re.compile(r"\b(?:said|says|reported|told|added|according to)\b", re.I)
_STATE = re.compile(
    r"(?:killed|wounded|injured|missing|dead|displaced|fleeing|internally|more|others?)\Z", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?][”\"’)]?(?=\s+[“\"A-Z(]|\Z)")


@dataclass(frozen=True)
class Candidate:
    """A number that waits for a decision: where it stands, what it says, and what it may be about.

    Either `indicator` and `population_group` are guessed, or `dismissal` is: a reason of the vocabulary.
    """

    paragraph: int
    start: int
    end: int
    wording: str
    quantity: Quantity | None
    indicator: str
    population_group: str
    dismissal: str

    @property
    def number_id(self) -> str:
        """Name the number by its paragraph and its first character, from 0, such as p3-45."""
        return f"p{self.paragraph}-{self.start}"


@dataclass(frozen=True)
class _Place:
    """A number in its sentence: the words before it, those behind it, and those up to the next number."""

    phrase: Phrase
    said: str
    left: str
    right: str
    near: str
    gap: str
    earlier: str

    @property
    def noun(self) -> str:
        """Return the words right behind the number that name what it counts."""
        length = len(" ".join(self.near.split()[:6]))
        said = self.near[: length + self.near[:1].isspace()]
        return said[: stop.start()] if (stop := _STOP.search(said)) else said


def candidates(
    paragraphs: Sequence[str], vague: Mapping[str, tuple[int, int]], people_words: str = ""
) -> list[Candidate]:
    """Return a candidate for every number of a text, in order.

    `paragraphs` are folded; `people_words` is a pattern of nouns for people that only this war knows, such as of nationality.
    """
    people = re.compile(
        rf"\b(?:{'|'.join([*(term.stems for term in _GROUPS), _PEOPLE, *filter(None, [people_words])])})", re.IGNORECASE
    )
    found: list[Candidate] = []
    seen: dict[tuple[object, ...], str] = {}
    printed: set[str] = set()
    header: list[str] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        cells = paragraph.split("|")
        previous = Candidate(number, 0, 0, "", None, "", "", "")
        above = paragraphs[number - 2][-REACH:] if number > 1 and not header else ""
        for sentence, place in _places(paragraph, vague, header if len(cells) > 1 else [], above):
            if len(sentence.split()) >= 5 and sentence in printed:
                guess = Candidate(number, 0, 0, "", None, "", "", REPEAT)
            else:
                guess = _guess(place, previous, people)
            end = _with_noun(paragraph, place, people, guess.dismissal)
            wording = " ".join(paragraph[place.phrase.start : end].split()[:MAX_WORDS])
            guess = replace(
                guess,
                paragraph=number,
                start=place.phrase.start,
                end=place.phrase.end,
                wording=wording,
                quantity=place.phrase.quantity,
            )
            if guess.indicator and _is_repeated(guess, place, sentence, seen):
                guess = replace(guess, indicator="", population_group="", dismissal=REPEAT)
            found.append(guess)
            previous = guess if guess.indicator or guess.dismissal in (SHARE, NOT_REPORTED) else previous
        printed.update(paragraph[start : min(stop, start + 4 * REACH)].strip() for start, stop in sentences(paragraph))
        header = (
            [cell.strip() for cell in cells]
            if len(cells) > 1 and not MENTION.search(paragraph)
            else header
            if len(cells) > 1
            else []
        )
    return found


def sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a paragraph begins and ends."""
    start = 0
    for match in _SENTENCE.finditer(paragraph):
        if re.search(r"\b(?:Dr|Mr|Mrs|Gen|Col|St|No|[A-Z])\.\Z", paragraph[max(0, match.start() - 5) : match.end()]):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(paragraph)


def _places(
    paragraph: str, vague: Mapping[str, tuple[int, int]], header: list[str], above: str
) -> Iterator[tuple[str, _Place]]:
    """Yield every number of a paragraph with its sentence and its place in it; `above`: the end of the paragraph before."""
    found = numbers.phrases(paragraph, vague)
    spans = iter(sentences(paragraph))
    start, stop = next(spans)
    for at, phrase in enumerate(found):
        while phrase.start >= stop and (following := next(spans, None)) is not None:
            start, stop = following
        left = paragraph[max(start, phrase.start - REACH) : phrase.start]
        if header and (column := paragraph.count("|", 0, phrase.start)) < len(header):
            left = f"{header[column]}: "
        right = paragraph[phrase.end : max(phrase.end, min(stop, phrase.end + REACH))]
        behind = found[at + 1].start - phrase.end if at + 1 < len(found) else len(right)
        before = max(start, found[at - 1].end) if at else start
        gap = paragraph[max(before, phrase.start - REACH) : phrase.start]
        left, gap = (_ACCORDING.sub(" ", words) for words in (left, gap))
        earlier = f"{above} {paragraph[max(0, start - REACH) : start]}"
        yield (
            paragraph[start : min(stop, start + 4 * REACH)].strip(),
            _Place(phrase, paragraph[phrase.start : phrase.end], left, right, right[: max(0, behind)], gap, earlier),
        )


def _guess(place: _Place, previous: Candidate, people: re.Pattern[str]) -> Candidate:
    """Return a candidate that has only its guesses."""
    nothing = Candidate(0, 0, 0, "", None, "", "", "")
    if dismissal.is_year(place.said, place.left, place.near):
        return replace(nothing, dismissal=DATE)
    counts_people = bool(
        people.search(" ".join(place.noun.split()[:4]))
        or re.match(r"\s+(?:of (?:them|whom|those|the)|were|was|are|have|had)\b", place.near)
    )
    reason = dismissal.of_the_number(place.phrase, place.said, place.left, place.right, people=counts_people)
    if reason:
        return replace(nothing, dismissal=reason)
    code = _indicator(place, previous, counts_people=counts_people)
    group = _group(place) if code else ""
    if reason := dismissal.of_the_sentence(place.left, place.right, code, _group(place), place.noun, place.earlier):
        return replace(nothing, dismissal=reason)
    return replace(nothing, indicator=code, population_group=group, dismissal="" if code else OTHER_QUANTITY)


def _indicator(place: _Place, previous: Candidate, *, counts_people: bool) -> str:
    """Return what is counted, from the surest words to the least sure; "" where nothing says it."""
    plain = not place.noun.strip() or counts_people or bool(_BARE.match(place.noun))
    if code := _from_the_verb(place, plain=plain):
        return code
    clause = place.near[: stop.start()] if (stop := _CLAUSE.search(place.near)) else place.near
    if code := _predicate(place.noun, place.right):
        return _settled(code, place)
    if plain and previous.indicator and _WITHIN.search(place.gap):
        return _settled(previous.indicator, place)
    if code := _predicate(clause, place.right):
        return _settled(code, place)
    return _from_the_list(place, previous, clause, counts_people=counts_people) if plain else ""


def _from_the_verb(place: _Place, *, plain: bool) -> str:
    """Return what the words that govern a number say of it: the verb or heading before it, or the one that it is joined to."""
    governed = _GOVERNED.search(place.left)
    if governed and (plain or str(governed.lastgroup) in (KILLED, INJURED, KILLED_OR_INJURED)):
        named = _predicate(place.noun, place.right) if str(governed.lastgroup) == KILLED_OR_INJURED else ""
        return named or _settled(str(governed.lastgroup), place)
    if (among := _AMONG.match(place.near)) and (stem := _any_stem.match(place.near, among.end())):
        return _settled(str(stem.lastgroup), place)
    if re.search(r"\bamong\s+(?:the\s+)?\Z", place.near) and (code := _predicate(place.right, place.right)):
        return code
    if plain and _HOSTED.search(place.left) and _SHELTER.search(place.left + place.near):
        return REFUGEES if _predicate(place.noun, place.right) == REFUGEES else IDPS
    if plain and (within := list(_any_stem.finditer(place.said))):
        return _settled(str(within[-1].lastgroup), place)
    if re.search(r"\blost\s+\Z", place.left) and _group(place) in (*ARMED, MEN):
        return KILLED
    joint = re.match(
        rf"[^,;:()|.]{{0,60}}?\b(?:{by_code(INDICATORS)[KILLED_OR_INJURED].stems})", place.near, re.IGNORECASE
    )
    return KILLED_OR_INJURED if joint else ""


def _from_the_list(place: _Place, previous: Candidate, clause: str, *, counts_people: bool) -> str:
    """Return what is counted by the list that a number stands in, the verb at its end, or the words before it."""
    own = _any_stem.search(re.split(r"[,;]", place.gap)[-1])
    if own is None and previous.indicator and _LISTED.fullmatch(place.gap):
        return _settled(previous.indicator, place)
    loose = [
        str(match.lastgroup)
        for match in _any_stem.finditer(re.split(r"[,;(]|\b(?:as|where|when|while|after)\b", place.gap)[-1])
    ]
    if loose:
        return _settled(loose[-1], place)
    if (code := _predicate(place.right, place.right)) and not _ANOTHER_VERB.match(
        place.right[: _first_stem(place.right)]
    ):
        return _settled(code, place)
    if counts_people and _ANOTHER_VERB.match(clause) and not _BARE.match(place.noun):
        return _settled(DISPLACED, place) if previous.indicator in (DISPLACED, IDPS, REFUGEES) else ""
    loose = [str(match.lastgroup) for match in _any_stem.finditer(place.left)]
    if counts_people and not loose and place.gap == place.left and _ACTED.match(place.near):
        return ""
    return previous.indicator or (_settled(loose[-1], place) if loose else "")


def _first_stem(words: str) -> int:
    return match.start() if (match := _any_stem.search(words)) else len(words)


def _last_stem(words: str) -> int:
    return max((match.start() for match in _any_stem.finditer(words)), default=0)


def _predicate(words: str, right: str) -> str:
    """Return the indicator that the words behind a number say of it; a verb with a number of its own says it of that one."""
    codes = []
    for match in _any_stem.finditer(words):
        following = right[match.end() : match.end() + 40] if right.startswith(words) else ""
        active = re.match(
            r"(?:kill|wound|injur|displac|maim|detain|abduct)\w*(?:ed|ing|s)\Z", match.group(), re.IGNORECASE
        )
        passive = re.search(
            r"\b(?:were|was|are|been|being|is)\s+(?:\w+ly\s+|also\s+|newly\s+)?\Z", words[: match.start()]
        )
        own = re.match(r"(?:\s+(?:at least|more than|some|about|another|over|up to|around|nearly|a|an))*\s+", following)
        if not (active and not passive and own and MENTION.match(following, own.end())):
            codes.append(str(match.lastgroup))
    if KILLED in codes and codes[0] == INJURED:
        return KILLED
    if codes and codes[0] in (DISPLACED, IDPS, REFUGEES):
        later = [code for code in codes if code in (*CASUALTIES, RETURNED)]
        codes = later if later and not _STOP.search(words[: _last_stem(words)]) else codes
    specific = [code for code in codes if code != POPULATION]
    return (specific or codes or [""])[0]


def _settled(code: str, place: _Place) -> str:
    """Return where displaced people are, where the words say it: abroad, or inside the country."""
    if code == POPULATION and _SHELTERED.match(place.right):
        return IDPS
    if code != DISPLACED:
        return code
    words = place.gap[-60:] + place.near[:120]
    return REFUGEES if _ABROAD.search(words) else IDPS if _INSIDE.search(words) else code


def _group(place: _Place) -> str:
    """Return who is counted by the words right behind the number, or by a heading before it; else all people."""
    words = " ".join(place.near.split()[:6])
    words = re.split(
        r"[,;:(|.]|\b(?:mainly|mostly|(?:most|many|some) of|who|by|in|at|when|after|including)\b|\band\b(?! (?:\w+ )?(?:fighters|combatants|militants"
        r"|rebels|civilians|soldiers|children|women)\b)",
        words,
    )[0]
    if not re.search(r"[a-z]{3}", words):
        heading = re.split(r"[.;(]" if re.search(r"[:|]\s*\Z", place.gap) else r"[.;(,]|\band\b", place.gap)[-1]
        words = " ".join(heading.split()[-7:]) if re.search(r"[:|]\s*\Z|\w\s+\Z", place.gap) else ""
        if re.search(r",\s+at\s+\Z", place.gap):
            words = " ".join(place.gap.split()[-3:-1])
    group = _group_of(words)
    heading = (_BREAKDOWN.search(place.left) or _ROW.search(place.left)) if group == ALL_PEOPLE else None
    return _group_of(heading["who"]) if heading and not _SAYING.search(heading["who"]) else group


def _group_of(words: str) -> str:
    return next((term.code for term in _GROUPS if re.search(rf"\b(?:{term.stems})", words, re.IGNORECASE)), ALL_PEOPLE)


def _is_repeated(guess: Candidate, place: _Place, sentence: str, seen: dict[tuple[object, ...], str]) -> bool:
    """Whether the same number of the same people stood before; a small one only in a sentence of much the same words."""
    noun = " ".join(place.noun.lower().split()[:1])
    key = (guess.quantity, guess.indicator, guess.population_group, noun)
    earlier = seen.setdefault(key, sentence)
    if earlier is sentence or earlier == sentence:
        return False
    quantity = guess.quantity
    largest = (
        max((value for value in (quantity.low, quantity.best, quantity.high) if value), default=0) if quantity else 0
    )
    words, before = (set(re.findall(r"[a-z]{4,}", text.lower())) for text in (sentence, earlier))
    return largest >= 100 or len(words & before) >= 0.5 * len(words)


def _with_noun(paragraph: str, place: _Place, people: re.Pattern[str], reason: str) -> int:
    """Return where the wording ends: after the first word for people within four words, else after the number.

    A date has no such word, and a number that is no claim, for the `reason` given, none of harm: that is of another number.
    """
    end = place.phrase.end
    rest = re.match(r"(?:[^\w.;:!?]{0,2}[\w’'-]{1,40}){0,4}", paragraph[end : end + min(REACH, len(place.near))])
    noun = people.search(rest.group()) if rest else None
    if noun is None or re.search(r"[,;:(|]|\band\b", rest.group()[: noun.start()] if rest else ""):
        return end
    if reason == DATE or (reason not in ("", REPEAT) and _STATE.match(noun.group())):
        return end
    while (following := people.match(rest.group(), noun.end() + 1) if rest else None) and not _STATE.match(
        following.group()
    ):
        noun = following
    return end + noun.end()
