"""Links for speakers: made for one contribution to a talk, looked at, ended. Looking never uses one up."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.events.talks import select_talks
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import TalkRow
from archive.catalogue.tables.proposals import TalkLinkRow
from archive.errors import InputError, NotFound, TalkLinkEnded, TalkLinkUnknown
from archive.model.proposals import TalkLink

_ENDED = "This link does not work any more. Ask whoever sent it for a new one."
_UNKNOWN = "This link does not work. Check that all of it was copied."


def add(
    session: Session, talk_id: str, number: int, token_sha256: str, lasts: timedelta, actor: str
) -> TalkLink:
    """Add a link for the speaker with a number, from 1 on.

    Raises NotFound where there is no such talk, InputError where it has no such speaker.
    """
    talk = session.scalar(select_talks().where(TalkRow.id == talk_id))
    if talk is None:
        raise NotFound("There is no such talk in the archive.")
    if not 1 <= number <= len(talk.contributions):
        raise InputError("The talk has no such speaker. Save its speakers first.")
    part = talk.contributions[number - 1]
    shown = part.person or part.organisation
    now = datetime.now(UTC)
    row = TalkLinkRow(
        id=new_id(),
        token_sha256=token_sha256,
        talk_id=talk_id,
        position=number,
        person_id=part.person_id,
        organisation_id=part.organisation_id,
        speaker=shown.name if shown else "",
        made_by=actor,
        made_at=now,
        ends_at=now + lasts,
        revoked_at=None,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "talk.link", talk_id, "made", row.id)
    return to_link(row)


def of_talk(session: Session, talk_id: str) -> Sequence[TalkLink]:
    """Return the links of a talk, the newest first."""
    rows = session.scalars(
        select(TalkLinkRow)
        .where(TalkLinkRow.talk_id == talk_id)
        .order_by(TalkLinkRow.made_at.desc(), TalkLinkRow.id)
    )
    return [to_link(row) for row in rows]


def revoke(session: Session, link_id: str, actor: str) -> TalkLink:
    """End a link; what came by it stays. Raises NotFound."""
    row = session.get(TalkLinkRow, link_id)
    if row is None:
        raise NotFound("There is no such link.")
    if row.revoked_at is None:
        row.revoked_at = datetime.now(UTC)
        audit.record(session, actor, "talk.link", row.talk_id, "revoked", row.id)
    return to_link(row)


def look(session: Session, token_sha256: str) -> TalkLink:
    """Return the link of a token.

    Raises:
        TalkLinkUnknown: There never was one; a token that is no token cannot be told from that.
        TalkLinkEnded: It is too old, staff have ended it, or its talk is gone.
    """
    row = session.scalar(select(TalkLinkRow).where(TalkLinkRow.token_sha256 == token_sha256))
    if row is None:
        raise TalkLinkUnknown(_UNKNOWN)
    link = to_link(row)
    if not link.is_usable(datetime.now(UTC)) or session.get(TalkRow, row.talk_id) is None:
        raise TalkLinkEnded(_ENDED)
    return link


def to_link(row: TalkLinkRow) -> TalkLink:
    """Return the record of a row."""
    return TalkLink(row.id, row.talk_id, row.speaker, row.made_by, row.made_at, row.ends_at, row.revoked_at)
