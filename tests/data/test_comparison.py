"""Which published counts stand beside a claim follows from six dimensions of both; what crosses is not comparable."""

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import as_of, compare, counts_beside, status
from analysis.counts import differences, published_counts
from analysis.view import claims_view
from tests.support.comparing import (
    RUN,
    SERIES,
    assert_one_by_one_is_as_at_once,
    at_random,
    beside,
    random_tables,
    relations,
    tables,
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


def test_a_series_that_another_one_takes_in_is_a_part_of_what_it_says_it_counts(tmp_path):
    series = [
        {
            "series_id": "one-kind",
            "title": "One kind",
            "definition": "Some.",
            "part_of": "total",
            "url": "https://example.org/t",
        },
        {"series_id": "total", "title": "Total", "definition": "All.", "url": "https://example.org/t"},
    ]
    counts = [{"series_id": "total"}, {"series_id": "one-kind", "low": 300, "best": 300}]
    assert beside(tmp_path, None, counts, series=series)["relation"].to_dict() == {"count-1": "same", "count-2": "part"}


def test_the_largest_part_and_the_smallest_whole_of_each_kind_are_kept(tmp_path):
    town, country = {"place_id": "town"}, {"place_id": "syria", "excludes": ""}
    counts = [
        town | {"best": 90, "low": 90, "organisation_id": "post"},
        town | {"best": 70, "low": 70},
        town | {"best": 60, "low": 60, "kind": "estimate"},
        country | {"best": 2000, "low": 2000, "kind": "estimate"},
        country | {"best": 3000, "low": 3000, "kind": "estimate", "organisation_id": "post"},
    ]
    counts = [{name: value for name, value in count.items() if name != "excludes"} for count in counts]
    kept = beside(tmp_path, {"attributed_to": "paper"}, counts)["relation"].to_dict()
    assert kept == {"count-1": "part", "count-3": "part", "count-4": "whole"}


def test_a_minimum_below_the_claim_bounds_it_from_above_no_more_than_nothing_does(tmp_path):
    assert beside(tmp_path, None, [{"place_id": "syria", "best": 400, "low": 400}]).empty
    assert list(beside(tmp_path / "b", None, [{"place_id": "syria", "best": 4000, "low": 4000}])["relation"]) == [
        "whole"
    ]


def test_the_nearest_are_kept_those_before_the_claim_first(tmp_path):
    months = ["2019-11", "2018-12", "2019-09", "2018-10"]
    counts = [{"period_start": f"{month}-01", "period_end": f"{month}-28"} for month in months]
    found = beside(tmp_path, {"period_start": "2019-06-01"}, counts)
    assert found["distance"].to_dict() == {"count-3": 92.0, "count-1": 153.0, "count-2": 184.0}


def test_the_own_count_of_the_speaker_leads_with_the_values_around_the_claims_date(tmp_path):
    claim = {"attributed_to": "monitor", "period_start": "2019-02", "period_end": "2019-07"}
    found = beside(tmp_path, claim, [*RUN, {"organisation_id": "post"}], series=SERIES)
    assert found[["lead", "own", "relation"]].to_numpy().tolist() == [
        [True, True, "same"], [True, True, "same"], [False, False, "same"],
    ]  # fmt: skip
    assert found.index.tolist() == ["count-3", "count-4", "count-5"]


def test_the_own_count_leads_even_where_its_place_crosses(tmp_path):
    event = {"event_id": "offensive"}
    found = beside(tmp_path, event | {"attributed_to": "monitor"}, [event | {"place_id": "border"}])
    assert found[["lead", "relation", "crossing"]].to_numpy().tolist() == [[True, "near", 1 << 3]]


def test_the_difference_of_two_values_of_one_count_counts_the_days_between(tmp_path):
    claim = {"period_start": "2019-07-01", "period_end": "2019-07-07", "place_id": "north"}
    dataset = tables(tmp_path, claim, RUN, series=SERIES)
    found = compare(dataset, claims_view(dataset))
    rows = counts_beside(dataset).loc[found["count"]]
    assert rows.loc[rows["ours"], ["said", "period_start", "period_end", "note"]].to_numpy().tolist() == [
        ["53", "2019-07-01", "2019-07-08", "Our difference of 912 and 859"]
    ]
    assert found["relation"].iloc[0] == "same"


@pytest.mark.parametrize(
    ("changed", "breaks", "left"),
    [
        ([{}, {}], [], ["12"]),
        ([{}, {"bound": "at_least"}], [], ["at least 12"]),
        ([{"bound": "at_least"}, {}], [], ["at most 12"]),
        ([{"bound": "at_least"}, {"bound": "at_least"}], [], []),
        ([{"bound": "about", "low": ""}, {}], [], ["about 12"]),
        ([{"bound": "about", "low": ""}, {"bound": "at_least"}], [], []),
        ([{}, {"bound": "at_least", "best": ""}], [], []),
        ([{}, {"period_start": "2019-02"}], [], []),
        ([{}, {"period_end": "2019-07"}], [], []),
        ([{}, {"low": 60, "best": 60}], [{"series_id": "run", "date": "2019-06-15", "reason": "lists joined"}], []),
        ([{}, {"use": "context"}], [], []),
        ([{}, {}], [{"series_id": "run", "date": "2019-06-15", "reason": "lists joined"}], []),
        ([{}, {}], [{"series_id": "run", "date": "2019-03-15", "reason": "lists joined"}], ["12"]),
        ([{}, {}], [{"series_id": "run", "reason": "starts differ"}], []),
        ([{"measure": "incident"}, {"measure": "incident"}], [], []),
        ([{"by_fire": "", "indicator": "idps", "measure": "stock", "period_start": ""}] * 2, [], []),
    ],
)  # fmt: skip
def test_values_that_are_not_of_one_count_have_no_difference(tmp_path, changed, breaks, left):
    days = [{"period_end": "2019-06-01", "low": 88, "best": 88}, {"period_end": "2019-07-01", "low": 100, "best": 100}]
    counts = [{"series_id": "run"} | day | change for day, change in zip(days, changed, strict=True)]
    dataset = tables(tmp_path, None, counts, series=SERIES, breaks=breaks)
    assert differences(published_counts(dataset))["said"].tolist() == left


def test_the_release_that_was_public_then_is_used_and_a_later_one_is_marked(tmp_path):
    series = [
        {"series_id": "now", "title": "Now", "definition": "All.", "url": "https://example.org/n"},
        {
            "series_id": "then",
            "title": "Then",
            "definition": "All.",
            "release_of": "now",
            "url": "https://example.org/n",
        },
    ]
    counts = [
        {"series_id": "now", "low": 820, "best": 820, "published": "2021"},
        {"series_id": "then", "low": 810, "best": 810, "published": "2019-07"},
        {"organisation_id": "post", "published": "2020"},
    ]
    found = beside(tmp_path, None, counts, series=series)
    assert found["later"].to_dict() == {"count-2": False, "count-3": True}


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


@pytest.mark.parametrize(("claim", "counts", "kept"), TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("order", [1, -1])
def test_a_count_is_not_dropped_for_another_with_the_same_value_that_says_less(tmp_path, claim, counts, kept, order):
    twins = [count | {"organisation_id": by} for count, by in zip(counts, ("monitor", "post"), strict=True)]
    dataset = tables(tmp_path, claim, twins[::order])
    found = compare(dataset, claims_view(dataset))
    who = counts_beside(dataset).loc[found["count"], "organisation_id"].to_numpy()
    assert [row for row in zip(who, found["relation"], strict=True) if row[1] == kept] == [("post", kept)]


RELEASES = [("2019-03", 801), ("2021", 803), ("2019-06", 802), ("2018", 800), ("", 799)]


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]])
@pytest.mark.parametrize("speaker", ["paper", "monitor"])
def test_the_latest_release_that_was_public_by_then_is_used_in_whatever_order_the_rows_stand(tmp_path, order, speaker):
    counts = [
        {
            "series_id": "run",
            "low": value,
            "best": value,
            "published": published,
            "publication": f"Toll of {published or 'no day'}",
        }
        for published, value in (RELEASES[at] for at in order)
    ]
    dataset = tables(tmp_path, {"attributed_to": speaker}, counts, series=SERIES)
    found = compare(dataset, claims_view(dataset))
    rows = counts_beside(dataset).loc[found["count"]]
    assert (rows["value"].tolist(), found["later"].tolist()) == ([802], [False])


