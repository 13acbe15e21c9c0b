"""What the folders that a file lies in say of it: who may see it, and at which event it was shown."""

from dataclasses import dataclass
from pathlib import PurePath

from archive.catalogue.database.sessions import Session
from archive.catalogue.events.events import events
from archive.catalogue.events.names import name_key
from archive.model.events import Event
from archive.model.visibility import Visibility

_LEVELS = {
    "public": Visibility.PUBLIC,
    "öppet": Visibility.PUBLIC,
    "offentligt": Visibility.PUBLIC,
    "members": Visibility.MEMBERS,
    "medlemmar": Visibility.MEMBERS,
    "staff": Visibility.STAFF,
    "personal": Visibility.STAFF,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs. `visibility` None: nobody has said, so it becomes a draft."""

    visibility: Visibility | None = None
    event_id: str | None = None


def place_of(session: Session, relative: PurePath) -> Place:
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
    return Place(visibility, event_id)


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
