"""Takes in one file, or one seminar's folder, of a watched folder, and records what became of it.

What the folders that a file lies in say of it: who may see it, and at which event it was shown.
"""

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import PurePath

from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.events.events import events
from archive.catalogue.events.names import name_key
from archive.catalogue.new_document import NewDocument
from archive.catalogue.uploads import watched_files
from archive.catalogue.uploads.watched_files import WatchedFile, WatchedState
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.file_intake import document_name
from archive.ingest.intake.given import Given
from archive.ingest.intake.sources import SingleFile, path_text
from archive.ingest.progress import Refused, Step, Stored
from archive.ingest.watching.looks import WatchedItem
from archive.model.documents import DocumentKind, Original
from archive.model.events import Event
from archive.model.naming.file_names import readable_name
from archive.model.visibility import Visibility
from archive.settings.watch import WatchedFolderSettings

ACTOR = "watched folder"
_NOTHING = "There is nothing in it to take in."

_LEVELS = {
    "public": Visibility.PUBLIC,
    "öppet": Visibility.PUBLIC,
    "offentligt": Visibility.PUBLIC,
    "members": Visibility.MEMBERS,
    "medlemmar": Visibility.MEMBERS,
    "staff": Visibility.STAFF,
    "personal": Visibility.STAFF,
}


class WatchedIntake:
    """Takes in what lies in one watched folder."""

    def __init__(
        self, settings: WatchedFolderSettings, database: Database, make_intake: Callable[[Given], Intake]
    ) -> None:
        """Take the folder's settings, the catalogue, and what takes files in."""
        self._settings = settings
        self._database = database
        self._make_intake = make_intake

    def take(self, item: WatchedItem) -> WatchedFile:
        """Take in an item; return what was recorded of it.

        Taken once more after a crash it is known by its name and bytes. Raises StorageError and
        CatalogueError, after which nothing is recorded.
        """
        stored: list[Stored] = []
        refused: list[str] = []
        own_name = self._name_of(item)
        for step in self._steps(self._make_intake(self._given(item)), item, own_name):
            if isinstance(step, Stored):
                stored.append(step)
            elif isinstance(step, Refused):
                inside = "" if step.file == own_name else f"{step.file.removeprefix(f'{own_name}/')}: "
                refused.append(f"{inside}{step.message}")
        file = WatchedFile(
            path_text(item.path),
            path_text(self._settings.path),
            item.stamp.size_bytes,
            item.stamp.mtime_ns,
            WatchedState.TAKEN if stored else WatchedState.FAILED,
            "\n".join(refused) or ("" if stored else _NOTHING),
            tuple(step.document_id for step in stored),
            tuple(step.version_id for step in stored),
        )
        with self._database.write() as session:
            watched_files.save(session, file)
        return file

    def _given(self, item: WatchedItem) -> Given:
        with self._database.read() as session:
            place = place_of(session, item.path.relative_to(self._settings.path))
        level = place.visibility
        if level is None and self._settings.visibility:
            level = Visibility(self._settings.visibility)
        return Given(draft=level is None, event_id=place.event_id, visibility=level)

    def _steps(self, intake: Intake, item: WatchedItem, own_name: str) -> Generator[Step]:
        if self._settings.after == "follow" or not isinstance(item.source, SingleFile):
            yield from intake.take(item.source)
            return
        name = document_name(item.path)
        new = NewDocument(
            kind=DocumentKind.DECK,
            title=readable_name(name),
            source=own_name,
            filename=name,
            original=Original("", 0, ""),
        )
        yield from intake.take_named(item.path, own_name, new)

    def _name_of(self, item: WatchedItem) -> str:
        """Return the name that an item has in the catalogue.

        A file that is moved away afterwards is known by its bytes as well: another one that is put where it
        lay is not its next version.
        """
        if self._settings.after == "follow" or item.path.is_dir():
            return path_text(item.path)
        with item.path.open("rb") as file:
            return f"{path_text(item.path)}#{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file belongs. `visibility` None: nobody has said, so it becomes a draft."""

    visibility: Visibility | None = None
    event_id: str | None = None


def place_of(session: Session, relative: PurePath) -> FilePlace:
    """Return what the folders of a file say, the innermost first.

    Args:
        session: of the catalogue.
        relative: the file's path within the watched folder.

    A folder named after a level ("medlemmar") says who may see the file; one named after an event by title,
    by identifier, by its day ("2024-05-03") or by day and title says which event it belongs to. An event is
    only taken where the name fits exactly one.
    """
    known = events(session, Visibility.STAFF.rank) if len(relative.parts) > 1 else ()
    visibility: Visibility | None = None
    event_id: str | None = None
    for part in reversed(relative.parts[:-1]):
        visibility = visibility or _LEVELS.get(name_key(part))
        event_id = event_id or _event_named(part, known)
    return FilePlace(visibility, event_id)


def _event_named(part: str, known: tuple[Event, ...]) -> str | None:
    key = name_key(part)
    fitting = [event.id for event in known if key in _names(event)]
    return fitting[0] if len(fitting) == 1 else None


def _names(event: Event) -> set[str]:
    title = name_key(event.title)
    if event.starts_on is None:
        return {title, event.id}
    day = event.starts
    return {title, event.id, day, f"{day} {title}", f"{day} - {title}", f"{day}_{title}"}
