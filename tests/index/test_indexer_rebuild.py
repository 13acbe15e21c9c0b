"""An index that cannot be used is made anew, beside the old one, and it is said why."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.analysis.swedish import SwedishAnalyzer
from archive.app import Archive
from archive.catalogue import documents
from archive.disk.durable_files import sha256_of_file
from archive.index.catalogue_reader import fingerprint
from archive.index.documents import IndexDocument, Watermark
from archive.index.indexer import Indexer
from archive.index.query import MatchAll
from archive.index.search import Scope
from archive.index.whoosh.directory import array_file
from archive.index.whoosh.directory.storage import digest_path
from archive.index.whoosh.engine import WhooshEngine
from archive.model.visibility import Visibility
from tests.analysis.analyzers import ANALYZER
from tests.filled_archive import add, ask, opened
from tests.index.stock_whoosh.engine import StockWhooshEngine

_OUTDATED = "the index was made by another version or another engine"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as opened_archive:
        yield opened_archive


class _OtherAnalyzer(SwedishAnalyzer):
    def __init__(self) -> None:
        super().__init__(ANALYZER.lexicon)

    @property
    def fingerprint(self) -> str:
        return "another one"


def test_new_archive_has_an_index_at_once(archive: Archive) -> None:
    assert archive.indexer.reason_to_rebuild(thorough=True) == ""
    mark = archive.engine.watermark()
    assert mark is not None
    assert (mark.epoch, mark.seq) == (archive.database.epoch, 0)


def _remove_index(archive: Archive) -> None:
    archive.engine.close()
    shutil.rmtree(archive.settings.data / "index")
    (archive.settings.data / "index").mkdir(mode=0o700)


def _damage_segment(archive: Archive) -> None:
    archive.engine.close()
    segment = next((archive.settings.data / "index" / "current").glob("*.arrays"))
    held = bytearray(segment.read_bytes())
    held[len(held) // 2] ^= 0xFF
    segment.write_bytes(held)


def _damage_contents(archive: Archive) -> None:
    archive.engine.close()
    next((archive.settings.data / "index" / "current").glob("*.toc")).write_bytes(b"nonsense")


def _cut_segment(archive: Archive) -> None:
    archive.engine.close()
    segment = next((archive.settings.data / "index" / "current").glob("*.arrays"))
    segment.write_bytes(segment.read_bytes()[:-100])


def _rewrite_in_another_format(archive: Archive) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_file, "VERSION", array_file.VERSION - 1)
        archive.indexer.rebuild()
        archive.engine.close()


def _rename_codec_in_contents(archive: Archive) -> None:
    """As an index whose classes have been renamed since."""
    archive.engine.close()
    contents = next((archive.settings.data / "index" / "current").glob("*.toc"))
    contents.write_bytes(contents.read_bytes().replace(b"ArrayCodec", b"OlderCodec"))
    digest_path(contents).write_text(sha256_of_file(contents), "ascii")


def _rebuild_with_another_engine(archive: Archive) -> None:
    archive.engine.close()
    with closing(StockWhooshEngine(archive.settings.data / "index")) as engine:
        Indexer(archive.database, engine, archive.analyzer).rebuild()
    contents = next((archive.settings.data / "index" / "current").glob("*.toc"))
    digest_path(contents).write_text(sha256_of_file(contents), "ascii")


def _rewrite(archive: Archive, mark: Watermark) -> None:
    with archive.engine.rebuild() as new:
        new.publish(mark)


def _take_anothers(archive: Archive) -> None:
    _rewrite(archive, Watermark("another", 1, fingerprint(archive.analyzer)))


def _go_ahead(archive: Archive) -> None:
    _rewrite(archive, Watermark(archive.database.epoch, 10_000, fingerprint(archive.analyzer)))


def _analyse_otherwise(archive: Archive) -> None:
    _rewrite(archive, Watermark(archive.database.epoch, 1, fingerprint(_OtherAnalyzer())))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_remove_index, "there is no index"),
        (_damage_segment, "the index is damaged"),
        (_damage_contents, "the index is damaged"),
        (_cut_segment, "the index is damaged"),
        (_rewrite_in_another_format, _OUTDATED),
        (_rename_codec_in_contents, _OUTDATED),
        (_rebuild_with_another_engine, _OUTDATED),
        (_take_anothers, "the index belongs to another catalogue"),
        (_go_ahead, "the index is ahead of the catalogue"),
        (_analyse_otherwise, "the way words are indexed has changed"),
    ],
)
def test_unusable_index_is_made_anew_and_it_is_said_why(
    archive: Archive, caplog: pytest.LogCaptureFixture, spoil: Callable[[Archive], None], reason: str
) -> None:
    add(archive, "ett", "sökord")
    add(archive, "två", "sökord")
    archive.indexer.catch_up()
    assert archive.indexer.ensure(thorough=True) == ""
    spoil(archive)
    with caplog.at_level(logging.WARNING):
        assert archive.indexer.ensure(thorough=True) == reason
    assert [record.getMessage() for record in caplog.records] == [
        f"Rebuilding the index: {reason}.",
        "The index was rebuilt with 2 documents.",
    ]
    assert ask(archive, "sökord").total_groups == 2
    assert archive.indexer.ensure(thorough=True) == ""


def test_rebuild_that_another_process_has_done_meanwhile_is_not_done_again(archive: Archive) -> None:
    add(archive, "ett", "sökord")
    _remove_index(archive)
    other = Indexer(archive.database, WhooshEngine(archive.settings.data / "index"), archive.analyzer)

    class Late(WhooshEngine):
        """Gets the lock only after the other one has rebuilt."""

        def rebuild(self):  # type: ignore[no-untyped-def]  # as inherited
            other.rebuild()
            return super().rebuild()

    engine = Late(archive.settings.data / "index")
    assert Indexer(archive.database, engine, archive.analyzer).ensure(thorough=True) == ""
    assert ask(archive, "sökord").total_groups == 1


def test_rebuild_tells_its_progress_and_leaves_out_what_has_no_pages(archive: Archive) -> None:
    for number in range(30):
        add(archive, str(number), "sökord")
    add(archive, "tom")
    withdrawn = add(archive, "borta", "sökord")
    with archive.database.write() as session:
        documents.withdraw(session, withdrawn, "test")
    steps: list[int] = []
    assert archive.indexer.rebuild(steps.append) == 30
    assert steps == sorted(steps)
    assert steps[-1] == 30
    assert archive.engine.counts() == (30, 30)


def test_changes_during_a_rebuild_are_followed_afterwards(archive: Archive) -> None:
    kept, gone = add(archive, "kvar", "sökord"), add(archive, "borta", "sökord")
    archive.indexer.catch_up()

    class Busy(_OtherAnalyzer):
        """Lets the catalogue change while documents are read for the new index."""

        changed = False

        def main_terms(self, text: str, language: str):  # type: ignore[no-untyped-def]  # as inherited
            if not self.changed:
                self.changed = True
                with archive.database.write() as session:
                    documents.withdraw(session, gone, "test")
                add(archive, "ny", "sökord")
                add(archive, "kvar", "sökord", "sökord", data="andra")
            return super().main_terms(text, language)

    Indexer(archive.database, archive.engine, Busy()).rebuild()
    for document, held in ((kept, (1, 2)), (gone, ())):
        assert archive.engine.matching_pages(MatchAll(), Scope(max_rank=2), document) == held
    assert archive.indexer.lag() == 0
    result = ask(archive, "sökord", Visibility.STAFF)
    assert (result.total_groups, result.total_slides) == (2, 3)


def test_failed_rebuild_leaves_the_old_index_in_use(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(archive, "ett", "sökord")
    archive.indexer.catch_up()

    def fail(*arguments: object) -> IndexDocument:
        raise RuntimeError(arguments)

    with monkeypatch.context() as patch:
        patch.setattr("archive.index.catalogue_reader.DocumentIndexer.index_document", fail)
        with pytest.raises(RuntimeError):
            archive.indexer.rebuild()
    assert ask(archive, "sökord").total_groups == 1
    assert archive.indexer.ensure(thorough=True) == ""
    assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1
