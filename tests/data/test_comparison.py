"""Which published counts stand beside a claim follows from six dimensions of both; what crosses is not comparable."""

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import as_of, compare, counts_beside, status
from tests.support.comparing import (
    RUN,
    SERIES,
    Together,
    assert_one_by_one_is_as_at_once,
    at_random,
    case,
    random_tables,
    relations,
)
from validation import load

FLIGHT = {"indicator": "displaced", "by_fire": ""}
STATE = {"indicator": "idps", "measure": "stock", "period_start": "", "by_fire": ""}
AT_JUNE = {"indicator": "idps", "measure": "stock", "period_start": "", "period_end": "2019-06-30"}
ABROAD = {
    "indicator": "refugees",
    "measure": "stock",
    "period_start": "",
    "place_id": "syria",
    "period_end": "2019-06-30",
}
RELATED = {
    "all the same": ({}, {}, "same"),
    "a group within it": ({}, {"population_group": "children"}, "part"),
    "a group around it": ({"population_group": "civilians"}, {}, "whole"),
    "both count everybody": ({"population_group": "civilians_and_fighters"}, {}, "same"),
    "another group": ({"population_group": "civilians"}, {"population_group": "fighters"}, ["who"]),
    "an indicator within it": ({"indicator": "displaced"}, FLIGHT | {"indicator": "idps"}, "part"),
    "an indicator around it": ({"indicator": "idps"}, FLIGHT, "whole"),
    "another indicator of the topic": ({"indicator": "injured"}, {}, ["what"]),
    "a state beside what happened": ({"indicator": "idps"}, STATE, ["what", "when"]),
    "families beside people": ({"unit": "families"}, {}, ["unit"]),
    "movements beside people": ({"indicator": "displaced"}, FLIGHT | {"unit": "movements"}, ["unit"]),
    "a place within it": ({}, {"place_id": "town"}, "part"),
    "a place around it": ({}, {"place_id": "syria"}, "whole"),
    "a place beside it": ({}, {"place_id": "south"}, ["where"]),
    "a place that is not known": ({"place_id": ""}, {}, ["where"]),
    "a place that spans it and another": ({}, {"place_id": "border"}, ["where"]),
    "a place that spans two within it": ({"place_id": "syria"}, {"place_id": "border"}, "part"),
    "refugees in one country": (ABROAD, ABROAD | {"place_id": "abroad", "by_fire": ""}, "part"),
    "refugees of all countries": (ABROAD | {"place_id": "abroad"}, ABROAD | {"by_fire": ""}, "whole"),
    "fire within all": ({}, {"by_fire": "government"}, "part"),
    "fire that is not stated is within all": ({}, {"by_fire": "not_stated"}, "part"),
    "all fire around one side's": ({"by_fire": "government"}, {}, "whole"),
    "fire of an ally within that of both": ({"by_fire": "government_and_allies"}, {"by_fire": "allies"}, "part"),
    "fire of the other side": ({"by_fire": "government"}, {"by_fire": "opposition"}, ["by whose fire"]),
    "fire that is not stated beside one side's": ({"by_fire": "government"}, {"by_fire": "not_stated"}, ["by whose fire"]),
    "days a tenth of the period apart": ({}, {"period_end": "2019-07-14"}, "same"),
    "days within the period": ({}, {"period_start": "2019-03-01", "period_end": "2019-04-30"}, "part"),
    "days around the period": ({}, {"period_start": "2018-12-01", "period_end": "2019-12-31"}, "whole"),
    "days that cross": ({}, {"period_start": "2019-05-01", "period_end": "2019-09-30"}, "near"),
    "over a year away": ({}, {"period_start": "2021-01-01", "period_end": "2021-01-31"}, ["when"]),
    "no beginning": ({}, {"period_start": ""}, "near"),
    "the event begins for it": ({}, {"period_start": "", "event_id": "offensive"}, "part"),
    "the event begins for the claim": ({"period_start": "", "event_id": "offensive"}, {}, "same"),
    "a month beside its days": ({"period_start": "2019-06-01"}, {"period_start": "2019-06", "period_end": "2019-06"}, "same"),
    "from some day of a month": ({"period_start": "2019-06-10"}, {"period_start": "2019-06"}, "near"),
    "a state of the month before": (AT_JUNE, STATE | {"period_end": "2019-06-01"}, "same"),
    "a state of half a year before": (AT_JUNE, STATE | {"period_end": "2018-12-31"}, "near"),
    "a total of the displaced beside a state": (
        AT_JUNE | {"measure": "cumulative", "period_start": "2011-03"}, STATE | {"period_end": "2019-06-01"}, "same",
    ),
    "narrower in one and wider in another": ({}, {"population_group": "children", "place_id": "syria"}, ["where"]),
    "narrower, on days around": (
        {}, {"population_group": "children", "period_start": "2018-12-01", "period_end": "2019-12-31"}, ["when"],
    ),
    "narrower, on days that cross": (
        {}, {"population_group": "children", "period_start": "2019-05-01", "period_end": "2019-09-30"}, "near",
    ),
    "for judging size only": ({}, {"use": "context"}, "near"),
    "an attack of that day": ({"measure": "incident", "period_start": "2019-06-22", "period_end": "2019-06-22"},
        {"measure": "incident", "period_start": "2019-06-22", "period_end": "2019-06-22"}, "same"),
    "an attack of two days later": ({"measure": "incident", "period_start": "2019-06-22", "period_end": "2019-06-22"},
        {"measure": "incident", "period_start": "2019-06-24", "period_end": "2019-06-24"}, "near"),
    "an attack on a day that the report does not give": ({"measure": "incident", "period_start": "", "period_end": "2019-06"},
        {"measure": "incident", "period_start": "2019-06-22", "period_end": "2019-06-22"}, "near"),
    "the same attack, dated to the year": (
        {"measure": "incident", "period_start": "2019", "period_end": "2019", "event_id": "raid", "place_id": "town"},
        {"measure": "incident", "period_start": "2019-06-22", "period_end": "2019-06-28", "event_id": "raid", "place_id": "town",
         "by_fire": "government"}, "same"),
}  # fmt: skip


