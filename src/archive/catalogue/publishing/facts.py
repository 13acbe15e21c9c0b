"""What is said of a document, as staff fill it in: read, and saved with its talk and event at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes, taken_out
from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.events.one_talk import TalkFacts, add_talk, change_talk, event_id_of
from archive.catalogue.publishing.drafts import publish
from archive.catalogue.publishing.who_sees import let_parts_follow
from archive.catalogue.records import record
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventRow
from archive.catalogue.versions import newest_version
from archive.catalogue.visibility import hides, ranks
from archive.errors import ChangedMeanwhile, InputError
from archive.model.documents import DocumentKind
from archive.model.events import Talk
from archive.model.visibility import Visibility

# What the reading of a file says of it, until somebody says it.
_READ_FIELDS = ("title", "date", "language")
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

    `mark` changes with what people say: a form that carries it can be told from one made of what is old. What
    was read from the file, in `read_fields`, is nobody's edit, and its reading may end meanwhile.
    """

    facts: DocumentFacts
    are_given: bool
    is_draft: bool
    mark: str
    read_fields: frozenset[str] = frozenset()


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
    read = _read_fields(row, talk)
    said = _with(facts, dict.fromkeys(read, ""))
    version = newest_version(session, document_id).id
    people = _digest((said, row.draft, row.title_is_given, version))
    mark = "-".join([people, *(_digest(getattr(facts, name)) for name in _READ_FIELDS)])
    return KnownFacts(facts, row.title_is_given, row.draft, mark, read)


def _read_fields(row: DocumentRow, talk: Talk | None) -> frozenset[str]:
    """Return which facts nobody has given: they are what was read from the file, or will be."""
    given = {
        "title": row.title_is_given or talk is not None,
        "date": row.date_is_given,
        "language": row.language_is_given or (talk is not None and bool(talk.language)),
    }
    return frozenset(name for name in _READ_FIELDS if not given[name])


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def _with_what_was_read_since(new: DocumentFacts, known: KnownFacts, mark: str) -> DocumentFacts:
    """Return the new facts, with what was read of the file since in place of what was left as it was shown.

    Raises ChangedMeanwhile where somebody has said something else since.
    """
    people, *shown = mark.split("-")
    if people != known.mark.partition("-")[0] or len(shown) != len(_READ_FIELDS):
        raise ChangedMeanwhile("Somebody else has changed the document meanwhile. See what, and save again.")
    untouched = {
        name: getattr(known.facts, name)
        for name, digest in zip(_READ_FIELDS, shown, strict=True)
        if name in known.read_fields and _digest(getattr(new, name)) == digest
    }
    return _with(new, untouched)


def _with(facts: DocumentFacts, values: Mapping[str, str]) -> DocumentFacts:
    return replace(
        facts,
        title=values.get("title", facts.title),
        date=values.get("date", facts.date),
        language=values.get("language", facts.language),
    )


def save_facts(
    session: Session, document_id: str, new: DocumentFacts, mark: str, is_published: bool, actor: str
) -> None:
    """Save what is said of a document, its talk and its event; publish it where that is asked for.

    Where the file was read since the form was made, what nobody has typed is what was read.

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
    new = _with_what_was_read_since(new, known, mark)
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
