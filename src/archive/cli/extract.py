"""`archive extract`: shows what the confined child reads from one file. Needs no archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from archive.model import Block, Extraction, Page


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every field.")
@click.pass_obj
def command(data: Path, file: Path, as_json: bool) -> int:
    """Read one file's words, as an ingest would, and print them. Keeps nothing."""
    from archive.ingest.isolate.choose import open_isolation
    from archive.ingest.languages import with_languages
    from archive.ingest.reading import read_file
    from archive.ingest.tasks import extract_limits
    from archive.settings import load_settings

    settings = load_settings(data)
    media_type = _type(file)
    isolation = open_isolation(settings.extract.isolation)
    try:
        extraction = read_file(isolation, file, media_type, extract_limits(settings))
    finally:
        isolation.close()
    extraction, language = with_languages(extraction)
    if as_json:
        from archive.cli.output import print_json

        print_json(_as_json(extraction, language))
    else:
        _print_text(extraction)
    return 0 if extraction.category.is_read else 1


def _type(file: Path) -> str:
    from archive.errors import PathError
    from archive.ingest.detect import detect

    try:
        if file.is_file():
            return detect(file)
    except OSError as error:
        raise PathError(f"{file}: it cannot be read. Mend its rights.") from error
    raise PathError(f"{file}: there is no such file. Check the spelling.")


def _as_json(extraction: "Extraction", language: str) -> dict[str, Any]:
    return {
        "category": extraction.category.value,
        "engine": extraction.engine,
        "message": extraction.message,
        "language": language,
        "properties": extraction.properties,
        "pages": [_page(page) for page in extraction.pages],
    }


def _page(page: "Page") -> dict[str, Any]:
    return {
        "number": page.number,
        "title": page.title,
        "hidden": page.hidden,
        "language": page.language,
        "engine": page.engine,
        "broken": page.broken,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: "Block") -> dict[str, Any]:
    found: dict[str, Any] = {"field": block.field.value, "language": block.language}
    if block.paragraphs:
        found["paragraphs"] = [
            {"text": one.text, "level": one.level, "bullet": one.bullet} for one in block.paragraphs
        ]
    if block.rows:
        found["rows"] = [list(row) for row in block.rows]
        found["has_header"] = block.has_header
    return found


def _print_text(extraction: "Extraction") -> None:
    reader = f", read by {extraction.engine}" if extraction.engine else ""
    count = len(extraction.pages)
    click.echo(f"{extraction.category.value}: {count} page{'' if count == 1 else 's'}{reader}")
    if extraction.message:
        click.echo(extraction.message)
    for page in extraction.pages:
        click.echo(f"\n--- {page.number}{' (hidden)' if page.hidden else ''} {page.title}".rstrip())
        for block in page.blocks:
            click.echo(f"[{block.field.value}] {block.text}")
