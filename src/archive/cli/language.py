"""The language of the command line: the system's (LC_ALL, LC_MESSAGES, LANG), Swedish or else English.

Texts are written in English in the code; `translations/sv` has the Swedish ones, of click's own texts, too.
Messages from below are translated where they are printed (`archive.messages`).
"""

import gettext
import inspect
from weakref import WeakKeyDictionary

import click

from archive.messages import DOMAIN, TRANSLATIONS, in_language_of_system

_HELP: WeakKeyDictionary[click.Command | click.Option, str] = WeakKeyDictionary()


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
    """Return a message from below in the system's language; unchanged where it has no translation."""
    return in_language_of_system(message)
