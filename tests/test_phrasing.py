"""How to say it: the bound, the speaker, the period and the printer are in the sentence, whatever the claim."""

import pytest

from analysis import words
from analysis.phrasing import sentence, with_caveats
from analysis.view import claims_view
from tests import small
from validation import load


def said(folder, **changed):
    view = claims_view(small.dataset(folder, claims=[small.claim(part_of="", **changed)]))
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


def test_what_is_copied_names_the_caveats_too(tmp_path):
    claim = claims_view(small.dataset(tmp_path)).iloc[2].to_dict()
    assert with_caveats(claim) == sentence(claim) + " Caveats: Period not stated."
    assert with_caveats(claim | {"caveats": None}) == sentence(claim)


BOUNDS = {
    "exact": "",
    "at_least": "At least ",
    "about": "About ",
    "up_to": "At most ",
    "range": "Between ",
    "vague": "“",
}
REAL = [claim for _, claim in claims_view(load()).iterrows()]


@pytest.mark.parametrize("claim", REAL, ids=[claim["claim_id"] for claim in REAL])
def test_no_claim_of_the_tables_loses_its_bound_its_number_its_speaker_its_period_or_its_doubts(claim):
    told = with_caveats(claim.to_dict())
    number = (
        words.quoted(claim["wording"])
        if claim["bound"] == "vague"
        else words.number(claim["best" if claim["low"] is None or claim["bound"] == "about" else "low"])
    )
    assert told.startswith((BOUNDS[claim["bound"]], number))
    for part in (
        number,
        claim["attributed_to_name"],
        claim["publisher"],
        words.date(claim["period_end"]),
        words.date(claim["published"]),
    ):
        assert part in told
    for name in ("via_name", "caveats"):
        assert not isinstance(claim[name], str) or claim[name] in told
    if isinstance(claim["period_start"], str):
        assert words.date(claim["period_start"]) in told
    elif claim["measure"] in ("incident", "period"):
        assert "from a beginning not stated" in told
