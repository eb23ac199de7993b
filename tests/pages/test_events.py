"""Events: how many claims and counts each has, both in one table, and which counts run over time."""

import pandas as pd
import pytest

from analysis import events
from analysis.counts import published_counts
from analysis.view import claims_view
from tests.support import small
from validation import load

EVENTS = pd.DataFrame(
    {"event_id": ["battle", "war", "raid"], "name": ["Battle", "War", "Raid"], "within": ["war", None, None]}
)


def of_events(*ids):
    return pd.DataFrame({"event_id": list(ids)}, dtype="object")


def test_an_event_takes_in_what_stands_at_those_within_it_and_most_claims_come_first():
    found = events.with_numbers(EVENTS, of_events("battle", "war", None), of_events("battle", "raid", "raid"))
    assert found[["name", "claims", "counts"]].to_numpy().tolist() == [["War", 2, 1], ["Battle", 1, 1], ["Raid", 0, 2]]


def test_events_that_lie_in_each_other_are_still_counted():
    circle = EVENTS.assign(within=["war", "battle", None])
    found = events.with_numbers(circle, of_events("battle"), of_events())
    assert found["claims"].tolist() == [1, 1, 0]


@pytest.fixture
def tables(tmp_path):
    """Return claims and counts of a small record: three values of a count, one for judging size only, in families, without a start."""
    counted = [
        small.count(measure="period", period_start="2019-06-01", period_end=f"2019-06-{day}", event_id="raid-2019",
                    observation_id=f"s-1-{day}", best=best, low=best, high=best)
        for day, best in (("10", 5), ("20", 8), ("30", 9))
    ]  # fmt: skip
    single = small.count(
        series_id="", observation_id="single-1", measure="period", period_start="", period_end="2019-06-20", event_id="raid-2019",
        use="context", note="Read from a drawing.",
    )  # fmt: skip
    small.write(tmp_path, series=[small.series()], observations=[*counted, single])
    dataset = load(tmp_path)
    assert dataset.reference_findings == ()
    return claims_view(dataset), published_counts(dataset)


def test_claims_stand_among_counts_by_the_day_that_they_end_then_begin(tables):
    claims, counts = tables
    found = events.who_counted(claims[claims["event_id"].notna()], counts)
    assert found[["what", "said", "period_start", "period_end", "judging"]].astype("object").where(
        found[["what", "said", "period_start", "period_end", "judging"]].notna(), ""
    ).to_numpy().tolist() == [
        ["Count", "5", "2019-06-01", "2019-06-10", ""],
        ["Count", "5", "", "2019-06-20", "for judging size only"],
        ["Count", "8", "2019-06-01", "2019-06-20", ""],
        ["Count", "9", "2019-06-01", "2019-06-30", ""],
        ["Claim", "“20 deaths”", "2019-07-01", "2019-07-07", ""],
    ]  # fmt: skip
    assert found["who"].iloc[-1] == "The Monitor (monitor)"
    assert found["printed"].iloc[-1] == "The Paper"


@pytest.mark.parametrize(
    ("kind", "said"), [("UN agency", " (UN agency)"), ("Party to the conflict", " (party to the conflict)")]
)
def test_a_kind_in_capitals_stays_so(kind, said):
    assert events._kind(pd.Series([kind])).tolist() == [said]


def test_next_to_a_claim_stand_at_most_five_rows_before_and_after_it():
    rows = pd.DataFrame({"claim_id": [None] * 3 + ["a"] + [None] * 20 + ["b"]})
    assert events.around(rows, "a").index.tolist() == list(range(9))
    assert events.around(rows, "b").index.tolist() == list(range(19, 25))


def test_a_long_table_begins_five_rows_before_its_first_claim_and_one_without_claims_at_its_first_row():
    rows = pd.DataFrame({"what": ["Count"] * 8 + ["Claim"] + ["Count"] * 3 + ["Claim"]})
    assert events.from_first_claim(rows).index.tolist() == list(range(3, 13))
    assert len(events.from_first_claim(rows[rows["what"] == "Count"])) == 11


def test_only_counts_of_three_days_or_more_run_and_what_is_for_judging_size_does_not(tables):
    _, counts = tables
    assert events.running(counts)["said"].tolist() == ["5", "8", "9"]
    assert events.running(counts[counts["said"] != "9"]).empty
    assert events.running(counts.assign(measure="incident")).empty


def test_claims_drawn_with_tallies_count_the_same_thing_in_people(tables):
    claims, counts = tables
    beside = events.beside(claims, events.running(counts))
    assert beside["wording"].tolist() == ["900 people", "20 deaths"]


def test_the_topic_of_most_claims_comes_first_and_one_of_nothing_is_not_there(tables):
    claims, counts = tables
    found = events.by_topic(claims, counts)
    assert {key: (len(said), len(counted)) for key, (_, said, counted) in found.items()} == {
        "casualties": (2, len(counts)), "displacement": (1, 0),
    }  # fmt: skip
    assert list(events.by_topic(claims[claims["unit"] == "families"], counts)) == ["displacement", "casualties"]
    assert events.by_topic(claims.head(0), counts.head(0)) == {}
