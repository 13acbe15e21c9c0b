"""Damaged, missing and foreign files are noticed, never answered from."""

from pathlib import Path

import pytest

from archive.errors import IndexUnusable
from archive.index.whoosh.engine import WhooshEngine
from tests.index.contract_damage import DamageContract


class TestWhooshEngineDamage(DamageContract):
    segment_suffix = ".arrays"

    def opened(self, folder: Path) -> WhooshEngine:
        return WhooshEngine(folder, lock_timeout_s=0.1)

    def test_missing_digest_is_noticed(self, files: list[Path], folder: Path) -> None:
        files[2].with_name(f"{files[2].name}.sha256").unlink()
        with pytest.raises(IndexUnusable):
            self.opened(folder).check()
