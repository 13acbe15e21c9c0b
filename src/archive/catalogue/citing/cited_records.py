"""Records that are cited, for one visitor: talks with events, pages, and what a withdrawn document leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.citing.old_versions import old_version, visible_numbers
from archive.catalogue.events.events import events_by_id
from archive.catalogue.events.talks import talks_where
from archive.catalogue.pages import query_at
from archive.catalogue.tables.documents import DocumentRow, PageRow
from archive.catalogue.tables.events import TalkRow
from archive.catalogue.visibility import select_visible_documents
from archive.errors import NotFound
from archive.model.documents import Document, DocumentKind
from archive.model.events import Event, Talk
from archive.model.visibility import Visibility
from archive.visibility import may_see_page

_REFS_A_QUERY = 500
_PAGE = PageRow.__table__
_COLUMNS = (_PAGE.c.version_id, _PAGE.c.number, _PAGE.c.hidden)

PageRef = tuple[str, int, int]
"""A page by document, number of the version (0: the one that readers see) and its own number."""


def cited_talks(
    session: Session, talk_ids: Sequence[str], visitor: Visibility
) -> dict[str, tuple[Talk, Event | None]]:
    """Return those of some talks that the visitor may see, each with its event, by identifier."""
    found: list[Talk] = []
    wanted = list(dict.fromkeys(talk_ids))
    for start in range(0, len(wanted), _REFS_A_QUERY):
        some = wanted[start : start + _REFS_A_QUERY]
        found += talks_where(session, TalkRow.id.in_(some), visitor.rank)
    events = events_by_id(session, {talk.event_id for talk in found if talk.event_id}, visitor.rank)
    return {talk.id: (talk, events.get(talk.event_id or "")) for talk in found}


def cited_pages(
    session: Session, documents: Iterable[Document], refs: Iterable[PageRef], visitor: Visibility
) -> dict[PageRef, int]:
    """Return those of some pages that the visitor may see, each with the number of its version.

    `documents` are those of the pages, live and visible to the visitor. The shown versions' pages are read
    with a query for every 500.
    """
    by_id = {document.id: document for document in documents}
    found: dict[PageRef, int] = {}
    current: dict[tuple[str, int], list[PageRef]] = {}
    for ref in dict.fromkeys(refs):
        version = by_id[ref[0]].version
        if ref[1] in (0, version.number):
            current.setdefault((version.id, ref[2]), []).append(ref)
        elif _is_visible(session, by_id[ref[0]], ref, visitor):
            found[ref] = ref[1]
    for page in _visible(session, list(current), visitor):
        found |= {ref: by_id[ref[0]].version.number for ref in current[page]}
    return found


def _visible(
    session: Session, pages: Sequence[tuple[str, int]], visitor: Visibility
) -> Iterable[tuple[str, int]]:
    session.flush()  # plain queries see only what has been written
    for start in range(0, len(pages), _REFS_A_QUERY):
        numbers: dict[str, list[int]] = {}
        for version_id, number in pages[start : start + _REFS_A_QUERY]:
            numbers.setdefault(version_id, []).append(number)
        keys: dict[str, object] = {f"version_{at}": version for at, version in enumerate(numbers)}
        keys |= {f"numbers_{at}": wanted for at, wanted in enumerate(numbers.values())}
        for row in session.connection().execute(query_at(_PAGE, _COLUMNS, len(numbers)), keys):
            if may_see_page(visitor, row):
                yield row.version_id, row.number


def _is_visible(session: Session, document: Document, ref: PageRef, visitor: Visibility) -> bool:
    try:
        version = old_version(session, document, ref[1], visitor)
    except NotFound:
        return False
    return ref[2] in visible_numbers(session, document, version, visitor)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A document that was withdrawn: its talk and event, as the programme has them, and when it went.

    Nothing of the file is told, nor its title: it may be why the document went.
    """

    kind: DocumentKind
    talk: Talk | None
    event: Event | None
    withdrawn_at: datetime


def tombstone_of(session: Session, document_id: str, visitor: Visibility) -> Tombstone | None:
    """Return what is said of a withdrawn document, None where it was not, or was not for the visitor."""
    seen = select_visible_documents(visitor.rank).where(DocumentRow.id == document_id)
    row = session.scalar(select(DocumentRow).where(DocumentRow.id.in_(seen)))
    if row is None or row.withdrawn_at is None:
        return None
    talks = cited_talks(session, [row.talk_id or ""], visitor)
    talk, event = talks.get(row.talk_id or "", (None, None))
    if event is None and row.event_id:  # a report belongs to an event itself
        event = events_by_id(session, {row.event_id}, visitor.rank).get(row.event_id)
    return Tombstone(DocumentKind(row.kind), talk, event, row.withdrawn_at)
