"""Which places and organisations of the tables a text names, also where it spells them otherwise.

Why: names from another script have many spellings ("Saraqib", "Saraqeb"), and one name is often part of another or shared by a
city and its province. Here: finding names, and which of several of one name is meant. Not here: what a name says of a number
(`context.py`, `speakers.py`).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import pandas as pd

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_ARTICLE = re.compile(r"(?:a[ldnrstz]|e[lznds]|ash|esh|ul|ud)\Z", re.IGNORECASE)
"""The Arabic article before a hyphen, which some write and others leave out."""
_COMPASS = re.compile(r"(north|south)?(east|west|north|south|central)(?:ern)?\Z", re.IGNORECASE)
_SETTLED = re.compile(r"\b(?:city|town|village|villages|camp|suburb|hamlet)\b", re.IGNORECASE)
_ADMINISTERED = re.compile(
    r"\b(?:province|governorate|region|district|sub-?district|state|oblast|county|countryside)\b", re.IGNORECASE
)
_EXAMPLE = re.compile(
    r"\b(?:like|such as|including those of|unlike|linked? (?:between|to))\s+(?:the\s+)?\Z", re.IGNORECASE
)
_AWAY = re.compile(
    r"\b(?:towards?|border(?:s|ing)? (?:with|of)|linking|links|links? between|between|(?:road|highway|route) (?:to|from)"
    r"|(?:north|south|east|west) of"
    r"|heading (?:to|for)|based in|ally|allies)\s+(?:the\s+)?\Z|-\Z",
    re.IGNORECASE,
)
"""Words before a name that put the number elsewhere."""
_AWAY_AFTER = re.compile(r"(?:\s+border|-based|-backed|-born|-led|-trained|[-–]\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """A name in a text: where it stands, and whose it is."""

    start: int
    end: int
    name_id: str


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    said: str
    plain: str


@dataclass(frozen=True)
class _Name:
    """A name to be found: its words in lower case, which of them must have a capital, and to whom it belongs."""

    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    ids: tuple[str, ...]


def _tokens(text: str) -> list[_Token]:
    """Split a text into words; compass points and hyphenated articles become one form."""
    found: list[_Token] = []
    for match in _TOKEN.finditer(text):
        said = re.sub(r"[’']s\Z", "", match.group())
        if _ARTICLE.match(said) and text[match.end() : match.end() + 1] in ("-", "‑"):
            continue
        compass = _COMPASS.match(said)
        plain = (
            "".join(filter(None, compass.groups())).lower()
            if compass
            else said.lower().replace("’", "").replace("'", "")
        )
        previous = found[-1] if found else None
        joined = (
            previous
            and previous.plain in ("north", "south")
            and plain in ("east", "west")
            and match.start() - previous.end <= 1
        )
        if joined and previous:
            found[-1] = _Token(previous.start, match.end(), text[previous.start : match.end()], previous.plain + plain)
        else:
            found.append(_Token(match.start(), match.start() + len(said), said, plain))
    return found


@lru_cache(maxsize=20_000)
def _skeleton(word: str) -> str:
    """Return the consonants of a word, each run of one letter once: what spellings of a foreign name share."""
    bare = re.sub(r"(?<=.)[aeiouyw]|(?<=[aeiou])h", "", word)
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one name."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0] or _skeleton(one) != _skeleton(other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= 0.7


class Names:
    """Names to be found in texts, each with the ids that bear it."""

    def __init__(self, named: Iterable[tuple[str, str]], *, fuzzy: bool = True) -> None:
        """Take pairs of a name and the id that bears it; `fuzzy`: other spellings are found too."""
        ids: dict[tuple[str, ...], dict[str, None]] = {}
        capitals: dict[tuple[str, ...], tuple[bool, ...]] = {}
        for name, name_id in named:
            tokens = _tokens(name)
            tokens = tokens[1:] if tokens and tokens[0].plain == "the" else tokens
            if not tokens:
                continue
            words = tuple(token.plain for token in tokens)
            ids.setdefault(words, {})[name_id] = None
            large = [not token.said[0].islower() and not _COMPASS.match(token.plain) for token in tokens]
            sentence_case = len(large) > 1 and large[0] and not any(large[1:])
            capitals.setdefault(words, (False, *large[1:]) if sentence_case else tuple(large))
        self._fuzzy = fuzzy
        self._names: dict[str, list[_Name]] = {}
        for words, owners in ids.items():
            first = _skeleton(words[0]) if fuzzy else words[0]
            self._names.setdefault(first, []).append(_Name(words, capitals[words], tuple(owners)))
        for names in self._names.values():
            names.sort(key=lambda name: -len(name.words))

    def find(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return where names stand, longest first at one place and none within another, and the ids that bear each."""
        tokens = _tokens(text)
        found, at = [], 0
        while at < len(tokens):
            name = next((name for name in self._starting(tokens[at]) if self._fits(name, tokens, at)), None)
            if name is None:
                at += 1
                continue
            last = tokens[at + len(name.words) - 1]
            found.append((tokens[at].start, last.end, name.ids))
            at += len(name.words)
        return found

    def _starting(self, token: _Token) -> list[_Name]:
        return self._names.get(_skeleton(token.plain) if self._fuzzy else token.plain, [])

    def _fits(self, name: _Name, tokens: list[_Token], at: int) -> bool:
        given = tokens[at : at + len(name.words)]
        if len(given) < len(name.words):
            return False
        if len(name.words) == 1 and name.words[0].isascii() and given[0].said.isupper() and len(given[0].said) < 4:
            return given[0].plain == name.words[0]
        alike = _alike if self._fuzzy else str.__eq__
        return all(
            alike(token.plain, word) and not (large and token.said[0].islower())
            for token, word, large in zip(given, name.words, name.capitals, strict=True)
        )