def test_a_count_without_a_release_that_covers_a_day_after_the_report_is_later(tmp_path):
    undated = {"published": "", "period_start": "2019-05-01"}
    found = beside(tmp_path, None, [undated, undated | {"organisation_id": "post", "period_end": "2019-08-01"}])
    assert found["later"].to_dict() == {"count-1": False, "count-2": True}


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


@pytest.mark.parametrize(
    ("counts", "value", "later"),
    [
        ([("abroad", 50, "2019-07"), ("inside", 60, "2019-07")], 110, False),
        ([("abroad", 50, "2019-07"), ("inside", 60, "2025")], 110, True),
        ([("abroad", 50, "2025"), ("inside", 60, "2019-07")], 110, True),
        ([("abroad", 55, "2025"), ("abroad-then", 50, "2019-07"), ("inside", 60, "2019-07")], 110, False),
        ([("abroad", 50, "2019-07"), ("inside", 60, "2019-07"), ("inside", 66, "2025")], 110, False),
        (
            [("inside", 66, "2025"), ("abroad", 50, "2019-06"), ("inside", 60, "2019-07"), ("abroad", 51, "2019-07")],
            111,
            False,
        ),
    ],
)
def test_our_sum_beside_a_report_is_of_what_was_public_by_then_else_it_is_later(tmp_path, counts, value, later):
    claim = AT_JUNE | {"indicator": "displaced", "place_id": "syria"}
    named = {series_id for series_id, *_ in counts}
    series = [row for row in ADDED if row["series_id"] in named]
    dataset = tables(tmp_path, claim, [of_state(*count) for count in counts], series=series)
    found = compare(dataset, claims_view(dataset))
    rows = counts_beside(dataset).loc[found["count"]].assign(later=found["later"].to_numpy())
    ids = counts_beside(dataset)["observation_id"]
    assert ids.is_unique
    assert rows.loc[rows["ours"], ["value", "later"]].to_numpy().tolist() == [[value, later]]


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


