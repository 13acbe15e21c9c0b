"""Files that were sent and hold a person's words: they are not taken in."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from archive.catalogue.database.sessions import Session
from archive.catalogue.uploads import uploads
from archive.errors import NotFound
from archive.model.uploads import UploadState

CODE: Final = "erased"
_MESSAGE: Final = "It has words in it that were erased from the archive. Send it without them."


def refuse_uploads(session: Session, upload_ids: Iterable[str]) -> list[str]:
    """Refuse uploads that are on their way; return those whose bytes are to be removed."""
    session.expire_all()  # their names have just been replaced
    refused = []
    for upload_id in sorted(upload_ids):
        with suppress(NotFound):
            if uploads.find(session, upload_id).state in (UploadState.RECEIVING, UploadState.RECEIVED):
                uploads.refuse(session, upload_id, CODE, _MESSAGE)
                refused.append(upload_id)
    session.flush()
    return refused
