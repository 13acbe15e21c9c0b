"""Documents, their versions and pages in JSON: words by field, and where each word is."""

from collections.abc import Sequence

from flask import Blueprint, Response

from archive.catalogue import documents as catalogue_documents
from archive.catalogue import pages as catalogue_pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing.erasures import replaced
from archive.catalogue.events import events
from archive.catalogue.listing.slices import DocumentFilter, documents_after, page_numbers_after, pages_after
from archive.catalogue.records import CatalogueRecord
from archive.errors import NotFound
from archive.model.documents import Version
from archive.visibility import may_see_old_versions
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.presenters.api import document_records
from archive.web.presenters.api.answers import record_response
from archive.web.presenters.api.document_answers import (
    document_answer,
    page_answer,
    single_document_answer,
    single_page_answer,
    version_answer,
)
from archive.web.presenters.api.listings import DocumentList, PageList, VersionList
from archive.web.presenters.downloads import download
from archive.web.views.api.contract import DocumentQuery, ListQuery, promises
from archive.web.views.api.slices import number_key, page_key, slice_response, text_key
from archive.web.views.documents import visible_page

blueprint = Blueprint("api_documents", __name__, url_prefix="/api")

_ABOUT = "Documents"
_DOCUMENT = {"document_id": "The identifier of a document"}
_PAGE = _DOCUMENT | {"number": "The number of a page, from 1"}
_VERSION = _DOCUMENT | {"number": "The number of a version, from 1"}
_NO_WORDS = 0


@blueprint.get("/documents")
@promises(DocumentList, _ABOUT)
def documents(query: DocumentQuery) -> Response:
    """List the documents, all or those of a talk, an event or a kind."""
    wanted = DocumentFilter(query.talk, query.event, query.kind)
    visitor = current_visitor()
    with current_archive().database.read() as session:
        if query.talk:
            events.talk(session, query.talk, visitor.rank)  # raises NotFound
        if query.event:
            events.event(session, query.event, visitor.rank)
        listed, following = documents_after(session, wanted, visitor.rank, text_key(query), query.limit)
        versions = [record.document.version.id for record in listed]
        counts = catalogue_pages.counts(session, versions, visitor)
    answers = tuple(document_answer(one, counts.get(one.document.version.id, 0)) for one in listed)
    return slice_response(DocumentList, answers, query, following)


@blueprint.get("/documents/<document_id>")
@promises(document_records.SingleDocument, _ABOUT, _DOCUMENT, may_be_gone=True)
def document(document_id: str) -> Response:
    """Return a document with what may be downloaded of it."""
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        numbers = catalogue_pages.numbers(session, record.document.version.id, current_visitor())
        offered = download(session, record, numbers)
        was_replaced = replaced(session, record.document.version.id) is not None
    return record_response(single_document_answer(record, len(numbers), offered, was_replaced))


@blueprint.get("/documents/<document_id>/versions")
@promises(VersionList, _ABOUT, _DOCUMENT, may_be_gone=True)
def versions(document_id: str, query: ListQuery) -> Response:
    """List the versions of a document that you may see, from the first."""
    after = number_key(query)
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        following = [one for one in _visible_versions(session, record) if one.number > after]
        shown = following[: query.limit]
        counts = catalogue_pages.counts(session, [one.id for one in shown], current_visitor())
        answers = tuple(version_answer(session, record, one, counts.get(one.id, 0)) for one in shown)
    last = shown[-1].number if len(following) > query.limit else 0
    return slice_response(VersionList, answers, query, last)


@blueprint.get("/documents/<document_id>/versions/<int:number>")
@promises(document_records.VersionRecord, _ABOUT, _VERSION, may_be_gone=True)
def version(document_id: str, number: int) -> Response:
    """Return a version of a document: the current one, for staff each."""
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        found = next((one for one in _visible_versions(session, record) if one.number == number), None)
        if found is None:
            raise NotFound("There is no such version of this document.")
        count = catalogue_pages.counts(session, [found.id], current_visitor()).get(found.id, 0)
        return record_response(version_answer(session, record, found, count))


@blueprint.get("/documents/<document_id>/pages")
@promises(PageList, _ABOUT, _DOCUMENT, may_be_gone=True)
def pages(document_id: str, query: ListQuery) -> Response:
    """List the pages of a document with their words."""
    after = number_key(query)
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        numbers, following = page_numbers_after(
            session, record.document.version.id, current_visitor(), after, query.limit
        )
        answers = _page_answers(session, [(record, number) for number in numbers])
    return slice_response(PageList, answers, query, following)


@blueprint.get("/documents/<document_id>/pages/<int:number>")
@promises(document_records.SinglePage, _ABOUT, _PAGE, may_be_gone=True)
def page(document_id: str, number: int) -> Response:
    """Return a page with its words by field, and where each stands on its picture."""
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        found = visible_page(session, record, number)
        picture = catalogue_pages.picture(session, record.document.version.id, number)
    return record_response(single_page_answer(record, found, picture))


@blueprint.get("/pages")
@promises(PageList, _ABOUT)
def all_pages(query: ListQuery) -> Response:
    """List the pages of all documents with their words, document by document."""
    after = page_key(query)
    with current_archive().database.read() as session:
        listed, following = pages_after(session, current_visitor(), after, query.limit)
        answers = _page_answers(session, listed)
    return slice_response(PageList, answers, query, *(following or ()))


def _page_answers(
    session: Session, listed: Sequence[tuple[CatalogueRecord, int]]
) -> tuple[document_records.PageRecord, ...]:
    refs = [(record.document.version.id, number) for record, number in listed]
    read = catalogue_pages.pages_at(session, refs)
    drawn = catalogue_pages.pictures_at(session, refs, words_max=_NO_WORDS)
    return tuple(
        page_answer(record, read[ref], drawn.get(ref)) for (record, _), ref in zip(listed, refs, strict=True)
    )


def _visible_versions(session: Session, record: CatalogueRecord) -> list[Version]:
    """Return the versions that the visitor may see, from the first."""
    if not may_see_old_versions(current_visitor()):
        return [record.document.version]
    return sorted(catalogue_documents.versions(session, record.document.id), key=lambda one: one.number)
