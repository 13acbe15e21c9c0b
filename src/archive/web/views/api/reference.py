"""What the JSON interface offers: as OpenAPI for programs, as a page for people.

Spectree makes OpenAPI of the routes; media types and headers that it does not know are added.
"""

import copy
import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from archive.web.presenters.api.route_texts import group_text, parameter_text, route_text
from archive.web.views.api.contract import MEDIA_TYPES, contract, promises

blueprint = Blueprint("api_reference", __name__, url_prefix="/api")

_OPENAPI = "application/vnd.oai.openapi+json"

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


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route, and what it may be."""

    name: str
    text: str
    is_in_path: bool


@dataclass(frozen=True, slots=True)
class ShownRoute:
    """A route as the page shows it.

    `fields` are those of its answer, empty where that is not JSON; `record_fields` those of a list's records.
    """

    path: str
    text: str
    parameters: tuple[Parameter, ...]
    fields: tuple[str, ...]
    record_fields: tuple[str, ...]
    media_type: str


@blueprint.get("/openapi.json")
@promises(None, "About", media_type=_OPENAPI)
def openapi() -> Response:
    """Return this document."""
    body = json.dumps(openapi_document(), ensure_ascii=False)
    response = Response(body, content_type="application/vnd.oai.openapi+json;version=3.1")
    response.add_etag(weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/")
def index() -> str:
    """Show all routes, with what they take and give."""
    document = openapi_document()
    groups: dict[str, list[ShownRoute]] = {}
    for path, operations in sorted(document["paths"].items()):
        operation = operations["get"]
        groups.setdefault(operation["tags"][0], []).append(_route(document, path, operation))
    named = [(group_text(name), routes) for name, routes in groups.items()]
    return render_template("api/reference.html", groups=named)


def _route(document: Document, path: str, operation: Document) -> ShownRoute:
    ((media_type, answer),) = operation["responses"]["200"]["content"].items()
    properties = _properties(document, answer["schema"])
    return ShownRoute(
        path=path,
        text=route_text(operation["operationId"]),
        parameters=tuple(
            Parameter(one["name"], parameter_text(one["name"]), one["in"] == "path")
            for one in operation["parameters"]
        ),
        fields=tuple(properties),
        record_fields=tuple(_properties(document, properties.get("items", {}).get("items", {}))),
        media_type=media_type,
    )


def _properties(document: Document, schema: Document) -> Document:
    """Return the properties of the model that a schema refers to; none where it refers to none."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Document = document["components"]["schemas"].get(name, {}).get("properties", {})
    return found


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
