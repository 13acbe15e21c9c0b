"""Tables and JSON on stdout, and files that somebody has named."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import click
from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from archive.cli.echo import echo
from archive.disk.durable_files import write_whole
from archive.printable import printable, printable_json

# Output to a file or another program is not wrapped: rich would take it for 80 columns wide.
_PIPE_WIDTH = 100_000

STDOUT: Final = Path("-")
"""What stands for stdout where a file is to be named."""


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write what is made into the file that was named for it, whole or not at all; `STDOUT` is stdout.

    Raises PathError where it cannot be written.
    """
    if path != STDOUT:
        write_whole(path, pieces)
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def print_json(value: Any) -> None:
    """Print a value as indented JSON on stdout, letters unescaped."""
    click.echo(printable_json(json.dumps(value, ensure_ascii=False, indent=2)))


def print_rich(*parts: RenderableType) -> None:
    """Print on stdout, as wide as the terminal; to a pipe without colours and without wrapping lines."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        _print(Console(highlight=False), parts)
        return
    console = Console(highlight=False, width=_PIPE_WIDTH)
    with console.capture() as captured:
        _print(console, parts)
    for line in captured.get().splitlines():
        echo(line.rstrip())


def _print(console: Console, parts: Sequence[RenderableType]) -> None:
    for part in parts:
        console.print(_Printable(part))


class _Printable:
    """Something to print whose control characters are written out; those that colour it are rich's own."""

    def __init__(self, inner: RenderableType) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def moved_in(text: Text, columns: int) -> Padding:
    """Return the text indented by `columns`, also where it is wrapped."""
    return Padding(text, (0, 0, 0, columns), expand=False)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table on stdout. Long cells are wrapped, never cut, and never read as markup."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))  # columns are as wide as what is shown
    print_rich(table)


def print_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Print names and values, one pair a line."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(Text(name), Text(printable(value)))
    print_rich(table)
