"""Each rule of the codebook finds its violation, at its line and column, and nothing else.

The cases stand in one record, loaded once: each has ids of its own (`small.apart`).
"""

from functools import partial

import pandas as pd
import pytest

import validation.column_findings
from tests.support import small
from validation import Finding, claim_rules, numbers
from validation.claim_rules import ALIKE
from validation.column_findings import column_findings
from validation.models import SCHEMAS
from validation.reading import NUMBERS

PLACES = sorted(
    [
        small.place("border", "region", "syria", spans="east; west"),
        small.place("east", "governorate", "syria"),
        small.place("far", "governorate", "syria"),
        small.place("half", "region", "north"),
        small.place("haven", "country"),
        small.place("parts", "region", "north", spans="east; west"),
        small.place("south", "region", "syria"),
        small.place("village", "town", "east"),
        small.place("west", "governorate", "syria"),
        *small.ROWS["places"],
    ]
)
ORGANISATIONS = sorted([small.organisation("army", "The Army", "party_to_conflict"), *small.ROWS["organisations"]])
ENEMY_LOSSES = "word_of_a_side,Word of a side,A side on the other.,,enemy_losses"
"""A caveat that is asked for where a party speaks of the losses of the other side."""
ARMY = {"population_group": "pro_government", "attributed_to": "army"}

claim = partial(small.claim, claim_id="paper-2019-07-12-#1", paragraph="#")
second = partial(claim, claim_id="paper-2019-07-12-#2")
part = partial(second, part_of="paper-2019-07-12-#1", wording="20 deaths")
event = partial(small.event, event_id="raid-#", name="Raid #")
siege = partial(small.event, event_id="siege-#", name="Siege #")
source = partial(small.source, source_id="page-#", short_name="Page #")


def claims(*rows):
    return {"claims": rows}


def fault(table, column, rule, *lines):
    """Return a finding at each of the lines of a case, the first where none is named."""
    return [(f"{table}.csv", line, column, rule) for line in lines or (2,)]


CLAIM_FAULTS = {
    "source unknown": ({"source_id": "nobody-2019", "claim_id": "nobody-2019-#"}, "source_id", "references.resolve"),
    "place unknown": ({"place_id": "atlantis"}, "place_id", "references.resolve"),
    "event unknown": ({"event_id": "nothing"}, "event_id", "references.resolve"),
    "organisation unknown": ({"attributed_to": "nobody"}, "attributed_to", "references.resolve"),
    "via unknown": ({"via": "nobody"}, "via", "references.resolve"),
    "whole unknown": ({"part_of": "paper-2019-07-12-99"}, "part_of", "references.resolve"),
    "id of another source": ({"claim_id": "post-2020-01-05-#"}, "claim_id", "claims.id"),
    "no source": ({"source_id": ""}, "source_id", "column.not_nullable"),
    "no attribution": ({"attributed_to": ""}, "attributed_to", "column.not_nullable"),
    "no id": ({"claim_id": ""}, "claim_id", "column.not_nullable"),
    "paragraph zero": ({"paragraph": "0"}, "paragraph", "column.greater_than_or_equal_to"),
    "indicator unknown": ({"indicator": "dead"}, "indicator", "column.isin"),
    "group unknown": ({"population_group": "people"}, "population_group", "column.isin"),
    "unit unknown": ({"unit": "households"}, "unit", "column.isin"),
    "bound unknown": ({"bound": "roughly"}, "bound", "column.isin"),
    "attacks of an unknown party": ({"by_fire": "somebody"}, "by_fire", "column.isin"),
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
    "ends after publication": ({"period_end": "2019-08"}, "period_end", "periods.published"),
    "period backwards": ({"period_start": "2019-06", "period_end": "2019-05"}, "period_end", "periods.order"),
    "total without start": ({"measure": "cumulative", "period_start": ""}, "period_start", "claims.measure"),
    "total that begins after the war": ({"measure": "cumulative", "period_start": "2011-04"}, "period_start", "about.began"),
    "period without start and caveat": ({"period_start": ""}, "claim_id", "claims.caveat"),
    "stock with a start": ({"indicator": "idps", "measure": "stock"}, "period_start", "claims.measure"),
    "population over a period": ({"indicator": "population"}, "measure", "claims.measure"),
    "killed as a stock": ({"measure": "stock", "period_start": ""}, "measure", "claims.measure"),
    "displaced total without caveat": (
        {"indicator": "displaced", "measure": "cumulative", "period_start": "2011-03"}, "claim_id", "claims.caveat",
    ),
    "losses told by the other side without caveat": (ARMY, "claim_id", "claims.caveat"),
    "vague without a word": ({"bound": "vague", "best": "", "low": "200", "high": "999"}, "wording", "claims.vague"),
    "vague with other bounds": (
        {"wording": "hundreds", "bound": "vague", "best": "", "low": "300", "high": "999"}, "low", "claims.vague",
    ),
    "longest vague word counts": (
        {"wording": "tens of thousands", "bound": "vague", "best": "", "low": "20000", "high": "9999"},
        "high", "claims.bound", "claims.vague",
    ),
    "vague without end": (
        {"wording": "b" * 121, "bound": "vague", "best": "", "low": "200", "high": "999"}, "wording", "claims.wording_long",
    ),
    "vague of the longest words": (
        {"wording": "hundreds" + "b" * 112, "bound": "vague", "best": "", "low": "200", "high": "999"},
        "wording", "claims.vague", "claims.wording_number",
    ),
}  # fmt: skip
FAULTY = {name: claims(claim(**cells)) for name, (cells, *_) in CLAIM_FAULTS.items()}
ALLOWED = {
    "attacks of a known party": claims(claim(by_fire="government")),
    "a total since the war began": claims(claim(measure="cumulative", period_start="2011")),
}
IN_THE_MONTH_OF_PUBLICATION = {
    end: claims(claim(period_end=end)) for end in ("2019-07-07", "2019-07-31", "2019", "2019-07")
}

