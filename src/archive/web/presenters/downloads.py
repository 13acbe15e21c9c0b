"""What a visitor may download of a document: the file itself, a clean copy, a PDF of what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.downloads import original_access
from archive.downloads.original_access import TELLING, holds_staff_words
from archive.ingest.filetypes.media_types import PDF
from archive.ingest.reading.on_demand import pdf_is_kept
from archive.model.documents import Document, Version
from archive.model.visibility import OriginalsPolicy, Visibility
from archive.visibility import may_have_clean_copy, may_have_original, policy_of
from archive.web.http.context import current_archive, current_visitor


@dataclass(frozen=True, slots=True)
class Download:
    """What is offered: the addresses of the file itself, a clean copy and a PDF of the slides, "" for none.

    `holds_staff_words`: whether the file holds what only staff may see, or may hold it.
    """

    original: str = ""
    clean: str = ""
    pdf: str = ""
    holds_staff_words: bool = False


def download(session: Session, record: CatalogueRecord, numbers: Sequence[int]) -> Download:
    """Return what the visitor may download of a document of which they see the pages `numbers`."""
    document, visitor = record.document, current_visitor()
    holds = holds_staff_words(session, document.version)
    is_original = may_have_original(visitor, original_policy(document), holds)
    is_pdf_itself = is_original and document.version.original.media_type == PDF
    offers_pdf = bool(numbers) and pdf_is_kept(document.version) and not is_pdf_itself
    offers_clean = holds and gets_clean_copy(session, document)
    return Download(
        original=url_for("files.original", document_id=document.id) if is_original else "",
        clean=url_for("files.clean_copy", document_id=document.id) if offers_clean else "",
        pdf=url_for("files.document_pdf", document_id=document.id) if offers_pdf else "",
        holds_staff_words=holds,
    )


def original_policy(document: Document) -> OriginalsPolicy:
    """Return who gets the originals of a document."""
    return policy_of(document.original_access, OriginalsPolicy(current_archive().settings.originals))


def gets_original(session: Session, document: Document, version: Version) -> bool:
    """Return whether the visitor may have the file of a version; that they may see it is known."""
    setting = OriginalsPolicy(current_archive().settings.originals)
    return original_access.gets_original(session, document, version, current_visitor(), setting)


def gets_clean_copy(session: Session, document: Document) -> bool:
    """Return whether the visitor may have a clean copy of a document, and whether there may be one."""
    version = document.version
    if not may_have_clean_copy(current_visitor(), original_policy(document)):
        return False
    if version.category not in TELLING:
        return False
    shown = pages.numbers(session, version.id, Visibility.PUBLIC)
    return current_archive().clean_copies.is_possible(version, shown)
