"""What somebody was called when a talk was given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from archive.catalogue.events.names import name_key
from archive.model.events import Organisation, Person, Spelling

_LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class NameThen:
    """Another name than that of today. `is_dated`: it was the name then; else it is how it was written."""

    name: str
    is_dated: bool


def name_then(record: Person | Organisation, written: str, day: date | None) -> NameThen | None:
    """Return what a person or an organisation was called on a day, None where it is the name of today.

    The name of that time comes first, then the name as it stood in the programme, unless that was a
    mistake that no page is to show.

    Args:
        record: Who, with all spellings.
        written: The name as it stood, "" for that of today.
        day: The first day of the event, None where it is not known.
    """
    for spelling in record.spellings:
        if day is not None and spelling.is_shown and covers(spelling, day.isoformat()):
            return NameThen(spelling.name, is_dated=True)
    key = name_key(written)
    if not key or key == name_key(record.name):
        return None
    hidden = {name_key(spelling.name) for spelling in record.spellings if not spelling.is_shown}
    return None if key in hidden else NameThen(written, is_dated=False)


def covers(spelling: Spelling, day: str) -> bool:
    """Return whether a name was held on a day; False for one without any time."""
    if not spelling.begins and not spelling.ends:
        return False
    ends = spelling.ends or _LAST_DAY
    return spelling.begins <= day and day[: len(ends)] <= ends


def shown_names(record: Person | Organisation) -> Iterator[str]:
    """Yield the other names that pages may show."""
    return (spelling.name for spelling in record.spellings if spelling.is_shown)


def all_names(records: Iterable[Person | Organisation]) -> Iterator[str]:
    """Yield each name that people and organisations have, had, or are written with."""
    for record in records:
        yield record.name
        yield from (spelling.name for spelling in record.spellings)