STATE = {"indicator": "idps", "measure": "stock", "period_start": ""}
INCIDENT = {"measure": "incident", "period_start": ""}
NO_PARTS = {
    "larger than its whole": claims(claim(), part(low=901, best=901, high=901)),
    "another unit": claims(claim(), part(unit="families")),
    "another indicator": claims(claim(), part(indicator="injured")),
    "displaced in killed": claims(claim(), part(indicator="displaced")),
    "a wider group": claims(claim(population_group="children"), part(population_group="civilians")),
    "another report": claims(claim(), part(claim_id="post-2020-01-05-#1", source_id="post-2020-01-05")),
    "begins before its whole": claims(claim(), part(period_start="2019-01")),
    "ends before the whole begins": claims(claim(), part(**INCIDENT, period_end="2019-01-31")),
    "begins after the whole ends": claims(claim(period_end="2019-05"), part(period_start="2019-06", period_end="")),
    "a state of another day": claims(claim(**STATE), part(**STATE, period_end="2019-06-30")),
    "weeks within a day": claims(claim(**INCIDENT), part()),
    "a total within a day": claims(claim(**INCIDENT), part(measure="cumulative", period_start="2011-03")),
}
PARTS = {
    **{group: claims(claim(), part(population_group=group))
       for group in ("civilians", "children", "opposition_fighters", "civilians_and_fighters")},
    "a day of its month": claims(claim(**STATE), part(**STATE, period_end="2019-07-12")),
    "a start not given": claims(claim(), part(**INCIDENT, period_end="2019-02")),
    "words around those of its whole": claims(claim(), part(wording="900 people had")),
}  # fmt: skip
HELD = {
    f"{within} in {whole}": claims(claim(place_id=whole), part(place_id=within))
    for whole, within in (
        ("north", "town"), ("east", "village"), ("border", "village"), ("syria", "border"), ("north", "parts"), ("border", "parts"),
    )
}  # fmt: skip
NOT_HELD = {
    f"{within} in {whole}": claims(claim(place_id=whole), part(place_id=within))
    for whole, within in (
        ("north", "syria"), ("north", "east"), ("east", "west"), ("west", "village"), ("town", "village"), ("border", "east"),
        ("border", "town"), ("east", "border"), ("half", "north"), ("syria", "haven"), ("haven", "syria"),
    )
}  # fmt: skip
ABROAD = {
    indicator: claims(
        claim(indicator="displaced", measure="stock", period_start="", place_id="syria"),
        part(indicator=indicator, measure="stock", period_start="", place_id="haven"),
    )
    for indicator in ("refugees", "idps")
}

