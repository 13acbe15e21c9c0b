"""What pages say of a change of many, and of a table that came back: old and new, what is left and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Flask

from archive.catalogue.bulk.subjects import SubjectNames
from archive.catalogue.bulk.table_columns import ChangedCell, LineRefusal, TableColumn
from archive.model.bulk import (
    BulkChange,
    BulkKind,
    ChangedRecordKind,
    Plan,
    PlannedChange,
    RefusalReason,
    RefusedDocument,
)
from archive.web.http.language import gettext
from archive.web.presenters.edit_texts import field_name, field_value, record_kind

_NAMED = {
    BulkKind.ADD_REGION: "regions",
    BulkKind.REMOVE_REGION: "regions",
    BulkKind.ADD_FOCUS_AREA: "focus_areas",
    BulkKind.REMOVE_FOCUS_AREA: "focus_areas",
    BulkKind.EVENT: "events",
}
_OF_CODES = (BulkKind.VISIBILITY, BulkKind.LANGUAGE, BulkKind.WITHDRAW, BulkKind.READ_AGAIN)

_FIELDS = {TableColumn.DATE: "file_date", TableColumn.EVENT_ID: "event"}
_COLUMNS_OF_CODES = (TableColumn.LANGUAGE, TableColumn.VISIBILITY)


@dataclass(frozen=True, slots=True)
class RefusedGroup:
    """Documents that are left for one reason, with the first of them."""

    why: str
    count: int
    first: Sequence[RefusedDocument]


def install(app: Flask) -> None:
    """Give the templates what names a change, its records, and the cells of a table."""
    app.jinja_env.filters.update(
        bulk_before=bulk_before,
        bulk_after=bulk_after,
        bulk_record=bulk_record,
        table_column=table_column,
        table_heading=table_heading,
        table_before=table_before,
        table_after=table_after,
        table_refusal=table_refusal,
    )


def bulk_record(kind: ChangedRecordKind) -> str:
    """Return what a kind of record is called."""
    return record_kind(kind.value)


def bulk_before(change: PlannedChange) -> str:
    """Return an old value as people read it."""
    return _value(change.change.kind, change.before)


def bulk_after(change: PlannedChange) -> str:
    """Return a new value as people read it."""
    return _value(change.change.kind, change.after)


def change_text(change: BulkChange, called: SubjectNames) -> str:
    """Return in a few words what a change does."""
    value = change.value
    named = _NAMED.get(change.kind)
    if named:
        value = getattr(called, named).get(value, value)
    texts = {
        BulkKind.ADD_FOCUS_AREA: gettext("Lägg till fokusområdet %(value)s", value=value),
        BulkKind.REMOVE_FOCUS_AREA: gettext("Ta bort fokusområdet %(value)s", value=value),
        BulkKind.ADD_REGION: gettext("Lägg till regionen %(value)s", value=value),
        BulkKind.REMOVE_REGION: gettext("Ta bort regionen %(value)s", value=value),
        BulkKind.VISIBILITY: gettext("Synlighet: %(value)s", value=field_value(value)),
        BulkKind.LANGUAGE: gettext("Språk: %(value)s", value=field_value(value)),
        BulkKind.EVENT: gettext("Flytta till %(value)s", value=value)
        if value
        else gettext("Ta bort ur händelsen"),
        BulkKind.WITHDRAW: gettext("Dra tillbaka"),
        BulkKind.READ_AGAIN: gettext("Läs om filerna"),
    }
    return str(texts.get(change.kind, change.kind.value))


def refused_groups(plan: Plan, first: int) -> list[RefusedGroup]:
    """Return the refused documents by reason, the most frequent first."""
    counts = Counter(one.why for one in plan.refused)
    return [
        RefusedGroup(bulk_refusal_name(why), count, _first(plan.refused, why, first))
        for why, count in counts.most_common()
    ]


def bulk_refusal_name(why: RefusalReason) -> str:
    """Return why a document is left as it is."""
    return {
        RefusalReason.UNKNOWN: gettext("Finns inte i arkivet"),
        RefusalReason.WITHDRAWN: gettext("Tillbakadraget"),
        RefusalReason.NO_TALK: gettext("Hör inte till något föredrag, och det är föredrag som har regioner"),
        RefusalReason.NO_EVENT: gettext(
            "Hör inte till någon händelse, och det är händelser som har fokusområden"
        ),
        RefusalReason.ALREADY: gettext("Är redan så"),
        RefusalReason.BEING_READ: gettext("Läses just nu, eller väntar på att läsas"),
        RefusalReason.EVENT_STRICTER: gettext("Händelsens egen fil säger att färre får se den"),
    }[why]


def plan_rows(plan: Plan) -> Iterable[Sequence[str]]:
    """Yield the rows of a plan as a table: those that change, then those that are refused."""
    for one in plan.changes:
        yield (bulk_record(one.record), one.id, one.title, bulk_before(one), bulk_after(one), "")
    for refused in plan.refused:
        document = bulk_record(ChangedRecordKind.DOCUMENT)
        yield (document, refused.document, refused.title, "", "", bulk_refusal_name(refused.why))


def plan_head() -> Sequence[str]:
    """Return the heads of the columns of `plan_rows`."""
    return (
        gettext("Typ"),
        gettext("Id"),
        gettext("Titel"),
        gettext("Nu"),
        gettext("Blir"),
        gettext("Lämnas för att"),
    )


def _value(kind: BulkKind, value: str) -> str:
    if kind is BulkKind.WITHDRAW and value == "withdrawn":
        return str(gettext("tillbakadraget"))
    if kind is BulkKind.READ_AGAIN:
        return str(gettext("läses om") if value else gettext("läst"))
    return field_value(value) if kind in _OF_CODES else value or "–"


def _first(refused: Iterable[RefusedDocument], why: RefusalReason, count: int) -> list[RefusedDocument]:
    return [one for one in refused if one.why is why][:count]


def table_column(column: TableColumn) -> str:
    """Return what a column is called."""
    return field_name(_FIELDS.get(column, column.value))


def table_heading(heading: str) -> str:
    """Return what a column is called that a line is left for; one that there is not keeps its name."""
    return table_column(TableColumn(heading)) if heading in list(TableColumn) else heading


def table_before(cell: ChangedCell) -> str:
    """Return an old value as people read it."""
    return _cell_value(cell.column, cell.before)


def table_after(cell: ChangedCell) -> str:
    """Return a new value as people read it."""
    return _cell_value(cell.column, cell.after)


def table_refusal(why: LineRefusal) -> str:
    """Return why a line, or a cell of it, is left."""
    return {
        LineRefusal.UNKNOWN: gettext("det finns inget sådant dokument"),
        LineRefusal.WITHDRAWN: gettext("dokumentet är tillbakadraget"),
        LineRefusal.NO_TALK: gettext(
            "dokumentet hör inte till något föredrag, och det är föredrag som har regioner"
        ),
        LineRefusal.NO_EVENT: gettext(
            "dokumentet hör inte till någon händelse, och det är händelser som har fokusområden"
        ),
        LineRefusal.EVENT_STRICTER: gettext("händelsens egen fil säger att färre får se den"),
        LineRefusal.NO_ID: gettext("dokumentets id saknas"),
        LineRefusal.REPEATED: gettext("samma dokument står på flera rader"),
        LineRefusal.CELL_COUNT: gettext("raden har inte lika många celler som den första"),
        LineRefusal.UNKNOWN_COLUMN: gettext("det finns ingen sådan kolumn, och den läses inte"),
        LineRefusal.READ_ONLY: gettext("kolumnen kan inte ändras här"),
        LineRefusal.UNKNOWN_VALUE: gettext("det finns inget sådant att välja"),
        LineRefusal.WRONG_DATE: gettext(
            "skriv en dag, en månad eller ett år: 2022-05-19, 2022-05 eller 2022"
        ),
        LineRefusal.EMPTY: gettext("titeln får inte vara tom"),
        LineRefusal.TOO_LONG: gettext("texten är för lång"),
        LineRefusal.UNSHOWABLE: gettext("där finns tecken som inte går att visa"),
        LineRefusal.CONTRADICTION: gettext(
            "en tidigare rad säger något annat om samma föredrag eller händelse"
        ),
        LineRefusal.EVENT_MOVES: gettext(
            "radens händelse är en annan, och fokusområden hör till händelsen; ändra ett i taget"
        ),
    }[why]


def _cell_value(column: TableColumn, value: str) -> str:
    return field_value(value) if column in _COLUMNS_OF_CODES else value or "–"
