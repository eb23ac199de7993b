"""Suggestions: what a number may be about, or why it may be no claim; measured on made-up texts of three kinds."""

import csv
from pathlib import Path

import pytest

from curation.quoting import quoted
from curation.suggest import candidates
from tests.support import SAMPLES
from tests.support.texts import words_of_the_tables
from validation.evidence import fold
from validation.vocabulary import DISMISSALS, INDICATORS, POPULATION_GROUPS, codes

VAGUE = words_of_the_tables()
CODES = {*codes(DISMISSALS), *codes(INDICATORS), *codes(POPULATION_GROUPS)}


def said(*paragraphs, people_words=""):
    """Return the wording and the guess of every number: indicator and group, or the reason for dismissal."""
    return [
        (found.wording, found.dismissal or f"{found.indicator}, {found.population_group}")
        for found in candidates(paragraphs, VAGUE, people_words)
    ]


def hits(name):
    """Return how many numbers of a text there are, and the wordings that are guessed otherwise than the table says."""
    paragraphs = [
        fold(line) for line in Path(SAMPLES / f"{name}.txt").read_text(encoding="utf-8").split("\n") if line.strip()
    ]
    found = candidates(paragraphs, VAGUE)
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    wrong = []
    for row in table:
        number, wording = int(row["paragraph"]), fold(row["wording"])
        start = paragraphs[number - 1].index(wording)
        guess = next(c for c in found if c.paragraph == number and c.start < start + len(wording) and start < c.end)
        columns = [name for name in ("indicator", "population_group", "dismissal") if name in row]
        if any(getattr(guess, column) != row[column] for column in columns):
            wrong.append(row["wording"])
    return len(table), wrong


@pytest.mark.parametrize("name", ["agency", "situation"])
def test_the_texts_that_the_suggestions_were_developed_on_are_guessed_in_full(name):
    assert hits(name)[1] == []


def test_the_held_out_text_is_guessed_but_for_one_number():
    """On the first run "11,700 people" was guessed wrong too; a change for other sentences settled it (docs/evidence.md)."""
    assert hits("monitor") == (41, ["412"])


@pytest.mark.parametrize(("name", "most"), [("development", 18), ("heldout", 10)])
def test_older_texts_are_guessed_no_worse_than_they_were(name, most):
    assert len(hits(name)[1]) <= most


