"""Receiving files in pieces: begun, gone on with after any break, whole; and what is given up.

The row comes first, then the bytes; at the end the row is removed or moves on, then the bytes go. So whatever
moment the process is killed at, a file without a row that waits for it is nobody's. What senders call their
files are names for people: no path on a disk is ever made of them.
"""

import io
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import IO

from limits import RateLimitItem

from archive.accounts.throttle import UPLOAD_STARTS, Throttle
from archive.catalogue.database.database import Database
from archive.catalogue.submissions import submissions
from archive.catalogue.uploads import uploads
from archive.errors import InputError, NotFound, StorageError, TooLarge, UploadConflict
from archive.model.uploads import NewUpload, Upload, UploadState
from archive.settings.settings import Settings
from archive.uploads.upload_store import UploadStore

_DAY_S = 24 * 3600.0
_NO_ROOM = "There is no room on the archive's disk just now. The upload goes on when some space is free."
_EXPIRED = "The file was not sent to its end for {} days. Send it again."
# A zip may hold a seminar.toml, and that changes events.
ZIP_SENT_IN = "A zip cannot be sent in. Send the files in it one by one."
_MIB = 1024 * 1024

_NAME_MAX_CHARS = 200
_SUFFIX_MAX_CHARS = 10
_FOLDER_MAX_CHARS = 500
# Signs that turn the direction of what follows: "invoice\u202exptp.exe" would read as another name.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
UNNAMED = "namnlös"


