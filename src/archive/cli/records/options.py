"""How the fields of a record are given to a command: an option for each, or a file of JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from archive.errors import InputError

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SPEAKER_PARTS = ("name", "role", "organisation")


@dataclass(frozen=True, slots=True)
class FieldOption:
    """The option of a field; `many`: it may be given several times, in order."""

    name: str
    option: str
    help: str
    many: bool = False


_FILMS = FieldOption("films", "--film", "The address of a film; again for several.", many=True)
_VISIBILITY = FieldOption("visibility", "--visibility", "Who sees it: public, members or staff.")
_LANGUAGE = FieldOption("language", "--language", "The language's code: sv, en …")
EVENT_OPTIONS = (
    FieldOption("title", "--title", "What it is called."),
    FieldOption("kind", "--kind", "What it is: seminar, conference, meeting …"),
    FieldOption("starts", "--starts", "When it begins: a day, a month or a year (2022-05-19, 2022)."),
    FieldOption("ends", "--ends", "When it ends, where that is another day."),
    FieldOption("place", "--place", "Town or venue."),
    FieldOption("occasion", "--occasion", "What it was held in connection with."),
    FieldOption("organiser", "--organiser", "Who held it."),
    FieldOption("text", "--text", "A description."),
    FieldOption("source_url", "--source-url", "The address of its own page."),
    FieldOption("focus_areas", "--focus-area", "The ID of a focus area; again for several.", many=True),
    _FILMS,
    _VISIBILITY,
)
TALK_OPTIONS = (
    FieldOption("topic", "--topic", "What it is about."),
    FieldOption("event", "--event", "The ID of its event."),
    FieldOption(
        "speakers",
        "--speaker",
        'A speaker as "NAME; ROLE; ORGANISATION"; again for several.',
        many=True,
    ),
    FieldOption("abstract", "--abstract", "A summary."),
    _LANGUAGE,
    FieldOption("regions", "--region", "A region's name or code; again for several.", many=True),
    _FILMS,
    _VISIBILITY,
)
FOCUS_AREA_OPTIONS = (
    FieldOption("title", "--title", "What it is called."),
    FieldOption("year_from", "--year-from", "Its first year."),
    FieldOption("year_to", "--year-to", "Its last year."),
    FieldOption("text", "--text", "A description."),
)
DOCUMENT_OPTIONS = (
    FieldOption("title", "--title", "What it is called."),
    FieldOption("kind", "--kind", "deck or report."),
    FieldOption("publisher", "--publisher", "Who published it."),
    FieldOption("year", "--year", "The year of publication."),
    _LANGUAGE,
    FieldOption("talk", "--talk", "The ID of its talk."),
    FieldOption("event", "--event", "The ID of its event."),
    _VISIBILITY,
)
_FROM = click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Read the fields from a file of JSON, as `show --json` prints them; - reads standard input.",
)


def with_options(options: Sequence[FieldOption]) -> Callable[[_Command], _Command]:
    """Give a command the options of fields, and `--from`."""

    def decorate(command: _Command) -> _Command:
        for one in reversed(options):
            command = click.option(one.option, one.name, multiple=one.many, help=one.help)(command)
        return _FROM(command)

    return decorate


def read_options(
    options: Sequence[FieldOption], source: Path | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fields that are given, those of options over those of the file. Raises InputError."""
    values = _of_file(source) if source else {}
    for one in options:
        value = given[one.name]
        if one.many and value:
            values[one.name] = [
                _speaker(entry) if one.name == "speakers" else entry for entry in value if entry
            ]
        elif not one.many and value is not None:
            values[one.name] = value
    return values


def _of_file(source: Path) -> dict[str, Any]:
    try:
        with click.open_file(str(source), encoding="utf-8") as file:
            values = json.load(file)
    except (OSError, ValueError):
        raise InputError(f"{source} cannot be read as JSON.") from None
    if not isinstance(values, dict):
        raise InputError(f"{source} must hold one JSON object with the fields of the record.")
    return {name: value for name, value in values.items() if name != "id"}


def _speaker(entry: str) -> dict[str, str]:
    parts = [part.strip() for part in entry.split(";", len(_SPEAKER_PARTS) - 1)]
    return dict(zip(_SPEAKER_PARTS, parts, strict=False))
