"""`archive explain`: says why a slide is where it is among the results."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.echo import echo
from archive.cli.language import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.query.word_readings import AlternativeReading, WordReading
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
    from archive.catalogue import pages, records
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
        explainer = Explainer(archive.engine, archive.search)
        with archive.database.read() as session:
            record = records.record(session, document_id)
            pages.page(session, record.document.version.id, int(digits))  # NotFound where there is none
            explanation = explainer.explain(
                session, Question(query), document_id, int(digits), record.group, Visibility(visitor)
            )
    if as_json:
        print_json(_as_object(explanation))
    else:
        _print(explanation)


def _as_object(explanation: "Explanation") -> dict[str, object]:
    return {
        "place": explanation.place,
        "has_all": explanation.has_all,
        "readings": [*map(_reading, _words(explanation)), *_pairs(explanation)],
        "widened": [{"typed": w.typed, "added": w.added, "kind": w.kind.value} for w in explanation.widened],
        "parts": [
            {
                "field": _field(part),
                "term": _term(part),
                "pages": part.pages,
                "weight": part.weight,
                "here": part.is_here,
                "excluded": part.is_excluded,
                "in": [strategy.value for strategy in part.strategies],
            }
            for part in explanation.parts
        ],
    }


def _words(explanation: "Explanation") -> "list[WordReading]":
    """Return each word of the question once, in order."""
    words = explanation.readings.words.values()
    return list({word.form: word for several in words for word in several}.values())


def _reading(word: "WordReading") -> dict[str, object]:
    return {
        "word": word.form,
        "stop_word": word.is_stop_word,
        "terms": [term for term, _ in word.terms],
        "parts": list(word.parts),
        "alternatives": _alternatives(word.alternatives),
        "relatives": list(word.relatives),
    }


def _pairs(explanation: "Explanation") -> list[dict[str, object]]:
    return [
        {
            "word": " ".join(forms),
            "compound": pair.compound.form if pair.compound else None,
            "alternatives": _alternatives(pair.translations),
        }
        for forms, pair in explanation.readings.pairs.items()
    ]


def _alternatives(alternatives: "Sequence[AlternativeReading]") -> list[dict[str, object]]:
    return [
        {"word": alternative.text, "kind": alternative.kind.value, "weight": round(alternative.weight, 2)}
        for alternative in alternatives
    ]


def _print(explanation: "Explanation") -> None:
    from archive.cli.output import print_table

    place = explanation.place
    where = text("Not among the results")
    if place:
        where = text("Talk %(place)s of %(total)s", place=place, total=explanation.total_groups)
    has = text("the slide has all that is asked for.")
    if not explanation.has_all:
        has = text("the slide has not all that is asked for.")
    echo(f"{where}; {has}")
    for word in _words(explanation):
        echo(f"{word.form} {_read_as(word)}.")
    for expansion in explanation.widened:
        echo(
            text(
                "%(typed)s is also looked for as %(added)s (%(kind)s).",
                typed=expansion.typed,
                added=expansion.added,
                kind=expansion.kind.value,
            )
        )
    rows = [
        (
            "yes" if part.is_here else "no",
            _field(part) + (" (excluded)" if part.is_excluded else ""),
            _term(part),
            str(part.pages),
            f"{part.weight:g}",
            ", ".join(strategy.value for strategy in part.strategies),
        )
        for part in explanation.parts
    ]
    headings = (text("here"), text("field"), text("looked for"), text("slides"), text("weight"), text("in"))
    print_table(headings, rows)


def _read_as(word: "WordReading") -> str:
    """Return what a word was read as, for people."""
    if word.is_stop_word:
        return "is a stop word"
    read = text("is read as %(terms)s", terms=", ".join(term for term, _ in word.terms))
    if word.parts:
        read += text(", with the parts %(parts)s", parts=", ".join(word.parts))
    if word.relatives:
        read += text("; where it need not be there, also %(relatives)s", relatives=", ".join(word.relatives))
    return read


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
