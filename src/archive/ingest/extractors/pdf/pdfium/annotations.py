"""What is on a page besides its own text: notes and marks, form fields, links."""

import ctypes
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from archive.ingest.extractors import left_out
from archive.ingest.extractors.pdf.pdfium.strings import utf16
from archive.model.pages import Block, BlockField, Paragraph

_ANNOTATIONS_MAX = 5_000
_OPTIONS_MAX = 200
_URI_MAX_BYTES = 4_096
_TOO_MANY = f"Only the first {_ANNOTATIONS_MAX:,} notes, links and form fields of a page were read."
_TOO_MANY_OPTIONS = f"Only the first {_OPTIONS_MAX} choices of a list in a form were read."
_LONG_LINK = f"Addresses of links with more than {_URI_MAX_BYTES:,} characters were left out."
_EXTERNAL = re.compile(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN
# Kinds that draw their words, or describe a link or a film. What others hold is what a reader has remarked:
# it stands in a window that opens, and is no part of the page.
_SHOWN = (
    pdfium_c.FPDF_ANNOT_FREETEXT,
    pdfium_c.FPDF_ANNOT_LINK,
    pdfium_c.FPDF_ANNOT_STAMP,
    pdfium_c.FPDF_ANNOT_WATERMARK,
    pdfium_c.FPDF_ANNOT_MOVIE,
    pdfium_c.FPDF_ANNOT_SCREEN,
    pdfium_c.FPDF_ANNOT_RICHMEDIA,
)
_STAMPS = (pdfium_c.FPDF_ANNOT_STAMP, pdfium_c.FPDF_ANNOT_WATERMARK)
_CHECKED = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
_LISTS = (pdfium_c.FPDF_FORMFIELD_LISTBOX, pdfium_c.FPDF_FORMFIELD_COMBOBOX)


@dataclass(slots=True)
class _Found:
    notes: dict[str, None] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)
    fields: dict[tuple[str, str], None] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)
    has_stamps: bool = False


def annotation_blocks(document: Any, page: Any) -> tuple[tuple[Block, ...], bool]:
    """Return the blocks of the annotations of a pypdfium2 page: FORM, ANNOTATION, COMMENT, LINK, EMBEDDED.

    And whether there are stamps or signatures, whose words stand in what draws them.
    """
    count = pdfium_c.FPDFPage_GetAnnotCount(page)
    if count <= 0:
        return (), False
    found = _Found()
    for index in left_out.up_to(range(count), _ANNOTATIONS_MAX, _TOO_MANY):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            try:
                _read(document, annotation, found)
            finally:
                pdfium_c.FPDFPage_CloseAnnot(annotation)
    return tuple(_blocks(found)), found.has_stamps


def _blocks(found: _Found) -> Iterator[Block]:
    if found.fields:
        yield Block(BlockField.FORM, rows=tuple(tuple(filter(None, row)) for row in found.fields))
    for name, texts in (
        (BlockField.ANNOTATION, found.notes),
        (BlockField.COMMENT, found.remarks),
        (BlockField.LINK, found.links),
        (BlockField.EMBEDDED, found.files),
    ):
        if texts:
            yield Block(name, paragraphs=tuple(map(Paragraph, texts)))


def _read(document: Any, annotation: Any, found: _Found) -> None:
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    if pdfium_c.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        _remark(kind, annotation, found)
        return
    found.has_stamps = (
        found.has_stamps or kind in _STAMPS or _is_signature(kind, document.formenv, annotation)
    )
    if kind == pdfium_c.FPDF_ANNOT_WIDGET:
        if row := _field(document.formenv, annotation):
            found.fields[row] = None
        return
    if kind == pdfium_c.FPDF_ANNOT_LINK:
        if uri := _uri(document, annotation):
            found.links[uri] = None
    elif kind == pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
        attached = pdfium_c.FPDFAnnot_GetFileAttachment(annotation)
        if attached and (name := attachment_name(attached)):
            found.files[name] = None
    if kind not in _SHOWN:
        _remark(kind, annotation, found)
    elif text := _text(annotation):
        found.notes[text] = None


