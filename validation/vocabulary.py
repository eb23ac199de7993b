"""The controlled words of the tables: each code once, with everything that is known of it.

Why: a code such as `at_least` is stored, shown, explained, drawn and pinned in links; whoever adds one adds one entry here and
touches no other file. Code asks an entry for its facets and never compares with a code that is written out elsewhere; the
codes that rules must name are constants beneath their lists. Here: the closed lists of the codebook (docs/codebook.md). Not
here: what a column holds (`models.py`), and lists that curators extend as data (`caveats.csv`, `vague_quantities.csv`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True)
class Term:
    """One allowed value of a column: the stored code, its label for readers, its definition."""

    code: str
    label: str
    definition: str


AnyTerm = TypeVar("AnyTerm", bound=Term)


def codes(terms: Iterable[Term]) -> list[str]:
    """Return the stored codes, in the order of the list."""
    return [term.code for term in terms]


def labels(terms: Iterable[Term]) -> dict[str, str]:
    """Return code to label, in the order of the list."""
    return {term.code: term.label for term in terms}


def by_code(terms: Iterable[AnyTerm]) -> dict[str, AnyTerm]:
    """Return code to term, in the order of the list."""
    return {term.code: term for term in terms}


@dataclass(frozen=True)
class Unit(Term):
    """What one of a number is; `stems`: words of a text that name it (a regular expression)."""

    stems: str


UNITS = (
    Unit(
        "people",
        "people",
        "Individual people.",
        stems=(
            r"(?:people|persons?|individuals?|residents?|inhabitants?|villagers?|refugees?|IDPs?|returnees?|deaths?|fatalit(?:y|ies)|bodies"
            r"|members?)\b"
        ),
    ),
    Unit(
        "families",
        "families",
        "Families as reported; never converted to people.",
        stems=r"(?:famil(?:y|ies)|households?)\b(?![-’']|\s+(?:members?|heads?)\b)",
    ),
)
PEOPLE, FAMILIES = codes(UNITS)

BOUNDS = (
    Term("exact", "as printed", "A number without a qualifier: low, best and high are equal."),
    Term("at_least", "at least", "A minimum, such as “more than”: low and best hold the number, high is unknown."),
    Term("about", "about", "An approximation, such as “some”: best holds the number, low and high are unknown."),
    Term("up_to", "at most", "A maximum, such as “fewer than”: best and high hold the number, low is unknown."),
    Term("range", "between", "Two numbers: low and high; no best."),
    Term("vague", "vague (“hundreds”)", "A word for a quantity: low and high are our convention; no best."),
)
EXACT, AT_LEAST, ABOUT, UP_TO, RANGE, VAGUE = codes(BOUNDS)
INTERVALS = (RANGE, VAGUE)
"""Bounds with two ends and no number of their own: drawn as a bar, without a mark."""

MEASURES = (
    Term("incident", "one event", "Counted in one event of hours or days: a raid, a battle, a massacre."),
    Term("period", "over a period", "Counted over weeks or more, an offensive included; the start may not be given."),
    Term("cumulative", "since the war began", "Counted since the war began."),
    Term("stock", "at a date", "The state at a date, not what happened until then."),
)
INCIDENT, PERIOD, CUMULATIVE, STOCK = codes(MEASURES)
FLOWS = (INCIDENT, PERIOD, CUMULATIVE)


@dataclass(frozen=True)
class Topic:
    """What is shown together: its page, the key of its charts, and what happened in words ("killed or injured")."""

    page: str
    key: str
    either: str
    both: str


HARM = Topic("casualties", "casualties", "killed or injured", "killed and injured")
ABSENCE = Topic("casualties", "absent", "missing or detained", "missing and detained")
FLIGHT = Topic("displacement", "displacement", "displaced", "displaced")
RETURN = Topic("displacement", "returned", "returned", "returned")
LIVING = Topic("displacement", "population", "living there", "living there")
TOPICS = (HARM, ABSENCE, FLIGHT, RETURN, LIVING)


@dataclass(frozen=True)
class Indicator(Term):
    """What happened to the people counted.

    `topic`: what it is shown with, and on which page. `measures`: how it may accumulate. `happened`: what happened to those counted, with
    room for the place; `by_then`: the same for a total since the war began and for a state at a date, where those counted may have
    left the place. `light`, `dark`: its colour on a light and on a dark page.
    `stems`: words of a text that speak of it (a regular expression); `guessed`: where those of two begin at the same word, the
    lower counts. `contains`: indicators that a part of it may have.
    `headline`: its largest number makes a headline. `noun`: those counted, with room for the group. `abroad`: they are outside
    the country at war, so that its place stands for the whole world.
    """

    topic: Topic
    measures: tuple[str, ...]
    happened: str
    noun: str
    light: str
    dark: str
    stems: str
    guessed: int = 5
    contains: tuple[str, ...] = ()
    headline: bool = False
    abroad: bool = False
    by_then: str = ""


KILLED, INJURED, KILLED_OR_INJURED = "killed", "injured", "casualties"
DISPLACED, REFUGEES, IDPS, RETURNED, POPULATION = "displaced", "refugees", "idps", "returned", "population"
"""The indicators that words of a text must tell apart (`curation/suggest.py`)."""

INDICATORS = (
    Indicator(
        KILLED,
        "Killed",
        "People reported dead through violence, or in the war as the report says it; also bodies found.",
        topic=HARM,
        measures=FLOWS,
        happened="killed in {}",
        noun="{} killed",
        light="#1f2a37",
        dark="#e6eaef",
        stems=(
            r"kill\w*|KIA\b|dead\b|died?\b|dies\b|deaths?\b|dying\b|perish\w*|fatalit\w+|massacre\w*|"
            r"bodies|body|corpses?|slain|lives\b|tolls?\b|victims?|(?:did|do) not survive|"
            r"execut(?:ed|ing|ions?)|murder\w*|assassinat\w+|beheaded|martyr\w*|shot dead|"
            r"claimed the li\w+|buried"
        ),
        headline=True,
    ),
    Indicator(
        INJURED,
        "Injured",
        "People reported wounded.",
        topic=HARM,
        measures=FLOWS,
        happened="injured in {}",
        noun="{} injured",
        light="#a16207",
        dark="#d9a441",
        stems=r"injur\w*|WIA\b|wound\w*|hurt\b|maim\w*|hospitali\w+|treated for",
    ),
    Indicator(
        KILLED_OR_INJURED,
        "Killed or injured",
        "Killed and injured people, or killed, injured and missing, in one number.",
        topic=HARM,
        measures=FLOWS,
        happened="killed, injured or missing in {}",
        noun="{} killed or injured",
        light="#6b4a3a",
        dark="#cfae98",
        stems=(
            r"casualt\w+|"
            r"(?:killed|dead|deaths?|died|killing)\s+(?:and|or|and/or)\s+(?:\w+ly\s+)?(?:wound\w+|injur\w+|hurt|maim\w+)|"
            r"(?:wounded|injured)\s+(?:and|or)\s+(?:killed|dead)"
        ),
        guessed=1,
        contains=("killed", "injured", "missing"),
    ),
    Indicator(
        "missing",
        "Missing",
        "People whose fate is not known, by the words of the report.",
        topic=ABSENCE,
        measures=(*FLOWS, STOCK),
        happened="missing in {}",
        noun="missing {}",
        light="#4d6217",
        dark="#b6c26a",
        stems=r"missing\b|unaccounted for|whereabouts|remain unknown",
    ),
    Indicator(
        "detained",
        "Detained",
        "People arrested, abducted or forcibly disappeared.",
        topic=ABSENCE,
        measures=(*FLOWS, STOCK),
        happened="detained in {}",
        noun="detained {}",
        light="#8a3b6f",
        dark="#dd8fc4",
        stems=(
            r"detain\w*|detention|arrest\w*|abduct\w*|kidnap\w*|forcibly disappeared|"
            r"enforced disappearances?|disappear\w*|hostages?|imprison\w*|jailed|captiv(?:e|es|ity)\b|custody\b|taken prisoner|"
            r"(?:soldiers|fighters|servicemen|troops|men|supporters|civilians|people|mercenaries) (?:were |was )?"
            r"captured(?= by\b| in\b| on\b| during\b|[.;,)|]|\Z)"
        ),
    ),
    Indicator(
        DISPLACED,
        "Displaced",
        "People who left their homes, where the words do not say whether inside or abroad.",
        topic=FLIGHT,
        measures=(*FLOWS, STOCK),
        happened="displaced in {}",
        by_then="displaced by the war in {}",
        noun="displaced {}",
        light="#2563a8",
        dark="#6fa8e8",
        stems=(
            r"displac\w+|fled\b|flee\w*|uprooted|homeless|evacuat\w+|"
            r"left (?:their|the (?:city|town|village|area|suburb|valley)|(?-i:[A-Z]))|driven (?:out|from)|"
            r"forced (?:out|from|to leave)|from their homes|escap(?:ed|ing)|"
            r"(?:have|had|has) left(?=[.,;]|\s+(?:on|since|in|for|during)\b)|"
            r"(?:streamed|poured) (?:out|from)|reached (?:the )?camps|abandoned their|on the move|"
            r"(?:sought|seek(?:s|ing)?|t[ao]k(?:e|en|ing)|took|found) (?:refuge|shelter|sanctuary)|"
            r"(?:have|had|has) moved (?:to|into|out)|(?:new|fresh) arrivals?|arrived? (?:at|in) (?:the )?(?:[\w-]+ ){0,2}camps?"
        ),
        guessed=8,
        contains=("refugees", "idps"),
        headline=True,
    ),
    Indicator(
        REFUGEES,
        "Refugees",
        "People whom the words put outside the country at war.",
        topic=FLIGHT,
        measures=(*FLOWS, STOCK),
        happened="who fled abroad from {}",
        noun="refugees",
        light="#0b7d71",
        dark="#45bfae",
        stems=r"refugees?\b|asylum\w*|abroad\b|across the border|crossed (?:the \w+ )?into",
        headline=True,
        abroad=True,
    ),
    Indicator(
        IDPS,
        "Internally displaced",
        "Displaced people whom the words put inside the country at war (IDPs).",
        topic=FLIGHT,
        measures=(*FLOWS, STOCK),
        happened="internally displaced in {}",
        noun="internally displaced {}",
        light="#6a51a3",
        dark="#b09be6",
        stems=(
            r"internally displaced|IDPs?\b|displaced (?:inside|within|internally)|"
            r"(?:inside|within) the country"
        ),
        headline=True,
    ),
    Indicator(
        RETURNED,
        "Returned",
        "People who went back to where they had left.",
        topic=RETURN,
        measures=(*FLOWS, STOCK),
        happened="who returned in {}",
        noun="{} who returned",
        light="#2f6f3e",
        dark="#7cc98c",
        stems=r"return(?:ed|ees?|ing|s)?\b|(?:went|gone|go|going) (?:back|home)",
    ),
    Indicator(
        POPULATION,
        "Population",
        "People living in an affected area, given as context.",
        topic=LIVING,
        measures=(STOCK,),
        happened="living in {}",
        noun="{} living there",
        light="#66717d",
        dark="#8d98a5",
        stems=(
            r"home to|population|inhabitants|residents (?:live|remain|stay)|"
            r"live[sd]? (?:in|there|under|along|near)|living (?:in|under)|trapped|besieged|under siege|"
            r"(?:town|city|village|enclave|community) of"
        ),
        guessed=9,
        contains=(
            "killed", "injured", "casualties", "missing", "detained", "displaced", "refugees", "idps", "returned",
        ),
    ),
)  # fmt: skip
ASYLUM_SEEKERS = Indicator(
    "asylum_seekers",
    "Asylum-seekers",
    "People whose asylum claim is pending.",
    topic=FLIGHT,
    measures=(STOCK,),
    happened="who sought asylum abroad from {}",
    noun="asylum-seekers",
    light="#8a6d3b",
    dark="#cfb27c",
    stems="",
    abroad=True,
)
SERIES_INDICATORS = (*INDICATORS, ASYLUM_SEEKERS)
"""What a published count may count: the indicators of claims, and what no claim is coded as."""
ABROAD = tuple(term.code for term in SERIES_INDICATORS if term.abroad)


def about(*topics: Topic) -> tuple[str, ...]:
    """Return the codes of the indicators of these topics."""
    return tuple(term.code for term in INDICATORS if term.topic in topics)


CASUALTIES, DISPLACEMENT, CONTEXT = about(HARM, ABSENCE), about(FLIGHT), about(LIVING)
HEADLINES = tuple(
    tuple(term.code for term in INDICATORS if term.headline and term.topic is topic) for topic in (HARM, FLIGHT)
)
"""Topic by topic, the indicators of which the largest number makes a headline."""
DEATHS = HEADLINES[0]


@dataclass(frozen=True)
class Group(Term):
    """Who is counted.

    `one`, `several`: the noun. `light`, `dark`: its colour on a light and on a dark page. `stems`: words of a text that name
    it (a regular expression); `guessed`: where those of several fit, the lowest counts. `contains`: groups within it.
    `apart`: groups with which it shares nobody. `sorted_by`: groups of the same sorting that one paragraph counts are counted
    apart (children and women). `everybody`: no group is left out. `armed`: a party may speak of it as its enemy's losses.
    """

    one: str
    several: str
    light: str
    dark: str
    stems: str
    guessed: int = 5
    contains: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    sorted_by: str = ""
    everybody: bool = False
    armed: bool = False


ALL_PEOPLE, MEN = "all", "men"
_OF_CIVILIANS = ("children", "women", "men", "health_workers", "aid_workers", "journalists")
_SIDES = ("opposition_fighters", "pro_government")

POPULATION_GROUPS = (
    Group(
        ALL_PEOPLE,
        "All people",
        "No group is singled out; may include fighters.",
        one="person",
        several="people",
        light="#33475b",
        dark="#b9c7d6",
        stems="",
        contains=("civilians", *_OF_CIVILIANS, "fighters", *_SIDES, "civilians_and_fighters"),
        everybody=True,
    ),
    Group(
        "civilians",
        "Civilians",
        "People whom the report calls civilians.",
        one="civilian",
        several="civilians",
        light="#0f766e",
        dark="#45bfae",
        stems=r"women and (?:[a-z]+ )?children|children and (?:[a-z]+ )?women|civilians?\b|non-combatants?",
        guessed=2,
        contains=_OF_CIVILIANS,
        apart=("fighters", *_SIDES),
    ),
    Group(
        "children",
        "Children",
        "People whom the report calls children.",
        one="child",
        several="children",
        light="#b45309",
        dark="#eda55b",
        stems=(
            r"child\w*|kids?\b|schoolchild\w*|minors?\b|boys?\b|girls?\b|infants?|bab(?:y|ies)\b|"
            r"toddlers?|pupils?\b|newborns?|teenagers?\b|under 18"
        ),
        guessed=4,
        sorted_by="age and sex",
    ),
    Group(
        "women",
        "Women",
        "People whom the report calls women.",
        one="woman",
        several="women",
        light="#7c4d9f",
        dark="#c49be0",
        stems=r"wom[ae]n\b|mothers?\b|females?\b",
        guessed=4,
        sorted_by="age and sex",
    ),
    Group(
        MEN,
        "Men",
        "People whom the report calls men.",
        one="man",
        several="men",
        light="#1d6fa3",
        dark="#7db8e8",
        stems=r"m[ae]n\b|males?\b",
        guessed=8,
        sorted_by="age and sex",
    ),
    Group(
        "health_workers",
        "Health workers",
        "Doctors, nurses, paramedics and others who treat people.",
        one="health worker",
        several="health workers",
        light="#9a4a2a",
        dark="#e59a78",
        stems=(
            r"(?:health(?:care)?|medical|hospital) (?:care )?(?:workers?|staff|personnel|professionals)|"
            r"medics?\b|doctors?\b|nurses?\b|paramedics?\b|surgeons?\b|ambulance (?:crew|driver)s?"
        ),
        guessed=3,
    ),
    Group(
        "aid_workers",
        "Aid workers",
        "People who work for relief or rescue organisations.",
        one="aid worker",
        several="aid workers",
        light="#3f6b2e",
        dark="#93c47d",
        stems=(
            r"(?:aid|relief|humanitarian|rescue) (?:workers?|staff|personnel|volunteers?)|humanitarians|"
            r"Red (?:Cross|Crescent) (?:workers?|staff|volunteers?)|rescuers?\b|first responders|(?:UN|NGO) staff"
        ),
        guessed=3,
    ),
    Group(
        "journalists",
        "Journalists",
        "Journalists and other people of the media.",
        one="journalist",
        several="journalists",
        light="#a03a7a",
        dark="#e695c9",
        stems=(
            r"journalists?\b|reporters?\b|photographers?\b|camera(?:m[ae]n|woman|women)\b|"
            r"media (?:workers?|activists?|staff)|correspondents?\b"
        ),
        guessed=3,
    ),
    Group(
        "fighters",
        "Fighters",
        "Fighters of any side, or of a side that is not stated.",
        one="fighter",
        several="fighters",
        light="#4b5320",
        dark="#a8ad62",
        stems=r"fighters?\b|mercenar(?:y|ies)\b|(?:its|their) (?:own )?men\b|combatants?\b|gunm[ae]n\b|armed men|militia\w*",
        guessed=7,
        contains=_SIDES,
        armed=True,
    ),
    Group(
        "opposition_fighters",
        "Opposition fighters",
        "Those fighting the government, whatever word is printed.",
        one="opposition fighter",
        several="opposition fighters",
        light="#667519",
        dark="#b3bf52",
        stems=(
            r"(?:rebel|opposition|insurgent|anti-government) (?:forces|fighters|troops|soldiers|militia\w*|personnel|men|combatants)|"
            r"militants?\b|rebels?\b|insurgents?\b|jihadi\w*"
        ),
        guessed=6,
        apart=("pro_government",),
        armed=True,
    ),
    Group(
        "pro_government",
        "Pro-government forces",
        "The government’s forces and its allies.",
        one="member of the pro-government forces",
        several="members of the pro-government forces",
        light="#94515b",
        dark="#dc9aa4",
        stems=(
            r"(?:pro-)?(?:regime|government|army|security|state|allied) (?:forces|fighters|troops|soldiers|militia\w*|personnel|men|combatants)|"
            r"pro-(?:regime|government)|soldiers?\b|troops\b|loyalists?|conscripts?\b|servicemen|"
            r"policem[ae]n|police officers?"
        ),
        guessed=5,
        armed=True,
    ),
    Group(
        "civilians_and_fighters",
        "Civilians and fighters",
        "The report says that both are counted.",
        one="civilian or fighter",
        several="civilians and fighters",
        light="#6b7280",
        dark="#98a2ae",
        stems=(
            r"civilians and (?:\w+ )?(?:fighters|combatants|militants|rebels|soldiers)|"
            r"(?:fighters|combatants) and civilians"
        ),
        guessed=1,
        contains=("all", "civilians", *_OF_CIVILIANS, "fighters", *_SIDES),
        everybody=True,
    ),
)
EVERYBODY = tuple(term.code for term in POPULATION_GROUPS if term.everybody)
ARMED = tuple(term.code for term in POPULATION_GROUPS if term.armed)


def contained(terms: "Iterable[Indicator] | Iterable[Group] | Iterable[Fire]") -> dict[str, tuple[str, ...]]:
    """Return for each code the codes that a part of it may have, itself among them (codebook, `part_of`)."""
    return {term.code: (term.code, *term.contains) for term in terms}


def sum_of(one: str, other: str) -> Indicator | None:
    """Return the indicator of both together, None where no indicator but the population takes in both."""
    return next((term for term in INDICATORS if {one, other} <= set(term.contains) and term.topic is not LIVING), None)


_GROUPS = by_code(POPULATION_GROUPS)


def share_nobody(one: str, other: str) -> bool:
    """Whether two groups have nobody in common for sure (codebook, groups); fighters may be children, women or men."""
    return other in _GROUPS[one].apart or one in _GROUPS[other].apart


def counted_apart(one: str, other: str) -> bool:
    """Whether two groups are counted apart where one paragraph counts both, such as children and women."""
    return one != other and "" != _GROUPS[one].sorted_by == _GROUPS[other].sorted_by


@dataclass(frozen=True)
class SourceKind(Term):
    """A kind of document; `csl`: its type in citations (citationstyles.org), `schema_org`: in linked data."""

    csl: str
    schema_org: str


SOURCE_KINDS = (
    SourceKind("news_report", "News report", "An article of a news outlet.", csl="article-newspaper", schema_org="NewsArticle"),
    SourceKind(
        "statistical_release", "Statistical release", "A publication of official or research statistics.",
        csl="report", schema_org="CreativeWork",
    ),
    SourceKind(
        "monitor_statement", "Monitor’s statement", "A publication of an organisation that counts casualties.",
        csl="webpage", schema_org="CreativeWork",
    ),
)  # fmt: skip
USUAL_SOURCE = SOURCE_KINDS[0].code
"""What a report is, where a curator does not say."""


@dataclass(frozen=True)
class OrganisationKind(Term):
    """A kind of organisation; `fights`: what it says of its enemy's losses is the word of a party."""

    fights: bool = False


