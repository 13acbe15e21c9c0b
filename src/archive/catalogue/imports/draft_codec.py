"""Drafts and read pages as JSON, checked when they are read back."""

from typing import Any

from pydantic import TypeAdapter

from archive.model.seminar_pages.seminar_draft import KeptField, SeminarDraft
from archive.model.seminar_pages.seminar_page import SeminarPage

_DRAFT, _PAGE, _KEPT = TypeAdapter(SeminarDraft), TypeAdapter(SeminarPage), TypeAdapter(KeptField)


def packed(value: SeminarDraft | SeminarPage | KeptField) -> dict[str, Any]:
    """Return a record as JSON has it."""
    adapter: TypeAdapter[Any] = _DRAFT
    if isinstance(value, SeminarPage):
        adapter = _PAGE
    elif isinstance(value, KeptField):
        adapter = _KEPT
    made: dict[str, Any] = adapter.dump_python(value, mode="json")
    return made


def unpacked_draft(value: object) -> SeminarDraft:
    """Return the draft that was packed."""
    return _DRAFT.validate_python(value)


def unpacked_page(value: object) -> SeminarPage:
    """Return the page that was packed."""
    return _PAGE.validate_python(value)


def unpacked_kept(value: object) -> KeptField:
    """Return the field that was packed."""
    return _KEPT.validate_python(value)
