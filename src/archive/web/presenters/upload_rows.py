"""What the page says of uploads: a row a file, how far it has come, what is wrong, and what to do."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import url_for

from archive.catalogue.accept import Acceptance
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.uploads import (
    LEFT_OUT,
    REFUSED,
    FileReading,
    UploadProgress,
    UploadState,
    UploadTarget,
)
from archive.web.http.language import gettext, message_text, ngettext
from archive.web.presenters.names import number, outcome_text

_WILL_NOT_CHANGE = (Outcome.PASSWORD, Outcome.UNSUPPORTED_TYPE)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a file: what it says, and whether it is "done", "now", "failed" or still "ahead"."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with its steps. `remedies` are "again", "password", "replace", "separate"."""

    key: str
    name: str
    steps: Sequence[Step] = ()
    problem: str = ""
    document_id: str = ""
    title: str = ""
    remedies: frozenset[str] = frozenset()
    is_pending: bool = False
    is_failed: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """An upload: itself as a file, or the files that were in it. `mark` changes with what the row says."""

    upload_id: str
    name: str
    folder: str
    login: str
    size_bytes: int
    files: Sequence[FileView]
    is_zip: bool
    mark: str = ""

    @property
    def is_pending(self) -> bool:
        """Return whether more is going to happen by itself."""
        return any(file.is_pending for file in self.files)

    @property
    def is_failed(self) -> bool:
        """Return whether one of its files needs somebody."""
        return any(file.is_failed for file in self.files)


@dataclass(frozen=True, slots=True)
class UploadArea:
    """What a page needs to take files: where they go to, how large they may be, and the rows of others."""

    target: UploadTarget
    here: str
    rows: Sequence[RowView]
    file_max_bytes: int
    zip_max_bytes: int
    piece_max_bytes: int
    older: str = ""
    newer: str = ""
    refusal: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def is_pending(self) -> bool:
        """Return whether the rows are going to change."""
        return any(row.is_pending for row in self.rows)

    @property
    def summary(self) -> str:
        """Return how many files are done, on their way and in need of somebody."""
        failed = sum(row.is_failed for row in self.rows)
        pending = sum(row.is_pending for row in self.rows)
        done = len(self.rows) - sum(row.is_failed or row.is_pending for row in self.rows)
        said = [
            ngettext("%(count)s klar", "%(count)s klara", done, count=done),
            gettext("%(count)s på väg", count=pending) if pending else "",
            gettext("%(count)s gick inte", count=failed) if failed else "",
        ]
        return ", ".join(filter(None, said))


def target_fields(target: UploadTarget) -> dict[str, str]:
    """Return the fields of forms that say what a file is meant for."""
    given = {"event": target.event_id, "talk": target.talk_id, "document": target.document_id}
    return {name: value for name, value in given.items() if value}


def row_view(row: UploadProgress, received_bytes: int) -> RowView:
    """Return what the page says of an upload of which so many bytes are here."""
    upload = row.upload
    if upload.state is UploadState.TAKEN:
        files = [_file_view(row, file) for file in row.files]
    else:
        files = [_before(row, received_bytes)]
    view = RowView(
        upload.id,
        upload.given.filename,
        upload.given.folder,
        upload.given.login,
        upload.given.size_bytes,
        files,
        is_zip=any(file.name for file in files),
    )
    return replace(view, mark=hashlib.sha256(repr(view).encode()).hexdigest()[:12])


def _before(row: UploadProgress, received_bytes: int) -> FileView:
    """Return the view of an upload that has not been taken in."""
    upload = row.upload
    ahead = [Step(text, "ahead") for text in (gettext("läst"), gettext("bilder"), gettext("sökbar"))]
    if upload.state is UploadState.REFUSED:
        steps = [Step(gettext("togs inte emot"), "failed")]
        problem = message_text(upload.message)
        return FileView(upload.id, "", steps, problem, remedies=frozenset({"replace"}), is_failed=True)
    if upload.state is UploadState.RECEIVED:
        steps = [Step(gettext("mottagen"), "done"), Step(gettext("läses …"), "now"), *ahead[1:]]
        return FileView(upload.id, "", steps, message_text(upload.message), is_pending=True)
    percent = int(100 * received_bytes / max(1, upload.given.size_bytes))
    steps = [Step(gettext("tas emot, %(percent)s %%", percent=percent), "now"), *ahead]
    return FileView(upload.id, "", steps, is_pending=True)


