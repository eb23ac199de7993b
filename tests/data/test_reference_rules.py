"""The rules of published counts and their series: what is found, where, and that it blocks nothing else."""

import pytest

from tests.support import small
from validation import load

SERIES, COUNTS = small.PUBLISHED["series"], small.PUBLISHED["observations"]


def found(folder, series=SERIES, observations=COUNTS, **rows):
    """Return file, line, column and rule of each finding of the reference; the other tables have none."""
    dataset = small.dataset(folder, series=list(series), observations=list(observations), **rows)
    assert dataset.findings == ()
    return small.places_of(dataset.reference_findings)


def one_count(folder, **cells):
    """Return what is found of a single count."""
    return found(folder, [], [small.count(**({"series_id": ""} | cells))])


def at(column, rule, *lines, file="observations.csv"):
    """Return a finding at each of the lines."""
    return [(file, line, column, rule) for line in lines or (2,)]


def test_the_small_reference_is_clean(tmp_path):
    assert found(tmp_path) == []


def test_a_reference_without_rows_is_clean(tmp_path):
    assert found(tmp_path, [], []) == []


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
}  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "rule"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_count_is_found_at_its_cell_and_blocks_the_comparison_alone(tmp_path, cells, column, rule):
    assert one_count(tmp_path, **cells) == at(column, rule)
    assert load(tmp_path).good


ALLOWED = {
    "a start that was not printed": {"period_start": ""},
    "a stock": {"indicator": "idps", "by_fire": "", "measure": "stock", "period_start": ""},
    "the tally of an event": {"measure": "incident", "event_id": "raid-2019"},
    "a count of whoever fired": {"by_fire": "not_stated"},
    "movements": {"indicator": "displaced", "by_fire": "", "unit": "movements"},
    "families": {"indicator": "displaced", "by_fire": "", "unit": "families"},
    "asylum-seekers": {"indicator": "asylum_seekers", "by_fire": "", "measure": "stock", "period_start": ""},
    "context": {"use": "context"},
}  # fmt: skip


@pytest.mark.parametrize("cells", ALLOWED.values(), ids=ALLOWED)
def test_a_single_count_needs_no_series_and_may_be(tmp_path, cells):
    assert one_count(tmp_path, **cells) == []


PUBLISHED = {
    "exact": ",8,| 8,8,| ,8,8| 8,8,8",
    "at_least": "8,,| 8,8,",
    "about": ",8,",
    "up_to": ",,8| ,8,8",
    "range": "8,,9| 8,8,9| 8,9,9| 8,,8| 8,8,8",
    "vague": "8,,9| 8,,8",
}
"""Of each bound what low, best and high of a published value may be; 8 stands for 9 too."""


@pytest.mark.parametrize("bound", PUBLISHED)
def test_a_published_value_may_lack_what_was_not_printed_and_nothing_else(tmp_path, bound):
    cells = ("", "8", "9")
    values = [(low, best, high) for low in cells for best in cells for high in cells]
    rows = [
        small.count(observation_id=f"s-{n:02}", series_id="", bound=bound, low=low, best=best, high=high)
        for n, (low, best, high) in enumerate(values)
    ]
    findings = found(tmp_path, [], rows)
    assert {rule for *_, rule in findings} == {"observations.bound"}
    bad = {line for _, line, *_ in findings}
    same = {row.strip() for row in PUBLISHED[bound].split("|")}
    same |= {row.replace("8", "9") for row in same if "9" not in row}
    assert {",".join(row) for line, row in enumerate(values, 2) if line not in bad} == same


OTHER = {
    "organisation_id": {"organisation_id": "paper"},
    "indicator": {"indicator": "injured"},
    "population_group": {"population_group": "civilians"},
    "unit": {"unit": "families"},
    "measure": {"measure": "period"},
    "place_id": {"place_id": "north"},
    "by_fire": {"by_fire": "government"},
    "kind": {"kind": "estimate"},
}


@pytest.mark.parametrize(("column", "cells"), OTHER.items(), ids=OTHER)
def test_values_of_one_series_that_count_something_else_are_found(tmp_path, column, cells):
    other = small.count(observation_id="s-1-02", period_end="2020-03", **cells)
    assert found(tmp_path, observations=[COUNTS[0], other]) == at(column, "observations.series", 3)


