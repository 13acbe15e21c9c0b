"""Opens an engine of the bench by its name."""

from importlib.util import find_spec
from pathlib import Path

from archive.index.engines import open_engine
from bench.engines.archive_engine import ArchiveEngine
from bench.engines.base import BenchEngine

OURS = "whoosh"
STOCK = "whoosh-stock"
NAMES = (OURS, STOCK, "fts5", "tantivy")


def missing(name: str) -> str:
    """Return why an engine cannot take part, "" where it can."""
    if name == "tantivy" and find_spec("tantivy") is None:
        return "the package tantivy is not installed"
    return ""


def open_bench_engine(name: str, folder: Path) -> BenchEngine:
    """Open the engine `name` with its files in `folder`, which is created where it is missing."""
    if name == "fts5":
        from bench.engines.fts5 import Fts5Engine

        return Fts5Engine(folder)
    if name == "tantivy":
        from bench.engines.tantivy_engine import TantivyEngine

        return TantivyEngine(folder)
    if name == STOCK:
        from tests.index.stock_whoosh.engine import StockWhooshEngine

        return ArchiveEngine(StockWhooshEngine(folder))
    return ArchiveEngine(open_engine(name, folder))
