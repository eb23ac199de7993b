"""Which published counts of an event are a line and which a row, and that a total of the war is drawn once."""

import pytest

from analysis import tallies
from analysis.counts import published_counts
from analysis.view import claims_view
from figures.palette import LIGHT
from figures.reference import reference
from tests.support import small

EVENTS = [
    small.event(within="front-2019"),
    small.event(
        event_id="front-2019", name="Front of 2019", place_id="north", period_start="2019-04", period_end="2019-08"
    ),
    small.event(event_id="other-2019", name="Other of 2019"),
]
NO_CLAIMS = claims_view(small.record()).head(0)
OF_FRONT = {
    "series_id": "", "measure": "period", "event_id": "front-2019", "place_id": "north", "period_start": "2019-04-01",
    "published": "2019-07",
}  # fmt: skip


def on(day, value=5, **cells):
    """Return the cells of a count of the front at a day."""
    return OF_FRONT | {"period_end": day, "low": value, "best": value, "high": value} | cells


NO_LINE = {
    "one date": [on("2019-05-01")],
    "two values of one date": [on("2019-05-01"), on("2019-05-01", 6)],
    "two groups": [on("2019-05-01"), on("2019-06-01", population_group="civilians")],
    "two publishers": [on("2019-05-01"), on("2019-06-01", organisation_id="post")],
    "families": [on(day, unit="families", indicator="displaced", by_fire="") for day in ("2019-05-01", "2019-06-01")],
    "movements": [on(day, unit="movements", indicator="displaced", by_fire="") for day in ("2019-05-01", "2019-06-01")],
    "words": [on(day, "", bound="vague", low=200, high=999) for day in ("2019-05-01", "2019-06-01")],
    "for judging size only": [on(day, use="context") for day in ("2019-05-01", "2019-06-01")],
    "another beginning": [on("2019-05-01"), on("2019-06-01", period_start="2019-05-02")],
}


def span(start, end, value, **cells):
    """Return the cells of a value of a series that counts from one day to another."""
    days = {"period_start": start, "period_end": end, "event_id": "", "series_id": "run", "published": "2024"}
    return OF_FRONT | days | {"low": value, "best": value, "high": value} | cells


def year(number, value, **cells):
    return span(f"{number}-01-01", f"{number}-12-31", value, **cells)


def month(number, last, value):
    return span(f"2019-{number:02}-01", f"2019-{number:02}-{last}", value)


def total(end, value, **cells):
    return span("2011-03", end, value, measure="cumulative", **cells)


def state(end, value):
    return span("", end, value, measure="stock", indicator="idps", by_fire="")


