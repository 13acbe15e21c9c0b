"""What an engine that keeps its files in generations must notice: damaged, missing and foreign ones.

Nothing is ever answered from them. Each such engine's tests inherit this class and say how it is opened.
"""

from pathlib import Path

import pytest

from archive.errors import IndexUnusable
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll
from tests.index.index_documents import ask, document, documents_found, mark, write


class DamageContract:
    """The whole of it. `segment_suffix` is that of the engine's segment files."""

    segment_suffix: str

    def opened(self, folder: Path) -> SearchEngine:
        """Open the engine in `folder`."""
        raise NotImplementedError

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "index"

    @pytest.fixture
    def files(self, folder: Path) -> list[Path]:
        """Return the files of an index with two segments, one of them with removed pages."""
        engine = self.opened(folder)
        write(engine, document("a", "skog och sjö", "berg"), document("b", "skog"))
        write(engine, document("b", "vik " * 40))
        engine.close()
        suffixes = (self.segment_suffix, ".toc")
        return sorted(path for path in (folder / "gen-1").iterdir() if path.suffix in suffixes)

    def test_untouched_index_is_sound(self, files: list[Path], folder: Path) -> None:
        assert [path.suffix for path in files] == [self.segment_suffix] * 2 + [".toc"]
        self.opened(folder).check()

    @pytest.mark.parametrize("nth", range(3))
    def test_every_missing_file_is_noticed(self, files: list[Path], folder: Path, nth: int) -> None:
        files[nth].unlink()
        for call in (self.opened(folder).check, self.opened(folder).watermark, self.opened(folder).counts):
            with pytest.raises(IndexUnusable):
                call()

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
    @pytest.mark.parametrize("nth", range(3))
    def test_every_truncated_file_is_noticed(
        self, files: list[Path], folder: Path, nth: int, share: float
    ) -> None:
        whole = files[nth].read_bytes()
        files[nth].write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(IndexUnusable):
            self.opened(folder).check()

    @pytest.mark.parametrize("nth", range(3))
    def test_every_changed_byte_is_noticed(self, files: list[Path], folder: Path, nth: int) -> None:
        whole = files[nth].read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 25)):
            files[nth].write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
            with pytest.raises(IndexUnusable):
                self.opened(folder).check()
        files[nth].write_bytes(whole)
        self.opened(folder).check()

    def test_damaged_table_of_contents_is_not_unpickled(self, files: list[Path], folder: Path) -> None:
        files[2].write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
        with pytest.raises(IndexUnusable):
            self.opened(folder).watermark()

    def test_missing_generation_is_noticed(self, files: list[Path], folder: Path) -> None:
        (folder / "gen-1").rename(folder / "elsewhere")
        for call in (self.opened(folder).check, self.opened(folder).watermark):
            with pytest.raises(IndexUnusable):
                call()

    @pytest.mark.parametrize("target", ["elsewhere", "/etc", "gen-1/../gen-1", "gen-0"])
    def test_link_that_leads_elsewhere_is_refused(self, files: list[Path], folder: Path, target: str) -> None:
        (folder / "current").unlink()
        (folder / "current").symlink_to(target)
        self._assert_unusable_until_rebuilt(folder)

    def test_file_in_place_of_the_link_is_refused(self, files: list[Path], folder: Path) -> None:
        (folder / "current").unlink()
        (folder / "current").write_text("gen-1")
        self._assert_unusable_until_rebuilt(folder)

    def _assert_unusable_until_rebuilt(self, folder: Path) -> None:
        engine = self.opened(folder)
        for call in (engine.check, engine.watermark, engine.size_bytes, lambda: write(engine)):
            with pytest.raises(IndexUnusable):
                call()
        with engine.rebuild() as rebuild:
            rebuild.write([document("a", "skog")])
            rebuild.publish(mark(9))
        assert documents_found(engine, MatchAll()) == "a"
        assert [path.name for path in folder.glob("gen-*")] == ["gen-2"]
        engine.close()

    def test_damage_is_mended_by_a_rebuild(self, files: list[Path], folder: Path) -> None:
        files[0].unlink()
        engine = self.opened(folder)
        with pytest.raises(IndexUnusable):
            ask(engine, MatchAll())
        with engine.rebuild() as rebuild:
            rebuild.write([document("a", "skog")])
            rebuild.publish(mark(9))
        assert documents_found(engine, MatchAll()) == "a"
        engine.check()
        engine.close()

    def test_message_says_what_to_do(self, files: list[Path], folder: Path) -> None:
        files[0].unlink()
        with pytest.raises(IndexUnusable) as caught:
            self.opened(folder).check()
        assert "archive rebuild" in caught.value.message
        assert str(folder) not in caught.value.message

    def test_folder_others_may_write_is_refused(self, files: list[Path], folder: Path) -> None:
        folder.chmod(0o777)
        with pytest.raises(IndexUnusable):
            self.opened(folder)

    def test_folder_becomes_ours_alone(self, tmp_path: Path) -> None:
        for mode in (0o755, 0o777):
            folder = tmp_path / f"index-{mode}"
            folder.mkdir()
            folder.chmod(mode)
            self.opened(folder)
            assert folder.stat().st_mode & 0o777 == 0o700
