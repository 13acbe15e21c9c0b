"""Whether a version holds what only staff may see: asked of the database, which reads the pages itself."""

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents, pages
from archive.catalogue.hidden_pages import shows_staff_words
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.visibility import STAFF_FIELDS
from tests.catalogue.conftest import put


def _block(field: BlockField, text: str = "Ord") -> Block:
    return Block(field, (Paragraph(text),), rows=(("notes", "comment"),))


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (Page(2, (_block(BlockField.BODY, 'notes ["notes", ['), _block(BlockField.TITLE, "comment"))), False),
        (Page(2), False),
        (Page(2, (_block(BlockField.BODY), _block(BlockField.NOTES))), True),
        (Page(2, (_block(BlockField.COMMENT),)), True),
        (Page(2, hidden=True), True),
        (Page(2, broken="för stor"), True),
    ],
)
def test_staff_words_are_found_by_their_field_alone(session: Session, last: Page, expected: bool) -> None:
    version_id = documents.document(session, put(session)).version.id
    read = Extraction(Outcome.OK, (Page(1, (_block(BlockField.BODY),)), last))
    pages.save_extraction(session, version_id, read, "sv", "")
    assert shows_staff_words(session, version_id, STAFF_FIELDS) is expected
    assert not shows_staff_words(session, "another", STAFF_FIELDS)
