"""The axis of time: names of years and months stand between their grid lines, those of days on them, and none stands twice.

Why: a total of a year at the line where the next one begins is read as one of the next. Here: where a count stands and what the axis says
there. Not here: how far the axis goes (the figures).
"""

from typing import Any

import pandas as pd

from analysis.counts import is_whole_year
from figures.palette import Palette
from validation.vocabulary import CUMULATIVE, STOCK

YEARS, MONTHS = pd.Timedelta(days=760), pd.Timedelta(days=62)
"""From a time as long as this years are named, months from this; else days."""
HALF_YEAR, HALF_MONTH = pd.Timedelta(days=182), pd.Timedelta(days=14)
MAX_YEARS, MAX_LABELS, MAX_DAYS = 8, 4, 3
"""Names that a phone has room for: of years, of months and ends of years, of days."""
STEPS = (1, 2, 3, 4, 5, 10, 20, 50, 100)
RIM = 0.06
"""Share of the axis at its end where a longer name would be cut."""


def in_its_year(observations: pd.DataFrame) -> pd.DataFrame:
    """Put counts of a whole calendar year in its middle; `last_day` keeps their last day, `whole_year` says which they are."""
    whole = is_whole_year(observations) & ~observations["measure"].isin([STOCK, CUMULATIVE])
    first, last = observations["start_first"], observations["day"]
    return observations.assign(day=last.mask(whole, first + HALF_YEAR), last_day=last, whole_year=whole)


def at_year_ends(observations: pd.DataFrame) -> bool:
    """Whether all counts are states at a 31 December."""
    ends = (observations["day"].dt.month == 12) & (observations["day"].dt.day == 31)
    return bool(len(observations) and (ends & (observations["measure"] == STOCK)).all())


def time_axis(
    first: pd.Timestamp, last: pd.Timestamp, palette: Palette, *, year_ends: bool = False, years: bool = False
) -> dict[str, Any]:
    """Describe an axis from one time to another; `year_ends`: all of it are states at 31 December; `years`: it has totals of years."""
    rim = last - (last - first) * RIM
    if year_ends:
        lines = pd.date_range(first.normalize(), last, freq="YE")
        labels = _thinned(lines, lines.year, MAX_LABELS, STEPS)
        form = "end of %Y"
    elif years or last - first >= YEARS:
        lines = pd.date_range(first.normalize() - 2 * HALF_YEAR, last, freq="YS")
        middles = lines + HALF_YEAR
        middles = middles[(first <= middles) & (middles <= last)]
        labels, form = _thinned(middles, middles.year, MAX_YEARS, (1, 2, *STEPS[4:])), "%Y"
    elif last - first >= MONTHS:
        lines = pd.date_range(first.normalize() - 3 * HALF_MONTH, last, freq="MS")
        middles = lines + HALF_MONTH
        middles = middles[(first <= middles) & (middles <= rim)]
        labels, form = (
            _thinned(middles, middles.year * 12 + middles.month - 1, MAX_LABELS, (1, 2, 3, 4, 6, 12)),
            "%b %Y",
        )
    else:
        days = pd.date_range(first.ceil("D"), rim)
        lines = _thinned(days, pd.RangeIndex(len(days)), MAX_DAYS, (1, 2, 3, 7, 14, 21, 28))
        labels, form = lines, "%-d %b %Y"
    lines = lines[(first <= lines) & (lines <= last)]
    return {
        "range": [str(first), str(last)],
        "tickvals": [str(day.date()) for day in labels],
        "ticktext": [day.strftime(form) for day in labels],
        "tickangle": 0,
        "showgrid": bool(labels.isin(lines).all()),
        "gridcolor": palette.line,
        "minor": {"tickvals": [str(day.date()) for day in lines], "showgrid": True, "gridcolor": palette.line},
        "fixedrange": True,
        "tickfont": {"color": palette.quiet, "size": 12},
    }


def _thinned(days: pd.DatetimeIndex, numbers: pd.Index, most: int, steps: tuple[int, ...]) -> pd.DatetimeIndex:
    """Keep every second, third … so that at most so many are left."""
    step = next((step for step in steps if len(days) <= step * most), steps[-1])
    return days[numbers % step == 0]