class Receiving:
    """Receives uploads. Safe to use from several threads.

    `store` keeps the bytes. `passwords` by version open locked files while this process runs; they are kept
    nowhere else.
    """

    def __init__(self, database: Database, store: UploadStore, settings: Settings) -> None:
        self.store = store
        self.passwords: dict[str, str] = {}
        self._database = database
        self._settings = settings
        self._throttle = Throttle(database)
        self._listeners: list[Callable[[], None]] = []

    def size_max_bytes(self, filename: str) -> int:
        """Return how large a file may be: a zip may hold several."""
        bounds = self._settings.extract
        is_zip = filename.lower().endswith(".zip")
        return max(bounds.zip_max_bytes, bounds.file_max_bytes) if is_zip else bounds.file_max_bytes

    def begin(self, new: NewUpload, bound: tuple[RateLimitItem, ...] = UPLOAD_STARTS) -> Upload:
        """Begin an upload; `bound` says how many one login may begin.

        Raises:
            TooMany: the account has begun very many lately.
            TooLarge: it is larger than the archive takes.
            StorageError: there is no room for it now.
            InputError: what it is meant for is not there, or it is a zip that was sent in.
        """
        self._throttle.check(bound, "upload", new.login)
        self._throttle.count(bound, "upload", new.login)
        new = replace(new, filename=given_filename(new.filename), folder=given_folder(new.folder))
        max_bytes = self.size_max_bytes(new.filename)
        if new.size_bytes > max_bytes:
            raise TooLarge(f"The file is larger than {max_bytes // _MIB} MB, the most the archive takes.")
        if new.submission_id and new.filename.lower().endswith(".zip"):
            raise InputError(ZIP_SENT_IN)
        self.require_room(new.size_bytes)
        with self._database.write() as session:
            upload = uploads.add(session, new)
        if not new.size_bytes:  # the intake says what is wrong with it
            self.store.append(upload.id, 0, io.BytesIO(), 0)
            self._note_received(upload.id)
        return upload

    def find(self, upload_id: str, login: str) -> tuple[Upload, int]:
        """Return an upload that an account has begun, and how many of its bytes are safely here.

        Raises NotFound: others' uploads cannot be told from those that are not there.
        """
        with self._database.read() as session:
            upload = uploads.find(session, upload_id)
        if upload.given.login != login:
            raise NotFound("There is no such upload. Send the file again.")
        if upload.state is not UploadState.RECEIVING:
            return upload, upload.given.size_bytes
        end = self.store.size_bytes(upload_id)
        if end == upload.given.size_bytes:  # its last piece came to a process that was killed then
            self._note_received(upload_id)
        return upload, end

    def take_piece(
        self, upload_id: str, login: str, offset: int, piece: IO[bytes], piece_bytes: int, sha256: str = ""
    ) -> int:
        """Add a piece to an upload; return how many bytes are safely here then.

        Raises NotFound, UploadConflict, TooLarge (more than was said), Busy and StorageError (507).
        """
        upload, _ = self._receiving(upload_id, login)
        if offset + piece_bytes > upload.given.size_bytes:
            raise TooLarge("This is more than the file was said to have. Send the file again.")
        self.require_room(piece_bytes)
        end = self.store.append(upload_id, offset, piece, piece_bytes, sha256)
        if end == upload.given.size_bytes:
            self._note_received(upload_id)
        return end

    def take_whole(
        self, new: NewUpload, content: IO[bytes], bound: tuple[RateLimitItem, ...] = UPLOAD_STARTS
    ) -> Upload:
        """Receive a file in one go (a form without JavaScript). Raises what `begin` and `take_piece` do."""
        upload = self.begin(new, bound)
        if new.size_bytes:
            try:
                self.take_piece(upload.id, new.login, 0, content, new.size_bytes)
            except StorageError:
                self.remove(upload.id, new.login)  # nothing is half kept
                raise
        return upload

    def remove(self, upload_id: str, actor: str) -> None:
        """Remove an upload with its bytes; documents that were made of it stay. Raises NotFound."""
        with self._database.write() as session:
            uploads.remove(session, upload_id, actor)
        self.store.remove(upload_id)

    def expires_at_s(self, upload: Upload) -> float:
        """Return when an upload is given up, in seconds since 1970, unless it goes on before."""
        last_s = self.store.touched_at_s(upload.id) or upload.updated_at.timestamp()
        return last_s + self._settings.uploads.expire_days * _DAY_S

    def require_room(self, size_bytes: int) -> None:
        """Raise StorageError where so many bytes would take what is to stay free."""
        if self.store.free_bytes() - size_bytes < self._settings.uploads.free_min_bytes:
            raise StorageError(_NO_ROOM)

    def tidy(self) -> None:
        """Note what a killed process could not: whole files, what was given up, bytes that are nobody's."""
        with self._database.read() as session:
            receiving = uploads.in_states(session, UploadState.RECEIVING)
        for upload in receiving:
            if self.store.size_bytes(upload.id) == upload.given.size_bytes:
                self._note_received(upload.id)
            elif time.time() > self.expires_at_s(upload):
                self._give_up(upload)
        with self._database.write() as session:
            submissions.forget_empty(session, timedelta(days=self._settings.uploads.expire_days))
        ids = list(self.store.upload_ids())  # before the rows: a file has a row before it is there
        with self._database.read() as session:
            wanted = {
                upload.id
                for upload in uploads.in_states(session, UploadState.RECEIVING, UploadState.RECEIVED)
            }
        for upload_id in ids:
            if upload_id not in wanted:
                self.store.remove(upload_id)

    def when_received(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever there is something to take in."""
        self._listeners.append(listener)

    def forget(self, listener: Callable[[], None]) -> None:
        """Call `listener` no more."""
        self._listeners.remove(listener)

    def tell(self) -> None:
        """Say that there is something to take in."""
        for listener in list(self._listeners):
            listener()

    def _receiving(self, upload_id: str, login: str) -> tuple[Upload, int]:
        upload, end = self.find(upload_id, login)
        if upload.state is not UploadState.RECEIVING:
            raise UploadConflict(f"The file has {end} bytes here. Send it on from there.")
        return upload, end

    def _give_up(self, upload: Upload) -> None:
        days = f"{self._settings.uploads.expire_days:g}"
        with self._database.write() as session:
            uploads.refuse(session, upload.id, "expired", _EXPIRED.format(days))
        self.store.remove(upload.id)

    def _note_received(self, upload_id: str) -> None:
        with self._database.write() as session:
            uploads.receive(session, upload_id)
        self.tell()


def given_filename(text: str) -> str:
    """Return the last part of a name as it is shown: composed letters, no control signs, not too long.

    Letters of every script stay as they are, and so do names that only Windows minds ("CON.pptx").
    """
    name = _printable(text.replace("\\", "/").rstrip("/").rpartition("/")[2]).strip()
    if not name.strip("."):
        return UNNAMED
    if len(name) <= _NAME_MAX_CHARS:
        return name
    suffix = PurePosixPath(name).suffix
    if len(suffix) > _SUFFIX_MAX_CHARS:
        suffix = ""
    return name[: _NAME_MAX_CHARS - len(suffix) - 1].rstrip() + "…" + suffix


def given_folder(text: str) -> str:
    """Return the folder that a file was dropped in, as it is shown: "Seminarium/Bilder", "" for none."""
    parts = (_printable(part).strip() for part in text.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part.strip("."))[:_FOLDER_MAX_CHARS]


def _printable(text: str) -> str:
    """Return a text composed as people type it (macOS takes letters apart), without control signs."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", text)
        if letter not in _TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")
    )
