"""Drawing every picture anew: where a backup was restored that had none."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive.catalogue import jobs
from archive.catalogue.tables.documents import PictureRow, VersionRow
from archive.catalogue.tables.journal import JobRow
from archive.model.jobs import JobKind


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
