"""The view: one row a claim with everything that a reader sees beside it.

Why: pages, figures and downloads show the same names, dates and caveats for a claim; they are joined once for a
data version. Here: joining and naming. Not here: choosing rows (`selection.py`), order and headings (`order.py`).
"""

import pandas as pd

from analysis import words
from validation import Dataset, dates
from validation.vocabulary import BOUNDS, EVIDENCE, INDICATORS, MEASURES, ORGANISATION_KINDS, POPULATION_GROUPS, labels


def claims_view(dataset: Dataset) -> pd.DataFrame:
    """Join the claims with the tables that explain them; made once for a record, changing it changes nothing for others.

    Index 0..n-1 in the order of the file. Beside the claim's own columns: names (`attributed_to_name`, `attributed_kind`,
    `via_name`, `place_name`, `event_name`, `publisher`, `source`), the source's `title`, `published`, `url`; `caveats`
    (labels, "; " between), `asks_for_care` (what they ask for in a comparison), `evidence`, `data_version`; labels
    (`indicator_label`, `group_label`, `bound_label`, `measure_label`); phrases (`said_by`, `period`, `printed`,
    `evidence_said`, `part_of_said`); `year` (text) of `period_end`; `from_day` and `to_day` (datetime64); `value` (the number drawn: best,
    else the geometric middle of low and high).
    """
    return dataset.kept("claims_view", lambda: _joined(dataset)).copy(deep=False)


def _joined(dataset: Dataset) -> pd.DataFrame:
    claims = dataset.table("claims")
    states = dataset.states()
    sources = dataset.table("sources").set_index("source_id")
    organisations = dataset.table("organisations").set_index("organisation_id")["name"]
    kinds = dataset.table("organisations").set_index("organisation_id")["kind"].map(labels(ORGANISATION_KINDS))
    view = claims.assign(
        attributed_to_name=claims["attributed_to"].map(organisations),
        attributed_kind=claims["attributed_to"].map(kinds),
        via_name=claims["via"].map(organisations).astype("str"),
        place_name=claims["place_id"].map(dataset.table("places").set_index("place_id")["name"]).astype("str"),
        event_name=claims["event_id"].map(dataset.table("events").set_index("event_id")["name"]).astype("str"),
        publisher=claims["source_id"].map(sources["publisher_id"]).map(organisations),
        source=claims["source_id"].map(sources["short_name"]),
        title=claims["source_id"].map(sources["title"]),
        published=claims["source_id"].map(sources["published"]),
        url=claims["source_id"].map(sources["url"]),
        caveats=claims["claim_id"].map(_caveats(dataset, "label")).astype("str"),
        asks_for_care=claims["claim_id"].map(_caveats(dataset, "asks_for_care")).astype("str"),
        evidence=states["state"],
        data_version=dataset.version,
        indicator_label=claims["indicator"].map(labels(INDICATORS)),
        group_label=claims["population_group"].map(labels(POPULATION_GROUPS)),
        bound_label=claims["bound"].map(labels(BOUNDS)),
        measure_label=claims["measure"].map(labels(MEASURES)),
        year=claims["period_end"].str[:4].fillna(words.NOT_KNOWN),
        from_day=dates.first_day(claims["period_start"]),
        to_day=dates.last_day(claims["period_end"]),
    )
    said = states["state"].map({term.code: term.label for term in EVIDENCE})
    view["evidence_said"] = said.where(
        states["checked_on"].isna(), said + " on " + states["checked_on"].map(words.date)
    )
    wholes = claims.drop_duplicates("claim_id").set_index("claim_id")["wording"].map(words.quoted)
    view["part_of_said"] = "part of " + view["part_of"].map(wholes).astype("str")
    middle = (view["low"].astype("Float64") * view["high"].astype("Float64")) ** 0.5
    return view.assign(
        said_by=words.said_by(view["attributed_to_name"], view["via_name"]),
        period=[
            words.period(start, end, measure)
            for start, end, measure in zip(view["period_start"], view["period_end"], view["measure"], strict=True)
        ],
        printed=view["publisher"]
        + ", "
        + view["published"].map(words.date)
        + ", paragraph "
        + view["paragraph"].astype("str"),
        value=view["best"].astype("Float64").fillna(middle),
    )


def _caveats(dataset: Dataset, column: str) -> pd.Series:
    """Return what a column of caveats.csv says of the caveats of each claim, "; " between, by claim id."""
    marked = dataset.table("claim_caveats").merge(dataset.table("caveats"), on="caveat_id").dropna(subset=[column])
    return marked.groupby("claim_id")[column].agg("; ".join)
