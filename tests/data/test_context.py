"""What the words around a number say of when, where and who; every sentence is made up."""

from collections import defaultdict
from dataclasses import replace

import pytest

from curation.context import Reader
from curation.mentioned import Places
from curation.suggest import candidates
from curation.when import stretches
from tests.support import small
from validation import load
from validation.evidence import Text, fold, vague_words
from validation.vocabulary import CLAIM

REPORT = "gazette-2020"
BEGAN = small.ABOUT["began"]
PLACES = [
    small.place("east", "region", "velland", name="Eastern Velland"),
    small.place("kesh", "province", "velland", name="Kesh (province)", name_ocha="Kech"),
    small.place("kesh-and-tarn", "region", "velland", name="Kesh and Tarn (parts of both)", spans="kesh; tarn"),
    small.place("kesh-city", "town", "kesh", name="Kesh (city)"),
    small.place("maldora", "country"),
    small.place("ormund", "province", "velland", name="Ormund (province)"),
    small.place("saruqab", "town", "kesh", name="Saruqab (town)"),
    small.place("south-kesh", "area", "kesh", name="Southern Kesh (area)"),
    small.place("tarn", "province", "velland", name="Tarn (province)"),
    small.place("velland", "country", iso="VE"),
]
ORGANISATIONS = [
    small.organisation("gazette", "The Gazette", "news_outlet"),
    small.organisation("news-wire", "News Wire", "news_outlet"),
    small.organisation("pro-front-media", "Pro-front media (not named)", "news_outlet"),
    small.organisation("river-front", "River Front", "party_to_conflict", in_text="the River Front"),
    small.organisation("unrelief", "United Relief", "un_agency"),
    small.organisation(
        "velland-observatory", "Velland Observatory for Peace", "monitor", in_text="the Velland Observatory"
    ),
]
EVENTS = [
    small.event(event_id="kesh-2020", name="Kesh offensive, 2020", place_id="kesh", period_start="2020-03", period_end="2020-06"),
    small.event(event_id="saruqab-2020-05", name="Raid on Saruqab", place_id="saruqab", period_start="2020-05-03", period_end="2020-05-03"),
]  # fmt: skip
CAVEATS = [
    "enemy_losses_said,Enemy losses,A party speaks.,,enemy_losses",
    "in_own_voice,Origin not stated,The report states it in its own voice.,,",
    "no_place,Place,The sentence names no place.,,",
    "no_start,Start unknown,No beginning is given.,,unknown_start",
    "said_by_nobody,Nobody,The report says “reportedly” and names nobody.,,",
    "scope,Scope,A qualifier stands before another number.,,",
    "total,Total,Everyone over time.,,cumulative_displacement",
    "whereto,Destination,Not said whether inside or abroad.,,",
]


def tables(folder, **changed):
    """Return the record of a small war with one report, whose text the tests make up."""
    source = small.source(source_id=REPORT, short_name="Gazette 2020", publisher_id="gazette", published="2020-05-06")
    rows = {
        "sources": [source], "places": PLACES, "organisations": ORGANISATIONS, "events": EVENTS, "caveats": CAVEATS, "claims": [],
        "claim_caveats": [],
    } | changed  # fmt: skip
    where = small.write(folder, **rows)
    (where / "about.toml").write_text(small.about_toml(country="velland"), encoding="utf-8")
    dataset = load(where)
    assert dataset.findings == ()
    return dataset


@pytest.fixture(scope="module")
def war(tmp_path_factory):
    return tables(tmp_path_factory.mktemp("war"))


def suggested(dataset, *paragraphs):
    """Return the suggestions for the claims of a text, by wording; blank cells as ""."""
    text = Text(tuple(map(fold, paragraphs)), "")
    numbers = candidates(text.paragraphs, vague_words({"vague_quantities": dataset.table("vague_quantities")}))
    suggestions = Reader(replace(dataset, texts={REPORT: text}), REPORT).suggestions(numbers)
    rows = (cells | {"number_id": number.number_id} for number, cells in zip(numbers, suggestions, strict=True))
    return {
        row["wording"]: defaultdict(str, {name: cell or "" for name, cell in row.items()})
        for row in rows
        if row["decision"] == CLAIM
    }