class Places:
    """The places of the tables: which of them a text names, and how they lie within one another."""

    def __init__(self, places: pd.DataFrame, country: str) -> None:
        """Take places.csv and the country at war."""
        rows = places.drop_duplicates("place_id").set_index("place_id")
        self.country = country
        self.within = {str(place): str(whole) for place, whole in rows["within"].dropna().items()}
        labels = rows["name"].str.replace(r"\s*\([^)]*\)\Z", "", regex=True)
        self.labels = {str(place): str(label) for place, label in labels.items()}
        self.spans = {str(place): frozenset(parts.split("; ")) for place, parts in rows["spans"].dropna().items()}
        kinds = rows["name"].str.extract(r"\(([^)]*)\)\Z")[0].fillna("") + " " + rows["kind"]
        self._settled = set(kinds.index[kinds.str.contains(_SETTLED)])
        self._administered = set(kinds.index[kinds.str.contains(_ADMINISTERED)])
        names = [
            (str(name), str(place_id))
            for column in ("name_base", "name_ocha", "name_ar")
            for place_id, name in (rows.assign(name_base=labels)[column].dropna()).items()
            if len(self.spans.get(str(place_id), ())) < 2 or column == "name_base"
        ]
        self._names = Names(names)

    def chain(self, place: str) -> list[str]:
        """Return a place and the places that contain it, narrowest first."""
        found: list[str] = []
        at: str | None = place
        while at is not None and at not in found:
            found.append(at)
            at = self.within.get(at)
        return found

    def in_country(self, place: str) -> bool:
        """Whether a place lies in the country at war."""
        return self.country in self.chain(place)

    def mentions(self, text: str) -> list[Mention]:
        """Return the places in the country at war that a text puts something in, in order."""
        found = []
        for start, end, ids in self._names.find(text):
            place = self._meant(ids, text[max(0, start - 30) : start], text[end : end + 30])
            before, after = text[max(0, start - 40) : start], text[end : end + 12]
            elsewhere = _EXAMPLE.search(before) or _AWAY.search(before) or _AWAY_AFTER.match(after)
            if place and not elsewhere and self.in_country(place):
                found.append(Mention(start, end, place))
        return found

    def abroad(self, text: str) -> list[Mention]:
        """Return the places outside the country at war that a text names, in order."""
        return [
            Mention(start, end, ids[0])
            for start, end, ids in self._names.find(text)
            if not any(map(self.in_country, ids))
        ]

    def _meant(self, ids: tuple[str, ...], before: str, after: str) -> str:
        """Return which place of a name is meant: the city or the province that the words beside it say, else the one that contains the others."""
        kind_after = re.match(r"\s+([\w-]+)", after)
        kind_before = re.search(r"([\w-]+)\s+of\s+(?:the\s+)?\Z", before)
        said = " ".join(match.group(1) for match in (kind_after, kind_before) if match)
        settled = [place for place in ids if place in self._settled]
        administered = [place for place in ids if place in self._administered]
        if _ADMINISTERED.search(said):
            return administered[0] if administered else "" if len(settled) == len(ids) else ids[0]
        if _SETTLED.search(said) and settled:
            return settled[0]
        return max(ids, key=lambda place: sum(place in self.chain(other) for other in ids))

    def narrowest(self, mentions: list[Mention], at: int) -> str:
        """Return the narrowest of several places; of places apart the one around both, else the one next to a number; "" of none."""
        if not mentions:
            return ""
        ids = list(dict.fromkeys(mention.name_id for mention in mentions))
        deepest = [one for one in ids if not any(one != other and one in self.chain(other) for other in ids)]
        if len(deepest) == 1:
            return deepest[0]
        spanning = [place for place, parts in self.spans.items() if parts == frozenset(deepest)]
        if spanning:
            return min(spanning, key=lambda place: -len(self.chain(place)))
        return min((m for m in mentions if m.name_id in deepest), key=lambda mention: abs(mention.start - at)).name_id

    def counts(self, paragraphs: Iterable[str]) -> Counter[str]:
        """Count how often a text names each place or a place within it."""
        return Counter(
            place
            for paragraph in paragraphs
            for mention in self.mentions(paragraph)
            for place in self.chain(mention.name_id)
        )
