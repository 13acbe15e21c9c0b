"""What a snapshot says of itself, written as JSON. What is read may come from anybody, and is checked."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from archive.disk.durable_files import sha256_of_file
from archive.errors import BackupDamaged, BackupRefused
from archive.search.sample_questions import SampleAnswer

FORMAT: Final = "archive-backup"
FORMAT_VERSION: Final = 1
KINDS: Final = ("originals", "pictures")

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class FilePart(_Part):
    """A file of the snapshot."""

    sha256: _Digest
    size_bytes: Annotated[int, Field(ge=0)]

    @classmethod
    def of(cls, path: Path) -> "FilePart":
        """Return what is to be said of a file."""
        return cls(sha256=sha256_of_file(path), size_bytes=path.stat().st_size)


class ObjectsPart(_Part):
    """The objects of one kind: `list` is the file that names them, `size_bytes` what all of them take."""

    count: Annotated[int, Field(ge=0)]
    size_bytes: Annotated[int, Field(ge=0)]
    list: FilePart


class QuestionPart(_Part):
    """A question, and what it got."""

    text: str
    groups: int
    slides: int
    facets: list[tuple[str, list[tuple[str, int]]]]
    order: list[tuple[str, int]]

    def as_answer(self) -> SampleAnswer:
        """Return what it got."""
        facets = tuple((name, tuple(values)) for name, values in self.facets)
        return SampleAnswer(self.groups, self.slides, facets, tuple(self.order))

    @classmethod
    def of(cls, text: str, answer: SampleAnswer) -> "QuestionPart":
        """Return a question with what it got."""
        facets = [(name, list(values)) for name, values in answer.facets]
        return cls(
            text=text, groups=answer.groups, slides=answer.slides, facets=facets, order=list(answer.order)
        )


class Manifest(_Part):
    """All that is known of a snapshot.

    `program` and `revision` are the versions of the archive and of its catalogue's tables. `lacking` are
    objects that the catalogue names and the archive itself had lost, or not whole, when the backup was made;
    `without_pictures`: pictures were left out. `settings_left_out` are settings that only make sense on the
    machine itself, or are secret. `unasked` says why there are no questions.
    """

    format: Literal["archive-backup"] = FORMAT
    format_version: int = FORMAT_VERSION
    archive: str
    made_at: datetime
    program: str
    revision: str
    catalogue: FilePart
    objects: dict[Literal["originals", "pictures"], ObjectsPart]
    uploads: dict[_Id, FilePart]
    lacking: list[_Digest] = []
    without_pictures: bool = False
    tables: dict[str, int]
    settings: dict[str, Any]
    settings_left_out: list[str] = []
    questions: list[QuestionPart]
    unasked: str = ""

    def as_bytes(self) -> bytes:
        """Return the JSON."""
        return self.model_dump_json(indent=1).encode()


def read_manifest(data: bytes, told_sum: str, name: str) -> Manifest:
    """Read a manifest that must have the SHA-256 in `told_sum`.

    Raises:
        BackupRefused: it is not one of the archive's, or of a newer version.
        BackupDamaged: it is not as it was written.
    """
    if hashlib.sha256(data).hexdigest() != told_sum[:64]:
        raise BackupDamaged(f"The manifest of backup {name} is not as it was written. Use another backup.")
    try:
        head = _Head.model_validate_json(data)
    except ValidationError:
        raise BackupRefused(f"What is in {name} is no backup of the archive.") from None
    if head.format_version > FORMAT_VERSION:
        raise newer(name, head.program)
    try:
        return Manifest.model_validate_json(data)
    except ValidationError:
        raise BackupRefused(f"What is in {name} is no backup of the archive.") from None


class _Head(_Part):
    format: Literal["archive-backup"]
    format_version: int
    program: str = ""


def newer(name: str, program: str) -> BackupRefused:
    """Return the error for a backup that a newer version has made."""
    return BackupRefused(
        f"Backup {name} was made by a newer version of the archive ({program}). Install that version."
    )


def as_list(digests: Iterable[str]) -> bytes:
    """Return the lines that name objects, as `sha256sum --check` reads them in the place's folder."""
    return "".join(f"{digest}  objects/{digest[:2]}/{digest}\n" for digest in digests).encode()


def read_list(data: bytes) -> tuple[str, ...]:
    """Return the objects that a list names."""
    return tuple(line[:64] for line in data.decode("ascii", "replace").splitlines())
