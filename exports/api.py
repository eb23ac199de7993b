"""The data API: read-only routes under `/api/v1/`, served by the process that serves the pages.

Why: a program gets the same rows, filters and version as a reader of the pages. Filters are asked by id and refused by
name where they are not known, so that a typing error is never an empty answer. Here: questions and what answers them.
Not here: how an answer is kept and sent (`answers.py`), files (`files.py`), the document of the API (`openapi.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analysis.selection import CHOSEN_BY, Choice, select
from analysis.view import claims_view
from analysis.words import NOT_KNOWN
from exports import citations, claims, files, openapi, package
from exports.answers import ON_ALL, Answer, problem, reply
from validation import Record
from validation.current import current, known
from validation.errors import noted
from validation.findings import Finding, first
from validation.models import REFERENCE, SCHEMAS
from validation.vocabulary import INDICATORS, POPULATION_GROUPS, SERIES_INDICATORS, codes

TABLES = (
    "claims", "sources", "organisations", "places", "events", "caveats", "dismissed", "series", "observations",
)  # fmt: skip
"""Tables that have a route of their own; the Data Package has every table."""

FILTERED = ("claims", "observations")
MOST_CHARACTERS, SHOWN_CHARACTERS, MOST_PARAMETERS = 200, 100, 500


class Refused(Exception):
    """A question that gets a problem for an answer."""

    def __init__(self, status: HTTPStatus, detail: str, **members: Any) -> None:
        """Hold the status, what is wrong, and the members of the problem."""
        super().__init__(detail)
        self.status, self.detail, self.members = status, detail, members


def application() -> Starlette:
    """Give the API as an application for whatever begins with `/api`."""
    known_routes = [
        Route("/api/v1/health", _health),
        Route("/api/v1/openapi.json", _openapi),
        Route("/api/v1/datapackage.json", _descriptor),
        Route("/api/v1/datapackage.zip", _archive),
        Route("/api/v1/dataset.jsonld", _json_ld),
        Route("/api/v1/tables/{name}.csv", _raw),
        Route("/api/v1/claims/{claim_id}/citation.{ending}", _citation),
        Route("/api/v1/claims/{claim_id}", _claim),
        Route("/api/v1/{name}.{ending}", _table),
    ]
    handlers: Mapping[Any, Any] = {HTTPException: _http_problem, Refused: _refusal, Exception: _our_fault}
    api = Starlette(routes=known_routes, exception_handlers=handlers)
    api.router.redirect_slashes = False
    return api


async def _table(request: Request) -> Response:
    name, ending = request.path_params["name"], request.path_params["ending"]
    if name not in TABLES or ending not in files.MEDIA_TYPES:
        formats = ", ".join(files.MEDIA_TYPES)
        raise Refused(HTTPStatus.NOT_FOUND, f"There is no such table or format. Tables: {', '.join(TABLES)}. Formats: {formats}.")  # fmt: skip
    record = await _record(needs=(name,))
    choice = _choice(request, parameters(record, name) if name in FILTERED else {})
    question = (name, ending, tuple(sorted((parameter, tuple(ids)) for parameter, ids in choice.items())))

    def build() -> Answer:
        rows = _rows(record, name, choice)
        media_type, said = files.MEDIA_TYPES[ending], files.file_name(name, record.version, ending)
        return Answer.build(record, question, _file(record, name, rows, ending), media_type, said)

    return await _answer(request, record, question, build)


async def _claim(request: Request) -> Response:
    record = await _record()
    _choice(request, {})
    claim_id = _existing(record, request)
    linked = _prefers_linked_data(request.headers.get("accept", ""))
    question = ("claim", claim_id, linked)

    def build() -> Answer:
        told = claims.linked_data(record, claim_id) if linked else claims.everything(record, claim_id)
        media_type = "application/ld+json" if linked else "application/json"
        said = files.file_name(claim_id, record.version, "jsonld" if linked else "json")
        return Answer.build(record, question, package.as_document(told), media_type, said, vary="Accept")

    return await _answer(request, record, question, build)


async def _citation(request: Request) -> Response:
    record = await _record()
    _choice(request, {})
    claim_id, ending = _existing(record, request), request.path_params["ending"]
    if ending not in ("ris", "bib", "json"):
        raise Refused(HTTPStatus.NOT_FOUND, "Citations come as .ris, .bib and .json (CSL-JSON).")
    question = ("citation", claim_id, ending)

    def build() -> Answer:
        view = claims_view(record)
        cited = citations.FORMS[ending](citations.reports(record, view[view["claim_id"] == claim_id]))
        said = files.file_name(claim_id, record.version, ending)
        return Answer.build(record, question, cited.encode(), citations.MEDIA_TYPES[ending], said)

    return await _answer(request, record, question, build)


async def _raw(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in SCHEMAS:
        raise Refused(HTTPStatus.NOT_FOUND, f"The package has no such table. Tables: {', '.join(SCHEMAS)}.")
    record = await _record(needs=(name,))
    said, media_type = files.file_name(f"table-{name}", record.version, "csv"), files.MEDIA_TYPES["csv"]
    return await _whole(request, record, ("raw", name), lambda: package.table_csv(record, name), media_type, said)


async def _descriptor(request: Request) -> Response:
    record = await _record(needs=tuple(SCHEMAS))

    def build() -> bytes:
        return package.as_document(package.descriptor(record))

    said = files.file_name("datapackage", record.version, "json")
    return await _whole(request, record, "datapackage.json", build, "application/json", said)


async def _archive(request: Request) -> Response:
    record = await _record(needs=tuple(SCHEMAS))
    said = files.file_name("datapackage", record.version, "zip")
    return await _whole(request, record, "datapackage.zip", lambda: package.archive(record), "application/zip", said)


async def _json_ld(request: Request) -> Response:
    record = await _record()

    def build() -> bytes:
        return package.as_document(package.json_ld(record))

    said = files.file_name("dataset", record.version, "jsonld")
    return await _whole(request, record, "dataset.jsonld", build, "application/ld+json", said)


async def _health(request: Request) -> Response:
    """Say which version is served, since when, and what was found when the tables were last read; 503 without a version."""
    _choice(request, {})
    state = known()
    if state is None:
        state = await run_in_threadpool(current)
    latest, served = state.latest, state.record
    told = {
        "data_version": served.version if served else None,
        "findings": len(latest.findings),
        "reference_findings": len(latest.reference_findings),
        "last_load": state.loaded.isoformat(timespec="seconds"),
        "fault": _fault(latest.findings or latest.reference_findings),
    }
    headers = ON_ALL | {"cache-control": "no-store"}
    status = HTTPStatus.OK if served else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(package.as_document(told), status, headers, "application/json")


async def _openapi(request: Request) -> Response:
    record = await _record()

    def build() -> bytes:
        allowed = {name: parameters(record, name) for name in FILTERED}
        return package.as_document(openapi.document(TABLES, allowed, record.version))

    return await _whole(request, record, "openapi.json", build, "application/json")


async def _whole(
    request: Request, record: Record, question: object, build: Callable[[], bytes], media_type: str, name: str = ""
) -> Response:
    """Answer a question that has no parameters."""
    _choice(request, {})
    return await _answer(request, record, question, lambda: Answer.build(record, question, build(), media_type, name))


async def _answer(request: Request, record: Record, question: Any, build: Callable[[], Answer]) -> Response:
    key = ("answer", question)
    answer = record.kept_already(key) or await run_in_threadpool(record.kept, key, build, Answer.size)
    return reply(request, answer)


async def _record(needs: Sequence[str] = ()) -> Record:
    """Give the last good version, or refuse: there is none, or a table of the reference that is needed holds a fault."""
    state = known()
    if state is None:
        state = await run_in_threadpool(current)
    if state.record is None:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, f"The tables cannot be served: {_fault(state.latest.findings)}")
    if state.record.reference_findings and set(needs) & set(REFERENCE):
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE, f"The reference cannot be served: {_fault(state.record.reference_findings)}"
        )
    return state.record


def _fault(findings: Sequence[Finding]) -> str | None:
    """Say the first finding: file, line, what is wrong, what to do; None where there is none."""
    if not findings:
        return None
    told = first(findings)
    line = f", line {told.line}" if told.line else ""
    return f"{told.file}{line}: {told.problem}. {told.action}."


def parameters(record: Record, table: str) -> Mapping[str, Sequence[str]]:
    """Return the parameters of a filtered table, each with the values that are known, whether rows have them or not."""
    return record.kept(("parameters", table), lambda: _parameters(record, table))


def _parameters(record: Record, table: str) -> Mapping[str, Sequence[str]]:
    both = [record.table(name)["period_end"].dropna().str[:4] for name in FILTERED]
    is_claims = table == "claims"
    key = ("sources", "source_id") if is_claims else ("series", "series_id")

    def ids(name: str, column: str) -> list[str]:
        return list(record.table(name)[column])

    return {
        "source": ids(*key),
        "year": [*sorted(set(pd.concat(both))), NOT_KNOWN],
        "indicator": codes(INDICATORS if is_claims else SERIES_INDICATORS),
        "group": codes(POPULATION_GROUPS),
        "place": [*ids("places", "place_id"), NOT_KNOWN],
        "attributed": ids("organisations", "organisation_id"),
        "event": [*ids("events", "event_id"), NOT_KNOWN],
    }


def _choice(request: Request, allowed: Mapping[str, Sequence[str]]) -> Choice:
    """Read the parameters of a question; refuse what is not known."""
    try:
        asked = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"More than {MOST_PARAMETERS} parameters.") from None
    choice: dict[str, list[str]] = {}
    for name, value in asked:
        shown = {"parameter": name[:SHOWN_CHARACTERS], "value": value[:SHOWN_CHARACTERS]}
        if name not in allowed:
            names = ", ".join(allowed) or "none"
            raise Refused(HTTPStatus.BAD_REQUEST, f"The parameter is not known here. Known: {names}.", **shown, allowed=list(allowed))  # fmt: skip
        if len(value) > MOST_CHARACTERS or value not in allowed[name]:
            wrong = f"longer than {MOST_CHARACTERS} characters" if len(value) > MOST_CHARACTERS else "not known"
            detail = f"The value is {wrong}. Values of “{name}” are ids, listed in “allowed”."
            raise Refused(HTTPStatus.BAD_REQUEST, detail, **shown, allowed=list(allowed[name]))
        if value not in choice.setdefault(name, []):
            choice[name].append(value)
    return {name: sorted(ids) for name, ids in choice.items()}


def _rows(record: Record, name: str, choice: Choice) -> pd.DataFrame:
    """Give the rows of a table that fit the choice, with the columns that are served."""
    if name == "claims":
        return files.readers_claims(select(claims_view(record), choice, record.table("places")))
    if name == "observations":
        observed = record.table("observations")
        fits = select(_observed(record), choice, record.table("places")).index
        return observed.loc[fits]
    return record.table(name)


def _observed(record: Record) -> pd.DataFrame:
    """Give the observations with the columns that filters choose by; the source of a value is its series."""
    observed = record.table("observations")
    series = observed[["series_id"]].merge(record.table("series"), on="series_id", how="left")
    renamed = series.rename(columns={"series_id": "source_id", "organisation_id": "attributed_to"})
    return renamed.assign(year=observed["period_end"].str[:4])[list(CHOSEN_BY.values())]


def _file(record: Record, name: str, rows: pd.DataFrame, ending: str) -> bytes:
    try:
        return files.as_file(record, name, rows, ending)
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"This format cannot hold the rows: {error}.") from None


def _existing(record: Record, request: Request) -> str:
    claim_id = str(request.path_params["claim_id"])
    if not (record.table("claims")["claim_id"] == claim_id).any():
        raise Refused(HTTPStatus.NOT_FOUND, f"There is no claim {claim_id[:SHOWN_CHARACTERS]!r}.")
    return claim_id


def _prefers_linked_data(accepted: str) -> bool:
    """Whether a reader asks for JSON-LD by name, and for plain JSON not more."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        media_type, *options = (piece.strip() for piece in part.split(";"))
        weight = next((option[2:] for option in options if option.startswith("q=")), "1")
        weights[media_type] = float(weight) if weight.replace(".", "", 1).isdigit() else 0.0
    return weights.get("application/ld+json", 0.0) > 0 and weights["application/ld+json"] >= weights.get("application/json", 0.0)  # fmt: skip


async def _refusal(_: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)  # noqa: S101  (the handler is registered for it alone)
    wait = {"retry-after": "5"} if refused.status is HTTPStatus.SERVICE_UNAVAILABLE else {}
    return problem(refused.status, refused.detail, wait, **refused.members)


async def _our_fault(_: Request, error: Exception) -> Response:
    said = f"Something went wrong, and it is our fault. Error id {noted(error)}."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, said)


async def _http_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (the handler is registered for it alone)
    status = HTTPStatus(error.status_code)
    details = {
        HTTPStatus.NOT_FOUND: "There is nothing at this address. The API is described at /api/v1/openapi.json.",
        HTTPStatus.METHOD_NOT_ALLOWED: "The API is read-only: GET and HEAD.",
    }
    return problem(status, details.get(status, status.description), error.headers)
