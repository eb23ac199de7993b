"""Answers of the data API: built once for a record and a question, kept with the record, sent as HTTP wants.

Why: the tables change seldom and are asked for often; ETag, compression and headers are settled in one place. Here: an
answer and the reply to a request. Not here: what an answer says (`api.py`), how long it is kept (`validation/memo.py`).
"""

import gzip
import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from validation import Dataset

SMALLEST_COMPRESSED = 500
"""Bytes below which compressing saves nothing."""

PROBLEM = "application/problem+json"

ON_ALL = {"access-control-allow-origin": "*", "x-content-type-options": "nosniff"}
_ON_READS = ON_ALL | {
    "access-control-expose-headers": "ETag, Content-Disposition",
    # A browser or a proxy may hold an answer as long as the files are not looked at again (validation/current.py).
    "cache-control": "public, max-age=1, must-revalidate",
}


@dataclass(frozen=True)
class Answer:
    """What is sent for a question: bytes, their compressed form, entity tags, media type and a file's name."""

    body: bytes
    packed: bytes
    tag: str
    media_type: str
    name: str
    vary: str

    @classmethod
    def build(
        cls, dataset: Dataset, question: Hashable, body: bytes, media_type: str, name: str = "", vary: str = ""
    ) -> "Answer":
        """Return an answer; its tag comes from the data version, the question and the bytes (evidence has no version)."""
        digest = hashlib.sha256(repr(question).encode() + b"\0" + body).hexdigest()
        packed = gzip.compress(body, compresslevel=6, mtime=0) if len(body) >= SMALLEST_COMPRESSED else b""
        together = ", ".join(filter(None, ["Accept-Encoding", vary]))
        return cls(body, packed, f"{dataset.version}-{digest[:12]}", media_type, name, together)

    def size(self) -> int:
        """Return the bytes of memory that it takes."""
        return len(self.body) + len(self.packed)


def reply(request: Request, answer: Answer) -> Response:
    """Return a response: compressed where the reader takes that, only its head for HEAD, nothing where it is known."""
    packed = bool(answer.packed) and _takes_gzip(request.headers.get("accept-encoding", ""))
    body = answer.packed if packed else answer.body
    tag = f'"{answer.tag}{"-gzip" if packed else ""}"'
    headers = _ON_READS | {"etag": tag, "vary": answer.vary}
    if _knows(request.headers.get("if-none-match", ""), answer.tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {"content-type": answer.media_type, "content-length": str(len(body))}
    if answer.name:
        headers["content-disposition"] = f'attachment; filename="{answer.name}"'
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(b"" if request.method == "HEAD" else body, headers=headers)


def problem(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> Response:
    """Return a problem (RFC 9457): what is wrong and what would be right."""
    payload = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail} | members
    return Response(
        json.dumps(payload, ensure_ascii=False).encode(),
        status,
        headers=ON_ALL | {"cache-control": "no-store"} | dict(headers or {}),
        media_type=PROBLEM,
    )


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "*") and weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            return True
    return False


def _knows(tags: str, tag: str) -> bool:
    """Whether a list of entity tags (RFC 9110, If-None-Match) names this answer, compressed or not."""
    listed = {listed.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for listed in tags.split(",")}
    return tag in listed or tags.strip() == "*"
