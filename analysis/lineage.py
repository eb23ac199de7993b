"""Lineage: who said a number, by way of whom, and in which report it is printed.

Why: ten reports that quote one organisation are one source (codebook, rule 11). Here: who is quoted where, and the sentence
about it. Not here: what became of the other numbers of a report (`accounts.py`).
"""

import pandas as pd

from analysis import words

SPEAKER = ["attributed_to_name", "attributed_kind"]
OWN = "own voice"
"""The note on claims in the publisher's own voice."""
MAX_FIRST = 3
"""Organisations quoted equally often that a sentence names."""


def own_voice(view: pd.DataFrame) -> pd.Series:
    """Return whether each claim is in the publisher's own voice: nobody else is named as its origin."""
    return view["attributed_to_name"] == view["publisher"]


def cells(view: pd.DataFrame) -> pd.DataFrame:
    """Return who said how many claims of a report: `said_by`, `kind`, `report`, `published`, `claims`, `note`.

    `note`: "own voice", "via Reuters", "1 via Reuters" where others of the claims are not, or "". Who is quoted most comes first,
    then who has most claims in the own voice, then by name; of each, the newest report first.
    """
    via = view["via_name"].fillna("")
    note = ("via " + via).where(via != "", "").mask(own_voice(view) & (via == ""), OWN)
    keys = [*SPEAKER, "source", "published"]
    rows = view.assign(note=note).groupby([*keys, "note"]).size().rename("claims").reset_index()
    rows["all"] = rows.groupby(keys)["claims"].transform("sum")
    part = rows["claims"].map("{:,} ".format).astype("str").where(rows["claims"] < rows["all"], "")
    noted = rows.assign(note=part + rows["note"])[rows["note"] != ""]
    several = noted.duplicated(keys, keep=False)
    # Few cells have several notes: to join the one note of each of the others would take most of the time.
    joined = [noted[~several].set_index(keys)["note"], noted[several].groupby(keys)["note"].agg("; ".join)]
    found = rows.groupby(keys)[["claims"]].sum().join(pd.concat(joined)).fillna({"note": ""})
    found = found.reset_index().set_axis(["said_by", "kind", "report", "published", "claims", "note"], axis="columns")
    speakers = [found["said_by"], found["kind"]]
    found["total"] = found["claims"].groupby(speakers).transform("sum")
    found["quoted"] = found["claims"].where(found["note"] != OWN, 0).groupby(speakers).transform("sum")
    order = ["quoted", "total", "said_by", "kind", "published", "report"]
    found = found.sort_values(order, ascending=[False, False, True, True, False, True], ignore_index=True)
    return found.drop(columns=["total", "quoted"])


def describe_quoted(view: pd.DataFrame) -> str:
    """Describe how many organisations are quoted in how many reports, and who is quoted most often."""
    quoted = view[~own_voice(view)]
    own, reports = len(view) - len(quoted), words.count(view["source_id"].nunique(), "report")
    if quoted.empty:
        return f"Nobody is quoted: {_all(len(view), 'claim')} in a report’s own voice." if len(view) else "No claims."
    counted = quoted.groupby("attributed_to_name")["source_id"].agg(["size", "nunique"])
    most = counted[counted["size"] == counted["size"].max()]
    places = quoted["source_id"].nunique()
    where = f"{places:,} of {reports}" if places < view["source_id"].nunique() else reports
    said = f"{words.count(len(counted), 'organisation')} {'is' if len(counted) == 1 else 'are'} quoted in {where}"
    if len(counted) > 1 and len(most) == 1:
        first = most.iloc[0]
        counts = f"{words.count(first['size'], 'claim')} in {words.count(first['nunique'], 'report')}"
        said += f" (most often: {most.index[0]}, {counts})"
    elif len(counted) == 1:
        said += f": {most.index[0]}, with {words.count(len(quoted), 'claim')}"
    elif len(most) <= MAX_FIRST:
        said += f" (most often: {words.listed(list(most.index))}, {words.count(most['size'].iloc[0], 'claim')} each)"
    rest = f"; {own:,} of {words.count(len(view), 'claim')} {'is' if own == 1 else 'are'} in a report’s own voice"
    return f"{said}{rest if own else ''}."


def _all(quantity: int, noun: str) -> str:
    return f"the {noun} is" if quantity == 1 else f"all {words.count(quantity, noun)} are"
