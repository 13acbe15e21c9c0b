"""Save who gave a talk, each with the role, the organisation and the names of that day."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.events.people import name_as_given, organisation_id, person_id
from archive.catalogue.tables.events import ContributionRow, OrganisationRow, PersonRow, TalkRow

_CONTRIBUTION = (
    "person_id",
    "role",
    "organisation_id",
    "is_moderator",
    "person_name",
    "organisation_name",
)
_Known = dict[str | None, list[ContributionRow]]


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
