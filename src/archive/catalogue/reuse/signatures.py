"""The signatures of slides: kept, forgotten when a slide changes, and joined into families."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import VersionRow
from archive.catalogue.tables.journal import JobRow
from archive.catalogue.tables.reuse import FamilyKeyRow, SignedVersionRow, SlideSignatureRow
from archive.catalogue.versions import shown_numbers

_SIGNATURE, _KEY = SlideSignatureRow.__table__, FamilyKeyRow.__table__
_FAMILY_BITS: Final = 62
_FAMILIES_MAX: Final = 60
_MEMBERS_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Signature:
    """What a slide is compared by, made by `archive.reuse`.

    `word_count` tells slides with words enough from those that are compared by their pictures; `sketch` is
    what is compared; `keys` are for finding candidates.
    """

    word_count: int
    sketch: bytes
    keys: tuple[int, ...] = ()


def waiting(session: Session, scheme: int, limit: int) -> Sequence[str]:
    """Return up to `limit` versions that were read and drawn and are not signed, the newest first."""
    is_signed = exists().where(
        SignedVersionRow.version_id == VersionRow.id, SignedVersionRow.scheme == scheme
    )
    has_jobs = exists().where(JobRow.version_id == VersionRow.id)
    statement = (
        select(VersionRow.id)
        .where(VersionRow.category.is_not(None), ~is_signed, ~has_jobs)
        .order_by(VersionRow.created_at.desc(), VersionRow.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def is_waiting(session: Session, version_id: str, scheme: int) -> bool:
    """Return whether a version that was read is not signed."""
    row = session.get(SignedVersionRow, version_id)
    return row is None or row.scheme != scheme


def is_shown(session: Session, version_id: str) -> bool:
    """Return whether a version is the one that readers see of its document."""
    row = session.get_one(VersionRow, version_id)
    shown = shown_numbers([row.document_id])
    return session.scalar(select(shown.c.number)) == row.number


def forget(session: Session, version_id: str) -> None:
    """Drop the signatures of a version whose words or pictures have changed; they are made again."""
    of_version = SlideSignatureRow.version_id == version_id
    families = session.scalars(select(SlideSignatureRow.family).where(of_version).distinct()).all()
    session.execute(delete(SlideSignatureRow).where(of_version))
    session.execute(delete(SignedVersionRow).where(SignedVersionRow.version_id == version_id))
    if families:
        has_members = exists().where(SlideSignatureRow.family == FamilyKeyRow.family)
        session.execute(delete(FamilyKeyRow).where(FamilyKeyRow.family.in_(families), ~has_members))


def forget_document(session: Session, document_id: str) -> None:
    """Drop the signatures of all versions of a document: another may be the one that readers see."""
    of_document = select(VersionRow.id).where(VersionRow.document_id == document_id)
    for version_id in session.scalars(of_document).all():
        forget(session, version_id)


def note_signed(session: Session, version_id: str, scheme: int) -> None:
    """Note that a version's slides have their signatures."""
    session.merge(SignedVersionRow(version_id=version_id, scheme=scheme))
    session.flush()


def signed_count(session: Session) -> int:
    """Return how many versions are signed: where that changes, more slides may be in common than before."""
    return session.scalar(select(func.count()).select_from(SignedVersionRow)) or 0


def candidates(session: Session, keys: Sequence[int]) -> list[tuple[int, Signature]]:
    """Return signatures of slides that may be alike, each with its family: those of the likest families."""
    count = func.count()
    hits = (
        select(_KEY.c.family)
        .where(_KEY.c.key.in_(keys))
        .group_by(_KEY.c.family)
        .order_by(count.desc(), _KEY.c.family)
        .limit(_FAMILIES_MAX)
    )
    families = [row.family for row in session.connection().execute(hits)]
    if not families:
        return []
    members = (
        select(_SIGNATURE.c.family, _SIGNATURE.c.word_count, _SIGNATURE.c.minima)
        .where(_SIGNATURE.c.family.in_(families))
        .distinct()
        .limit(_MEMBERS_MAX)
    )
    rows = session.connection().execute(members)
    return [(family, Signature(word_count, sketch)) for family, word_count, sketch in rows]


def add(
    session: Session, version_id: str, number: int, signature: Signature, families: Collection[int]
) -> None:
    """Keep a slide's signature in the family of those that it is like, which become one; else a new one."""
    family = min(families) if families else secrets.randbits(_FAMILY_BITS)
    for other in families:
        if other != family:
            _merge(session, other, family)
    values = {"version_id": version_id, "number": number, "family": family}
    counted = {"word_count": signature.word_count, "minima": signature.sketch}
    connection = session.connection()
    connection.execute(insert(SlideSignatureRow), {**values, **counted})
    _add_keys(session, family, signature.keys)


def _add_keys(session: Session, family: int, keys: Sequence[int]) -> None:
    connection = session.connection()
    known = select(_KEY.c.key).where(_KEY.c.key.in_(keys), _KEY.c.family == family)
    has_them = {row.key for row in connection.execute(known)}
    new = [{"key": key, "family": family} for key in dict.fromkeys(keys) if key not in has_them]
    if new:
        connection.execute(insert(FamilyKeyRow), new)


def _merge(session: Session, family: int, into: int) -> None:
    connection = session.connection()
    connection.execute(
        update(SlideSignatureRow).where(SlideSignatureRow.family == family).values(family=into)
    )
    keys = [row.key for row in connection.execute(select(_KEY.c.key).where(_KEY.c.family == family))]
    connection.execute(delete(FamilyKeyRow).where(FamilyKeyRow.family == family))
    for start in range(0, len(keys), _MEMBERS_MAX):
        _add_keys(session, into, keys[start : start + _MEMBERS_MAX])
