"""A bound is kept in everything that is said: which bounds validation accepts, how each is said, and what follows from two of them."""

from itertools import product

import pandas as pd
import pytest

from analysis import by_year, seen
from analysis.comparison_words import sentence
from tests.support import small
from validation.quantity import Quantity
from validation.vocabulary import BOUNDS, codes

BLANK = None
CLAIMS = {
    "exact": [(10, 10, 10)], "at_least": [(10, 10, BLANK)], "about": [(BLANK, 10, BLANK)], "up_to": [(BLANK, 10, 10)],
    "range": [(10, BLANK, 14)], "vague": [(200, BLANK, 999)],
}  # fmt: skip
COUNTS = {
    "exact": [(BLANK, 10, BLANK), (BLANK, 10, 10), (10, 10, BLANK), (10, 10, 10)],
    "at_least": [(10, BLANK, BLANK), (10, 10, BLANK)],
    "about": [(BLANK, 10, BLANK)],
    "up_to": [(BLANK, BLANK, 10), (BLANK, 10, 10)],
    "range": [(10, BLANK, 14), (10, 12, 14)],
    "vague": [(200, BLANK, 999)],
}
WORDS = {"range": "10 to 14 people", "vague": "hundreds of people"}


@pytest.mark.parametrize("bound", codes(BOUNDS))
def test_which_of_low_best_and_high_go_with_a_bound(tmp_path, bound):
    values = {"range": (10, 12, 14), "vague": (200, 500, 999)}.get(bound, (10, 10, 10))
    every = [tuple(value if given else BLANK for value, given in zip(values, kept, strict=True)) for kept in product([0, 1], repeat=3)]  # fmt: skip
    claims = [
        small.claim(
            claim_id=f"paper-2019-07-12-{at:02}", paragraph=at, wording=WORDS.get(bound, "10 people"), bound=bound,
            low=low, best=best, high=high,
        )
        for at, (low, best, high) in enumerate(every, 1)
    ]  # fmt: skip
    counts = [
        small.count(observation_id=f"c-{at:02}", series_id="", bound=bound, low=low, best=best, high=high, url=f"https://example.org/{at}")
        for at, (low, best, high) in enumerate(every, 1)
    ]  # fmt: skip
    dataset = small.dataset(tmp_path, claims=claims, claim_caveats=[], observations=counts)
    for findings, accepted in ((dataset.findings, CLAIMS), (dataset.reference_findings, COUNTS)):
        refused = {finding.line - 2 for finding in findings}
        assert {values for at, values in enumerate(every) if at not in refused} == set(accepted[bound])


SAID = {
    "exact": ["10"], "at_least": ["at least 10"], "about": ["about 10"], "up_to": ["at most 10"],
    "range": ["between 10 and 14", "12 (between 10 and 14)"], "vague": ["between 200 and 999"],
}  # fmt: skip


@pytest.mark.parametrize("bound", codes(BOUNDS))
def test_each_is_said_with_its_bound_whatever_is_blank(bound):
    assert list(dict.fromkeys(Quantity(bound, *values).say() for values in COUNTS[bound])) == SAID[bound]


def test_a_range_between_one_number_is_that_number():
    assert [Quantity("range", 5, best, 5).say() for best in (None, 5)] == ["5", "5"]


def row(bound, low, best, high, **more):
    """Return a claim of killed people in the north, or a published count of the same."""
    return {
        "bound": bound, "low": low, "best": best, "high": high, "wording": "so many", "population_group": "all", "unit": "people",
        "place_id": "north", "by_fire": "all", "indicator": "killed", "measure": "period", "kind": "estimate", "in_text": "the Monitor",
        "organisation_kind": "Monitor", "place_name": "North", "period_start": "2019-02", "period_end": "2019-06", "day": pd.Timestamp(0),
        "word": None, "is_floor": False, "ours": False, "of_incident": False, "run": 1, "relation": "same", "but_for_days": "same",
        "lead": False, "sure": True, "later": False, "crossing": 0, "distance": 0,
    } | more  # fmt: skip


def verdict(claim, *counts):
    """Return what the sentence says after the counts."""
    said = sentence(claim, list(counts)).removesuffix(".")
    return said.partition(" June 2019")[2].strip(" ,;)") if len(counts) == 1 else said.rpartition("; ")[2]


