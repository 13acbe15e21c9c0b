"""Feeds and the like as responses: text that XML allows, with an ETag; and the entries of Atom feeds."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from flask import Flask, Response, request, url_for

from archive.model.events import Event
from archive.search.results import GroupResult
from archive.web.http.language import site_root
from archive.web.presenters.api.document_answers import moment
from archive.web.presenters.api.record_answers import whole_address
from archive.xml_text import xml_text

_EMPTY = datetime(1970, 1, 1, tzinfo=UTC)


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


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `identifier` stays the same for ever, `changed_at` is when its document last came in."""

    identifier: str
    title: str
    url: str
    changed_at: datetime
    authors: tuple[str, ...]
    summary: str

    @property
    def updated(self) -> str:
        """Return when it changed, as RFC 3339 has it."""
        return moment(self.changed_at)


def updated(entries: Sequence[Entry]) -> str:
    """Return when a feed changed: with its newest entry."""
    return moment(max((entry.changed_at for entry in entries), default=_EMPTY))


def document_entry(group: GroupResult) -> Entry:
    """Return the entry of a talk (or a document without one) that a question finds.

    A talk is the same entry whichever of its documents was found; the one that was is what it leads to.
    """
    record = group.record
    document_id = record.document.id
    documents = [record.document, *(other.document for other, _ in group.others)]
    speakers = [one.name for one in record.talk.contributions if not one.is_moderator] if record.talk else []
    told = "".join(part.text for part in group.best[0].snippet) if group.best else ""
    return Entry(
        identifier=permanent_address("versions.talk", talk_id=record.talk.id)
        if record.talk
        else permanent_address("documents.document", document_id=document_id),
        title=group.title,
        url=whole_address("documents.document", document_id=document_id),
        changed_at=max(document.version.created_at for document in documents),
        authors=tuple(filter(None, speakers)) or tuple(filter(None, [record.document.publisher])),
        summary=(record.talk.abstract if record.talk else "") or told,
    )


def event_entry(event: Event, given_at: datetime | None) -> Entry:
    """Return the entry of an event; `given_at` is when the newest of its documents came in."""
    began = datetime.combine(event.starts_on, time(), UTC) if event.starts_on else _EMPTY
    facts = ", ".join(filter(None, (event.starts, event.place, event.occasion, event.organiser)))
    return Entry(
        identifier=permanent_address("events.event", event_id=event.id),
        title=event.title,
        url=whole_address("events.event", event_id=event.id),
        changed_at=given_at or began,
        authors=tuple(filter(None, [event.organiser])),
        summary=". ".join(filter(None, (facts, event.text))),
    )
