"""`archive export --query`: the hits of a question as a file, the same rows as the page of results gives."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from archive.cli.echo import echo
from archive.cli.language import plural
from archive.errors import CopyRefused

if TYPE_CHECKING:
    from archive.downloads.downloading import Wanted
    from archive.search.question import Question


def export_hits(data: Path, question: "Question", visitor: str, file_format: str, output: Path) -> None:
    """Write the hits of a question to a file that is not there yet, or to stdout; say how many there were.

    Raises:
        CopyRefused: there is something at `output`.
        FilterUnknown: nothing has the identifier that a filter names.
        PathError: it cannot be written there.
    """
    from archive.cli.opening import opened
    from archive.cli.output import STDOUT, write_file
    from archive.durable_files import refuse_place_of_file
    from archive.search.filters.values import refuse_unknown

    if output != STDOUT:
        if output.exists() or output.is_symlink():
            raise CopyRefused(f"There is something in {output} already. Name a file that is not there yet.")
        refuse_place_of_file(output)
    with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
        wanted = _wanted(question, visitor, file_format, archive.settings.web.address)
        with archive.database.read() as session:
            refuse_unknown(session, question.filters, wanted.visitor.rank)
        with closing(archive.downloads.begin(wanted)) as pieces:
            write_file(output, pieces)
    if output == STDOUT:
        return
    echo(
        plural(
            "%(count)s hit was written to %(file)s.",
            "%(count)s hits were written to %(file)s.",
            pieces.hit_count,
            file=output,
        )
    )


def question_of(query: str, filters: tuple[str, ...], sort: str) -> "Question":
    """Return the question that options ask. Raises FilterUnusable."""
    from archive.index.search import Sort
    from archive.search.filters.values import filters_of, pair_of
    from archive.search.question import Question

    return Question(text=query, filters=filters_of(map(pair_of, filters)), sort=Sort(sort))


def _wanted(question: "Question", visitor: str, file_format: str, site: str) -> "Wanted":
    from urllib.parse import urlencode

    from archive.downloads.downloading import Wanted
    from archive.model.visibility import Visibility
    from archive.web.presenters.addresses import parameters

    address = f"{site}/?{urlencode(parameters(question))}"
    return Wanted(question, Visibility(visitor), file_format, address, site)