def test_the_relation_follows_from_six_dimensions(tmp_path):
    found = relations(tmp_path, [(claim, count) for claim, count, _ in RELATED.values()])
    assert dict(zip(RELATED, found, strict=True)) == {name: expected for name, (_, _, expected) in RELATED.items()}


TOWN, COUNTRY = {"place_id": "town"}, {"place_id": "syria", "kind": "estimate"}
OFFENSIVE = {"event_id": "offensive"}
URL = {"url": "https://example.org/n"}


def of(value, **cells):
    """Return the cells of a count with that value."""
    return {"low": value, "best": value} | cells


KEPT = {
    "a series that another one takes in": case(
        None, {"series_id": "total"}, of(300, series_id="one-kind"),
        series=[
            {"series_id": "one-kind", "title": "One kind", "definition": "Some.", "part_of": "total", **URL},
            {"series_id": "total", "title": "Total", "definition": "All.", **URL},
        ],
    ),
    "parts and wholes": case(
        None, of(90, **TOWN, organisation_id="post"), of(70, **TOWN), of(60, **TOWN, kind="estimate"), of(2000, **COUNTRY),
        of(3000, **COUNTRY, organisation_id="post"),
    ),
    "a minimum below": case(None, of(400, place_id="syria")),
    "a minimum above": case(None, of(4000, place_id="syria")),
    "near ones": case(
        {"period_start": "2019-06-01"},
        *({"period_start": f"{month}-01", "period_end": f"{month}-28"} for month in ("2019-11", "2018-12", "2019-09", "2018-10")),
    ),
    "own values": case(
        {"attributed_to": "monitor", "period_start": "2019-02", "period_end": "2019-07"}, *RUN, {"organisation_id": "post"}, series=SERIES,
    ),
    "own count of a place that crosses": case(OFFENSIVE | {"attributed_to": "monitor"}, OFFENSIVE | {"place_id": "border"}),
    "values a week apart": case({"period_start": "2019-07-01", "period_end": "2019-07-07"}, *RUN, series=SERIES),
    "releases": case(
        None, of(820, series_id="now", published="2021"), of(810, series_id="then", published="2019-07"),
        {"organisation_id": "post", "published": "2020"},
        series=[
            {"series_id": "now", "title": "Now", "definition": "All.", **URL},
            {"series_id": "then", "title": "Then", "definition": "All.", "release_of": "now", **URL},
        ],
    ),
    "releases of a day after the claim": case(
        None,
        *(
            of(value, series_id="run", period_end=end, published=day, publication=f"Toll of {day}")
            for end, value, day in (
                ("2019-06-25", 700, "2019-06-26"), ("2019-07-05", 820, "2019-07-08"), ("2019-07-05", 830, "2019-07-10"), ("2019-07-05", 840, "2021"),
            )
        ),
        series=SERIES,
    ),
    "without a release": case(
        None, *({"published": "", "period_start": "2019-05-01"} | cells for cells in ({}, {"organisation_id": "post", "period_end": "2019-08-01"})),
    ),
}  # fmt: skip

