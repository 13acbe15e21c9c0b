"""Which version of a document its readers see: the newest one that was read, else the newest one."""

from collections.abc import Sequence

from sqlalchemy import Select, Subquery, and_, case, func, select

from archive.catalogue.mapping import to_document, to_version
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, VersionRow
from archive.model.documents import Document


def shown_numbers(document_ids: Sequence[str] | None = None) -> Subquery:
    """Return (document_id, number) of the shown version, of these documents or of all."""
    done = case((VersionRow.category.is_not(None), VersionRow.number))
    statement = select(
        VersionRow.document_id,
        func.coalesce(func.max(done), func.max(VersionRow.number)).label("number"),
    ).group_by(VersionRow.document_id)
    if document_ids is not None:
        statement = statement.where(VersionRow.document_id.in_(document_ids))
    return statement.subquery("shown")


def newest_numbers() -> Subquery:
    """Return (document_id, number) of every document's newest version, read or not."""
    return (
        select(VersionRow.document_id, func.max(VersionRow.number).label("number"))
        .group_by(VersionRow.document_id)
        .subquery("newest")
    )


def select_documents(
    document_ids: Sequence[str] | None = None,
) -> Select[DocumentRow, VersionRow, OriginalRow]:
    """Return the query for documents, each with its shown version and that version's original."""
    shown = shown_numbers(document_ids)
    return (
        select(DocumentRow, VersionRow, OriginalRow)
        .join(shown, shown.c.document_id == DocumentRow.id)
        .join(VersionRow, and_(VersionRow.document_id == DocumentRow.id, VersionRow.number == shown.c.number))
        .join(OriginalRow, OriginalRow.sha256 == VersionRow.sha256)
    )


def shown_document(row: DocumentRow, version: VersionRow, original: OriginalRow) -> Document:
    """Return the record of one row of `select_documents`."""
    return to_document(row, to_version(version, original))
