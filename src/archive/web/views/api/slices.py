"""A slice of a list as an answer, with where it goes on: in `next`, and as a link of the response."""

from typing import Any, TypeVar

from flask import Response, request, url_for
from pydantic import BaseModel

from archive.web.http.api.cursors import cursor, key_of
from archive.web.presenters.api.answers import record_response
from archive.web.presenters.api.listings import Listing
from archive.web.views.api.contract import ListQuery

List = TypeVar("List", bound=Listing)


def text_key(query: ListQuery) -> str:
    """Return the identifier that a slice of this route's list begins after. Raises CursorUnusable."""
    (key,) = key_of(query.cursor, _listed(), ("",))
    return str(key)


def number_key(query: ListQuery) -> int:
    """Return the number that a slice of this route's list begins after. Raises CursorUnusable."""
    (key,) = key_of(query.cursor, _listed(), (0,))
    return int(key)


def page_key(query: ListQuery) -> tuple[str, int]:
    """Return the document and the page that a slice of this route's list begins after."""
    document_id, number = key_of(query.cursor, _listed(), ("", 0))
    return str(document_id), int(number)


def slice_response(
    model: type[List], items: tuple[BaseModel, ...], query: ListQuery, *after: str | int
) -> Response:
    """Return the answer of a list; `after` is the key of its last record where more follow, else empty."""
    following = _address(query, *after) if after and all(after) else None
    response = record_response(model(items=items, next=following))  # type: ignore[call-arg]
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _address(query: ListQuery, *after: str | int) -> str:
    asked: dict[str, Any] = query.model_dump(mode="json", exclude_defaults=True)
    asked["cursor"] = cursor(_listed(), *after)
    return url_for(str(request.endpoint), _external=True, **(request.view_args or {}), **asked)


def _listed() -> str:
    return str(request.endpoint)
