"""What span of time a number covers: which of the days that a sentence names are its own, and how it was counted.

Why: a sentence often names several days, and a number of one raid is read otherwise than one of a campaign or of a state
(codebook, measure). Here: the choice. Not here: reading the days (`when.py`), filling the cells (`context.py`).
"""

import re
from collections.abc import Sequence

from curation.when import Stretch, ends
from validation.vocabulary import CASUALTIES, CUMULATIVE, INCIDENT, INDICATORS, PERIOD, STOCK, by_code

BEYOND_A_CLAUSE = 25
"""How many characters farther a date is for each clause between it and the number."""
DAYS_OF_AN_INCIDENT = 4
_EVENT = re.compile(
    r"\b(?:attacks?|attacked|(?:air\s?)?strikes?|airstrikes?|raids?|bombings?|bombed|shelling|shelled|shells?|bombardments?|explosions?|blasts?"
    r"|massacres?|massacred|shootings?|ambush\w*|clash\w*|missiles?|rockets?|assaults?|gunm[ae]n|landmines?|drones?|barrel bombs?|executions?)\b",
    re.IGNORECASE,
)
_CAMPAIGN = re.compile(
    r"\b(?:offensives?|campaigns?|(?:battle|fight|war) (?:for|of attrition)|months of|weeks of|years of|fighting)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:remain\w*|still|currently|at present|now (?:live|living|stay|in)|(?:is|are|was|were) (?:home to|living|staying|sheltering|hosted|held"
    r"|being held)"
    r"|live[sd]? in|home to|hosts?|hosting|there (?:are|were)|registered|in (?:\w+ )?(?:prisons?|detention|captivity|custody))\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:have|has|had) (?:\w+ )?(?:fled|left|been (?:\w+ )?(?:displaced|forced|driven|detained|arrested|abducted)|returned)"
    r"|\b(?:fleeing|displaced upwards|has (?:also )?displaced|forc(?:ed|ing))\b",
    re.IGNORECASE,
)
_OWN_DATE = re.compile(
    r"\b(?:published|updated|posted|modified|filed|issued|release date)\s*(?:on|at|:)?\s*(?:\w+day,?\s+)?\Z|\A\s*By [A-Z][^.;]{1,60}\Z",
    re.IGNORECASE,
)
_DAY_OF_SAYING = re.compile(
    r"\b(?:said|says|told(?:\s+(?:the\s+)?[A-Z]\w+){1,3}|told (?:reporters|journalists)|announced|added|warned|stated|confirmed|tweeted)"
    r"(?:\s+in an? [\w ]{1,40}?)?(?:\s+(?:late|early|earlier))?(?:\s+on)?\s+\Z",
    re.IGNORECASE,
)
"""What makes a date the day on which somebody spoke: "said on Thursday that"."""
_DATELINE = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?[-–—]+\s|\s*\([^()]{1,30}\)\s*[-–—:]")
"""What makes a date that of the text and not of what it tells: "published on 3 May", "KESH, 3 May (Interline) -"."""
_CLAUSE = re.compile(r"[,;:(–—]|\b(?:and|but|while|where|which|who)\b")


def nearest(found: Sequence[Stretch], sentence: str, start: int, end: int) -> Stretch | None:
    """Return the days named nearest to a number; those behind it are nearer than those before it, or beyond a comma."""

    def distance(one: Stretch) -> float:
        low, high = (end, one.start) if one.start >= end else (one.end, start)
        return (high - low) * (1 if one.start >= end else 1.5) + BEYOND_A_CLAUSE * len(
            _CLAUSE.findall(sentence[low:high])
        )

    apart = [
        one
        for one in found
        if not (one.start < end and start < one.end)
        and ";" not in sentence[min(end, one.end) : max(start, one.start)]
        and not _OWN_DATE.search(sentence, 0, one.start)
        and not _DAY_OF_SAYING.search(sentence, 0, one.start)
        and not _DATELINE.match(sentence, one.end)
    ]
    return min(apart, key=distance, default=None)


def measure_of(indicator: str, sentence: str, stretch: Stretch | None) -> str:
    """Return what span a number covers (codebook, measure)."""
    allowed = by_code(INDICATORS)[indicator].measures
    if INCIDENT not in allowed:
        return STOCK
    if stretch and stretch.whole_war:
        return CUMULATIVE
    if STOCK in allowed and _STATE.search(sentence) and not _MOVED.search(sentence) and not (stretch and stretch.since):
        return STOCK
    span = (ends(stretch.first), ends(stretch.last)) if stretch else (None, None)
    length = (span[1][1] - span[0][0]).days + 1 if span[0] and span[1] else 0
    if stretch and (stretch.since or stretch.ongoing or stretch.until):
        return INCIDENT if 0 < length <= DAYS_OF_AN_INCIDENT and not stretch.since else PERIOD
    if length == 1:
        return INCIDENT
    harmed = indicator in CASUALTIES
    return INCIDENT if harmed and _EVENT.search(sentence) and not _CAMPAIGN.search(sentence) else PERIOD
