"""What a change of many would do: each record with old and new, each document that is refused, and why."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from archive.catalogue.bulk.subjects import (
    Subject,
    SubjectNames,
    being_read,
    focus_areas_of,
    names,
    regions_of,
    subjects,
)
from archive.catalogue.visibility import level_of
from archive.errors import InputError
from archive.garbage import garbage_waits
from archive.model.bulk import (
    BulkChange,
    BulkKind,
    ChangedRecordKind,
    Plan,
    PlannedChange,
    RefusalReason,
    RefusedDocument,
)
from archive.model.visibility import Visibility
from archive.visibility import may_see

LANGUAGES = ("sv", "en")
_MARK_CHARS = 24

_Planned = PlannedChange | RefusalReason
_Rule = Callable[["_Facts", Subject, BulkChange], _Planned]


class _Facts:
    """What the rules look at: the subjects' links, and names."""

    def __init__(self, session: Session, found: Mapping[str, Subject], changes: Iterable[BulkChange]) -> None:
        kinds = {change.kind for change in changes}
        live = [one for one in found.values() if not one.is_withdrawn]
        self.names: SubjectNames = names(session)
        talks = [one.talk_id for one in live if one.talk_id] if kinds & _OF_REGIONS else []
        events = [one.event_id for one in live if one.event_id] if kinds & _OF_AREAS else []
        self.regions = regions_of(session, talks)
        self.areas = focus_areas_of(session, events)
        reads = BulkKind.READ_AGAIN in kinds
        self.being_read = being_read(session, found) if reads else frozenset()


@garbage_waits()
def plan(session: Session, document_ids: Sequence[str], change: BulkChange) -> Plan:
    """Return what one change would do to the documents of a selection.

    Raises:
        InputError: there is no such region, focus area, event, level or language.
    """
    wanted = [(document_id, change) for document_id in document_ids]
    return plan_each(session, wanted)


@garbage_waits()
def plan_each(session: Session, wanted: Sequence[tuple[str, BulkChange]]) -> Plan:
    """Return what changes would do, each to one document. Raises InputError."""
    found = subjects(session, (document_id for document_id, _ in wanted))
    asked = dict.fromkeys(change for _, change in wanted)
    facts = _Facts(session, found, asked)
    for change in asked:
        _check(facts.names, change)
    planned: dict[tuple[BulkChange, ChangedRecordKind, str], PlannedChange] = {}
    refused: list[RefusedDocument] = []
    for document_id, change in wanted:
        subject = found.get(document_id)
        told = _one(facts, subject, change)
        if isinstance(told, RefusalReason):
            refused.append(RefusedDocument(document_id, subject.title if subject else "", told, change))
            continue
        key = (change, told.record, told.id)
        known = planned.get(key)
        planned[key] = replace(known, documents=(*known.documents, document_id)) if known else told
    changes = tuple(planned.values())
    return Plan(changes, tuple(refused), _mark(changes, refused))


def _one(facts: _Facts, subject: Subject | None, change: BulkChange) -> _Planned:
    if subject is None:
        return RefusalReason.UNKNOWN
    if subject.is_withdrawn:
        return RefusalReason.WITHDRAWN
    return _RULES[change.kind](facts, subject, change)


def _check(known: SubjectNames, change: BulkChange) -> None:
    """Raise InputError where a change asks for what there is not."""
    kind, value = change.kind, change.value
    if kind in _OF_REGIONS and value not in known.regions:
        raise InputError("Choose a region that the archive has.")
    if kind in _OF_AREAS and value not in known.focus_areas:
        raise InputError("Choose a focus area that the archive has.")
    if kind is BulkKind.EVENT and value and value not in known.events:
        raise InputError("There is no such event. Load the page again.")
    if kind is BulkKind.VISIBILITY and value not in list(Visibility):
        raise InputError("Choose who is to see it.")
    if kind is BulkKind.LANGUAGE and value not in LANGUAGES:
        raise InputError("Choose a language that the archive has.")
    if kind is BulkKind.TITLE and not value.strip():
        raise InputError("A title must not be empty.")


