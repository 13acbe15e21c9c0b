"""Turn decks into PDF with LibreOffice, confined: no network, one folder, bounded time and memory."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from archive.errors import PartMissing, PictureError
from archive.ingest.detect import DECKS, detect, suffix
from archive.ingest.isolate import launch, process
from archive.settings import PictureSettings

_COMMANDS = ("soffice", "libreoffice")
# Hidden slides too, so that page n of the PDF is slide n (LibreOffice help, "PDF Export Command Line
# Parameters").
_FILTER = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_PDF_MAGIC = b"%PDF-"
_MISSING = (
    "LibreOffice is not installed, so decks have no pictures. Install it, or set pictures.office_command."
)


def find_office(command: str = "") -> Path | None:
    """Return the LibreOffice program: `command` (a name or path) if given, else what the PATH has."""
    for name in (command,) if command else _COMMANDS:
        found = shutil.which(name)
        if found is not None:
            return Path(found).absolute()
    return None


def to_pdf(deck: Path, folder: Path, settings: PictureSettings) -> Path:
    """Convert `deck` to a PDF in `folder`, one page for each slide, hidden ones too; return its path.

    `folder` is an empty private folder: LibreOffice may write there and nowhere else, and its profile stays
    there. Raises PartMissing without LibreOffice, PictureError when it fails or takes too long.
    """
    office = find_office(settings.office_command)
    if office is None:
        raise PartMissing(_MISSING)
    home = folder.resolve()
    source = _copy(deck, home)
    exit_code = _run(_command(office, source, home, settings), home, settings.office_wall_time_s)
    target = source.with_suffix(".pdf")
    if exit_code == launch.REFUSED:
        raise PictureError("LibreOffice could not be confined on this machine, so it was not run.")
    if exit_code != 0 or not _is_pdf(target):
        raise PictureError("LibreOffice could not convert the deck. Open it in PowerPoint and save it again.")
    return target


def _copy(deck: Path, home: Path) -> Path:
    """Copy the deck under a name of our own; a hard link would let LibreOffice write to the original."""
    try:
        media_type = detect(deck)
        if media_type not in DECKS:
            raise PictureError("The file is not a slide deck, so it has no slides to draw.")
        source = home / f"deck{suffix(media_type)}"
        shutil.copyfile(deck, source)
    except OSError as error:
        raise PictureError(
            "The deck could not be copied for drawing. See whether the disk is full."
        ) from error
    return source


def _command(office: Path, source: Path, home: Path, settings: PictureSettings) -> list[str]:
    program = [
        str(office),
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(home),
        str(source),
    ]
    return launch.command(
        program,
        write=home,
        memory_max_bytes=settings.office_memory_max_bytes,
        cpu_time_s=settings.office_cpu_time_s,
    )


def _run(command: list[str], home: Path, wall_time_s: float) -> int:
    """Run `command` in a session of its own until it ends; nothing of it is left running."""
    places = {"HOME": str(home), "TMPDIR": str(home)}
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=process.environment() | places | {"SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
    )
    try:
        return child.wait(wall_time_s)
    except subprocess.TimeoutExpired as error:
        raise PictureError(
            f"LibreOffice took longer than {wall_time_s:g} seconds. Split the deck, or raise the setting "
            "pictures.office_wall_time_s."
        ) from error
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the whole process group: soffice is a chain of programs, and one may outlive the first."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # all of them have ended
    child.wait()


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_PDF_MAGIC)) == _PDF_MAGIC
    except OSError:
        return False
