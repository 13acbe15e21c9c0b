"""Archives for tests of backups, with objects that are really there, and faults in places of backups."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from archive.app import Archive
from archive.backup.folder_place import FolderPlace
from archive.backup.making import FinishedBackup, back_up
from archive.catalogue import pages
from archive.model.pages import Picture
from tests.filled_archive import add, opened, version_of

TOPICS = (
    "Vindkraft i Gävleborg och havet",
    "Kollektivtrafik mellan städerna",
    "Gruvor, stål och klimatmål",
    "Kompetensförsörjning i vården",
)


@contextmanager
def filled(folder: Path, documents: int = len(TOPICS)) -> Iterator[Archive]:
    """Open an archive with some documents, each with a picture: a copy of one that was filled once."""
    shutil.copytree(_filled_once(documents), folder, symlinks=True, dirs_exist_ok=True)
    with opened(folder) as archive:
        yield archive


@cache
def _filled_once(documents: int) -> Path:
    """Return the folder of an archive that is only copied."""
    folder = Path(tempfile.mkdtemp(prefix="archive-filled-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with opened(folder) as archive:
        for number in range(documents):
            add_pictured(archive, f"Dokument {number}", TOPICS[number % len(TOPICS)])
        archive.indexer.catch_up()
    return folder


def add_pictured(archive: Archive, name: str, words: str) -> str:
    """Take in a document whose pages have pictures; return its identifier."""
    document_id = add(archive, name, words, f"{words} – {name}")
    large = archive.pictures.put_bytes(f"large {name}".encode()).sha256
    small = archive.pictures.put_bytes(f"small {name}".encode()).sha256
    with archive.database.write() as session:
        version_id = version_of(archive, document_id)
        pages.save_picture(session, version_id, Picture(1, 960, 540, 1280, 720, large, small))
        pages.finish_pictures(session, version_id)
    return document_id


def backed_up(archive: Archive, folder: Path, pictures: bool = True) -> FinishedBackup:
    """Make a backup of an archive in a folder."""
    return back_up(archive, FolderPlace(folder), ignored, pictures)


def ignored(what: str, count: int) -> None:
    """Take no notice of how far something has come."""
    del what, count


def exchange(path: Path, data: bytes) -> None:
    """Let a file have other bytes, and leave alone the others that are linked to it."""
    path.unlink()
    path.write_bytes(data)


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    exchange(path, bytes(data))


def files_below(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
