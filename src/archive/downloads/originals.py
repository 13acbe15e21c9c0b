"""The originals of all hits: those that the visitor may have, in a bag that says of the others why not.

The bag (BagIt 1.0, RFC 8493) is in a zip file that is taken away while it is written. `data/documents.csv`
lists all documents of the hits. Files are not compressed: decks and PDFs are already.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import IO, Final, Self
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from archive.catalogue.records import CatalogueRecord
from archive.csv_text import BOM, csv_text
from archive.downloads.provenance import Provenance
from archive.downloads.reading import DownloadInput
from archive.downloads.sink import Sink
from archive.errors import NotFound, StorageError
from archive.ingest.filetypes.media_types import SUFFIXES

LIST: Final = "data/documents.csv"
COLUMNS: Final = (
    "document_id",
    "version",
    "address",
    "title",
    "filename",
    "media_type",
    "size_bytes",
    "sha256",
    "file",
    "left_out",
)
NOT_YOURS: Final = "not for you: see the document's page for what there is instead"
DAMAGED: Final = "missing or damaged"

_PIECE_BYTES: Final = 256 * 1024
_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def originals(reading: DownloadInput) -> Iterator[bytes]:
    """Yield a zip file that is a bag."""
    rows: list[Sequence[str]] = []
    left_out_count = 0
    with BagZip.begun(reading.provenance.at) as bag:
        for portion in reading.documents():
            for record, is_theirs in portion:
                with ExitStack() as stack:
                    file = _opened(reading, record, stack) if is_theirs else None
                    if file:
                        yield from bag.stream(_path(record), file, record.document.version.original.sha256)
                left_out = "" if file else DAMAGED if is_theirs else NOT_YOURS
                left_out_count += not file
                rows.append(_row(reading, record, left_out))
            yield bag.taken()
        bag.add(LIST, csv_text(COLUMNS, rows).removeprefix(BOM).encode(errors="replace"))
        yield bag.finish(_info(reading.provenance, len(rows), left_out_count))


def _opened(reading: DownloadInput, record: CatalogueRecord, stack: ExitStack) -> IO[bytes] | None:
    """Return an original, open at its beginning; None where it is missing or has other bytes than it had."""
    sha256 = record.document.version.original.sha256
    try:
        file = stack.enter_context(reading.originals.path(sha256).open("rb"))
    except (NotFound, StorageError, OSError):
        return None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        return None
    file.seek(0)
    return file


def _path(record: CatalogueRecord) -> str:
    version = record.document.version
    suffix = SUFFIXES.get(version.original.media_type, "")
    return f"data/originals/{record.document.id}-v{version.number}{suffix}"


def _row(reading: DownloadInput, record: CatalogueRecord, left_out: str) -> Sequence[str]:
    document = record.document
    version = document.version
    return (
        document.id,
        str(version.number),
        f"{reading.site}/d/{document.id}",
        record.title,
        version.filename,
        version.original.media_type,
        str(version.original.size_bytes),
        version.original.sha256,
        "" if left_out else _path(record),
        left_out,
    )


def _info(provenance: Provenance, document_count: int, left_out_count: int) -> Mapping[str, str]:
    """Return what the bag says of itself, each on one line."""
    told = {
        "Bagging-Date": provenance.at.date().isoformat(),
        "External-Description": "Originals of the hits of a question; data/documents.csv lists them.",
        "External-Identifier": provenance.address,
        "Question": provenance.question,
        "Downloaded-At": provenance.at.isoformat(timespec="seconds"),
        "Licence": provenance.licence,
        "Hit-Count": str(provenance.hit_count),
        "Talk-Count": str(provenance.talk_count),
        "Document-Count": str(document_count),
        "Left-Out-Count": str(left_out_count),
    }
    return {name: " ".join(value.split()) for name, value in told.items() if value.strip()}


class BagZip:
    """A bag that is being written: `taken` gives what there is of it since the last time."""

    def __init__(self, zipped: ZipFile, sink: Sink, at: datetime) -> None:
        """Use `begun` instead."""
        self._zip = zipped
        self._sink = sink
        self._date = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        self._payload: list[tuple[str, str]] = []
        self._tags: list[tuple[str, str]] = []
        self._size_bytes = 0

    @classmethod
    @contextmanager
    def begun(cls, at: datetime) -> Iterator[Self]:
        """Begin a bag of a moment. It is one with `finish`; left before, nothing of it is whole."""
        sink = Sink()
        with ZipFile(sink, "w", ZIP_STORED) as zipped:
            bag = cls(zipped, sink, at)
            bag._tag("bagit.txt", _DECLARATION)
            yield bag

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        return self._sink.taken()

    def add(self, path: str, data: bytes) -> None:
        """Write a file of the payload: `path` begins with "data/"."""
        self._zip.writestr(self._info(path), data)
        self._list(path, hashlib.sha256(data).hexdigest(), len(data))

    def stream(self, path: str, file: IO[bytes], sha256: str) -> Iterator[bytes]:
        """Write an open file, whose digest is known, into the payload; yield what is written of it."""
        size_bytes = 0
        with self._zip.open(self._info(path), "w", force_zip64=True) as entry:
            while piece := file.read(_PIECE_BYTES):
                entry.write(piece)
                size_bytes += len(piece)
                yield self._sink.taken()
        self._list(path, sha256, size_bytes)

    def finish(self, info: Mapping[str, str]) -> bytes:
        """Write what makes it a bag; return all that was not taken before."""
        oxum = f"{self._size_bytes}.{len(self._payload)}"
        lines = {**info, "Payload-Oxum": oxum}
        self._tag("bag-info.txt", "".join(f"{name}: {value}\n" for name, value in lines.items()).encode())
        self._tag("manifest-sha256.txt", _manifest(self._payload))
        self._zip.writestr(self._info("tagmanifest-sha256.txt"), _manifest(self._tags))
        self._zip.close()
        return self._sink.taken()

    def _tag(self, name: str, data: bytes) -> None:
        self._zip.writestr(self._info(name), data)
        self._tags.append((hashlib.sha256(data).hexdigest(), name))

    def _list(self, path: str, sha256: str, size_bytes: int) -> None:
        self._payload.append((sha256, path))
        self._size_bytes += size_bytes

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._date)
        info.external_attr = 0o644 << 16
        return info


def _manifest(files: list[tuple[str, str]]) -> bytes:
    return "".join(f"{sha256}  {path}\n" for sha256, path in files).encode()
