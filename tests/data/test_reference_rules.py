"""The rules of published counts and their series: what is found, where, and that it blocks nothing else.

The cases stand in one record, loaded once: each has ids and a publisher of its own (`small.apart`).
"""

from functools import partial

import pytest

from tests.support import small
from validation import load

count = partial(small.count, observation_id="o-#-1", series_id="s-#", organisation_id="monitor-#")
second = partial(count, observation_id="o-#-2")
single = partial(count, series_id="")
second_single = partial(second, series_id="")
series = partial(small.series, series_id="s-#", title="Deaths #")
of_another = partial(small.series, series_id="t-#", title="Other deaths #")

VALUE, LATER, LOWER = {}, {"period_end": "2020-03"}, {"low": 4, "best": 4, "high": 4}


def case(*counts, of=(), **others):
    """Return the rows of a case: counts, of series where some are named, by a publisher of its own."""
    monitor = small.organisation("monitor-#", "Monitor #", "monitor")
    return {"observations": counts, "series": of, "organisations": [monitor]} | others


def values(*counts, **others):
    """Return the rows of a case whose counts are values of one series."""
    return case(*counts, of=[series()], **others)


def at(column, rule, *lines, file="observations.csv"):
    """Return a finding at each of the lines."""
    return [(file, line, column, rule) for line in lines or (2,)]


FAULTS = {
    "floor without low": ({"bound": "at_least", "low": "", "high": ""}, "low", "observations.bound"),
    "best above high": ({"bound": "range", "low": 5, "best": 9, "high": 8}, "best", "observations.bound"),
    "unknown series": ({"series_id": "nothing"}, "series_id", "references.resolve"),
    "unknown publisher": ({"organisation_id": "nobody"}, "organisation_id", "references.resolve"),
    "no publisher": ({"organisation_id": ""}, "organisation_id", "column.not_nullable"),
    "unknown place": ({"place_id": "nowhere"}, "place_id", "references.resolve"),
    "unknown event": ({"event_id": "nothing", "measure": "period"}, "event_id", "references.resolve"),
    "unknown unit": ({"unit": "houses"}, "unit", "column.isin"),
    "unknown kind": ({"kind": "guess"}, "kind", "column.isin"),
    "unknown use": ({"use": "never"}, "use", "column.isin"),
    "unknown fire": ({"by_fire": "somebody"}, "by_fire", "column.isin"),
    "a start of a stock": ({"indicator": "missing", "by_fire": "", "measure": "stock"}, "period_start", "observations.period"),
    "backwards": ({"period_start": "2019-04"}, "period_end", "observations.period"),
    "deaths at a date": ({"measure": "stock", "period_start": ""}, "measure", "observations.measure"),
    "a total of an event": ({"event_id": "raid-2019"}, "measure", "observations.measure"),
    "harm by nobody": ({"by_fire": ""}, "by_fire", "observations.by_fire"),
    "flight by fire": ({"indicator": "displaced"}, "by_fire", "observations.by_fire"),
    "a total that begins after the war": ({"period_start": "2011-04"}, "period_start", "about.began"),
    "a total that begins a year after the war": ({"period_start": "2012"}, "period_start", "about.began"),
}  # fmt: skip
FAULTY = {name: case(single(**cells)) for name, (cells, *_) in FAULTS.items()}
ALLOWED = {
    "a start that was not printed": case(single(period_start="")),
    "a start to the day": case(single(period_start="2011-03-15")),
    "a stock": case(single(indicator="idps", by_fire="", measure="stock", period_start="")),
    "the tally of an event": case(single(measure="incident", event_id="raid-2019")),
    "a count of whoever fired": case(single(by_fire="not_stated")),
    "movements": case(single(indicator="displaced", by_fire="", unit="movements")),
    "families": case(single(indicator="displaced", by_fire="", unit="families")),
    "asylum-seekers": case(single(indicator="asylum_seekers", by_fire="", measure="stock", period_start="")),
    "context": case(single(use="context")),
}

