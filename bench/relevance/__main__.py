"""`python -m bench.relevance --data DIR`: how well Swedish is found, by the archive and by its peers."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from archive.log import configure_logging
from archive.settings import TextSettings
from archive.text.opening import open_analyzer
from bench.relevance.rows import Row, as_table
from bench.relevance.searching import search_rows
from bench.relevance.words import word_rows

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--data", type=_FOLDER, required=True, help="The folder with the sets; absent ones are skipped."
)
@click.option(
    "--corpora", type=_FOLDER, help="The folder with the documents (default: `corpora` beside DATA)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--peers/--no-peers", default=True, help="Put the same questions to other engines.")
def main(data: Path, corpora: Path | None, as_json: bool, peers: bool) -> None:
    """Print one row for each set, measure and engine."""
    configure_logging("console", quiet=True)
    rows = []
    for row in _rows(data, corpora or data.resolve().parent / "corpora", peers):
        click.echo(f"{row.set}, {row.measure}, {row.engine}: {row.value:.4f}", err=True)
        rows.append(row)
    if as_json:
        click.echo(json.dumps({"rows": [asdict(row) for row in rows]}, ensure_ascii=False))
    else:
        click.echo(as_table(rows))


def _rows(data: Path, corpora: Path, with_peers: bool) -> Iterator[Row]:
    analyzer = open_analyzer(TextSettings())
    yield from word_rows(data, analyzer)
    yield from search_rows(data, corpora, analyzer, with_peers)


if __name__ == "__main__":
    main()