DATES = {
    "a weekday is the last before a publication on a Wednesday": ("Five died on Sunday.", "2020-05-06", [("2020-05-03", "2020-05-03")]),
    "a weekday of the day of publication is that day": ("Five died on Wednesday.", "2020-05-06", [("2020-05-06", "2020-05-06")]),
    "a weekday says nothing where the day of publication is not known": ("Five died on Sunday.", "2020-05", []),
    "last year": ("Shells killed 90 people last year.", "2020-05-06", [("2019", "2019")]),
    "last week is the week before, from Monday": ("Five died last week.", "2020-05-06", [("2020-04-27", "2020-05-03")]),
    "yesterday": ("Five died yesterday.", "2020-03-01", [("2020-02-29", "2020-02-29")]),
    "since a month ends on the publication at its precision": ("Five died since February.", "2020-05", [("2020-02", "2020-05")]),
    "since a month to come is of the year before": ("Five died since October.", "2020-05-06", [("2019-10", "2020-05-06")]),
    "between two months of one year": ("Between March and May 2020, five died.", "2021-01-02", [("2020-03", "2020-05")]),
    "between two months over the end of a year": ("Five died between November and January.", "2020-05-06", [("2019-11", "2020-01")]),
    "between two days": ("Between 3 and 12 May 2020, five died.", "2021", [("2020-05-03", "2020-05-12")]),
    "a day without a year": ("Five died on 22 June.", "2020-05-06", [("2019-06-22", "2019-06-22")]),
    "a day of a report whose day is not known": ("Five died on June 22.", "2019-07", [("2019-06-22", "2019-06-22")]),
    "a month of last year": ("Five died in March last year.", "2020-05-06", [("2019-03", "2019-03")]),
    "the first week of a month": ("Five died in the first week of July.", "2019-07", [("2019-07-01", "2019-07-07")]),
    "half a year": ("In the first half of 2019, five died.", "2020", [("2019-01", "2019-06")]),
    "the past two weeks": ("Five died over the past two weeks.", "2018-01-07", [("2017-12-24", "2018-01-07")]),
    "two days ago": ("Five died two days ago.", "2020-05-06", [("2020-05-04", "2020-05-04")]),
    "this year": ("Five have died this year.", "2020-05-06", [("2020", "2020-05-06")]),
    "until a date has no beginning": ("By the end of 2018, five had died.", "2020", [("", "2018")]),
    "since an event that a date is given for": ("Five died since the push led by Dolan began on Dec. 25.", "2020-01-07", [("2019-12-25", "2020-01-07")]),
    "since the war began": ("Since the war began, five died.", "2020", [(BEGAN, "2020")]),
    "since the year in which the war began": (f"Since {BEGAN[:4]}, five died.", "2020", [(BEGAN, "2020")]),
    "a month that is a verb": ("They may march; five died.", "2020-05-06", []),
    "a number that looks like a year": ("Shells killed 2015 people.", "2020-05-06", []),
    "a day that no calendar has": ("Five died on 31 June 2019.", "2020-05-06", []),
    "a weekday and its date are one": ("Five died on Monday, 4 May.", "2020-05-06", [("2020-05-04", "2020-05-04")]),
    "no date at all": ("Five died.", "2020-05-06", []),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "published", "expected"), DATES.values(), ids=DATES)
def test_the_days_that_a_sentence_names(sentence, published, expected):
    assert [(one.first, one.last) for one in stretches(sentence, published, BEGAN)] == expected