@pytest.mark.parametrize(("one", "other"), [("", "raid-2019"), ("raid-2019", "")])
def test_values_of_one_series_of_which_some_are_of_an_event_are_found(tmp_path, one, other):
    rows = [
        small.count(observation_id=f"s-1-0{n}", measure="period", event_id=event, period_end=f"201{n}")
        for n, event in ((8, one), (9, other))
    ]
    assert found(tmp_path, observations=rows) == at("event_id", "observations.series", 3)


def test_single_counts_need_not_count_the_same(tmp_path):
    rows = [small.count(series_id=""), small.count(observation_id="s-1-02", series_id="", population_group="civilians")]
    assert found(tmp_path, [], rows) == []


LOWER = small.count(observation_id="s-1-03", period_end="2021", low=4, best=4, high=4)


def test_a_cumulative_series_falls_only_with_a_reason(tmp_path):
    rows = [*COUNTS, LOWER]
    assert found(tmp_path, observations=rows) == at("best", "observations.falls", 4)
    assert found(tmp_path / "explained", observations=rows, breaks=["s-1,2020-06,lists joined"]) == []


@pytest.mark.parametrize(
    ("breaks", "explained"),
    [
        (["s-1,2018-06,lists joined"], False),
        (["s-1,2020-03-31,lists joined"], False),
        (["s-1,2020-06,lists joined"], True),
        (["s-1,2022-01-02,lists joined"], True),
        (["s-1,2022-01-20,lists joined"], False),
        (["s-1,,starts differ"], True),
        (["s-2,2020-06,lists joined"], False),
    ],
)
def test_a_fall_is_explained_by_a_break_between_the_two_values_and_by_no_other(tmp_path, breaks, explained):
    rows = [small.series(), small.series(series_id="s-2", title="Other")], [*COUNTS, LOWER]
    wanted = [] if explained else at("best", "observations.falls", 4)
    assert found(tmp_path, *rows, breaks=breaks) == wanted


TALLY = {"measure": "period", "event_id": "raid-2019"}


@pytest.mark.parametrize(
    ("later", "lines"),
    [
        ({"low": 4, "best": 4, "high": 4}, [3]),
        ({"bound": "at_least", "low": 4, "best": "", "high": ""}, []),
        ({"low": 4, "best": 4, "high": 4, "period_start": "2019-12"}, []),
    ],
)
def test_a_tally_that_runs_on_falls_only_with_a_reason_and_a_floor_below_is_no_fall(tmp_path, later, lines):
    after = {"observation_id": "s-1-02", "period_end": "2020-03"}
    rows = [small.count(**TALLY), small.count(**(TALLY | after | later))]
    assert found(tmp_path, observations=rows) == (at("best", "observations.falls", *lines) if lines else [])


def test_one_count_under_two_ids_is_found_at_the_second(tmp_path):
    twin = {"observation_id": "s-1-02"}
    rows = [small.count(), small.count(**twin)]
    assert found(tmp_path, observations=rows) == at("observation_id", "observations.twice", 3)
    assert (
        found(
            tmp_path,
            observations=[small.count(), small.count(**(twin | {"population_group": "children", "series_id": ""}))],
        )
        == []
    )


SEEN_ELSEWHERE = {
    "at another address": {"url": "https://example.org/copy"},
    "in another publication": {
        "publication": "A year-book",
        "published": "2020",
        "copies_seen": 2,
        "note": "Seen again.",
    },
    "with its dates to the day": {"period_start": "2011-03-01", "period_end": "2019-03-31"},
}


@pytest.mark.parametrize("cells", SEEN_ELSEWHERE.values(), ids=SEEN_ELSEWHERE)
def test_a_single_count_that_was_seen_elsewhere_is_the_same_count(tmp_path, cells):
    twin = {"observation_id": "s-1-02", "series_id": ""}
    for first in (small.count(series_id=""), small.count()):
        rows = [first, small.count(**(twin | cells))]
        assert found(tmp_path, observations=rows) == at("observation_id", "observations.twice", 3)