def _file_view(row: UploadProgress, file: FileReading) -> FileView:
    uploaded = file.uploaded
    key = f"{row.upload.id}-{file.number}"
    if uploaded.outcome in (REFUSED, LEFT_OUT):
        steps = [Step(gettext("togs inte emot"), "failed")]
        return FileView(
            key,
            uploaded.file,
            steps,
            message_text(uploaded.message),
            remedies=frozenset({"replace"}),
            is_failed=uploaded.outcome == REFUSED,
        )
    category = None if file.category is None else Outcome(file.category)
    is_readable = category is None or category.is_read or file.has_jobs
    is_pending = file.has_jobs or (is_readable and file.searchable_at is None)
    is_failed = not is_readable or bool(file.problem_of_pictures)
    return FileView(
        key,
        uploaded.file,
        [Step(gettext("mottagen"), "done"), *_steps(file, category, is_readable)],
        _problem(file, category),
        uploaded.document_id or "",
        file.title,
        _remedies(file, category, is_readable),
        is_pending,
        is_failed and not file.has_jobs,
    )


def _steps(file: FileReading, category: Outcome | None, is_readable: bool) -> list[Step]:
    if category is None:
        read = Step(gettext("läses …"), "now")
    elif is_readable:
        read = Step(_read_text(file), "done")
    else:
        return [Step(gettext("kunde inte läsas"), "failed")]
    if file.pictures_done:
        pictures = Step(gettext("bilder"), "failed" if file.problem_of_pictures else "done")
    else:
        pictures = Step(gettext("bilder"), "now" if category else "ahead")
    is_found = file.searchable_at is not None
    found = Step(gettext("sökbar"), "done" if is_found else "now" if category else "ahead")
    return [read, pictures, found]


def _read_text(file: FileReading) -> str:
    count = file.page_count
    if file.kind == DocumentKind.DECK.value:
        pages = ngettext("%(count)s bild", "%(count)s bilder", count, count=number(count))
    else:
        pages = ngettext("%(count)s sida", "%(count)s sidor", count, count=number(count))
    if file.word_count is None:
        return gettext("läst (%(pages)s)", pages=pages)
    words = ngettext("%(count)s ord", "%(count)s ord", file.word_count, count=number(file.word_count))
    return gettext("läst (%(pages)s, %(words)s)", pages=pages, words=words)


def _problem(file: FileReading, category: Outcome | None) -> str:
    """Return what is wrong with a file or worth knowing, "" for nothing."""
    if file.uploaded.outcome == Acceptance.DUPLICATE.value:
        return gettext("Arkivet har redan samma fil, så inget nytt dokument gjordes.")
    if category is None or category is Outcome.OK:
        return message_text(file.problem_of_pictures)
    if file.has_jobs and category is Outcome.EMPTY_NEEDS_OCR:
        return gettext("Orden i bilderna läses.")
    said = message_text(file.message) if file.message else outcome_text(category)
    return " ".join(filter(None, (said, message_text(file.problem_of_pictures))))


def _remedies(file: FileReading, category: Outcome | None, is_readable: bool) -> frozenset[str]:
    remedies = set()
    if file.uploaded.outcome == Acceptance.DUPLICATE.value and not file.uploaded.file:
        remedies.add("separate")
    if not is_readable:
        remedies.add("replace")
    if category is Outcome.PASSWORD:
        remedies.add("password")
    if (not is_readable and category not in _WILL_NOT_CHANGE) or file.problem_of_pictures:
        remedies.add("again")
    return frozenset(remedies)


def place_of(target: UploadTarget) -> str:
    """Return the address of the page that shows the uploads of a target."""
    if target.document_id:
        return url_for("documents.document", document_id=target.document_id)
    if target.event_id:
        return url_for("events.event", event_id=target.event_id)
    return url_for("staff.index")