EXACT, FLOOR, CEILING, ABOUT, RANGE = (
    row(*values)
    for values in (
        ("exact", 100, 100, 100), ("at_least", 100, 100, None), ("up_to", None, 100, 100), ("about", None, 100, None),
        ("range", 80, None, 120),
    )
)  # fmt: skip
HOLDS = "which “so many” does not contradict"
ONE_COUNT = [
    # an exact count below, and above
    (EXACT, ("exact", None, 80, None), "20 percent lower than “so many”"),
    (FLOOR, ("exact", 80, 80, 80), "20 percent lower than “so many”"),
    (CEILING, ("exact", 80, 80, 80), HOLDS),
    (RANGE, ("exact", None, 100, None), "“so many” fits it"),
    (RANGE, ("exact", None, 130, None), "“so many” is below it"),
    (FLOOR, ("exact", None, 130, None), f"30 percent higher, {HOLDS}"),
    # a floor
    (EXACT, ("at_least", 80, None, None), HOLDS),
    (EXACT, ("at_least", 100, None, None), "the same number"),
    (EXACT, ("at_least", 260, None, None), "at least 2.6 times “so many”"),
    (EXACT, ("at_least", 130, 130, None), "at least 30 percent higher than “so many”"),
    (FLOOR, ("at_least", 80, 80, None), HOLDS),
    (FLOOR, ("at_least", 130, None, None), HOLDS),
    (CEILING, ("at_least", 80, None, None), HOLDS),
    (CEILING, ("at_least", 130, 130, None), "at least 30 percent higher than “so many”"),
    (RANGE, ("at_least", 50, 50, None), "“so many” fits it"),
    (RANGE, ("at_least", 130, None, None), "“so many” is below it"),
    # a ceiling
    (EXACT, ("up_to", None, None, 120), HOLDS),
    (ABOUT, ("up_to", None, 120, 120), HOLDS),
    (EXACT, ("up_to", None, None, 80), "at least 20 percent lower than “so many”"),
    (EXACT, ("up_to", None, None, 40), "at most 40 percent of “so many”"),
    (FLOOR, ("up_to", None, None, 120), HOLDS),
    (FLOOR, ("up_to", None, 80, 80), "at least 20 percent lower than “so many”"),
    (CEILING, ("up_to", None, None, 120), HOLDS),
    (RANGE, ("up_to", None, None, 100), "“so many” fits it"),
    (RANGE, ("up_to", None, None, 70), "“so many” is above it"),
    # a range, with a best and without: its middle is nobody's number
    (EXACT, ("range", 90, None, 130), "“so many” fits it"),
    (EXACT, ("range", 90, 125, 130), "“so many” fits it"),
    (EXACT, ("range", 5, None, 11), "“so many” is far above it"),
    (FLOOR, ("range", 50, None, 90), "“so many” is above it"),
    (CEILING, ("range", 110, None, 130), "“so many” is below it"),
    (RANGE, ("range", 100, None, 200), "“so many” fits it"),
    # nobody
    (EXACT, ("exact", 0, 0, 0), "“so many” is above it"),
    (row("exact", 0, 0, 0), ("exact", None, 5, None), "“so many” is below it"),
    (row("exact", 0, 0, 0), ("exact", 0, 0, 0), "the same number"),
]


@pytest.mark.parametrize(("claim", "count", "said"), ONE_COUNT)
def test_a_claim_and_a_count_are_set_beside_each_other_by_their_ends(claim, count, said):
    assert verdict(claim, row(*count)) == said


SEVERAL = [
    (EXACT, [("exact", 40, 40, 40), ("range", 0, None, 90), ("exact", 60, 60, 60)], "“so many” is 11 percent above all of them"),
    (row("exact", 80, 80, 80), [("exact", 40, 40, 40), ("range", 0, None, 100), ("exact", 60, 60, 60)], "“so many” lies within"),
    (EXACT, [("exact", 40, 40, 40), ("at_least", 50, None, None), ("exact", 60, 60, 60)], "“so many” does not contradict them"),
    (EXACT, [("up_to", None, None, 80), ("exact", 60, 60, 60)], "“so many” is 25 percent above all of them"),
    (EXACT, [("up_to", None, None, 120), ("exact", 110, 110, 110)], "“so many” does not contradict them"),
    (CEILING, [("exact", 120, 120, 120), ("at_least", 130, None, None)], "“so many” is below all of them"),
    (FLOOR, [("exact", 120, 120, 120), ("at_least", 130, None, None)], "all are higher, which “so many” does not contradict"),
    (EXACT, [("exact", 0, 0, 0), ("up_to", None, None, 0)], "“so many” is above all of them"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "counts", "said"), SEVERAL)
def test_a_claim_lies_above_or_below_several_counts_only_where_none_leaves_room(claim, counts, said):
    publishers = ("the Monitor", "the Post", "the Paper")
    rows = [row(*count, in_text=name) for count, name in zip(counts, publishers, strict=False)]
    assert verdict(claim, *rows) == said


def test_counts_that_share_the_middle_alone_are_not_said_to_have_one_number():
    said = sentence(EXACT, [row("range", 5, None, 11), row("exact", 8, 8, 8, in_text="the Post")])
    assert said == (
        "Published counts run from between 5 and 11 people killed (the Monitor, from February to June 2019); “so many” is far "
        "above all of them."
    )


