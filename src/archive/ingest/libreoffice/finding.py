"""Where LibreOffice is on this machine, and which of its parts are installed."""

import shutil
from pathlib import Path

_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
"""Where LibreOffice keeps `libreofficekit_hook_2`: the first in Debian's and most other builds."""
_COMMANDS = ("soffice", "libreoffice")


def find_office(command: str = "") -> Path | None:
    """Return the LibreOffice program: `command` (a name or path) if given, else what the PATH has."""
    for name in (command,) if command else _COMMANDS:
        path = shutil.which(name)
        if path is not None:
            return Path(path).absolute()
    return None


def has_writer(office: Path) -> bool:
    """Return whether LibreOffice can open text documents: they are a package of their own in Debian."""
    return any(program_folder(office).glob("libswlo.*"))


def program_folder(office: Path) -> Path:
    """Return the folder of LibreOffice's own files: the command on the PATH is a link into it."""
    return office.resolve().parent


def installation_of(program_folder: Path) -> Path:
    """Return the folder with all of LibreOffice's own files, of which its programs are one part."""
    return program_folder.parent if program_folder.name == "program" else program_folder


def library_of(program_folder: Path) -> Path | None:
    """Return the library of the LibreOffice whose programs lie in `program_folder`, None if it has none."""
    candidates = (program_folder / name for name in _LIBRARIES)
    return next((path for path in candidates if path.is_file()), None)
