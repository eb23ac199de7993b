"""One claim with everything known of it, as JSON and in the words of schema.org.

Why: whoever copies a single number takes its speaker, printer, doubts and evidence along. schema.org's Claim says who
claims what and where it appeared; no review and no rating is given, because none is made here.
"""

import json
from typing import Any

import pandas as pd

from analysis.comparison_words import beside, comparisons
from analysis.phrasing import with_caveats
from analysis.view import claims_view
from exports.citations import as_text, data_set, passage_link, reports
from exports.files import readers_claims
from validation import Dataset
from validation.models import COUNTS_BESIDE
from validation.vocabulary import SOURCE_KINDS, by_code


def everything(dataset: Dataset, claim_id: str) -> dict[str, Any]:
    """Return a claim with its source, organisations, caveats, evidence, whole and parts. Raises KeyError for no claim."""
    row = _row(dataset, claim_id)
    view = claims_view(dataset)
    claim = row.iloc[0]
    marked = dataset.table("claim_caveats").merge(dataset.table("caveats"), on="caveat_id")
    states = dataset.states()
    state = states[states["claim_id"] == claim_id].iloc[0]
    parts = view[view["part_of"] == claim_id]
    return {
        "data_version": dataset.version,
        "citation": as_text(reports(dataset, row)[0]),
        "citation_of_data": as_text(data_set(dataset)),
        "how_to_say_it": with_caveats(claim.to_dict()),
        "permalink": f"/?claim={claim_id}",
        "passage": passage_link(claim["url"], claim["wording"]),
        "claim": _one(readers_claims(dataset, row)),
        "source": _one(_rows_with(dataset, "sources", "source_id", claim["source_id"])),
        "organisation": _one(_rows_with(dataset, "organisations", "organisation_id", claim["attributed_to"])),
        "via": _one(_rows_with(dataset, "organisations", "organisation_id", claim["via"])),
        "place": _one(_rows_with(dataset, "places", "place_id", claim["place_id"])),
        "event": _one(_rows_with(dataset, "events", "event_id", claim["event_id"])),
        "caveats": _all(marked.loc[marked["claim_id"] == claim_id, ["caveat_id", "label", "definition", "detail"]]),
        "evidence": {
            "state": state["state"],
            "said": claim["evidence_said"],
            "checked_on": state["checked_on"] if isinstance(state["checked_on"], str) else None,
        },
        "comparison": comparisons(dataset)["comparison"][claim_id],
        "published_counts": _all(counts_beside(dataset, claim)),
        "part_of": claim["part_of"] if isinstance(claim["part_of"], str) else None,
        "parts": _all(readers_claims(dataset, parts)),
    }


def counts_beside(dataset: Dataset, claim: pd.Series) -> pd.DataFrame:
    """Return the published counts beside a claim (a row of the claims view) with the columns that readers download."""
    rows = beside(dataset, claim.to_dict())
    names = {"place_name": "place", "population_group": "group"}
    return rows.rename(columns=names)[list(COUNTS_BESIDE.columns)]


def linked_data(dataset: Dataset, claim_id: str) -> dict[str, Any]:
    """Return a claim as schema.org/Claim; addresses of this project are relative. Raises KeyError for no claim."""
    row = _row(dataset, claim_id)
    claim = row.iloc[0]
    report = reports(dataset, row)[0]
    kind = dataset.table("sources").set_index("source_id")["kind"][claim["source_id"]]
    printed: dict[str, Any] = {
        "@type": by_code(SOURCE_KINDS)[kind].schema_org,
        "headline": report.title,
        "url": report.url,
        "datePublished": report.issued,
        "inLanguage": report.language,
        "publisher": {"@type": "Organization", "name": report.container},
    }
    if report.authors:
        printed["author"] = list(report.authors)
    payload: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": f"/api/v1/claims/{claim_id}",
        "identifier": claim_id,
        "name": claim["wording"],
        "text": with_caveats(claim.to_dict()),
        "abstract": claim["summary"],
        "url": f"/?claim={claim_id}",
        "author": {"@type": "Organization", "name": claim["attributed_to_name"]},
        "appearance": printed,
        "version": dataset.version,
        "isPartOf": {
            "@type": "Dataset",
            "name": dataset.about.title,
            "version": dataset.version,
            "url": "/api/v1/dataset.jsonld",
        },
    }
    if isinstance(claim["place_name"], str):
        payload["spatialCoverage"] = {"@type": "Place", "name": claim["place_name"]}
    if isinstance(claim["period_end"], str):
        start = claim["period_start"]
        payload["temporalCoverage"] = (
            f"{start}/{claim['period_end']}" if isinstance(start, str) else claim["period_end"]
        )
    return payload


def _row(dataset: Dataset, claim_id: str) -> pd.DataFrame:
    view = claims_view(dataset)
    row = view[view["claim_id"] == claim_id]
    if row.empty:
        raise KeyError(claim_id)
    return row


def _rows_with(dataset: Dataset, table: str, column: str, value: object) -> pd.DataFrame:
    rows = dataset.table(table)
    return rows[rows[column] == value] if isinstance(value, str) else rows.head(0)


def _all(rows: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(rows.to_json(orient="records", force_ascii=False))
    return records


def _one(rows: pd.DataFrame) -> dict[str, Any] | None:
    return next(iter(_all(rows)), None)
