"""Slides that say nothing of their talk: an agenda, thanks, questions, a pause."""

import re
from typing import Final

from archive.catalogue.pages import PageTexts
from archive.model.pages import BlockField

_AGENDA: Final = """
agenda dagordning innehåll program dagens föredragningslista upplägg disposition översikt idag
outline contents overview today for
"""
"""Words that alone make the title of an agenda."""

_THANKS: Final = """
tack tackar för att ni du lyssnade lyssnat er din ert uppmärksamheten uppmärksamhet visat intresset intresse
frågor fråga svar och diskussion kommentarer paus fikapaus fika kaffe lunch bensträckare välkomna välkommen
slut thank thanks you for your attention listening and any questions question answers discussion break coffee
the end welcome q a
"""
"""Words of slides of thanks, questions and pauses."""

_TITLES: Final = frozenset(_AGENDA.split())
_STOCK: Final = frozenset(_THANKS.split()) | _TITLES
_SAID: Final = frozenset({BlockField.TITLE, BlockField.BODY, BlockField.BOX, BlockField.GROUP})
_WORD: Final = re.compile(r"[^\W\d_]+")


def is_stock(page: PageTexts) -> bool:
    """Return whether a slide is an agenda by its title, or has no words but those of thanks and pauses."""
    title = _words(page.title)
    if title and all(word in _TITLES for word in title):
        return True
    said = [word for field, text, _ in page.blocks if field in _SAID for word in _words(text)]
    return bool(said) and all(word in _STOCK for word in said)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
