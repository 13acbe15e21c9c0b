"""Snowball stems (snowballstem.org): the last resort for words that no lexicon knows."""

import threading
from typing import Literal

import Stemmer

Language = Literal["sv", "en"]

VERSION = f"snowball-{Stemmer.version()}"
_ALGORITHMS = {"sv": "swedish", "en": "english"}
# A stemmer object keeps a buffer of its own and must not be used by two threads at once (PyStemmer's manual).
_stemmers = threading.local()


def stem(word: str, language: Language) -> str:
    """Return the stem after one pass."""
    found: str = _stemmer(language).stemWord(word)
    return found


def stem_fully(word: str, language: Language) -> str:
    """Return the stem that stemming changes no more.

    One pass takes one ending only, and takes the last s of a stem for one: `kompetensen` → `kompetens` but
    `kompetens` → `kompet`. Passes until nothing changes bring them together.
    """
    while (found := stem(word, language)) != word:
        word = found
    return word


def _stemmer(language: Language) -> Stemmer.Stemmer:
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, Stemmer.Stemmer(_ALGORITHMS[language], 0))
    found: Stemmer.Stemmer = getattr(_stemmers, language)
    return found
