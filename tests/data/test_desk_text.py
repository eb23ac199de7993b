"""The text of a report at the desk: escaped, with a link and a state for each number."""

import re

from curation.desk import text
from curation.readings import CLAIMED, NOT_USED, OPEN
from curation.suggest import candidates


def test_the_text_is_escaped_and_each_number_has_its_state():
    paragraph = "Three <b>people</b> & 4 others were killed in 2019."
    found = candidates([paragraph], {})
    states = dict(zip((number.number_id for number in found), (CLAIMED, NOT_USED, OPEN), strict=True))
    shown = text.marked([paragraph], found, states, found[1].number_id, {"report": "a&b", "reader": "<x>"})
    assert re.findall(r'<a class="([^"]*)" target="_self" title="([^"]*)" href="([^"]*)">(.*?)</a>', shown) == [
        ("claim", "claim", "?report=a%26b&amp;reader=%3Cx%3E&amp;at=p1-0", "Three<sup>✓</sup>"),
        ("not-used current", "not used", "?report=a%26b&amp;reader=%3Cx%3E&amp;at=p1-22", "4<sup>✕</sup>"),
        ("open", "open", "?report=a%26b&amp;reader=%3Cx%3E&amp;at=p1-46", "2019"),
    ]
    assert "<b>" not in shown
