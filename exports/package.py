"""The whole data set for other programs: a Data Package (v2) of all tables, and its description for search engines.

Why: tables, types, keys, sources and hashes travel together, and a program can check them without this project. All is
made from the pandera models and the record. In the package the tables are as they are kept (unknown is blank), with the
line ends of RFC 4180. Not here: one table in one format (`files.py`), routes (`api.py`).
"""

import hashlib
import io
import json
import zipfile
from typing import Any

import pandas as pd

from exports.citations import as_text, changed, data_set
from exports.descriptions import table_schema_field
from exports.files import as_csv
from validation import Dataset
from validation.models import SCHEMAS, TABLES, key, metadata
from validation.vocabulary import INDICATORS

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FOLDER = "tables"


def table_csv(dataset: Dataset, name: str) -> bytes:
    """Write a table as the package holds it."""
    return as_csv(dataset.table(name))


def descriptor(dataset: Dataset) -> dict[str, Any]:
    """Describe all tables as a Data Package; paths are relative to the descriptor, in the archive and on the web alike."""
    sources = dataset.table("sources")
    about: dict[str, Any] = {
        "$schema": PROFILE,
        "name": dataset.about.name,
        "title": dataset.about.title,
        "description": f"{dataset.about.description} Cite as: {as_text(data_set(dataset))}",
        "version": dataset.version,
        "keywords": list(dataset.about.keywords),
        "sources": [{"title": title, "path": url} for title, url in zip(sources["title"], sources["url"], strict=True)],
        "resources": [_resource(dataset, name) for name in SCHEMAS],
    }
    if not about["sources"]:
        del about["sources"]
    if dataset.about.licence:
        about["licenses"] = [{"name": dataset.about.licence}]
    return about | ({"created": f"{changed(dataset)}T00:00:00Z"} if changed(dataset) else {})


def archive(dataset: Dataset) -> bytes:
    """Return the package as a ZIP archive: `datapackage.json` and every table; the same record gives the same bytes."""
    files = {"datapackage.json": as_document(descriptor(dataset))}
    files |= {f"{FOLDER}/{name}.csv": table_csv(dataset, name) for name in SCHEMAS}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def as_document(value: object) -> bytes:
    """Write a description as JSON for people and programs."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(dataset: Dataset, name: str) -> dict[str, Any]:
    data, schema = table_csv(dataset, name), SCHEMAS[name]
    links = {column: reference for column in schema.columns if (reference := metadata(name, column).get("references"))}
    foreign = []
    for column, reference in links.items():
        table, field = reference.split(".")
        # A table that refers to itself is named by the empty string (Table Schema, foreign keys).
        foreign.append(
            {"fields": [column], "reference": {"resource": "" if table == name else table, "fields": [field]}}
        )
    keys = key(name)
    described: dict[str, Any] = {
        "fields": [table_schema_field(column, about) for column, about in schema.columns.items()],
        "fieldsMatch": "exact",
        "missingValues": [""],
        "primaryKey": keys,
    }
    if dataset.table(name)[keys].isna().any(axis=None):
        # A key with blanks identifies rows here, but no Table Schema allows it.
        del described["primaryKey"]
    return {
        "name": name,
        "type": "table",
        "path": f"{FOLDER}/{name}.csv",
        "title": str(TABLES[name].Config.title),
        "description": str(schema.description).strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": described | ({"foreignKeys": foreign} if foreign else {}),
    }


def json_ld(dataset: Dataset) -> dict[str, Any]:
    """Describe the data set in the words of schema.org; addresses are relative to the document."""
    sources = dataset.table("sources")
    claims = dataset.table("claims")
    days = pd.concat([claims["period_start"], claims["period_end"]]).dropna()
    files = {"claims.csv": "text/csv", "claims.json": "application/json", "datapackage.zip": "application/zip"}
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": dataset.about.title,
        "description": dataset.about.description,
        "version": dataset.version,
        "keywords": list(dataset.about.keywords),
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": dataset.country},
        "variableMeasured": [f"number of people: {term.label.lower()}" for term in INDICATORS],
        "measurementTechnique": "Each number is read from the text of a report by written rules and checked against it.",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": name, "encodingFormat": media} for name, media in files.items()
        ],
        "isBasedOn": [
            {"@type": "CreativeWork", "name": title, "url": url, "datePublished": published}
            for title, url, published in sources[["title", "url", "published"]].to_numpy().tolist()
        ],
    }
    if changed(dataset):
        about["dateModified"] = changed(dataset)
    if len(days):
        about["temporalCoverage"] = f"{min(days)}/{max(days)}"
    return about
