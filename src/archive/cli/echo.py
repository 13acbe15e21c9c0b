"""Prints lines: names and words of other people's files as they may be written to a terminal."""

import json
from typing import Any

import click

from archive.printable import printable, printable_json


def echo(message: str, err: bool = False) -> None:
    """Print a message on stdout or stderr, its control characters written out."""
    click.echo(printable(message), err=err)


def echo_json(value: Any) -> None:
    """Print a value on stdout as JSON in one line, letters unescaped."""
    click.echo(printable_json(json.dumps(value, ensure_ascii=False)))
