"""Documents as a table: out and in again, what changed and what is left by line, and all of it undone."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import documents
from archive.catalogue.bulk import table_file
from archive.catalogue.bulk.applying import apply
from archive.catalogue.bulk.table_columns import GivenTable, LineRefusal, TableColumn, TablePlan
from archive.catalogue.bulk.table_file import read_table
from archive.catalogue.bulk.table_plan import plan_table
from archive.catalogue.bulk.table_rows import table_head, table_rows
from archive.catalogue.journal.undo import undo
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import FocusAreaRow, TalkRow
from archive.csv_text import csv_text
from archive.errors import InputError
from archive.model.edits import Author, Reason
from tests.catalogue.bulk.conftest import Filled
from tests.catalogue.conftest import put, save_event
from tests.catalogue.journal.rows import all_rows

ANNA = Author("anna", Reason.BULK, "CSV", "grupp")


def everything(filled: Filled) -> list[str]:
    return [*filled.decks, filled.report, filled.alone, filled.draft]


def written(session: Session, ids: list[str], delimiter: str = ";", is_swedish: bool = True) -> str:
    session.expire_all()
    return csv_text(table_head(is_swedish), table_rows(session, ids), delimiter)


def planned(session: Session, text: str) -> TablePlan:
    return plan_table(session, read_table(text.encode()))


def edited(session: Session, document: str, **cells: str) -> str:
    """Return the table of one document with cells changed, as somebody saves it in English."""
    (row,) = csv.DictReader(io.StringIO(written(session, [document], ",", False).lstrip("\ufeff")))
    new = {**row, **cells}
    return csv_text(list(new), [list(new.values())])


def whys(made: TablePlan) -> list[tuple[int, str, LineRefusal]]:
    return [(one.line, one.column, one.why) for one in made.refused]


@pytest.mark.parametrize("is_swedish", [True, False])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_comes_out_changes_nothing_when_it_comes_in(
    session: Session, filled: Filled, is_swedish: bool, delimiter: str, encoding: str
) -> None:
    text = written(session, everything(filled), delimiter, is_swedish).lstrip("\ufeff")
    made = plan_table(session, read_table(text.encode(encoding)))
    assert (made.rows, list(made.cells), list(made.refused)) == (6, [], [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    title=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1),
    publisher=st.text("=+-@'\";,\t\r\n a\u2028|"),
    delimiter=st.sampled_from(";,\t"),
)
def test_whatever_is_known_of_a_document_comes_back_as_it_is(
    session: Session, filled: Filled, title: str, publisher: str, delimiter: str
) -> None:
    row = session.get_one(DocumentRow, filled.alone)
    row.title, row.publisher = title, publisher
    session.flush()
    made = planned(session, written(session, everything(filled), delimiter))
    assert (made.rows, list(made.cells), list(made.refused)) == (6, [], [])


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(),
        st.binary().map(lambda rest: b"id;titel\r\n" + rest),
        st.text("abc\";,\t\r\n'", max_size=60).map(lambda rest: f"id,title,x\n{rest}".encode()),
    )
)
def test_any_bytes_are_a_table_or_a_clear_error(body: bytes) -> None:
    try:
        table = read_table(body)
    except InputError:
        return
    assert all(TableColumn.ID in row.cells and row.line > 1 for row in table.rows)


def test_changed_cells_are_written_in_one_edit_and_come_back(session: Session, filled: Filled) -> None:
    deck, alone = filled.decks[0], filled.alone
    rows = list(csv.reader(io.StringIO(written(session, [deck, alone, filled.draft])[1:]), delimiter=";"))
    by_name = {name: number for number, name in enumerate(rows[0])}
    for name, value in {
        "titel": "=Granen",
        "regioner": "SE12 | Gävleborgs län",
        "fokusområden": "Vatten",
    }.items():
        rows[1][by_name[name]] = value
    for name, value in {"datum": "2021-05", "utgivare": "Föreningen", "synlighet": "Public"}.items():
        rows[2][by_name[name]] = value
    rows[3][by_name["händelse_id"]] = filled.events[1]
    made = planned(session, csv_text(rows[0], rows[1:], ";"))
    assert not made.refused
    assert {(one.line, one.column.value, one.before, one.after) for one in made.cells} == {
        (2, "title", "Gran", "=Granen"),
        (2, "regions", "Norra Mellansverige | Gävleborgs län", "Östra Mellansverige | Gävleborgs län"),
        (2, "focus_areas", "Skog", "Vatten"),
        (3, "date", "", "2021-05"),
        (3, "publisher", "", "Föreningen"),
        (3, "visibility", "members", "public"),
        (4, "event_id", "", filled.events[1]),
    }
    before = all_rows(session)
    edit = apply(session, made.plan, ANNA)
    assert edit is not None
    session.expire_all()
    assert session.get_one(TalkRow, filled.talks[0]).topic == "=Granen"
    assert session.get_one(DocumentRow, filled.draft).event_id == filled.events[1]
    again = plan_table(session, read_table(csv_text(rows[0], rows[1:], ";").encode()))
    assert not again.cells
    assert whys(again) == [
        (4, "event", LineRefusal.READ_ONLY),
        (4, "focus_areas", LineRefusal.EVENT_MOVES),  # those of no event, not of the one it is in now
    ]
    assert undo(session, [edit.id], Author("eva", Reason.UNDO)).conflicts == ()
    assert all_rows(session) == before


def test_line_break_inside_a_cell_is_a_change_and_lines_are_counted_as_they_are(
    session: Session, filled: Filled
) -> None:
    session.get_one(DocumentRow, filled.alone).title = "Ensam\nkvar"
    session.flush()
    text = f'\n\nid,title\n\n{filled.alone},"Ensam\n\nkvar"\n\n,\n{filled.draft},Nytt\nfinnsinte,x\n'
    made = planned(session, text)
    assert [(one.line, one.before, one.after) for one in made.cells] == [
        (5, "Ensam\nkvar", "Ensam\n\nkvar"),
        (10, "u.pptx", "Nytt"),
    ]
    assert whys(made) == [(11, "", LineRefusal.UNKNOWN)]


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"regions": "Atlantis"}, "regions", LineRefusal.UNKNOWN_VALUE),
        ({"focus_areas": "Okänt"}, "focus_areas", LineRefusal.UNKNOWN_VALUE),
        ({"event_id": "finnsinte"}, "event_id", LineRefusal.UNKNOWN_VALUE),
        ({"language": "klingonska"}, "language", LineRefusal.UNKNOWN_VALUE),
        ({"visibility": "alla"}, "visibility", LineRefusal.UNKNOWN_VALUE),
        ({"date": "maj-21"}, "date", LineRefusal.WRONG_DATE),
        ({"date": "2021-02-30"}, "date", LineRefusal.WRONG_DATE),
        ({"title": " "}, "title", LineRefusal.EMPTY),
        ({"title": "x" * 501}, "title", LineRefusal.TOO_LONG),
        ({"publisher": "\x07"}, "publisher", LineRefusal.UNSHOWABLE),
        ({"speakers": "Anna"}, "speakers", LineRefusal.READ_ONLY),
        ({"event": "Annan"}, "event", LineRefusal.READ_ONLY),
        ({"talk_id": "x"}, "talk_id", LineRefusal.READ_ONLY),
        ({"farg": "grön"}, "farg", LineRefusal.UNKNOWN_COLUMN),
    ],
)
def test_what_cannot_be_is_named_by_line_and_the_rest_changes(
    session: Session, filled: Filled, cells: dict[str, str], column: str, why: LineRefusal
) -> None:
    other = {"publisher": "Ny"} if "publisher" not in cells else {"title": "Ny"}
    made = planned(session, edited(session, filled.decks[0], **cells, **other))
    assert whys(made) == [(1 if why is LineRefusal.UNKNOWN_COLUMN else 2, column, why)]
    assert [one.after for one in made.cells] == ["Ny"]


def test_lines_that_cannot_be_meant_are_left_whole(session: Session, filled: Filled) -> None:
    documents.withdraw(session, filled.report, "kim")
    a, b, c = filled.decks
    lines = ["id,title", f"{a},X", f"{b},Y", f"{a},Z", f"{filled.report},X", ",X", f"{c},X,mer", c]
    made = planned(session, "\n".join(lines))
    assert [(one.line, one.after) for one in made.cells] == [(3, "Y")]
    assert whys(made) == [
        (2, "", LineRefusal.REPEATED),
        (4, "", LineRefusal.REPEATED),
        (5, "", LineRefusal.WITHDRAWN),
        (6, "", LineRefusal.NO_ID),
        (7, "", LineRefusal.CELL_COUNT),
        (8, "", LineRefusal.CELL_COUNT),
    ]


def test_lines_that_contradict_each_other_are_told(session: Session, filled: Filled) -> None:
    a, b, _ = filled.decks
    made = planned(session, f"id,focus_areas\n{a},Vatten\n{b},Skog | Vatten\n{filled.report},Vatten\n")
    assert whys(made) == [(3, "focus_areas", LineRefusal.CONTRADICTION)]
    moved = planned(session, f"id,event_id,focus_areas\n{a},{filled.events[1]},Vatten\n")
    assert whys(moved) == [(2, "focus_areas", LineRefusal.EVENT_MOVES)]
    alone = planned(session, f"id,regions,focus_areas\n{filled.alone},Gävleborg,Vatten\n")
    assert {one.why for one in alone.refused} == {LineRefusal.NO_TALK, LineRefusal.NO_EVENT}
    assert not alone.cells


def test_focus_areas_of_one_title_are_told_apart(session: Session, filled: Filled) -> None:
    water = session.scalars(select(FocusAreaRow).where(FocusAreaRow.title == "Vatten")).one()
    water.title, water.title_key = "Skog", "skog"
    session.flush()
    assert water.id in written(session, [filled.decks[2]])
    assert not planned(session, written(session, everything(filled))).cells
    assert whys(planned(session, f"id,focus_areas\n{filled.decks[0]},Skog\n")) == [
        (2, "focus_areas", LineRefusal.UNKNOWN_VALUE)
    ]


def test_mark_changes_with_what_others_change(session: Session, filled: Filled) -> None:
    text = edited(session, filled.alone, title="Ny")
    first = planned(session, text).mark
    assert planned(session, text).mark == first
    session.get_one(DocumentRow, filled.alone).title = "Annan"
    session.flush()
    assert planned(session, text).mark != first


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "names no column id"),
        (b"titel;datum\n", "names no column id"),
        (b"id;titel;title\n", "is there twice"),
        (b'id;titel\nx;"y\n', "Line 2 cannot be read"),
        (b"\xff\xfe\x00", "is no text"),
        (b"i\0d\0;\0", "is no text"),
        (b"x" * (table_file.FILE_MAX_BYTES + 1), "larger than 5 MB"),
        (b"id\n" + b"x\n" * (table_file.ROWS_MAX + 1), "more than 20,000 rows"),
    ],
)
def test_file_that_is_no_table_of_documents_is_told(body: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_table(body)


def test_hint_of_excel_is_no_row() -> None:
    table: GivenTable = read_table(b"sep=;\r\nid;titel\r\nx;y\r\n")
    assert [(row.line, row.cells[TableColumn.TITLE]) for row in table.rows] == [(3, "y")]


def test_speakers_stand_in_their_order_with_what_they_were_from(session: Session) -> None:
    saved = save_event(session)
    deck = put(session, "bild", talk_id=saved.talk_ids[0])
    assert "Carina Åkerberg, Region Gävleborg" in written(session, [deck])
