"""The language of the command line: the system's (LC_ALL, LC_MESSAGES, LANG), Swedish or else English.

Texts are written in English in the code; `translations/sv` has the Swedish ones, of click's own texts, too.
Messages from below are made in English, since programs read them (`--json`) and the catalogue keeps them.
They are translated where they are printed, by the sentences in the translations that they were made of.
"""

import gettext
import inspect
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

import click

DOMAIN = "archive"
TRANSLATIONS = Path(__file__).parent / "translations"
_VALUE = "{}"
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
# No message has more sentences, no value in one has values of its own with values, and none is so long.
_SENTENCES_MAX = 4
_DEPTH_MAX = 2
_MESSAGE_MAX_CHARS = 2000
_HELP: WeakKeyDictionary[click.Command | click.Option, str] = WeakKeyDictionary()
_Templates = tuple[tuple[re.Pattern[str], str], ...]


def install() -> None:
    """Choose the language for this process, for click's texts as for ours."""
    gettext.bindtextdomain(DOMAIN, TRANSLATIONS)
    gettext.textdomain(DOMAIN)


def text(message: str, **values: object) -> str:
    """Return a text in the system's language with values filled in: `text("Port %(port)s", port=80)`."""
    translated = gettext.gettext(message)
    return translated % values if values else translated


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return a text for a number, which `%(count)s` stands for, in the system's language."""
    return gettext.ngettext(one, many, count) % {"count": count, **values}


def explained(command: click.Command) -> click.Command:
    """Return a command with its help in the system's language."""
    parts: list[click.Command | click.Option] = [command]
    parts += [one for one in command.params if isinstance(one, click.Option)]
    for told in parts:
        english = _HELP.setdefault(told, inspect.cleandoc(told.help or ""))
        told.help = gettext.gettext(english) if english else told.help
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            explained(inner)
    return command


def english_help(told: click.Command | click.Option) -> str:
    """Return the help of a command or an option as it stands in the code."""
    return _HELP.get(told, inspect.cleandoc(told.help or ""))


def translated(message: str) -> str:
    """Return a message from below in the system's language; unchanged where it has no translation.

    A message may consist of several that have translations, and values in it may be such messages.
    """
    folder = gettext.find(DOMAIN, str(TRANSLATIONS))
    if folder is None or not message.strip() or len(message) > _MESSAGE_MAX_CHARS:
        return message
    return _translated(message, _templates(folder))


def _translated(message: str, templates: _Templates, depth: int = 0) -> str:
    """Return a message with the sentences that are known translated, the others as they are."""
    parts = _SENTENCE_END.split(message)
    told: list[str] = []
    while parts:
        count, words = _beginning(parts, templates, depth)
        told.append(words)
        parts = parts[count:]
    return " ".join(told)


def _beginning(parts: Sequence[str], templates: _Templates, depth: int) -> tuple[int, str]:
    """Return how many sentences make the first message, and its translation.

    Of those without values the longest is taken, of those with values the shortest: a value takes anything.
    """
    counts = range(1, min(len(parts), _SENTENCES_MAX) + 1)
    for count in reversed(counts):
        made = " ".join(parts[:count])
        if made.strip() and (whole := gettext.gettext(made)) != made:
            return count, whole
    for count in counts if depth < _DEPTH_MAX else ():
        made = " ".join(parts[:count])
        for pattern, template in templates:
            if match := pattern.fullmatch(made):
                # A value of one word is a name: the field "date" stays what it is called.
                values = [
                    _translated(value, templates, depth + 1) if " " in value else value
                    for value in match.groups()
                ]
                words = template.split(_VALUE)
                after = (f"{value}{word}" for value, word in zip(values, words[1:], strict=True))
                return count, words[0] + "".join(after)
    place, colon, mistake = parts[0].partition(": ")
    if colon and depth < _DEPTH_MAX:
        count, told = _beginning([mistake, *parts[1:]], templates, depth + 1)
        return count, f"{place}: {told}"
    return 1, parts[0]


@lru_cache(maxsize=4)
def _templates(file: str) -> _Templates:
    """Return the messages with places for values, those with most words of their own first."""
    from babel.messages.mofile import read_mo

    with Path(file).open("rb") as opened:
        messages = {
            str(message.id): str(message.string)
            for message in read_mo(opened)
            if isinstance(message.id, str) and _VALUE in message.id
        }
    return tuple(
        (re.compile("(.*)".join(map(re.escape, made.split(_VALUE))), re.DOTALL), messages[made])
        for made in sorted(messages, key=lambda made: -len(made.replace(_VALUE, "")))
    )
