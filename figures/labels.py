"""Room for words on a plot: where a label covers no mark and no other label, at every width that a figure may have.

Why: the server does not know how wide a figure will be drawn, and a label that is free on a desk may cover a mark on a phone.
Positions across are shares of the plot's width, so they are tried at several widths; positions down are pixels, since the
height is fixed. What finds no room is for the caller to say elsewhere.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

LETTER, LINE = 7.0, 16.0
"""Width of a letter and height of a line of a label, in pixels, a little more than a browser measures."""
THIN = 3.0
"""Half the room that a line takes, in pixels."""
OFF_ITS_MARK = 17.0
"""How far from the middle of a mark a line is surely off it, in pixels."""
WIDTHS = (235.0, 330.0, 460.0, 600.0, 760.0, 980.0)
"""Widths of a plot beside its axis, in pixels, from a phone to a desk."""


class LabelLayout:
    """What is taken on a plot."""

    def __init__(self, height: float, aside: float = 0.0, widths: Iterable[float] = WIDTHS) -> None:
        """Make an empty plot of this height and these widths, in pixels; labels may reach `aside` pixels past its sides."""
        self._widths = np.array(list(widths), dtype="float64")
        self._height, self._aside = height, aside
        self._taken: list[tuple[float, float, float, float, float]] = []
        self._met: list[tuple[float, float, float, float, float]] = []

    def reserve(self, share: float, left: float, right: float, top: float, bottom: float) -> None:
        """Take a box: at a share of the width, from `left` to `right` of it, `top` to `bottom` from above, in pixels."""
        self._taken.append((share, left, right, top, bottom))

    def reserve_mark(self, share: float, down: float, half: float) -> None:
        """Take the box of a mark; one larger than a line is no place for the line to a label either."""
        self.reserve(share, -half, half, down - half, down + half)
        if half > THIN:
            self._met.append(self._taken[-1])

    def place(
        self,
        share: float,
        down: float,
        width: float,
        height: float,
        candidates: Iterable[tuple[float, float]],
        *,
        with_leader: bool = False,
    ) -> tuple[float, float] | None:
        """Take and give the first offer that is free at all widths; none where there is none.

        An offer is the label's left edge and its middle, in pixels from the point (right, down). `with_leader`: a line leads from the
        point to the label; it crosses no label and no other mark, and later labels stay off it.
        """
        taken = np.array(self._taken, dtype="float64").reshape(-1, 5)
        met = np.array(self._met, dtype="float64").reshape(-1, 5)
        for across, under in candidates:
            top, bottom = down + under - height / 2, down + under + height / 2
            if top < 0 or bottom > self._height:
                continue
            left = share * self._widths + across
            if (left < -self._aside).any() or (left + width > self._widths + self._aside).any():
                continue
            if self._covered(taken, left, left + width, top, bottom):
                continue
            line = _leader(across, across + width, under) if with_leader else []
            if any(self._on_line(met, share * self._widths + at, down + below) for at, below in line):
                continue
            self.reserve(share, across, across + width, top, bottom)
            self._met.append(self._taken[-1])
            for at, below in line:
                self.reserve(share, at - THIN, at + THIN, down + below - THIN, down + below + THIN)
            return across, under
        return None

    def _on_line(self, met: npt.NDArray[np.float64], at: npt.NDArray[np.float64], down: float) -> bool:
        return self._covered(met, at - THIN, at + THIN, down - THIN, down + THIN)

    def _covered(
        self, taken: npt.NDArray[np.float64], left: npt.NDArray[np.float64], right: npt.NDArray[np.float64],
        top: float, bottom: float,
    ) -> bool:  # fmt: skip
        beside = taken[(taken[:, 3] < bottom) & (taken[:, 4] > top)]
        middle = beside[:, :1] * self._widths
        return bool(((middle + beside[:, 1:2] < right) & (middle + beside[:, 2:3] > left)).any())


def tail_of(left: float, right: float) -> float:
    """Describe where the line to a label ends, across from its point: at the nearer side, or in the middle above or below it."""
    return left if left > 0 else right if right < 0 else 0.0


def _leader(left: float, right: float, under: float) -> list[tuple[float, float]]:
    """Return points along the line to a label, off its own mark, in pixels from the middle of that."""
    tail = tail_of(left, right)
    long = float(np.hypot(tail, under))
    steps = int(long // (2 * THIN))
    return [
        (tail * step / steps, under * step / steps) for step in range(1, steps) if long * step / steps > OFF_ITS_MARK
    ]


def size_of(lines: list[str]) -> tuple[float, float]:
    """Return the width and height of lines of text, in pixels."""
    return max(map(len, lines), default=0) * LETTER, len(lines) * LINE


def spread(middles: list[float], heights: list[float], room: float, gap: float = 0.0) -> list[float]:
    """Return the middles of labels, sorted from above, so that none overlaps: pushed down by those above, then up from the foot.

    `room`: the height that they share; `gap`: between two of them; in pixels.
    """
    tops, at = [], 0.0
    for middle, height in zip(middles, heights, strict=True):
        tops.append(max(middle - height / 2, at))
        at = tops[-1] + height + gap
    foot = room
    for place in reversed(range(len(tops))):
        tops[place] = min(tops[place], foot - heights[place])
        foot = tops[place] - gap
    return [top + height / 2 for top, height in zip(tops, heights, strict=True)]
