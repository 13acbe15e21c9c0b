"""Snowball stems (snowballstem.org), for words that no lexicon knows; and words derived from one another:
`granska` and `granskning` are other words, and may be meant, too.
"""

import threading
from functools import lru_cache
from typing import Final, Literal

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


_ENDINGS: Final = (
    ("a", "ning", "ing", "else", "an", "are", "bar"),
    ("era", "ering", "ation", "atör", "ativ", "at", "ant", "ent"),
    ("era", "tion", "ent"),
    ("", "a", "isera", "era"),
    ("e", "a"),
    ("", "isk"),
    ("ik", "isk", "iker"),
    ("isk", "ism", "ist", "istisk"),
    ("", "al", "ell", "itet"),
    ("ell", "al", "alitet"),
    ("", "skap"),
    ("", "sam"),
    ("", "het"),
    ("ion", "iv", "ör", "ionell"),
    ("er", "ra"),
)
"""Endings of main forms that may stand for each other. Left out are those that turn a meaning round (-lös) or
make another thing of it (`kommun`, `kommunism`).
"""
_ROOT_MIN_CHARS = 4
_DERIVED_MIN_CHARS = 4


@lru_cache(maxsize=1 << 12)
def derived_forms(main_form: str) -> tuple[str, ...]:
    """Return the main forms that may be derived from the same root as this one, some sixty at most.

    Most of them are no words: ask a vocabulary which are.
    """
    if len(main_form) < _DERIVED_MIN_CHARS or not main_form.isalpha():
        return ()
    forms: dict[str, None] = {}
    for endings in _ENDINGS:
        for ending in endings:
            root = main_form.removesuffix(ending)
            if main_form.endswith(ending) and len(root) >= _ROOT_MIN_CHARS:
                forms.update(dict.fromkeys(root + other for other in endings if other != ending))
    forms.pop(main_form, None)
    return tuple(forms)