PUBLISHED = {
    "exact": ",8,| 8,8,| ,8,8| 8,8,8",
    "at_least": "8,,| 8,8,",
    "about": ",8,",
    "up_to": ",,8| ,8,8",
    "range": "8,,9| 8,8,9| 8,9,9| 8,,8| 8,8,8",
    "vague": "8,,9| 8,,8",
}
"""Of each bound what low, best and high of a published value may be; 8 stands for 9 too."""
PRINTED = [(low, best, high) for low in ("", "8", "9") for best in ("", "8", "9") for high in ("", "8", "9")]
BOUNDS = {
    bound: case(
        *(
            single(observation_id=f"o-#-{n:02}", bound=bound, low=low, best=best, high=high)
            for n, (low, best, high) in enumerate(PRINTED)
        )
    )
    for bound in PUBLISHED
}

OTHER = {
    "organisation_id": "paper",
    "indicator": "injured",
    "population_group": "civilians",
    "unit": "families",
    "measure": "period",
    "place_id": "north",
    "by_fire": "government",
    "kind": "estimate",
}
UNLIKE_THE_FIRST = {name: values(count(), second(**LATER, **{name: other})) for name, other in OTHER.items()}
PARTLY_OF_AN_EVENT = {
    f"the {which}": values(
        count(measure="period", event_id=one, period_end="2018"),
        second(measure="period", event_id=other, period_end="2019"),
    )
    for which, one, other in (("second", "", "raid-2019"), ("first", "raid-2019", ""))
}

TALLY = {"measure": "period", "event_id": "raid-2019"}
FLOOR = {"bound": "at_least", "low": 4, "best": "", "high": ""}
FALLING = values(count(), second(**LATER, low=6, best=6, high=6), count(observation_id="o-#-3", period_end="2021", **LOWER))  # fmt: skip
FALLS = {
    "without a break": FALLING,
    **{
        f"with {broken}": FALLING | {"breaks": [f"{broken},lists joined"]}
        for broken in ("s-#,2018-06", "s-#,2020-03-31", "s-#,2022-01-20", "s-1,2020-06")
    },
}
EXPLAINED = {
    broken: FALLING | {"breaks": [f"{broken},lists joined"]} for broken in ("s-#,2020-06", "s-#,2022-01-02", "s-#,")
}
NO_FALLS = {
    "a tally of another beginning": values(count(**TALLY), second(**TALLY, **LATER, **LOWER, period_start="2019-12")),
    "a floor below a tally": values(count(**TALLY), second(**TALLY, **LATER, **FLOOR)),
    "single counts": case(single(), second_single(period_end="2020", **LOWER)),
}

YEARBOOK = {"publication": "A year-book", "published": "2020"}
SEEN_ELSEWHERE = {
    "at another address": {"url": "https://example.org/copy"},
    "in another publication": YEARBOOK | {"copies_seen": 2, "note": "Seen again."},
    "with its dates to the day": {"period_start": "2011-03-01", "period_end": "2019-03-31"},
}
RAID = {"measure": "incident", "period_start": "2019-03-01", "period_end": "2019-03-01"}
NAMED = RAID | {"event_id": "raid-2019"}
TWICE = {
    "in a series": values(count(), second()),
    "of an event": case(single(**NAMED), second_single(**NAMED, **YEARBOOK)),
    **{f"single, {how}": case(single(), second_single(**cells)) for how, cells in SEEN_ELSEWHERE.items()},
    **{f"of a series, {how}": values(count(), second_single(**cells)) for how, cells in SEEN_ELSEWHERE.items()},
}
DISTINCT = {
    "another group": case(single(), second_single(population_group="civilians")),
    "another group than a value of a series": values(count(), second_single(population_group="children")),
    "another value": case(single(), second_single(low=6, best=6, high=6)),
    "another day": case(single(), second_single(period_end="2019-04")),
    "from another day": case(single(), second_single(period_start="2011-03-15")),
    "by another fire": case(single(), second_single(by_fire="government")),
    "as a floor": case(single(), second_single(bound="at_least", high="")),
    "two releases of a series": values(count(), second(**YEARBOOK)),
    "two raids of a day": case(single(**RAID), second_single(**RAID, **YEARBOOK)),
    "two values for one day in one publication": case(single(), second_single(low=6, best=6, high=6)),
}

