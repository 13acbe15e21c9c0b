"""Which objects in the store the catalogue refers to."""

from collections.abc import Iterator

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import OriginalRow, PictureRow, VersionRow

_BATCH_ROWS = 1000


def all_digests(session: Session) -> Iterator[str]:
    """Yield the SHA-256 of every original, also those of withdrawn documents, in order."""
    yield from session.scalars(
        select(OriginalRow.sha256).order_by(OriginalRow.sha256).execution_options(yield_per=_BATCH_ROWS)
    )


def picture_digests(session: Session) -> Iterator[str]:
    """Yield the SHA-256 of every picture in either width and of the PDFs they were drawn from, each once."""
    drawn = select(VersionRow.drawn_sha256).where(VersionRow.drawn_sha256 != "")
    every = union(select(PictureRow.large_sha256), select(PictureRow.small_sha256), drawn)
    yield from session.scalars(every.execution_options(yield_per=_BATCH_ROWS))
