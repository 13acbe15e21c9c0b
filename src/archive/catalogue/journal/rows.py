"""Edits as the rows of a table, and as JSON: a row for each field of each record."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from archive.catalogue.journal.telling import told
from archive.model.edits import Conflict, Edit

HEAD = (
    *("edit", "at", "actor", "reason", "summary", "group", "undone_by"),
    *("kind", "id", "title", "action", "field", "before", "after"),
)


def table_rows(session: Session, edits: Iterable[Edit]) -> Iterator[tuple[str, ...]]:
    """Return the rows of a table whose columns are `HEAD`."""
    for edit in edits:
        author = edit.author
        begin = (
            *(str(edit.id), edit.at.isoformat(timespec="seconds"), author.actor, author.reason.value),
            *(author.summary, author.group, str(edit.undone_by or "")),
        )
        for record in told(session, edit):
            of_record = (*begin, record.kind, record.id, record.title, record.action)
            for field in record.fields:
                yield (*of_record, field.name, field.before, field.after)
            if not record.fields:
                yield (*of_record, "", "", "")


def as_json(session: Session, edit: Edit) -> dict[str, Any]:
    """Return an edit with its records and fields."""
    author = edit.author
    return {
        "edit": edit.id,
        "at": edit.at.isoformat(timespec="seconds"),
        "actor": author.actor,
        "reason": author.reason.value,
        "summary": author.summary,
        "group": author.group,
        "request": author.request_id,
        "undoes": list(edit.undoes),
        "undone_by": edit.undone_by,
        "records": [
            {
                "kind": record.kind,
                "id": record.id,
                "title": record.title,
                "action": record.action,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after}
                    for field in record.fields
                ],
            }
            for record in told(session, edit)
        ],
    }


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """Return what an undo leaves, and why."""
    return {
        "kind": conflict.kind.value,
        "table": conflict.table,
        "key": conflict.key,
        "field": conflict.column,
        "wanted": conflict.wanted,
        "found": conflict.found,
    }
