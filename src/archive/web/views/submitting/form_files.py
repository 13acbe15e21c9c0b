"""Files of a form without JavaScript, each taken as an upload; what is refused is told in a sentence each."""

from collections.abc import Sequence

from limits import RateLimitItem
from werkzeug.datastructures import FileStorage

from archive.accounts.throttle import UPLOAD_STARTS
from archive.errors import InputError, StorageError, TooLarge, TooMany
from archive.model.uploads import NewUpload
from archive.web.http.context import current_archive
from archive.web.http.language import message_text


def take_files(
    files: Sequence[FileStorage],
    login: str,
    submission_id: str,
    bound: tuple[RateLimitItem, ...] = UPLOAD_STARTS,
) -> list[str]:
    """Take files of a submission; return what was refused, a sentence each."""
    refused: list[str] = []
    for file in files:
        try:
            _take(file, login, submission_id, bound)
        except (InputError, TooLarge, TooMany, StorageError) as error:
            refused.append(f"{file.filename}: {message_text(error.message)}")
    return refused


def new_upload(login: str, submission_id: str, filename: str, size_bytes: int, sha256: str = "") -> NewUpload:
    """Return the upload of a submission's file: always a document of its own, since nobody but staff may
    change one that is there.
    """
    return NewUpload(
        login, filename, size_bytes, sha256=sha256, is_separate=True, submission_id=submission_id
    )


def _take(file: FileStorage, login: str, submission_id: str, bound: tuple[RateLimitItem, ...]) -> None:
    stream = file.stream
    stream.seek(0, 2)
    size_bytes = stream.tell()
    stream.seek(0)
    new = new_upload(login, submission_id, file.filename or "", size_bytes)
    current_archive().receiving.take_whole(new, stream, bound)
