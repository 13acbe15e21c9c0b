"""The analyser: surface forms and Snowball stems, Swedish and English."""

import hashlib
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

from archive.text import normalize, tokens
from archive.text.analysis import Analyzer
from archive.text.stopwords import ENGLISH, SWEDISH
from archive.text.terms import Token, WordTerm

# Counted up whenever this module gives other terms: indexes made with another version are rebuilt.
_VERSION = 1

_ALGORITHMS = {"sv": "swedish", "en": "english"}
_STOP_WORDS = {"sv": SWEDISH, "en": ENGLISH}
# A stemmer object keeps a buffer of its own and must not be used by two threads at once (PyStemmer's manual).
_stemmers = threading.local()


class SnowballAnalyzer(Analyzer):
    """Lowercases, leaves stop words out of main terms and stems (Snowball, snowballstem.org).

    Å, ä and ö are never folded. One object may be used by several threads.
    """

    @property
    def fingerprint(self) -> str:
        """Return names and versions of all that the terms depend on."""
        lists = " ".join([*sorted(SWEDISH), "|", *sorted(ENGLISH)])
        digest = hashlib.sha256(lists.encode()).hexdigest()[:12]
        return (
            f"snowball-{_VERSION}-{Stemmer.version()}+stop-{digest}+tokens-{tokens.VERSION}"
            f"+normalize-{normalize.VERSION}+unicode-{unicodedata.unidata_version}"
        )

    def main_terms(self, text: str, language: str) -> Sequence[Token]:
        """Return the stems of a text's words, without that language's stop words but with their positions."""
        return [
            Token(one.term, position, start + one.start, start + one.end, one.boost)
            for position, (word, start, _) in enumerate(tokens.words(text))
            for one in self.word_terms(word, language)
        ]

    def word_terms(self, word: str, language: str) -> Sequence[WordTerm]:
        """Return the stem of a word; compounds are not taken apart."""
        term = _main_form(word[: tokens.WORD_MAX_CHARS], "en" if language == "en" else "sv")
        return (WordTerm(term, 0, len(word)),) if term else ()

    def exact_terms(self, text: str) -> Sequence[Token]:
        """Return the surface forms of all words."""
        return [
            Token(tokens.surface(word), position, start, end)
            for position, (word, start, end) in enumerate(tokens.words(text))
        ]

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        """Return the Swedish and the English stems of a typed word, each once, with boost 1.

        A stop word of either language has none: what a Swedish text leaves out must not be asked of it.
        """
        form = tokens.base(tokens.surface(word))
        if form in SWEDISH or form in ENGLISH:
            return ()
        terms = (_main_form(form, "sv"), _main_form(form, "en"))
        return tuple((term, 1.0) for term in dict.fromkeys(terms) if term)


@lru_cache(maxsize=1 << 17)
def _main_form(word: str, code: str) -> str:
    """Return the stem of a word, "" for a stop word."""
    form = tokens.base(tokens.surface(word))
    if form in _STOP_WORDS[code]:
        return ""
    return _swedish_stem(form) if code == "sv" else _stem(form, code)


def _swedish_stem(form: str) -> str:
    """Return the stem that stemming changes no more.

    One pass takes one ending only, and takes the last s of a stem for one: `kompetensen` → `kompetens` but
    `kompetens` → `kompet`, `klimatet` → `klimat` → `klim`. Passes until nothing changes bring them together.
    """
    while (stem := _stem(form, "sv")) != form:
        form = stem
    return form


def _stem(form: str, code: str) -> str:
    stem: str = _stemmer(code).stemWord(form)
    return stem


def _stemmer(code: str) -> Stemmer.Stemmer:
    if not hasattr(_stemmers, code):
        setattr(_stemmers, code, Stemmer.Stemmer(_ALGORITHMS[code], 0))
    stemmer: Stemmer.Stemmer = getattr(_stemmers, code)
    return stemmer
