"""`archive export`: writes everything into a folder that can be read without the archive."""

import sys
from pathlib import Path

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text, translated


@click.command("export")
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--all", "everything", is_flag=True, help="Export all there is; needed, so that nobody is surprised."
)
@click.option(
    "--withdrawn",
    is_flag=True,
    help="Also the files and words of withdrawn documents, not their records alone.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, target: Path, everything: bool, withdrawn: bool, as_json: bool) -> int:
    """Leave with everything: originals, records, words and pictures in one new folder OUT.

    What only staff may see is in it, too, and marked so; no password, token or session is. The folder is a
    bag (BagIt) with tables and JSON, a description of every field, and a small reader in plain Python. One
    that was interrupted goes on when the same command is given again. Ends with 1 where a file is missing
    or damaged.
    """
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
