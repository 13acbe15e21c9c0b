"""A document, a slide or a talk as JSON-LD, where that is asked for by `Accept: application/ld+json`."""

from flask import Flask, Response

from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import events
from archive.citations.reading import CitedRef
from archive.web.citing.negotiation import offer
from archive.web.http.context import current_visitor, visible_record
from archive.web.presenters.downloads import download
from archive.web.presenters.feeds.json_ld import (
    Data,
    complete_text,
    document_data,
    replaced_slide_data,
    slide_data,
    talk_data,
)
from archive.web.presenters.feeds.sending import feed_response

_MEDIA_TYPE = "application/ld+json"


def install(app: Flask) -> None:
    """Offer documents, slides and talks as JSON-LD at their own addresses."""
    offer(app, _MEDIA_TYPE, _make)


def _make(session: Session, ref: CitedRef) -> Response:
    told = _of_document(session, ref) if ref.document_id else _of_talk(session, ref.talk_id)
    return feed_response(complete_text(told), _MEDIA_TYPE)


def _of_document(session: Session, ref: CitedRef) -> Data:
    record = visible_record(session, ref.document_id)
    version = record.document.version
    numbers = pages.numbers(session, version.id, current_visitor())
    data = document_data(record, len(numbers), download(session, record, numbers))
    if not ref.number:
        return data
    if ref.version in (0, version.number):
        return slide_data(ref.document_id, ref.number, data)
    return replaced_slide_data(ref.document_id, ref.version, ref.number, data)


def _of_talk(session: Session, talk_id: str) -> Data:
    rank = current_visitor().rank
    talk = events.talk(session, talk_id, rank)
    held_at = events.events_by_id(session, {talk.event_id} if talk.event_id else set(), rank)
    return talk_data(talk, held_at.get(talk.event_id or ""), records.records_of_talk(session, talk_id, rank))