@pytest.mark.parametrize(
    ("claim", "count", "both_cannot_hold"),
    [
        (EXACT, ("exact", 101, 101, 101), True),
        (EXACT, ("at_least", 101, None, None), True),
        (EXACT, ("range", 101, None, 140), True),
        (EXACT, ("range", 90, 120, 140), False),
        (EXACT, ("up_to", None, None, 500), False),
        (EXACT, ("about", None, 101, None), False),
        (ABOUT, ("exact", 101, 101, 101), False),
        (FLOOR, ("exact", 101, 101, 101), False),
        (CEILING, ("at_least", 101, 101, None), True),
    ],
)
def test_a_claim_below_a_part_is_ruled_out_only_where_both_ends_are_known(claim, count, both_cannot_hold):
    part = row(*count, relation="part", but_for_days="part")
    assert ("both cannot hold" in sentence(claim, [part])) is both_cannot_hold


def test_our_sum_is_no_difference():
    said = sentence(EXACT, [row("at_least", 120, None, None, lead=True, ours=True, measure="stock", period_start=None)])
    assert said == (
        "The Monitor’s own counts add up to at least 120 people killed in June 2019 (our sum), at least 20 percent higher than "
        "“so many”."
    )


def counted(*quantities):
    """Return published counts of one year each, the first cell of which is their bound."""
    rows = pd.DataFrame(quantities, columns=["bound", "low", "best", "high"])
    rows = rows.astype(dict.fromkeys(["low", "best", "high"], "Float64"))
    value = rows["best"].fillna((rows["low"] + rows["high"]) / 2).fillna(rows["low"]).fillna(rows["high"])
    return rows.assign(
        value=value, said=[Quantity.from_row(one).say() for one in rows.to_dict("records")],
        organisation="The Monitor", in_text="the Monitor", day=pd.Timestamp("2019-12-31"), period_end="2019-12-31",
        year=range(2011, 2011 + len(rows)), place_id=[f"p{at}" for at in range(len(rows))], place_name="North",
    )  # fmt: skip


HUNDRED, MORE = ("exact", None, 100, None), ("at_least", 120, None, None)


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ([HUNDRED, MORE], "Most: at least 120 (The Monitor, 31 December 2019)"),
        ([HUNDRED, ("up_to", None, None, 90)], "Most: 100 (The Monitor, 31 December 2019)"),
        ([HUNDRED, ("up_to", None, 500, 500)], "Not known"),
        ([HUNDRED, ("range", 50, None, 150)], "Not known"),
        ([HUNDRED, ("range", 50, 60, 150)], "Most: 100 (The Monitor, 31 December 2019)"),
        ([("up_to", None, None, 90)], "Not known"),
    ],
)
def test_a_ceiling_and_a_range_are_never_the_highest(counts, title):
    assert seen.highest(seen.with_known_highest(counted(*counts)), "Most", "Not known") == title


@pytest.mark.parametrize(
    ("counts", "first"),
    [
        ([MORE, HUNDRED], True),
        ([MORE, ("at_least", 100, None, None)], False),
        ([("up_to", None, None, 500), HUNDRED], False),
        ([HUNDRED, ("up_to", None, 90, 90)], True),
        ([HUNDRED, ("range", 50, None, 110)], False),
        ([("range", 120, None, 130), HUNDRED], True),
        ([HUNDRED, HUNDRED], False),
        ([("up_to", None, None, 500)], True),
    ],
)
def test_one_is_the_largest_only_where_no_other_may_be_larger(counts, first):
    assert seen.first_is_largest(counted(*counts)) is first


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (("exact", None, 300, None), "Deaths were highest in 2013"),
        (("range", 250, 300, 350), "Deaths were highest in 2013"),
        (("range", 250, None, 350), "Deaths by year"),
        (("up_to", None, None, 300), "Deaths by year"),
        (("vague", 200, None, 999), "Deaths by year"),
    ],
)
def test_no_year_is_the_deadliest_by_a_ceiling_a_range_or_a_word(last, title):
    rows = counted(HUNDRED, HUNDRED, last)
    other = counted(HUNDRED, HUNDRED, ("up_to", None, None, 300)).assign(in_text="the Post")
    assert seen.deadliest(seen.with_known_peak(pd.concat([rows, other])), "Deaths by year") == title


@pytest.mark.parametrize(("bound", "split"), [("exact", 4), ("at_least", 0), ("about", 0)])
def test_kinds_are_stacked_only_where_each_is_a_number(bound, split):
    low = 50 if bound == "at_least" else None
    total = counted(HUNDRED, HUNDRED).assign(organisation_id="monitor")
    parts = pd.concat(
        [counted((bound, low, 50, None), (bound, low, 50, None)).assign(series_id=name) for name in ("a", "b")]
    )
    parts = parts.assign(measure="period", event_id=None, part_of="total", organisation_id="monitor")
    year = parts["year"].astype("str")
    days = {"start_first": pd.to_datetime(year + "-01-01"), "end_last": pd.to_datetime(year + "-12-31")}
    parts = parts.assign(period_start=year, period_end=year, published_day=pd.NaT, **days)
    assert len(by_year.kinds(parts, total)) == split
