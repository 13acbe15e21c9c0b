"""A document or a slide as JSON-LD, where that is asked for by `Accept: application/ld+json`."""

from flask import Flask, Response

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.citations.reading import CitedRef
from archive.errors import NotFound
from archive.web.citing.negotiation import offer
from archive.web.http.context import current_visitor, visible_record
from archive.web.presenters.downloads import download
from archive.web.presenters.feeds.json_ld import complete_text, document_data, slide_data
from archive.web.presenters.feeds.sending import feed_response

_MEDIA_TYPE = "application/ld+json"


def install(app: Flask) -> None:
    """Offer documents and slides as JSON-LD at their own addresses."""
    offer(app, _MEDIA_TYPE, _make)


def _make(session: Session, ref: CitedRef) -> Response:
    if not ref.document_id:
        raise NotFound("A talk is told as linked data on the page of its event alone.")
    record = visible_record(session, ref.document_id)
    numbers = pages.numbers(session, record.document.version.id, current_visitor())
    data = document_data(record, len(numbers), download(session, record, numbers))
    told = slide_data(ref.document_id, ref.number, data) if ref.number else data
    return feed_response(complete_text(told), _MEDIA_TYPE)