FLOOR = {"bound": "at_least", "best": "", "high": ""}
GONE_ON = {
    "a quarter among years": ([year(2012, 9), year(2013, 8), span("2014-01-01", "2014-03-31", 2), year(2015, 7)], [2, None, 9, 8, None, 7]),
    "a quarter of a year that is there too": (
        [year(2012, 9), year(2013, 8), span("2013-01-01", "2013-03-31", 2), year(2014, 7)], [2, None, 9, 8, 7],
    ),
    "a half-year after years": ([year(2012, 9), year(2013, 8), span("2014-01-01", "2014-06-30", 2)], [2, None, 9, 8]),
    "ten months before years": ([span("2011-03", "2011-12-31", 5), year(2012, 9), year(2013, 8)], [5, None, 9, 8]),
    "a year that is missing": ([year(2012, 9), year(2013, 8), year(2015, 7)], [9, 8, None, 7]),
    "a month that is missing": ([month(1, 31, 5), month(2, 28, 4), month(4, 30, 6), month(5, 31, 7)], [5, 4, None, 6, 7]),
    "years that fall": ([year(2012, 9), year(2013, 8), year(2014, 7)], [9, 8, 7]),
    "a total with a gap of three years": ([total("2014-03-15", 5), total("2015-03-15", 6), total("2018-03-15", 9)], [5, 6, None, 9]),
    "a floor of a tally that lies lower": (
        [on("2019-05-01", 5, series_id="run"), on("2019-06-01", 8, series_id="run"), on("2019-07-01", 7, series_id="run", **FLOOR)],
        [5, 8, None, 7],
    ),
    "a tally that falls": (
        [on("2019-05-01", 5, series_id="run"), on("2019-06-01", 8, series_id="run"),
         on("2019-07-01", 7, series_id="run", bound="about", low="", high="")], [5, 8, None, 7],
    ),
    "a state that falls": ([state("2014-12-31", 9), state("2015-06-30", 8), state("2015-12-31", 7)], [9, 8, 7]),
    "a state with a gap of two years": ([state("2014-12-31", 9), state("2015-12-31", 8), state("2017-12-31", 7)], [9, 8, None, 7]),
}  # fmt: skip
OF_EVENTS = [
    on("2019-05-01"), on("2019-06-22", event_id="raid-2019"), on("2019-05-01", event_id="other-2019"), on("2019-05-01", event_id=""),
]  # fmt: skip
SINGLE = [on("2019-05-01"), on("2019-06-01", 6), on("2019-07-01", 7), on("2019-07-01", 9, organisation_id="post")]
OF_TWO_BEGINNINGS = [
    on(day, at, series_id="run", period_start=start)
    for at, (day, start) in enumerate(
        [("2019-05-01", "2019-04-01"), ("2019-06-01", "2019-04-01"), ("2019-07-01", "2019-05-20"), ("2019-08-01", "2019-05-20")], 1
    )
]  # fmt: skip
SINGLE_TOTALS = [
    total(end, value) | {"series_id": ""}
    for end, value in [("2014-03-15", 5), ("2015-03-15", 6), ("2015-06-15", 4), ("2018-03-15", 9)]
]
THIRTY = [
    on(day, value, population_group=group, by_fire=fire)
    for group in ("all", "civilians", "children", "women", "men", "fighters")
    for fire in ("all", "government", "allies", "opposition", "not_stated")
    for value, day in enumerate(("2019-05-01", "2019-06-01"), start=5)
]
OF_THE_WAR = [
    {"series_id": "run"}, {"series_id": "old", "published": "2011"}, {"series_id": "", "use": "context", "low": 7, "best": 7, "high": 7},
    {"series_id": "", "low": 8, "best": 8, "high": 8},
    {"series_id": "", "unit": "families", "indicator": "displaced", "by_fire": ""},
]  # fmt: skip
CASES = (
    NO_LINE
    | {name: values for name, (values, _) in GONE_ON.items()}
    | {
        "of events": OF_EVENTS,
        "single": SINGLE,
        "of two beginnings": OF_TWO_BEGINNINGS,
        "single totals": SINGLE_TOTALS,
        "thirty": THIRTY,
        "of the war": OF_THE_WAR,
    }
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """Return one record with the counts of all cases, each with publishers and series of its own."""
    organisations, series, observations = list(small.ROWS["organisations"]), [], []
    for number, counts in enumerate(CASES.values(), 100):
        organisations += [
            small.organisation(f"{by}-{number}", f"{by} {number}", "monitor") for by in ("monitor", "post")
        ]
        used = {cells["series_id"] for cells in counts if cells["series_id"]}
        series += [
            small.series(
                series_id=f"{name}-{number}",
                title=f"{name} {number}",
                release_of=f"run-{number}" if name == "old" else "",
            )
            for name in used
        ]
        for at, cells in enumerate(counts):
            own = {
                "series_id": cells["series_id"] and f"{cells['series_id']}-{number}",
                "observation_id": f"c-{number}-{at:02}",
            }
            by = cells.get("organisation_id", "monitor")
            observations.append(small.count(**(cells | own | {"organisation_id": f"{by}-{number}"})))
    dataset = small.dataset(
        tmp_path_factory.mktemp("tallies"), events=sorted(EVENTS), organisations=sorted(organisations), series=sorted(series),
        observations=observations,
    )  # fmt: skip
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


@pytest.fixture
def counts(dataset):
    """Return what gives the table of published counts of a case."""
    numbers = {name: number for number, name in enumerate(CASES, 100)}

    def of(name):
        rows = published_counts(dataset)
        return rows[rows["observation_id"].str.startswith(f"c-{numbers[name]}-")].reset_index(drop=True)

    return of


def ids(rows):
    """Return the ids of counts, without the number of their case."""
    return sorted(rows["observation_id"].str.replace(r"-\d+-", "-", regex=True))


def drawn(rows):
    """Return how the one line of the chart of some counts is drawn, and its values."""
    [line] = [trace for trace in reference(rows, NO_CLAIMS, LIGHT).data if trace.name]
    return line.mode, list(line.y)


def test_the_counts_of_an_event_are_its_own_and_those_of_events_within_it(counts, dataset):
    rows, events = counts("of events"), dataset.table("events")
    found = {event: ids(tallies.of_event(rows, events, event)) for event in events["event_id"]}
    assert found == {"raid-2019": ["c-01"], "front-2019": ["c-00", "c-01"], "other-2019": ["c-02"]}


def test_only_people_counted_in_one_way_at_two_dates_are_drawn_over_time(counts):
    assert {name: ids(tallies.over_time(counts(name))) for name in NO_LINE} == {name: [] for name in NO_LINE}


def test_single_counts_of_one_publisher_that_count_the_same_are_one_line(counts):
    rows = tallies.over_time(counts("single"))
    assert ids(rows) == ["c-00", "c-01", "c-02"]
    assert drawn(rows) == ("lines+markers", [5, 6, 7])


def test_no_line_joins_values_of_a_series_that_begin_on_other_days(counts):
    assert drawn(counts("of two beginnings"))[1] == [1, 2, None, 3, 4]


@pytest.mark.parametrize("case", GONE_ON)
def test_a_line_joins_what_goes_on_and_nothing_else(counts, case):
    assert drawn(counts(case)) == ("lines+markers", GONE_ON[case][1])


def test_single_counts_of_a_total_that_falls_or_has_a_gap_are_not_joined_either(counts):
    assert drawn(counts("single totals"))[1] == [5, 6, None, 4, None, 9]


def test_a_list_of_thirty_counts_names_each_and_is_not_cut(counts):
    rows = tallies.over_time(counts("thirty"))
    figure = reference(rows, NO_CLAIMS, LIGHT)
    letters = [trace.name.split("\u00a0")[0].split()[0] for trace in figure.data if trace.name]
    assert (len(rows), len(letters), len(set(letters))) == (60, 30, 30)
    assert letters[25:28] == ["Z", "A2", "B2"]
    assert figure.layout.legend.maxheight >= 20 * len(letters)


def test_a_total_of_the_war_is_drawn_as_it_is_now_and_never_for_judging_size(counts):
    rows = counts("of the war")
    assert ids(tallies.current(rows)) == ["c-00", "c-03"]
    old = rows[rows["release_of"].notna()]
    assert ids(tallies.current(old)) == ["c-01"], "an earlier release without a newer one is what there is"
