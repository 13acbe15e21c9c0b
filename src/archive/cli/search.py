"""`archive search`: finds slides and prints them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import plural, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from archive.search.results import GroupResult, ResultPage


# "-word" is a word to leave out and not an option; so there is no -h either.
_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command("search", context_settings=_SETTINGS)
@click.argument("query", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: total and hits.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="Talks shown.")
@click.option("--page", type=click.IntRange(1, 50), default=1, show_default=True, help="Page of results.")
@click.option(
    "--as",
    "visitor",
    type=click.Choice(["public", "members", "staff"]),
    default="staff",
    show_default=True,
    help="Search as whom: staff also search notes and hidden slides.",
)
@click.pass_obj
def command(data: Path, query: tuple[str, ...], as_json: bool, limit: int, page: int, visitor: str) -> None:
    """Find slides that say QUERY: words, "a phrase", -without, OR, title:word, begin*."""
    for word in query:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    from archive.cli.opening import opened
    from archive.model.visibility import Visibility
    from archive.search.question import Question
    from archive.search.service import SearchService

    with opened(data, must_exist=True, quiet=True) as archive:
        bounds = archive.settings.search.model_copy(update={"groups_per_page": limit, "slides_per_group": 20})
        service = SearchService(archive.database, archive.engine, archive.analyzer, bounds)
        result = service.search(Question(" ".join(query), page=page), Visibility(visitor))
    if as_json:
        _print_json(result)
    else:
        _print_text(result)


def _print_json(result: "ResultPage") -> None:
    from archive.cli.output import print_json

    hits = [
        {
            "document": hit.document_id,
            "filename": hit.filename,
            "page": hit.number,
            "title": hit.title or group.title,
            "snippet": "".join(segment.text for segment in hit.snippet),
        }
        for group in result.groups
        for hit in group.best
    ]
    print_json({"total": result.total_slides, "groups": result.total_groups, "hits": hits})


def _print_text(result: "ResultPage") -> None:
    from archive.cli.output import print_rich

    if not result.total_slides:
        echo(text("Nothing was found. Try fewer words, or the beginning of one with * behind it."))
        return
    for group in result.groups:
        print_rich(*_group(group))
    echo(
        text(
            "%(slides)s in %(talks)s (page %(page)s of %(last_page)s).",
            slides=plural("%(count)s slide", "%(count)s slides", result.total_slides),
            talks=plural("%(count)s talk", "%(count)s talks", result.total_groups),
            page=result.page_number,
            last_page=result.last_page,
        )
    )


def _group(group: "GroupResult") -> "Iterator[RenderableType]":
    """Yield a talk's title, where it comes from, and its best slides with their words."""
    from rich.text import Text

    from archive.cli.output import moved_in

    event = group.record.event
    yield Text(group.title, "bold")
    filename = group.record.document.version.filename
    day = (event.starts if event else "") or group.record.read_date
    yield moved_in(Text(" · ".join(filter(None, (filename, event.title if event else "", day))), "dim"), 2)
    for hit in group.best:
        head = Text.assemble((f"{hit.document_id}/{hit.number}", "cyan"), "  ", hit.title)
        head.append(f" ({text('hidden')})" if hit.hidden else "", "dim")
        head.append(f"  {hit.filename}" if hit.filename != filename else "", "dim")
        yield moved_in(head, 2)
        words = ((" ".join(one.text.split("\n")), "bold yellow" if one.marked else "") for one in hit.snippet)
        yield moved_in(Text.assemble(*words), 6)
    if group.slide_count > len(group.best):
        left = group.slide_count - len(group.best)
        yield moved_in(Text(plural("and %(count)s more slide", "and %(count)s more slides", left), "dim"), 2)
    yield ""
