"""Snowball stems (snowballstem.org), for words that no lexicon knows."""

import threading
from typing import Literal

import Stemmer

Language = Literal["sv", "en"]

VERSION = f"snowball-{Stemmer.version()}"
"""Part of the analyzer's fingerprint: another version of PyStemmer means other terms."""

_ALGORITHMS = {"sv": "swedish", "en": "english"}
# A stemmer object keeps a buffer of its own and must not be shared by threads (PyStemmer's manual).
_stemmers = threading.local()


def stem(word: str, language: Language) -> str:
    """Return the stem after one pass."""
    stemmed: str = _stemmer(language).stemWord(word)
    return stemmed


def stem_fully(word: str, language: Language) -> str:
    """Return the stem that further stemming does not change.

    One pass removes only one ending, and mistakes the last s of a stem for one: `kompetensen` → `kompetens`
    but `kompetens` → `kompet`. Repeated passes give both the same stem.
    """
    while (stemmed := stem(word, language)) != word:
        word = stemmed
    return word


def _stemmer(language: Language) -> Stemmer.Stemmer:
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, Stemmer.Stemmer(_ALGORITHMS[language], 0))
    stemmer: Stemmer.Stemmer = getattr(_stemmers, language)
    return stemmer