STOCK = {"by_fire": "", "indicator": "idps", "measure": "stock", "period_start": ""}
ABOUT, FLOOR = {"bound": "about", "low": ""}, {"bound": "at_least"}
DIFFERENCES = {
    "of two values": ([{}, {}], [], ["12"]),
    "of a floor after a value": ([{}, FLOOR], [], ["at least 12"]),
    "of a value after a floor": ([FLOOR, {}], [], ["at most 12"]),
    "of two floors": ([FLOOR, FLOOR], [], []),
    "of a value after an approximation": ([ABOUT, {}], [], ["about 12"]),
    "of a floor after an approximation": ([ABOUT, FLOOR], [], []),
    "of a floor without a number": ([{}, FLOOR | {"best": ""}], [], []),
    "of two beginnings": ([{}, {"period_start": "2019-02"}], [], []),
    "of a day and a month": ([{}, {"period_end": "2019-07"}], [], []),
    "of values that fall": ([{}, of(60)], ["2019-06-15"], []),
    "of a value for judging size": ([{}, {"use": "context"}], [], []),
    "across a break": ([{}, {}], ["2019-06-15"], []),
    "after a break": ([{}, {}], ["2019-03-15"], ["12"]),
    "with a break without a date": ([{}, {}], [""], []),
    "of incidents": ([{"measure": "incident"}, {"measure": "incident"}], [], []),
    "of states": ([STOCK, STOCK], [], []),
}
AT_TWO_DAYS = {
    name: case(
        None, {"series_id": "run"} | of(88, period_end="2019-06-01") | one, {"series_id": "run"} | of(100, period_end="2019-07-01") | other,
        series=SERIES, breaks=[{"series_id": "run", "date": day, "reason": "lists joined"} for day in breaks],
    )
    for name, ((one, other), breaks, _) in DIFFERENCES.items()
}  # fmt: skip

NARROW, WIDE = {"population_group": "children"}, {"place_id": "syria", "kind": "estimate", "high": 800}
TWINS = {
    "another group": ({}, [{"population_group": "fighters"}, {}], "same"),
    "the other side's attacks": (
        {"by_fire": "government"}, [{"by_fire": "opposition"}, {"by_fire": "government"}], "same",
    ),
    "families": ({}, [{"indicator": "displaced", "by_fire": "", "unit": "families"}, {}], "same"),
    "a part on days that only nearly fit": ({}, [NARROW | {"period_start": "2019-01-31"}, NARROW], "part"),
    "a minimum, which bounds nothing": (
        {"low": 700, "best": 700, "high": 700, "wording": "700 people"},
        [WIDE | {"bound": "at_least", "high": ""}, WIDE], "whole",
    ),
}  # fmt: skip
BY_TWO = {
    (name, order): case(claim, *[one | {"organisation_id": "monitor"}, other | {"organisation_id": "post"}][::order])
    for name, (claim, (one, other), _) in TWINS.items()
    for order in (1, -1)
}

RELEASES = [("2019-03", 801), ("2021", 803), ("2019-06", 802), ("2018", 800), ("", 799)]
OF_ONE_DAY = {
    (speaker, order): case(
        {"attributed_to": speaker},
        *(
            of(value, series_id="run", published=day, publication=f"Toll of {day or 'no day'}")
            for day, value in (RELEASES[at] for at in order)
        ),
        series=SERIES,
    )
    for speaker in ("paper", "monitor")
    for order in ((0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3))
}

ADDED = [
    {"series_id": "abroad", "title": "Abroad", "definition": "All.", "url": "https://example.org/a"},
    {"series_id": "abroad-then", "title": "Abroad then", "definition": "All.", "release_of": "abroad", "url": "https://example.org/a"},
    {"series_id": "inside", "title": "Inside", "definition": "All.", "adds_to": "abroad", "url": "https://example.org/i"},
]  # fmt: skip


def of_state(series_id, value, published):
    indicator = "idps" if series_id == "inside" else "refugees"
    state = {"measure": "stock", "period_start": "", "by_fire": "", "place_id": "syria", "indicator": indicator}
    values = {"low": value, "best": value, "high": value, "published": published, "publication": f"Of {published}"}
    return state | values | {"series_id": series_id}


