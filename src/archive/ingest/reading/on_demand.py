"""What is made of slides only when a visitor asks for it: one at a time, few waiting, from what is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from archive.errors import Busy, FileRejected, PictureError
from archive.ingest.filetypes.media_types import PDF
from archive.model.documents import Version
from archive.model.extraction import Outcome
from archive.store.store import Store

if TYPE_CHECKING:  # imported where it is used: searching and serving need not wait for it
    from archive.ingest.reading.draw_pages import Drawable

# One is made at a time, the others wait for it; more would keep threads from visitors who read.
_AT_ONCE_MAX = 3


class MakingTurns:
    """Lets one thread at a time make something, with few waiting. Safe to use from several threads."""

    def __init__(self) -> None:
        self._count = Lock()
        self._turn = Lock()
        self.waiting = 0
        """How many make something or wait for their turn."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and have it while the context lasts.

        Raises Busy where too many wait, or where what is made takes longer than it may: a machine with other
        work makes it another time.
        """
        with self._count:
            if self.waiting >= _AT_ONCE_MAX:
                raise Busy("Several files are being made of slides just now. Try again in a moment.")
            self.waiting += 1
        try:
            with self._turn:
                yield
        except (FileRejected, PictureError) as error:
            rejection = error if isinstance(error, FileRejected) else error.__cause__
            if isinstance(rejection, FileRejected) and rejection.category is Outcome.TIMEOUT:
                raise Busy("It takes too long just now. Try again in a moment.") from error
            raise
        finally:
            with self._count:
                self.waiting -= 1


def pdf_is_kept(version: Version) -> bool:
    """Return whether there is a PDF that has a version's slides as pages."""
    return version.original.media_type == PDF or bool(version.drawn_sha256)


def pdf_of(version: Version, originals: Store, pictures: Store) -> "Drawable | None":
    """Return the PDF that has a version's slides as pages, None where there is none."""
    from archive.ingest.reading.draw_pages import Drawable

    if version.original.media_type == PDF:
        return Drawable(originals.path(version.original.sha256), PDF)
    return Drawable(pictures.path(version.drawn_sha256), PDF) if version.drawn_sha256 else None
