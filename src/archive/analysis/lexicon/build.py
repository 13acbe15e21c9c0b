"""Makes the lexicon in its folder, at once or not at all, and opens it."""

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
    """Return where the lexicon of this Python environment lies, one for each format."""
    return Path(sys.prefix) / "share" / "archive" / "lexicon" / str(layout.FORMAT)


def open_lexicon(folder: Path | None = None) -> Lexicon:
    """Open the lexicon; make it first where there is none, and say so in the log.

    A process maps each lexicon once, however many archives it opens. Raises LexiconMissing where it can
    neither be opened nor made, StorageError where it cannot be written.
    """
    place = folder or lexicon_folder()
    try:
        return _mapped(place)
    except LexiconMissing:
        sources = find_sources()
        _log.warning("The Swedish lexicon is made first; this takes about half a minute, once.")
        build_lexicon(place, sources)
        return _mapped(place)


def _mapped(folder: Path) -> Lexicon:
    """Return the lexicon that lies in a folder now: one that was made anew meanwhile is another."""
    try:
        made = (folder / layout.META).stat()
    except OSError:
        return Lexicon(folder)  # which says what is missing
    return _map_once(folder.resolve(), made.st_ino, made.st_mtime_ns)


@lru_cache(maxsize=4)
def _map_once(folder: Path, _inode: int, _changed_ns: int) -> Lexicon:
    return Lexicon(folder)


def is_current(folder: Path, sources: Sources) -> bool:
    """Return whether the lexicon in a folder was made from these very sources."""
    try:
        meta = json.loads((folder / layout.META).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(meta.get("format") == layout.FORMAT and meta.get("digest") == sources.digest)


def build_lexicon(folder: Path, sources: Sources) -> None:
    """Compile the sources beside the folder, then let the result take its place.

    Whoever has the old one open keeps it. Raises StorageError.
    """
    from archive.analysis.lexicon.compile import compile_lexicon

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            made = Path(temporary) / "made"
            made.mkdir()
            compile_lexicon(sources, made)
            _describe(made, sources)
            _swap(made, folder, Path(temporary) / "old")
    except OSError as error:
        raise StorageError(
            f"The lexicon cannot be written to {folder}. Mend the folder's rights, or choose another "
            "with the setting text.lexicon."
        ) from error


def _describe(made: Path, sources: Sources) -> None:
    meta = {
        "format": layout.FORMAT,
        "digest": sources.digest,
        "sources": {source.name: source.version for source in sources},
    }
    notices = "\n".join(f"- {source.notice}" for source in sources)
    (made / layout.NOTICE).write_text(
        f"The files in this folder were compiled on this machine from installed packages:\n\n{notices}\n",
        "utf-8",
    )
    (made / layout.META).write_text(json.dumps(meta, indent=1), "utf-8")


def _swap(made: Path, folder: Path, old: Path) -> None:
    try:
        folder.rename(old)
    except FileNotFoundError:
        pass
    try:
        made.rename(folder)
    except OSError:
        # Another process was quicker: what it made is as good.
        if not (folder / layout.META).is_file():
            raise
    shutil.rmtree(old, ignore_errors=True)
