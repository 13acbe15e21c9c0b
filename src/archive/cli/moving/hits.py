"""`archive export --query`: the hits of a question as a file, the same rows as the page of results gives."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from archive.cli.echo import echo
from archive.cli.language import plural
from archive.durable_files import storage_failures
from archive.errors import CopyRefused, InputError, PathError

if TYPE_CHECKING:
    from archive.downloads.downloading import Wanted
    from archive.downloads.stream import Stream
    from archive.search.question import Question

STDOUT = Path("-")


def export_hits(data: Path, question: "Question", visitor: str, file_format: str, output: Path) -> None:
    """Write the hits of a question to a file that is not there yet, or to stdout; say how many there were.

    Raises:
        CopyRefused: there is something at `output`.
        PathError: its folder is not there.
        StorageError: the disk refuses.
    """
    from archive.cli.opening import opened

    if output != STDOUT and (output.exists() or output.is_symlink()):
        raise CopyRefused(f"There is something in {output} already. Name a file that is not there yet.")
    if output != STDOUT and not output.parent.is_dir():
        raise PathError(f"There is no folder {output.parent}. Make it first, or name another place.")
    with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
        wanted = _wanted(question, visitor, file_format, archive.settings.web.address)
        with closing(archive.downloads.begin(wanted)) as pieces:
            if output == STDOUT:
                for piece in pieces:
                    sys.stdout.buffer.write(piece)
                sys.stdout.buffer.flush()
                return
            _write(output, pieces)
    echo(
        plural(
            "%(count)s hit was written to %(file)s.",
            "%(count)s hits were written to %(file)s.",
            pieces.hit_count,
            file=output,
        )
    )


def question_of(query: str, filters: tuple[str, ...], sort: str) -> "Question":
    """Return the question that options ask. Raises InputError where a filter is none."""
    from archive.index.schema import Facet
    from archive.index.search import Sort
    from archive.search.question import SHOWN_FACETS, Question

    chosen: dict[Facet, tuple[str, ...]] = {}
    for one in filters:
        name, _, value = one.partition("=")
        if name not in [facet.value for facet in SHOWN_FACETS] or not value:
            raise InputError(f"'{one}' is no filter. Give one as region=SE31 or year=2022.")
        chosen[Facet(name)] = (*chosen.get(Facet(name), ()), value)
    return Question(text=query, filters=chosen, sort=Sort(sort))


def _wanted(question: "Question", visitor: str, file_format: str, site: str) -> "Wanted":
    from urllib.parse import urlencode

    from archive.downloads.downloading import Wanted
    from archive.model.visibility import Visibility
    from archive.web.presenters.addresses import parameters

    address = f"{site}/?{urlencode(parameters(question))}"
    return Wanted(question, Visibility(visitor), file_format, address, site)


def _write(output: Path, pieces: "Stream") -> None:
    """Write a file under a name of its own, until it is whole."""
    unfinished = output.with_name(f"{output.name}.unfinished")
    try:
        with storage_failures(), unfinished.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        with storage_failures():
            unfinished.rename(output)
    finally:
        unfinished.unlink(missing_ok=True)
