"""Sums are refused unless nothing speaks against them; what is added is never tighter than its parts."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.arithmetic import Verdict, add, can_add, describe_sum, total
from analysis.view import claims_view
from tests.support import real
from validation.quantity import Quantity
from validation.vocabulary import POPULATION_GROUPS, codes

RECORD = real.record()
VIEW = claims_view(RECORD).set_index("claim_id", drop=False)
PLACES = RECORD.table("places")
HILL, TRT = "thehillnews-2018-01-07-", "trtworld-2019-07-"


def rows(*ids):
    return VIEW.loc[list(ids)].reset_index(drop=True)


def changed(first, **others):
    """Return two copies of a claim, the second with other cells."""
    pair = pd.concat([rows(first), rows(first)], ignore_index=True)
    pair.loc[1, "claim_id"] = "another"
    for column, value in others.items():
        pair.loc[1, column] = value
    return pair


def test_43_57_and_46_give_about_146():
    three = rows(HILL + "07", HILL + "08", HILL + "09")
    result = total(three, PLACES)
    assert result == Quantity("about", None, 146, None)
    said = describe_sum(three, result)
    assert said.startswith(
        "Our sum: about 146 people killed, from “some 43 civilians”, “57 militants”, “46 pro-regime forces”, said by Syrian"
    )
    assert "a word like “some” may apply here too" in said


def test_seven_children_and_three_women_give_ten():
    assert total(rows(TRT + "03", TRT + "04"), PLACES) == Quantity("exact", 10, 10, 10)


REFUSALS = {
    "a part and its whole": ((TRT + "05", TRT + "06"), "One of “900 people” and “20 deaths” is part of the other."),
    "totals since the war began": ((TRT + "08", TRT + "09"), "They count different things (Displaced, Refugees)."),
    "a total and an event": ((TRT + "11", TRT + "03"), "A total since the war began is not added to anything."),
    "families and people": ((HILL + "05", HILL + "04"), "People and families are different units (families, people)."),
    "different speakers": ((TRT + "02", TRT + "05"), "Different organisations said them (National Liberation Army, Response Coordinators Group)."),
    "stocks": ((HILL + "02", HILL + "03"), "A number of people at a date is not added to another."),
    "children among the same broadcaster's five": ((TRT + "01", TRT + "03"), "“reportedly killed 5 people” and “seven children” may count some of the same people: period, place and group may overlap."),
    "one number": ((TRT + "01",), "A sum needs at least two numbers."),
    "the same number twice": ((TRT + "01", TRT + "01"), "The same number is chosen twice."),
}  # fmt: skip


@pytest.mark.parametrize(("ids", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_a_sum_that_would_mislead_is_refused_with_its_reason(ids, reason):
    verdict = can_add(rows(*ids), PLACES)
    assert not verdict.allowed
    assert reason in verdict.reasons


def test_different_speakers_are_refused_even_where_nothing_overlaps():
    pair = changed(
        HILL + "07", attributed_to="trtworld", attributed_to_name="TRT World", population_group="pro_government"
    )
    assert can_add(pair, PLACES).reasons == (
        "Different organisations said them (Syrian Observatory for Human Rights, TRT World).",
    )


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("khan-shaykhun", "darkush", False),
        ("khan-shaykhun", "idlib-governorate", True),
        ("khan-shaykhun", "syria", True),
        ("aleppo-governorate", "khan-shaykhun", False),
        ("southern-idlib", "darkush", True),
        ("southern-idlib", "aleppo-governorate", False),
        ("north-west-syria", "aleppo-governorate", True),
        ("saraqib", "darkush", True),
        (None, "darkush", True),
        ("turkey", "lebanon", False),
    ],
)
def test_places_without_a_sharp_edge_may_overlap(one, other, overlap):
    pair = changed(HILL + "07", place_id=other)
    pair.loc[0, "place_id"] = one
    assert can_add(pair, PLACES).allowed is not overlap


@pytest.mark.parametrize(
    ("start", "end", "overlap"),
    [
        ("2018-01-08", "2018-01-09", False),
        ("2018-01-07", "2018-01-09", True),
        (None, "2018-01-09", True),
        ("2017-01-01", "2017-12-24", False),
    ],
)
def test_periods_that_share_a_day_or_are_unknown_may_overlap(start, end, overlap):
    pair = changed(HILL + "07", from_day=pd.Timestamp(start) if start else pd.NaT, to_day=pd.Timestamp(end))
    assert can_add(pair, PLACES).allowed is not overlap


def test_children_and_women_of_different_sentences_may_overlap():
    pair = rows(TRT + "03", TRT + "04")
    pair.loc[1, "paragraph"] = 22
    assert not can_add(pair, PLACES).allowed


SUMS = [
    (["exact", "exact"], Quantity("exact", 20, 20, 20)),
    (["exact", "at_least"], Quantity("at_least", 20, 20, None)),
    (["exact", "about"], Quantity("about", None, 20, None)),
    (["up_to", "up_to"], Quantity("up_to", None, 20, 20)),
    (["exact", "up_to"], Quantity("range", 10, None, 20)),
    (["at_least", "up_to"], Quantity("at_least", 10, None, None)),
    (["exact", "range"], Quantity("range", 18, None, 22)),
    (["vague", "range"], Quantity("range", 208, None, 1011)),
    (["vague", "at_least"], Quantity("at_least", 210, None, None)),
]
VALUES = {
    "exact": (10, 10, 10), "at_least": (10, 10, None), "about": (None, 10, None), "up_to": (None, 10, 10),
    "range": (8, None, 12), "vague": (200, None, 999),
}  # fmt: skip


def bound_pair(bounds):
    pair = changed(HILL + "08", population_group="civilians")
    for row, bound in enumerate(bounds):
        pair.loc[row, "bound"] = bound
        pair.loc[row, ["low", "best", "high"]] = [pd.NA if value is None else value for value in VALUES[bound]]
    return pair


@pytest.mark.parametrize(("bounds", "expected"), SUMS, ids=[" and ".join(bounds) for bounds, _ in SUMS])
def test_the_bound_of_a_sum_is_never_tighter_than_its_parts(bounds, expected):
    assert total(bound_pair(bounds), PLACES) == expected
    assert total(bound_pair(bounds).iloc[::-1], PLACES) == expected


@pytest.mark.parametrize("other", ["at_least", "up_to", "range", "vague"])
def test_an_approximation_has_no_common_sum_with_what_leaves_an_end_open(other):
    assert total(bound_pair(["about", other]), PLACES) == Verdict(
        False, ("“About” a number cannot be added to “at least”, “at most”, a range or a word.",)
    )


def test_the_bound_of_a_sum_of_published_counts_follows_from_all_parts():
    floor, count = Quantity("at_least", 6654374, None, None), Quantity("exact", None, 6183920, None)
    assert add([floor, count]) == Quantity("at_least", 12838294, None, None)
    assert add([count, count]) == Quantity("exact", 12367840, 12367840, 12367840)
    assert add([Quantity("range", 5, 7, 9), count]) == Quantity("range", 6183925, 6183927, 6183929)
    assert add([floor, Quantity("about", None, 50, None)]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("opposition_fighters", "women"),
        ("fighters", "children"),
        ("health_workers", "women"),
        ("men", "pro_government"),
    ],
)
def test_groups_that_may_share_people_are_not_added(one, other):
    pair = changed(HILL + "08", population_group=other)
    pair.loc[0, "population_group"] = one
    assert not can_add(pair, PLACES).allowed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("civilians", "fighters"),
        ("civilians", "pro_government"),
        ("opposition_fighters", "pro_government"),
        ("men", "women"),
    ],
)
def test_groups_that_share_nobody_are_added(one, other):
    pair = changed(HILL + "08", population_group=other)
    pair.loc[0, "population_group"] = one
    assert can_add(pair, PLACES).allowed


def test_a_family_may_have_people_of_any_two_groups():
    pair = changed(HILL + "08", population_group="civilians").assign(unit="families")
    assert not can_add(pair, PLACES).allowed


def test_a_sum_of_displaced_people_says_that_it_may_count_somebody_twice():
    pair = changed(HILL + "08", from_day=pd.Timestamp("2018-02-01"), to_day=pd.Timestamp("2018-02-02"))
    fled = pair.assign(indicator="displaced", indicator_label="Displaced")
    said = "Whoever was displaced twice may be counted twice."
    assert said in describe_sum(fled, total(fled, PLACES))
    assert "twice" not in describe_sum(pair, total(pair, PLACES))


def test_more_claims_than_anybody_could_look_through_are_refused():
    many = pd.concat([rows(TRT + "01")] * 101, ignore_index=True)
    assert can_add(many, PLACES).reasons == ("More than 100 numbers are chosen; choose fewer.",)


claim_ids = st.lists(st.sampled_from(sorted(VIEW.index)), min_size=2, max_size=6, unique=True)


@settings(max_examples=50, deadline=None)
@given(claim_ids, st.randoms())
def test_order_does_not_matter(ids, random):
    shuffled = list(ids)
    random.shuffle(shuffled)
    one, other = total(rows(*ids), PLACES), total(rows(*shuffled), PLACES)
    assert isinstance(one, Verdict) == isinstance(other, Verdict)
    if isinstance(one, Quantity):
        assert one == other


@settings(max_examples=50, deadline=None)
@given(claim_ids)
def test_a_whole_and_its_part_are_never_added(ids):
    chosen = rows(*ids)
    if chosen["part_of"].isin(chosen["claim_id"]).any():
        assert not can_add(chosen, PLACES).allowed


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(codes(POPULATION_GROUPS)), st.sampled_from(sorted(VALUES))), min_size=2, max_size=5
    )
)
def test_no_group_is_counted_twice_and_bounds_only_widen(parts):
    values = zip(*(VALUES[bound] for _, bound in parts), strict=True)
    chosen = rows(*[HILL + "08"] * len(parts)).assign(
        claim_id=[f"made-{row}" for row in range(len(parts))],
        population_group=[group for group, _ in parts],
        bound=[bound for _, bound in parts],
        **{name: pd.array(column, "Int64") for name, column in zip(("low", "best", "high"), values, strict=True)},
    )
    result = total(chosen, PLACES)
    if isinstance(result, Verdict):
        return
    groups = [group for group, _ in parts]
    assert len(set(groups)) == len(groups)
    assert not {"all", "civilians_and_fighters"} & set(groups)
    lows = sum(VALUES[bound][0] or 0 for _, bound in parts)
    highs = [VALUES[bound][2] for _, bound in parts]
    assert result.low is None or result.low <= lows
    assert result.high is None or result.high >= sum(high or 0 for high in highs)
    assert result.high is None or None not in highs
