"""Opens the archive for a subcommand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import PathError

if TYPE_CHECKING:
    from archive.app import Archive


@contextmanager
def opened(
    data: Path,
    thorough: bool = False,
    must_exist: bool = False,
    quiet: bool = False,
    trust_catalogue: bool = False,
    only_looks: bool = False,
) -> Iterator["Archive"]:
    """Open the archive in `data` while the context lasts.

    Args:
        data: the archive's folder.
        thorough: check the whole index and remove old temporary files, as `open_archive` does.
        must_exist: do not make an archive where there is none (for commands that only read).
        quiet: log warnings only.
        trust_catalogue: staff say that the catalogue is right, though it knows less than the store.
        only_looks: open also where the catalogue is doubtful, without mending the index.

    Raises:
        PathError: there is no archive, and there must be.
    """
    from archive.garbage import imports_stay

    with imports_stay("archive.app"):
        from archive.app import open_archive
        from archive.log import configure_logging
        from archive.settings.settings import load_settings

    settings = load_settings(data)
    has_catalogue = settings.database_url or (settings.data / "catalogue.db").exists()
    # Where only the catalogue is gone, opening says that.
    if must_exist and not has_catalogue and not (settings.data / "originals").is_dir():
        raise PathError(
            f"There is no archive in {settings.data}. "
            "Make one with `archive ingest`, or give its --data folder."
        )
    configure_logging(settings.log_format, quiet)
    with open_archive(settings, thorough, trust_catalogue, only_looks) as archive:
        yield archive
