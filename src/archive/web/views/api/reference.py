"""What the JSON interface offers: as OpenAPI for programs, as a page for people."""

import json
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from archive.web.presenters.api.route_texts import group_text, parameter_text, route_text
from archive.web.views.api.contract import promises
from archive.web.views.api.openapi import Document, openapi_document

blueprint = Blueprint("api_reference", __name__, url_prefix="/api")

_OPENAPI = "application/vnd.oai.openapi+json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route, and what it may be."""

    name: str
    text: str
    is_in_path: bool


@dataclass(frozen=True, slots=True)
class Route:
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
    groups: dict[str, list[Route]] = {}
    for path, operations in sorted(document["paths"].items()):
        operation = operations["get"]
        groups.setdefault(operation["tags"][0], []).append(_route(document, path, operation))
    named = [(group_text(name), routes) for name, routes in groups.items()]
    return render_template("api/reference.html", groups=named)


def _route(document: Document, path: str, operation: Document) -> Route:
    ((media_type, answer),) = operation["responses"]["200"]["content"].items()
    properties = _properties(document, answer["schema"])
    return Route(
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
