"""Where LibreOffice is."""

import shutil
from pathlib import Path

_COMMANDS = ("soffice", "libreoffice")


def find_office(command: str = "") -> Path | None:
    """Return the LibreOffice program: `command` (a name or path) if given, else what the PATH has."""
    for name in (command,) if command else _COMMANDS:
        found = shutil.which(name)
        if found is not None:
            return Path(found).absolute()
    return None


def has_writer(office: Path) -> bool:
    """Return whether LibreOffice can open text documents: they are a package of their own in Debian."""
    return any(program_folder(office).glob("libswlo.*"))


def program_folder(office: Path) -> Path:
    """Return the folder of LibreOffice's own files: the command on the PATH is a link into it."""
    return office.resolve().parent
