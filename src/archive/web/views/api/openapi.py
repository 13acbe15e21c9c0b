"""The OpenAPI document: what spectree makes of the routes, with media types and headers it does not know."""

import copy
from typing import Any

from flask import current_app, request

from archive.web.views.api.contract import MEDIA_TYPES, contract

Document = dict[str, Any]
_EXTENSION = "archive.openapi"
_JSON, _PROBLEM = "application/json", "application/problem+json"
_FIRST_ERROR = 400
_TEXT = {"schema": {"type": "string"}}
_HEADERS = {
    "200": {
        "ETag": "What this answer is known by: ask with If-None-Match, and 304 says that it is the same",
        "RateLimit": "How many questions are left in this minute",
    },
    "308": {"Location": "Where the record is now"},
    "429": {"Retry-After": "In how many seconds to ask again"},
}
_ABOUT = (
    "The records of a seminar archive: everything that a visitor may see on its pages, for programs. "
    "Nothing needs a key; members read more with a token of theirs (Authorization: Bearer archive_…). "
    "Lists go on at the address in 'next', also in the header Link. Errors are application/problem+json."
)


def openapi_document() -> Document:
    """Return the document for the site as the request sees it; what is made of the routes is kept."""
    made: Document | None = current_app.extensions.get(_EXTENSION)
    if made is None:
        made = current_app.extensions[_EXTENSION] = _completed(copy.deepcopy(contract.spec))
    return {**made, "servers": [{"url": request.script_root or "/"}]}


def _completed(made: Document) -> Document:
    made["info"] |= {"description": _ABOUT, "license": {"name": "MIT", "identifier": "MIT"}}
    for operations in made["paths"].values():
        for operation in operations.values():
            media_type = MEDIA_TYPES.get(operation["operationId"], _JSON)
            for status, answer in operation["responses"].items():
                _complete(answer, status, media_type)
    health = made["paths"]["/healthz"]["get"]["responses"]
    health["503"]["content"] = health["200"][
        "content"
    ]  # an archive that does not work says so in the same form
    return made


def _complete(answer: Document, status: str, media_type: str) -> None:
    content: Document = answer.pop("content", {})
    if int(status) >= _FIRST_ERROR:
        content = {_PROBLEM: content[_JSON]}
    elif status == "200":
        content = content or {media_type: _TEXT}
    if content:
        answer["content"] = content
    headers = _HEADERS.get(status, {})
    if headers:
        answer["headers"] = {name: {"description": text} | _TEXT for name, text in headers.items()}
