"""Run Tesseract on one picture, confined: no network, one folder, bounded time and memory."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from archive.errors import OcrError
from archive.ingest.ocr.tsv import TABLE_MAX_CHARS
from archive.ingest.sandbox import launch, processes
from archive.ingest.sandbox.launch import run_program
from archive.settings.sections import OcrSettings

ENGINE = "tesseract"

_LANGUAGE_DATA = {"sv": "swe", "en": "eng"}
_ASKING_TIMEOUT_S = 20.0
_ANSWER_MAX_BYTES = 4 * TABLE_MAX_CHARS  # in UTF-8 a character has four bytes at most
_FAILED = "Tesseract could not read the picture of the page. Look whether the page is drawn rightly."


def find_tesseract(command: str = "") -> Path | None:
    """Return the Tesseract program: `command` (a name or path) if given, else what the PATH has."""
    found = shutil.which(command or ENGINE)
    return None if found is None else Path(found).absolute()


def can_read(command: str = "") -> bool:
    """Return whether Tesseract is installed with data for Swedish or English."""
    tesseract = find_tesseract(command)
    return tesseract is not None and bool(language_data("", installed_languages(tesseract)))


@lru_cache
def installed_languages(tesseract: Path) -> frozenset[str]:
    """Return the languages that Tesseract has data for ("swe", "eng" …)."""
    try:
        answer = subprocess.run(
            [str(tesseract), "--list-langs"],
            capture_output=True,
            text=True,
            errors="replace",
            env=processes.environment(),
            timeout=_ASKING_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(line.strip() for line in answer.stdout.splitlines()[1:])


def language_data(language: str, installed: frozenset[str]) -> str:
    """Return the data to read a page of `language` ("sv", "en", "") with; "" where none is installed.

    Swedish data reads English as well as its own (measured), so it is taken where the language is unknown.
    """
    wanted = (_LANGUAGE_DATA.get(language, "swe"), "swe", "eng")
    return next((name for name in wanted if name in installed), "")


def read_picture(
    tesseract: Path, picture: Path, folder: Path, data: str, resolution_dpi: int, settings: OcrSettings
) -> str:
    """Return what Tesseract says of `picture`, a file in the private `folder`: untrusted lines of TSV.

    `data` names the languages to read. Raises OcrError when it fails or takes too long.
    """
    folder = folder.absolute()  # the program runs in it
    output = folder / "words"
    program = [
        str(tesseract),
        str(picture.absolute()),
        str(output),
        "-l",
        data,
        "--dpi",
        str(resolution_dpi),
        "tsv",
    ]
    try:
        code = run_program(
            program,
            folder,
            settings.wall_time_s,
            settings.cpu_time_s,
            settings.memory_max_bytes,
            {"OMP_THREAD_LIMIT": "1"},  # its threads cost more than they gain on pages (its own advice)
            _own_files(tesseract),
        )
    except TimeoutError:
        raise OcrError(
            f"Reading the picture of a page took longer than {settings.wall_time_s:g} seconds. "
            "Raise the setting ocr.wall_time_s."
        ) from None
    if code == launch.REFUSED:
        raise OcrError("Tesseract could not be confined on this machine, so it was not run.")
    if code != 0:
        raise OcrError(_FAILED)
    try:
        with output.with_suffix(".tsv").open("rb") as file:
            return file.read(_ANSWER_MAX_BYTES).decode("utf-8", "replace")[:TABLE_MAX_CHARS]
    except OSError as error:
        raise OcrError(_FAILED) from error


def _own_files(tesseract: Path) -> tuple[Path, ...]:
    """Return where an installation below any prefix has its programs, libraries and data of languages."""
    programs = tesseract.resolve().parent
    return programs, programs.parent / "lib", programs.parent / "share" / "tessdata"
