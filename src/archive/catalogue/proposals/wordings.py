"""What a talk says now of the speaker of a link, and the same talk with other words."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.editing import talks
from archive.catalogue.editing.fields import TalkFields
from archive.catalogue.editing.given import as_values, read_fields
from archive.catalogue.tables.events import ContributionRow
from archive.catalogue.tables.proposals import TalkLinkRow
from archive.errors import InputError, RecordRefused
from archive.model.proposals import TalkWording

_OF_SPEAKER = ("name", "role", "organisation")


def wording(session: Session, link_id: str) -> TalkWording:
    """Return what a talk says of itself and of a link's speaker, who may have left it. Raises NotFound."""
    row = session.get_one(TalkLinkRow, link_id)
    fields = talks.known(session, row.talk_id)
    place = place_of(session, row)
    of_talk = TalkWording(topic=fields.topic, abstract=fields.abstract)
    if place is None:
        return of_talk
    speaker = fields.speakers[place]
    return replace(of_talk, name=speaker.name, role=speaker.role, organisation=speaker.organisation)


def place_of(session: Session, link: TalkLinkRow) -> int | None:
    """Return where among the speakers a link's is: by who it is, else where they stood; None if gone."""
    parts = session.scalars(
        select(ContributionRow)
        .where(ContributionRow.talk_id == link.talk_id)
        .order_by(ContributionRow.position)
    ).all()
    for place, part in enumerate(parts):
        is_same_person = link.person_id is not None and part.person_id == link.person_id
        is_same_body = link.person_id is None and part.organisation_id == link.organisation_id
        if is_same_person or is_same_body:
            return place
    return link.position - 1 if link.position <= len(parts) else None


def remember_speaker(session: Session, link: TalkLinkRow, place: int) -> None:
    """Let a link be that of whoever is at a place now: another name may be another person's record."""
    part = session.get_one(ContributionRow, (link.talk_id, place + 1))
    link.person_id, link.organisation_id, link.position = part.person_id, part.organisation_id, place + 1


def fields_with(
    session: Session, link: TalkLinkRow, given: TalkWording, names: Collection[str]
) -> TalkFields:
    """Return the fields of a link's talk with some of a wording's.

    Raises RecordRefused, which says of each field of the wording what is wrong, InputError where the speaker
    is not in the talk any more, and NotFound.
    """
    known = talks.known(session, link.talk_id)
    chosen = {name: value for name, value in asdict(given).items() if name in names}
    of_speaker = {name: chosen.pop(name) for name in _OF_SPEAKER if name in chosen}
    values = as_values(known) | chosen
    if of_speaker:
        place = place_of(session, link)
        if place is None:
            raise InputError("The speaker is not in the talk any more. Correct the talk itself.")
        values["speakers"][place] |= of_speaker
    try:
        return read_fields(TalkFields, values)
    except RecordRefused as error:
        raise RecordRefused.of(_by_own_names(error.mistakes)) from None


def _by_own_names(told: Mapping[str, str]) -> dict[str, str]:
    return {("name" if field == "speakers" else field): text for field, text in told.items()}