PERIODS = {
    "a raid on a weekday is an incident": ("A raid killed 5 people on Sunday.", "5 people", ("incident", "2020-05-03", "2020-05-03")),
    "a raid without a day has no beginning": ("A raid killed 5 people.", "5 people", ("incident", "", "2020-05-06")),
    "a number since a month is a period": ("Raids killed 5 people since February.", "5 people", ("period", "2020-02", "2020-05-06")),
    "a number of a year without an event is a period": ("Some 5 people died last year.", "Some 5 people", ("period", "2019", "2019")),
    "a raid of a year is an incident": ("A raid killed 5 people last year.", "5 people", ("incident", "2019", "2019")),
    "an offensive without a date is a period": ("The offensive has killed 5 people.", "5 people", ("period", "", "2020-05-06")),
    "the whole war is a total": ("The war has left 5,000 people dead.", "5,000 people dead", ("cumulative", BEGAN, "2020-05-06")),
    "people who live somewhere are a state": ("Some 5,000 people are still displaced in camps.", "Some 5,000 people", ("stock", "", "2020-05-06")),
    "a state has the date that is given": ("As of 30 April, the camps were home to 500 displaced people.", "500 displaced people", ("stock", "", "2020-04-30")),
    "the day that the text was published is not the day of the raid": ("KESH, 4 May (Wire) - A raid killed 5 people.", "5 people", ("incident", "", "2020-05-06")),
    "the nearer of two dates": ("Since March, 90 people died, with 20 deaths in the first week of April.", "20 deaths", ("period", "2020-04-01", "2020-04-07")),
    "the day on which somebody spoke is not that of the raid": ("United Relief said on Monday that raids killed 5 people since March.", "5 people", ("period", "2020-03", "2020-05-06")),
    "the war with words in between": ("The war, now in its ninth year, has killed 5,000 people.", "5,000 people", ("cumulative", BEGAN, "2020-05-06")),
    "since then, where a day was named before": ("Shells fell on 3 May. Some 500 people have fled since then.", "Some 500 people", ("period", "2020-05-03", "2020-05-06")),
    "since then, where none was": ("Shells fell. Some 500 people have fled since then.", "Some 500 people", ("period", "", "2020-05-06")),
    "a date beyond a semicolon is of something else": ("A raid killed 5 people; talks began on 1 May.", "5 people", ("incident", "", "2020-05-06")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wording", "expected"), PERIODS.values(), ids=PERIODS)
def test_what_span_a_number_covers(war, text, wording, expected):
    row = suggested(war, "A title", text)[wording]
    assert (row["measure"], row["period_start"], row["period_end"]) == expected


def test_an_incident_without_a_date_has_that_of_the_sentence_before(war):
    rows = suggested(war, "Shells fell on the town on 3 May. The attack killed 5 people.")
    assert (rows["5 people"]["period_start"], rows["5 people"]["period_end"]) == ("2020-05-03", "2020-05-03")


def test_relative_dates_of_a_dispatch_count_from_its_day(war):
    text = "On Monday, News Wire reported: Citing the Velland Observatory, News Wire said that 5 people had died in fighting."
    [row] = suggested(war, text).values()
    assert (row["attributed_to"], row["via"], row["period_end"]) == ("velland-observatory", "news-wire", "2020-05-04")


NAMED = {
    "a city whose name is also a province": ("in Kesh city", ["kesh-city"]),
    "a province whose name is also a city": ("in Kesh province", ["kesh"]),
    "a name that both bear is the one around the other": ("in Kesh", ["kesh"]),
    "the kind before the name": ("in the city of Kesh", ["kesh-city"]),
    "a longer name that holds a shorter one": ("in southern Kesh", ["south-kesh"]),
    "another spelling": ("in Saraqeb and Saruqab’s market", ["saruqab", "saruqab"]),
    "the spelling of OCHA": ("in Kech", ["kesh"]),
    "a city where the table has the province alone": ("in Ormund city", ["ormund"]),
    "a province where the table has the town alone": ("in Saruqab province", []),
    "a word that only looks like it": ("in the keshery of tarns", []),
    "a border": ("towards the border with Kesh", []),
    "an example": ("in cities like Tarn", []),
    "a road": ("on the Kesh-Tarn road", []),
    "a country elsewhere": ("in Maldora", []),
    "two provinces that an area spans": ("in Kesh and Tarn", ["kesh-and-tarn"]),
}


@pytest.mark.parametrize(("words", "expected"), NAMED.values(), ids=NAMED)
def test_the_places_that_words_name(war, words, expected):
    places = Places(war.table("places"), "velland")
    assert [mention.name_id for mention in places.mentions(f"Five people died {words}.")] == expected


WHERE = {
    "the narrowest of the sentence": (
        ["A raid killed 5 people in Saruqab in Kesh province, Velland."],
        ("saruqab", "kesh-2020"),
    ),
    "else of the sentence before": (["Shells fell on Tarn. A raid killed 5 people."], ("tarn", "")),
    "else of the event": (
        ["The offensive on Kesh goes on.", "Shelling killed 5 people since March."],
        ("kesh", "kesh-2020"),
    ),
    "the event of that day at that place": (
        ["A raid on Saruqab killed 5 people on 3 May."],
        ("saruqab", "saruqab-2020-05"),
    ),
    "no event of another time": (["A raid on Saruqab killed 5 people in 2018."], ("saruqab", "")),
    "nowhere": (["A raid killed 5 people in 2018."], ("", "")),
}


@pytest.mark.parametrize(("paragraphs", "expected"), WHERE.values(), ids=WHERE)
def test_where_a_number_is_put(war, paragraphs, expected):
    row = suggested(war, *paragraphs)["5 people"]
    assert (row["place_id"], row["event_id"]) == expected


WHO = {
    "nobody is named": ("A raid killed 5 people.", ("gazette", "")),
    "according to": ("A raid killed 5 people, according to United Relief.", ("unrelief", "")),
    "a verb behind": ("A raid killed 5 people, the Velland Observatory said.", ("velland-observatory", "")),
    "a verb before": ("United Relief says a raid killed 5 people.", ("unrelief", "")),
    "by its letters": ("The VOP documented 5 people killed.", ("velland-observatory", "")),
    "through its spokesman": ("Ann Dolan, who speaks for the River Front, told The Gazette that it had killed 5 people.", ("river-front", "")),
    "an agency that cites": ("Citing United Relief, News Wire reported that 5 people had been killed.", ("unrelief", "news-wire")),
    "an agency that was told": ("The Velland Observatory told News Wire that 5 people died.", ("velland-observatory", "news-wire")),
    "an agency by itself": ("News Wire reported that 5 people died.", ("news-wire", "")),
    "a collective of the tables": ("Pro-front media say 5 people died.", ("pro-front-media", "")),
    "somebody who is not in the tables": ("Villagers said 5 people died.", ("", "")),
    "reportedly": ("A raid reportedly killed 5 people.", ("gazette", "")),
    "a name in the sentence that says something else": ("A raid killed 5 people, and United Relief said talks had begun.", ("gazette", "")),
    "a name in the next sentence": ("A raid killed 5 people. United Relief said talks had begun.", ("gazette", "")),
    "a sentence that goes on with the speaker": ("United Relief spoke of raids. It said 5 people had died.", ("", "")),
    "it, where somebody spoke before": ("United Relief said raids went on. It added that 5 people had died.", ("unrelief", "")),
    "a verb before its speaker": ("A raid killed 5 people, said Ann Dolan, head of the Velland Observatory.", ("velland-observatory", "")),
    "a person before the number": ("Mayor Tom Arn said 5 people died.", ("", "")),
    "a person behind the number": ("“We buried 5 people,” said Tom Arn, a surgeon.", ("", "")),
    "the monitor, where it was named before": ("The Velland Observatory said raids went on. The Tarn-based monitor said 5 people had died.", ("velland-observatory", "")),
    "another body that a name owns": ("United Relief’s World Bread Fund said 5 people died.", ("", "")),
    "another body of that name": ("Some 5 people died, according to the United Relief food agency.", ("", "")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WHO.values(), ids=WHO)
def test_who_a_number_comes_from(war, text, expected):
    [row] = suggested(war, text).values()
    assert (row["attributed_to"], row["via"]) == expected


def test_two_organisations_in_one_sentence_have_a_number_each(war):
    rows = suggested(war, "United Relief said raids killed 5 people, while the Velland Observatory put the toll at 7.")
    assert [row["attributed_to"] for row in rows.values()] == ["unrelief", "velland-observatory"]


PARTS = {
    "including": ("Raids killed 90 people, including 20 children.", {"90 people": "", "20 children": "90 people"}),
    "a list": ("Raids killed 90 people, among them 20 children and 12 women.", {"90 people": "", "20 children": "90 people", "12 women": "90 people"}),
    "another indicator is no part": ("Raids killed 90 people, including 20 children, and wounded 30.", {"90 people": "", "20 children": "90 people", "30": ""}),
    "a larger number is no part": ("Raids killed 9 people, including 20 children.", {"9 people": "", "20 children": ""}),
    "another sentence": ("Raids killed 90 people. Including those of Tarn, 20 children died.", {"90 people": "", "20 children": ""}),
    "people are no part of families": ("Some 90 families fled, including 20 children.", {"Some 90 families": "", "20 children": ""}),
    "what comes after the parts is no part": ("At least 90 people, including 20 children, were killed on Monday and 30 died on Tuesday.", {"At least 90 people": "", "20 children": "At least 90 people", "30": ""}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTS.values(), ids=PARTS)
def test_what_a_number_is_part_of(war, text, expected):
    rows = suggested(war, text)
    names = {row["number_id"]: wording for wording, row in rows.items()}
    assert {wording: names.get(row["part_of"], "") for wording, row in rows.items()} == expected


CAVEAT = {
    "its own voice": ("A raid killed 5 people on Monday in Tarn.", "in_own_voice: Stated in the report’s own voice."),
    "reportedly": ("A raid reportedly killed 5 people on Monday in Tarn.", "said_by_nobody: Nobody is named as the source."),
    "no beginning": ("United Relief said 5 people had died in Tarn.", "no_start: No beginning is given."),
    "losses of an enemy": ("The River Front said 5 soldiers had died in Tarn on Monday.", "enemy_losses_said: A party to the conflict speaks of losses of fighters."),
    "no destination": ("United Relief said 5 people had fled Tarn since March.", "whereto: Not said where they went."),
    "nothing to say": ("United Relief said 5 people died in Tarn on Monday.", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CAVEAT.values(), ids=CAVEAT)
def test_limitations_that_the_words_show(war, text, expected):
    [row] = suggested(war, text).values()
    assert row["caveats"] == expected


def test_a_qualifier_may_be_meant_for_the_rest_of_a_list(war):
    rows = suggested(war, "United Relief said that some 43 civilians and 57 rebels died in Tarn on Monday.")
    assert [row["caveats"] for row in rows.values()] == [
        "",
        "scope: A qualifier stands before another number of the list.",
    ]


def test_limitations_that_the_tables_do_not_know_are_not_suggested(tmp_path):
    rows = suggested(tables(tmp_path, caveats=[]), "A raid killed 5 people.")
    assert rows["5 people"]["caveats"] == ""


WORDINGS = {
    "the noun before a bare number": ("The death toll rose to 34 on Sunday.", "death toll rose to 34"),
    "the word of harm behind it": ("It left 34 people dead.", "34 people dead"),
    "longer where it stands twice": (
        "Raids killed 34 people in Tarn, said a man who saw 34 people die.",
        "34 people in",
    ),
    "both quotes": ("His men killed “hundreds” of soldiers.", "“hundreds” of soldiers"),
}


@pytest.mark.parametrize(("text", "expected"), WORDINGS.values(), ids=WORDINGS)
def test_the_quote_of_a_number(war, text, expected):
    assert next(iter(suggested(war, text))) == expected


SUMMARIES = {
    "A raid killed 5 civilians in Saruqab.": "Civilians killed in Saruqab.",
    "Some 300 families fled from Tarn.": "Families displaced in Tarn.",
    "Raids killed 5 people in 2018.": "People killed.",
}


@pytest.mark.parametrize(("text", "expected"), SUMMARIES.items())
def test_the_summary_is_in_words_of_the_vocabulary(war, text, expected):
    [row] = suggested(war, text).values()
    assert row["summary"] == expected


WHITHER = {
    "to a place of the country": ("Some 500 people fled Kesh to Tarn.", "idps"),
    "to a place that has no name": ("Some 500 people fled Kesh for safety, making for the coast.", "idps"),
    "to a place abroad": ("Some 500 people fled Kesh to Maldora.", "refugees"),
    "towards a border": ("Some 500 people fled Kesh towards the border with Maldora.", "displaced"),
    "not said": ("Some 500 people fled Kesh.", "displaced"),
}


@pytest.mark.parametrize(("text", "expected"), WHITHER.values(), ids=WHITHER)
def test_where_people_fled_to(war, text, expected):
    [row] = suggested(war, text).values()
    assert row["indicator"] == expected


def test_by_whose_attacks_is_never_suggested(war):
    rows = suggested(war, "Government shelling killed 5 people. Rebels killed 6 soldiers.")
    assert [row["by_fire"] for row in rows.values()] == ["", ""]
