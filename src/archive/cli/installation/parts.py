"""`archive parts`: which system parts this machine has, and which are missing. Needs no archive."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.language import text

if TYPE_CHECKING:
    from archive.settings.settings import Settings


@click.command("parts")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, as_json: bool) -> int:
    """Say where LibreOffice, Tesseract and the Swedish lexicon are, or what is missing.

    Works before there is an archive. Ends with 1 where LibreOffice, Tesseract or its Swedish words are
    missing; all else works without them.
    """
    from archive.cli.output import print_json, print_pairs
    from archive.health import missing_parts
    from archive.settings.settings import load_settings

    settings = load_settings(data)
    missing = missing_parts(settings)
    if as_json:
        found = {"missing_parts": list(missing), "lexicon": _lexicon(settings)[0]}
        print_json(found | {name: str(path) if path else None for name, path in _programs(settings)})
    else:
        programs = [(_named(name), str(path or text("missing"))) for name, path in _programs(settings)]
        print_pairs([*programs, (text("Lexicon"), _lexicon(settings)[1]), *_missing_lines(missing)])
    return 1 if missing else 0


def _programs(settings: "Settings") -> Iterator[tuple[str, Path | None]]:
    from archive.ingest.libreoffice.finding import find_office
    from archive.ingest.ocr.tesseract import find_tesseract

    yield "libreoffice", find_office(settings.pictures.office_command)
    yield "tesseract", find_tesseract(settings.ocr.command)


def _named(program: str) -> str:
    return {"libreoffice": "LibreOffice", "tesseract": "Tesseract"}[program]


def _missing_lines(missing: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return a line for each missing part (a package of Debian): what is not done without it."""
    lacks = {
        "libreoffice-impress-nogui": text("slides show as text cards; .ppt, .odp and .key are not read"),
        "libreoffice-writer-nogui": text("texts such as .doc, .odt and .rtf are not read"),
        "tesseract-ocr": text("words in pictures are not found"),
        "tesseract-ocr-swe": text("Swedish words in pictures are read badly"),
    }
    lines = [(text("Missing"), f"{package}: {lacks[package]}") for package in missing]
    if missing:
        lines.append((text("On Debian"), f"apt-get install --no-install-recommends {' '.join(missing)}"))
    return lines


def _lexicon(settings: "Settings") -> tuple[str, str]:
    """Return the lexicon's folder, and how it is with that; nothing is made."""
    from archive.analysis.lexicon.build import is_current, lexicon_folder
    from archive.analysis.lexicon.sources import find_sources

    folder = settings.text.lexicon or lexicon_folder()
    sources = find_sources()
    names = ", ".join(source.name for source in sources)
    if is_current(folder, sources):
        return str(folder), text("%(folder)s, from %(names)s", folder=folder, names=names)
    if folder.exists():
        return str(folder), text(
            "%(folder)s, from other sources than are installed now (`archive lexicon build`)", folder=folder
        )
    return str(folder), text(
        "not made yet: `archive lexicon build` makes it, or the first start (a minute or two, once)"
    )