DISTINCT = {
    "another value": {"low": 6, "best": 6, "high": 6},
    "another day": {"period_end": "2019-04"},
    "from another day": {"period_start": "2011-03-15"},
    "by another fire": {"by_fire": "government"},
    "as a floor": {"bound": "at_least", "high": ""},
}


@pytest.mark.parametrize("cells", DISTINCT.values(), ids=DISTINCT)
def test_counts_that_differ_in_what_was_counted_are_two(tmp_path, cells):
    rows = [small.count(series_id=""), small.count(**({"observation_id": "s-1-02", "series_id": ""} | cells))]
    assert found(tmp_path, [], rows) == []


def test_two_releases_of_a_series_may_repeat_a_value_and_two_raids_of_a_day_may_be_alike(tmp_path):
    again = {"observation_id": "s-1-02", "publication": "A year-book", "published": "2020"}
    assert found(tmp_path, observations=[small.count(), small.count(**again)]) == []
    raid = {"series_id": "", "measure": "incident", "period_start": "2019-03-01", "period_end": "2019-03-01"}
    rows = [small.count(**raid), small.count(**(raid | again))]
    assert found(tmp_path / "raids", [], rows) == []
    named = [small.count(**raid, event_id="raid-2019"), small.count(**(raid | again), event_id="raid-2019")]
    assert found(tmp_path / "one raid", [], named) == at("observation_id", "observations.twice", 3)


def test_single_counts_are_no_series_that_falls(tmp_path):
    rows = [small.count(series_id=""), small.count(observation_id="s-1-02", series_id="", period_end="2020", low=4, best=4, high=4)]  # fmt: skip
    assert found(tmp_path, [], rows) == []


def test_two_values_for_one_day_in_one_publication_are_found_in_a_series_alone(tmp_path):
    rows = [COUNTS[0], small.count(observation_id="s-1-02", low=6, best=6, high=6)]
    assert found(tmp_path, observations=rows) == at("period_end", "series.observed", 3)
    single = [row.replace(",s-1,", ",,") for row in rows]
    assert found(tmp_path / "single", [], single) == []


ABROAD = {"series_id": "abroad", "title": "Abroad"}
INSIDE = {"series_id": "inside", "title": "Inside", "adds_to": "abroad"}


def states(**cells):
    """Return a count of people abroad and one of people inside; the cells are those of the one inside."""
    state = {"by_fire": "", "measure": "stock", "period_start": ""}
    abroad = state | {"observation_id": "abroad-1", "series_id": "abroad", "indicator": "refugees"}
    inside = state | {"observation_id": "inside-1", "series_id": "inside", "indicator": "idps"}
    return [small.count(**abroad), small.count(**(inside | cells))]


def test_states_of_one_publisher_place_and_group_add_up(tmp_path):
    assert found(tmp_path, [small.series(**ABROAD), small.series(**INSIDE)], states()) == []


UNLIKE = {
    "another publisher": {"organisation_id": "paper"},
    "another place": {"place_id": "north"},
    "another group": {"population_group": "children"},
    "movements": {"unit": "movements"},
    "the same indicator": {"indicator": "refugees"},
    "an indicator that none takes in with it": {"indicator": "asylum_seekers"},
    "a total": {"measure": "cumulative"},
}


@pytest.mark.parametrize("cells", UNLIKE.values(), ids=UNLIKE)
def test_series_that_have_no_sum_do_not_add_to_each_other(tmp_path, cells):
    series = [small.series(**ABROAD), small.series(**INSIDE)]
    assert found(tmp_path, series, states(**cells)) == at("adds_to", "series.adds_to", 3, file="series.csv")


def test_totals_do_not_add_to_each_other(tmp_path):
    rows = [row.replace(",stock,", ",cumulative,") for row in states()]
    series = [small.series(**ABROAD), small.series(**INSIDE)]
    assert found(tmp_path, series, rows) == at("adds_to", "series.adds_to", 3, file="series.csv")


