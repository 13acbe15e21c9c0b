"""Documents, versions, pages and pictures as plain values, and the files that they name."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.block_codec import unpack_blocks
from archive.catalogue.erasing.erasures import all_replaced
from archive.catalogue.export.scope import ExportScope, FileKind, StoredFile, instant, rows
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, PictureRow, VersionRow
from archive.catalogue.visibility import level_of, rank
from archive.model.pages import Block
from archive.visibility import is_for_staff

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}$")


def documents(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield documents, withdrawn ones too: their record stays as a tombstone."""
    for (row,) in rows(session, select(DocumentRow).order_by(DocumentRow.id)):
        yield {
            "id": row.id,
            "kind": row.kind,
            "title": row.title,
            "visibility": row.visibility,
            "effective_visibility": level_of(rank(session, row.id)).value,
            "is_draft": row.draft,
            "language": row.language,
            "publisher": row.publisher,
            "year": row.year,
            "date": row.file_date,
            "talk_id": row.talk_id,
            "event_id": row.event_id,
            "created_at": instant(row.created_at),
            "withdrawn_at": instant(row.withdrawn_at),
            "withdrawn_reason": row.withdrawn_reason,
            "original_access": row.original_access,
        }


def versions(session: Session, scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield versions, each with the paths of its files in the export."""
    query = (
        select(
            VersionRow,
            OriginalRow,
            _first_filename(),
            exists().where(PageRow.version_id == VersionRow.id),
        )
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .join(OriginalRow, OriginalRow.sha256 == VersionRow.sha256)
        .where(scope.with_words)
        .order_by(VersionRow.document_id, VersionRow.number)
    )
    all_copies = all_replaced(session)
    for row, original, first_filename, has_pages in rows(session, query):
        replaced = all_copies.get(row.id)
        yield {
            "id": row.id,
            "document_id": row.document_id,
            "number": row.number,
            "filename": row.filename,
            "created_at": instant(row.created_at),
            "sha256": row.sha256,
            "size_bytes": original.size_bytes,
            "media_type": original.media_type,
            "outcome": row.category,
            "message": row.message,
            "reader": row.engine,
            "page_count": row.page_count,
            "properties": row.properties,
            "original_file": _original(row.sha256, first_filename).path,
            "pdf_file": _pdf(row.drawn_sha256).path if row.drawn_sha256 else "",
            "text_file": text_path(row.document_id, row.number) if has_pages else "",
            "original_replaced_at": instant(replaced.at) if replaced else None,
            "original_replaced_reason": replaced.reason if replaced else "",
        }


def pages(session: Session, scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield pages with their words, those of a version after each other."""
    query = (
        select(PageRow, VersionRow.document_id, VersionRow.number)
        .join(VersionRow, VersionRow.id == PageRow.version_id)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(scope.with_words)
        .order_by(VersionRow.document_id, VersionRow.number, PageRow.number)
    )
    for row, document_id, version in rows(session, query):
        blocks = unpack_blocks(row.blocks)
        text: dict[str, str] = {}
        for block in blocks:
            before = text.get(block.field.value)
            text[block.field.value] = block.text if before is None else f"{before}\n{block.text}"
        staff = [block.field.value for block in blocks if is_for_staff(row, block)]
        yield {
            "document_id": document_id,
            "version_id": row.version_id,
            "version": version,
            "number": row.number,
            "is_hidden": row.hidden,
            "language": row.language,
            "reader": row.engine,
            "width_pt": row.width_pt,
            "height_pt": row.height_pt,
            "staff_fields": list(dict.fromkeys(staff)),
            "text": text,
            "blocks": [_block(block) for block in blocks],
        }


def pictures(session: Session, scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield pictures of pages, each with its words and where on it they are."""
    query = (
        select(PictureRow, VersionRow.document_id, VersionRow.number)
        .join(VersionRow, VersionRow.id == PictureRow.version_id)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(scope.with_words)
        .order_by(VersionRow.document_id, VersionRow.number, PictureRow.number)
    )
    for row, document_id, version in rows(session, query):
        yield {
            "document_id": document_id,
            "version_id": row.version_id,
            "version": version,
            "number": row.number,
            "width_pt": row.width_pt,
            "height_pt": row.height_pt,
            "width_px": row.width_px,
            "height_px": row.height_px,
            "picture_file": _picture(row.large_sha256).path,
            "words": row.words,
        }


def stored_files(session: Session, scope: ExportScope) -> Iterator[StoredFile]:
    """Yield every file that the records name, each once."""
    kept = scope.with_words
    of_document = select(VersionRow.sha256).join(DocumentRow, DocumentRow.id == VersionRow.document_id)
    kept_digests = of_document.where(kept)
    originals = (
        select(VersionRow.sha256, func.min(VersionRow.filename))
        .where(VersionRow.sha256.in_(kept_digests))
        .group_by(VersionRow.sha256)
        .order_by(VersionRow.sha256)
    )
    for sha256, filename in rows(session, originals):
        yield _original(sha256, filename)
    drawn = kept_digests.where(VersionRow.drawn_sha256 != "").with_only_columns(VersionRow.drawn_sha256)
    for (sha256,) in rows(session, drawn.distinct().order_by(VersionRow.drawn_sha256)):
        yield _pdf(sha256)
    shown = (
        select(PictureRow.large_sha256)
        .join(VersionRow, VersionRow.id == PictureRow.version_id)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(kept)
    )
    for (sha256,) in rows(session, shown.distinct().order_by(PictureRow.large_sha256)):
        yield _picture(sha256)


def text_path(document_id: str, version: int) -> str:
    """Return where in the export a version's words are as plain text."""
    return f"data/texts/{document_id}-{version}.txt"


def _first_filename() -> ScalarSelect[str]:
    """Return the query for the first in the alphabet of the names that the same bytes came under."""
    same = aliased(VersionRow)
    return select(func.min(same.filename)).where(same.sha256 == VersionRow.sha256).scalar_subquery()


def _original(sha256: str, filename: str) -> StoredFile:
    suffix = _SUFFIX.search(filename.lower())
    return StoredFile(FileKind.ORIGINAL, sha256, suffix.group() if suffix else "")


def _pdf(sha256: str) -> StoredFile:
    return StoredFile(FileKind.PDF, sha256, ".pdf")


def _picture(sha256: str) -> StoredFile:
    return StoredFile(FileKind.PICTURE, sha256, ".webp")


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"field": block.field.value, "language": block.language}
    if block.rows:
        return told | {"rows": [list(row) for row in block.rows], "has_header": block.has_header}
    return told | {
        "paragraphs": [
            {"text": one.text, "level": one.level, "has_bullet": one.bullet} for one in block.paragraphs
        ]
    }
