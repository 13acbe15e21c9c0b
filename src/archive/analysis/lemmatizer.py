"""Main forms: what all inflections of a word share, and the main forms of a compound's parts."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.linking import left_bases
from archive.analysis.spellings import shared_figures
from archive.analysis.stemmer import stem, stem_fully

VERSION = 2
"""To be increased whenever the result changes: indexes made with another version are rebuilt."""

_CACHE_WORDS = 1 << 17
_LINK_COST = 0.3
# What inflection adds to a word. A stem that cutting off anything else makes into a known word is another's.
_ADDED = """
    s n ns t ts a as e es en ens et ets er ers ar ars or ors na nas arna arnas erna ernas orna ornas
    are ast aste ade ades at ats ande d des
"""
_INFLECTIONS: Final = frozenset(_ADDED.split())
_LETTER_WORD_MIN_CHARS = 4


@dataclass(frozen=True, slots=True)
class CompoundPart:
    """One part of a compound, or several adjacent ones: the main form, and its range in the word
    (characters).
    """

    form: str
    start: int
    end: int


class Lemmatizer:
    """Finds main forms of words, given in lowercase without foreign accents and without `:s` or `'s`."""

    def __init__(self, lexicon: Lexicon, splitter: Splitter) -> None:
        self._lexicon = lexicon
        self._splitter = splitter
        # Caches of the instance; each is a function from a word to its main form.
        self.swedish = lru_cache(maxsize=_CACHE_WORDS)(self._swedish)
        self.english = lru_cache(maxsize=_CACHE_WORDS)(self._english)

    def _swedish(self, word: str) -> str:
        """Return the main form; of an unknown compound, its parts with the main form of its head; else the
        stem.
        """
        if not word.isalpha():
            return shared_figures(word)
        main = self._main_form(word)
        if main:
            return main
        if self._is_letter_word(word):  # earkiv
            return word[0] + self._swedish(word[1:])
        *first, head = self._splitter.split(word)
        if first:
            return "".join(first) + (self._main_form(head) or head)
        stemmed = stem_fully(word, "sv")
        is_other = self._lexicon.is_known(stemmed) and word[len(stemmed) :] not in _INFLECTIONS
        return word if is_other else stemmed

    def _main_form(self, word: str) -> str:
        """Return the main form of a form, or of that without its genitive s; "" where neither is known."""
        main = self._lexicon.main_form(word)
        return self._lexicon.main_form(word[:-1]) if not main and word[-1] == "s" and len(word) > 3 else main

    def _is_letter_word(self, word: str) -> bool:
        """Return whether a word that is in no lexicon is an e before one that is, or before a compound."""
        rest = word[1:]
        return (
            word[0] == "e"
            and len(rest) >= _LETTER_WORD_MIN_CHARS
            and bool(self._main_form(rest) or len(self._splitter.split(rest)) > 1)
        )

    def _english(self, word: str) -> str:
        if not word.isalpha():
            return shared_figures(word)
        return self._lexicon.lemma(word, "en") or stem(word, "en")

    def parts(self, word: str) -> tuple[CompoundPart, ...]:
        """Return a compound's parts, each alone and every run of them but the whole; () for another word.

        `gruvnäringspolitik`: gruva, gruvnäring, näring, näringspolitik, politik.
        """
        written = self._splitter.split(word)
        if len(written) == 1:
            return ()
        ends = [sum(map(len, written[:count])) for count in range(len(written) + 1)]
        parts: dict[str, CompoundPart] = {}
        for first in range(len(written)):
            for last in range(first, len(written)):
                if (first, last) == (0, len(written) - 1):
                    continue
                start, end = ends[first], ends[last + 1]
                whole = word[start : ends[last]] + self._as_word(written[last], last == len(written) - 1)
                form = self.swedish(whole)
                parts.setdefault(form, CompoundPart(form, start, end))
        return tuple(parts.values())

    def _as_word(self, part: str, is_head: bool) -> str:
        """Return a part as written on its own: `närings` → `näring`, `kyrko` → `kyrka`."""
        return part if is_head else self._left_base(part)

    def _left_base(self, left: str) -> str:
        """Return the lemma that a first part most likely derives from; the part itself where none is
        known.
        """
        lexicon = self._lexicon
        bases = left_bases(left, lexicon.is_lemma, lexicon.lemma)
        best = max(
            bases, key=lambda base: lexicon.frequency(base[0]) - _LINK_COST * base[1], default=(left, 0)
        )
        return best[0]
