from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.catalogue import documents, pages
from archive.catalogue.database.database import Database
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.given import Given
from archive.ingest.watching.watched_folder import WatchedFolder, file_away
from archive.ingest.watching.watched_intake import ACTOR
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.settings.watch import WatchedFolderSettings
from archive.store.folder_store import FolderStore
from archive.store.store import Store
from tests.ingest.ingests import deck, write

SLIDE = Page(1, (Block(BlockField.BODY, (Paragraph("ord"),)),), language="sv", reader="test")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inkorg"
    folder.mkdir()
    return folder


@pytest.fixture
def ground(tmp_path: Path) -> Iterator["Ground"]:
    database = Database.open(f"sqlite:///{tmp_path / 'catalogue.db'}")
    yield Ground(database, FolderStore(tmp_path / "originals"), tmp_path)
    database.close()


class Ground:
    """A catalogue and a store; reads what was taken in as the test says."""

    def __init__(self, database: Database, originals: Store, folder: Path) -> None:
        self.database = database
        self._originals = originals
        self._folder = folder
        self.taken = 0

    def watch(self, settings: WatchedFolderSettings) -> WatchedFolder:
        return WatchedFolder(settings, self.database, self.intake, self._note)

    def intake(self, given: Given) -> Intake:
        size = 10_000_000
        return Intake(self.database, self._originals, size, ACTOR, self._folder, size, given)

    def read(self, outcome: Outcome = Outcome.OK, message: str = "") -> None:
        """End the reading of all that waits for it."""
        with self.database.write() as session:
            for row in session.scalars(select(VersionRow).where(VersionRow.category.is_(None))):
                found = (SLIDE,) if outcome is Outcome.OK else ()
                ending = Extraction(outcome, found, "test", message=message)
                pages.save_extraction(session, row.id, ending, "sv", "application/x-deck")

    def documents(self) -> dict[str, tuple[str, bool, int, bool]]:
        """Return by file name: visibility, whether it is a draft, number of versions, whether withdrawn."""
        with self.database.read() as session:
            return {
                versions[0].filename: (row.visibility, row.draft, len(versions), row.withdrawn_at is not None)
                for row in session.scalars(select(DocumentRow))
                if (versions := documents.versions(session, row.id))
            }

    def _note(self) -> None:
        self.taken += 1


def looks(folder: WatchedFolder, count: int = 2) -> None:
    for _ in range(count):
        folder.look()


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_file_becomes_a_draft_and_is_moved_once_it_was_read(ground: Ground, inbox: Path) -> None:
    deck(inbox / "a.pptx", "Ett")
    folder = ground.watch(WatchedFolderSettings(path=inbox))
    folder.look()
    assert ground.documents() == {}  # it may still be written
    folder.look()
    assert ground.documents() == {"a.pptx": ("staff", True, 1, False)}
    assert (files(inbox), ground.taken) == ({"a.pptx"}, 1)
    ground.read()
    folder.look()
    assert files(inbox) == {"inlagt/a.pptx"}
    looks(folder)
    assert ground.taken == 1


def test_what_could_not_be_read_stands_beside_its_reason(ground: Ground, inbox: Path) -> None:
    deck(inbox / "a.pptx", "Ett")
    write(inbox / "b.docx", b"\0no document")
    folder = ground.watch(WatchedFolderSettings(path=inbox))
    looks(folder)
    ground.read(Outcome.PASSWORD, "It has a password.")
    folder.look()
    assert files(inbox) == {f"misslyckat/{name}" for name in ("a.pptx", "a.pptx.txt", "b.docx", "b.docx.txt")}
    assert "It has a password." in (inbox / "misslyckat" / "a.pptx.txt").read_text("utf-8")


def test_another_file_of_the_same_name_is_another_document(ground: Ground, inbox: Path) -> None:
    folder = ground.watch(WatchedFolderSettings(path=inbox))
    for title in ("Ett", "Två"):
        deck(inbox / "bilder.pptx", title)
        looks(folder)
        ground.read()
        folder.look()
    with ground.database.read() as session:
        assert len(session.scalars(select(DocumentRow)).all()) == 2
    assert files(inbox) == {"inlagt/bilder.pptx", "inlagt/bilder (2).pptx"}


def test_folder_names_open_a_file_to_others(ground: Ground, inbox: Path) -> None:
    deck(inbox / "medlemmar" / "a.pptx", "Ett")
    deck(inbox / "öppet" / "b.pptx", "Två")
    looks(ground.watch(WatchedFolderSettings(path=inbox)))
    found = ground.documents()
    assert (found["a.pptx"][:2], found["b.pptx"][:2]) == (("members", False), ("public", False))