SUMS = {
    "both known": ([("abroad", 50, "2019-07"), ("inside", 60, "2019-07")], 110, False),
    "one known later": ([("abroad", 50, "2019-07"), ("inside", 60, "2025")], 110, True),
    "the other known later": ([("abroad", 50, "2025"), ("inside", 60, "2019-07")], 110, True),
    "an earlier release known": (
        [("abroad", 55, "2025"), ("abroad-then", 50, "2019-07"), ("inside", 60, "2019-07")], 110, False,
    ),
    "an earlier value known": (
        [("abroad", 50, "2019-07"), ("inside", 60, "2019-07"), ("inside", 66, "2025")], 110, False,
    ),
    "in another order": (
        [("inside", 66, "2025"), ("abroad", 50, "2019-06"), ("inside", 60, "2019-07"), ("abroad", 51, "2019-07")], 111, False,
    ),
}  # fmt: skip
OF_BOTH = {
    name: case(
        AT_JUNE | {"indicator": "displaced", "place_id": "syria"},
        *(of_state(*count) for count in counts),
        series=[row for row in ADDED if row["series_id"] in {series_id for series_id, *_ in counts}],
    )
    for name, (counts, *_) in SUMS.items()
}

STATUS = {
    "same": case(None, {}),
    "bounded": case(None, TOWN),
    "near": case(None, {"period_start": ""}),
    "none": case(None, {"unit": "families"}),
    "none, as there are none": case(None),
}


def parts(seed):
    """Return two parts at random."""
    values = map(int, np.random.default_rng(seed).integers(1, 900, 2))
    return [of(value, **TOWN, organisation_id=who) for who, value in zip(("monitor", "post"), values, strict=True)]


FLOORS = {seed: case(None, *parts(seed)) for seed in range(4)}
FLOORS_AND_A_WHOLE = {(seed, "wider"): case(None, *parts(seed), of(5_000, **COUNTRY)) for seed in range(4)}


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """Return all these cases, loaded as one record."""
    cases = KEPT | AT_TWO_DAYS | BY_TWO | OF_ONE_DAY | OF_BOTH | STATUS | FLOORS | FLOORS_AND_A_WHOLE
    return Together(tmp_path_factory.mktemp("together"), cases)


def test_a_series_that_another_one_takes_in_is_a_part_of_what_it_says_it_counts(together):
    found = together.beside("a series that another one takes in")["relation"]
    assert found.to_dict() == {"count-1": "same", "count-2": "part"}


def test_the_largest_part_and_the_smallest_whole_of_each_kind_are_kept(together):
    kept = together.beside("parts and wholes")["relation"]
    assert kept.to_dict() == {"count-1": "part", "count-3": "part", "count-4": "whole"}


def test_a_minimum_below_the_claim_bounds_it_from_above_no_more_than_nothing_does(together):
    assert together.beside("a minimum below").empty
    assert together.beside("a minimum above")["relation"].tolist() == ["whole"]


def test_the_nearest_are_kept_those_before_the_claim_first(together):
    found = together.beside("near ones")["distance"]
    assert found.to_dict() == {"count-3": 92.0, "count-1": 153.0, "count-2": 184.0}


def test_the_own_count_of_the_speaker_leads_with_the_values_around_the_claims_date(together):
    found = together.beside("own values")
    assert found[["lead", "own", "relation"]].to_numpy().tolist() == [
        [True, True, "same"], [True, True, "same"], [False, False, "same"],
    ]  # fmt: skip
    assert found.index.tolist() == ["count-3", "count-4", "count-5"]


def test_the_own_count_leads_even_where_its_place_crosses(together):
    found = together.beside("own count of a place that crosses")
    assert found[["lead", "relation", "crossing"]].to_numpy().tolist() == [[True, "near", 1 << 3]]


def test_the_difference_of_two_values_of_one_count_counts_the_days_between(together):
    found = together.beside("values a week apart")
    columns = ["said", "period_start", "period_end", "note", "relation"]
    assert found.loc[found["ours"], columns].to_numpy().tolist() == [
        ["53", "2019-07-01", "2019-07-08", "Our difference of 912 and 859", "same"]
    ]
    assert found["ours"].iloc[0]


def test_values_that_are_not_of_one_count_have_no_difference(together):
    assert {name: together.differences(name) for name in DIFFERENCES} == {
        name: left for name, (*_, left) in DIFFERENCES.items()
    }


def test_the_release_that_was_public_then_is_used_and_a_later_one_is_marked(together):
    assert together.beside("releases")["later"].to_dict() == {"count-2": False, "count-3": True}


def test_a_count_is_not_dropped_for_another_with_the_same_value_that_says_less(together):
    found = {name: together.beside(name) for name in BY_TWO}
    assert {
        (name, order): rows.loc[rows["relation"] == TWINS[name][-1], "organisation_id"].tolist()
        for (name, order), rows in found.items()
    } == {name: ["post"] for name in BY_TWO}