ORGANISATION_KINDS = (
    OrganisationKind("monitor", "Monitor", "Counts casualties as its work."),
    OrganisationKind("un_agency", "UN agency", "A body of the United Nations."),
    OrganisationKind("news_outlet", "News outlet", "Publishes news, agencies included."),
    OrganisationKind("party_to_conflict", "Party to the conflict", "Fights in the war, or speaks for those who do.", fights=True),
    OrganisationKind("activists", "Activists", "Local or political activists."),
    OrganisationKind("rescue_service", "Rescue service", "Rescues and treats people."),
    OrganisationKind("research", "Research", "A research institution."),
    OrganisationKind("government", "Government", "A government or one of its bodies."),
    OrganisationKind("coordination_group", "Coordination group", "Coordinates relief work."),
    OrganisationKind("aid_organisation", "Aid organisation", "Gives relief; its numbers come from that work."),
)  # fmt: skip
USUAL_PUBLISHER = "news_outlet"
"""What the publisher of a report is, where nothing else is known."""
FIGHTING = tuple(term.code for term in ORGANISATION_KINDS if term.fights)


@dataclass(frozen=True)
class PlaceKind(Term):
    """A kind of place; `level`: how narrow its borders are, None without any; two places of one level share no ground."""

    level: int | None


PLACE_KINDS = (
    PlaceKind("country", "Country", "A state.", level=0),
    PlaceKind("region", "Region", "A named part of the country that follows no administrative border.", level=None),
    PlaceKind("governorate", "Governorate", "First administrative level (admin 1), where it is called so.", level=1),
    PlaceKind("province", "Province", "First administrative level (admin 1), where it is called so.", level=1),
    PlaceKind("district", "District", "Second administrative level (admin 2).", level=2),
    PlaceKind("subdistrict", "Sub-district", "Third administrative level (admin 3).", level=3),
    PlaceKind("area", "Area", "A named part of a governorate or province that follows no administrative border.", level=None),
    PlaceKind("town", "Town or city", "A populated place.", level=4),
)  # fmt: skip
LEVELS = {term.code: term.level for term in PLACE_KINDS if term.level is not None}
SHARP = tuple(LEVELS)

