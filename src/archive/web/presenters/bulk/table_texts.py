"""What pages say of a table that came back: its columns, old and new, and why lines are left."""

from flask import Flask

from archive.catalogue.bulk.table_columns import ChangedCell, Column, LineRefusal
from archive.web.http.language import gettext
from archive.web.presenters.edit_texts import field_name, field_value

_FIELDS = {Column.DATE: "file_date", Column.EVENT_ID: "event"}
_OF_CODES = (Column.LANGUAGE, Column.VISIBILITY)


def install(app: Flask) -> None:
    """Give the templates what names the cells of a table."""
    app.jinja_env.filters.update(
        table_column=table_column,
        table_heading=table_heading,
        table_before=table_before,
        table_after=table_after,
        table_refusal=table_refusal,
    )


def table_column(column: Column) -> str:
    """Return what a column is called."""
    return field_name(_FIELDS.get(column, column.value))


def table_heading(heading: str) -> str:
    """Return what a column is called that a line is left for; one that there is not keeps its name."""
    return table_column(Column(heading)) if heading in list(Column) else heading


def table_before(cell: ChangedCell) -> str:
    """Return an old value as people read it."""
    return _value(cell.column, cell.before)


def table_after(cell: ChangedCell) -> str:
    """Return a new value as people read it."""
    return _value(cell.column, cell.after)


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


def _value(column: Column, value: str) -> str:
    return field_value(value) if column in _OF_CODES else value or "–"
