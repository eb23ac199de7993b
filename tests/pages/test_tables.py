"""What pages make of the tables is made once: a second run of a page finds all of it, for a filter too."""

import weakref

import pytest

import dashboard
from app_pages.parts import tables
from tests.support.pages import opened
from validation.memo import Memo

PAGES = [file for file, *_ in dashboard.PAGES]


@pytest.mark.parametrize("page", PAGES)
def test_a_second_visit_of_a_page_makes_nothing_anew(page, monkeypatch):
    made, keep = [], Memo._keep
    monkeypatch.setattr(Memo, "_keep", lambda memo, key, *rest: (made.append(key), keep(memo, key, *rest)))
    opened(page, source="TRT World 2019").run()
    made.clear()
    opened(page, source="TRT World 2019").run()
    assert made == []


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
