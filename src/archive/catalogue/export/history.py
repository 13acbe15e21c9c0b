"""The journal of edits as plain values."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.export.scope import Scope, instant, rows
from archive.catalogue.tables.edits import EditRow, RowChangeRow


def edits(session: Session, _scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield what was changed in the records, oldest first, with each row before and after."""
    for (row,) in rows(session, select(EditRow).order_by(EditRow.id)):
        changed = select(RowChangeRow).where(RowChangeRow.edit_id == row.id).order_by(RowChangeRow.position)
        yield {
            "id": row.id,
            "at": instant(row.at),
            "actor": row.actor,
            "reason": row.reason,
            "summary": row.summary,
            "group_id": row.group_id,
            "request_id": row.request_id,
            "undoes": row.undoes,
            "undone_by": row.undone_by,
            "previous_sha256": row.previous_sha256,
            "sha256": row.sha256,
            "changes": [
                {
                    "table": one.table_name,
                    "key": one.row_key,
                    "before": one.before,
                    "after": one.after,
                    "content_sha256": one.content_sha256,
                }
                for one in session.scalars(changed)
            ],
        }
