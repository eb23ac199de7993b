"""Reading numbers: a table of phrases, a text that the reader was developed on, and one that it never saw before."""

import csv

import pandas as pd
import pytest

from tests.support import SAMPLES
from tests.support.texts import NASTY, assert_read_to_its_end, words_of_the_tables
from validation import numbers
from validation.evidence import fold
from validation.quantity import Quantity

VAGUE = words_of_the_tables()


def rows(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(row):
    values = [int(row[name]) if row[name] else None for name in ("low", "best", "high")]
    return Quantity(row["bound"], *values) if row["bound"] else None


PHRASES = rows("phrases.csv")


def test_a_phrase_is_read_as_the_codebook_says():
    phrases = [row["phrase"] for row in PHRASES]
    read = dict(zip(phrases, (numbers.read(phrase, VAGUE) for phrase in phrases), strict=True))
    assert read == dict(zip(phrases, map(expected, PHRASES), strict=True))


def test_the_table_of_phrases_is_large_enough():
    assert len({row["phrase"] for row in PHRASES}) >= 400


def measured(name):
    """Return how many numbers of a text are met, and the wordings that are read otherwise than the table says."""
    paragraphs = [
        fold(line) for line in (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").split("\n") if line.strip()
    ]
    met, wrong = 0, []
    for row in rows(f"{name}.csv"):
        paragraph = paragraphs[int(row["paragraph"]) - 1]
        start = paragraph.index(fold(row["wording"]))
        end = start + len(fold(row["wording"]))
        here = [each for each in numbers.phrases(paragraph, VAGUE) if each.start < end and start < each.end]
        met += bool(here)
        if len(here) != 1 or here[0].quantity != expected(row):
            wrong.append(row["wording"])
    return met, wrong


def test_the_development_text_is_read_but_for_two_known_phrases():
    assert measured("development") == (182, ["March 2013", "Nine times out of ten"])


def test_the_held_out_text_is_read_in_full():
    """Three phrases were misread on the first run; changes for other sentences settled them (docs/evidence.md)."""
    assert measured("heldout") == (110, [])


@pytest.mark.parametrize("name", ["agency", "situation", "monitor"])
def test_texts_of_three_kinds_are_read_in_full(name):
    assert measured(name) == (len(rows(f"{name}.csv")), [])


def said(text, found):
    """Return the words of what was found in a text."""
    return [text[each.start : each.end] for each in found]


LEDGER = {
    "one person, both hospitals, once, the first attack, the 21st, the twenty-first": [],
    "two of them; 3 of 4 towns": ["two", "3", "4"],
    "a third of the city, half the people, a third attack, half-hearted": ["a third", "half"],
    "hundreds, a hundred, two hundred and six": ["hundreds", "a hundred", "two hundred and six"],
    "many casualties, several people were killed, several towns, heavy shelling": ["many casualties", "several people were killed"],
    "Route 6, an F-16, 04:30, 20%, 3.5 miles": ["6", "16", "04:30", "20", "3.5"],
    "a two-front war, mid-2015, the 1990s": ["two", "2015", "1990s"],
    "to score a success; scores of people": ["score", "scores"],
    "One person killed, a single civilian hurt": [],
    "numerous corpses, many civilians have been killed, several towns where people died": ["numerous corpses", "many civilians have been killed"],
    "heavy shelling killed him, heavy civilian casualties": ["heavy civilian casualties"],
    "The dead, many of them students, lay there.": ["many of them"],
    "Houses, many of them damaged, stand there.": [],
    "14.000 dead, ٩٬٥٠٠ and 2,50,000 and 1’200 hurt": ["14.000", "٩٬٥٠٠", "2,50,000", "1’200"],
    "1 in 3, 20-30%, 40 a day": ["1", "3", "20", "30", "40"],
}  # fmt: skip


def test_the_ledger_counts_the_closed_list_of_the_codebook():
    assert {text: said(text, numbers.mentions(text, VAGUE)) for text in LEDGER} == LEDGER


KINDS = {
    "90% of the dead": [("90%", "share")],
    "between 20 and 30 percent": [("between 20 and 30 percent", "share")],
    "1 in 3 of them": [("1 in 3", "share")],
    "killing 3 in 10 raids": [("3", ""), ("10", "")],
    "two-thirds of 900 people": [("two-thirds", "share"), ("900", "")],
    "five times as many": [("five", "share")],
    "five times on Monday": [("five", "")],
    "12 deaths per 10,000 people": [("12 deaths per 10,000", "rate")],
    "6,500 people flee every day": [("6,500", "rate")],
    "90 people a day earlier": [("90", "")],
    "90 people, a day after": [("90", "")],
    "900 people per the monitor": [("900", "")],
    "killed 40 on a day of truce": [("40", "")],
}


def test_shares_and_rates_are_no_counts():
    found = {text: numbers.phrases(text, VAGUE) for text in KINDS}
    kinds = {text: [phrase.kind for phrase in phrases] for text, phrases in found.items()}
    assert {text: list(zip(said(text, phrases), kinds[text], strict=True)) for text, phrases in found.items()} == KINDS
    assert all((phrase.quantity is None) == bool(phrase.kind) for phrases in found.values() for phrase in phrases)


BOUND_IN_A_SENTENCE = {
    "It estimates that the war has killed 600 and hurt 70.": ["about", "exact"],
    "It estimates the damage, and 600 people died.": ["exact"],
    "Damage in 3 towns was estimated at 12 million.": ["exact", "about"],
    "600 people fled and the damage was estimated.": ["exact"],
    "600 people had died, the agency estimated.": ["about"],
    "Rebels passed 12 checkpoints.": ["exact"],
    "14.000 dead and 20.000 hurt": ["exact", "exact"],
    "At least several hundred fled, hundreds stayed.": ["at_least", "vague"],
}


def test_a_qualifier_binds_its_own_number_and_no_other():
    assert {
        text: [phrase.quantity.bound for phrase in numbers.phrases(text, VAGUE)] for text in BOUND_IN_A_SENTENCE
    } == BOUND_IN_A_SENTENCE


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2007", "\u2009", "\u200a", "\u202f", "\u3000"])
def test_a_space_of_any_kind_is_a_mark_of_thousands(space):
    assert numbers.read(f"12{space}500{space}000 people", VAGUE) == Quantity("exact", *[12_500_000] * 3)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff"])
def test_digits_with_a_character_between_them_that_nobody_sees_are_left_unread_as_a_whole(unseen):
    for text in (f"9{unseen}00 people", f"1,{unseen}200 people", f"1{unseen},{unseen}200 people"):
        assert [(phrase.quantity, text[phrase.end :]) for phrase in numbers.phrases(text, VAGUE)] == [(None, " people")]


WHOLE_OR_APART = {
    "In May 20,000 people fled.": ["20,000"],
    "In 2018 or 2019, 900 people fled.": ["2018 or 2019", "900"],
    "In 2011, 200 people fled.": ["2011", "200"],
    "In 2019 thousands of people fled.": ["2019", "thousands"],
    "In 2019 12 500 people fled.": ["2019", "12 500"],
    "Some 1, 200 people fled.": ["Some 1, 200"],
    "It killed 30, 120 wounded.": ["30", "120"],
    "It rose from 30 to 900 people.": ["30", "900"],
    "The toll rose by 12 to 900.": ["12", "900"],
    "It rose to between 30 and 40.": ["between 30 and 40"],
    "Deaths fell 3 percent to 900.": ["3 percent", "900"],
    "A fifth of it or 900 people fled.": ["A fifth", "900"],
    "It sent 900 to 5 camps.": ["900", "5"],
    "It killed 900 – 40 of them children.": ["900", "40"],
    "At least 5 dead and up to 10 hurt.": ["At least 5", "up to 10"],
    "Two four-year-old boys and three two-storey houses.": ["Two", "four", "three", "two"],
    "Five thousand, two hundred of them children.": ["Five thousand", "two hundred"],
    "Hundreds, perhaps thousands, fled.": ["Hundreds", "perhaps thousands"],
    "Killed: 12, 13 and 14.": ["12", "13", "14"],
    "900 (150 of them women)": ["900", "150"],
}


def test_numbers_beside_each_other_are_one_only_where_the_words_make_them_one():
    assert {text: said(text, numbers.phrases(text, VAGUE)) for text in WHOLE_OR_APART} == WHOLE_OR_APART


@pytest.mark.parametrize("piece", NASTY)
def test_a_long_text_of_anything_is_read_to_its_end(piece):
    assert_read_to_its_end(piece, length=5_000)


def test_what_is_too_long_for_a_number_of_people_has_no_value():
    for text in ("9" * 309, "9" * 16, "hundred " * 155, "9" * 5_000 + " million", f"{'9' * 400} to {'9' * 401} people"):
        assert numbers.read(text, VAGUE) is None
    assert numbers.read("9" * 15 + " people", VAGUE) == Quantity("exact", *[10**15 - 1] * 3)


def test_a_wording_about_one_person_holds_a_number():
    wordings = pd.Series(
        ["One person killed", "one of the towns", None, "at least 12,500 people", "seven children and three women"]
    )
    assert numbers.how_many(wordings, VAGUE).tolist() == [1, 0, 0, 1, 2]
