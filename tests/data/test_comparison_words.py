"""One sentence of comparison for each claim, by rule: the 23 of the project, each read by a person, and one of each kind."""

import pytest

from analysis.comparison_words import FAULTY, NOTHING, comparisons, sentences
from analysis.view import claims_view
from tests.support import real
from tests.support.comparing import RUN, SERIES, Together, case, tables
from validation import load

SAID = {
    "breitbart-2019-07-12-01": (
        "The Syrian Observatory for Human Rights’ own counts were at least 1,500 on 13 June and at least 2,430 on 12 July "
        "2019; “hundreds of civilians and fighters” is below both."
    ),
    "intellinews-2024-12-07-01": (
        "The Syrian Observatory for Human Rights estimated “thousands” of internally displaced people in Homs from 5 to 6 "
        "December 2024, a narrower count, and OCHA estimated at least 370,000 displaced people from 27 November to 6 December "
        "2024, a wider count; “Thousands of residents” contradicts neither."
    ),
    "newarab-2015-04-27-01": (
        "The Jisr al-Shughur committee of activists’ own count is at least 34 people killed on 26 April 2015, the same number; "
        "others have 34 people killed (the Local Coordination Committees, on 26 April 2015) to at least 53 (the Syrian "
        "Observatory for Human Rights, by 27 April 2015); “death toll at 34” equals the lowest."
    ),
    "thehillnews-2018-01-07-01": (
        "OCHA estimated 99,569 displaced civilians from 1 December 2017 to 9 January 2018 (published later); “thousands of "
        "civilians” is far below it."
    ),
    "thehillnews-2018-01-07-02": (
        "Published counts run from about 2 million people living there (the UN human rights office, on 10 January 2018, "
        "published later) to about 2.65 million (OCHA, in January 2018); “an estimated two million Syrians” equals the lowest."
    ),
    "thehillnews-2018-01-07-03": (
        "Published counts run from at least 1.1 million internally displaced people (the United Nations, on 12 January 2018, "
        "published later) to about 1.16 million (OCHA, in January 2018); “tens of thousands of people” is far below all of "
        "them."
    ),
    "thehillnews-2018-01-07-04": (
        "The Response Coordinators Group counted 219,967 displaced people from 15 December 2017 to 9 January 2018, a wider "
        "count that “thousands of people” does not contradict."
    ),
    "thehillnews-2018-01-07-05": (
        "The Response Coordinators Group counted 41,306 displaced families from 15 December 2017 to 9 January 2018, a wider "
        "count that “more than 5,000 families” does not contradict."
    ),
    "thehillnews-2018-01-07-06": (
        "Published counts run from at least 83 people killed (the UN Commission of Inquiry, by 7 July 2017) to about 100 (the "
        "Idlib health directorate, by 5 April 2017); “more than 90 people” lies within."
    ),
    "thehillnews-2018-01-07-07": (
        "The Syrian Observatory for Human Rights’ own count is 96 civilians killed from 25 December 2017 to 10 January 2018 "
        "(published later), in attacks by the government and its allies, 2.2 times “some 43 civilians”."
    ),
    "thehillnews-2018-01-07-08": (
        "The Syrian Observatory for Human Rights’ own count is 20 opposition fighters killed in Idlib and Hama from 28 to 29 "
        "December 2017, of another place, so it neither confirms nor contradicts “57 militants”."
    ),
    "thehillnews-2018-01-07-09": (
        "The Syrian Observatory for Human Rights’ own count is 27 members of the pro-government forces killed in Idlib and Hama"
        " from 28 to 29 December 2017, of another place, so it neither confirms nor contradicts “46 pro-regime forces”."
    ),
    "trtworld-2019-07-01": ("Syria TV documented 5 people killed on 22 June 2019, the same number."),
    "trtworld-2019-07-02": (
        "The Russian General Staff, a party to the conflict, documented 110 members of the pro-government forces killed by July"
        " 2019; “‘hundreds’ of Assad loyalists” is above it; the Syrian Observatory for Human Rights documented at least 610 "
        "members of the pro-government forces killed from April to 23 June 2019, in attacks by all parties, a wider count that"
        " “‘hundreds’ of Assad loyalists” does not contradict."
    ),
    "trtworld-2019-07-03": (
        "The nearest counts run from 4 children killed in Mhambel (the Civil Defence, on 5 July 2019) to 7 (the Syrian "
        "Observatory for Human Rights, by 6 July 2019); “seven children” equals the highest."
    ),
    "trtworld-2019-07-04": (
        "The nearest counts have 3 women killed in Mhambel by 6 July 2019 (the Syrian Observatory for Human Rights and the "
        "Civil Defence), the same number."
    ),
    "trtworld-2019-07-05": (
        "The Response Coordinators Group’s own weekly counts were 859 on 1 July and at least 912 on 8 July 2019 (civilians); "
        "“900 people” lies between them."
    ),
    "trtworld-2019-07-06": (
        "The Response Coordinators Group’s own counts differ by at least 53 civilians killed from 1 to 8 July 2019, at least "
        "2.6 times “20 deaths”."
    ),
    "trtworld-2019-07-07": (
        "Published counts run from at least 310,000 displaced people (USAID, from 1 May to June 2019) to at least 600,000 (the "
        "Harmoon Center, by 10 July 2019); all are higher, which “upwards of 200,000 people” does not contradict."
    ),
    "trtworld-2019-07-08": (
        "UNHCR’s nearest count is 12.8 million displaced people at the end of 2018 (our sum, published later), 17 percent "
        "higher, which “more than 11 million people” does not contradict."
    ),
    "trtworld-2019-07-09": (
        "UNHCR’s nearest count is 6.65 million refugees at the end of 2018, 11 percent higher, which “more than six million "
        "fleeing abroad” does not contradict."
    ),
    "trtworld-2019-07-10": (
        "The nearest counts run from about 6.12 million internally displaced people (the Internal Displacement Monitoring "
        "Centre, at the end of 2018) to 6.18 million (UNHCR, at the end of 2018, published later); “five million internally "
        "displaced” is 18 percent below all of them."
    ),
    "trtworld-2019-07-11": (
        "The Syrian Observatory for Human Rights documented 371,222 people killed from March 2011 to 15 March 2019, a narrower "
        "count, and the Syrian Observatory for Human Rights estimated 560,000 people killed from March 2011 to 10 December "
        "2018, a narrower count; “more than 500,000 people dead” contradicts neither."
    ),
}


