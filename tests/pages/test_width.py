"""A page is laid out for the width that its reader has, as far as it is known; what a browser measures is tried in `tests/browser/`."""

from types import SimpleNamespace

import pytest

from app_pages.parts import width


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