def test_seminar_folder_is_taken_in_and_moved_as_one(ground: Ground, inbox: Path) -> None:
    write(inbox / "Maj" / "seminar.toml", '[event]\ntitle = "Ett"\n[[talk]]\ntopic = "A"\ndeck = "a.pptx"\n')
    deck(inbox / "Maj" / "a.pptx", "Ett")
    folder = ground.watch(WatchedFolderSettings(path=inbox))
    looks(folder)
    ground.read()
    folder.look()
    assert files(inbox) == {"inlagt/Maj/seminar.toml", "inlagt/Maj/a.pptx"}
    assert len(ground.documents()) == 1


def test_followed_file_stays_and_its_changes_are_versions(ground: Ground, inbox: Path) -> None:
    deck(inbox / "a.pptx", "Ett")
    folder = ground.watch(WatchedFolderSettings(path=inbox, after="follow", visibility="members"))
    looks(folder)
    ground.read()
    looks(folder)
    assert (files(inbox), ground.taken) == ({"a.pptx"}, 1)
    deck(inbox / "a.pptx", "Ett, ändrad")
    looks(folder)
    assert ground.documents() == {"a.pptx": ("members", False, 2, False)}
    (inbox / "a.pptx").unlink()
    looks(folder, 3)
    assert ground.documents() == {"a.pptx": ("members", False, 2, False)}


def test_gone_file_is_withdrawn_where_the_settings_say_so_and_comes_back(ground: Ground, inbox: Path) -> None:
    deck(inbox / "a.pptx", "Ett")
    deck(inbox / "b.pptx", "Två")
    settings = WatchedFolderSettings(path=inbox, after="follow", withdraw_removed=True)
    folder = ground.watch(settings)
    looks(folder)
    (inbox / "a.pptx").rename(inbox.parent / "a.pptx")
    looks(folder, 3)
    assert {name: one[3] for name, one in ground.documents().items()} == {"a.pptx": True, "b.pptx": False}
    (inbox.parent / "a.pptx").rename(inbox / "a.pptx")
    looks(folder)
    assert not any(one[3] for one in ground.documents().values())
    for name in ("a.pptx", "b.pptx"):  # as if the disk were not there
        (inbox / name).rename(inbox.parent / name)
    looks(folder, 3)
    assert not any(one[3] for one in ground.documents().values())


class _Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    "step",
    [
        "archive.catalogue.uploads.watched_files.save",
        "archive.ingest.watching.watched_folder.file_away",
        "archive.catalogue.uploads.watched_files.forget",
    ],
)
def test_killed_at_any_step_each_file_is_taken_once(
    ground: Ground, inbox: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck(inbox / "a.pptx", "Ett")
    monkeypatch.setattr(step, _killed)
    with pytest.raises(_Killed):
        _take_in(ground, ground.watch(WatchedFolderSettings(path=inbox)))
    monkeypatch.undo()
    _take_in(ground, ground.watch(WatchedFolderSettings(path=inbox)))
    assert files(inbox) == {"inlagt/a.pptx"}
    assert ground.documents() == {"a.pptx": ("staff", True, 1, False)}


def _take_in(ground: Ground, folder: WatchedFolder) -> None:
    looks(folder)
    ground.read()
    looks(folder)


def _killed(*_given: object) -> None:
    raise _Killed


def test_unreachable_folder_is_told_once_and_taken_up_again(
    ground: Ground, inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = ground.watch(WatchedFolderSettings(path=inbox))
    away = inbox.rename(inbox.parent / "away")
    looks(folder, 3)
    assert caplog.text.count("cannot be reached") == 1
    deck(away / "a.pptx", "Ett")
    away.rename(inbox)
    looks(folder)
    assert len(ground.documents()) == 1


def test_what_was_taken_in_is_moved_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "a.pptx"
    path.parent.mkdir()
    path.write_bytes(b"one")
    assert file_away(tmp_path, path, "") == tmp_path / "inlagt" / "2024" / "a.pptx"
    assert (tmp_path / "inlagt" / "2024" / "a.pptx").read_bytes() == b"one"
    assert not path.exists()


def test_reason_stands_beside_what_was_not_in_swedish_and_english(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"")
    moved = file_away(tmp_path, path, "There is no such account.")
    assert moved == tmp_path / "misslyckat" / "a.pptx"
    said = (tmp_path / "misslyckat" / "a.pptx.txt").read_text("utf-8")
    assert said == "Det finns inget sådant konto.\n\nThere is no such account.\n"


def test_nothing_is_replaced(tmp_path: Path) -> None:
    for data in (b"one", b"two", b"three"):
        (tmp_path / "a.b.pptx").write_bytes(data)
        file_away(tmp_path, tmp_path / "a.b.pptx", "")
    kept = {path.name: path.read_bytes() for path in (tmp_path / "inlagt").iterdir()}
    assert kept == {"a.b.pptx": b"one", "a.b (2).pptx": b"two", "a.b (3).pptx": b"three"}