def test_each_claim_of_the_project_is_compared_in_one_sentence():
    dataset = real.record()
    assert dict(zip(claims_view(dataset)["claim_id"], sentences(dataset), strict=True)) == SAID


STATE = {"indicator": "idps", "measure": "stock", "period_start": "", "by_fire": ""}
JUNE = {"indicator": "idps", "measure": "stock", "period_start": "", "period_end": "2019-06-30"}
VAGUE = {"bound": "vague", "low": 200, "best": "", "high": 999, "wording": "hundreds of people"}
FLOOR = {"bound": "at_least", "low": 900, "best": 900, "high": "", "wording": "over 900 people"}
CEILING = {"bound": "up_to", "low": "", "best": 900, "high": 900, "wording": "up to 900 people"}
ESTIMATE = {"kind": "estimate"}
NOBODY = {"low": 0, "best": 0, "high": 0}
ZERO = NOBODY | {"wording": "zero people"}
KINDS = {
    "nothing": ({}, [], NOTHING),
    "nothing but families": ({}, [{"unit": "families"}], NOTHING),
    "the same number": ({}, [{"low": 900, "best": 900}], "The Monitor documented 900 people killed from 1 February to 30 June 2019, the same number."),
    "one same count": ({}, [{}], "The Monitor documented 800 people killed from 1 February to 30 June 2019, 11 percent lower than “900 people”."),
    "one same count, over twice": ({}, [{"low": 2000, "best": 2000}], "The Monitor documented 2,000 people killed from 1 February to 30 June 2019, 2.2 times “900 people”."),
    "one same count, a small share": ({}, [{"low": 90, "best": 90}], "The Monitor documented 90 people killed from 1 February to 30 June 2019, 10 percent of “900 people”."),
    "a floor below the same count": (FLOOR, [{"low": 1000, "best": 1000}], "The Monitor documented 1,000 people killed from 1 February to 30 June 2019, 11 percent higher, which “over 900 people” does not contradict."),
    "a floor above the same count": (FLOOR, [{}], "The Monitor documented 800 people killed from 1 February to 30 June 2019, 11 percent lower than “over 900 people”."),
    "a ceiling above the same count": (CEILING, [{}], "The Monitor documented 800 people killed from 1 February to 30 June 2019, which “up to 900 people” does not contradict."),
    "a ceiling below the same count": (CEILING, [{"low": 1000, "best": 1000}], "The Monitor documented 1,000 people killed from 1 February to 30 June 2019, 11 percent higher than “up to 900 people”."),
    "a ceiling among several": (CEILING, [{}, {"organisation_id": "post", "low": 950, "best": 950}], "Published counts run from 800 people killed (the Monitor, from 1 February to 30 June 2019) to 950 (The Post, from 1 February to 30 June 2019); “up to 900 people” does not contradict them."),
    "a ceiling below a part": (CEILING, [{"place_id": "town", "low": 950, "best": 950}], "The Monitor documented 950 people killed in Town from 1 February to 30 June 2019, a narrower count; “up to 900 people” is below this part, so both cannot hold."),
    "a word that fits": (VAGUE, [{}], "The Monitor documented 800 people killed from 1 February to 30 June 2019; “hundreds of people” fits it."),
    "a word far below": (VAGUE, [{"low": 5000, "best": 5000}], "The Monitor documented 5,000 people killed from 1 February to 30 June 2019; “hundreds of people” is far below it."),
    "a word far above": (VAGUE, [{"low": 20, "best": 20}], "The Monitor documented 20 people killed from 1 February to 30 June 2019; “hundreds of people” is far above it."),
    "a word beside a word": (VAGUE, [{"bound": "vague", "low": 200, "best": "", "high": 999, **ESTIMATE}], "The Monitor estimated “hundreds” of people killed from 1 February to 30 June 2019; “hundreds of people” fits it."),
    "several same counts around it": ({}, [{}, {"organisation_id": "post", "low": 950, "best": 950}], "Published counts run from 800 people killed (the Monitor, from 1 February to 30 June 2019) to 950 (The Post, from 1 February to 30 June 2019); “900 people” lies within."),
    "several same counts below it": ({}, [{}, {"organisation_id": "post", "low": 850, "best": 850}], "Published counts run from 800 people killed (the Monitor, from 1 February to 30 June 2019) to 850 (The Post, from 1 February to 30 June 2019); “900 people” is 6 percent above all of them."),
    "several same counts above a floor": (FLOOR, [{"low": 950, "best": 950}, {"organisation_id": "post", "low": 970, "best": 970}], "Published counts run from 950 people killed (the Monitor, from 1 February to 30 June 2019) to 970 (The Post, from 1 February to 30 June 2019); all are higher, which “over 900 people” does not contradict."),
    "several that say the same": ({}, [{}, {"organisation_id": "post"}], "Published counts have 800 people killed from 1 February to 30 June 2019 (the Monitor and The Post), 11 percent lower than “900 people”."),
    "later knowledge": ({}, [{"published": "2020"}], "The Monitor documented 800 people killed from 1 February to 30 June 2019 (published later), 11 percent lower than “900 people”."),
    "a party to the conflict": ({}, [{"organisation_id": "front"}], "The Front, a party to the conflict, documented 800 people killed from 1 February to 30 June 2019, 11 percent lower than “900 people”."),
    "a part": ({}, [{"place_id": "town"}], "The Monitor documented 800 people killed in Town from 1 February to 30 June 2019, a narrower count that “900 people” does not contradict."),
    "a part that contradicts": ({}, [{"place_id": "town", "low": 950, "best": 950}], "The Monitor documented 950 people killed in Town from 1 February to 30 June 2019, a narrower count; “900 people” is below this part, so both cannot hold."),
    "a part that does not contradict a floor": (FLOOR, [{"place_id": "town", "low": 950, "best": 950}], "The Monitor documented 950 people killed in Town from 1 February to 30 June 2019, a narrower count that “over 900 people” does not contradict."),
    "a part of days that are not sure": ({"period_end": "2019-06-28"}, [{"place_id": "town", "low": 950, "best": 950}], "The Monitor documented 950 people killed in Town from 1 February to 30 June 2019, a narrower count that “900 people” does not contradict."),
    "a whole that is no minimum contradicts": ({}, [ESTIMATE | {"place_id": "syria"}], "The Monitor estimated 800 people killed in Syria from 1 February to 30 June 2019, a wider count; “900 people” is above this whole, so both cannot hold."),
    "a whole that is approximate does not": ({}, [ESTIMATE | {"place_id": "syria", "bound": "about", "low": ""}], "The Monitor estimated about 800 people killed in Syria from 1 February to 30 June 2019, a wider count that “900 people” does not contradict."),
    "part and whole": ({}, [{"place_id": "town"}, ESTIMATE | {"place_id": "syria", "low": 2000, "best": 2000}], "The Monitor documented 800 people killed in Town from 1 February to 30 June 2019, a narrower count, and the Monitor estimated 2,000 people killed in Syria from 1 February to 30 June 2019, a wider count; “900 people” contradicts neither."),
    "one side's fire": ({}, [{"by_fire": "government"}], "The Monitor documented 800 people killed from 1 February to 30 June 2019, in attacks by the government, a narrower count that “900 people” does not contradict."),
    "the nearest": ({}, [{"period_start": "2018-09-01", "period_end": "2019-04-30"}], "The Monitor’s nearest count is 800 people killed from 1 September 2018 to 30 April 2019, 11 percent lower than “900 people”."),
    "the nearest, wider": ({}, [{"period_start": "2018-09-01", "period_end": "2019-04-30", "place_id": "syria"}], "The Monitor’s nearest count is 800 people killed in Syria from 1 September 2018 to 30 April 2019, a wider count of other days."),
    "the nearest of several": (
        JUNE | {"unit": "people"}, [STATE | {"period_end": "2018-12-31"}, STATE | {"period_end": "2019-03", "organisation_id": "post", "low": 850, "best": 850}],
        "The nearest counts run from 800 internally displaced people (the Monitor, at the end of 2018) to 850 (The Post, in March 2019); “900 people” is 6 percent above all of them.",
    ),
    "millions to three figures": (
        JUNE | {"low": 5_000_000, "best": 5_000_000, "high": 5_000_000, "wording": "five million people"}, [STATE | {"low": 6_183_920, "best": 6_183_920}],
        "The Monitor counted 6.18 million internally displaced people on 30 June 2019, 24 percent higher than “five million people”.",
    ),
    "own values around it": ({"attributed_to": "monitor", "period_start": "2019-02", "period_end": "2019-07"}, RUN, "The Monitor’s own counts were 859 on 1 July and 912 on 8 July 2019; “900 people” lies between them."),
    "own values above it": ({"attributed_to": "monitor", "period_start": "2019-02", "period_end": "2019-07", "low": 400, "best": 400, "high": 400}, RUN, "The Monitor’s own counts were 859 on 1 July and 912 on 8 July 2019; “900 people” is far below both."),
    "own values of which one is of after the report": ({"attributed_to": "monitor", "period_start": "2019-02", "period_end": "2019-07"}, [RUN[-2], RUN[-1] | {"published": "2020"}], "The Monitor’s own counts were 859 on 1 July and 912 on 8 July 2019 (published later); “900 people” lies between them."),
    "nobody counted": ({}, [NOBODY], "The Monitor documented 0 people killed from 1 February to 30 June 2019; “900 people” is above it."),
    "nobody claimed": (ZERO, [{}], "The Monitor documented 800 people killed from 1 February to 30 June 2019; “zero people” is below it."),
    "nobody claimed, below several": (ZERO, [{}, {"organisation_id": "post", "low": 950, "best": 950}], "Published counts run from 800 people killed (the Monitor, from 1 February to 30 June 2019) to 950 (The Post, from 1 February to 30 June 2019); “zero people” is below all of them."),
    "some claimed, nobody counted by two": ({}, [NOBODY, NOBODY | {"organisation_id": "post"}], "Published counts have 0 people killed from 1 February to 30 June 2019 (the Monitor and The Post); “900 people” is above it."),
    "nobody at least": (ZERO | {"bound": "at_least", "high": "", "wording": "over zero people"}, [{}], "The Monitor documented 800 people killed from 1 February to 30 June 2019, which “over zero people” does not contradict."),
    "nobody claimed, nobody counted": (ZERO, [NOBODY], "The Monitor documented 0 people killed from 1 February to 30 June 2019, the same number."),
    "a word beside none": (VAGUE, [NOBODY], "The Monitor documented 0 people killed from 1 February to 30 June 2019; “hundreds of people” is above it."),
    "own difference": ({"attributed_to": "monitor", "period_start": "2019-07-01", "period_end": "2019-07-08", "low": 20, "best": 20, "high": 20, "wording": "20 deaths"}, RUN, "The Monitor’s own counts differ by 53 people killed from 1 to 8 July 2019, 2.6 times “20 deaths”."),
    "own count and others": ({"attributed_to": "monitor"}, [{}, {"organisation_id": "post", "low": 950, "best": 950}], "The Monitor’s own count is 800 people killed from 1 February to 30 June 2019, 11 percent lower than “900 people”; The Post documented 950 people killed from 1 February to 30 June 2019, 6 percent higher than “900 people”."),
    "own count of another place": ({"attributed_to": "monitor"}, [{"place_id": "south"}], NOTHING),
    "own wider count": ({"attributed_to": "monitor"}, [{"place_id": "syria"}, {"place_id": "syria", "low": 9000, "best": 9000}], "The Monitor’s own count is 9,000 people killed in Syria from 1 February to 30 June 2019, a wider count that “900 people” does not contradict."),
}  # fmt: skip


