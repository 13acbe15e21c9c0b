"""What a visitor may download of a document: the file itself, or a PDF of what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.hidden_pages import shows_staff_words
from archive.catalogue.records import DocumentRecord
from archive.ingest.filetypes.media_types import FULLY_READ, PDF
from archive.ingest.reading.on_demand import pdf_is_kept
from archive.model.documents import Version
from archive.model.extraction import Outcome
from archive.model.pages import BlockField
from archive.model.visibility import OriginalsPolicy
from archive.visibility import STAFF_FIELDS, may_have_original
from archive.web.http.context import current_archive, current_visitor

# The names of files attached to a PDF stand in this field: they may hold anything.
_ATTACHED = frozenset({BlockField.EMBEDDED})
_TELLING = (Outcome.OK, Outcome.EMPTY_NEEDS_OCR)


@dataclass(frozen=True, slots=True)
class Download:
    """What is offered: the addresses of the file itself and of a PDF of the slides, "" for none."""

    original: str = ""
    pdf: str = ""


def download(session: Session, record: DocumentRecord, numbers: Sequence[int]) -> Download:
    """Return what the visitor may download of a document of which they see the pages `numbers`."""
    document = record.document
    is_original = gets_original(session, document.version)
    is_pdf_itself = is_original and document.version.original.media_type == PDF
    offers_pdf = bool(numbers) and pdf_is_kept(document.version) and not is_pdf_itself
    return Download(
        original=url_for("files.original", document_id=document.id) if is_original else "",
        pdf=url_for("files.document_pdf", document_id=document.id) if offers_pdf else "",
    )


def gets_original(session: Session, version: Version) -> bool:
    """Return whether the visitor may have the file of a version; that they may see it is known."""
    policy = OriginalsPolicy(current_archive().settings.originals)
    if may_have_original(current_visitor(), policy, holds_staff_words=True):
        return True
    is_possible = may_have_original(current_visitor(), policy, holds_staff_words=False)
    return is_possible and not _holds_staff_words(session, version)


def _holds_staff_words(session: Session, version: Version) -> bool:
    """Return whether the file holds what only staff may see, or whether nobody knows."""
    media_type = version.original.media_type
    is_partial_pdf = media_type == PDF and version.category is Outcome.OK_PARTIAL
    if media_type not in FULLY_READ or not (version.category in _TELLING or is_partial_pdf):
        return True
    fields = STAFF_FIELDS | _ATTACHED if media_type == PDF else STAFF_FIELDS
    return shows_staff_words(session, version.id, fields)
