import pytest
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, hidden_pages, pages
from archive.catalogue.accept import accept
from archive.errors import Gone, NotFound
from archive.model.visibility import Visibility
from tests.catalogue.conftest import new_file, put, read


def numbers(session: Session, document_id: str) -> tuple[int, ...]:
    """Return the slides that everybody sees."""
    version_id = documents.document(session, document_id).version.id
    return pages.numbers(session, version_id, Visibility.PUBLIC)


def put_read(session: Session, *titles: str) -> str:
    document_id = put(session)
    read(session, documents.document(session, document_id).version.id, *titles)
    return document_id


def test_slide_is_hidden_and_shown_again(session: Session) -> None:
    document_id = put_read(session, "A", "B", "C")
    seq = changes.last_seq(session)
    assert hidden_pages.set_hidden(session, document_id, 2, True, "kim")
    assert not hidden_pages.set_hidden(session, document_id, 2, True, "kim")
    assert numbers(session, document_id) == (1, 3)
    assert hidden_pages.hidden_numbers(session, document_id) == (2,)
    assert changes.hidden_after(session, seq) == {document_id}
    assert hidden_pages.set_hidden(session, document_id, 2, False, "kim")
    assert numbers(session, document_id) == (1, 2, 3)


def test_hidden_slide_stays_hidden_when_it_is_read_anew_and_wherever_it_stands_then(session: Session) -> None:
    document_id = put_read(session, "A", "Hemlig", "C")
    hidden_pages.set_hidden(session, document_id, 2, True, "kim")
    read(session, documents.document(session, document_id).version.id, "A", "Hemlig", "C")
    assert numbers(session, document_id) == (1, 3)
    version_id = accept(session, new_file("ny", "/in/a.pptx"), "kim").newest.id
    read(session, version_id, "Ny", "A", "Hemlig", "C")
    assert numbers(session, document_id) == (1, 4), "slide 2 too: better one too many"


def test_slide_that_its_author_hid_is_shown_where_staff_say_so(session: Session) -> None:
    document_id = put_read(session, "A")
    hidden_pages.set_hidden(session, document_id, 1, True, "kim")
    hidden_pages.set_hidden(session, document_id, 1, False, "kim")
    version_id = accept(session, new_file("ny", "/in/a.pptx"), "kim").newest.id
    read(session, version_id, "B", "A")
    assert numbers(session, document_id) == (1, 2)


def test_slide_of_no_document_or_of_a_withdrawn_one_is_not_hidden(session: Session) -> None:
    document_id = put_read(session, "A")
    for wrong in ((document_id, 2), ("nothing", 1)):
        with pytest.raises(NotFound):
            hidden_pages.set_hidden(session, *wrong, True, "kim")
    documents.withdraw(session, document_id, "kim")
    with pytest.raises(Gone):
        hidden_pages.set_hidden(session, document_id, 1, True, "kim")
