"""Makes the lexicon in its folder, atomically, and opens it."""

import json
import logging
import shutil
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from archive.analysis.lexicon import layout
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import Sources, find_sources
from archive.errors import LexiconMissing, StorageError

_log = logging.getLogger(__name__)


def lexicon_folder() -> Path:
    """Return the lexicon's folder in this Python environment, one per format."""
    return Path(sys.prefix) / "share" / "archive" / "lexicon" / str(layout.FORMAT)


def open_lexicon(folder: Path | None = None) -> Lexicon:
    """Open the lexicon; make it first where there is none, which is logged.

    A process maps each lexicon once, however many archives it opens.

    Args:
        folder: Where the lexicon is; None for that of this Python environment.

    Raises:
        LexiconMissing: It can neither be opened nor made.
        StorageError: It cannot be written.
    """
    folder = folder or lexicon_folder()
    try:
        return _mapped(folder)
    except LexiconMissing:
        sources = find_sources()
        _log.warning("The Swedish lexicon is made first; this takes a minute or two, once.")
        build_lexicon(folder, sources)
        return _mapped(folder)


def _mapped(folder: Path) -> Lexicon:
    """Return the lexicon that is in a folder now: one rebuilt since is another."""
    try:
        meta = (folder / layout.META).stat()
    except OSError:
        return Lexicon(folder)  # reports what is missing
    return _map_once(folder.resolve(), meta.st_ino, meta.st_mtime_ns)


@lru_cache(maxsize=4)
def _map_once(folder: Path, _inode: int, _changed_ns: int) -> Lexicon:
    return Lexicon(folder)


def is_current(folder: Path, sources: Sources) -> bool:
    """Return whether the lexicon in a folder was made from exactly these sources."""
    try:
        meta = json.loads((folder / layout.META).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(meta.get("format") == layout.FORMAT and meta.get("digest") == sources.digest)


def build_lexicon(folder: Path, sources: Sources) -> None:
    """Compile the sources in a temporary folder, then swap it in.

    Processes that have the old lexicon open keep it.

    Raises:
        StorageError: The folder cannot be written.
    """
    from archive.analysis.lexicon.compile import compile_lexicon

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            new = Path(temporary) / "new"
            new.mkdir()
            compile_lexicon(sources, new)
            _describe(new, sources)
            _swap(new, folder, Path(temporary) / "old")
    except OSError as error:
        raise StorageError(
            f"The lexicon cannot be written to {folder}. Mend the folder's rights, or choose another "
            "with the setting text.lexicon."
        ) from error


def _describe(new: Path, sources: Sources) -> None:
    meta = {
        "format": layout.FORMAT,
        "digest": sources.digest,
        "sources": {source.name: source.version for source in sources},
    }
    notices = "\n".join(f"- {source.notice}" for source in sources)
    (new / layout.NOTICE).write_text(
        f"The files in this folder were compiled on this machine from installed packages:\n\n{notices}\n",
        "utf-8",
    )
    (new / layout.META).write_text(json.dumps(meta, indent=1), "utf-8")


def _swap(new: Path, folder: Path, old: Path) -> None:
    try:
        folder.rename(old)
    except FileNotFoundError:
        pass
    try:
        new.rename(folder)
    except OSError:
        # Another process was faster: its lexicon is as good.
        if not (folder / layout.META).is_file():
            raise
    shutil.rmtree(old, ignore_errors=True)
