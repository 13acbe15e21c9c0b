"""Pictures of slides in a few pixels of grey, by which slides with few words are compared."""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import PictureRow


def save(session: Session, version_id: str, number: int, grey: bytes) -> None:
    """Keep the grey picture of a slide next to its picture."""
    is_it = PictureRow.version_id == version_id, PictureRow.number == number
    session.execute(update(PictureRow).where(*is_it).values(grey=grey))


def save_of(session: Session, version_id: str, small_sha256: str, grey: bytes) -> None:
    """Keep what was made of a small picture, for the slides of a version that have it still."""
    is_it = PictureRow.version_id == version_id, PictureRow.small_sha256 == small_sha256
    session.execute(update(PictureRow).where(*is_it).values(grey=grey))


def of_version(session: Session, version_id: str) -> Mapping[int, bytes]:
    """Return the grey pictures of a version's slides by number, as far as they are known."""
    statement = select(PictureRow.number, PictureRow.grey).where(
        PictureRow.version_id == version_id, PictureRow.grey.is_not(None)
    )
    return {number: grey for number, grey in session.execute(statement) if grey is not None}


def missing(session: Session, version_id: str) -> Mapping[int, str]:
    """Return the SHA-256 of the small pictures of a version that have no grey one yet, by number."""
    statement = (
        select(PictureRow.number, PictureRow.small_sha256)
        .where(PictureRow.version_id == version_id, PictureRow.grey.is_(None))
        .order_by(PictureRow.number)
    )
    return dict(session.execute(statement).all())
