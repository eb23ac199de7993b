"""Texts of a book's length that repeat anything are read to their end."""

import pytest

from tests.support.texts import NASTY, assert_read_to_its_end


@pytest.mark.parametrize("piece", NASTY)
def test_a_text_of_a_book_is_read_to_its_end(piece):
    assert_read_to_its_end(piece, length=20_000)
