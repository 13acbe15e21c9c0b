"""Feeds and the like as responses: text without what XML forbids, with an ETag."""

import hashlib

from flask import Flask, Response, request, url_for

from archive.web.http.language import site_root
from archive.xml_text import xml_text


def install(app: Flask) -> None:
    """Give the templates of feeds a filter for text."""
    app.jinja_env.filters["xml_text"] = xml_text


def feed_response(body: str | bytes, media_type: str, known_by: str | bytes = "") -> Response:
    """Return a response that readers may keep and ask for again.

    `known_by` is what its ETag is made of, where that is not the whole body.
    """
    content = known_by or body
    digest = hashlib.blake2b(content.encode() if isinstance(content, str) else content, digest_size=12)
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.set_etag(digest.hexdigest(), weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def permanent_address(endpoint: str, **values: str) -> str:
    """Return the whole address of a page in the site's own language: what a record is known by for ever."""
    below_root = url_for(endpoint, **values).removeprefix(request.script_root)  # type: ignore[arg-type]
    return request.host_url.rstrip("/") + site_root() + below_root
