"""Open a search engine by its name. The only module that names one.

To add an engine: a package of its own under `index/` with a class that has all of `engine.SearchEngine` and
a function that opens a `PartWriter`; its name in `ENGINES`, in both functions here and in
`settings.SearchSettings.engine`; its package in the contract of `pyproject.toml` that no engine is named
above `index/`; and a subclass of `tests.index.contract.EngineContract` that opens it. Nothing above `index/`
changes. CONTRIBUTING.md has each step.
"""

from pathlib import Path
from typing import Final

from archive.errors import SettingsError
from archive.index.engine import PartWriter, SearchEngine

ENGINES: Final = ("whoosh",)


def open_engine(name: str, directory: Path) -> SearchEngine:
    """Open the engine `name` with its files in `directory` (the archive's `index/`).

    Raises:
        SettingsError: There is no such engine.
        IndexUnusable: The folder is not ours alone.
    """
    # Engines are imported where they are opened: an archive loads the one it uses.
    if name == "whoosh":
        from archive.index.whoosh.engine import WhooshEngine

        return WhooshEngine(directory)
    raise _unknown()


def open_part(name: str, folder: Path, process_count: int) -> PartWriter:
    """Open a part of a new index of the engine `name`, one of `process_count` that are made at once.

    Raises:
        SettingsError: There is no such engine.
    """
    if name == "whoosh":
        from archive.index.whoosh.writer import writer

        return writer.open_part(folder, process_count)
    raise _unknown()


def _unknown() -> SettingsError:
    return SettingsError("search.engine", f"one of {', '.join(ENGINES)}")
