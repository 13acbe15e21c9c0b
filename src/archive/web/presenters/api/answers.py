"""What all JSON answers share, and those that are about no record: an error, the archive's health."""

import hashlib

from flask import Response
from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """What a program is answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ProblemAnswer(Answer):
    """An error as RFC 9457 has it; `code` is stable."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str


class HealthAnswer(Answer):
    """Whether the archive can answer searches, and what waits to be done."""

    status: str
    database: bool
    index: bool
    advice: str
    pending: dict[str, int]


def json_response(body: BaseModel, status: int = 200, media_type: str = "application/json") -> Response:
    """Return a model as a response that no cache keeps."""
    response = Response(body.model_dump_json(), status=status, content_type=media_type)
    response.headers["Cache-Control"] = "no-store"
    return response


def record_response(body: BaseModel) -> Response:
    """Return a model as a response with an ETag, that a program may keep and ask for again."""
    response = Response(body.model_dump_json(), content_type="application/json")
    response.set_etag(hashlib.blake2b(response.get_data(), digest_size=12).hexdigest(), weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
