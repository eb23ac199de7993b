"""The document of the data API (OpenAPI 3.1), made from the models, the formats and the parameters.

Why: programs are written against it and tests are generated from it, so every route, parameter, answer and refusal
stands here. Ids change with the data: the document says which table lists them. Not here: the routes themselves (`api.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandera.pandas as pa

from analysis.words import NOT_KNOWN
from exports import citations, files
from exports.descriptions import json_schema
from exports.formats import by_ending
from exports.questions import MAX_CHARACTERS, PARAMETERS, Parameter
from validation.about import About
from validation.dataset import VERSION
from validation.models import COUNTS_BESIDE, READERS_CLAIMS, SCHEMAS, key

Document = dict[str, Any]

ABOUT = (
    "Read-only. Claims are what reports said, each with its source, its qualifier and its limitations; published counts are what the "
    "organisations named published. We do not judge which is right. "
    "`info.version` is the data version: “v” and the first 12 hexadecimal digits of a hash over the tables. "
    "Whatever answers GET answers HEAD with the same headers and no body. Every answer may be read by any page "
    "(`Access-Control-Allow-Origin: *`) and says in `Cache-Control` and `Vary` how a copy may be used; all but `/health` have "
    "an `ETag`, are compressed with gzip for those who take it, files are named with the data version, "
    "and files of rows with the filter and the number of rows too."
)
WHOLES = {
    "datapackage.json": ("Descriptor of the Data Package (v2)", "application/json"),
    "datapackage.zip": ("The Data Package: all tables with their descriptor", "application/zip"),
    "dataset.jsonld": ("The data set as schema.org/Dataset", "application/ld+json"),
    "openapi.json": ("This document", "application/json"),
}
"""Paths without parameters, each with what it gives and its media type."""


def document(tables: Sequence[str], subject: About, version: str) -> Document:
    """Return the document for the tables that have a route of their own."""
    paths: Document = {}
    for name in tables:
        asked = [_refer("parameters", _component(name, parameter)) for parameter in PARAMETERS.get(name, {})]
        for form in files.FORMATS:
            body = _refer("schemas", name) if form.ending == "json" else {}
            about = f"{_model(name).title} ({form.label})"
            paths[f"/{name}.{form.ending}"] = _read(about, f"{name}_{form.ending}", {form.media_type: body}, asked)
    claim_id = [_refer("parameters", "claim_id")]
    one = {"application/json": _refer("schemas", "OneClaim"), "application/ld+json": {"type": "object"}}
    about = "One claim with everything known of it, or as schema.org/Claim"
    paths["/claims/{claim_id}"] = _read(about, "claim", one, claim_id, missing=True)
    for citation in citations.FORMATS:
        content = {citation.media_type: {"type": "array"} if citation.ending == "json" else {}}
        path = f"/claims/{{claim_id}}/citation.{citation.ending}"
        about = f"Citation of a claim’s report ({citation.label})"
        paths[path] = _read(about, f"citation_{citation.ending}", content, claim_id, missing=True)
        path = f"/observations/{{observation_id}}/citation.{citation.ending}"
        about = f"Citation of a published count ({citation.label})"
        asked = [_refer("parameters", "observation_id")]
        paths[path] = _read(about, f"count_citation_{citation.ending}", content, asked, missing=True)
    csv = by_ending(files.FORMATS)["csv"]
    for name, schema in SCHEMAS.items():
        about = f"{schema.title} as kept, a part of the Data Package"
        paths[f"/tables/{name}.csv"] = _read(about, f"table_{name}", {csv.media_type: {}})
    for path, (about, media_type) in WHOLES.items():
        body = {} if path.endswith("zip") else {"type": "object"}
        paths[f"/{path}"] = _read(about, path.replace(".", "_"), {media_type: body})
    health = {"application/json": _refer("schemas", "Health")}
    paths["/health"] = _read("What is served, and what was found when the tables were last read", "health", health)
    answers = paths["/health"]["get"]["responses"]
    del answers["304"]
    answers["503"] = answers["200"] | {"description": "There is no good version of the tables."}
    return {
        "openapi": "3.1.0",
        "info": {"title": subject.title, "version": version, "description": ABOUT} | _who_answers(subject),
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(tables),
            "parameters": {
                "claim_id": _id("claim_id", "Id of a claim."),
                "observation_id": _id("observation_id", "Id of a published count."),
                **{
                    _component(table, name): _parameter(name, parameter)
                    for table, parameters in PARAMETERS.items()
                    for name, parameter in parameters.items()
                },
            },
            "responses": {
                "304": {"description": "The reader’s copy is still right."},
                "400": _problem("A parameter or a value is not known, or a value is too long; `allowed` lists what is known."),
                "404": _problem("There is no such claim or published count."),
                "405": _problem("The API is read-only; `Allow` lists the methods."),
                "503": _problem("There is no good version of the tables, or the published counts hold a fault; see `Retry-After`."),
            },
        },
    }  # fmt: skip


def _who_answers(subject: About) -> Document:
    """Return contact and licence where `about.toml` names them; a contact is an address of mail or of the web."""
    contact = {"contact": {"email" if "@" in subject.contact else "url": subject.contact}} if subject.contact else {}
    return contact | ({"license": {"name": subject.licence}} if subject.licence else {})


def _id(name: str, about: str) -> Document:
    kind = {"type": "string", "minLength": 1, "pattern": r"^[^/]+$"}
    return {"name": name, "in": "path", "required": True, "description": about, "schema": kind}


def _refer(kind: str, name: str) -> Document:
    return {"$ref": f"#/components/{kind}/{name}"}


def _model(name: str) -> pa.DataFrameSchema:
    return READERS_CLAIMS if name == "claims" else SCHEMAS[name]


def _read(
    about: str,
    operation: str,
    content: Mapping[str, Document],
    asked: Sequence[Document] = (),
    *,
    missing: bool = False,
) -> Document:
    """Describe a route that is read; `content`: media type to the schema of the body, empty where JSON cannot say it."""
    refusals = ("304", "400", *(["404"] if missing else []), "405", "503")
    bodies = {media_type: {"schema": schema} if schema else {} for media_type, schema in content.items()}
    described: Document = {"parameters": list(asked)} if asked else {}
    return described | {
        "get": {
            "summary": about,
            "operationId": f"get_{operation}",
            "responses": {"200": {"description": "The answer.", "content": bodies}}
            | {status: _refer("responses", status) for status in refusals},
        }
    }


def _problem(about: str) -> Document:
    return {"description": about, "content": {"application/problem+json": {"schema": _refer("schemas", "Problem")}}}


def _component(table: str, name: str) -> str:
    """Name the description of a parameter; one that is the same for all tables is described once."""
    of_all = all(parameters.get(name) == PARAMETERS[table][name] for parameters in PARAMETERS.values())
    return name if of_all else f"{table}_{name}"


def _parameter(name: str, parameter: Parameter) -> Document:
    ids = f"`{key(parameter.table)[0]}` of /{parameter.table}.json" if parameter.table else "years of the data, as YYYY"
    values = "codes" if parameter.codes else ids + (f", or `{NOT_KNOWN}`" if parameter.blank else "")
    item: Document = {"enum": list(parameter.codes)} if parameter.codes else {"maxLength": MAX_CHARACTERS}
    return {
        "name": name,
        "in": "query",
        "description": f"{parameter.about}. Values: {values}. Repeat it to choose several: any of them fits.",
        "schema": {"type": "array", "items": {"type": "string"} | item},
    }


def _schemas(tables: Sequence[str]) -> Document:
    """Describe the JSON answers, a record of each table from its model."""
    schemas: Document = {}
    for name in tables:
        schemas[f"{name}_record"] = _record(_model(name))
        schemas[name] = {
            "type": "object",
            "required": ["data_version", "citation", "count", "filter", "records"],
            "additionalProperties": False,
            "properties": {
                "data_version": {"type": "string", "pattern": f"^{VERSION}$"},
                "citation": {"type": "string", "description": "How to cite the data set in this version."},
                "count": {"type": "integer", "minimum": 0},
                "filter": {
                    "type": "object",
                    "description": "What was chosen: parameter to its values; empty where nothing was.",
                    "additionalProperties": False,
                    "properties": {
                        parameter: {"type": "array", "minItems": 1, "items": {"type": "string"}}
                        for parameter in PARAMETERS.get(name, {})
                    },
                },
                "records": {"type": "array", "items": _refer("schemas", f"{name}_record")},
            },
        }
    schemas["OneClaim"] = {
        "type": "object",
        "required": [
            "data_version", "citation", "citation_of_data", "how_to_say_it", "permalink", "passage", "claim", "source",
            "organisation", "via", "place", "event", "caveats", "evidence", "comparison", "published_counts",
            "part_of", "parts",
        ],
        "properties": {
            "data_version": {"type": "string"},
            "citation": {"type": "string", "description": "The report, in one plain style."},
            "citation_of_data": {"type": "string"},
            "how_to_say_it": {"type": "string", "description": "The claim in one sentence."},
            "permalink": {"type": "string", "description": "Address of the claim’s card, relative to the dashboard."},
            "passage": {"type": "string", "description": "Address that opens the report at the quote."},
            "claim": _refer("schemas", "claims_record"),
            "source": _refer("schemas", "sources_record"),
            "organisation": _refer("schemas", "organisations_record"),
            **{
                name: {"oneOf": [_refer("schemas", f"{table}_record"), {"type": "null"}]}
                for name, table in (("via", "organisations"), ("place", "places"), ("event", "events"))
            },
            "caveats": {"type": "array", "items": _texts("caveat_id", "label", "definition", "detail")},
            "evidence": _texts("state", "said", "checked_on"),
            "comparison": {"type": "string", "description": "How published counts relate to the claim, one sentence by rule."},
            "published_counts": {"type": "array", "items": _record(COUNTS_BESIDE)},
            "part_of": {"type": ["string", "null"], "description": "The claim that contains this one."},
            "parts": {"type": "array", "items": _refer("schemas", "claims_record")},
        },
    }  # fmt: skip
    schemas["Health"] = {
        "type": "object",
        "required": ["data_version", "findings", "reference_findings", "last_load", "fault"],
        "additionalProperties": False,
        "properties": {
            "data_version": {"type": ["string", "null"], "description": "Null where there is no good version."},
            "findings": {"type": "integer", "minimum": 0, "description": "Of the tables as last read."},
            "reference_findings": {"type": "integer", "minimum": 0},
            "last_load": {"type": "string", "description": "When the tables were last read (ISO 8601, UTC)."},
            "fault": {
                "type": ["string", "null"],
                "description": "File, line, what is wrong and what to do, of one finding.",
            },
        },
    }
    schemas["Problem"] = {
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "parameter": {"type": "string", "maxLength": 100},
            "value": {"type": "string", "maxLength": 100},
            "allowed": {"type": "array", "items": {"type": "string"}},
        },
    }
    return schemas


def _texts(*names: str) -> Document:
    """Describe an object of texts, each of which may be unknown."""
    text = {"type": ["string", "null"]}
    return {
        "type": "object",
        "required": list(names),
        "additionalProperties": False,
        "properties": dict.fromkeys(names, text),
    }


def _record(model: pa.DataFrameSchema) -> Document:
    return {
        "type": "object",
        "description": str(model.description).strip(),
        "required": list(model.columns),
        "additionalProperties": False,
        "properties": {name: json_schema(column) for name, column in model.columns.items()},
    }