ONE_CLAIM = {
    "the same words": claims(claim(), second()),
    **{words: claims(claim(), second(wording=words)) for words in ("900 people had", "that 900 people were")},
    "some 900 people": claims(claim(), second(wording="some 900 people", bound="about", low="", high="")),
    "at least 900 people": claims(claim(), second(wording="at least 900 people", bound="at_least", high="")),
}
TWO_CLAIMS = {
    "a number that holds it": claims(claim(), second(wording="1,900 people", low=1900, best=1900, high=1900)),
    "another number beside it": claims(claim(), second(wording="900 people and 20", low=20, best=20, high=20)),
    "another paragraph": claims(claim(), second(paragraph=99, wording="900 people had", place_id="town")),
    "another thing that happened to them": claims(claim(), second(wording="900 people had", indicator="detained")),
}

LEVELS = {
    "a country within a country": [("shire#", "country", "syria")],
    "a governorate within a province": [("north#", "province", "syria"), ("shire#", "governorate", "north#")],
    "a governorate within a district": [("north#", "district", "syria"), ("shire#", "governorate", "north#")],
    "a governorate in a region of another": [
        ("north#", "governorate", "syria"), ("part#", "region", "north#"), ("shire#", "governorate", "part#"),
    ],
    "a town in an area of a town": [("quarter#", "area", "town"), ("shire#", "town", "quarter#")],
}  # fmt: skip
NO_WIDER = {name: {"places": [small.place(*each) for each in rows]} for name, rows in LEVELS.items()}
SPANNING = {
    spans: {"places": [small.place("across#", "region", "syria", spans=spans)]}
    for spans in ("east; nowhere", "east;west", "east", "east; east", "east; town", "north; south", "east; ; west")
}
SPANNING_OUTSIDE = {
    f"a {kind} in {within}": {"places": [small.place("across#", kind, within, spans="east; west")]}
    for kind, within in (("governorate", "syria"), ("province", "syria"), ("region", "haven"), ("region", "far"))
}
ADDRESSES = {
    address: {"sources": [source(url=address)]}
    for address in ("javascript:alert(1)", "ftp://example.org/a", "//example.org", "http://", "https://a b.org")
}
PATTERNS = {word: {"vague_quantities": [f"{word},1,2"]} for word in ("(", "[a", "hundreds|", "a\\")}
WITHIN = {
    "the same days": {"events": [event(within="siege-#"), siege()]},
    "a day of its month": {"events": [event(within="siege-#"), siege(period_start="2019-06", period_end="2019-06")]},
    "a day of its months": {"events": [event(within="siege-#"), siege(period_start="2019-02")]},
    "a place that it spans": {"events": [event(within="siege-#", place_id="village"), siege(place_id="border")]},
    "no place": {"events": [event(within="siege-#", place_id=""), siege(place_id="west")]},
}
NOT_WITHIN = {
    "later": {"events": [event(within="siege-#"), siege(period_start="2019-06-23", period_end="2019-07")]},
    "earlier": {"events": [event(within="siege-#"), siege(period_start="2019-01", period_end="2019-06-21")]},
    "longer": {"events": [event(within="siege-#", period_end="2019-07"), siege(period_end="2019-06")]},
    "elsewhere": {"events": [event(within="siege-#", place_id="village"), siege(place_id="west")]},
}
OTHERS = {
    "claims that are part of each other": claims(claim(part_of="paper-2019-07-12-#2"), part()),
    "a part that ends after its whole and after publication": claims(claim(), part(**INCIDENT, period_end="2019-08")),
    "a claim that stands twice": claims(claim(), claim()),
    "a limitation that stands twice": {"claim_caveats": ["post-2020-01-05-01,stock_or_flow,#."] * 2},
    "a text under two reports": {
        "sources": [source(text_sha256="a" * 64), source(source_id="post-#", short_name="Post #", text_sha256="a" * 64)]
    },
    "two sources with one label": {"sources": [source(), source(source_id="post-#")]},
    "two organisations with one name": {
        "organisations": [small.organisation(f"{one}-#", "One name #", "monitor") for one in ("first", "second")]
    },
    "two places with one name": {
        "places": [small.place(f"{one}-#", "town", "north", name="One name #") for one in ("first", "second")]
    },
    "two events with one name": {"events": [event(name="One name #"), siege(name="One name #")]},
    "places that contain each other": {
        "places": [
            small.place("north#", "region", "syria#"),
            small.place("syria#", "country", "north#"),
            small.place("town#", "town", "north#"),
        ]
    },
    "half a position": {"places": [small.place("town#", "town", "north", latitude=35.5)]},
    "events that contain each other": {"events": [event(within="siege-#"), siege(within="raid-#")]},
    "an event within one that is not there": {"events": [event(within="siege-#")]},
    "a change of no table": {"changes": ["2026-01-02,nothing,,First,,,Begin"]},
    "a cell with two faults of form": {"vague_quantities": ["dozens,x,999"]},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return a function that says what is found of each case of a group."""
    return small.apart(
        tmp_path_factory.mktemp("cases"),
        *(FAULTY, ALLOWED, IN_THE_MONTH_OF_PUBLICATION, NO_PARTS, PARTS, HELD, NOT_HELD, ABROAD, ONE_CLAIM, TWO_CLAIMS),
        *(NO_WIDER, SPANNING, SPANNING_OUTSIDE, ADDRESSES, PATTERNS, WITHIN, NOT_WITHIN, OTHERS),
        places=PLACES,
        organisations=ORGANISATIONS,
        caveats=sorted([*small.ROWS["caveats"], ENEMY_LOSSES]),
    )


def test_the_small_tables_are_clean(tmp_path):
    assert small.dataset(tmp_path).findings == ()


def test_a_claim_that_breaks_a_rule_is_found(found):
    assert found(FAULTY) == {
        name: [place for rule in rules for place in fault("claims", column, rule)]
        for name, (_, column, *rules) in CLAIM_FAULTS.items()
    }


def test_a_claim_that_breaks_none_is_not(found):
    assert found(ALLOWED) == small.each(ALLOWED)


def test_dates_are_intervals_so_a_day_of_the_month_of_publication_is_not_after_it(found):
    assert found(IN_THE_MONTH_OF_PUBLICATION) == small.each(IN_THE_MONTH_OF_PUBLICATION)


def test_a_part_that_its_whole_cannot_contain_is_found(found):
    assert found(NO_PARTS) == small.each(NO_PARTS, fault("claims", "part_of", "claims.part_of", 3))


def test_what_its_whole_may_contain_is_a_part(found):
    assert found(PARTS) == small.each(PARTS)


def test_a_part_lies_in_the_place_of_its_whole_or_may_lie_there(found):
    assert found(HELD) == small.each(HELD)
    assert found(NOT_HELD) == small.each(NOT_HELD, fault("claims", "part_of", "claims.part_place", 3))


def test_refugees_counted_abroad_may_be_part_of_the_displaced_of_the_country(found):
    assert found(ABROAD) == {"refugees": [], "idps": fault("claims", "part_of", "claims.part_place", 3)}


def test_words_around_the_words_of_a_claim_are_no_other_claim(found):
    assert found(ONE_CLAIM) == small.each(ONE_CLAIM, fault("claims", "wording", "claims.twice", 3))


def test_words_of_another_number_are_another_claim(found):
    assert found(TWO_CLAIMS) == small.each(TWO_CLAIMS)


def test_however_many_claims_have_one_number_each_is_held_against_a_few(tmp_path, monkeypatch):
    """A million rows of one claim took minutes once."""
    held, same = [], claim_rules._quotes_the_same
    monkeypatch.setattr(claim_rules, "_quotes_the_same", lambda one, other: held.append(one) or same(one, other))
    words = [*(f"900 in town{at}" for at in range(100)), "around 900 in town99 alone", *["900 in town0"] * 100]
    rows = [
        small.claim(claim_id=f"paper-2019-07-12-{at:03}", paragraph=1, wording=word) for at, word in enumerate(words)
    ]
    found = small.dataset(tmp_path, claims=rows).findings
    twice = [each.line for each in found if each.rule == "claims.twice"]
    assert (twice, len(held)) == (list(range(102, 203)), sum(range(ALIKE)) + 81 * ALIKE)


def test_a_place_within_one_that_is_no_wider_is_found(found):
    assert found(NO_WIDER) == {
        name: fault("places", "within", "places.kind", 1 + len(rows)) for name, rows in LEVELS.items()
    }


def test_a_place_spans_nothing_but_two_or_more_areas_of_one_level(found):
    assert found(SPANNING) == small.each(SPANNING, fault("places", "spans", "places.spans"))


def test_a_place_spans_no_others_of_its_level_and_none_outside_what_contains_it(found):
    assert found(SPANNING_OUTSIDE) == small.each(SPANNING_OUTSIDE, fault("places", "spans", "places.spans"))


def test_an_address_that_is_not_of_the_web_is_found(found):
    assert found(ADDRESSES) == small.each(ADDRESSES, fault("sources", "url", "column.str_matches"))


def test_a_quantity_in_words_that_is_a_pattern_of_a_program_is_a_bad_word_and_nothing_else(found):
    assert found(PATTERNS) == small.each(PATTERNS, fault("vague_quantities", "word", "column.str_matches"))


def test_an_event_of_other_days_or_on_other_ground_than_the_larger_one_is_found(found):
    assert found(WITHIN) == small.each(WITHIN)
    assert found(NOT_WITHIN) == small.each(NOT_WITHIN, fault("events", "within", "events.part"))


def test_rows_that_contradict_each_other_are_found(found):
    assert found(OTHERS) == {
        "claims that are part of each other": fault("claims", "part_of", "claims.part_of", 2, 3),
        "a part that ends after its whole and after publication": [
            *fault("claims", "part_of", "claims.part_of", 3),
            *fault("claims", "period_end", "periods.published", 3),
        ],
        "a claim that stands twice": [
            *fault("claims", "claim_id", "column.field_uniqueness", 2, 3),
            *fault("claims", "wording", "claims.twice", 3),
        ],
        "a limitation that stands twice": fault("claim_caveats", "claim_id", "rows.unique", 3),
        "a text under two reports": fault("sources", "text_sha256", "column.field_uniqueness", 2, 3),
        "two sources with one label": fault("sources", "short_name", "column.field_uniqueness", 2, 3),
        "two organisations with one name": fault("organisations", "name", "column.field_uniqueness", 2, 3),
        "two places with one name": fault("places", "name", "column.field_uniqueness", 2, 3),
        "two events with one name": fault("events", "name", "column.field_uniqueness", 2, 3),
        "places that contain each other": fault("places", "within", "places.within", 2, 3),
        "half a position": fault("places", "latitude", "places.position"),
        "events that contain each other": fault("events", "within", "events.within", 2, 3),
        "an event within one that is not there": fault("events", "within", "references.resolve"),
        "a change of no table": fault("changes", "table", "changes.table"),
        "a cell with two faults of form": fault("vague_quantities", "low", "cell.number"),
    }


def test_a_row_before_one_that_it_comes_after_is_found(tmp_path):
    first, second, third = small.ROWS["claims"]
    findings = small.dataset(tmp_path, claims=[second, first, third]).findings
    assert small.places_of(findings) == fault("claims", "claim_id", "rows.sorted", 3)


def test_a_row_that_stands_twice_is_found_in_every_table(tmp_path):
    rows = small.ROWS | small.PUBLISHED
    dataset = small.dataset(tmp_path, **{name: [of[0], *of] for name, of in rows.items()})
    found = {(each.file, each.line, each.rule) for each in (*dataset.findings, *dataset.reference_findings)}
    for name in rows:
        twice = {(f"{name}.csv", line, rule) for line in (2, 3) for rule in ("rows.unique", "column.field_uniqueness")}
        assert found & twice, name


def test_a_party_may_speak_of_losses_where_no_caveat_is_asked_for(tmp_path):
    rows = {"organisations": ORGANISATIONS, "claims": [small.claim(**ARMY)], "claim_caveats": []}
    assert small.dataset(tmp_path, **rows).findings == ()


def test_a_wording_without_end_is_found_and_no_number_is_read_of_it(tmp_path, monkeypatch):
    read, mentions = [], numbers.mentions
    monkeypatch.setattr(numbers, "mentions", lambda text, vague: read.append(len(text)) or mentions(text, vague))
    endless = {
        name: claims(claim(wording=word)) | {"dismissed": [f'post-2020-01-05,#,"{word}",date,']}
        for name, word in {"a number": "9" * 400, "a word": "b" * 16_000, "many numbers": "9," * 8_000}.items()
    }
    assert small.apart(tmp_path, endless)(endless) == small.each(
        endless, [place for name in ("claims", "dismissed") for place in fault(name, "wording", f"{name}.wording_long")]
    )
    assert max(read) <= 120


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
