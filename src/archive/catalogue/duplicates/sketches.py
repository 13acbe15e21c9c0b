"""Sketches of versions: kept with the catalogue, made and compared by `archive.review`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import DocumentRow, SketchRow, VersionRow
from archive.catalogue.versions import shown_numbers, shown_versions

_Columns = TypeVarTuple("_Columns")
_SKETCH = SketchRow.__table__


@dataclass(frozen=True, slots=True)
class Sketch:
    """A set of shingles as its minima; `scheme` says how they were made, `shingle_count` of how many."""

    scheme: int
    shingle_count: int
    minima: bytes


@dataclass(frozen=True, slots=True)
class KeptSketch:
    """The sketch of the version of a live document that its readers see."""

    document_id: str
    version_id: str
    sketch: Sketch


def save(session: Session, version_id: str, sketch: Sketch) -> None:
    """Keep the sketch of a version, in place of an earlier one."""
    session.merge(
        SketchRow(
            version_id=version_id,
            scheme=sketch.scheme,
            shingle_count=sketch.shingle_count,
            minima=sketch.minima,
        )
    )


def forget(session: Session, version_id: str) -> None:
    """Drop the sketch of a version whose words have changed; it is made again when it is wanted."""
    session.execute(delete(SketchRow).where(SketchRow.version_id == version_id))


def of_live_documents(session: Session, scheme: int) -> list[KeptSketch]:
    """Return the sketches of all documents that are not withdrawn, each of the version that readers see.

    Two tables are read from end to end and put together here: joined by the database it takes twice as long.
    """
    session.flush()  # a connection's own queries do not
    statement = select(_SKETCH.c.version_id, _SKETCH.c.shingle_count, _SKETCH.c.minima)
    rows = session.connection().execute(statement.where(_SKETCH.c.scheme == scheme))
    kept = {version_id: (count, minima) for version_id, count, minima in rows.all()}
    return [
        KeptSketch(document_id, version_id, Sketch(scheme, *kept[version_id]))
        for document_id, version_id in sorted(shown_versions(session).items())
        if version_id in kept
    ]


def missing(session: Session, scheme: int, limit: int) -> Sequence[str]:
    """Return up to `limit` versions that readers of live documents see, were read, and have no sketch."""
    statement = (
        _shown(select(VersionRow.id))
        .outerjoin(SketchRow, SketchRow.version_id == VersionRow.id)
        .where(
            VersionRow.category.is_not(None),
            or_(SketchRow.version_id.is_(None), SketchRow.scheme != scheme),
        )
        .order_by(VersionRow.created_at.desc(), VersionRow.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def _shown(statement: Select[*_Columns]) -> Select[*_Columns]:
    shown = shown_numbers()
    return (
        statement.join_from(DocumentRow, VersionRow, VersionRow.document_id == DocumentRow.id)
        .join(shown, and_(shown.c.document_id == DocumentRow.id, shown.c.number == VersionRow.number))
        .where(DocumentRow.withdrawn_at.is_(None))
    )
