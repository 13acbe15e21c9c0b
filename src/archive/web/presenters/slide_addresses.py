"""Addresses of a slide's pictures and of its PDF, which change whenever what they lead to does."""

from flask import url_for

from archive.ingest.reading.slide_pdf import slide_pdf_digest
from archive.ingest.reading.slide_zoom import slide_zoom_digest, zoomed_width_px
from archive.model.documents import Document, Version
from archive.model.pages import Page, Picture

_DIGEST_CHARS = 12


def picture_address(document_id: str, picture: Picture | None, size: str, is_whole: bool = False) -> str:
    """Return the address of a picture, which changes whenever the picture does; "" where there is none.

    `is_whole`: with scheme and host.
    """
    if picture is None:
        return ""
    version = picture_version(picture, size)
    return url_for(
        f"files.{size}", document_id=document_id, number=picture.number, v=version, _external=is_whole
    )


def picture_version(picture: Picture, size: str) -> str:
    """Return the part of a picture's address that identifies its content."""
    digest = picture.small_sha256 if size == "small" else picture.large_sha256
    return digest[:_DIGEST_CHARS]


def slide_pdf_address(document: Document, page: Page, picture: Picture | None) -> str:
    """Return the address of a slide as a PDF file; "" where it has no picture, so that none can be made."""
    if picture is None:
        return ""
    version = slide_pdf_version(document.version, page, picture)
    return url_for("files.slide_pdf", document_id=document.id, number=page.number, v=version)


def slide_pdf_version(version: Version, page: Page, picture: Picture) -> str:
    """Return the part of the address of a slide's PDF file that identifies its content."""
    return slide_pdf_digest(version, page, picture)[:_DIGEST_CHARS]


def slide_zoom_address(version: Version, document_id: str, picture: Picture | None) -> str:
    """Return the address of a slide's picture in more pixels; "" where none can be drawn."""
    if picture is None or not zoomed_width_px(version, picture):
        return ""
    v = slide_zoom_version(version, picture)
    return url_for("files.zoom", document_id=document_id, number=picture.number, v=v)


def slide_zoom_version(version: Version, picture: Picture) -> str:
    """Return the part of the address of a zoomed picture that identifies its content."""
    return slide_zoom_digest(version, picture)[:_DIGEST_CHARS]
