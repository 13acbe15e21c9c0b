"""`archive extract`: shows what the confined child reads from files. Needs no archive."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.settings import Settings


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
    from archive.settings import load_settings

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
    from archive.cli.extract_forms import as_object, print_pages, print_words
    from archive.cli.output import print_json
    from archive.ingest.file_reader import FileReader
    from archive.ingest.reading.languages import with_languages

    with FileReader(settings) as reader:
        extraction = reader.read(file)
    if as_json:
        print_json(as_object(*with_languages(extraction)))
    elif as_text:
        print_words(extraction)
    else:
        print_pages(extraction)
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
    """Read the files in order and print a line for each as soon as it and those before it are read."""
    from archive.cli.extract_forms import Tally, print_line
    from archive.ingest.file_reader import read_all

    tally = Tally()
    for outcome in read_all(settings, files, workers):
        tally.count(outcome)
        print_line(outcome, as_json=as_lines)
    if not as_lines:
        tally.print()
    return 0 if tally.all_read else 1
