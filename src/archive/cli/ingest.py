"""`archive ingest`: takes files and folders into the archive."""

from pathlib import Path

import click


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each step.")
@click.option("--quiet", is_flag=True, help="Print only what failed or has no pictures.")
@click.pass_obj
def command(data: Path, paths: tuple[Path, ...], as_json: bool, quiet: bool) -> int:
    """Take in files and folders: store, read, index, draw.

    A folder may describe itself in a seminar.toml (docs/seminar-file.md). One bad file never stops the
    others. Ends with 1 if any file could not be read; pictures that are missing are told, and end with 0.
    """
    from archive.cli.opening import opened
    from archive.cli.progress.views import JsonLines, ProgressBar, Quiet
    from archive.ingest.intake.sources import require_paths

    require_paths(paths)  # before an archive is made for a misspelt path
    with opened(data, thorough=True, quiet=quiet or as_json) as archive:
        view = JsonLines() if as_json else Quiet() if quiet else ProgressBar(paths)
        with view:
            archive.ingest(paths, view.report, actor="command line")
    view.show_summary()
    return 1 if view.report.failures else 0
