"""How to say it: the bound, the speaker, the period and the printer are in the sentence, whatever the claim."""

import pytest

from analysis.saying import sentence
from analysis.view import claims_view
from tests import small


def said(folder, **changed):
    view = claims_view(small.record(folder, claims=[small.claim(part_of="", **changed)]))
    return sentence(view.iloc[0].to_dict())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "900 people were killed in North between February 2019 and July 2019, according to The Monitor; "
             "printed as “900 people” by The Paper in July 2019."),
        ({"bound": "at_least", "high": "", "wording": "more than 900 people"},
             "At least 900 people were killed in North between February 2019 and July 2019, according to The Monitor; "
             "printed as “more than 900 people” by The Paper in July 2019."),
        ({"bound": "about", "low": "", "high": "", "population_group": "civilians", "wording": "some 900 civilians"},
             "About 900 civilians were killed in North between February 2019 and July 2019, according to The Monitor; "
             "printed as “some 900 civilians” by The Paper in July 2019."),
        ({"bound": "up_to", "low": "", "unit": "families", "indicator": "displaced", "wording": "up to 900 families"},
             "At most 900 families were displaced in North between February 2019 and July 2019, according to The Monitor; "
             "printed as “up to 900 families” by The Paper in July 2019."),
        ({"bound": "range", "low": "5", "best": "", "high": "10", "population_group": "women", "wording": "5 to 10 women"},
             "Between 5 and 10 women were killed in North between February 2019 and July 2019, according to The Monitor; "
             "printed as “5 to 10 women” by The Paper in July 2019."),
        ({"bound": "vague", "low": "200", "best": "", "high": "999", "wording": "“hundreds” of people", "measure": "incident",
          "period_start": ""},
             "“‘hundreds’ of people” were killed in North up to July 2019, from a beginning not stated, according to The "
             "Monitor; printed so by The Paper in July 2019."),
        ({"low": "1", "best": "1", "high": "1", "population_group": "children", "wording": "1 child", "via": "post",
          "period_start": "2019-06-22", "period_end": "2019-06-22", "measure": "incident"},
             "1 child was killed in North on 22 June 2019, according to The Monitor, via The Post; printed as “1 child” "
             "by The Paper in July 2019."),
        ({"measure": "stock", "period_start": "", "indicator": "idps", "place_id": "", "attributed_to": "paper"},
             "900 people were internally displaced in a place not stated as of July 2019, according to The Paper, in its own "
             "voice; printed as “900 people” by The Paper in July 2019."),
        ({"measure": "cumulative", "indicator": "refugees", "place_id": "syria", "period_start": "2011-03"},
             "900 people had left Syria as refugees between March 2011 and July 2019, counted since the war began, "
             "according to The Monitor; printed as “900 people” by The Paper in July 2019."),
        ({"measure": "incident", "period_start": "", "period_end": ""},
             "900 people were killed in North in a period not stated, according to The Monitor; printed as “900 people” "
             "by The Paper in July 2019."),
    ],
)  # fmt: skip
def test_a_sentence_keeps_the_bound_the_speaker_the_period_and_the_printer(tmp_path, cells, expected):
    assert said(tmp_path, **cells) == expected


def test_families_of_a_group_keep_the_group(tmp_path):
    told = said(tmp_path, unit="families", indicator="displaced", population_group="civilians", wording="900 families")
    assert told.startswith("900 families of civilians were displaced in North ")
