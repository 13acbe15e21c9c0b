"""Translates the archive's own messages: sentences that errors and readers make in English, into Swedish.

They are made in English, since programs read them (`--json`) and the catalogue keeps them, and
translated where somebody reads them, on the command line and on pages, with the translations of the former.
"""

import gettext
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

DOMAIN = "archive"
TRANSLATIONS = Path(__file__).parent / "cli" / "translations"
_VALUE = "{}"
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
# No message has more sentences, no value in one has values of its own with values, and none is so long.
_SENTENCES_MAX = 4
_DEPTH_MAX = 2
_MESSAGE_MAX_CHARS = 2000
_KEPT = 512  # a page of failures has the same few again and again
_Templates = tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(_KEPT)
def in_swedish(message: str) -> str:
    """Return a message in Swedish; unchanged where it has no translation."""
    return _of_file(str(TRANSLATIONS / "sv" / "LC_MESSAGES" / f"{DOMAIN}.mo")).translated(message)


def in_language_of_system(message: str) -> str:
    """Return a message in the language that the environment asks for (LC_ALL, LC_MESSAGES, LANG)."""
    file = gettext.find(DOMAIN, str(TRANSLATIONS))
    return message if file is None else _of_file(file).translated(message)


class MessageTranslator:
    """Translates messages, which may consist of several that have translations, with values that do."""

    def __init__(self, file: Path) -> None:
        """Read a compiled catalogue of messages."""
        from babel.messages.mofile import read_mo

        with file.open("rb") as opened:
            self._gettext = gettext.GNUTranslations(opened).gettext
            opened.seek(0)
            messages = {
                str(message.id): str(message.string)
                for message in read_mo(opened)
                if isinstance(message.id, str) and _VALUE in message.id
            }
        # Those with most words of their own first.
        self._templates = tuple(
            (re.compile("(.*)".join(map(re.escape, made.split(_VALUE))), re.DOTALL), messages[made])
            for made in sorted(messages, key=lambda made: -len(made.replace(_VALUE, "")))
        )

    def translated(self, message: str) -> str:
        """Return a message with the sentences that are known translated, the others as they are."""
        if not message.strip() or len(message) > _MESSAGE_MAX_CHARS:
            return message
        return self._translated(message, 0)

    def _translated(self, message: str, depth: int) -> str:
        parts = _SENTENCE_END.split(message)
        told: list[str] = []
        while parts:
            count, words = self._beginning(parts, depth)
            told.append(words)
            parts = parts[count:]
        return " ".join(told)

    def _beginning(self, parts: Sequence[str], depth: int) -> tuple[int, str]:
        """Return how many sentences make the first message, and its translation.

        Of those without values the longest is taken, of those with values the shortest: a value takes
        anything.
        """
        counts = range(1, min(len(parts), _SENTENCES_MAX) + 1)
        for count in reversed(counts):
            made = " ".join(parts[:count])
            if made.strip() and (whole := self._gettext(made)) != made:
                return count, whole
        for count in counts if depth < _DEPTH_MAX else ():
            made = " ".join(parts[:count])
            for pattern, template in self._templates:
                if match := pattern.fullmatch(made):
                    # A value of one word is a name: the field "date" stays what it is called.
                    values = [
                        self._translated(value, depth + 1) if " " in value else value
                        for value in match.groups()
                    ]
                    words = template.split(_VALUE)
                    after = (f"{value}{word}" for value, word in zip(values, words[1:], strict=True))
                    return count, words[0] + "".join(after)
        place, colon, mistake = parts[0].partition(": ")
        if colon and depth < _DEPTH_MAX:
            count, words_of_mistake = self._beginning([mistake, *parts[1:]], depth + 1)
            return count, f"{place}: {words_of_mistake}"
        return 1, parts[0]


@cache
def _of_file(file: str) -> MessageTranslator:
    return MessageTranslator(Path(file))
