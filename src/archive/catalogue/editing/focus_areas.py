"""Focus areas one by one: their fields, a new one, a changed one, one that goes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.editing.fields import FocusAreaFields
from archive.catalogue.editing.listed import ListedRecord
from archive.catalogue.editing.references import require_unused
from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.events import FocusAreaRow
from archive.errors import NotFound, RecordRefused


def known(session: Session, area_id: str) -> FocusAreaFields:
    """Return the fields of a focus area. Raises NotFound."""
    row = _row(session, area_id)
    return FocusAreaFields(row.title, row.year_from, row.year_to, row.text)


def create(session: Session, fields: FocusAreaFields, actor: str) -> str:
    """Add a focus area and return its identifier. Raises RecordRefused."""
    _require_free(session, fields, but="")
    row = FocusAreaRow(id=new_id(), **_values(fields))
    session.add(row)
    session.flush()
    audit.record(session, actor, "focus_area.save", row.id, "new", row.title)
    return row.id


def change(session: Session, area_id: str, fields: FocusAreaFields, actor: str) -> None:
    """Make a focus area what is given. Raises NotFound and RecordRefused."""
    row = _row(session, area_id)
    if known(session, area_id) == fields:
        return
    _require_free(session, fields, but=area_id)
    for name, value in _values(fields).items():
        setattr(row, name, value)
    session.flush()
    audit.record(session, actor, "focus_area.save", row.id, "changed", row.title)


def delete(session: Session, area_id: str, actor: str) -> None:
    """Delete a focus area that no event belongs to. Raises NotFound and RecordInUse."""
    row = _row(session, area_id)
    require_unused(session, row, own_parts=())
    audit.record(session, actor, "focus_area.delete", row.id, "deleted", row.title)
    session.delete(row)
    session.flush()


def listed(session: Session) -> Sequence[ListedRecord]:
    """Return all focus areas, newest first."""
    order = (FocusAreaRow.year_from.desc().nulls_last(), FocusAreaRow.title_key, FocusAreaRow.id)
    rows = session.scalars(select(FocusAreaRow).order_by(*order))
    return [ListedRecord(row.id, row.title, (_years(row),)) for row in rows]


def _row(session: Session, area_id: str) -> FocusAreaRow:
    row = session.get(FocusAreaRow, area_id)
    if row is None:
        raise NotFound("There is no such focus area in the archive.")
    return row


def _values(fields: FocusAreaFields) -> dict[str, object]:
    return {
        "title": clean_name(fields.title),
        "title_key": name_key(fields.title),
        "year_from": fields.year_from,
        "year_to": fields.year_to,
        "text": fields.text,
    }


def _require_free(session: Session, fields: FocusAreaFields, but: str) -> None:
    same = select(FocusAreaRow.id).where(
        FocusAreaRow.title_key == name_key(fields.title),
        FocusAreaRow.year_from == fields.year_from,
        FocusAreaRow.id != but,
    )
    if session.scalar(same.limit(1)) is not None:
        raise RecordRefused("title", "There is a focus area of this title and first year already.")


def _years(row: FocusAreaRow) -> str:
    return "–".join(dict.fromkeys(str(year) for year in (row.year_from, row.year_to) if year))
