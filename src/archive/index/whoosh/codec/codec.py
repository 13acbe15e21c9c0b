"""Our postings as a Whoosh codec: how Whoosh itself reads segments of ours.

Searches go around it (`evaluate.py`); it serves the query types that the evaluator does not know.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader, W3Segment
from whoosh.reading import TermNotFound

from archive.index.whoosh.codec.cursors import ArrayCursor, ArrayMatcher, term_info
from archive.index.whoosh.segment.postings import LENGTHS, FieldPostings
from archive.index.whoosh.segment.schema import DOCUMENT
from archive.index.whoosh.segment.segment import Segment


class ArrayCodec(W3Codec):
    """Reads segments of arrays. Writing is done by `ArrayWriter`, which gathers whole fields."""

    def per_document_writer(self, _storage: Any, _segment: Any) -> Any:
        """Return a writer that keeps nothing: no field is stored, and columns are ours."""
        return _NoPerDocument()

    def field_writer(self, _storage: Any, _segment: Any) -> Any:
        """Return a writer that keeps nothing: `ArrayWriter` writes postings."""
        return _NoPostings()

    def new_segment(self, _storage: Any, indexname: str) -> Any:
        """Return the record of a new segment."""
        return W3Segment(self, indexname)

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTermsReader":
        """Open a segment's postings for Whoosh."""
        return ArrayTermsReader(Segment(Path(storage.folder), segment))

    def per_document_reader(self, storage: Any, segment: Any) -> "ArrayDocumentReader":
        """Open a segment's lengths for Whoosh."""
        return ArrayDocumentReader(storage, segment)


class _NoPerDocument(base.PerDocumentWriter):
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class _NoPostings(base.FieldWriter):
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class ArrayDocumentReader(W3PerDocReader):
    """Lengths of fields; there are no stored fields."""

    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage, segment)
        self._folder = Path(storage.folder)

    @cached_property
    def _fields(self) -> dict[str, FieldPostings]:
        return Segment(self._folder, self._segment).fields

    def has_column(self, _fieldname: str) -> bool:
        """Say that there are no columns of Whoosh's."""
        return False

    def stored_fields(self, _docnum: int) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def field_length(self, fieldname: str) -> int:
        """Return how many tokens the field has on all pages."""
        field = self._fields.get(fieldname)
        return field.length_sum if field else 0

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many tokens the field has on a page, rounded as Whoosh rounds."""
        field = self._fields.get(fieldname)
        return int(LENGTHS[field.lengths[docnum]]) if field else default

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int]:
        """Return `doc_field_length` of one field."""
        return lambda docnum: self.doc_field_length(docnum, fieldname, default)

    def min_field_length(self, fieldname: str) -> int:
        """Return the least number of tokens on a page."""
        field = self._fields.get(fieldname)
        return int(LENGTHS[field.lengths.min()]) if field else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest number of tokens on a page."""
        field = self._fields.get(fieldname)
        return int(LENGTHS[field.lengths.max()]) if field else 0


class ArrayTermsReader(base.TermsReader):
    """Terms and postings of one segment."""

    def __init__(self, segment: Segment) -> None:
        self.array_segment = segment

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldPostings | None, int]:
        field = self.array_segment.fields.get(fieldname)
        return field, field.terms.find(text) if field else -1

    def _found(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        field, term = self._find(fieldname, text)
        if field is None or term < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, term

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term)[1] >= 0

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return sorted([DOCUMENT, *map(str, self.array_segment.fields)])

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Return a walk over a field's terms."""
        return ArrayCursor(self.array_segment.fields.get(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms of all fields in order."""
        for field in sorted(self.array_segment.fields):
            table = self.array_segment.fields[field].terms
            yield from ((str(field), table.raw(place)) for place in range(len(table)))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from `prefix` of a field on."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Yield all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Yield the terms from `prefix` of a field on with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return a term's statistics."""
        return term_info(*self._found(fieldname, text))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many pages hold a term, removed ones included."""
        field, term = self._find(fieldname, text)
        return field.frequency(term) if field and term >= 0 else 0

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return a term's weights on all pages."""
        field, term = self._find(fieldname, text)
        return float(field.weights_at(slice(*field.span(term))).sum()) if field and term >= 0 else 0.0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """Return a term's postings."""
        return ArrayMatcher(*self._found(fieldname, text), format_, scorer, (fieldname, text))

    def close(self) -> None:
        """Do nothing: the file is unmapped with the last reader."""
