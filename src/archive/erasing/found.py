"""Where a person is in an archive: rows, slides, files; and what is only told of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing import places
from archive.catalogue.erasing.places import Slides, WordPlace
from archive.catalogue.operation import backups
from archive.erasing.names import ErasedNames

_OF_CONTENT: Final = ("page", "picture")


@dataclass(frozen=True, slots=True)
class Found:
    """Every place that holds a person's words.

    `versions` are those whose files hold them. `accounts` (logins) and the place of the last backup are told
    of, and stay.
    """

    places: tuple[WordPlace, ...]
    versions: frozenset[str]
    accounts: tuple[str, ...]
    backup_place: str

    @property
    def by_kind(self) -> Mapping[str, int]:
        """Return how many rows of each table hold words, most first."""
        counts: dict[str, int] = {}
        for place in self.places:
            counts[place.table] = counts.get(place.table, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def slides(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """Return the slides that hold words, by document and number, with the fields they are in."""
        found: dict[tuple[str, int], tuple[str, ...]] = {}
        for place in self.places:
            if place.table in _OF_CONTENT:
                key = (place.document_id, place.number)
                parts = place.parts if place.table == "page" else ("picture",)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *parts)))
        return dict(sorted(found.items()))

    @property
    def slide_versions(self) -> Mapping[tuple[str, int], str]:
        """Return for each slide that holds words the version it is of; where several do, the last one."""
        return {
            (place.document_id, place.number): place.version_id
            for place in self.places
            if place.table in _OF_CONTENT
        }


def look(
    session: Session, names: ErasedNames, only: Slides | None = None, files: frozenset[str] = frozenset()
) -> Found:
    """Return where a person is.

    Args:
        session: A session that reads.
        names: The person's words.
        only: Only these slides, where not all.
        files: SHA-256 of originals that hold the words, whatever was read of them.
    """
    found = places.places(session, names.masked, names.spans)
    if only is not None:
        of_slides = [place for place in found if place.table in _OF_CONTENT]
        found = [place for place in of_slides if (place.document_id, place.number) in only]
    versions = {place.version_id for place in found if _is_in_file(place)}
    if only is None:
        versions |= places.versions_with_files(session, versions, files)
    last = backups.last(session, "backup_made")
    accounts = places.accounts(session, names.masked)
    return Found(tuple(found), frozenset(versions), accounts, last.place if last else "")


def _is_in_file(place: WordPlace) -> bool:
    return place.table in _OF_CONTENT or (place.table == "version" and "properties" in place.parts)
