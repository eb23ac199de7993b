"""Links and questions that mean harm: a page with a warning in plain text, a problem of a few words; the server goes on."""

import contextlib
import re

import pytest

from tests.support.links import LINKS, links
from tests.support.server import of, text_of

QUESTIONS = {name: query for name, (query, _) in links(15_000).items()}
"""Shorter, as the server reads the head of a question whole up to 16 kB: of a longer one it may hang up in the middle."""


@pytest.mark.parametrize(("query", "warning"), LINKS.values(), ids=LINKS)
def test_a_hostile_link_opens_the_page_with_a_warning_in_plain_text(small_server, query, warning):
    for page in ("", "events"):
        with small_server.visit() as visit:
            told = visit.run(query, page)
        assert (of(told, "exception"), of(told, "error")) == ([], [])
        assert len(of(told, "heading")) > 0
        warned = " ".join(of(told, "warning")).replace("\u2060", "")
        assert len(warned) < 1_500
        if warning:
            assert warning in warned
    assert re.search(r"Showing (all|\d of) 3 claims", text_of(told))


@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS)
def test_a_hostile_question_is_refused_with_a_problem_or_answered_and_the_answer_is_short(small_server, query):
    answer = small_server.ask(f"/api/v1/claims.csv?{query}")
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (answer.json()["status"], len(answer.body) < 3_000) == (400, True)


def test_a_question_longer_than_the_server_reads_ends_the_connection_and_not_the_server(small_server):
    with contextlib.suppress(OSError):  # the server hangs up while we still write
        assert small_server.ask(f"/?source={'a' * 5_000_000}").status >= 400
    assert small_server.ask("/_stcore/health").status == 200
