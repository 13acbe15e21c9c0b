"""Makes the JSON of documents, their versions and pages out of the archive's records."""

from datetime import UTC, datetime
from typing import Any

from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing.erasures import replaced
from archive.catalogue.records import CatalogueRecord as Record
from archive.model.documents import Version
from archive.model.pages import Block, Page, Picture
from archive.visibility import readable_blocks
from archive.web.http.context import current_visitor
from archive.web.presenters.api.document_records import (
    DocumentRecord,
    PageRecord,
    SingleDocument,
    SinglePage,
    TextBlock,
    VersionRecord,
    WordRecord,
)
from archive.web.presenters.api.record_answers import (
    document_reference,
    event_reference,
    talk_reference,
    whole_address,
)
from archive.web.presenters.downloads import Download, gets_original
from archive.web.presenters.slide_addresses import picture_address


def document_answer(record: Record, page_count: int) -> DocumentRecord:
    """Return the JSON of a document; `page_count` is how many pages the visitor may see."""
    return DocumentRecord(**_of_document(record, page_count))


def single_document_answer(
    record: Record, page_count: int, download: Download, was_replaced: bool
) -> SingleDocument:
    """Return the JSON of a document with what the visitor may download of it.

    `was_replaced`: whether an erasure put a copy in the original's place.
    """
    document_id = record.document.id
    addresses = {
        "original_url": ("files.original", download.original),
        "clean_url": ("files.clean_copy", download.clean),
        "pdf_url": ("files.document_pdf", download.pdf),
    }
    offered: dict[str, Any] = {
        name: whole_address(endpoint, document_id=document_id) if is_offered else ""
        for name, (endpoint, is_offered) in addresses.items()
    }
    told = _of_document(record, page_count) | offered
    return SingleDocument(**told, original_was_replaced=was_replaced)


def _of_document(record: Record, page_count: int) -> dict[str, Any]:
    document, talk, event = record.document, record.talk, record.event
    version = document.version
    return {
        "id": document.id,
        "kind": document.kind,
        "title": record.title,
        "language": document.language,
        "publisher": document.publisher,
        "year": document.year,
        "date": event.starts if event else "",
        "file_date": record.read_date,
        "speakers": tuple(one.name for one in talk.contributions if not one.is_moderator) if talk else (),
        "talk": talk_reference(talk) if talk else None,
        "event": event_reference(event) if event else None,
        "version": version.number,
        "filename": version.filename,
        "media_type": version.original.media_type,
        "size_bytes": version.original.size_bytes,
        "outcome": version.category,
        "page_count": page_count,
        "changed_at": moment(version.created_at),
        "url": whole_address("documents.document", document_id=document.id),
        "api_url": whole_address("api_documents.document", document_id=document.id),
        "pages_url": whole_address("api_documents.pages", document_id=document.id),
        "versions_url": whole_address("api_documents.versions", document_id=document.id),
    }


def version_answer(session: Session, record: Record, version: Version, page_count: int) -> VersionRecord:
    """Return the JSON of a version that the visitor may see, with its file where they may have it."""
    document = record.document
    has_file = gets_original(session, document, version)
    address = {"document_id": document.id, "number": version.number}
    return VersionRecord(
        document=document_reference(record),
        number=version.number,
        is_current=version.number == document.version.number,
        filename=version.filename,
        media_type=version.original.media_type,
        size_bytes=version.original.size_bytes,
        sha256=version.original.sha256 if has_file else "",
        created_at=moment(version.created_at),
        outcome=version.category,
        page_count=page_count,
        original_url=whole_address("files.original_of_version", **address) if has_file else "",
        original_was_replaced=replaced(session, version.id) is not None,
        api_url=whole_address("api_documents.version", **address),
    )


def page_answer(record: Record, page: Page, picture: Picture | None) -> PageRecord:
    """Return the JSON of a page that the visitor may see, with the words that they may read."""
    return PageRecord(**_of_page(record, page, picture))


def single_page_answer(record: Record, page: Page, picture: Picture | None) -> SinglePage:
    """Return the JSON of a page with the boxes of the words on its picture."""
    boxes = picture.words if picture else ()
    words = tuple(
        WordRecord(text=box.text, x=box.x, y=box.y, width=box.width, height=box.height) for box in boxes
    )
    return SinglePage(**_of_page(record, page, picture), words=words)


def _of_page(record: Record, page: Page, picture: Picture | None) -> dict[str, Any]:
    document, event = record.document, record.event
    address = {"document_id": document.id, "number": page.number}
    return {
        "document": document_reference(record),
        "version": document.version.number,
        "number": page.number,
        "title": page.title,
        "language": page.language or document.language,
        "date": (event.starts if event else "") or str(document.year or document.file_date),
        "is_hidden": page.hidden,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "blocks": tuple(_block(one) for one in readable_blocks(current_visitor(), page.blocks)),
        "picture_url": picture_address(document.id, picture, "large", is_whole=True),
        "thumbnail_url": picture_address(document.id, picture, "small", is_whole=True),
        "url": whole_address("documents.slide", **address),
        "api_url": whole_address("api_documents.page", **address),
    }


def _block(block: Block) -> TextBlock:
    return TextBlock(field=block.field.value, language=block.language, text=block.text, rows=block.rows)


def moment(at: datetime) -> str:
    """Return a moment as RFC 3339 has it, in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
