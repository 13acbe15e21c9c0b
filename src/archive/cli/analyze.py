"""`archive analyze`: shows the terms of a text in the index."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.echo import echo
from archive.cli.language import text as translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.analysis.swedish import SwedishAnalyzer


@click.command("analyze")
@click.argument("text")
@click.option("--language", type=click.Choice(["sv", "en"]), help="Take the text as Swedish or English.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(data: Path, text: str, language: str | None, as_json: bool) -> None:
    """Show the words of TEXT: main forms, parts of compounds, positions, and where they stand."""
    from archive.analysis.language import detect_language
    from archive.analysis.swedish import open_analyzer
    from archive.cli.output import print_json, print_table
    from archive.log import configure_logging
    from archive.settings.settings import load_settings

    settings = load_settings(data)
    configure_logging(settings.log_format, quiet=True)
    taken_language = language or detect_language(text)
    analyzer = open_analyzer(settings.text)
    rows = list(_rows(analyzer, text, taken_language))
    if as_json:
        print_json({"language": taken_language, "fingerprint": analyzer.fingerprint, "tokens": rows})
        return
    told = taken_language or translate("not told, taken as Swedish")
    echo(translate("Language: %(language)s", language=told))
    headings = (
        translate("position"),
        translate("characters"),
        translate("written"),
        translate("kind"),
        translate("term"),
        translate("weight"),
    )
    cells = (
        (
            str(row["position"]),
            f"{row['start']}-{row['end']}",
            row["written"],
            row["kind"],
            row["term"],
            f"{row['boost']:g}",
        )
        for row in rows
    )
    print_table(headings, cells)


def _rows(analyzer: "SwedishAnalyzer", text: str, language: str) -> "Iterator[dict[str, Any]]":
    """Yield each word's form as written, its main form and its parts, in the order of the text."""
    from archive.analysis.swedish import PART_BOOST

    found = analyzer.main_terms(text, language)
    main = [(token, "main" if token.boost > PART_BOOST else "part") for token in found]
    exact = [(token, "exact") for token in analyzer.exact_terms(text)]
    for token, kind in sorted([*exact, *main], key=lambda pair: pair[0].position):
        yield {
            "kind": kind,
            "term": token.term,
            "position": token.position,
            "start": token.start,
            "end": token.end,
            "written": text[token.start : token.end],
            "boost": token.boost,
        }
