"""Tables of contents outlive a move of our modules, and import nothing whatever they name."""

import sys
from pathlib import Path

import pytest

from archive.disk.durable_files import sha256_of_file
from archive.errors import IndexOutdated, IndexUnusable
from archive.index.query import MatchAll, Term
from archive.index.schema import TextField
from archive.index.whoosh.codec.codec import ArrayCodec
from archive.index.whoosh.directory.storage import digest_path
from archive.index.whoosh.engine import WhooshEngine
from tests.index.index_documents import ask, document, documents_found, mark, write

SKOG = Term(TextField.TEXT, "skog")
MODULE = ArrayCodec.__module__.encode("ascii")
FORMER_MODULE = b"archive." + b"moved_since".rjust(len(MODULE) - len(b"archive."), b"_")


def _write(folder: Path) -> None:
    """Write an index of two segments, one of them with a removed page."""
    engine = WhooshEngine(folder)
    write(engine, document("a", "skog"), document("b", "skog och sjö"))
    write(engine, document("b", "skog"))
    engine.close()


def _contents(folder: Path) -> Path:
    return next((folder / "current").glob("*.toc"))


def _rename(folder: Path, name: bytes, other: bytes) -> None:
    """Let the table of contents name something else of the same length, as sound as before."""
    assert len(name) == len(other)
    contents = _contents(folder)
    old = contents.read_bytes()
    assert name in old
    contents.write_bytes(old.replace(name, other))
    digest_path(contents).write_text(sha256_of_file(contents), "ascii")


def test_index_written_before_the_codec_moved_is_searched_as_it_is(folder: Path) -> None:
    _write(folder)
    _rename(folder, MODULE, FORMER_MODULE)
    generation = (folder / "current").readlink()
    before = {path: path.stat().st_mtime_ns for path in (folder / "current").iterdir()}
    engine = WhooshEngine(folder)
    engine.check()
    assert engine.watermark() == mark(2)
    assert documents_found(engine, SKOG) == "a b"
    assert ask(engine, MatchAll()).total_pages == 2
    assert (folder / "current").readlink() == generation
    assert {path: path.stat().st_mtime_ns for path in (folder / "current").iterdir()} == before
    engine.close()


def test_index_written_before_the_codec_moved_is_committed_to(folder: Path) -> None:
    _write(folder)
    _rename(folder, MODULE, FORMER_MODULE)
    generation = (folder / "current").readlink()
    engine = WhooshEngine(folder)
    write(engine, document("a", "sjö"), document("c", "skog"))
    engine.check()
    assert documents_found(engine, SKOG) == "b c"
    assert engine.counts() == (3, 3)
    assert (folder / "current").readlink() == generation
    assert FORMER_MODULE not in _contents(folder).read_bytes()
    engine.close()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (MODULE, b"outside".rjust(len(MODULE), b"_")),
        (b"ArrayCodec", b"OlderCodec"),
        (b"W3Segment", b"W9Segment"),
        (b"whoosh.codec.whoosh3", b"whoosh.filedb.fileio"),
    ],
    ids=[
        "module outside",
        "class of ours",
        "class of Whoosh's",
        "Whoosh's module",
    ],
)
def test_other_classes_are_refused_and_nothing_is_imported(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes, other: bytes
) -> None:
    _write(folder)
    _rename(folder, name, other)
    imported = other.partition(b"\x94")[0].decode("ascii")
    (tmp_path / f"{imported}.py").write_text("class ArrayCodec: pass\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    engine = WhooshEngine(folder)
    for call in (engine.watermark, engine.check, lambda: ask(engine, SKOG), lambda: write(engine)):
        with pytest.raises(IndexOutdated):
            call()
    assert imported not in sys.modules
    engine.close()


def test_changed_table_of_contents_is_not_read(folder: Path) -> None:
    _write(folder)
    sound = digest_path(_contents(folder)).read_text("ascii")
    _rename(folder, MODULE, FORMER_MODULE)
    digest_path(_contents(folder)).write_text(sound, "ascii")
    engine = WhooshEngine(folder)
    with pytest.raises(IndexUnusable, match="table of contents is damaged"):
        engine.watermark()
    engine.close()
