"""Main forms: what all inflections of a word share, and the main forms of a compound's parts."""

from dataclasses import dataclass
from functools import lru_cache

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.linking import left_bases
from archive.analysis.stemmer import stem, stem_fully

VERSION = 1
"""To be increased whenever the result changes: indexes made with another version are rebuilt."""

_CACHE_WORDS = 1 << 17
_LINK_COST = 0.3


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
        """Return the stemmed lemma; for an unknown compound, its parts with the lemma of its head; else the
        stem.
        """
        if not word.isalpha():
            return word
        lemma = self._lemma(word)
        if not lemma:
            *first, head = self._splitter.split(word)
            if not first:
                return stem_fully(word, "sv")
            lemma = "".join(first) + (self._lemma(head) or head)
        return stem(lemma, "sv")

    def _lemma(self, word: str) -> str:
        """Return the lemma of a form, or of the form without its genitive s; "" where neither is known."""
        lemma = self._lexicon.lemma(word)
        return self._lexicon.lemma(word[:-1]) if not lemma and word[-1] == "s" and len(word) > 3 else lemma

    def _english(self, word: str) -> str:
        return stem(self._lexicon.lemma(word, "en") or word, "en")

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
