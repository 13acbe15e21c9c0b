"""One state of a catalogue to read for as long as it takes, while others go on writing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from archive.catalogue.database.database import Database
from archive.catalogue.database.snapshot_file import copy_file


@contextmanager
def snapshot(database: Database, folder: Path) -> Iterator[Session]:
    """Give a session that sees the catalogue as it is now.

    A server gives that by itself. An SQLite file is copied first with the database's own online backup
    (https://www.sqlite.org/backup.html): who reads the file itself for minutes keeps all writers waiting.

    Args:
        database: is read.
        folder: where the copy is made, and removed again.

    Raises Busy, StorageError and CatalogueError.
    """
    if database.is_shared:
        with database.read() as session:
            yield session
        return
    path = folder / "catalogue.db"
    try:
        with database.read() as session:
            copy_file(session, path)
        with closing(Database.open(f"sqlite:///{path}")) as copied, copied.read() as session:
            yield session
    finally:
        for left in folder.glob("catalogue.db*"):
            left.unlink()