OTHER_DAYS = "a near count and others"
CASES = {
    name: case(claim, *counts, series=SERIES if any("series_id" in count for count in counts) else [])
    for name, (claim, counts, _) in KINDS.items()
} | {
    OTHER_DAYS: case(
        None,
        {},
        {"period_start": "2018-09-01", "period_end": "2019-04-30"},
        {"use": "context", "organisation_id": "post"},
    )
}


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """Return the cases, loaded as one record."""
    return Together(tmp_path_factory.mktemp("together"), CASES)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_of_each_kind(together, kind):
    assert together.compared(kind)[0] == KINDS[kind][-1]


def test_a_near_count_says_in_what_it_differs_and_the_others_need_not(together):
    assert together.beside(OTHER_DAYS)["why"].fillna("").to_dict() == {
        "count-1": "", "count-2": "other days: from 1 September 2018 to 30 April 2019", "count-3": "for judging size only",
    }  # fmt: skip


def test_where_the_published_counts_hold_a_fault_nothing_is_said_of_them(tmp_path):
    dataset = tables(tmp_path, None, [{}])
    (tmp_path / "observations.csv").write_bytes(b"")
    assert comparisons(dataset)["comparison"].tolist() != [FAULTY]
    assert comparisons(load(tmp_path)).to_numpy().tolist() == [[FAULTY, False, "none"]]