STATE = {"by_fire": "", "measure": "stock", "period_start": ""}
REFUGEES, IDPS = STATE | {"indicator": "refugees"}, STATE | {"indicator": "idps"}
INSIDE = of_another(adds_to="s-#")
BOTH = [series(), INSIDE]


def abroad_and_inside(abroad=REFUGEES, inside=IDPS, of=BOTH):
    """Return a count of people abroad and one of people inside, of two series."""
    return case(count(**abroad), second(series_id="t-#", **inside), of=of)


UNLIKE = {
    "another publisher": {"organisation_id": "paper"},
    "another place": {"place_id": "north"},
    "another group": {"population_group": "children"},
    "movements": {"unit": "movements"},
    "the same indicator": {"indicator": "refugees"},
    "an indicator that none takes in with it": {"indicator": "asylum_seekers"},
    "a total": {"measure": "cumulative"},
}
NO_SUM = {
    **{name: abroad_and_inside(inside=IDPS | cells) for name, cells in UNLIKE.items()},
    "two totals": abroad_and_inside(REFUGEES | {"measure": "cumulative"}, IDPS | {"measure": "cumulative"}),
}


def related(name, abroad=VALUE, **cells):
    """Return the case of a series that names another in a column; the cells are those of its own value."""
    return case(count(**abroad), second(series_id="t-#", **cells), of=[series(), of_another(**{name: "s-#"})])


