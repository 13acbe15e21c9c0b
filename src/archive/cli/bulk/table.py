"""`archive bulk --csv-out` and `--csv-in`: documents as a CSV file, and what is changed in it."""

from pathlib import Path
from typing import TYPE_CHECKING

from archive.cli.echo import echo
from archive.cli.language import plural, text

if TYPE_CHECKING:
    from archive.catalogue.bulk.table_columns import LineRefusal, RefusedCell, TablePlan
    from archive.model.edits import Edit
    from archive.search.selection import Selection

_ACTOR = "command line"


def use_table(
    data: Path,
    selection: "Selection",
    files: tuple[Path | None, Path | None],
    is_change_asked: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Write documents to the first file, or read the second in; end with 1 where something is left.

    Raises:
        FilterUnknown: nothing has the identifier that a filter names.
        InputError: both are asked for, or something that does not go with them.
        PathError: a file cannot be written or read.
    """
    from archive.errors import InputError

    csv_out, csv_in = files
    if (csv_out and csv_in) or is_change_asked:
        raise InputError("--csv-out and --csv-in go with no other change, nor with each other.")
    if csv_out:
        if selection.is_empty:
            raise InputError("Say which documents: a question, --filter, --document, --drafts or --all.")
        return _write(data, selection, csv_out, as_json)
    assert csv_in is not None
    if not selection.is_empty:
        raise InputError("The file of --csv-in says which documents. Leave out the question.")
    return _read_in(data, csv_in, dry_run, as_json)


def _write(data: Path, selection: "Selection", file: Path, as_json: bool) -> int:
    from archive.catalogue.bulk.table_rows import table_head, table_rows
    from archive.cli.opening import opened
    from archive.cli.output import STDOUT, print_json, write_file
    from archive.csv_text import csv_text
    from archive.disk.durable_files import refuse_place_of_file
    from archive.errors import InputError
    from archive.model.visibility import Visibility
    from archive.search.filters import refuse_unknown
    from archive.search.selection import selected

    if file != STDOUT:
        refuse_place_of_file(file)
    elif as_json:
        raise InputError("--json and --csv-out - both go to stdout. Name a file, or leave out --json.")
    with (
        opened(data, must_exist=True, quiet=True) as archive,
        archive.database.read() as session,
    ):
        refuse_unknown(session, selection.filters, Visibility.STAFF.rank)
        rows = list(table_rows(session, selected(archive.search, session, selection, Visibility.STAFF)))
    write_file(file, [csv_text(table_head(is_swedish=False), rows).encode()])
    if as_json:
        print_json({"file": str(file), "total": len(rows)})
    else:
        echo(
            plural(
                "%(count)s document has been written.", "%(count)s documents have been written.", len(rows)
            ),
            err=file == STDOUT,
        )
    return 0


def _read_in(data: Path, file: Path, dry_run: bool, as_json: bool) -> int:
    from archive.catalogue.bulk import applying
    from archive.catalogue.bulk.table_file import FILE_MAX_BYTES, read_table
    from archive.catalogue.bulk.table_plan import plan_table
    from archive.catalogue.identifiers import new_id
    from archive.cli.opening import opened
    from archive.errors import PathError
    from archive.model.edits import Author, Reason

    try:
        with file.open("rb") as given:
            table = read_table(given.read(FILE_MAX_BYTES + 1))
    except OSError:
        raise PathError(f"{file} cannot be read. Name a file that is there.") from None
    author = Author(_ACTOR, Reason.BULK, f"CSV: {file.name}", new_id())
    edit: Edit | None = None
    with opened(data, must_exist=True, quiet=True) as archive:
        if dry_run:
            with archive.database.read() as session:
                made = plan_table(session, table)
        else:
            with archive.database.write() as session:
                made = plan_table(session, table)
                edit = applying.apply(session, made.plan, author)
            archive.indexer.catch_up()
    _print(made, edit, dry_run, as_json)
    return 1 if made.refused else 0


def _print(made: "TablePlan", edit: "Edit | None", dry_run: bool, as_json: bool) -> None:
    from archive.cli.output import print_json, print_table

    if as_json:
        print_json(_json(made, edit, dry_run))
        return
    count = len(made.cells)
    if made.cells and dry_run:
        heads = (text("Line"), text("Title"), text("Field"), text("Now"), text("Becomes"))
        print_table(
            heads, [(str(one.line), one.title, one.column, one.before, one.after) for one in made.cells]
        )
    for one in made.refused:
        echo(_told(one))
    if dry_run:
        echo(plural("%(count)s cell would change.", "%(count)s cells would change.", count))
        return
    echo(plural("%(count)s cell has been changed.", "%(count)s cells have been changed.", count))
    if edit is not None:
        echo(text("`archive undo %(number)s` takes it back.", number=edit.id))


def _json(made: "TablePlan", edit: "Edit | None", dry_run: bool) -> dict[str, object]:
    cells = [
        {
            "line": one.line,
            "document": one.document,
            "title": one.title,
            "column": one.column.value,
            "before": one.before,
            "after": one.after,
        }
        for one in made.cells
    ]
    refused = [
        {
            "line": one.line,
            "document": one.document,
            "column": one.column,
            "value": one.value,
            "why": one.why.value,
        }
        for one in made.refused
    ]
    number, group = (edit.id, edit.author.group) if edit else (None, "")
    told = {"edit": number, "group": group, "dry_run": dry_run, "rows": made.rows, "total": len(cells)}
    return {**told, "changes": cells, "refused": refused}


def _told(one: "RefusedCell") -> str:
    where = text("Line %(number)s", number=one.line)
    about = ", ".join(filter(None, (where, one.column)))
    value = one.value or ("" if one.column else one.document)
    return f"{about}: {_why(one.why)}" + (f" ({value})" if value else "")


def _why(why: "LineRefusal") -> str:
    return {
        "unknown": text("there is no such document."),
        "withdrawn": text("it is withdrawn."),
        "no_talk": text("it belongs to no talk, and talks have regions."),
        "no_event": text("it belongs to no event, and events have focus areas."),
        "event_stricter": text("its event's own file lets fewer see it."),
        "no_id": text("the document's id is missing."),
        "repeated": text("the same document is on several lines."),
        "cell_count": text("the line has not as many cells as the first one."),
        "unknown_column": text("there is no such column, and it is not read."),
        "read_only": text("the column cannot be changed here."),
        "unknown_value": text("there is no such value to choose."),
        "wrong_date": text("write a day, a month or a year: 2022-05-19, 2022-05 or 2022."),
        "empty": text("a title must not be empty."),
        "too_long": text("the text is too long."),
        "unshowable": text("it holds characters that cannot be shown."),
        "contradiction": text("an earlier line says something else of the same talk or event."),
        "event_moves": text(
            "the line's event is another, and focus areas are the event's; change one at a time."
        ),
    }[why.value]
