"""Pictures of slides, slides as PDF files, and originals for download."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import documents, pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.errors import NotFound, PictureError
from archive.ingest.filetypes.media_types import SUFFIXES
from archive.ingest.reading.clean_copy import clean_copy_digest
from archive.ingest.reading.document_pdf import document_pdf_digest
from archive.ingest.reading.on_demand import pdf_is_kept
from archive.ingest.reading.slide_pdf import slide_pdf_digest
from archive.ingest.reading.slide_zoom import slide_zoom_digest
from archive.model.documents import Document, Version
from archive.model.pages import Page, Picture
from archive.model.visibility import Visibility
from archive.visibility import is_for_everybody, may_see_old_versions, visible_pages
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.http.sending import file_response
from archive.web.presenters.downloads import gets_clean_copy, gets_original
from archive.web.presenters.file_names import document_file_name, download_name, slide_file_name
from archive.web.presenters.slide_addresses import picture_version, slide_pdf_version, slide_zoom_version
from archive.web.views.documents import visible_page

blueprint = Blueprint("files", __name__)

_REVALIDATE = "private, no-cache"
# What is public today may be hidden or withdrawn tomorrow: no cache may show it for longer after that.
_PUBLIC_S = 300
_PUBLIC = f"public, max-age={_PUBLIC_S}, must-revalidate"
_SANDBOX = "sandbox; default-src 'none'"


@blueprint.get("/d/<document_id>/<int:number>/small.webp")
def small(document_id: str, number: int) -> Response:
    """Send the small picture of a slide."""
    return _picture(document_id, number, "small")


@blueprint.get("/d/<document_id>/<int:number>/large.webp")
def large(document_id: str, number: int) -> Response:
    """Send the large picture of a slide."""
    return _picture(document_id, number, "large")


@blueprint.get("/d/<document_id>/original")
def original(document_id: str) -> Response:
    """Send the original, unchanged: always as a download, never shown by the browser itself."""
    with current_archive().database.read() as session:
        document = visible_record(session, document_id).document
        return _original(session, document, document.version)


@blueprint.get("/d/<document_id>/version/<int:number>/original")
def original_of_version(document_id: str, number: int) -> Response:
    """Send the original of a version: any for staff, for others the current one.

    An older version may have been replaced because it was not meant for everybody.
    """
    with current_archive().database.read() as session:
        document = visible_record(session, document_id).document
        current = document.version
        may_see_all = may_see_old_versions(current_visitor())
        versions = documents.versions(session, document_id) if may_see_all else (current,)
        version = next((version for version in versions if version.number == number), None)
        if version is None:
            raise NotFound("There is no such version of this document.")
        return _original(session, document, version)


@blueprint.get("/d/<document_id>/clean")
def clean_copy(document_id: str) -> ResponseReturnValue:
    """Send a copy of the original without what only staff may see; the PDF where none can be made."""
    archive = current_archive()
    with archive.database.read() as session:
        record = visible_record(session, document_id)
        version = record.document.version
        if not gets_clean_copy(session, record.document):
            raise NotFound("There is no copy of this document without what is for staff.")
        read = pages.pages(session, version.id)
    digest = clean_copy_digest(version, [page.number for page in visible_pages(Visibility.PUBLIC, read)])
    if request.if_none_match.contains(digest):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        try:
            source = archive.clean_copies.made(version, read)
        except PictureError:
            if not pdf_is_kept(version):
                raise
            return redirect(url_for("files.document_pdf", document_id=document_id), HTTPStatus.SEE_OTHER)
        name = f"{document_file_name(record.title, version.filename)}{SUFFIXES[version.original.media_type]}"
        response = file_response(source, version.original.media_type, digest, name)
        response.headers["Content-Security-Policy"] = _SANDBOX
    response.set_etag(digest)
    response.headers["Cache-Control"] = _REVALIDATE
    return response


@blueprint.get("/d/<document_id>/document.pdf")
def document_pdf(document_id: str) -> Response:
    """Send the pages that the visitor may see as one PDF, without what only staff may see."""
    archive = current_archive()
    with archive.database.read() as session:
        record = visible_record(session, document_id)
        version = record.document.version
        numbers = pages.numbers(session, version.id, current_visitor())
    if not numbers or not pdf_is_kept(version):
        raise NotFound("There is no PDF of this document.")
    digest = document_pdf_digest(version, numbers)
    if request.if_none_match.contains(digest):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        source = archive.document_pdfs.selected(version, numbers)
        name = f"{document_file_name(record.title, version.filename)}.pdf"
        response = file_response(source, "application/pdf", digest, name)
        response.headers["Content-Security-Policy"] = _SANDBOX
    response.set_etag(digest)
    response.headers["Cache-Control"] = _REVALIDATE
    return response


def _original(session: Session, document: Document, version: Version) -> Response:
    if not gets_original(session, document, version):
        raise NotFound("The file itself is for staff. The document's page says what there is instead.")
    media_type = version.original.media_type or "application/octet-stream"
    sha256 = version.original.sha256
    response = file_response(
        current_archive().originals.path(sha256), media_type, sha256, download_name(version.filename)
    )
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cache-Control"] = _REVALIDATE
    return response


@blueprint.get("/d/<document_id>/<int:number>/slide.pdf")
def slide_pdf(document_id: str, number: int) -> Response:
    """Send a slide as a PDF file, made on request (`ingest/reading/slide_pdf.py`)."""
    record, page, picture = _visible_picture(document_id, number)
    version = record.document.version
    digest = slide_pdf_digest(version, page, picture)
    if request.if_none_match.contains(digest):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        data = BytesIO(current_archive().slide_files.pdfs.pdf(version, page, picture))
        name = f"{slide_file_name(record.title, record.document.kind, number)}.pdf"
        response = file_response(data, "application/pdf", digest, name)
        response.headers["Content-Security-Policy"] = _SANDBOX
    response.set_etag(digest)
    is_current = request.args.get("v") == slide_pdf_version(version, page, picture)
    response.headers["Cache-Control"] = _cache_control(record, page, is_current)
    return response


@blueprint.get("/d/<document_id>/<int:number>/zoom.webp")
def zoom(document_id: str, number: int) -> Response:
    """Send the picture of a slide in more pixels, drawn on request (`ingest/reading/slide_zoom.py`)."""
    record, page, picture = _visible_picture(document_id, number)
    version = record.document.version
    digest = slide_zoom_digest(version, picture)
    if request.if_none_match.contains(digest):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        data = BytesIO(current_archive().slide_files.zooms.webp(version, picture))
        response = file_response(data, "image/webp", digest)
    response.set_etag(digest)
    is_current = request.args.get("v") == slide_zoom_version(version, picture)
    response.headers["Cache-Control"] = _cache_control(record, page, is_current)
    return response


def _picture(document_id: str, number: int, size: str) -> Response:
    record, page, picture = _visible_picture(document_id, number)
    digest = _digest(picture, size)
    response = file_response(current_archive().pictures.path(digest), "image/webp", digest)
    is_current = request.args.get("v") == picture_version(picture, size)
    response.headers["Cache-Control"] = _cache_control(record, page, is_current)
    return response


def _visible_picture(document_id: str, number: int) -> tuple[CatalogueRecord, Page, Picture]:
    """Return a slide that the visitor may see, with its picture; raises NotFound where there is none."""
    with current_archive().database.read() as session:
        record = visible_record(session, document_id)
        page = visible_page(session, record, number)
        picture = pages.picture(session, record.document.version.id, number)
    if picture is None:
        raise NotFound("There is no picture of this slide.")
    return record, page, picture


def _cache_control(record: CatalogueRecord, page: Page, is_current: bool) -> str:
    """Return `Cache-Control` for a file of a slide: kept for a while only where everybody may see it."""
    return _PUBLIC if is_for_everybody(record.rank, page) and is_current else _REVALIDATE


def _digest(picture: Picture, size: str) -> str:
    return picture.small_sha256 if size == "small" else picture.large_sha256
