"""`archive explain`: says why a slide is where it is among the results."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.search.explain import Explanation, QueryPart

_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command("explain", context_settings=_SETTINGS)
@click.argument("query")
@click.argument("place", metavar="DOCUMENT/PAGE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--as",
    "visitor",
    type=click.Choice(["public", "members", "staff"]),
    default="staff",
    show_default=True,
    help="Explain what whom finds.",
)
@click.pass_obj
def command(data: Path, query: str, place: str, as_json: bool, visitor: str) -> None:
    """Say why the slide DOCUMENT/PAGE is where it is when QUERY is asked."""
    from archive.catalogue import records
    from archive.cli.opening import opened
    from archive.cli.output import print_json
    from archive.errors import InputError
    from archive.model.visibility import Visibility
    from archive.search.explain import Explainer
    from archive.search.question import Question

    document_id, _, digits = place.partition("/")
    if not (digits.isascii() and digits.isdigit()):
        raise InputError("Name the slide as DOCUMENT/PAGE, as `archive search` prints it.")
    with opened(data, must_exist=True, quiet=True) as archive:
        with archive.database.read() as session:
            group = records.record(session, document_id).group
        explainer = Explainer(archive.engine, archive.search)
        found = explainer.explain(Question(query), document_id, int(digits), group, Visibility(visitor))
    if as_json:
        print_json(_as_object(found))
    else:
        _print(found)


def _as_object(found: "Explanation") -> dict[str, object]:
    return {
        "place": found.place,
        "has_all": found.has_all,
        "widened": [{"typed": w.typed, "added": w.added, "kind": w.kind.value} for w in found.widened],
        "parts": [
            {
                "field": _field(part),
                "term": _term(part),
                "pages": part.pages,
                "weight": part.weight,
                "here": part.is_here,
                "excluded": part.is_excluded,
            }
            for part in found.parts
        ],
    }


def _print(found: "Explanation") -> None:
    from archive.cli.output import print_table

    where = f"Talk {found.place} of {found.total_groups}" if found.place else "Not among the results"
    click.echo(f"{where}; the slide has {'all' if found.has_all else 'not all'} that is asked for.")
    for one in found.widened:
        click.echo(f"{one.typed} is also looked for as {one.added} ({one.kind.value}).")
    rows = [
        (
            "yes" if part.is_here else "no",
            _field(part) + (" (excluded)" if part.is_excluded else ""),
            _term(part),
            str(part.pages),
            f"{part.weight:g}",
        )
        for part in found.parts
    ]
    print_table(("here", "field", "looked for", "slides", "weight"), rows)


def _field(part: "QueryPart") -> str:
    from archive.index.query import FacetFilter

    return part.leaf.facet.value if isinstance(part.leaf, FacetFilter) else part.leaf.field.value


def _term(part: "QueryPart") -> str:
    from archive.index.query import Term, TermPhrase, TermPrefix

    match part.leaf:
        case Term(_, term):
            return term
        case TermPhrase(_, terms):
            return f'"{" ".join(terms)}"'
        case TermPrefix(_, prefix):
            return f"{prefix}*"
    return " ".join(part.leaf.values)
