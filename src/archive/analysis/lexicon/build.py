"""Makes the lexicon in its folder, atomically, and opens it."""

import json
import logging
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from archive.analysis.lexicon import layout
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import WordSources, find_sources
from archive.errors import LexiconMissing, SettingsError, StorageError

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
        SettingsError: The folder has something else in it.
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


def is_current(folder: Path, sources: WordSources) -> bool:
    """Return whether the lexicon in a folder was made from exactly these sources."""
    try:
        meta = json.loads((folder / layout.META).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(meta.get("format") == layout.FORMAT and meta.get("digest") == sources.digest)


def build_lexicon(folder: Path, sources: WordSources) -> None:
    """Compile the sources in a temporary folder, then swap it in.

    Processes that have the old lexicon open keep it.

    Raises:
        StorageError: The folder cannot be written.
        SettingsError: It has something else in it; it stays as it is.
    """
    from archive.analysis.lexicon.compile import compile_lexicon

    try:
        folder = folder.resolve()  # a link stays one
        _refuse_what_is_not_ours(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:  # with the old one
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


def _describe(new: Path, sources: WordSources) -> None:
    made = sorted(path.name for path in new.iterdir())
    meta = {
        "format": layout.FORMAT,
        "files": [*made, layout.NOTICE, layout.META],
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
    _refuse_what_is_not_ours(folder)  # compiling took a minute or two
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


def _refuse_what_is_not_ours(folder: Path) -> None:
    """See that a folder may be replaced: it is missing, empty, or a lexicon and nothing else.

    The lexicon itself says which files were made, so that one in whose folder somebody keeps something else
    (an archive, say) is left alone, too.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise SettingsError("text.lexicon", f"expected a folder, but {folder} is a file")
    known = _files_of(folder)
    foreign = next((path.name for path in sorted(folder.iterdir()) if path.name not in known), "")
    if foreign:
        raise SettingsError(
            "text.lexicon",
            f"expected a folder for the lexicon alone, but {folder} has something else in it ({foreign}), "
            "which making the lexicon would delete; choose an empty folder, or one that is not there yet",
        )


def _files_of(folder: Path) -> set[str]:
    """Return the files of the lexicon in a folder; of one made before they were listed, those of today."""
    try:
        meta = json.loads((folder / layout.META).read_text("utf-8"))
        return set(meta.get("files", layout.FILES)) if meta["digest"] else set()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()
