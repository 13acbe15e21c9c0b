"""The thread that gives slides their signatures, by which the same slide is found in other decks.

It signs what was read and drawn, and what was there before there were signatures: kept pictures are then made
grey in the confined child. One process of an archive does it at a time.
"""

import logging
import threading
import time
from contextlib import closing
from typing import Final

from archive.catalogue.database.database import Database
from archive.catalogue.reuse import greys
from archive.errors import ArchiveError, Busy, NotFound, OriginalDamaged, PartMissing, PathError, PictureError
from archive.ingest.filetypes.media_types import WEBP
from archive.ingest.reading.draw_pages import Drawable, draw_larger
from archive.ingest.reading.limits import cut_limits
from archive.ingest.sandbox.base import Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.reuse import signature
from archive.settings.settings import Settings
from archive.store.store import Store

logger = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 2.0
_STOP_S: Final = 30.0
_VERSIONS_AT_ONCE: Final = 20
_REST_TIMES: Final = 3
"""So many times as long as a version took, searches of the same process have it to themselves."""
_WIDTH_PX, _QUALITY = 80, 1  # the picture itself is not wanted


class SigningFollower:
    """Signs slides while an archive works. `pictures` is where the pictures of slides are kept."""

    def __init__(self, database: Database, pictures: Store, settings: Settings) -> None:
        self._database = database
        self._pictures = pictures
        self._settings = settings
        self._turn = database.turn("signatures")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="signing", daemon=True)
        self._has_failed = False

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the version that it is at; the next one goes on there."""
        self._stopping.set()
        self._thread.join(_STOP_S)
        self._turn.give_up()

    def sign_waiting(self) -> int:
        """Sign the versions that wait for it, until it is time to stop; return how many it were."""
        count = 0
        while found := signature.waiting(self._database, _VERSIONS_AT_ONCE):
            for version_id in found:
                if self._stopping.is_set():
                    return count
                began_s = time.thread_time()
                self._make_grey(version_id)
                if self._stopping.is_set():
                    return count  # some pictures may not be grey yet
                signature.sign(self._database, version_id)
                count += 1
                self._stopping.wait(_REST_TIMES * (time.thread_time() - began_s))
        return count

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._turn.is_ours():
                    self.sign_waiting()
                self._has_failed = False
            except Busy:
                pass  # others write: it is tried again
            except ArchiveError as error:
                self._note(error.message)
            except Exception:
                logger.exception("Slides could not be compared.")
            self._stopping.wait(_LOOK_EVERY_S)

    def _make_grey(self, version_id: str) -> None:
        """Make the grey pictures that are compared and are not there: those of before there were any."""
        wanted = signature.pictures_wanted(self._database, version_id)
        if not wanted:
            return
        with closing(open_sandbox(self._settings.extract.isolation)) as sandbox:
            for small_sha256 in wanted:
                if self._stopping.is_set():
                    return
                grey = self._grey(sandbox, small_sha256)
                if grey is not None:
                    with self._database.write() as session:
                        greys.save_of(session, version_id, small_sha256, grey)

    def _grey(self, sandbox: Sandbox, small_sha256: str) -> bytes | None:
        """Return a kept picture in grey; None where it is missing or damaged: its slide is not compared."""
        try:
            source = Drawable(self._pictures.path(small_sha256), WEBP)
            limits = cut_limits(self._settings)
            return draw_larger(sandbox, source, 1, _WIDTH_PX, _QUALITY, limits).grey
        except (NotFound, OriginalDamaged, PathError, PictureError, PartMissing) as error:
            logger.warning("A slide's picture could not be compared: %s", error.message)
            return None

    def _note(self, message: str) -> None:
        if not self._has_failed and not self._stopping.is_set():
            logger.warning("Slides cannot be compared just now: %s", message)
        self._has_failed = True
