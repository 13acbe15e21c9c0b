"""Looking for garbage waits for a batch, and only for that."""

import gc
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.garbage import garbage_waits, imports_stay
from archive.index.whoosh.writer.segment_writer import ArrayWriter
from archive.settings.settings import Settings
from tests.filled_archive import add


def test_garbage_is_looked_for_again_whatever_happened() -> None:
    assert gc.isenabled()
    with garbage_waits():
        assert not gc.isenabled()
        with garbage_waits():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), garbage_waits():
        raise KeyError
    assert gc.isenabled()


def test_garbage_that_is_not_looked_for_stays_so() -> None:
    gc.disable()
    try:
        with garbage_waits():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_only_what_a_first_import_has_made_is_left_out_of_later_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left_out_while_enabled: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: left_out_while_enabled.append(gc.isenabled()))
    with imports_stay("archive.app"):
        assert not gc.isenabled()
    assert left_out_while_enabled == []
    with imports_stay("archive.that_is_not_there_yet"):
        assert not gc.isenabled()
    assert left_out_while_enabled == [False]
    assert gc.isenabled()


def test_garbage_waits_while_documents_are_indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    add_pages = ArrayWriter.add_pages

    def watch(writer: ArrayWriter, document: object) -> None:
        seen.append(gc.isenabled())
        add_pages(writer, document)  # type: ignore[arg-type]  # the same document

    monkeypatch.setattr(ArrayWriter, "add_pages", watch)
    with open_archive(Settings(data=tmp_path / "data")) as archive:
        add(archive, "ett", "sökord")
        archive.indexer.catch_up()
        archive.indexer.rebuild()
    assert seen == [False, False]
    assert gc.isenabled()


def test_it_serves_as_a_decorator_and_ends_with_an_error() -> None:
    @garbage_waits()
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert gc.isenabled()
