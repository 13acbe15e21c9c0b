"""What kinds of records an export has, in the order of their files, and the columns of their tables.

The journal of edits is made into plain values here, the others in `documents.py` and `happenings.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.export import documents, happenings
from archive.catalogue.export.scope import ExportScope, instant, rows
from archive.catalogue.tables.edits import EditRow, RowChangeRow
from archive.model.pages import BlockField

Records = Callable[[Session, ExportScope], Iterator[dict[str, Any]]]


def edits(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
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


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A kind of record: its file's name, the columns of its table, and how its records are read.

    A column "a.b" is the value "b" within the value "a". What a table has no column for is in JSON alone.
    """

    name: str
    columns: Sequence[str]
    records: Records


KINDS: Final[Sequence[ExportKind]] = (
    ExportKind("focus_areas", ("id", "title", "year_from", "year_to", "text"), happenings.focus_areas),
    ExportKind(
        "events",
        (
            *("id", "title", "kind", "starts_on", "starts_precision", "ends_on", "ends_precision"),
            *("place", "occasion", "organiser", "text", "source_url", "visibility"),
            *("focus_area_ids", "films"),
        ),
        happenings.events,
    ),
    ExportKind(
        "talks",
        (
            *("id", "event_id", "position", "topic", "abstract", "language", "visibility"),
            *("region_codes", "films"),
        ),
        happenings.talks,
    ),
    ExportKind(
        "contributions",
        (
            *("talk_id", "position", "person_id", "person_name", "role"),
            *("organisation_id", "organisation_name", "is_moderator"),
        ),
        happenings.contributions,
    ),
    ExportKind("people", ("id", "name", "other_names", "former_ids"), happenings.people),
    ExportKind("organisations", ("id", "name", "other_names", "former_ids"), happenings.organisations),
    ExportKind("regions", ("code", "name", "alternative_names", "broader"), happenings.regions),
    ExportKind(
        "documents",
        (
            *("id", "kind", "title", "visibility", "effective_visibility", "is_draft", "language"),
            *("publisher", "year", "date", "talk_id", "event_id", "created_at"),
            *("withdrawn_at", "withdrawn_reason", "original_access"),
        ),
        documents.documents,
    ),
    ExportKind(
        "versions",
        (
            *("id", "document_id", "number", "filename", "created_at", "sha256", "size_bytes", "media_type"),
            *("outcome", "message", "reader", "page_count", "properties"),
            *("original_file", "pdf_file", "text_file", "original_replaced_at", "original_replaced_reason"),
        ),
        documents.versions,
    ),
    ExportKind(
        "pages",
        (
            *("document_id", "version_id", "version", "number", "is_hidden", "language", "reader"),
            *("width_pt", "height_pt", "staff_fields"),
            *(f"text.{field.value}" for field in BlockField),
        ),
        documents.pages,
    ),
    ExportKind(
        "pictures",
        ("document_id", "version_id", "version", "number", "width_px", "height_px", "picture_file"),
        documents.pictures,
    ),
    ExportKind(
        "edits",
        (
            *("id", "at", "actor", "reason", "summary", "group_id", "request_id"),
            *("undoes", "undone_by", "previous_sha256", "sha256"),
        ),
        edits,
    ),
)