SERIES_KINDS = (
    Term("documented", "Documented", "A count of cases or registrations."),
    Term("estimate", "Estimate", "A publisher’s judgement, rounding or composite."),
    Term("modelled", "Modelled", "The result of a statistical model."),
)
DOCUMENTED, ESTIMATE, MODELLED = codes(SERIES_KINDS)

COUNT_UNITS = (*UNITS, Term("movements", "movements", "Each move: a person who moves twice counts twice."))
"""Units of a published count: those of claims, and one that no claim is coded in."""

USES = (Term("context", "Context", "Shows the size only: another day, place or period; never compared directly."),)
"""What marks a published count that is not to be set beside a claim."""
(CONTEXT_ONLY,) = codes(USES)


@dataclass(frozen=True)
class Fire(Term):
    """By whose fire people were harmed; `contains`: fire within it."""

    contains: tuple[str, ...] = ()


_FIRE = ("government_and_allies", "government", "allies", "opposition", "not_stated")

FIRES = (
    Fire("all", "all parties", "Everyone killed in attacks of any party, as far as the publisher counts.", contains=_FIRE),
    Fire(
        "government_and_allies", "the government and its allies", "Attacks of the government’s forces or of their allies.",
        contains=("government", "allies"),
    ),
    Fire("government", "the government", "Attacks of the government’s own forces."),
    Fire("allies", "the government’s allies", "Attacks of a state or force that fights on the government’s side."),
    Fire("opposition", "the opposition", "Attacks of those who fight the government."),
    Fire("not_stated", "not stated", "The publisher does not say whose attacks; it may be all or some."),
)  # fmt: skip
FIRE_NOT_STATED = FIRES[-1].code
ALL_FIRE = FIRES[0].code
"""What a claim counts whose report does not say by whose fire (docs/codebook.md)."""