def _remark(kind: int, annotation: Any, found: _Found) -> None:
    """Note what a reader has remarked, with who did; popups repeat it."""
    text = "" if kind == pdfium_c.FPDF_ANNOT_WIDGET else _text(annotation)
    is_repeated = kind == pdfium_c.FPDF_ANNOT_POPUP and any(text in remark for remark in found.remarks)
    if text and not is_repeated:
        found.remarks[_with_author(annotation, text)] = None


def _is_signature(kind: int, forms: Any, annotation: Any) -> bool:
    if kind != pdfium_c.FPDF_ANNOT_WIDGET or forms is None:
        return False
    return bool(pdfium_c.FPDFAnnot_GetFormFieldType(forms, annotation) == pdfium_c.FPDF_FORMFIELD_SIGNATURE)


def _text(annotation: Any) -> str:
    return _value(annotation, b"Contents") or _plain(_value(annotation, b"RC"))


def _with_author(annotation: Any, text: str) -> str:
    subject = _value(annotation, b"Subj")
    author = _value(annotation, b"T")
    heading = ": ".join(part for part in (author, subject) if part and part not in text)
    return f"{heading}: {text}" if heading else text


def _plain(rich: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", rich)).split())


def _value(annotation: Any, key: bytes) -> str:
    return utf16(lambda buffer, size: pdfium_c.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _field(forms: Any, annotation: Any) -> tuple[str, str] | None:
    """Return a form field as label and value."""
    if forms is None:
        label, value = _value(annotation, b"TU") or _value(annotation, b"T"), _value(annotation, b"V")
        return (label, value) if label or value else None

    def read(get: Callable[..., int]) -> str:
        return utf16(lambda buffer, size: get(forms, annotation, buffer, size))

    label = read(pdfium_c.FPDFAnnot_GetFormFieldAlternateName) or read(pdfium_c.FPDFAnnot_GetFormFieldName)
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(forms, annotation)
    if kind in _CHECKED:
        is_checked = pdfium_c.FPDFAnnot_IsChecked(forms, annotation)
        value = read(pdfium_c.FPDFAnnot_GetFormFieldExportValue) if is_checked else ""
    else:
        value = read(pdfium_c.FPDFAnnot_GetFormFieldValue)
        if kind in _LISTS:
            value = ", ".join(dict.fromkeys(filter(None, (value, *_options(forms, annotation)))))
    return (label, value) if label or value else None


def _options(forms: Any, annotation: Any) -> Iterator[str]:
    count = pdfium_c.FPDFAnnot_GetOptionCount(forms, annotation)
    for index in left_out.up_to(range(count), _OPTIONS_MAX, _TOO_MANY_OPTIONS):

        def fill(buffer: object, size: int, index: int = index) -> int:
            return int(pdfium_c.FPDFAnnot_GetOptionLabel(forms, annotation, index, buffer, size))

        yield utf16(fill)


def _uri(document: Any, annotation: Any) -> str:
    """Return the target of a link to somewhere outside the file, "" for others."""
    link = pdfium_c.FPDFAnnot_GetLink(annotation)
    action = pdfium_c.FPDFLink_GetAction(link) if link else None
    if not action or pdfium_c.FPDFAction_GetType(action) != pdfium_c.PDFACTION_URI:
        return ""
    length = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0)
    if length > _URI_MAX_BYTES:
        left_out.note(_LONG_LINK)
    if not 1 < length <= _URI_MAX_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFAction_GetURIPath(document, action, buffer, length)
    uri = buffer.value.decode("utf-8", "replace").strip()
    return uri if _EXTERNAL.match(uri) else ""


def attachment_name(attachment: Any) -> str:
    """Return the file name of a pdfium attachment."""
    return utf16(lambda buffer, size: pdfium_c.FPDFAttachment_GetName(attachment, buffer, size))
