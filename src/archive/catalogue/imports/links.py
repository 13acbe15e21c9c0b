"""Files that imports link to: leased to one worker at a time, tried again where the site was down."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.imports import ImportLinkRow
from archive.model.seminar_pages.imports import ImportLink, LinkKind, LinkState, NewLink
from archive.model.seminar_pages.seminar_draft import SeminarDraft

ATTEMPTS_MAX = 4
_RETRY_AFTER_S = (60.0, 600.0, 3600.0)


def source_of(link: NewLink) -> str:
    """Return the source of the document that a linked file becomes."""
    return f"import:{link.address}"


def queue_links(session: Session, import_id: str, links: Sequence[NewLink]) -> None:
    """Have files fetched; those that were taken in stay, those that failed are tried again.

    What the import no longer links to and has not been fetched is not fetched any more.
    """
    now = datetime.now(UTC)
    rows = session.scalars(
        select(ImportLinkRow).where(
            ImportLinkRow.import_id == import_id, ImportLinkRow.kind != LinkKind.PAGE.value
        )
    )
    known = {(row.address, row.event_id, row.talk_id): row for row in rows}
    wanted = {(link.address, link.event_id, link.talk_id): link for link in links}
    for key, old in known.items():
        if key not in wanted and old.state != LinkState.TAKEN.value:
            session.delete(old)
    for key, link in wanted.items():
        row = known.get(key)
        if row is None:
            session.add(_new_row(import_id, link, now))
            continue
        row.title, row.kind, row.publisher = link.title, link.kind.value, link.publisher
        if row.state == LinkState.FAILED.value:
            _wait(row, now)
    session.flush()


def queue_pages(session: Session, import_id: str, addresses: Sequence[str]) -> int:
    """Have the pages of a list fetched, each to be an import of its own; return how many are waited for."""
    now = datetime.now(UTC)
    rows = session.scalars(
        select(ImportLinkRow).where(
            ImportLinkRow.import_id == import_id, ImportLinkRow.kind == LinkKind.PAGE.value
        )
    )
    known = {row.address: row for row in rows}
    for address in dict.fromkeys(addresses):
        if address in known:
            _wait(known[address], now)
        else:
            session.add(_new_row(import_id, NewLink(address, "", LinkKind.PAGE), now))
    session.flush()
    return len(set(addresses))


def links_of(session: Session, import_id: str) -> Sequence[ImportLink]:
    """Return the files of an import in the order they were queued."""
    rows = session.scalars(
        select(ImportLinkRow).where(ImportLinkRow.import_id == import_id).order_by(ImportLinkRow.id)
    )
    return [_link(row) for row in rows]


def retry_link(session: Session, import_id: str, link_id: int) -> bool:
    """Have a file fetched again that could not be; return whether there is such a one."""
    row = session.get(ImportLinkRow, link_id)
    if row is None or row.import_id != import_id or row.state != LinkState.FAILED.value:
        return False
    _wait(row, datetime.now(UTC))
    session.flush()
    return True


def drop_links(session: Session, import_id: str) -> Sequence[ImportLink]:
    """Forget the files of an import; return those whose documents came with it."""
    rows = session.scalars(select(ImportLinkRow).where(ImportLinkRow.import_id == import_id)).all()
    brought = [_link(row) for row in rows if row.document_id and row.is_new]
    for row in rows:
        session.delete(row)
    session.flush()
    return brought


def is_any_free(session: Session, now: datetime) -> bool:
    """Return whether a link waits to be fetched."""
    return session.scalar(select(ImportLinkRow.id).where(_is_free(now)).limit(1)) is not None


def _is_free(now: datetime) -> ColumnElement[bool]:
    free = or_(ImportLinkRow.leased_until.is_(None), ImportLinkRow.leased_until <= now)
    return and_(ImportLinkRow.state == LinkState.WAITING.value, ImportLinkRow.retry_at <= now, free)


def lease_link(session: Session, owner: str, now: datetime, lease_s: float) -> ImportLink | None:
    """Lease the file that has waited longest, or return None. The attempt is counted at once."""
    row = session.scalar(
        select(ImportLinkRow)
        .where(_is_free(now))
        .order_by(ImportLinkRow.retry_at, ImportLinkRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempts += 1
    row.lease_owner, row.leased_until = owner, now + timedelta(seconds=lease_s)
    session.flush()
    return _link(row)


def finish_link(session: Session, link: ImportLink, identifier: str) -> bool:
    """Note which document a file has become, or which import a page.

    A document is new where it was made of this link: also where that was by an attempt that was killed before
    it came here. Returns False, and notes nothing, where the lease was lost.
    """
    row = _leased(session, link)
    if row is None:
        return False
    document = session.get(DocumentRow, identifier) if row.kind != LinkKind.PAGE.value else None
    row.state, row.code, row.message = LinkState.TAKEN.value, "", ""
    row.document_id = identifier
    row.is_new = document is not None and (
        document.created_at >= row.queued_at and f"{document.source}/".startswith(f"{source_of(link.link)}/")
    )
    row.lease_owner, row.leased_until = "", None
    session.flush()
    return True


def fail_link(
    session: Session, link: ImportLink, code: str, message: str, is_temporary: bool, now: datetime
) -> bool:
    """Note why a file could not be taken in; what may work later is tried again. False: lease lost."""
    row = _leased(session, link)
    if row is None:
        return False
    row.code, row.message = code, message
    row.lease_owner, row.leased_until = "", None
    if is_temporary and row.attempts < ATTEMPTS_MAX:
        row.retry_at = now + timedelta(seconds=_RETRY_AFTER_S[row.attempts - 1])
    else:
        row.state = LinkState.FAILED.value
    session.flush()
    return True


def _leased(session: Session, link: ImportLink) -> ImportLinkRow | None:
    row = session.get(ImportLinkRow, link.id)
    if row is None or row.lease_owner != link.lease_owner or row.attempts != link.attempts:
        return None
    return row


def _wait(row: ImportLinkRow, now: datetime) -> None:
    row.state, row.attempts, row.retry_at = LinkState.WAITING.value, 0, now
    row.lease_owner, row.leased_until = "", None


def _new_row(import_id: str, link: NewLink, now: datetime) -> ImportLinkRow:
    return ImportLinkRow(
        import_id=import_id,
        address=link.address,
        title=link.title,
        kind=link.kind.value,
        publisher=link.publisher,
        event_id=link.event_id,
        talk_id=link.talk_id,
        state=LinkState.WAITING.value,
        attempts=0,
        code="",
        message="",
        document_id="",
        is_new=False,
        lease_owner="",
        leased_until=None,
        retry_at=now,
        queued_at=now,
    )


def _link(row: ImportLinkRow) -> ImportLink:
    new = NewLink(row.address, row.title, LinkKind(row.kind), row.publisher, row.event_id, row.talk_id)
    return ImportLink(
        id=row.id,
        import_id=row.import_id,
        link=new,
        state=LinkState(row.state),
        attempts=row.attempts,
        code=row.code,
        message=row.message,
        document_id=row.document_id,
        is_new=row.is_new,
        lease_owner=row.lease_owner,
    )


def links_in(draft: SeminarDraft) -> list[NewLink]:
    """Return the files to fetch. A talk has one document: its further decks belong to the event."""
    links: list[NewLink] = []
    for event in draft.events:
        for talk in event.talks:
            for number, address in enumerate(talk.decks, start=1):
                of_talk = talk.talk_id if number == 1 else ""
                title = talk.topic if number == 1 else f"{talk.topic} ({number})"
                links.append(NewLink(address, title, event_id=event.event_id, talk_id=of_talk))
        links += [NewLink(address, event.title, event_id=event.event_id) for address in event.decks]
    first = draft.events[0].event_id
    links += [
        NewLink(report.address, report.title, LinkKind.REPORT, report.publisher, first)
        for report in draft.reports
        if report.address
    ]
    return links
