"""Each rule of the codebook finds its violation, at its line and column, and nothing else."""

import pandas as pd
import pytest

import validation.column_findings
from tests.support import small
from validation import Finding, numbers
from validation.column_findings import column_findings
from validation.models import SCHEMAS
from validation.reading import NUMBERS

FIRST = "paper-2019-07-12-01"


def found(folder, **changed):
    return small.places_of(small.dataset(folder, **changed).findings)


def one_claim(folder, **cells):
    """Load a record with one claim, the first, changed."""
    return found(folder, claims=[small.claim(**cells)], claim_caveats=[])


def test_the_small_tables_are_clean(tmp_path):
    assert small.dataset(tmp_path).findings == ()


CLAIM_FAULTS = {
    "source unknown": ({"source_id": "nobody-2019", "claim_id": "nobody-2019-01"}, "source_id", "references.resolve"),
    "place unknown": ({"place_id": "atlantis"}, "place_id", "references.resolve"),
    "event unknown": ({"event_id": "nothing"}, "event_id", "references.resolve"),
    "organisation unknown": ({"attributed_to": "nobody"}, "attributed_to", "references.resolve"),
    "via unknown": ({"via": "nobody"}, "via", "references.resolve"),
    "whole unknown": ({"part_of": "paper-2019-07-12-99"}, "part_of", "references.resolve"),
    "id of another source": ({"claim_id": "post-2020-01-05-01"}, "claim_id", "claims.id"),
    "no source": ({"source_id": ""}, "source_id", "column.not_nullable"),
    "no attribution": ({"attributed_to": ""}, "attributed_to", "column.not_nullable"),
    "paragraph zero": ({"paragraph": "0"}, "paragraph", "column.greater_than_or_equal_to"),
    "indicator unknown": ({"indicator": "dead"}, "indicator", "column.isin"),
    "group unknown": ({"population_group": "people"}, "population_group", "column.isin"),
    "unit unknown": ({"unit": "households"}, "unit", "column.isin"),
    "bound unknown": ({"bound": "roughly"}, "bound", "column.isin"),
    "nine words": ({"wording": "one two three four five six seven eight nine"}, "wording", "claims.wording_short"),
    "no number word": ({"wording": "people were killed"}, "wording", "claims.wording_number"),
    "exact with another low": ({"low": "800"}, "best", "claims.bound"),
    "exact with another high": ({"high": "1000"}, "high", "claims.bound"),
    "exact without high": ({"high": ""}, "high", "claims.bound"),
    "at least with a high": ({"bound": "at_least"}, "high", "claims.bound"),
    "up to with a low": ({"bound": "up_to"}, "low", "claims.bound"),
    "range the wrong way": ({"bound": "range", "best": "", "low": "900", "high": "800"}, "high", "claims.bound"),
    "date of another form": ({"period_end": "07/2019"}, "period_end", "column.str_matches"),
    "a day that is not": ({"period_start": "2019-02-30"}, "period_start", "dates.calendar"),
    "period backwards": ({"period_start": "2019-08"}, "period_end", "periods.order"),
    "total without start": ({"measure": "cumulative", "period_start": ""}, "period_start", "claims.measure"),
    "period without start and caveat": ({"period_start": ""}, "claim_id", "claims.caveat"),
    "stock with a start": ({"indicator": "idps", "measure": "stock"}, "period_start", "claims.measure"),
    "population over a period": ({"indicator": "population"}, "measure", "claims.measure"),
    "killed as a stock": ({"measure": "stock", "period_start": ""}, "measure", "claims.measure"),
    "displaced total without caveat": (
        {"indicator": "displaced", "measure": "cumulative", "period_start": "2011-03"}, "claim_id", "claims.caveat",
    ),
    "vague without a word": ({"bound": "vague", "best": "", "low": "200", "high": "999"}, "wording", "claims.vague"),
    "vague with other bounds": (
        {"wording": "hundreds", "bound": "vague", "best": "", "low": "300", "high": "999"}, "low", "claims.vague",
    ),
    "longest vague word counts": (
        {"wording": "tens of thousands", "bound": "vague", "best": "", "low": "20000", "high": "9999"},
        "high", ("claims.bound", "claims.vague"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "rule"), CLAIM_FAULTS.values(), ids=CLAIM_FAULTS)
def test_a_claim_that_breaks_a_rule_is_found(tmp_path, cells, column, rule):
    rules = [rule] if isinstance(rule, str) else list(rule)
    places = one_claim(tmp_path, **cells)
    expected = [("claims.csv", 2, column, each) for each in rules]
    assert [place for place in places if place[3] in rules] == expected
    assert {place[3] for place in places} <= {*rules, "periods.published"}


def test_a_period_after_publication_is_found(tmp_path):
    assert one_claim(tmp_path, period_end="2019-08") == [("claims.csv", 2, "period_end", "periods.published")]


@pytest.mark.parametrize("end", ["2019-07-07", "2019-07-31", "2019", "2019-07"])
def test_dates_are_intervals_so_a_day_of_the_month_of_publication_is_not_after_it(tmp_path, end):
    assert one_claim(tmp_path, period_end=end) == []


def parts(folder, **cells):
    part = small.claim(**({"claim_id": "paper-2019-07-12-02", "part_of": FIRST, "wording": "20 deaths"} | cells))
    return found(folder, claims=[small.claim(), part], claim_caveats=[])


PART_FAULTS = {
    "larger than its whole": {"low": "901", "best": "901", "high": "901"},
    "another unit": {"unit": "families"},
    "another indicator": {"indicator": "injured"},
    "displaced in killed": {"indicator": "displaced"},
}


@pytest.mark.parametrize("cells", PART_FAULTS.values(), ids=PART_FAULTS)
def test_a_part_that_its_whole_cannot_contain_is_found(tmp_path, cells):
    assert parts(tmp_path, **cells) == [("claims.csv", 3, "part_of", "claims.part_of")]


def test_a_part_of_a_narrower_group_is_found(tmp_path):
    whole = small.claim(population_group="children")
    part = small.claim(claim_id="paper-2019-07-12-02", part_of=FIRST, population_group="civilians")
    places = found(tmp_path, claims=[whole, part], claim_caveats=[])
    assert places == [("claims.csv", 3, "part_of", "claims.part_of")]


@pytest.mark.parametrize("group", ["civilians", "children", "opposition_fighters", "civilians_and_fighters"])
def test_every_group_may_be_part_of_all_people(tmp_path, group):
    assert parts(tmp_path, population_group=group) == []


def test_a_part_of_another_report_is_found(tmp_path):
    other = small.ROWS["claims"][2].replace("families,vague", "people,vague").replace(",post,,,", f",post,,{FIRST},")
    other = other.replace("displaced", "killed").replace(",,2020-01,", ",,2019-07,")
    places = found(tmp_path, claims=[small.ROWS["claims"][0], other])
    assert places == [("claims.csv", 3, "part_of", "claims.part_of")]


@pytest.mark.parametrize(
    "cells", [{"period_start": "2019-01"}, {"period_start": "", "period_end": "2019-08", "measure": "incident"}]
)
def test_a_part_whose_period_is_not_within_that_of_its_whole_is_found(tmp_path, cells):
    assert ("claims.csv", 3, "part_of", "claims.part_of") in parts(tmp_path, **cells)


OF_OTHER_DAYS = {
    "ends before the whole begins": ({}, {"period_start": "", "period_end": "2019-01-31", "measure": "incident"}),
    "begins after the whole ends": ({"period_end": "2019-05"}, {"period_start": "2019-06", "period_end": ""}),
    "a state of another day": (
        {"indicator": "idps", "measure": "stock", "period_start": ""},
        {"indicator": "idps", "measure": "stock", "period_start": "", "period_end": "2019-06-30"},
    ),
    "weeks within a day": (
        {"measure": "incident", "period_start": "", "period_end": "2019-07"}, {"period_start": "2019-02", "period_end": "2019-07"},
    ),
    "a total within a day": (
        {"measure": "incident", "period_start": "", "period_end": "2019-07"}, {"measure": "cumulative", "period_start": "2011-03"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("whole", "part"), OF_OTHER_DAYS.values(), ids=OF_OTHER_DAYS)
def test_a_part_of_other_days_than_its_whole_is_found(tmp_path, whole, part):
    part = {"claim_id": "paper-2019-07-12-02", "part_of": FIRST, "wording": "20 deaths"} | part
    places = found(tmp_path, claims=[small.claim(**whole), small.claim(**part)], claim_caveats=[])
    assert places == [("claims.csv", 3, "part_of", "claims.part_of")]


def test_a_part_whose_days_may_be_those_of_its_whole_is_none_of_another_time(tmp_path):
    state = {"indicator": "idps", "measure": "stock", "period_start": ""}
    part = {"claim_id": "paper-2019-07-12-02", "part_of": FIRST, "wording": "20 deaths"}
    alike = [small.claim(**state), small.claim(**(state | part | {"period_end": "2019-07-12"}))]
    assert found(tmp_path / "a day of its month", claims=alike, claim_caveats=[]) == []
    open_start = {"measure": "incident", "period_start": ""}
    assert parts(tmp_path / "a start not given", **open_start, period_end="2019-02") == []


GROUND = sorted(
    [
        small.place("border", "region", "syria", spans="east; west"),
        small.place("east", "governorate", "syria"),
        small.place("half", "region", "north"),
        small.place("haven", "country"),
        *small.ROWS["places"][:2],
        small.place("parts", "region", "north", spans="east; west"),
        *small.ROWS["places"][2:],
        small.place("village", "town", "east"),
        small.place("west", "governorate", "syria"),
    ]
)


@pytest.mark.parametrize(
    ("whole", "part", "fits"),
    [
        ("north", "town", True),
        ("north", "syria", False),
        ("north", "east", False),
        ("east", "west", False),
        ("east", "village", True),
        ("west", "village", False),
        ("town", "village", False),
        ("border", "village", True),
        ("border", "east", False),
        ("border", "town", False),
        ("east", "border", False),
        ("syria", "border", True),
        ("north", "parts", True),
        ("border", "parts", True),
        ("half", "north", False),
        ("syria", "haven", False),
        ("haven", "syria", False),
    ],
)
def test_a_part_lies_in_the_place_of_its_whole_or_may_lie_there(tmp_path, whole, part, fits):
    rows = [small.claim(place_id=whole), small.claim(claim_id="paper-2019-07-12-02", part_of=FIRST, wording="20 deaths", place_id=part)]  # fmt: skip
    places = found(tmp_path, claims=rows, claim_caveats=[], places=GROUND)
    assert places == ([] if fits else [("claims.csv", 3, "part_of", "claims.part_place")])


def test_refugees_counted_abroad_may_be_part_of_the_displaced_of_the_country(tmp_path):
    state = {"indicator": "displaced", "measure": "stock", "period_start": "", "place_id": "syria"}
    part = {"claim_id": "paper-2019-07-12-02", "part_of": FIRST, "wording": "20 deaths", "place_id": "haven"}
    for indicator, expected in (("refugees", []), ("idps", [("claims.csv", 3, "part_of", "claims.part_place")])):
        rows = [small.claim(**state), small.claim(**(state | part | {"indicator": indicator}))]
        assert found(tmp_path / indicator, claims=rows, claim_caveats=[], places=GROUND) == expected


LEVELS = {
    "a country within a country": [("north", "country", "syria")],
    "a governorate within a province": [("north", "province", "syria"), ("shire", "governorate", "north")],
    "a governorate within a district": [("north", "district", "syria"), ("shire", "governorate", "north")],
    "a governorate in a region of another": [
        ("north", "governorate", "syria"), ("part", "region", "north"), ("shire", "governorate", "part"),
    ],
    "a town in an area of a town": [("north", "region", "syria"), ("quarter", "area", "town"), ("suburb", "town", "quarter")],
}  # fmt: skip


@pytest.mark.parametrize("given", LEVELS.values(), ids=LEVELS)
def test_a_place_within_one_that_is_no_wider_is_found(tmp_path, given):
    rows = sorted([*(small.place(*each) for each in given), *small.ROWS["places"][1:]])
    line = 2 + next(at for at, row in enumerate(rows) if row.startswith(given[-1][0] + ","))
    assert found(tmp_path, places=rows) == [("places.csv", line, "within", "places.kind")]


def test_an_event_of_other_days_or_on_other_ground_than_the_larger_one_is_found(tmp_path):
    def within(name, raid, siege):
        rows = [small.event(**({"within": "siege"} | raid)), small.event(**({"event_id": "siege", "name": "Siege"} | siege))]  # fmt: skip
        return found(tmp_path / name, events=rows, places=GROUND)

    found_at_once = [("events.csv", 2, "within", "events.part")]
    assert within("same", {}, {}) == []
    assert within("later", {}, {"period_start": "2019-06-23", "period_end": "2019-07"}) == found_at_once
    assert within("earlier", {}, {"period_start": "2019-01", "period_end": "2019-06-21"}) == found_at_once
    assert within("longer", {"period_end": "2019-07"}, {"period_end": "2019-06"}) == found_at_once
    assert within("the month", {}, {"period_start": "2019-06", "period_end": "2019-06"}) == []
    assert within("elsewhere", {"place_id": "village"}, {"place_id": "west"}) == found_at_once
    assert within("spanned", {"place_id": "village"}, {"place_id": "border"}) == []
    assert within("no place", {"place_id": ""}, {"place_id": "west"}) == []


def test_a_total_since_the_war_began_that_begins_on_another_day_is_found(tmp_path):
    assert one_claim(tmp_path, measure="cumulative", period_start="2011") == []
    assert one_claim(tmp_path, measure="cumulative", period_start="2011-04") == [
        ("claims.csv", 2, "period_start", "about.began")
    ]


def test_claims_that_are_part_of_each_other_are_found(tmp_path):
    one = small.claim(part_of="paper-2019-07-12-02")
    two = small.claim(claim_id="paper-2019-07-12-02", part_of=FIRST, wording="20 deaths")
    places = found(tmp_path, claims=[one, two], claim_caveats=[])
    assert places == [("claims.csv", line, "part_of", "claims.part_of") for line in (2, 3)]


@pytest.mark.parametrize(
    ("table", "rows", "expected"),
    [
        ("claims", [1, 0, 2], [("claims.csv", 3, "claim_id", "rows.sorted")]),
        (
            "claims",
            [0, 0, 1, 2],
            [
                *(("claims.csv", line, "claim_id", "column.field_uniqueness") for line in (2, 3)),
                ("claims.csv", 3, "wording", "claims.twice"),
            ],
        ),
        ("claim_caveats", [0, 0], [("claim_caveats.csv", 3, "claim_id", "rows.unique")]),
    ],
)
def test_rows_are_sorted_and_unique(tmp_path, table, rows, expected):
    given = small.ROWS[table]
    assert found(tmp_path, **{table: [given[row] for row in rows]}) == expected


def test_the_same_words_of_a_paragraph_are_one_claim(tmp_path):
    twice = small.claim(claim_id="paper-2019-07-12-02")
    assert found(tmp_path, claims=[small.claim(), twice], claim_caveats=[]) == [
        ("claims.csv", 3, "wording", "claims.twice")
    ]


@pytest.mark.parametrize("words", ["900 people had", "some 900 people", "that 900 people were", "at least 900 people"])
def test_words_around_the_words_of_a_claim_are_no_other_claim(tmp_path, words):
    bound = {"some": {"bound": "about", "low": "", "high": ""}, "at": {"bound": "at_least", "high": ""}}
    longer = small.claim(claim_id="paper-2019-07-12-02", wording=words, **bound.get(words.split()[0], {}))
    assert found(tmp_path, claims=[small.claim(), longer], claim_caveats=[]) == [
        ("claims.csv", 3, "wording", "claims.twice")
    ]


OTHER_NUMBERS = {
    "a number that holds it": {"wording": "1,900 people", "low": 1900, "best": 1900, "high": 1900},
    "another number beside it": {"wording": "900 people and 20", "low": 20, "best": 20, "high": 20},
    "another paragraph": {"paragraph": 4, "wording": "900 people had", "place_id": "town"},
    "another thing that happened to them": {"wording": "900 people had", "indicator": "detained"},
}


@pytest.mark.parametrize("cells", OTHER_NUMBERS.values(), ids=OTHER_NUMBERS)
def test_words_of_another_number_are_another_claim(tmp_path, cells):
    other = small.claim(claim_id="paper-2019-07-12-02", **cells)
    assert found(tmp_path, claims=[small.claim(), other], claim_caveats=[]) == []


def test_words_around_those_of_its_whole_are_a_part_that_the_tables_may_hold(tmp_path):
    part = small.claim(claim_id="paper-2019-07-12-02", wording="900 people had", part_of=FIRST)
    assert found(tmp_path, claims=[small.claim(), part], claim_caveats=[]) == []


def test_a_text_under_two_reports_is_found(tmp_path):
    rows = [small.source(text_sha256="a" * 64), small.source(source_id="post-2020", short_name="Post", text_sha256="a" * 64)]  # fmt: skip
    assert found(tmp_path, sources=rows, claims=[], claim_caveats=[]) == [
        ("sources.csv", line, "text_sha256", "column.field_uniqueness") for line in (2, 3)
    ]


def test_a_blank_claim_id_is_one_finding_and_no_flood(tmp_path):
    places = found(tmp_path, claims=[small.claim(claim_id=""), *small.ROWS["claims"][2:]])
    assert places == [("claims.csv", 2, "claim_id", "column.not_nullable")]


def test_a_row_that_stands_twice_is_found_in_every_table(tmp_path):
    rows = small.ROWS | small.PUBLISHED
    for name, of in rows.items():
        dataset = small.dataset(tmp_path / name, **(rows | {name: [of[0], *of]}))
        found = {(each.file, each.line, each.rule) for each in (*dataset.findings, *dataset.reference_findings)}
        twice = {(f"{name}.csv", line, rule) for line in (2, 3) for rule in ("rows.unique", "column.field_uniqueness")}
        assert found & twice, name


@pytest.mark.parametrize("word", ["(", "[a", "hundreds|", "a\\"])
def test_a_quantity_in_words_that_is_a_pattern_of_a_program_is_a_bad_word_and_nothing_else(tmp_path, word):
    quantities = sorted([*small.ROWS["vague_quantities"], f"{word},1,2"])
    line = quantities.index(f"{word},1,2") + 2
    assert found(tmp_path, vague_quantities=quantities) == [
        ("vague_quantities.csv", line, "word", "column.str_matches")
    ]


@pytest.mark.parametrize("word", ["9" * 400, "b" * 16_000, "9," * 8_000], ids=["a number", "a word", "many numbers"])
def test_a_wording_without_end_is_found_and_no_number_is_read_of_it(tmp_path, monkeypatch, word):
    read, mentions = [], numbers.mentions
    monkeypatch.setattr(numbers, "mentions", lambda text, vague: read.append(len(text)) or mentions(text, vague))
    rows = {"claims": [small.claim(wording=word)], "claim_caveats": []}
    assert found(tmp_path, dismissed=[f'post-2020-01-05,1,"{word}",date,'], **rows) == [
        (f"{name}.csv", 2, "wording", f"{name}.wording_long") for name in ("claims", "dismissed")
    ]
    assert max(read) <= 120


def test_a_vague_wording_without_end_is_found_once(tmp_path):
    cells = {"wording": "b" * 121, "bound": "vague", "best": "", "low": "200", "high": "999"}
    assert one_claim(tmp_path, **cells) == [("claims.csv", 2, "wording", "claims.wording_long")]
    cells["wording"] = "hundreds" + "b" * 112
    assert {place[3] for place in one_claim(tmp_path, **cells)} == {"claims.vague", "claims.wording_number"}


def test_two_sources_with_one_label_are_found(tmp_path):
    rows = [small.ROWS["sources"][0], small.ROWS["sources"][1].replace("Post 2020", "Paper 2019")]
    places = found(tmp_path, sources=rows)
    assert places == [("sources.csv", line, "short_name", "column.field_uniqueness") for line in (2, 3)]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://example.org/a", "//example.org", "http://", "https://a b.org"]
)
def test_an_address_that_is_not_of_the_web_is_found(tmp_path, address):
    rows = [small.ROWS["sources"][0].replace("https://example.org/a", address), small.ROWS["sources"][1]]
    assert found(tmp_path, sources=rows) == [("sources.csv", 2, "url", "column.str_matches")]


def test_places_that_contain_each_other_are_found(tmp_path):
    rows = [
        small.place("north", "region", "syria"),
        small.place("syria", "country", "north"),
        small.place("town", "town", "north"),
    ]
    assert found(tmp_path, places=rows) == [("places.csv", line, "within", "places.within") for line in (2, 3)]


def test_events_that_contain_each_other_are_found(tmp_path):
    rows = [small.event(within="siege"), small.event(event_id="siege", name="Siege", within="raid-2019")]
    assert found(tmp_path, events=rows) == [("events.csv", line, "within", "events.within") for line in (2, 3)]


def test_an_event_may_lie_within_a_larger_one_that_is_there(tmp_path):
    siege = small.event(event_id="siege", name="Siege", period_start="2019-02")
    assert found(tmp_path, events=[small.event(within="siege"), siege]) == []
    assert found(tmp_path / "alone", events=[small.event(within="siege")]) == [
        ("events.csv", 2, "within", "references.resolve")
    ]


AREAS = {
    "east": small.place("east", "governorate", "syria"),
    "west": small.place("west", "governorate", "syria"),
}


@pytest.mark.parametrize(
    "spans", ["east; nowhere", "east;west", "east", "east; east", "east; town", "north; south", "east; ; west"]
)
def test_a_place_spans_nothing_but_two_or_more_areas_of_one_level(tmp_path, spans):
    rows = [small.place("across", "region", "syria", spans=spans), AREAS["east"], *small.ROWS["places"][:1]]
    rows += [small.place("south", "region", "syria"), *small.ROWS["places"][1:], AREAS["west"]]
    assert found(tmp_path, places=rows) == [("places.csv", 2, "spans", "places.spans")]


def test_a_place_may_span_two_areas_of_one_level(tmp_path):
    rows = [
        small.place("across", "region", "syria", spans="east; west"),
        AREAS["east"],
        *small.ROWS["places"],
        AREAS["west"],
    ]
    assert found(tmp_path, places=rows) == []


def test_a_claim_says_by_whose_fire_in_a_known_code_or_not_at_all(tmp_path):
    assert one_claim(tmp_path, by_fire="somebody") == [("claims.csv", 2, "by_fire", "column.isin")]
    assert one_claim(tmp_path / "known", by_fire="government") == []


def test_a_party_that_speaks_of_losses_without_the_caveat_is_found(tmp_path):
    armed = [small.organisation("monitor", "The Monitor", "party_to_conflict"), *small.ROWS["organisations"][1:]]
    claims = [small.claim(population_group="pro_government")]
    places = found(tmp_path, organisations=armed, claims=claims, claim_caveats=[])
    assert places == []
    words = [*small.ROWS["caveats"], "word_of_a_side,Word of a side,A side on the other.,,enemy_losses"]
    places = found(tmp_path / "needed", organisations=armed, claims=claims, claim_caveats=[], caveats=words)
    assert places == [("claims.csv", 2, "claim_id", "claims.caveat")]


@pytest.mark.parametrize(
    ("kind", "within"), [("governorate", "syria"), ("province", "syria"), ("region", "haven"), ("region", "far")]
)
def test_a_place_spans_no_others_of_its_level_and_none_outside_what_contains_it(tmp_path, kind, within):
    rows = [
        small.place("across", kind, within, spans="east; west"),
        AREAS["east"],
        small.place("far", "governorate", "syria"),
        small.place("haven", "country"),
        *small.ROWS["places"],
        AREAS["west"],
    ]
    assert found(tmp_path, places=rows) == [("places.csv", 2, "spans", "places.spans")]


def test_half_a_position_is_found(tmp_path):
    rows = [*small.ROWS["places"][:2], small.place("town", "town", "north", latitude=35.5)]
    assert found(tmp_path, places=rows) == [("places.csv", 4, "latitude", "places.position")]


def test_a_change_of_no_table_is_found(tmp_path):
    assert found(tmp_path, changes=["2026-01-01,nothing,,First,,,Begin"]) == [
        ("changes.csv", 2, "table", "changes.table")
    ]


def test_a_cell_with_two_faults_of_form_is_reported_once(tmp_path):
    assert found(tmp_path, vague_quantities=["hundreds,x,999", "tens of thousands,20000,99999"]) == [
        ("vague_quantities.csv", 2, "low", "cell.number")
    ]


def test_rules_that_need_a_broken_table_are_named_and_not_counted(tmp_path):
    whole = small.dataset(tmp_path / "whole")
    small.write(tmp_path / "broken")
    (tmp_path / "broken" / "sources.csv").write_text("not a table", encoding="utf-8")
    broken = small.load(tmp_path / "broken")
    assert "periods.published (claims, sources)" in broken.skipped
    assert broken.checks < whole.checks
    assert whole.skipped == ()


def test_a_rule_tells_its_first_faults_and_counts_the_rest(tmp_path):
    caveats = [
        f"{'ab'[n % 2]}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{chr(97 + n // 676)},Label {n},=1,,"
        for n in range(450)
    ]
    found = [
        finding
        for finding in small.dataset(tmp_path, caveats=sorted(caveats)).findings
        if finding.rule == "cell.formula"
    ]
    assert [finding.line for finding in found] == [*range(2, 202), 201]
    assert {finding.problem for finding in found} == {
        "“=1” begins like a spreadsheet formula",
        "250 more lines have the same fault",
    }


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_check_of_every_column_says_what_is_wrong_and_what_to_do(table):
    columns = SCHEMAS[table].columns
    checks = [
        (name, kind)
        for name, described in columns.items()
        for kind in [*(check.name for check in described.checks), *(["not_nullable"] * (not described.nullable))]
    ]
    kinds = {name: str(described.dtype) for name, described in columns.items()}

    def value(column, kind):
        if kind in ("isin", "str_matches"):
            return 999 if kinds[column] in NUMBERS else "zz" if kind == "isin" else "?"
        return None if kind == "not_nullable" else -1000

    lines = range(2, len(checks) + 2)
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [value(*check) if check[0] == name else None for check in checks],
                lines,
                dtype=of if of in NUMBERS else "str",
            )
            for name, of in kinds.items()
        }
    )
    found = {(each.line, each.column): each for each in column_findings(frame, table, set())}
    for line, (column, kind) in zip(lines, checks, strict=True):
        finding = found[line, column]
        assert (finding.file, finding.rule) == (f"{table}.csv", f"column.{kind}")
        blank = value(column, kind) is None
        assert ("it is blank" if blank else f"“{value(column, kind)}") in finding.problem
        assert finding.action


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [(4, "low", "claims.csv, line 4, low"), (4, "", "claims.csv, line 4"), (0, "", "claims.csv")],
)
def test_readers_are_told_the_place_of_a_finding_as_far_as_it_is_known(line, column, place):
    finding = Finding("claims.csv", line, column, "claims.bound", "low is blank", "Fill low")
    assert finding.sentence == f"{place}: low is blank. Fill low."


def test_of_a_long_table_full_of_faults_a_sample_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(validation.column_findings, "SAMPLE", 100)
    rows = [f"word-{n:04d},1,2" for n in range(1000)]
    found = small.dataset(tmp_path, vague_quantities=rows).findings
    assert "the table is full of faults; one row of 11 was looked at" in {finding.problem for finding in found}
    assert len(found) < 150


def test_of_a_long_table_with_few_faults_every_one_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(validation.column_findings, "SAMPLE", 10)
    rows = [f"word{chr(97 + n)},1,2" for n in range(26)]
    rows[17] = "worDr,1,2"
    assert [(finding.line, finding.rule) for finding in small.dataset(tmp_path, vague_quantities=rows, claims=[]).findings if finding.file.startswith("vague")] == [
        (19, "column.str_matches"), (19, "rows.sorted"),
    ]  # fmt: skip
