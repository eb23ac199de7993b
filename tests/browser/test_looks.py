"""What can be measured of a page: words of charts that are not cut, targets for a thumb, room, axe-core.

A browser is resized on the way, so that each page is also one that was made narrower. The front page: `test_accessible.py`; the others:
`tests/slow/`.
"""

import pytest

from tests.support.looking import CARD, DESK, HEIGHT, faults

ALWAYS = {
    CARD: {"axe": True},
    "/displacement": {},
}


@pytest.mark.parametrize("path", ALWAYS)
def test_a_page_can_be_read_and_used_at_every_width(visitor, path):
    tried = {"axe": False, "keyboard": False} | ALWAYS[path]
    page = visitor(path, {"width": DESK, "height": HEIGHT})
    assert faults(page, path, **tried) == {}
