"""How to say it: the words of the report, the speaker, the period and the printer are in the sentence, whatever the claim."""

import pytest

from analysis import words
from analysis.phrasing import sentence, with_caveats
from analysis.view import claims_view
from tests.support import small
from validation import load


def said(folder, **changed):
    view = claims_view(small.dataset(folder, claims=[small.claim(part_of="", **changed)]))
    return sentence(view.iloc[0].to_dict())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "“900 people” killed in North (February 2019 to July 2019), according to The Monitor; printed by The Paper in July 2019."),
        ({"bound": "at_least", "high": "", "wording": "more than 900 people", "by_fire": "government"},
             "“more than 900 people” killed in North in attacks by the government (February 2019 to July 2019), according to The "
             "Monitor; printed by The Paper in July 2019."),
        ({"bound": "about", "low": "", "high": "", "population_group": "civilians", "wording": "some 900 dead"},
             "“some 900 dead”: civilians killed in North (February 2019 to July 2019), according to The Monitor; printed by The "
             "Paper in July 2019."),
        ({"wording": "killed 900 people", "attributed_to": "paper"},
             "“killed 900 people”: people killed in North (February 2019 to July 2019), The Paper said in July 2019."),
        ({"bound": "up_to", "low": "", "unit": "families", "indicator": "displaced", "wording": "up to 900 families"},
             "“up to 900 families” displaced in North (February 2019 to July 2019), according to The Monitor; printed by The Paper "
             "in July 2019."),
        ({"bound": "vague", "low": "200", "best": "", "high": "999", "wording": "“hundreds” of people", "measure": "incident",
          "period_start": ""},
             "“‘hundreds’ of people” killed in North (until July 2019, start not given), according to The Monitor; printed by The "
             "Paper in July 2019."),
        ({"low": "1", "best": "1", "high": "1", "population_group": "children", "wording": "1 child", "via": "post",
          "period_start": "2019-06-22", "period_end": "2019-06-22", "measure": "incident"},
             "“1 child” killed in North (22 June 2019), according to The Monitor, via The Post; printed by The Paper in July 2019."),
        ({"measure": "stock", "period_start": "", "indicator": "idps", "place_id": "", "attributed_to": "paper"},
             "“900 people” internally displaced in a place not stated (as of July 2019), The Paper said in July 2019."),
        ({"measure": "stock", "period_start": "", "indicator": "displaced", "place_id": "syria"},
             "“900 people” displaced by the war in Syria (as of July 2019), according to The Monitor; printed by The Paper in July "
             "2019."),
        ({"measure": "cumulative", "indicator": "displaced", "place_id": "syria", "period_start": ""},
             "“900 people” displaced by the war in Syria (since the war began, until July 2019), according to The Monitor; printed "
             "by The Paper in July 2019."),
        ({"measure": "cumulative", "indicator": "refugees", "place_id": "syria", "period_start": "2011-03"},
             "“900 people” who fled abroad from Syria (March 2011 to July 2019), according to The Monitor; printed by The Paper in "
             "July 2019."),
        ({"measure": "incident", "period_start": "", "period_end": ""},
             "“900 people” killed in North (date not given), according to The Monitor; printed by The Paper in July 2019."),
    ],
)  # fmt: skip
def test_a_sentence_begins_with_the_words_of_the_report_and_keeps_the_speaker_the_period_and_the_printer(
    tmp_path, cells, expected
):
    assert said(tmp_path, **cells) == expected


def test_families_of_a_group_keep_the_group(tmp_path):
    phrase = said(
        tmp_path, unit="families", indicator="displaced", population_group="civilians", wording="900 families"
    )
    assert phrase.startswith("“900 families”: families of civilians displaced in North ")


def test_what_is_copied_names_its_limitations_and_that_no_other_source_is_named(tmp_path):
    claim = claims_view(small.dataset(tmp_path)).iloc[2].to_dict()
    own = " Limitations: The report names no other source"
    assert with_caveats(claim) == f"{sentence(claim)}{own}; Period not stated."
    assert with_caveats(claim | {"caveats": None}) == f"{sentence(claim)}{own}."
    assert with_caveats(claim | {"caveats": None, "said_by": "The Monitor"}) == sentence(
        claim | {"said_by": "The Monitor"}
    )


REAL = [claim for _, claim in claims_view(load()).iterrows()]


@pytest.mark.parametrize("claim", REAL, ids=[claim["claim_id"] for claim in REAL])
def test_no_claim_of_the_tables_loses_its_own_words_its_speaker_its_period_or_its_doubts(claim):
    phrase = with_caveats(claim.to_dict())
    assert phrase.startswith(words.quoted(claim["wording"]))
    for part in (
        claim["attributed_to_name"],
        claim["publisher"],
        words.date(claim["period_end"]),
        words.date(claim["published"]),
    ):
        assert part in phrase
    for name in ("via_name", "caveats"):
        assert not isinstance(claim[name], str) or claim[name] in phrase
    if isinstance(claim["period_start"], str):
        assert words.date(claim["period_start"]) in phrase
    elif claim["measure"] in ("incident", "period"):
        assert "start not given" in phrase


def test_people_who_may_have_left_the_country_are_not_said_to_be_in_it():
    phrases = {claim["claim_id"]: sentence(claim.to_dict()) for claim in REAL}
    assert phrases["trtworld-2019-07-08"] == (
        "“more than 11 million people” displaced by the war in Syria (March 2011 to July 2019), TRT World said in July 2019."
    )
    assert "who fled abroad from Syria" in phrases["trtworld-2019-07-09"]
