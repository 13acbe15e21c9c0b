"""Open a search engine by its name. The only place that names one."""

from pathlib import Path

from archive.errors import SettingsError
from archive.index.base import SearchEngine

ENGINES = ("whoosh", "whoosh-stock")


def open_engine(name: str, directory: Path) -> SearchEngine:
    """Open the engine `name` with its files in `directory` (the archive's `index/`).

    Raises SettingsError for an unknown name, IndexUnusable where the folder is not ours alone.
    """
    if name == "whoosh":
        from archive.index.whoosh.engine import WhooshEngine

        return WhooshEngine(directory)
    if name == "whoosh-stock":
        from archive.index.whoosh_stock.engine import WhooshStockEngine

        return WhooshStockEngine(directory)
    raise SettingsError("index.engine", f"one of {', '.join(ENGINES)}")
