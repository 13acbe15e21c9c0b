"""People, organisations and focus areas: looked up by name, added where they are new; and who gave a talk."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.events.new_event import NewFocusArea, NewSpeaker
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import ContributionRow, FocusAreaRow, OrganisationRow, PersonRow, TalkRow
from archive.catalogue.tables.names import OrganisationSpellingRow, PersonSpellingRow

_Record = type[PersonRow] | type[OrganisationRow]
_Spelling = type[PersonSpellingRow] | type[OrganisationSpellingRow]

_CONTRIBUTION = (
    "person_id",
    "role",
    "organisation_id",
    "is_moderator",
    "person_name",
    "organisation_name",
)
_Known = dict[str | None, list[ContributionRow]]


def find_person(session: Session, name: str) -> str | None:
    """Return the identifier of the person of this name, today's before another spelling."""
    return _found(session, PersonRow, PersonSpellingRow, name)


def find_organisation(session: Session, name: str) -> str | None:
    """Return the identifier of the organisation of this name, today's before another or an earlier one."""
    return _found(session, OrganisationRow, OrganisationSpellingRow, name)


def person_id(session: Session, name: str) -> str:
    """Return the identifier of the person of this name, who is added where unknown."""
    return find_person(session, name) or _added(session, PersonRow, name)


def organisation_id(session: Session, name: str) -> str | None:
    """Return the identifier of the organisation of this name, added where unknown; None for ""."""
    if not name_key(name):
        return None
    return find_organisation(session, name) or _added(session, OrganisationRow, name)


def name_as_given(session: Session, mapped: _Record, identifier: str | None, name: str, known: str) -> str:
    """Return the name to keep with a talk: as it is given, "" where it is the one of today.

    `known` is what was kept before. It stays where the name of today is given: forms show that one.
    """
    statement = select(mapped.name_key).where(mapped.id == identifier)
    today = "" if identifier is None else session.scalar(statement)
    return known if name_key(name) == today else clean_name(name)


def _found(session: Session, mapped: _Record, spelling: _Spelling, name: str) -> str | None:
    key = name_key(name)
    known = session.scalar(select(mapped.id).where(mapped.name_key == key))
    if known is None:
        known = session.scalar(select(spelling.record_id).where(spelling.name_key == key))
    return known


def _added(session: Session, mapped: _Record, name: str) -> str:
    row = mapped(id=new_id(), name=clean_name(name), name_key=name_key(name))
    session.add(row)
    session.flush()
    return row.id


def focus_area_id(session: Session, new: NewFocusArea) -> tuple[str, bool]:
    """Return the identifier of a focus area, and whether it was added or changed.

    Title and first year identify it. What is not given stays as it was.
    """
    key = name_key(new.title)
    row = session.scalar(
        select(FocusAreaRow).where(FocusAreaRow.title_key == key, FocusAreaRow.year_from == new.year_from)
    )
    if row is None:
        row = FocusAreaRow(
            id=new_id(),
            title=clean_name(new.title),
            title_key=key,
            year_from=new.year_from,
            year_to=new.year_to,
            text=new.text,
        )
        session.add(row)
        session.flush()
        return row.id, True
    row.year_to = row.year_to if new.year_to is None else new.year_to
    row.text = new.text or row.text
    return row.id, session.is_modified(row)


def save_speakers(session: Session, row: TalkRow, speakers: Iterable[NewSpeaker]) -> bool:
    """Make a talk's speakers those that are given; return whether that changed anything.

    `row.contributions` is loaded. A name as it stood on the day stays, where today's is given for the same
    person.
    """
    known: _Known = {}
    for part in row.contributions:
        known.setdefault(part.person_id or part.organisation_id, []).append(part)
    wanted = [_contribution(session, speaker, known) for speaker in speakers]
    before = [{name: getattr(part, name) for name in _CONTRIBUTION} for part in row.contributions]
    if before == wanted:
        return False
    row.contributions.clear()
    session.flush()
    row.contributions.extend(
        ContributionRow(position=position, **values) for position, values in enumerate(wanted, 1)
    )
    return True


def _contribution(session: Session, speaker: NewSpeaker, known: _Known) -> dict[str, Any]:
    """Return the values of a speaker's row; `known` are the talk's rows of before by whose they are."""
    person = person_id(session, speaker.name) if speaker.name else None
    organisation = organisation_id(session, speaker.organisation)
    before = _before(known.get(person or organisation, []), organisation, speaker.role)
    person_name = before.person_name if before else ""
    is_same = before is not None and before.organisation_id == organisation
    organisation_name = before.organisation_name if before and is_same else ""
    values = (
        person,
        speaker.role,
        organisation,
        speaker.is_moderator,
        name_as_given(session, PersonRow, person, speaker.name, person_name),
        name_as_given(session, OrganisationRow, organisation, speaker.organisation, organisation_name),
    )
    return dict(zip(_CONTRIBUTION, values, strict=True))


def _before(parts: list[ContributionRow], organisation: str | None, role: str) -> ContributionRow | None:
    """Return which row of somebody's is meant: one may have two parts in a talk, with names of their own."""
    if not parts:
        return None
    found = max(parts, key=lambda part: (part.organisation_id == organisation, part.role == role))
    if len(parts) > 1:
        parts.remove(found)
    return found
