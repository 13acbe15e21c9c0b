"""Slides that staff hide or show, whatever their author chose; and what of a version is for staff."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, naming, taken_out
from archive.catalogue.block_codec import unpack_blocks
from archive.catalogue.tables.documents import PageChoiceRow, PageRow, VersionRow
from archive.errors import NotFound
from archive.model.pages import Block, BlockField, Page
from archive.model.visibility import Visibility
from archive.visibility import may_see_page


def set_hidden(session: Session, document_id: str, number: int, is_hidden: bool, actor: str) -> bool:
    """Hide a slide from all but staff, or show it; return whether that changed anything.

    It holds in all versions of the document, those that come later too (`with_choices`), and names the
    document anew: its title is read from what everybody may see. Raises NotFound and Gone.
    """
    taken_out.live_row(session, document_id)
    newest_first = (
        select(PageRow)
        .join(VersionRow, VersionRow.id == PageRow.version_id)
        .where(VersionRow.document_id == document_id, PageRow.number == number)
        .order_by(VersionRow.number.desc())
    )
    pages = session.scalars(newest_first).all()
    if not pages:
        raise NotFound(f"There is no slide {number} in the document '{document_id}'.")
    words_sha256 = _digest_of(pages[0])
    session.merge(
        PageChoiceRow(document_id=document_id, number=number, words_sha256=words_sha256, hides=is_hidden)
    )
    everybody = Visibility.PUBLIC
    changed = [page for page in pages if may_see_page(everybody, page) is is_hidden]
    versions = [page.version_id for page in changed if is_hidden or _digest_of(page) == words_sha256]
    session.execute(
        update(PageRow)
        .where(PageRow.version_id.in_(versions), PageRow.number == number)
        .values(hidden=is_hidden)
    )
    session.flush()
    if changed:
        naming.name_shown(session, document_id)
        changes.record(session, document_id, hides=is_hidden)
        subject = f"{document_id}/{number}"
        audit.record(session, actor, "page.visibility", subject, "hidden" if is_hidden else "shown")
    return bool(changed)


def with_choices(session: Session, document_id: str, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages of a new reading, hidden or shown as staff have chosen.

    A slide is known by its words wherever it stands now. Where staff hid a slide, the one that has its number
    now is hidden, too: better one too many than the one that was meant.
    """
    statement = select(PageChoiceRow).where(PageChoiceRow.document_id == document_id)
    choices = session.scalars(statement).all()
    return tuple(_chosen(page, choices) for page in pages) if choices else tuple(pages)


def hidden_numbers(session: Session, document_id: str) -> tuple[int, ...]:
    """Return the numbers of the slides that staff have hidden."""
    statement = select(PageChoiceRow.number).where(
        PageChoiceRow.document_id == document_id, PageChoiceRow.hides.is_(True)
    )
    return tuple(session.scalars(statement.order_by(PageChoiceRow.number)))


def _chosen(page: Page, choices: Iterable[PageChoiceRow]) -> Page:
    digest = digest_of_blocks(page.blocks)
    matching = [
        choice.hides
        for choice in choices
        if choice.words_sha256 == digest or (choice.hides and choice.number == page.number)
    ]
    return replace(page, hidden=any(matching)) if matching else page


def _digest_of(page: PageRow) -> str:
    return digest_of_blocks(unpack_blocks(page.blocks))


def digest_of_blocks(blocks: Iterable[Block]) -> str:
    """Return what a slide's words are known by."""
    return hashlib.sha256("\n\n".join(block.text for block in blocks).encode("utf-8", "replace")).hexdigest()


def shows_staff_words(session: Session, version_id: str, fields: Collection[BlockField]) -> bool:
    """Return whether a version has a hidden page, a page that was not read whole, or words in `fields`."""
    names = {field.value for field in fields}
    is_telling = or_(PageRow.hidden, PageRow.broken != "", _has_block_in(names, session))
    statement = select(PageRow.number).where(PageRow.version_id == version_id, is_telling).limit(1)
    return session.scalar(statement) is not None


def _has_block_in(names: Collection[str], session: Session) -> ColumnElement[bool]:
    """Return the condition that a page has a block in one of the fields, which each block begins with."""
    if session.connection().dialect.name == "sqlite":
        block = func.json_each(PageRow.blocks).table_valued("value")
        field: ColumnElement[Any] = func.json_extract(block.c.value, "$[0]")
    else:
        block = func.json_array_elements(PageRow.blocks).table_valued("value")
        field = block.c.value.op("->>")(literal_column("0"))
    return exists(select(block.c.value).where(field.in_(names)))
