"""What changes a slide's words or picture drops what it is compared by."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents, jobs, ocr_results, pages
from archive.catalogue.erasing import rewriting
from archive.catalogue.erasing.rewriting import NewFiles, NewPicture
from archive.catalogue.reuse import families, greys, signatures
from archive.catalogue.reuse.signatures import Signature
from archive.model.documents import Original
from archive.model.pages import Block, BlockField, Paragraph, Picture
from tests.catalogue.conftest import database, put, read, session

__all__ = ["database", "session"]


@pytest.fixture
def version_id(session: Session) -> str:
    """A version with a drawn slide of Anna Berg's, which has its signature."""
    made = documents.versions(session, put(session, "ett"))[0].id
    read(session, made, "Av Anna Berg")
    pages.save_picture(session, made, Picture(1, 960, 540, 320, 180, "a" * 64, "b" * 64))
    session.flush()
    greys.save(session, made, 1, bytes(432))
    jobs.drop(session, [made])
    signatures.add(session, made, 1, Signature(20, bytes(512), (1, 2)), ())
    signatures.note_signed(session, made, 1)
    session.flush()
    return made


def erase_words(session: Session, version_id: str) -> None:
    del version_id
    rewriting.replace_words(session, lambda text: text.replace("Anna Berg", "…"), None)


def erase_files(session: Session, version_id: str) -> None:
    original = Original("c" * 64, 7, "application/pdf")
    picture = NewPicture(1, "d" * 64, "e" * 64, ())
    rewriting.replace_files(session, NewFiles(version_id, original, "a.pdf", (picture,)))


def read_by_ocr(session: Session, version_id: str) -> None:
    block = Block(BlockField.OCR, (Paragraph("Ord som OCR läste"),))
    ocr_results.save(session, version_id, 1, block, (), "test")
    ocr_results.finish(session, version_id, "test")


@pytest.mark.parametrize("change", [erase_words, erase_files, read_by_ocr])
def test_changed_slide_is_signed_anew(
    session: Session, version_id: str, change: Callable[[Session, str], None]
) -> None:
    change(session, version_id)
    assert 1 not in families.own_signatures(session, version_id)
    assert signatures.is_waiting(session, version_id, 1)


def test_erased_picture_is_made_grey_anew(session: Session, version_id: str) -> None:
    erase_files(session, version_id)
    assert not greys.of_version(session, version_id)
    assert greys.missing(session, version_id) == {1: "e" * 64}


def test_words_that_are_not_erased_leave_signatures_alone(session: Session, version_id: str) -> None:
    rewriting.replace_words(session, lambda text: text.replace("Bo Ek", "…"), None)
    assert 1 in families.own_signatures(session, version_id)
