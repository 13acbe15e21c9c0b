"""How words are written, and which of them OCR alone has read."""

from collections.abc import Iterator

import pytest

from archive.app import Archive
from archive.model.pages import BlockField, Page
from archive.model.visibility import Visibility
from archive.search.written_forms import WrittenForms
from tests.filled_archive import add, block, opened, slide

_PUBLIC = Visibility.PUBLIC


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("written")) as made:
        read = Page(
            1, (block(BlockField.TITLE, "Karta"), block(BlockField.OCR, "Gruvkarla länskarta")), language="sv"
        )
        add(made, "Karta", read)
        add(made, "Länskarta", Page(1, (block(BlockField.OCR, "länskarta"),), language="sv"))
        add(made, "Talare", slide("Öppna data", "av Björn Lundell, bjorn.lundell@example.se", "Upphandling"))
        add(made, "Mer", slide("Om upphandling", "Upphandling", "Hemliga Holm"), visibility=Visibility.STAFF)
        made.indexer.catch_up()
        yield made


@pytest.mark.parametrize(
    ("form", "written"),
    [("lundell", "Lundell"), ("björn", "Björn"), ("upphandling", "upphandling"), ("x", "x")],
)
def test_a_word_is_written_as_it_mostly_is(archive: Archive, form: str, written: str) -> None:
    assert WrittenForms(archive.database, archive.engine).written(form, _PUBLIC) == written


def test_what_the_visitor_may_not_see_says_nothing(archive: Archive) -> None:
    forms = WrittenForms(archive.database, archive.engine)
    assert forms.written("holm", _PUBLIC) == "holm"
    assert forms.written("holm", Visibility.STAFF) == "Holm"
    assert forms.beginning("hol", _PUBLIC, 3) == []


def test_a_word_that_ocr_alone_has_read_once_is_not_said(archive: Archive) -> None:
    forms = WrittenForms(archive.database, archive.engine)
    assert not forms.is_said("gruvkarla", _PUBLIC)
    assert forms.is_said("länskarta", _PUBLIC)
    assert forms.is_said("lundell", _PUBLIC)
    assert not forms.is_said("holm", _PUBLIC)


def test_such_a_word_is_neither_suggested_nor_offered(archive: Archive) -> None:
    assert [one.text for one in archive.suggestions.suggest("gruvk", _PUBLIC)] == []
    assert [one.text for one in archive.suggestions.suggest("länsk", _PUBLIC)][-1:] != ["gruvkarla"]