def test_an_incident_without_a_day_changes_nothing_for_a_period_that_counts_the_same(tmp_path):
    dataset = tables(tmp_path, {"period_end": "2019-06"}, [{}])
    period = claims_view(dataset)
    incident = period.assign(
        claim_id="paper-2019-07-12-02", measure="incident", period_start=pd.Series([None], dtype="str")
    )
    both = pd.concat([incident, period], ignore_index=True)
    alone = compare(dataset, period)
    assert alone["relation"].tolist() == ["same"]
    found = compare(dataset, both)
    pd.testing.assert_frame_equal(found[found["claim_id"] == "paper-2019-07-12-01"].reset_index(drop=True), alone)


def test_a_claim_without_a_date_meets_nothing(tmp_path):
    dataset = tables(tmp_path, None, [{}])
    undated = claims_view(dataset).assign(period_end=pd.Series([None], dtype="str"))
    assert compare(dataset, undated).empty


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([{}], "same"),
        ([{"place_id": "town"}], "bounded"),
        ([{"period_start": ""}], "near"),
        ([{"unit": "families"}], "none"),
        ([], "none"),
    ],
)
def test_the_status_is_the_closest_relation(tmp_path, counts, expected):
    assert status(tables(tmp_path, None, counts)).tolist() == [expected]


# Properties: many claims and counts at random, with few values so that they meet


def test_of_random_claims_at_once_and_one_by_one_no_count_is_met_twice_and_families_never_meet_people(tmp_path):
    assert_one_by_one_is_as_at_once(random_tables(tmp_path, seed=0))


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


@pytest.mark.parametrize("seed", range(2))
def test_a_wider_count_never_changes_the_floor(tmp_path, seed):
    random = np.random.default_rng(seed)
    parts = [{"place_id": "town", "low": value, "best": value, "organisation_id": who} for who, value in
             zip(("monitor", "post"), map(int, random.integers(1, 900, 2)), strict=True)]  # fmt: skip
    wider = {"place_id": "syria", "low": 5_000, "best": 5_000, "kind": "estimate"}
    floors = [
        set(found.index[found["relation"] == "part"])
        for found in (beside(tmp_path / "a", None, parts), beside(tmp_path / "b", None, [*parts, wider]))
    ]
    assert floors[0] == floors[1] != set()


# The tables of the project


def test_every_published_count_is_carried():
    dataset = load()
    assert dataset.reference_findings == ()
    assert len(dataset.table("observations")) == 796


def test_the_claims_of_the_project_have_these_statuses():
    assert status(load()).value_counts().to_dict() == {"same": 9, "bounded": 7, "near": 7}
