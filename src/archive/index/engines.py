"""Open a search engine by its name. The only place that names one."""

from pathlib import Path

from archive.errors import SettingsError
from archive.index.engine import PartWriter, SearchEngine

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


def open_part(name: str, folder: Path, process_count: int) -> PartWriter:
    """Open a part of a new index of the engine `name`, one of `process_count` that are made at once.

    Raises SettingsError for an unknown name.
    """
    if name == "whoosh":
        from archive.index.whoosh import engine

        return engine.open_part(folder, process_count)
    if name == "whoosh-stock":
        from archive.index.whoosh_stock import engine as stock

        return stock.open_part(folder, process_count)
    raise SettingsError("index.engine", f"one of {', '.join(ENGINES)}")
