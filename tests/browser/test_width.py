"""A page is laid out for the width that its reader has."""

from types import SimpleNamespace

import pytest

from app_pages.parts import width
from tests.support.browser import settled

LINES = """(lines) => (document.querySelector('.js-plotly-plot')?.layout?.annotations || [])
  .some((note) => note.name === 'title' && note.text.split('<br>').length === lines)"""
"""Whether the title has so many lines; a figure that Plotly draws anew has no layout for a moment."""


@pytest.mark.parametrize(("pixels", "lines"), [(1280, 1), (768, 2), (390, 3)])
def test_a_title_stands_on_one_line_where_there_is_room(visitor, pixels, lines):
    page = visitor("/displacement", viewport={"width": pixels, "height": 900})
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settled(page)
    page.wait_for_function(LINES, arg=lines)


def test_a_window_made_narrower_is_laid_out_anew(visitor):
    page = visitor("/displacement", viewport={"width": 1280, "height": 900})
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settled(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(LINES, arg=3)


@pytest.mark.parametrize(
    ("agent", "guess"),
    [("Mozilla/5.0 (X11; Linux x86_64)", True), ("Mozilla/5.0 (Linux; Android 14) Mobile", False), ("", True)],
)
def test_before_it_is_measured_a_phone_is_known_by_its_name(monkeypatch, agent, guess):
    monkeypatch.setattr(width.st, "context", SimpleNamespace(headers={"User-Agent": agent}))
    monkeypatch.setattr(width.st, "session_state", {})
    assert (width.wide(), width.medium()) == (guess, False)
    for measured in ("narrow", "medium", "wide"):
        monkeypatch.setattr(width.st, "session_state", {"room": measured})
        assert (width.wide(), width.medium()) == (measured == "wide", measured == "medium")