CLAIMS = [
    ("12 civilians, 7 children and 3 women were killed and 40 injured.", ["killed, civilians", "killed, children", "killed, women", "injured, all"]),
    ("It killed 12 civilians, 7 children and 3 women, and wounded 40.", ["killed, civilians", "killed, children", "killed, women", "injured, all"]),
    ("Doctors pulled 12 bodies from the rubble.", ["killed, all"]),
    ("The toll rose to 34 on Sunday.", ["killed, all"]),
    ("The victims included 4 doctors and 3 rebels.", ["killed, health_workers", "killed, opposition_fighters"]),
    ("IDPs: 6.27 million", ["idps, all"]),
    ("Civilians killed | 34", ["killed, civilians"]),
    ("Casualties: 18 dead, 43 wounded, 5 missing", ["killed, all", "injured, all", "missing, all"]),
    ("Some 340 people were killed or wounded.", ["casualties, all"]),
    ("Gunmen abducted 26 aid workers and 2 journalists.", ["detained, aid_workers", "detained, journalists"]),
    ("Some 40,000 people returned home.", ["returned, all"]),
    ("It killed 30 fighters and 60 men.", ["killed, fighters", "killed, men"]),
    ("Some 500 people were uprooted; 40 of them live in tents.", ["displaced, all", "idps, all"]),
    ("5.6 million had fled abroad.", ["refugees, all"]),
    ("Some 500 people fled the country; 40 crossed over the border.", ["refugees, all", "refugees, all"]),
    ("It counted 90 civilian casualties: 30 killed (9 women) and 60 injured.", [
        "casualties, civilians", "killed, civilians", "killed, women", "injured, civilians",
    ]),
    ("Rebel fighters: 40 killed, 12 wounded", ["killed, opposition_fighters", "injured, opposition_fighters"]),
    ("Doctors said: 40 people were killed.", ["killed, all"]),
    ("Fire killed 12 people; 3 nurses were among the dead.", ["killed, all", "killed, health_workers"]),
    ("Shells wounded 5 people. Four women are still in captivity.", ["injured, all", "detained, women"]),
    ("Some 40 soldiers were captured by rebels.", ["detained, pro_government"]),
    ("Some 70 people were killed or badly wounded.", ["casualties, all"]),
    ("The camp now hosts 900 people.", ["idps, all"]),
    ("The camp was opened to host 900 people.", ["other_quantity"]),
    ("Some 900 people live now in tents, having sought refuge.", ["idps, all"]),
    ("About 700 people reached Orlin Province after they fled.", ["idps, all"]),
    ("Some 60 people fled to refugee camps.", ["displaced, all"]),
    ("Shells killed hundreds of people, mostly soldiers.", ["killed, all"]),
    ("Dozens of truck drivers were killed.", ["killed, all"]),
    ("Since the outbreak of war 900 people have been killed.", ["killed, all"]),
    ("It estimated the toll to be 470.", ["killed, all"]),
    ("Shells wounded 12 IDPs.", ["injured, all"]),
    ("Some 12 IDPs were wounded.", ["injured, all"]),
    ("Some 900 IDP returnees came.", ["returned, all"]),
    ("Some 900 refugees, it said, did not return.", ["refugees, all"]),
    ("Six nurses were among 31 people killed.", ["killed, health_workers", "killed, all"]),
    ("The number killed, according to the mayor, was 50.", ["killed, all"]),
    ("Shells killed 12 mourners; four officials were killed.", ["killed, all", "killed, all"]),
    ("Rebels killed hundreds during the attack.", ["killed, all"]),
    ("Deaths rose 3 percent to 900.", ["share", "killed, all"]),
    ("After the earthquake, shelling killed 40 people.", ["killed, all"]),
    ("Shelling killed 40 people in a town hit by the earthquake.", ["killed, all"]),
    ("The war has killed 900 people and the earthquake 70.", ["killed, all", "other_quantity"]),
    ("Some 40 people died in the shelling and 7 in the floods.", ["killed, all", "other_quantity"]),
    ("Rebels shot down a plane, which crashed, killing 5 people.", ["killed, all"]),
    ("Rebels killed 40 people in the storm-hit port.", ["killed, all"]),
    ("A flood of refugees came: 900 people crossed the border.", ["refugees, all"]),
    ("The outbreak of fighting displaced 900 people.", ["displaced, all"]),
    ("A quake hit the north. Rebels killed 40 people.", ["killed, all"]),
    ("A quake hit the north. Since 2011, 900 people have been killed.", ["date", "killed, all"]),
    ("A quake hit the north. The camp hosts 900 displaced people.", ["idps, all"]),
    ("2017 killed 900 people, in 2018 killed 40.", ["date", "killed, all", "date", "killed, all"]),
    ("Attacks resulted in 2016 deaths.", ["killed, all"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "guesses"), CLAIMS, ids=[sentence for sentence, _ in CLAIMS])
def test_what_a_number_counts_is_guessed_from_its_own_words(sentence, guesses):
    assert [guess for _, guess in said(sentence)] == guesses


DISMISSED = [
    ("On 3 May 2019 and in 2018, at 04:30", ["date", "date", "date"]),
    ("about 12 km away, after 3 days", ["distance", "duration"]),
    ("Rebels captured four villages.", ["places_captured"]),
    ("About 900 fighters are taking part.", ["fighters_taking_part"]),
    ("Ilen Karsa, 34, and a 7-year-old girl", ["age", "age"]),
    ("Report No. 14 on Highway 7", ["ordinal", "name"]),
    ("It has 40 trucks and $12 million.", ["other_quantity", "other_quantity"]),
    ("many casualties", ["no_quantity"]),
    ("He wanted to score a success.", ["idiom"]),
    ("Half of the dead, 20% of the hurt, 40 killed a day", ["share", "share", "rate"]),
    ("It could displace 700,000 people.", ["not_reported"]),
    ("They feared that 300 people had died.", ["not_reported"]),
    ("The army denied killing 40 civilians.", ["not_reported"]),
    ("If more than 500 people flee, it will close.", ["not_reported"]),
    ("Some 12 million people need aid.", ["other_quantity"]),
    ("An earthquake killed 29 people.", ["other_quantity"]),
    ("Cholera has killed 29 people.", ["other_quantity"]),
    ("An outbreak has killed 29 people.", ["other_quantity"]),
    ("The quake, which struck the war-torn north, killed 4,000 people.", ["other_quantity"]),
    ("At least 29 people died when an earthquake struck areas hit by years of war.", ["other_quantity"]),
    ("Some 900 people were displaced by floods in a country at war.", ["other_quantity"]),
    ("Cholera has killed 49 people in towns damaged by shelling.", ["other_quantity"]),
    ("The quake displaced 900 families who had fled the fighting.", ["other_quantity"]),
    ("A tornado, cold weather or a gas leak killed 9 people.", ["other_quantity"]),
    ("A car crash killed 14 people on the way to the front.", ["other_quantity"]),
    ("In 2016 killed civilians were buried; the 2013 attack killed them.", ["date", "date"]),
    ("Some 40 people fled. About 900 people marched in Orlin.", ["displaced, all", "other_quantity"]),
    ("It brought supplies for 900 displaced people.", ["other_quantity"]),
    ("They saw 30 locations with displaced people.", ["other_quantity"]),
    ("None of the 30 passengers was killed.", ["not_reported"]),
    ("An evacuation of 75 people is planned for Friday.", ["not_reported"]),
    ("Some 900 displaced people suffer from scurvy.", ["other_quantity"]),
    ("Some 900 displaced people, or a fifth of all, need aid.", ["other_quantity", "share"]),
    ("There were 70 refugee movements and 40 tracked events.", ["other_quantity", "other_quantity"]),
    ("However, 2018 was the deadliest year, until 12 midnight.", ["date", "date"]),
    ("the May 20 Movement, a 12-year-old war, a year and a half", ["name", "duration", "duration"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "reasons"), DISMISSED, ids=[sentence for sentence, _ in DISMISSED])
def test_a_number_that_is_no_claim_gets_its_reason(sentence, reasons):
    assert [guess for _, guess in said(sentence)] == reasons


@pytest.mark.parametrize("between", [" ", "|"], ids=["in a paragraph", "in the next one"])
def test_people_killed_in_the_disaster_of_the_sentence_before_are_none_of_the_war(between):
    text = f"An earthquake struck the north on Monday.{between}Some 900 people were killed and 70 injured."
    assert [guess for _, guess in said(*text.split("|"))] == ["other_quantity", "other_quantity"]


NO_WORD_OF_ANOTHER = [
    ("In 2016 killed civilians were buried.", ["2016"]),
    ("On 3 May 2019 killed were 12 people.", ["3 May 2019", "12 people"]),
    ("At 04:30 wounded men, after 3 days dead women came.", ["04:30", "3 days"]),
    ("The 2013 attack killed 900 people.", ["2013", "900 people"]),
    ("In 2018, killed 40; in 2018, wounded 50.", ["In 2018", "40", "in 2018", "50"]),
    ("Resolution 2254 killed hopes, T-72 tanks killed 40.", ["Resolution 2254", "72", "40"]),
]


@pytest.mark.parametrize(("text", "quotes"), NO_WORD_OF_ANOTHER, ids=[text for text, _ in NO_WORD_OF_ANOTHER])
def test_a_date_or_a_name_is_quoted_without_the_killed_of_another_number(text, quotes):
    assert [quoted(text, found) for found in candidates([text], VAGUE)] == quotes


def test_the_same_number_of_the_same_people_is_a_repeat_the_second_time():
    assert [guess for _, guess in said("Shells killed 140 people.", "In all, 140 people were killed.", "It killed 141 people.")] == [
        "killed, all", "repeat", "killed, all",
    ]  # fmt: skip


def test_a_small_number_is_a_repeat_only_in_much_the_same_sentence():
    first = "Shells killed 3 people near the mill in Orlin."
    assert said(first, "A mine killed 3 people on a farm road yesterday.")[1][1] == "killed, all"
    assert said(first, "Shells killed 3 people near the mill.")[1][1] == "repeat"


def test_the_columns_of_a_table_are_named_by_its_heading():
    assert said("Place | Killed | Injured", "Hesh | 34 | 120") == [("34", "killed, all"), ("120", "injured, all")]


def test_words_for_people_that_only_the_caller_knows_are_people():
    assert said("Some 400 Orvanians fled.", people_words="Orvanians?")[0] == ("Some 400 Orvanians", "displaced, all")


def test_every_number_of_any_text_has_a_claim_or_a_reason_with_codes_that_are_known():
    texts = [SAMPLES / f"{name}.txt" for name in ("development", "heldout", "agency", "situation", "monitor")]
    lines = [fold(line) for text in texts for line in text.read_text(encoding="utf-8").split("\n")]
    for found in candidates([*lines, "7 " * 400, "killed 5 and " * 200, "5 | " * 300, "one two three " * 100], VAGUE):
        assert bool(found.dismissal) != bool(found.indicator and found.population_group), found
        assert {found.indicator, found.population_group, found.dismissal} - {""} <= CODES, found
        assert len(found.wording.split()) <= 8, found
