"""What has not come in: uploads and links that are on their way or wait, and files that were refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.orm import Session

from archive.catalogue.outcomes import FileNotTaken
from archive.catalogue.tables.imports import ImportLinkRow
from archive.catalogue.tables.uploads import UploadedFileRow, UploadRow
from archive.model.extraction import Outcome
from archive.model.seminar_pages.imports import LinkState
from archive.model.uploads import REFUSED, UploadState, UploadTarget

_ABOUT = (
    UploadRow.filename,
    UploadRow.updated_at,
    UploadRow.event_id,
    UploadRow.talk_id,
    UploadRow.document_id,
)
PAGE_SIZE = 50
"""How many files a page of a list has."""

ADVICE = {
    Outcome.PASSWORD.value: "It is locked with a password. Save a copy without one and give that instead.",
    Outcome.UNSUPPORTED_TYPE.value: "Save it as .pptx or .pdf and give that instead.",
    Outcome.DAMAGED.value: "It is damaged. Open it in its own program, save it anew and give that instead.",
    Outcome.RESOURCE_LIMIT.value: "It is too large. Split it, or raise the bounds in archive.toml.",
    "too_large": "It is too large. Split it, or raise the bounds in archive.toml.",
    "expired": "It was not sent to its end. Send it again.",
    "bad_seminar_file": "Mend the seminar.toml as it is said here, and give its folder again.",
    "bad_path": "Let the archive read it (see the rights of the file), and give it again.",
}
"""What to do about files that were refused, by the reason's code."""

OTHER = "Do what is said here, and give it again."


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken in, and why. `target` is where an upload was meant for, None for others."""

    name: str
    code: str
    message: str
    at: datetime
    target: UploadTarget | None = None


@dataclass(frozen=True, slots=True)
class WaitingUploads:
    """How many uploads are in a state for a reason ("": in due course), and since when the oldest is."""

    state: UploadState
    message: str
    count: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingLinks:
    """How many of imports' links wait to be fetched for a reason ("": in due course), and since when."""

    message: str
    count: int
    oldest_at: datetime


def advice(code: str) -> str:
    """Return what to do about files that were refused for a reason."""
    return ADVICE.get(code, OTHER)


def waiting(session: Session) -> tuple[WaitingUploads, ...]:
    """Return the uploads of which bytes still come, and those that wait to be taken in, by reason."""
    states = [UploadState.RECEIVING.value, UploadState.RECEIVED.value]
    rows = session.execute(
        select(UploadRow.state, UploadRow.message, func.count(), func.min(UploadRow.made_at))
        .where(UploadRow.state.in_(states))
        .group_by(UploadRow.state, UploadRow.message)
        .order_by(UploadRow.state.desc(), UploadRow.message)
    )
    return tuple(WaitingUploads(UploadState(row[0]), row[1], row[2], row[3]) for row in rows)


def waiting_links(session: Session) -> tuple[WaitingLinks, ...]:
    """Return the links of imports that are still to be fetched, by why the last try failed."""
    rows = session.execute(
        select(ImportLinkRow.message, func.count(), func.min(ImportLinkRow.queued_at))
        .where(ImportLinkRow.state == LinkState.WAITING.value)
        .group_by(ImportLinkRow.message)
        .order_by(ImportLinkRow.message)
    )
    return tuple(WaitingLinks(*row) for row in rows)


def refused(session: Session, refusals: Iterable[FileNotTaken]) -> dict[str, list[RefusedFile]]:
    """Return the files that were refused by the reason's code, each newest first.

    Args:
        session: a session that reads.
        refusals: files of ingests and watched folders that were refused.
    """
    files = [
        *(_of_upload(*row) for row in session.execute(_uploads())),
        *(_of_upload(*row) for row in session.execute(_files_in_uploads())),
        *(RefusedFile(one.file, one.code, one.message, one.at) for one in refusals),
    ]
    files.sort(key=lambda file: file.at, reverse=True)
    found: dict[str, list[RefusedFile]] = {}
    for file in files:
        found.setdefault(file.code, []).append(file)
    return dict(sorted(found.items()))


def _uploads() -> Select[*tuple[Any, ...]]:
    return select(UploadRow.filename, UploadRow.code, UploadRow.message, *_ABOUT).where(
        UploadRow.state == UploadState.REFUSED.value
    )


def _files_in_uploads() -> Select[*tuple[Any, ...]]:
    """Select the files that were refused in an upload that was taken in: a zip, a mail."""
    is_refused = UploadedFileRow.outcome == literal_column(f"'{REFUSED}'")  # as its partial index has it
    return (
        select(UploadedFileRow.file, UploadedFileRow.code, UploadedFileRow.message, *_ABOUT)
        .join(UploadRow, UploadRow.id == UploadedFileRow.upload_id)
        .where(is_refused, UploadRow.state == UploadState.TAKEN.value)
    )


def _of_upload(name: str, code: str, message: str, filename: str, at: datetime, *target: str) -> RefusedFile:
    return RefusedFile(name or filename, code, message, at, UploadTarget(*target))
