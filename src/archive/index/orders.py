"""What decides the order of talks and documents that are equal in all that a search orders by.

It is made of what they say and of their files, never of identifiers: these are drawn by chance, and two
archives of the same files and records would answer in different orders. Only what the index follows changes
of is in it.
"""

from hashlib import sha256
from typing import Final

from archive.analysis.collation import swedish_sort_key
from archive.catalogue.records import DocumentRecord
from archive.model.documents import Document

_TITLE_MAX_CHARS: Final = 300
# Below every sign of a title, so that one comes before a longer one that begins with it.
_END: Final = "\x01"


def group_order(record: DocumentRecord) -> str:
    """Return the order of a group: by title, else by its event and speakers, or by the document's file."""
    talk, event = record.talk, record.event
    said = [event.starts, event.title, event.occasion, event.place] if event else []
    if talk is None:
        said += _of_file(record.document)
    else:
        said += sorted(part.name for part in talk.contributions)
    return _order(record.title, said)


def document_order(document: Document) -> str:
    """Return the order of a document among those of its group: by title, else by its file."""
    return _order(document.title, _of_file(document))


def _of_file(document: Document) -> list[str]:
    return [document.version.original.sha256, document.version.filename]


def _order(title: str, said: list[str]) -> str:
    """Return a title's place in Swedish order, then a digest of all of it; of bounded length."""
    digest = sha256(_END.join([title, *said]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{swedish_sort_key(title).replace(chr(0), ' ')[:_TITLE_MAX_CHARS]}{_END}{digest}"
