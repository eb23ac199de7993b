"""Words, choosing and order: what readers see of a claim, and which claims they see."""

import pandas as pd
import pytest

from analysis import order, selection, words
from analysis.counts import published_counts
from analysis.events import with_numbers
from analysis.view import claims_view
from tests.support import small


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return small.dataset(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return the small record with published counts, places that are spelt in many ways, and a note on an organisation."""
    monitor = small.organisation("monitor", "The Monitor", "monitor", note="Has an office in London.")
    return small.dataset(
        tmp_path_factory.mktemp("published"),
        places=SPELT,
        organisations=[monitor, *small.ROWS["organisations"][1:]],
        **small.PUBLISHED,
    )


@pytest.fixture
def view(dataset):
    return claims_view(dataset)


def wordings(rows):
    return rows["wording"].tolist()


@pytest.mark.parametrize(
    ("date", "said"), [("2019", "2019"), ("2019-07", "July 2019"), ("2019-06-22", "22 June 2019"), (None, "not known")]
)
def test_a_date_is_said_as_precisely_as_it_is_known(date, said):
    assert words.date(date) == said


@pytest.mark.parametrize(
    ("start", "end", "measure", "said"),
    [
        (None, "2018-01-07", "stock", "at 7 January 2018"),
        ("2011-03", "2019-07", "cumulative", "March 2011 to July 2019, since the war began"),
        (None, "2019-07", "incident", "until July 2019 (start not given)"),
        ("2017", "2017", "incident", "2017"),
        ("2019-02", "2019-07", "period", "February 2019 to July 2019"),
    ],
)
def test_a_period_says_whether_it_is_a_state_an_event_or_an_accumulation(start, end, measure, said):
    assert words.period(start, end, measure) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(900, "900"), (200000, "200,000"), (11000000, "11 million"), (1500000, "1.5 million"), (1234567, "1,234,567")],
)
def test_only_exact_millions_are_shortened(value, said):
    assert words.number(value) == said


def test_the_source_line_names_each_publisher_once_with_its_years(view):
    assert words.source_line(view) == "The Paper (2019); The Post (2020)"


def test_the_view_says_who_said_a_number_apart_from_who_printed_it(view):
    first = view.iloc[0]
    assert (first["said_by"], first["printed"]) == ("The Monitor", "The Paper, July 2019, paragraph 3")
    assert view["caveats"].isna().tolist() == [True, True, False]


def test_a_vague_word_is_drawn_in_the_geometric_middle_and_has_no_best(view):
    last = view.iloc[2]
    assert pd.isna(last["best"])
    assert last["value"] == pytest.approx((200 * 999) ** 0.5)


def test_the_labels_of_the_filters_are_a_public_interface(dataset, view):
    assert selection.options(dataset, view) == {
        "source": {"paper-2019-07-12": "Paper 2019", "post-2020-01-05": "Post 2020"},
        "year": {"2019": "2019", "2020": "2020"},
        "indicator": {"killed": "Killed", "displaced": "Displaced"},
        "group": {"all": "All people"},
        "place": {"north": "North", "syria": "Syria", "town": "Town"},
        "attributed": {"monitor": "The Monitor", "post": "The Post"},
    }


def test_the_names_of_the_filters_never_change():
    assert list(selection.COLUMNS) == ["source", "year", "indicator", "group", "place", "attributed"]


CHOICES = [
    ({}, ["900 people", "20 deaths", "hundreds of families"]),
    ({"source": ["post-2020-01-05"]}, ["hundreds of families"]),
    ({"source": ["post-2020-01-05", "paper-2019-07-12"]}, ["900 people", "20 deaths", "hundreds of families"]),
    ({"source": ["post-2020-01-05"], "year": ["2019"]}, []),
    ({"place": ["north"]}, ["900 people", "20 deaths", "hundreds of families"]),
    ({"place": ["town"]}, ["hundreds of families"]),
    ({"year": ["2019"], "attributed": ["monitor"]}, ["900 people", "20 deaths"]),
    ({"year": ["not known"]}, []),
]


@pytest.mark.parametrize(("choice", "left"), CHOICES)
def test_within_a_filter_or_between_filters_and_a_place_includes_places_within(dataset, view, choice, left):
    assert wordings(selection.select(view, choice, dataset)) == left


def test_a_blank_date_and_a_blank_place_are_chosen_as_not_known(tmp_path):
    dataset = small.dataset(tmp_path, claims=[small.claim(period_end="", place_id="")], claim_caveats=[])
    view = claims_view(dataset)
    assert selection.options(dataset, view)["year"] == {"not known": "not known"}
    assert selection.options(dataset, view)["place"] == {"not known": "not known"}
    for choice in ({"year": ["not known"]}, {"place": ["not known"]}):
        assert len(selection.select(view, choice, dataset)) == 1


ALL = ["900 people", "20 deaths", "hundreds of families"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("february", ["900 people"]),
        ("MONITOR week", ["20 deaths"]),
        ("north", ALL),
        ("town", ["hundreds of families"]),
        ("سوريا", ALL),
        ("KILLED monitors", ["900 people", "20 deaths"]),
        ("displaced persons", ["hundreds of families"]),
        ("January 2020", ["hundreds of families"]),
        ("2020 killed", []),
        ("2014", []),
        ("refugee", []),
        ("[", []),
        ("", ALL),
        ("'", ALL),
    ],
)
def test_search_needs_every_word_somewhere_in_a_claim(dataset, view, text, left):
    assert wordings(selection.search(view, text, dataset)) == left


SPELT = [
    *small.ROWS["places"][:2],
    small.place("town", "town", "north", name="Dar'a al-Bálad", name_ocha="Daraa Town", name_ar="أبو درعا"),
]


@pytest.mark.parametrize(
    "text", ["Daraa", "dar'a", "Dar’a town", "balad", "BÁLAD", "أبو", "ابو درعا", "سوريا درعا", "town north"]
)
def test_a_place_is_found_in_every_spelling_and_by_the_places_around_it(published, text):
    assert wordings(selection.search(claims_view(published), text, published)) == ["hundreds of families"]


def test_refugees_are_found_by_their_label_and_what_only_a_definition_mentions_comes_last(tmp_path):
    refugees = {"indicator": "refugees", "measure": "stock", "period_start": ""}
    dataset = small.dataset(
        tmp_path,
        claims=[small.claim(**refugees, wording="900 people", summary="Who went.")],
        claim_caveats=[],
        series=[
            small.series(title="Abroad"),
            small.series(series_id="s-2", definition="No refugees."),
            small.series(series_id="s-3", title="More deaths"),
        ],
        observations=[
            small.count(**refugees, by_fire="", period_end="2014-12-31"),
            small.count(observation_id="s-2-01", series_id="s-2"),
            small.count(observation_id="s-3-01", series_id="s-3", period_end="2020"),
        ],
    )
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    for text in ("refugee", "Refugees"):
        assert wordings(selection.search(claims_view(dataset), text, dataset)) == ["900 people"]
        assert selection.search_counts(dataset, text)["observation_id"].tolist() == ["s-1-01", "s-2-01"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("monitor deaths", ["s-1-02", "s-1-01"]),
        ("2020", ["s-1-02"]),
        ("March 2019 syria", ["s-1-01"]),
        ("سوريا", ["s-1-02", "s-1-01"]),
        ("documented page", ["s-1-02", "s-1-01"]),
        ("post", []),
        ("north", []),
    ],
)
def test_search_finds_published_counts_the_newest_first(published, text, found):
    assert selection.search_counts(published, text)["observation_id"].tolist() == found


def test_search_finds_no_count_that_is_ours_and_none_where_there_are_none(dataset, tmp_path):
    assert selection.search_counts(dataset, "deaths").empty
    cells = {"measure": "stock", "by_fire": "", "period_start": "", "period_end": "2014-12-31"}
    dataset = small.dataset(
        tmp_path / "sums",
        series=[small.series(), small.series(series_id="s-2", title="Others", adds_to="s-1")],
        observations=[
            small.count(**cells, indicator="refugees"),
            small.count(**cells, indicator="idps", observation_id="s-2-01", series_id="s-2"),
        ],
    )
    assert published_counts(dataset)["ours"].tolist() == [True, False, False]
    assert sorted(selection.search_counts(dataset, "monitor")["observation_id"]) == ["s-1-01", "s-2-01"]


@pytest.mark.parametrize(("text", "found"), [("the pàper", ["paper"]), ("LONDON offices", ["monitor"]), ("nobody", [])])
def test_search_finds_organisations_by_name_and_note(published, text, found):
    assert selection.search_organisations(published, text)["organisation_id"].tolist() == found


def test_claims_stand_under_their_event_and_totals_before_them(tmp_path):
    total = small.claim(
        claim_id="paper-2019-07-12-00",
        wording="5,000 dead",
        low=5000,
        best=5000,
        high=5000,
        measure="cumulative",
        period_start="2011-03",
    )
    dataset = small.dataset(tmp_path, claims=[total, *small.ROWS["claims"][:2]], claim_caveats=[])
    arranged = order.by_event(claims_view(dataset))
    assert arranged[["heading", "wording"]].to_numpy().tolist() == [
        ["Whole war, to July 2019", "5,000 dead"],
        ["No named event", "900 people"],
        ["Raid of 2019", "20 deaths"],
    ]


def test_an_event_takes_in_the_claims_of_the_events_within_it_and_not_the_other_way(tmp_path):
    events = [
        small.event(within="front-2019"),
        small.event(event_id="front-2019", name="Front of 2019", within="war-2019", period_end="2019-08"),
        small.event(event_id="war-2019", name="War of 2019", period_end="2019-12"),
        small.event(event_id="other-2019", name="Other of 2019"),
    ]
    claims = [
        small.claim(claim_id=f"paper-2019-07-12-0{at}", event_id=event)
        for at, event in enumerate(["front-2019", "raid-2019", "other-2019", ""], start=1)
    ]
    dataset = small.dataset(tmp_path, events=events, claims=claims, claim_caveats=[])
    view = claims_view(dataset)
    front, raid, other, _ = view["claim_id"]
    counted = with_numbers(dataset.table("events"), view, published_counts(dataset))
    assert counted.set_index("name")["claims"].to_dict() == {
        "Front of 2019": 2, "War of 2019": 2, "Other of 2019": 1, "Raid of 2019": 1,
    }  # fmt: skip
    chosen = {
        event: selection.select(view, {"event": [event]}, dataset)["claim_id"].tolist()
        for event in dataset.table("events")["event_id"]
    }
    assert chosen == {
        "raid-2019": [raid], "front-2019": [front, raid], "war-2019": [front, raid], "other-2019": [other],
    }  # fmt: skip


def test_in_an_event_civilians_stand_first_then_women_and_children_then_all_people_then_others(tmp_path):
    groups = {"all": 90, "pro_government": 80, "women": 3, "civilians": 20, "children": 7}
    claims = [
        small.claim(claim_id=f"paper-2019-07-12-0{at}", population_group=group, low=number, best=number, high=number)
        for at, (group, number) in enumerate(groups.items(), start=1)
    ]
    arranged = order.by_event(claims_view(small.dataset(tmp_path, claims=claims, claim_caveats=[])))
    assert arranged["population_group"].tolist() == ["civilians", "children", "women", "all", "pro_government"]
