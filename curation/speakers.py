"""Who a number comes from, by the verbs and names around it (codebook, attributed_to, via).

Why: who said a number is another question than who printed it, and the answer stands in the sentence: "according to X", "X
said", "citing X, Y reported". Here: the organisations of the tables that a sentence makes the origin of a number. Not here:
finding names (`mentioned.py`), the other columns (`context.py`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from curation.mentioned import Mention, Names

_VERB = (
    r"(?:sa(?:id|ys?|ying)|told|tells?|report(?:s|ed|ing)?|add(?:s|ed)|announc(?:es|ed)|claim(?:s|ed)?|estimat(?:es?|ed)|count(?:s|ed)?"
    r"|document(?:s|ed)?|record(?:s|ed)?|puts?|confirm(?:s|ed)?|not(?:es|ed|ing)|point(?:s|ed) out|stat(?:es|ed)|register(?:s|ed)?|verif(?:y|ies|ied)"
    r"|tall(?:y|ies|ied)|list(?:s|ed)|found|finds|believes|gave|gives|wrote|writes|show(?:s|ed)?|indicat(?:es|ed)|warn(?:s|ed)|tweeted|posted|published)"
)
_SAYS = re.compile(
    rf"\)?(?:[’']s?)?(?:\s*\([^()]{{1,20}}\))?(?P<apposed>,[^;]{{1,160}}?,)?,?\s+"
    rf"(?P<between>(?:(?!(?:and|but|while|that|when|after|before)\b)[\w’'-]+\s+){{0,4}}?)(?P<verb>{_VERB})\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?P<how>\baccording to|\bciting|\bquoting|\bcited by|\bas reported by|\b(?:reported|documented|recorded|counted|compiled|verified"
    r"|registered|monitored|estimated|published|released|given|issued|provided|tallied|confirmed|announced|collected) by"
    r"|\b(?:figures?|data|counts?|tally|tallies|toll|numbers?|statistics"
    r"|estimates?|reports?|statements?|information|records) (?:\w+ ){0,2}?(?:from|by|of))\s+"
    r"(?:(?!\b(?:and|but|while|said|says|told|reported)\b)[^.;:])*\Z",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"\b(?:said|says|reported|added|told [A-Z]\w+)\s+(?:(?:Dr|Mr|Ms|Mrs|Gen)\.?\s+)?(?:[A-Z][\w’'-]+\s+){0,4}"
    r"(?:(?<=[\w’'-]\s)|,\s+|[A-Z][\w’'-]+,\s+)?(?:(?:an?\s+|the\s+)?(?:[\w’'-]+\s+){0,2}?(?:head|director|chief|chairman|chairwoman|spokes\w+|founder|member|official|representative)\s+(?:of|for|at|with)\s+)?"
    r"(?:the\s+)?\Z"
)
"""A verb of saying before its speaker: "…, said Ann Dolan, head of X"."""
_SAID_SOMEBODY = re.compile(
    r"[,”\"’]\s*(?:said|says|reported|added)\s+(?:[A-Z][\w’'-]+|an?\b|one\b|the\b|residents|activists|officials)"
)
_LISTENER = re.compile(
    r"\b(?:told|telling|tells|speaking to|interview with|statement to|informed)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_CONTINUES = re.compile(
    rf"\A\s*[“\"‘']?(?:It|He|She|They|The\s+(?:[\w-]+-based\s+)?(?:group|monitor|monitoring group|agency|organi[sz]ation|office|ministry"
    rf"|statement|report|body|outlet|network|centre|center))\s+(?:also\s+|further\s+|then\s+)?{_VERB}\b|,\s+(?:it|he|she|they|the\s+(?:[\w-]+\s+)?(?:monitor|group|agency|organi[sz]ation))\s+{_VERB}\b[^,;]{{0,30}}[.”\"]*\Z",
    re.IGNORECASE,
)
"""A sentence that goes on with the speaker of the one before."""
_UNNAMED = re.compile(
    r"\b(?:activists?|residents?|officials?|witness(?:es)?|medics?|doctors?|ministry|spokes(?:man|woman|person)|authorities"
    r"|police|sources?|monitors?|media|service|agency|groups?|organi[sz]ation|charity|office|party|forces|villagers|locals|hospital|commanders?|rebels|military|army|rescuers"
    r"|aid workers|aid groups?|rights groups?|governor|mayor"
    r"|analysts?|experts?)\b"
    rf"(?:\s+(?!(?:and|but|while|that|when|after|before|were|was|in which)\b)[\w’'-]+){{0,4}}?,?\s+(?:have\s+|had\s+|has\s+)?{_VERB}\b"
    r"|\baccording to\s+(?!(?:the|a|an)?\s*plans?\b)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b[A-Z][\w’'-]+(?:\s+(?:(?:al|el|bin|van|de|of|the|for|and)\s+)?[A-Z][\w’'-]+){0,4}(?:,[^,;]{1,80},)?"
    r"\s+(?:have\s+|has\s+|had\s+)?(?:said|says|say|told|reported|announced|claimed|claims|documented|counted|recorded|estimates|estimated|added)\b"
)
"""A name that speaks."""
_TAIL = re.compile(
    r"(?:\s+(?:on|in|late|early|earlier|last|this|to)\s(?:(?!\bthat\b)[^,;\d]){1,40}?)?\s*[”\"’]*(?:[.,;]|\Z|\s+(?:while|but)\b)",
    re.IGNORECASE,
)
"""What may follow a verb of saying that ends its sentence, so that it speaks of what stands before it."""
_TO = re.compile(r"(?<=told)\s+(?:the\s+)?[A-Z][\w.’']*(?:\s+[A-Z][\w.’']*){0,3}|(?<=told)\s+(?:journalists|reporters)")
_BODY = re.compile(r"\s+(?:[a-z][\w’'-]*\s+){0,3}(?:agency|office|envoy|commission|programme|fund|experts?)\b")
"""What makes a name before it that of another body: the UN children’s agency."""
_PASSED_ON = re.compile(
    r"\b(?:carried|relayed|quoted|cited|published)\s+by\s+(?:the\s+)?\Z|\bvia\s+\Z|\btold\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


_HEAD = re.compile(
    r"(?:observatory|network|committee|cent(?:re|er)|council|directorate|cluster|commission|coordinators|monitor)\Z",
    re.IGNORECASE,
)
"""Ends of names that a text uses alone once it gave the whole name."""


@dataclass(frozen=True)
class Said:
    """Who a number comes from and who passed it on, as organisation ids ("" nobody); `unnamed`: somebody not in the tables."""

    by: str = ""
    via: str = ""
    unnamed: bool = False


@dataclass(frozen=True)
class _Voice:
    """An organisation that a sentence lets speak: from where it speaks, whether of what follows or of what stands before."""

    org: str
    start: int
    end: int
    cited: bool
    forward: bool
    backward: bool


class Organisations:
    """The organisations of the tables as a text names them."""

    def __init__(
        self, organisations: pd.DataFrame, paragraphs: Iterable[str], publisher: str, agencies: set[str]
    ) -> None:
        """Take organisations.csv, the text, its publisher, and the ids of those that pass numbers on."""
        self.publisher, self.agencies = publisher, agencies
        named = [
            (called, org)
            for org, name, in_text in organisations[["organisation_id", "name", "in_text"]].itertuples(
                index=False, name=None
            )
            for called in self._called(name, in_text)
        ]
        self._names = Names(named)
        self._names = Names([*named, *self._of_the_text(paragraphs)])

    @staticmethod
    def _called(name: str, in_text: object) -> list[str]:
        """Return the names of an organisation: in full, in a sentence, and its capital letters."""
        full = [re.sub(r"\s*\([^)]*\)\Z", "", name), *([in_text] if isinstance(in_text, str) else [])]
        letters = "".join(re.findall(r"\b[A-Z]", full[0]))
        return [*full, *([letters] if len(letters) > 1 and len(full[0].split()) > 1 else [])]

    def _of_the_text(self, paragraphs: Iterable[str]) -> list[tuple[str, str]]:
        """Return short names that the text gives: letters in brackets behind a name, and "the Observatory" once it was named."""
        short: dict[str, set[str]] = {}
        for paragraph in paragraphs:
            for start, end, ids in self._names.find(paragraph):
                bracket = re.match(r"\s*\(([A-Z][\w-]{1,11})\)", paragraph[end : end + 16])
                last_words = [
                    word for word in re.findall(r"\b[A-Z][a-z]{5,}\b", paragraph[start:end]) if _HEAD.search(word)
                ]
                for name in ([bracket.group(1)] if bracket else []) + last_words:
                    short.setdefault(name, set()).add(ids[0])
        return [(name, next(iter(ids))) for name, ids in short.items() if len(ids) == 1]

    def mentions(self, text: str) -> list[Mention]:
        """Return the organisations that a text names, in order; a name that several bear is nobody's."""
        return [
            Mention(start, end, ids[0])
            for start, end, ids in self._names.find(text)
            if len(ids) == 1 and not _BODY.match(text, end)
        ]

    def said(self, sentence: str, start: int, end: int, earlier: Sequence[str] = ()) -> Said:
        """Return who the number between start and end of a sentence comes from; `earlier`: the sentences before it, the last first."""
        mentions = self.mentions(sentence)
        voices = [voice for mention in mentions for voice in self._voices(sentence, mention)]
        passed_on = next(
            (
                mention.name_id
                for mention in mentions
                if _PASSED_ON.search(sentence[: mention.start]) and self._passes_on(mention.name_id)
            ),
            "",
        )
        ahead = [voice for voice in voices if voice.forward and voice.start < start and voice.end <= end]
        behind = [voice for voice in voices if voice.backward and voice.start >= end]
        nearest = max(ahead, key=lambda voice: voice.end, default=None) or min(
            behind, key=lambda voice: voice.start, default=None
        )
        if nearest is None:
            if _CONTINUES.search(sentence):
                return self._speaker_before(earlier, passed_on)
            return Said(unnamed=_is_unnamed(sentence, start, end), via=passed_on)
        return self._origin(nearest, [*ahead, *behind], passed_on)

    def _speaker_before(self, earlier: Sequence[str], passed_on: str) -> Said:
        """Return who spoke last in the sentences before, as long as they go on with a speaker themselves."""
        for sentence in earlier:
            speaking = [voice for mention in self.mentions(sentence) for voice in self._voices(sentence, mention)]
            if speaking:
                return self._origin(speaking[-1], speaking, passed_on)
            if not _CONTINUES.search(sentence):
                break
        return Said(unnamed=True)

    def _origin(self, nearest: _Voice, voices: list[_Voice], passed_on: str) -> Said:
        """Return the origin among those who speak: an agency that cites somebody only passes on."""
        if nearest.org in self.agencies or nearest.org == self.publisher:
            origin = next((voice for voice in reversed(voices) if voice.org not in self.agencies), None)
            if origin is not None:
                return Said(origin.org, nearest.org if self._passes_on(nearest.org) else passed_on)
            return Said(nearest.org)
        other = next(
            (voice.org for voice in voices if voice.org != nearest.org and self._passes_on(voice.org)), passed_on
        )
        return Said(nearest.org, other)

    def _passes_on(self, org: str) -> bool:
        return org in self.agencies and org != self.publisher

    def _voices(self, sentence: str, mention: Mention) -> list[_Voice]:
        """Return how a name speaks in a sentence, if it does."""
        before, after = sentence[: mention.start], sentence[mention.end :]
        if _LISTENER.search(before):
            return []
        found = []
        if cited := _CITED.search(before):
            opening = re.search(r"(?:\A|[,;:(–—]|\b(?:and|but|while))\s*\Z", before[: cited.start()])
            closing = not re.search(r"\w", before[: cited.start()])
            found.append(_Voice(mention.name_id, cited.start(), mention.end, True, bool(opening), not closing))
        if not found and _INVERTED.search(before):
            found.append(_Voice(mention.name_id, mention.start, mention.end, False, False, True))
        says = None if re.match(r"[’']s?\s+[A-Z][\w-]+\s+[A-Z]", after) else _SAYS.match(after)
        if says and not re.search(r"\b(?:by|from)\s+(?:the\s+)?\Z", before):
            verb_end = mention.end + says.end("verb")
            is_tail = _ends(sentence, verb_end)
            found.append(
                _Voice(mention.name_id, mention.start, verb_end, False, not is_tail, is_tail and mention.start > 0)
            )
        return found


def _ends(sentence: str, verb_end: int) -> bool:
    """Whether a verb of saying ends its sentence or clause, but for who was told and when."""
    listener = _TO.match(sentence, verb_end)
    return bool(_TAIL.match(sentence, listener.end() if listener else verb_end))


def _is_unnamed(sentence: str, start: int, end: int) -> bool:
    """Whether somebody who is not in the tables is made to say the number."""
    for match in (*_UNNAMED.finditer(sentence), *_SOMEBODY.finditer(sentence)):
        if match.end() <= start and not re.search(r"\bwhich\b[^,]*\Z", sentence[: match.start()]):
            return True
        if match.start() >= end and (
            match.group().lower().startswith("according") or _TAIL.match(sentence, match.end())
        ):
            return True
    return bool(_SAID_SOMEBODY.search(sentence, end))