@pytest.mark.parametrize(("abroad", "inside", "lines"), [("inside", "abroad", (2, 3)), ("abroad", "", (2, 2))])
def test_a_series_that_adds_to_itself_or_to_one_that_adds_is_found(tmp_path, abroad, inside, lines):
    series = [small.series(**ABROAD, adds_to=abroad), small.series(**(INSIDE | {"adds_to": inside}))]
    assert found(tmp_path, series, states()) == at("adds_to", "series.adds_to", *lines, file="series.csv")


def test_a_series_without_values_adds_to_none_that_adds_itself(tmp_path):
    series = [small.series(**ABROAD, adds_to="inside"), small.series(**INSIDE)]
    assert found(tmp_path, series, []) == at("adds_to", "series.adds_to", 2, 3, file="series.csv")


def related(folder, name, **cells):
    """Return what is found where series s-2 names series s-1 in a column; the cells are those of the value of s-2."""
    series = [small.series(), small.series(**({"series_id": "s-2", "title": "Other deaths", name: "s-1"}))]
    return found(folder, series, [COUNTS[0], small.count(**({"observation_id": "s-2-01", "series_id": "s-2"} | cells))])


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("part_of", {"organisation_id": "paper"}),
        ("part_of", {"unit": "families"}),
        *(("release_of", cells) for cells in OTHER.values()),
    ],
)
def test_a_series_is_no_part_and_no_release_of_one_that_counts_otherwise(tmp_path, name, cells):
    assert related(tmp_path, name, **cells) == at(name, "series.related", 3, file="series.csv")


@pytest.mark.parametrize(
    ("name", "cells"), [("part_of", {"population_group": "civilians", "by_fire": "government"}), ("release_of", {})]
)
def test_a_series_may_be_a_part_of_a_larger_one_and_a_release_of_the_same(tmp_path, name, cells):
    assert related(tmp_path, name, **cells) == []


def test_a_series_of_another_place_than_its_whole_is_found(tmp_path):
    assert related(tmp_path, "part_of", place_id="town") == []
    series = [small.series(), small.series(series_id="s-2", title="Other deaths", part_of="s-1")]
    rows = [small.count(place_id="town"), small.count(observation_id="s-2-01", series_id="s-2", place_id="north")]
    assert found(tmp_path, series, rows) == at("part_of", "series.part_place", 3, file="series.csv")


def test_refugees_of_a_host_country_may_be_part_of_those_of_the_country_at_war(tmp_path):
    state = {"by_fire": "", "measure": "stock", "period_start": "", "indicator": "refugees", "period_end": "2019"}
    series = [small.series(), small.series(series_id="s-2", title="In the haven", part_of="s-1")]
    rows = [small.count(**state), small.count(**state, observation_id="s-2-01", series_id="s-2", place_id="haven")]
    places = [small.place("haven", "country"), *small.ROWS["places"]]
    assert found(tmp_path, series, rows, places=places) == []


def test_a_published_total_since_the_war_began_that_begins_on_another_day_is_found(tmp_path):
    assert one_count(tmp_path, period_start="2011-03-15") == []
    assert one_count(tmp_path, period_start="") == []
    assert one_count(tmp_path, period_start="2011-04") == at("period_start", "about.began")
    assert one_count(tmp_path, period_start="2012") == at("period_start", "about.began")


@pytest.mark.parametrize("name", ["part_of", "release_of"])
def test_series_that_lead_back_to_themselves_are_found(tmp_path, name):
    series = [small.series(**{name: "s-2"}), small.series(**({"series_id": "s-2", "title": "Other", name: "s-1"}))]
    assert found(tmp_path, series, []) == at(name, "series.related", 2, 3, file="series.csv")


@pytest.mark.parametrize("name", ["part_of", "release_of", "adds_to"])
def test_a_series_that_names_one_that_is_not_there_is_found(tmp_path, name):
    assert found(tmp_path, [small.series(**{name: "nothing"})]) == at(name, "references.resolve", file="series.csv")


def test_a_broken_reference_file_takes_down_nothing_else(tmp_path):
    small.write(tmp_path)
    (tmp_path / "observations.csv").write_bytes(b"")
    dataset = load(tmp_path)
    assert dataset.good
    assert [finding.rule for finding in dataset.reference_findings] == ["file.empty"]
