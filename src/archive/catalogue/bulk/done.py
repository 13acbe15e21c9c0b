"""What a change of many did, read without its ten thousand rows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.tables.edits import EditRow, RowChangeRow
from archive.errors import NotFound


@dataclass(frozen=True, slots=True)
class BulkDone:
    """A change of many; `changed_since`: how many rows of it have been changed by others since."""

    edit: int
    at: datetime
    actor: str
    summary: str
    changed_since: int
    is_undone: bool


def bulk_done(session: Session, group: str) -> BulkDone:
    """Return what the newest edit of a group did. Raises NotFound."""
    row = session.scalar(
        select(EditRow).where(EditRow.group_id == group).order_by(EditRow.id.desc()).limit(1)
    )
    if row is None:
        raise NotFound("There is no such group of edits in the journal.")
    own, later = aliased(RowChangeRow), aliased(RowChangeRow)
    count = select(func.count()).select_from(own).where(own.edit_id == row.id)
    is_later = and_(later.table_name == own.table_name, later.row_key == own.row_key, later.edit_id > row.id)
    changed = session.scalar(count.where(exists().where(is_later))) or 0
    return BulkDone(row.id, row.at, row.actor, row.summary, changed, row.undone_by is not None)
