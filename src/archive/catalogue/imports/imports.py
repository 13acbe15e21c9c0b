"""The rows of imports: made when something was read, found again when the same is read once more.

Drafts and read pages are kept as JSON, which is checked when it is read back.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.identifiers import new_id
from archive.catalogue.new_document import add_original
from archive.catalogue.tables.imports import SeminarImportRow
from archive.errors import NotFound
from archive.model.documents import Original
from archive.model.seminar_pages.imports import GivenSource, ImportKind, ImportState, SeminarImport
from archive.model.seminar_pages.seminar_draft import KeptField, SeminarDraft
from archive.model.seminar_pages.seminar_page import SeminarPage

_DRAFT, _PAGE, _KEPT = TypeAdapter(SeminarDraft), TypeAdapter(SeminarPage), TypeAdapter(KeptField)


def find_import(session: Session, import_id: str) -> SeminarImport:
    """Return an import. Raises NotFound."""
    return _import(_row(session, import_id))


def same_source(session: Session, source: GivenSource) -> SeminarImport | None:
    """Return the import of the same address, or where it has none of the same file."""
    statement = select(SeminarImportRow).order_by(SeminarImportRow.made_at.desc()).limit(1)
    if source.address:
        statement = statement.where(SeminarImportRow.address == source.address)
    else:
        statement = statement.where(SeminarImportRow.address == "", SeminarImportRow.sha256 == source.sha256)
    row = session.scalar(statement)
    return None if row is None else _import(row)


def imports(session: Session, limit: int) -> Sequence[SeminarImport]:
    """Return up to `limit` imports, the last worked on first; of their pages only title and address."""
    rows = session.scalars(
        select(SeminarImportRow)
        .order_by(SeminarImportRow.updated_at.desc(), SeminarImportRow.id)
        .limit(limit)
    )
    return [_import(row, is_listed=True) for row in rows]


def add_import(
    session: Session, source: GivenSource, page: SeminarPage, draft: SeminarDraft, actor: str
) -> str:
    """Keep what was read for the first time, and return the import's identifier."""
    now = datetime.now(UTC)
    _keep_bytes(session, source)
    row = SeminarImportRow(
        id=new_id(),
        kind=source.kind.value,
        address=source.address,
        filename=source.filename,
        sha256=source.sha256,
        content_type=source.content_type,
        login=actor,
        made_at=now,
        updated_at=now,
        state=ImportState.READ.value,
        page=packed(page),
        draft=packed(draft),
        published=None,
        kept=[],
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "import.read", row.id, "new", source.address or source.filename)
    return row.id


def read_again(
    session: Session,
    import_id: str,
    source: GivenSource,
    page: SeminarPage,
    draft: SeminarDraft,
    kept: Sequence[KeptField],
    actor: str,
) -> None:
    """Keep what was read anew; what it is to make is looked over once more. Raises NotFound.

    Where it says what it said, nothing is changed: whoever is at work on the import goes on.
    """
    row = _row(session, import_id)
    _keep_bytes(session, source)
    row.sha256, row.content_type, row.filename = source.sha256, source.content_type, source.filename
    said = (packed(page), packed(draft), [packed(one) for one in kept])
    if said != (row.page, row.draft, row.kept) or row.state == ImportState.UNDONE.value:
        row.page, row.draft, row.kept = said
        row.state = ImportState.READ.value
        row.updated_at = datetime.now(UTC)
    session.flush()
    audit.record(session, actor, "import.read", import_id, "again", source.address or source.filename)


def save_draft(session: Session, import_id: str, draft: SeminarDraft) -> None:
    """Keep what staff have changed. Raises NotFound."""
    row = _row(session, import_id)
    if row.draft != packed(draft):
        row.draft = packed(draft)
        row.updated_at = datetime.now(UTC)
        session.flush()


def note_published(session: Session, import_id: str, draft: SeminarDraft) -> None:
    """Note what was published of an import. Raises NotFound."""
    row = _row(session, import_id)
    row.draft, row.published, row.kept = packed(draft), packed(draft), []
    row.state = ImportState.PUBLISHED.value
    row.updated_at = datetime.now(UTC)
    session.flush()


def note_undone(session: Session, import_id: str, draft: SeminarDraft) -> None:
    """Note that nothing is published of an import any more. Raises NotFound."""
    row = _row(session, import_id)
    row.draft, row.published, row.kept = packed(draft), None, []
    row.state = ImportState.UNDONE.value
    row.updated_at = datetime.now(UTC)
    session.flush()


def _keep_bytes(session: Session, source: GivenSource) -> None:
    media_type = source.content_type.partition(";")[0].strip()
    add_original(session, Original(source.sha256, source.size_bytes, media_type))


def _row(session: Session, import_id: str) -> SeminarImportRow:
    row = session.get(SeminarImportRow, import_id)
    if row is None:
        raise NotFound("There is no such import.")
    return row


def _head(page: dict[str, Any]) -> SeminarPage:
    """Return what lists show of a page: its blocks are many, and lists have many pages."""
    return SeminarPage(str(page["address"]), str(page["title"]), ())


def _import(row: SeminarImportRow, is_listed: bool = False) -> SeminarImport:
    source = GivenSource(ImportKind(row.kind), row.address, row.filename, row.sha256, 0, row.content_type)
    return SeminarImport(
        id=row.id,
        source=source,
        state=ImportState(row.state),
        login=row.login,
        made_at=row.made_at,
        updated_at=row.updated_at,
        page=_head(row.page) if is_listed else unpacked_page(row.page),
        draft=unpacked_draft(row.draft),
        published=None if row.published is None else unpacked_draft(row.published),
        kept=tuple(unpacked_kept(one) for one in row.kept),
    )


def packed(value: SeminarDraft | SeminarPage | KeptField) -> dict[str, Any]:
    """Return a record as JSON has it."""
    adapter: TypeAdapter[Any] = _DRAFT
    if isinstance(value, SeminarPage):
        adapter = _PAGE
    elif isinstance(value, KeptField):
        adapter = _KEPT
    made: dict[str, Any] = adapter.dump_python(value, mode="json")
    return made


def unpacked_draft(value: object) -> SeminarDraft:
    """Return the draft that was packed."""
    return _DRAFT.validate_python(value)


def unpacked_page(value: object) -> SeminarPage:
    """Return the page that was packed."""
    return _PAGE.validate_python(value)


def unpacked_kept(value: object) -> KeptField:
    """Return the field that was packed."""
    return _KEPT.validate_python(value)
