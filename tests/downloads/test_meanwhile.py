"""What happens to documents while a download runs: never an error in it, never what was hidden meanwhile."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.catalogue.database.sessions import Session
from archive.index.search import Sort
from archive.model.visibility import Visibility
from archive.search.question import Question
from tests.downloads.taking import wanted
from tests.filled_archive import add, opened, slide

_PAGES = 150
"""More than are read at once: the last document is not read when the first piece is taken."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("meanwhile")) as found:
        add(found, "a lång", *[slide(f"Bild {nth}", "gemensamt") for nth in range(_PAGES)])
        yield found


def _file_while(archive: Archive, change: Callable[[], object]) -> list[dict[str, object]]:
    """Return the rows of a file that is half taken when something changes."""
    with closing(archive.downloads.begin(wanted(Question("gemensamt", sort=Sort.TITLE)))) as pieces:
        parts = [next(pieces)]
        change()
        parts += pieces
    return [json.loads(line) for line in b"".join(parts).decode().splitlines()]


def _changes(document_id: str) -> dict[str, Callable[[Session], object]]:
    return {
        "withdrawn": lambda session: documents.withdraw(session, document_id, "test"),
        "for members": lambda session: documents.set_visibility(
            session, document_id, Visibility.MEMBERS, "test"
        ),
        "for staff": lambda session: documents.set_visibility(session, document_id, Visibility.STAFF, "test"),
    }


@pytest.mark.parametrize("name", list(_changes("")))
@pytest.mark.parametrize("is_indexed", [False, True])
def test_what_is_hidden_meanwhile_is_left_out(archive: Archive, name: str, is_indexed: bool) -> None:
    document_id = add(archive, f"b {name} {is_indexed}", slide("Sist", "gemensamt hemligen"))
    archive.indexer.catch_up()

    def change() -> None:
        with archive.database.write() as session:
            _changes(document_id)[name](session)
        if is_indexed:
            archive.indexer.catch_up()

    got = _file_while(archive, change)
    assert document_id not in {row["document_id"] for row in got}
    assert len(got) >= _PAGES
    assert all(isinstance(count := row["hit_count"], int) and count > len(got) for row in got)


def test_document_that_got_a_new_version_meanwhile_is_left_out(archive: Archive) -> None:
    document_id = add(archive, "c version", slide("Sist", "gemensamt"), data="first")
    archive.indexer.catch_up()

    def change() -> None:
        add(archive, "c version", slide("Annat"), slide("Helt annat"), data="second")
        archive.indexer.catch_up()

    got = _file_while(archive, change)
    assert document_id not in {row["document_id"] for row in got}
    assert len(got) >= _PAGES


def test_document_that_comes_meanwhile_is_not_in_the_file(archive: Archive) -> None:
    archive.indexer.catch_up()

    def change() -> None:
        add(archive, "d ny", slide("Ny", "gemensamt"))
        archive.indexer.catch_up()

    got = _file_while(archive, change)
    assert {row["hit_count"] for row in got} == {len(got)}
    assert "d ny" not in {row["title"] for row in got}


def test_index_that_is_made_anew_meanwhile_changes_nothing(archive: Archive) -> None:
    archive.indexer.catch_up()
    got = _file_while(archive, archive.indexer.rebuild)
    assert {row["hit_count"] for row in got} == {len(got)}
