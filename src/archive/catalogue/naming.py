"""Name documents by their files: their titles where none was given, and the dates that files give.

The rules are in `model/naming`. When they change, documents are named anew at the next start, from the pages
and properties that are kept, without reading their files again. So are documents whose title another deck
turns out to begin with, too: what several decks share is their template's, whichever came first.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from sqlalchemy import Row, Select, delete, func, insert, not_, select
from sqlalchemy.orm import Session

from archive.catalogue import changes
from archive.catalogue.database.database import Database
from archive.catalogue.mapping import to_page
from archive.catalogue.tables.documents import DocumentRow, OpeningLineRow, OriginalRow, PageRow, VersionRow
from archive.catalogue.versions import select_documents
from archive.catalogue.visibility import page_visible
from archive.model.naming.dates import date_of
from archive.model.naming.page_lines import cover_key, opening_lines
from archive.model.naming.titles import PAGES_READ, NamedFile, title_of
from archive.model.pages import Page
from archive.model.visibility import Visibility
from archive.visibility import open_properties, visible_pages

RULES = 3
"""The version of the rules; raised when `model/naming` changes, so that all documents are named anew."""

_DOCUMENTS_A_TRANSACTION = 100

_COVERS_THAT_MATTER_MAX = 3
"""Where so many covers have a line, one more makes no difference to titles (`naming/titles.py`)."""

_TOUCHED_A_LINE_MAX = 100


def name(session: Session, document: DocumentRow, version: VersionRow, pages: Sequence[Page]) -> bool:
    """Name a document by the version that its readers see; return whether that changed anything.

    Args:
        session: names also those other documents anew that have a title in common with this one.
        document: keeps a title that was given.
        version: has the file's name and properties.
        pages: all its pages, or those that `_telling_pages` chooses.
    """
    told = _told(document, version, pages)
    touched = replace_opening_lines(session, document.id, told.lines, told.cover)
    is_changed = _name(session, document, told)
    for other, its_version, _ in _rows(session, touched):
        is_named = other.naming == RULES
        if is_named and _name(
            session, other, _told(other, its_version, _telling_pages(session, its_version.id))
        ):
            changes.record(session, other.id)
    return is_changed


@dataclass(frozen=True, slots=True)
class _Told:
    """What names a document: its file, its first and last page for the date, and what others may share."""

    file: NamedFile
    ends: Sequence[Page]
    lines: frozenset[str]
    cover: str


def _told(document: DocumentRow, version: VersionRow, pages: Sequence[Page]) -> _Told:
    shown = visible_pages(Visibility.PUBLIC, pages)
    properties = version.properties or _properties_of_before(document, version, pages)
    properties = open_properties(properties, pages)
    return _Told(
        NamedFile(version.filename, shown[:PAGES_READ], properties),
        (*shown[:1], *shown[1:][-1:]),
        opening_lines(shown, properties.get("title", "")),
        cover_key(shown),
    )


def _name(session: Session, document: DocumentRow, told: _Told) -> bool:
    title, date, file = document.title, document.file_date, told.file
    if not document.title_is_given:
        title = title_of(file, others_beginning_with(session, document.id, told.lines, told.cover))
    if not document.date_is_given:
        date = date_of(told.ends, file.properties or {}, file.filename, datetime.now(UTC).date())
    is_changed = (title, date) != (document.title, document.file_date)
    document.title, document.file_date, document.naming = title, date, RULES
    return is_changed


def name_anew(session: Session, document: DocumentRow, version: VersionRow) -> bool:
    """Name a document by the pages that are kept of a version; return whether that changed anything."""
    return name(session, document, version, _telling_pages(session, version.id))


def name_shown(session: Session, document_id: str) -> None:
    """Name a document anew by the version that its readers see, where that has been read."""
    for document, version, _ in _rows(session, [document_id]):
        if version.category is not None:
            name_anew(session, document, version)


def _rows(
    session: Session, document_ids: Collection[str]
) -> Sequence[Row[DocumentRow, VersionRow, OriginalRow]]:
    return session.execute(select_documents(sorted(document_ids))).all() if document_ids else []


def bring_up_to_date(database: Database) -> int:
    """Name anew all documents that were named by older rules; return how many.

    A few at a time, so that other writers need not wait long. What is still to be read is named then.
    """
    count = 0
    with database.read() as session:
        is_current = session.execute(_outdated().limit(1)).first() is None
    while not is_current:
        with database.write() as session:
            rows = session.execute(_outdated().limit(_DOCUMENTS_A_TRANSACTION)).all()
            for document, version, _ in rows:
                if name_anew(session, document, version):
                    changes.record(session, document.id)
        count += len(rows)
        is_current = len(rows) < _DOCUMENTS_A_TRANSACTION
    return count


def _outdated() -> Select[DocumentRow, VersionRow, OriginalRow]:
    return select_documents().where(
        DocumentRow.naming < RULES, DocumentRow.withdrawn_at.is_(None), VersionRow.category.is_not(None)
    )


def _telling_pages(session: Session, version_id: str) -> list[Page]:
    """Return the first pages that everybody may see, the last one, and those that not everybody may see.

    In the order of the file: what names a document is read from the visible ones, and checked by the others.
    """
    of_version = select(PageRow).where(PageRow.version_id == version_id)
    visible = of_version.where(page_visible(Visibility.PUBLIC))
    first = session.scalars(visible.order_by(PageRow.number).limit(PAGES_READ)).all()
    last = session.scalars(visible.order_by(PageRow.number.desc()).limit(1)).all()
    others = session.scalars(of_version.where(not_(page_visible(Visibility.PUBLIC)))).all()
    rows = {row.number: row for row in (*first, *last, *others)}
    return [to_page(rows[number]) for number in sorted(rows)]


def _properties_of_before(
    document: DocumentRow, version: VersionRow, pages: Sequence[Page]
) -> dict[str, str]:
    """Return what is known of a file's properties that were not kept: the title, where it was named by that.

    It was, but where none stood there; then by its first page with a title, or by the name of the file.
    """
    of_page = next((page.title for page in pages if page.title), "")
    others = {of_page, PurePath(version.filename).stem}
    is_named_otherwise = document.title_is_given or document.title in others
    return {} if document.naming or is_named_otherwise else {"title": document.title}


def replace_opening_lines(
    session: Session, document_id: str, lines: Collection[str], cover_key: str
) -> set[str]:
    """Keep the lines of a document in place of earlier ones.

    Returns which other documents may have to be named anew: those with a line that few covers have, and that
    one cover more or one less has now. A line that many have stays shared, whoever comes or goes.
    """
    mine = OpeningLineRow.document_id == document_id
    before = {(row.line, row.cover_key) for row in session.scalars(select(OpeningLineRow).where(mine))}
    now = {(line, cover_key) for line in lines}
    if before == now:
        return set()
    session.execute(delete(OpeningLineRow).where(mine))
    if lines:
        values = [{"document_id": document_id, "line": line, "cover_key": cover_key} for line in lines]
        session.execute(insert(OpeningLineRow), values)
    return _touched(session, document_id, before ^ now)


def others_beginning_with(
    session: Session, document_id: str, lines: Collection[str], cover_key: str
) -> dict[str, int]:
    """Return how many other covers each of the lines has that other documents begin with, too."""
    rows = session.execute(
        select(OpeningLineRow.line, func.count(OpeningLineRow.cover_key.distinct()))
        .where(
            OpeningLineRow.line.in_(lines),
            OpeningLineRow.document_id != document_id,
            OpeningLineRow.cover_key != cover_key,
        )
        .group_by(OpeningLineRow.line)
    )
    return dict(rows.all())


def _touched(session: Session, document_id: str, changed: Collection[tuple[str, str]]) -> set[str]:
    changed_lines = {line for line, _ in changed}
    with_others = (
        select(OpeningLineRow.line, func.count(OpeningLineRow.cover_key.distinct()))
        .where(OpeningLineRow.line.in_(changed_lines))
        .group_by(OpeningLineRow.line)
    )
    few = [line for line, count in session.execute(with_others) if count <= _COVERS_THAT_MATTER_MAX]
    touched: set[str] = set()
    for line in sorted(few):
        rows = session.execute(
            select(OpeningLineRow.document_id, OpeningLineRow.cover_key)
            .where(OpeningLineRow.line == line, OpeningLineRow.document_id != document_id)
            .order_by(OpeningLineRow.document_id)
            .limit(_TOUCHED_A_LINE_MAX)
        ).all()
        covers = Counter(cover_key for _, cover_key in rows)
        if any((line, cover_key) in changed and not covers[cover_key] for cover_key in _covers(changed)):
            touched |= {other for other, _ in rows}
    return touched


def _covers(changed: Collection[tuple[str, str]]) -> set[str]:
    return {cover_key for _, cover_key in changed}
