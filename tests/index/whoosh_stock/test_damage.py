"""Damaged, missing and foreign files are noticed, never answered from."""

from pathlib import Path

import pytest

from archive.errors import IndexUnusable
from archive.index.whoosh_stock.engine import WhooshStockEngine
from archive.text.terms import Every
from tests.index.building import ask, document, documents_found, mark, write


@pytest.fixture
def files(engine: WhooshStockEngine, folder: Path) -> list[Path]:
    """Return the files of an index with two segments, one of them with removed pages."""
    write(engine, document("a", "skog och sjö", "berg"), document("b", "skog"))
    write(engine, document("b", "vik " * 40))
    engine.close()
    return sorted(path for path in (folder / "gen-1").iterdir() if path.suffix in (".seg", ".toc"))


def _engine(folder: Path) -> WhooshStockEngine:
    return WhooshStockEngine(folder, lock_wait_s=0.1)


def test_untouched_index_is_sound(files: list[Path], folder: Path) -> None:
    assert [path.suffix for path in files] == [".seg", ".seg", ".toc"]
    _engine(folder).check()


@pytest.mark.parametrize("nth", range(3))
def test_every_missing_file_is_noticed(files: list[Path], folder: Path, nth: int) -> None:
    files[nth].unlink()
    for call in (_engine(folder).check, _engine(folder).watermark, _engine(folder).counts):
        with pytest.raises(IndexUnusable):
            call()


@pytest.mark.parametrize("nth", range(3))
def test_every_missing_digest_is_noticed(files: list[Path], folder: Path, nth: int) -> None:
    files[nth].with_name(f"{files[nth].name}.sha256").unlink()
    with pytest.raises(IndexUnusable):
        _engine(folder).check()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("nth", range(3))
def test_every_truncated_file_is_noticed(files: list[Path], folder: Path, nth: int, share: float) -> None:
    whole = files[nth].read_bytes()
    files[nth].write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(IndexUnusable):
        _engine(folder).check()


@pytest.mark.parametrize("nth", range(3))
def test_every_changed_byte_is_noticed(files: list[Path], folder: Path, nth: int) -> None:
    whole = files[nth].read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 25)):
        files[nth].write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        with pytest.raises(IndexUnusable):
            _engine(folder).check()
    files[nth].write_bytes(whole)
    _engine(folder).check()


def test_damaged_table_of_contents_is_not_unpickled(files: list[Path], folder: Path) -> None:
    files[2].write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    with pytest.raises(IndexUnusable):
        _engine(folder).watermark()


def test_missing_generation_is_noticed(files: list[Path], folder: Path) -> None:
    (folder / "gen-1").rename(folder / "elsewhere")
    for call in (_engine(folder).check, _engine(folder).watermark):
        with pytest.raises(IndexUnusable):
            call()


@pytest.mark.parametrize("target", ["elsewhere", "/etc", "gen-1/../gen-1", "gen-0"])
def test_link_that_leads_elsewhere_is_refused(files: list[Path], folder: Path, target: str) -> None:
    (folder / "current").unlink()
    (folder / "current").symlink_to(target)
    _assert_unusable_until_rebuilt(folder)


def test_file_in_place_of_the_link_is_refused(files: list[Path], folder: Path) -> None:
    (folder / "current").unlink()
    (folder / "current").write_text("gen-1")
    _assert_unusable_until_rebuilt(folder)


def _assert_unusable_until_rebuilt(folder: Path) -> None:
    engine = _engine(folder)
    for call in (engine.check, engine.watermark, engine.size_bytes, lambda: write(engine)):
        with pytest.raises(IndexUnusable):
            call()
    with engine.rebuild() as rebuild:
        rebuild.write([document("a", "skog")])
        rebuild.publish(mark(9))
    assert documents_found(engine, Every()) == "a"
    assert [path.name for path in folder.glob("gen-*")] == ["gen-2"]
    engine.close()


def test_damage_is_mended_by_a_rebuild(files: list[Path], folder: Path) -> None:
    files[0].unlink()
    engine = _engine(folder)
    with pytest.raises(IndexUnusable):
        ask(engine, Every())
    with engine.rebuild() as rebuild:
        rebuild.write([document("a", "skog")])
        rebuild.publish(mark(9))
    assert documents_found(engine, Every()) == "a"
    engine.check()
    engine.close()


def test_message_says_what_to_do(files: list[Path], folder: Path) -> None:
    files[0].unlink()
    with pytest.raises(IndexUnusable) as caught:
        _engine(folder).check()
    assert "archive rebuild" in caught.value.message
    assert str(folder) not in caught.value.message


def test_folder_others_may_write_is_refused(files: list[Path], folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(IndexUnusable):
        _engine(folder)


def test_folder_becomes_ours_alone(tmp_path: Path) -> None:
    for mode in (0o755, 0o777):
        folder = tmp_path / f"index-{mode}"
        folder.mkdir()
        folder.chmod(mode)
        _engine(folder)
        assert folder.stat().st_mode & 0o777 == 0o700
