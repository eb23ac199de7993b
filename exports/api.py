"""The data API: read-only routes under `/api/v1/`, served by the process that serves the pages.

Why: a program gets the same rows, filters and version as a reader of the pages. Here: routes and what answers them. Not
here: what may be asked (`questions.py`), how an answer is sent (`answers.py`), the document of the API (`openapi.py`).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import pandas as pd
from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analysis.counts import published_counts
from analysis.selection import Choice
from analysis.view import claims_view
from exports import citations, claims, files, openapi, package
from exports.answers import ON_ALL, Answer, problem, reply
from exports.formats import by_ending, endings
from exports.questions import SHOWN_CHARACTERS, RefusedError, allowed, choice, rows
from validation import Dataset
from validation.current import current, known
from validation.errors import log_error
from validation.findings import Finding, first
from validation.models import REFERENCE, SCHEMAS, key

TABLES = (
    "claims", "sources", "organisations", "places", "events", "caveats", "dismissed", "series", "breaks", "observations",
)  # fmt: skip
"""Tables that have a route of their own; the Data Package has every table."""
SLOW_BUILDS = CapacityLimiter(2)
"""Files that take long are made two at a time: however many are asked for, threads are left for all other questions."""


def application() -> Starlette:
    """Return the API as an application for whatever begins with `/api`."""
    known_routes = [
        Route("/api/v1/health", _health),
        Route("/api/v1/openapi.json", _openapi),
        Route("/api/v1/datapackage.json", _descriptor),
        Route("/api/v1/datapackage.zip", _archive),
        Route("/api/v1/dataset.jsonld", _json_ld),
        Route("/api/v1/tables/{name}.csv", _raw),
        Route("/api/v1/claims/{claim_id}/citation.{ending}", _citation),
        Route("/api/v1/claims/{claim_id}", _claim),
        Route("/api/v1/observations/{observation_id}/citation.{ending}", _count_citation),
        Route("/api/v1/{name}.{ending}", _table),
    ]
    handlers: Mapping[Any, Any] = {HTTPException: _http_problem, RefusedError: _refusal, Exception: _our_fault}
    api = Starlette(routes=known_routes, exception_handlers=handlers)
    api.router.redirect_slashes = False
    return api


async def _table(request: Request) -> Response:
    name, ending = request.path_params["name"], request.path_params["ending"]
    form = by_ending(files.FORMATS).get(ending)
    if name not in TABLES or form is None:
        detail = f"There is no such table or format. Tables: {', '.join(TABLES)}. Formats: {endings(files.FORMATS)}."
        raise RefusedError(HTTPStatus.NOT_FOUND, detail)
    dataset = await _record(needs=(name,))
    chosen = choice(request.url.query, allowed(dataset, name))
    question = (name, ending, tuple(sorted((parameter, tuple(ids)) for parameter, ids in chosen.items())))

    def build() -> Answer:
        found = rows(dataset, name, chosen)
        body = _file(dataset, name, found, ending, chosen)
        file = files.name_of_rows(dataset, name, chosen, len(found), ending)
        return Answer.build(dataset, question, body, form.media_type, file)

    return await _answer(request, dataset, question, build, slow=form.slow)


async def _claim(request: Request) -> Response:
    dataset = await _record()
    choice(request.url.query, {})
    claim_id = str(request.path_params["claim_id"])
    linked = _prefers_linked_data(request.headers.get("accept", ""))
    question = ("claim", claim_id, linked)

    def build() -> Answer:
        _must_exist(dataset, "claims", claim_id)
        payload = claims.linked_data(dataset, claim_id) if linked else claims.everything(dataset, claim_id)
        media_type = "application/ld+json" if linked else "application/json"
        file = files.file_name(dataset, claim_id, "jsonld" if linked else "json")
        return Answer.build(dataset, question, package.as_document(payload), media_type, file, vary="Accept")

    return await _answer(request, dataset, question, build)


async def _citation(request: Request) -> Response:
    dataset = await _record()
    claim_id = str(request.path_params["claim_id"])

    def cite() -> list[citations.Reference]:
        _must_exist(dataset, "claims", claim_id)
        view = claims_view(dataset)
        return citations.reports(dataset, view[view["claim_id"] == claim_id])

    return await _cited(request, dataset, claim_id, cite)


async def _count_citation(request: Request) -> Response:
    dataset = await _record(needs=REFERENCE)
    observation_id = str(request.path_params["observation_id"])

    def cite() -> list[citations.Reference]:
        _must_exist(dataset, "observations", observation_id)
        rows = published_counts(dataset)
        return citations.counts(dataset, rows[rows["observation_id"] == observation_id])

    return await _cited(request, dataset, observation_id, cite)


async def _cited(
    request: Request, dataset: Dataset, row_id: str, cite: Callable[[], list[citations.Reference]]
) -> Response:
    """Answer with a citation in the format that the address ends with."""
    choice(request.url.query, {})
    ending = request.path_params["ending"]
    form = by_ending(citations.FORMATS).get(ending)
    if form is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"Citations come as {endings(citations.FORMATS)}.")
    question = ("citation", row_id, ending)

    def build() -> Answer:
        file = files.file_name(dataset, row_id, ending)
        return Answer.build(dataset, question, form.write(cite()).encode(), form.media_type, file)

    return await _answer(request, dataset, question, build)


async def _raw(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in SCHEMAS:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"The package has no such table. Tables: {', '.join(SCHEMAS)}.")
    dataset = await _record(needs=(name,))
    file, csv = files.file_name(dataset, f"table-{name}", "csv"), by_ending(files.FORMATS)["csv"]
    return await _whole(request, dataset, ("raw", name), lambda: package.table_csv(dataset, name), csv.media_type, file)


async def _descriptor(request: Request) -> Response:
    dataset = await _record(needs=tuple(SCHEMAS))

    def build() -> bytes:
        return package.as_document(package.descriptor(dataset))

    file = files.file_name(dataset, "datapackage", "json")
    return await _whole(request, dataset, "datapackage.json", build, "application/json", file)


async def _archive(request: Request) -> Response:
    dataset = await _record(needs=tuple(SCHEMAS))
    file = files.file_name(dataset, "datapackage", "zip")
    return await _whole(
        request, dataset, "datapackage.zip", lambda: package.archive(dataset), "application/zip", file, slow=True
    )


async def _json_ld(request: Request) -> Response:
    dataset = await _record()

    def build() -> bytes:
        return package.as_document(package.json_ld(dataset))

    file = files.file_name(dataset, "dataset", "jsonld")
    return await _whole(request, dataset, "dataset.jsonld", build, "application/ld+json", file)


async def _health(request: Request) -> Response:
    """Answer which version is served, since when, and what was found when the tables were last read; 503 without a version."""
    choice(request.url.query, {})
    state = known()
    if state is None:
        state = await run_in_threadpool(current)
    latest, served = state.latest, state.dataset
    payload = {
        "data_version": served.version if served else None,
        "findings": len(latest.findings),
        "reference_findings": len(latest.reference_findings),
        "last_load": state.loaded.isoformat(timespec="seconds"),
        "fault": _fault(latest.findings or latest.reference_findings),
    }
    headers = ON_ALL | {"cache-control": "no-store"}
    status = HTTPStatus.OK if served else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(package.as_document(payload), status, headers, "application/json")


async def _openapi(request: Request) -> Response:
    dataset = await _record()

    def build() -> bytes:
        return json.dumps(
            openapi.document(TABLES, dataset.about, dataset.version), ensure_ascii=False, separators=(",", ":")
        ).encode()

    return await _whole(request, dataset, "openapi.json", build, "application/json")


async def _whole(
    request: Request,
    dataset: Dataset,
    question: object,
    build: Callable[[], bytes],
    media_type: str,
    name: str = "",
    *,
    slow: bool = False,
) -> Response:
    """Answer a question that has no parameters."""
    choice(request.url.query, {})

    def answer() -> Answer:
        return Answer.build(dataset, question, build(), media_type, name)

    return await _answer(request, dataset, question, answer, slow=slow)


async def _answer(
    request: Request, dataset: Dataset, question: Any, build: Callable[[], Answer], *, slow: bool = False
) -> Response:
    """Reply with what is kept for a question, else with what is built for it, in a thread: of the `slow` ones only a few at once."""
    named = ("answer", question)
    answer: Answer | None = dataset.kept_already(named)
    if answer is None:
        answer = await to_thread.run_sync(
            dataset.kept, named, build, Answer.size, limiter=SLOW_BUILDS if slow else None
        )
    return reply(request, answer)


async def _record(needs: Sequence[str] = ()) -> Dataset:
    """Return the last good version, or refuse: there is none, or a table of the reference that is needed holds a fault."""
    state = known()
    if state is None:
        state = await run_in_threadpool(current)
    if state.dataset is None:
        raise RefusedError(
            HTTPStatus.SERVICE_UNAVAILABLE, f"The tables cannot be served: {_fault(state.latest.findings)}"
        )
    if state.dataset.reference_findings and set(needs) & set(REFERENCE):
        raise RefusedError(
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"The published counts cannot be served: {_fault(state.dataset.reference_findings)}",
        )
    return state.dataset


def _fault(findings: Sequence[Finding]) -> str | None:
    """Return the finding to name first, as a sentence; None where there is none."""
    return first(findings).sentence if findings else None


def _file(dataset: Dataset, name: str, found: pd.DataFrame, ending: str, chosen: Choice) -> bytes:
    try:
        return files.as_file(dataset, name, found, ending, choice=chosen)
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"This format cannot hold the rows: {error}.") from None


def _must_exist(dataset: Dataset, table: str, row_id: str) -> None:
    """Refuse an id that no row of a table has."""
    if not (dataset.table(table)[key(table)[0]] == row_id).any():
        what = {"claims": "claim", "observations": "published count"}[table]
        raise RefusedError(HTTPStatus.NOT_FOUND, f"There is no {what} {row_id[:SHOWN_CHARACTERS]!r}.")


def _prefers_linked_data(accepted: str) -> bool:
    """Whether a reader asks for JSON-LD by name, and for plain JSON not more."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        media_type, *options = (piece.strip() for piece in part.split(";"))
        weight = next((option[2:] for option in options if option.startswith("q=")), "1")
        weights[media_type] = float(weight) if weight.replace(".", "", 1).isdigit() else 0.0
    return weights.get("application/ld+json", 0.0) > 0 and weights["application/ld+json"] >= weights.get("application/json", 0.0)  # fmt: skip


async def _refusal(_: Request, refused: Exception) -> Response:
    assert isinstance(refused, RefusedError)  # noqa: S101  (the handler is registered for it alone)
    wait = {"retry-after": "5"} if refused.status is HTTPStatus.SERVICE_UNAVAILABLE else {}
    return problem(refused.status, refused.detail, wait, **refused.members)


async def _our_fault(_: Request, error: Exception) -> Response:
    detail = f"Something went wrong, and it is our fault. Error id {log_error(error)}."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)


async def _http_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (the handler is registered for it alone)
    status = HTTPStatus(error.status_code)
    details = {
        HTTPStatus.NOT_FOUND: "There is nothing at this address. The API is described at /api/v1/openapi.json.",
        HTTPStatus.METHOD_NOT_ALLOWED: "The API is read-only: GET and HEAD.",
    }
    return problem(status, details.get(status, status.description), error.headers)
