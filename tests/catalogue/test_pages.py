"""Pages and pictures of versions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, jobs, pages, statistics
from archive.catalogue.tables.base import UtcDateTime
from archive.catalogue.tables.documents import PageRow, VersionRow
from archive.errors import NotFound
from archive.model.extraction import Extraction, Outcome
from archive.model.jobs import JobKind
from archive.model.pages import Block, BlockField, Page, Paragraph, Picture, WordBox
from archive.model.visibility import Visibility
from bench.synthetic.catalogue import page_texts
from tests.catalogue.conftest import new_file, put, read, text_page
from tests.servers.postgres.fixtures import only_on_sqlite

_RICH = Page(
    number=1,
    blocks=(
        Block(BlockField.TITLE, (Paragraph("Åäö – export"),), language="sv"),
        Block(BlockField.BODY, (Paragraph("a", 0, True), Paragraph("b", 1, False)), language="en"),
        Block(BlockField.TABLE, rows=(("Län", "Värde"), ("Dalarna", "1")), has_header=True),
    ),
    hidden=True,
    language="sv",
    reader="python-pptx",
    width_pt=960.0,
    height_pt=540.5,
    broken="chart",
)
_WORDS = (WordBox("Åäö", 1.0, 2.25, 30.5, 12.0), WordBox("export", 40.0, 2.25, 50.0, 12.0))


def _version_id(session: Session, document_id: str, number: int = 1) -> str:
    return session.scalars(
        select(VersionRow.id).where(VersionRow.document_id == document_id, VersionRow.number == number)
    ).one()


def _picture(number: int, large: str = "a" * 64) -> Picture:
    return Picture(number, 960.0, 540.0, 1280, 720, large, "b" * 64, _WORDS)


def test_pages_come_back_as_they_were(session: Session) -> None:
    document_id = put(session)
    version_id = _version_id(session, document_id)
    pages.save_extraction(session, version_id, Extraction(Outcome.OK, (_RICH,), "e", "m"), "sv", "type/x")
    session.expire_all()
    assert pages.pages(session, version_id) == (_RICH,)
    assert pages.page(session, version_id, 1) == _RICH
    version, owner = pages.version(session, version_id)
    assert owner == document_id
    assert (version.category, version.engine, version.message, version.page_count) == (
        Outcome.OK,
        "e",
        "m",
        1,
    )
    assert version.original.media_type == "type/x"
    assert documents.document(session, document_id).language == "sv"


def test_second_extraction_takes_the_place_of_the_first(session: Session) -> None:
    version_id = _version_id(session, put(session))
    read(session, version_id, "Ett", "Två")
    read(session, version_id, "Tre")
    assert [page.title for page in pages.pages(session, version_id)] == ["Tre"]


def test_extraction_leaves_jobs_alone_and_notes_a_change(session: Session) -> None:
    document_id = put(session)
    seq = changes.last_seq(session)
    read(session, _version_id(session, document_id), "Ett")
    assert jobs.pending(session)[JobKind.EXTRACT] == 1
    assert [change.document_id for change in changes.after(session, seq, 9)] == [document_id]
    assert changes.hidden_after(session, 0) == frozenset(), "a first version hides nothing"


def test_late_extraction_of_an_old_version_leaves_title_and_language(session: Session) -> None:
    document_id = put(session, "ett")
    put(session, "två")
    read(session, _version_id(session, document_id, 2), "Ny")
    read(session, _version_id(session, document_id, 1), "Gammal")
    assert documents.document(session, document_id).title == "Ny"
    assert documents.document(session, document_id).version.number == 2


def test_given_title_stays(session: Session) -> None:
    document_id = put(session, title="Given", title_is_given=True)
    read(session, _version_id(session, document_id), "Läst")
    assert documents.document(session, document_id).title == "Given"


def test_text_that_no_database_takes_is_escaped(session: Session) -> None:
    version_id = _version_id(session, put(session))
    broken = text_page(1, "halv \ud800", "nul \0")
    pages.save_extraction(session, version_id, Extraction(Outcome.OK, (broken,), "e", "fel \udcff"), "", "")
    session.expire_all()
    assert pages.pages(session, version_id)[0].title == "halv ?"
    assert pages.version(session, version_id)[0].message == "fel \\udcff"


def test_missing_things_are_not_found(session: Session) -> None:
    version_id = _version_id(session, put(session))
    with pytest.raises(NotFound):
        pages.page(session, version_id, 1)
    with pytest.raises(NotFound):
        pages.version(session, "nothing")
    with pytest.raises(NotFound):
        pages.save_extraction(session, "nothing", Extraction(Outcome.OK), "", "")
    assert pages.picture(session, version_id, 1) is None


def test_pages_at_takes_one_query_for_500(session: Session) -> None:
    version_id = _version_id(session, put(session))
    read(session, version_id, *(f"Sida {number}" for number in range(1, 601)))
    session.flush()
    statements: list[str] = []
    connection = session.connection()

    @event.listens_for(connection, "before_cursor_execute")
    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    refs = [(version_id, number) for number in range(600, 0, -1)] + [(version_id, 601), ("other", 1)]
    found = pages.pages_at(session, refs)
    assert len(found) == 600
    assert found[version_id, 7].title == "Sida 7"
    assert len(statements) == 2
    assert pages.pages_at(session, []) == {}


def test_texts_at_gives_the_words_of_pages_at(session: Session) -> None:
    version_id = _version_id(session, put(session))
    read(session, version_id, "Första", "Andra  sidan\tmed\nradbrott")
    refs = [(version_id, 2), (version_id, 1), (version_id, 3)]
    texts, whole = pages.texts_at(session, refs), pages.pages_at(session, refs)
    assert texts.keys() == whole.keys() == {(version_id, 1), (version_id, 2)}
    for ref, page in whole.items():
        assert texts[ref] == page_texts(page)
        assert texts[ref].title == page.title


@only_on_sqlite
def test_pages_at_uses_the_key(session: Session) -> None:
    numbers: dict[str, object] = {f"numbers_{at}": [1, 7] for at in range(100)}
    versions = {f"version_{at}": f"v{at}" for at in range(100)}
    statement = pages.query_at(PageRow.__table__, (), 100).params({**versions, **numbers})
    compiled = statement.compile(session.connection(), compile_kwargs={"literal_binds": True})
    plan = [str(row) for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert any("SEARCH page" in row for row in plan)
    assert not any("SCAN page" in row for row in plan)


def test_pictures_are_kept_and_replaced(session: Session) -> None:
    version_id = _version_id(session, put(session))
    for number in (1, 2, 3):
        pages.save_picture(session, version_id, _picture(number))
    pages.save_picture(session, version_id, _picture(2, "c" * 64))
    session.flush()
    session.expire_all()
    assert pages.picture(session, version_id, 1) == _picture(1)
    assert pages.pictures(session, version_id, [2, 9]) == {2: _picture(2, "c" * 64)}
    assert list(pages.pictures(session, version_id)) == [1, 2, 3]
    assert set(statistics.picture_digests(session)) == {"a" * 64, "b" * 64, "c" * 64}


def test_only_so_many_words_of_a_picture_are_read_as_are_asked_for(session: Session) -> None:
    version_id = _version_id(session, put(session))
    whole = replace(_picture(1), words=tuple(WordBox(f"ord{at}", at, 1, 2, 3) for at in range(4)))
    pages.save_picture(session, version_id, whole)
    session.flush()
    for words_max in (None, 4, 2, 0):
        read = pages.pictures_at(session, [(version_id, 1)], words_max)
        assert read == {(version_id, 1): replace(whole, words=whole.words[:words_max])}


@pytest.mark.parametrize("word", ["hej", "]],[[", '"],["', "å" * 300, "]" * 300])
def test_first_words_of_a_long_picture_are_whole(session: Session, word: str) -> None:
    version_id = _version_id(session, put(session))
    words = tuple(WordBox(word, at, 1, 2, 3) for at in range(400))
    pages.save_picture(session, version_id, replace(_picture(1), words=words))
    session.flush()
    read = pages.pictures_at(session, [(version_id, 1)], 30)[version_id, 1].words
    assert 1 <= len(read) <= 30
    assert read == words[: len(read)]
    assert len(read) == 30 or len(word) == 300


def test_end_of_pictures_is_noted(session: Session) -> None:
    version_id = _version_id(session, put(session))
    pages.finish_pictures(session, version_id, "LibreOffice is missing")
    version, _ = pages.version(session, version_id)
    assert (version.pictures_done, version.picture_message) == (True, "LibreOffice is missing")


def test_pdf_that_pictures_were_drawn_from_is_kept_with_them(session: Session) -> None:
    version_id = _version_id(session, put(session))
    pages.save_picture(session, version_id, _picture(1))
    pages.finish_pictures(session, version_id, drawn_sha256="d" * 64)
    version, _ = pages.version(session, version_id)
    assert version.drawn_sha256 == "d" * 64
    assert set(statistics.picture_digests(session)) == {"a" * 64, "b" * 64, "d" * 64}


def test_all_originals_are_listed_also_of_withdrawn_documents(session: Session) -> None:
    documents.withdraw(session, put(session, "ett", "/in/1"), "test")
    put(session, "två", "/in/2")
    expected = {new_file(data).original.sha256 for data in ("ett", "två")}
    assert set(statistics.original_digests(session)) == expected


def test_points_in_time_sort_as_text_and_come_back_in_utc() -> None:
    kind = UtcDateTime()
    stockholm = timezone(timedelta(hours=1))
    early = datetime(2024, 1, 1, 0, 30, tzinfo=stockholm)
    late = datetime(2023, 12, 31, 23, 45, 0, 5, tzinfo=UTC)
    dialect = sqlite.dialect()
    first, second = (kind.process_bind_param(value, dialect) for value in (early, late))
    assert first is not None
    assert second is not None
    assert first < second
    assert kind.process_result_value(first, dialect) == early
    with pytest.raises(ValueError, match="time zone"):
        kind.process_bind_param(datetime(2024, 1, 1), dialect)  # noqa: DTZ001 - what is refused


def test_numbers_leave_hidden_pages_out_unless_asked_for(session: Session) -> None:
    document_id = put(session)
    version_id = _version_id(session, document_id)
    shown = [replace(_RICH, number=number, hidden=number == 2) for number in (1, 2, 4)]
    pages.save_extraction(session, version_id, Extraction(Outcome.OK, tuple(shown), "e"), "sv", "type/x")
    assert pages.numbers(session, version_id, Visibility.PUBLIC) == (1, 4)
    assert pages.numbers(session, version_id, Visibility.STAFF) == (1, 2, 4)
