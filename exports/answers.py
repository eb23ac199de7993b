"""Answers of the data API: built once for a record and a question, kept in memory within bounds, sent as HTTP wants.

Why: the tables change seldom and are asked for often; ETag, compression and headers are settled in one place. Here: an
answer, the store of answers, the reply to a request. Not here: what an answer says (`api.py`).
"""

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from validation import Record

MOST_BYTES = 64 * 2**20
"""Memory that kept answers may take, compressed copies included; the one not asked for longest goes first."""

MOST_ANSWERS = 4_000
"""Answers that are kept at most: a question of many ids takes some ten thousand bytes itself, with an answer of none."""

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
    def of(
        cls, record: Record, question: Hashable, body: bytes, media_type: str, name: str = "", vary: str = ""
    ) -> "Answer":
        """Make an answer; its tag comes from the data version, the question and the bytes (evidence has no version)."""
        digest = hashlib.sha256(repr(question).encode() + b"\0" + body).hexdigest()
        packed = gzip.compress(body, compresslevel=6, mtime=0) if len(body) >= SMALLEST_COMPRESSED else b""
        together = ", ".join(filter(None, ["Accept-Encoding", vary]))
        return cls(body, packed, f"{record.version}-{digest[:12]}", media_type, name, together)

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return len(self.body) + len(self.packed)


class Store:
    """Answers by record and question; a new record forgets those of the one before."""

    def __init__(self, most_bytes: int = MOST_BYTES, most: int = MOST_ANSWERS) -> None:
        """Make an empty store that holds at most `most` answers of `most_bytes` together."""
        self._most_bytes, self._most = most_bytes, most
        self._record: Record | None = None
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._size = 0
        self._building = threading.Lock()
        self._reading = threading.Lock()

    def get(self, record: Record, question: Hashable) -> Answer | None:
        """Give the answer that is kept, None where there is none."""
        with self._reading:
            if record is not self._record or question not in self._answers:
                return None
            self._answers.move_to_end(question)
            return self._answers[question]

    def build(self, record: Record, question: Hashable, build: Callable[[], Answer]) -> Answer:
        """Give the answer, building it where it is not kept; one at a time, so that nothing is built twice."""
        with self._building:
            kept = self.get(record, question)
            if kept is not None:
                return kept
            answer = build()
            self._keep(record, question, answer)
            return answer

    def _keep(self, record: Record, question: Hashable, answer: Answer) -> None:
        with self._reading:
            if record is not self._record:
                self._record, self._size = record, 0
                self._answers.clear()
            if answer.size > self._most_bytes:
                return
            self._answers[question] = answer
            self._size += answer.size
            while self._size > self._most_bytes or len(self._answers) > self._most:
                self._size -= self._answers.popitem(last=False)[1].size


def reply(request: Request, answer: Answer) -> Response:
    """Send an answer: compressed where the reader takes that, only its head for HEAD, nothing where it is known."""
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
    """Send a problem (RFC 9457): what is wrong and what would be right."""
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail} | members
    return Response(
        json.dumps(told, ensure_ascii=False).encode(),
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
    known = {each.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for each in tags.split(",")}
    return tag in known or tags.strip() == "*"