RELATIONS = (
    Term("same", "The same", "Counts what the claim counts, on the same days."),
    Term("part", "A part of it", "Counts a part of what the claim counts: the claim should be at least this."),
    Term("whole", "Includes it", "Counts all that the claim counts and more: the claim should be at most this."),
    Term("near", "Near", "Counts the same, a part of it or more, but on other days; it shows the size only."),
)
SAME, PART, WHOLE, NEAR = codes(RELATIONS)
"""How a published count relates to a claim; what crosses in anything but the days is not comparable."""

COMPARISONS = (
    Term("same", "Same thing counted", "A published count counts the same thing on the same days."),
    Term("bounded", "Narrower or wider count", "A published count covers a part of it, or all of it and more."),
    Term(
        "near",
        "Only near counts",
        "Published counts cover other days, or are the speaker’s own of another place or group.",
    ),
    Term("none", "No count found", "We found no comparable published count."),
)
_same, BOUNDED, _near, NO_COUNT = codes(COMPARISONS)

CAVEAT_NEEDS = (
    Term("cumulative_displacement", "Totals of displacement", "A total of displaced people since the war began."),
    Term(
        "enemy_losses",
        "Losses of fighters as a party gives them",
        "A party to the conflict claims losses of fighters.",
    ),
    Term("unknown_start", "Period without a start", "A number counted over a period whose start is not given."),
)
CUMULATIVE_DISPLACEMENT, ENEMY_LOSSES, UNKNOWN_START = codes(CAVEAT_NEEDS)
"""Where a claim must carry a caveat; `caveats.csv` says which caveat, the rules say where (`claim_rules.py`)."""

