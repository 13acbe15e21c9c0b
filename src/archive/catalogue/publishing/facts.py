"""What is said of a document, as staff fill it in: read, and saved with its talk and event at once.

A whole seminar is saved by `events/save_event.py`.
"""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, taken_out
from archive.catalogue.events.names import name_key
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import event_values, talk_values, update_talk
from archive.catalogue.events.talks import select_talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.publishing.drafts import publish
from archive.catalogue.publishing.who_sees import let_parts_follow
from archive.catalogue.records import record
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.versions import newest_version
from archive.catalogue.visibility import hides, ranks
from archive.errors import ChangedMeanwhile, InputError, NotFound
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility

_EXACT_CHARS = len("2021-05-04")


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is said of a document. `title` is also its talk's topic.

    `date` (YYYY, YYYY-MM, YYYY-MM-DD or "") is the document's own; where the event has one, that is shown.
    `event_id` "" and `new_event` "": it belongs to no event. `visibility`: who sees it once published.
    `kind` None: what it is stays as it is; `year` is that of publication.
    """

    title: str
    date: str = ""
    language: str = ""
    organisation: str = ""
    event_id: str = ""
    new_event: str = ""
    region_codes: tuple[str, ...] = ()
    speakers: tuple[NewSpeaker, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    kind: DocumentKind | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """The facts of a document as they are. `are_given`: staff or a seminar's file have said what they are.

    `mark` changes with them: a form that carries it can be told from one made of what is old.
    """

    facts: DocumentFacts
    are_given: bool
    is_draft: bool
    mark: str


def known_facts(session: Session, document_id: str) -> KnownFacts:
    """Return what is said of a document. Raises NotFound and Gone."""
    row = taken_out.live_row(session, document_id)
    found = record(session, document_id)
    talk = found.talk
    facts = DocumentFacts(
        title=found.title,
        date=row.file_date,
        language=(talk.language if talk else "") or row.language,
        organisation=row.publisher,
        event_id=found.event.id if found.event else "",
        region_codes=talk.region_codes if talk else (),
        speakers=tuple(
            NewSpeaker(
                one.person.name if one.person else "",
                one.role,
                one.organisation.name if one.organisation else "",
                one.is_moderator,
            )
            for one in (talk.contributions if talk else ())
        ),
        visibility=Visibility(row.visibility_given if row.draft else row.visibility),
        kind=DocumentKind(row.kind),
        year=row.year,
    )
    version = newest_version(session, document_id).id
    seen = repr((facts, row.draft, row.title_is_given, version)).encode()
    return KnownFacts(facts, row.title_is_given, row.draft, hashlib.sha256(seen).hexdigest()[:16])


def save_facts(
    session: Session, document_id: str, new: DocumentFacts, mark: str, is_published: bool, actor: str
) -> None:
    """Save what is said of a document, its talk and its event; publish it where that is asked for.

    Args:
        session: A session that writes.
        document_id: The document.
        new: What is to be said of it.
        mark: That of the facts which `new` was made from.
        is_published: Whether it is to be published, or to stay so.
        actor: Who says it, for the audit.

    Raises:
        ChangedMeanwhile: Somebody has changed it since; nothing is saved.
        InputError: There is no such event.
        NotFound: There is no such document.
        Gone: It was withdrawn.
    """
    known = known_facts(session, document_id)
    if known.mark != mark:
        raise ChangedMeanwhile("Somebody else has changed the document meanwhile. See what, and save again.")
    row = taken_out.live_row(session, document_id)
    around = _documents_of(session, row)
    before = ranks(session, around)
    event_id = _event_id(session, new, actor)
    _save_talk(session, row, event_id, new)
    row.event_id = event_id
    row.title, row.title_is_given = new.title, True
    row.publisher, row.year = new.organisation, new.year
    row.kind = (new.kind or DocumentKind(row.kind)).value
    if new.date != row.file_date:
        row.file_date, row.date_is_given = new.date, True
    if new.language and new.language != row.language:
        row.language, row.language_is_given = new.language, True
    if row.draft:
        row.visibility_given = new.visibility.value
    session.flush()
    let_parts_follow(session, row)
    changed = [
        field.name
        for field in fields(new)
        if field.name != "new_event" and getattr(new, field.name) != getattr(known.facts, field.name)
    ]
    if changed or not known.are_given:
        after = ranks(session, around)
        for identifier in around:
            changes.record(session, identifier, hides=hides(before[identifier], after[identifier]))
        audit.record(session, actor, "document.facts", document_id, "saved", " ".join(changed))
    if is_published:
        publish(session, document_id, new.visibility, actor)


def _documents_of(session: Session, row: DocumentRow) -> list[str]:
    """Return the document, and the live ones of its talk."""
    if row.talk_id is None:
        return [row.id]
    of_talk = select(DocumentRow.id).where(
        DocumentRow.talk_id == row.talk_id, DocumentRow.withdrawn_at.is_(None)
    )
    return list(session.scalars(of_talk))


def _event_id(session: Session, new: DocumentFacts, actor: str) -> str | None:
    if new.new_event:
        day = date.fromisoformat(new.date) if len(new.date) == _EXACT_CHARS else None
        return event_id_of(session, new.new_event, day, actor)
    if new.event_id and session.get(EventRow, new.event_id) is None:
        raise InputError("There is no such event. Load the page again.")
    return new.event_id or None


def _save_talk(session: Session, row: DocumentRow, event_id: str | None, new: DocumentFacts) -> None:
    """Save the document's talk; a deck in an event has one, and whatever has speakers or regions."""
    facts = TalkFacts(new.title, new.language, new.region_codes, new.speakers)
    if row.talk_id is not None:
        change_talk(session, row.talk_id, event_id, facts)
        return
    is_deck = row.kind == DocumentKind.DECK.value
    if new.speakers or new.region_codes or (is_deck and event_id):
        row.talk_id = add_talk(session, event_id, facts)


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What staff say of one talk."""

    topic: str
    language: str = ""
    region_codes: tuple[str, ...] = ()
    speakers: tuple[NewSpeaker, ...] = ()


def event_id_of(session: Session, title: str, starts_on: date | None, actor: str) -> str:
    """Return the event of a title and a day; a new one is for staff until something of it is published."""
    same_day = EventRow.starts_on.is_(None) if starts_on is None else EventRow.starts_on == starts_on
    for known in session.scalars(select(EventRow).where(same_day).order_by(EventRow.id)):
        if name_key(known.title) == name_key(title):
            return known.id
    new = NewEvent(title, starts_on=starts_on, visibility=Visibility.STAFF)
    row = EventRow(id=new_id(), focus_area_links=[], **event_values(new))
    session.add(row)
    session.flush()
    audit.record(session, actor, "event.save", row.id, "new", row.title)
    return row.id


def add_talk(session: Session, event_id: str | None, facts: TalkFacts) -> str:
    """Add a talk as the last of an event (None: of none), for staff until a document of it is published."""
    new = _new_talk(facts, _next_position(session, event_id), Visibility.STAFF)
    row = TalkRow(id=new_id(), event_id=event_id, region_links=[], contributions=[], **talk_values(new))
    session.add(row)
    session.flush()
    update_talk(session, row, new)
    session.flush()
    return row.id


def change_talk(session: Session, talk_id: str, event_id: str | None, facts: TalkFacts) -> bool:
    """Make a talk what is given; abstract, visibility and, in the same event, its place stay as they are.

    The same regions in another order are no change: the boxes of a form tell no order.

    Return whether that changed anything. Raises NotFound.
    """
    row = session.scalar(select_talks().where(TalkRow.id == talk_id))
    if row is None:
        raise NotFound("There is no such talk in the archive.")
    is_moved = row.event_id != event_id
    position = _next_position(session, event_id) if is_moved else row.position
    row.event_id = event_id
    before = tuple(link.region_code for link in row.region_links)
    if set(facts.region_codes) == set(before):
        facts = replace(facts, region_codes=before)
    new = _new_talk(facts, position, Visibility(row.visibility_given or row.visibility), row.abstract)
    is_changed = update_talk(session, row, new, draft=bool(row.visibility_given))
    session.flush()
    return is_changed or is_moved


def _new_talk(facts: TalkFacts, position: int, visibility: Visibility, abstract: str = "") -> NewTalk:
    return NewTalk(
        facts.topic, position, abstract, facts.language, visibility, facts.region_codes, facts.speakers
    )


def _next_position(session: Session, event_id: str | None) -> int:
    if event_id is None:
        return 1
    last = session.scalar(select(func.max(TalkRow.position)).where(TalkRow.event_id == event_id))
    return (last or 0) + 1
