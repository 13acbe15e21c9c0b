"""From paths on the command line to the seminars and single files they hold."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.errors import PathError
from archive.ingest.intake.keynote_folder import is_keynote_folder
from archive.ingest.intake.seminar import FILE_NAME

# Names of files that only their own programs need: hidden ones, and the lock files of an open PowerPoint.
_SKIPPED_STARTS = (".", "~$")
# A folder with these folders in it is an archive's own; its objects are not documents to be taken in.
_ARCHIVE_FOLDERS = frozenset({"originals", "pictures", "index", "tmp"})


@dataclass(frozen=True, slots=True)
class SingleFile:
    """A file that is a document of its own (or a folder that cannot be read, reported as such)."""

    path: Path


@dataclass(frozen=True, slots=True)
class SeminarFolder:
    """A folder that describes itself in a `seminar.toml`. `others` are the other files below it."""

    seminar_file: Path
    others: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SymbolicLink:
    """A symbolic link in a folder. What it leads to was not given, so it is not followed."""

    path: Path


Source = SingleFile | SeminarFolder | SymbolicLink


@dataclass(frozen=True, slots=True)
class Naming:
    """How files are named to people and in the catalogue: by their path, or by that of what they came in.

    `folder` is where the container called `container` was unpacked, or a file that is called so.
    """

    folder: Path | None = None
    container: str = ""

    def of(self, path: Path) -> str:
        """Return the name of a file: "/in/decks.zip/talk.pptx" for one that was in a zip."""
        if path == self.folder:
            return self.container
        if self.folder is not None and path.is_relative_to(self.folder):
            return f"{self.container}/{path_text(path.relative_to(self.folder))}"
        return path_text(path)

    def inside(self, container: Path, folder: Path) -> "Naming":
        """Return how the files of a container are named that was unpacked in `folder`."""
        return Naming(folder, self.of(container))


def require_paths(paths: Sequence[Path]) -> None:
    """Raise PathError for the first path that is neither a file nor a folder."""
    for path in paths:
        try:
            is_missing, is_usable = not path.exists(), path.is_file() or path.is_dir()
        except OSError as error:
            raise PathError(f"{path_text(path)}: it cannot be reached. Mend the folder's rights.") from error
        if is_missing:
            raise PathError(f"{path_text(path)}: there is no such file or folder. Check the spelling.")
        if not is_usable:
            raise PathError(f"{path_text(path)}: this is neither a file nor a folder.")


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Return what is to be ingested, each file once, folders walked in the order of their names.

    Hidden files and folders, PowerPoint's lock files, an archive's own folders and anything that is not a
    regular file are skipped. Links in a folder are given as such, a link that is named itself as the file.
    A `seminar.toml` may be named itself, which means its folder. Raises PathError for a path that is missing.
    """
    require_paths(paths)
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _below(path):
            found.setdefault(_key(source), source)
    return list(found.values())


def _key(source: Source) -> Path:
    match source:
        case SeminarFolder(seminar_file):
            return seminar_file.resolve()
        case SingleFile(path):
            return path.resolve()
        case SymbolicLink(path):
            return path


def path_text(path: Path) -> str:
    r"""Return the path as text that can be stored and printed.

    Bytes that are not UTF-8 (names from old systems) and control characters are written as `\xe5`.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        letter if unicodedata.category(letter) != "Cc" else f"\\x{ord(letter):02x}" for letter in text
    )


def _below(path: Path) -> Iterator[Source]:
    if is_keynote_folder(path):
        yield SingleFile(path.parent.resolve() / path.name)
    elif path.is_dir():
        yield from _walk(path.resolve())
    elif path.name == FILE_NAME:
        yield from _walk(path.parent.resolve())
    else:
        yield SingleFile(path.parent.resolve() / path.name)


def _walk(top: Path) -> Iterator[Source]:
    """Yield what is in a folder. A file belongs to the nearest folder above it that has a `seminar.toml`."""
    others: dict[Path, list[Path]] = {}
    singles: list[Path] = []
    links: list[Path] = []
    for folder, names in _folders(top, singles, links):
        if FILE_NAME in names:
            others[folder] = []
        seminar = next((each for each in (folder, *folder.parents) if each in others), None)
        paths = [folder / name for name in names if name != FILE_NAME]
        (singles if seminar is None else others[seminar]).extend(path for path in paths if _is_taken(path))
    yield from (SeminarFolder(folder / FILE_NAME, tuple(paths)) for folder, paths in others.items())
    yield from (SingleFile(path) for path in singles)
    yield from (SymbolicLink(path) for path in links)


def _folders(top: Path, unreadable: list[Path], links: list[Path]) -> Iterator[tuple[Path, list[str]]]:
    """Yield each folder with the names of its files, in order; list those that cannot be read, and links.

    A linked `seminar.toml` is a file all the same: without it its folder would be taken for another.
    """
    for name, folders, files in os.walk(top, onerror=lambda error: unreadable.append(Path(error.filename))):
        if set(folders) >= _ARCHIVE_FOLDERS:
            folders.clear()
            continue
        folder = Path(name)
        folders[:] = sorted(each for each in folders if not each.startswith(_SKIPPED_STARTS))
        linked = {each for each in (*folders, *files) if each != FILE_NAME and (folder / each).is_symlink()}
        links.extend(folder / each for each in sorted(linked) if not each.startswith(_SKIPPED_STARTS))
        packages = {each for each in folders if each not in linked and is_keynote_folder(folder / each)}
        folders[:] = [each for each in folders if each not in packages]
        yield folder, sorted(each for each in (*files, *packages) if each not in linked)


def _is_taken(path: Path) -> bool:
    if path.name.startswith(_SKIPPED_STARTS):
        return False
    try:
        return path.is_file() or is_keynote_folder(path)
    except OSError:  # it is there, but may not be looked at: it is refused with its name when it is read
        return True


def is_there(file: str) -> bool:
    """Return whether a file of an earlier ingest is still where it was, also where that is in a zip."""
    path = Path(file)
    try:
        return path.exists() or any(folder.is_file() for folder in path.parents)
    except (OSError, ValueError):  # it may not be looked at
        return True
