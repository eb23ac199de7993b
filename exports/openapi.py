"""The document of the data API (OpenAPI 3.1), made from the models and from the ids that are known now.

Why: programs are written against it and tests are generated from it, so every route, parameter, answer and refusal
stands here. Not here: the routes themselves (`api.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandera.pandas as pa

from exports.citations import DATA_SET
from exports.citations import MEDIA_TYPES as CITATION_TYPES
from exports.descriptions import json_schema
from exports.files import MEDIA_TYPES
from validation.models import READERS_CLAIMS, SCHEMAS

Document = dict[str, Any]

ABOUT_PARAMETERS = {
    "source": "Id of the report; for observations the id of the series.",
    "year": "Year of the date that the number speaks for, not of publication.",
    "indicator": "What is counted.",
    "group": "Who is counted.",
    "place": "Id of a place; it includes the places within it.",
    "attributed": "Id of the organisation that the number comes from.",
    "event": "Id of the event.",
}

TITLES = {
    "claims": "Claims, with the columns of the dashboard’s download",
    "sources": "Reports",
    "organisations": "Organisations",
    "places": "Places",
    "events": "Events",
    "caveats": "Caveats",
    "dismissed": "Numbers that are no claims",
    "series": "Reference series",
    "observations": "Values of the reference series",
}


def document(tables: Sequence[str], parameters: Mapping[str, Mapping[str, Sequence[str]]], version: str) -> Document:
    """Give the document; `parameters`: filtered table to its parameters, each with the values that are known."""
    paths: Document = {}
    for name in tables:
        for ending, media_type in MEDIA_TYPES.items():
            content = _table_content(name, ending, media_type)
            asked = [_parameter(each, ids) for each, ids in parameters.get(name, {}).items()]
            about = f"{TITLES[name]} as {ending.upper()}"
            paths[f"/{name}.{ending}"] = _read(about, f"{name}_{ending}", content, asked)
    claim_id = {
        "name": "claim_id", "in": "path", "required": True, "description": "Id of a claim.",
        "schema": {"type": "string", "minLength": 1, "pattern": r"^[^/]+$"},
    }  # fmt: skip
    one = {
        "application/json": {"schema": {"$ref": "#/components/schemas/OneClaim"}},
        "application/ld+json": {"schema": {"type": "object", "description": "schema.org/Claim"}},
    }
    paths["/claims/{claim_id}"] = _read("One claim with everything known of it", "claim", one, [claim_id], missing=True)
    for ending in ("ris", "bib", "json"):
        content = {CITATION_TYPES[ending]: {"schema": {"type": "array" if ending == "json" else "string"}}}
        about = f"Citation of a claim’s report as .{ending}"
        paths[f"/claims/{{claim_id}}/citation.{ending}"] = _read(
            about, f"citation_{ending}", content, [claim_id], missing=True
        )
    for name in SCHEMAS:
        content = _table_content(name, "csv", MEDIA_TYPES["csv"])
        paths[f"/tables/{name}.csv"] = _read(
            f"{name} as it is kept, a part of the Data Package", f"table_{name}", content
        )
    wholes = {
        "datapackage.json": ("Descriptor of the Data Package (v2)", "application/json"),
        "datapackage.zip": ("The Data Package: all tables with their descriptor", "application/zip"),
        "dataset.jsonld": ("The data set as schema.org/Dataset", "application/ld+json"),
        "openapi.json": ("This document", "application/json"),
    }
    for path, (about, media_type) in wholes.items():
        schema = {"type": "string", "format": "binary"} if path.endswith("zip") else {"type": "object"}
        paths[f"/{path}"] = _read(about, path.replace(".", "_"), {media_type: {"schema": schema}})
    health = {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}}
    paths["/health"] = _read("What is served, and what was found when the tables were last read", "health", health)
    for answers in (paths["/health"]["get"]["responses"], paths["/health"]["head"]["responses"]):
        del answers["304"]
        answers["200"]["headers"] = _refer("Cache-Control")
        answers["503"] = {"description": "There is no good version of the tables.", "content": health}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": DATA_SET,
            "version": version,
            "description": "Read-only. Every number is what a report said, with its source, its qualifier and its caveats; "
            "none is a verdict. `info.version` is the data version: the first 12 hexadecimal digits of a hash over the tables.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(tables),
            "headers": _HEADERS,
            "responses": {
                "NotModified": {"description": "The reader’s copy is still right.", "headers": _refer("ETag", "Cache-Control", "Vary")},
                "BadRequest": _problem("A parameter or a value is not known, or a value is too long."),
                "NotFound": _problem("There is no such claim."),
                "MethodNotAllowed": _problem("The API is read-only.", "Allow"),
                "Unavailable": _problem("There is no good version of the tables, or the reference holds a fault.", "Retry-After"),
            },
        },
    }  # fmt: skip


_HEADERS: Document = {
    "ETag": {"description": "From the data version, the question and the bytes.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "How long a copy may be used.", "schema": {"type": "string"}},
    "Vary": {"description": "Headers of the question that the answer depends on.", "schema": {"type": "string"}},
    "Content-Disposition": {"description": "A file name with the data version.", "schema": {"type": "string"}},
    "Content-Encoding": {
        "description": "gzip, where the reader takes it.",
        "schema": {"type": "string", "const": "gzip"},
    },
    "Access-Control-Allow-Origin": {"description": "Any page may read.", "schema": {"type": "string", "const": "*"}},
    "X-Content-Type-Options": {"description": "Always “nosniff”.", "schema": {"type": "string", "const": "nosniff"}},
    "Allow": {"description": "The methods that are answered.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds after which to ask again.", "schema": {"type": "string"}},
}


_ON_ALL = ("Access-Control-Allow-Origin", "X-Content-Type-Options")


def _refer(*headers: str) -> Document:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in headers}


def _read(
    about: str, operation: str, content: Document, asked: Sequence[Document] = (), *, missing: bool = False
) -> Document:
    """Describe a route that is read by GET and HEAD."""
    headers = _refer("ETag", "Cache-Control", "Vary", "Content-Encoding", "Content-Disposition", *_ON_ALL)
    failures = {
        "304": "NotModified", "400": "BadRequest", **({"404": "NotFound"} if missing else {}),
        "405": "MethodNotAllowed", "503": "Unavailable",
    }  # fmt: skip
    refused = {status: {"$ref": f"#/components/responses/{name}"} for status, name in failures.items()}
    described: Document = {"parameters": list(asked)} if asked else {}
    described["get"] = {
        "summary": about,
        "operationId": f"get_{operation}",
        "responses": {"200": {"description": about, "headers": headers, "content": content}} | refused,
    }
    described["head"] = {
        "summary": f"{about}: the head alone",
        "operationId": f"head_{operation}",
        "responses": {"200": {"description": about, "headers": headers}} | refused,
    }
    return described


def _problem(about: str, *headers: str) -> Document:
    return {
        "description": about,
        "headers": _refer("Cache-Control", *_ON_ALL, *headers),
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _parameter(name: str, ids: Sequence[str]) -> Document:
    return {
        "name": name,
        "in": "query",
        "description": f"{ABOUT_PARAMETERS[name]} Repeat it to choose several: any of them fits. A value has at most 200 characters.",
        "required": False,
        "style": "form",
        "explode": True,
        "schema": {"type": "array", "items": {"type": "string", "enum": list(ids)}},
    }


def _table_content(name: str, ending: str, media_type: str) -> Document:
    if ending == "json":
        return {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    text = {"type": "string"} if ending == "csv" else {"type": "string", "format": "binary"}
    return {media_type: {"schema": text}}


def _schemas(tables: Sequence[str]) -> Document:
    """Describe the JSON answers, a record of each table from its model."""
    schemas: Document = {}
    for name in tables:
        model = READERS_CLAIMS if name == "claims" else SCHEMAS[name]
        schemas[f"{name}_record"] = _record(model)
        schemas[name] = {
            "type": "object",
            "required": ["data_version", "citation", "count", "records"],
            "additionalProperties": False,
            "properties": {
                "data_version": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
                "citation": {"type": "string", "description": "How to cite the data set in this version."},
                "count": {"type": "integer", "minimum": 0},
                "records": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}_record"}},
            },
        }
    schemas["OneClaim"] = {
        "type": "object",
        "required": [
            "data_version", "citation", "citation_of_data", "how_to_say_it", "permalink", "passage", "claim", "source",
            "organisation", "via", "place", "event", "caveats", "evidence", "part_of", "parts",
        ],
        "properties": {
            "data_version": {"type": "string"},
            "citation": {"type": "string", "description": "The report, in one plain style."},
            "citation_of_data": {"type": "string"},
            "how_to_say_it": {"type": "string", "description": "The claim in one sentence."},
            "permalink": {"type": "string", "description": "Address of the claim’s card, relative to the dashboard."},
            "passage": {"type": "string", "description": "Address that opens the report at the wording."},
            "claim": {"$ref": "#/components/schemas/claims_record"},
            "source": {"$ref": "#/components/schemas/sources_record"},
            "organisation": {"$ref": "#/components/schemas/organisations_record"},
            **{
                name: {"oneOf": [{"$ref": f"#/components/schemas/{of}_record"}, {"type": "null"}]}
                for name, of in (("via", "organisations"), ("place", "places"), ("event", "events"))
            },
            "caveats": {"type": "array", "items": _texts("caveat_id", "label", "definition", "detail")},
            "evidence": _texts("state", "said", "checked_on"),
            "part_of": {"type": ["string", "null"], "description": "The claim that contains this one."},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/claims_record"}},
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