def _visibility(_facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    wanted = Visibility(change.value)
    before = subject.visibility if subject.is_draft else level_of(subject.rank).value
    event = subject.event_visibility
    if event and not subject.event_follows and not may_see(wanted, Visibility(event).rank):
        return RefusalReason.EVENT_STRICTER
    if before == wanted.value == subject.visibility:
        return RefusalReason.ALREADY
    return _of_document(subject, change, before, wanted.value)


def _language(_facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if subject.language == change.value:
        return RefusalReason.ALREADY
    return _of_document(subject, change, subject.language, change.value)


def _event(facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if subject.event_id == change.value:
        return RefusalReason.ALREADY
    after = facts.names.events.get(change.value, "")
    if subject.talk_id:
        return _of_talk(subject, change, subject.event_title, after)
    return _of_document(subject, change, subject.event_title, after)


def _region(facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if not subject.talk_id:
        return RefusalReason.NO_TALK
    before = facts.regions.get(subject.talk_id, ())
    after = _with_or_without(before, change, BulkKind.ADD_REGION)
    if after is None:
        return RefusalReason.ALREADY
    return _of_talk(subject, change, *(_listed(facts.names.regions, codes) for codes in (before, after)))


def _focus_area(facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if not subject.event_id:
        return RefusalReason.NO_EVENT
    before = facts.areas.get(subject.event_id, ())
    after = _with_or_without(before, change, BulkKind.ADD_FOCUS_AREA)
    if after is None:
        return RefusalReason.ALREADY
    old, new = (_listed(facts.names.focus_areas, ids) for ids in (before, after))
    return PlannedChange(
        change, ChangedRecordKind.EVENT, subject.event_id, subject.event_title, old, new, (subject.id,)
    )


def _withdraw(_facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    before = subject.visibility if subject.is_draft else level_of(subject.rank).value
    return _of_document(subject, change, before, "withdrawn")


def _read_again(facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if subject.id in facts.being_read:
        return RefusalReason.BEING_READ
    return _of_document(subject, change, "", "queued")


def _title(_facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if subject.title == change.value:
        return RefusalReason.ALREADY
    make = _of_talk if subject.talk_id else _of_document
    return make(subject, change, subject.title, change.value)


def _date(_facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if subject.date == change.value:
        return RefusalReason.ALREADY
    return _of_document(subject, change, subject.date, change.value)


def _publisher(_facts: _Facts, subject: Subject, change: BulkChange) -> _Planned:
    if subject.publisher == change.value:
        return RefusalReason.ALREADY
    return _of_document(subject, change, subject.publisher, change.value)


def _of_document(subject: Subject, change: BulkChange, before: str, after: str) -> PlannedChange:
    return PlannedChange(
        change, ChangedRecordKind.DOCUMENT, subject.id, subject.title, before, after, (subject.id,)
    )


def _of_talk(subject: Subject, change: BulkChange, before: str, after: str) -> PlannedChange:
    return PlannedChange(
        change, ChangedRecordKind.TALK, subject.talk_id, subject.talk_title, before, after, (subject.id,)
    )


def _with_or_without(before: Sequence[str], change: BulkChange, adding: BulkKind) -> Sequence[str] | None:
    """Return a list with a value more or less; None where it is so already."""
    is_there = change.value in before
    if is_there == (change.kind is adding):
        return None
    return [*before, change.value] if not is_there else [one for one in before if one != change.value]


def _listed(called: Mapping[str, str], values: Iterable[str]) -> str:
    return ", ".join(called.get(value, value) for value in values)


def _mark(changes: Sequence[PlannedChange], refused: Sequence[RefusedDocument]) -> str:
    digest = hashlib.sha256()
    for change in changes:
        digest.update(repr(change).encode())
    for one in refused:
        digest.update(repr((one.document, one.why, one.change)).encode())
    return digest.hexdigest()[:_MARK_CHARS]


_OF_REGIONS = frozenset({BulkKind.ADD_REGION, BulkKind.REMOVE_REGION})
_OF_AREAS = frozenset({BulkKind.ADD_FOCUS_AREA, BulkKind.REMOVE_FOCUS_AREA})
_RULES: Mapping[BulkKind, _Rule] = {
    BulkKind.ADD_FOCUS_AREA: _focus_area,
    BulkKind.REMOVE_FOCUS_AREA: _focus_area,
    BulkKind.ADD_REGION: _region,
    BulkKind.REMOVE_REGION: _region,
    BulkKind.VISIBILITY: _visibility,
    BulkKind.LANGUAGE: _language,
    BulkKind.EVENT: _event,
    BulkKind.WITHDRAW: _withdraw,
    BulkKind.READ_AGAIN: _read_again,
    BulkKind.TITLE: _title,
    BulkKind.DATE: _date,
    BulkKind.PUBLISHER: _publisher,
}
