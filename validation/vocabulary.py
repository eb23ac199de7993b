"""The controlled words of the tables: each code with its label and its meaning.

Why: a code such as `at_least` is stored, shown, explained and pinned in links; it is described once, here.
Here: the closed lists of the codebook and what contains what. Not here: what a column holds (`models.py`)
and lists that curators extend as data (`caveats.csv`, `vague_quantities.csv`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One allowed value of a column: the stored code, its label for readers, its definition."""

    code: str
    label: str
    definition: str


INDICATORS = (
    Term("killed", "Killed", "People reported dead through violence, or in the war as the report says it."),
    Term("injured", "Injured", "People reported wounded."),
    Term("displaced", "Displaced", "People who left their homes, where the words do not say whether inside or abroad."),
    Term("refugees", "Refugees", "People whom the words put outside Syria."),
    Term("idps", "Internally displaced", "Displaced people whom the words put inside Syria (IDPs)."),
    Term("population", "Population", "People living in an affected area, given as context."),
)
SERIES_INDICATORS = (*INDICATORS, Term("asylum_seekers", "Asylum-seekers", "People whose asylum claim is pending."))
POPULATION_GROUPS = (
    Term("all", "All people", "No group is singled out; may include fighters."),
    Term("civilians", "Civilians", "People whom the report calls civilians."),
    Term("children", "Children", "People whom the report calls children."),
    Term("women", "Women", "People whom the report calls women."),
    Term("opposition_fighters", "Opposition fighters", "Those fighting the government, whatever word is printed."),
    Term("pro_government", "Pro-government forces", "The government’s forces and its allies."),
    Term("civilians_and_fighters", "Civilians and fighters", "The report says that both are counted."),
)
UNITS = (
    Term("people", "people", "Individual people."),
    Term("families", "families", "Families as reported; never converted to people."),
)
BOUNDS = (
    Term("exact", "as printed", "A number without a qualifier: low, best and high are equal."),
    Term("at_least", "at least", "A floor, such as “more than”: low and best hold the number, high is unknown."),
    Term("about", "about", "An approximation, such as “some”: best holds the number, low and high are unknown."),
    Term("up_to", "at most", "A ceiling, such as “fewer than”: best and high hold the number, low is unknown."),
    Term("range", "between", "Two numbers: low and high; no best."),
    Term("vague", "a word", "A word for a quantity: low and high are derived from vague_quantities.csv; no best."),
)
MEASURES = (
    Term("incident", "one event", "Counted in one event: a raid, an attack, an offensive."),
    Term("period", "over a period", "Accumulated over a period that is stated."),
    Term("cumulative", "since the war began", "Accumulated since March 2011."),
    Term("stock", "at a date", "The state at a date, not what happened until then."),
)
SOURCE_KINDS = (
    Term("news_report", "News report", "An article of a news outlet."),
    Term("statistical_release", "Statistical release", "A publication of official or research statistics."),
    Term("monitor_statement", "Monitor’s statement", "A publication of an organisation that records casualties."),
)
ORGANISATION_KINDS = (
    Term("monitor", "Monitor", "Records casualties as its work."),
    Term("un_agency", "UN agency", "A body of the United Nations."),
    Term("news_outlet", "News outlet", "Publishes news, agencies included."),
    Term("party_to_conflict", "Party to the conflict", "Fights in the war, or speaks for those who do."),
    Term("activists", "Activists", "Local or political activists."),
    Term("rescue_service", "Rescue service", "Rescues and treats people."),
    Term("research", "Research", "A research institution."),
    Term("government", "Government", "A government or one of its bodies."),
    Term("coordination_group", "Coordination group", "Coordinates relief work."),
)
PLACE_KINDS = (
    Term("country", "Country", "A state."),
    Term("region", "Region", "A named part of the country that follows no administrative border."),
    Term("governorate", "Governorate", "First administrative level (admin 1)."),
    Term("district", "District", "Second administrative level (admin 2)."),
    Term("subdistrict", "Sub-district", "Third administrative level (admin 3)."),
    Term("area", "Area", "A named part of a governorate that follows no administrative border."),
    Term("town", "Town or city", "A populated place."),
)

SERIES_KINDS = (
    Term("documented", "Documented", "A count of cases or registrations."),
    Term("estimate", "Estimate", "A publisher’s judgement, rounding or composite."),
    Term("modelled", "Modelled", "The result of a statistical model."),
)
DISMISSALS = (
    Term("date", "Date", "A day, month or year."),
    Term("distance", "Distance", "A length or a distance."),
    Term("duration", "Duration", "A length of time."),
    Term("places_captured", "Places captured", "Towns or villages taken or lost."),
    Term("fighters_taking_part", "Fighters taking part", "People who fight, not people who were harmed."),
    Term("age", "Age", "How old a person is."),
    Term("ordinal", "Ordinal", "A place in an order."),
    Term("name", "Name", "Part of a name or of a headline elsewhere."),
    Term("other_quantity", "Other quantity", "A number of something else."),
    Term("no_quantity", "No quantity", "Wording about casualties that gives no number."),
    Term("repeat", "Repeat", "Printed a second time in the same report."),
    Term("idiom", "Idiom", "A word that is no number where it stands."),
)
EVIDENCE = (
    Term("verified", "Verified", "The archived text is at hand and says so, word for word, now."),
    Term("recorded", "Recorded", "The archived text said so when it was last checked; the row has not changed since."),
    Term("unchecked", "Unchecked", "Never checked, or the row or the text changed since."),
    Term("contradicted", "Contradicted", "The archived text is at hand and does not say so."),
)

DISPLACEMENT = ("displaced", "refugees", "idps")

WITHIN_INDICATOR: dict[str, tuple[str, ...]] = {
    "killed": ("killed",),
    "injured": ("injured",),
    "displaced": ("displaced", "refugees", "idps"),
    "refugees": ("refugees",),
    "idps": ("idps",),
    "population": tuple(term.code for term in INDICATORS),
}
"""For the indicator of a whole: the indicators that a part of it may have (codebook, `part_of`)."""

WITHIN_GROUP: dict[str, tuple[str, ...]] = {
    "all": tuple(term.code for term in POPULATION_GROUPS),
    "civilians": ("civilians", "children", "women"),
    "children": ("children",),
    "women": ("women",),
    "opposition_fighters": ("opposition_fighters",),
    "pro_government": ("pro_government",),
    "civilians_and_fighters": tuple(term.code for term in POPULATION_GROUPS),
}
"""For a population group: the groups that it contains (codebook; `civilians_and_fighters` counts everybody)."""


def codes(terms: tuple[Term, ...]) -> list[str]:
    """The stored codes, in the order of the list."""
    return [term.code for term in terms]


def labels(terms: tuple[Term, ...]) -> dict[str, str]:
    """Code to label, in the order of the list."""
    return {term.code: term.label for term in terms}