def test_the_latest_release_that_was_public_by_then_is_used_in_whatever_order_the_rows_stand(together):
    found = {name: together.beside(name)[["value", "later"]].to_numpy().tolist() for name in OF_ONE_DAY}
    assert found == {name: [[802, False]] for name in OF_ONE_DAY}


def test_of_the_day_after_the_claim_too_the_release_that_was_public_then_is_used(together):
    found = together.beside("releases of a day after the claim")[["value", "later"]]
    assert found.to_numpy().tolist() == [[700, False], [830, False]]


def test_a_count_without_a_release_that_covers_a_day_after_the_report_is_later(together):
    assert together.beside("without a release")["later"].to_dict() == {"count-1": False, "count-2": True}


def test_our_sum_beside_a_report_is_of_what_was_public_by_then_else_it_is_later(together):
    found = {name: together.beside(name) for name in SUMS}
    assert {name: rows.loc[rows["ours"], ["value", "later"]].to_numpy().tolist() for name, rows in found.items()} == {
        name: [[value, later]] for name, (_, value, later) in SUMS.items()
    }
    assert counts_beside(together.dataset)["observation_id"].is_unique


@pytest.mark.parametrize(
    ("end", "published", "day"),
    [
        ("2019-06-22", "2019-07", "2019-06-22"),
        ("2019-07", "2019-07", "2019-07-01"),
        ("2019-06", "2019-07-12", "2019-06-30"),
        ("2019-07", "2019-07-12", "2019-07-12"),
        ("2019", "2019-07-12", "2019-07-12"),
        ("2018", "2019-07-12", "2018-12-31"),
    ],
)
def test_others_are_asked_for_the_last_day_that_a_claim_surely_knew_of(end, published, day):
    claims = pd.DataFrame({"period_end": [end], "published": [published]}, dtype="str")
    assert as_of(claims).tolist() == [pd.Timestamp(day)]


def test_an_incident_without_a_day_changes_nothing_for_a_period_that_counts_the_same(together):
    period = together.view("same").assign(period_end="2019-06")
    incident = period.assign(
        claim_id="paper-2019-07-12-02", measure="incident", period_start=pd.Series([None], dtype="str")
    )
    both = pd.concat([incident, period], ignore_index=True)
    alone = compare(together.dataset, period)
    assert alone["relation"].tolist() == ["same"]
    found = compare(together.dataset, both)
    mine = found[found["claim_id"] == period["claim_id"].iloc[0]].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, alone)


def test_a_claim_without_a_date_meets_nothing(together):
    undated = together.view("same").assign(period_end=pd.Series([None], dtype="str"))
    assert compare(together.dataset, undated).empty


def test_the_status_is_the_closest_relation(together):
    assert {name: together.compared(name)[1] for name in STATUS} == {name: name.partition(",")[0] for name in STATUS}


def test_a_wider_count_never_changes_the_floor(together):
    for seed in FLOORS:
        floors = [
            set(found.index[found["relation"] == "part"])
            for found in (together.beside(seed), together.beside((seed, "wider")))
        ]
        assert floors[0] == floors[1] != set(), seed


# Properties: many claims and counts at random, with few values so that they meet


def test_of_random_claims_at_once_and_one_by_one_no_count_is_met_twice_and_families_never_meet_people(tmp_path):
    assert_one_by_one_is_as_at_once(random_tables(tmp_path, seed=0, counts=100, claims=20))


def test_a_relation_is_the_reverse_where_claim_and_count_change_places(tmp_path):
    shared = {
        "measure": "period",
        "indicator": "killed",
        "period_start": "2019-02-01",
        "period_end": "2019-06-30",
        "event_id": "",
    }
    reverse = {"part": "whole", "whole": "part"}
    pairs = []
    for seed in range(6):
        random = np.random.default_rng(seed)
        row, other = at_random(random, 1), at_random(random, 2)
        for each in (row, other):
            each["by_fire"] = each["by_fire"] or "all"
            each.pop("observation_id")
        for claim, count in ((row, other), (other, row)):
            claimed = {name: claim[name] for name in ("population_group", "unit", "place_id", "by_fire")}
            pairs.append((claimed | shared, count | shared))
    found = relations(tmp_path, pairs)
    for there, back in zip(found[::2], found[1::2], strict=True):
        assert isinstance(there, str) == isinstance(back, str)
        assert not isinstance(there, str) or reverse.get(there, there) == back


# The tables of the project


def test_every_published_count_is_carried():
    dataset = load()
    assert dataset.reference_findings == ()
    assert len(dataset.table("observations")) == 796


def test_the_claims_of_the_project_have_these_statuses():
    assert status(load()).value_counts().to_dict() == {"same": 9, "bounded": 7, "near": 7}
