"""What pages make of the tables is made once: a second run of a page finds all of it, for a filter too."""

import weakref

import pytest

import dashboard
from app_pages.parts import tables
from tests.support.pages import opened
from validation.memo import Memo

PAGES = [file for file, *_ in dashboard.PAGES]


@pytest.fixture
def made(monkeypatch):
    """Return the keys of all that is made and kept."""
    keys, keep = [], Memo._keep
    monkeypatch.setattr(Memo, "_keep", lambda memo, key, *rest: (keys.append(key), keep(memo, key, *rest)))
    return keys


@pytest.mark.parametrize("page", PAGES)
def test_a_second_visit_of_a_page_makes_nothing_anew(page, made):
    opened(page, source="TRT World 2019").run()
    made.clear()
    opened(page, source="TRT World 2019").run()
    assert made == []


def test_a_card_that_is_opened_again_makes_nothing_anew_nor_do_the_other_counts_in_it(made):
    claim = "trtworld-2019-07-05"
    for seen_before in (False, True):
        made.clear()
        app = opened(claim=[claim])
        app.session_state[f"others-{claim}"] = True
        assert any("other count" in caption.value for caption in app.run().caption)
        assert (made == []) == seen_before


def test_what_is_made_once_is_told_apart_by_the_table_and_the_values_not_by_what_a_table_holds():
    one, alike = tables.view(), tables.view().copy()
    first = tables.once(_first_ids, one, 2)
    assert tables.once(_first_ids, one, 2) is first
    assert tables.once(_first_ids, one, 3) == (*first, *tables.view()["claim_id"].iloc[2:3])
    assert tables.once(_first_ids, alike, 2) == first
    assert tables.once(_first_ids, alike, 2) is not first


def test_tables_are_not_held_by_what_was_made_of_them():
    claims = tables.view().copy()
    gone = weakref.ref(claims)
    ids = tables.once(_first_ids, claims, 2)
    del claims
    assert (gone(), ids) == (None, tuple(tables.view()["claim_id"].head(2)))


def _first_ids(claims, most):
    return tuple(claims["claim_id"].head(most))
