"""A record in a list."""

from dataclasses import dataclass

from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """What it is called, what tells it apart (dates, place, event), and who sees it; None: no one decides."""

    id: str
    title: str
    about: tuple[str, ...] = ()
    visibility: Visibility | None = None
