"""In which order claims are shown, and under which headings.

Why: claims about one event belong together, and a stock must not stand among flows unannounced. Each function
gives the same rows with a column `heading`, in the order to draw them. Not here: how a row is drawn (`figures`).
"""

import pandas as pd

from analysis import words

NO_EVENT = "No named event"


def by_event(view: pd.DataFrame) -> pd.DataFrame:
    """Group by event, the newest first; totals since the war began stand before them, by report."""
    whole_war = view["measure"] == "cumulative"
    heading = view["event_name"].fillna(NO_EVENT).mask(whole_war, "Whole war, to " + view["period_end"].map(words.date))
    return _arranged(view, heading, first=whole_war)


def by_who_said_it(view: pd.DataFrame) -> pd.DataFrame:
    """Group by who said the number, the most recent first."""
    return _arranged(view, "Said by " + view["attributed_to_name"], first=pd.Series(False, index=view.index))


def by_stock_and_flow(view: pd.DataFrame) -> pd.DataFrame:
    """Group what was displaced by whether the number is a state at a date or adds up over time."""
    heading = (
        view["measure"]
        .map(
            {
                "stock": "Displaced people present at a date (stock)",
                "cumulative": "Everyone displaced since the war began (cumulative)",
            }
        )
        .fillna("Newly displaced in an event or a period (flow)")
    )
    return _arranged(view, heading, first=view["measure"] == "cumulative")


def _arranged(view: pd.DataFrame, heading: pd.Series, first: pd.Series) -> pd.DataFrame:
    """Sort groups (those in `first` before the rest, then newest) and, in a group, the largest number first."""
    rows = view.assign(heading=heading, _later=~first)
    newest = rows.groupby("heading")["to_day"].transform("max")
    return (
        rows.assign(_newest=newest)
        .sort_values(["_later", "_newest", "heading", "value", "claim_id"], ascending=[True, False, True, False, True])
        .drop(columns=["_later", "_newest"])
    )


def topics(view: pd.DataFrame) -> dict[str, list[str]]:
    """Give what can be compared, each with its claim ids: events, those with most claims first, then the whole war."""
    events = view.dropna(subset=["event_name"])
    counts = events["event_name"].value_counts()
    found = {str(name): events.loc[events["event_name"] == name, "claim_id"].tolist() for name in counts.index}
    whole_war = view[view["measure"] == "cumulative"]
    deaths = whole_war["indicator"].isin(["killed", "injured"])
    for title, rows in (
        ("Whole war: killed and injured", whole_war[deaths]),
        ("Whole war: displaced", whole_war[~deaths]),
    ):
        if len(rows):
            found[title] = rows["claim_id"].tolist()
    return found
