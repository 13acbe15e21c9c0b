"""Which version of a document its readers see: the newest one that was read, else the newest one.

The rule is written twice: as SQL (`shown_numbers`), and for rows that have been read already (`shown_order`).
A test holds the two together.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import BindParameter, Select, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from archive.catalogue.mapping import to_document, to_version
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, VersionRow
from archive.model.documents import Document


class _HasReading(Protocol):
    @property
    def category(self) -> str | None:
        """Return how the reading ended, None before it has."""
        ...

    @property
    def number(self) -> int:
        """Return the number of the version, from 1."""
        ...


def shown_order(version: _HasReading) -> tuple[bool, int]:
    """Return a sort key that is greatest for the version that readers see."""
    return version.category is not None, version.number


def shown_numbers(document_ids: Sequence[str] | BindParameter[Sequence[str]] | None = None) -> Subquery:
    """Return (document_id, number) of the shown version, of these documents or of all."""
    read = case((VersionRow.category.is_not(None), VersionRow.number))
    statement = select(
        VersionRow.document_id,
        func.coalesce(func.max(read), func.max(VersionRow.number)).label("number"),
    ).group_by(VersionRow.document_id)
    if document_ids is not None:
        statement = statement.where(VersionRow.document_id.in_(document_ids))
    return statement.subquery("shown")


def shown_versions(session: Session) -> dict[str, str]:
    """Return the shown version of every live document, by document: as `shown_numbers` has it."""
    version, document = VersionRow.__table__, DocumentRow.__table__
    statement = (
        select(version.c.document_id, version.c.id, version.c.number, version.c.category.is_not(None))
        .join_from(version, document, document.c.id == version.c.document_id)
        .where(document.c.withdrawn_at.is_(None))
    )
    shown: dict[str, tuple[tuple[bool, int], str]] = {}
    for document_id, version_id, number, is_read in session.connection().execute(statement).all():
        order = bool(is_read), number
        known = shown.get(document_id)
        if known is None or known[0] < order:
            shown[document_id] = order, version_id
    return {document_id: version_id for document_id, (_, version_id) in shown.items()}


def newest_numbers() -> Subquery:
    """Return (document_id, number) of every document's newest version, read or not."""
    return (
        select(VersionRow.document_id, func.max(VersionRow.number).label("number"))
        .group_by(VersionRow.document_id)
        .subquery("newest")
    )


def newest_version(session: Session, document_id: str) -> VersionRow:
    """Return the row of a document's newest version, read or not; every document has one."""
    return session.scalars(
        select(VersionRow)
        .where(VersionRow.document_id == document_id)
        .order_by(VersionRow.number.desc())
        .limit(1)
    ).one()


def is_newest_read(session: Session, version: VersionRow) -> bool:
    """Return whether a version that has just been read is the one that readers see from now on."""
    newest_read = session.scalar(
        select(func.max(VersionRow.number)).where(
            VersionRow.document_id == version.document_id, VersionRow.category.is_not(None)
        )
    )
    return newest_read is None or newest_read <= version.number


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
