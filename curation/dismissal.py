"""Why a number may be no claim: a reason of the vocabulary, guessed from the words around it.

Why: nine of ten numbers of a text are dates, distances and things; a curator confirms a reason faster than choosing one.
Here: reasons that hang on the number and its noun, and those that hang on its sentence. Not here: what a claim is about
(`suggest.py`), which numbers stand a second time (it knows the text).
"""

import re

from validation.number_words import UNCOUNTED
from validation.numbers import DATE as DATE_PATTERN
from validation.quantity import Phrase
from validation.vocabulary import (
    AGE,
    ARMED,
    CASUALTIES,
    CONTEXT,
    DATE,
    DISPLACED,
    DISTANCE,
    DURATION,
    EXACT,
    FIGHTERS_TAKING_PART,
    IDIOM,
    INDICATORS,
    NAME,
    NO_QUANTITY,
    NOT_REPORTED,
    ORDINAL,
    OTHER_QUANTITY,
    PLACES_CAPTURED,
    contained,
)

_H = r"[\s‑-]*"
_DURATION = re.compile(
    rf"{_H}(?:(?:full|long|straight|consecutive|more|and a half)\s+)?(?:years?|months?|weeks?|days?|hours?|minutes?"
    rf"|seconds?|min|decades?|nights?|fortnights?|centur(?:y|ies))\b",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    rf"{_H}(?:square\s+|cubic\s+|nautical\s+)?(?:kilomet\w+|km|kms|miles?|met(?:er|re)s?|centimet\w+|feet|foot|yards?"
    rf"|hectares?|acres?|m(?=\s+(?:from|of|away|long|wide|high|deep)))\b",
    re.IGNORECASE,
)
_WARS = r"(?:wars?|conflicts?|insurgency|rebellion|uprising|revolt|sieges?|blockades?|crisis|offensive|fighting|wave|truce|ceasefire)"
_AGE_AFTER = re.compile(
    rf"{_H}(?:years?|months?|weeks?){_H}olds?\b(?!\s+(?:[\w-]+\s+){{0,2}}{_WARS}\b)|\s+years?\s+of\s+age\b",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|aged between|age of|ages?|(?:aged [\w\s,]{1,20} (?:and|to)))\s+\Z|\bin (?:his|her|their) (?:early |late |mid-?)?\Z",
    re.IGNORECASE,
)
_UNDER_AGE = re.compile(r"(?:under|over|below|above)\s+(?:the age of\s+)?(?:5|12|15|16|18|60|65|five)\Z", re.IGNORECASE)
_APPOSED = re.compile(r"(?:[A-Z][\w’'-]+),\s+\Z")
"""A name and a comma before a number, a comma or a full stop behind it: Mira Dolan, 34, said."""
_NAME = re.compile(
    r"\b(?:Route|Highway|Road|Resolution|Article|Annex|Camp|Section|Block|Zone|Area|Brigade|Division|Unit|Gate|Flight"
    r"|Chapter|Page|Table|Figure|Phase|Channel|Building"
    r"|Group of|Type|Mark|Paragraph|Rule|Pier|Terminal|Platform|Operation|Post|Point|Sector|Street|Site|Hall|Room)\s+\Z"
    r"|[A-Z][A-Za-z]{0,5}[-‑]\Z|[A-Z]\Z"
)
_NAMED_BY_DATE = re.compile(
    r"\s+(?:Movement|Front|Revolution|Agreement|Accords?|Brigade|Battalion|Division|Army|Square|Street|Bridge|University|Hospital)\b"
)
"""What a date before it is the name of."""
_YEAR_LEAD = re.compile(
    r"(?<!\bresult )(?<!\bresulted )(?<!\bresulting )(?<!\bresults )\b(?:in|since|during|until|till|throughout|early|late|mid|of)[\s-]+\Z",
    re.IGNORECASE,
)
_YEAR_OF = re.compile(
    r"\s+(?:(?!people|civilians|killed|wounded|injured|displaced)[\w-]+\s+)?(?:attacks?|air ?strikes?|strikes?|bombings?|wars?|conflict|battles?"
    r"|offensive|siege|uprising|revolution|massacres?|invasion|earthquakes?|floods|crisis|truce|ceasefire|agreement|deal|accords?|report|census|elections?)\b",
    re.IGNORECASE,
)
_YEAR_VERB = re.compile(
    r"\s+(?:killed|wounded|injured|displaced)\s+(?:(?:at least|more than|some|about|over|up to|nearly)\s+)?",
    re.IGNORECASE,
)
"""What stands between a year and the number of that year: 2017 killed 900."""
_ORDINAL = re.compile(r"(?:\bNo\.?|\bNos\.?|\b[Nn]umber|№|#|\[)\s*\Z")
_MONEY = re.compile(r"(?:[$€£¥]|US\$|USD|EUR)\s*\Z")
_CHANGED = re.compile(
    r"\b(?:rose|risen|fell|fallen|grew|grown|increas\w+|drop\w*|declin\w+|down|up)\s+by\s+\Z", re.IGNORECASE
)
"""A change of a number is no number of people."""
_TIME = re.compile(r"\s*(?:[ap]\.?m\b|o[’']clock|GMT|UTC|local time|noon\b|midnight\b)", re.IGNORECASE)
_IDIOM = re.compile(r"scored?|(?:a|one) (?:million|thousand|hundred)", re.IGNORECASE)
_IDIOM_AFTER = re.compile(
    r"\s+(?:miles? (?:from|away)|times|reasons|to one|(?:\w+\s+)?(?:success\w*|points?|goals?|victor\w+|win\b|wins\b))",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\s+(?:(?:\w+|and)\s+){0,3}?(?:towns?|villages?|cities|city|hamlets?|neighbou?rhoods?|hills?|hilltops?"
    r"|positions?|checkpoints?|suburbs?|settlements?"
    r"|districts?|bases|airbases?|outposts?|provinces?)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\b(?:captur\w+|recaptur\w+|seiz\w+|tak(?:en|es?|ing)|took|retak\w+|retook|control\w*|fell|fallen|overr[au]n"
    r"|advanc\w+|lost|secur\w+|liberat\w+|wrest\w+"
    r"|enter\w+|gain\w+|push\w+ into|swept)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"[-\s]+(?:of\s+)?(?:(?!(?:killed|wounded|injured|dead|people|civilians|were|was|are|is|have|has|had|and|or|of|in"
    r"|who|from|to|into|over|across|during|after|before|while|at|on|by|near|with|since|their)\b)[\w’'-]+\s+){0,2}?(?:dollars?|euros?|pounds?|tons?|tonnes?|litres?|liters?|hospitals?"
    r"|schools?|clinics?|strikes?|air ?strikes?|airstrikes?|raids?|attacks?|incidents?|sorties|tanks?|vehicles?|cars?"
    r"|trucks?|lorries|missiles?|rockets?|bombs?|shells?|barrels?"
    r"|mortar|drones?|helicopters?|aircraft|planes?|jets?|warplanes|countries|parties|states|governments|stages"
    r"|phases|fronts?|houses?|homes|buildings?|shops?|markets?|bakeries|mosques?"
    r"|churches|prisons?|camps?|shelters?|tents?|wells?|stations?|bridges?|roads?|routes?|borders?|crossings?"
    r"|convoys?|sides?|blasts?|explosions?|letters?|reports?"
    r"|offices?|voters|neighbou?rs|events?|movements?|allies|main|sources?|locations?"
    r"|councils?|talks|rounds?|times|occasions|points?"
    r"|goals?|latrines|kits|meals|rations|metres|cases|graves|animals|sheep|cattle|cows|units|beds|staff|teams?"
    r"|agencies|groups|organi[sz]ations|governorates|provinces"
    r"|blocks?|floors|storeys|weapons|rifles|guns|launchers|depots?|names)\b"
    r"(?!\s+(?:drivers?|crews?|passengers|owners?|guards?|residents?|dwellers|students?|patients?|children|detainees|inmates)\b)",
    re.IGNORECASE,
)
_PEOPLE_OF_OTHER_THINGS = re.compile(
    r"\b(?:in need|needs?|needing|need|requir\w+|at risk|depend\w*|rely|relies|suffer\w*|receiv\w+|assist\w+|benefit\w*"
    r"|serv(?:e[sd]?|ing)|vaccinat\w+|enrol\w+|attend\w*|register(?:ed)? to vote"
    r"|with (?:\w+ )?(?:food|water|cash|aid|health|shelter|hygiene|assistance|supplies|services)|food aid|lack access"
    r"|go hungry|out of school|told|said|says|freed|released|exchanged|tons? of)\b",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:reach(?:ed|ing)|assist\w*|help(?:ed|ing)|fed|feeding|support\w*|serv(?:ed|ing)|people in need|staff of"
    r"|families of|(?:assistance|aid|food|water|supplies|items|kits|services)\s+(?:to|for)|vaccinat\w+|employ\w+)\W*(?:of\W*)?\Z",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?P<disaster>(?:(?:earth)?quakes?|tremors?|aftershocks?|floods?(?!\s+of\s+(?:people|refugees|displaced|civilians))|flooding(?!\s+(?:in)?to\b)"
    r"|landslides?|mudslides?|avalanches?|cyclones?|hurricanes?|typhoons?|tornado(?:es)?|(?:sand|snow|rain|thunder)?storms?|blizzards?|tsunamis?"
    r"|volcan\w+|droughts?|heat\s?waves?|cold (?:weather|snaps?|waves?)|heavy rains?|wildfires?"
    r"|cholera|measles|covid\S*|coronavirus|epidemics?|pandemics?|outbreaks?(?!\s+of\s+(?:the\s+)?(?:war|fighting|hostilities|violence|conflict|clashes|unrest))"
    r"|diseases?|virus|influenza|polio|malaria|typhoid|dysentery|leishmaniasis|cancer|kidney failure|heart (?:failure|attacks?)|natural causes)"
    r"(?:,?\s+(?:that|which)?\s*strikes?)?)\b"
    r"|\b(?P<accident>crash(?:es|ed|ing)?|collisions?|accidents?|capsiz\w+|shipwrecks?|drown(?:ed|ing|ings)|stampedes?|derail\w*|overturn\w*"
    r"|dams? (?:collaps\w+|burst\w*|fail\w*|breach\w*)|gas (?:leaks?|explosions?|cylinders?)|food poisoning|poisoned food|drunk drivers?"
    r"|suicide(?! (?:bomb|attack|car|vest|truck|squad|blast)))\b"
    r"|\b(?:(?:house|camp|tent|forest)\s+fires?|fires? (?:broke out|swept|in an? (?:\w+ )?(?:camp|tent|home|house|school|kitchen)))\b"
    r"|\b(?P<war>shell(?:s|ed|ing|fire)|air ?strikes?|strikes?|bomb\w*|fighting|clash\w*|rockets?|missiles?|raids?|attack\w*|offensive|shot|snipers?"
    r"|gunfire|gunm[ae]n|warplanes?|jets?|artillery|mortars?|mines?|war|conflict|hostilities|massacres?|execut\w+)\b",
    re.IGNORECASE,
)
_war_words = (
    r"(?:civil )?(?:war|conflict|fighting|violence|hostilities|bombardment|bombing|shelling|air ?strikes?|clashes)"
)
_SCARRED = re.compile(
    r"\bwar[-\s](?:torn|ravaged|hit|weary|damaged|stricken|battered|scarred|time|zones?)\b|\bat war\b"
    rf"|\b(?:years?|decades?|months?)(?: and (?:years?|decades?|months?))? of (?:[\w-]+ ){{0,3}}{_war_words}\b"
    r"|\b(?:areas?|regions?|towns?|cit(?:y|ies)|villages?|north|south|east|west|countr(?:y|ies)|camps?|provinces?|districts?|zones?|nation|communities)"
    r"(?: (?:that|which|already|long|badly|heavily|had|has|have|been|was|were|is|are))*"
    rf" (?:hit|damaged|destroyed|devastated|battered|ravaged|torn|scarred|wrecked|weakened|affected|shattered|emptied)"
    rf" (?:by|in|from) (?:[\w-]+ ){{0,3}}{_war_words}\b"
    rf"|,\s+(?:many|most|some|half|already|all|displaced|uprooted)\b[^,;.]{{1,80}}\b{_war_words}\b"
    rf"|\b(?:had|have) (?:already )?fled (?:the )?{_war_words}\b"
    r"|\b(?:the )?(?:war|conflict)['’]s\b",
    re.IGNORECASE,
)
"""War as a mark of a place or of people, which is not what killed or displaced them: areas hit by years of war."""
_DIED_IN = re.compile(r"(?:\s+[\w’'-]+){0,3}?\s+(?:in|by|from|of|during)\s+(?:[\w’'-]+\s+){0,2}", re.IGNORECASE)
"""What stands between a number and what its people died of: 4 in the floods."""
_sides = r"(?:forces|troops|army|rebels?|militants?|fighters|jihadists?|insurgents|regime|militia\w*)"
_AT_WORK = re.compile(rf"\b(?:{_sides}|since)\b", re.IGNORECASE)
"""What a sentence has that speaks of the war again, or of all of it."""
_KILLED_BY_SIDE = re.compile(rf"\b{_sides}\b[^,;.]{{0,40}}\b(?:kill|wound|injur|captur|displac)\w*\s+\Z", re.IGNORECASE)
_PART_IN = re.compile(
    r"\b(?:tak(?:e|es|en|ing) part|took part|participat\w+|deploy\w*|mobili[sz]\w+|reinforc\w+|mass(?:ed|ing)"
    r"|amass\w*|gather\w*|fac(?:e|es|ed|ing)|involv\w+|join\w*|sent|sends?|sending|recruit\w*"
    r"|command\w*|number\w*|fight(?:s|ing)?|fought|station\w*|garrison\w*|surrender\w*|has|have)\b",
    re.IGNORECASE,
)
_TAKING_PART = re.compile(
    r"\b(?:tak(?:e|es|en|ing) part|took part|participat\w+|deployed|massed|mobili[sz]ed)\b", re.IGNORECASE
)
_FORESEEN = re.compile(
    r"\b(?:could(?! not)|would|might(?! have)|fear\w*|hop(?:e[sd]?|ing)|forecast\w*|predict\w*|project(?:ed|s|ion"
    r"|ions)|expect\w*|anticipat\w*|risks?|threaten\w*|likely to|plan(?:s|ned|ning)? to|(?:planned|scheduled) for|aim(?:s|ed|ing)? to"
    r"|den(?:y|ies|ied|ying)|prevent\w*|avert\w*|potential\w*|brac(?:e|ed|es|ing) for|prepar\w+ for|warn(?:ed|s"
    r"|ing) of|threshold|about to|set to|will|(?:urged|ordered|asked|told) to|false(?:ly)?|untrue|rumou?rs?)\b"
    r"|\b(?-i:may)(?!\s+have\b)\s",
    re.IGNORECASE,
)
_NONE_OF = re.compile(r"\b(?:none|neither|not one) of (?:the |its |their |those )?\Z", re.IGNORECASE)
_APART = re.compile(
    r",[^,.;]{1,40}\b(?:said|says|warned|added),|,\s+or\s[^,.;]{1,60},|\s[–—-]\s[^–—.;]{1,60}\s[–—-](?=\s)",
    re.IGNORECASE,
)
"""What stands between a number and its verb without belonging to either."""
_IF = re.compile(r"(?:\A|\W)(?:if|unless|in case|should(?=\s+the))\s", re.IGNORECASE)
_IN_NEED = ("", *contained(INDICATORS)[DISPLACED], *CONTEXT)
"""Indicators whose people a text may also count as served, helped or in need."""


def of_the_number(phrase: Phrase, said: str, left: str, right: str, *, people: bool) -> str:
    """Return the reason that a number and the words next to it give; "" where they give none."""
    value = phrase.quantity
    exact = value.best if value and value.bound == EXACT else None
    checks = (
        (phrase.kind, bool(phrase.kind)),
        (NAME, bool(DATE_PATTERN.fullmatch(said) and _NAMED_BY_DATE.match(right))),
        (DATE, bool(DATE_PATTERN.fullmatch(said)) or _is_date(said, right, exact, people=people)),
        (NO_QUANTITY, value is None and bool(UNCOUNTED.fullmatch(said))),
        (OTHER_QUANTITY, bool(_MONEY.search(left) or _CHANGED.search(left))),
        (AGE, _is_age(said, left, right)),
        (ORDINAL, bool(_ORDINAL.search(left)) and (exact or 0) < 1_000),
        (NAME, bool(_NAME.search(left)) or _is_in_a_name(said, left, right)),
        (
            IDIOM,
            bool(_IDIOM.fullmatch(said) and _IDIOM_AFTER.match(right))
            or bool(re.search(r"\bold\s+\Z", left) and said.lower() == "scores"),
        ),
        (
            DURATION,
            bool(_DURATION.match(right) or re.fullmatch(r"(?:year|month|week|day|hour|decade) and a half", said, re.I)),
        ),
        (DISTANCE, bool(_DISTANCE.match(right))),
        (PLACES_CAPTURED, not people and bool(_PLACES.match(right)) and bool(_TAKEN.search(left + right))),
        (FIGHTERS_TAKING_PART, bool(re.match(r"-strong\b", right))),
        (OTHER_QUANTITY, value is None or (not people and bool(_PLACES.match(right) or _THINGS.match(right)))),
        (
            OTHER_QUANTITY,
            bool(_THINGS.match(right)) and not re.match(r"\s+(?:\w+\s+){0,2}?(?:workers|staff|members)\b", right),
        ),
    )
    return next((reason for reason, holds in checks if holds), "")


def of_the_sentence(left: str, right: str, indicator: str, group: str, noun: str, earlier: str) -> str:
    """Return the reason that the sentence of a number gives, for what it may be about; "" where it gives none.

    `earlier`: the sentences before it, which say what people died of where its own does not.
    """
    clause = re.split(r"[;:(]|,\s+(?:and|but|while|which|who|though)\b|\band (?:said|says|added)\b", left)[-1]
    right_of_it = _APART.sub("", right)
    ahead = re.split(r"[,;:(]|\band\b|\d", right_of_it)[0][:80]
    if _NONE_OF.search(left) or _FORESEEN.search(clause) or _FORESEEN.search(ahead) or _IF.search(left):
        return NOT_REPORTED
    if _of_a_disaster(left, right, earlier if indicator in (*CASUALTIES, DISPLACED) else ""):
        return OTHER_QUANTITY
    if re.search(r"\brecruit\w*\s+\Z", left, re.IGNORECASE):
        return FIGHTERS_TAKING_PART
    if group in ARMED and _TAKING_PART.search(ahead):
        return FIGHTERS_TAKING_PART
    if re.match(r"\s*(?:[\w’'-]+\s+){0,3}(?:said|told|says)\b", noun):
        return OTHER_QUANTITY
    if indicator not in CASUALTIES and group in ARMED:
        return FIGHTERS_TAKING_PART if not indicator or _PART_IN.search(left + right) else ""
    if indicator in _IN_NEED and (_PEOPLE_OF_OTHER_THINGS.search(" ".join(ahead.split()[:6])) or _HELPED.search(left)):
        return OTHER_QUANTITY
    if re.search(r"\b(?:freed|released|exchanged|alive|survived|unharmed|unhurt)\b", ahead):
        return OTHER_QUANTITY
    return ""


def is_year(said: str, left: str, near: str) -> bool:
    """Whether digits are a year, though people or harm stand behind them: in 2016 killed civilians, the 2013 attack killed."""
    if not re.fullmatch(r"(?:19|20)\d\d", said):
        return False
    return bool(_YEAR_LEAD.search(left) or _YEAR_OF.match(near) or _YEAR_VERB.fullmatch(near))


def _of_a_disaster(left: str, right: str, earlier: str) -> bool:
    """Whether a disaster or an accident is the cause in a number's own phrase, else the last before it, else the first behind it."""
    before, behind, above = (list(_CAUSE.finditer(_SCARRED.sub(" ", words))) for words in (left, right, earlier))
    own = behind and _DIED_IN.fullmatch(behind[0].string, 0, behind[0].start())
    causes = (behind[:1] if own else before[-1:]) or behind[:1] or ([] if _AT_WORK.search(left + right) else above[-1:])
    if not causes or causes[0]["war"] or (not before and _KILLED_BY_SIDE.search(left)):
        return False
    everything = left + right + ("" if before or behind else earlier)
    return bool(causes[0]["disaster"]) or not any(match["war"] for match in _CAUSE.finditer(everything))


def _is_date(said: str, right: str, exact: int | None, *, people: bool) -> bool:
    if re.fullmatch(
        r"(?:\w+\s)?(?:\d{4}s|\d{1,2}:\d\d|0\d{3}|(?:1[89]|20)\d\d[-–/]\d{1,4}(?:-\d\d?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4})",
        said,
    ) or _TIME.match(right):
        return True
    years = re.fullmatch(r"(?:\w+\s)?(?:19|20)\d\d(?:\s*(?:and|to|-|–)\s*(?:19|20)\d\d)?", said)
    people = people and not re.match(r"\s+(?:was|is|has|the)\b", right)
    return years is not None and not people and (exact is None or exact > 1900)


def _is_age(said: str, left: str, right: str) -> bool:
    if _AGE_AFTER.match(right) or _AGE_BEFORE.search(left) or _UNDER_AGE.fullmatch(said):
        return True
    return bool(_APPOSED.search(left) and re.fullmatch(r"\d{1,2}", said) and re.match(r"[,.)]", right))


def _is_in_a_name(said: str, left: str, right: str) -> bool:
    """Whether a number word with a capital stands before another capital inside a sentence: the Four Bridges camp."""
    inside = re.search(r"[a-z,]\s+\Z", left)
    return bool(inside and re.fullmatch(r"[A-Z][a-z]+", said) and re.match(r"\s+[A-Z][a-z]+", right))
