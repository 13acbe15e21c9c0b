"""`archive verify`: checks that every original has its bytes, and that catalogue and index agree."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.app import Archive


_REBUILD = "Run `archive rebuild`."


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Print only what is wrong.")
@click.pass_obj
def command(data: Path, as_json: bool, quiet: bool) -> int:
    """Re-hash every original and picture, check the database, compare catalogue and index.

    Mends nothing; only the index follows the catalogue first. Ends with 1 if anything is wrong.
    """
    from archive.catalogue.statistics import counts
    from archive.cli.opening import opened
    from archive.cli.output import print_json

    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.read() as session:
            found = counts(session)
        problems = list(_problems(archive))
    if as_json:
        print_json({"originals": found.originals, "documents": found.documents, "problems": problems})
    else:
        for problem in problems:
            click.echo(problem, err=True)
        if not quiet and not problems:
            click.echo(f"All is well: {found.originals} originals, {found.documents} documents.")
    return 1 if problems else 0


def _problems(archive: "Archive") -> Iterator[str]:
    from archive.catalogue import statistics
    from archive.errors import ArchiveError

    try:
        archive.database.check()
    except ArchiveError as error:
        yield f"Catalogue: {error.message}"
        return
    with archive.database.read() as session:
        kept = list(statistics.original_digests(session))
        drawn = list(statistics.picture_digests(session))
    for name, store, digests in (
        ("Original", archive.originals, kept),
        ("Picture", archive.pictures, drawn),
    ):
        for digest in digests:
            try:
                store.verify(digest)
            except ArchiveError as error:
                yield f"{name} {digest[:12]}: {error.message}"
    yield from _index_problems(archive)


def _index_problems(archive: "Archive") -> Iterator[str]:
    from archive.catalogue.statistics import indexable
    from archive.errors import ArchiveError
    from archive.index.query import MatchAll
    from archive.index.search import Scope
    from archive.model.visibility import Visibility

    try:
        archive.engine.check()
        archive.indexer.catch_up()
        with archive.database.read() as session:
            expected = indexable(session)
        scope = Scope(max_rank=Visibility.STAFF.rank)
        for document_id, page_count in expected.items():
            held = len(archive.engine.matching_pages(MatchAll(), scope, document_id))
            if held != page_count:
                yield f"Index: document {document_id} has {held} of {page_count} pages. {_REBUILD}"
        surplus = archive.engine.counts()[0] - sum(1 for count in expected.values() if count)
        if surplus > 0:
            yield f"Index: {surplus} documents that the catalogue does not have. {_REBUILD}"
    except ArchiveError as error:
        yield f"Index: {error.message}"