DISMISSALS = (
    Term("date", "Date", "A day, month or year."),
    Term("distance", "Distance", "A length or a distance."),
    Term("duration", "Duration", "A length of time."),
    Term("places_captured", "Places captured", "Towns or villages taken or lost."),
    Term("fighters_taking_part", "Fighters taking part", "People who fight, not people who were harmed."),
    Term("age", "Age", "How old a person is."),
    Term("ordinal", "Ordinal", "A place in an order."),
    Term("name", "Name", "Part of a name or of a headline elsewhere."),
    Term(
        "other_quantity",
        "Other quantity",
        "A number of something else; people in need, at risk or served by something.",
    ),
    Term("no_quantity", "No quantity", "A phrase about casualties that gives no number."),
    Term("repeat", "Repeat", "Printed a second time in the same report."),
    Term("idiom", "Idiom", "A word that is no number where it stands."),
    Term("share", "Share", "A part of a whole, such as a percentage: no number of people."),
    Term("rate", "Rate", "A number for each day, week or head: no number of people."),
    Term("not_reported", "Not reported", "What the text fears, forecasts, hopes, denies or sets as a threshold."),
)
(
    DATE, DISTANCE, DURATION, PLACES_CAPTURED, FIGHTERS_TAKING_PART, AGE, ORDINAL, NAME, OTHER_QUANTITY, NO_QUANTITY, REPEAT,
    IDIOM, SHARE, RATE, NOT_REPORTED, *_more,
) = codes(DISMISSALS)  # fmt: skip

