"""Whether the words around a number name what a claim says it counts: unit, indicator, group."""

import pytest

from validation import numbers, said
from validation.evidence import occurrences

VAGUE = {"hundreds": (200, 999), "dozens": (24, 99)}


def named(text, wording, indicator="killed", group="all", unit="people"):
    """Return the column that the words contradict and the words that do, "" where they fit."""
    [quote] = occurrences(wording, text)
    codes = {"indicator": indicator, "population_group": group, "unit": unit}
    found = said.misfit(text, quote, numbers.phrases(text, VAGUE), codes)
    return (found.column, found.words) if found else ""


MISFITS = {
    "families as people": ("5,000 families fled.", "5,000 families", ("displaced", "all", "people"), ("unit", "families")),
    "families with words between": (
        "More than 300 displaced civilian families came.", "300 displaced", ("displaced", "all", "people"), ("unit", "families"),
    ),
    "families behind a word for a quantity": (
        "It displaced hundreds of families.", "hundreds of families", ("displaced", "all", "people"), ("unit", "families"),
    ),
    "households as people": ("640 households left their homes.", "640 households", ("displaced", "all", "people"), ("unit", "households")),
    "a heading before the number": ("Families displaced: 5,000", "5,000", ("displaced", "all", "people"), ("unit", "Families displaced:")),
    "people as families": ("5,000 people fled.", "5,000 people", ("displaced", "all", "families"), ("unit", "people")),
    "members of families as families": ("20 family members died.", "20 family members", ("killed", "all", "families"), ("unit", "members")),
    "the dead as injured": ("It counts 900 people killed.", "900 people", ("injured", "all", "people"), ("indicator", "killed")),
    "the injured as dead": ("It left 900 people wounded.", "900 people", ("killed", "all", "people"), ("indicator", "wounded")),
    "the dead as displaced": ("Fire killed at least 900 people.", "900 people", ("displaced", "all", "people"), ("indicator", "killed")),
    "the displaced as dead": ("900 people fled the town.", "900 people", ("killed", "all", "people"), ("indicator", "fled")),
    "casualties as dead": ("There were 20 casualties.", "20 casualties", ("killed", "all", "people"), ("indicator", "casualties")),
    "the dead as casualties": ("Raids killed 20 people.", "20 people", ("casualties", "all", "people"), ("indicator", "killed")),
    "the dead as living there": ("Raids killed 20 people.", "20 people", ("population", "all", "people"), ("indicator", "killed")),
    "refugees as displaced inside": ("20 refugees came.", "20 refugees", ("idps", "all", "people"), ("indicator", "refugees")),
    "the number before it says otherwise": (
        "It killed 900 people and injured 20 people.", "20 people", ("killed", "all", "people"), ("indicator", "injured"),
    ),
    "the number behind it says otherwise": (
        "It killed 900 people and injured 20 people.", "900 people", ("injured", "all", "people"), ("indicator", "killed"),
    ),
    "one person": ("One person was killed there.", "One person", ("injured", "all", "people"), ("indicator", "killed")),
    "people as women": ("It counts 900 people killed.", "900 people", ("killed", "women", "people"), ("population_group", "people")),
    "the women are those of another number": (
        "It killed 900 people and 20 women.", "900 people", ("killed", "women", "people"), ("population_group", "people"),
    ),
    "the women before are those of another number": (
        "It killed 20 women and 900 people.", "900 people", ("killed", "women", "people"), ("population_group", "people"),
    ),
    "the women are a part": (
        "It killed 900 people, including women.", "900 people", ("killed", "women", "people"), ("population_group", "people"),
    ),
    "the rebels did it": ("Rebels killed 900 people.", "900 people", ("killed", "opposition_fighters", "people"), ("population_group", "people")),
    "done by soldiers": ("900 people were killed by soldiers.", "900 people", ("killed", "pro_government", "people"), ("population_group", "people")),
    "children as women": ("20 children were killed.", "20 children", ("killed", "women", "people"), ("population_group", "children")),
    "children as all people": ("20 children were killed.", "20 children", ("killed", "all", "people"), ("population_group", "children")),
    "children as civilians": ("20 children were killed.", "20 children", ("killed", "civilians", "people"), ("population_group", "children")),
    "civilians as children": ("20 civilians were killed.", "20 civilians", ("killed", "children", "people"), ("population_group", "civilians")),
    "rebels as the other side": ("57 rebels died.", "57 rebels", ("killed", "pro_government", "people"), ("population_group", "rebels")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wording", "codes", "expected"), MISFITS.values(), ids=MISFITS)
def test_codes_that_the_words_contradict_are_named(text, wording, codes, expected):
    assert named(text, wording, *codes) == expected


FITS = {
    "families": ("5,000 civilian families fled.", "5,000 civilian families", ("displaced", "civilians", "families")),
    "people of families": ("20 people of one family died.", "20 people", ("killed", "all", "people")),
    "a family of so many": ("A family of 5 died.", "5", ("killed", "all", "people")),
    "members of a family": ("20 family members died.", "20 family members", ("killed", "all", "people")),
    "families before another number": ("Families fled and 20 people died.", "20 people", ("killed", "all", "people")),
    "no noun": ("The death toll stands at 34.", "34", ("killed", "all", "people")),
    "no noun, and children": ("Children killed: 34", "34", ("killed", "children", "people")),
    "the verb at the end of a list": ("20 civilians, 30 women and 40 children were killed.", "20 civilians", ("killed", "civilians", "people")),
    "the verb at the beginning of a list": ("It killed 20 civilians, 30 women and 40 men.", "40 men", ("killed", "men", "people")),
    "another number fled": ("It killed 20 civilians as 400 people fled.", "20 civilians", ("killed", "civilians", "people")),
    "an aside behind it": ("In raids that killed dozens, at least 90 people, many fleeing, fell.", "90 people", ("killed", "all", "people")),
    "displaced people who were killed": ("30 displaced people were killed.", "30 displaced people", ("killed", "all", "people")),
    "the wounded who died": ("20 of the wounded died.", "20 of the wounded", ("killed", "all", "people")),
    "dead and injured": ("20 people were killed and wounded.", "20 people", ("casualties", "all", "people")),
    "some killed, others hurt": ("20 people were killed or badly hurt.", "20 people", ("casualties", "all", "people")),
    "displaced inside": ("20 people fled to the coast.", "20 people", ("idps", "all", "people")),
    "displaced, told of those inside": ("20 people are internally displaced.", "20 people", ("displaced", "all", "people")),
    "who lives there": ("Home to two million people before raids killed many.", "two million people", ("population", "all", "people")),
    "nothing is named": ("The total is 900 people.", "900 people", ("killed", "all", "people")),
    "women and children": ("32 women and children died.", "32 women and children", ("killed", "civilians", "people")),
    "men, women and children": ("500 men, women and children died.", "500 men, women and children", ("killed", "all", "people")),
    "civilians and fighters": ("Hundreds of civilians and fighters died.", "Hundreds of civilians and fighters", ("killed", "civilians_and_fighters", "people")),
    "people who were all women": ("900 people were killed, all of them women.", "900 people", ("killed", "women", "people")),
    "people among civilians": ("Among civilians, 900 people were killed.", "900 people", ("killed", "civilians", "people")),
    "soldiers of no stated side": ("46 soldiers died.", "46 soldiers", ("killed", "fighters", "people")),
    "children of soldiers": ("The 20 soldiers’ children died.", "20 soldiers’ children", ("killed", "children", "people")),
    "a place that rebels hold": ("20 rebel-held area people died.", "20 rebel-held area people", ("killed", "all", "people")),
    "another noun": ("20 villagers were killed.", "20 villagers", ("killed", "civilians", "people")),
    "one person": ("One person was killed there.", "One person", ("killed", "all", "people")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wording", "codes"), FITS.values(), ids=FITS)
def test_codes_that_the_words_name_or_leave_open_fit(text, wording, codes):
    assert named(text, wording, *codes) == ""


def test_a_code_that_is_blank_or_unknown_is_no_contradiction():
    assert named("5,000 families fled.", "5,000 families", None, "nobody", "houses") == ""
