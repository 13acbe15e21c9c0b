"""What is noted of erasures: that there was one, what is still to be removed, what a restore needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.erasures import ErasureRow
from archive.errors import NotFound

REMOVING: Final = "removing"
DONE: Final = "done"
_ERASURES: Final = select(ErasureRow).where(ErasureRow.state.in_((REMOVING, DONE)))
"""Orders are rows, too (`orders.py`): nothing of these goes into a list."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure. `waiting` are objects that are still to be removed: "originals" and "pictures"."""

    id: str
    at: datetime
    actor: str
    reason: str
    places: int
    is_done: bool
    words: Mapping[str, Any]
    digests: Sequence[str]
    waiting: Mapping[str, Sequence[str]]
    went: Mapping[str, Any]
    """How many places of each table, originals, pictures and documents: what the report says."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """When and why the original of a version was replaced by a copy without a person."""

    erasure_id: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class NewErasure:
    """What is noted of an erasure with what it changes, in one transaction."""

    actor: str
    reason: str
    places: int
    words: Mapping[str, Any]
    digests: Sequence[str]
    waiting: Mapping[str, Sequence[str]]
    rechained: Mapping[str, Any]


def note(session: Session, new: NewErasure, erasure_id: str = "") -> str:
    """Note an erasure, or again one of another state of the archive; return its identifier."""
    row = ErasureRow(
        id=erasure_id or new_id(),
        at=datetime.now(UTC),
        actor=new.actor,
        reason=new.reason,
        places=new.places,
        state=REMOVING,
        words=dict(new.words),
        digests=list(new.digests),
        waiting={kind: list(digests) for kind, digests in new.waiting.items()},
        rechained=dict(new.rechained),
    )
    session.merge(row)
    audit.record(session, new.actor, "person.erase", row.id, "erased", new.reason)
    session.flush()
    return row.id


def as_listed(erasure: Erasure) -> dict[str, Any]:
    """Return an erasure as it stands in a list beside backups: JSON."""
    return {
        "id": erasure.id,
        "at": erasure.at.isoformat(),
        "reason": erasure.reason,
        "words": dict(erasure.words),
        "digests": list(erasure.digests),
    }


def remember(session: Session, listed: Mapping[str, Any], actor: str) -> None:
    """Note an erasure of a list where nothing of it was found, so that lists of later backups have it."""
    if session.get(ErasureRow, listed["id"]) is None:
        told = NewErasure(actor, listed["reason"], 0, listed["words"], listed["digests"], {}, {})
        finish(session, note(session, told, listed["id"]))


def finish(session: Session, erasure_id: str) -> None:
    """Note that all bytes of an erasure are gone."""
    row = session.get_one(ErasureRow, erasure_id)
    row.state, row.waiting = DONE, {}
    audit.record(session, row.actor, "person.erase", erasure_id, "bytes removed")


def all_of(session: Session) -> tuple[Erasure, ...]:
    """Return all erasures, oldest first."""
    rows = session.scalars(_ERASURES.order_by(ErasureRow.at, ErasureRow.id))
    return tuple(_erasure(row) for row in rows)


def find(session: Session, erasure_id: str) -> Erasure:
    """Return an erasure. Raises NotFound."""
    row = session.scalar(_ERASURES.where(ErasureRow.id == erasure_id))
    if row is None:
        raise NotFound("There is no such erasure.")
    return _erasure(row)


def replaced(session: Session, version_id: str) -> Replaced | None:
    """Return which erasure replaced the original of a version last, None where none did."""
    return all_replaced(session).get(version_id)


def all_replaced(session: Session) -> dict[str, Replaced]:
    """Return which erasure replaced the original of each version last, by version; others are left out."""
    versions = ErasureRow.rechained["versions"]
    statement = select(ErasureRow.id, ErasureRow.at, ErasureRow.reason, versions)
    statement = statement.where(ErasureRow.state.in_((REMOVING, DONE))).order_by(ErasureRow.at)
    return {
        version_id: Replaced(erasure_id, at, reason)
        for erasure_id, at, reason, version_ids in session.execute(statement)
        for version_id in version_ids or ()
    }


def unfinished(session: Session) -> tuple[Erasure, ...]:
    """Return erasures that were interrupted: the catalogue is without the words, some bytes are not."""
    statement = select(ErasureRow).where(ErasureRow.state == REMOVING)
    return tuple(_erasure(row) for row in session.scalars(statement.order_by(ErasureRow.at, ErasureRow.id)))


def interrupted(session: Session) -> Iterator[str]:
    """Yield a sentence for each erasure that was interrupted."""
    for one in unfinished(session):
        yield (
            f"Erasure {one.id} was interrupted: files and free pages still have what was erased. "
            "Run the same `archive erase` again."
        )


def digests(session: Session) -> frozenset[str]:
    """Return the SHA-256 of files that persons were erased from: they may not come back as they were."""
    found = session.scalars(select(ErasureRow.digests))
    return frozenset(digest for listed in found for digest in listed)


def _erasure(row: ErasureRow) -> Erasure:
    is_done = row.state == DONE
    told = (row.id, row.at, row.actor, row.reason, row.places)
    went = row.rechained.get("went", {})
    return Erasure(*told, is_done, row.words, tuple(row.digests), row.waiting, went)