COUNTS_OTHERWISE = {
    "a part by another publisher": ("part_of", {"organisation_id": "paper"}),
    "a part in another unit": ("part_of", {"unit": "families"}),
    **{f"a release of another {name}": ("release_of", {name: other}) for name, other in OTHER.items()},
}
UNRELATED = {how: related(name, **cells) for how, (name, cells) in COUNTS_OTHERWISE.items()}
RELATED = {
    "a narrower part": related("part_of", population_group="civilians", by_fire="government"),
    "a part of a place": related("part_of", place_id="town"),
    "a release": related("release_of"),
    "states that add up": abroad_and_inside(),
    "refugees of a host country": related(
        "part_of", {**REFUGEES, "period_end": "2019"}, **REFUGEES, period_end="2019", place_id="haven"
    ),
}
CIRCLES = {name: case(of=[series(**{name: "t-#"}), of_another(**{name: "s-#"})]) for name in ("part_of", "release_of")}
UNKNOWN = {name: case(of=[series(**{name: "nothing"})]) for name in ("part_of", "release_of", "adds_to")}
OTHERS = {
    "a tally that falls": values(count(**TALLY), second(**TALLY, **LATER, **LOWER)),
    "two values for one day in one publication": values(count(), second(low=6, best=6, high=6)),
    "a part of another place": related("part_of", {"place_id": "town"}, place_id="north"),
    "series that add to each other": abroad_and_inside(of=[series(adds_to="t-#"), INSIDE]),
    "a series that adds to itself": abroad_and_inside(of=[series(adds_to="s-#"), of_another()]),
    "series without values that add to each other": case(of=[series(adds_to="t-#"), INSIDE]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
def found(folder):
    """Return a function that says what is found of each case of a group."""
    return small.apart(
        folder,
        *(FAULTY, ALLOWED, BOUNDS, UNLIKE_THE_FIRST, PARTLY_OF_AN_EVENT, FALLS, EXPLAINED, NO_FALLS, TWICE, DISTINCT),
        *(NO_SUM, UNRELATED, RELATED, CIRCLES, UNKNOWN, OTHERS),
        places=[small.place("haven", "country"), *small.ROWS["places"]],
        series=[small.series()],
    )


def test_the_small_reference_is_clean(tmp_path):
    dataset = small.dataset(tmp_path, **small.PUBLISHED)
    assert (dataset.findings, dataset.reference_findings) == ((), ())


def test_a_reference_without_rows_is_clean(tmp_path):
    assert small.dataset(tmp_path).reference_findings == ()


def test_a_fault_of_a_count_is_found_at_its_cell(found):
    assert found(FAULTY) == {name: at(column, rule) for name, (_, column, rule) in FAULTS.items()}


def test_faults_of_counts_block_the_comparison_alone(found, folder):
    assert load(folder).good
    assert load(folder).reference_findings


def test_a_single_count_needs_no_series_and_may_be(found):
    assert found(ALLOWED) == small.each(ALLOWED)


def test_a_published_value_may_lack_what_was_not_printed_and_nothing_else(found):
    for bound, findings in found(BOUNDS).items():
        assert {rule for *_, rule in findings} == {"observations.bound"}
        bad = {line for _, line, *_ in findings}
        same = {row.strip() for row in PUBLISHED[bound].split("|")}
        same |= {row.replace("8", "9") for row in same if "9" not in row}
        assert {",".join(row) for line, row in enumerate(PRINTED, 2) if line not in bad} == same, bound


def test_values_of_one_series_that_count_something_else_are_found(found):
    assert found(UNLIKE_THE_FIRST) == {name: at(name, "observations.series", 3) for name in OTHER}


def test_values_of_one_series_of_which_some_are_of_an_event_are_found(found):
    assert found(PARTLY_OF_AN_EVENT) == small.each(PARTLY_OF_AN_EVENT, at("event_id", "observations.series", 3))


def test_a_cumulative_series_falls_only_with_a_reason_dated_between_the_two_values(found):
    assert found(FALLS) == small.each(FALLS, at("best", "observations.falls", 4))
    assert found(EXPLAINED) == small.each(EXPLAINED)


def test_neither_single_counts_nor_tallies_of_two_beginnings_fall_and_a_floor_below_is_no_fall(found):
    assert found(NO_FALLS) == small.each(NO_FALLS)


def test_one_count_under_two_ids_is_found_at_the_second_wherever_it_was_seen(found):
    assert found(TWICE) == small.each(TWICE, at("observation_id", "observations.twice", 3))


def test_counts_that_differ_in_what_was_counted_are_two(found):
    assert found(DISTINCT) == small.each(DISTINCT)


def test_series_that_have_no_sum_do_not_add_to_each_other(found):
    assert found(NO_SUM) == small.each(NO_SUM, at("adds_to", "series.adds_to", 3, file="series.csv"))


def test_a_series_is_no_part_and_no_release_of_one_that_counts_otherwise(found):
    assert found(UNRELATED) == {
        how: at(name, "series.related", 3, file="series.csv") for how, (name, _) in COUNTS_OTHERWISE.items()
    }


def test_a_series_may_be_a_part_of_a_larger_one_a_release_of_the_same_and_add_to_another(found):
    assert found(RELATED) == small.each(RELATED)


def test_series_that_lead_back_to_themselves_are_found(found):
    assert found(CIRCLES) == {name: at(name, "series.related", 2, 3, file="series.csv") for name in CIRCLES}


def test_a_series_that_names_one_that_is_not_there_is_found(found):
    assert found(UNKNOWN) == {name: at(name, "references.resolve", file="series.csv") for name in UNKNOWN}


def test_values_and_series_that_contradict_each_other_are_found(found):
    assert found(OTHERS) == {
        "a tally that falls": at("best", "observations.falls", 3),
        "two values for one day in one publication": at("period_end", "series.observed", 3),
        "a part of another place": at("part_of", "series.part_place", 3, file="series.csv"),
        "series that add to each other": at("adds_to", "series.adds_to", 2, 3, file="series.csv"),
        "a series that adds to itself": at("adds_to", "series.adds_to", 2, 2, file="series.csv"),
        "series without values that add to each other": at("adds_to", "series.adds_to", 2, 3, file="series.csv"),
    }


def test_a_broken_reference_file_takes_down_nothing_else(tmp_path):
    small.write(tmp_path)
    (tmp_path / "observations.csv").write_bytes(b"")
    dataset = load(tmp_path)
    assert dataset.good
    assert [finding.rule for finding in dataset.reference_findings] == ["file.empty"]
