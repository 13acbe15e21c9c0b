"""Versions that were replaced, as far as a visitor may still read them: what was cited goes on answering.

`archive.visibility` decides; here is found out what it asks for: who saw a document when the version was
replaced, and which of its slides have been hidden since.
The levels of its talk and event are those of today: who opens a whole event opens what was cited of it, too.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from archive.catalogue.hidden_pages import digest_of_blocks, with_choices
from archive.catalogue.mapping import to_page, to_version
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, VersionRow
from archive.catalogue.tables.journal import AuditEventRow
from archive.catalogue.visibility import page_visible
from archive.errors import NotFound
from archive.model.documents import Document, Version
from archive.model.pages import Page
from archive.model.visibility import Visibility
from archive.visibility import is_hidden_since, may_see_old_version, may_see_page

_PUBLISH = "document.publish"
_SEEN_ACTIONS = (_PUBLISH, "document.visibility")
_WAS = "was "


def old_version(session: Session, document: Document, number: int, visitor: Visibility) -> Version:
    """Return a version of a document that the visitor may see: the shown one, or one that was shown before.

    Raises:
        NotFound: there is no such version, or it is not for the visitor (the two cannot be told apart).
    """
    if number == document.version.number:
        return document.version
    row = session.execute(
        select(VersionRow, OriginalRow)
        .join(OriginalRow, OriginalRow.sha256 == VersionRow.sha256)
        .where(VersionRow.document_id == document.id, VersionRow.number == number)
    ).first()
    if row is None or not may_see_old_version(visitor, _seen_then(session, document, row[0])):
        raise NotFound("There is no such version of this document.")
    return to_version(*row)


def visible_numbers(
    session: Session, document: Document, version: Version, visitor: Visibility
) -> tuple[int, ...]:
    """Return the numbers of those pages of a version that a visitor may see, in order.

    In an older version a slide is hidden where it was, and where a slide with its words, or one that staff
    hid by its number, is hidden now.
    """
    rows = session.scalars(select(PageRow).where(PageRow.version_id == version.id).order_by(PageRow.number))
    pages = tuple(to_page(row) for row in rows)
    if version.id == document.version.id:
        return tuple(page.number for page in pages if may_see_page(visitor, page))
    return tuple(
        page.number for page in as_hidden_now(session, document, pages) if may_see_page(visitor, page)
    )


def as_hidden_now(session: Session, document: Document, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages of an older version, hidden where staff or the author have hidden their like since."""
    rows = session.scalars(
        select(PageRow).where(
            PageRow.version_id == document.version.id, not_(page_visible(Visibility.PUBLIC))
        )
    )
    hidden_words = {digest_of_blocks(to_page(row).blocks) for row in rows}
    chosen = with_choices(session, document.id, pages)
    return tuple(
        replace(now, hidden=is_hidden_since(before, now, digest_of_blocks(before.blocks) in hidden_words))
        for before, now in zip(pages, chosen, strict=True)
    )


def _seen_then(session: Session, document: Document, version: VersionRow) -> Visibility:
    """Return who could see a document when a version of it was replaced; staff where that is not known.

    A version that was never read was never shown.
    """
    replaced_at = session.scalar(
        select(VersionRow.created_at)
        .where(VersionRow.document_id == document.id, VersionRow.number > version.number)
        .order_by(VersionRow.number)
        .limit(1)
    )
    if version.category is None or replaced_at is None:
        return Visibility.STAFF
    told = session.scalars(
        select(AuditEventRow)
        .where(AuditEventRow.subject == document.id, AuditEventRow.action.in_(_SEEN_ACTIONS))
        .order_by(AuditEventRow.id)
    ).all()
    before = [event for event in told if event.at <= replaced_at]
    after = [event for event in told if event.at > replaced_at]
    published = next((event.outcome for event in after if event.action == _PUBLISH), "")
    if published == "published":  # until then it was a draft, whatever was chosen for it meanwhile
        return Visibility.STAFF
    if before:
        return _after(before[-1])
    if after:
        return _before(after[0])
    row = session.get_one(DocumentRow, document.id)
    return Visibility(row.visibility)


def _after(event: AuditEventRow) -> Visibility:
    """Return who could see a document after what an audit event tells."""
    if event.action == _PUBLISH:
        return Visibility.STAFF if event.outcome == "draft" else _level(event.detail)
    return _level(event.outcome)


def _before(event: AuditEventRow) -> Visibility:
    """Return who could see a document before what an audit event tells."""
    if event.action == _PUBLISH:
        return _level(event.detail) if event.outcome == "draft" else Visibility.STAFF
    return _level(event.detail.removeprefix(_WAS))


def _level(text: str) -> Visibility:
    try:
        return Visibility(text)
    except ValueError:
        return Visibility.STAFF
