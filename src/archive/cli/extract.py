"""`archive extract`: shows what the confined child reads from files. Needs no archive."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.echo import echo, echo_json
from archive.cli.language import plural, text, translated

if TYPE_CHECKING:
    from archive.ingest.file_reader import FileOutcome
    from archive.model.extraction import Extraction
    from archive.model.pages import Block, Page
    from archive.settings.settings import Settings


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--from-list", "list_file", type=click.Path(path_type=Path), help="Read the files that FILE names."
)
@click.option("--text", "as_text", is_flag=True, help="Print the words only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every field.")
@click.option(
    "--jsonl", "as_lines", is_flag=True, help="Print a JSON line a file: its words and its outcome."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Files read at once."
)
@click.pass_obj
def command(
    data: Path,
    file: Path | None,
    list_file: Path | None,
    *,
    as_text: bool,
    as_json: bool,
    as_lines: bool,
    workers: int,
) -> int:
    """Read a file's words, as an ingest would, and print them. Keeps nothing.

    With --from-list many files are read in one start, one path a line. The command ends with 1 if any of them
    could not be read.
    """
    from archive.settings.settings import load_settings

    if (file is None) == (list_file is None):
        raise click.UsageError("Give one file, or --from-list with a file of paths.")
    if as_text + as_json + as_lines > 1 or (list_file is not None and as_text + as_json):
        raise click.UsageError("Choose one of --text, --json and --jsonl; a list takes only --jsonl.")
    settings = load_settings(data)
    if list_file is not None:
        return _read_list(settings, list_file, workers, as_lines=as_lines)
    assert file is not None
    if as_lines:
        return _read_all(settings, [file], 1, as_lines=True)
    return _read_one(settings, file, as_text=as_text, as_json=as_json)


def _read_one(settings: "Settings", file: Path, *, as_text: bool, as_json: bool) -> int:
    from archive.cli.output import print_json
    from archive.ingest.file_reader import FileReader
    from archive.ingest.reading.languages import with_languages

    with FileReader(settings) as reader:
        extraction = reader.read(file)
    if as_json:
        print_json(_as_object(*with_languages(extraction)))
    elif as_text:
        _print_words(extraction)
    else:
        _print_pages(extraction)
    return 0 if extraction.category.is_read else 1


def _read_list(settings: "Settings", list_file: Path, workers: int, *, as_lines: bool) -> int:
    from archive.errors import PathError

    try:
        names = list_file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PathError(
            f"{list_file}: the list cannot be read. It holds one path a line, in UTF-8."
        ) from error
    return _read_all(settings, [Path(name) for name in names if name], workers, as_lines=as_lines)


def _read_all(settings: "Settings", files: list[Path], workers: int, *, as_lines: bool) -> int:
    """Read the files and print a line for each, in their order, as soon as it is read."""
    from archive.ingest.file_reader import read_all

    tally = _Tally()
    with read_all(settings, files, workers) as outcomes:
        for outcome in outcomes:
            tally.count(outcome)
            _print_line(outcome, as_json=as_lines)
    if not as_lines:
        tally.print()
    return 0 if tally.all_read else 1


if TYPE_CHECKING:
    from archive.model.extraction import Extraction
    from archive.model.pages import Block, Page


def _as_object(extraction: "Extraction", language: str) -> dict[str, Any]:
    """Return everything that was read as one JSON object."""
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
        "engine": page.reader,
        "broken": page.broken,
        "ocr_reason": page.ocr_reason.value,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: "Block") -> dict[str, Any]:
    fields: dict[str, Any] = {"field": block.field.value, "language": block.language}
    if block.paragraphs:
        fields["paragraphs"] = [
            {"text": paragraph.text, "level": paragraph.level, "bullet": paragraph.bullet}
            for paragraph in block.paragraphs
        ]
    if block.rows:
        fields["rows"] = [list(row) for row in block.rows]
        fields["has_header"] = block.has_header
    return fields


def _print_pages(extraction: "Extraction") -> None:
    """Print the outcome and the blocks of every page with their fields, for people."""
    reader = text(", read by %(engine)s", engine=extraction.engine) if extraction.engine else ""
    echo(f"{extraction.category.value}: {_counted(len(extraction.pages))}{reader}")
    if extraction.message:
        echo(translated(extraction.message))
    for page in extraction.pages:
        hidden = f" ({text('hidden')})" if page.hidden else ""
        echo(f"\n--- {page.number}{hidden} {page.title}".rstrip())
        for block in page.blocks:
            echo(f"[{block.field.value}] {block.text}")


def _print_words(extraction: "Extraction") -> None:
    """Print all words, pages separated by a form feed; on stderr why there are none."""
    if extraction.pages:
        echo(_words(extraction))
    if not extraction.category.is_read:
        echo(f"archive: {extraction.category.value}: {translated(extraction.message)}", err=True)


def _print_line(outcome: "FileOutcome", *, as_json: bool) -> None:
    """Print one file of many: as a JSON object on one line, or its category, name and message."""
    if as_json:
        echo_json(_line(outcome))
        return
    extraction = outcome.extraction
    if extraction is None:
        echo(f"{text('not opened'):16}  {translated(outcome.error)}")
        return
    message = f": {translated(extraction.message)}" if extraction.message else ""
    echo(f"{extraction.category.value:16}  {outcome.file} ({_counted(len(extraction.pages))}){message}")


def _line(outcome: "FileOutcome") -> dict[str, Any]:
    """Return one file as a JSON object: `error` is "" exactly where its words were read."""
    extraction = outcome.extraction
    if extraction is None:
        return {"file": str(outcome.file), "text": "", "error": outcome.error, "category": "", "pages": 0}
    return {
        "file": str(outcome.file),
        "text": _words(extraction),
        "error": "" if extraction.category.is_read else extraction.message or extraction.category.value,
        "category": extraction.category.value,
        "message": extraction.message,
        "pages": len(extraction.pages),
    }


def _words(extraction: "Extraction") -> str:
    """Return the words that a search would look through; pages are separated by a form feed."""
    from archive.model.machine_descriptions import without_machine_descriptions

    pages = (filter(None, map(without_machine_descriptions, page.blocks)) for page in extraction.pages)
    return "\n\f".join("\n".join(block.text for block in blocks) for blocks in pages)


def _counted(pages: int) -> str:
    return plural("%(count)s page", "%(count)s pages", pages)


class _Tally:
    """Counts outcomes by category."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self.all_read = True

    def count(self, outcome: "FileOutcome") -> None:
        """Count one file."""
        extraction = outcome.extraction
        self._counts["not opened" if extraction is None else extraction.category.value] += 1
        self.all_read = self.all_read and extraction is not None and extraction.category.is_read

    def print(self) -> None:
        """Print how many files ended in which category, the most frequent first."""
        parts = [f"{count} {name}" for name, count in self._counts.most_common()]
        told = ", ".join(parts) or text("the list is empty")
        echo(text("%(count)s files: %(outcomes)s", count=self._counts.total(), outcomes=told))
