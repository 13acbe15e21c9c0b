"""Damaged, missing and foreign files are noticed, never answered from."""

from pathlib import Path

import pytest

from archive.errors import IndexUnusable
from archive.index.whoosh_stock.engine import WhooshStockEngine
from tests.index.contract_damage import DamageContract


class TestWhooshStockEngineDamage(DamageContract):
    segment_suffix = ".seg"

    def opened(self, folder: Path) -> WhooshStockEngine:
        return WhooshStockEngine(folder, lock_wait_s=0.1)

    @pytest.mark.parametrize("nth", range(3))
    def test_every_missing_digest_is_noticed(self, files: list[Path], folder: Path, nth: int) -> None:
        files[nth].with_name(f"{files[nth].name}.sha256").unlink()
        with pytest.raises(IndexUnusable):
            self.opened(folder).check()
