"""What the catalogue knows of its backups: of which archive they are, the last one, the last that passed.

Where one was restored that had no pictures, all are drawn again.
"""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.catalogue.tables.documents import PictureRow, VersionRow
from archive.catalogue.tables.journal import JobRow, MetaRow
from archive.model.jobs import JobKind

Event = Literal["backup_made", "backup_checked", "verified"]
"""A backup was finished; one was restored for a trial and gave the same answers; all was verified."""

_IDENTITY = "archive_id"
_SCRUB = "verifying"
_DAMAGED = "backup_damaged"


@dataclass(frozen=True, slots=True)
class Noted:
    """When something was done last: `place` is where the backup is, `name` which of those there it is.

    `problems` is how many things were found to be wrong.
    """

    at: datetime
    place: str = ""
    name: str = ""
    problems: int = 0


def identity(session: Session) -> str:
    """Return what the archive is known by in places of backups, also once restored; made if missing."""
    row = session.get(MetaRow, _IDENTITY)
    if row is None:
        row = MetaRow(key=_IDENTITY, value=secrets.token_hex(16))
        session.add(row)
        session.flush()
    return row.value


def note(session: Session, event: Event, noted: Noted) -> None:
    """Note that something was done; the last one counts."""
    told = {
        "at": noted.at.isoformat(),
        "place": noted.place,
        "name": noted.name,
        "problems": noted.problems,
    }
    session.merge(MetaRow(key=event, value=json.dumps(told, ensure_ascii=False)))


def last(session: Session, event: Event) -> Noted | None:
    """Return when something was done last, None for never."""
    row = session.get(MetaRow, event)
    if row is None:
        return None
    told = json.loads(row.value)
    return Noted(datetime.fromisoformat(told["at"]), told["place"], told["name"], told["problems"])


def forget(session: Session) -> None:
    """Forget what was done elsewhere: of an archive that was restored into a new folder."""
    keys = ("backup_made", "backup_checked", "verified", _SCRUB, _DAMAGED)
    session.execute(delete(MetaRow).where(MetaRow.key.in_(keys)))


def damaged(session: Session, place: str) -> frozenset[str]:
    """Return the objects that a check found damaged or gone in a place, and that no backup wrote since."""
    row = session.get(MetaRow, _DAMAGED)
    return frozenset(() if row is None else json.loads(row.value).get(place, ()))


def note_damaged(session: Session, place: str, objects: Collection[str]) -> None:
    """Keep which objects are damaged in a place, instead of those that were known to be."""
    row = session.get(MetaRow, _DAMAGED)
    told = {} if row is None else json.loads(row.value)
    told.pop(place, None)
    if objects:
        told[place] = sorted(objects)
    session.merge(MetaRow(key=_DAMAGED, value=json.dumps(told, ensure_ascii=False)))


def progress(session: Session) -> dict[str, Any] | None:
    """Return how far an unfinished look at everything has come; None where none is."""
    row = session.get(MetaRow, _SCRUB)
    return None if row is None else json.loads(row.value)


def save_progress(session: Session, state: dict[str, Any] | None) -> None:
    """Keep how far a look at everything has come; None: it is finished."""
    if state is None:
        session.execute(delete(MetaRow).where(MetaRow.key == _SCRUB))
    else:
        session.merge(MetaRow(key=_SCRUB, value=json.dumps(state)))


def draw_all_again(session: Session) -> int:
    """Forget all pictures and queue their drawing; return of how many versions."""
    drawn = session.scalars(select(PictureRow.version_id).distinct()).all()
    has_pictures = VersionRow.id.in_(select(PictureRow.version_id))
    session.execute(update(VersionRow).where(has_pictures).values(pictures_done=False, picture_message=""))
    session.execute(delete(PictureRow))
    session.execute(update(VersionRow).values(drawn_sha256=""))
    waiting = set(session.scalars(select(JobRow.version_id).where(JobRow.kind == JobKind.RENDER.value)))
    jobs.queue_all(session, [(one, JobKind.RENDER) for one in drawn if one not in waiting])
    return len(drawn)
