"""The originals of all hits: those that the visitor may have, in a bag that says of the others why not.

`data/documents.csv` lists all documents of the hits. Files are not compressed: decks and PDFs are already.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import IO, Final

from archive.catalogue.records import DocumentRecord
from archive.csv_text import BOM, csv_text
from archive.downloads.bag_zip import BagZip
from archive.downloads.provenance import Provenance
from archive.downloads.reading import Reading
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


def originals(reading: Reading) -> Iterator[bytes]:
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


def _opened(reading: Reading, record: DocumentRecord, stack: ExitStack) -> IO[bytes] | None:
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


def _path(record: DocumentRecord) -> str:
    version = record.document.version
    suffix = SUFFIXES.get(version.original.media_type, "")
    return f"data/originals/{record.document.id}-v{version.number}{suffix}"


def _row(reading: Reading, record: DocumentRecord, left_out: str) -> Sequence[str]:
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
