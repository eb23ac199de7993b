"""In which order claims are shown, under which headings, and which are drawn where there are too many for one figure.

Why: claims about one event belong together, and a stock must not stand among flows unannounced. Each `Order` gives the
same rows in the order to draw them, most with a column `heading`, and says in words what comes first, so that a figure that
leaves marks out can say which. Not here: how a row is drawn (`figures`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis import words
from validation.vocabulary import CUMULATIVE, POPULATION_GROUPS, STOCK, Group

NO_EVENT = "No named event"


def _rank(group: Group) -> int:
    """Return the place of a group in an event: civilians, people by age and sex, all people, then others."""
    if group.contains and group.apart and not group.armed:
        return 0
    return 1 if group.sorted_by else 2 if group.everybody else 3


RANKS = {group.code: _rank(group) for group in POPULATION_GROUPS}


ARRANGED_BY = [
    "claim_id", "measure", "event_name", "period_end", "population_group", "part_of", "value", "to_day",
]  # fmt: skip
"""The columns of the view that any order looks at."""


@dataclass(frozen=True)
class Order:
    """How rows are arranged; `rule` says what comes first; rows of one `together` are drawn all or not at all.

    Where even the first of them has more rows than may be drawn, its first rows are.
    """

    arrange: Callable[[pd.DataFrame], pd.DataFrame]
    rule: str
    together: str = ""

    def first(self, arranged: pd.DataFrame, most: int) -> pd.DataFrame:
        """Return the first rows, at most that many."""
        if len(arranged) <= most:
            return arranged
        if not self.together:
            return arranged.head(most)
        whole = arranged[self.together].value_counts(sort=False)
        fits = whole.index[(whole.cumsum() <= most).to_numpy()]
        return arranged[arranged[self.together].isin(fits)] if len(fits) else arranged.head(most)


def by_event(view: pd.DataFrame) -> pd.DataFrame:
    """Group by event, the newest first, civilians first in each; totals since the war began stand before them, by report."""
    whole_war = view["measure"] == CUMULATIVE
    to = "Whole war, to " + view.loc[whole_war, "period_end"].map(words.date)
    heading = view["event_name"].fillna(NO_EVENT).mask(whole_war, to)
    return _arranged(view, heading, first=whole_war, rank=view["population_group"].map(RANKS))


def by_stock_and_flow(view: pd.DataFrame) -> pd.DataFrame:
    """Group what was displaced by whether the number is a state at a date or adds up over time."""
    heading = (
        view["measure"]
        .map(
            {
                STOCK: "Displaced at a date",
                CUMULATIVE: "Everyone displaced since the war began",
            }
        )
        .fillna("Newly displaced in an event or a period")
    )
    return _arranged(view, heading, first=view["measure"] == CUMULATIVE)


def _arranged(view: pd.DataFrame, heading: pd.Series, first: pd.Series, rank: pd.Series | int = 0) -> pd.DataFrame:
    """Sort groups (those in `first` before the rest, then newest) and, in a group, by `rank`, the largest number first."""
    keys = pd.DataFrame(
        {
            "later": ~first,
            "newest": view.groupby(heading)["to_day"].transform("max"),
            "heading": heading,
            "rank": rank,
            "value": view["value"],
        }
    )
    # Of equal ones the order of the file stays, which is that of the ids.
    names = ["later", "newest", "heading", "rank", "value"]
    by_all = keys.sort_values(names, ascending=[True, False, True, True, False], kind="stable")
    arranged: pd.DataFrame = view.assign(heading=heading).loc[by_all.index]
    return arranged


def by_whole(view: pd.DataFrame) -> pd.DataFrame:
    """Put each whole before its parts, the largest whole first; `whole` names it in every row."""
    whole = view["part_of"].where(view["part_of"].isin(view["claim_id"]), view["claim_id"])
    size = whole.map(view.set_index("claim_id")["value"])
    rows = view.assign(whole=whole, _size=size, _part=view["part_of"].notna())
    return rows.sort_values(["_size", "whole", "_part", "value"], ascending=[False, True, True, False]).drop(
        columns=["_size", "_part"]
    )


def largest_first(view: pd.DataFrame) -> pd.DataFrame:
    """Sort by the number drawn."""
    return view.sort_values("value", ascending=False, kind="stable")


BY_EVENT = Order(
    by_event, "totals since the war began and the newest events first, in each civilians and the largest numbers"
)
BY_STOCK_AND_FLOW = Order(by_stock_and_flow, "totals since the war began first, in each kind the largest numbers")
BY_WHOLE = Order(
    by_whole, "the largest totals first, each with all its parts, or the largest parts of one", together="whole"
)
LARGEST_FIRST = Order(largest_first, "the largest numbers first")