DECISIONS = (Term("claim", "Claim", "The number is a claim."), *DISMISSALS)
CLAIM = DECISIONS[0].code
"""What a reader decides of a number: that it is a claim, or why it is none."""

READINGS = (
    Term("first", "First reading", "By the reader who began first."),
    Term("second", "Second reading", "By a reader who did not see the first one."),
    Term("settled", "Settled", "What was decided after both were laid side by side."),
)
FIRST, SECOND, SETTLED = codes(READINGS)

EVIDENCE = (
    Term(
        "verified",
        "Quote found in the archived text",
        "The archived text is available and has these words, and they name nothing else than the claim counts.",
    ),
    Term(
        "recorded",
        "Quote checked",
        "The archived text had these words when it was last checked; the claim has not changed since.",
    ),
    Term("unchecked", "Quote not checked", "Never checked, or the claim or the text changed since."),
    Term(
        "contradicted",
        "Not what the archived text says",
        "The archived text is available and does not have these words, or they say or name something else.",
    ),
)
VERIFIED, RECORDED, UNCHECKED, CONTRADICTED = codes(EVIDENCE)

CODES: Mapping[str, tuple[Term, ...]] = {
    "indicator": INDICATORS,
    "population group": POPULATION_GROUPS,
    "how exact a number is": BOUNDS,
    "what span a number covers": MEASURES,
    "kind of source": SOURCE_KINDS,
    "kind of organisation": ORGANISATION_KINDS,
    "kind of place": PLACE_KINDS,
    "kind of published count": SERIES_KINDS,
    "unit": COUNT_UNITS,
    "by whose attacks": FIRES,
    "use of a published count": USES,
    "relation of a published count": RELATIONS,
    "status of a comparison": COMPARISONS,
    "where a limitation must be named": CAVEAT_NEEDS,
    "why a number is not used": DISMISSALS,
    "evidence": EVIDENCE,
}
"""Every controlled word list by the name under which readers meet it."""
