"""Many publishers in the two palettes by width that the daily tests leave out: those draw a light desk and a dark phone."""

from dataclasses import replace

import pytest

from figures.palette import DARK, LIGHT
from tests.pages import test_many_publishers as daily

OTHERS = {"phone": LIGHT, "dark desk": replace(DARK, wide=True)}
CHECKS = {name: check for name, check in vars(daily).items() if name.startswith("test_")}


@pytest.mark.parametrize("palette", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_two_publishers_look_the_same_in_the_other_palettes_either(check, palette):
    check(palette)
