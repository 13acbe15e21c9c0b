"""Which words of two slides are on one of them alone."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archive.catalogue.pages import PageTexts
from archive.model.visibility import Visibility
from archive.visibility import readable_fields

_WORD: Final = re.compile(r"[^\W_]+(?:[.,:/-][^\W_]+)*%?")


@dataclass(frozen=True, slots=True)
class WordChanges:
    """Words of one slide that the other does not have (`ours`), and the other way round, in their order.

    A word counts as often as it stands there, wherever that is: bullets in another order are no change.
    """

    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Return whether both have the same words."""
        return not (self.ours or self.theirs)


def word_changes(ours: PageTexts, theirs: PageTexts) -> WordChanges:
    """Return which words of two slides, of those that everybody may read, are on one of them alone."""
    here, there = _words(ours), _words(theirs)
    return WordChanges(_without(here, there), _without(there, here))


def _words(page: PageTexts) -> list[str]:
    readable = readable_fields(Visibility.PUBLIC)
    return [word for field, text, _ in page.blocks if field in readable for word in _WORD.findall(text)]


def _without(words: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    left = Counter(word.casefold() for word in others)
    found = []
    for word in words:
        folded = word.casefold()
        if left[folded]:
            left[folded] -= 1
        else:
            found.append(word)
    return tuple(found)
