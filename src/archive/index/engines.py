"""Open a search engine by its name. The only module that names one.

To add an engine: a package of its own under `index/` with a class that has all of `engine.SearchEngine` and
a function that opens a `PartWriter`; its name in `ENGINES`, in both functions here and in
`settings.SearchSettings.engine`; its package in the contract of `pyproject.toml` that no engine is named
above `index/`; and a subclass of `tests.index.contract.EngineContract` that opens it. Nothing above `index/`
changes. CONTRIBUTING.md has each step.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from archive.errors import PartMissing, SettingsError
from archive.index.engine import PartWriter, SearchEngine
from archive.settings.opensearch import OpenSearchSettings

ENGINES: Final = ("whoosh", "opensearch")


def open_engine(name: str, directory: Path, opensearch: OpenSearchSettings | None = None) -> SearchEngine:
    """Open the engine `name` with its files in `directory` (the archive's `index/`).

    `opensearch` are the settings of the engine of that name.

    Raises:
        SettingsError: There is no such engine.
        PartMissing: Its client is not installed.
        IndexUnusable: The folder is not ours alone.
    """
    # Engines are imported where they are opened: an archive loads the one it uses.
    if name == "whoosh":
        from archive.index.whoosh.engine import WhooshEngine

        return WhooshEngine(directory)
    if name == "opensearch":
        _require_client()
        from archive.index.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine(directory, opensearch or OpenSearchSettings())
    raise _unknown()


def open_part(
    name: str, part: str, process_count: int, opensearch: OpenSearchSettings | None = None
) -> PartWriter:
    """Open a part of a new index of the engine `name`, one of `process_count` that are made at once.

    Raises:
        SettingsError: There is no such engine.
        PartMissing: Its client is not installed.
    """
    if name == "whoosh":
        from archive.index.whoosh.writer import writer

        return writer.open_part(Path(part), process_count)
    if name == "opensearch":
        _require_client()
        from archive.index.opensearch.rebuilding import ServerPart

        return ServerPart(opensearch or OpenSearchSettings(), part)
    raise _unknown()


def _require_client() -> None:
    if find_spec("opensearchpy") is None:
        raise PartMissing(
            'The client of OpenSearch is not installed. Run pip install "archive[cluster]", '
            'or set search.engine = "whoosh".'
        )


def _unknown() -> SettingsError:
    return SettingsError("search.engine", f"one of {', '.join(ENGINES)}")
