from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.documents import document_ids
from archive.ingest.watching.watcher import watching
from archive.settings.settings import Settings
from archive.settings.watch import WatchedFolderSettings, WatchSettings
from archive.store.folder_store import FolderStore
from tests.ingest.ingests import deck
from tests.waiting import wait_until


def test_what_is_put_in_while_it_runs_is_taken_in(tmp_path: Path) -> None:
    inbox, missing = tmp_path / "inkorg", tmp_path / "missing"
    inbox.mkdir()
    folders = (WatchedFolderSettings(path=missing), WatchedFolderSettings(path=inbox))
    settings = Settings(data=tmp_path / "data", watch=WatchSettings(folders=folders, poll_s=0.1))
    database = Database.open(f"sqlite:///{settings.data / 'catalogue.db'}")
    taken: list[bool] = []
    with watching(database, FolderStore(settings.data / "originals"), settings, lambda: taken.append(True)):
        deck(inbox / "a.pptx", "Ett")
        wait_until(lambda: bool(taken), "the file is taken in")
    with database.read() as session:
        assert len(document_ids(session)) == 1
    database.close()


def test_without_folders_nothing_runs(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    database = Database.open(f"sqlite:///{settings.data / 'catalogue.db'}")
    with watching(database, FolderStore(settings.data / "originals"), settings, lambda: None):
        pass
    database.close()
