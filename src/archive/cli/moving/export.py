"""`archive export`: everything into a folder that can be read without the archive, or hits into a file."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated
from archive.errors import CopyRefused

if TYPE_CHECKING:
    from archive.downloads.downloading import Wanted
    from archive.search.question import Question


@click.command("export")
@click.argument("target", metavar="[OUT]", type=click.Path(path_type=Path), required=False)
@click.option("--all", "everything", is_flag=True, help="Export all there is into the folder OUT.")
@click.option(
    "--withdrawn",
    is_flag=True,
    help="Also the files and words of withdrawn documents, not their records alone.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--query", default=None, help="Export the hits of a question instead, as its page of results.")
@click.option(
    "--filter", "filters", multiple=True, metavar="FACET=VALUE", help="Narrow: region=SE31, year=2022."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "title"]),
    default="relevance",
    show_default=True,
    help="Order of the hits.",
)
@click.option(
    "--format", "file_format", default="csv", show_default=True, help="csv, csv-excel, xlsx, jsonl, parquet …"
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where hits go; - for stdout.")
@click.option(
    "--as",
    "visitor",
    type=click.Choice(["public", "members", "staff"]),
    default="public",
    show_default=True,
    help="Whose hits: members and staff find more.",
)
@click.pass_obj
def command(
    data: Path,
    target: Path | None,
    everything: bool,
    withdrawn: bool,
    as_json: bool,
    query: str | None,
    filters: tuple[str, ...],
    sort: str,
    file_format: str,
    output: Path | None,
    visitor: str,
) -> int:
    """Leave with everything (--all OUT), or with the hits of a question (--query "…" -o FILE).

    With --all: originals, records, words and pictures in one new folder OUT.

    What only staff may see is in it, too, and marked so; no password, token or session is. The folder is a
    bag (BagIt) with tables and JSON, a description of every field, and a small reader in plain Python. One
    that was interrupted goes on when the same command is given again. Ends with 1 where a file is missing
    or damaged.

    With --query: a row for each page that the question finds, as the page of results offers it.
    """
    if query is not None or filters:
        if everything or target is not None or output is None:
            raise click.UsageError("Give hits a file with -o, and neither --all nor OUT.")
        export_hits(data, question_of(query or "", filters, sort), visitor, file_format, output)
        return 0
    if target is None:
        raise click.UsageError("Name a new folder with --all OUT, or ask for hits with --query.")
    return _export_all(data, target, everything, withdrawn, as_json)


def _export_all(data: Path, target: Path, everything: bool, withdrawn: bool, as_json: bool) -> int:
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.export.exporting import export_archive

    if not everything:
        raise click.UsageError(
            "An export has everything, what only staff may see included. Say so with --all."
        )
    shows = not as_json and sys.stderr.isatty()

    def told(what: str, count: int) -> None:
        if shows:
            echo(text("%(what)s: %(count)s written", what=what, count=count), err=True)

    with opened(data, must_exist=True, quiet=True, only_looks=True) as archive:
        exported = export_archive(archive, target.absolute(), withdrawn, told)
    for path, reason in exported.missing.items():
        echo(text("Not exported: %(path)s: %(reason)s", path=path, reason=translated(reason)), err=True)
    if as_json:
        print_json(
            {"records": exported.records, "files": exported.files, "missing_files": list(exported.missing)}
        )
    else:
        echo(
            plural(
                "Exported to %(folder)s: %(documents)s documents and one file. Check it with: "
                "python3 %(folder)s/read_archive.py check",
                "Exported to %(folder)s: %(documents)s documents and %(count)s files. Check it with: "
                "python3 %(folder)s/read_archive.py check",
                exported.files,
                folder=target,
                documents=exported.records["documents"],
            )
        )
    return 1 if exported.missing else 0


def export_hits(data: Path, question: "Question", visitor: str, file_format: str, output: Path) -> None:
    """Write the hits of a question to a file that is not there yet, or to stdout; say how many there were.

    Raises:
        CopyRefused: there is something at `output`.
        FilterUnknown: nothing has the identifier that a filter names.
        PathError: it cannot be written there.
    """
    from archive.cli.opening import opened
    from archive.cli.output import STDOUT, write_file
    from archive.disk.durable_files import refuse_place_of_file
    from archive.search.filters import refuse_unknown

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
    from archive.search.filters import filters_of, pair_of
    from archive.search.question import Question

    return Question(text=query, filters=filters_of(map(pair_of, filters)), sort=Sort(sort))


def _wanted(question: "Question", visitor: str, file_format: str, site: str) -> "Wanted":
    from urllib.parse import urlencode

    from archive.downloads.downloading import Wanted
    from archive.model.visibility import Visibility
    from archive.web.presenters.addresses import parameters

    address = f"{site}/?{urlencode(parameters(question))}"
    return Wanted(question, Visibility(visitor), file_format, address, site)
